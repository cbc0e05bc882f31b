"""The manners of the command line: groups, version, JSON, quiet, what is refused, what is newer."""

from __future__ import annotations

import json
import subprocess
import sys

import openpyxl
import pandas as pd
import pytest

from analysis import RELEASED, __version__, cli
from analysis.cli import PANELS
from analysis.cli.app import app, fitted
from analysis.records.errors import ExportError, UnknownIdError
from analysis.records.files import replacing, write_together
from analysis.records.load import problems
from analysis.tidy.export import export_tables
from analysis.verbs.outdated import outdated


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*words):
        monkeypatch.setattr(sys, "argv", ["analysis", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        return int(stop.value.code or 0), *capsys.readouterr()

    return call


def test_every_command_is_in_one_group_of_the_help():
    commands = [one.name or one.callback.__name__ for one in app.registered_commands]
    grouped = [name for names in PANELS.values() for name in names.split()]
    assert sorted(grouped) == sorted([*commands, *(one.name for one in app.registered_groups)])


def test_version_and_help(run):
    assert run("--version")[:2] == (0, f"analysis {__version__} ({RELEASED})\n")
    code, out, _ = run("--help")
    assert code == 0
    assert [panel for panel in PANELS if panel not in out] == []
    assert "--install-completion" in out
    assert "Exit codes" in out


def test_no_colour_where_none_is_wanted(tmp_path):
    asked = [sys.executable, "-m", "analysis", "--help"]
    for wish, coloured in (({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False)):
        said = subprocess.run(
            asked,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "TERM": "xterm"} | wish,
            capture_output=True,
            check=True,
        ).stdout
        assert (b"\x1b[3" in said or b"\x1b[1;3" in said) == coloured


def test_lists_as_json(run):
    code, out, _ = run("list", "series", "--json")
    (row,) = [one for one in json.loads(out)["series"] if one["series"] == "usd-cny-mean"]
    assert (code, row["unit"]) == (0, "CNY/USD")
    cited = json.loads(run("cite", "scio-2021.canton-deals", "--json")[1])
    assert cited[0]["id"] == "scio-2021.canton-deals"


def test_an_empty_out_is_refused(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (("--out", ""), ("--out=",)):
        code, _, err = run("export-data", *words)
        assert (code, err) == (
            2,
            "error: --out is empty; name a folder, or . for the current one\n",
        )
    assert list(tmp_path.iterdir()) == []


def test_lines_end_at_the_edge_of_a_terminal(monkeypatch):
    assert fitted("x" * 200) == "x" * 200, "not where it goes to a pipe"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "20")
    assert fitted("x" * 200 + "\n中" * 1) == "x" * 19 + "…\n中"


def test_hints_name_a_list_that_there_is():
    assert str(UnknownIdError("series", "x", ["abc"])).endswith("see 'analysis list series'")
    assert str(UnknownIdError("form", "x", ["abc"])).endswith("1 are known")


def test_an_undeclared_file_of_series_is_told(data_copy):
    (data_copy / "series/extra.csv").write_text("a\n1\n", "utf-8")
    assert [str(one) for one in problems(data_copy)] == [
        "series/extra.csv: is not described in datapackage.json, so that nothing reads it; describe it there, or take it away"
    ]


def test_no_way_of_writing_changes_an_installed_package(monkeypatch):
    from analysis.records import files

    monkeypatch.setattr(files, "IN_CLONE", False)
    for one in ("words/en.toml", "__init__.py"):
        path = files.PACKAGE / one
        before = path.read_bytes()
        with pytest.raises(ExportError, match="belongs to the installed package"):
            write_together({path: None})
        with pytest.raises(ExportError, match="belongs to the installed package"), replacing(path):
            pass
        assert path.read_bytes() == before


def test_what_is_newer_is_named(records):
    found = outdated(records)
    rates = found[found["what"] == "rates USD in CNY"].iloc[0]
    assert rates["frozen"] == "to 2021-12-31"
    assert rates["then"].startswith("analysis exchange-rates USD CNY --from 2021 --until ")
    marked = set(records.series.loc[records.series["recheck"] == "yes", "series_id"])
    assert {
        what.removeprefix("series ") for what in found["what"] if what.startswith("series ")
    } == marked


def test_tables_for_spreadsheets_and_for_older_clients(records, tmp_path):
    (path,) = export_tables(records, tmp_path / "x", "xlsx")
    book = openpyxl.load_workbook(path, read_only=True)
    dated = f"Version {__version__} of {RELEASED}"
    assert book.properties.description == dated
    assert book.sheetnames[:2] == ["tables", "columns"], "the lists come first"
    *_, holds = zip(*book["tables"].iter_rows(min_row=2, values_only=True), strict=True)
    assert [one for one in holds if dated not in one] == []
    header, first, *_ = book["claims"].iter_rows(values_only=True)
    assert dict(zip(header, first, strict=True))["claim_id"] == records.claims["claim_id"][0]
    assert header[-2:] == ("claim_id", "source_id"), "labels before identifiers"
    (path,) = export_tables(records, tmp_path / "d", "duckdb")
    version = int.from_bytes(path.read_bytes()[12:20], "little")
    assert version == 64, "the storage of DuckDB 1.0, by its documented number"
    marked = export_tables(records, tmp_path / "c", "csv", mark=True)
    for path in marked:
        if path.suffix == ".csv":
            text = path.read_bytes()
            assert text.startswith(b"\xef\xbb\xbf") == (
                not text.removeprefix(b"\xef\xbb\xbf").isascii()
            )
    claims = next(path for path in marked if path.name == "claims.csv")
    assert pd.read_csv(claims).columns[0] == "claim_id"


@pytest.mark.parametrize(
    "words",
    [
        ("list", "a" * 5000),
        ("list", "x\x1b[31my\u202e"),
        ("cite", "a/" * 2000),
        ("cite", "\udcff\udcfe"),
        ("verify", "--texts", "a" * 5000),
        ("verify", "--texts", "\u202e"),
        ("--data", "a" * 5000, "check"),
        ("read", "a" * 5000),
        ("serve", "a" * 5000),
    ],
)
def test_a_name_too_long_or_malformed_is_one_short_sentence(run, words):
    code, out, complained = run(*words)
    assert (code, out) == (2, "")
    assert complained.startswith(("error: ", "Usage: "))
    assert len(complained) < 1000
    assert complained.replace("\n", "").isprintable()
