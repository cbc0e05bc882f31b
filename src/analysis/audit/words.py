"""Numbers in words quoted from an English text: digits, number words, ordinals, plurals, parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCALES = {
    "trillion": 1e12,
    "billion": 1e9,
    "hundred million": 1e8,
    "million": 1e6,
    "ten thousand": 1e4,
    "thousand": 1e3,
    "hundred": 1e2,
    "percent": 0.01,
    "%": 0.01,
}
CARDINALS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
PLURALS = {
    "tens": 10.0,
    "dozens": 12.0,
    "hundreds": 100.0,
    "thousands": 1e3,
    "millions": 1e6,
    "billions": 1e9,
}
PARTS = {"all": 1.0, "half": 0.5, "halve": 0.5, "halved": 0.5}
_SCALE = "|".join(re.escape(name) for name in SCALES)
_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<digits>-?\d+(?:,\d{{3}})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<th>st|nd|rd|th)?|(?P<cardinal>{'|'.join(CARDINALS)})|(?P<a>an?)(?=\s(?:year|month|day)\b))(?!\w)(?:[\s-]*(?P<scale>{_SCALE})(?!\w))?"
    rf"|\b(?P<ordinal>{'|'.join(ORDINALS)})\b|\b(?P<plural>{'|'.join(PLURALS)})\b|\b(?P<part>{'|'.join(PARTS)})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Number:
    """A number found in words.

    Parameters
    ----------
    value : float
        In base units.
    kind : {"figure", "ordinal", "plural", "part"}
        A plural ("hundreds of") names a magnitude only; a part is "all" or "half".
    text : str
        As it stands in the words.
    start : int
        Where it begins.
    """

    value: float
    kind: str
    text: str
    start: int


def numbers(text: str) -> tuple[Number, ...]:
    """Every number in words, in order.

    Examples
    --------
    >>> [one.value for one in numbers("some even earning 300,000 to 400,000 yuan")]
    [300000.0, 400000.0]
    >>> [(one.value, one.kind) for one in numbers("From the 122nd to the 128th Canton Fair")]
    [(122.0, 'ordinal'), (128.0, 'ordinal')]
    >>> [one.value for one in numbers("deals worth more than $1.7 billion; twelve measures; about 2.5%")]
    [1700000000.0, 12.0, 0.025]
    """
    return tuple(
        Number(*_value(found), found.group().strip(), found.start())
        for found in _NUMBER.finditer(text)
    )


def _value(found: re.Match[str]) -> tuple[float, str]:
    if found["plural"]:
        return PLURALS[found["plural"].lower()], "plural"
    if found["part"]:
        return PARTS[found["part"].lower()], "part"
    if found["ordinal"]:
        return float(ORDINALS.index(found["ordinal"].lower()) + 1), "ordinal"
    if found["digits"]:
        value = float(found["digits"].replace(",", ""))
    else:
        value = 1.0 if found["a"] else float(CARDINALS.index(found["cardinal"].lower()) + 1)
    if not found["scale"]:
        return value, "ordinal" if found["th"] else "figure"
    scale = SCALES[found["scale"].lower()]
    return (value * scale if scale >= 1 else value / round(1 / scale)), "figure"
