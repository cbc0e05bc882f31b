"""Counts held against lists, totals against their parts, and running totals against what was said before."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.intervals import Interval
from analysis.methods.consistency import Check, monotone, power_of_ten
from analysis.records.errors import QuantityError

SAID_DIGITS = 3
OUR_CODING = "in our coding"
HALF_A_DECADE = math.sqrt(10)  # a fall beyond it is nearer to a slip of the point than to a change


@dataclass(frozen=True)
class Span:
    """A figure over days, both ends included, with what it can mean in its own unit."""

    first: dt.date
    last: dt.date
    interval: Interval


def enumerated(stated: float, *, listed: int, unnamed: int = 0, where: str = OUR_CODING) -> Check:
    """Whether so many things are listed as a document states.

    Parameters
    ----------
    stated : float
        The number stated.
    listed, unnamed : int
        Things that are named, and things that the document says there are without naming them.
    where : str
        Where they are listed: what is counted is our table, and the document may list more.

    Returns
    -------
    Check
        ``conflict``: more than stated, or, with those not named, fewer; one of the two is wrong.
        ``ambiguous``: nothing is listed, or some are said to be left out and the sum fits.

    Examples
    --------
    >>> enumerated(12, listed=12).status, enumerated(12, listed=11).reason
    ('pass', '12 are stated, and 11 listed in our coding')
    """
    if min(listed, unnamed) < 0:
        raise QuantityError("a list has no fewer than 0 entries")
    if not listed and not unnamed:
        return Check("ambiguous", f"{stated:,.12g} are stated, and none is listed {where}")
    if listed == stated and not unnamed:
        return Check("pass", f"{stated:,.12g} are stated, and as many listed {where}")
    if listed + unnamed == stated:
        said = f"{stated:,.12g} are stated; {where} {listed} are named and {unnamed} are not"
        return Check("ambiguous", said)
    return Check("conflict", f"{stated:,.12g} are stated, and {listed + unnamed} listed {where}")


def adds_up(whole: Interval, parts: Mapping[str, Interval]) -> Check:
    """Whether parts add up to a whole in the same unit, within what the rounding of all of them allows.

    Examples
    --------
    >>> adds_up(Interval(301.4, 301.5), {"to September": Interval(206.87, 206.89), "after": Interval(94.56, 94.58)}).status
    'pass'
    """
    if len(parts) < 2:
        raise QuantityError("a sum needs two parts or more")
    low, high = sum(one.low for one in parts.values()), sum(one.high for one in parts.values())
    said = f"{' + '.join(parts)}: {low:,.12g} to {high:,.12g}, the whole {whole.low:,.12g} to {whole.high:,.12g}"
    return Check("pass" if low <= whole.high and whole.low <= high else "conflict", said)


def tilings(spans: Sequence[Span]) -> list[tuple[Span, tuple[Span, ...]]]:
    """Spans that shorter ones cover without gap or overlap, each with those: a year with its quarters.

    Examples
    --------
    >>> day, one = dt.date(2020, 1, 1), Interval(1, 1)
    >>> spans = [Span(day, dt.date(2020, 1, 9), one), Span(day, dt.date(2020, 1, 4), one), Span(dt.date(2020, 1, 5), dt.date(2020, 1, 9), one)]
    >>> [(len(parts), whole.last.day) for whole, parts in tilings(spans)]
    [(2, 9)]
    """
    return [
        (whole, parts)
        for whole in spans
        for parts in _covers(whole, whole.first, spans)
        if len(parts) > 1
    ]


def _covers(whole: Span, begin: dt.date, spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    if begin > whole.last:
        return [()]
    firsts = [
        one for one in spans if one.first == begin and one.last <= whole.last and one is not whole
    ]
    return [
        (one, *rest)
        for one in firsts
        for rest in _covers(whole, one.last + dt.timedelta(days=1), spans)
    ]


def slip_of_ten(told: pd.DataFrame) -> Check:
    """Whether one power of ten mends the first fall of a running total.

    A fall by more than half a decade is nearer to a slip of the decimal point than to a change; a
    smaller fall is not, and the two figures contradict each other as printed.

    Parameters
    ----------
    told : DataFrame
        ``period``, ``value``, ``low``, ``high`` as ``monotone`` takes them; all above zero.

    Returns
    -------
    Check
        ``pass``: nothing falls, or no power of ten mends it. ``warn``: one does; ``rows`` holds it.

    Examples
    --------
    >>> told = pd.DataFrame({"period": [125, 128], "value": [670, 86.69], "low": [670, 86.685], "high": [float("inf"), 86.695]})
    >>> slip_of_ten(told).reason
    '670 at 125 does not fit between 27.4 and 86.695; only 10**-1 fits: 67'
    """
    falls = monotone(told)
    if falls.status != "conflict":
        return Check("pass", "nothing falls")
    first, second = falls.rows[0]
    earlier, later = (told[told["period"] == one] for one in (first, second))
    high = float(later["high"].max())
    found = power_of_ten(
        float(earlier["low"].max()),
        lower=float(f"{high / HALF_A_DECADE:.{SAID_DIGITS}g}"),
        upper=high,
    )
    if found.status != "warn":
        return Check("pass", "a slip of the decimal point does not explain the fall")
    return Check(
        "warn", found.reason.replace(" does not fit", f" at {first} does not fit", 1), found.rows
    )


def standing_still(said: pd.DataFrame) -> Check:
    """Whether a running total was given again at a later date without having moved.

    Parameters
    ----------
    said : DataFrame
        ``said`` (date, as text that sorts in order of time) and ``value``.

    Returns
    -------
    Check
        ``warn`` with the dates, if equal values stand at different dates; else ``pass``.

    Examples
    --------
    >>> standing_still(pd.DataFrame({"said": ["2021-04", "2021-08-23"], "value": [86.69e6, 86.69e6]})).reason
    'the same figure, 86,690,000, at 2021-04 and 2021-08-23: it did not move, or was not counted anew'
    """
    for value, rows in said.groupby("value", sort=True):
        if len(dates := sorted(set(rows["said"]))) > 1:
            return Check(
                "warn",
                f"the same figure, {value:,.12g}, at {' and '.join(dates)}: it did not move, or was not counted anew",
                tuple(dates),
            )
    return Check("pass", "the figure differs at every date")
