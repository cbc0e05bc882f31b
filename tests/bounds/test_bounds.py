"""Bounds: known answers, openness that is kept, units and formulas, and what is refused."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.bounds import Bounds, Input, largest, spread
from analysis.records.errors import QuantityError

INF = math.inf


def made(name: str, low: float, high: float, unit: str = "", value: float | None = None) -> Bounds:
    middle = value if value is not None else low if math.isinf(high) else (low + high) / 2
    return Bounds.of(
        Input(name, middle, low, high, unit, open_low=low == 0, open_high=math.isinf(high))
    )


EXACT, ABOUT = made("exact", 4, 4), made("about", 3, 5)
NONE = Bounds.of(Input("none", 0, 0, 0, ""))
LOWER, LOWER_2 = made("lower", 8, INF), made("lower-2", 2, INF)
UPPER, UPPER_2 = made("upper", 0, 10, value=10), made("upper-2", 0, 5, value=5)

# -- known answers -----------------------------------------------------------------------------

TWO, THREE, SIX = made("two", 1, 3, value=2), made("three", 2, 4, value=3), made("six", 6, 6)


@pytest.mark.parametrize(
    ("found", "value", "low", "high"),
    [
        (TWO + THREE, 5, 3, 7),
        (TWO - THREE, -1, -3, 1),
        (TWO * THREE, 6, 2, 12),
        (THREE / TWO, 1.5, 2 / 3, 4),
        (-TWO, -2, -3, -1),
        (1 + TWO, 3, 2, 4),
        (1 - TWO, -1, -2, 0),
        (2 * TWO, 4, 2, 6),
        (6 / TWO, 3, 2, 6),
        (TWO * TWO, 4, 1, 9),
        (TWO * (1 - THREE / 5), 0.8, 0.2, 1.8),
        (TWO * THREE - TWO, 4, 1, 9),  # two × (three − 1): the shared input moves both terms
        (SIX / TWO + SIX / THREE, 5, 3.5, 9),
        ((TWO + SIX) / THREE, 8 / 3, 7 / 4, 9 / 2),
        (
            TWO / (TWO + THREE),
            0.4,
            1 / 7,
            1,
        ),  # opaque denominator: too wide (truly 1/5 to 3/5), never too narrow
        (TWO + SIX / TWO, 5, 3, 9),  # an input with two powers: term by term, truly 4.9 to 7
        (TWO * TWO - TWO, 2, -2, 8),
        ((TWO + 2 * THREE) / (TWO + THREE), 1.6, 5 / 7, 11 / 3),
        (LOWER * (1 - THREE / 10), 5.6, 4.8, INF),
        (LOWER * THREE - LOWER, 16, 8, INF),
        (LOWER / THREE - LOWER / 2, -4 / 3, -INF, 0),
        (SIX / UPPER - TWO / UPPER, 0.4, 0.3, INF),
    ],
)
def test_known_answers(found, value, low, high):
    assert found.value == pytest.approx(value)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("found", "direction", "low", "high"),
    [
        (ABOUT / EXACT, "closed", 0.75, 1.25),
        (LOWER / EXACT, "at least", 2, INF),
        (LOWER / ABOUT, "at least", 1.6, INF),
        (EXACT / LOWER, "at most", 0, 0.5),
        (LOWER / LOWER_2, "direction unknown", 0, INF),
        (UPPER / EXACT, "at most", 0, 2.5),
        (EXACT / UPPER, "at least", 0.4, INF),
        (UPPER / UPPER_2, "direction unknown", 0, INF),
        (LOWER / UPPER, "at least", 0.8, INF),
        (UPPER / LOWER, "at most", 0, 1.25),
        (LOWER * EXACT, "at least", 32, INF),
        (LOWER * LOWER_2, "at least", 16, INF),
        (UPPER * UPPER_2, "at most", 0, 50),
        (LOWER * UPPER, "direction unknown", 0, INF),
        (LOWER + EXACT, "at least", 12, INF),
        (LOWER + LOWER_2, "at least", 10, INF),
        (UPPER + EXACT, "at most", 4, 14),
        (LOWER + UPPER, "direction unknown", 8, INF),
        (LOWER - EXACT, "at least", 4, INF),
        (EXACT - LOWER, "at most", -INF, -4),
        (LOWER - LOWER_2, "direction unknown", -INF, INF),
        (LOWER - UPPER, "at least", -2, INF),
        (-LOWER, "at most", -INF, -8),
        (LOWER * (1 - ABOUT / 10), "at least", 4, INF),
        (LOWER.to("percent"), "at least", 800, INF),
        (LOWER.closed("pay"), "at least", 8, INF),
        (largest(LOWER, ABOUT), "at least", 8, INF),
        (spread(LOWER, EXACT), "at least", 4, INF),
        (spread(UPPER, EXACT), "at most", 0, 10),
        (largest(UPPER, UPPER_2), "at most", 0, 10),
        (largest(UPPER, EXACT), "closed", 4, 10),
        (spread(ABOUT, EXACT), "closed", 3, 5),
        (NONE * LOWER, "closed", 0, 0),  # nothing times eight or more
    ],
)
def test_openness_is_kept(found, direction, low, high):
    assert found.direction == direction
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert (found.open_low, found.open_high) == (
        direction in ("at most", "direction unknown"),
        direction in ("at least", "direction unknown"),
    )


# -- units, names, refusals ----------------------------------------------------------------------

PEOPLE, YUAN, RATE = (
    made("people", 100, 100, "person"),
    made("yuan", 300, 300, "CNY"),
    made("rate", 6, 7, "CNY / USD"),
)


@pytest.mark.parametrize(
    ("found", "unit", "value"),
    [
        (YUAN / PEOPLE, "CNY / person", 3),
        (YUAN / PEOPLE * PEOPLE, "CNY", 300),
        (YUAN / RATE, "USD", 300 / 6.5),
        (PEOPLE / PEOPLE, "", 1),
        (Bounds.exactly(1.5, "year").to("month"), "month", 18),
        (Bounds.exactly(0.25).to("percent"), "percent", 25),
        (Bounds.exactly(1, "year") + Bounds.exactly(6, "month"), "year", 1.5),
        (Bounds.exactly(6, "month") + Bounds.exactly(1, "year"), "month", 18),
        (YUAN / PEOPLE / Bounds.exactly(6, "month").to("year"), "CNY / person / year", 6),
        (1 / PEOPLE, "1 / person", 0.01),
    ],
)
def test_units_follow_the_calculation(found, unit, value):
    assert found.unit == unit
    assert found.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("calculation", "message"),
    [
        (lambda: PEOPLE + YUAN, "person are different units"),
        (lambda: YUAN - PEOPLE, "CNY are different units"),
        (lambda: YUAN + made("dollars", 1, 1, "USD"), "neither add nor compare"),
        (lambda: YUAN + Bounds.exactly(1, "CNY_2020"), "CNY_2020 and CNY are different units"),
        (lambda: PEOPLE + 1, "a number and person are different units"),
        (lambda: largest(PEOPLE, YUAN), "different units"),
        (lambda: spread(PEOPLE, YUAN), "different units"),
        (lambda: YUAN.to("USD"), "CNY and USD are different units"),
        (lambda: YUAN.to("yuan"), "'yuan' is no unit"),
        (lambda: SIX / (TWO - THREE), "may be zero or below: nothing is divided by it"),
        (lambda: SIX / (TWO - TWO), "0 may be zero or below"),
        (lambda: SIX / Bounds.of(Input("none", 0, 0, 2, "")), "none may be zero or below"),
        (lambda: SIX / 0, "may be zero or below"),
        (lambda: 1 / (TWO - 1), "may be zero or below"),
        (lambda: SIX / -TWO, "may be zero or below"),
        (lambda: TWO + made("two", 1, 4, value=2), "two stands for two different quantities"),
        (lambda: TWO / made("two", 1, 3, value=2.5), "two stands for two different quantities"),
        (
            lambda: TWO.closed("pay", "x") + THREE.closed("pay", "x"),
            "x stands for two different quantities",
        ),
        (lambda: Input("x", 5, 6, 7, ""), "x: 0 <= low <= value <= high does not hold"),
        (lambda: Input("x", -1, -2, 7, ""), "does not hold for -2, -1, 7"),
        (lambda: Input("x", math.nan, 1, 2, ""), "does not hold"),
    ],
)
def test_what_has_no_meaning_is_refused(calculation, message):
    with pytest.raises(QuantityError) as caught:
        calculation()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("found", "formula", "inputs"),
    [
        (TWO, "two", ("two",)),
        (TWO * THREE / SIX, "three × two ÷ six", ("six", "three", "two")),
        (TWO * TWO / SIX, "two^2 ÷ six", ("six", "two")),
        (SIX / TWO / TWO, "six ÷ two^2", ("six", "two")),
        (TWO + THREE, "three + two", ("three", "two")),
        (2 * TWO, "2 × two", ("two",)),
        (TWO / 2, "0.5 × two", ("two",)),
        (SIX - TWO, "six + -1 × two", ("six", "two")),
        (1 / TWO, "1 ÷ two", ("two",)),
        (TWO - TWO, "0", ()),
        (Bounds.exactly(12), "12", ()),
        (SIX / (TWO + THREE), "six ÷ (three + two)", ("six", "three", "two")),
        (TWO.closed("my step", "step") * SIX, "six × my step", ("six", "two")),
        (largest(TWO, THREE), "max(two, three)", ("three", "two")),
        (spread(SIX, TWO, THREE), "mean(six, two, three)", ("six", "three", "two")),
        (
            Bounds.of(Input("month", 6, 6, 6, "", sources=("month", "calendar@10"))) * TWO,
            "month × two",
            ("calendar@10", "month", "two"),
        ),
    ],
)
def test_formula_and_inputs_say_what_was_calculated_from_what(found, formula, inputs):
    assert (found.formula, found.inputs) == (formula, inputs)


@pytest.mark.parametrize(
    ("found", "value", "low", "high"),
    [
        (largest(TWO, THREE), 3, 2, 4),
        (largest(SIX, TWO), 6, 6, 6),
        (spread(TWO, THREE), 2.5, 1, 4),
        (spread(TWO, THREE, SIX), 11 / 3, 1, 6),
        (spread(SIX), 6, 6, 6),
        (spread(Bounds.exactly(1, "year"), Bounds.exactly(24, "month")), 1.5, 1, 2),
        (largest(Bounds.exactly(1, "year"), Bounds.exactly(24, "month")), 2, 2, 2),
    ],
)
def test_the_largest_and_the_mean_of_several(found, value, low, high):
    assert (found.value, found.low, found.high) == (pytest.approx(value), low, high)


def test_the_representation_names_value_ends_unit_and_direction():
    assert repr(YUAN / PEOPLE) == "Bounds(3 [3, 3] CNY / person, closed)"
    assert repr(LOWER) == "Bounds(8 [8, inf], at least)"
