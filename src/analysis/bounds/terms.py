"""Inputs of a calculation, and sums of products of them: their value, their ends, their formula."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.records.errors import QuantityError

NOISE = 1e-12  # a sum that is smaller than so much of its terms is zero
Monomial = tuple[tuple[str, int], ...]  # ((input id, power), ...), sorted by id


@dataclass(frozen=True)
class Input:
    """One named input: a claim, a rate, an assumption, or a calculation that stays closed.

    Parameters
    ----------
    name : str
        Identifier; equal names are the same quantity.
    value, low, high : float
        Stated value and the ends that it allows; ``high`` may be infinite. Not negative.
    unit : str
        Canonical unit.
    open_low, open_high : bool
        Whether that end is open: no figure bounds the quantity there.
    sources : tuple of str
        Identifiers of what it rests on (its own name, unless it is a calculation).
    formula : str
        How it is written in a formula.
    join, parts : str and tuple of Bounds
        Of a calculation that stays closed: how its parts make its value ("sum", "max"), so that a
        scenario can draw it; "" where the parts do not say it.
    interval : bool
        The ends are those of a published confidence interval: how far a sample may mislead, not what
        rounding allows. The two are never put into one range.
    last_digit : str
        Unit of the last printed digit, as in the tables; "" where it is not stated.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    open_low: bool = False
    open_high: bool = False
    sources: tuple[str, ...] = ()
    formula: str = ""
    join: str = ""
    parts: tuple[Any, ...] = field(default=(), compare=False, repr=False)
    interval: bool = False
    last_digit: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.value <= self.high:
            raise QuantityError(
                f"{self.name}: 0 <= low <= value <= high does not hold for {self.low}, {self.value}, {self.high}"
            )


def evaluate(monomial: Monomial, coefficient: float, point: Mapping[str, float]) -> float:
    """Value of one product where every input has the value of ``point``."""
    return coefficient * math.prod(point[name] ** exponent for name, exponent in monomial)


def corner_ends(
    terms: Mapping[Monomial, float], inputs: Mapping[str, Input]
) -> tuple[tuple[float, bool], tuple[float, bool]]:
    """Lowest and highest value over the corners of the box, and whether only open corners reach it."""
    names = sorted({name for monomial in terms for name, _ in monomial})
    ends = [
        dict.fromkeys(((one.low, one.open_low), (one.high, one.open_high)))
        for one in (inputs[name] for name in names)
    ]  # once where equal
    values, opens = [], []
    for corner in itertools.product(*ends):
        values.append(_limit(terms, dict(zip(names, (value for value, _ in corner), strict=True))))
        opens.append(any(is_open for _, is_open in corner))
    low, high = (
        (end, all(o for v, o in zip(values, opens, strict=True) if v == end))
        for end in (min(values), max(values))
    )
    return low, high


def _limit(terms: Mapping[Monomial, float], corner: Mapping[str, float]) -> float:
    """Value at a corner, or its limit where inputs are infinite or divided by zero.

    Products are gathered by how fast they grow when all such inputs grow alike; the fastest sum that
    is not zero decides. Other ways to grow are the business of other corners.
    """
    parts: dict[int, list[float]] = {0: [0.0]}
    for monomial, coefficient in terms.items():
        growth, factors = 0, [coefficient]
        for name, exponent in monomial:
            value = corner[name]
            if math.isinf(value):
                growth += exponent
            elif value == 0 and exponent < 0:
                growth -= exponent
            else:
                factors.append(value**exponent)
        parts.setdefault(growth, []).append(math.prod(factors))
    for growth in sorted(parts, reverse=True):
        total, size = math.fsum(parts[growth]), math.fsum(map(abs, parts[growth]))
        if abs(total) > NOISE * size and growth >= 0:
            return math.copysign(math.inf, total) if growth > 0 else total
    return 0.0


def written(monomial: Monomial, coefficient: float, inputs: Mapping[str, Input]) -> str:
    """One product as part of a formula."""

    def side(sign: int) -> list[str]:
        return [
            (inputs[n].formula or n) + (f"^{abs(e)}" if abs(e) > 1 else "")
            for n, e in monomial
            if e * sign > 0
        ]

    above, below = side(1), side(-1)
    if coefficient != 1 or not above:
        above.insert(0, f"{coefficient:.12g}")
    return " × ".join(above) + "".join(f" ÷ {name}" for name in below)
