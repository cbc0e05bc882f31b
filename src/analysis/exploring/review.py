"""A text with the figures read out of it, and what a person decided of each: accepted, changed or rejected."""

from __future__ import annotations

import dataclasses
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import pandas as pd

from analysis.audit.counted import units_said
from analysis.plotting.spec import neutral
from analysis.reading.model import Bound, Candidate, Kind
from analysis.reading.reader import read
from analysis.reading.said import numbers
from analysis.reading.tables import kind_of_unit, units
from analysis.records.errors import AnalysisError
from analysis.words.catalogue import word, words
from analysis.words.wording import READ_DIGITS, Table, number, significant

if TYPE_CHECKING:
    from analysis.plotting.view import Chart

Status = Literal["open", "accepted", "changed", "rejected"]
STATUSES: tuple[Status, ...] = get_args(Status)
OPEN, ACCEPTED, CHANGED, REJECTED = STATUSES
TAKEN = (ACCEPTED, CHANGED)
BOUNDS: tuple[Bound, ...] = get_args(Bound)
AMOUNTS = ("low", "high")
FIELDS = (*AMOUNTS, "bound", "unit", "counted", "period", "place")  # what a person may change
COLUMNS = (
    *("start", "end", "paragraph", "text", "low", "high", "bound", "unit", "currency", "rate"),
    *("counted", "period", "place", "kind", "score", "why"),
)
SIGNS: Mapping[str, str] = {OPEN: "?", ACCEPTED: "✓", CHANGED: "✎", REJECTED: "✗"}
_LOWER, _UPPER = ("more_than", "at_least"), ("fewer_than", "nearly", "at_most")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one candidate, and the candidate with what was changed in it."""

    status: Status
    candidate: Candidate


Step = tuple[int, Mapping[int, Decision]]  # where the review stood, and what it replaced


@dataclass(frozen=True)
class Review:
    """The candidates of a text and the decisions on them; each step gives a new review.

    Candidates are named by their number, from 1, or by their figure as it stands in the text.

    Parameters
    ----------
    text : str
        The text as read.
    candidates : tuple of Candidate
        What the reader proposes, in the order of the text.
    decisions : tuple of Decision
        One for each candidate.
    at : int
        Number of the current candidate; 0 where the text holds none.
    history : tuple of Step
        What ``undo`` brings back, the last step at the end.
    lang : {"en", "zh"}
        Language of headings and messages.

    Examples
    --------
    >>> page = review_of("In 2023 some 1,150 people found work; 46 firms signed.")
    >>> page.accept("1,150").reject(2).frame[["low", "bound", "unit"]].values.tolist()
    [[1150.0, 'about', 'persons']]
    """

    text: str
    candidates: tuple[Candidate, ...]
    decisions: tuple[Decision, ...]
    at: int
    history: tuple[Step, ...] = ()
    lang: str = field(default="en", compare=False)

    # decisions

    def accept(self, *which: int | str) -> Review:
        """Accept candidates as they were read; without a name the current one."""
        return self._decided(ACCEPTED, which)

    def reject(self, *which: int | str) -> Review:
        """Reject candidates; without a name the current one."""
        return self._decided(REJECTED, which)

    def change(self, which: int | str | None = None, **fields: float | str | None) -> Review:
        """Accept one candidate with other values; without a name the current one.

        Parameters
        ----------
        which : int or str, optional
        **fields
            ``low``, ``high`` (numbers, or words such as "7.71 million"; None is open), ``bound``,
            ``unit``, ``counted``, ``period``, ``place``.

        Raises
        ------
        AnalysisError
            If a field or bound is unknown, an amount is none, or the ends do not fit the bound.
        """
        place = self._place(self.at if which is None else which)
        read_as = self.candidates[place]
        made = changed(read_as, fields)
        status = ACCEPTED if made == read_as else CHANGED
        return self._step({place: Decision(status, made)})

    def undo(self) -> Review:
        """Go back to before the last decision, or stay where there is none."""
        if not self.history:
            return self
        at, before = self.history[-1]
        kept = self._with(before)
        return dataclasses.replace(self, decisions=kept, at=at, history=self.history[:-1])

    def go(self, which: int | str) -> Review:
        """Make another candidate the current one."""
        return dataclasses.replace(self, at=self._place(which) + 1)

    def move(self, steps: int) -> Review:
        """Go on by some candidates, or back; past an end it goes on at the other."""
        if not self.candidates:
            return self
        return dataclasses.replace(self, at=(self.at - 1 + steps) % len(self.candidates) + 1)

    def _decided(self, status: Status, which: tuple[int | str, ...]) -> Review:
        places = [self._place(one) for one in which or (self.at,)]
        return self._step({place: Decision(status, self.candidates[place]) for place in places})

    def _step(self, made: Mapping[int, Decision]) -> Review:
        before = {place: self.decisions[place] for place in made}
        done = dataclasses.replace(
            self, decisions=self._with(made), history=(*self.history, (self.at, before))
        )
        return dataclasses.replace(done, at=done._next_open(max(made) + 1))

    def _with(self, made: Mapping[int, Decision]) -> tuple[Decision, ...]:
        decisions = list(self.decisions)
        for place, decision in made.items():
            decisions[place] = decision
        return tuple(decisions)

    def _next_open(self, after: int) -> int:
        """The first open candidate behind one, else the first of all, else that one itself."""
        waiting = self.open
        return next((one for one in waiting if one > after), waiting[0] if waiting else after)

    def _place(self, which: int | str) -> int:
        if not self.candidates:
            raise AnalysisError("the text holds no candidate to decide on")
        if isinstance(which, str):
            found = [n for n, one in enumerate(self.candidates) if self.figure(one) == which]
            if len(found) != 1:
                told = "no candidate" if not found else f"{len(found)} candidates"
                raise AnalysisError(f"the text holds {told} {which!r}; give its number instead")
            return found[0]
        if not 1 <= which <= len(self.candidates):
            raise AnalysisError(
                f"there is no candidate {which}; allowed are 1 to {len(self.candidates)}"
            )
        return which - 1

    # what is there

    def figure(self, candidate: Candidate) -> str:
        """The number of a candidate as it stands in the text."""
        return self.text[candidate.start : candidate.end]

    @property
    def current(self) -> Decision | None:
        """The decision on the current candidate; None where the text holds none."""
        return self.decisions[self.at - 1] if self.candidates else None

    @property
    def open(self) -> tuple[int, ...]:
        """Numbers of the candidates that nobody decided on yet."""
        return tuple(n for n, one in enumerate(self.decisions, 1) if one.status == OPEN)

    @property
    def counts(self) -> dict[str, int]:
        """How many candidates have each status."""
        found = Counter(one.status for one in self.decisions)
        return {status: found[status] for status in STATUSES}

    @cached_property
    def _paragraphs(self) -> tuple[list[int], list[int]]:
        """Where each line begins, and how many lines up to it are not empty."""
        starts, counted, place, filled = [], [], 0, 0
        for line in self.text.splitlines(keepends=True):
            filled += bool(line.strip())
            starts.append(place)
            counted.append(filled)
            place += len(line)
        return starts, counted

    def paragraph(self, place: int) -> int:
        """The paragraph of a place of the text: non-empty lines are counted, from 1."""
        starts, counted = self._paragraphs
        return counted[bisect_right(starts, place) - 1]

    @property
    def accepted(self) -> list[dict[str, Any]]:
        """The accepted rows, as read or as changed, in the order of the text."""
        return [self._row(one.candidate) for one in self.decisions if one.status in TAKEN]

    def _row(self, candidate: Candidate) -> dict[str, Any]:
        known = candidate.as_dict() | {"paragraph": self.paragraph(candidate.start)}
        return {name: known[name] for name in COLUMNS}

    @property
    def frame(self) -> pd.DataFrame:
        """The accepted rows as a table."""
        made = pd.DataFrame(self.accepted, columns=list(COLUMNS))
        return made.astype(dict.fromkeys(AMOUNTS, float))

    def csv(self) -> str:
        """The accepted rows as CSV; whole numbers without a point, an open end empty."""
        rows = [{name: _cell(value) for name, value in row.items()} for row in self.accepted]
        made: str = pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(
            index=False, lineterminator="\n"
        )
        return made

    def chart(self, unit: str = "", *, source: str = "", lang: str = "") -> Chart:
        """The accepted figures of one unit as intervals, in the style of the collection.

        Parameters
        ----------
        unit : str
            A unit with its rate, such as "CNY per month"; without one, the commonest.
        source : str
            What the text is, for the source line.
        lang : {"en", "zh"}
            By default that of the review.

        Raises
        ------
        AnalysisError
            If no figure of the unit is accepted.
        """
        from analysis.exploring.review_chart import accepted_chart

        return accepted_chart(self, unit, source=source, lang=lang or self.lang)

    # how it is shown

    @property
    def summary(self) -> str:
        """How far the review is, in one line."""
        known = {"at": self.at, "all": len(self.candidates)} | self.counts
        return word("review", "summary", self.lang).format(**known)

    @property
    def table(self) -> Table:
        """Every candidate with its status, for reading."""
        heads = words("review", self.lang)["columns"]
        rows = [
            (n, SIGNS[one.status], said(one.candidate, self.lang), *_words(one.candidate))
            for n, one in enumerate(self.decisions, 1)
        ]
        return Table(pd.DataFrame(rows, columns=heads), self.summary)

    def __repr__(self) -> str:
        return repr(self.table)

    def _repr_html_(self) -> str:
        from analysis.exploring.review_html import STYLE, highlighted

        shown = highlighted(self, frame_current=False)
        return f"{STYLE}<p>{escape(self.summary)}</p>{shown}{self.table._repr_html_()}"


def review_of(text: str, lang: str = "en") -> Review:
    """The review of a text, with nothing decided yet."""
    found = tuple(read(text))
    return Review(
        text, found, tuple(Decision(OPEN, one) for one in found), int(bool(found)), lang=lang
    )


def said(candidate: Candidate, lang: str = "en", *, with_unit: bool = True) -> str:
    """The value of a candidate in words, with its unit and rate as read.

    Examples
    --------
    >>> said(Candidate(0, 1, "", 4500.0, 6000.0, "range", "CNY", rate="per month"))
    '4,500 to 6,000 yuan per month'
    >>> said(Candidate(0, 1, "", 4500.0, 6000.0, "range", "CNY", rate="per month"), "zh")
    '每月4500至6000元'
    """
    ends = {
        name: number(significant(value, READ_DIGITS) if value % 1 else value, lang)
        for name, value in (("low", candidate.low), ("high", candidate.high))
        if value is not None
    }
    known = {"low": "", "high": ""} | ends
    told = word("review.says", candidate.bound, lang).format(**known)
    if not with_unit:
        return told
    known = {"number": told, "unit": unit_words(candidate.unit, lang)}
    rates = words("review.rates", lang)
    per = [rates.get(one, one) for one in candidate.rate.split(", ") if one]
    return " ".join(word("review", "amount", lang).format(**known, rate=" ".join(per)).split())


def unit_words(unit: str, lang: str) -> str:
    """A unit of the reader in words; in English as read, after a space, where the catalogue has none.

    Examples
    --------
    >>> unit_words("CNY", "en"), unit_words("CNY", "zh"), unit_words("firms", "en")
    ('yuan', '元', ' firms')
    >>> [unit_words(one, "zh") for one in ("firms", "person-times", "townships", "家")]
    ['家企业', '人次', '个乡镇', '家']
    """
    known = words("review.units", lang)
    if unit in known:
        return str(known[unit])
    return _chinese(unit) if lang == "zh" else f" {unit}".rstrip()


def _chinese(unit: str) -> str:
    """A unit as the register's figures are said, else by the word that the reader knows it by."""
    counted = words("units.amount", "zh")
    name = next((one for one in units_said("", unit) if one in counted), "")
    if name:
        return str(counted[name]).replace("{}", "")
    row = next((row for row in units() if unit in (row["id"], *row["en"])), {})
    nouns = [f"个{noun}" for noun in row.get("nouns", [])[:1]]
    return min(row.get("zh") or nouns or [unit], key=len)


