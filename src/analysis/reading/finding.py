"""Finding the numbers of a text: figures with their units, and what is no figure with its kind."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from analysis.reading import figures_zh, hedges, no_figure, spelled_en, spelled_zh, units
from analysis.reading.digits import PATTERN, figure
from analysis.reading.model import Kind, Numeral
from analysis.reading.tables import alternation, kind_of_unit, language

_OPENING = re.compile(r"(?:^|\n|[.!?:;\"]\s*|\s-\s)[\s•*\"]*$")
_DIGITS = re.compile(PATTERN)
_FIRST = re.compile(rf"[\d{spelled_zh.CHARACTERS}翻过]")
_FIRST_EN = re.compile(r"\d")
_HANZI = re.compile(spelled_zh.anchors())


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of number words; it begins at what parts words, to pass over the rest."""
    firsts = "".join(sorted({word[0] for word in spelled_en.starts()}))
    return re.compile(rf"[^a-z'](?=[{firsts}])({spelled_en.anchors()})(?![a-z])")


def _anchors(folded: str, lang: str | None) -> list[tuple[int, int, str]]:
    """Return every place where a number can begin, where its first part ends, and what it is."""
    places: list[tuple[int, int, str]] = []
    first, at = _FIRST_EN if lang == "en" or folded.isascii() else _FIRST, 0
    while found := first.search(folded, at):
        start = found.start()
        digits = _DIGITS.match(folded, start)
        whole = digits or _HANZI.match(folded, start)
        at = whole.end() if whole else start + 1
        if whole:
            places.append((start, at, "digits" if digits else "hanzi"))
    if lang == "zh":
        return places
    words = _words().finditer("\n" + folded)
    places += [(match.start(1) - 1, match.end(1) - 1, "word") for match in words]
    return sorted(places)


def numbers_of(text: str, folded: str, lang: str | None = None) -> list[Numeral]:
    """Return every number of a folded text, figures with their units, others with their kind."""
    found: list[Numeral] = []
    after = 0
    for start, end, group in _anchors(folded, lang):
        if start < after:
            continue
        numeral = _at(text, folded, start, end, group)
        if numeral:
            after = max(numeral.end, end)
            found.append(numeral)
    return found


def _at(text: str, folded: str, start: int, end: int, group: str) -> Numeral | None:
    if group == "digits":
        return _digits(text, folded, start, end)
    if group == "hanzi":
        return _hanzi(folded, start, end)
    return _word(text, folded, start, end)


def _digits(text: str, folded: str, start: int, end: int) -> Numeral | None:
    currency, before = units.sign_before(folded, start)
    if not currency:
        currency, before = units.letter_before(text, folded, start, end)
    if not currency and (other := no_figure.figures(text, folded, start, end)):
        rank = _rank(folded[start:end]) if other[0] == "ordinal" else 0.0
        return Numeral(start, max(end, other[1]), rank, rank, other[0])
    numeral = figure(folded, start, end, money=bool(currency))
    if not numeral:
        return Numeral(start, end, 0.0, 0.0, "identifier")
    if _per_hundred(folded, start, numeral):
        return numeral
    _point_and_sign(folded, numeral)
    numeral.before = before if currency else 0
    if currency:
        numeral.start = before
        numeral.unit, numeral.unit_end = currency, numeral.end
    return _unit(folded, numeral, currency)


_MINUS = re.compile(
    r"(?:(?<![\w)%.-])-|\bminus\s|(?<=[\u4e00-\u9fff])(?<![万亿兆千百十仟佰拾])-(?!\d+[月日年]))$"
)


def _point_and_sign(folded: str, one: Numeral) -> None:
    """Take in a decimal point without a zero (.5) and a minus sign."""
    if folded[one.start - 1 : one.start] == "." and folded[
        max(0, one.start - 2) : one.start - 1
    ] in ("", " ", "(", "\n"):
        digits = re.compile(r"\d+").match(folded, one.start)
        one.low = one.high = one.low / 10 ** len(digits[0]) if digits else one.low
        one.start -= 1
    tail = folded[max(0, one.start - 6) : one.start]
    if ("-" in tail[-1:] or "minus" in tail) and (
        found := _MINUS.search(folded, max(0, one.start - 6), one.start)
    ):
        one.low, one.high, one.start = -one.low, -one.high, found.start()


def _rank(written: str) -> float:
    return float(written) if written.isdecimal() and len(written) < 10 else 0.0


