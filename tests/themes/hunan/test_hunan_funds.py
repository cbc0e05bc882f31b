"""National fund per county: two official values for 2015, one for 2016, Hunan's quotient, by hand."""

from __future__ import annotations

import pytest

from analysis.themes import all_findings
from analysis.themes.hunan.funds import (
    DOCUMENT,
    HUNAN,
    SECOND_YEAR,
    SPOKESMAN,
    checks,
    findings,
    per_county,
)

# document: 2 billion (+- 0.5) for 200 counties; ministry: 3.7 billion (+- 0.05), 18.5 million
# (1850万: +-
# 0.005) for each of 200;
# 2016: 3.6 billion (+- 0.05) for 240; Hunan: 105 million (+- 0.5) over 7


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit", "grade"),
    [
        ("fund-per-county-2015-named", 18.5e6, 18.495e6, 18.505e6, "CNY / county", "B"),
        ("fund-2015-own-arithmetic", 1, 18.495 * 200 / 3_750, 18.505 * 200 / 3_650, "", "B"),
        ("counties-covered-2015", 2_000 / 18.5, 1_500 / 18.505, 2_500 / 18.495, "county", "C"),
        ("fund-per-county-2016", 15e6, 3.55e9 / 240, 3.65e9 / 240, "CNY / county", "A"),
        (
            "fund-per-county-over-nation",
            1,
            (104.5 / 7) / (3_650 / 240),
            (105.5 / 7) / (3_550 / 240),
            "",
            "D",
        ),
        ("central-relative-to-nation", 105 / 3_600, 104.5 / 3_650, 105.5 / 3_550, "", "B"),
        (
            "fund-per-county-rise-document",
            0.5,
            (3_550 / 240) / (2_500 / 200) - 1,
            (3_650 / 240) / (1_500 / 200) - 1,
            "",
            "C",
        ),
        (
            "fund-per-county-fall-ministry",
            1 - 15 / 18.5,
            1 - (3_650 / 240) / 18.495,
            1 - (3_550 / 240) / 18.505,
            "",
            "B",
        ),
        ("fund-rise-document", 0.8, 3.55 / 2.5 - 1, 3.65 / 1.5 - 1, "", "C"),
        ("fund-fall-ministry", 1 - 3.6 / 3.7, 0, 1 - 3.55 / 3.75, "", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, unit, grade):
    found = by_id["hunan." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-9, abs=1e-11),
        pytest.approx(high, rel=1e-9),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == ("", unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"hunan.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_both_official_values_are_kept_and_the_conflict_is_shown(records):
    found = {name: one.status for name, one in checks(records).items()}
    assert found == {
        "2015, two amounts": "conflict",
        "2015, per county": "conflict",
        "ministry, own arithmetic": "pass",
        "Jilin": "pass",
        "2016, Hunan": "pass",
    }


def test_the_direction_from_2015_to_2016_depends_on_the_value_taken(by_id):
    assert by_id["hunan.fund-per-county-rise-document"].low > 0
    assert by_id["hunan.fund-per-county-fall-ministry"].low > 0


def test_the_four_values_per_county(records):
    frame = per_county(records).set_index("row")
    assert frame["per_county"].to_dict() == pytest.approx(
        {DOCUMENT: 10e6, SPOKESMAN: 18.5e6, SECOND_YEAR: 15e6, HUNAN: 15e6}
    )
    assert frame["counties"].to_dict() == {
        DOCUMENT: 200,
        SPOKESMAN: 200,
        SECOND_YEAR: 240,
        HUNAN: 7,
    }
    assert (frame.loc[DOCUMENT, "low"], frame.loc[DOCUMENT, "high"]) == (7.5e6, 12.5e6)


def test_the_quotients_of_2015_stay_with_the_topic_on_e_commerce(records, by_id):
    elsewhere = {one.value_id: one for one in all_findings(records, "ecommerce")}
    assert elsewhere["ecommerce.funds-per-county"].value == 10e6
    assert elsewhere["ecommerce.funds-per-county-2015-spokesman"].value == pytest.approx(
        by_id["hunan.fund-per-county-2015-named"].value
    )
    assert (
        elsewhere["ecommerce.funds-per-county-2015-spokesman"].inputs
        != by_id["hunan.fund-per-county-2015-named"].inputs
    )