def _words(candidate: Candidate) -> tuple[str, str, str, str]:
    return candidate.counted, candidate.period, candidate.place, candidate.text


def _cell(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.12g}" if abs(value) < 1e12 else repr(value).removesuffix(".0")
    return neutral(value) if isinstance(value, str) else value


# changing a candidate


def changed(candidate: Candidate, fields: Mapping[str, float | str | None]) -> Candidate:
    """A candidate with other values in some fields; ends follow the bound where that is clear.

    Examples
    --------
    >>> one = Candidate(0, 3, "450 of them", 450.0, 450.0, "exact")
    >>> made = changed(one, {"bound": "at_most", "unit": "persons"})
    >>> made.low, made.high, made.unit, made.kind
    (None, 450.0, 'persons', 'count')
    """
    if unknown := [name for name in fields if name not in FIELDS]:
        raise AnalysisError(f"{unknown[0]!r} cannot be changed; allowed are {', '.join(FIELDS)}")
    made: dict[str, Any] = {
        name: amount(value) if name in AMOUNTS else str(value or "").strip()
        for name, value in fields.items()
        if name in AMOUNTS or str(value or "").strip() != getattr(candidate, name).strip()
    }
    if made.get("bound", candidate.bound) not in BOUNDS:
        raise AnalysisError(f"{made['bound']!r} is no bound; allowed are {', '.join(BOUNDS)}")
    if made.keys() & {"bound", *AMOUNTS}:
        now = {name: getattr(candidate, name) for name in ("bound", *AMOUNTS)} | made
        moved = [name for name in AMOUNTS if made.get(name, now[name]) != getattr(candidate, name)]
        made |= _fitted(now["bound"], now["low"], now["high"], moved)
    if made.get("unit", candidate.unit) != candidate.unit:
        kind = cast(Kind, kind_of_unit().get(made["unit"], "count" if made["unit"] else "number"))
        made |= {"kind": kind, "currency": made["unit"] if kind == "money" else ""}
    return candidate._replace(**made)


