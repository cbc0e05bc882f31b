"""Phrases around a number: the words as stated, who is counted, when, where, and the rate."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from analysis.reading.model import Numeral
from analysis.reading.tables import alternation, language

Span = tuple[int, int]

_REACH = 300
_RATE_ORDER = (
    "per hour",
    "per day",
    "per week",
    "per month",
    "per year",
    "per person",
    "per household",
    "per hectare",
    "per mu",
    "per tonne",
    "per square meter",
)
_NEAR = 90
_CLOSE = 22
_PARTED = re.compile(r"[\d,;:，；。、()]|\band\b")
# a measure word before the noun that it counts
_COUNTER = re.compile(
    r"^(?:[个個名位座所辆輛件张張栋棟艘笔筆]|项(?!目)|家(?![政庭具禽电])|[户戶](?!籍|外)(?=..)|条(?![例件款约])"
    r"|种(?![植子类养粮田])|台(?![账湾阶风商胞])|份(?!额)|套(?!餐)|[间間](?!接)|批(?![次准发])|处(?![理置])|支(?![部持出])|场(?![馆所地次景]))"
)
MOST_WORDS = 8
MOST_CHARACTERS = 25
# a pattern that begins with a set of characters passes over the others quickly
_SENTENCE_END = re.compile(r"[。！？!?；;\n.](?:(?<!\.)|(?=\s+[A-Z\"“(]|\s*$|\n))")
_CLAUSE_EN = re.compile(
    r"[,;:()\s\".](?:(?<=[,;:()\n\"])|(?<=[a-z]\.)(?=\s|$)|(?<=\s)(?:and|but|while|which|that|who|than|as|with|according|compared|from|to|by|have|has|had|is|are|was|were|will|either|now|can|could|may|would|benefited)\s)"
)
_BREAK = re.compile(r"[\n.;!?](?:(?<=\n)\s*\n|(?<=[.;!?])\s|(?<=[.;])$)")
_LEAD_ZH = re.compile(
    r"(?:超过|突破|达到|不超过|不低于|不少于|增长|下降|提高|近|约|逾|超|达|为|由|从|共|了|至少|总计|累计|共计|高的有)+$"
)
_HAN = re.compile(r"[\u3000-\u9fff，；：]")
_CLAUSE = re.compile(r"[,;.，。；、\n](?!\d)")
_CLAUSE_ALL = re.compile(r"[,，。;；:：()\n]")
_SENTENCE_ZH = re.compile(r"[。；;\n]")
_PIECES = re.compile(r"[，,。；;：:、\n]")
_CUT = re.compile(
    r"[;:(),.\s](?:(?<=[;:()\n])|(?<=,)(?!\d)|(?<=\.)\s|(?<=\s)(?:that|which|and|while|but|with)\s)"
)
_CLOSING = ")%\"'”’,"
_CONTENT = re.compile(r"(?:in|of|for|worth\s+of)\s+([a-z][a-z' -]{2,60})")


@cache
def _periods(*, mixed: bool) -> re.Pattern[str]:
    """Return the ways to say when: English ones, and Chinese ones where a text is not all English."""
    rows, chinese = language("en"), language("zh")["periods"]
    month = alternation(rows["dates"]["months"])
    ways = "|".join(way.replace("MONTH", f"(?:{month})") for way in rows["periods"]["ways"])
    english = rf"(?=[{rows['periods']['firsts']}])(?:{ways})"
    if not mixed:
        return re.compile(rf"\W({english})")
    return re.compile(rf"(\b{english}|(?=[{chinese['firsts']}])(?:{'|'.join(chinese['ways'])}))")


@cache
def _places() -> re.Pattern[str]:
    regions = alternation(language("zh")["regions"]["words"])
    named = "|".join(language("zh")["regions"]["named"])
    return re.compile(rf"在?(?:{regions}|{named})")


_PLACE_EN = re.compile(
    r"\W(?:in|across|throughout|from|for)\s+"
    r"((?:the\s+)?(?:[a-z]+\s+)?[A-Z][A-Za-z'’.-]+(?:\s+(?:and\s+|of\s+|&\s+)?[A-Z][A-Za-z'’-]+){0,4})"
)


@cache
def _no_places() -> frozenset[str]:
    return frozenset(language("en")["places"]["never"])


@cache
def _plain_places() -> re.Pattern[str]:
    words = language("en")["places"]["words"]
    firsts = "".join(sorted({word[0] for word in words}))
    return re.compile(rf"\W(?=[{firsts}])({alternation(words)})\b")


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
    """Sentences, periods and places of one text, each sentence looked at once.

    Parameters
    ----------
    text, folded : str
        The text as given and folded.
    """

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self._ahead = ("\n" + text, "\n" + folded)  # as patterns begin with what parts words
        self._ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
        self._valid = (0, 0)  # where the periods and places found last are those around
        self._window = (0, 0)  # in which they were looked for
        self._found: tuple[list[Span], list[Span]] = ([], [])

    def _around(self, at: int) -> tuple[list[Span], list[Span]]:
        """Return periods and places of the sentence around a place."""
        if not self._valid[0] <= at < self._valid[1]:
            place = bisect_right(self._ends, at)
            begin = self._ends[place - 1] if place else 0
            stop = self._ends[place] if place < len(self._ends) else len(self.text)
            block = at - at % _REACH
            self._valid = (max(begin, block), min(stop, block + _REACH))
            window = max(begin, block - _REACH), min(stop, block + 2 * _REACH)
            if window != self._window:
                ways = _periods(mixed=not self.folded[slice(*window)].isascii())
                self._found = self._spans(ways, *window), self._places(*window)
                self._window = window
        return self._found

    def _spans(self, pattern: re.Pattern[str], begin: int, stop: int) -> list[Span]:
        found = pattern.finditer(self._ahead[1], begin, stop + 1)
        return [(match.start(1) - 1, match.end(1) - 1) for match in found]

    def _places(self, begin: int, stop: int) -> list[Span]:
        spans = self._spans(_plain_places(), begin, stop)
        for match in _PLACE_EN.finditer(self._ahead[0], begin, stop + 1):
            if match[1].removeprefix("the ").split()[0] not in _no_places():
                spans.append((match.start(1) - 1, match.end(1) - 1))
        if not self.folded[begin:stop].isascii():
            spans += [match.span() for match in _places().finditer(self.folded, begin, stop)]
        return sorted(spans)

    def period(self, start: int, end: int) -> str:
        """Return the nearest period before a number in its sentence, else the first behind it."""
        found = self._around(start)[0]
        for one in found:
            if 0 <= one[0] - end <= _CLOSE and not _PARTED.search(self.folded, end, one[0]):
                return self._clean(one)
        return self._nearest(found, start, end)

    def place(self, start: int, end: int) -> str:
        """Return the nearest place behind an English number, else the last before it."""
        found = self._around(start)[1]
        chinese = start > 0 and "\u4e00" <= self.text[start - 1] <= "\u9fff"
        if not chinese:
            for one in found:
                if 0 <= one[0] - end < _NEAR:
                    return self._clean(one)
        return self._nearest(found, start, end)

    def _nearest(self, spans: list[Span], start: int, end: int) -> str:
        for one in reversed(spans):
            if one[1] <= start:
                return self._clean(one)
        for one in spans:
            if one[0] >= end:
                return self._clean(one)
        return ""

    def _clean(self, span: Span) -> str:
        return " ".join(self.text[span[0] : span[1]].split())


def rate(folded: str, numeral: Numeral) -> str:
    """Return the rates that the words at a number say: per year, per person.

    Examples
    --------
    >>> income = Numeral(20, 27, 1e5, 1e5, unit_end=32)
    >>> rate("an annual income of 100,000 yuan per person", income)
    'per year, per person'
    """
    behind, ahead, chinese, names = _rates()
    found: list[str] = []
    at = max(numeral.unit_end, numeral.end)
    while len(found) < 2 and (match := behind.match(folded, at)):
        found.append(names[" ".join(match[0].split())])
        at = match.end()
    if numeral.unit not in ("percent", "percentage points", "times"):
        clause = _CLAUSE.split(folded[max(0, numeral.start - 60) : numeral.start])[-1]
        found += [names[" ".join(match[0].split())] for match in ahead.finditer(clause)]
        if not clause.isascii():
            found += [names[match[0]] for match in chinese.finditer(clause[-24:])]
    if not folded[at : at + 1].isascii() and (match := chinese.match(folded, at)):
        found.append(names[match[0]])
    return ", ".join(one for one in _RATE_ORDER if one in found)


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
    if _is_chinese(folded, numeral, at):
        return _counted_zh(text, folded, numeral, at, own=own)
    end = _CLAUSE_EN.search(folded, max(at + 1, numeral.noun_end), stop)
    phrase = text[at : end.start() if end else stop].strip(" -.")
    phrase = " ".join(phrase.removeprefix("of ").split()[:MOST_WORDS])
    if own and phrase and phrase.partition(" ")[0].lower() not in _stops():
        return phrase
    if found := _CONTENT.match(phrase.lower()):
        return phrase[found.start(1) : found.end(1)]
    return _subject(text, folded, numeral)


def _subject(text: str, folded: str, numeral: Numeral) -> str:
    """Return the words before a number without the verb and hedge that lead to it."""
    start = _begin(numeral)
    begin = max(0, start - 80)
    ahead = _CUT.split(folded[begin:start])[-1]
    words = text[start - len(ahead) : start].split()
    if begin and len(ahead) == start - begin:
        words = words[1:]
    while words and words[-1].lower() in _leads():
        words.pop()
    return " ".join(words[-MOST_WORDS:])


@cache
def _stops() -> frozenset[str]:
    """Return the words with which a phrase begins that says when or where, not what."""
    return frozenset(language("en")["stops"]["words"]) - {"each", "both", "either", "last"}


@cache
def _leads() -> frozenset[str]:
    """Return the words that lead from a subject to its number: verbs, prepositions, articles."""
    rows = language("en")
    phrases = [*rows["verbs"]["words"], *rows["change"]["words"], *rows["leads"]["words"]]
    return frozenset(word for phrase in phrases for word in phrase.split())


def _is_chinese(folded: str, numeral: Numeral, at: int) -> bool:
    near = folded[max(0, (numeral.before or numeral.start) - 2) : at + 2]
    return numeral.chinese or (not near.isascii() and bool(_HAN.search(near)))


def _counted_zh(text: str, folded: str, numeral: Numeral, at: int, *, own: bool) -> str:
    if own:
        phrase = text[at : max(numeral.noun_end, at)].strip()
        return _COUNTER.sub("", phrase).removeprefix("左右").lstrip("的")[:MOST_CHARACTERS]
    begin = numeral.before or numeral.start
    ahead = _CLAUSE_ALL.split(text[max(0, begin - 20) : begin])[-1]
    return _LEAD_ZH.sub("", ahead.strip())[-18:]


def _begin(numeral: Numeral) -> int:
    """Return where a number begins with its hedge and its sign of currency."""
    hedge = numeral.hedge_start if numeral.hedge_start >= 0 else numeral.start
    return min(hedge, numeral.before or numeral.start)


def stated(text: str, folded: str, numeral: Numeral) -> str:
    """Return the number with words around: at most eight English words or 25 Chinese characters.

    Examples
    --------
    >>> line = "The scheme has employed more than 850,000 people in poor areas of the country."
    >>> stated(line, line, Numeral(34, 41, 8.5e5, 8.5e5, noun_end=48, hedge_start=24))
    'has employed more than 850,000 people in poor'
    """
    begin = _begin(numeral)
    end = max(numeral.end, numeral.unit_end, numeral.noun_end)
    if _is_chinese(folded, numeral, end):
        return _stated_zh(text, numeral, begin, end)
    inner = text[begin:end].split()
    if len(inner) >= MOST_WORDS:
        first = numeral.before or numeral.start
        return " ".join(text[first:end].split()[:MOST_WORDS])
    room = MOST_WORDS - len(inner)
    ahead = _BREAK.split(text[max(0, begin - 40) : begin])[-1].split()
    if begin > 40 and not text[begin - 41].isspace() and len(ahead) > 2:
        ahead = ahead[1:]
    ahead = ahead[-min(2, room) :]
    tail = text[end : end + 60]
    if stop := _BREAK.search(tail):
        tail = tail[: stop.start()]
    glued = tail[: len(tail) - len(tail.lstrip(_CLOSING))] if tail[:1].strip() else ""
    behind = tail[len(glued) :].split()[: room - len(ahead)]
    return " ".join([*ahead, text_line(text[begin:end] + glued), *behind]).rstrip(",;:")


def text_line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(text.split())


def _stated_zh(text: str, numeral: Numeral, begin: int, end: int) -> str:
    if end - begin > MOST_CHARACTERS:
        return text[numeral.start : numeral.start + MOST_CHARACTERS]
    room = MOST_CHARACTERS - (end - begin)
    ahead = _SENTENCE_ZH.split(text[max(0, begin - min(room, 8)) : begin])[-1]
    behind = _PIECES.split(text[end : end + max(0, room - len(ahead))])[0]
    return (ahead + text[begin:end] + behind).strip("，,、：: \n")[:MOST_CHARACTERS]
