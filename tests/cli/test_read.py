"""The command ``read``: forms, files that cannot be read, folders, exit codes."""

from __future__ import annotations

import csv
import importlib.util
import json
import subprocess
import sys

import duckdb
import pytest

from analysis import cli
from analysis.records.paths import PROJECT

SHARED = PROJECT.parent / "shared"
TEXT = "News\n\nIt helped more than 850,000 people by 2019.\n成交额不超过17亿美元。\n"


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["analysis", "read", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_json_is_a_mapping_of_file_to_candidates(run, file):
    code, out, err = run(file, "--format", "json")
    assert (code, err) == (0, "")
    first, second = json.loads(out)["a.txt"]
    assert TEXT[first["start"] : first["end"]] == "850,000"
    assert {name: first[name] for name in ("paragraph", "low", "high", "bound", "unit")} == {
        "paragraph": 2,
        "low": 850_000,
        "high": None,
        "bound": "more_than",
        "unit": "persons",
    }
    assert (second["paragraph"], second["low"], second["high"], second["currency"]) == (
        3,
        None,
        1.7e9,
        "USD",
    )
    assert {"counted", "period", "place", "kind", "score", "why", "text"} <= set(first)


def test_csv_has_a_row_for_each_and_open_ends_are_empty(run, file, tmp_path):
    made = tmp_path / "out" / "found.csv"
    code, out, err = run(file, "--out", made)
    assert (code, out, err) == (0, f"2 candidates in {made}\n", "")
    first, second = csv.DictReader(made.read_text("utf-8").splitlines())
    assert (first["file"], first["low"], first["high"]) == ("a.txt", "850000", "")
    assert (second["low"], second["high"]) == ("", "1700000000")


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_the_table_fits_the_terminal_and_names_what_it_leaves_out(run, file, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = run(file)
    lines = out.splitlines()
    assert lines[0].startswith("a.txt: 2 figures")
    assert max(sum(1 + (ord(char) > 0x2E80) for char in line) for line in lines) <= columns
    assert ("not shown: " in out) == (columns < 200)
    assert "850,000" in out
    assert "1,700,000,000" in out


def test_everything_lists_what_is_no_figure(run, file):
    kinds = {
        one["kind"] for one in json.loads(run(file, "--format", "json", "--everything")[1])["a.txt"]
    }
    assert kinds == {"count", "money", "date"}


def test_files_that_cannot_be_read_are_named_and_the_others_are_read(run, file, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "gb.txt").write_bytes("全省带动贫困人口增收的有320万人".encode("gb18030"))
    code, out, err = run(
        tmp_path / "missing.txt",
        tmp_path / "empty.txt",
        tmp_path / "gb.txt",
        file,
        "--format",
        "json",
    )
    assert code == 1
    assert list(json.loads(out)) == ["gb.txt", "a.txt"]
    assert err.splitlines() == [
        f"{tmp_path}/missing.txt: No such file or directory",
        f"{tmp_path}/empty.txt: it is empty",
        f"{tmp_path}/gb.txt: read as gb18030 (detected); save it as UTF-8 to be sure",
    ]


def test_a_file_without_figures_says_so(run, tmp_path):
    (tmp_path / "a.txt").write_text("No news.")
    assert run(tmp_path / "a.txt") == (0, "a.txt: no figures\n", "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["a.txt", "--format", "xml"], "'xml' is no form of candidates"),
        (["."], ". is a folder: name the table to make of it"),
        ([".", "--out", "found.csv"], ". is a folder: name the table"),
        ([".", "a.txt", "--out", "found.parquet"], "of folders, one is read at a time"),
        (["a.txt", "--workers", "2"], "--workers and --scheduler are for a folder"),
        (["a.txt", "--out", "found.parquet"], "a table in Parquet is made of a folder"),
    ],
)
def test_a_mistake_is_one_sentence(run, file, monkeypatch, arguments, sentence):
    monkeypatch.chdir(file.parent)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {sentence}")
    assert err.count("\n") == 1


def test_a_folder_is_read_into_parquet_with_progress_and_names(run, file, tmp_path):
    (tmp_path / "empty.txt").write_text("")
    made = tmp_path / "found.parquet"
    code, out, err = run(tmp_path, "--out", made)
    assert (code, out) == (1, f"2 candidates of 2 files in {made}, 1 unreadable\n")
    assert err.splitlines() == ["0 of 2 files read", "empty.txt: it is empty", "2 of 2 files read"]
    with duckdb.connect() as connection:
        found = connection.execute(f"SELECT file, low, high FROM '{made}'").fetchall()
    assert found == [("a.txt", 850_000, None), ("a.txt", None, 1.7e9)]


@pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="the extra 'archive' (dask, distributed) is not installed",
)
def test_two_workers_are_started_from_the_command_line(file, tmp_path):
    made = tmp_path / "found.parquet"
    command = [sys.executable, "-m", "analysis", "read", tmp_path, "--out", made, "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (
        0,
        f"2 candidates of 1 file in {made}, 0 unreadable\n",
    )
    assert done.stderr.splitlines() == ["0 of 1 files read", "1 of 1 files read"]


@pytest.mark.skipif(not (SHARED / "reader").is_dir(), reason="the five sources are not here")
def test_the_five_sources_score_as_published(run, tmp_path):
    files = sorted((SHARED / "sources").glob("*.txt"))
    run(*files, "--out", tmp_path / "found.json")
    command = [sys.executable, SHARED / "reader" / "score.py", tmp_path / "found.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "value + unit P 1.000 R 1.000 F1 1.000 | bounds 34/34, hedged 19/19" in done.stdout


def test_a_review_keeps_what_was_accepted(run, file, tmp_path, monkeypatch):
    answers = iter(["a", "r"])
    monkeypatch.setattr("builtins.input", lambda: next(answers))
    code, out, err = run(file, "--review", "--out", tmp_path / "accepted.csv")
    assert (code, "1 accepted row in" in out) == (0, True), err
    (row,) = csv.DictReader((tmp_path / "accepted.csv").read_text("utf-8").splitlines())
    assert (row["low"], row["bound"], row["unit"]) == ("850000", "more_than", "persons")


def test_a_review_is_of_one_file_that_can_be_read(run, file, tmp_path):
    assert "asks about the figures of one file" in run(file, file, "--review")[2]
    assert "as in --out accepted.csv" in run(file, "--review", "--out", tmp_path / "a.json")[2]
    code, _, err = run(tmp_path / "none.txt", "--review")
    assert (code, "none.txt: No such file" in err) == (2, True)
