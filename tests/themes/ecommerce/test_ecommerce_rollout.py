"""Roll-out and coverage: every finding by hand, and the tables."""

from __future__ import annotations

import pytest

from analysis.themes.ecommerce.rollout import findings, rollout, rollout_marks

BATCHES = {2014: 56, 2015: 200, 2016: 240, 2017: 260, 2018: 260, 2019: 215}


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit", "grade"),
    [
        ("counties-by-batches", 56 + 200 + 240 + 260 + 260 + 215, 1_231, 1_231, "county", "A"),
        ("counties-counted-again", 1_231 - 1_180, 51, 51, "county", "A"),
        # 737 of September 2018 and 138 of the batch of 2019 are 875, and there are 832
        ("poor-counties-counted-again", 737 + 138 - 832, 43, 43, "county", "B"),
        ("poor-counties-covered-2016", 261 / 832, 261 / 832, 261 / 832, "", "B"),
        ("poor-counties-covered-2017", 499 / 832, 499 / 832, 499 / 832, "", "B"),
        ("poor-counties-covered-2018", 737 / 832, 737 / 832, 737 / 832, "", "B"),
        ("retail-2016-relative-to-2020", 894.54 / 1_790, 894.535 / 1_795, 894.545 / 1_785, "", "A"),
        ("retail-2018-relative-to-2020", 1_370 / 1_790, 1_365 / 1_795, 1_375 / 1_785, "", "B"),
        ("villages-with-point", 0.627, 0.6265, 0.6275, "", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, unit, grade):
    found = by_id["ecommerce." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == ("", unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"ecommerce.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_rollout_by_year(records):
    frame = rollout(records).set_index("year")
    assert frame["new"].dropna().to_dict() == BATCHES
    assert frame["cumulative"].dropna().tolist() == [56, 256, 496, 756, 1_016, 1_231]
    assert frame["stated"].dropna().to_dict() == {
        2018: 1_016,
        2019: 1_180,
    }  # the ministry's own sum for 2018 is that of the batches
    assert frame["poor_counties"].dropna().to_dict() == {
        2016: 261,  # 52.6 % of the 496 counties chosen to 2016
        2017: 499,
        2018: 737,
        2019: 832,
        2020: 832,
    }
    assert 56 + 200 + 240 == 496
    assert round(261 / 496, 3) == 0.526
    assert (261 + 237, 499 + 238) == (498, 737)  # the batches of 2017 and 2018 as printed
    assert frame.loc[2016, "retail_over_last"] == pytest.approx(894.54 / 1_790)


def test_marks_stand_at_their_dates(records):
    frame = rollout_marks(records)
    poor = frame[frame["what"] == "poor counties"]
    assert poor["when"].tolist() == pytest.approx([2017.0, 2018.0, 2018 + 270 / 365, 2020.0])
    assert poor["over_last"].tolist() == pytest.approx([261 / 832, 499 / 832, 737 / 832, 1])
    assert frame[frame["what"] == "counties"]["when"].tolist() == [
        2015,
        2016,
        2017,
        2018,
        2019,
        2020,
    ]
