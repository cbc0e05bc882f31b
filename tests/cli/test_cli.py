"""The command line as a user meets it: results on stdout, one sentence and exit code 2 for a mistake."""

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile

import pytest

from analysis import cli
from analysis.records.errors import Problem
from analysis.records.paths import PROJECT

TEXTS = PROJECT.parent / "shared" / "sources"


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["analysis", *map(str, arguments)])
        monkeypatch.setenv("ANALYSIS_DATA", "")
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_the_module_and_the_script_are_the_same_program(records):
    for command in (
        [sys.executable, "-m", "analysis"],
        [
            shutil.which("analysis", path=str(PROJECT / ".venv/bin"))
            or shutil.which("analysis")
            or "analysis"
        ],
    ):
        done = subprocess.run([*command, "list", "sources"], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert all(name in done.stdout for name in records.sources["source_id"])


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "check",
        "verify",
        "trace",
        "catalog",
        "cite",
        "query",
        "export-data",
        "run",
        "export",
        "report",
        "slides",
        "site",
        "serve",
    ],
)
def test_every_command_has_help_with_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Example: analysis {command}" in out


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("charts", "canton-fair-break-even"),
        ("findings", "canton-fair.deals-per-yuan-waived"),
        ("claims", "more than US$1.7 billion"),
        ("sources", "2015-10-14"),
        ("notebooks", "05_canton_fair_deals"),
    ],
)
def test_list_shows_what_there_is(run, what, line):
    code, out, _ = run("list", what)
    assert code == 0
    assert line in out


def test_trace_leads_from_the_ratio_to_claims_paragraphs_and_seven_months(run):
    code, out, _ = run("trace", "canton-fair.deals-per-yuan-waived", "--json")
    found = json.loads(out)
    kinds = [one["kind"] for one in found["inputs"]]
    claims = {
        one["id"]: (one["source"]["id"], one["paragraph"])
        for one in found["inputs"]
        if one["kind"] == "claim"
    }
    months = [one["id"] for one in found["inputs"] if one["id"].startswith("usd-cny@")]
    assert code == 0
    assert kinds.count("observation") == 14
    assert claims == {
        "scio-2021.canton-deals": ("scio-2021", 14),
        "scio-2021.canton-fees": ("scio-2021", 14),
    }
    assert months == [
        f"usd-cny@{m}"
        for m in ("2017-10", "2018-04", "2018-10", "2019-04", "2019-10", "2020-06", "2020-10")
    ]
    assert all(len(one["rows"]) == 3 for one in found["inputs"] if one["id"].startswith("usd-cny@"))


def test_trace_takes_the_beginning_of_an_id_and_prints_a_tree(run):
    code, out, _ = run("trace", "canton-fair.deals-per-yuan-waived-n")
    assert code == 0
    assert out.startswith("finding canton-fair.deals-per-yuan-waived-next-digit")
    assert "paragraph 14 of scio-2021" in out
    assert "usd-cny-mean 2017-10-01 to 2017-10-31: 6.6258 CNY/USD" in out


def test_trace_of_a_chart_names_function_notebook_and_claims(run):
    _, out, _ = run("trace", "labor-typical-earnings", "--json")
    found = json.loads(out)
    assert found["function"] == "analysis.themes.labor_export.charts.typical_earnings"
    assert found["notebook"] == "04_labor_export_incomes"
    assert {one["id"] for one in found["inputs"]} == {
        "scio-2021.labor-income",
        "scio-2021.labor-income-top",
    }


def test_cite_gives_text_and_bibtex(run):
    _, out, _ = run("cite", "scio-2021.labor-income")
    assert "paragraph 13" in out
    assert "Said 2021-08-23" in out
    assert "@misc{scio-2021.labor-income," in out
    _, bibtex, _ = run("cite", "canton-fair-break-even", "--bibtex")
    assert bibtex.startswith("@misc{canton-fair-break-even,")
    assert r"\%" in bibtex
    assert run("cite", "canton-fair-break-even", "--format", "bibtex")[1] == bibtex


