"""An outcome: which check said what of which subject, and on which rows of which file it rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.methods.consistency import STATUSES, Check
from analysis.records.errors import QuantityError

DOCUMENT, METADATA, OUTSIDE = "document", "metadata", "outside"
CHECKS = {  # check -> where a conflict that it finds comes from
    "parse": DOCUMENT,
    "bound": DOCUMENT,
    "unit": DOCUMENT,
    "period": DOCUMENT,
    "source": METADATA,
    "page date": METADATA,
    "event date": METADATA,
    "enumeration": DOCUMENT,
    "arithmetic": DOCUMENT,
    "exchange rate": DOCUMENT,
    "translation": METADATA,
    "between documents": OUTSIDE,
    "outside figure": OUTSIDE,
    "standing still": OUTSIDE,
    "running total": OUTSIDE,
    "power of ten": OUTSIDE,
    "printed figure": OUTSIDE,
    "two sources": OUTSIDE,
    "growth chain": OUTSIDE,
}
COLUMNS = ["check", "subject", "status", "reason", "rows", "origin"]


@dataclass(frozen=True)
class Row:
    """A row of a data file, as a spreadsheet counts it: the header is row 1."""

    file: str
    number: int
    key: str

    def __str__(self) -> str:
        return f"{self.file} row {self.number}"


@dataclass(frozen=True)
class Outcome:
    """What one check says of one subject.

    Parameters
    ----------
    check : str
        One of ``CHECKS``.
    subject : str
        Identifier of what was checked, with what it was held against.
    status, reason : str
        As in :class:`analysis.methods.consistency.Check`.
    rows : tuple of Row
        What it rests on, the row to look at first in front.
    """

    check: str
    subject: str
    status: str
    reason: str
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        if self.check not in CHECKS:
            raise QuantityError(f"{self.check!r} is no check; known are {', '.join(CHECKS)}")
        if self.status not in STATUSES:
            raise QuantityError(f"{self.status!r} is no outcome; allowed are {', '.join(STATUSES)}")

    @property
    def origin(self) -> str:
        """Where a conflict of this check comes from: the document, its metadata, or outside."""
        return CHECKS[self.check]


def outcome(check: str, subject: str, found: Check, *rows: Row) -> Outcome:
    """The outcome of a check of one subject, with the rows used."""
    return Outcome(check, subject, found.status, found.reason, rows)


def outcomes_frame(found: Iterable[Outcome]) -> pd.DataFrame:
    """Outcomes as a table.

    Returns
    -------
    DataFrame
        Columns ``check``, ``subject``, ``status``, ``reason``, ``rows`` (in words), ``origin``.
    """
    rows = [
        (one.check, one.subject, one.status, one.reason, "; ".join(map(str, one.rows)), one.origin)
        for one in found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def worst(statuses: Iterable[str]) -> str:
    """The status that a reader must see first: conflict, then warn, ambiguous, pass; "" of none.

    Examples
    --------
    >>> worst(["pass", "ambiguous", "warn"])
    'warn'
    """
    order = ("conflict", "warn", "ambiguous", "pass")
    return min(statuses, key=order.index, default="")
