"""The two independent codings of the claims, cell by cell."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records.errors import DataError, Problem
from analysis.records.paths import PROJECT

FOLDER = PROJECT / "docs/coding"
FILES = ("claims_first_coder.csv", "claims_second_coder.csv", "claims_matching.csv")
DECISIONS, ROW = (
    "claims_disagreements.csv",
    "(row)",
)  # the column (row): only one of the two coded the statement
COMPARED = [
    "paragraph",
    "channel",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "currency",
    "period_start",
    "period_end",
    "stated_usd",
    "kind",
    "said_on",
    "grade",
]

Row = dict[str, Any]


def claim_codings(folder: Path | None = None) -> pd.DataFrame:
    """What the two coders put into each cell of each statement that both coded.

    Parameters
    ----------
    folder : Path, optional
        Another folder than ``docs/coding``.

    Returns
    -------
    DataFrame
        ``claim_id``, ``column``, ``first``, ``second``, as text.

    Raises
    ------
    DataError
        If a file or a column is missing.
    """
    first, second, matching = (_rows((folder or FOLDER) / name) for name in FILES)
    pairs = [
        (one, row["second_id"])
        for one, row in matching.items()
        if one in first and row["second_id"] in second
    ]
    cells = [
        (one, column, first[one][column], second[two][column])
        for one, two in pairs
        for column in COMPARED
    ]
    return pd.DataFrame(cells, columns=["claim_id", "column", "first", "second"])


def coding_problems(folder: Path | None = None, claims: Path | None = None) -> list[Problem]:
    """Cells in which the two coders differ without a decision, and cells of the claims that are not what was coded.

    Parameters
    ----------
    folder : Path, optional
        Another folder than ``docs/coding``.
    claims : Path, optional
        Another table than the project's ``data/claims.csv``.

    Returns
    -------
    list of Problem
        Rows as a spreadsheet counts them; empty where every difference is decided and the table holds the result.

    Raises
    ------
    DataError
        If a file or a column is missing.
    """
    folder = folder or FOLDER
    first, second, matching = (_rows(folder / name) for name in FILES)
    decided = _decisions(folder / DECISIONS)
    table = _rows(claims or PROJECT / "data/claims.csv")
    due = {one: match for one, match in matching.items() if decided.get((one, ROW)) != "not coded"}
    found: list[Problem] = []
    for one, match in due.items():
        found += _of_claim(one, match, (first, second, table), decided)
    return found + [
        Problem(
            "claims.csv",
            f"has no coding in docs/coding; it is coded twice, and {FILES[2]} names both rows",
            table[one]["row"],
            "claim_id",
            one,
        )
        for one in sorted(table.keys() - due.keys())
    ]


def _of_claim(
    one: str,
    match: Row,
    tables: tuple[dict[str, Row], dict[str, Row], dict[str, Row]],
    decided: dict[tuple[str, str], str],
) -> list[Problem]:
    """What is wrong with one coded statement: first coder, second coder, table."""
    first, second, table = tables
    coded = [first[one]] if one in first else []
    coded += [second[match["second_id"]]] if match["second_id"] in second else []
    matching = f"docs/coding/{FILES[2]}"
    if one not in table:
        return [
            Problem(matching, "is coded, and missing from data/claims.csv", match["row"], key=one)
        ]
    if len(coded) < 2 and (one, ROW) not in decided:
        said = f"has not two codings; add the one that is missing, or a row with column {ROW} to {DECISIONS}"
        return [Problem(matching, said, match["row"], key=one)]
    found = (_cell(column, (coded[0], coded[-1], table[one]), decided) for column in COMPARED)
    return [problem for problem in found if problem]


def _cell(
    column: str, rows: tuple[Row, Row, Row], decided: dict[tuple[str, str], str]
) -> Problem | None:
    """What is wrong with one cell: first coder, second coder, table."""
    claim_id = rows[2]["claim_id"]
    one, two, stated = (row[column] for row in rows)
    if one != two and (claim_id, column) not in decided:
        act = f"write what was decided, and why, into {DECISIONS}"
        return Problem(
            f"docs/coding/{FILES[1]}",
            f"the second coder has {two!r}, the first {one!r} (row {rows[0]['row']} of {FILES[0]}); {act}",
            rows[1]["row"],
            column,
            rows[1]["claim_id"],
            f"differs between the coders; {act}",
        )
    due = decided.get((claim_id, column), one)  # a decision stands above what both have
    if stated != due:
        return Problem(
            "claims.csv",
            f"{stated!r} is not what the coding in docs/coding says, {due!r}",
            rows[2]["row"],
            column,
            claim_id,
            "is not what the coding in docs/coding says",
        )
    return None


def _decisions(path: Path) -> dict[tuple[str, str], str]:
    """What was decided for each cell in which the coders differ."""
    return {
        (row["claim_id"], row["column"]): row["adjudicated"]
        for row in _read(path, ("claim_id", "column", "adjudicated"))
    }


def _rows(path: Path) -> dict[str, Row]:
    """Rows by their claim, each with its number in the file as ``row``."""
    return {
        row["claim_id"]: row
        for row in _read(
            path, ("claim_id", "second_id") if path.name == FILES[2] else ("claim_id", *COMPARED)
        )
    }


def _read(path: Path, needed: tuple[str, ...]) -> list[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError(
            [
                Problem(
                    f"docs/coding/{path.name}",
                    "is missing; the agreement of the coders is computed from it",
                )
            ]
        ) from None
    header, *rows = [
        (number, cells)
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline="")), 1)
        if cells
    ] or [(1, [])]
    if absent := [name for name in needed if name not in header[1]]:
        raise DataError(
            [
                Problem(
                    f"docs/coding/{path.name}",
                    f"is missing; the columns are {', '.join(needed)}",
                    header[0],
                    name,
                )
                for name in absent
            ]
        )
    return [
        dict.fromkeys(header[1], "") | dict(zip(header[1], cells, strict=False)) | {"row": number}
        for number, cells in rows
    ]
