"""What cannot be begun is refused with one sentence, before anything is written; and no blank is left in the project."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import cli
from analysis.cli.new.chart import new_chart
from analysis.cli.new.files import Made
from analysis.cli.new.notebook import new_notebook
from analysis.cli.new.rows import new_claim, new_source
from analysis.plotting.layout import check_glyphs
from analysis.records.blanks import blanks
from analysis.records.drafts import drafts
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.files import with_rows
from analysis.records.load import load
from analysis.records.paths import PROJECT

PEOPLE = ("scio-2021.labor-people",)


def test_no_blank_is_left_in_the_project():
    assert [str(problem) for problem in blanks()] == []


def test_a_blank_is_found_by_file_and_line(tmp_path):
    place = tmp_path / "src/analysis/themes/hunan/new.py"
    place.parent.mkdir(parents=True)
    place.write_text('"""A."""\nx = "FILL_IN"\n', "utf-8")
    assert [str(problem) for problem in blanks(tmp_path)] == [
        'src/analysis/themes/hunan/new.py, line 2: still holds FILL_IN: x = "FILL_IN"'
    ]


@pytest.mark.parametrize(
    ("wanted", "cells", "message"),
    [
        (
            "hunan-2017",
            {},
            "'hunan-2017' is no identifier of a claim; allowed are small letters, digits and hyphens, as in SOURCE.WHAT-IT-SAYS",
        ),
        ("hunan-2017.Villages", {}, "is no identifier of a claim"),
        ("../x.y", {}, "is no identifier of a claim"),
        (
            "scio-2021.canton-deals",
            {},
            "there is a claim 'scio-2021.canton-deals' already: claims.csv, row 1",
        ),
        (
            "gansu-2018.villages",
            {},
            "there is no source 'gansu-2018'; known are scio-2021, .*'analysis new source gansu-2018'",
        ),
        (
            "hunan-2017.villages",
            {"size": "1"},
            "claims.csv has no column 'size' to set; it has source_id, paragraph",
        ),
        ("hunan-2017.villages", {"claim_id": "x.y"}, "claims.csv has no column 'claim_id' to set"),
    ],
)
def test_a_claim_is_refused(wanted, cells, message):
    with pytest.raises(AnalysisError, match=message):
        new_claim(wanted, cells=cells)


NINE = "one two three four five six seven eight nine"


@pytest.mark.parametrize(
    ("what", "column", "value", "message"),
    [
        (
            "claim",
            "unit",
            "furlong",
            "claims.csv, column unit: 'furlong' is no unit; there are person, household, ",
        ),
        (
            "claim",
            "value_low",
            "many",
            "claims.csv, column value_low: 'many' is not a number; allowed is a plain decimal number such as 7710000",
        ),
        (
            "claim",
            "paragraph",
            "4.5",
            "claims.csv, column paragraph: '4.5' is not a number; allowed is a whole number",
        ),
        ("claim", "paragraph", "0", "claims.csv, column paragraph: 0 is below 1"),
        (
            "claim",
            "period_end",
            "2021-13-01",
            "claims.csv, column period_end: '2021-13-01' has the form of a date, but there is no such month: months go from 01 to 12",
        ),
        (
            "claim",
            "as_stated",
            NINE,
            "claims.csv, column as_stated: 9 words are quoted; at most 8 are allowed",
        ),
        ("claim", "bound", "", "claims.csv, column bound: is empty; a value is required"),
        (
            "claim",
            "source_id",
            "scio-2021",
            "claims.csv, column source_id: 'scio-2021' does not fit hunan-2017.villages; it must be 'hunan-2017'",
        ),
        (
            "source",
            "retrieval",
            "maybe",
            "sources.csv, column retrieval: 'maybe' is not known; allowed are ",
        ),
        ("source", "url", "the paper", "sources.csv, column url: 'the paper' is no web address"),
        (
            "source",
            "text_sha256",
            "ABC",
            "sources.csv, column text_sha256: 'ABC' does not fit; allowed: 64 characters",
        ),
    ],
)
def test_a_value_that_the_check_refuses_is_not_written(
    run, data_copy, what, column, value, message
):
    before = {path: path.read_bytes() for path in data_copy.rglob("*.csv")}
    code, out, err = run(
        "--data",
        str(data_copy),
        "new",
        what,
        {"claim": "hunan-2017.villages", "source": "gansu-2018"}[what],
        "--set",
        f"{column}={value}",
    )
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")
    assert err.endswith("; nothing is written\n")
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in data_copy.rglob("*.csv")} == before


def test_what_must_be_unique_is_not_given_twice(data_copy, monkeypatch):
    monkeypatch.setenv("ANALYSIS_DATA", str(data_copy))
    (taken,) = [
        row["text_sha256"]
        for row in csv.DictReader((data_copy / "sources.csv").read_text("utf-8").splitlines())
        if row["source_id"] == "hunan-2017"
    ]
    with pytest.raises(
        AnalysisError,
        match=f"sources.csv, column text_sha256: '{taken}' stands in another row already",
    ):
        new_source("gansu-2018", cells={"text_sha256": taken})


def test_a_source_is_refused(tmp_path):
    for wanted, message in (
        ("Hunan 2018", "'Hunan 2018' is no identifier of a source"),
        ("hunan-2017", "there is a source 'hunan-2017' already: sources.csv, row 5"),
    ):
        with pytest.raises(AnalysisError, match=message):
            new_source(wanted)
    with pytest.raises(AnalysisError, match=r"cannot read .*none\.txt"):
        new_source("gansu-2018", text=tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("wanted", "claims", "notebook", "message"),
    [
        (
            "people-abroad",
            PEOPLE,
            None,
            "'people-abroad' is no identifier of a chart; .* after one of the prefixes audit, canton-fair",
        ),
        ("labor-People", PEOPLE, None, "is no identifier of a chart"),
        ("labor-", PEOPLE, None, "is no identifier of a chart"),
        (
            "labor-typical-earnings",
            PEOPLE,
            None,
            "there is a chart 'labor-typical-earnings' already: analysis.themes.labor_export.charts.typical_earnings",
        ),
        (
            "labor-pay",
            PEOPLE,
            None,
            "there is a module src/analysis/themes/labor_export/charts_pay.py already",
        ),
        ("labor-abroad", (), None, "a chart needs claims"),
        (
            "labor-abroad",
            ("scio-2021.labor-peple",),
            None,
            "there is no claim 'scio-2021.labor-peple'; did you mean scio-2021.labor-people",
        ),
        (
            "labor-abroad",
            (*PEOPLE, "scio-2021.canton-deals"),
            None,
            "the claims have the units person and USD",
        ),
        ("labor-abroad", PEOPLE, "99_none", "there is no notebook '99_none'"),
    ],
)
def test_a_chart_is_refused(records, wanted, claims, notebook, message):
    with pytest.raises(AnalysisError, match=message):
        new_chart(records, wanted, claims, notebook=notebook)


def test_a_notebook_is_refused(records):
    for name, message in (
        ("border_trade", "'border_trade' is no name of a notebook; allowed are two digits"),
        ("10_Border", "is no name of a notebook"),
        ("05_border", "the number 05 is taken by 05_canton_fair_deals; the next free one is 1"),
    ):
        with pytest.raises(AnalysisError, match=message):
            new_notebook(records, name, channel="border_trade")
    with pytest.raises(
        AnalysisError, match="there is no channel 'birds'; there are programme, ecommerce"
    ):
        new_notebook(records, "90_border", channel="birds")
    with pytest.raises(UnknownIdError, match="there is no chart 'no-such'"):
        new_notebook(records, "90_border", channel="border_trade", charts=("no-such",))


def test_a_row_is_added_in_the_way_of_the_file():
    row = {"b": 'x,"y"', "c": "not a column"}
    assert with_rows("a,b\r\n1,2", [row]) == 'a,b\r\n1,2\r\n,"x,""y"""\r\n'


