"""Reading a text: numbers found, joined, hedged and given their phrases, as candidates."""

from __future__ import annotations

import re

from analysis.reading import finding, hedges, phrases, ranges
from analysis.reading.fold import UNSEEN, fold, without
from analysis.reading.model import FIGURES, Candidate, Numeral
from analysis.reading.tables import kind_of_unit

_UPPER = frozenset({"nearly", "fewer_than", "at_most"})
_LOWER = frozenset({"more_than", "at_least"})
_DETERMINED = re.compile(
    r"\b(?:the|these|those|both|its|their|all|other|first|last|next|said|past|such)\s+$"
)


def read(
    text: str, lang: str | None = None, *, everything: bool = False, small: bool = False
) -> list[Candidate]:
    """Return the figures that a text states, in order, for a person to accept.

    Parameters
    ----------
    text : str
        English, Chinese (simplified or traditional), or both.
    lang : {"en", "zh"}, optional
        Read number words of this language only. Figures are read in any case.
    everything : bool, default False
        Return dates, ordinals, list markers and other non-figures too, each with its kind.
    small : bool, default False
        Return small words that count little in a text, too: "one brand", "the two countries".

    Returns
    -------
    list of Candidate
        Offsets are those of the text as given.

    Examples
    --------
    >>> (one,) = read("helped more than 850,000 people")
    >>> one.low, one.high, one.bound, one.unit
    (850000.0, None, 'more_than', 'persons')
    >>> [(one.low, one.bound, one.unit) for one in read("成交额超过17亿美元")]
    [(1700000000.0, 'more_than', 'USD')]
    """
    if UNSEEN.search(text):
        plain, place = without(UNSEEN, text)
        found = read(plain, lang, everything=everything, small=small)
        return [one._replace(start=place(one.start), end=place(one.end - 1) + 1) for one in found]
    folded = fold(text)
    numerals = finding.numbers_of(text, folded, lang)
    figures = [one for one in numerals if one.kind in FIGURES]
    figures = ranges.join(folded, figures)
    ranges.apposed(folded, figures)
    for one in figures:
        one.bound, one.hedge, one.hedge_start = hedges.bound_of(folded, one)
    ranges.hand_on(folded, figures)
    _whose_yuan(text, figures)
    sentences = phrases.Sentences(text, folded)
    made = [
        _candidate(text, folded, one, sentences) for one in figures if small or _kept(folded, one)
    ]
    if everything:
        made += [_other(text, one) for one in numerals if one.kind not in FIGURES]
        made.sort(key=lambda one: one.start)
    return made


_HONG_KONG = re.compile("港府|本港|港幣|港元|特區政府|立法會|財政司")
_TAIWAN = re.compile("新台幣|新臺幣|行政院|立法院|主計總處")


def _whose_yuan(text: str, figures: list[Numeral]) -> None:
    """Take a bare 元 for dollars of Hong Kong or Taiwan in a text of theirs."""
    yuan = [one for one in figures if one.unit == "CNY"]
    if not yuan or "人民幣" in text or text.isascii():
        return
    code = "HKD" if _HONG_KONG.search(text) else "TWD" if _TAIWAN.search(text) else ""
    for one in yuan:
        if code and text[one.end : one.unit_end].strip() == "元":
            one.unit = code


_LONE_UNITS = frozenset(
    {"percent", "times", "percentage points", "persons", "CNY", "months", "years"}
)


def _kept(folded: str, one: Numeral) -> bool:
    """Whether a number is worth showing: bare small words and names are not."""
    if one.kind == "vague":
        return True
    if one.unit == "times (occasions)" and one.spelled and one.low <= 3:
        return False
    if one.scale > 1.0:
        return True
    if finding.joined().match(folded, one.end):
        return False
    if one.spelled and one.chinese:
        return one.low != 1 or one.unit in _LONE_UNITS
    if one.spelled and one.kind in ("number", "count", "duration"):
        return _kept_word(folded, one)
    return True


def _kept_word(folded: str, one: Numeral) -> bool:
    """Whether a small English number word counts: not "one", not "the two", not without a unit."""
    if one.low == 1 and not one.is_range:
        return False
    before = folded[max(0, one.start - 12) : one.start]
    if one.low <= 10 and one.kind != "duration" and _DETERMINED.search(before):
        return False
    return bool(one.unit)


def _candidate(text: str, folded: str, one: Numeral, sentences: phrases.Sentences) -> Candidate:
    low: float | None = one.low
    high: float | None = one.high
    if one.bound in _UPPER:
        low = None
    elif one.bound in _LOWER:
        high = None
    money = one.unit if kind_of_unit().get(one.unit) == "money" else ""
    return Candidate(
        one.start,
        one.end,
        phrases.stated(text, folded, one),
        low,
        high,
        one.bound,
        one.unit,
        money,
        phrases.rate(folded, one),
        phrases.counted(text, folded, one),
        sentences.period(one.start, one.end),
        sentences.place(one.start, one.end),
        one.kind,
        _score(one),
        _why(one),
    )


def _score(one: Numeral) -> float:
    """Return how sure the reading is: a unit of a table, a scale, a hedge make it surer."""
    score = 0.55
    known = one.unit in kind_of_unit()
    score += 0.25 if known else 0.1 if one.unit else -0.15
    score += 0.1 if one.scale > 1 or one.low >= 1000 else 0.0
    score += 0.08 if one.bound != "exact" else 0.0
    if one.kind == "vague":
        score = 0.35
    elif one.kind == "duration":
        score = min(score, 0.5)
    elif one.spelled and one.scale == 1.0 and one.kind in ("count", "number") and one.low <= 20:
        score = min(score, 0.45)
    return round(min(score, 0.98), 2)


def _why(one: Numeral) -> str:
    parts = [f"unit {one.unit}" if one.unit else "no unit found"]
    if one.hedge:
        parts.append(f"{one.hedge!r} makes it {one.bound}")
    if one.scale > 1:
        parts.append(f"scale {one.scale:g}")
    if one.spelled:
        parts.append("number in words")
    return "; ".join(parts)


def _other(text: str, one: Numeral) -> Candidate:
    rank = one.low or None
    words = text[one.start : one.end]
    why = f"{one.kind.replace('_', ' ')}, no figure"
    return Candidate(
        one.start, one.end, words, rank, rank, "exact", kind=one.kind, why=why, score=0.0
    )
