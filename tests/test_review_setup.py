"""What stands around a review: attributes of notebooks, workflow, hooks, owners."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import analysis
from analysis import cli
from analysis.records.paths import PROJECT

WORKFLOWS = sorted(PROJECT.glob(".github/workflows/*.yml"))
PINNED = re.compile(r"^[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
BOOK = '{\n "cells": [],\n "note": "%s"\n}\n'
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository with the project's attributes and one notebook; no driver is configured."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    home = tmp_path / "repository"
    home.mkdir()
    shutil.copy(PROJECT / ".gitattributes", home)
    (home / "a.ipynb").write_text(BOOK % "first")

    def git(*arguments: str) -> str:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=home, check=True, capture_output=True, text=True
        )
        return done.stdout

    git("init", "--quiet", "--initial-branch=main")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    return home, git


@needs_git
def test_without_nbdime_notebooks_are_compared_and_merged_as_text(repository):
    home, git = repository
    assert "diff: jupyternotebook" in git("check-attr", "diff", "a.ipynb")
    git("switch", "--quiet", "-c", "other")
    (home / "a.ipynb").write_text(BOOK.replace("[]", "[1]") % "first")
    git("commit", "--quiet", "-am", "other")
    git("switch", "--quiet", "main")
    (home / "a.ipynb").write_text((BOOK % "first") + "\n\n\n\n\n")
    assert "@@" in git("diff", "a.ipynb")
    git("commit", "--quiet", "-am", "main")
    git("merge", "--quiet", "-m", "both", "other")
    assert '"cells": [1]' in (home / "a.ipynb").read_text()


@needs_git
def test_with_nbdime_the_command_of_the_docs_enables_it_and_changes_no_file(
    repository, monkeypatch
):
    home, git = repository
    nbdime = Path(sys.executable).with_name("nbdime")
    if not nbdime.exists():
        pytest.skip("nbdime is not installed")
    assert "nbdime config-git --enable" in (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    monkeypatch.setenv("PATH", str(nbdime.parent), prepend=":")
    subprocess.run([nbdime, "config-git", "--enable"], cwd=home, check=True, capture_output=True)
    assert git("status", "--porcelain") == ""
    book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    text = str(book).replace("'", '"')
    (home / "a.ipynb").write_text(text)
    git("commit", "--quiet", "-am", "a notebook")
    (home / "a.ipynb").write_text(text.replace('minor": 5', 'minor": 4'))
    assert "nbdiff" in git("diff", "a.ipynb")


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_yaml_and_pin_each_action_by_its_commit(path):
    text = path.read_text("utf-8")
    read = yaml.safe_load(text)
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    used = re.findall(r"uses: (.+)", text)
    assert len(used) == sum("uses" in step for step in steps) > 0
    assert [one for one in used if not PINNED.match(one)] == []
    assert read["permissions"] == {"contents": "read"}
    runs = [step.get("run", "") for step in steps]
    assert not any("${{" in run for run in runs), "pass values of the event in env:, never in run:"


def test_a_pull_request_gets_what_changed_as_its_summary():
    jobs = yaml.safe_load((PROJECT / ".github/workflows/test.yml").read_text("utf-8"))["jobs"]
    assert sorted(jobs) == ["full", "supply-chain", "systems", "test", "wheel"]
    job = jobs["test"]
    (step,) = [step for step in job["steps"] if "analysis diff" in step.get("run", "")]
    assert step["if"] == "github.event_name == 'pull_request'"
    assert step["run"].endswith('"$BASE" --format markdown >> "$GITHUB_STEP_SUMMARY"')
    assert job["steps"][0]["with"]["fetch-depth"] == 0


def workflow(name: str) -> dict:
    """Jobs of a workflow by name."""
    return yaml.safe_load((PROJECT / f".github/workflows/{name}.yml").read_text("utf-8"))["jobs"]


def test_every_workflow_is_known():
    assert [path.stem for path in WORKFLOWS] == ["pages", "release", "test"]


def test_pages_are_built_without_the_right_to_publish_and_published_without_the_code():
    jobs = workflow("pages")
    assert list(jobs) == ["site", "deploy"]
    assert "write" not in jobs["site"]["permissions"].values()
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert [step["uses"].partition("@")[0] for step in jobs["deploy"]["steps"]] == [
        "actions/deploy-pages"
    ]
    (made,) = [step["run"] for step in jobs["site"]["steps"] if "analysis site" in str(step)]
    assert '--base-url "$address" --repository "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"' in made
    upload = jobs["site"]["steps"][-1]
    assert upload["with"]["path"] in made


def test_a_release_has_wheel_data_and_site_and_only_its_last_job_may_write():
    jobs = workflow("release")
    assert list(jobs) == ["build", "publish"]
    assert jobs["publish"]["permissions"] == {"contents": "write"}
    assert "permissions" not in jobs["build"]
    runs = "\n".join(step.get("run", "") for step in jobs["build"]["steps"])
    for made in ("hatchling build -t wheel", "git archive", "analysis site", ".ci/run"):
        assert made in runs


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_a_tag_that_is_not_the_version_stops_the_release(tmp_path):
    (step,) = [one for one in workflow("release")["build"]["steps"] if "tag" in one.get("name", "")]
    said = CliRunner().invoke(cli.app, ["--version"]).output
    stub = tmp_path / ".venv/bin/analysis"
    stub.parent.mkdir(parents=True)
    stub.write_text(f"#!/bin/sh\necho '{said.strip()}'\n")
    stub.chmod(0o755)

    def run(tag: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],
            cwd=tmp_path,
            env=os.environ | {"GITHUB_REF_NAME": tag},
            capture_output=True,
            text=True,
        )

    assert run(f"v{analysis.__version__}").returncode == 0
    for tag in (analysis.__version__, "v9.9.9", f"v{analysis.__version__}.1"):
        done = run(tag)
        assert done.returncode == 1
        assert done.stderr.startswith(f"The tag is {tag}, but the version in src/analysis/__init__")


def test_hooks_are_local_and_download_nothing():
    read = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [one["repo"] for one in read["repos"]] == ["local"]
    hooks = read["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert {hook["entry"].split()[0] for hook in hooks} == {".venv/bin/ruff", ".venv/bin/mypy"}


def test_every_line_of_the_owners_names_a_path_and_somebody():
    lines = (PROJECT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    assert rows[0][0] == "*"
    for path, *owners in rows:
        assert path == "*" or (PROJECT / path.strip("/")).exists()
        assert owners
        assert all(re.fullmatch(r"@[\w-]+/[\w-]+|@[\w-]+", owner) for owner in owners)


def test_the_editor_and_the_formatter_agree_on_the_width():
    width = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert f"max_line_length = {width['line-length']}" in (PROJECT / ".editorconfig").read_text(
        "utf-8"
    )
