"""Named readings: how a figure as stated, an observation or an assumption becomes a distribution."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import claim_bounds, read_otherwise
from analysis.bounds.finding import ASSUMED
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError, UnknownIdError
from analysis.records.load import Records
from analysis.records.printed import last_digit

READINGS = {
    "half unit": "every figure is rounded: within half a unit of its last digit, 'more than' included",
    "next digit": "'more than v' lies between v and one unit of its last digit above; other figures within half a unit",
    "one-sided": "'more than v' stands at v, and the result stays open; other figures within half a unit",
    "other language": "as the report in the other language prints it, 'more than' up to the next digit",
}
COMPARED = ("half unit", "next digit", "one-sided")
# what nobody stated may spread over all that is possible in many ways: quantile functions on (0, 1)
UNIFORM, ALIKE = "uniform", "uniform, one share for all"
PRIORS: Mapping[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    UNIFORM: lambda u: u,
    "Beta(1/2, 1/2)": lambda u: np.sin(np.pi * u / 2) ** 2,
    "Beta(2, 2)": lambda u: 0.5 - np.sin(np.arcsin(1 - 2 * u) / 3),
    ALIKE: lambda u: u,  # at the same points
}
UNKNOWN = "logical limits"  # the basis of an assumption that no source narrows
SHAPES = ("fixed", "uniform", "triangular", "log-uniform", "normal", "log-normal")
WITH_INTERVAL = ("normal", "log-normal")  # their ends are those of a 95 % interval
WIDTH_95 = 3.919927969080108  # of a normal 95 % interval, in standard deviations
FEWEST_DEVIATIONS = 5.0  # a normal mean lies so many standard deviations above zero


@dataclass(frozen=True)
class Distribution:
    """A quantity between two ends.

    Parameters
    ----------
    shape : str
        One of ``SHAPES``.
    low, central, high : float
        Ends and central value; for ``normal`` and ``log-normal`` the ends of the 95 % interval.
    """

    shape: str
    low: float
    central: float
    high: float

    def ppf(self, u: NDArray[np.float64]) -> NDArray[np.float64]:
        """Quantiles: the value below which the share ``u`` lies."""
        width = self.high - self.low
        match self.shape:
            case "uniform":
                return self.low + width * u
            case "triangular":
                left, right = self.central - self.low, self.high - self.central
                rising = self.low + np.sqrt(u * width * left)
                return np.where(
                    u * width < left, rising, self.high - np.sqrt((1 - u) * width * right)
                )
            case "log-uniform":
                return self.low * np.exp(u * math.log(self.high / self.low))
            case "normal":
                return self.central + width / WIDTH_95 * _scores(u)
            case "log-normal":
                deviation = math.log(self.high / self.low) / WIDTH_95
                return math.sqrt(self.low * self.high) * np.exp(deviation * _scores(u))
        return np.full_like(u, self.central)

    def at(self, u: float) -> float:
        """One quantile."""
        return float(self.ppf(np.array([u]))[0])


def _scores(u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standard normal quantiles; scipy.special is imported when it is used."""
    from scipy.special import ndtri

    return np.asarray(ndtri(u))


def distribution(shape: str, low: float, central: float, high: float) -> Distribution:
    """A distribution by the name of its shape; equal ends make it fixed.

    Parameters
    ----------
    shape : {"fixed", "uniform", "triangular", "log-uniform", "normal", "log-normal"}
    low, central, high : float
        Finite, in order.

    Raises
    ------
    QuantityError
        If the shape is unknown or the ends do not fit it.

    Examples
    --------
    >>> distribution("triangular", 0, 1, 4).at(0.25)
    1.0
    """
    if shape not in SHAPES:
        raise QuantityError(f"{shape!r} is no shape; allowed are {', '.join(SHAPES)}")
    if not (low <= central <= high and math.isfinite(high - low)):
        raise QuantityError(
            f"low <= central <= high, all finite, does not hold for {low}, {central}, {high}"
        )
    if low == high:
        return Distribution("fixed", low, central, high)
    if shape == "fixed":
        raise QuantityError(f"a fixed quantity has equal ends, not {low} and {high}")
    if shape.startswith("log") and not low > 0:
        raise QuantityError(f"a {shape} quantity must be above 0; its low end is {low}")
    if shape == "normal" and central < FEWEST_DEVIATIONS * (high - low) / WIDTH_95:
        raise QuantityError(
            f"a normal quantity between {low:.6g} and {high:.6g} may fall below zero; state it as log-normal"
        )
    return Distribution(shape, low, central, high)


