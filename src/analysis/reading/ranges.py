"""Numbers that belong together: ranges (2.3-2.5 million) and lists that share a unit or a hedge."""

from __future__ import annotations

import itertools
import re
from functools import cache

from analysis.reading.model import Numeral
from analysis.reading.tables import alternation, kind_of_unit, language

_JOINT = re.compile(
    r"\s?(?:-|~|--|to|至|到|或|or|and|与|和)\s?(?:about\s|as\s(?:much|many|high)\sas\s|even\s|约)?"
)
_LIST = re.compile(r"\s?(?:,\s?(?:and\s|or\s)?|、|and|or|和|及|以及|或|与|,\s?以及)\s?")
_SENTENCE = re.compile(r"[.;。；\n]")
_QUALIFIED = re.compile(r"\s[a-z-]+(?:\s[a-z-]+)?(?:,|\sand|\sor|,\sand)\s")
_PART_OF = re.compile(r"\s(?:out\s)?of\s(?:the\s|its\s|all\s|a\stotal\sof\s)?")
_LONGEST_GAP = 28
_FROM = re.compile(
    r"(?<![a-z])from\s+(?:about\s+|around\s+|just\s+|less\s+than\s+|some\s+|only\s+)?\S{0,4}$"
)
_FROM_ZH = re.compile(r"[由从自][^,，。;；、\d]{0,12}$")
_BETWEEN = re.compile(r"(?<![a-z])between\s+\S{0,4}$")


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{alternation(language('en')['change']['words'])})(?![a-z])")


@cache
def _changed_by() -> re.Pattern[str]:
    words = alternation(language("en")["change"]["words"])
    return re.compile(
        rf"(?<![a-z])(?:{words})\s+(?:by\s+)?(?:about\s+|some\s+|nearly\s+|over\s+)?$"
    )


def join(folded: str, numerals: list[Numeral]) -> list[Numeral]:
    """Join the ends of ranges, and give the members of a list the unit and hedge they share.

    Parameters
    ----------
    folded : str
        Folded text.
    numerals : list of Numeral
        Numbers in order, each with its own unit.
    """
    joined: list[Numeral] = []
    for one in numerals:
        last = joined[-1] if joined else None
        if last and _is_range(folded, last, one):
            joined[-1] = _range(last, one)
        else:
            joined.append(one)
    _share(folded, joined)
    return joined


def _gap(folded: str, first: Numeral, second: Numeral) -> str | None:
    begin = second.before or second.start
    if not 0 <= begin - first.end <= _LONGEST_GAP:
        return None
    return folded[first.end : begin]


def _is_range(folded: str, first: Numeral, second: Numeral) -> bool:
    gap = _gap(folded, first, second)
    if gap is None or first.is_range or second.is_range or first.kind == "vague":
        return False
    stop = max(first.unit_end, first.end)
    own = folded[first.end : stop] if stop <= second.start else ""
    link = _JOINT.fullmatch(gap.removeprefix(own).strip(" ") and gap[len(own) :])
    if not link or "\n\n" in gap:
        return False
    word = link[0].strip().split(" ")[0]
    if word in ("and", "与", "和") and not _BETWEEN.search(
        folded, max(0, first.start - 20), first.before or first.start
    ):
        return word in ("与", "和") and folded[
            max(0, first.start - 6) : first.start
        ].rstrip().endswith(("在", "介于"))
    if word in ("or", "或"):
        return first.spelled and second.spelled and second.low == first.low + 1 and first.low > 1
    return _ordered(folded, first, second, word)


def _ordered(folded: str, first: Numeral, second: Numeral, word: str) -> bool:
    """Whether both ends make a range: the lower first, and no change from one to the other."""
    low, high = _scaled_low(first, second), second.low
    if low >= high or not _alike(first, second):
        return False
    begin = first.before or first.start
    if word == "to" and _moved(folded, first, second):
        return False
    if word in ("to", "至", "到") and _from(folded, begin):
        return not _changes(folded, begin)
    timed = kind_of_unit().get(second.unit) == "duration"
    return not (timed and not first.unit and first.scale != 1)


def _moved(folded: str, first: Numeral, second: Numeral) -> bool:
    """Whether a change and where it led stand side by side: "fell 2.5 points to 48.9"."""
    named = first.unit_end > first.end or first.scale > 1
    lead = folded[max(0, first.start - 24) : first.before or first.start]
    return named and (
        (not second.unit and second.scale <= first.scale and first.unit_end > first.end)
        or bool(_changed_by().search(lead))
    )


def _alike(first: Numeral, second: Numeral) -> bool:
    """Whether two units can be those of one range."""
    units = {first.unit, second.unit} - {""}
    return len(units) < 2 or units == {"percent", "percentage points"}


