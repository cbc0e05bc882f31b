"""Reading tables as ``datapackage.json`` declares them: the one place that states the schema."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records.errors import DataError, Problem
from analysis.records.forms import form_in_words
from analysis.records.periods import date_problem

DTYPES = {"string": "str", "integer": "int64", "number": "float64"}
LONGEST_QUOTE = 8  # words of a source that a row may carry
BLANK = "FILL_IN"  # stands in a new row where something is still to be filled in; never data


@dataclass(frozen=True)
class Cell:
    """One cell on its way from text to value, with what is needed to complain about it."""

    file: str
    row: int
    key: str
    field: dict[str, Any]
    text: str

    def problem(self, message: str) -> Problem:
        """A problem of this cell."""
        return Problem(self.file, message, self.row, self.field["name"], self.key)


def descriptor(folder: Path) -> dict[str, Any]:
    """The data package's descriptor.

    Raises
    ------
    DataError
        If ``datapackage.json`` is not readable as JSON, or describes no tables.
    """
    try:
        found = json.loads((folder / "datapackage.json").read_text("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            [Problem("datapackage.json", f"is not readable as JSON: {error}")]
        ) from None
    try:
        described = {
            one["name"]: [
                one["path"],
                one["schema"]["primaryKey"],
                *(field["type"] for field in one["schema"]["fields"]),
            ]
            for one in found["resources"]
        }
    except (TypeError, KeyError) as error:
        raise DataError(
            [
                Problem(
                    "datapackage.json", f"describes no tables: {error} is missing from a resource"
                )
            ]
        ) from None
    if absent := {"sources", "claims"} - described.keys():
        raise DataError(
            [Problem("datapackage.json", f"describes no table named {' or '.join(sorted(absent))}")]
        )
    return found


def read_table(folder: Path, resource: dict[str, Any]) -> tuple[pd.DataFrame, list[Problem]]:
    """One table with typed columns, and every problem in it.

    Parameters
    ----------
    folder : Path
        The data folder.
    resource : dict
        Resource of the descriptor: path and Table Schema.

    Returns
    -------
    DataFrame, list of Problem
        Columns in the descriptor's order, indexed by the row in the file (the header is row 1);
        text columns hold "" where nothing is stated. A row with a problem in a cell is left out.
    """
    file, fields = resource["path"], resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    try:
        rows = _rows(folder / file, file)
        header, body = rows[0], rows[1:]
        _check_header(file, header, names)
    except DataError as error:
        return empty, list(error.problems)
    problems: list[Problem] = []
    columns: dict[str, list[Any]] = {name: [] for name in names}
    whole: list[int] = []
    for number, cells in body:
        if len(cells) != len(header[1]):
            key = dict(zip(header[1], cells, strict=False)).get(names[0])
            problems.append(
                Problem(
                    file,
                    f"has {len(cells)} cells, the header has {len(header[1])}",
                    number,
                    key=key,
                )
            )
            continue
        whole.append(number)
        named = dict(zip(header[1], cells, strict=True))
        for field in fields:
            cell = Cell(file, number, named[names[0]], field, named[field["name"]])
            value, found = _typed(cell)
            problems += found
            columns[field["name"]].append(value)
    wrong = {problem.row for problem in problems}
    kept = [place for place, number in enumerate(whole) if number not in wrong]
    typed = {
        field["name"]: pd.Series(
            [columns[field["name"]][place] for place in kept], dtype=DTYPES[field["type"]]
        )
        for field in fields
    }
    frame = pd.DataFrame(typed).set_axis([whole[place] for place in kept])
    return frame, problems + _duplicates(file, resource["schema"], columns, whole)


def _rows(path: Path, file: str) -> list[tuple[int, list[str]]]:
    """Rows with their spreadsheet numbers; Windows line ends and a byte-order mark simply work."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise DataError([Problem(file, "is missing from the data folder")]) from None
    except UnicodeDecodeError as error:
        row = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataError(
            [Problem(file, "is not UTF-8; save it as UTF-8 (in a spreadsheet: CSV UTF-8)", row)]
        ) from None
    try:
        rows = [
            (i, row)
            for i, row in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), 1)
            if row
        ]
    except csv.Error as error:
        raise DataError([Problem(file, f"is not readable as CSV: {error}")]) from None
    if not rows:
        raise DataError([Problem(file, "is empty; it needs a header and rows")])
    if len(rows) == 1:
        raise DataError([Problem(file, "has a header and no rows")])
    return rows


def _check_header(file: str, header: tuple[int, list[str]], names: list[str]) -> None:
    given = header[1]
    problems = [
        Problem(file, f"is missing; the columns are {', '.join(names)}", 1, name)
        for name in names
        if name not in given
    ]
    problems += [
        Problem(file, f"is not in the schema; the columns are {', '.join(names)}", 1, name)
        for name in given
        if name not in names
    ]
    problems += [
        Problem(file, "stands twice in the header", 1, name)
        for name in sorted({n for n in given if given.count(n) > 1})
    ]
    if problems:
        raise DataError(problems)