def test_cite_gives_one_form_in_one_language(run):
    _, text, _ = run("cite", "scio-2021.labor-income", "--format", "text", "--lang", "zh")
    assert text.startswith("QIAN Keming. ")
    assert text.endswith("第13段，网页日期2021-08-30。\n")
    assert "@misc" not in text
    _, csl, _ = run("cite", "scio-2021.labor-income", "--format", "csl")
    assert [(one["id"], one["type"]) for one in json.loads(csl)] == [
        ("scio-2021.labor-income", "webpage")
    ]


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the source texts are not beside this clone (../shared/sources)"
)
def test_verify_holds_every_claim_against_its_text(run, records):
    code, out, err = run("verify", "--texts", TEXTS)
    assert (code, err) == (0, "")
    assert f"All {len(records.claims)} claims" in out


@pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the source texts are not beside this clone (../shared/sources)"
)
def test_verify_names_a_claim_whose_words_moved(run, data_copy, edit):
    edit(data_copy / "claims.csv", "scio-2021.canton-fees", "paragraph", "13")
    code, _, err = run("--data", data_copy, "verify", "--texts", TEXTS)
    assert code == 1
    assert "scio-2021.canton-fees" in err
    assert "it stands in paragraph 14" in err


@pytest.fixture
def one_text(data_copy, edit, tmp_path):
    """Data whose source hunan-2017 was coded from a text made up of its claims, and the folder with that text alone."""
    with (data_copy / "claims.csv").open(encoding="utf-8", newline="") as file:
        own = [row for row in csv.DictReader(file) if row["source_id"] == "hunan-2017"]
    said = [
        [row["as_stated"] for row in own if int(row["paragraph"]) == number]
        for number in range(1, 1 + max(int(row["paragraph"]) for row in own))
    ]
    text = "\n".join(" ... ".join(words) or "No figure." for words in said).encode("utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "hunan.txt").write_bytes(text)
    edit(data_copy / "sources.csv", "hunan-2017", "text_file", "hunan.txt")
    edit(data_copy / "sources.csv", "hunan-2017", "text_sha256", hashlib.sha256(text).hexdigest())
    return folder, len(own)


def test_verify_takes_only_the_sources_whose_texts_are_at_hand(run, data_copy, one_text):
    folder, claims = one_text
    code, out, err = run("--data", data_copy, "verify", "--texts", folder, "--source", "hunan-2017")
    assert (code, err) == (0, "")
    assert (
        out
        == f"All {claims} claims of hunan-2017 stand where they are said to stand, in 1 text with the sha256 of the table.\n"
    )
    code, out, err = run(
        "--data",
        data_copy,
        "verify",
        "--texts",
        folder,
        "--source",
        "hunan-2017",
        "--source",
        "scio-2021",
    )
    assert (code, out) == (1, "")
    assert "sources.csv (scio-2021), column text_file: " in err
    assert err.endswith("\n1 problem\n")
    assert run("--data", data_copy, "verify", "--texts", folder)[2].endswith("\n4 problems\n")


def test_verify_of_one_source_names_the_row_of_its_claim(run, data_copy, edit, one_text):
    edit(
        data_copy / "claims.csv",
        "hunan-2017.target-villages",
        "as_stated",
        "words that nobody said",
    )
    with (data_copy / "claims.csv").open(encoding="utf-8", newline="") as file:
        row = [row[0] for row in csv.reader(file)].index("hunan-2017.target-villages") + 1
    code, _, err = run(
        "--data", data_copy, "verify", "--texts", one_text[0], "--source", "hunan-2017"
    )
    assert code == 1
    assert err.startswith(
        f"claims.csv, row {row} (hunan-2017.target-villages), column as_stated: 'words that nobody said' does not stand in paragraph "
    )


def test_check_reports_every_problem_in_one_run(run, data_copy, edit):
    edit(data_copy / "claims.csv", "scio-2021.canton-fees", "unit", "EUR")
    edit(data_copy / "claims.csv", "scio-2021.labor-people", "value_low", "many")
    edit(data_copy / "sources.csv", "hunan-2017", "page_date", "2017-13-11")
    code, out, err = run("--data", data_copy, "check")
    assert (code, out) == (1, "")
    assert all(
        part in err
        for part in (
            "canton-fees",
            "'EUR'",
            "labor-people",
            "'many'",
            "hunan-2017",
            "'2017-13-11'",
            f"3 problems in {data_copy}\n",
        )
    )


def test_check_names_each_kind_once_and_all_of_them_on_demand(run, data_copy):
    path = data_copy / "claims.csv"
    header, *rows = csv.reader(path.read_text("utf-8").splitlines())
    place = header.index("bound")
    changed = [number for number, row in enumerate(rows, 2) if row[place] == "exact"]
    again = [list(rows[0])] * 5000
    for number in changed:
        rows[number - 2][place] = "exactly"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows, *again])
    code, out, err = run("--data", data_copy, "check")
    assert (code, out) == (1, "")
    assert err.splitlines() == [
        f"claims.csv: {len(changed)} rows: bound is not known; allowed are exact, rounded, about, more_than, at_least, nearly, fewer_than, at_most, range (first: rows {changed[0]}, {changed[1]}, {changed[2]})",
        f"claims.csv: 5,000 rows: claim_id stands already in another row; it must be unique (first: rows {len(rows) + 2}, {len(rows) + 3}, {len(rows) + 4})",
        f"{len(changed) + 5000} problems in {data_copy}",
    ]
    everything = run("--data", data_copy, "check", "--all")[2].splitlines()
    assert len(everything) == len(changed) + 5001
    assert everything[0].startswith(f"claims.csv, row {changed[0]} (")
    code, out, err = run("--data", data_copy, "check", "--json")
    assert (code, err) == (1, "")
    found = json.loads(out)
    assert len(found["problems"]) == len(changed) + 5000
    assert found["problems"][-1]["row"] == len(rows) + 5001
    assert found["drafts"] == []