def _from(folded: str, begin: int) -> bool:
    tail = folded[max(0, begin - 26) : begin]
    return bool(_FROM.search(tail) or _FROM_ZH.search(tail))


def _changes(folded: str, begin: int) -> bool:
    clause = _SENTENCE.split(folded[max(0, begin - 110) : begin])[-1]
    if _change().search(clause):
        return True
    return bool(_FROM_ZH.search(clause))


def _scaled_low(first: Numeral, second: Numeral) -> float:
    """Give the lower end the scale of the higher: 2.3-2.5 million, 3至5万."""
    own = first.unit and not (first.kind == "money" and first.unit_end <= first.end)
    if first.scale == 1.0 and second.scale > 1.0 and first.low < 1000 and not own:
        return float(f"{first.low * second.scale:.15g}")
    return first.low


def _range(first: Numeral, second: Numeral) -> Numeral:
    first.low, first.high = _scaled_low(first, second), second.high
    first.end = second.end
    first.unit = second.unit or first.unit
    first.kind = second.kind if second.kind != "number" else first.kind
    first.unit_end = second.unit_end
    first.noun_end = second.noun_end
    first.chinese = first.chinese or second.chinese
    first.odd = second.odd
    first.scale = max(first.scale, second.scale)
    return first


def _share(folded: str, numerals: list[Numeral]) -> None:
    """Hand the unit back along a list: "8.2 and 6.4 percentage points"."""
    for place in range(len(numerals) - 2, -1, -1):
        first, second = numerals[place], numerals[place + 1]
        if not second.unit or first.unit or first.is_range or first.unit_end > first.end:
            continue
        gap = _gap(folded, first, second)
        if gap is None or not _one_unit(folded, gap, first, second):
            continue
        first.unit, first.unit_end, first.noun_end = second.unit, first.end, first.end
        first.kind = second.kind if first.kind == "number" else first.kind
        bare = first.scale == 1 and first.low < 1000 and not first.spelled
        scaled = second.scale > 1 and second.low >= 1000 and not second.odd
        if bare and scaled and _LIST.fullmatch(gap):  # the scale, too: "2, 3 and 5 million"
            first.low = first.high = float(f"{first.low * second.scale:.15g}")
            first.scale = second.scale


_CHANGE_OF = re.compile(r"\b(?:an?|the)\s+(?:[a-z]+\s+)?([a-z]+)\s+of\s+(?:[a-z]+\s+){0,3}$")
_LED_TO = re.compile(r"\s?(?:to|至|到)\s?(?:[a-z]+\s+){0,2}")
_CHANGE_ZH = re.compile(
    r"(?:增加|减少|下降|上升|增长|净增|新增|多|少)了?(?:近|约|逾|超过|超|达|到)?$"
)


def apposed(folded: str, figures: list[Numeral]) -> None:
    """Give a change without a unit that of the figure before: "5.51 million people, a fall of 11.09 million".

    Parameters
    ----------
    folded : str
        Folded text.
    figures : list of Numeral
        Figures in order; changed in place.
    """
    for first, second in itertools.pairwise(figures):
        begin = second.before or second.start
        if second.unit or second.low < 1000 or first.kind not in ("count", "money"):
            continue
        if not 0 < begin - first.end < 90 or _SENTENCE.search(folded, first.end, begin):
            continue
        lead = folded[first.end : begin]
        said = _CHANGE_OF.search(lead)
        led = _LED_TO.fullmatch(lead) and first.scale > 1 and _from(folded, first.start)
        if (
            led
            or (said and said[1] in language("en")["change"]["words"])
            or _CHANGE_ZH.search(lead)
        ):
            second.unit, second.kind = first.unit, first.kind
            second.unit_end = second.end


def _one_unit(folded: str, gap: str, first: Numeral, second: Numeral) -> bool:
    """Whether two numbers share a unit: a list, "300 rural and 200 urban schools", "31 of 50 villages", "from 5 to 10 percent"."""
    if _LIST.fullmatch(gap):
        return True
    if second.kind == "count" and (_QUALIFIED.fullmatch(gap) or _PART_OF.fullmatch(gap)):
        return True
    return gap.strip() in ("to", "到", "至") and _from(folded, first.before or first.start)


def _listed(folded: str, first: Numeral, second: Numeral) -> bool:
    gap = _gap(folded, first, second)
    return gap is not None and bool(_LIST.fullmatch(gap))


def hand_on(folded: str, numerals: list[Numeral]) -> None:
    """Give the hedge before a bare list to all its members."""
    for first, second in itertools.pairwise(numerals):
        own = first.bound not in ("exact", "range") and first.hedge
        if (
            own
            and second.bound == "exact"
            and _listed(folded, first, second)
            and first.unit_end <= first.end
        ):
            second.bound, second.hedge = first.bound, first.hedge
