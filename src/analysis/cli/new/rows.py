"""New rows of the tables, as drafts with marked blanks: a claim, a source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.cli.new.files import Made
from analysis.records.coding import COMPARED
from analysis.records.descriptor import descriptor
from analysis.records.drafts import (
    CLAIMS,
    DENOMINATORS,
    FOLDER,
    SECOND,
    SOURCES,
    Row,
    drafts,
    with_drafts,
)
from analysis.records.errors import AnalysisError
from analysis.records.files import bytes_of, rows_of
from analysis.records.paths import data_folder, is_own
from analysis.records.printed import figure
from analysis.records.schema import BLANK, allowed_in, cell_problems

CHECK = "analysis check    (lists the drafts, each with how much is still to be filled in)"
Field = dict[str, Any]
_PINYIN = re.compile(r"(?<=\d) ?(wan|yi)$", re.IGNORECASE)


def again(then: str) -> tuple[str, ...]:
    """What stores the outputs anew and tests them: in a clone, of the project's own data; else nothing."""
    return (then,) if is_own(data_folder()) else ()


def new_source(
    source_id: str, *, text: Path | None = None, cells: Mapping[str, str] | None = None
) -> Made:
    """A draft of a row of ``data/sources.csv`` with marked blanks.

    Parameters
    ----------
    source_id : str
        Such as ``gansu-2018``.
    text : Path, optional
        The text to code from: its name and SHA-256 are entered.
    cells : mapping, optional
        Column to what is known already.

    Raises
    ------
    AnalysisError
        If the identifier is taken or has another form, a cell names no column, or a value is not allowed in it.
    """
    known = dict(cells or {})
    if text is not None:
        digest = hashlib.sha256(bytes_of(text)).hexdigest()
        known = {"text_file": text.name, "text_sha256": digest} | known
    _check("source", source_id, known, ("sources",))
    row = _row("sources", {"source_id": source_id} | known)
    then = (
        CHECK,
        f"analysis accept {source_id}    (moves the finished row to data/sources.csv)",
        f"analysis new claim {source_id}.WHAT-IT-SAYS    (for each figure of the document)",
        f"analysis verify --texts DIR --source {source_id}    (holds the text against its SHA-256)",
        *again("make update-notebooks, then make test"),
    )
    return Made(with_drafts(data_folder(), {SOURCES: [row]}), _fill([row], ("sources",)), then)


def new_claim(claim_id: str, *, cells: Mapping[str, str] | None = None) -> Made:
    """A draft of a claim: its row, its denominator, and the form of the second coder, with marked blanks.

    Parameters
    ----------
    claim_id : str
        ``source_id.slug``, such as ``hunan-2017.villages``; the source is there, or a draft.
    cells : mapping, optional
        Column of ``claims.csv`` or ``denominators.csv`` to what is known already.

    Raises
    ------
    AnalysisError
        If the identifier is taken or has another form, its source is unknown, a cell names no column, or a
        value is not allowed in it.
    """
    return new_claims({claim_id: cells or {}})


def new_claims(claims: Mapping[str, Mapping[str, str]]) -> Made:
    """Drafts of several claims, all of them or none; see ``new_claim``.

    Parameters
    ----------
    claims : mapping
        Identifier of each claim to its known cells.
    """
    data = data_folder()
    files = (CLAIMS, DENOMINATORS, *([SECOND] if is_own(data) else []))
    rows: dict[str, list[Row]] = {file: [] for file in files}
    made: list[Row] = []
    for claim_id, known in claims.items():
        own = _claim_rows(data, claim_id, known)
        for file, added in rows.items():
            added.append(own[file])
        made.append(own[CLAIMS] | own[DENOMINATORS])
    fill = [*_fill(made, ("claims", "denominators"))]
    if SECOND in rows:
        fill.append(
            f"data/{FOLDER}/{SECOND}: by somebody who has not seen your row, from the text; empty a cell that stays empty"
        )
    then = (
        CHECK,
        f"analysis accept {' '.join(claims)}    (moves the finished draft into the tables, once the check passes on the result)",
        "analysis verify --texts DIR --source ID    (holds the words against the paragraph)",
        *again("make update-notebooks update-known, then make test"),
    )
    return Made(with_drafts(data, rows), tuple(fill), then)


def _claim_rows(data: Path, claim_id: str, known: Mapping[str, str]) -> dict[str, Row]:
    """The rows of one draft by their file, checked."""
    source_id, known = claim_id.partition(".")[0], _entered(known, ("claims", "denominators"))
    _check("claim", claim_id, known, ("claims", "denominators"))
    source = _source(data, source_id)
    if known.get("source_id", source_id) != source_id:
        raise AnalysisError(
            f"claims.csv, column source_id: {known['source_id']!r} does not fit {claim_id}; it must be {source_id!r}; nothing is written"
        )
    ids = {"claim_id": claim_id, "source_id": source_id}
    return {
        CLAIMS: _row("claims", ids | _of_source(source) | dict(known)),
        DENOMINATORS: _row("denominators", ids | dict(known)),
        SECOND: ids | dict.fromkeys(COMPARED, BLANK),
    }


def _entered(cells: Mapping[str, str], tables: tuple[str, ...]) -> dict[str, str]:
    fields = _fields(tables)
    return {
        name: entered(fields[name], value) if name in fields else value
        for name, value in cells.items()
    }