def test_check_of_a_hostile_file_is_twenty_lines(run, data_copy):
    path = data_copy / "claims.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    strange = ",".join(f"x{number}" for number in range(500))
    path.write_text("\n".join([f"{header},{strange}", *rows]) + "\n", "utf-8")
    code, _, err = run("--data", data_copy, "check")
    assert (code, len(err.splitlines())) == (1, 20)
    assert err.splitlines()[-2:] == [
        f"and 482 more kinds of problem; `analysis --data {data_copy} check --all` lists everything",
        f"500 problems in {data_copy}",
    ]


def test_check_says_in_which_folders_the_problems_lie(run, data_copy, edit, monkeypatch):
    edit(data_copy / "claims.csv", "scio-2021.canton-fees", "unit", "EUR")
    left = [
        Problem("src/analysis/themes/labor_export/charts.py", "still holds FILL_IN: x", 36),
        Problem("docs/coding/README.md", "still holds FILL_IN: y", 2),
    ]
    monkeypatch.setattr("analysis.verbs.checking.blanks", lambda: left)
    code, _, err = run("--data", data_copy, "check")
    assert code == 1
    assert "src/analysis/themes/labor_export/charts.py, line 36: still holds" in err
    assert err.endswith(
        f"3 problems: 1 in {data_copy}, 1 in {PROJECT / 'src/analysis/themes/labor_export'}, 1 in {PROJECT / 'docs/coding'}\n"
    )


