"""Labor export: findings by hand, and the log-normal by drawing from it and integrating it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import integrate, stats

from analysis.bounds.finding import Finding
from analysis.records.errors import AnalysisError
from analysis.themes.labor_export.findings import (
    findings,
    gross_earnings,
    largest_top_share,
    median_at_most,
    median_income,
    mixture,
)

INF = math.inf
# "some 146,000 people have been sent abroad": +- 500; "average annual income exceeded 100,000
# yuan";
# "some even earning 300,000 to 400,000 yuan"; "some 7.71 million farmers": +- 5,000 (scio-2021)
PEOPLE, INCOME, TOP_LOW, TOP_HIGH, JOBS = 146_000, 100_000, 300_000, 400_000, 7_710_000
# yuan per dollar in August 2021: mean, lowest and highest day (euro reference rates)
RATE, RATE_LOW, RATE_HIGH = 6.4762, 6.4603, 6.4994


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("gross-earnings", 14_600_000_000, 0, INF, "both", "CNY / year", "C"),
        ("income-usd", INCOME / RATE, INCOME / RATE_HIGH, INF, "high", "USD / person / year", "C"),
        ("top-relative-to-average", (TOP_LOW + TOP_HIGH) / 2 / INCOME, 0, 4, "low", "", "D"),
        ("income-per-head-3", 100_000 / 3, 100_000 / 3, INF, "high", "CNY / person / year", "C"),
        ("income-per-head-4", 25_000, 25_000, INF, "high", "CNY / person / year", "C"),
        ("income-per-head-5", 20_000, 20_000, INF, "high", "CNY / person / year", "C"),
        (
            "income-over-migrant-wage-12",
            INCOME / 54_588,  # 4,549 a month: outgoing migrants
            INCOME / 54_594,
            INF,
            "high",
            "",
            "C",
        ),
        ("income-over-migrant-wage-10", INCOME / 45_490, INCOME / 45_495, INF, "high", "", "C"),
        # 4,072 a month: all migrants, outgoing and local
        (
            "income-over-all-migrants-wage-12",
            INCOME / 48_864,
            INCOME / 48_870,
            INF,
            "high",
            "",
            "C",
        ),
        (
            "income-over-all-migrants-wage-10",
            INCOME / 40_720,
            INCOME / 40_725,
            INF,
            "high",
            "",
            "C",
        ),
        ("income-over-urban-wage", INCOME / 97_379, INCOME / 97_379.5, INF, "high", "", "C"),
        ("income-over-rural-income", INCOME / 17_131, INCOME / 17_131.5, INF, "high", "", "C"),
        ("income-over-area-income", INCOME / 12_588, INCOME / 12_588.5, INF, "high", "", "C"),
        (
            "people-over-dispatched-2017-2019",
            146 / (522 + 492 + 487),
            145_500 / 1_502_500,
            146_500 / 1_499_500,
            "",
            "",
            "C",
        ),
        ("people-over-stock-2019", 146 / 992, 145_500 / 992_500, 146_500 / 991_500, "", "", "C"),
        (
            "people-relative-to-ecommerce",
            146 / 7_710,
            145_500 / 7_715_000,
            146_500 / 7_705_000,
            "",
            "",
            "C",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["labor." + slug]
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
    assert sorted(f"labor.{row[0]}" for row in marks.args[1]) == sorted(by_id)


@pytest.mark.parametrize(
    ("stock_share", "months"), [(1.0, 12.0), (0.5, 12.0), (0.25, 10.0), (0.001, 1.0)]
)
def test_gross_earnings_have_no_direction_whatever_is_assumed(records, stock_share, months):
    found = gross_earnings(records, stock_share=stock_share, months=months)
    assert found.value == pytest.approx(PEOPLE * stock_share * INCOME * months / 12)
    assert (found.low, found.high, found.direction, found.unit) == (
        0,
        INF,
        "direction unknown",
        "CNY / year",
    )
    assert found.inputs == (
        "assumed:months-paid",
        "assumed:stock-share",
        "scio-2021.labor-income",
        "scio-2021.labor-people",
    )


@pytest.mark.parametrize("top_share", [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.069])
def test_the_log_normal_has_the_stated_mean_and_the_assumed_top(records, top_share):
    median, sigma = median_income(records, top_share)
    incomes = stats.lognorm(s=sigma, scale=median)
    assert incomes.mean() == pytest.approx(INCOME)
    assert incomes.sf(TOP_LOW) == pytest.approx(top_share)
    assert incomes.median() == pytest.approx(median)

    def density_by_log(x: float) -> float:
        return math.exp(-(((x - math.log(median)) / sigma) ** 2) / 2) / (
            sigma * math.sqrt(2 * math.pi)
        )

    around = (math.log(median) - 12 * sigma, math.log(median) + 12 * sigma)
    mean, _ = integrate.quad(lambda x: math.exp(x) * density_by_log(x), *around)
    above, _ = integrate.quad(density_by_log, math.log(TOP_LOW), around[1])
    assert mean == pytest.approx(INCOME, rel=1e-6)
    assert above == pytest.approx(top_share, rel=1e-6)


def test_drawing_incomes_gives_mean_median_and_top(records):
    median, sigma = median_income(records, 0.02)
    drawn = median * np.exp(sigma * np.random.default_rng(2021).standard_normal(400_000))
    assert drawn.mean() == pytest.approx(INCOME, rel=0.01)
    assert np.median(drawn) == pytest.approx(median, rel=0.01)
    assert (drawn > TOP_LOW).mean() == pytest.approx(0.02, rel=0.05)


def test_the_smaller_spread_is_taken(records):
    for top_share in (0.005, 0.03, 0.06):
        z = stats.norm.isf(top_share)
        smaller, larger = sorted(np.roots([1, -2 * z, 2 * math.log(3)]))
        median, sigma = median_income(records, top_share)
        assert sigma == pytest.approx(smaller)
        assert sigma < larger
        assert median == pytest.approx(INCOME / math.exp(smaller**2 / 2))


def test_the_largest_share_above_the_top_is_where_the_roots_meet(records):
    limit = largest_top_share(records)
    assert limit == pytest.approx(0.5 * math.erfc(math.sqrt(math.log(3))), rel=1e-12)
    assert round(limit, 4) == 0.0691
    assert median_income(records, limit)[1] == pytest.approx(math.sqrt(2 * math.log(3)), rel=1e-6)
    sigmas = np.linspace(
        0.05, 6, 20_000
    )  # of all log-normals with that mean, none has more above the top
    assert stats.norm.sf((math.log(3) + sigmas**2 / 2) / sigmas).max() == pytest.approx(
        limit, rel=1e-6
    )
    assert largest_top_share(records, top=TOP_HIGH) == pytest.approx(
        stats.norm.sf(math.sqrt(2 * math.log(4)))
    )


def test_the_others_of_a_mixture_hold_the_mean_and_are_the_majority(records):
    frame = mixture(records, (0.01, 0.06, 0.10, 0.30))
    # (100,000 - p x 300,000) / (1 - p)
    assert frame["others_cny"].tolist() == pytest.approx(
        [97_000 / 0.99, 82_000 / 0.94, 70_000 / 0.90, 10_000 / 0.70]
    )
    for row in frame.itertuples():
        assert row.top_share * TOP_LOW + (1 - row.top_share) * row.others_cny == pytest.approx(
            INCOME
        )
        people = np.repeat(
            [row.others_cny, TOP_LOW],
            [round(1000 * (1 - row.top_share)), round(1000 * row.top_share)],
        )
        assert (people.mean(), np.median(people)) == (pytest.approx(INCOME), row.others_cny)
    assert frame["log_normal_cny"].iloc[0] == pytest.approx(median_income(records, 0.01)[0])
    assert frame["log_normal_cny"].isna().tolist() == [
        False,
        False,
        True,
        True,
    ]  # beyond 6.91 % there is none
    assert (frame["log_normal_cny"].dropna() < frame["others_cny"].iloc[:2]).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda r: median_income(r, 0.07),
            "no log-normal has a mean of 100000 and 7.00% above 300000: the share must be above 0 and at most 6.91%",
        ),
        (lambda r: median_income(r, 0), "the share must be above 0"),
        (lambda r: median_income(r, -0.01), "the share must be above 0"),
        (lambda r: median_income(r, 0.5), "50.00% above 300000"),
        (lambda r: median_income(r, math.nan), "the share must be above 0"),
        (lambda r: largest_top_share(r, top=50_000), "50000"),
        (
            lambda r: gross_earnings(r, stock_share=0),
            "the stock share must be above 0 and at most 1, got 0",
        ),
        (
            lambda r: gross_earnings(r, stock_share=1.5),
            "the stock share must be above 0 and at most 1, got 1.5",
        ),
        (lambda r: gross_earnings(r, stock_share=math.nan), "the stock share must be above 0"),
        (
            lambda r: gross_earnings(r, months=13),
            "the months of pay lie above 0 and are at most 12, not 13",
        ),
        (
            lambda r: gross_earnings(r, months=0),
            "the months of pay lie above 0 and are at most 12, not 0",
        ),
        (
            lambda r: mixture(r, (0.01, 0.34)),
            "a share of 34.00% at 300000 leaves the others no income or no majority: it must be above 0 and below 33.33%",
        ),
        (lambda r: mixture(r, (0.0,)), "a share of 0.00%"),
        (lambda r: mixture(r, (math.nan,)), "a share of nan%"),
    ],
)
def test_what_is_outside_its_range_is_refused(records, call, message):
    with pytest.raises(AnalysisError) as caught:
        call(records)
    assert message in str(caught.value)


MEAN, TOP = 100_000.0, 300_000.0
ANY_SHARE = st.floats(0.001, 0.33)


@given(st.lists(st.tuples(st.floats(0, 600_000), st.integers(1, 60)), min_size=2, max_size=12))
def test_no_distribution_with_mean_and_top_has_a_median_above_the_bound(groups):
    incomes, numbers = (np.array(part, dtype=float) for part in zip(*groups, strict=True))
    assume(numbers @ incomes > 0)
    incomes = incomes * MEAN * numbers.sum() / (numbers @ incomes)  # now the mean holds
    above = numbers[incomes >= TOP].sum() / numbers.sum()
    assume(above < 0.5)
    order = np.argsort(incomes)
    reached = np.cumsum(numbers[order])
    # the largest value that at least half of all reach
    median = incomes[order][np.searchsorted(reached, numbers.sum() / 2, side="right")]
    assert median <= median_at_most(MEAN, TOP, above) + 1e-9 * MEAN


@given(ANY_SHARE)
def test_the_bound_of_the_median_is_attained(top_share):
    bound = median_at_most(MEAN, TOP, top_share)
    shares, incomes = np.array([top_share, 0.5 - top_share, 0.5]), np.array([TOP, bound, 0])
    assert shares @ incomes == pytest.approx(MEAN)
    assert shares[incomes >= bound].sum() == pytest.approx(0.5)  # half of all reach it


@pytest.mark.parametrize(
    ("top_share", "most"), [(0, 200_000), (0.01, 97_000 / 0.49), (0.06, 82_000 / 0.44)]
)
def test_the_bound_of_the_median_by_hand(top_share, most):
    assert median_at_most(MEAN, TOP, top_share) == pytest.approx(most)


def test_the_median_may_lie_above_the_average():
    # 1 % at 350,000, 60 % at 105,000, 39 % at 86,400: the mean is 100,196
    shares, incomes = np.array([0.01, 0.6, 0.39]), np.array([350_000, 105_000, 86_400])
    mean = shares @ incomes
    assert mean == pytest.approx(100_196)
    assert mean < 105_000 < median_at_most(mean, TOP, 0.01)


@pytest.mark.parametrize("top_share", [-0.01, 0.34, 0.5])
def test_a_share_that_the_mean_cannot_hold_is_refused(top_share):
    with pytest.raises(AnalysisError, match=r"at most 33\.33%, or the top alone exceeds the mean"):
        median_at_most(MEAN, TOP, top_share)


def test_the_two_models_stay_below_the_bound(records):
    found = mixture(records, (0.005, 0.01, 0.03, 0.06))
    assert (found["log_normal_cny"] < found["others_cny"]).all()
    assert (found["others_cny"] < found["most_cny"]).all()