def test_the_chart_of_money_says_its_price_basis(records):
    made = new_chart(records, "labor-stated-pay", ("scio-2021.labor-income",))
    (source,) = [text for path, text in made.files.items() if path.name == "charts_stated_pay.py"]
    assert 'price_basis="nominal"' in source
    assert "def stated_pay(" in source
    assert source.count("FILL_IN") == 16
    compile(source, "charts_stated_pay.py", "exec")


@pytest.mark.parametrize(
    ("claims", "en", "zh"),
    [
        (
            PEOPLE,
            "Dot: figure as stated. Bar: what its rounding and wording allow. FILL_IN",
            "圆点：所述数字。横条：按取整和措辞可能的范围。FILL_IN",
        ),
        (
            ("scio-2021.labor-income",),
            "Dot: figure as stated. Arrow: no limit is stated on that side. FILL_IN",
            "圆点：所述数字。箭头：文件未说明该端界限。FILL_IN",
        ),
        (
            ("scio-2021.canton-sessions",),
            "Dot: figure as stated. FILL_IN",
            "圆点：所述数字。FILL_IN",
        ),
    ],
    ids=["bar", "arrow", "neither"],
)
def test_the_note_of_a_new_chart_begins_with_the_marks_that_it_has(records, claims, en, zh):
    (source,) = [
        text
        for path, text in new_chart(records, "labor-abroad", claims).files.items()
        if path.name == "charts_abroad.py"
    ]
    assert f'note="{en}",' in source
    assert f'note="{zh}",' in source
    check_glyphs(zh)


