"""Roll-out and coverage: every finding by hand, the table, the fits."""

from __future__ import annotations

import pytest

from analysis.themes.ecommerce.rollout import (
    county_fits,
    coverage,
    findings,
    poor_county_fit,
    rollout,
    rollout_marks,
    village_fits,
)

BATCHES = {2014: 56, 2015: 200, 2016: 240, 2017: 260, 2018: 260, 2019: 215}


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit", "grade"),
    [
        ("counties-by-batches", 56 + 200 + 240 + 260 + 260 + 215, 1_231, 1_231, "county", "A"),
        ("counties-counted-again", 1_231 - 1_180, 51, 51, "county", "A"),
        ("poor-counties-covered-2017", 261 / 832, 261 / 832, 261 / 832, "", "B"),
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
    assert frame["poor_counties"].dropna().to_dict() == {2017: 261, 2018: 737, 2019: 832, 2020: 832}
    assert frame.loc[2016, "retail_over_last"] == pytest.approx(894.54 / 1_790)


def test_marks_stand_at_their_dates(records):
    frame = rollout_marks(records)
    poor = frame[frame["what"] == "poor counties"]
    assert poor["when"].tolist() == pytest.approx([2017 + 181 / 365, 2018 + 270 / 365, 2020.0])
    assert poor["over_last"].tolist() == pytest.approx([261 / 832, 737 / 832, 1])
    assert frame[frame["what"] == "counties"]["when"].tolist() == [
        2015,
        2016,
        2017,
        2018,
        2019,
        2020,
    ]


def test_few_points_do_not_settle_the_ceiling(records):
    frame = county_fits(records)
    assert len(frame) == 8
    assert set(frame["n"]) == {6}
    free = frame[~frame["imposed"]]
    assert free["ceiling"].min() > 1_231
    assert free["ceiling"].max() > 1_489
    assert free["ceiling"].min() < 1_489
    # the correction for few points: 2 k (k + 1) / (n - k - 1) is 40 for k = 4 and 12 for k = 3
    assert (frame["aicc"] - frame["aic"]).round(6).tolist() == [
        40.0 if not imposed else 12.0 for imposed in frame["imposed"]
    ]


def test_curves_that_fit_alike_end_far_apart(records):
    frame = village_fits(records).set_index(["points", "model"])
    early = frame.loc["to 2019"]
    assert early.loc["Gompertz", "ceiling"] > 2 * early.loc["logistic", "ceiling"]
    assert frame.loc["all lists", "n"].tolist() == [10, 10]
    assert early["n"].tolist() == [8, 8]


def test_three_dates_carry_no_curve(records):
    assert (
        poor_county_fit(records)
        == "3 points are too few for a logistic curve with an imposed ceiling; at least 5 are needed"
    )


def test_coverage_at_two_levels(records):
    frame = coverage(records)
    villages = frame[frame["level"] == "villages"].set_index(["geography", "date"])["share"]
    assert villages.to_dict() == {
        ("China", "2016-12-31"): 0.251,
        ("China", "2019-12-31"): 0.74,
        ("China", "2020-12-31"): 0.789,
        ("China (832 poor counties)", "2020-12-31"): 0.627,
    }
    counties = frame[frame["level"] == "counties"]
    assert counties["share"].tolist() == pytest.approx([261 / 832, 737 / 832, 1, 1, 1])
