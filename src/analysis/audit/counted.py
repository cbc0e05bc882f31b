"""What a number in quoted words counts, in the names of units that a claims table uses."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading import Said
from analysis.reading.tables import alternation, kind_of_unit, units
from analysis.records.units import COUNTED, DEFINED

RANK, SHARE = "rank", "share"
PARTS = {"percent": 100.0, "per mille": 1e3, "per 10,000": 1e4, "per 100,000": 1e5}
POINTS = ("percentage points", "basis points")  # differences of shares, which are no shares
NARROWER = {  # units that the reader does not tell from a wider one
    "attendance": ("persons", r"\battend(?:ees|ances?)\b"),
    "training_session": ("sessions", r"\btraining sessions?\b|[场期]培训|培训班"),
}
SYNONYMS = {unit: of for unit, of in DEFINED.items() if of in COUNTED}  # a shop is a store
CALLED = {"person-times": "attendance"}  # by the reader, and in a row
ALSO = {  # other words that name what a unit counts
    "session": r"\bfairs?\b|届",
    "aspect": "方面",
    "task": "任务",
    "policy": "政策",
    "tier": "[级层]",
    "brand": "品牌",
    "exhibitor": "参展商|参展企业",
    "center": "中心",
    "station": "站",
}
_PERCENT = re.compile(r"\s*(?:%|per ?cent\b)")


def in_units_of_rows(one: Said) -> tuple[float, ...]:
    """The values of a number as a row holds them: a percentage as a part of one.

    Examples
    --------
    >>> from analysis.reading import numbers
    >>> [in_units_of_rows(one) for one in numbers("up 2.5%, to 5 million")]
    [(0.025,), (5000000.0,)]
    """
    part = PARTS.get(one.unit, 1.0)
    return tuple(float(f"{value / part:.15g}") for value in one.values)


def written(words: str, one: Said) -> str:
    """A number as written in words: with its percent sign, without its sign of currency.

    Examples
    --------
    >>> from analysis.reading import numbers
    >>> words = "up -0.5 percent, to $1.7 billion"
    >>> [written(words, one) for one in numbers(words)]
    ['-0.5 percent', '1.7 billion']
    """
    number = re.sub(r"^[^\d−-]+(?=[−-]?\d)", "", one.text)
    percent = _PERCENT.match(words, one.end)
    return number + (percent[0] if percent else "")


def units_said(words: str, unit: str) -> list[str]:
    """The units of a table that a unit of the reader may be: as said, then as the name of its kind.

    Examples
    --------
    >>> units_said("31 firms", "firms"), units_said("3.6万人次", "person-times"), units_said("5 sheep", "sheep")
    (['firm', 'enterprise'], ['attendance'], [])
    """
    if unit in PARTS:
        return [SHARE]
    if unit in CALLED:
        return [CALLED[unit]]
    for name, (wider, pattern) in NARROWER.items():
        if unit == wider and re.search(pattern, words, re.IGNORECASE):
            return [name]
    if kind_of_unit().get(unit) == "money":
        return [unit]
    names = [unit, _kinds().get(unit, "")]
    return list(dict.fromkeys(singular(name) for name in names if is_known(singular(name))))


def synonyms(unit: str) -> set[str]:
    """A unit and every other name of the same measure.

    Examples
    --------
    >>> sorted(synonyms("shop")), sorted(synonyms("store")), synonyms("village")
    (['shop', 'store'], ['shop', 'store'], {'village'})
    """
    first = SYNONYMS.get(unit, unit)
    return {first, *(name for name, of in SYNONYMS.items() if of == first)}


def is_known(unit: str) -> bool:
    """Whether a unit of a claims table, or its plural, is one that the words can be held against."""
    known = kind_of_unit()
    return unit in (*COUNTED, SHARE) or unit in known or _plural(unit) in known


def is_named(words: str, unit: str) -> bool:
    """Whether words name a unit anywhere: its currency, or what it counts.

    Examples
    --------
    >>> is_named("revenue in RMB of 5 million", "CNY"), is_named("three-tier system", "tier")
    (True, True)
    """
    return bool(_pattern(unit).search(words))


def singular(noun: str) -> str:
    """A counted noun in the singular, as units are written.

    Examples
    --------
    >>> [singular(noun) for noun in ("counties", "zones", "CNY", "booths")]
    ['county', 'zone', 'CNY', 'booth']
    """
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun


def _plural(unit: str) -> str:
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


@cache
def _kinds() -> dict[str, str]:
    """The unit that stands for each English noun: a firm is an enterprise."""
    return {word: row["id"] for row in units() for word in row["en"]}


@cache
def _pattern(unit: str) -> re.Pattern[str]:
    noun = unit.replace("_", " ")
    rows = [row for row in units() if row["id"] in (unit, _plural(unit))]
    latin = {noun, _plural(noun), *(word for row in rows for word in row["en"])}
    others = {word for row in rows for word in row["zh"] + row.get("nouns", [])}
    signs = {sign for row in rows for sign in row.get("before", [])}
    found = [rf"(?<![A-Za-z])(?:{alternation(latin)})(?![A-Za-z])"]
    found += [alternation(others | signs)] if others | signs else []
    found += [ALSO[unit]] if unit in ALSO else []
    return re.compile("|".join(found), re.IGNORECASE)