def _per_hundred(folded: str, start: int, numeral: Numeral) -> bool:
    """Whether 百分之 stands before figures: 百分之10."""
    if folded[start - 3 : start] != "百分之":
        return False
    numeral.before = numeral.start = start - 3
    numeral.unit, numeral.unit_end, numeral.kind = "percent", numeral.end, "share"
    numeral.chinese = True
    return True


def _unit(folded: str, numeral: Numeral, currency: str = "") -> Numeral:
    if numeral.unit and not currency:
        numeral.noun_end = numeral.unit_end
        return numeral
    found = units.unit_after(folded, numeral)
    kind = kind_of_unit().get(found.unit, "count" if found.unit else "number")
    if currency:
        if kind == "money":
            numeral.unit_end = found.end
        numeral.kind = "money"
        numeral.noun_end = numeral.unit_end
        return numeral
    numeral.unit, numeral.unit_end, numeral.noun_end = found
    if (
        found.unit in ("percent", "per mille", "percentage points")
        and folded[numeral.end : numeral.end + 1] in "%‰"
        and numeral.end < len(folded)
    ):
        numeral.end += 1
    if found.unit and numeral.kind == "number":
        numeral.kind = cast(Kind, kind)
    if not numeral.unit and (subject := units.unit_before(folded, numeral.start)):
        numeral.unit = subject
        numeral.kind = "count" if numeral.kind == "number" else numeral.kind
    return numeral


def _hanzi(folded: str, start: int, end: int) -> Numeral | None:
    if folded[start] in "一二三四五六七八九十两" and folded[start - 1 : start] == "第" and start:
        rank = figures_zh.value(folded[start:end]) or 0.0
        return Numeral(start, end, rank, rank, "ordinal")
    if stop := spelled_zh.name_at(folded, start, end):
        return Numeral(start, max(stop, start + 1), 0.0, 0.0, "name")
    numeral, furthest = spelled_zh.spelled(folded, start, end), min(end, start + 4) - 1
    while not numeral and folded[start] in "数几半" and start < furthest:
        start += 1
        numeral = spelled_zh.spelled(folded, start, end)
    if not numeral:
        return None
    if other := _hanzi_other(folded, start, numeral):
        return Numeral(start, numeral.end, 0.0, 0.0, other)
    currency, before = units.sign_before(folded, numeral.start)
    if currency:
        numeral.before, numeral.unit, numeral.unit_end = before, currency, numeral.end
    return _unit(folded, numeral, currency)


_DATE_ZH = re.compile(
    r"\s?(?:月(?!份以来)|[日号](?!均)|[时点](?!间)|(?:年|学年)(?=\d|[一二三四五六七八九十]{1,3}月))"
)
_SINCE_ZH = re.compile(r"\s?(?:个?季度?|个?月|年|天|周)")
_SPAN_ZH = re.compile(
    r"[至到-][一二两三四五六七八九十百\d]+\s?(?:个|名|年|天|倍|户|家|成|元|岁|人|万|亿|吨|亩|公里)"
)
_MONTHS_ZH = re.compile(r"[一二三四五六七八九十]{1,3}月?[至到-][一二三四五六七八九十]{1,3}月")


_RANK_ZH = re.compile(
    r"线(?!路|索|上|下)|级(?!以上|地震)|国集团|[·•][一二三四五六七八九十]|型糖|类(?:地区|城市|高校)|档(?!次)"
)
_BANKERS = frozenset("壹贰叁肆伍陆柒捌玖")  # alone they are words: 大陆, 队伍
_BARE = frozenset(("一", "半", "万", "亿", "百", "千", "十", "百万", "千万", "千百"))


def _hanzi_other(folded: str, start: int, numeral: Numeral) -> Kind | None:
    """Return what kind of non-figure a Chinese number is, None for a figure."""
    if numeral.unit or numeral.kind == "vague":
        return None
    if other := _ranked_or_dated(folded, start, numeral):
        return other
    word, end = folded[start : numeral.end], numeral.end
    if _SPAN_ZH.match(folded, end):
        return None
    if folded.startswith("个一", end) or (word in _BANKERS and folded[end : end + 1] not in "元圆"):
        return "name"
    if folded.startswith(("岁", "周岁"), end):
        return "age"
    if numeral.odd or numeral.is_range or (numeral.scale >= 1e4 and len(word) > 1):
        return None
    if word in _BARE and not _alone(folded, start, end, word):
        return "name"
    hedged = folded[start - 1 : start] in ("近", "超", "逾", "约")
    return None if hedged or spelled_zh.counted_after(folded, end) else "name"


