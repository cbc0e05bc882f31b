"""Dates that a text says, English and Chinese, as far as said: 2021, 2021-08, -08-23."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from analysis.reading.fold import fold

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MAY = re.compile(r"\bmay\b")
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"\d{1,2}"


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a text: where it stands, as written, and in ISO order ("-08-23" without a year)."""

    start: int
    end: int
    text: str
    date: str


@cache
def _pattern() -> re.Pattern[str]:
    numeric = rf"(?P<y1>{_YEAR})(?:[-/]|\.(?=\d\d))(?P<m1>{_DAY})(?:[-/.](?P<d1>{_DAY}))?(?!\d|\s?[%万亿])"
    day_first = (
        rf"(?P<d2>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m2>{_NAMES})\b\.?"
        rf"(?:,?\s+(?P<y2>{_YEAR}))?"
    )
    month_first = (
        rf"(?P<m3>{_NAMES})\b\.?\s+(?P<d3>{_DAY})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<y3>{_YEAR}))?"
    )
    month = rf"(?P<m4>{_NAMES})\b\.?,?\s+(?P<y4>{_YEAR})(?!\d)"
    spanned = rf"(?P<m5>{_NAMES})\b(?=\s+(?:to|and|-)\s+(?:{_NAMES})\b\.?\s+(?P<y5>{_YEAR}))"
    chinese = (
        rf"(?P<y6>{_YEAR})\s?年(?:\s?(?P<m6>{_DAY})\s?"
        rf"(?:月|(?=[-~至到]\d{{1,2}}\s?月))(?:\s?(?P<d6>{_DAY})\s?日)?)?"
    )
    no_year = rf"(?P<m7>{_DAY})\s?月(?:\s?(?P<d7>{_DAY})\s?日)?(?!\s?[个以])"
    slashed = rf"(?P<m9>{_DAY})/(?P<y9>{_YEAR})(?!\d)"
    year = rf"(?P<y8>{_YEAR})(?![\d%]|[.,]\d|\s?[多余]?[万亿])"
    ways = (numeric, day_first, month_first, month, spanned, chinese, no_year, slashed, year)
    last = rf"(?<=[-~])(?P<y10>{_YEAR})(?![\d%])"
    return re.compile(rf"(?<![\d.,/$a-z-])(?:{'|'.join(ways)})|{last}")


def dates(text: str) -> list[Dated]:
    """Return the dates of a text in order.

    Examples
    --------
    >>> [one.date for one in dates("On Aug. 23, 2021, and since May 2014; 2015年9月7日；8月底")]
    ['2021-08-23', '2014-05', '2015-09-07', '-08']
    """
    found = []
    for match in _pattern().finditer(fold(text)):
        start, end = match.span()
        verb = _MAY.search(
            text[start:end]
        )  # the verb, unless a year follows: "1 may be", "1 may 2020"
        if (date := _iso(match)) and not (verb and date[0] == "-"):
            found.append(Dated(start, end, text[start:end], date))
    return found


def _iso(match: re.Match[str]) -> str:
    parts = {name[0]: value for name, value in match.groupdict().items() if value}
    month = parts.get("m", "")
    number = _MONTHS.index(month[:3]) + 1 if month and not month.isdecimal() else int(month or 0)
    day = int(parts.get("d", 0))
    if number > 12 or day > 31:
        return ""
    if not number:
        return parts.get("y", "")
    return f"{parts.get('y', '')}-{number:02d}" + (f"-{day:02d}" if day else "")
