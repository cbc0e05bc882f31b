"""Pooling against results published with metafor, estimator by estimator, and what is refused."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.methods.pooling import Estimate, between_share, pool, prediction_interval
from analysis.records.errors import QuantityError

# dat.bcg of metafor (Colditz et al. 1994, JAMA 271:698-702): cases and others, vaccinated and not,
# in 13 trials
BCG = (
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
)
# CLASP example of DerSimonian & Kacker (2007), Contemp. Clin. Trials 28:105-114: cases and all, in
# six trials
CLASP = tuple(
    (a, n - a, c, m - c)
    for a, n, c, m in zip(
        (5, 5, 12, 69, 9, 313),
        (156, 303, 565, 1570, 103, 4659),
        (8, 17, 9, 94, 11, 352),
        (74, 303, 477, 1565, 105, 4650),
        strict=True,
    )
)
# Kacker (2004), Metrologia 41:132-136, example 1: nine laboratories, mean and variance
KACKER = (
    (61.0, 0.2025),
    (61.4, 1.21),
    (62.21, 0.09),
    (62.3, 0.2025),
    (62.34, 0.3844),
    (62.6, 0.5625),
    (62.7, 0.0676),
    (62.84, 0.0225),
    (65.9, 1.8225),
)


def risk_ratio(a, b, c, d):
    return math.log(a / (a + b) * (c + d) / c), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def odds_ratio(a, b, c, d):
    return math.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d


def estimates(pairs):
    return [
        Estimate(
            f"trial {number}", effect, math.sqrt(variance), kind="log ratio", team=f"team {number}"
        )
        for number, (effect, variance) in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("measure", "equal", "q", "random", "tau2", "i2"),
    [
        # metafor, tests/testthat/test_misc_metan_vs_rma.uni_with_dat.bcg.r (also compared there
        # with Stata's metan):
        # method "FE" (mean, ends), Q; method "DL" (mean, ends, z), tau2, I2 in percent
        (
            risk_ratio,
            (-0.4303, -0.5097, -0.3509),
            152.2330,
            (-0.7141, -1.0644, -0.3638, -3.9952),
            0.3088,
            92.1173,
        ),
        (
            odds_ratio,
            (-0.4361, -0.5190, -0.3533),
            163.1649,
            (-0.7474, -1.1242, -0.3706, -3.8873),
            0.3663,
            92.6455,
        ),
    ],
    ids=["risk ratio", "odds ratio"],
)
def test_the_bcg_trials_give_what_metafor_prints(measure, equal, q, random, tau2, i2):
    found = pool(estimates(measure(*row) for row in BCG), method="DL")
    assert (found.equal.value, found.equal.low, found.equal.high) == pytest.approx(equal, abs=5e-5)
    assert (
        found.random.value,
        found.random.low,
        found.random.high,
        found.random.value / found.random.se,
    ) == pytest.approx(random, abs=5e-5)
    assert (found.k, found.q, found.tau2, 100 * found.i2) == (
        13,
        pytest.approx(q, abs=5e-5),
        pytest.approx(tau2, abs=5e-5),
        pytest.approx(i2, abs=5e-5),
    )


@pytest.mark.parametrize(
    ("method", "tau", "mean", "se"),
    [
        ("PM", 0.3681, -0.3811, 0.2060),
        ("DL", 0.2323, -0.3240, 0.1540),
    ],  # Tables 3 and 4, as metafor's tests/testthat/test_analysis_example_dersimonian2007.r
)
def test_the_clasp_trials_give_what_is_published_for_each_estimator(method, tau, mean, se):
    found = pool(estimates(odds_ratio(*row) for row in CLASP), method=method)
    assert (math.sqrt(found.tau2), found.random.value, found.random.se) == pytest.approx(
        (tau, mean, se), abs=5e-5
    )


def test_paule_and_mandel_to_many_digits():
    """metafor's rma(y, v, method="PM", control=list(tol=1e-9)), as statsmodels' results_meta.py carries it."""
    found = pool(estimates(KACKER), method="PM")
    assert found.tau2 == pytest.approx(0.705395309224248, rel=1e-7)
    assert (found.random.value, found.random.se) == pytest.approx(
        (62.4076199113286, 0.338030602684471), rel=1e-7
    )
    assert (found.random.low, found.random.high) == pytest.approx(
        (61.7450921043947, 63.0701477182625), rel=1e-7
    )
    assert (found.q, found.q_p, 100 * found.i2) == pytest.approx(
        (24.801897741835, 0.00167935146372742, 83.7218626490482), rel=1e-7
    )


def test_like_is_compared_with_like():
    """metafor's default, REML, gives tau2 0.3132 for the BCG trials (Viechtbauer 2010, J. Stat. Softw. 36(3)): neither estimator here is that one."""
    rows = estimates(risk_ratio(*row) for row in BCG)
    assert all(abs(pool(rows, method=method).tau2 - 0.3132) > 1e-3 for method in ("DL", "PM"))
    with pytest.raises(
        QuantityError,
        match=r"unknown method 'REML'; allowed are DL \(DerSimonian and Laird\) and PM \(Paule and Mandel\)",
    ):
        pool(rows, method="REML")


def test_the_prediction_interval_with_the_normal_is_metafors():
    """metafor's predict() after REML on the BCG trials: risk ratios 0.155 to 1.549; mean -0.7145, SE 0.1798, tau2 0.3132."""
    low, high = prediction_interval(-0.7145, 0.1798, 0.3132)
    assert (math.exp(low), math.exp(high)) == pytest.approx((0.155, 1.549), abs=1e-3)


