"""Numbers and dates of a sentence in English or Chinese, as the words of charts are held against data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from analysis.reading import dates
from analysis.reading.figures_zh import value as chinese_value
from analysis.reading.finding import numbers_of
from analysis.reading.fold import fold
from analysis.reading.hedges import before
from analysis.reading.model import FIGURES, Numeral
from analysis.reading.said import significant
from analysis.reading.spelled_en import words
from analysis.words.catalogue import check_language

DATE = "date"
FEWEST_DIGITS = 2  # fewer are not believed
PARTS = {"percent": 100.0, "percentage points": 100.0}
WAYS = dict.fromkeys(("nearly", "fewer_than", "at_most"), ("up",)) | dict.fromkeys(
    ("more_than", "at_least"), ("down",)
)
COUNTED = "个份种项条段届类对级组口年月天倍家行列处步县轮批张"
_DIGIT = re.compile(r"\d")
_BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_IN_A_NAME = re.compile(r"[A-Za-z][-\d,.]*$")  # HC3, COVID-19
# the reader passes over "if half are", and takes a fraction in figures for one only before "of"
_FRACTION = re.compile(
    r"\b(?P<half>half)\b|(?<![\d/.,])(?P<over>\d+)/(?P<under>\d+)(?![\d/])", re.I
)
_RANGE = re.compile(r"(?:万|亿|万亿|元|年)?\s*(?:to|-|–|—|至|到)\s*")
_LIST = re.compile(r"(?: yuan|元|人|倍)?(?:, | and | or |, and |, or |、|和|或)")


@dataclass(frozen=True)
class Said:
    """A number or a date that a text says.

    Parameters
    ----------
    text : str
        As written.
    value : float
        In base units, a percentage as a part of one; 0 for a date.
    digits : int
        Fewest significant digits that the writing lets a reader believe in.
    kind : {"plain", "percent", "word", "fraction", "date"}
        How it is written.
    ways : tuple of str
        Roundings that would be true: "down" behind "at least", "up" behind "at most", else "nearest"; of a date
        "from" and "to" where it begins or ends a span.
    date : str
        "2021", "2021-08" or "2021-08-23"; without a year "-08-23"; "" for a number.
    """

    text: str
    value: float
    digits: int
    kind: str
    ways: tuple[str, ...] = ("nearest",)
    date: str = ""


Placed = tuple[int, int, Said, float]  # start, end, what is said, and its scale


def numbers_said(text: str, lang: str) -> list[Said]:
    """Every number and date of a text, in order.

    Numbers are those of the reader, and, so that none is passed over, what the reader takes for no
    figure (a page, an ordinal in figures, "two-way"), unless it is part of a name.

    Examples
    --------
    >>> [(one.value, one.kind) for one in numbers_said("20% of 7.71 million people", "en")]
    [(0.2, 'percent'), (7710000.0, 'plain')]
    >>> [(one.date or one.value) for one in numbers_said("2021年8月，两项共500万人", "zh")]
    ['2021-08', 2.0, 5000000.0]
    """
    check_language(lang)
    found: list[Placed] = [
        (one.start, one.end, Said(one.text, 0.0, 0, DATE, date=one.date), 1.0)
        for one in dates(text)
    ]
    rest = _without(text, [one[:2] for one in found])
    numerals = numbers_of(rest, fold(rest), lang)
    taken = [(one.start, one.end) for one in numerals if one.kind in FIGURES and one.unit]
    fractions = _FRACTION.finditer(_without(rest, taken))
    found += [
        (*match.span(), _fraction(match), 1.0)
        for match in fractions
        if lang == "en" or match["over"]
    ]
    rest = _without(rest, [one[:2] for one in found])
    numerals = [one for one in numbers_of(rest, fold(rest), lang) if _counts(rest, one)]
    found += [placed for one in numerals for placed in _placed(rest, one)]
    return _joined(text, sorted(found, key=lambda one: one[:2]))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks for what is read already."""
    for start, end in spans:
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


