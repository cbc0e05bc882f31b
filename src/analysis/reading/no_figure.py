"""What is no figure although it holds a number: dates, times, ordinals, labels, page numbers."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.digits import closes
from analysis.reading.hedges import hedged_before
from analysis.reading.model import Kind
from analysis.reading.tables import (
    alternation,
    chinese_units,
    english_units,
    language,
    signs_before,
)
from analysis.reading.units import unit_word

Found = tuple[Kind, int]

_WIDEST = 40
_LETTER_BEFORE = re.compile(r"[a-z_]-$")
_NOTE_BEFORE = re.compile(r"[a-z)\"']\.$")
_NOTE = re.compile(r"\d{1,2}(?=\s+[A-Z\"“(]|\s*(?:$|\n))")
_POWER = re.compile(r"(?:1|10|100|1,?000|10,?000|100,?000|1,?000,?000)")
_POWER_BEFORE = re.compile(r"\b(?:per|for\s+every|in\s+every|of\s+every)\s+$")
_VERSION = re.compile(
    r"\d\.0(?!\s?(?:[%\w]|per\b))|\d\.0(?=\s+(?:in|of|for|and|to|was|is|at|by|the|era|on)\b)"
)
_VERSION_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]*\s$")
_NAMED_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+,\s$")
_AGE_BETWEEN = re.compile(r"[1-9]\d,\s(?=[a-z])")
_SIGN_BEFORE = "/=@_#&\\+"
_WORD = re.compile(r"[a-z]+")
_SEPARATED = re.compile(
    r"(?P<date>(?:1[5-9]|20)\d\d(?:[-/](?:0?[1-9]|1[0-2])(?:[-/][0-3]?\d)?|\.(?:0?[1-9]|1[0-2])\.[0-3]?\d)(?![\d万亿%]|[.,]\d)"
    r"|\d{1,2}[/.]\d{1,2}[/.](?:19|20)?\d\d(?![\d.])|\d{1,2}/(?:19|20)\d\d(?!\d))"
    r"|(?P<time>[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?!\d))"
    r"|(?P<code>\+?\d+(?:-\d+){2,}|\d+(?:\.\d+){2,}|\d{3,4}-\d{7,8}(?!\d)|\d+/\d+/\d+|\d{1,3}/\d{1,3}(?![\d/])(?!\s+(?:of|the)\b|的|\s?(?:以上|左右)))"
)
_YEARS = re.compile(
    r"(?:1[5-9]|20)\d\d\s?(?:-|/|~|至|到)\s?(?:(?:1[5-9]|20)\d\d|\d\d(?!\d))(?![\d,.]*\d*\s?(?:%|万|亿|million|percent))"
)
_TEN_THOUSAND = re.compile(r"\s+ten\s+thousand\b")
_PARTING = frozenset("-/.:")
_ORDINAL_FIRST = frozenset("snrt")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_CLOCK = re.compile(r"\s?(?:a\.?\s?m\.?|p\.?\s?m\.?|o'clock|gmt|utc|hrs)(?![a-z])")
_CHINESE_DATE = re.compile(
    r"\s?(?:年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?)?|月\s?(?:\d{1,2}\s?(?:[日号]|[-~至到、]\s?\d{1,2}\s?[日号])|[底初末份中上下]|(?![份]?(?:以来)?[个]))|[日号](?![均]))"
)
_MONTHS_ZH = re.compile(r"\d{1,2}\s?月?\s?[-~至到]\s?\d{1,2}\s?(?:月|[日号](?![均]))")
_MONTH_LIST_ZH = re.compile(r"\d{1,2}(?:\s?[、和]\s?\d{1,2}){1,11}\s?月")
_CLOCK_ZH = re.compile(
    r"\s?[时点](?!间|多|效|[一二三四五六七八九\d]*(?:个|%))(?:\s?\d{1,2}\s?分)?|时许"
)
_LABEL_ZH = re.compile(r"(?:第|no\.?|编号|电话|热线|附件|图|表|栏|卷|邮编|传真|版本|证)[\s:：第]*$")
_NUMBERED_ZH = re.compile(
    r"\s?(?:号|届|中全会|频道|版(?![本权图块])|热线|专线|报警|工程(?![师量款])|高校|院校|国集团|国峰会)|[·•]\d"
)
_PLAN = re.compile(r"\+(?:[a-z](?![a-z])|\d+)")  # 1+N, 3+2
_SAYINGS = re.compile(
    r"9\s?(?:-|to)\s?(?:to\s?-?\s?)?5(?!\d|[\s-]?(?:percent|per|%|million|years|people))|50\s?[-/]\s?50(?![\d%])|360(?:-|\s)?degrees?|24/7|[248]k(?![a-z\d]|\s(?:people|yuan|dollars))"
)
_AGE_ZH = re.compile(r"\d+\s?[-~至到]\s?\d+\s?周?岁")
_DIAL = re.compile(r"\d{1,3}[\s-]\(?\d{1,4}[\d\s()-]{4,20}\d")
_INLINE_ITEM = re.compile(r"\d{1,2}(?:\.\s?(?=[a-z\u4e00-\u9fff])|、(?=[\u4e00-\u9fff]{2}))")
_ALWAYS = re.compile(r"24\s?(?:-hour\b|hours\s+a\s+day|小时)")
_AGE = re.compile(
    r"(?:[\s-]+to[\s-]+\d+|-\d+)?[\s-]+(?:years?|months?)[\s-]+(?:of[\s-]+age|old)|s\b|[\s-]+(?:or|and)\s+(?:older|younger)"
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged|ages?|age\s+of|age\s+group|under-|over-)\s?(?:(?:over|above|under|below|between|at\s+least|from)\s+)?(?:\d+\s?(?:-|to|and)\s?)?$"
)
_POPULATION_BEFORE = re.compile(
    r"\b(?:people|persons|those|residents|population|adults|men|women|citizens|elderly|children|youth|girls|boys|seniors)"
    r"\s+(?:who\s+are\s+)?(?:aged\s+)?(?:over|above|under|below|between)\s+(?:the\s+age\s+of\s+)?(?:\d+\s+and\s+)?$"
)
_DOUBTFUL_LEAD = re.compile(r"\b(?:to|of|for|and|the|around)\s*$")
_TOTAL_BEFORE = re.compile(r"\b(?:a\s+total\s+of|total|of\s+the|some)\s*$")
_IN_BEFORE = re.compile(r"\b(?:in|the|of|for)\s*$")
_SPAN_BEFORE = re.compile(
    r"\b(?:first|last|past|next|coming|previous|recent|following|another|over\s+the)\s+$"
)
_SPAN = re.compile(
    r"\s+(?:consecutive\s+)?(?:years?|months?|weeks?|days?|decades?|quarters?|hours?)(?![a-z-])"
)
_LIST_START = re.compile(r"[(\[]?\s?\d{1,2}(?:\s?[.)\]、．:]|\s?[)）])(?!\d)")
_LIST_SCAN = re.compile(r"[\s•·\-*#>(\[\"]*$")
_ONLY_NAVIGATION = re.compile(r"[\s\d<>|.«»…\-]*")
_GOES_ON = re.compile(r"\s*(?:[\d<>|«»]|$|\n)")
_ITEM_MARK = frozenset(".、")
_ITEM_BEFORE = re.compile(r"[.;:。；：\s]\s?$")
_GOES_BEFORE = re.compile(r"[a-z\d,]\s$")
_INLINE_LIST = re.compile(r"\(\s?\d{1,2}\s?\)(?!\s?%)")
_NAVIGATION = re.compile(r"[\s\d<>|.\-«»…/\[\]]*$")
_DOCUMENT_ZH = re.compile(
    r"\s?号(?:文|令|公告|线|楼|院|机|井|议案|提案|法案|通告|决议|店|馆|窗口|门)"
)
MEETING_ZH = re.compile(r"\s?次(?:会议|全会|全体|大会|例会|会晤|常务|集体学习)")


@cache
def _codes() -> frozenset[str]:
    """Return the letters that stand for a currency before figures."""
    return frozenset(sign.rstrip(".") for sign in signs_before() if sign.rstrip(".").isalpha())


@cache
def _months() -> str:
    return alternation(language("en")["dates"]["months"])


@cache
def _month_before() -> re.Pattern[str]:
    """Return the pattern of a month up to the end; it begins at what parts words, to be quick."""
    return re.compile(rf"\W(?:{_months()})\.?,?\s+(?:the\s+)?(?:\d{{1,2}}\s?(?:-|to|and|,)\s?)?$")


@cache
def _month_after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:st|nd|rd|th)?(?:\s?(?:-|,|to|and|or)\s?\d{{1,2}}(?:st|nd|rd|th)?)?\s+(?:of\s+)?(?:{_months()})\b\.?(?:,?\s+\d{{4}})?"
    )


_MEASURED = re.compile(r"\s?%|\s(?:per\s?cent|thousand|million|billion|trillion|lakh|crore)\b")
_LAST_WORD = re.compile(r"[\s.:]{0,3}([a-z]+|[,-])")  # of a text turned round


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Return patterns of labels before figures, and the words, turned round, that can end them."""
    rows = language("en")["labels"]
    words = [*rows["any"], *map(str.lower, rows["capital"]), "and", "to", ",", "-"]
    lasts = frozenset(word.split()[-1].rstrip(".")[::-1] for word in words)
    small = re.compile(
        rf"(?<![a-z])(?:{alternation(rows['any'])})[\s.:]{{0,3}}(?:\d+\s?(?:,|and|to|-)\s?)?$"
    )
    capital = re.compile(
        rf"(?<![A-Za-z])(?:{alternation(rows['capital'])})[\s.:]{{1,3}}(?:\d+\s?(?:,|and|to|-)\s?)?$"
    )
    return small, capital, lasts


