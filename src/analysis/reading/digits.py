"""Numbers in figures, with what follows them closely: 7.71 million, 500k, 10.05 crore, 618.8万."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.figures_zh import value as chinese_value
from analysis.reading.model import Numeral
from analysis.reading.spelled_en import last_scale, out_of
from analysis.reading.tables import alternation, english_units, kind_of_unit, language

PATTERN = (  # the first with a footnote's mark behind it: 3,4001
    r"(?<![\d,./-])(?!\d{1,2},(?:19|20)\d\d\b)[1-9]\d{0,2}(?:,\d{3})+(?=[1-9]\d?(?:[\s;:)]|$))"
    r"|(?<![\d,])\d{1,3},\d{1,2}(?=\s?%|\s(?:percent|per\scent|million|billion|trillion)\b)"
    r"|\d{1,3}(?:,\d{2,3}){0,6},\n?\d{3}(?!\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\u0020\d{3}){1,5}(?!\d|\u0020\d)(?:\.\d+)?"
    r"|\d{1,3}(?:\.\d{3}){2,5}(?![\d.])"
    r"|\d+(?:\.\d+)?"
)
_DECIMAL_COMMA = re.compile(r"\d{1,3},\d{1,2}")
_FRACTION = re.compile(r"\s?[½¼¾⅓⅔]")
_MIXED = re.compile(r" ([123])/([2-4])(?![\d/])")  # 2 1/2
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_OVER = re.compile(r"/(\d{1,3})(?![\d/])(?=\s+of\b|的|\s+the\b|\s?(?:以上|左右))")
_CHINESE = re.compile(
    r"\s{0,12}([多余几来])?\s{0,2}([十百千]?[多余几]?(?:万亿|[万亿])|千(?![克米瓦卡赫帕焦])|百(?!分))"
    r"(?:\s?(\d+(?:\.\d+)?)\s?([百千]?万|千(?![克米瓦卡])))?([多余])?"
)
_ODD = re.compile(
    r"\s{0,2}([多余])(?=[个名位户人项条家种类座所批次件台辆张份年月天亩元公吨万亿省县村])"
)
_COUNTED = re.compile(r"\s+(?!wide|long|high|deep|tall|of\b|in\b|and\b|above|below|from)[a-z]{3}")
_MARK = re.compile(r"\d{1,2}")  # of a footnote
_NOUN = re.compile(r"\s+([a-z]+)")
_LONGEST = 18
_SCALE = {"十": 10.0, "百": 100.0, "千": 1000.0, "": 1.0}


@cache
def _scales() -> dict[str, float]:
    rows = language("en")
    return {**rows["scales"], **rows["scales_behind_figures"]}


@cache
def _scale_pattern() -> re.Pattern[str]:
    rows = language("en")
    scale = alternation(_scales())
    letters = alternation([*rows["letters"], *rows["money_letters"]])
    return re.compile(
        rf"(?:[\s-]{{1,2}}| {{3,12}}|(?<=\d))({scale})\b(?:[\s-]({scale})\b)?|\s?({letters})(?![a-z\d])"
    )


def closes(letters: str) -> bool:
    """Whether letters that touch figures are a scale: 500k, 1.7bn."""
    rows = language("en")
    return letters in rows["letters"] or letters in rows["money_letters"]


def figure(folded: str, start: int, end: int, *, money: bool) -> Numeral | None:
    """Return the number at a run of figures, with its scale; None where it is too long for one.

    Parameters
    ----------
    folded : str
        Folded text.
    start, end : int
        Where the figures stand.
    money : bool
        Whether a sign of currency stands before it ($5b, £3m).

    Examples
    --------
    >>> figure("10.05 crore women", 0, 5, money=False).low
    100500000.0
    >>> figure("618.8万贫困人口", 0, 5, money=False).low
    6188000.0
    """
    written = folded[start:end]
    number = _number(written)
    if number is None:
        return None
    if mark := _MARK.match(folded, end):
        end = mark.end()
    if folded[end : end + 1] == " " and (mixed := _MIXED.match(folded, end)):
        number += float(mixed[1]) / float(mixed[2])
        end = mixed.end()
    if folded[end : end + 1] == "/" and (over := _OVER.match(folded, end)):
        return _over(folded, start, over, number)
    if folded[end : end + 13].isascii():
        return _english(folded, start, end, number, money=money)
    if part := _FRACTION.match(folded, end):
        number += _FRACTIONS[part[0].strip()]
        end = part.end()
    if end < len(folded) and (found := _CHINESE.match(folded, end)):
        return _chinese(folded, start, number, found)
    if found := _ODD.match(folded, end):
        return Numeral(start, found.end(), number, number, odd=True, chinese=True)
    return _english(folded, start, end, number, money=money)


def _number(written: str) -> float | None:
    if _DECIMAL_COMMA.fullmatch(written):
        return float(written.replace(",", "."))
    bare = written.replace(",", "").replace(" ", "").replace("\n", "")
    if bare.count(".") > 1:
        bare = bare.replace(".", "")
    whole = bare.partition(".")[0]
    return None if len(whole) > _LONGEST else float(bare)


def _over(folded: str, start: int, over: re.Match[str], number: float) -> Numeral | None:
    below = float(over[1])
    if not 0 < number < below or below > 100:
        return None
    share = 100 * number / below
    end = over.end()
    return Numeral(start, end, share, share, "share", unit="percent", unit_end=end)


def _chinese(folded: str, start: int, number: float, found: re.Match[str]) -> Numeral:
    lead = found[2][0] if found[2][0] in "十百千" else ""
    group = found[2][len(lead) :].lstrip("多余几")
    scale = _SCALE[lead] * {"万亿": 1e12, "万": 1e4, "亿": 1e8, "": 1.0}[group]
    value = _times(number, scale)
    if found[3]:
        value += _times(float(found[3]), chinese_value("一" + found[4]) or 1.0)
    odd = bool(found[1] or found[5]) or len(lead + group) < len(found[2])
    return Numeral(start, found.end(), value, value, scale=scale, odd=odd, chinese=True)


def _english(folded: str, start: int, end: int, number: float, *, money: bool) -> Numeral:
    found = _scale_pattern().match(folded, end)
    if share := None if found else out_of(folded, end, number):
        return Numeral(
            start, share[1], share[0], share[0], "share", unit="percent", unit_end=share[1]
        )
    if not found:
        return Numeral(start, end, number, number)
    scale = _english_scale(folded, found, money=money)
    if scale is None:
        return Numeral(start, end, number, number)
    value = _times(number, scale)
    return Numeral(
        start, found.end(), value, value, scale=last_scale(scale) if scale < 1e5 else scale
    )


def _english_scale(folded: str, found: re.Match[str], *, money: bool) -> float | None:
    rows = language("en")
    if letters := found[3]:
        if letters in rows["money_letters"]:
            return float(rows["money_letters"][letters]) if money else None
        spaced = found[0][0].isspace()
        if letters == "m" and not money and not _counts(folded, found.end(), spaced=spaced):
            return None
        if spaced and not money and letters not in ("bn", "mn", "tn", "cr", "m"):
            return None
        return float(rows["letters"][letters])
    first, second = (
        _scales()[" ".join(word.split())] if word else 1.0 for word in found.groups()[:2]
    )
    return first * second


def _counts(folded: str, end: int, *, spaced: bool) -> bool:
    """Whether an m is a million: "5m people", "1.1 m households"; not "5 m wide"."""
    if not spaced:
        return bool(_COUNTED.match(folded, end))
    noun = _NOUN.match(folded, end)
    return noun is not None and kind_of_unit().get(english_units().get(noun[1], "")) == "count"


def _times(number: float, scale: float) -> float:
    """Multiply without the dust of binary fractions: 618.8 × 10,000 is 6,188,000."""
    return float(f"{number * scale:.15g}")
