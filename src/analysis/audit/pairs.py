"""A claim held against one other figure, by how the two are related, or against another wording of it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import pandas as pd

from analysis.bounds.intervals import Interval
from analysis.methods.consistency import Check
from analysis.records.definitions import NOT_STATED, Counted, doubts
from analysis.records.errors import QuantityError
from analysis.records.periods import last_day

SAME, LATER, CUMULATIVE, EARLIER, CONTAINS, PART = (
    "same quantity",
    "same at another time",
    "cumulative of the same",
    "earlier count",
    "contains",
    "part of",
)
RELATIONS = (SAME, LATER, CUMULATIVE, EARLIER, CONTAINS, PART)
RUNNING = (CUMULATIVE, EARLIER)  # relations of figures that follow each other in time
PARTS = (CONTAINS, PART)  # relations in which who is counted and where differ by design
QUALIFIERS = {  # what narrows or changes who is counted -> how it is written
    "poor": r"\bpoor (?!areas|regions|counties|villages)(?:\w+ )?(?:people|persons|residents|farmers|households|labou?rers)",
    "new": r"\bnew\b",
    "jobs": r"\bjobs\b",
}


def related(claim: Interval, other: Interval, relation: str, *, tolerance: float = 0.0) -> Check:
    """Whether two figures can be true together.

    Parameters
    ----------
    claim, other : Interval
        What each can mean, in one unit; the high end may be infinite.
    relation : str
        What the claim is to the other figure: ``same quantity``; ``same at another time``; ``contains``
        it; ``part of`` it. A cumulative needs its dates: see :func:`told`.
    tolerance : float
        Share by which the other figure may be off without a conflict.

    Returns
    -------
    Check
        ``pass``: what they can mean meets. ``warn``: only with the tolerance, or they are of different
        times. ``conflict``: no reading lets both be true.

    Examples
    --------
    >>> related(Interval(1.5e9, 2.5e9), Interval(3.65e9, 3.75e9), "same quantity").reason
    'the claim is 1,500,000,000 to 2,500,000,000, the other figure 3,650,000,000 to 3,750,000,000'
    """
    if not 0 <= tolerance < 1:
        raise QuantityError(f"a tolerance of {tolerance} is none; it is a share from 0 to below 1")
    if relation not in (SAME, LATER, CONTAINS, PART):
        raise QuantityError(
            f"{relation!r} is no relation of two intervals; allowed are {', '.join(RELATIONS)}, and a cumulative with its dates"
        )
    said = f"the claim is {_ends(claim)}, the other figure {_ends(other)}"
    if _fits(claim, other, relation):
        return Check("pass", said)
    wider = Interval(other.low * (1 - tolerance), other.high * (1 + tolerance))
    if _fits(claim, wider, relation):
        return Check("pass" if relation == LATER else "warn", f"{said}; within {tolerance:.0%}")
    return Check("warn" if relation == LATER else "conflict", said)


def _fits(claim: Interval, other: Interval, relation: str) -> bool:
    not_below, not_above = claim.high >= other.low, claim.low <= other.high
    return {
        SAME: not_below and not_above,
        LATER: not_below and not_above,
        CONTAINS: not_below,
        PART: not_above,
    }[relation]


def judged(check: Check, first: Counted, second: Counted, relation: str) -> Check:
    """What is left of a conflict when the definitions are read: nothing, unless both figures are of one thing.

    Parameters
    ----------
    check : Check
        What the figures alone say.
    first, second : Counted
        What each counts.
    relation : str
        One of ``RELATIONS``. A part and its whole differ in who and where; what either does not say counts.

    Returns
    -------
    Check
        ``ambiguous`` in place of ``conflict``, with what differs or is not stated.

    Examples
    --------
    >>> total = Counted("farmers with work", "cumulative", "not stated", "not stated", "2021-08-23")
    >>> stock = Counted("workers", "stock", "832 counties", "2020-03-31", "2020-03-31")
    >>> judged(Check("conflict", "it falls"), total, stock, EARLIER).reason[:52]
    'it falls, if both counted one thing; both can be tru'
    """
    if check.status != "conflict":
        return check
    found = doubts(first, second, one_period=relation not in RUNNING)
    if relation in PARTS:
        found = [one for one in found if NOT_STATED in one]
    if not found:
        return check
    return Check(
        "ambiguous",
        f"{check.reason}, if both counted one thing; both can be true: {'; '.join(found)}",
        check.rows,
    )


def told(
    figures: tuple[Interval, ...], *, values: tuple[float, ...], ends: tuple[str, ...]
) -> pd.DataFrame:
    """Figures of one running total as ``monotone`` takes them; ``period`` is the last day as text.

    Parameters
    ----------
    figures : tuple of Interval
        What each can mean, in one unit.
    values : tuple of float
        As stated.
    ends : tuple of str
        Until when each counts.

    Examples
    --------
    >>> from analysis.methods.consistency import monotone
    >>> figures = (Interval(7.705e6, 7.715e6), Interval(9e6, float("inf")))
    >>> monotone(told(figures, values=(7.71e6, 9e6), ends=("2021-08-23", "2020-03-31"))).status
    'conflict'
    """
    rows = [
        (last_day(end).isoformat(), value, one.low, one.high)
        for one, value, end in zip(figures, values, ends, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "value", "low", "high"])


def drift(first: str, second: str, qualifiers: Mapping[str, str] = QUALIFIERS) -> Check:
    """Which qualifiers stand in one wording of a statement and not in the other.

    Parameters
    ----------
    first, second : str
        What the two versions count, in one language.
    qualifiers : mapping
        Word -> pattern.

    Returns
    -------
    Check
        ``ambiguous``: the two give one number to different things, or one says less; ``rows`` holds the words.

    Examples
    --------
    >>> drift("people whose income rose", "poor people with more income").reason
    "one number for two things: 'poor' stands in one version only"
    """
    held = [
        {word for word, pattern in qualifiers.items() if re.search(pattern, text, re.IGNORECASE)}
        for text in (first, second)
    ]
    if not (differ := sorted(held[0] ^ held[1])):
        return Check("pass", "both versions count the same")
    words = " and ".join(repr(word) for word in differ)
    return Check(
        "ambiguous",
        f"one number for two things: {words} stand{'s' if len(differ) == 1 else ''} in one version only",
        tuple(differ),
    )


def _ends(interval: Interval) -> str:
    """Lowest and highest value in words; an open end is said to be open."""
    low, high = (
        "any" if math.isinf(value) else f"{value:,.12g}" for value in (interval.low, interval.high)
    )
    return f"{low} to {high}" if high != "any" else f"{low} or more"
