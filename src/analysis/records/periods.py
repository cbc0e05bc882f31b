"""Periods as the data writes them: a year, a month or a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable

FORM = r"\d{4}(-\d{2}(-\d{2})?)?"
PRECISION = "_precision"  # ends the name of the column beside a date that says how precise it is
PRECISIONS = {"year": 4, "month": 7, "day": 10}  # with the length of a date as written
YEAR, FISCAL = "year", "fiscal year"  # what every period of a series may be
TO = " to "  # between the ends of a period
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


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
    return dt.date(*([*parts, 1, 1])[:3])


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


def decimal_year(day: str) -> float:
    """A day as a year with its part, the day counted.

    Examples
    --------
    >>> decimal_year("2018-12-31"), round(decimal_year("2018-06-30"), 3)
    (2019.0, 2018.496)
    """
    date = dt.date.fromisoformat(day)
    start = dt.date(date.year, 1, 1)
    return date.year + ((date - start).days + 1) / (dt.date(date.year + 1, 1, 1) - start).days


def date_problem(text: str) -> str:
    """What is wrong with a date, as a phrase; "" if it is one.

    Examples
    --------
    >>> date_problem("2021-02-30")
    'has the form of a date, but there is no such day: February 2021 has 28 days'
    >>> date_problem("2021-13")
    'has the form of a date, but there is no such month: months go from 01 to 12'
    >>> date_problem("in May")
    'is no date; allowed are YYYY, YYYY-MM and YYYY-MM-DD'
    >>> date_problem("2020-02-29")
    ''
    """
    if not re.fullmatch(FORM, text, re.ASCII):
        return "is no date; allowed are YYYY, YYYY-MM and YYYY-MM-DD"
    year, month, _ = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    try:
        first_day(text)
    except ValueError:
        if not year:
            return "has the form of a date, but there is no such year: years go from 0001 to 9999"
        if not 1 <= month <= 12:
            return "has the form of a date, but there is no such month: months go from 01 to 12"
        return f"has the form of a date, but there is no such day: {MONTHS[month - 1]} {year} has {calendar.monthrange(year, month)[1]} days"
    return ""


def period_words(start: str, end: str) -> str:
    """A period as it is usually written.

    Examples
    --------
    >>> period_words("2013-01-01", "2013-12-31"), period_words("2013-04-01", "2014-03-31")
    ('2013', '2013-14')
    >>> period_words("2019-12-31", "2019-12-31"), period_words("2020-01", "2020-03")
    ('2019-12-31', '2020-01 to 2020-03')
    """
    first, last = first_day(start), last_day(end)
    if start == end:
        return start
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    next_year = (last + dt.timedelta(days=1)).isoformat()
    if first.day == 1 and next_year == first.replace(year=first.year + 1).isoformat():
        return f"{first.year}-{last.year % 100:02}"
    return f"{start}{TO}{end}"


def of_years(spans: Iterable[tuple[str, str]]) -> str:
    """What every span is: a year (the same days of it, or one day), a fiscal year; "" for anything else.

    Examples
    --------
    >>> of_years([("2013", "2013"), ("2015", "2015")]), of_years([("2013-04", "2014-03")])
    ('year', 'fiscal year')
    """
    ends = [(first_day(start), last_day(end)) for start, end in spans]
    days = {(start.month, start.day, end.month, end.day) for start, end in ends}
    if len(days) != 1 or any((end - start).days > 365 for start, end in ends):
        return ""
    start, end = ends[0]
    return FISCAL if start.year < end.year else YEAR