def test_a_claim_that_is_named_twice_has_one_row(records):
    twice, once = (
        new_chart(records, "labor-abroad", claims).files for claims in (PEOPLE * 2, PEOPLE)
    )
    assert twice == once


def test_files_are_written_whole_and_together(tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("as it was", "utf-8")
    files = {old: "changed", tmp_path / "begun.csv": "x", old / "a.csv": "x"}
    with pytest.raises(AnalysisError, match="cannot write"):
        Made(files, (), ()).write()
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [
        ("old.csv", "as it was")
    ]
    assert Made({old: None}, (), ()).write() == []
    assert not old.exists()
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(AnalysisError, match="cannot write"):
        Made({tmp_path / "taken/a.csv": "x"}, (), ()).write()
    assert Made({tmp_path / "new/a.csv": "数"}, (), ()).write() == [tmp_path / "new/a.csv"]
    assert (tmp_path / "new/a.csv").read_text("utf-8") == "数"


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*words: str, terminal: bool = False) -> tuple[int, str, str]:
        monkeypatch.setenv("ANALYSIS_DATA", "")
        monkeypatch.setattr(sys, "argv", ["analysis", *words])
        monkeypatch.setattr(sys.stdin, "isatty", lambda: terminal, raising=False)
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return code, *capsys.readouterr()

    return call


@pytest.mark.parametrize("what", ["claim", "source", "chart", "notebook"])
def test_each_has_help_with_an_example_and_asks_nothing_without_a_terminal(run, what):
    code, out, _ = run("new", what, "--help")
    assert code == 0
    assert f"Example: analysis new {what} " in out
    code, out, err = run("new", what)
    assert code == 2
    assert out == ""
    assert "is missing; '--help' shows an example" in err


def test_a_name_that_no_notebook_can_have_is_refused_before_anything_else_is_asked_for(run):
    code, out, err = run("new", "notebook", "5_border")
    assert (code, out) == (2, "")
    assert (
        err
        == "error: '5_border' is no name of a notebook; allowed are two digits, then small letters, digits and underscores, as in 13_border_trade\n"
    )


def test_on_a_terminal_what_is_missing_is_asked_for(run, monkeypatch):
    asked = []
    monkeypatch.setattr("typer.prompt", lambda text: asked.append(text) or "scio-2021.canton-deals")
    code, _, err = run("new", "claim", terminal=True)
    assert code == 2
    assert "there is a claim 'scio-2021.canton-deals' already" in err
    assert asked == ["Identifier of the claim, SOURCE.SLUG"]


def test_on_a_terminal_each_column_is_asked_for_until_its_value_is_allowed(
    run, data_copy, monkeypatch
):
    answers = {"bound": ["furlong", "exact"], "verdict": ["none"], "reason": ["no such count"]}
    asked = []

    def answer(text: str, **_: object) -> str:
        asked.append(text.partition(":")[0])
        return answers.get(asked[-1], [""]).pop(0) if answers.get(asked[-1]) else ""

    monkeypatch.setattr("typer.prompt", answer)
    code, _out, err = run(
        "--data", str(data_copy), "new", "claim", VILLAGES, "--set", "unit=village", terminal=True
    )
    assert (code, err.count("\n")) == (0, 1)
    assert err.startswith("error: bound, column bound: 'furlong' is not known; allowed are exact, ")
    assert "unit" not in asked
    assert asked.count("bound") == 2
    rows = {
        name: next(csv.DictReader((data_copy / f"drafts/{name}.csv").read_text().splitlines()))
        for name in ("claims", "denominators")
    }
    assert (rows["claims"]["unit"], rows["claims"]["bound"]) == ("village", "exact")
    assert rows["claims"]["channel"] == "FILL_IN"
    assert rows["claims"]["speaker"] == "FILL_IN", "the source does not say who says it"
    assert (rows["denominators"]["verdict"], rows["denominators"]["reason"]) == (
        "none",
        "no such count",
    )
    assert not (data_copy / "drafts/claims_second_coder.csv").exists(), "the project's codings only"


VILLAGES = "hunan-2017.villages"


