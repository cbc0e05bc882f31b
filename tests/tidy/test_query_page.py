"""docs/query.md says what is so: its Python, SQL and commands run, and it names files and columns that there are."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

from analysis import cli
from analysis.records.paths import PROJECT
from analysis.tidy.database import sql
from analysis.tidy.export import DATABASE, FORMATS, export_tables
from analysis.tidy.tables import descriptions

PAGE = (PROJECT / "docs/query.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.M | re.S)
COLUMNS = {column.name for one in descriptions().values() for column in one.columns}


def blocks(kind: str) -> list[str]:
    return [text for found, text in BLOCKS if found == kind]


@pytest.fixture(scope="module")
def exported(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    for form in FORMATS:
        export_tables(records, folder / "build/data", form)
    return folder


def test_the_page_lists_every_table():
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.M) == list(descriptions())


def test_the_python_runs(exported, monkeypatch):
    monkeypatch.chdir(exported)
    assert len(blocks("python")) == 2
    for code in blocks("python"):
        scope: dict[str, object] = {}
        exec(code, scope)
        for frame in (scope.get("claims"), scope.get("wide"), scope.get("series")):
            assert frame is None or len(frame)


@pytest.mark.parametrize("query", blocks("sql"))
def test_the_sql_answers(records, query):
    assert len(sql(records, query)) > 3


@pytest.mark.parametrize("line", [line for text in blocks("sh") for line in text.splitlines()])
def test_the_commands_run(tmp_path, monkeypatch, capsys, line):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", shlex.split(line))
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert not stop.value.code
    assert len(capsys.readouterr().out.splitlines()) > 3 or list(
        (tmp_path / "build/data").iterdir()
    )


@pytest.mark.parametrize("kind", ["r", "stata"])
def test_what_cannot_be_run_here_names_files_and_columns_that_there_are(exported, kind):
    (code,) = blocks(kind)
    files = re.findall(r'"(build/data/[\w.]+)"', code)
    assert len(files) >= 2
    assert [name for name in files if not (exported / name).is_file()] == []
    if kind == "r":
        (query,) = re.findall(r'dbGetQuery\(con, "(.*?)"\)', code)
        import duckdb

        with duckdb.connect(str(exported / "build/data" / DATABASE), read_only=True) as connection:
            assert connection.execute(query).fetchall()
    else:
        named = set(re.findall(r"date\((\w+),|= (\w+) ==", code))
        assert {one or other for one, other in named} <= COLUMNS
