"""Hunan, money and counts: every finding by hand, and what each denominator hides."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.observed import over
from analysis.records.errors import QuantityError
from analysis.themes import all_findings
from analysis.themes.hunan.findings import (
    CENTRAL,
    COMMERCE,
    OFFICE,
    findings,
    two_kinds_of_county,
    what_denominators_hide,
)

INF = math.inf
# million yuan of 2016: 118, 105 (central), 20 (poverty office), each printed to the million, +-
# 0.5;
# 51 counties, listed;
# 7 of them demonstration counties in November 2017; about 8,000 villages (+- 500); more than 2,000
# stations, 300 sessions, 20,000 attendances;
# 6,920 poor villages, counted; poor: 6.82 million at 2014, 0.83 at 2018 (+- 5,000); plan of 150 (+-
# 0.5)
TOTAL, LOW, HIGH = 243e6, 241.5e6, 244.5e6
COUNTIES, FEW = 51, 7


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("funds-total", TOTAL, LOW, HIGH, "", "CNY", "B"),
        (
            "share-commerce",
            118 / 243,
            117.5 / (117.5 + 105.5 + 20.5),
            118.5 / (118.5 + 104.5 + 19.5),
            "",
            "",
            "B",
        ),
        (
            "share-central",
            105 / 243,
            104.5 / (104.5 + 118.5 + 20.5),
            105.5 / (105.5 + 117.5 + 19.5),
            "",
            "",
            "B",
        ),
        (
            "share-office",
            20 / 243,
            19.5 / (19.5 + 118.5 + 105.5),
            20.5 / (20.5 + 117.5 + 104.5),
            "",
            "",
            "B",
        ),
        ("commerce-funds-relative-to-plan", 118 / 150, 117.5 / 150.5, 118.5 / 149.5, "", "", "B"),
        ("provincial-funds-relative-to-plan", 138 / 150, 137 / 150.5, 139 / 149.5, "", "", "B"),
        (
            "funds-per-county",
            TOTAL / COUNTIES,
            LOW / COUNTIES,
            HIGH / COUNTIES,
            "",
            "CNY / county",
            "B",
        ),
        (
            "provincial-funds-per-county",
            138e6 / COUNTIES,
            137e6 / COUNTIES,
            139e6 / COUNTIES,
            "",
            "CNY / county",
            "B",
        ),
        (
            "central-funds-per-demonstration-county",
            105e6 / FEW,
            104.5e6 / FEW,
            105.5e6 / FEW,
            "",
            "CNY / county",
            "D",
        ),
        (
            "funds-per-county-with-demonstration",
            15e6 + 138e6 / COUNTIES,
            104.5e6 / FEW + 137e6 / COUNTIES,
            105.5e6 / FEW + 139e6 / COUNTIES,
            "",
            "CNY / county",
            "D",
        ),
        (
            "stations-per-county",
            2_000 / COUNTIES,
            2_000 / COUNTIES,
            INF,
            "high",
            "station / county",
            "C",
        ),
        ("funds-per-village", TOTAL / 8_000, LOW / 8_500, HIGH / 7_500, "", "CNY / village", "C"),
        (
            "office-funds-per-village",
            2_500,
            19.5e6 / 8_500,
            20.5e6 / 7_500,
            "",
            "CNY / village",
            "C",
        ),
        ("office-funds-per-station", 10_000, 0, 20.5e6 / 2_000, "low", "CNY / station", "C"),
        (
            "villages-relative-to-poor-villages",
            8_000 / 6_920,
            7_500 / 6_920,
            8_500 / 6_920,
            "",
            "",
            "C",
        ),
        (
            "funds-per-poor-person-2014",
            243 / 6.82,
            241.5 / 6.825,
            244.5 / 6.815,
            "",
            "CNY / person",
            "B",
        ),
        (
            "funds-per-poor-person-2018",
            243 / 0.83,
            241.5 / 0.835,
            244.5 / 0.825,
            "",
            "CNY / person",
            "B",
        ),
        (
            "attendances-per-session",
            20_000 / 300,
            0,
            INF,
            "both",
            "attendance / training_session",
            "C",
        ),
        (
            "attendances-per-session-next-digit",
            20_000 / 300,
            20_000 / 400,
            30_000 / 300,
            "",
            "attendance / training_session",
            "C",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["hunan." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"hunan.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_areas_of_the_blocks_are_the_three_amounts(records):
    blocks = two_kinds_of_county(records)
    assert blocks.groupby("payer")["amount"].sum().to_dict() == pytest.approx(
        {COMMERCE: 118e6, CENTRAL: 105e6, OFFICE: 20e6}
    )
    area = (blocks["top"] - blocks["bottom"]) * (blocks["last"] - blocks["first"])
    assert area.tolist() == pytest.approx(blocks["amount"].tolist())
    # 2.7059 + 15 = 17.7059 and 2.7059; weighted by 7 and 44 counties their mean is 4.7647
    tops = blocks.groupby("kind")["top"].max()
    assert (tops["with"], tops["without"]) == (
        pytest.approx(17_705_882, abs=1),
        pytest.approx(2_705_882, abs=1),
    )
    assert (7 * tops["with"] + 44 * tops["without"]) / 51 == pytest.approx(4_764_706, abs=1)


def test_the_mean_lies_between_the_two_kinds_of_county_and_describes_neither(by_id):
    rest, mean, having = (
        by_id[f"hunan.{slug}"]
        for slug in (
            "provincial-funds-per-county",
            "funds-per-county",
            "funds-per-county-with-demonstration",
        )
    )
    assert rest.high < mean.low
    assert mean.high < having.low


def test_every_denominator_that_hides_something_has_a_finding(records, by_id):
    assert set(what_denominators_hide(records)["finding"]) <= set(by_id)
    assert what_denominators_hide(records)["hides"].str.len().min() > 20


def test_stations_and_villages_per_village_stay_with_the_topic_on_e_commerce(records, by_id):
    elsewhere = {one.value_id for one in all_findings(records, "ecommerce")}
    assert {
        "ecommerce.hunan-villages-per-county",
        "ecommerce.hunan-stations-per-village",
    } <= elsewhere
    assert not {"hunan.villages-per-county", "hunan.stations-per-village"} & set(by_id)


def test_central_money_over_all_counties_is_refused(records):
    with pytest.raises(
        QuantityError, match="the money was for demonstration counties, not for all"
    ):
        over(records, CENTRAL, "hn-povcounties", "2014")
