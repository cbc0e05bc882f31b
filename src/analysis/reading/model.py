"""What the reader hands over: a candidate figure, its bound and its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Bound = Literal[
    "exact", "about", "more_than", "at_least", "fewer_than", "nearly", "at_most", "range"
]
Kind = Literal[
    "money",
    "share",
    "count",
    "multiple",
    "duration",
    "measure",
    "number",
    "vague",
    "date",
    "time",
    "age",
    "ordinal",
    "list_marker",
    "page",
    "identifier",
    "name",
]
FIGURES: frozenset[str] = frozenset(
    {"money", "share", "count", "multiple", "duration", "measure", "number", "vague"}
)


class Candidate(NamedTuple):
    """A number that a text states, for a person to accept, change or reject.

    Attributes
    ----------
    start, end : int
        Where the number stands in the text as given, in characters, with a sign of currency or
        percentage that touches it.
    text : str
        The number and the words around it: at most eight English words or 25 Chinese characters.
    low, high : float or None
        Ends of what is said, in base units (7.71 million is 7,710,000; percentages stay as said);
        None is open. A point has both alike.
    bound : str
        How it is said: exact, about, more_than, at_least, fewer_than, nearly, at_most or range.
    unit : str
        "CNY", "persons", "percent", "counties", the noun itself where no table knows it, or "".
    currency : str
        ISO 4217 code of money, else "".
    rate : str
        "per year", "per person", or several, joined by ", ".
    counted, period, place : str
        Who or what is counted, when and where, as phrases of the text; "" where none was found.
    kind : str
        A kind of figure (money, share, count, multiple, duration, measure, number, vague), or of
        what is none (date, time, age, ordinal, list_marker, page, identifier, name).
    score : float
        Confidence from 0 to 1.
    why : str
        What the reading rests on.
    """

    start: int
    end: int
    text: str
    low: float | None
    high: float | None
    bound: Bound
    unit: str = ""
    currency: str = ""
    rate: str = ""
    counted: str = ""
    period: str = ""
    place: str = ""
    kind: Kind = "number"
    score: float = 0.5
    why: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether this is a figure, and no date, ordinal, identifier or name."""
        return self.kind in FIGURES

    def as_dict(self) -> dict[str, Any]:
        """Return the fields by name, ready for JSON.

        Examples
        --------
        >>> Candidate(0, 2, "31 centers", 31.0, 31.0, "exact", "centers").as_dict()["unit"]
        'centers'
        """
        return self._asdict()


@dataclass(slots=True)
class Numeral:
    """A number found, while it is being read: the working form of a candidate.

    ``low`` and ``high`` are the numbers written; the bound turns them into ends at the last step.
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind = "number"
    bound: Bound = "exact"
    unit: str = ""
    unit_end: int = 0
    scale: float = 1.0
    spelled: bool = False
    chinese: bool = False
    odd: bool = False
    before: int = 0
    noun_end: int = 0
    rate: str = ""
    hedge: str = ""
    hedge_start: int = -1  # where none was looked for

    @property
    def is_range(self) -> bool:
        """Whether two ends are written."""
        return self.low != self.high