def _fraction(match: re.Match[str]) -> Said:
    value = 0.5 if match["half"] else int(match["over"]) / max(int(match["under"]), 1)
    return Said(match[0], value, FEWEST_DIGITS, "fraction")


def _counts(text: str, one: Numeral) -> bool:
    """Whether a number must be held against the data: not "one", which is a pronoun, nor 第三."""
    written = text[one.start : one.end]
    if _DIGIT.search(written):
        return one.kind in FIGURES or not _IN_A_NAME.search(text[: one.start])
    return one.low != 1 if one.kind in FIGURES else _passed_over(text, one) > 1


def _passed_over(text: str, one: Numeral) -> float:
    """What a word counts that the reader takes for a name or a label: two-way, 七届合计; 0 of 第三届."""
    written = text[one.start : one.end]
    if written.isascii():
        return words().cardinals.get(written.lower(), 0.0)
    counts = text[one.end : one.end + 1] in tuple(COUNTED) and text[: one.start][-1:] != "第"
    return (chinese_value(written) or 0.0) if counts else 0.0


def _placed(text: str, one: Numeral) -> Iterator[Placed]:
    """A number with its place; of a label in figures (pages 3-5), each."""
    written = text[one.start : one.end]
    if one.kind in FIGURES:
        yield one.start, one.end, _said(text, written, one), one.scale
    elif _DIGIT.search(written):
        for match in _BARE.finditer(text, one.start, one.end):
            value, digits = float(match[0].replace(",", "")), significant(match[0])
            said = Said(match[0], value, max(digits, FEWEST_DIGITS), "plain")
            yield *match.span(), said, 1.0
    else:
        said = Said(written, _passed_over(text, one), FEWEST_DIGITS, "word")
        yield one.start, one.end, said, 1.0


def _said(text: str, written: str, one: Numeral) -> Said:
    digits = max(significant(written), FEWEST_DIGITS)
    part = PARTS.get(one.unit, 1.0)
    hedge = before(fold(text), one.before or one.start)
    ways = WAYS.get(hedge.bound if hedge else "", ("nearest",))
    return Said(written, one.low / part, digits, _kind(written, one), ways)


def _kind(written: str, one: Numeral) -> str:
    in_figures = bool(_DIGIT.search(written))
    if one.unit in PARTS and "/" not in written and (in_figures or "成" in written):
        return "percent"
    if one.unit in PARTS or one.kind == "multiple":
        return "fraction"
    return "plain" if in_figures else "word"


def _joined(text: str, found: list[Placed]) -> list[Said]:
    """Read ranges and lists as a whole: 5 to 7 million; at least 3, 4 or 5; about 6 (5 to 7), rounded outwards."""
    said = [one[2] for one in found]
    for place in range(len(found) - 1):
        (start, end, _, scale), (following, _, _, next_scale) = found[place : place + 2]
        low, high, between = said[place], said[place + 1], text[end:following]
        if _RANGE.fullmatch(between):
            grown = next_scale if scale == 1 else 1.0
            bracketed = text[:start].endswith(("(", "（"))
            said[place : place + 2] = _range(low, high, grown, bracketed=bracketed)
        elif (
            _LIST.fullmatch(between)
            and DATE not in (low.kind, high.kind)
            and high.ways == ("nearest",)
        ):
            said[place + 1] = replace(high, ways=low.ways)
    return said


def _range(low: Said, high: Said, scale: float, *, bracketed: bool) -> tuple[Said, Said]:
    if DATE in (low.kind, high.kind):
        return (
            (replace(low, ways=("from",)), replace(high, ways=("to",)))
            if low.kind == high.kind
            else (low, high)
        )
    if low.kind == "plain" and abs(low.value) < 1000:
        if high.kind == "percent":
            low = replace(low, value=float(f"{low.value / 100:.12g}"), kind=high.kind)
        elif scale > 1:
            low = replace(low, value=float(f"{low.value * scale:.12g}"))
    if bracketed:
        return replace(low, ways=("down",)), replace(high, ways=("up",))
    return low, replace(high, ways=low.ways) if high.ways == ("nearest",) else high
