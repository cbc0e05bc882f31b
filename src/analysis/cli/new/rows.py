"""New rows of the tables: a claim, a source."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.cli.new.files import Made, bytes_of, rows_of, with_row
from analysis.records.coding import COMPARED
from analysis.records.errors import AnalysisError
from analysis.records.paths import PROJECT, data_folder
from analysis.records.schema import BLANK, allowed_in, cell_problems, descriptor

CODERS = ("first", "second")
_CHECK = "analysis check    (names every blank with its file, row and column, until none is left)"


def new_source(
    source_id: str, *, text: Path | None = None, cells: Mapping[str, str] | None = None
) -> Made:
    """A row of ``data/sources.csv`` with marked blanks.

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
    resource = _resource("sources")
    own = (
        {}
        if text is None
        else {"text_file": text.name, "text_sha256": hashlib.sha256(bytes_of(text)).hexdigest()}
    )
    known = _checked("source", source_id, resource, own | dict(cells or {}))
    row = _row(resource, {"source_id": source_id} | known)
    path = data_folder() / resource["path"]
    then = (
        _CHECK,
        f"analysis new claim {source_id}.WHAT-IT-SAYS    (for each figure of the document)",
        f"analysis verify --texts DIR --source {source_id}    (holds the text against its SHA-256)",
        "make update-notebooks, then make test",
    )
    return Made({path: with_row(path, row)}, _fill(resource, row), then)


def new_claim(claim_id: str, *, cells: Mapping[str, str] | None = None) -> Made:
    """A row of ``data/claims.csv``, its denominator and its two codings, with marked blanks.

    Parameters
    ----------
    claim_id : str
        ``source_id.slug``, such as ``hunan-2017.villages``; the source is there already.
    cells : mapping, optional
        Column to what is known already.

    Raises
    ------
    AnalysisError
        If the identifier is taken or has another form, its source is unknown, a cell names no column, or a
        value is not allowed in it.
    """
    resource, register = _resource("claims"), _resource("denominators")
    known = _checked("claim", claim_id, resource, cells or {})
    header, *sources = rows_of(data_folder() / "sources.csv")
    speakers = {row[0]: dict(zip(header, row, strict=False)).get("speaker", "") for row in sources}
    source_id = claim_id.partition(".")[0]
    if source_id not in speakers:
        raise AnalysisError(
            f"there is no source {source_id!r}; known are {', '.join(speakers)}. A new one begins with 'analysis new source {source_id}'"
        )
    if known.get("source_id", source_id) != source_id:
        raise AnalysisError(
            f"{resource['path']}, column source_id: {known['source_id']!r} does not fit {claim_id}; it must be {source_id!r}; nothing is written"
        )
    row = _row(
        resource,
        {"claim_id": claim_id, "source_id": source_id, "speaker": speakers[source_id]} | known,
    )
    denominator = _row(register, {"claim_id": claim_id})
    files = {
        data_folder() / resource["path"]: with_row(data_folder() / resource["path"], row),
        data_folder() / register["path"]: with_row(data_folder() / register["path"], denominator),
    }
    if data_folder().resolve() == (PROJECT / "data").resolve():
        files |= _codings(claim_id, source_id)
    return Made(files, (*_fill(resource, row), *_fill(register, denominator)), _AFTER_CLAIM)


_AFTER_CLAIM = (
    _CHECK,
    "src/analysis/publish/site/templates/data.zh.json: Chinese for what is counted, for the geography and for the speaker, where it is not there yet",
    "copy the finished row to docs/coding/claims_first_coder.csv; let somebody who has not seen it fill in the row of claims_second_coder.csv",
    "docs/coding/claims_disagreements.csv takes each cell in which the two differ, docs/coding/README.md the new agreement",
    "analysis verify --texts DIR --source ID    (holds the words against the paragraph)",
    ".venv/bin/python -m pytest tests/records/test_coding.py tests/themes/claims_audit/test_audit.py: known counts change with the table, deliberately; CONTRIBUTING says which",
    "make update-notebooks, then make test",
)


def _codings(claim_id: str, source_id: str) -> dict[Path, str]:
    """The row of each coder, and which of them are the same statement."""
    folder = PROJECT / "docs/coding"
    coded = {"claim_id": claim_id, "source_id": source_id} | dict.fromkeys(COMPARED, BLANK)
    files = {
        folder / f"claims_{coder}_coder.csv": with_row(folder / f"claims_{coder}_coder.csv", coded)
        for coder in CODERS
    }
    matching = folder / "claims_matching.csv"
    return files | {matching: with_row(matching, {"claim_id": claim_id, "second_id": claim_id})}


def _resource(name: str) -> dict[str, Any]:
    return next(one for one in descriptor(data_folder())["resources"] if one["name"] == name)


def _checked(
    what: str, wanted: str, resource: dict[str, Any], cells: Mapping[str, str]
) -> dict[str, str]:
    """The cells, if the identifier can be given, every cell names a column, and its value is allowed there."""
    columns = [field["name"] for field in resource["schema"]["fields"]]
    pattern = resource["schema"]["fields"][0]["constraints"]["pattern"]
    if not re.fullmatch(pattern, wanted):
        form = "small letters, digits and hyphens" + (
            ", as in SOURCE.WHAT-IT-SAYS with a dot" if what == "claim" else ""
        )
        raise AnalysisError(f"{wanted!r} is no identifier of a {what}; allowed are {form}")
    header, *rows = rows_of(data_folder() / resource["path"])
    for number, row in enumerate(rows, 2):
        if row[0] == wanted:
            raise AnalysisError(
                f"there is a {what} {wanted!r} already: {resource['path']}, row {number}"
            )
    if strange := [name for name in cells if name not in columns[1:]]:
        raise AnalysisError(
            f"{resource['path']} has no column {strange[0]!r} to set; it has {', '.join(columns[1:])}"
        )
    for field in resource["schema"]["fields"]:
        if field["name"] in cells:
            _check_value(
                resource["path"],
                field,
                cells[field["name"]],
                [dict(zip(header, row, strict=False)) for row in rows],
            )
    return dict(cells)


def _check_value(file: str, field: dict[str, Any], value: str, rows: list[dict[str, str]]) -> None:
    """Refuse what ``analysis check`` would refuse in the cell."""
    name = field["name"]
    if found := cell_problems(file, field, value):
        raise AnalysisError(f"{found[0]}; nothing is written")
    if field.get("constraints", {}).get("unique") and any(row.get(name) == value for row in rows):
        raise AnalysisError(
            f"{file}, column {name}: {value!r} stands in another row already; it must be unique; nothing is written"
        )


def _row(resource: dict[str, Any], known: dict[str, str]) -> dict[str, str]:
    """Cells of a row: what is known, the mark where a value is required, nothing where it may stay empty."""
    required = {
        field["name"]: bool(field.get("constraints", {}).get("required"))
        for field in resource["schema"]["fields"]
    }
    return {name: known.get(name, BLANK if must else "") for name, must in required.items()}


def _fill(resource: dict[str, Any], row: dict[str, str]) -> tuple[str, ...]:
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    marked = [
        f"{resource['path']}, {name}: {_said(fields[name])}"
        for name, cell in row.items()
        if cell == BLANK
    ]
    empty = [name for name, cell in row.items() if not cell]
    return (*marked, *([f"{resource['path']}: {', '.join(empty)} may stay empty"] if empty else []))


def _said(field: dict[str, Any]) -> str:
    allowed = allowed_in(field)
    return (
        field["description"]
        if allowed.startswith("it takes")
        else f"{field['description']} {allowed[:1].upper()}{allowed[1:]}."
    )
