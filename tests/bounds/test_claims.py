"""From a figure as stated to what it can mean: the table of bounds, and the unit of the last digit."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.claims import assume, bounds_of, claim_bounds
from analysis.records.errors import QuantityError, UnknownIdError
from analysis.records.load import Claim
from analysis.records.printed import last_digit

INF = math.inf
FIELDS = dict.fromkeys((field.name for field in dataclasses.fields(Claim)), "")


def stated(
    bound: str, low: float, high: float | None = None, unit: str = "person", digit: str = ""
) -> Claim:
    return Claim(
        **FIELDS
        | {
            "claim_id": "s.claim",
            "bound": bound,
            "value_low": low,
            "value_high": low if high is None else high,
            "unit": unit,
            "last_digit": digit,
            "original": None,
        }
    )


@pytest.mark.parametrize(
    ("claim", "value", "low", "high", "direction", "next_digit_high"),
    [
        (stated("exact", 31), 31, 31, 31, "closed", 31),
        (stated("exact", 200), 200, 200, 200, "closed", 200),
        (stated("about", 7_710_000), 7_710_000, 7_705_000, 7_715_000, "closed", 7_715_000),
        (stated("about", 146_000), 146_000, 145_500, 146_500, "closed", 146_500),
        (stated("about", 500_000, digit="10000"), 500_000, 495_000, 505_000, "closed", 505_000),
        (stated("rounded", 8_000), 8_000, 7_500, 8_500, "closed", 8_500),
        (stated("about", 2_000_000_000, unit="CNY"), 2e9, 1.5e9, 2.5e9, "closed", 2.5e9),
        (stated("about", 0.025, unit="share"), 0.025, 0.0245, 0.0255, "closed", 0.0255),
        (stated("more_than", 850_000), 850_000, 850_000, INF, "at least", 860_000),
        (stated("more_than", 100_000, digit="10000"), 100_000, 100_000, INF, "at least", 110_000),
        (stated("more_than", 1_700_000_000, unit="USD"), 1.7e9, 1.7e9, INF, "at least", 1.8e9),
        (stated("at_least", 1_000_000), 1e6, 1e6, INF, "at least", 2e6),
        (stated("nearly", 6_000), 6_000, 5_000, 6_000, "closed", 6_000),
        (stated("nearly", 1, unit="year", digit="1/12"), 1, 11 / 12, 1, "closed", 1),
        (stated("fewer_than", 500), 500, 0, 500, "at most", 500),
        (stated("at_most", 500), 500, 0, 500, "at most", 500),
        (stated("range", 300_000, 400_000), 350_000, 300_000, 400_000, "closed", 400_000),
    ],
)
def test_a_claim_is_an_interval(claim, value, low, high, direction, next_digit_high):
    found = claim_bounds(claim)
    assert (found.value, found.low, found.high, found.direction) == (
        value,
        pytest.approx(low, rel=1e-15),
        pytest.approx(high, rel=1e-15),
        direction,
    )
    assert found.inputs == (found.formula,) == ("s.claim",)
    closed = claim_bounds(claim, reading="next digit")
    assert (closed.value, closed.low, closed.high) == (
        value,
        found.low,
        pytest.approx(next_digit_high),
    )
    assert closed.direction == ("closed" if direction == "at least" else direction)


@pytest.mark.parametrize(
    ("claim_id", "low", "high", "unit"),
    [
        ("scio-2021.ecommerce-jobs", 7_705_000, 7_715_000, "person"),
        ("scio-2021.labor-income", 100_000, INF, "CNY / person / year"),
        ("scio-2021.labor-income-top", 300_000, 400_000, "CNY / person / year"),
        ("scio-2021.canton-sessions", 7, 7, "session"),
        ("scio-2021.canton-fees", 86_685_000, 86_695_000, "CNY"),
        ("scio-2021.ecommerce-county-coverage", 1, 1, ""),
        ("rural-ecommerce-opinions-2015.farm-sales-share", 0.0245, 0.0255, ""),
        ("rural-ecommerce-opinions-2015.longnan-income-gain", 240, INF, "CNY / person"),
        ("hunan-2017.brand-per-county", 1, 1, "brand / county"),
    ],
)
def test_claims_of_the_register(records, claim_id, low, high, unit):
    found = bounds_of(records, claim_id)
    assert (found.low, found.high, found.unit) == (pytest.approx(low), pytest.approx(high), unit)


def test_every_claim_of_the_register_has_bounds_in_both_readings(records):
    for claim_id in records.claims["claim_id"]:
        plain, closed = (
            bounds_of(records, claim_id, reading=reading) for reading in ("as stated", "next digit")
        )
        assert plain.low <= plain.value <= plain.high
        assert not closed.open_high
        assert closed.low == plain.low


@given(
    digits=st.integers(1, 999_999),
    power=st.integers(-4, 9),
    bound=st.sampled_from(
        ["exact", "rounded", "about", "more_than", "at_least", "nearly", "at_most"]
    ),
    reading=st.sampled_from(["as stated", "next digit"]),
)
def test_the_stated_value_lies_always_inside(digits, power, bound, reading):
    value = float(f"{digits}e{power}")
    found = claim_bounds(stated(bound, value), reading=reading)
    assert 0 <= found.low <= found.value == value <= found.high
    assert found.high - found.low > 0 or bound == "exact"
    unit, _ = last_digit(value)
    assert unit <= value
    assert value / unit == pytest.approx(round(value / unit))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda r: claim_bounds(stated("exact", 5), reading="generous"),
            QuantityError,
            "unknown interpretation 'generous'; allowed are as stated, next digit",
        ),
        (lambda r: claim_bounds(stated("roughly", 5)), QuantityError, "'roughly' is no bound"),
        (lambda r: claim_bounds(stated("about", 0)), QuantityError, "does not show its last digit"),
        (
            lambda r: claim_bounds(stated("exact", 5, unit="people")),
            QuantityError,
            "'people' is no unit",
        ),
        (
            lambda r: bounds_of(r, "scio-2021.ecommerce-job"),
            UnknownIdError,
            "did you mean scio-2021.ecommerce-jobs",
        ),
        (
            lambda r: bounds_of(r, "scio-2021.ecommerce-jobs", reading=""),
            QuantityError,
            "unknown interpretation",
        ),
        (
            lambda r: assume("share", 2, low=0, high=1),
            QuantityError,
            "assumed:share: 0 <= low <= value <= high does not hold",
        ),
    ],
)
def test_what_is_refused(records, call, error, message):
    with pytest.raises(error) as caught:
        call(records)
    assert message in str(caught.value)


def test_an_assumption_is_marked_in_formula_and_inputs(records):
    share = assume("stock-share", 0.5, low=0, high=1, open_low=True)
    assert (share.value, share.low, share.high, share.direction) == (0.5, 0, 1, "at most")
    sent = share * bounds_of(records, "scio-2021.labor-people")
    assert sent.formula == "assumed:stock-share × scio-2021.labor-people"
    assert sent.inputs == ("assumed:stock-share", "scio-2021.labor-people")
    assert (sent.value, sent.high, sent.unit) == (73_000, 146_500, "person")


def test_two_readings_of_one_claim_do_not_mix(records):
    plain, closed = (
        bounds_of(records, "scio-2021.canton-deals", reading=reading)
        for reading in ("as stated", "next digit")
    )
    for calculation in (lambda: plain + closed, lambda: plain / closed, lambda: plain - closed):
        with pytest.raises(
            QuantityError, match=r"scio-2021\.canton-deals stands for two different quantities"
        ):
            calculation()
