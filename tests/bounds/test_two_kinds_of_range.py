"""A confidence interval and a rounding range have no common ends; quantities that cannot be negative; roots."""

from __future__ import annotations

import math
import operator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.bounds import Bounds, largest, not_below_zero, root, spread
from analysis.bounds.observed import estimated
from analysis.bounds.terms import Input
from analysis.methods.scenarios import assumption
from analysis.records.errors import AnalysisError, QuantityError
from analysis.themes import all_findings


def of(name: str, low: float, high: float, *, interval: bool = False) -> Bounds:
    middle = (low + high) / 2 if math.isfinite(high) else low
    ends = {"open_low": low == 0, "open_high": math.isinf(high), "interval": interval}
    return Bounds.of(Input(name, middle, low, high, "", **ends))


STUDY, ROUNDED, EXACT = of("study", 11, 19, interval=True), of("printed", 2, 3), of("exact", 5, 5)
SIGNS = [operator.add, operator.sub, operator.mul, operator.truediv]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("way", [1, -1])
def test_an_interval_and_a_rounding_range_have_no_common_ends(sign, way):
    mixed = sign(*(STUDY, ROUNDED)[::way])
    for ask in (lambda: mixed.low, lambda: mixed.high, lambda: mixed.closed("made")):
        with pytest.raises(QuantityError, match="of study are a published confidence interval, th"):
            ask()
    assert "Bounds(" in repr(mixed)


@pytest.mark.parametrize("join", [largest, spread])
def test_nor_has_the_larger_or_the_mean_of_the_two(join):
    with pytest.raises(QuantityError, match="the two are not combined"):
        join(STUDY, ROUNDED)


@pytest.mark.parametrize("sign", SIGNS)
def test_with_exact_numbers_and_its_like_an_interval_stays_one(sign):
    for other in (EXACT, of("second study", 1, 2, interval=True)):
        found = sign(STUDY, other)
        assert found.low <= found.high
        assert found.interval
    assert not sign(ROUNDED, EXACT).interval
    assert not sign(ROUNDED, of("more than", 4, math.inf)).interval


def test_an_open_end_is_a_range_too():
    with pytest.raises(QuantityError, match="those of more than a range"):
        _ = (STUDY / of("more than", 4, math.inf)).high


def test_no_finding_blends_the_two_and_the_records_refuse_it(records):
    assert all_findings(records)  # every one has asked for its ends
    fifteen = estimated(records, "olarreaga-2015")
    assert (fifteen.low, fifteen.value, fifteen.high, fifteen.interval) == (15, 15, 15, False)
    interval = estimated(records, "olarreaga-2015", interval=True)
    assert (interval.low, interval.high, interval.interval) == (11, 19, True)
    with pytest.raises(QuantityError, match="take the estimate without its interval"):
        _ = (interval / ROUNDED).high
    with pytest.raises(AnalysisError, match="no interval of lederman-2007 was seen"):
        estimated(records, "lederman-2007", interval=True)
    assert estimated(records, "van-biesebroeck-2010").value == pytest.approx(0.179)


def test_a_normal_assumption_has_the_ends_of_an_interval(data_copy, edit):
    from analysis.records.load import load

    for column, value in {"shape": "normal", "low": "0.4", "central": "0.5", "high": "0.6"}.items():
        edit(data_copy / "assumptions.csv", "labor-cost-share", column, value)
    found = assumption(load(data_copy), "labor-cost-share")
    assert found.interval
    with pytest.raises(QuantityError, match="confidence interval"):
        _ = (found * ROUNDED).low


@given(st.floats(0.01, 10), st.floats(0, 10), st.integers(1, 5))
def test_a_root_taken_often_enough_is_the_quantity(low, width, degree):
    one = of("x", low, low + width)
    found = root(one, degree)
    ends = (found.low**degree, found.value**degree, found.high**degree)
    assert ends == pytest.approx((one.low, one.value, one.high))
    assert found.inputs == ("x",)


def test_a_root_keeps_open_ends_and_refuses_units():
    assert root(of("x", 4, math.inf), 2).direction == "at least"
    assert root(of("y", 0, 4), 2).direction == "at most"
    with pytest.raises(QuantityError, match="has a unit"):
        root(Bounds.exactly(4, "CNY"), 2)


def test_what_cannot_be_negative_ends_at_zero():
    after, before = of("after", 17, math.inf), of("before", 10, math.inf)
    assert (after / before - 1).low == -1
    growth = not_below_zero(after / before - 1)
    assert (growth.low, growth.value, growth.direction) == (
        0,
        pytest.approx(0.7),
        "direction unknown",
    )
    assert not_below_zero(of("x", 1, 2)).formula == "x"


def test_no_finding_goes_below_zero(records):
    # ratios, sizes and counts: a finding that may be negative is a difference, and none is so far
    assert [one.value_id for one in all_findings(records) if one.low < 0] == []
