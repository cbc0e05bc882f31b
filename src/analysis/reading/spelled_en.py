"""English numbers in words: four hundred thousand, half a million, two thirds, doubled."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.reading.hedges import hedged_before
from analysis.reading.model import Kind, Numeral
from analysis.reading.tables import alternation, language

_NEXT = re.compile(r"(\s?-\s?|\s+)(?:(and)\s+)?([a-z]+)")
_HALF_MORE = re.compile(r"\s+and\s+a\s+(half|quarter)\b")
_OUT_OF = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?(\w+)\b")
_ARTICLE = re.compile(
    r"\b(an?|one|half\s+an?|quarter\s+of\s+an?|several|few|many|couple\s+of)[\s-]+$"
)
_SHARE_AFTER = re.compile(r"[\s-]+(?:of|more|less|higher|lower|as|the|to)\b|\s*[.,;]")
_SINCE_AFTER = re.compile(r"\s+(?:in|by|at|from|a|last|this|over|since)\b")
_PERIOD_BEFORE = re.compile(
    r"\b(?:first|second|third|fourth|last|this|next|latter|other|each|every|1st|2nd|3rd|4th)[\s-]+$"
)
_SEVERAL = {"several": (3.0, 9.0), "few": (3.0, 9.0), "many": (3.0, 9.0), "couple": (2.0, 3.0)}


class Words(NamedTuple):
    """The tables that spelled numbers need."""

    cardinals: dict[str, float]
    scales: dict[str, float]
    parts: dict[str, int]
    multiples: dict[str, float]
    halvings: dict[str, float]
    vague: dict[str, list[float]]
    ordinals: dict[str, int]


@cache
def words() -> Words:
    """Return the tables of English number words."""
    rows = language("en")
    names = ("cardinals", "scales", "parts", "multiples", "halvings", "vague", "ordinals")
    return Words(*(rows[name] for name in names))


@cache
def starts() -> tuple[str, ...]:
    """Return every word that can begin or be a spelled number."""
    known = words()
    groups = (known.vague, known.multiples, known.halvings, known.cardinals, known.parts)
    return tuple(
        sorted({word for group in (*groups, known.scales, known.ordinals) for word in group})
    )


def anchors() -> str:
    """Return a pattern of the words of ``starts``, parted by their first letter for speed."""
    by_first: dict[str, list[str]] = {}
    for word in starts():
        by_first.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{alternation(rest)})" for first, rest in by_first.items())


def spelled(folded: str, start: int, end: int) -> Numeral | None:
    """Return the spelled number at a word, or None where the word is none.

    Examples
    --------
    >>> spelled("four hundred thousand people", 0, 4).low
    400000.0
    >>> spelled("half a million", 0, 4).low, spelled("two-thirds of them", 0, 3).unit
    (500000.0, 'percent')
    """
    word = " ".join(folded[start:end].split())
    known = words()
    if word in known.vague:
        return _vague(known.vague[word], start, end)
    if word in known.multiples:
        return _plain(start, end, known.multiples[word], "multiple", "times")
    if word in known.halvings:
        return _plain(start, end, known.halvings[word], "share", "percent")
    if word in known.parts and word not in known.cardinals:
        return _part(folded, start, end, word)
    if word in known.scales:
        return _bare_scale(folded, start, end, known.scales[word])
    return _cardinal(folded, start, end) if word in known.cardinals else None


def _plain(start: int, end: int, value: float, kind: Kind, unit: str) -> Numeral:
    return Numeral(start, end, value, value, kind, unit=unit, unit_end=end, spelled=True)


def _vague(ends: list[float], start: int, end: int) -> Numeral:
    return Numeral(start, end, float(ends[0]), float(ends[1]), "vague", spelled=True)


def _part(folded: str, start: int, end: int, word: str) -> Numeral | None:
    before = folded[max(0, start - 20) : start]
    if _PERIOD_BEFORE.search(before):
        return None
    if word == "half":
        return _half(folded, start, end)
    article = re.search(r"\ban?[\s-]+$", before)
    if not article or word.endswith("s"):
        return None
    first = start - len(article[0])
    hedged = _SINCE_AFTER.match(folded, end) and hedged_before(folded[:first] + " ")
    if not hedged and not _SHARE_AFTER.match(folded, end):
        return None
    return _plain(first, end, 100 / words().parts[word], "share", "percent")


def _half(folded: str, start: int, end: int) -> Numeral | None:
    scaled = re.compile(r"\s+an?\s+([a-z]+)|[\s-]+([a-z]+)").match(folded, end)
    scale = words().scales.get((scaled[1] or scaled[2]) if scaled else "")
    if scaled and scale:
        value = 0.5 * scale
        return Numeral(start, scaled.end(), value, value, scale=scale, spelled=True)
    if not re.compile(r"\s+(?:of|the|a\s+percent|that|as|its|their|those)\b|\s*[.,;)]").match(
        folded, end
    ):
        return None
    return _plain(start, end, 50.0, "share", "percent")


def _bare_scale(folded: str, start: int, end: int, scale: float) -> Numeral | None:
    """Return "a million", "several thousand"; a scale alone is no number."""
    article = _ARTICLE.search(folded, max(0, start - 20), start)
    if not article:
        return None
    value, stop = _run(folded, end, scale)
    lead = article[1].split()[0]
    if lead in _SEVERAL:
        low, high = _SEVERAL[lead]
        return Numeral(article.start(), stop, low * value, high * value, "vague", spelled=True)
    value *= {"half": 0.5, "quarter": 0.25}.get(lead, 1.0)
    return Numeral(article.start(), stop, value, value, scale=scale, spelled=True)


def _cardinal(folded: str, start: int, end: int) -> Numeral:
    value, stop = _run(folded, end, float(words().cardinals[folded[start:end]]))
    if half := _HALF_MORE.match(folded, stop):
        part = 0.5 if half[1] == "half" else 0.25
        value, stop = _run(folded, half.end(), value + part)
    ratio = _NEXT.match(folded, stop)
    if ratio and not ratio[2] and ratio[3] in words().parts and value < words().parts[ratio[3]]:
        return _plain(start, ratio.end(), 100 * value / words().parts[ratio[3]], "share", "percent")
    if share := out_of(folded, stop, value):
        return _plain(start, share[1], share[0], "share", "percent")
    return Numeral(start, stop, value, value, scale=last_scale(value), spelled=True)


def out_of(folded: str, end: int, value: float) -> tuple[float, int] | None:
    """Return the percentage and end of "in five", "out of ten" behind a number."""
    said = _OUT_OF.match(folded, end)
    if not said:
        return None
    whole = float(
        words().cardinals.get(said[1], 0)
        or (said[1] if said[1].isdecimal() and len(said[1]) < 7 else 0)
    )
    outright = "out" in said[0] or whole in (3, 4, 5, 6, 7, 8, 9, 10, 100, 1000)
    return (100 * value / whole, said.end()) if outright and whole > value else None


def last_scale(value: float) -> float:
    """Return the largest of thousand, million, billion … in a round value."""
    return next((scale for scale in (1e12, 1e9, 1e6, 1e3) if value >= scale), 1.0)


def _run(folded: str, end: int, value: float) -> tuple[float, int]:
    """Go on through "hundred and twenty thousand" and return the value and where it ends."""
    known, total, now, stop = words(), 0.0, value, end
    for _ in range(12):
        following = _NEXT.match(folded, stop)
        if not following:
            break
        word = following[3]
        if word in known.scales and not following[2]:
            now *= known.scales[word]
            if known.scales[word] >= 1000:
                total, now = total + now, 0.0
        elif word in known.cardinals and _adds(now, total, known.cardinals[word], following):
            now += known.cardinals[word]
        else:
            break
        stop = following.end()
    return total + now, stop


def _adds(now: float, total: float, more: float, following: re.Match[str]) -> bool:
    """Whether a cardinal continues the number before it: twenty one, hundred (and) five."""
    if now == 0.0 and total:
        return more > 0
    if now % 100 >= 20 and now % 10 == 0:
        return 0 < more < 10 and not following[2]
    return now >= 100 and now % 100 == 0 and 0 < more < 100
