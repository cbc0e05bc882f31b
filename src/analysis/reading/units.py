"""The unit of a number: signs before it, words and nouns behind it, nouns before its verb."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from analysis.reading.model import Numeral
from analysis.reading.tables import (
    GAP,
    alternation,
    chinese_nouns,
    chinese_units,
    english_units,
    kind_of_unit,
    language,
    letters_before,
    signs_before,
)

_TOKEN = re.compile(rf"{GAP}((?:[a-z]\.){{2,}}|sq\.|[a-z°℃][a-z'&]*(?:-[a-z']+)*\d?|[%‰])")
_SKIPPED = re.compile(
    r"\+|\s+of\s+(?=[a-z])|-odd\b|\s?odd\b|-plus\b|\s(?:or\s+(?:more|so|fewer|less|above)|and\s+(?:more|above))(?!\s+than)"
)
_GAP_ZH = re.compile(r" {0,40}\n? {0,40}")
_COUNTERS = "家件台张份条种类座所批艘架间栋处笔项只头辆"
_JOINED = re.compile(r"-([a-z]{3,})(?![a-z-]*-(?:based|level|led))(?=[\s,.-])")
_PER = re.compile(
    r"\s+(?:out\s+of\s+)?(?:per|in|for)\s+(?:every\s+)?(100|1,?000|10,?000|100,?000)(?=\s+[a-z]|[.;)])(?!\s+(?:yuan|dollars))"
)
_PER_NAMES = {"100": "percent", "1000": "per mille", "10000": "per 10,000", "100000": "per 100,000"}
_POINTS = re.compile(r"\s?-?\s?points?\b|\s+of\s+a\s+(?:percentage\s+)?point")
_OTHER_KIND = frozenset("级域乡型类式性化长委内市场际")
_NP_STOP = re.compile(r"[,，。;；:：、!?！？()\n\"》《\d]")
_LONGEST_NP = 16
_ENDINGS_NOT_PLURAL = ("ss", "us", "is", "ous", "news", "'s")
_LONGEST_SIGN = 8


class Found(NamedTuple):
    """A unit, where its words end, and where the noun phrase counted ends."""

    unit: str
    end: int
    noun_end: int


@cache
def _signs() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![a-z])(?:{alternation(signs_before())})\.?\s{{0,12}}$|(?:us\$|\$|£|€|¥|₹|₦|₱|₩|₽)\s{{0,12}}$"
    )


_LETTER_SCALE = re.compile(
    r"(?:\.\d+)?(?:\s?-?(?:hundred|thousand|million|billion|trillion|mn|bn|tn)\b|[mk]\b)"
)
_ONE_SIGN = frozenset("$£€¥₹₦₱₩₽৳")


@cache
def _sign_ends() -> frozenset[str]:
    """Return the last two characters of the signs of currency, for a quick first look."""
    return frozenset(sign[-2:] for sign in signs_before()) | {
        f"{sign[-1]}." for sign in signs_before()
    }


@cache
def _no_nouns() -> frozenset[str]:
    return frozenset(language("en")["no_nouns"]["words"])


@cache
def _stops() -> frozenset[str]:
    return frozenset(language("en")["stops"]["words"])


@cache
def _known_plural() -> frozenset[str]:
    return frozenset(
        word for word, unit in english_units().items() if kind_of_unit()[unit] == "count"
    )


@cache
def _firsts() -> dict[str, int]:
    """Return, for the first word of each English unit, the most words that such a unit has."""
    sizes: dict[str, int] = {}
    for words in english_units():
        first = words.split()[0]
        sizes[first] = max(sizes.get(first, 1), len(words.split()))
    return sizes


def sign_before(folded: str, start: int) -> tuple[str, int]:
    """Return the currency whose sign stands before a number, and where the sign begins.

    Examples
    --------
    >>> sign_before("more than us$1.7bn", 13)
    ('USD', 10)
    """
    window = folded[max(0, start - _LONGEST_SIGN * 2) : start]
    if window.rstrip()[-2:] not in _sign_ends() and window.rstrip()[-1:] not in _ONE_SIGN:
        return "", start
    last = window[-1:]
    dotted = window[-3:] in ("rs.", "tk.")
    if not dotted and (not last or last.isdigit() or last in ",.;:)"):
        return "", start
    found = _signs().search(window)
    if not found:
        return "", start
    sign = " ".join(found[0].split()).rstrip()
    rows = signs_before()
    known = rows.get(sign) or rows.get(sign.rstrip(".")) or ""
    return (known, start - len(window) + found.start()) if known else ("", start)


def letter_before(text: str, folded: str, start: int, end: int) -> tuple[str, int]:
    """Return the currency of a capital before a number that cannot be a code, and where it stands.

    Examples
    --------
    >>> line = "R20 million for N500 schools"
    >>> letter_before(line, line.lower(), 1, 3), letter_before(line, line.lower(), 17, 20)
    (('ZAR', 0), ('', 17))
    """
    at = start - 1 - (text[start - 1 : start] == " ")
    known = letters_before().get(text[at : at + 1]) if at >= 0 else None
    if not known or (at and (text[at - 1].isalnum() or text[at - 1] in "-./&$'’")):
        return "", start
    money = "," in folded[start:end] or _LETTER_SCALE.match(folded, end)
    return (known, at) if money else ("", start)


def unit_after(folded: str, numeral: Numeral) -> Found:
    """Return the unit that stands behind a number."""
    end = numeral.end
    if end >= len(folded):
        return Found("", end, end)
    skipped = _SKIPPED.match(folded, end)
    if skipped and (numeral.kind == "vague" or "of" not in skipped[0]):
        end = skipped.end()
    char = folded[end : end + 1]
    if char in " \n-" or char.isascii():
        found = english(folded, end)
        if found.unit or found.noun_end > end:
            return found
        if number := _IN_NUMBER.match(folded, end):
            return Found(_head(folded, number.end() - 1).unit, end, end)
    return chinese(folded, end)


def unit_word(folded: str, end: int) -> str:
    """Return the unit of the noun phrase behind a number, "" where a table has none."""
    found = english(folded, end)
    return found.unit if found.unit in kind_of_unit() else ""


def english(folded: str, end: int) -> Found:
    """Return the unit of an English phrase behind a number: its words, or the head noun.

    Examples
    --------
    >>> english("24 national-level economic development zones in", 2).unit
    'zones'
    >>> english("5 percentage points", 1).unit, english("850,000 people in", 7).unit
    ('percentage points', 'persons')
    """
    first = _TOKEN.match(folded, end)
    if not first:
        return Found("", end, end)
    if rate := _PER.match(folded, end):
        return Found(_PER_NAMES[rate[1].replace(",", "")], rate.end(), rate.end())
    if folded[end] == "-" and (joined := _JOINED.match(folded, end)):
        return _compound(joined, end)
    if direct := _table_unit(folded, first):
        return direct
    return _head(folded, end)


def _compound(joined: re.Match[str], end: int) -> Found:
    """Return the unit of "a 500-bed hospital", "a 30-million-yuan fund"."""
    word = joined[1]
    if word.startswith("percent") and joined.string.startswith("-point", joined.end(1)):
        return Found("percentage points", joined.end(1) + 6, joined.end(1) + 6)
    if word == "strong":  # a 25,000-strong workforce
        return Found("persons", joined.end(1), joined.end(1))
    unit = english_units().get(word) or english_units().get(f"{word}s") or f"{word}s"
    stop = joined.end(1)
    return Found(unit, stop, stop if kind_of_unit().get(unit) != "count" else end)


def _table_unit(folded: str, first: re.Match[str]) -> Found | None:
    """Return a unit whose words begin right here, the longest first."""
    word = first[1].rstrip(".")
    if len(word) > 4 and word[-1].isdigit() and word not in _firsts():  # a footnote's mark
        word = word[:-1]
        return (
            Found(unit, first.end() - 1, first.end())
            if (unit := english_units().get(word))
            else None
        )
    most = _firsts().get(word) or _firsts().get(first[1])
    if not most:
        hyphen = word.partition("-")[0]
        return _hyphened(folded, first, hyphen) if hyphen != word else None
    tokens, at = [first], first.end()
    while len(tokens) < most and (token := _TOKEN.match(folded, at)):
        tokens.append(token)
        at = token.end()
    for size in range(len(tokens), 0, -1):
        words = " ".join(token[1] for token in tokens[:size])
        unit = english_units().get(words) or english_units().get(words.rstrip("."))
        if unit:
            stop = tokens[size - 1].end()
            if kind_of_unit()[unit] == "count" and f"{words}s" in english_units():
                head = _head(folded, stop)  # 1,240 village delivery points
                if head.noun_end > stop:
                    return head
            if kind_of_unit()[unit] == "count" and size == len(tokens):
                return _through(folded, stop, unit)
            if unit in ("percent", "%") and (point := _POINTS.match(folded, stop)):
                return Found("percentage points", point.end(), point.end())
            return Found(unit, stop, stop)
    return None


def _hyphened(folded: str, first: re.Match[str], word: str) -> Found | None:
    """Return the unit of "5-year-old plan", "30-million-yuan fund"."""
    unit = english_units().get(word, "")
    if kind_of_unit().get(unit) in ("duration", "money", "measure", "share"):
        stop = first.start(1) + len(word)
        return Found(unit, stop, stop)
    return None


def _through(folded: str, end: int, unit: str) -> Found:
    """Go on where a known noun only qualifies the next: village schools, county centers."""
    token = _TOKEN.match(folded, end)
    if token and folded[end] != "-" and "\n" not in folded[end : token.start(1)]:
        word = token[1].rstrip(".")
        if word in _known_plural() and word.endswith("s") and word not in _stops():
            return Found(english_units()[word], token.end(), token.end())
    return Found(unit, end, end)


def _head(folded: str, end: int) -> Found:
    """Return the head of a noun phrase: its last plural before a word that ends the phrase."""
    at, best = end, Found("", end, end)
    for _ in range(9):
        token = _TOKEN.match(folded, at)
        if not token or (at > end and token[1] in "%‰") or "\n\n" in folded[at : token.start(1)]:
            break
        word = token[1].rstrip(".'")
        if word in _stops() or (at > end and folded[at : at + 1] == "."):
            break
        plural = _is_plural(word)
        if best.noun_end > end and not plural:
            break
        if plural:
            best = Found(_unit_of(word), token.end(), token.end())
        if token[1].endswith(".") and token[1].count(".") == 1:
            break
        at = token.end()
        if at < len(folded) and folded[at] in ",;:)":
            if best.noun_end > end or folded[at] != ",":
                break
            break
    return best


def _is_plural(word: str) -> bool:
    if word in _known_plural():
        return True
    if len(word) < 4 or "-" in word or word in _no_nouns():
        return False
    return word.endswith("s") and not word.endswith(_ENDINGS_NOT_PLURAL)


def _unit_of(word: str) -> str:
    return english_units().get(word, word)


def chinese(folded: str, end: int) -> Found:
    """Return the unit behind a Chinese number: a measure word of a table, or the noun it counts.

    Examples
    --------
    >>> chinese("618.8万贫困人口增收", 6).unit, chinese("832个国家级贫困县", 3).unit
    ('persons', 'counties')
    >>> chinese("3.2个百分点", 3).unit
    'percentage points'
    """
    at = end
    at += len(_GAP_ZH.match(folded, at)[0])  # type: ignore[index]  # it matches nothing, too
    for words, unit in chinese_units().get(folded[at : at + 1], ()):
        if folded.startswith(words, at):
            return _measure(folded, at, words, unit)
    return _noun(folded, at, end)


def _measure(folded: str, at: int, words: str, unit: str) -> Found:
    stop = at + len(words)
    kind = kind_of_unit()[unit]
    if words in ("名", "位", "口", "次", "单", "方", "度", "升", "日") and kind != "duration":
        noun = _noun(folded, stop, stop)
        if words in ("次", "单", "方", "度", "升") and noun.unit:
            return noun
    if words in ("县", "村", "省", "市", "乡", "镇") and folded[stop : stop + 1] in ("级", "域"):
        return _noun(folded, at, at)
    if kind == "count" and words in ("户",) and folded[stop : stop + 2] in ("企业", "商户"):
        return Found("enterprises", stop + 2, stop + 2)
    alone = kind != "count" or _parted().match(folded, stop)
    noun_end = stop if alone else _noun(folded, stop, stop).noun_end
    return Found(unit, stop, noun_end)


def _noun(folded: str, at: int, end: int) -> Found:
    """Return the last noun of a table in the phrase that follows; else the noun as written."""
    limit = min(len(folded), at + _LONGEST_NP)
    cut = _NP_STOP.search(folded, at, limit)
    limit = cut.start() if cut else limit
    phrase = folded[at:limit]
    best, stop = "", at
    for found in _nouns().finditer(phrase):
        following = phrase[found.end() : found.end() + 1]
        if following in _OTHER_KIND and following:
            continue
        far = found.start() - (stop - at) > 6
        if best and (far or _parted().search(phrase, stop - at, found.end())):
            break
        best, stop = chinese_nouns()[found[0]], at + found.end()
    if best:
        return Found(best, stop, stop)
    counter = _counter_noun().match(folded, at, limit)
    if counter and counter[1]:
        return Found(counter[1].strip(), counter.end(), counter.end())
    if (char := folded[at : at + 1]) and char in _COUNTERS:
        return Found(char, at + 1, at + 1)
    return Found("", end, end)


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(alternation(chinese_nouns()))


@cache
def _counter_noun() -> re.Pattern[str]:
    counters = alternation(word for word in language("zh")["counters"]["words"] if len(word) == 1)
    stops, verbs = (alternation(language("zh")[name]["words"]) for name in ("stops", "verbs"))
    char = r"[\u4e00-\u9fff]"
    return re.compile(
        rf"(?:{counters})?+((?:(?!{stops}){char}){{1,2}}(?:(?!{stops}|{verbs}){char}){{0,4}})"
    )


@cache
def _parted() -> re.Pattern[str]:
    """Return the pattern of what stands between two nouns of which the first alone is counted."""
    return re.compile(f"[没有了在已的]|{alternation(language('zh')['verbs']['words'])}")


@cache
def _subjects() -> tuple[re.Pattern[str], re.Pattern[str]]:
    verbs = alternation(language("en")["verbs"]["words"])
    english = re.compile(
        rf"([a-z][a-z'-]*)(?:\s+(?:has|have|had|now|already|also|had\s+been|will))*\s+(?:{verbs})(?:\s+[a-z]+)?\s*(?:[a-z]+\s+)?$"
    )
    chinese = re.compile(
        r"(贫困村|贫困县|行政村|人数|人口|人次|网民|用户|就业|减贫|脱贫|参保|创业|农民工|户数|企业数|网商数|网店数|岗位)[^,，。;；、\d]{0,8}$"
    )
    return english, chinese


_CLAUSE = re.compile(r"[,;.，。；\n]\s*")
_IN_NUMBER = re.compile(r"\s+in\s+the\s+(?:total\s+)?number\s+of\s+")
_OF = re.compile(
    r"number\s+of\s+((?:[a-z'-]+\s+){1,6}?)(?:has|have|had|exceed|reach|total|rose|grew|increas|stood|was|is|hit|fell|in\b|at\b|to\b|from\b|surpass)"
)


def unit_before(folded: str, start: int) -> str:
    """Return the unit that the subject names: "internet users exceeded 300 million".

    Examples
    --------
    >>> unit_before("rural internet users exceeded 300 million.", 30)
    'persons'
    """
    window = _CLAUSE.split(folded[max(0, start - 110) : start])[-1]
    english, chinese = _subjects()
    if (number := _OF.search(window)) and (
        nouns := [word for word in number[1].split() if _is_plural(word)]
    ):
        return _unit_of(nouns[-1])
    if (subject := english.search(window)) and _is_plural(subject[1]):
        return _unit_of(subject[1])
    if subject := chinese.search(folded[max(0, start - 20) : start]):
        word = subject[1]
        return {
            "人次": "person-times",
            "户数": "households",
            "企业数": "enterprises",
            "网商数": "merchants",
            "网店数": "stores",
            "岗位": "jobs",
            "贫困村": "villages",
            "行政村": "villages",
            "贫困县": "counties",
        }.get(word, "persons")
    return ""