@cache
def _year_leads() -> re.Pattern[str]:
    words = alternation(language("en")["dates"]["before"])
    return re.compile(rf"(?:\b(?:{words})|\(|\[|〔|-|/)\s*$")


def figures(text: str, folded: str, start: int, end: int) -> Found | None:
    """Return what kind of non-figure some figures are, and where it ends; None for a figure.

    Parameters
    ----------
    text, folded : str
        The text as given (for capitals) and folded.
    start, end : int
        Where the figures stand.

    Examples
    --------
    >>> line = "on Aug. 23 the 128th fair, COVID-19"
    >>> [figures(line, line.lower(), at, at + size) for at, size in ((8, 2), (15, 3), (33, 2))]
    [('date', 10), ('ordinal', 20), ('identifier', 35)]
    """
    before = folded[max(0, start - _WIDEST) : start]
    touching = before[-1:]
    if touching == "+" and (dial := _DIAL.match(folded, start)):
        return "identifier", dial.end()
    digits = folded[start:end]
    whole, following = digits.isdecimal(), folded[end : end + 1]
    parted = following in _PARTING or end - start == 4
    if parted and (found := _separated(folded, start, before)):
        return found
    if touching in _SIGN_BEFORE and touching and not _is_plus(before):
        return "identifier", _token_end(folded, end)
    if touching == "." and _NOTE_BEFORE.search(before) and _NOTE.match(text, start):
        return "identifier", end
    if "a" <= touching <= "z" or (touching == "-" and _LETTER_BEFORE.search(before[-2:])):
        return None if _closed_up(folded, before) else ("identifier", _token_end(folded, end))
    if following in _ORDINAL_FIRST and _ORDINAL.match(folded, end):
        return "ordinal", end + 2
    if touching == " " and (found := _named(text, folded, start, end)):
        return found
    if whole:
        return _whole(text, folded, start, end, before)
    return _label(text, start, end, before) or _list_marker(folded, start, end, before)


