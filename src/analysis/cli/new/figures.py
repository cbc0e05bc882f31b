"""Drafts of claims from a text: the figure of a paragraph, or the rows that a person accepted in a review."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.audit.proposed import accepted_cells
from analysis.cli.new.files import Made
from analysis.cli.new.rows import new_claims
from analysis.reading import Candidate, decode, read
from analysis.reading.documents import UnreadableError, read_document
from analysis.reading.tables import language
from analysis.records.drafts import CLAIMS, drafts
from analysis.records.errors import AnalysisError
from analysis.records.files import bytes_of, rows_of
from analysis.records.paths import data_folder
from analysis.records.texts import paragraphs
from analysis.records.units import Units

TEXT = ("text", "bound", "unit", "currency", "rate", "counted", "period", "place", "kind")
NUMBERS = ("low", "high")
NEEDED = ("paragraph", *TEXT, *NUMBERS)
LONGEST_SLUG = 4  # words
_SUFFIX = re.compile(r"\S+\.\w{1,5}")


def proposed(text: str, paragraph: int | None, figure: int | None) -> dict[str, str]:
    """The cells that a figure of a text fills.

    Parameters
    ----------
    text : str
        The name of a file that ``analysis read`` takes, or words.
    paragraph : int, optional
        Of the file; of words, the one that they stand in.
    figure : int, optional
        Which figure, from 1; by default there is one only.

    Raises
    ------
    AnalysisError
        If there is no such paragraph or figure, or several without a choice.
    """
    where = f"paragraph {paragraph} of {text}"
    if Path(text).is_file() or _SUFFIX.fullmatch(text):
        words = _paragraph(text, paragraph)
    else:
        words, where = text, repr(text)
    chosen = _chosen(read(words) or read(words, small=True), figure, where)
    row = chosen.as_dict() | {"paragraph": paragraph or ""}
    return accepted_cells(row, Units())


def _paragraph(file: str, number: int | None) -> str:
    try:
        lines = paragraphs(read_document(Path(file)).text)
    except UnreadableError as error:
        raise AnalysisError(f"{file}: {error}") from None
    if number is None:
        raise AnalysisError(f"--paragraph is missing: {file} has {len(lines)} paragraphs")
    if not 1 <= number <= len(lines):
        raise AnalysisError(f"{file} has no paragraph {number}; it has 1 to {len(lines)}")
    return lines[number - 1]


def _chosen(found: list[Candidate], figure: int | None, where: str) -> Candidate:
    if not found:
        raise AnalysisError(f"no figure is read in {where}; enter the values with --set")
    if figure is None and len(found) > 1:
        listed = "; ".join(f"{number}: {one.text}" for number, one in enumerate(found, 1))
        raise AnalysisError(f"{where} has {len(found)} figures; choose one with --figure: {listed}")
    if not 1 <= (figure or 1) <= len(found):
        raise AnalysisError(f"{where} has no figure {figure}; it has 1 to {len(found)}")
    return found[(figure or 1) - 1]


def claims_from(file: Path, source_id: str) -> Made:
    """Drafts of the rows that a person accepted; a row whose draft or claim is there already is passed over.

    Parameters
    ----------
    file : Path
        A CSV with the columns of ``analysis read --format csv``; others make no difference.
    source_id : str
        Of the document that was read.

    Raises
    ------
    AnalysisError
        If a column is missing, a number is none, or nothing is left to add.
    """
    units = Units()
    known = _known(source_id)
    names = {name for name, _ in known}
    there = {where for _, where in known}
    claims: dict[str, dict[str, str]] = {}
    for row in accepted_rows(file):
        cells = accepted_cells(row, units)
        if (cells["paragraph"], cells.get("as_stated")) in there:
            continue
        name = _name(source_id, row, {*names, *claims})
        claims[name] = cells
    if not claims:
        raise AnalysisError(f"{file} has no row that is not a claim or a draft of {source_id} yet")
    return new_claims(claims)


def accepted_rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of accepted figures, numbers as numbers and an open end as None."""
    content = io.StringIO(decode(bytes_of(file)).text, newline="")
    header, *rows = list(csv.reader(content)) or [[]]
    if absent := [name for name in NEEDED if name not in header]:
        raise AnalysisError(
            f"{file} is no table of accepted figures: the column {absent[0]!r} is missing; 'analysis read --format csv' writes one"
        )
    table = [dict(zip(header, cells, strict=False)) for cells in rows if cells]
    if len(files := {row["file"] for row in table if "file" in row}) > 1:
        raise AnalysisError(f"{file} has figures of {len(files)} files; a source is one document")
    return [_accepted(f"{file}, row {number}", cells) for number, cells in enumerate(table, 2)]


def _accepted(where: str, cells: Mapping[str, str]) -> dict[str, Any]:
    ends = {name: _number(f"{where}, column {name}", cells.get(name, "")) for name in NUMBERS}
    if not any(end is not None for end in ends.values()):
        raise AnalysisError(f"{where}: low and high are both empty; a figure has one or the other")
    paragraph = cells.get("paragraph", "")
    if not paragraph.isdecimal():
        raise AnalysisError(f"{where}, column paragraph: {paragraph!r} is no whole number")
    return {name: cells.get(name, "") for name in TEXT} | {"paragraph": paragraph} | ends


def _number(where: str, cell: str) -> float | None:
    try:
        value = float(cell) if cell else None
    except ValueError:
        value = math.nan
    if value is not None and not math.isfinite(value):
        raise AnalysisError(f"{where}: {cell!r} is not a number")
    return value


def _known(source_id: str) -> list[tuple[str, tuple[str, str]]]:
    """Claims and drafts of a source: identifier, and paragraph with the words."""
    data = data_folder()
    header, *rows = rows_of(data / CLAIMS)
    table = [dict(zip(header, row, strict=False)) for row in rows]
    table += [row for one in drafts(data).values() for row in one.rows.get(CLAIMS, {}).values()]
    return [
        (row["claim_id"], (row["paragraph"], row["as_stated"]))
        for row in table
        if row["source_id"] == source_id
    ]


def _name(source_id: str, row: Mapping[str, Any], taken: Collection[str]) -> str:
    """An identifier that says what is counted, else in what unit, where that is in Latin letters, and is not taken."""
    counts = row["kind"] in ("count", "measure")
    said = _noun(row["counted"]) or (_noun(row["unit"]) if counts else []) or ["figure"]
    name = f"{source_id}.{'-'.join(said[:LONGEST_SLUG])}"
    return next(one for one in _numbered(name) if one not in taken)


def _noun(phrase: str) -> list[str]:
    """The words of a phrase up to what ends a noun phrase; none where it begins with that ("in 2014")."""
    words = re.findall(r"[a-z]+|[^\sa-z]+", phrase.lower())
    ends = {*language("en")["stops"]["words"], *language("en")["no_nouns"]["words"]}
    said = itertools.takewhile(
        lambda word: word.isalpha() and word.isascii() and word not in ends, words
    )
    return [word for word in said if len(word) > 1]


def _numbered(name: str) -> Iterable[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