def test_check_reports_codings_that_differ_of_its_own_data_only(run, data_copy, monkeypatch):
    monkeypatch.setattr(
        "analysis.verbs.checking.coding_problems",
        lambda coding, claims: [
            Problem(
                "docs/coding/claims_second_coder.csv", "the second coder has 'a'", 4, "unit", "a.b"
            )
        ],
    )
    code, out, err = run("check")
    assert (code, out) == (1, "")
    assert (
        err
        == f"docs/coding/claims_second_coder.csv, row 4 (a.b), column unit: the second coder has 'a'\n1 problem in {PROJECT / 'docs/coding'}\n"
    )
    assert run("--data", data_copy, "check")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["trace", "no-such-thing"],
            "there is no finding, scenario, chart or claim 'no-such-thing'",
        ),
        (["trace", "scio-2021.labor"], "did you mean scio-2021.labor-people"),
        (["cite", "scio-2021.canton-dals"], "did you mean scio-2021.canton-deals"),
        (
            ["cite", "scio-2021", "--format", "ris"],
            "'ris' is no form of a citation; allowed are text, bibtex, csl",
        ),
        (
            ["cite", "scio-2021", "--format", "csl", "--bibtex"],
            "--bibtex and --format csl contradict each other",
        ),
        (["cite", "scio-2021", "--lang", "fr"], "unknown language 'fr'"),
        (["list", "birds"], "there is no list 'birds'"),
        (["export"], "name the charts, or give --all"),
        (["export", "x-y"], "there is no chart 'x-y'"),
        (
            ["export", "labor-typical-earnings", "--format", "gif"],
            "'gif' is no format; allowed are svg, pdf, png, csv, json, xlsx, html, md, txt",
        ),
        (
            ["export", "labor-typical-earnings", "--size", "a4"],
            "'a4' is no size; allowed are column, page, full, web, phone, card, slide",
        ),
        (
            ["export", "labor-typical-earnings", "--variant", "bare"],
            "'bare' is no variant; allowed are framed, plain",
        ),
        (
            ["export", "labor-typical-earnings", "--format", "html"],
            "html and md show a picture; add png or svg to the formats",
        ),
        (["export", "labor-typical-earnings", "--processes", "0"], "greater than or equal to 1"),
        (
            ["export", "labor-typical-earnings", "--lang", "fr"],
            "unknown language 'fr'; allowed are en, zh",
        ),
        (["export", "labor-typical-earnings", "--lang", ","], "--lang names nothing"),
        (["run", "99_nothing"], "there is no notebook '99_nothing'"),
        (["run", "--check", "--update"], "--check writes nothing; leave --update and --html out"),
        (["verify", "--texts", "no-such-folder"], "no-such-folder is no folder"),
        (
            ["verify", "--texts", ".", "--source", "scio-2012"],
            "there is no source 'scio-2012'; did you mean scio-2021",
        ),
        (["--data", "no-such-folder", "check"], "is no data folder: it holds no datapackage.json"),
        (["bogus"], "No such command"),
        (["export", "--bogus"], "No such option"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_two(
    run, tmp_path, monkeypatch, arguments, message
):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*arguments)
    assert code == 2, err
    assert message in " ".join(err.split())
    assert out == ""
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir()), "nothing is written"


def test_export_writes_the_files_it_counts(run, tmp_path):
    name, options = (
        "labor-typical-earnings",
        ("--lang", "zh", "--format", "csv,png", "--size", "web", "--out", tmp_path / "made"),
    )
    code, out, _ = run("export", name, *options, "--zip", tmp_path / "packed/all.zip")
    made = sorted(path.name for path in (tmp_path / "made" / name).iterdir() if path.name[0] != ".")
    assert code == 0
    assert "7 files" in out
    assert "7 made anew" in out
    assert made == sorted(
        [
            f"{name}.csv",
            f"{name}.zh.web.png",
            "README.md",
            "MANIFEST",
            f"{name}.bib",
            f"{name}.citation.txt",
            f"{name}.csl.json",
        ]
    )
    with zipfile.ZipFile(tmp_path / "packed/all.zip") as packed:
        assert packed.namelist() == [f"{name}/{one}" for one in made]
    rows = list(
        csv.DictReader((tmp_path / "made" / name / f"{name}.csv").read_text("utf-8").splitlines())
    )
    assert len(rows) == 97
    assert float(rows[-1]["others_cny"]) == pytest.approx(70_000 / 0.9)
    assert "0 made anew" in run("export", name, *options)[1]


def test_an_archive_that_cannot_be_written_is_said_before_the_work(run, tmp_path):
    (tmp_path / "taken").write_text("a file")
    code, _, err = run(
        "export",
        "labor-typical-earnings",
        "--out",
        tmp_path / "made",
        "--zip",
        tmp_path / "taken/all.zip",
    )
    assert code == 2
    assert "cannot write to" in err
    assert not (tmp_path / "made").exists()