def _named(text: str, folded: str, start: int, end: int) -> Found | None:
    """What only capitals or a "per" tell: versions (Web 2.0), ages (Ms Li, 34, sells), per 1,000."""
    begin = max(0, start - _WIDEST)
    if _POWER.fullmatch(folded, start, end) and _POWER_BEFORE.search(folded, begin, start):
        return "name", end
    if _VERSION.match(folded, start) and _VERSION_BEFORE.search(text, begin, start):
        return "identifier", end
    if _AGE_BETWEEN.match(folded, start) and _NAMED_BEFORE.search(text, begin, start):
        return "age", end
    return None


def _is_plus(before: str) -> bool:
    """Whether a sign is a plain plus or a slash between words, not part of a code."""
    return before[-1] == "+" and before[-2:-1].isspace()


def _closed_up(folded: str, before: str) -> bool:
    """Whether letters that touch the figures are a word run into them ("of20"), a currency, or end a range."""
    word = re.search(r"[a-z$.]+-?$", before)
    if word is None:
        return False
    return word[0].rstrip(".") in _codes() or (
        word[0].endswith("-") and word[0][:-1] in {"percent", *language("en")["scales"]}
    )


def _separated(folded: str, start: int, before: str) -> Found | None:
    if found := _SEPARATED.match(folded, start):
        kind: Kind = "date" if found["date"] else "time" if found["time"] else "identifier"
        if kind == "identifier" or not before[-1:].isalpha() or not before[-1:].isascii():
            return kind, found.end()
    if found := _YEARS.match(folded, start):
        return "date", found.end()
    return None


