"""Folding a text, character for character, so that offsets stay those of the text as given."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

from analysis.reading.tables import table

_SPACES = "\u00a0\u1680\u202f\u205f\u3000\t" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_TILDES = "\u301c\u223c\u02dc"
_DOUBLE = "“”„‟«»「」『』〝〞"
_SINGLE = "‘’‚‛′`´"
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
UNSEEN = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")  # soft hyphens, joiners
_CLAUSE = "，：；！？（）"  # wide marks that part clauses stay themselves, brackets apart


@cache
def _map() -> dict[int, str]:
    folded = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    for mark in _CLAUSE:
        folded.pop(ord(mark), None)
    folded |= {ord("（"): "(", ord("）"): ")"}
    folded |= dict.fromkeys(map(ord, _SPACES), " ") | dict.fromkeys(map(ord, _DASHES), "-")
    folded |= dict.fromkeys(map(ord, _TILDES), "~")
    folded |= dict.fromkeys(map(ord, _DOUBLE), '"') | dict.fromkeys(map(ord, _SINGLE), "'")
    folded |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    folded |= {code: chr(code - 0xFEE0 + 32) for code in range(ord("Ａ"), ord("Ｚ") + 1)}
    folded |= {ord("￥"): "¥", ord("﹪"): "%", ord("○"): "〇", ord("\r"): "\n"}
    characters = table("characters")
    pairs = zip(characters["traditional"], characters["simplified"], strict=True)
    return folded | {ord(old): new for old, new in pairs}


def fold(text: str) -> str:
    """Return the text in lower case and half width, with one kind of dash and of quotation mark.

    Only the characters that the tables of words need are simplified. The length never changes.

    Examples
    --------
    >>> fold("逾１０．５萬人 — US$1.7 Billion")
    '逾10.5万人 - us$1.7 billion'
    """
    if "，" in text:
        text = _WIDE_COMMA.sub(",", text)
    return text.translate(_map())


def without(pattern: re.Pattern[str], text: str) -> tuple[str, Callable[[int], int]]:
    """Return the text without what a pattern finds, and where in it each character stood before.

    Examples
    --------
    >>> plain, place = without(UNSEEN, "1.2 mil\u00adlion")
    >>> plain, place(7)
    ('1.2 million', 8)
    """
    pieces, kept, size, last = [], [(0, 0)], 0, 0
    for found in pattern.finditer(text):
        pieces.append(text[last : found.start()])
        size, last = size + found.start() - last, found.end()
        kept.append((size, last))
    shifts = [at for at, _ in kept]

    def place(at: int) -> int:
        found, start = kept[bisect_right(shifts, at) - 1]
        return start + at - found

    return "".join([*pieces, text[last:]]), place
