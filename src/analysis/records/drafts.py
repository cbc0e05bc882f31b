"""Unfinished rows: they stand apart in the folder ``drafts`` of the data, where no verb reads them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.records import coding
from analysis.records.errors import Problem, shortened
from analysis.records.files import rows_of, text_of, with_rows
from analysis.records.paths import is_own
from analysis.records.schema import BLANK

FOLDER = "drafts"
SOURCES, CLAIMS, DENOMINATORS = "sources.csv", "claims.csv", "denominators.csv"
SECOND, DECISIONS = coding.FILES[1], coding.DECISIONS

Row = dict[str, str]


@dataclass(frozen=True)
class Draft:
    """The unfinished rows of one source or claim.

    Parameters
    ----------
    identifier : str
        Of the source or claim.
    rows : mapping
        File of drafts to its rows, each with its number in the file.
    problems : tuple of Problem
        Blanks, and rows that are not whole.
    """

    identifier: str
    rows: Mapping[str, Mapping[int, Row]]
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        if not self.problems:
            return f"{self.identifier} (finished: analysis accept {self.identifier})"
        files = ", ".join(dict.fromkeys(Path(problem.file).name for problem in self.problems))
        return f"{self.identifier} ({len(self.problems)} to fill in: {files})"


def homes(data: Path) -> dict[str, Path]:
    """The table that the rows of each file of drafts are for; codings are of the project's own claims."""
    tables = {name: data / name for name in (SOURCES, CLAIMS, DENOMINATORS)}
    coded = {name: coding.FOLDER / name for name in (SECOND, DECISIONS)}
    return tables | (coded if is_own(data) else {})


def drafts(data: Path) -> dict[str, Draft]:
    """The drafts of a data folder by their identifier.

    Raises
    ------
    AnalysisError
        If a file of drafts cannot be read.
    """
    rows: dict[str, dict[str, dict[int, Row]]] = {}
    problems: dict[str, list[Problem]] = {}
    for file, home in homes(data).items():
        if not (data / FOLDER / file).is_file():
            continue
        columns = rows_of(home)[0]
        header, *body = rows_of(data / FOLDER / file) or [[]]
        for number, cells in enumerate(body, 2):
            row = dict(zip(header, cells, strict=False))
            name = row.get(columns[0], "")
            rows.setdefault(name, {}).setdefault(file, {})[number] = row
            whole = len(cells) == len(header) and sorted(header) == sorted(columns)
            found = problems.setdefault(name, [])
            found += _blanks(f"{FOLDER}/{file}", number, name, row)
            if not whole:
                said = f"is not whole; the columns are {', '.join(columns)}"
                found.append(Problem(f"{FOLDER}/{file}", said, number, key=name))
    return {name: Draft(name, rows[name], tuple(problems[name])) for name in rows}


def _blanks(file: str, number: int, name: str, row: Row) -> Iterator[Problem]:
    for column, cell in row.items():
        if BLANK in cell:
            shown = "" if cell == BLANK else f": {shortened(cell)}"
            kind = f"still holds {BLANK}"
            yield Problem(file, f"{kind}{shown}", number, column, name, kind)


def with_drafts(data: Path, rows: Mapping[str, Iterable[Row]]) -> dict[Path, str | None]:
    """The files of drafts with more rows, a new file with the header of its table."""
    files: dict[Path, str | None] = {}
    for file, added in rows.items():
        path = data / FOLDER / file
        header = ",".join(rows_of(homes(data)[file])[0])
        files[path] = with_rows(text_of(path) if path.is_file() else header, added)
    return files


def without_drafts(data: Path, names: Iterable[str]) -> dict[Path, str | None]:
    """The files of drafts without the rows of some identifiers; None for a file that holds no others."""
    gone = set(names)
    files: dict[Path, str | None] = {}
    for file in homes(data):
        path = data / FOLDER / file
        if not path.is_file():
            continue
        header, *body = rows_of(path)
        kept = io.StringIO()
        left = [row for row in body if row[0] not in gone]
        csv.writer(kept, lineterminator="\n").writerows([header, *left])
        files[path] = kept.getvalue() if left else None
    return files
