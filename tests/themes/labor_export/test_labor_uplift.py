"""Net uplift over pay at home: findings by hand, the bias by hand, the scenario against its own algebra."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.bounds.finding import Finding
from analysis.methods.scenarios import compare_priors, draw
from analysis.themes.labor_export.uplift import (
    UPLIFT,
    by_cost_share,
    findings,
    kept_income,
    net_uplift,
    scenarios,
)

INF = math.inf
# "average annual income exceeded 100,000 yuan" (scio-2021); outgoing migrants' pay in 2020, yuan a
# month
INCOME, WAGE, WAGE_LOW, WAGE_HIGH = 100_000, 4_549, 4_548.5, 4_549.5
BIAS_LOW, BIAS_HIGH = (
    0.20,
    0.82,
)  # McKenzie, Stillman and Gibson (2010): overstatement by 20 to 82 percent


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit"),
    [
        ("raw-gap-12", 45_412, 45_406, INF, "high", "CNY / person / year"),  # 100,000 - 54,588
        ("raw-gap-10", 54_510, 54_505, INF, "high", "CNY / person / year"),  # 100,000 - 45,490
        ("break-even-cost-share-12", 0.45412, 0.45406, 1, "high", ""),  # 1 - 54,588 / 100,000
        ("break-even-cost-share-10", 0.5451, 0.54505, 1, "high", ""),
        # 100,000 x (1 - 0.125) less pay at home
        ("gap-after-fee-ceiling-12", 32_912, 32_906, INF, "high", "CNY / person / year"),
        ("gap-after-fee-ceiling-10", 42_010, 42_005, INF, "high", "CNY / person / year"),
        ("corrected-gap-12", 45_412 / 1.51, 45_406 / 1.82, INF, "high", "CNY / person / year"),
        ("corrected-gap-10", 54_510 / 1.51, 54_505 / 1.82, INF, "high", "CNY / person / year"),
        # the alternative: all migrants, 4,072 a month
        ("raw-gap-all-migrants-12", 51_136, 51_130, INF, "high", "CNY / person / year"),
        ("raw-gap-all-migrants-10", 59_280, 59_275, INF, "high", "CNY / person / year"),
        ("break-even-cost-share-all-migrants-12", 0.51136, 0.5113, 1, "high", ""),
        ("break-even-cost-share-all-migrants-10", 0.5928, 0.59275, 1, "high", ""),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit
):
    found = by_id["labor." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        high,
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, "C")


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"labor.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_the_uplift_at_the_middle_of_every_input(records):
    # 100,000 x 1/2 - 4,549 x 11: the stated average of a year is not shrunk by months
    assert net_uplift(records).value == pytest.approx(50_000 - 50_039)
    assert net_uplift(records).low < 0
    assert net_uplift(records).high == INF


def test_what_costs_leave(records):
    found = by_cost_share(records, {"none": 0.0, "half": 0.5, "more": 0.6})
    left = found.set_index("months_at_home")["left_cny"]
    assert left.loc[12].tolist() == pytest.approx([45_406, -4_594, -14_594])
    assert left.loc[10].tolist() == pytest.approx([54_505, 4_505, -5_495])


def test_fewer_months_shrink_only_who_asks_for_it(records):
    assert kept_income(records, months=12, cost_share=0).low == INCOME
    assert kept_income(records, months=10, cost_share=0).low == pytest.approx(INCOME * 10 / 12)


@pytest.fixture(scope="module")
def scenario(records):
    (one,) = scenarios(records)
    return one


def test_the_scenario_has_the_mean_that_algebra_gives(records, scenario):
    drawn = draw(records, scenario)
    # independent inputs: E[w] E[1 - c] - E[d], the income between 100,000 and 110,000
    assert drawn.sample(UPLIFT).mean() == pytest.approx(105_000 * 0.5 - WAGE * 11, abs=60)


def test_an_independent_drawing_gives_the_same_range(records, scenario):
    rng, n = np.random.default_rng(2021), 400_000
    home, income = rng.uniform(10, 12, n), rng.uniform(100_000, 110_000, n)
    row = compare_priors(records, scenario).set_index("prior")[["p5", "p50", "p95"]]
    costs = {
        "uniform": rng.uniform(0, 1, n),
        "Beta(1/2, 1/2)": rng.beta(0.5, 0.5, n),
        "Beta(2, 2)": rng.beta(2, 2, n),
    }
    for prior, cost in costs.items():
        uplift = income * (1 - cost) - WAGE * home
        assert row.loc[prior].tolist() == pytest.approx(
            np.quantile(uplift, (0.05, 0.5, 0.95)).tolist(), abs=500
        )