def _whole(text: str, folded: str, start: int, end: int, before: str) -> Found | None:
    size = end - start
    if size > 15:
        return "identifier", end
    if size <= 3 and (saying := _SAYINGS.match(folded, start)):
        return "name", saying.end()
    if folded[end : end + 1] == "+" and (plan := _PLAN.match(folded, end)):
        return "name", plan.end()
    if size <= 2 and (found := _small(folded, start, end, before)):
        return found
    if size == 4 and (found := _year(folded, start, end, before)):
        return found
    if found := _chinese(folded, start, end, before):
        return found
    if size <= 3 and (_aged(before) or _AGE.match(folded, end)):
        if _AGE.match(folded, end) and folded[end : end + 1] == "s":
            return "date" if size == 2 else "identifier", end + 1
        return "age", end
    if size <= 3 and _of_an_age(before) and not folded[end : end + 1].isalpha():
        return "age", end
    if size <= 3 and span_of_time(folded, start, end):
        return "date", end
    if size > 1 and folded[start] == "0":
        return "identifier", end
    return (
        _label(text, start, end, before)
        or _list_marker(folded, start, end, before)
        or _glued(folded, end)
    )


def _aged(before: str) -> bool:
    return ("age" in before or "r-" in before) and bool(_AGE_BEFORE.search(before))


def _of_an_age(before: str) -> bool:
    said = before.rstrip().endswith(("r", "ve", "w", "en", "of", "and"))
    return said and bool(_POPULATION_BEFORE.search(before))


def _small(folded: str, start: int, end: int, before: str) -> Found | None:
    """Days of a month and hours of a day."""
    if (
        folded[end : end + 1] != "%"
        and _month_before().search("\n" + before)
        and int(folded[start:end]) <= 31
    ):
        return "date", end
    if found := _month_after().match(folded, end):
        return "date", found.end()
    if found := _CLOCK.match(folded, end):
        return "time", found.end()
    for pattern in (_MONTHS_ZH, _MONTH_LIST_ZH):
        if found := pattern.match(folded, start):
            return "date", found.end()
    return None


def _year(folded: str, start: int, end: int, before: str) -> Found | None:
    """Bare years; "2000 villages" and "more than 2000" are figures."""
    year = int(folded[start:end])
    if not 1500 <= year <= 2100:
        return None
    if found := _CHINESE_DATE.match(folded, end):
        return "date", found.end()
    if any(
        folded.startswith(word, end) for word, _ in chinese_units().get(folded[end : end + 1], ())
    ):
        return None
    if folded[end : end + 1] in "%万亿多余个名户人家元":
        return None if folded[end : end + 1] else ("date", end)
    if folded[end : end + 2] == "s " or folded[end : end + 1] == "s":
        return "date", end + 1

    if _year_leads().search(before[-12:]) and not _DOUBTFUL_LEAD.search(before[-9:]):
        return "date", end
    if hedged_before(before) or _TEN_THOUSAND.match(folded, end):
        return None
    following = unit_word(folded, end)
    if following and _TOTAL_BEFORE.search(before):
        return None
    if following and (not 1949 <= year <= 2060 or year % 100 == 0):
        return None
    if following in ("CNY", "USD", "percent", "persons") and not _IN_BEFORE.search(before):
        return None
    return "date", end


