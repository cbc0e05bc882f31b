"""Consistency: which printed figures cannot be true beside each other, as checks with a reason."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.methods.chains import implied_levels
from analysis.records.errors import QuantityError

STATUSES = ("pass", "warn", "conflict", "ambiguous")
POWERS = (-3, -2, -1, 0, 1, 2, 3)
CUMULATIVE = ["period", "value", "low", "high"]


@dataclass(frozen=True)
class Check:
    """The outcome of one check.

    Parameters
    ----------
    status : {"pass", "warn", "conflict", "ambiguous"}
        ``conflict``: no reading of the figures lets all of them be true. ``warn``: true together only
        with an allowance. ``ambiguous``: the figures do not decide.
    reason : str
        One sentence.
    rows : tuple
        What it rests on: pairs of periods, powers, years.
    """

    status: str
    reason: str
    rows: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise QuantityError(f"{self.status!r} is no outcome; allowed are {', '.join(STATUSES)}")


def monotone(cumulative: pd.DataFrame) -> Check:
    """Whether a cumulative figure, in its own unit, never falls.

    Parameters
    ----------
    cumulative : DataFrame
        ``period`` (that sorts in order of time), ``value`` as stated, ``low`` and ``high`` as bounds
        ("more than v": low v, high infinite). Figures of one period are not compared.

    Returns
    -------
    Check
        ``conflict`` if an earlier low end is above a later high end, with the pairs of periods;
        ``ambiguous`` if a stated value falls and its bounds leave room for a rise; else ``pass``.

    Examples
    --------
    >>> told = pd.DataFrame({"period": [125, 128], "value": [670, 86.69], "low": [670, 86.685], "high": [float("inf"), 86.695]})
    >>> monotone(told)
    Check(status='conflict', reason='the cumulative falls: 670 or more at 125, at most 86.695 at 128', rows=((125, 128),))
    """
    _check_cumulative(cumulative)
    rows = cumulative.sort_values("period", kind="stable").to_dict("records")
    pairs = [(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :] if a["period"] < b["period"]]
    if falls := [(a, b) for a, b in pairs if a["low"] > b["high"]]:
        a, b = falls[0]
        reason = f"the cumulative falls: {a['low']:.12g} or more at {a['period']}, at most {b['high']:.12g} at {b['period']}"
        return Check("conflict", reason, _periods(falls))
    if falls := [(a, b) for a, b in pairs if a["value"] > b["value"]]:
        a, b = falls[0]
        reason = f"stated {a['value']:.12g} at {a['period']} and {b['value']:.12g} at {b['period']}: the bounds leave room for a rise"
        return Check("ambiguous", reason, _periods(falls))
    if not pairs:
        return Check("ambiguous", "there are no two periods to compare")
    return Check("pass", f"no figure falls in {len(pairs)} comparisons")


def _check_cumulative(frame: pd.DataFrame) -> None:
    if absent := [name for name in CUMULATIVE if name not in frame]:
        raise QuantityError(
            f"a cumulative needs the columns {', '.join(CUMULATIVE)}; {', '.join(absent)} is missing"
        )
    wrong = frame[~((frame["low"] <= frame["value"]) & (frame["value"] <= frame["high"]))]
    if len(wrong):
        raise QuantityError(
            f"low <= value <= high does not hold at {', '.join(map(str, wrong['period']))}"
        )


def _periods(pairs: list[tuple[dict[str, object], dict[str, object]]]) -> tuple[object, ...]:
    return tuple((a["period"], b["period"]) for a, b in pairs)


def power_of_ten(
    value: float, *, lower: float, upper: float, powers: Iterable[int] = POWERS
) -> Check:
    """Which powers of ten make a printed value fit between two figures of the same unit.

    Parameters
    ----------
    value : float
        As printed, above zero.
    lower, upper : float
        What it cannot be below and above. A lower figure of zero excludes no power.
    powers : iterable of int
        Powers tried.

    Returns
    -------
    Check
        ``pass``: it fits as printed. ``warn``: one other power fits, a slip of the decimal is
        likely. ``ambiguous``: several others fit. ``conflict``: none does. ``rows`` holds the powers
        that fit.

    Examples
    --------
    >>> power_of_ten(670e6, lower=17.9e6, upper=86.69e6)
    Check(status='warn', reason='670000000 does not fit between 17900000 and 86690000; only 10**-1 fits: 67000000', rows=(-1,))
    """
    if not (value > 0 and math.isfinite(value)):
        raise QuantityError(f"{value} has no power of ten; allowed is a number above zero")
    if not lower <= upper:
        raise QuantityError(
            f"nothing lies between {lower:.12g} and {upper:.12g}: the lower figure comes first"
        )
    between = f"between {lower:.12g} and {upper:.12g}"
    fitting = {
        power: _shifted(value, power)
        for power in sorted(set(powers))
        if lower <= _shifted(value, power) <= upper
    }
    if 0 in fitting:
        return Check("pass", f"{value:.12g} fits {between} as printed", tuple(fitting))
    said = ", ".join(f"10**{power} fits: {found:.12g}" for power, found in fitting.items())
    status = {0: "conflict", 1: "warn"}.get(len(fitting), "ambiguous")
    tail = {"conflict": "no power of ten mends it", "warn": f"only {said}"}.get(status, said)
    return Check(status, f"{value:.12g} does not fit {between}; {tail}", tuple(fitting))


def _shifted(value: float, power: int) -> float:
    """The value with its decimal point moved; divided where that is exact and a product is not."""
    return float(value * 10**power if power >= 0 else value / 10**-power)


def growth_chain(levels: pd.DataFrame, growth: pd.DataFrame, *, tolerance: float) -> Check:
    """Whether published levels and stated growth, as shares, belong to one series.

    Parameters
    ----------
    levels, growth : DataFrame
        As ``implied_levels`` takes them.
    tolerance : float
        Share by which an implied level may differ from the published one without a conflict.

    Returns
    -------
    Check
        ``pass``: rounding explains every difference. ``warn``: some need the tolerance. ``conflict``:
        some exceed it. ``ambiguous``: no year has level, growth and the level before. ``rows`` holds
        (year, revision) of what rounding does not explain, or of the conflicts.

    References
    ----------
    docs/method.md, "A claim is an interval", for what rounding allows.
    """
    if not 0 <= tolerance < 1:
        raise QuantityError(f"a tolerance of {tolerance} is none; it is a share from 0 to below 1")
    found = implied_levels(levels, growth)
    compared = int((found["verdict"] != "not published").sum())
    if not compared:
        return Check("ambiguous", "no year has a level, a growth and the level before")
    revised = tuple(_revisions(found))
    if beyond := tuple(row for row in revised if abs(row[1]) > tolerance):
        said = ", ".join(f"{year} by {revision:+.1%}" for year, revision in beyond)
        return Check(
            "conflict", f"levels and growth differ by more than {tolerance:.1%}: {said}", beyond
        )
    if revised:
        return Check(
            "warn",
            f"{len(revised)} of {compared} levels differ by more than rounding, within {tolerance:.1%}",
            revised,
        )
    return Check("pass", f"rounding explains all of {compared} levels")


def _revisions(found: pd.DataFrame) -> Iterator[tuple[int, float]]:
    for row in found[found["verdict"] == "differs"].to_dict("records"):
        yield int(row["year"]), float(row["revision"])
