"""Phrases around a number: the words as stated, who is counted, when, where, and the rate."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from analysis.reading.model import Numeral
from analysis.reading.tables import alternation, language

MOST_WORDS = 8
MOST_CHARACTERS = 25
_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=\s+[A-Z\"“(]|\s*$)|\.(?=\n)")
_CLAUSE_EN = re.compile(r"[,;:()\n\"]|(?<=[a-z])\.(?=\s|$)|\s(?:and|but|while|which|that|who|than|as|with|according|compared|from|to|by)\s")
_CLAUSE_ZH = re.compile(r"[,，。;；:：、()\n\"]")
_WORDS = re.compile(r"\S+")
_CONTENT = re.compile(r"(?:in|of|for|worth\s+of)\s+([a-z][a-z' -]{2,60})")


@cache
def _periods() -> re.Pattern[str]:
    months = alternation(language("en")["dates"]["months"])
    span = r"(?:year|month|quarter|decade|week|half)"
    count = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|several|few)"
    english = (
        rf"(?:by|at|since|from|in|during|over|through(?:out)?|as\s+of|until|between|for|before|after)\s+(?:(?:early|late|mid|the|end|start|beginning|first|second|third|fourth|half|quarter|of|this|last|year|fiscal|{months}|\d{{1,2}},?|to|and|months?)[\s-]+){{0,8}}(?:19|20)\d\d(?:\s?-\s?\d{{2,4}})?"
        rf"|(?:over|in|during|for|within)\s+(?:the\s+)?(?:past|last|next|coming|previous|following)\s+(?:{count}\s+)?{span}s?"
        rf"|(?:by\s+the\s+)?(?:end\s+of\s+)?(?:last|this|next)\s+{span}|over\s+the\s+years|so\s+far"
        rf"|(?:in|during)\s+the\s+first\s+(?:half|quarter|{count}\s+months)(?:\s+of\s+(?:this\s+year|last\s+year|\d{{4}}))?"
        rf"|from\s+(?:{months})\s+to\s+(?:{months})(?:\s+\d{{4}})?"
    )
    chinese = (
        r"(?:截至|截止|到|至|自|从)?(?:(?:19|20)\d\d\s?年?\s?[-~至到]\s?)?(?:(?:19|20)\d\d|今|去|明|前)\s?年(?:\s?\d{1,2}\s?[-~至到]\s?\d{1,2}\s?月|\s?\d{1,2}\s?月(?:\d{1,2}日|底|末|份)?|上半年|下半年|前?[一二三四]季度|全年|底|末|初|前\d+个月|以来)?(?:以来)?"
        r"|(?:截至|截止|到)\s?\d{1,2}\s?月(?:底|末|\d{1,2}日)?|\d{1,2}\s?[-~至到]\s?\d{1,2}\s?月(?:份)?|(?:前|第)?[一二三四]季度|上半年|下半年|(?:过去|近|未来|连续)?[一二三四五六七八九十两\d]{1,3}年(?:来|间|内)|十[二三四五]五(?:时期|期间)|\d{1,2}月份"
        r"|党的十[八九]大以来|近年来|全年"
    )
    return re.compile(rf"\b(?:{english})|{chinese}")


@cache
def _places() -> re.Pattern[str]:
    regions = alternation(language("zh")["regions"])
    return re.compile(
        rf"(?P<zh>(?:在)?(?:{regions}|(?<![一-鿿])?[\u4e00-\u9fff]{{2,4}}(?:省|自治区|自治州)|[\u4e00-\u9fff]{{2,3}}(?<![个城])市(?![场民委])))"
    )


_PLACE_EN = re.compile(r"\b(?:in|across|of|throughout|from)\s+((?:the\s+)?(?:[a-z]+\s+)?[A-Z][A-Za-z'’.-]+(?:\s+(?:and\s+|of\s+|&\s+)?[A-Z][A-Za-z'’-]+){0,4})")
_NO_PLACE = frozenset(
    "January February March April May June July August September October November December Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec He She They It RMB US".split()
)


@cache
def _plain_places() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternation(language('en')['places']['words'])})\b")


@cache
def _rates() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    names: dict[str, str] = {}
    after, before, chinese = [], [], []
    for rate, words in language("en")["rates"].items():
        after += words
        names |= dict.fromkeys(words, rate)
    for rate, words in language("en")["rates_before"].items():
        before += words
        names |= dict.fromkeys(words, rate)
    for rate, words in language("zh")["rates"].items():
        chinese += words
        names |= dict.fromkeys(words, rate)
    return (
        re.compile(rf"\s?(?:{alternation(after)})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{alternation(before)})(?![a-z])"),
        re.compile(alternation(chinese)),
        names,
    )


class Sentences:
    """Sentences, periods and places of one text, found once.

    Parameters
    ----------
    text, folded : str
        The text as given and folded.
    """

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self._ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        self._periods = [match.span() for match in _periods().finditer(folded)]
        self._period_starts = [start for start, _ in self._periods]
        self._seen: dict[int, tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}

    def bounds(self, at: int) -> tuple[int, int]:
        """Return where the sentence around a place begins and ends."""
        place = bisect_right(self._ends, at)
        begin = self._ends[place - 1] if place else 0
        stop = self._ends[place] if place < len(self._ends) else len(self.text)
        return max(begin, at - 400), min(stop, at + 400)

    def period(self, start: int, end: int) -> str:
        """Return the nearest period before a number in its sentence, else the first behind it."""
        begin, stop = self.bounds(start)
        place = bisect_right(self._period_starts, start) - 1
        before = self._periods[place] if place >= 0 else None
        if before and before[0] >= begin and before[1] <= start:
            return self._clean(*before)
        after = self._periods[place + 1] if place + 1 < len(self._periods) else None
        return self._clean(*after) if after and after[0] >= end and after[1] <= stop else ""

    def place(self, start: int, end: int) -> str:
        """Return the nearest place behind a number in its sentence, else the last before it."""
        begin, stop = self.bounds(start)
        if begin not in self._seen:
            self._seen[begin] = ([], self._found(begin, stop))
        found = self._seen[begin][1]
        behind = [span for span in found if span[0] >= end and span[0] - end < 90]
        ahead = [span for span in found if span[1] <= start]
        chinese = start > 0 and "\u4e00" <= self.text[start - 1] <= "\u9fff"
        chosen = (ahead[-1:] or behind[:1]) if chinese else (behind[:1] or ahead[-1:])
        return self._clean(*chosen[0]) if chosen else ""

    def _found(self, begin: int, stop: int) -> list[tuple[int, int]]:
        spans = [match.span() for match in _plain_places().finditer(self.folded, begin, stop)]
        for match in _PLACE_EN.finditer(self.text, begin, stop):
            if match[1].split()[0] not in _NO_PLACE:
                spans.append(match.span(1))
        spans += [match.span() for match in _places().finditer(self.folded, begin, stop)]
        return sorted(spans)

    def _clean(self, start: int, end: int) -> str:
        return " ".join(self.text[start:end].split())


def rate(folded: str, numeral: Numeral) -> str:
    """Return the rates that the words at a number say: per year, per person.

    Examples
    --------
    >>> rate("an average annual income of 100,000 yuan per person", Numeral(28, 35, 1e5, 1e5, unit_end=40))
    'per year, per person'
    """
    behind, ahead, chinese, names = _rates()
    found: list[str] = []
    at = max(numeral.unit_end, numeral.end)
    for _ in range(2):
        if match := behind.match(folded, at):
            found.append(names[" ".join(match[0].split())])
            at = match.end()
    window = folded[max(0, numeral.start - 60) : numeral.start]
    clause = re.split(r"[,;.，。；、\n](?!\d)", window)[-1]
    if numeral.unit not in ("percent", "percentage points", "times"):
        found += [names[" ".join(match[0].split())] for match in ahead.finditer(clause)]
        if not clause.isascii():
            found += [names[match[0]] for match in chinese.finditer(clause[-24:])]
    if match := chinese.match(folded, at):
        found.append(names[match[0]])
    order = dict.fromkeys(found)
    return ", ".join(order)


def counted(text: str, folded: str, numeral: Numeral) -> str:
    """Return who or what a number counts: the noun phrase behind it, else the words before.

    Examples
    --------
    >>> line = "24 economic zones in the east"
    >>> counted(line, line, Numeral(0, 2, 24, 24, kind="count", noun_end=17))
    'economic zones in the east'
    """
    own = numeral.kind in ("count", "number", "vague", "duration")
    at = numeral.end if own else max(numeral.unit_end, numeral.end)
    stop = min(len(folded), at + 70)
    if numeral.chinese or (at < len(folded) and "\u4e00" <= folded[at] <= "\u9fff"):
        return _counted_zh(text, folded, numeral, at, own=own)
    end = _CLAUSE_EN.search(folded, max(at + 1, numeral.noun_end), stop)
    phrase = text[at : end.start() if end else stop].strip(" -.")
    phrase = " ".join(phrase.split()[:MOST_WORDS])
    if own and phrase:
        return phrase
    if found := _CONTENT.match(phrase.lower()):
        return phrase[found.start(1) : found.end(1)]
    begin = max(0, (numeral.before or numeral.start) - 80)
    ahead = re.split(r"[,;:()\n]|\.\s", text[begin : numeral.before or numeral.start])[-1]
    return " ".join(ahead.split()[-MOST_WORDS:])


def _counted_zh(text: str, folded: str, numeral: Numeral, at: int, *, own: bool) -> str:
    if own:
        end = _CLAUSE_ZH.search(folded, max(at, numeral.noun_end), at + 20)
        stop = max(numeral.noun_end, at)
        phrase = text[at : end.start() if end and end.start() < stop + 4 else stop]
        return phrase.strip(" 个名位项家")[:MOST_CHARACTERS]
    begin = numeral.before or numeral.start
    ahead = re.split(r"[,，。;；:：()\n]", text[max(0, begin - 20) : begin])[-1]
    return ahead.strip()[-18:]


def stated(text: str, folded: str, numeral: Numeral, hedge_start: int) -> str:
    """Return the number with words around: at most eight English words or 25 Chinese characters."""
    begin = min(hedge_start, numeral.before or numeral.start)
    end = max(numeral.end, numeral.unit_end, numeral.noun_end)
    if numeral.chinese or any("\u4e00" <= char <= "\u9fff" for char in folded[max(0, begin - 2) : end + 2]):
        return _stated_zh(text, folded, numeral, begin, end)
    left = [match.start() + max(0, begin - 60) for match in _WORDS.finditer(text, max(0, begin - 60), begin)]
    inner = text[begin:end].split()
    room = MOST_WORDS - len(inner)
    if room < 0:
        return " ".join(text[numeral.before or numeral.start : end].split()[:MOST_WORDS])
    words_right = text[end : end + 60].split("\n\n")[0]
    right = re.match(r"\S*(?:[ \n]+[^\s.,;()]+){0,%d}" % max(0, room - room // 2), words_right)
    tail = right[0] if right else ""
    del left
    ahead = re.split(r"\n\n|[.;]\s", text[max(0, begin - 60) : begin])[-1].split()
    if begin > 60 and ahead and text[max(0, begin - 60)].strip():
        ahead = ahead[1:]
    words = [*ahead, *(text[begin:end] + tail).split()]
    extra = len((text[begin:end] + tail).split())
    keep = max(0, min(MOST_WORDS - extra, 3))
    return " ".join(words[len(ahead) - keep if keep else len(ahead) :][:MOST_WORDS])


def _stated_zh(text: str, folded: str, numeral: Numeral, begin: int, end: int) -> str:
    if end - begin > MOST_CHARACTERS:
        return text[numeral.start : numeral.start + MOST_CHARACTERS]
    room = MOST_CHARACTERS - (end - begin)
    ahead = re.split(r"[。；;\n]", text[max(0, begin - min(room, 8)) : begin])[-1]
    behind = re.split(r"[，,。；;：:、\n]", text[end : end + max(0, room - len(ahead))])[0]
    return (ahead + text[begin:end] + behind).strip("，,、：: \n")[:MOST_CHARACTERS]
