"""Folding a text, character for character, so that offsets stay those of the text as given."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.tables import table

_SPACES = "\u00a0\u1680\u202f\u205f\u3000\t" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
_TILDES = "\u301c\u223c\u02dc"
_DOUBLE = "“”„‟«»「」『』〝〞"
_SINGLE = "‘’‚‛′`´"
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3})")
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
