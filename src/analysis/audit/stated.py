"""Whether the words quoted say the number, the bound and the unit that the row of a claims table holds."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from analysis.audit.words import Number, numbers
from analysis.methods.consistency import Check

NEAR = 8  # characters between a word such as "more than" and its number
CLOSE = 1e-9
BOUND_WORDS = {
    "more_than": r"more than|over|above|exceed(?:s|ed|ing)?|breakthrough of",
    "at_least": r"at least|no fewer than",
    "nearly": r"nearly|almost",
    "fewer_than": r"fewer than|less than|up to",
    "about": r"about|around|some|roughly|approximately|c\.",
}
SAME_SIDE = ({"more_than", "at_least"}, {"nearly", "fewer_than"})
NOUNS = {
    "person": r"people|persons|farmers|workers|talents|residents|labou?rers",
    "share": r"%|per ?cent|\ball\b|\bhal(?:f|ve|ved)\b",
    "rank": r"\bfirst\b|\bsecond\b|\bthird\b|\d(?:st|nd|rd|th)\b",
    "session": r"sessions?|fairs?\b",
    "attendance": r"attend(?:ees|ances?)",
    "training_session": r"training sessions?",
    "county": r"count(?:y|ies)",
    "policy": r"polic(?:y|ies)",
    "brand/county": r"brands?",
} | {
    name: rf"{name}s?\b"
    for name in [
        "aspect",
        "measure",
        "task",
        "department",
        "center",
        "zone",
        "station",
        "store",
        "enterprise",
        "village",
        "year",
        "tier",
    ]
}
CURRENCIES = {"USD": r"\$|dollars?", "CNY": r"yuan|RMB|renminbi"}


def parse(words: str, low: float, high: float) -> Check:
    """Whether the numbers of a row stand in its words.

    Two ordinals are also read as a span with both ends counted ("from the 122nd to the 128th" is 7).

    Returns
    -------
    Check
        ``conflict``: the words hold numbers, and the row's is not among them. ``warn``: it stands
        there as a plural only. ``ambiguous``: there is no number in the words.

    Examples
    --------
    >>> parse("some 7.71 million farmers either start a business", 7_710_000, 7_710_000).status
    'pass'
    >>> parse("a total of 86.69 million yuan", 866_900_000, 866_900_000).reason
    'the words say 86.69 million, the row 866,900,000'
    """
    found = numbers(words)
    if not found:
        return Check("ambiguous", "there is no number in the words quoted")
    if low == high and (span := _span(found)) == low:
        return Check("pass", f"{found[0].text} to {found[1].text}, both counted, are {span:,.12g}")
    kinds = {
        end: {one.kind for one in found if math.isclose(one.value, end, rel_tol=CLOSE)}
        for end in (low, high)
    }
    if absent := [end for end, kind in kinds.items() if not kind]:
        return Check(
            "conflict",
            f"the words say {', '.join(one.text for one in found)}, the row {absent[0]:,.12g}",
        )
    if {"plural"} in kinds.values():
        return Check(
            "warn", f"{found[0].text!r} names a magnitude; {low:,.12g} is its lowest reading"
        )
    return Check("pass", f"the words say {', '.join(one.text for one in found)}")


def _span(found: tuple[Number, ...]) -> float:
    ordinals = [one.value for one in found if one.kind == "ordinal"]
    return ordinals[1] - ordinals[0] + 1 if len(ordinals) == 2 else math.nan


def bound(words: str, coded: str) -> Check:
    """Whether the words around a number say the bound that the row holds.

    Returns
    -------
    Check
        ``conflict``: the words say another one. ``warn``: they say another one of the same side, or
        none where the row is open. Without a word, a figure is exact or rounded.

    Examples
    --------
    >>> bound("deals worth more than $1.7 billion", "about").reason
    "the words say 'more_than', the row 'about'"
    """
    said = _bound_word(words)
    if said == coded:
        return Check("pass", f"the words say {said!r}")
    if not said:
        closed = coded in ("exact", "about")
        return Check(
            "pass" if closed else "warn",
            f"no word at the number says more or less; the row has {coded!r}",
        )
    near = any({said, coded} <= side for side in SAME_SIDE)
    return Check("warn" if near else "conflict", f"the words say {said!r}, the row {coded!r}")


def _bound_word(words: str) -> str:
    found = numbers(words)
    if any(one.kind == "plural" for one in found):
        return "at_least"
    for name, pattern in BOUND_WORDS.items():
        for match in re.finditer(rf"\b(?:{pattern})", words, re.IGNORECASE):
            if any(0 <= one.start - match.end() <= NEAR for one in found):
                return name
    figures = [one for one in found if one.kind == "figure"]
    between = words[figures[0].start : figures[1].start] if len(figures) > 1 else ""
    return "range" if re.search(r"\bto\s*$", between) else ""


def unit(words: str, coded: str, nouns: Mapping[str, str] = NOUNS) -> Check:
    """Whether currency signs and counted nouns in the words fit the unit of the row.

    Parameters
    ----------
    words : str
    coded : str
        Unit of the row, such as ``person`` or ``CNY/person``.
    nouns : mapping
        Pattern of the nouns for each unit that is not money.

    Returns
    -------
    Check
        ``conflict``: another currency, or the noun of another unit and not its own. ``ambiguous``:
        the words name neither.

    Examples
    --------
    >>> unit("contracted purchases reaching 42 billion yuan", "USD").status
    'conflict'
    """
    signs = [
        name for name, pattern in CURRENCIES.items() if re.search(pattern, words, re.IGNORECASE)
    ]
    money = coded[:3] if coded[:3] in CURRENCIES else ""
    if signs or money:
        if money in signs:
            return Check("pass", f"the words name {money}")
        status = "conflict" if signs else "ambiguous"
        return Check(
            status, f"the words name {' and '.join(signs) or 'no currency'}, the row {coded}"
        )
    named = [name for name, pattern in nouns.items() if re.search(pattern, words, re.IGNORECASE)]
    if coded in named:
        return Check("pass", f"the words name what {coded} counts")
    if named and coded in nouns:
        return Check("conflict", f"the words name {', '.join(named)}, the row {coded}")
    return Check("ambiguous", f"the words quoted do not name what {coded} counts")
