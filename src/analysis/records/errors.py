"""The few errors that a user's mistake can raise; each says what, where, and what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LINED = (".py", ".ipynb", ".json", ".md")  # files that have lines where a table has rows
SHOWN = 3  # problems that a message gives where a command lists the others


class AnalysisError(Exception):
    """Base of every error that is the user's to mend: shown as one sentence, without traceback."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place of one file.

    Parameters
    ----------
    file : str
        Path of the file relative to the data folder.
    message : str
        What is wrong and what is allowed.
    row : int, optional
        Row as a spreadsheet counts it: the header is row 1. Of a file in ``LINED``, its line.
    column : str, optional
        Name of the column.
    key : str, optional
        Identifier of the row, where it has one.
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    key: str | None = None

    def __str__(self) -> str:
        row = f", {'line' if self.file.endswith(LINED) else 'row'} {self.row}" if self.row else ""
        key = f" ({self.key})" if self.key else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{row}{key}{column}: {self.message}"


class DataError(AnalysisError):
    """A data file breaks its schema; carries every problem found, not only the first.

    Parameters
    ----------
    problems : sequence of Problem
        All of them; they stay in ``problems``.
    listed_by : str, optional
        The command that lists all of them: with it, the message holds the first ``SHOWN`` only.
    """

    def __init__(self, problems: Sequence[Problem], *, listed_by: str = "") -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in self.problems]
        if listed_by and len(lines) > SHOWN:
            lines = [*lines[:SHOWN], f"and {len(lines) - SHOWN} more: {listed_by} lists them"]
        super().__init__("\n".join(lines))


class UnknownIdError(AnalysisError):
    """An identifier that nothing carries; names the nearest ones."""

    def __init__(self, what: str, wanted: str, known: Iterable[str]) -> None:
        known = sorted(known)
        near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
        inside = [name for name in known if wanted and wanted in name][:3]
        hint = near or inside
        tail = (
            f"; did you mean {', '.join(hint)}?"
            if hint
            else f"; {len(known)} are known: see 'analysis list'"
        )
        super().__init__(f"there is no {what} {wanted!r}{tail}")


class QuantityError(AnalysisError):
    """A calculation that has no meaning: mixed units, a division by a range that holds zero."""


class QueryError(AnalysisError):
    """A query that cannot be answered; says why, and which tables there are."""


class ExportError(AnalysisError):
    """An export that cannot be made whole: unknown format, unwritable folder, missing glyph."""
