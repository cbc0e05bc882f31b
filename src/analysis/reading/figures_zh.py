"""Values of Chinese numbers, in characters, in figures, or in both (8亿5000万)."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.tables import language

_GROUP = re.compile(r"([^万亿兆]*)(万亿|万|亿|兆)")
LONGEST = 40  # characters of a number; what is longer is none
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


@cache
def _digits() -> dict[str, int]:
    return dict(language("zh")["digits"])


@cache
def _places() -> dict[str, float]:
    return dict(language("zh")["places_of_value"])


def value(word: str) -> float | None:
    """Return the value of a Chinese number; None where the characters make none.

    Examples
    --------
    >>> value("六百一十八万"), value("二〇二一"), value("8亿5000万"), value("七点二")
    (6180000.0, 2021.0, 850000000.0, 7.2)
    >>> value("一二三产") is None
    True
    """
    if not word or len(word) > LONGEST:
        return None
    total, rest, last = 0.0, word, 1.0
    while group := _GROUP.match(rest):
        section = _section(group[1]) if group[1] else (1.0 if rest is word else None)
        if section is None:
            return None
        last = 1e12 if group[2] == "万亿" else {"万": 1e4, "亿": 1e8, "兆": 1e12}[group[2]]
        total = (total + section) * last if total and total < last else total + section * last
        rest = rest[group.end() :]
    if not rest:
        return total
    section = _section(rest)
    if section is None:
        return None
    if total and len(rest) == 1 and rest in _digits() and last >= 1e4:
        section *= last / 10  # 三万五 is 35,000
    return total + section


def _section(word: str) -> float | None:
    """Return the value of what stands before a 万 or 亿: below ten thousand, as a rule."""
    digits, places = _digits(), _places()
    if "点" in word:
        whole, _, part = word.partition("点")
        decimals = "".join(str(digits.get(char, "x")) for char in part)
        start = _section(whole) if whole else 0.0
        return None if start is None or not decimals.isdigit() else start + float("0." + decimals)
    if all(char in digits for char in word):
        if len(word) > 1 and not ("零" in word or "〇" in word or len(word) >= 4):
            return None
        return float("".join(str(digits[char]) for char in word))
    return _placed(word, digits, places)


def _placed(word: str, digits: dict[str, int], places: dict[str, float]) -> float | None:
    total, now, at = 0.0, None, 0
    lowest = 0.0
    while at < len(word):
        char = word[at]
        if char in places:
            total += (1.0 if now is None else now) * places[char]
            now, lowest = None, places[char]
        elif char in digits:
            if now is not None and now != 0:
                return None
            now = float(digits[char])
        elif figure := _FIGURE.match(word, at):
            now, at = float(figure[0]), figure.end() - 1
        else:
            return None
        at += 1
    if now is not None:
        colloquial = lowest >= 100 and len(word) > 1 and word[-2] in places
        total += now * lowest / 10 if colloquial else now  # 三百五 is 350
    return total
