"""A scenario made ready for drawing: points for each input by its name, and what is calculated from them."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input, Monomial
from analysis.methods.scenarios.readings import (
    ALIKE,
    PRIORS,
    UNIFORM,
    UNKNOWN,
    Distribution,
    Spread,
    read,
)
from analysis.records.load import Records

REPETITIONS = 8  # independent of each other: their spread is the Monte Carlo error
Array = NDArray[np.float64]


def generator(name: str, purpose: str = "points") -> np.random.Generator:
    """The random generator that belongs to a name, the same on every machine."""
    digest = hashlib.sha256(f"{purpose}:{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


@functools.lru_cache(maxsize=32)
def points(name: str, draws: int) -> Array:
    """The points in (0, 1) of one name: Latin hypercubes, repetitions by draws of each.

    Each repetition has one point in each of its equal slices, in an order drawn by the name.
    Other names have other orders, so that together they are Latin hypercube samples, and a new input
    leaves the others' points where they are.

    References
    ----------
    McKay, Beckman and Conover (1979), Technometrics 21(2), 239-245.
    """
    each = -(-draws // REPETITIONS)
    random, slices = generator(name), np.tile(np.arange(each), (REPETITIONS, 1))
    return (random.permuted(slices, axis=1) + random.random(slices.shape)) / each


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
    """

    outputs: Mapping[str, Bounds]
    spreads: Mapping[str, Spread]
    closed: Mapping[str, Input]

    def distribution(self, name: str) -> Distribution:
        """How the input with this name spreads."""
        return self.spreads[name].distribution

    def uncertain(self, output: str) -> tuple[str, ...]:
        """Inputs of an output that are not fixed, inside closed calculations too, sorted."""
        used = {one.name for one in leaves_and_closed(self.outputs[output]) if not one.join}
        return tuple(name for name in sorted(used) if self.distribution(name).shape != "fixed")

    def values(self, draws: int, purpose: str = "", *, prior: str = UNIFORM) -> dict[str, Array]:
        """Values of every input at its points; another purpose has other points.

        Inputs of which nothing is known beyond their limits spread as the prior says.
        """
        made = {}
        for name, one in self.spreads.items():
            unknown = one.source == UNKNOWN
            at = points((ALIKE if unknown and prior == ALIKE else name) + purpose, draws)
            made[name] = one.distribution.ppf(PRIORS[prior](at) if unknown else at)
        return made

    def output(self, name: str, values: Mapping[str, Array]) -> Array:
        """An output at given values of the inputs, which have one shape."""
        all_ = dict(values)
        for closed, one in self.closed.items():
            made = [total(part.terms, all_) for part in one.parts]
            all_[closed] = made[0] if one.join == "sum" else functools.reduce(np.maximum, made)
        return total(self.outputs[name].terms, all_)


def build(
    records: Records, outputs: Mapping[str, Bounds], *, reading: str, readings: Mapping[str, str]
) -> Model:
    """Read every input once and put the outputs together again from what was read.

    Raises
    ------
    QuantityError
        If an input cannot be drawn.
    """
    spreads: dict[str, Spread] = {}

    def as_read(one: Input) -> Input:
        if one.name not in spreads:
            spreads[one.name] = read(records, one, readings.get(one.name, reading))
        return spreads[one.name].one

    made = {name: bounds.read_as(as_read) for name, bounds in outputs.items()}
    used = {one.name: one for bounds in made.values() for one in leaves_and_closed(bounds)}
    for one in used.values():
        if one.parts and not one.join:  # a mean with unknown weights is drawn between its own ends
            spreads[one.name] = read(records, one, reading)
    drawn = {name: spreads[name] for name in sorted(used) if not used[name].join}
    return Model(made, drawn, {name: one for name, one in used.items() if one.join})


def leaves_and_closed(bounds: Bounds) -> Iterator[Input]:
    """The inputs that are drawn, and the closed calculations, each after its parts."""
    for one in bounds.variables.values():
        if one.join:
            for part in one.parts:
                yield from leaves_and_closed(part)
        yield one


def total(terms: Mapping[Monomial, float], values: Mapping[str, Array]) -> Array:
    """The sum of products at given values of the inputs."""
    sums = np.zeros(())
    for monomial, coefficient in terms.items():
        made = np.asarray(coefficient)
        for name, exponent in monomial:
            made = made * values[name] ** exponent
        sums = sums + made
    return sums
