"""Drafts of claims from a text: the figure of a paragraph, and the rows accepted in a review."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest

from analysis import cli
from analysis.cli.new.figures import claims_from
from analysis.records.drafts import drafts
from analysis.records.paths import PROJECT
from analysis.records.schema import BLANK
from analysis.verbs.drafted import audited_drafts

HEAD = (
    "start,end,paragraph,text,low,high,bound,unit,currency,rate,counted,period,place,kind,score,why"
)
ROWS = (
    "30,42,2,some 7.71 million farmers found work,7710000,7710000,about,persons,,,farmers in Hunan,in 2020,Hunan,count,0.98,x",
    '90,95,3,"no more than 2.5% of sales, online",,2.5,at_most,percent,,,,,,share,0.8,x',
    "99,104,3,3000 hectares of farmers in Hunan,3000,3000,exact,hectares,,,farmers in Hunan,,,measure,0.8,x",
)
TEXT = "标题\n\n带动了618.8万贫困人口增收。\n成交额超过17亿美元，惠及46家企业。\n没有数字。\n"
SLUG = "hunan-2017.jobs"


@pytest.fixture
def run(monkeypatch, capsys, data_copy):
    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["analysis", "--data", str(data_copy), "new", *words])
        monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return code, *capsys.readouterr()

    return call


def drafted(data, name="claims"):
    return list(csv.DictReader((data / f"drafts/{name}.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_figure_of_a_paragraph_is_proposed(run, data_copy, tmp_path, encoding):
    file = tmp_path / "hunan.txt"
    file.write_bytes(TEXT.encode(encoding))
    code, _, err = run("claim", SLUG, "--text", str(file), "--paragraph", "2", "--set", "grade=C")
    assert code == 0
    assert err.startswith(
        "proposed: value_low=6188000, value_high=6188000, printed=618.8万, last_digit=1000, "
        "bound=rounded, unit=person, "
    )
    (row,) = drafted(data_copy)
    assert {
        name: row[name] for name in ("paragraph", "value_low", "value_high", "bound", "unit")
    } == {
        "paragraph": "2",
        "value_low": "6188000",
        "value_high": "6188000",
        "bound": "rounded",
        "unit": "person",
    }
    assert (row["as_stated"], row["grade"]) == ("带动了618.8万贫困人口增收", "C")
    assert row["counted"].startswith("贫困人口")
    assert (row["channel"], row["geography"]) == (BLANK, BLANK)
    assert row["said_on"] == "2016", "the date of the source"


def test_who_where_and_when_are_proposed_from_a_page(run, data_copy, tmp_path):
    page = tmp_path / "page.html"
    body = f"<p>{'A page of the ministry, for a test. ' * 6}</p><p>By the end of 2019 some 146,000 farmers nationwide sold online.</p>"
    page.write_text(f"<html><body><article>{body}</article></body></html>", "utf-8")
    assert run("claim", SLUG, "--text", str(page), "--paragraph", "2")[0] == 0
    (row,) = drafted(data_copy)
    assert (row["period_start"], row["period_end"]) == ("", "2019")
    assert row["geography"] == "nationwide"
    assert row["counted"].startswith("farmers")


def test_a_unit_that_the_register_lacks_is_no_dead_end(run, data_copy):
    code, _, err = run("claim", SLUG, "--text", "some 146,000 villagers", "--set", "unit=villages")
    assert code == 2
    assert "nearest are village" in err
    assert "as CONTRIBUTING.md says, 'Add a unit'" in err
    assert "## Add a unit" in (PROJECT / "CONTRIBUTING.md").read_text("utf-8")


def test_drafts_are_audited_before_they_are_accepted(run, data_copy, monkeypatch, capsys):
    words = ("--text", "不少于500万户", "--paragraph", "4")
    run("claim", SLUG, *words, "--set", "value_low=50000000", "--set", "value_high=50000000")
    run("claim", "hunan-2017.homes", *words)
    run("claim", "hunan-2017.later")
    found = audited_drafts(data_copy)
    assert [
        (one.subject, one.check, one.status) for one in found.found if one.check == "parse"
    ] == [(SLUG, "parse", "conflict")]
    assert (found.conflicts, found.unread) == (1, ("hunan-2017.later",))
    monkeypatch.setattr(sys, "argv", ["analysis", "--data", str(data_copy), "check", "--drafts"])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    assert f"{SLUG}: parse, conflict: the words say 500万, the row 50,000,000" in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("counted", "unit", "kind", "slug"),
    [
        ("in 2014", "merchants", "count", "merchants"),
        ("in 2014", "percent", "share", "figure"),
        ("poor farmers of the two provinces", "persons", "count", "poor-farmers"),
        ("2014 enterprises", "", "number", "figure"),
        ("贫困人口", "persons", "count", "persons"),
        ("", "hectares", "measure", "hectares"),
    ],
)
def test_an_identifier_is_made_of_a_noun(run, data_copy, tmp_path, counted, unit, kind, slug):
    row = f"1,2,3,some 46 of them,46,46,about,{unit},,,{counted},,,{kind},0.5,x"
    assert run("claims", "--from", accepted(tmp_path, row), "--source", "hunan-2017")[0] == 0
    assert [one["claim_id"] for one in drafted(data_copy)] == [f"hunan-2017.{slug}"]


def test_a_paragraph_with_several_figures_needs_a_choice(run, data_copy, tmp_path):
    file = tmp_path / "hunan.txt"
    file.write_text(TEXT, "utf-8")
    asked = ("claim", SLUG, "--text", str(file), "--paragraph", "3")
    code, _, err = run(*asked)
    assert code == 2
    assert "paragraph 3 of" in err
    assert "has 2 figures; choose one with --figure: 1: 成交额超过17亿美元" in err
    assert run(*asked, "--figure", "3")[0] == 2
    assert run(*asked, "--figure", "1", "--set", "bound=about")[0] == 0
    (row,) = drafted(data_copy)
    assert (row["value_low"], row["unit"], row["currency"]) == ("1700000000", "USD", "USD")
    assert row["bound"] == "about", "what is set comes before what is proposed"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--text", "{file}"], "--paragraph is missing: {file} has 4 paragraphs"),
        (["--text", "{file}", "--paragraph", "9"], "has no paragraph 9; it has 1 to 4"),
        (["--text", "{file}", "--paragraph", "4"], "no figure is read in paragraph 4 of"),
        (["--text", "none.txt", "--paragraph", "4"], "none.txt: No such file"),
        (["--text", "no figure here"], "no figure is read in 'no figure here'"),
        (["--paragraph", "4"], "--paragraph and --figure go with --text"),
    ],
)
def test_what_cannot_be_proposed_is_said(run, data_copy, tmp_path, words, message):
    file = tmp_path / "hunan.txt"
    file.write_text(TEXT, "utf-8")
    code, out, err = run("claim", SLUG, *(word.format(file=file) for word in words))
    assert (code, out) == (2, "")
    assert message.format(file=file) in err
    assert not (data_copy / "drafts").exists()


def test_words_themselves_may_be_given(run, data_copy):
    assert run("claim", SLUG, "--text", "not exceeding 10,000 yuan", "--paragraph", "7")[0] == 0
    (row,) = drafted(data_copy)
    assert (row["paragraph"], row["value_high"], row["bound"]) == ("7", "10000", "at_most")
    assert row["as_stated"] == "not exceeding 10,000 yuan"


def accepted(folder, *rows, head=HEAD):
    file = folder / "accepted.csv"
    file.write_text("\n".join([head, *rows, ""]), "utf-8-sig")  # as a review writes Chinese
    return str(file)


def test_accepted_rows_become_drafts(run, data_copy, tmp_path):
    code, out, _ = run("claims", "--from", accepted(tmp_path, *ROWS), "--source", "hunan-2017")
    assert code == 0
    assert "analysis accept hunan-2017.farmers hunan-2017.figure" in out
    people, share, land = drafted(data_copy)
    assert [row["claim_id"] for row in (people, share, land)] == [
        "hunan-2017.farmers",
        "hunan-2017.figure",
        "hunan-2017.farmers-2",
    ]
    known = ("paragraph", "value_low", "bound", "unit", "counted", "geography", "period_end")
    assert [people[name] for name in known] == [
        "2",
        "7710000",
        "about",
        "person",
        "farmers in Hunan",
        "Hunan",
        "2020",
    ]
    assert (share["value_high"], share["bound"], share["unit"]) == ("0.025", "at_most", "share")
    assert share["as_stated"] == "no more than 2.5% of sales, online"
    assert (land["unit"], share["counted"], people["channel"]) == ("hectare", BLANK, BLANK)
    assert people["speaker"] == BLANK, "a page may quote several: the text tells, not the source"
    assert len(drafted(data_copy, "denominators")) == 3
    assert all(one.problems for one in drafts(data_copy).values())


def test_the_second_coder_sees_nothing_of_the_first(tmp_path):
    """In the project's own data: made, not written."""
    made = claims_from(Path(accepted(tmp_path, *ROWS)), "hunan-2017")
    (text,) = [text for path, text in made.files.items() if path.name == "claims_second_coder.csv"]
    for row in csv.DictReader(text.splitlines()):
        assert {cell for name, cell in row.items() if not name.endswith("_id")} <= {BLANK, ""}


