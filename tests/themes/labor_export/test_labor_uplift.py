"""Net uplift over pay at home: findings by hand, the bias by hand, the scenario against its own algebra."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.bounds.finding import Finding
from analysis.methods.scenarios import draw
from analysis.methods.scenarios.sensitivity import sobol_indices, tornado
from analysis.themes.labor_export.uplift import (
    GROSS,
    TOTAL,
    UPLIFT,
    findings,
    net_uplift,
    scenarios,
    uplift_grid,
    yearly_total,
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
    # 11/12 x (100,000 x 1/2 - 4,072 x 11) = 4,774.33; times 146,000 x 1/2
    assert net_uplift(records).value == pytest.approx(11 / 12 * (50_000 - 44_792))
    assert yearly_total(records).value == pytest.approx(73_000 * 11 / 12 * (50_000 - 44_792))
    assert net_uplift(records).low < 0
    assert net_uplift(records).high == INF


def test_the_grid_of_costs(records):
    frame = uplift_grid(records, (0.0, 0.5, 0.6)).set_index(["months_at_home", "cost_share"])[
        "uplift_cny_low"
    ]
    assert frame.loc[12].tolist() == pytest.approx(
        [100_000 - 48_870, 50_000 - 48_870, 40_000 - 48_870]
    )
    assert frame.loc[10].tolist() == pytest.approx(
        [100_000 - 40_725, 50_000 - 40_725, 40_000 - 40_725]
    )


@pytest.fixture(scope="module")
def scenario(records):
    (one,) = scenarios(records)
    return one


def test_the_scenario_has_the_mean_that_algebra_gives(records, scenario):
    drawn = draw(records, scenario)
    # independent inputs: E[m] (E[w] E[1 - c] - E[d]), the income between 100,000 and 110,000
    mean = 11 / 12 * (105_000 * 0.5 - WAGE * 11)
    assert drawn.sample(UPLIFT).mean() == pytest.approx(mean, rel=0.005)
    assert drawn.sample(TOTAL).mean() == pytest.approx(73_000 * mean, rel=0.01)
    assert drawn.sample(GROSS).mean() == pytest.approx(73_000 * 105_000 * 11 / 12, rel=0.001)


def test_an_independent_drawing_gives_the_same_range(records, scenario):
    rng, n = np.random.default_rng(2021), 400_000
    months, home, cost, income = (
        rng.uniform(10, 12, n),
        rng.uniform(10, 12, n),
        rng.uniform(0, 1, n),
        rng.uniform(100_000, 110_000, n),
    )
    uplift = months / 12 * (income * (1 - cost) - WAGE * home)
    row = draw(records, scenario).table().set_index("output").loc[UPLIFT]
    assert (row["p5"], row["p50"], row["p95"]) == pytest.approx(
        tuple(np.quantile(uplift, (0.05, 0.5, 0.95))), abs=300
    )


def test_the_tornado_moves_one_input_at_a_time(records, scenario):
    frame = tornado(records, scenario, UPLIFT).set_index("input")
    costs = frame.loc["assumed:labor-cost-share"]
    assert (costs["at_p5"], costs["at_p95"]) == (
        pytest.approx(11 / 12 * (105_000 * 0.95 - WAGE * 11)),
        pytest.approx(11 / 12 * (105_000 * 0.05 - WAGE * 11)),
    )
    assert frame.index[0] == "assumed:labor-cost-share"
    total = tornado(records, scenario, TOTAL)
    assert total["input"].tolist()[:2] == ["assumed:labor-cost-share", "assumed:labor-stock-share"]


def test_costs_carry_nearly_all_of_the_spread(records, scenario):
    frame = sobol_indices(records, scenario).set_index(["output", "input"])
    # variance of m w (1 - c) over c alone: (E[m] E[w])^2 / 12, of all by the same algebra
    squares = {
        "m": (11**2 + 4 / 12) / 144,
        "w": 105_000**2 + 1e8 / 12,
        "k": 1 / 3,
        "d": WAGE**2 * (121 + 4 / 12),
    }
    mean = 52_500 - WAGE * 11
    inner = squares["w"] * squares["k"] - 2 * 52_500 * WAGE * 11 + squares["d"]
    variance = squares["m"] * inner - (11 / 12 * mean) ** 2
    first = (11 / 12 * 105_000) ** 2 / 12 / variance
    assert frame.loc[(UPLIFT, "assumed:labor-cost-share"), "first"] == pytest.approx(
        first, abs=0.002
    )
    assert first > 0.98
