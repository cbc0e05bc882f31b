"""Numbers of one short phrase with their hedges: what a coded claim is held against."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import cast

from analysis.reading.fold import fold
from analysis.reading.hedges import before
from analysis.reading.model import Bound, Candidate, Kind
from analysis.reading.reader import read
from analysis.reading.tables import alternation, language

FEWEST_DIGITS = 1
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
_UNLIKE = frozenset({"date", "time", "page", "identifier", "list_marker", "age"})
_ALL = re.compile(r"\b(?:all|every|entire)\b|全部|所有|全体|全覆盖")
_LAST_ORDINAL = re.compile(r"(?<=第)\s*\d+\s*[-–—~至到]\s*(\d+)(?=[届期位名])")
_SINGLE = re.compile(r"\ban?\s+(year|month|week|day|decade)\b")
SAME_SIDE: tuple[frozenset[str], ...] = (
    frozenset({"more_than", "at_least"}),
    frozenset({"nearly", "fewer_than", "at_most"}),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A number that a phrase says.

    Attributes
    ----------
    start, end : int
        Where it stands in the phrase.
    text : str
        As written.
    low, high : float or None
        Ends in base units; None is open.
    bound : str
        What the words say: exact, about, more_than, at_least, fewer_than, nearly, at_most, range.
    allowed : frozenset of str
        Bounds that the words may stand for: more than one where a word is doubtful.
    unit, currency : str
        As of a candidate.
    kind : str
        As of a candidate; an ordinal has its number in ``low`` and ``high``.
    digits : int
        Fewest significant digits that the writing lets a reader believe in.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    bound: Bound
    allowed: frozenset[str]
    unit: str
    currency: str
    kind: Kind
    digits: int

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers written: one, or both ends of a range.

        Examples
        --------
        >>> numbers("2.3-2.5 million")[0].values
        (2300000.0, 2500000.0)
        """
        ends = [end for end in (self.low, self.high) if end is not None]
        return tuple(dict.fromkeys(ends))

    def says(self, value: float) -> bool:
        """Whether this is a value: the number itself, or its share where a percentage is said.

        Examples
        --------
        >>> numbers("about 2.5%")[0].says(0.025)
        True
        """
        parts = [end / 100 for end in self.values] if self.unit == "percent" else []
        return any(math.isclose(value, end, rel_tol=1e-9) for end in (*self.values, *parts))


def numbers(words: str, lang: str | None = None) -> tuple[Said, ...]:
    """Return the numbers of a phrase, ordinals among them, in order.

    Parameters
    ----------
    words : str
        A phrase of a claim, in English or Chinese.
    lang : {"en", "zh"}, optional
        Read number words of this language only.

    Examples
    --------
    >>> [(one.high, one.bound) for one in numbers("not exceeding 10,000 yuan")]
    [(10000.0, 'at_most')]
    >>> [(one.low, one.bound, one.unit) for one in numbers("不少于500万户")]
    [(5000000.0, 'at_least', 'households')]
    >>> [one.low for one in numbers("from the 122nd to the 128th Canton Fair")]
    [122.0, 128.0]
    >>> [one.low for one in numbers("第122-128届广交会")]
    [122.0, 128.0]
    """
    found = read(words, lang, everything=True, small=True)
    said = [
        _said(words, one)
        for one in found
        if one.kind not in _UNLIKE and (one.low is not None or one.high is not None)
    ]
    return tuple(sorted([*said, *_unwritten(words)], key=lambda one: one.start))


def _unwritten(words: str) -> list[Said]:
    """Return what words say without a numeral: all (100 percent), a year (one), 第 before an ordinal."""
    folded = fold(words)
    made = []
    for match in _ALL.finditer(folded):
        whole = Candidate(*match.span(), "", 100.0, 100.0, "exact", "percent", kind="share")
        made.append(_said(words, whole))
    for match in _LAST_ORDINAL.finditer(folded):
        last = float(match[1])
        made.append(
            _said(words, Candidate(*match.span(1), "", last, last, "exact", "", kind="ordinal"))
        )
    for match in _SINGLE.finditer(folded):
        hedge = before(folded, match.start())
        bound: Bound = hedge.bound if hedge else "exact"
        low = None if bound in SAME_SIDE[1] else 1.0
        high = None if bound in SAME_SIDE[0] else 1.0
        unit = f"{match[1]}s"
        single = Candidate(*match.span(), "", low, high, bound, unit, kind="duration")
        made.append(_said(words, single))
    return made


def _said(words: str, one: Candidate) -> Said:
    written = words[one.start : one.end]
    low = one.low / 2 if one.kind == "vague" and one.low else one.low
    return Said(
        one.start,
        one.end,
        written,
        low,
        one.high,
        one.bound,
        _allowed(words, one),
        one.unit,
        one.currency,
        one.kind,
        significant(written),
    )


def _allowed(words: str, one: Candidate) -> frozenset[str]:
    """Return the bounds that words may stand for; without a hedge a figure is exact or rounded."""
    if one.kind == "vague":
        return frozenset({"range", "at_least", "about"})
    doubtful = {_doubtful(words, one.start)} - {""}
    rounded = {"rounded"} if one.bound == "exact" else set()
    return frozenset({one.bound} | doubtful | rounded)


def _doubtful(words: str, start: int) -> str:
    """Return the bound that a translator's word before a number may stand for."""
    rows = cast(dict[str, str], language("en")["doubtful"])
    found = re.search(rf"(?<![a-z])({alternation(rows)})\s*\S?$", fold(words[:start]))
    return rows[" ".join(found[1].split())] if found else ""


def significant(written: str) -> int:
    """Return the significant digits of a number as written; zeros at its end need not be any.

    Examples
    --------
    >>> [significant(written) for written in ("86.69 million", "850,000", "2.90", "三成")]
    [4, 2, 3, 1]
    """
    figures = _FIGURE.findall(fold(written))
    if not figures:
        return FEWEST_DIGITS
    return max(FEWEST_DIGITS, *(_digits(figure) for figure in figures))


def _digits(figure: str) -> int:
    bare = figure.replace(",", "").replace(".", "").lstrip("0")
    return len(bare if "." in figure else bare.rstrip("0"))


def fits(said: Said, bound: str) -> bool:
    """Whether a coded bound is one that the words allow, or one of its side.

    Examples
    --------
    >>> fits(numbers("no less than 5 million")[0], "at_most")
    False
    >>> fits(numbers("超过17亿美元")[0], "at_least")
    True
    """
    if bound in said.allowed:
        return True
    return any(bound in side and said.allowed & side for side in SAME_SIDE)
