"""Named readings: how a figure as stated becomes a distribution."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import claim_bounds, last_digit_unit
from analysis.bounds.finding import ASSUMED
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.methods.scenarios.distributions import Distribution, distribution
from analysis.records.errors import QuantityError, UnknownIdError
from analysis.records.load import Records

READINGS = {
    "half unit": "every figure is rounded: within half a unit of its last digit, 'more than' included",
    "next digit": "'more than v' lies between v and one unit of its last digit above; other figures within half a unit",
    "one-sided": "'more than v' stands at v, and the result stays open; other figures within half a unit",
    "other language": "as the report in the other language prints it, 'more than' up to the next digit",
}
COMPARED = ("half unit", "next digit", "one-sided")
RESTATED = "restatement"


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
    return Bounds.of(_assumed(records, assumption_id))


def _assumed(records: Records, assumption_id: str) -> Input:
    row = _rows(records).get(assumption_id)
    if row is None:
        raise UnknownIdError("assumption", assumption_id, _rows(records))
    is_open = row["basis"] == "logical limits" and row["low"] == 0 and row["unit"] == "share"
    name = ASSUMED + assumption_id
    return Input(name, row["central"], row["low"], row["high"], parse_unit(row["unit"]), is_open)


@functools.lru_cache(maxsize=4)
def _rows(records: Records) -> Mapping[str, dict]:
    return (
        {}
        if records.assumptions.empty
        else {row["assumption_id"]: row for row in records.assumptions.to_dict("records")}
    )


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
        raise QuantityError(f"{reading!r} is no reading; allowed are {', '.join(READINGS)}")
    if one.name.startswith(ASSUMED):
        return _assumption(records, one)
    if one.name in _claims(records):
        return _claim(records, one, reading)
    return _observation(one, reading)


def _assumption(records: Records, one: Input) -> Spread:
    row = _rows(records).get(one.name.removeprefix(ASSUMED))
    if row is None:
        raise QuantityError(
            f"{one.name} has no source: a scenario draws only what has a row in data/assumptions.csv, with a citation or the reason why there is none"
        )
    source = (
        f"{row['source_title']} ({row['publisher']}, {row['published']})"
        if row["basis"] == "cited"
        else row["basis"]
    )
    closed = dataclasses.replace(
        one, open_low=False, open_high=False
    )  # the range is assumed, so it has ends
    return Spread(
        closed,
        distribution(row["shape"], row["low"], row["central"], row["high"]),
        "assumption",
        source,
    )


def _claim(records: Records, one: Input, reading: str) -> Spread:
    claim, source = records.claim(one.name), one.name
    if reading == "other language":
        rows = records.benchmarks
        found = rows[(rows["claim_id"] == one.name) & (rows["relation"] == RESTATED)]
        if found.empty:
            reading = "next digit"  # named so in the result: nothing else is printed
        else:
            row = found.iloc[0]
            claim = dataclasses.replace(
                claim, value_low=row["value"], value_high=row["value"], bound=row["bound"]
            )
            source = str(row["benchmark_id"])
    (as_stated,) = claim_bounds(claim).variables.values()
    counted = claim.bound in ("exact", "range")
    return _spread(as_stated, "as counted" if counted else reading, source)


def _observation(one: Input, reading: str) -> Spread:
    known = "weights unknown" if one.parts else "as printed"
    return _spread(
        one,
        reading if one.open_high or one.open_low else known,
        "; ".join(one.sources or (one.name,)),
    )


def _spread(one: Input, reading: str, source: str) -> Spread:
    """An input closed as the reading says, spread evenly between its ends."""
    value, digit = one.value, last_digit_unit(one.value)[0] if one.value else 0.0
    if one.open_high or one.open_low:
        above = digit if one.open_high else 0.0
        match reading:
            case "half unit":
                one = dataclasses.replace(
                    one,
                    low=max(value - digit / 2, 0.0),
                    high=value + digit / 2,
                    open_low=False,
                    open_high=False,
                )
            case "one-sided":
                return Spread(one, distribution("fixed", value, value, value), reading, source)
            case _:
                one = dataclasses.replace(
                    one,
                    low=value - (digit - above),
                    high=value + above,
                    open_low=False,
                    open_high=False,
                )
    if not math.isfinite(one.high):
        raise QuantityError(
            f"{one.name} has no upper end: it can only be drawn under a reading that gives it one"
        )
    middle = float(np.clip(value, one.low, one.high))
    return Spread(one, distribution("uniform", one.low, middle, one.high), reading, source)


@functools.lru_cache(maxsize=4)
def _claims(records: Records) -> frozenset[str]:
    return frozenset(records.claims["claim_id"])
