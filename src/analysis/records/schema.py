"""Reading tables as ``datapackage.json`` declares them: the one place that states the schema."""

from __future__ import annotations

import csv
import functools
import io
import json
import math
import operator
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records.errors import INVISIBLE, JOINERS, DataError, Problem, shortened
from analysis.records.forms import form_in_words
from analysis.records.periods import date_problem
from analysis.records.quotation import MOST_CHARACTERS, MOST_WORDS, too_long
from analysis.records.units import is_currency, known_units, unit_problem

DTYPES = {"string": "str", "integer": "int64", "number": "float64"}
DIGITS = {  # form of a number, and what is allowed in words
    "integer": (r"-?(0|[1-9][0-9]*)", "a whole number"),
    "number": (r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", "a plain decimal number such as 7710000"),
}
MOST_DIGITS = 18  # before the point and after it: every whole number of so many fits into 64 bits
JOINED = {"Lo", "Mn", "Mc"}  # categories of letters that a joiner may follow
CURRENCY = "a currency by its code of ISO 4217, such as INR"
HELD = {  # what a column of units takes
    "unit": f"allowed are {', '.join(known_units())}, {CURRENCY}, and their ratios such as INR/person/year",
    "currency": f"allowed is {CURRENCY}",
}
BLANK = "FILL_IN"  # stands in a new row where something is still to be filled in; never data


Wrong = tuple[str, str]  # what is wrong with a cell, and its kind: see Problem


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
    try:
        content: bytes | str = (folder / resource["path"]).read_bytes()
    except FileNotFoundError:
        content = "is missing from the data folder"
    except OSError as error:  # a folder of that name, or a file that nobody may read
        content = f"cannot be read: {error.strerror}"
    frame, problems = _read(content, json.dumps(resource))
    return frame.copy(deep=False), list(problems)


@functools.lru_cache(maxsize=256)
def _read(content: bytes | str, declared: str) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """A table of this content, read once: where one file of a folder changes, the others are known."""
    resource = json.loads(declared)
    file, fields = resource["path"], resource["schema"]["fields"]
    names = [field["name"] for field in fields]
    try:
        (_, header), *body = _rows(content, file, empty=resource.get("mayBeEmpty", False))
        _check_header(file, header, names)
    except DataError as error:
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names}), error.problems
    key = header.index(names[0])
    whole = {number: cells for number, cells in body if len(cells) == len(header)}
    problems = [
        Problem(
            file,
            f"has {len(cells)} cells, the header has {len(header)}",
            number,
            key=cells[key] if key < len(cells) else None,
            kind=f"has another number of cells than the header, which has {len(header)}",
        )
        for number, cells in body
        if number not in whole
    ]
    columns: dict[str, list[Any]] = {}
    for field in fields:
        place = header.index(field["name"])
        typed = {text: _typed(field, text) for text in {cells[place] for cells in whole.values()}}
        columns[field["name"]] = [typed[cells[place]][0] for cells in whole.values()]
        problems += [
            Problem(file, wrong[0], number, field["name"], cells[key], wrong[1])
            for number, cells in whole.items()
            if (wrong := typed[cells[place]][1])
        ]
    problems.sort(key=lambda problem: problem.row or 0)  # within a row as the columns stand
    failed = {problem.row for problem in problems}
    kept = [place for place, number in enumerate(whole) if number not in failed]
    frame = pd.DataFrame(
        {
            field["name"]: pd.Series(
                [columns[field["name"]][place] for place in kept], dtype=DTYPES[field["type"]]
            )
            for field in fields
        }
    ).set_axis([number for number in whole if number not in failed])
    problems += _duplicates(file, resource["schema"], columns, list(whole))
    return frame, tuple(problems)