@dataclass(frozen=True)
class Spread:
    """An input of a scenario as it is drawn.

    Parameters
    ----------
    one : Input
        The input with the ends and the openness of its reading.
    distribution : Distribution
        How it spreads between them.
    reading : str
        Name of the reading, or of the kind of input where no reading applies.
    source : str
        What it rests on: claim, observation, or citation of an assumption.
    """

    one: Input
    distribution: Distribution
    reading: str
    source: str


def assumption(records: Records, assumption_id: str) -> Bounds:
    """A registered assumption as bounds: one input named ``assumed:<id>``, in its own unit.

    Raises
    ------
    UnknownIdError
        If ``assumptions.csv`` has no such row: a scenario has a source for every assumption.

    References
    ----------
    data/assumptions.csv.
    """
    row = _assumptions(records).get(assumption_id)
    if row is None:
        raise UnknownIdError("assumption", assumption_id, _assumptions(records))
    is_open = row["basis"] == UNKNOWN and row["low"] == 0 and row["unit"] == "share"
    name, unit = ASSUMED + assumption_id, parse_unit(row["unit"])
    interval = row["shape"] in WITH_INTERVAL and row["low"] < row["high"]
    ends = row["central"], row["low"], row["high"]
    return Bounds.of(Input(name, *ends, unit, is_open, interval=interval))


@functools.lru_cache(maxsize=4)
def _assumptions(records: Records) -> Mapping[str, dict[str, Any]]:
    return {row["assumption_id"]: row for row in records.assumptions.to_dict("records")}


@functools.lru_cache(maxsize=4)
def _claims(records: Records) -> frozenset[str]:
    return frozenset(records.claims["claim_id"])


@functools.lru_cache(maxsize=1024)
def read(records: Records, one: Input, reading: str) -> Spread:
    """How one input is drawn under a reading.

    Parameters
    ----------
    records : Records
    one : Input
        A claim, an observation, an exchange rate, an assumption, or a mean with unknown weights.
    reading : str
        One of ``READINGS``.

    Raises
    ------
    QuantityError
        If the reading is unknown, an assumption has no source, or the input has no upper end under it.
    """
    if reading not in READINGS:
        raise QuantityError(
            f"unknown interpretation {reading!r}; allowed are {', '.join(READINGS)}"
        )
    if one.name.startswith(ASSUMED):
        return _read_assumption(records, one)
    if one.name in _claims(records):
        return _read_claim(records, one, reading)
    if not (one.open_high or one.open_low):
        reading = "weights unknown" if one.parts else "as printed"
    return _spread(one, reading, "; ".join(one.sources or (one.name,)))


def _read_assumption(records: Records, one: Input) -> Spread:
    row = _assumptions(records).get(one.name.removeprefix(ASSUMED))
    if row is None:
        raise QuantityError(
            f"{one.name} has no source: a scenario draws only what has a row in data/assumptions.csv, with a citation or the reason why there is none"
        )
    cited = f"{row['source_title']} ({row['publisher']}, {row['published']})"
    source = cited if row["basis"] == "cited" else row["basis"]
    drawn = distribution(row["shape"], row["low"], row["central"], row["high"])
    closed = dataclasses.replace(one, open_low=False, open_high=False)  # an assumed range has ends
    return Spread(closed, drawn, "assumption", source)


def _read_claim(records: Records, one: Input, reading: str) -> Spread:
    claim, source = records.claim(one.name), one.name
    if reading == "other language":
        found = read_otherwise(claim)
        if found is None:
            reading = "next digit"  # named so in the result: nothing else is printed
        else:
            claim = found
    (as_stated,) = claim_bounds(claim).variables.values()
    counted = claim.bound in ("exact", "range")
    return _spread(as_stated, "as counted" if counted else reading, source)


def _spread(one: Input, reading: str, source: str) -> Spread:
    """An input closed as the reading says, spread evenly between its ends."""
    if one.open_high or one.open_low:
        if reading == "one-sided":
            fixed = distribution("fixed", one.value, one.value, one.value)
            return Spread(one, fixed, reading, source)
        low, high = _ends(one, reading)
        one = dataclasses.replace(one, low=low, high=high, open_low=False, open_high=False)
    if not math.isfinite(one.high):
        raise QuantityError(
            f"{one.name} has no upper end: it can only be drawn under a reading that gives it one"
        )
    middle = min(max(one.value, one.low), one.high)
    return Spread(one, distribution("uniform", one.low, middle, one.high), reading, source)


def _ends(one: Input, reading: str) -> tuple[float, float]:
    """The ends that a reading gives a figure that is open to one side."""
    value, digit = one.value, last_digit(one.value, one.last_digit)[0] if one.value else 0.0
    if reading == "half unit":
        return max(value - digit / 2, 0.0), value + digit / 2
    return (value, value + digit) if one.open_high else (value - digit, value)
