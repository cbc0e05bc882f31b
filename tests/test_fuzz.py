"""Whatever somebody brings: it is read, or refused with short sentences; no traceback, no hang, no number changed in silence.

Cells of every column, rosters and outcomes, texts and command lines; descriptors are in
``records/test_descriptor.py``. The whole project's tables are in the nightly part.
"""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import random
import sys
import unicodedata

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import cli
from analysis.reading import read
from analysis.records.descriptor import descriptor
from analysis.records.errors import AnalysisError, ExportError, Problem, grouped, visible
from analysis.records.files import check_file
from analysis.records.load import load, problems
from analysis.records.panels import read_panel
from analysis.records.paths import PROJECT
from analysis.records.schema import cell_problems

NASTY = [
    *("", " ", "0", "-0", "-1", "+5", "007", "1e5", "1e400", "1e-400", "0x10", "1_000", "1,5"),
    *("1.5.2", "9" * 400, "9" * 5000, "0." + "0" * 400 + "1", "18446744073709551616", "1e308"),
    *("nan", "NaN", "inf", "-inf", "None", "true", "[]", "{}", "null", "NA", "never"),
    *(
        "١٢٣",
        "\uff11\uff12",
        "१२",
        "½",
        "十二",
        "5\u00a0",
        " 5",
        "5 ",
        "\x00",
        "a\x00b",
        "\x1b[31m",
    ),
    *("\u202ex", "\u200bx", "\u2028", "\ufeffx", "\n", "a\nb", "\r", "\t", "é" * 300, "a" * 10_000),
    *("=cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "javascript:alert(1)"),
    *("2020-13-45", "2020-02-30", "0000", "10000", "-2020", "99999-01", "2020-1-1", "31.12.2020"),
    *("../x", "/etc/passwd", "a" * 300 + "/b", "%s%n", "{0}", "${x}", "\\", "'", '"', "|", ";"),
    *(
        "CNY",
        "USD;CNY",
        "person_",
        "Person",
        "US$1.7bn",
        "10.05 crore",
        "618.8万",
        "2.5%",
        "\ud800",
    ),
]
nasty = st.sampled_from(NASTY) | st.text(max_size=40)
FIELDS = [
    (resource["path"] if isinstance(resource["path"], str) else resource["path"][0], field)
    for resource in descriptor(PROJECT / "data")["resources"]
    for field in resource["schema"]["fields"]
]


def check_said(found: list[Problem]) -> None:
    """Few, short and plain lines."""
    check_lines(grouped(found, listed_by="analysis check --all"))


def check_lines(lines: list[str], most: int = 20) -> None:
    """What is said of a refusal."""
    assert 0 < len(lines) <= most, f"{len(lines)} lines"
    for line in lines:
        assert line.isprintable(), repr(line)
        assert len(line) < 1000, line


@given(st.sampled_from(FIELDS), nasty)
@settings(max_examples=1500)
def test_a_cell_is_refused_or_means_what_it_shows(where, text):
    file, field = where
    if found := cell_problems(file, field, text):
        check_said(found)
    elif text and field["type"] in ("number", "integer"):
        assert text.isascii()
        assert math.isfinite(float(text))
        assert len(text) <= 40
    else:
        assert not {unicodedata.category(one) for one in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


ROSTER = pd.DataFrame(
    {"county": [f"c{n}" for n in range(6)], "first_treated": [0, 0, 2015, 2015, 2016, 2016]},
    dtype=object,
)
OUTCOMES = pd.DataFrame(
    [(f"c{n}", year, n + year / 7) for n, year in itertools.product(range(6), range(2013, 2018))],
    columns=["county", "year", "outcome"],
    dtype=object,
)


@given(
    st.booleans(),
    st.integers(0, 29),
    st.integers(0, 2),
    nasty | st.floats() | st.integers() | st.none() | st.booleans(),
)
@settings(max_examples=300)
def test_a_cell_of_a_panel_is_read_or_refused(roster, row, column, cell):
    tables = {"roster": ROSTER.copy(), "outcomes": OUTCOMES.copy()}
    table = tables["roster" if roster else "outcomes"]
    table.iat[row % len(table), column % table.shape[1]] = cell
    try:
        found = read_panel(tables["roster"], tables["outcomes"], unmatched="drop")
    except AnalysisError as error:
        refused = error
        check_said(getattr(refused, "problems", [Problem("", str(refused))]))
    else:
        assert found.outcomes["outcome"].dropna().map(math.isfinite).all()
        assert set(found.outcomes["outcome"].dropna()) <= {
            *map(float, OUTCOMES["outcome"]),
            _number(cell),
        }


def _number(cell: object) -> float:
    try:
        return float(str(cell))
    except ValueError:
        return math.nan


@given(
    st.lists(
        nasty
        | st.sampled_from(["more than", "不超过", "亿", "million", "US$", "per cent", "5", "3.2"]),
        max_size=8,
    ),
    st.sampled_from(["", " ", "\n"]),
)
@settings(max_examples=600)
def test_a_text_is_read(words, between):
    text = between.join(words)
    for one in read(text, everything=True):
        assert 0 <= one.start < one.end <= len(text)
        for end in (one.low, one.high):
            assert end is None or math.isfinite(end)


COMMANDS = [
    "list",
    "cite",
    "trace",
    "diff",
    "--data",
    "query",
    "read",
    "new",
    "export",
    "verify --texts",
    "serve",
    "catalog --out",
    "list series --format",
    "export --lang zh --size",
    "exchange-rates",
    "check --drafts",
    "outdated --json",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An empty collection: what is said of a name does not depend on the data."""
    place = tmp_path_factory.mktemp("fuzz") / "own"
    assert call("init", str(place))[0] == 0
    return place


def call(*words: str) -> tuple[object, str, str]:
    """Code, what is said on stderr, and what is printed: it is text that can be written."""
    said, printed = (
        io.TextIOWrapper(io.BytesIO(), "utf-8", errors) for errors in ("backslashreplace", "strict")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["analysis", *words])
        patch.setattr(sys, "stdout", printed)
        patch.setattr(sys, "stderr", said)
        for name in ("ANALYSIS_DATA", "ANALYSIS_QUIET"):
            patch.setenv(name, "")  # so that what the command sets is taken back
            patch.delenv(name)
        with pytest.raises(SystemExit) as stop:
            cli.main()
        printed.flush()
        said.flush()
    return stop.value.code or 0, *(one.buffer.getvalue().decode() for one in (said, printed))


def test_a_command_line_ends_with_a_code_and_short_sentences(folder):
    chosen = random.Random(1)
    for command in COMMANDS:
        for text in chosen.sample(NASTY, 12):
            if "\x00" in text or "\ud800" in text:
                continue  # no shell can pass it
            code, said, _ = call("--data", str(folder), *command.split(), text)
            assert code in (0, 1, 2), (command, text)
            assert len(said.splitlines()) <= 22, (command, text, said)
            assert "Traceback" not in said


def test_what_a_terminal_obeys_is_written_out(folder, tmp_path):
    shown = {  # as JSON writes it, whatever the form
        "table": "a\\u202e\n----\n\\u001b[1m\n",
        "csv": "a\\u202e\n\\u001b[1m\n",
        "json": '[{"a\\u202e": "\\u001b[1m"}]\n',
    }
    for form, text in shown.items():
        asked = "select chr(27) || '[1m' as \"a\u202e\""
        assert call("--data", str(folder), "query", asked, "--format", form) == (0, "", text)
    assert json.loads(shown["json"]) == [{"a\u202e": "\x1b[1m"}]
    for words in (("cite", "a", "\u202e"), ("--\u202e",), ("\u202e",), ("new", "\u202e")):
        code, said, _ = call(*words)
        assert (code, "\\u202e" in said, "\u202e" in said) == (2, True, False), said
    (tmp_path / "a.txt").write_text("5 million women", "utf-8")
    printed = call("read", str(tmp_path / "a.txt"), "--out", str(tmp_path / "\u2028.csv"))[2]
    assert printed == f"1 candidate in {tmp_path}/\\u2028.csv\n"
    assert visible("\U000e0001 नहीं\u200d\t") == "\\udb40\\udc01 नहीं\u200d\t"


def test_a_name_that_no_file_can_have_is_said_before_work_begins(tmp_path):
    for name, why in (("é" * 300, "name too long"), (".", "Is a directory")):
        with pytest.raises(ExportError, match=why):
            check_file(tmp_path / name)
    check_file(tmp_path / "made/all.zip")
    assert list(tmp_path.rglob("*")) == [tmp_path / "made"]


@pytest.mark.full
def test_a_changed_cell_of_the_project_is_refused_or_loads(data_copy):
    """Tables that check accepts load; the lock, which notices every change, is not in the copy."""
    chosen = random.Random(2)
    files = sorted(data_copy.rglob("*.csv"))
    for _ in range(600):
        path = chosen.choice(files)
        before = path.read_bytes()
        rows = list(csv.reader(io.StringIO(before.decode(), newline="")))
        if len(rows) < 2:
            continue
        row = chosen.choice(rows[1:])
        column = chosen.randrange(len(row))
        row[column] = chosen.choice([*NASTY, chosen.choice(rows)[column]])
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerows(rows)
        path.write_bytes(made.getvalue().encode("utf-8", "surrogatepass"))
        if found := problems(data_copy):
            check_said(found)
            with pytest.raises(AnalysisError):
                load(data_copy)
        else:
            load(data_copy)
        path.write_bytes(before)
