"""``analysis diff`` against a git repository and folders, and ``analysis snapshot``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest

from analysis import cli
from analysis.publish import edition
from analysis.publish.edition import stored
from analysis.records import paths
from analysis.records.paths import PROJECT

FAIR = "notebooks/05_canton_fair_deals.ipynb"
DEALS = "scio-2021.canton-deals"
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["analysis", *map(str, arguments)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """The project as ``analysis`` finds it, in a folder that a test may change, outside any repository."""
    home = tmp_path / "project"
    shutil.copytree(PROJECT / "data", home / "data")
    for path in (FAIR, "tests/snapshot.json"):
        (home / path).parent.mkdir()
        shutil.copy(PROJECT / path, home / path)
    monkeypatch.setattr(paths, "PROJECT", home)
    monkeypatch.setenv("ANALYSIS_DATA", str(home / "data"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):  # set while a hook of git runs
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def repository(copy):
    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *who, *arguments], cwd=copy, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    return git


@pytest.fixture
def as_recorded(monkeypatch):
    """Findings and charts as they are recorded, for tests that change none: they take seconds to calculate."""
    recorded = (PROJECT / "tests/snapshot.json").read_text("utf-8")
    monkeypatch.setattr(edition, "snapshot", lambda records: json.loads(recorded))


def raise_the_deals(home, edit) -> None:
    for column in ("value_low", "value_high"):
        edit(home / "data/claims.csv", DEALS, column, "1800000000")
    edit(home / "data/claims.csv", DEALS, "printed", "1.8 billion")


def changed(out: str) -> dict[tuple[str, str, str], tuple[str, str]]:
    return {
        (one["kind"], one["name"], one["field"]): (one["before"], one["after"])
        for one in json.loads(out)["changes"]
    }


@needs_git
def test_a_changed_claim_is_followed_to_findings_charts_and_counts(run, copy, repository, edit):
    raise_the_deals(copy, edit)
    code, out, err = run("diff", "HEAD", "--format", "json")
    found = changed(out)
    assert (code, err, json.loads(out)["not_compared"]) == (0, "", [])
    assert found["claim", DEALS, "value_low"] == ("1700000000", "1800000000")
    assert found["claim", DEALS, "en"] == ("more than US$1.7 billion", "more than US$1.8 billion")
    before, after = found["finding", "canton-fair.deals-per-yuan-waived", "en"]
    assert before != after
    assert ("chart", "canton-fair-deals-per-yuan-waived", "data") in found
    assert not any(name.startswith("ecommerce") for kind, name, _ in found if kind == "finding")


@needs_git
def test_a_base_without_snapshot_is_read_from_its_notebooks(run, copy, repository, edit):
    repository("rm", "--quiet", "--cached", "tests/snapshot.json")
    repository("commit", "--quiet", "-m", "as it was before")
    raise_the_deals(copy, edit)
    book = copy / FAIR
    book.write_text(
        book.read_text("utf-8")
        .replace('deals-per-yuan-waived\\">at least 123', 'deals-per-yuan-waived\\">at least 130')
        .replace("sha256 of the data ", "sha256 of the data 0", 1),
        "utf-8",
    )
    code, out, _ = run("diff", "HEAD", "--format", "json")
    found = changed(out)
    assert code == 0
    assert found["finding", "canton-fair.deals-per-yuan-waived", "en"] == (
        "at least 123",
        "at least 130",
    )
    assert [kind for kind, _, field in found if field == "data"] == ["chart"]
    assert found["claim", DEALS, "value_high"] == ("1700000000", "1800000000")
    assert ("claim", DEALS, "en") not in found


@needs_git
def test_a_changed_sentence_is_shown_before_and_after(run, copy, repository, as_recorded):
    cells = json.loads((copy / FAIR).read_text("utf-8"))
    cell = next(
        one
        for one in cells["cells"]
        if any("text/markdown" in output.get("data", {}) for output in one.get("outputs", []))
    )
    cell["outputs"][0]["data"]["text/plain"] = ["Another result."]
    (copy / FAIR).write_text(json.dumps(cells), "utf-8")
    code, out, _ = run("diff", "HEAD")
    assert code == 0
    assert out.startswith("Changes since HEAD: 1 in sentences.\n")
    assert "05_canton_fair_deals, cell" in out
    assert "Another result." in out


def test_it_works_outside_a_repository_with_a_folder(run, copy, tmp_path, edit, as_recorded):
    shutil.copytree(copy, tmp_path / "earlier")
    edit(copy / "data/claims.csv", DEALS, "note", "another note")
    code, out, _ = run("diff", tmp_path / "earlier", "--format", "markdown")
    assert code == 0
    (row,) = [line for line in out.splitlines() if line.startswith("| claim")]
    assert row.endswith("| another note |")


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("notebooks", "counts, claims, scenarios"),
        ("data", "counts, findings, scenarios, charts, sentences"),
    ],
)
def test_what_a_folder_does_not_hold_is_named(run, copy, part, missing, as_recorded):
    code, out, _ = run("diff", copy / part)
    assert code == 0
    assert out.splitlines()[0].endswith(": none.")
    assert out.splitlines()[1].endswith(f"does not hold them: {missing}.")


def test_no_repository_a_wrong_revision_and_an_empty_folder_are_each_one_sentence(
    run, copy, tmp_path
):
    (tmp_path / "empty").mkdir()
    for base, said in (
        ("main", "there is no folder 'main', and this project is not in a git repository"),
        (str(tmp_path / "empty"), "holds no edition of this project"),
    ):
        code, out, err = run("diff", base)
        assert (code, out, err.count("\n")) == (2, "", 1)
        assert said in err


@needs_git
@pytest.mark.parametrize("base", ["nowhere", "HEAD~9"])
def test_a_revision_that_does_not_exist_is_one_sentence(run, copy, repository, base):
    code, out, err = run("diff", base)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"there is no git revision and no folder '{base}'" in err


def test_without_git_a_folder_is_asked_for(copy, monkeypatch, run):
    monkeypatch.setenv("PATH", "")
    code, _, err = run("diff", "main")
    assert code == 2
    assert err == (
        "error: git is not installed, so that no revision can be read;"
        " give the folder of an earlier edition\n"
    )


def test_an_unknown_format_is_refused_before_anything_is_read(run):
    code, _, err = run("diff", "main", "--format", "html")
    assert (code, err) == (2, "error: unknown format 'html'; allowed are table, markdown, json\n")


def test_the_notebooks_of_the_project_show_findings_charts_and_sentences():
    found = stored(str(PROJECT / "notebooks"), PROJECT)
    assert not found.has_snapshot
    assert len(found.items["findings"]) > 100
    assert set(found.items["charts"]["canton-fair-deals-per-yuan-waived"]) >= {
        "headline en",
        "alt en",
        "data",
    }
    assert sum(len(cells) for cells in found.sentences.values()) > 20


def test_the_snapshot_is_printed_and_written(run, copy):
    code, printed, _ = run("snapshot")
    assert code == 0
    (copy / "tests/snapshot.json").unlink()
    assert run("snapshot", "--write")[0] == 0
    assert (copy / "tests/snapshot.json").read_text("utf-8") == printed
    assert printed == (PROJECT / "tests/snapshot.json").read_text("utf-8")


@pytest.mark.parametrize("command", ["snapshot", "diff"])
def test_help_has_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"Example: analysis {command}" in out
