"""A scenario made ready for drawing: its inputs, each once, and what is calculated from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input, Monomial
from analysis.methods.scenarios import correlation, points
from analysis.methods.scenarios.distributions import Distribution, Fixed
from analysis.methods.scenarios.readings import Spread, read
from analysis.records.load import Records

Terms = Mapping[Monomial, float]
Values = dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Model:
    """Outputs as sums of products of inputs, and how each input is drawn.

    Parameters
    ----------
    outputs : mapping
        Name to bounds, with the ends and the openness of the readings.
    spreads : mapping
        Input name to how it is drawn, sorted by name; an input that several outputs use is one input.
    closed : mapping
        Calculations that other outputs divide by or choose from, in the order in which they are made.
    mixing : Correlated or None
        Inputs that are drawn together.
    """

    outputs: Mapping[str, Bounds]
    spreads: Mapping[str, Spread]
    closed: Mapping[str, Input]
    mixing: correlation.Correlated | None

    def distribution(self, name: str) -> Distribution:
        """How the input with this name spreads."""
        return self.spreads[name].distribution

    def values(self, units: Values) -> Values:
        """Input values from their points in (0, 1), which are overwritten; closed calculations added."""
        if self.mixing is not None:
            self.mixing.mix(units)
        for name, array in units.items():
            units[name] = self.distribution(name).ppf(array)
        return self.completed(units)

    def completed(self, values: Values) -> Values:
        """Input values with the closed calculations made from them."""
        for name, one in self.closed.items():
            made = [total(part.terms, values) for part in one.parts]
            values[name] = made[0] if one.join == "sum" else np.maximum.reduce(made)
        return values

    def blocks(self, draws: int) -> Iterator[tuple[int, Values]]:
        """Values of the inputs block by block, each block a number of nets, with the first net's number."""
        nets, bits = points.layout(draws)
        at_once = points.NETS if bits < points.BITS_OF_INDEX else 1
        shape = (at_once, 1 << bits)
        scratch = np.empty(shape, dtype=np.uint32)
        arrays = {name: np.empty(shape) for name in self.spreads}
        shifts = {name: points.shifts(name, nets) for name in self.spreads}
        for first in range(0, nets, at_once):
            yield (
                first,
                self.values(
                    {
                        name: points.fill(out, name, shifts[name][first : first + at_once], scratch)
                        for name, out in arrays.items()
                    }
                ),
            )

    def used_by(self, output: str) -> frozenset[str]:
        """Inputs that an output rests on, inside closed calculations too."""
        found: set[str] = set()
        collect(self.outputs[output], found, {})
        return frozenset(found)

    def uncertain(self, output: str) -> tuple[str, ...]:
        """Inputs of an output that are not fixed, sorted."""
        return tuple(
            name
            for name in sorted(self.used_by(output))
            if not isinstance(self.distribution(name), Fixed)
        )


def build(
    records: Records,
    outputs: Mapping[str, Bounds],
    *,
    reading: str,
    readings: Mapping[str, str],
    correlations: Mapping[tuple[str, str], float],
) -> Model:
    """Read every input once and put the outputs together again from what was read.

    Raises
    ------
    QuantityError
        If an input cannot be drawn, or the correlations do not fit together.
    """
    spreads: dict[str, Spread] = {}

    def as_read(one: Input) -> Input:
        if one.name not in spreads:
            spreads[one.name] = read(records, one, readings.get(one.name, reading))
        return spreads[one.name].one

    made = {name: bounds.read_as(as_read) for name, bounds in outputs.items()}
    leaves: set[str] = set()
    closed: dict[str, Input] = {}
    for bounds in made.values():
        collect(bounds, leaves, closed)
    for bounds in made.values():
        for one in _joined_without_parts(bounds):
            spreads[one.name] = read(records, one, reading)
    drawn = {name: spreads[name] for name in sorted(leaves)}
    return Model(made, drawn, closed, correlation.correlated(drawn, correlations))


def total(terms: Terms, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """The sum of products, of which there is at least one, at given values of the inputs."""
    first, *others = terms.items()
    sums = _product(*first, values)
    for monomial, coefficient in others:
        sums += _product(monomial, coefficient, values)
    return sums


def _product(
    monomial: Monomial, coefficient: float, values: Mapping[str, np.ndarray]
) -> np.ndarray:
    factors = [values[name] for name, exponent in monomial for _ in range(exponent)]
    if not factors:
        made, rest = np.full_like(next(iter(values.values())), coefficient), []
    elif coefficient != 1 or len(factors) == 1:
        made, rest = factors[0] * coefficient, factors[1:]
    else:
        made, rest = factors[0] * factors[1], factors[2:]
    for factor in rest:
        made *= factor
    for name, exponent in monomial:
        for _ in range(-exponent):
            made /= values[name]
    return made


def collect(bounds: Bounds, leaves: set[str], closed: dict[str, Input]) -> None:
    """Collect the inputs that are drawn, and the closed calculations, innermost first."""
    for name, one in bounds.variables.items():
        if one.join:
            for part in one.parts:
                collect(part, leaves, closed)
            closed.setdefault(name, one)
        else:
            leaves.add(name)


def _joined_without_parts(bounds: Bounds) -> Iterator[Input]:
    """Means with unknown weights: they are drawn between their own ends."""
    for one in bounds.variables.values():
        if one.join:
            for part in one.parts:
                yield from _joined_without_parts(part)
        elif one.parts:
            yield one
