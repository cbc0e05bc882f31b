"""Hedges: the words around a number that make it a bound, and negations that turn them round."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.reading.model import Bound, Numeral
from analysis.reading.tables import alternation, language

_REACH_EN = 48
_REACH_ZH = 26
_SIGN = r"(?:(?:us|u\.s\.|hk|nt|a|c|s|r|ca|au)?\s?[$£€¥₹₦₱₩₽]|rs\.?|rmb|cny|usd|eur|gbp|inr|人民币)"


class Hedge(NamedTuple):
    """A bound, the words that say it, and how far from the number they begin."""

    bound: Bound
    words: str
    size: int


_NO_WORD_BEFORE = (
    "(?<![最附新邻相靠亲贴])近|(?<![节合预条公签契违履特集制大简失])约|(?<![赶反高])超"
)


@cache
def _bounds(lang: str, place: str) -> dict[str, tuple[Bound, Bound | None]]:
    rows = language(lang)["hedges"]
    return {
        " ".join(word.split()): (row["bound"], row.get("negated"))
        for row in rows
        for word in row.get(place, ())
    }


@cache
def _english_before() -> re.Pattern[str]:
    """Return the pattern of a hedge up to the end; it begins at what parts words, to be quick."""
    fillers = alternation(language("en")["fillers"]["words"])
    hedges = _bounds("en", "before")
    firsts = re.escape("".join(sorted({word[0] for word in hedges})))
    return re.compile(
        rf"[^a-z](?=[{firsts}])(?P<hedge>{alternation(hedges)})"
        rf"(?:\s+(?:or\s+equal\s+to|the\s+level\s+of))?"
        rf"(?:\s+(?:{fillers})){{0,2}}\s*{_SIGN}?\s*$"
    )


@cache
def _english_no() -> re.Pattern[str]:
    """Return the pattern of a negation up to the hedge that it turns round."""
    rows = language("en")["negation"]
    negated, between = alternation(rows["words"]), alternation(rows["between"])
    return re.compile(rf"(?<![a-z])(?:{negated}|[a-z]{{2,7}}n't)\s+(?:(?:{between})\s+){{0,2}}$")


@cache
def _english_after() -> re.Pattern[str]:
    hedges = alternation(_bounds("en", "after"))
    return re.compile(rf"\s?(?P<hedge>{hedges})(?![a-z]|\s+than)")


@cache
def _chinese_before() -> re.Pattern[str]:
    rows = language("zh")
    negated = alternation(rows["negation"]["words"])
    between = alternation(rows["negation"]["between"])
    fillers = alternation(rows["fillers"]["words"])
    words = _bounds("zh", "before")
    plain = [word for word in words if word not in ("近", "约", "超")]
    hedges = rf"{alternation(plain)}|{_NO_WORD_BEFORE}"
    firsts = "".join(sorted({word[0] for word in (*words, *rows["negation"]["words"])}))
    return re.compile(
        rf"(?=[{re.escape(firsts)}])(?:(?P<neg>{negated})\s?(?:{between})?\s?)?(?P<hedge>{hedges})\s?(?:(?:{fillers})\s?){{0,2}}\s*{_SIGN}?\s*$"
    )


@cache
def _chinese_reach() -> re.Pattern[str]:
    words = alternation(language("zh")["reach"]["words"])
    return re.compile(rf"(?P<hedge>{words})(?:[^,，。;；:：、\d()\n]{{0,14}}?)\s?{_SIGN}?$")


@cache
def _chinese_after() -> re.Pattern[str]:
    hedges = alternation(_bounds("zh", "after"))
    return re.compile(rf"\s?(?P<hedge>{hedges})")


@cache
def _all_chinese() -> dict[str, Bound]:
    """Return the bound of each Chinese hedge with its negations spelled out."""
    plain = {word: pair[0] for word, pair in _bounds("zh", "before").items()}
    for word, (_, negated) in _bounds("zh", "before").items():
        if negated:
            plain |= {f"{no}{word}": negated for no in ("不", "未", "不得", "没有")}
    return plain | {"不少于": "at_least", "不低于": "at_least", "近占": "nearly"}


@cache
def _no_lasts() -> tuple[str, ...]:
    rows = language("en")["negation"]
    return ("n't", *(words.split()[-1] for words in (*rows["words"], *rows["between"])))


def hedged_before(before: str) -> bool:
    """Whether words right before a number say more, less or about."""
    return bool(_english_before().search("\n" + before[-_REACH_EN:]))


def before(folded: str, start: int) -> Hedge | None:
    """Return the hedge that stands before a number.

    Examples
    --------
    >>> before("no less than 5 million", 13).bound, before("not exceeding 10,000", 14).bound
    ('at_least', 'at_most')
    >>> before("不超过5万人", 3).bound, before("超过17亿美元", 2).bound
    ('at_most', 'more_than')
    """
    tail = folded[max(0, start - _REACH_EN) : start]
    if not tail or (tail[-1] in ".;" and not tail.endswith(("c.", "ca.", "approx.", "s.", "rs."))):
        return None
    if _may_hedge(tail) and (found := _english_before().search("\n" + tail)):
        begin = found.start()  # of the hedge, as the line break added is no part of the tail
        ahead = tail[:begin].rstrip()
        no = ahead.endswith(_no_lasts()) and _english_no().search(tail, 0, begin)
        return _said("en", found["hedge"], tail[no.start() if no else begin :], negated=bool(no))
    tail = tail[-_REACH_ZH:]
    if tail.isascii() and _COMPARED.isdisjoint(tail):
        return None
    if _ends_zh(tail) and (found := _chinese_before().search(tail)):
        return _said("zh", found["hedge"], found[0], negated=bool(found["neg"]))
    if not _reach_firsts().isdisjoint(tail) and (found := _chinese_reach().search(tail)):
        word = found["hedge"]
        root = word.removesuffix("占").removesuffix("为").removesuffix("有").removesuffix("合")
        bound = _all_chinese().get(root) or _all_chinese().get(word) or _all_chinese().get(word[:2])
        if bound and _reaches(word, found[0]):
            return Hedge(bound, word, len(tail) - found.start())
    return None


_LAST_TOKEN = re.compile(r"\s*(\.?[a-z']+|[^\sa-z])")  # of a text turned round
_COMPARED = frozenset("<>~")


@cache
def _zh_lasts() -> frozenset[str]:
    """Return the characters that can stand last in a Chinese hedge before a number."""
    words = [
        *_bounds("zh", "before"),
        *language("zh")["fillers"]["words"],
        "人民币",
        *"£€¥₹₦₱₩₽≤≥≈",
    ]
    return frozenset(word[-1] for word in words)


@cache
def _reach_firsts() -> frozenset[str]:
    return frozenset(word[0] for word in language("zh")["reach"]["words"])


def _ends_zh(tail: str) -> bool:
    """Whether the last character before a number can end a Chinese hedge: a quick first look."""
    last = tail.rstrip()[-1:]
    return last.isascii() or last in _zh_lasts()


@cache
def _last_tokens() -> frozenset[str]:
    """Return the words and signs that can stand last in a hedge before a number."""
    rows = language("en")["fillers"]["words"]
    words = [*_bounds("en", "before"), *rows, "to", "of"]
    signs = {"rs", "rs.", "rmb", "cny", "usd", "eur", "gbp", "inr", *"$£€¥₹₦₱₩₽"}
    return frozenset(word.split()[-1] for word in words) | signs


def _may_hedge(tail: str) -> bool:
    """Whether the last word before a number can be the end of a hedge: a quick first look."""
    last = _LAST_TOKEN.match(tail[::-1])
    return last is not None and (last[1][::-1] in _last_tokens() or not last[1][-1].isalpha())


def _reaches(word: str, said: str) -> bool:
    """Whether a hedge reaches over the words between: "超过一半的县有5个" does not."""
    between = said[len(word) :]
    if word in ("超过", "不超过", "不少于", "不低于", "不得超过"):
        return between.endswith("的") and len(between) > 3
    return True


def _said(lang: str, hedge: str, words: str, *, negated: bool) -> Hedge:
    bound, turned = _bounds(lang, "before").get(" ".join(hedge.split()), ("exact", None))
    if negated:
        bound = turned or ("fewer_than" if bound == "nearly" else bound)
    return Hedge(bound, " ".join(words.split()), len(words))


def after(folded: str, numeral: Numeral) -> Hedge | None:
    """Return the hedge that stands behind a number, its unit or the noun it counts.

    Examples
    --------
    >>> after("1000万人以上", Numeral(0, 5, 1e7, 1e7, unit_end=6, noun_end=6)).bound
    'at_least'
    """
    ends = {numeral.end, max(numeral.unit_end, numeral.end), max(numeral.noun_end, numeral.end)}
    counter = folded[numeral.end : numeral.end + 1]
    if counter and counter in "个家项条种件座所张份":
        ends.add(numeral.end + 1)
    for end in sorted(ends):
        if (
            end < len(folded)
            and folded[end].isascii()
            and (hedge := _english_after_at(folded, end))
        ):
            return hedge
        if hedge := _chinese_hedge_after(folded, end, numeral):
            return hedge
    return None


_LAST_WORDS = frozenset({"at least", "at most", "maximum", "approximately", "plus", "odd"})
_CLAUSE_END = re.compile(r"\s*$|\s{3}|[.,;)]|\sp")


def _english_after_at(folded: str, end: int) -> Hedge | None:
    """Return the English hedge at a place; some only count at the end of a clause."""
    found = _english_after().match(folded, end)
    if not found:
        return None
    word = " ".join(found["hedge"].split())
    if word in _LAST_WORDS and not _CLAUSE_END.match(folded[found.end() : found.end() + 3]):
        return None
    return Hedge(_bounds("en", "after")[word][0], word, 0)


def _chinese_hedge_after(folded: str, end: int, numeral: Numeral) -> Hedge | None:
    near = folded[end : end + 2]
    found = None if near.isascii() and "+" not in near else _chinese_after().match(folded, end)
    if not found:
        return None
    word, following = found["hedge"], folded[found.end() : found.end() + 1]
    at_number = end == numeral.end
    refused = {
        "起": at_number or numeral.unit not in ("CNY", "USD", "HKD"),
        "来": following not in tuple("个名户人元年天万亿家次"),
        "许": at_number or following not in tuple("个名户人元年天万亿家次"),
        "多": (at_number and bool(numeral.unit) and not numeral.chinese)
        or (not at_number and following in ("种", "元")),
        "余": at_number and bool(numeral.unit) and not numeral.chinese,
    }
    if refused.get(word):
        return None
    return Hedge(_bounds("zh", "after")[word][0], word, 0)


_SPANS = re.compile(r"\s?个?(?:多)?(?:年|月|周|天|日|季度|季|期|届|次|小时|星期|学年)")


def _recent(folded: str, numeral: Numeral) -> bool:
    """Whether 近 means the last: 近三年, 近3期; not nearly."""
    return numeral.low < 100 and bool(_SPANS.match(folded, numeral.end))


def _before_round(folded: str, start: int) -> Hedge | None:
    """Return the bound of 上百, 过亿, 破万: before a round number only."""
    word = folded[start - 1 : start] if start else ""
    if folded[start : start + 1] not in tuple("百千万亿十"):
        return None
    if word == "上":
        return Hedge("at_least", word, 1)
    return Hedge("more_than", word, 1) if word in ("过", "破") else None


def bound_of(folded: str, numeral: Numeral) -> tuple[Bound, str, int]:
    """Return the bound of a number, the words that say it, and where they begin."""
    start = numeral.before or numeral.start
    first = before(folded, start)
    last = after(folded, numeral)
    if not first and numeral.chinese and numeral.spelled:
        first = _before_round(folded, start)
    if numeral.is_range:
        return "range", first.words if first else "", start - (first.size if first else 0)
    if first and first.words == "近" and _recent(folded, numeral):
        first = None
    if first and not (first.bound == "about" and last and last.bound in ("more_than", "at_least")):
        return first.bound, first.words, start - first.size
    if numeral.odd:
        return "more_than", "多", start
    if last:
        return last.bound, last.words, start
    return "exact", "", start
