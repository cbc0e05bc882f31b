"""What is printed beside an estimate: contradictions that rounding cannot mend, and rounding that it can."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.methods.plausibility import (
    error_of_interval,
    half_unit,
    in_percent,
    interval_contradicts,
    largest_error,
    means_contradict,
    missing_star,
    p_range,
    percentage_contradicts,
    stars_contradict,
)


@pytest.mark.parametrize(
    ("value", "half"), [(0.185, 0.0005), (0.08, 0.005), (3.7, 0.05), (15.0, 0.5), (40.0, 5.0)]
)
def test_half_a_unit_of_the_last_printed_digit(value, half):
    assert half_unit(value) == pytest.approx(half)


def test_nothing_printed_has_no_digit():
    assert math.isnan(half_unit(math.nan))
    assert math.isnan(half_unit(0.0)), "a bare zero does not show its last digit"


def test_p_by_hand_holds_every_rounding():
    """0.135 over 0.152: z from 0.1345/0.1525 = 0.882 to 0.1355/0.1515 = 0.894."""
    low, high = p_range(0.135, 0.152)
    assert (low, high) == pytest.approx((0.3711, 0.3778), abs=5e-4)
    assert p_range(0.01, 0.001)[0] < 1e-9
    assert p_range(0.2, 0.5)[1] <= 1


@given(
    st.floats(0.01, 2).map(lambda value: round(value, 3)),
    st.floats(0.01, 2).map(lambda value: round(value, 3)),
)
def test_the_p_of_the_printed_numbers_lies_between(effect, se):
    low, high = p_range(effect, se)
    assert low <= 2 * stats.norm.sf(effect / se) <= high


def test_the_largest_error_that_a_limit_allows():
    assert largest_error(0.112, 0.01) == pytest.approx(
        0.112 / 2.5758, rel=1e-4
    )  # 2.5758: normal, one per cent on two sides
    assert largest_error(-0.112, 0.01) == largest_error(0.112, 0.01)


@pytest.mark.parametrize(
    ("effect", "se", "fails"),
    [
        (0.112, 0.08, True),
        (0.135, 0.152, True),
        (0.225, 0.079, False),
        (0.13, 0.01, False),
        (0.5, 0.2, False),
    ],
)
def test_stars_against_effect_over_error(effect, se, fails):
    """0.5 over 0.2 is 2.5, below 2.576; but an error of 0.15 would be printed so too."""
    found = stars_contradict(effect, se, 0.01)
    assert bool(found) == fails
    if found:
        assert (found.check, found.printed) == ("stars", se)
        assert "is printed below 0.01" in found.reason


@pytest.mark.parametrize(
    ("effect", "se", "fails"),
    [(0.078, 0.009, True), (0.322, 0.031, True), (0.05, 0.04, False), (0.026, 0.01, False)],
)
def test_a_missing_star_against_effect_over_error(effect, se, fails):
    assert bool(missing_star(effect, se, 0.01)) == fails


@pytest.mark.parametrize(
    ("se", "implied", "fails"),
    [
        (0.01, 0.0099, False),
        (0.079, 0.0106, True),
        (0.014, 0.141, True),
        (0.031, 0.0318, False),
        (0.152, 0.102, True),
        (0.012, 0.0125, False),
    ],
)
def test_an_error_against_the_errors_of_two_means(se, implied, fails):
    assert bool(means_contradict(se, implied, 0.001)) == fails


def test_the_rounding_of_both_means_and_of_the_error_is_allowed_for():
    """Errors of 0.0074 and 0.0074 are printed 0.007 twice, give 0.0099, and truly 0.0105: printed 0.010 or 0.011."""
    assert means_contradict(0.0105, 0.0099, 0.001) is None
    assert means_contradict(0.0112, 0.0099, 0.001)
    # half a unit of the error, and half a unit of the means times the root of two: 0.05 + 0.0707
    assert means_contradict(0.1, 0.22, 0.1) is None
    assert means_contradict(0.1, 0.222, 0.1)


def test_an_interval_gives_its_error_and_must_hold_the_effect_in_its_middle():
    assert error_of_interval((11, 19)) == pytest.approx(4 / 1.959964, rel=1e-6)
    assert interval_contradicts(15, (11, 19)) is None
    assert interval_contradicts(15.5, (11, 19)) is None, "both ends and the effect are rounded"
    assert "the middle of the interval is 15" in interval_contradicts(17, (11, 19)).reason
    assert interval_contradicts(15, (11, 19), 2.0) is None
    assert "implies an error of 2" in interval_contradicts(15, (11, 19), 4.5).reason


@pytest.mark.parametrize(
    ("logs", "percent", "fails"),
    [
        (0.185, 20.32, False),
        (0.166, 18.05, False),
        (0.322, 37.98, False),
        (0.225, 22.5, True),
        (0.208, 20.8, True),
    ],
)
def test_a_percentage_against_log_points(logs, percent, fails):
    """exp(0.166) - 1 is 18.057 %: printed 18.05 fits a coefficient that was rounded."""
    assert bool(percentage_contradicts(logs, percent)) == fails


@given(st.floats(-1, 1))
def test_log_points_and_percent_there_and_back(logs):
    assert math.log1p(in_percent(logs) / 100) == pytest.approx(logs, abs=1e-12)