def test_rows_that_are_there_already_are_passed_over(run, data_copy, tmp_path):
    own = ("--source", "hunan-2017")
    assert run("claims", "--from", accepted(tmp_path, ROWS[0]), *own)[0] == 0
    assert run("claims", "--from", accepted(tmp_path, *ROWS), *own)[0] == 0
    assert len(drafted(data_copy)) == 3
    code, _, err = run("claims", "--from", accepted(tmp_path, *ROWS), *own)
    assert code == 2
    assert "has no row that is not a claim or a draft of hunan-2017 yet" in err


@pytest.mark.parametrize(
    ("head", "row", "message"),
    [
        (HEAD.replace(",bound", ""), ROWS[0], "the column 'bound' is missing"),
        (
            HEAD,
            ROWS[0].replace(",7710000,7710000", ",many,7710000"),
            "row 2, column low: 'many' is not",
        ),
        (HEAD, ROWS[0].replace(",7710000,7710000", ",,"), "row 2: low and high are both empty"),
        (
            HEAD,
            ROWS[0].replace(",7710000,7710000", ",nan,inf"),
            "column low: 'nan' is not a number",
        ),
        (
            HEAD,
            ROWS[0].replace("30,42,2,", "30,42,two,"),
            "column paragraph: 'two' is no whole number",
        ),
        (f"file,{HEAD}", f"a.txt,{ROWS[0]}\nb.txt,{ROWS[1]}", "has figures of 2 files"),
    ],
)
def test_a_table_that_is_none_is_refused(run, data_copy, tmp_path, head, row, message):
    file = accepted(tmp_path, row, head=head)
    code, out, err = run("claims", "--from", file, "--source", "hunan-2017")
    assert (code, out) == (2, "")
    assert message in err
    assert not (data_copy / "drafts").exists()


def test_an_unknown_source_is_refused(run, tmp_path):
    code, _, err = run("claims", "--from", accepted(tmp_path, *ROWS), "--source", "gansu-2018")
    assert code == 2
    assert "there is no source 'gansu-2018'" in err
