"""Bounds: what a figure can mean, and arithmetic that keeps ends, openness and identity.

A ``Bounds`` is a sum of products of named inputs. An input used twice is the same input, so that
``x / x`` is exactly 1 and a shared exchange rate moves every term alike. The ends are found at the
corners of the box of inputs, which is exact wherever each input enters with one power. Where one
enters with two powers the range of each term is added instead, and a sum that something is divided
by becomes an input of its own: such ends may be too wide, never too narrow.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

from analysis.bounds.terms import Input, Monomial, corner_ends, evaluate, written
from analysis.bounds.units import factor, parse_unit, product
from analysis.records.errors import QuantityError

Choice = Callable[[list[float]], float]  # of one end or value from several


class Bounds:
    """A quantity with its stated value, its ends, its unit, and the inputs that it rests on."""

    def __init__(
        self, terms: Mapping[Monomial, float], inputs: Mapping[str, Input], unit: str
    ) -> None:
        self._terms = MappingProxyType({m: c for m, c in terms.items() if c != 0.0})
        used = {name for monomial in self._terms for name, _ in monomial}
        self._inputs = MappingProxyType({name: inputs[name] for name in sorted(used)})
        self.unit = unit

    # -- making ---------------------------------------------------------------------------------

    @classmethod
    def of(cls, one: Input) -> Bounds:
        """Bounds of a single input."""
        return cls({((one.name, 1),): 1.0}, {one.name: one}, one.unit)

    @classmethod
    def exactly(cls, value: float, unit: str = "") -> Bounds:
        """A number without uncertainty and without a source, such as the 12 in months of a year."""
        return cls({(): float(value)}, {}, parse_unit(unit))

    def closed(self, formula: str, name: str = "") -> Bounds:
        """The same quantity as one opaque input, remembered by its formula."""
        interval, (low, high) = self.interval, self._ends
        one = Input(
            name or formula,
            self.value,
            low[0],
            high[0],
            self.unit,
            low[1],
            high[1],
            self.inputs,
            formula,
            "sum",
            (self,),
            interval,
        )
        return Bounds.of(one)

    def read_as(self, reading: Callable[[Input], Input]) -> Bounds:
        """The same calculation with every input as another reading has it, inside closed parts too."""
        return Bounds(
            self._terms,
            {name: _read(one, reading) for name, one in self._inputs.items()},
            self.unit,
        )

    # -- reading --------------------------------------------------------------------------------

    @property
    def terms(self) -> Mapping[Monomial, float]:
        """The products of inputs with their coefficients."""
        return self._terms

    @property
    def variables(self) -> Mapping[str, Input]:
        """The inputs by name; a closed calculation is one of them."""
        return self._inputs

    @property
    def inputs(self) -> tuple[str, ...]:
        """Identifiers of the claims, rates and assumptions used, sorted."""
        return tuple(
            sorted(
                {source for one in self._inputs.values() for source in (one.sources or (one.name,))}
            )
        )

    @cached_property
    def value(self) -> float:
        """The quantity at the stated values of all inputs."""
        point = {name: one.value for name, one in self._inputs.items()}
        return math.fsum(evaluate(m, c, point) for m, c in self._terms.items())

    @property
    def low(self) -> float:
        """Lowest value that the inputs allow; raises QuantityError for two kinds of range."""
        _one_kind_of_range(self._inputs.values())
        return self._ends[0][0]

    @property
    def high(self) -> float:
        """Highest value that the inputs allow, may be infinite; raises QuantityError for two kinds of range."""
        _one_kind_of_range(self._inputs.values())
        return self._ends[1][0]

    @property
    def open_low(self) -> bool:
        """Whether no figure bounds the quantity from below."""
        return self._ends[0][1]

    @property
    def open_high(self) -> bool:
        """Whether no figure bounds the quantity from above."""
        return self._ends[1][1]

    @property
    def direction(self) -> str:
        """Which way the quantity is open: ``closed``, ``at least``, ``at most`` or ``direction unknown``."""
        if not any(one.open_low or one.open_high for one in self._inputs.values()):
            return "closed"
        return {
            (False, False): "closed",
            (False, True): "at least",
            (True, False): "at most",
            (True, True): "direction unknown",
        }[self.open_low, self.open_high]

    @property
    def formula(self) -> str:
        """The calculation, written with the identifiers of its inputs."""
        return (
            " + ".join(written(m, c, self._inputs) for m, c in sorted(self._terms.items())) or "0"
        )

    def __repr__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        (low, _), (high, _) = self._ends
        return f"Bounds({self.value:.6g} [{low:.6g}, {high:.6g}]{unit}, {self.direction})"

    @cached_property
    def _ends(self) -> tuple[tuple[float, bool], tuple[float, bool]]:
        parts = (
            [self._terms] if self._one_power_each() else [{m: c} for m, c in self._terms.items()]
        )
        ends = [corner_ends(part, self._inputs) for part in parts] or [((0.0, False), (0.0, False))]
        low = (math.fsum(end[0][0] for end in ends), any(end[0][1] for end in ends))
        return low, (math.fsum(end[1][0] for end in ends), any(end[1][1] for end in ends))

    @property
    def interval(self) -> bool:
        """Whether the ends are those of a published confidence interval.

        Raises
        ------
        QuantityError
            If some inputs have such an interval and others a range of rounding: they have no common ends.
        """
        return _one_kind_of_range(self._inputs.values())

    def _one_power_each(self) -> bool:
        powers: dict[str, set[int]] = {}
        for monomial in self._terms:
            for name, exponent in monomial:
                powers.setdefault(name, set()).add(exponent)
        return all(len(found) == 1 for found in powers.values())

    # -- arithmetic -----------------------------------------------------------------------------

    def to(self, unit: str) -> Bounds:
        """The same quantity in another unit of the same dimension.

        Raises
        ------
        QuantityError
            If the dimensions differ.
        """
        target = parse_unit(unit)
        return Bounds(
            {m: c * factor(self.unit, target) for m, c in self._terms.items()}, self._inputs, target
        )

    def __add__(self, other: Bounds | float) -> Bounds:
        other = _bounds(other).to(self.unit)
        terms = dict(self._terms)
        for monomial, coefficient in other._terms.items():
            terms[monomial] = terms.get(monomial, 0.0) + coefficient
        return Bounds(terms, _merged(self, other), self.unit)

    def __mul__(self, other: Bounds | float) -> Bounds:
        other = _bounds(other)
        terms: dict[Monomial, float] = {}
        for (m, c), (n, d) in itertools.product(self._terms.items(), other._terms.items()):
            key = _times(m, n)
            terms[key] = terms.get(key, 0.0) + c * d
        return Bounds(terms, _merged(self, other), product((self.unit, 1), (other.unit, 1)))

    def __truediv__(self, other: Bounds | float) -> Bounds:
        other = _bounds(other)
        _merged(self, other)
        if other.low < 0 or (other.low == 0 and not other.open_low):
            raise QuantityError(f"{other.formula} may be zero or below: nothing is divided by it")
        if (ratio := _constant_ratio(self._terms, other._terms)) is not None:
            return Bounds.exactly(ratio) * Bounds(
                {(): 1.0}, {}, product((self.unit, 1), (other.unit, -1))
            )
        if len(other._terms) > 1:
            other = other.closed(f"({other.formula})")
        ((monomial, coefficient),) = other._terms.items()
        inverse = {tuple((name, -exponent) for name, exponent in monomial): 1 / coefficient}
        return self * Bounds(inverse, other._inputs, product((other.unit, -1)))

    def __neg__(self) -> Bounds:
        return Bounds({m: -c for m, c in self._terms.items()}, self._inputs, self.unit)

    def __sub__(self, other: Bounds | float) -> Bounds:
        return self + -_bounds(other)

    def __radd__(self, other: float) -> Bounds:
        return _bounds(other) + self

    def __rsub__(self, other: float) -> Bounds:
        return _bounds(other) - self

    def __rmul__(self, other: float) -> Bounds:
        return _bounds(other) * self

    def __rtruediv__(self, other: float) -> Bounds:
        return _bounds(other) / self


def root(quantity: Bounds, degree: int) -> Bounds:
    """A root of a pure number, as one opaque input: the factor that gives it when taken ``degree`` times.

    Examples
    --------
    >>> root(Bounds.exactly(0.008), 3).value
    0.2
    """
    if quantity.unit or quantity.low < 0:
        raise QuantityError(f"{quantity.formula} has a unit or may be below zero, and no root here")
    value, low, high = (end ** (1 / degree) for end in ends(quantity))
    return _with_ends(quantity, f"({quantity.formula})^(1/{degree})", value, low, high)


def not_below_zero(quantity: Bounds) -> Bounds:
    """A quantity that cannot be negative, whatever its parts allow: the low end is 0 at least.

    Examples
    --------
    >>> not_below_zero(Bounds.exactly(2)).low
    2.0
    """
    if quantity.low >= 0:
        return quantity
    formula = f"max(0, {quantity.formula})"
    return _with_ends(quantity, formula, max(quantity.value, 0.0), 0.0, quantity.high)


def _with_ends(quantity: Bounds, formula: str, value: float, low: float, high: float) -> Bounds:
    """A function of one quantity as one opaque input, open where the quantity is."""
    return Bounds.of(
        Input(
            formula,
            value,
            low,
            high,
            quantity.unit,
            quantity.open_low,
            quantity.open_high,
            quantity.inputs,
            formula,
            interval=quantity.interval,
        )
    )


def largest(*quantities: Bounds) -> Bounds:
    """The largest of several quantities, end by end, as one opaque input.

    Examples
    --------
    >>> largest(Bounds.exactly(2), Bounds.exactly(3)).value
    3.0
    """
    return _joined("max", quantities, max, max)


def spread(*quantities: Bounds) -> Bounds:
    """Their mean with unknown weights: central value the plain mean, ends the outermost ones.

    Examples
    --------
    >>> spread(Bounds.exactly(6), Bounds.exactly(7)).value
    6.5
    """
    return _joined("mean", quantities, min, lambda values: math.fsum(values) / len(values))


def total(quantities: Iterable[Bounds]) -> Bounds:
    """The sum of one quantity or more, in the unit of the first.

    Examples
    --------
    >>> total([Bounds.exactly(2), Bounds.exactly(3)]).value
    5.0
    """
    first, *others = quantities
    return sum(others, first)


def ends(one: Bounds) -> tuple[float, float, float]:
    """Value, low and high end of a quantity, in its unit.

    Examples
    --------
    >>> ends(Bounds.exactly(2))
    (2.0, 2.0, 2.0)
    """
    return one.value, one.low, one.high


def _joined(name: str, quantities: tuple[Bounds, ...], lowest: Choice, centre: Choice) -> Bounds:
    unit = quantities[0].unit
    all_ = [one.to(unit) for one in quantities]
    low, high = lowest([q.low for q in all_]), max(q.high for q in all_)
    formula = f"{name}({', '.join(q.formula for q in all_)})"
    return Bounds.of(
        Input(
            formula,
            centre([q.value for q in all_]),
            low,
            high,
            unit,
            any(q.open_low and q.low == low for q in all_),
            any(q.open_high for q in all_),
            tuple(sorted({source for q in all_ for source in q.inputs})),
            formula,
            name if name == "max" else "",
            tuple(all_),
            _one_kind_of_range(one for q in all_ for one in q.variables.values()),
        )
    )


def _read(one: Input, reading: Callable[[Input], Input]) -> Input:
    """One input under a reading: a closed one is put together again from its parts."""
    if not one.parts:
        return reading(one)
    parts: tuple[Bounds, ...] = tuple(part.read_as(reading) for part in one.parts)
    if one.join == "sum":
        again = parts[0].closed(one.formula, one.name)
    else:
        again = largest(*parts) if one.join == "max" else spread(*parts)
    (variable,) = again.variables.values()
    return dataclasses.replace(variable, name=one.name, formula=one.formula, sources=one.sources)


def _one_kind_of_range(inputs: Iterable[Input]) -> bool:
    wide = [one for one in inputs if one.low < one.high or one.open_low or one.open_high]
    if len({one.interval for one in wide}) > 1:
        of_a_study = ", ".join(one.name for one in wide if one.interval)
        others = ", ".join(one.name for one in wide if not one.interval)
        raise QuantityError(
            f"the ends of {of_a_study} are a published confidence interval, those of {others} a range of rounding or of what is not stated: the two are not combined; take the estimate without its interval"
        )
    return bool(wide) and wide[0].interval


def _bounds(value: Bounds | float) -> Bounds:
    return value if isinstance(value, Bounds) else Bounds.exactly(value)


def _merged(a: Bounds, b: Bounds) -> dict[str, Input]:
    for name in a._inputs.keys() & b._inputs.keys():
        if a._inputs[name] != b._inputs[name]:
            raise QuantityError(f"{name} stands for two different quantities")
    return {**a._inputs, **b._inputs}


def _times(a: Monomial, b: Monomial) -> Monomial:
    powers = dict(a)
    for name, exponent in b:
        powers[name] = powers.get(name, 0) + exponent
    return tuple(sorted((name, exponent) for name, exponent in powers.items() if exponent))


def _constant_ratio(a: Mapping[Monomial, float], b: Mapping[Monomial, float]) -> float | None:
    """The factor between two sums of the same products, so that (x + y) / (x + y) is exactly 1."""
    if a.keys() != b.keys():
        return None
    ratios = {a[monomial] / b[monomial] for monomial in a}
    return ratios.pop() if len(ratios) == 1 else None