def missing(what: str, known: Mapping[str, str]) -> dict[str, Field]:
    """Columns of a new ``claim`` or ``source`` that need a value and have none yet, with their fields."""
    given = {"claim_id", "source_id", *known}
    tables = ("claims", "denominators") if what == "claim" else ("sources",)
    return {
        name: field
        for name, field in _fields(tables).items()
        if field.get("constraints", {}).get("required") and name not in given
    }


def _of_source(source: Row) -> dict[str, str]:
    """What a claim takes over from its source: the day. Who says it the text tells, claim by claim."""
    day = source.get("event_date", "")
    return {} if day == BLANK else {"said_on": day}


def _source(data: Path, source_id: str) -> Row:
    """The row of a source, which is in the table or a draft."""
    header, *rows = rows_of(data / SOURCES)
    sources = {row[0]: dict(zip(header, row, strict=False)) for row in rows}
    for name, draft in drafts(data).items():
        for row in draft.rows.get(SOURCES, {}).values():
            sources[name] = row
    if source_id not in sources:
        raise AnalysisError(
            f"there is no source {source_id!r}; known are {', '.join(sources)}. A new one begins with 'analysis new source {source_id}'"
        )
    return sources[source_id]


def _table(name: str) -> dict[str, Any]:
    resources = descriptor(data_folder())["resources"]
    return next(one for one in resources if one["name"] == name)


def _fields(tables: Iterable[str]) -> dict[str, Field]:
    return {field["name"]: field for name in tables for field in _table(name)["schema"]["fields"]}


def _check(what: str, wanted: str, cells: Mapping[str, str], tables: tuple[str, ...]) -> None:
    """Refuse an identifier that cannot be given, and a cell without column or with a value that is not allowed."""
    fields = _table(tables[0])["schema"]["fields"]
    if not re.fullmatch(fields[0]["constraints"]["pattern"], wanted):
        dot = ", as in SOURCE.WHAT-IT-SAYS with a dot" if what == "claim" else ""
        raise AnalysisError(
            f"{wanted!r} is no identifier of a {what}; allowed are small letters, digits and hyphens{dot}"
        )
    path = _table(tables[0])["path"]
    header, *rows = rows_of(data_folder() / path)
    for number, row in enumerate(rows, 2):
        if row[0] == wanted:
            raise AnalysisError(f"there is a {what} {wanted!r} already: {path}, row {number}")
    if wanted in drafts(data_folder()):
        raise AnalysisError(f"there is a draft {wanted!r} already, in data/{FOLDER}")
    columns = {name: table for table in reversed(tables) for name in _fields([table])}
    columns.pop(fields[0]["name"])
    for name, value in cells.items():
        if name not in columns:
            allowed = ", ".join(one for one in _fields(tables) if one in columns)
            raise AnalysisError(f"{path} has no column {name!r} to set; it has {allowed}")
        place = header.index(name) if name in header else None
        taken = [row[place] for row in rows if place is not None and place < len(row)]
        check_value(_table(columns[name])["path"], _fields(tables)[name], value, taken)


def check_value(file: str, field: Field, value: str, taken: Iterable[str] = ()) -> None:
    """Refuse what ``analysis check`` would refuse in a cell; ``taken`` are the values of the other rows."""
    if found := cell_problems(file, field, value):
        raise AnalysisError(f"{found[0]}; nothing is written")
    if field.get("constraints", {}).get("unique") and value in taken:
        raise AnalysisError(
            f"{file}, column {field['name']}: {value!r} stands in another row already; it must be unique; nothing is written"
        )


def entered(field: Field, value: str) -> str:
    """A cell as the table holds it: of a number, its words and marks read.

    Examples
    --------
    >>> [entered({"type": "number"}, text) for text in ("10.05 crore", "5.2 lakh crore", "618.8万", "3 yi", "2.5%", "1,200", "many")]
    ['100500000', '5200000000000', '6188000', '300000000', '0.025', '1200', 'many']
    """
    if field["type"] != "number":
        return value
    text = _PINYIN.sub(lambda found: {"wan": "万", "yi": "亿"}[found[1].lower()], value)
    found = figure(text)
    return value if found is None else f"{found[0].normalize():f}"


def _row(table: str, known: Mapping[str, str]) -> Row:
    """Cells of a row: what is known, the mark where a value is required, nothing where it may stay empty."""
    return {
        name: known.get(name, BLANK if field.get("constraints", {}).get("required") else "")
        for name, field in _fields([table]).items()
    }


def _fill(rows: Collection[Row], tables: Iterable[str]) -> tuple[str, ...]:
    """What each blank of some rows takes, once, and which cells may stay empty."""
    lines = []
    for table in tables:
        fields, file = _fields([table]), f"data/{FOLDER}/{table}.csv"
        blank = [name for name in fields if any(row[name] == BLANK for row in rows)]
        lines += [f"{file}, {name}: {said(fields[name])}" for name in blank]
        if empty := [
            name for name in fields if name not in blank and not all(row[name] for row in rows)
        ]:
            lines.append(f"{file}: {', '.join(empty)} may stay empty")
    return tuple(lines)


def said(field: Field) -> str:
    """What a column takes, in words."""
    allowed = allowed_in(field)
    more = "" if allowed.startswith("it takes") else f" {allowed[:1].upper()}{allowed[1:]}."
    return f"{field['description']}{more}"
