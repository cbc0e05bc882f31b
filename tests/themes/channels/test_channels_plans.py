"""Plans beside reports, and housekeeping: every finding against arithmetic by hand."""

from __future__ import annotations

import math

import pytest

from analysis.themes.channels.plans import findings, plan_gap, planned_and_reported

INF = math.inf
# "more than 850,000 people", 31 centers, "some 7.71 million", 618.8万 (scio-2021);
# target of 2020: "up to 5 million"; plans of March 2018: 50,000 a year (+- 5,000) at roughly 40,000
# yuan (+- 5,000); 50,000 sent abroad at about 60,000
HOUSE, CENTERS, JOBS, MORE = 850_000, 31, 7_710_000, 6_188_000


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        (
            "housekeeping-jobs-per-center",
            HOUSE / CENTERS,
            HOUSE / CENTERS,
            INF,
            "high",
            "person / center",
            "C",
        ),
        ("housekeeping-plan-years", 17, HOUSE / 55_000, INF, "high", "year", "C"),
        (
            "housekeeping-over-plan",
            HOUSE / (50_000 * 3.5),
            HOUSE / (55_000 * 4),
            INF,
            "high",
            "",
            "C",
        ),
        ("housekeeping-over-employment", 0.85 / 30, 0, INF, "both", "", "C"),
        (
            "housekeeping-income-over-plan",
            45 / 40,
            44.5 / 45,
            45.5 / 35,
            "",
            "",
            "C",
        ),  # the weaker copy is of grade C
        ("ecommerce-jobs-over-target", 7.71 / 5, 7.705 / 5, INF, "high", "", "C"),
        ("ecommerce-income-over-target", 6.188 / 5, 6.1875 / 5, INF, "high", "", "C"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["channels." + slug]
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
    assert sorted(f"channels.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_plans_and_reports_with_their_times(records):
    data = planned_and_reported(records).set_index("what")
    assert data[["planned", "reported"]].values.tolist() == [
        [5e6, JOBS],
        [5e6, MORE],
        [50_000, HOUSE],
        [50_000, 146_000],
        [60_000, 100_000],
        [40_000, 45_000],
    ]
    assert data["planned_for"].tolist() == ["2020", "2020", "2018", "2018", "2018", "2018"]
    assert data.loc["ecommerce-jobs", "planned_low"] == 0  # "up to" has no lower end
    assert [math.isinf(high) for high in data["reported_high"]] == [
        False,
        False,
        True,
        False,
        True,
        False,
    ]


def test_ratios_to_plans_keep_their_open_ends(records):
    gap = plan_gap(records).set_index("what")
    assert gap["ratio"].tolist() == pytest.approx([7.71 / 5, 6.188 / 5, 17, 2.92, 10 / 6, 1.125])
    assert gap.loc["labor-people", ["low", "high"]].tolist() == pytest.approx(
        [145.5 / 55, 146.5 / 45]
    )
    assert gap.loc["ecommerce-jobs", "high"] == gap.loc["labor-income", "high"] == INF