def _fitted(
    bound: str, low: float | None, high: float | None, moved: Iterable[str]
) -> dict[str, float | None]:
    """The ends as a bound has them; raises AnalysisError where that is not clear."""
    ends = {"low": low, "high": high}
    given = [ends[name] for name in moved if ends[name] is not None]
    values = {end for end in ends.values() if end is not None}
    if not values:
        raise AnalysisError("a figure needs a number: give low, high or both")
    if bound == "range":
        if low is None or high is None or not low < high:
            raise AnalysisError("a range needs two numbers: low below high")
        return ends
    kept = "low" if bound in _LOWER else "high" if bound in _UPPER else ""
    if len(given) == 1:
        value = given[0]
    elif len(values) == 1:
        value = values.pop()
    elif kept and not given:
        value = ends[kept]
    else:
        raise AnalysisError(f"{bound!r} has one number: give low and high alike, or 'range'")
    return {"low": None if kept == "high" else value, "high": None if kept == "low" else value}


def amount(given: float | str | None) -> float | None:
    """A number, or what words say; None of nothing.

    Examples
    --------
    >>> amount("12,400"), amount("7.71 million"), amount("618.8万"), amount("")
    (12400.0, 7710000.0, 6188000.0, None)
    """
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    try:
        value = float(given.replace(",", "") if isinstance(given, str) else given)
    except ValueError:
        found = [end for one in numbers(str(given)) for end in one.values]
        value = found[0] if len(found) == 1 else math.nan
    if not math.isfinite(value):
        raise AnalysisError(f"{given!r} is no amount; write 7710000, 7.71 million or 771万")
    return value