def _rows(content: bytes | str, file: str, *, empty: bool) -> list[tuple[int, list[str]]]:
    """Rows with their spreadsheet numbers; Windows line ends and a byte-order mark simply work."""
    if isinstance(content, str):  # why there is none
        raise DataError([Problem(file, content)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
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
    if len(rows) == 1 and not empty:
        raise DataError([Problem(file, "has a header and no rows")])
    return rows


def _check_header(file: str, header: list[str], names: list[str]) -> None:
    allowed = f"the columns are {', '.join(names)}"
    wrong = {name: f"is missing; {allowed}" for name in names if name not in header}
    wrong |= {name: f"is not in the schema; {allowed}" for name in header if name not in names}
    problems = [Problem(file, said, 1, shortened(name)) for name, said in wrong.items()]
    problems += [
        Problem(file, "stands twice in the header", 1, shortened(name))
        for name, times in sorted(Counter(header).items())
        if times > 1
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
    wrong = _typed(field, text)[1]
    return [Problem(file, wrong[0], column=field["name"], kind=wrong[1])] if wrong else []


def _typed(field: dict[str, Any], text: str) -> tuple[Any, Wrong | None]:
    """The value of a cell, and what is wrong with its text."""
    rules, kind = field.get("constraints", {}), field["type"]
    nothing: Any = {"number": math.nan, "integer": 0}.get(kind, "")
    if BLANK in text:
        return nothing, (f"still holds {BLANK}; {allowed_in(field)}", "")
    if not text:
        return nothing, ("is empty; a value is required", "") if rules.get("required") else None
    if wrong := _number_wrong(kind, text) if kind in DIGITS else _text_wrong(field, text):
        return nothing, wrong
    value = {"integer": int, "number": float}.get(kind, str)(text)
    return value, _constraint_wrong(text, value, rules)


def allowed_in(field: dict[str, Any]) -> str:
    """What a column takes, in words: its list, the form of a date or number, or what it describes."""
    rules, kind = field.get("constraints", {}), field["type"]
    if "enum" in rules:
        return f"allowed are {', '.join(rules['enum'])}"
    if field.get("holds") == "period":
        return "allowed are YYYY, YYYY-MM and YYYY-MM-DD"
    if field.get("holds") == "quote":
        return f"allowed are at most {MOST_WORDS} words, or {MOST_CHARACTERS} characters of Chinese, of the document, verbatim"
    if field.get("holds") in HELD:
        return HELD[field["holds"]]
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


def _of_value(text: str, kind: str) -> Wrong:
    """A message that begins with the text of the cell, and its kind without it."""
    return f"{shortened(text)!r} {kind}", kind


def _number_wrong(kind: str, text: str) -> Wrong | None:
    pattern, allowed = DIGITS[kind]
    if not re.fullmatch(pattern, text):
        return _of_value(text, f"is not a number; allowed is {allowed}")
    if max(map(len, text.removeprefix("-").split("."))) > MOST_DIGITS:
        return _of_value(
            text, f"has too many digits; allowed are {MOST_DIGITS} on each side of the point"
        )
    if text.startswith("-") and not text.strip("-0."):
        return _of_value(text, "is a zero with a sign; write 0")
    return None


def unprintable(text: str) -> Wrong | None:
    """What is wrong with a text that holds an invisible character; None where it holds none.

    Line breaks, control characters, marks of direction and characters without width change what a reader,
    a terminal or a page shows. The joiners of Arabic and Indic letters (U+200C, U+200D) are part of their words.
    """
    if text.isprintable():
        return None
    for place, one in enumerate(text):
        if unicodedata.category(one) not in INVISIBLE or (one in JOINERS and _joins(text[:place])):
            continue
        name = unicodedata.name(one, "CONTROL CHARACTER")
        kind = "holds an invisible character; delete it"
        return (
            f"holds U+{ord(one):04X} ({name}) at character {place + 1}, which is invisible; delete it",
            kind,
        )
    return None


def _joins(before: str) -> bool:
    """Whether a joiner may follow: after a letter or vowel sign of a script that joins its letters."""
    last = before[-1:]
    return unicodedata.category(last or " ") in JOINED and not unicodedata.name(
        last, ""
    ).startswith("CJK")


def _text_wrong(field: dict[str, Any], text: str) -> Wrong | None:
    if wrong := unprintable(text):
        return wrong
    if text != text.strip():
        return _of_value(text, "begins or ends with white space")
    holds = field.get("holds")
    if holds == "quote" and (long := too_long(text)):
        size, _, allowed = long.partition("; ")
        return f"{size} are quoted; {allowed}", f"quotes too many {size.split()[1]}; {allowed}"
    if holds == "period" and (said := date_problem(text)):
        return f"{shortened(text)!r} {said}", f"is not a date; {allowed_in(field)}"
    if holds == "unit" and (unit := unit_problem(text)):
        return f"{shortened(text)!r} {unit}", f"is no unit; {HELD['unit']}"
    if holds == "currency" and not is_currency(text):
        return _of_value(text, f"is no currency; {HELD['currency']}")
    if field.get("format") == "uri" and not re.match(r"https?://\S+$", text):
        return _of_value(text, "is no web address; it begins with http:// or https://")
    return None


def _constraint_wrong(text: str, value: Any, rules: dict[str, Any]) -> Wrong | None:
    if "enum" in rules and value not in rules["enum"]:
        return _of_value(text, f"is not known; allowed are {', '.join(rules['enum'])}")
    if "pattern" in rules and not re.fullmatch(rules["pattern"], text, re.ASCII):
        return _of_value(text, f"does not fit; allowed: {form_in_words(rules['pattern'])}")
    for limit, beyond, side in (
        ("minimum", operator.lt, "below"),
        ("maximum", operator.gt, "above"),
    ):
        if beyond(value, rules.get(limit, value)):
            kind = f"is {side} {rules[limit]}"
            return f"{text} {kind}", kind
    return None


def _duplicates(
    file: str, schema: dict[str, Any], columns: dict[str, list[Any]], rows: list[int]
) -> list[Problem]:
    keys = [schema["primaryKey"]] + [
        [f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")
    ]
    problems = []
    for key in dict.fromkeys(tuple(key) for key in keys):
        seen: dict[tuple[Any, ...], int] = {}
        values = zip(*(columns[name] for name in key), strict=True)
        for row, value in zip(rows, values, strict=True):
            if any(value) and (first := seen.setdefault(value, row)) != row:
                said = shortened(", ".join(map(str, value)))
                message = f"{said!r} stands already in row {first}; it must be unique"
                kind = "stands already in another row; it must be unique"
                problems.append(Problem(file, message, row, ", ".join(key), kind=kind))
    return sorted(problems, key=lambda problem: problem.row or 0)
