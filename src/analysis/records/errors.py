"""The few errors that a user's mistake can raise; each says what, where, and what is allowed."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category

LINED = (".py", ".ipynb", ".json", ".md", ".toml")  # files that have lines where a table has rows
SHOWN = (
    3  # rows that a group names, and groups that a message gives where a command lists the others
)
MOST_LINES = 20  # of a report of problems, however many there are
LONGEST_CELL = 80  # characters of a cell that a message repeats
INVISIBLE = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Zl",
    "Zp",
}  # Unicode's categories of what has no sign of its own
JOINERS = "\u200c\u200d"  # parts of words in Arabic and Indic scripts
_ENDLESS = re.compile(r"\S{300,}")  # longer than any path or address


class AnalysisError(Exception):
    """Base of every error that is the user's to mend: shown as one sentence, without traceback."""


@dataclass(frozen=True, slots=True)
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
    kind : str
        The message without the values of this row, beginning with a verb; "" if it holds none.
    """

    file: str
    message: str
    row: int | None = None
    column: str | None = None
    key: str | None = None
    kind: str = ""

    def __str__(self) -> str:
        row = f", {self.unit} {self.row}" if self.row else ""
        key = f" ({shortened(self.key)})" if self.key else ""
        column = f", column {self.column}" if self.column else ""
        return on_one_line(f"{self.file}{row}{key}{column}: {self.message}")

    @property
    def unit(self) -> str:
        """What the file is counted in: rows or lines."""
        return "line" if self.file.endswith(LINED) else "row"


def shortened(text: str) -> str:
    """A text from a file, cut where it is too long for a message."""
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}..."


def visible(text: str) -> str:
    r"""A text in which what a terminal obeys, or what hides or turns words, is written out.

    It is written as in JSON. Line feeds and tabs stay, and so do joiners.

    Examples
    --------
    >>> visible("\x1b[31m 5 \u202e")
    '\\u001b[31m 5 \\u202e'
    """
    hidden = (one for one in set(text) - {"\n", "\t", *JOINERS} if category(one) in INVISIBLE)
    codes = {ord(one): one.encode("utf-16-be", "surrogatepass").hex() for one in hidden}
    return text.translate({one: re.sub("(.{4})", r"\\u\1", code) for one, code in codes.items()})


def on_one_line(text: str) -> str:
    """A text whose line breaks and control characters are written out, and whose endless words are cut."""
    return _ENDLESS.sub(
        lambda word: shortened(word[0]),
        "".join(
            one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
        ),
    )


def grouped(
    problems: Iterable[Problem], *, listed_by: str = "", most: int = MOST_LINES
) -> list[str]:
    """One line for each kind of problem, and one that counts the kinds left out.

    Parameters
    ----------
    problems : iterable of Problem
    listed_by : str, optional
        The command that lists every problem; named where kinds are left out.
    most : int
        Lines at most, the last one counting the kinds left out.

    Examples
    --------
    >>> grouped(Problem("a.csv", f"{n} is above 1", n, "share", "", "is above 1") for n in range(2, 9))
    ['a.csv: 7 rows: share is above 1 (first: rows 2, 3, 4)']
    """
    kinds: dict[tuple[str, str | None, str], list[Problem]] = {}
    for problem in problems:
        kind = (problem.file, problem.column, problem.kind or problem.message)
        kinds.setdefault(kind, []).append(problem)
    lines = [_of_a_kind(same) for same in itertools.islice(kinds.values(), most)]
    if len(kinds) <= most:
        return lines
    left = len(kinds) - most + 1
    more = f"and {left} more kind{'s' if left > 1 else ''} of problem"
    return [*lines[: most - 1], f"{more}; `{listed_by}` lists everything" if listed_by else more]


def _of_a_kind(same: Sequence[Problem]) -> str:
    """A single problem as it is; of several their number, what is wrong, and where the first are."""
    one = same[0]
    if len(same) == 1:
        return str(one)
    units = f"{one.unit}s"
    where = f"{units} " + ", ".join(str(each.row) for each in same[:SHOWN] if each.row)
    if not one.row:
        units = "places"
        where = ", ".join(shortened(each.key) for each in same[:SHOWN] if each.key)
    first = "first: " if len(same) > SHOWN else ""
    said = f"{one.column} {one.kind or one.message}" if one.column else one.kind or one.message
    place = f" ({first}{where})" if where else ""
    return on_one_line(f"{one.file}: {len(same):,} {units}: {said}{place}")


class DataError(AnalysisError):
    """A data file breaks its schema; carries every problem found, not only the first.

    Parameters
    ----------
    problems : sequence of Problem
        All of them; they stay in ``problems``.
    listed_by : str, optional
        The command that lists all of them: with it, the message holds the first ``SHOWN`` kinds only.
    """

    def __init__(self, problems: Sequence[Problem], *, listed_by: str = "") -> None:
        self.problems = tuple(problems)
        most = SHOWN + 1 if listed_by else MOST_LINES
        super().__init__("\n".join(grouped(self.problems, listed_by=listed_by, most=most)))


LISTED = ("chart", "finding", "scenario", "claim", "source", "notebook", "explorer")


def _where(what: str) -> str:
    """Which command lists things of a kind; "" where none does."""
    name = "series" if what == "series" else f"{what}s" if what in LISTED else ""
    return f": see 'analysis list {name}'" if name else ""


class UnknownIdError(AnalysisError):
    """An identifier that nothing carries; names the nearest ones, or what took its place."""

    def __init__(self, what: str, wanted: str, known: Iterable[str]) -> None:
        from analysis.records.retired import retired

        known = sorted(known)
        if wanted in retired():
            super().__init__(
                f"there is no {what} {wanted!r} any more; in its place: {', '.join(retired()[wanted])}"
            )
            return
        near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
        inside = [name for name in known if wanted and wanted in name][:3]
        hint = near or inside
        tail = (
            f"; did you mean {', '.join(hint)}?"
            if hint
            else f"; {len(known)} are known{_where(what)}"
        )
        super().__init__(f"there is no {what} {wanted!r}{tail}")


class QuantityError(AnalysisError):
    """A calculation that has no meaning: mixed units, a division by a range that holds zero."""


class QueryError(AnalysisError):
    """A query that cannot be answered; says why, and which tables there are."""


class ExportError(AnalysisError):
    """An export that cannot be made whole: unknown format, unwritable folder, missing glyph."""
