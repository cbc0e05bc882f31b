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
# "average annual income exceeded 100,000 yuan" (scio-2021); migrant workers' pay in 2020, yuan a
# month
INCOME, WAGE, WAGE_LOW, WAGE_HIGH = 100_000, 4_072, 4_071.5, 4_072.5
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
        ("raw-gap-12", 51_136, 51_130, INF, "high", "CNY / person / year"),  # 100,000 - 48,864
        ("raw-gap-10", 59_280, 59_275, INF, "high", "CNY / person / year"),  # 100,000 - 40,720
        ("break-even-cost-share-12", 0.51136, 0.5113, 1, "high", ""),  # 1 - 48,864 / 100,000
        ("break-even-cost-share-10", 0.5928, 0.59275, 1, "high", ""),
        # 100,000 x (1 - 0.125) less pay at home
        ("gap-after-fee-ceiling-12", 38_636, 38_630, INF, "high", "CNY / person / year"),
        ("gap-after-fee-ceiling-10", 46_780, 46_775, INF, "high", "CNY / person / year"),
        ("corrected-gap-12", 51_136 / 1.51, 51_130 / 1.82, INF, "high", "CNY / person / year"),
        ("corrected-gap-10", 59_280 / 1.51, 59_275 / 1.82, INF, "high", "CNY / person / year"),
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
    # 100,000 x 1/2 - 4,072 x 11: the stated average of a year is not shrunk by months
    assert net_uplift(records).value == pytest.approx(50_000 - 44_792)
    assert net_uplift(records).low < 0
    assert net_uplift(records).high == INF


def test_what_costs_leave(records):
    found = by_cost_share(records, {"none": 0.0, "half": 0.5, "more": 0.6})
    left = found.set_index("months_at_home")["left_cny"]
    assert left.loc[12].tolist() == pytest.approx([51_130, 1_130, -8_870])
    assert left.loc[10].tolist() == pytest.approx([59_275, 9_275, -725])


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
    assert drawn.sample(UPLIFT).mean() == pytest.approx(105_000 * 0.5 - WAGE * 11, rel=0.005)


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
