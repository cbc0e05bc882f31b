"""The tidy tables as files for other tools: Parquet, CSV or one DuckDB database."""

from __future__ import annotations

import io
import json
import math
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import RELEASED, __version__
from analysis.records.descriptor import descriptor
from analysis.records.errors import ExportError
from analysis.records.files import check_folder, for_spreadsheet, write_whole
from analysis.records.load import Records
from analysis.records.paths import data_folder
from analysis.tidy.columns import TYPES, Described
from analysis.tidy.database import QUIET, fill
from analysis.tidy.tables import descriptions, table
from analysis.tidy.texts import as_csv
from analysis.words.wording import digits_format

FORMATS = ("parquet", "csv", "xlsx", "duckdb")
DATABASE, WORKBOOK = "commerce_poverty.duckdb", "commerce_poverty.xlsx"
LISTS = ("tables", "columns")  # the tables that list the others
NUMBER_WIDTH = 16  # letters
STORAGE = "v1.0.0"  # of the database: clients of DuckDB 1.0 and newer read it
PACKAGE = "datapackage.json"
MEDIA = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
ROW_GROUP = 100_000  # rows; every table has fewer, so that each is one group


def export_tables(records: Records, out: Path, form: str, *, mark: bool = False) -> list[Path]:
    """Write every tidy table to a folder, each file whole or not at all.

    Parquet and CSV files are the same bytes on every run. Beside them, ``datapackage.json`` says what
    each column holds; a database has the same as comments on its tables and columns.

    Parameters
    ----------
    records : Records
    out : Path
    form : {"parquet", "csv", "xlsx", "duckdb"}
        ``xlsx``, one workbook, is for spreadsheets: they take the UTF-8 of a CSV for another encoding.
    mark : bool
        Begin a CSV file that holds more than ASCII with a byte-order mark, by which a spreadsheet knows it.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ExportError
        If the form is unknown, or the folder cannot be written to.
    """
    if form not in FORMATS:
        raise ExportError(f"{form!r} is no format of tables; allowed are {', '.join(FORMATS)}")
    check_folder(out)
    known = descriptions()
    frames = {name: table(records, name) for name in known}
    if form == "csv":
        files = {f"{name}.csv": _csv(frame, mark=mark) for name, frame in frames.items()}
    elif form == "xlsx":
        listed = frames["tables"]
        listed["holds"] = [_dated(known[name]) for name in listed["table_name"]]
        files = {WORKBOOK: _workbook(frames)}
    else:
        files = _by_duckdb(known, frames, form)
    if form in MEDIA:
        files[PACKAGE] = (
            json.dumps(package(known, form), ensure_ascii=False, indent=2) + "\n"
        ).encode()
    return [write_whole(out / name, content) for name, content in files.items()]


def _csv(frame: pd.DataFrame, *, mark: bool) -> bytes:
    text = as_csv(frame)
    return for_spreadsheet(text) if mark else text.encode()


def _workbook(frames: dict[str, pd.DataFrame]) -> bytes:
    """A sheet for each table, those first that list tables and columns; a text stays a text, whatever it begins with.

    Labels stand before identifiers; the list leads to each sheet.
    """
    buffer = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False}
    style: dict[str, Any] = {"engine": "xlsxwriter", "datetime_format": "yyyy-mm-dd"}
    with pd.ExcelWriter(buffer, engine_kwargs={"options": as_text}, **style) as book:
        dated = f"Version {__version__} of {RELEASED}"
        book.book.set_properties({"created": datetime.fromisoformat(RELEASED), "comments": dated})
        first = {name: frames[name] for name in LISTS}
        for name, frame in (first | frames).items():
            ordered = frame[sorted(frame.columns, key=lambda column: column.endswith("_id"))]
            ordered.to_excel(book, sheet_name=name, index=False, freeze_panes=(1, 0))
            sheet = book.sheets[name]
            sheet.autofit(max_width=360)
            for place, column in enumerate(ordered.columns):
                if ordered[column].dtype == "float64":
                    known = ordered[column][ordered[column].abs() < math.inf].tolist()
                    form = book.book.add_format({"num_format": digits_format(known, share=False)})
                    sheet.set_column(place, place, NUMBER_WIDTH, form)
        for row, name in enumerate(frames[LISTS[0]]["table_name"], 1):
            book.sheets[LISTS[0]].write_url(row, 0, f"internal:'{name}'!A1", string=name)
    return buffer.getvalue()


def package(known: dict[str, Described], form: str) -> dict[str, Any]:
    """The descriptor that lies beside the files: what each table and column holds, as a Data Package.

    Parameters
    ----------
    known : dict
        The tables by name.
    form : {"parquet", "csv"}
    """
    own = descriptor(data_folder())
    head = {
        "name": f"{own['name']}-tables",
        "title": own["title"],
        "version": __version__,
        "created": f"{RELEASED}T00:00:00Z",
        "licenses": own.get("licenses", []),
    }
    return head | {"resources": [_resource(one, form) for one in known.values()]}


def _dated(one: Described) -> str:
    """What a table holds, and of when it is."""
    return f"{one.holds} Version {__version__} of {RELEASED}."


def _resource(one: Described, form: str) -> dict[str, Any]:
    fields = []
    for column in one.columns:
        rules = {"enum": list(column.allowed)} if column.allowed else {}
        spelled = (
            {"trueValues": ["true"], "falseValues": ["false"]}
            if column.type == "yes or no" and form == "csv"
            else {}
        )
        fields.append(
            {"name": column.name, "type": TYPES[column.type][2], "description": column.holds}
            | spelled
            | ({"constraints": rules} if rules else {})
        )
    profile = {"profile": "tabular-data-resource"} if form == "csv" else {}
    about = {"format": form, "mediatype": MEDIA[form]} | (
        {"encoding": "utf-8"} if form == "csv" else {}
    )
    return (
        {"name": one.name, "path": f"{one.name}.{form}", "description": _dated(one)}
        | profile
        | about
        | {"schema": {"fields": fields, "primaryKey": list(one.key), "missingValues": [""]}}
    )


def _by_duckdb(
    known: dict[str, Described], frames: dict[str, pd.DataFrame], form: str
) -> dict[str, bytes]:
    """What DuckDB writes, read back: it can write to a path only."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        with duckdb.connect(":memory:", config=QUIET) as connection:
            if form == "duckdb":
                place = _quoted(base / DATABASE)
                connection.execute(f"ATTACH '{place}' AS tables (STORAGE_VERSION '{STORAGE}')")
                connection.execute("USE tables")
            for name, one in known.items():
                fill(connection, one, frames[name])
                if form == "parquet":
                    connection.execute(
                        f"COPY \"{name}\" TO '{_quoted(base / name)}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{holds: '{_quoted(_dated(one))}', version: '{__version__}'}})"
                    )
                else:
                    _comment(connection, one)
        return {
            path.name: path.read_bytes()
            for path in sorted(
                base.iterdir(),
                key=lambda path: list(known).index(path.stem) if path.stem in known else 0,
            )
        }


def _comment(connection: Any, one: Described) -> None:
    connection.execute(f"COMMENT ON TABLE \"{one.name}\" IS '{_quoted(_dated(one))}'")
    for column in one.columns:
        connection.execute(
            f'COMMENT ON COLUMN "{one.name}"."{column.name}" IS \'{_quoted(column.holds)}\''
        )


def _quoted(text: object) -> str:
    """A text inside single quotes of SQL."""
    return str(text).replace("'", "''")