def test_a_second_draft_is_added_to_the_first_and_none_is_begun_twice(run, data_copy):
    own = ("--data", str(data_copy))
    for name in (VILLAGES, "hunan-2017.stalls"):
        assert run(*own, "new", "claim", name)[0] == 0
    found = drafts(data_copy)
    assert list(found) == [VILLAGES, "hunan-2017.stalls"]
    assert [list(draft.rows["claims.csv"]) for draft in found.values()] == [[2], [3]]
    code, _, err = run(*own, "new", "claim", VILLAGES)
    assert (code, err) == (2, f"error: there is a draft '{VILLAGES}' already, in data/drafts\n")
    code, _, err = run(*own, "accept", "hunan-2017.stal")
    assert code == 2
    assert "there is no draft 'hunan-2017.stal'; did you mean hunan-2017.stalls" in err


def test_a_draft_that_the_check_refuses_stays_a_draft(run, data_copy):
    own, path = ("--data", str(data_copy)), data_copy / "drafts/claims.csv"
    cells = GOOD | {"value_high": "9"}
    settings = [word for name, cell in cells.items() for word in ("--set", f"{name}={cell}")]
    assert run(*own, "new", "claim", VILLAGES, *settings)[0] == 0
    before = {path: path.read_bytes() for path in data_copy.rglob("*.csv")}
    code, out, err = run(*own, "accept", VILLAGES)
    assert (code, out) == (2, "")
    assert err == (
        f"error: drafts/claims.csv, row 2 ({VILLAGES}), column bound: 'exact' has one value, and "
        "value_low differs from value_high; only a range has two\n"
    )
    assert {path: path.read_bytes() for path in data_copy.rglob("*.csv")} == before
    path.write_text(path.read_text("utf-8").replace(",7,9,,,exact,", ",7,7,,,exact,"), "utf-8")
    code, out, err = run(*own, "accept", VILLAGES)
    assert (code, err) == (0, "")
    assert not list((data_copy / "drafts").glob("*"))
    assert load(data_copy).claim(VILLAGES).value_low == 7


GOOD = {
    "paragraph": "4",
    "channel": "local_case",
    "indicator": "villages",
    "value_low": "7",
    "value_high": "7",
    "bound": "exact",
    "unit": "village",
    "counted": "villages",
    "geography": "Hunan",
    "as_stated": "7 villages",
    "kind": "coverage",
    "speaker": "A provincial office",
    "grade": "C",
    "verdict": "none",
    "reason": "no such count",
}


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("claim_id,source_id\nx.y,x\n", "1 draft: x.y (1 to fill in: claims.csv)"),
        ('claim_id,source_id\nx.y,"x\n', "1 draft: x.y (1 to fill in: claims.csv)"),
        ("", ""),
        ("\xff", "1 draft: cannot read"),
    ],
    ids=["a column missing", "open quote", "empty", "not UTF-8"],
)
def test_a_broken_file_of_drafts_is_listed_and_stops_nothing(run, data_copy, text, listed):
    (data_copy / "drafts").mkdir()
    (data_copy / "drafts/claims.csv").write_bytes(text.encode("latin-1"))
    code, out, err = run("--data", str(data_copy), "check")
    assert (code, err) == (0, "")
    assert listed in out
    assert run("--data", str(data_copy), "list", "claims")[0] == 0


def test_a_setting_without_a_value_is_refused(run):
    code, _, err = run("new", "claim", "hunan-2017.villages", "--set", "paragraph")
    assert code == 2
    assert "--set 'paragraph' is no COLUMN=VALUE" in err


def test_the_examples_of_the_help_can_be_begun(records):
    """Made, not written: the project stays as it is."""
    assert (
        Path(PROJECT / "data/drafts/claims.csv")
        in new_claim("hunan-2017.villages", cells={"paragraph": "4", "unit": "village"}).files
    )
    assert (
        PROJECT / "src/analysis/themes/labor_export/charts_sent_abroad.py"
        in new_chart(records, "labor-sent-abroad", PEOPLE).files
    )
    assert (
        PROJECT / "notebooks/13_border_trade.ipynb"
        in new_notebook(
            records, "13_border_trade", channel="border_trade", charts=("channels-border",)
        ).files
    )


@pytest.mark.parametrize(
    "claims", [PEOPLE, ("scio-2021.labor-people", "scio-2021.housekeeping-jobs")]
)
def test_a_new_chart_passes_lint_before_and_after_its_blanks_are_filled(records, claims):
    (source,) = [
        text
        for path, text in new_chart(records, "labor-abroad", claims).files.items()
        if path.name == "charts_abroad.py"
    ]
    name = ("--stdin-filename", "src/analysis/themes/labor_export/charts_abroad.py", "-")
    for how in (("format", "--check"), ("check",)):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *how, *name],
            input=source,
            capture_output=True,
            text=True,
            cwd=PROJECT,
            check=False,
        )
        assert done.returncode == 0, f"ruff {how[0]}: {done.stdout}{done.stderr}"
