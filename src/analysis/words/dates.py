"""Dates as a reader writes them, in both languages."""

from __future__ import annotations

import re

from analysis.words.catalogue import word, words

SECTION = "publish.date"


def day(lang: str, iso: str) -> str:
    """A date, a month or a year in words; what is no such date stays as it is.

    Examples
    --------
    >>> day("en", "2021-08-23"), day("zh", "2021-08"), day("en", "2016"), day("en", "undated")
    ('23 August 2021', '2021年8月', '2016', 'undated')
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?", iso)
    if not found:
        return iso
    year, month, number = (int(part or 0) for part in found.groups())
    name = words(SECTION, lang)["months"][month - 1] if month else ""
    form = "day" if number else "month" if month else "year"
    return word(SECTION, form, lang).format(year=year, month=name, day=number)