def _ranked_or_dated(folded: str, start: int, numeral: Numeral) -> Kind | None:
    """Return whether a Chinese number is a date, a list marker, an ordinal or a label."""
    end = numeral.end
    before, following = folded[start - 1 : start], folded[end : end + 1]
    if _DATE_ZH.match(folded, end) or _MONTHS_ZH.match(folded, start):
        return "date"
    if end - start == 4 and following == "年" and 1900 <= numeral.low <= 2100:
        return "date"
    if before in ("首", "前") and _SINCE_ZH.match(folded, end):
        return "date"
    if following in tuple("、.):") and before in tuple("\n( \u3000"):
        return "list_marker"
    if following in ("号", "届"):
        return "identifier"
    if numeral.low < 10 and numeral.scale == 1 and _RANK_ZH.match(folded, end):
        return "ordinal"
    counted_off = following in tuple("期届次轮批") and before in tuple("近前后头每上下首")
    return "ordinal" if counted_off or no_figure.MEETING_ZH.match(folded, end) else None


_MORE_ZH = re.compile(r"(?:年|天|周|个多?月|小时)(?:多|有余)|个多月")


def _alone(folded: str, start: int, end: int, word: str) -> bool:
    """Whether a bare 一 or 百 counts: 一倍, 一成, 上百名, 近千户, 十个."""
    before = folded[start - 1 : start] if start else ""
    if word == "一":
        if folded[end : end + 1] in ("年", "天", "周") and hedges.before(folded, start):
            return True
        if _MORE_ZH.match(folded, end):
            return True
        return folded[end : end + 1] in ("倍", "成", "亿", "万") or folded[end : end + 2] in (
            "个百",
            "个月",
        )
    if before in ("上", "近", "超", "逾", "约", "过", "破"):
        return True
    if folded[start - 2 : start] == "数以":
        return True
    return word in ("十", "千万", "百万") and spelled_zh.counted_after(folded, end)


def _word(text: str, folded: str, start: int, end: int) -> Numeral | None:
    if rank := spelled_en.words().ordinals.get(folded[start:end]):
        return Numeral(start, end, float(rank), float(rank), "ordinal")
    numeral = spelled_en.spelled(folded, start, end)
    if not numeral:
        return None
    if numeral.low != 1 or numeral.scale > 1:
        currency, before = units.sign_before(folded, numeral.start)
        numeral.before = before if currency else 0
    if other := _word_other(text, folded, numeral):
        value = numeral.low if other in ("name", "list_marker", "date") else 0.0
        return Numeral(numeral.start, numeral.end, value, value, other)
    return _unit(folded, numeral)


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(language('en')['idioms']['words'])})(?![a-z])")


@cache
def joined() -> re.Pattern[str]:
    """Return a pattern of what follows a number in names such as "two-way"."""
    return re.compile(rf"-(?:{alternation(language('en')['names']['joined'])})(?![a-z])")


_LIST_WORD = re.compile(r",\s|\s+is\s+(?:to|that|the)\b|:\s")


def _word_other(text: str, folded: str, one: Numeral) -> Kind | None:
    """Return what kind of non-figure a spelled number is, None for a figure."""
    if one.kind in ("multiple", "share", "vague"):
        return None
    if joined().match(folded, one.end):
        return "name"
    if no_figure.span_of_time(folded, one.start, one.end):
        return "date"
    small = one.low <= 12 and one.scale == 1.0
    if not small:
        return None
    before = folded[max(0, one.start - 24) : one.start]
    if _LIST_WORD.match(folded, one.end) and _OPENING.search(before):
        return "list_marker"
    if _idioms().match(folded, one.start) or one.low == 0:
        return "name"
    if re.search(r"\b(?:aged?|age\s+of)\s+(?:\w+\s+)?$", before):
        return "age"
    if before.endswith(('"', "'")) or _named(text, one):
        return "name"
    if re.search(
        r"\b(?:no\.?|number|article|chapter|section|phase|part|step|level|grade|class|day|round|top|group\s+of)\s+$",
        before,
    ):
        return "identifier"
    return None


def _named(text: str, one: Numeral) -> bool:
    """Whether capitals make a name of it: Two Sessions, Five-Year Plan."""
    following = re.match(r"[\s-]([A-Z][a-z]+)", text[one.end : one.end + 20])
    return bool(following) and text[one.start].isupper()