def cell_problems(file: str, field: dict[str, Any], text: str) -> list[Problem]:
    """What is wrong with a value that is to stand in a column, before there is a row.

    Parameters
    ----------
    file : str
        Path of the table relative to the data folder.
    field : dict
        Field of the descriptor.
    text : str
        The value as it would be written.
    """
    return [
        Problem(file, problem.message, column=field["name"])
        for problem in _typed(Cell(file, 0, "", field, text))[1]
    ]


def _typed(cell: Cell) -> tuple[Any, list[Problem]]:
    rules = cell.field.get("constraints", {})
    kind = cell.field["type"]
    if BLANK in cell.text:
        return (math.nan if kind == "number" else 0 if kind == "integer" else ""), [
            cell.problem(f"still holds {BLANK}; {allowed_in(cell.field)}")
        ]
    if not cell.text:
        needed = [cell.problem("is empty; a value is required")] if rules.get("required") else []
        return (math.nan if kind == "number" else 0 if kind == "integer" else ""), needed
    value, found = (
        _number(cell) if kind in ("integer", "number") else (cell.text, _text_problems(cell))
    )
    if found:
        return value, found
    return value, _constraint_problems(cell, value, rules)


def allowed_in(field: dict[str, Any]) -> str:
    """What a column takes, in words: its list, the form of a date or number, or what it describes."""
    rules, kind = field.get("constraints", {}), field["type"]
    if "enum" in rules:
        return f"allowed are {', '.join(rules['enum'])}"
    if field.get("holds") == "period":
        return "allowed are YYYY, YYYY-MM and YYYY-MM-DD"
    if field.get("holds") == "quote":
        return f"allowed are at most {LONGEST_QUOTE} words of the document, verbatim"
    if kind in ("integer", "number"):
        return (
            "allowed is a whole number"
            if kind == "integer"
            else "allowed is a plain decimal number such as 7710000"
        )
    if field.get("format") == "uri":
        return "allowed is a web address that begins with http:// or https://"
    return (
        f"allowed: {form_in_words(rules['pattern'])}"
        if "pattern" in rules
        else f"it takes: {field['description']}"
    )


def _number(cell: Cell) -> tuple[float, list[Problem]]:
    whole = cell.field["type"] == "integer"
    pattern, allowed = (
        (r"-?\d+", "a whole number")
        if whole
        else (r"-?\d+(\.\d+)?", "a plain decimal number such as 7710000")
    )
    if not re.fullmatch(pattern, cell.text):
        return math.nan, [cell.problem(f"{cell.text!r} is not a number; allowed is {allowed}")]
    return (int if whole else float)(cell.text), []


def _text_problems(cell: Cell) -> list[Problem]:
    if cell.text != cell.text.strip():
        return [cell.problem(f"{cell.text!r} begins or ends with white space")]
    holds = cell.field.get("holds")
    if holds == "quote" and len(cell.text.split()) > LONGEST_QUOTE:
        return [
            cell.problem(
                f"{len(cell.text.split())} words are quoted; at most {LONGEST_QUOTE} are allowed"
            )
        ]
    if holds == "period" and (wrong := date_problem(cell.text)):
        return [cell.problem(f"{cell.text!r} {wrong}")]
    if cell.field.get("format") == "uri" and not re.match(r"https?://\S+$", cell.text):
        return [
            cell.problem(f"{cell.text!r} is no web address; it begins with http:// or https://")
        ]
    return []


def _constraint_problems(cell: Cell, value: Any, rules: dict[str, Any]) -> list[Problem]:
    if "enum" in rules and value not in rules["enum"]:
        return [cell.problem(f"{value!r} is not known; allowed are {', '.join(rules['enum'])}")]
    if "pattern" in rules and not re.fullmatch(rules["pattern"], cell.text):
        return [cell.problem(f"{value!r} does not fit; allowed: {form_in_words(rules['pattern'])}")]
    if value < rules.get("minimum", value):
        return [cell.problem(f"{cell.text} is below {rules['minimum']}")]
    if value > rules.get("maximum", value):
        return [cell.problem(f"{cell.text} is above {rules['maximum']}")]
    return []


def _duplicates(
    file: str, schema: dict[str, Any], columns: dict[str, list[Any]], rows: list[int]
) -> list[Problem]:
    keys = [schema["primaryKey"]] + [
        [f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")
    ]
    problems = []
    for key in dict.fromkeys(tuple(key) for key in keys):
        seen: dict[tuple[Any, ...], int] = {}
        for row, values in zip(
            rows, zip(*(columns[name] for name in key), strict=True), strict=True
        ):
            if values in seen:
                said = ", ".join(str(value) for value in values)
                problems.append(
                    Problem(
                        file,
                        f"{said!r} stands already in row {seen[values]}; it must be unique",
                        row,
                        ", ".join(key),
                    )
                )
            seen.setdefault(values, row)
    return sorted(problems, key=lambda problem: problem.row or 0)
