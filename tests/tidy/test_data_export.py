"""The tidy tables as files: what other tools read is what the tables hold, and the bytes repeat."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys

import duckdb
import pandas as pd
import pytest
from frictionless import Package

from analysis import RELEASED, __version__
from analysis.records.errors import ExportError
from analysis.tidy.columns import TYPES
from analysis.tidy.export import DATABASE, FORMATS, export_tables
from analysis.tidy.tables import descriptions, table

NAMES = list(descriptions())


# the workbook is read in tests/cli/test_manners.py
@pytest.fixture(scope="module", params=[one for one in FORMATS if one != "xlsx"])
def made(request, records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's data") / request.param
    return request.param, folder, export_tables(records, folder, request.param)


def test_every_table_is_written_and_nothing_else(made):
    form, folder, files = made
    wanted = (
        [DATABASE]
        if form == "duckdb"
        else [*(f"{name}.{form}" for name in NAMES), "datapackage.json"]
    )
    assert [path.name for path in files] == wanted
    assert sorted(path.name for path in folder.iterdir()) == sorted(wanted)


def rows(records, name: str) -> list[tuple]:
    """What a table holds, as plain values: None for what is missing."""
    frame = table(records, name)
    frame = frame.assign(
        **{
            column.name: frame[column.name].dt.date
            for column in descriptions()[name].columns
            if column.type == "date"
        }
    )
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame.astype(object).itertuples(index=False)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_another_program_reads_what_the_table_holds(made, records, name):
    form, folder, _ = made
    place = (
        f"read_parquet('{str(folder).replace(chr(39), chr(39) * 2)}/{name}.parquet')"
        if form == "parquet"
        else name
    )
    if form == "csv":
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file))
        assert found[0] == list(table(records, name).columns)
        assert len(found) == len(table(records, name)) + 1
        return
    with duckdb.connect(
        str(folder / DATABASE) if form == "duckdb" else ":memory:", read_only=form == "duckdb"
    ) as connection:
        found = connection.execute(f"select * from {place}").fetchall()
        kinds = [
            kind for _, kind, *_ in connection.execute(f"describe select * from {place}").fetchall()
        ]
    assert found == rows(records, name)
    wanted = [TYPES[column.type][1] for column in descriptions()[name].columns]
    assert [kind.split("(")[0] for kind in kinds] == [
        "VARCHAR" if kind == "ENUM" and form == "parquet" else kind for kind in wanted
    ]


def test_the_csv_files_keep_their_description_says_frictionless(records, tmp_path):
    export_tables(records, tmp_path, "csv")
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["place", "rowNumber", "fieldName", "note"]) == []
    assert len(report.tasks) == len(NAMES)


def test_a_cell_of_the_csv_that_contradicts_its_description_is_found(records, tmp_path):
    export_tables(records, tmp_path, "csv")
    path = tmp_path / "claims.csv"
    path.write_text(path.read_text("utf-8").replace(",more_than,", ",rather_more,", 1), "utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_csv_files_load_with_the_types_of_the_tables(records, tmp_path):
    export_tables(records, tmp_path, "csv")
    found = pd.read_csv(tmp_path / "series.csv", parse_dates=["period_start", "period_end"])
    own = table(records, "series")
    assert found["value"].tolist() == pytest.approx(own["value"].tolist(), rel=1e-11)
    assert found["period_end"].tolist() == own["period_end"].tolist()
    assert found["derived"].tolist() == own["derived"].tolist()
    assert duckdb.sql(
        f"select count(*) from read_csv('{tmp_path / 'series.csv'}') where period_start >= date '2015-01-01'"
    ).fetchall() == [((own["period_start"] >= "2015-01-01").sum(),)]


@pytest.mark.full
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_another_process_elsewhere_writes_the_same_bytes(records, tmp_path, form):
    export_tables(records, tmp_path / "here", form)
    code = f"from pathlib import Path\nfrom analysis.records.load import load\nfrom analysis.tidy.export import export_tables\nexport_tables(load(), Path({str(tmp_path / 'there')!r}), {form!r})"
    subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        env={"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PATH": ""},
    )
    digests = [
        {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (tmp_path / place).iterdir()
        }
        for place in ("here", "there")
    ]
    assert digests[0] == digests[1]
    assert len(digests[0]) == len(NAMES) + 1


def test_files_say_what_they_hold(records, tmp_path):
    for form in ("parquet", "duckdb"):
        export_tables(records, tmp_path, form)
    place = str(tmp_path / "claims.parquet")
    meta = dict(duckdb.sql(f"select key, value from parquet_kv_metadata('{place}')").fetchall())
    said = f"{descriptions()['claims'].holds} Version {__version__} of {RELEASED}."
    assert meta[b"holds"].decode() == said
    described = {
        one["name"]: {field["name"]: field["description"] for field in one["schema"]["fields"]}
        for one in json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["resources"]
    }
    with duckdb.connect(str(tmp_path / DATABASE), read_only=True) as connection:
        comments = connection.execute(
            "select table_name, column_name, comment from duckdb_columns() where not internal"
        ).fetchall()
    assert {(table, column): said for table, column, said in comments} == {
        (name, column.name): column.holds
        for name, one in descriptions().items()
        for column in one.columns
    }
    assert (
        described["claims"]["bound"]
        == dict((column.name, column.holds) for column in descriptions()["claims"].columns)["bound"]
    )


def test_nothing_is_written_without_a_format_or_a_folder(records, tmp_path):
    with pytest.raises(
        ExportError, match="'xls' is no format of tables; allowed are parquet, csv, xlsx, duckdb"
    ):
        export_tables(records, tmp_path / "made", "xls")
    assert not (tmp_path / "made").exists()
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExportError, match="cannot write to"):
        export_tables(records, tmp_path / "taken", "csv")


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(records, tmp_path):
    import dataclasses

    hostile = dataclasses.replace(records, sources=records.sources.assign(title="=HYPERLINK(1)"))
    export_tables(hostile, tmp_path, "csv")
    with (tmp_path / "sources.csv").open(encoding="utf-8", newline="") as file:
        assert {row["title"] for row in csv.DictReader(file)} == {"'=HYPERLINK(1)"}
