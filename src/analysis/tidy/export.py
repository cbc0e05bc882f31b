"""The tidy tables as files for other tools: Parquet, CSV or one DuckDB database."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import RELEASED, __version__
from analysis.records.descriptor import descriptor
from analysis.records.errors import ExportError
from analysis.records.files import check_folder, write_whole
from analysis.records.load import Records
from analysis.records.paths import data_folder
from analysis.tidy.columns import TYPES, Described
from analysis.tidy.database import QUIET, fill
from analysis.tidy.tables import descriptions, table
from analysis.tidy.texts import as_csv

FORMATS = ("parquet", "csv", "duckdb")
DATABASE = "commerce_poverty.duckdb"
PACKAGE = "datapackage.json"
MEDIA = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
ROW_GROUP = 100_000  # rows; every table has fewer, so that each is one group


def export_tables(records: Records, out: Path, form: str) -> list[Path]:
    """Write every tidy table to a folder, each file whole or not at all.

    Parquet and CSV files are the same bytes on every run. Beside them, ``datapackage.json`` says what
    each column holds; a database has the same as comments on its tables and columns.

    Parameters
    ----------
    records : Records
    out : Path
    form : {"parquet", "csv", "duckdb"}

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
        files = {f"{name}.csv": as_csv(frame).encode() for name, frame in frames.items()}
    else:
        files = _by_duckdb(known, frames, form)
    if form != "duckdb":
        files[PACKAGE] = (
            json.dumps(package(known, form), ensure_ascii=False, indent=2) + "\n"
        ).encode()
    return [write_whole(out / name, content) for name, content in files.items()]


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
        "licenses": own["licenses"],
    }
    return head | {"resources": [_resource(one, form) for one in known.values()]}


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
        {"name": one.name, "path": f"{one.name}.{form}", "description": one.holds}
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
        with duckdb.connect(
            str(base / DATABASE) if form == "duckdb" else ":memory:", config=QUIET
        ) as connection:
            for name, one in known.items():
                fill(connection, one, frames[name])
                if form == "parquet":
                    connection.execute(
                        f"COPY \"{name}\" TO '{_quoted(base / name)}.parquet' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}, KV_METADATA {{holds: '{_quoted(one.holds)}', version: '{__version__}'}})"
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
    connection.execute(f"COMMENT ON TABLE \"{one.name}\" IS '{_quoted(one.holds)}'")
    for column in one.columns:
        connection.execute(
            f'COMMENT ON COLUMN "{one.name}"."{column.name}" IS \'{_quoted(column.holds)}\''
        )


def _quoted(text: object) -> str:
    """A text inside single quotes of SQL."""
    return str(text).replace("'", "''")
