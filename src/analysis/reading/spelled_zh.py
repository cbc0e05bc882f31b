"""Chinese numbers in characters: 三四十万, 近六千, 七成, 三分之二, 翻一番, 十余, 两倍, 百分之十."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from analysis.reading.figures_zh import LONGEST, value
from analysis.reading.model import Numeral
from analysis.reading.tables import alternation, language

CHARACTERS = "零〇一二三四五六七八九十百千万亿两几数半廿壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGIT = "一二两三四五六七八九"
_RATIO = re.compile(
    r"([一二三四五六七八九十百千]{1,4}[万亿]?|[万亿])分之([一二三四五六七八九十百千万零〇两点]{1,12}|\d+(?:\.\d+)?)([多几])?"
)
_DOUBLE = re.compile(r"翻(?:了)?([一二两三四])?[番倍]")
_TENTHS = re.compile(
    r"([一二两三四五六七八九][一二三四五六七八九]?|\d(?:\.\d)?)([多余])?成([一二三四五六七八九半])?(?![为立员功果本长年就绩都份效熟品分色县渝交形型因对])"
)
_PAIR = re.compile(
    rf"(?<![{CHARACTERS}\d])(十)?([{_DIGIT}])([{_DIGIT}])([十百千万亿]{{0,4}})(?![{CHARACTERS}分])"
)
_VAGUE = re.compile(r"([数几]|好几|若干)([十百千万亿]{1,4})([多余])?")
_SOME = re.compile(rf"([{_DIGIT}]?十)几([万亿]{{0,2}})")
_ODD = re.compile(r"([多余几来])([万亿]{1,2})?([多余])?")
_WHOLE = re.compile(rf"[{CHARACTERS}点]+")


def anchors() -> str:
    """Return a pattern of where a Chinese number in characters can begin."""
    share = rf"分之[{CHARACTERS}点\d.]+"
    point = r"点[零〇一二三四五六七八九]+[万亿]{0,2}"
    return rf"翻了?[一二两三四]?[番倍]|过半|[{CHARACTERS}]+(?:{share}|{point})?"


@cache
def _names() -> re.Pattern[str]:
    return re.compile(alternation(language("zh")["names"]["words"]))


@cache
def _counters() -> re.Pattern[str]:
    return re.compile(r"\s?(?:" + alternation(language("zh")["counters"]["words"]) + ")")


def name_at(folded: str, start: int, end: int) -> int:
    """Return where a saying or name around a number ends, or 0.

    Examples
    --------
    >>> name_at("推进一带一路建设", 2, 3)
    6
    """
    for first in range(max(0, start - 2), min(end, start + LONGEST)):
        found = _names().match(folded, first)
        if found and found.end() > start and not _counts(folded, start, end, found):
            return found.end()
    return 0


def _counts(folded: str, start: int, end: int, found: re.Match[str]) -> bool:
    """Whether a short name is only part of a longer number, 十分之一, 一百户, or counts: 十五个."""
    number = folded[start:end]
    if "分之" in number or (
        found[0] == number and folded[end : end + 1] in tuple("个项名家户种条")
    ):
        return True
    longer = end > found.end() or folded[end : end + 2] == "分之"
    return longer and found.start() >= start and len(found[0]) <= 2


def spelled(folded: str, start: int, end: int) -> Numeral | None:
    """Return the Chinese number at some characters, or None where they are none.

    Examples
    --------
    >>> one = spelled("三四十万元", 0, 4)
    >>> one.low, one.high, one.end
    (300000.0, 400000.0, 4)
    >>> spelled("三分之二的县", 0, 1).unit, spelled("七成农户", 0, 1).low
    ('percent', 70.0)
    """
    near = folded[start : start + 6]
    for read, sign in _WAYS:
        if sign in near and (found := read(folded, start)):
            return found
    return _plain(folded, start, end)


def _share(start: int, end: int, percent: float, *, odd: bool = False) -> Numeral:
    percent = float(f"{percent:.15g}")
    return _made(start, end, percent, kind="share", unit="percent", unit_end=end, odd=odd)


def _made(start: int, end: int, low: float, high: float | None = None, **more: Any) -> Numeral:
    """A number in Chinese characters; a range where it has a higher end."""
    high = low if high is None else high
    return Numeral(start, end, low, high, spelled=True, chinese=True, **more)


def _ratio(folded: str, start: int) -> Numeral | None:
    found = _RATIO.match(folded, start)
    if not found:
        return None
    below = value(found[1]) or {"百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}.get(found[1])
    above = float(found[2]) if found[2][0].isdecimal() else value(found[2].rstrip("万"))
    if not below or above is None:
        return None
    return _share(start, found.end(), 100 * above / below, odd=bool(found[3]))


def _double(folded: str, start: int) -> Numeral | None:
    found = _DOUBLE.match(folded, start)
    if not found:
        return None
    times = value(found[1]) if found[1] else 1.0
    doubled = 2.0 ** (times or 1.0) if found[0].endswith("番") else max(times or 2.0, 2.0)
    end = found.end()
    return _made(start, end, doubled, kind="multiple", unit="times", unit_end=end)


def _tenths(folded: str, start: int) -> Numeral | None:
    found = _TENTHS.match(folded, start)
    if not found:
        return None
    ends = [value(char) or 0.0 for char in found[1]]
    more = 5.0 if found[3] == "半" else value(found[3]) or 0.0 if found[3] else 0.0
    one = _share(start, found.end(), 10 * ends[0] + more, odd=bool(found[2]))
    if len(ends) == 2:
        if ends[1] != ends[0] + 1:
            return None
        one.high = 10 * ends[1]
    return one


def _half(folded: str, start: int) -> Numeral | None:
    for word, percent in language("zh")["parts"].items():
        if folded.startswith(word, start):
            one = _share(start, start + len(word), float(percent))
            one.odd = word in ("过半", "大半")
            return one
    return None


def _vague(folded: str, start: int) -> Numeral | None:
    found = _VAGUE.match(folded, start)
    if not found:
        return None
    scale = value("一" + found[2]) or 1.0
    return _made(start, found.end(), 2 * scale, 9 * scale, kind="vague", scale=scale)


def _some(folded: str, start: int) -> Numeral | None:
    """Return 十几 as 11 to 19, 二十几万 as 210,000 to 290,000."""
    found = _SOME.match(folded, start)
    if not found:
        return None
    tens, scale = value(found[1]) or 10.0, value("一" + found[2]) or 1.0
    low, high = (tens + 1) * scale, (tens + 9) * scale
    return _made(start, found.end(), low, high, scale=scale)


def _pair(folded: str, start: int) -> Numeral | None:
    """Return neighbours as a range: 三四十万 is 300,000 to 400,000, 十七八 17 to 18."""
    found = _PAIR.match(folded, start)
    if not found or (found[1] and found[4][:1] == "十"):
        return None
    low, high = value(found[2]) or 0.0, value(found[3]) or 0.0
    if high != low + 1 and (low, high) != (3, 5):
        return None
    if not found[4] and not _counters().match(folded, found.end()):
        return None
    ten, scale = (10.0 if found[1] else 0.0), value("一" + found[4]) or 1.0
    return _made(start, found.end(), (ten + low) * scale, (ten + high) * scale, scale=scale)


def _plain(folded: str, start: int, end: int) -> Numeral | None:
    whole = _WHOLE.match(folded, start)
    if not whole:
        return None
    word = whole[0].rstrip("点")
    number = value(word.removeprefix("半")) if word != "半" else None
    if number is None:
        return None
    stop, odd = start + len(word), False
    if found := _ODD.match(folded, stop):
        group = found[2]
        if (
            found[1] in "多余"
            or (group and found[1] in "几来")
            or (found[1] in "几来" and word[-1] in "十百")
        ):
            number *= value("一" + group) or 1.0 if group else 1.0
            stop, odd = found.end(), True
    if folded[stop : stop + 1] == "半" and word[-1] in "万亿年个":
        stop += 1
    return _made(start, stop, number, scale=_scale(folded[start:stop]), odd=odd)


# ways to read a number, in order, each with what must stand in its first six characters
_WAYS = (
    (_ratio, "分之"),
    (_double, "翻"),
    (_tenths, "成"),
    (_half, "半"),
    (_vague, ""),
    (_some, "几"),
    (_pair, ""),
)


def _scale(word: str) -> float:
    return 1e8 if "亿" in word else 1e4 if "万" in word else 1.0


def counted_after(folded: str, end: int) -> bool:
    """Whether a measure word or unit follows, as behind a number that counts."""
    return bool(_counters().match(folded, end))
