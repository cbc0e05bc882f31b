"""Numbers and dates as this project writes them, read back from a sentence in English or Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.words.catalogue import check_language, words
from analysis.words.wording import FEWEST_DIGITS

DATE = "date"
SCALES = {
    "": "1",
    "trillion": "1e12",
    "billion": "1e9",
    "million": "1e6",
    "thousand": "1e3",
    "hundred": "1e2",
    "万亿": "1e12",
    "亿": "1e8",
    "万": "1e4",
    "千": "1e3",
    "百": "1e2",
    "%": "0.01",
    "％": "0.01",
    "percent": "0.01",
    "per cent": "0.01",
    "percentage points": "0.01",
    "percentage point": "0.01",
    "个百分点": "0.01",
    "成": "0.1",
}
AS_PART = {
    "%",
    "％",
    "percent",
    "per cent",
    "percentage points",
    "percentage point",
    "个百分点",
    "成",
}
ENGLISH = ["zero", *words("numbers", "en")["cardinals"]]
WORDS = {
    word: number for number, word in enumerate(ENGLISH) if number > 1
}  # "one" is a pronoun more often than a count
MULTIPLES = {
    "twice": "2",
    "double": "2",
    "doubled": "2",
    "triple": "3",
    "tripled": "3",
    "half": "0.5",
    "halved": "0.5",
    "一半": "0.5",
    "半数": "0.5",
    "翻番": "2",
    "翻一番": "2",
}
ORDERS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "hundredth": 100,
    "thousandth": 1000,
}
CHINESE = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"两": 2}
COUNTED = "个份种项条届类对级笔组口年月天倍家行列段处次步名县轮批张图线场方位"  # what a Chinese number word counts
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        1,
    )
}

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_DATES = {
    "en": (
        rf"(?P<day>\d{{1,2}}) (?P<month>{_MONTH}) (?P<year>{_YEAR})",
        rf"(?P<month>{_MONTH})(?= (?:to|and) (?:{_MONTH}) (?P<year>{_YEAR}))",
        rf"(?P<month>{_MONTH}) (?P<year>{_YEAR})",
        rf"(?<![\d/.,])(?P<month>\d{{1,2}})/(?P<year>{_YEAR})",
        rf"(?<![\d.,$])(?P<year>{_YEAR})(?![\d%]|[.,]\d)",
    ),
    "zh": (
        rf"(?P<year>{_YEAR})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日",
        rf"(?P<year>{_YEAR})年(?P<month>\d{{1,2}})(?=月|[至—]\d{{1,2}}月)月?",
        r"(?<![\d.])(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?<![\d.])(?P<month>\d{1,2})月",
        rf"(?<![\d.])(?P<year>{_YEAR})(?:年|(?=[—–-]{_YEAR}年))",
    ),
}
_SIGN = r"(?:(?P<sign>−|(?<![\w)])-)(?:US\$)?)?"
_START = r"(?<![A-Za-z\d.,])(?<![A-Za-z]-)"  # not inside a name such as HC3 or COVID-19
_DIGITS = r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_NUMBERS = {
    "en": (
        rf"\b(?P<share>an?|{'|'.join(ENGLISH)}) (?P<order>{'|'.join(ORDERS)})s?\b",
        rf"\b(?P<multiple>{'|'.join(word for word in MULTIPLES if word.isascii())})\b",
        rf"{_START}(?P<over>\d+)/(?P<under>\d+)(?![\d/])",
        rf"{_START}{_SIGN}{_DIGITS}(?:(?P<unit>%)|[ -](?P<scale>percentage points?|percent|per cent|trillion|billion|million|thousand)\b)?",
        rf"\b(?P<word>{'|'.join(WORDS)})\b(?: (?P<scale>hundred|thousand|million|billion)\b)?",
    ),
    "zh": (
        r"(?P<under_zh>[一二三四五六七八九十百千]+)分之(?P<over_zh>[一二三四五六七八九十百]+)",
        rf"(?P<multiple>{'|'.join(word for word in MULTIPLES if not word.isascii())})",
        rf"{_START}(?P<over>\d+)/(?P<under>\d+)(?![\d/])",
        rf"{_START}{_SIGN}{_DIGITS}(?P<unit>%|％|个百分点|万亿|亿|万)?",
        rf"(?<![第一二三四五六七八九十百千\d])(?P<word>[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九])(?P<unit>成)?(?(unit)|(?=[余多几]?[{COUNTED}]))",
    ),
}
_RANGE = re.compile(r"(?:万|亿|万亿|元|年)?\s*(?:to|-|–|—|至|到)\s*")
_LIST = re.compile(r"(?: yuan|元|人|倍)?(?:, | and | or |, and |, or |、|和|或)")
# a Chinese bound stands before the verb, which may lie between it and the number
_REACH = r"[^\d，。；：（）]{0,12}"
# what stands right before a number that is a bound; "not over" holds "over", so up comes first
_BOUNDS = {
    "en": {
        "up": r"(?:at most|up to|nearly|almost|less than|fewer than|no more than) (?:US\$)?$",
        "down": r"(?:at least|more than|no fewer than|no less than) (?:US\$)?$",
    },
    "zh": {
        "up": rf"(?:至多|最多){_REACH}$|(?:不到|不足|不超过|近)约?$",
        "down": rf"(?:至少|不少于|不低于){_REACH}$|超过约?$",
    },
}


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


def numbers_said(text: str, lang: str) -> list[Said]:
    """Every number and date of a text, in order.

    Examples
    --------
    >>> [(one.value, one.kind) for one in numbers_said("20% of 7.71 million people", "en")]
    [(0.2, 'percent'), (7710000.0, 'plain')]
    >>> [(one.date or one.value) for one in numbers_said("2021年8月，两项共500万人", "zh")]
    ['2021-08', 2.0, 5000000.0]
    """
    found, left = [], text
    for patterns, read in ((_DATES, _date), (_NUMBERS, _number)):
        for pattern in patterns[check_language(lang)]:
            matches = list(re.finditer(pattern, left, re.I))
            found += [
                (
                    match.start(),
                    match.end(),
                    replace(read(match), ways=_ways(text[: match.start()], lang)),
                )
                for match in matches
            ]
            left = re.sub(
                pattern, lambda match: "\0" * len(match.group()), left, flags=re.I
            )  # no other pattern reads it again
    return _joined(text, sorted(found, key=lambda one: one[0]))


def _date(match: re.Match) -> Said:
    parts = match.groupdict()
    month = parts.get("month") or ""
    numbers = [
        parts.get("year") or "",
        f"{MONTHS.get(month.capitalize(), month):0>2}" if month else "",
        f"{parts['day']:0>2}" if parts.get("day") else "",
    ]
    date = "-".join(numbers[: max(place for place, number in enumerate(numbers) if number) + 1])
    return Said(match.group(), 0.0, 0, DATE, date=date)


def _number(match: re.Match) -> Said:
    parts = {name: value for name, value in match.groupdict().items() if value}
    text = match.group()
    if "multiple" in parts:
        return Said(text, float(MULTIPLES[parts["multiple"].lower()]), FEWEST_DIGITS, "fraction")
    if "order" in parts or "over" in parts or "over_zh" in parts:
        return Said(text, _fraction(parts), FEWEST_DIGITS, "fraction")
    unit = (parts.get("unit") or parts.get("scale") or "").lower()
    if "word" in parts:
        number = Decimal(
            WORDS[parts["word"].lower()] if parts["word"].isascii() else _chinese(parts["word"])
        )
    else:
        number = Decimal(parts["digits"].replace(",", "")) * (-1 if parts.get("sign") else 1)
    kind = "percent" if unit in AS_PART else "word" if "word" in parts else "plain"
    digits = _digits(parts.get("digits", str(number)))
    return Said(text, float(number * Decimal(SCALES[unit])), digits, kind)


def _digits(written: str) -> int:
    """Significant digits; zeros at the end of a whole number need not be any."""
    bare = written.replace(",", "").replace(".", "").lstrip("0")
    return max(len(bare if "." in written else bare.rstrip("0")), FEWEST_DIGITS)


def _fraction(parts: dict[str, str]) -> float:
    if "order" in parts:
        share = parts["share"].lower()
        return (1 if share in ("a", "an") else ENGLISH.index(share)) / ORDERS[
            parts["order"].lower()
        ]
    if "over" in parts:
        return int(parts["over"]) / max(int(parts["under"]), 1)
    return _chinese(parts["over_zh"]) / _chinese(parts["under_zh"])


def _chinese(word: str) -> int:
    """A Chinese number word up to 99, or 百 and 千."""
    if word in ("百", "千"):
        return {"百": 100, "千": 1000}[word]
    tens, ten, ones = word.rpartition("十")
    return (CHINESE.get(tens, 1) * 10 if ten else 0) + CHINESE.get(ones, 0)


def _ways(before: str, lang: str) -> tuple[str, ...]:
    """The rounding that keeps a number true behind the words right before it."""
    return next(
        ((way,) for way, words in _BOUNDS[lang].items() if re.search(words, before, re.I)),
        ("nearest",),
    )


def _joined(text: str, found: list[tuple[int, int, Said]]) -> list[Said]:
    """Read ranges and lists as a whole: 5 to 7 million; at least 3, 4 or 5; about 6 (5 to 7), rounded outwards."""
    said = [one for _, _, one in found]
    for place in range(len(found) - 1):
        low, high, between = (
            said[place],
            said[place + 1],
            text[found[place][1] : found[place + 1][0]],
        )
        if _RANGE.fullmatch(between):
            said[place : place + 2] = _range(
                low, high, bracketed=text[: found[place][0]].endswith(("(", "（"))
            )
        elif (
            _LIST.fullmatch(between)
            and DATE not in (low.kind, high.kind)
            and high.ways == ("nearest",)
        ):
            said[place + 1] = replace(high, ways=low.ways)
    return said


def _range(low: Said, high: Said, *, bracketed: bool) -> tuple[Said, Said]:
    if DATE in (low.kind, high.kind):
        return (
            (replace(low, ways=("from",)), replace(high, ways=("to",)))
            if low.kind == high.kind
            else (low, high)
        )
    unit = _unit(high.text)
    if unit and not _unit(low.text) and low.kind == "plain" and abs(low.value) < 1000:
        low = replace(
            low, value=float(Decimal(str(low.value)) * Decimal(SCALES[unit])), kind=high.kind
        )
    if bracketed:
        return replace(low, ways=("down",)), replace(high, ways=("up",))
    return low, replace(high, ways=low.ways) if high.ways == ("nearest",) else high


def _unit(text: str) -> str:
    """The scale or percent sign at the end of a number as written, or ""."""
    return next(
        (
            unit
            for unit in sorted(SCALES, key=len, reverse=True)
            if unit and text.lower().endswith(unit)
        ),
        "",
    )