def test_the_pool_predicts_with_t_on_k_minus_2():
    found = pool(estimates(risk_ratio(*row) for row in BCG))
    reach = stats.t.ppf(0.975, 11) * math.sqrt(found.random.se**2 + found.tau2)
    assert found.predicted == pytest.approx(
        (found.random.value - reach, found.random.value + reach)
    )
    assert found.predicted[0] < found.random.low
    assert found.random.high < found.predicted[1]


def test_knapp_and_hartung_by_hand():
    found = pool(rows := estimates(KACKER))
    weights = [1 / (one.se**2 + found.tau2) for one in rows]
    variance = sum(
        w * (one.effect - found.random.value) ** 2 for w, one in zip(weights, rows, strict=True)
    ) / (8 * sum(weights))
    reach = stats.t.ppf(0.975, 8) * math.sqrt(variance)
    assert found.knapp_hartung == pytest.approx(
        (found.random.value - reach, found.random.value + reach)
    )


def test_with_dersimonian_and_laird_the_share_between_is_q_less_its_freedom_over_q():
    found = pool(estimates(risk_ratio(*row) for row in BCG))
    assert found.i2 == pytest.approx((found.q - 12) / found.q)
    assert between_share(0.0, [1.0, 2.0]) == 0


def test_where_nothing_lies_between_the_effects_are_equal():
    """Q below its freedom: statsmodels' DerSimonian and Laird variance is negative, and is taken as 0."""
    found = pool(
        [
            Estimate(str(number), effect, 0.5, team=str(number))
            for number, effect in enumerate((0.1, 0.11, 0.09, 0.1))
        ]
    )
    assert (found.tau2, found.i2) == (0, 0)
    assert found.random == found.equal


def test_the_root_is_found_where_the_iteration_of_statsmodels_falls_to_nothing():
    """A step beyond the root by rounding makes its variance 0; the estimating equation must hold instead."""
    rows = [
        Estimate(str(number), 3 * effect, 3 * se, team=str(number))
        for number, (effect, se) in enumerate([(0.0, 1.0), (0.0, 0.125), (2.0, 0.75)])
    ]
    found = pool(rows, method="PM")
    weights = [1 / (one.se**2 + found.tau2) for one in rows]
    mean = sum(w * one.effect for w, one in zip(weights, rows, strict=True)) / sum(weights)
    assert sum(
        w * (one.effect - mean) ** 2 for w, one in zip(weights, rows, strict=True)
    ) == pytest.approx(2, abs=1e-6)
    assert found.random.value == pytest.approx(mean)


SAME = [Estimate(name, 0.1, 0.05, kind="income, percent", team=name) for name in "abcd"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "0 comparable standard errors are too few to pool; at least 3 are needed"),
        (SAME[:2], "2 comparable standard errors are too few to pool; at least 3 are needed"),
        (
            [*SAME[:2], *(dataclasses.replace(one, se=math.nan) for one in SAME[2:])],
            "2 comparable standard errors are too few to pool; at least 3 are needed",
        ),
        (
            [*SAME[:3], dataclasses.replace(SAME[3], kind="income, log points")],
            "the estimates are not of one kind and cannot be pooled: income, percent; income, log points",
        ),
        (
            [*SAME[:3], dataclasses.replace(SAME[3], team="a")],
            "a and d are of one team (a) and not independent; keep one of them",
        ),
        (
            [*SAME[:3], dataclasses.replace(SAME[3], se=0.0)],
            "d: an effect of 0.1 with a standard error of 0 cannot be pooled; the error must be above 0, and both finite",
        ),
        (
            [*SAME[:3], dataclasses.replace(SAME[3], effect=math.nan)],
            "d: an effect of nan with a standard error of 0.05 cannot be pooled; the error must be above 0, and both finite",
        ),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_the_reason(rows, said):
    with pytest.raises(QuantityError) as caught:
        pool(rows)
    assert str(caught.value) == said


def test_three_are_enough_and_a_fourth_without_error_changes_nothing():
    three = pool(SAME[:3])
    assert three.k == 3
    assert three == pool([*SAME[:3], dataclasses.replace(SAME[3], se=math.nan)])


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_a_level_is_a_part_of_one(level):
    with pytest.raises(QuantityError, match="is not between 0 and 1"):
        pool(SAME, level=level)


NUMBERS = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 2)), min_size=3, max_size=9)


@given(NUMBERS, st.floats(0.5, 20), st.floats(-10, 10), st.sampled_from(["DL", "PM"]))
def test_another_unit_or_another_zero_moves_the_mean_and_nothing_else(rows, factor, shift, method):
    plain, moved = (
        pool(
            [Estimate(str(n), a * e + b, a * s, team=str(n)) for n, (e, s) in enumerate(rows)],
            method=method,
        )
        for a, b in ((1, 0), (factor, shift))
    )
    assert moved.random.value == pytest.approx(
        factor * plain.random.value + shift, rel=1e-6, abs=1e-6
    )
    assert moved.tau2 == pytest.approx(factor**2 * plain.tau2, rel=1e-5, abs=1e-6)
    assert (moved.q, moved.i2) == pytest.approx((plain.q, plain.i2), rel=1e-5, abs=1e-6)


@given(NUMBERS, st.sampled_from(["DL", "PM"]))
def test_the_mean_lies_among_the_effects_and_never_knows_more_than_equal_effects_would(
    rows, method
):
    found = pool(
        [Estimate(str(n), e, s, team=str(n)) for n, (e, s) in enumerate(rows)], method=method
    )
    effects = [effect for effect, _ in rows]
    assert min(effects) - 1e-9 <= found.random.value <= max(effects) + 1e-9
    assert found.random.se >= found.equal.se - 1e-12
    assert 0 <= found.i2 < 1
