"""Periods as the data writes them: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime as dt


def first_day(period: str) -> dt.date:
    """First day of a period written as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Raises
    ------
    ValueError
        If the text is no date of the calendar.

    Examples
    --------
    >>> first_day("2017-10")
    datetime.date(2017, 10, 1)
    """
    parts = [int(part) for part in period.split("-")]
    return dt.date(*(parts + [1, 1])[:3])


def last_day(period: str) -> dt.date:
    """Last day of a period.

    Examples
    --------
    >>> last_day("2016-02")
    datetime.date(2016, 2, 29)
    """
    first = first_day(period)
    match period.count("-"):
        case 0:
            return dt.date(first.year, 12, 31)
        case 1:
            return dt.date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])
    return first


def month_of(period: str) -> str:
    """Month, as ``YYYY-MM``, in which a period begins.

    Examples
    --------
    >>> month_of("2017-10-15")
    '2017-10'
    """
    return first_day(period).isoformat()[:7]
