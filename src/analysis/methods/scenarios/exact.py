"""Quantiles with one input integrated exactly: the other inputs are drawn, this one is not.

An output in which an input x has one power wherever it occurs is a + b x^k, so that at given values of
the others P(output <= t) follows from the distribution of x. Its mean over the draws is a
smooth function of t, and its error a small part of that of counting (conditional Monte Carlo, also
called preintegration).

References
----------
Griewank, Kuo, Leovey and Sloan (2018), J. Comput. Appl. Math. 344, 259-274.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.bounds.terms import Monomial
from analysis.methods.scenarios.distributions import Distribution
from analysis.methods.scenarios.model import Model, Terms, Values, collect, total

STEPS = 60  # of the search for a quantile; it ends far sooner
CLOSE = 1e-13  # in probability: as near as the sum of so many numbers can say


@dataclass(frozen=True, eq=False)
class Conditional:
    """An output in which one input is integrated: it is at most t where that input is at most t·scale + offset.

    Parameters
    ----------
    scale, offset : ndarray or float
        One element for each draw.
    power : int
        Power of the input in the output.
    falls : ndarray of bool
        Draws in which the output falls as the input rises.
    distribution : Distribution
        Of the input.
    """

    scale: np.ndarray
    offset: np.ndarray | float
    power: int
    falls: np.ndarray
    distribution: Distribution

    def at_most(self, t: float) -> np.ndarray:
        """Probability that the output is at most ``t``, given the other inputs of each draw."""
        x = self.scale * t
        x += self.offset
        if self.power != 1:
            with np.errstate(divide="ignore"):
                x = np.where(
                    x > 0, np.maximum(x, 0) ** (1 / self.power), 0 if self.power > 0 else np.inf
                )
        below = self.distribution.cdf(x)
        if self.falls.any():
            return 1 - below if self.falls.all() else np.where(self.falls, 1 - below, below)
        return below


def conditional(model: Model, output: str, values: Values) -> Conditional | None:
    """The output with its most important input left to integrate; None where no input can be.

    The most important one has the largest slope, at the medians of the others, times its standard deviation.

    Parameters
    ----------
    model : Model
    output : str
    values : dict
        Values of the inputs, of any one shape.
    """
    terms = model.outputs[output].terms
    candidates = _candidates(model, output)
    medians = (
        model.completed(
            {name: np.array([one.distribution.at(0.5)]) for name, one in model.spreads.items()}
        )
        if candidates
        else {}
    )
    matters = {
        name: abs(float(total(_split(terms, name)[0], medians)[0]))
        * _deviation(model.distribution(name), power)
        for name, power in candidates.items()
    }
    for name in sorted(matters, key=lambda name: -matters[name]):
        with_it, without = _split(terms, name)
        slope = total(with_it, values)
        if np.isfinite(matters[name]) and slope.all():
            scale, power = 1 / slope, candidates[name]
            offset = -total(without, values) * scale if without else 0.0
            return Conditional(
                scale, offset, power, (slope > 0) != (power > 0), model.distribution(name)
            )
    return None


def _deviation(one: Distribution, power: int) -> float:
    x, weights = one.nodes()
    mean = weights @ x**power
    return float(np.sqrt(weights @ (x**power - mean) ** 2))


def quantile(one: Conditional, p: float, start: float, width: float) -> tuple[float, float]:
    """The value that the output stays below with probability ``p``, and the density there.

    Parameters
    ----------
    one : Conditional
    p : float
        Probability in (0, 1).
    start, width : float
        A first guess, and a step that is small beside the spread of the output.
    """

    def excess(t: float) -> float:
        return float(one.at_most(t).mean()) - p

    low, high = start - width, start + width
    while (below := excess(low)) > 0:
        low -= 2 * (high - low)
    while (above := excess(high)) < 0:
        high += 2 * (high - low)
    density = (above - below) / (high - low)
    before, at_before, last, at_last = low, below, high, above
    for _ in range(STEPS):
        middle = (
            last - at_last * (last - before) / (at_last - at_before)
            if at_last != at_before
            else (low + high) / 2
        )
        if not low < middle < high:
            middle = (low + high) / 2
        here = excess(middle)
        if abs(here) < CLOSE or high - low <= 1e-15 * max(abs(low), abs(high)):
            return middle, density
        low, high = (middle, high) if here < 0 else (low, middle)
        before, at_before, last, at_last = last, at_last, middle, here
    return (low + high) / 2, density


def _candidates(model: Model, output: str) -> dict[str, int]:
    """Uncertain inputs with one power wherever they occur, drawn on their own, outside closed calculations."""
    bounds = model.outputs[output]
    powers: dict[str, set[int]] = {}
    for monomial in bounds.terms:
        for name, exponent in monomial:
            powers.setdefault(name, set()).add(exponent)
    together = set(model.mixing.names) if model.mixing else set()
    inside: set[str] = set()
    for one in bounds.variables.values():
        if one.join:
            for part in one.parts:
                collect(part, inside, {})
    free = set(model.uncertain(output)) - together - inside
    return {name: found.pop() for name, found in powers.items() if len(found) == 1 and name in free}


def _split(terms: Terms, name: str) -> tuple[Terms, Terms]:
    """The products with an input, without its power, and those that do not have it."""
    with_it: dict[Monomial, float] = {}
    without: dict[Monomial, float] = {}
    for monomial, coefficient in terms.items():
        rest = tuple(factor for factor in monomial if factor[0] != name)
        (with_it if len(rest) < len(monomial) else without)[rest] = coefficient
    return with_it, without
