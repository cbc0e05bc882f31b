"""Dates: the period of a figure, the event that it was said at, and the page that carries it."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.methods.consistency import Check
from analysis.records.periods import first_day, last_day

LATE_YEARS = 2  # a page dated so much after the event cannot date it
YEAR_DAYS = 365.25


def period(start: str, end: str, event: str, *, counted_up: bool, ahead: bool = False) -> Check:
    """Whether a figure says from when to when it holds, and not to beyond the event at which it was said.

    Parameters
    ----------
    start, end, event : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; start and end may be "".
    counted_up : bool
        Whether the figure adds up over time, so that it means little without a start.
    ahead : bool
        Whether it is a target, which lies after the event.

    Examples
    --------
    >>> period("", "2024-09-19", "2015-09-07", counted_up=True).status
    'conflict'
    """
    said = last_day(event)
    for what, date in (("ends", end), ("begins", start)):
        if date and not ahead and first_day(date) > said:
            return Check("conflict", f"the period coded {what} {date}, after the event of {event}")
    if counted_up and not start:
        return Check("warn", f"in our coding the period has no start{'' if end else ' and no end'}")
    return Check("pass", f"{start or 'no start'} to {end or 'no end'}, event {event}")


def page_date(event: str, page: str, *, late: float = LATE_YEARS, repost: bool = False) -> Check:
    """Whether the date on a page can stand for the date of the event.

    Returns
    -------
    Check
        ``pass``: within a year. ``conflict``: at least ``late`` years after, or before the event.
        ``warn``: between, or late on a page that is known to be a repost, which has a date of its own.

    Examples
    --------
    >>> page_date("2015-09-07", "2024-09-19").reason
    'the page is dated 2024-09-19, 9.0 years after the event of 2015-09-07'
    """
    least, most = (
        (b - a).days / YEAR_DAYS
        for a, b in ((last_day(event), first_day(page)), (first_day(event), last_day(page)))
    )
    if most < 0:
        return Check("conflict", f"the page is dated {page}, before the event of {event}")
    if least >= late:
        said = f"the page is dated {page}, {least:.1f} years after the event of {event}"
        return Check("warn", f"{said}: a repost") if repost else Check("conflict", said)
    if most < 1:
        return Check("pass", f"the page is dated {page}, within a year of the event of {event}")
    return Check(
        "warn",
        f"the page is dated {page}, {max(least, 0):.1f} to {most:.1f} years after the event of {event}",
    )


def event_date(event: str, ends: Iterable[str], page: str) -> Check:
    """Whether the figures coded from a document belong to the date of its event.

    Figures of the year before are what documents give; figures from after the event no document gives,
    and where all are years older, the date of a repost may stand for that of the event.

    Parameters
    ----------
    event, page : str
        Dates of the document.
    ends : iterable of str
        Ends of the periods of its figures, targets left out; "" is passed over.

    Examples
    --------
    >>> event_date("2024-09-19", ["2015-09-07", ""], "2024-09-19").reason
    'dated 2024-09-19, but the figures coded run to 2015-09-07; the page has the same date'
    >>> event_date("2020-05-18", ["2019"], "2020-05-20").status
    'pass'
    """
    dated = [end for end in ends if end]
    if not dated:
        return Check("ambiguous", "no figure coded from the document has the end of a period")
    latest = max(dated, key=last_day)
    said = f"the figures coded run to {latest}"
    if first_day(latest) > last_day(event):
        return Check("conflict", f"dated {event}, but {said}, after it")
    if (first_day(event) - last_day(latest)).days / YEAR_DAYS < LATE_YEARS:
        return Check("pass", f"{said}, event {event}")
    tail = (
        "; the page has the same date"
        if first_day(event) <= last_day(page) and first_day(page) <= last_day(event)
        else ""
    )
    return Check("conflict" if tail else "warn", f"dated {event}, but {said}{tail}")
