"""Checks of consistency: what cannot be true together, the known misprints, every refusal."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.consistency import Check, growth_chain, monotone, power_of_ten
from analysis.records.errors import QuantityError

INF = math.inf


def told(*rows: tuple[object, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "value", "low", "high"])


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(QuantityError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


# -- cumulative figures ----------------------------------------------------------------------------

# Booth fees waived, yuan, as printed: "over 670 million" for sessions 122-125, 86.69 million for
# 122-128.
FEES = told((125, 670e6, 670e6, INF), (128, 86.69e6, 86.685e6, 86.695e6))


def test_the_printed_fees_fall():
    assert monotone(FEES) == Check(
        "conflict",
        "the cumulative falls: 670000000 or more at 125, at most 86695000 at 128",
        ((125, 128),),
    )


def test_the_fees_with_the_point_moved_do_not_fall():
    assert (
        monotone(told((125, 67e6, 67e6, INF), (128, 86.69e6, 86.685e6, 86.695e6))).status == "pass"
    )


def test_deals_rise():
    assert monotone(told((125, 1.0e9, 1.0e9, INF), (128, 1.7e9, 1.7e9, INF))) == Check(
        "pass", "no figure falls in 1 comparisons"
    )


def test_a_lower_bound_that_is_lower_later_is_no_fall():
    # "more than 9 million" in March 2020; "more than 7 million" in August 2021 may be any number
    # above
    found = monotone(told(("2020-03", 9e6, 9e6, INF), ("2021-08", 7e6, 7e6, INF)))
    assert found == Check(
        "ambiguous",
        "stated 9000000 at 2020-03 and 7000000 at 2021-08: the bounds leave room for a rise",
        (("2020-03", "2021-08"),),
    )


def test_more_than_nine_million_and_then_about_7_71_is_a_fall():
    assert (
        monotone(told(("2020-03", 9e6, 9e6, INF), ("2021-08", 7.71e6, 7.705e6, 7.715e6))).status
        == "conflict"
    )


def test_every_pair_is_compared_and_the_order_of_rows_does_not_matter():
    # 1, then more than 1, then 0.5: the last is below both
    frame = told((3, 0.5, 0.5, 0.5), (1, 1, 1, 1), (2, 1.5, 1.0, INF))
    assert monotone(frame).rows == ((1, 3), (2, 3))


def test_figures_of_one_period_are_two_sources_and_not_compared():
    # demonstration counties 2018-2020: two figures of 2020
    assert (
        monotone(
            told((2018, 1016, 1016, 1016), (2020, 1231, 1231, 1231), (2020, 1180, 1180, 1180))
        ).status
        == "pass"
    )
    assert monotone(told((2020, 1231, 1231, 1231), (2020, 1180, 1180, 1180))) == Check(
        "ambiguous", "there are no two periods to compare"
    )


def test_an_equal_cumulative_does_not_fall():
    assert monotone(told((1, 5, 5, 5), (2, 5, 5, 5))).status == "pass"


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=8))
def test_law_a_sorted_cumulative_passes(values):
    assert monotone(told(*((i, v, v, v) for i, v in enumerate(sorted(values))))).status == "pass"


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=8))
def test_law_exact_figures_pass_only_if_sorted(values):
    status = monotone(told(*((i, v, v, v) for i, v in enumerate(values)))).status
    assert status == ("pass" if values == sorted(values) else "conflict")


@given(st.lists(st.floats(0, 1e9), min_size=2, max_size=8))
def test_law_lower_bounds_alone_never_conflict(values):
    assert monotone(told(*((i, v, v, INF) for i, v in enumerate(values)))).status in (
        "pass",
        "ambiguous",
    )


def test_a_frame_that_is_no_cumulative_is_refused():
    assert (
        refusal(monotone, FEES.drop(columns="high"))
        == "a cumulative needs the columns period, value, low, high; high is missing"
    )
    assert (
        refusal(monotone, told((1, 5, 6, 7), (2, 8, 8, 8)))
        == "low <= value <= high does not hold at 1"
    )
    assert refusal(monotone, told((1, math.nan, 6, 7))) == "low <= value <= high does not hold at 1"


# -- powers of ten ---------------------------------------------------------------------------------


def test_over_670_million_can_only_be_67():
    # The fees of 122-125 are not below those of session 125 alone ("nearly 179 million", the same
    # misprint: 17.9)
    # nor above those of 122-128: 67 fits between 17.9 and 86.69; 6.7 and 670 do not.
    found = power_of_ten(670e6, lower=17.9e6, upper=86.69e6)
    assert found == Check(
        "warn",
        "670000000 does not fit between 17900000 and 86690000; only 10**-1 fits: 67000000",
        (-1,),
    )


def test_the_price_of_a_booth_gives_the_same_answer():
    # 86.69 m / 6,084 exhibitor-times = 14,249 yuan. 2,784 exhibitor-times at from a half to twice
    # that: 19.8 to 79.3 million.
    each = 86.69e6 / 6_084
    assert power_of_ten(670e6, lower=2_784 * each / 2, upper=2_784 * each * 2).rows == (-1,)


def test_without_a_lower_figure_several_powers_fit():
    found = power_of_ten(670e6, lower=0, upper=86.69e6)
    assert (found.status, found.rows) == ("ambiguous", (-3, -2, -1))
    assert (
        found.reason
        == "670000000 does not fit between 0 and 86690000; 10**-3 fits: 670000, 10**-2 fits: 6700000, 10**-1 fits: 67000000"
    )


@pytest.mark.parametrize(
    ("value", "lower", "upper", "status", "rows"),
    [
        (67e6, 17.9e6, 86.69e6, "pass", (0,)),
        (50, 1, 1000, "pass", (-1, 0, 1)),  # fits as printed; others would too
        (
            7.36e9,
            50e9,
            80e9,
            "warn",
            (1,),
        ),  # labour turnover: 7.36 for 73.6 bn US$ (China Daily, 2012)
        (10_600, 100_000, 110_000, "warn", (1,)),  # 10,600 for 106,000 sent abroad (July 2020)
        (100e9, 0.9e12, 1.1e12, "warn", (1,)),  # housekeeping: 100 billion for 1 trillion (2021)
        (5, 6, 40, "conflict", ()),
        (86.69, 86.69, 86.69, "pass", (0,)),
    ],
)
def test_powers_that_fit(value, lower, upper, status, rows):
    found = power_of_ten(value, lower=lower, upper=upper)
    assert (found.status, found.rows) == (status, rows)


def test_only_the_powers_asked_for_are_tried():
    assert power_of_ten(5, lower=40, upper=60, powers=(0, -1)) == Check(
        "conflict", "5 does not fit between 40 and 60; no power of ten mends it"
    )


def test_a_value_is_above_zero_and_the_lower_figure_first():
    for value in (0, -1, math.nan, INF):
        assert (
            refusal(power_of_ten, value, lower=1, upper=2)
            == f"{value} has no power of ten; allowed is a number above zero"
        )
    assert (
        refusal(power_of_ten, 1, lower=2, upper=1)
        == "nothing lies between 2 and 1: the lower figure comes first"
    )
    assert refusal(power_of_ten, 1, lower=math.nan, upper=1).endswith(
        "the lower figure comes first"
    )


@given(st.floats(1, 9.99), st.integers(-3, 3))
def test_law_a_slipped_point_is_found_again(value, power):
    # between 0.9 and 1.1 of the true value no two powers fit
    assert power_of_ten(value * 10.0**-power, lower=value * 0.9, upper=value * 1.1).rows == (power,)


# -- growth chains ---------------------------------------------------------------------------------


def chain(before: float, level: float, growth: float, tolerance: float) -> Check:
    return growth_chain(
        pd.DataFrame({"year": [2018, 2019], "value": [before, level]}),
        pd.DataFrame({"year": [2019], "value": [growth]}),
        tolerance=tolerance,
    )


def test_levels_and_growth_of_one_series_pass():
    # 301.45/1.26 = 239.25, printed 239.2
    assert chain(239.2, 301.45, 0.26, 0.0) == Check("pass", "rounding explains all of 1 levels")


def test_a_small_revision_needs_the_tolerance():
    # 422.1/1.028 = 410.6, printed 415.9: -1.3 %
    found = chain(415.9, 422.1, 0.028, 0.02)
    assert (found.status, found.reason) == (
        "warn",
        "1 of 1 levels differ by more than rounding, within 2.0%",
    )
    assert found.rows == ((2018, pytest.approx(-0.01274, abs=5e-5)),)


def test_a_large_revision_is_a_conflict():
    # 397.5/1.27 = 312.99, printed 230.5: +35.8 %
    found = chain(230.5, 397.5, 0.27, 0.02)
    assert (found.status, found.reason) == (
        "conflict",
        "levels and growth differ by more than 2.0%: 2018 by +35.8%",
    )
    assert found.rows == ((2018, pytest.approx(0.3579, abs=5e-5)),)


def test_growth_in_dollars_beside_levels_in_yuan_is_found():
    # Canton Fair 124: 'down 1 %' is in US$, on session 122: 30.16 bn x 0.99 = 29.86 bn. In yuan
    # 206.494/198.65 = 1.0395: up 3.9 %.
    sessions = pd.DataFrame({"year": [1, 2], "value": [30.16, 29.86]})
    yuan = pd.DataFrame({"year": [1, 2], "value": [198.65, 206.494]})
    stated = pd.DataFrame({"year": [2], "value": [-0.01], "low": [-0.0105], "high": [-0.0095]})
    assert growth_chain(sessions, stated, tolerance=0.01).status == "pass"
    assert growth_chain(yuan, stated, tolerance=0.01).status == "conflict"


def test_without_a_level_before_nothing_is_decided():
    found = growth_chain(
        pd.DataFrame({"year": [2019], "value": [5.0]}),
        pd.DataFrame({"year": [2019], "value": [0.1]}),
        tolerance=0.1,
    )
    assert found == Check("ambiguous", "no year has a level, a growth and the level before")


@pytest.mark.parametrize("tolerance", [-0.01, 1, math.nan])
def test_a_tolerance_is_a_share(tolerance):
    assert (
        refusal(chain, 1, 2, 0.5, tolerance)
        == f"a tolerance of {tolerance} is none; it is a share from 0 to below 1"
    )


def test_an_unknown_outcome_is_refused():
    assert (
        refusal(Check, "fail", "because")
        == "'fail' is no outcome; allowed are pass, warn, conflict, ambiguous"
    )