def _chinese(folded: str, start: int, end: int, before: str) -> Found | None:
    size, nearest = end - start, before[-6:]
    if nearest.isascii() and folded[end : end + 12].isascii():
        label = "no" in nearest and _LABEL_ZH.search(nearest)
        return (
            ("identifier", end)
            if label
            else ("name", end)
            if _ALWAYS.match(folded, start)
            else None
        )
    if before.endswith(("第", "第 ")):
        return "ordinal", end
    if _LABEL_ZH.search(nearest):
        return "identifier", end
    nearby = folded[end : end + 2].lstrip()[:1]
    if nearby == "年" and size == 2 and before[-1:] in "'自从于在至到 ":
        return None
    if _DOCUMENT_ZH.match(folded, end):
        return "identifier", end + 1
    if nearby in "月日号" and nearby and size <= 2 and (found := _CHINESE_DATE.match(folded, end)):
        return "date", found.end()
    if nearby in "时点" and nearby and size <= 2 and (found := _CLOCK_ZH.match(folded, end)):
        return "time", found.end()
    if nearby == "岁" or folded.startswith("周岁", end):
        return "age", end + 1
    if ages := _AGE_ZH.match(folded, start):
        return "age", ages.end()
    if _ALWAYS.match(folded, start):
        return "name", end
    if found := MEETING_ZH.match(folded, end):
        return "ordinal", found.end()
    if found := _NUMBERED_ZH.match(folded, end):
        return "identifier", found.end()
    return None


def span_of_time(folded: str, start: int, end: int) -> bool:
    """Whether a number only says since when: the past five years, the first 11 months."""
    before = folded[max(0, start - 14) : start]
    return bool(_SPAN.match(folded, end) and _SPAN_BEFORE.search(before))


def _label(text: str, start: int, end: int, before: str) -> Found | None:
    if _MEASURED.match(text, end):
        return None
    small, capital, lasts = _labels()
    last = _LAST_WORD.match(before[::-1])
    if last is None or last[1] not in lasts:
        return None
    if small.search(before) and not before.endswith(("no ", "no. of ")):
        return "identifier", end
    if before.endswith("no ") and end - start <= 3 and text[max(0, start - 3) : start - 2] == "N":
        return "identifier", end
    if capital.search(text, max(0, start - _WIDEST), start):
        return "identifier", end
    return None


def _list_marker(folded: str, start: int, end: int, before: str) -> Found | None:
    if end - start > 3:
        return None
    line = before.rpartition("\n")[2]
    at_start = "\n" in before or start == len(before)
    if at_start and _LIST_SCAN.match(line):
        if _LIST_START.match(folded, start) and (end - start) <= 2:
            return "list_marker", end
        stop = _line_end(folded, end)
        if stop - end < 60 and _NAVIGATION.match(folded, end, stop):
            return "page", end
    if at_start and _ONLY_NAVIGATION.fullmatch(line) and _GOES_ON.match(folded[end : end + 4]):
        stop = _line_end(folded, end)
        if _NAVIGATION.match(folded, end, min(stop, end + 80)) and "%" not in line:
            return "page", end
    if (
        folded[end : end + 1] in _ITEM_MARK
        and _INLINE_ITEM.match(folded, start)
        and _ITEM_BEFORE.search(before[-3:])
        and not _GOES_BEFORE.search(before[-3:])
    ):
        return "list_marker", end
    if before.endswith(("(", "( ")) and _INLINE_LIST.match(
        folded, start - 1 - before.endswith(" ")
    ):
        return "list_marker", end
    return None


def _line_end(folded: str, end: int) -> int:
    """Return where the line ends, looking no further than a hundred characters."""
    furthest = min(len(folded), end + 100)
    stop = folded.find("\n", end, furthest)
    return furthest if stop < 0 else stop


def _glued(folded: str, end: int) -> Found | None:
    """Letters that touch the figures from behind: 5g, 3d, 4x4; but not 500k, 20km, 51poverty."""
    found = _WORD.match(folded, end)
    if not found or len(found[0]) >= 4:
        return None

    known = found[0] in english_units() or closes(found[0])
    return None if known else ("identifier", _token_end(folded, end))


def _token_end(folded: str, end: int) -> int:
    found = re.compile(r"[a-z\d\-/.]*[a-z\d]").match(folded, end)
    return max(end, min(found.end(), end + 40)) if found else end
