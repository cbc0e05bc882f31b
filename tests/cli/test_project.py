"""The commands for the whole project, and the set-up that keeps the environment of before."""

import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request

import pytest
from typer.testing import CliRunner

from analysis.cli import app, project
from analysis.records import paths
from analysis.records.paths import PROJECT

run = CliRunner().invoke


@pytest.fixture
def called(monkeypatch):
    """What would be run; what a word is in fails."""
    found, failing = [], set()

    def code(module, *words, folder=None, environment=None):
        found.append(" ".join((module, *words)))
        return int(any(word in found[-1] for word in failing))

    monkeypatch.setattr(project, "_code", code)
    return found, failing


def test_every_step_runs_and_the_failed_ones_are_named(called):
    found, failing = called
    assert run(app, ["test"]).exit_code == 0
    assert found == [command for commands in project.TESTS.values() for command in commands]
    found.clear()
    failing |= {"ruff check", "--nbval"}
    done = run(app, ["test"])
    assert done.exit_code == 1
    assert re.search(r"FAILED in \d+ s: lint, nbval\.", done.output)
    assert len(found) == sum(map(len, project.TESTS.values()))


def test_single_steps_and_an_unknown_one(called):
    found, _ = called
    assert run(app, ["test", "lint"]).exit_code == 0
    assert found == list(project.TESTS["lint"])
    done = run(app, ["test", "units"])
    assert "allowed are lint, unit, nbval, quick, full" in str(done.exception)


def test_an_installed_package_has_no_tests(called, monkeypatch):
    monkeypatch.setattr(paths, "IN_CLONE", False)
    assert "in a clone" in str(run(app, ["test"]).exception)


def test_the_build_stops_at_what_fails(called, tmp_path):
    found, failing = called
    failing.add("run --out")
    done = run(app, ["build", "--out", str(tmp_path / "made")])
    assert done.exit_code == 1
    assert [words.split()[1] for words in found] == ["check", "run"]
    failing.clear()
    assert "Charts:" in run(app, ["build", "--out", str(tmp_path / "made")]).output


def test_make_runs_these_commands():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for target, command in (
        ("all", "build"),
        ("test", "test"),
        ("lint", "test lint"),
        ("lab", "lab"),
    ):
        assert re.search(rf"^{target}: setup .*\n\t@?\$\(ANALYSIS\) {command}$", makefile, re.M)


def test_the_lab_says_how_it_is_reached_from_elsewhere():
    ssh, pod = {"SSH_CONNECTION": "a 1 b 2"}, {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}
    for environment, host, inside, said in (
        ({}, "127.0.0.1", False, ""),
        (ssh, "127.0.0.1", False, "ssh -L 9:127.0.0.1:9"),
        ({}, "127.0.0.1", True, "--port 9 --host 0.0.0.0"),
        ({}, "0.0.0.0", True, ""),
        (pod, "127.0.0.1", True, "kubectl port-forward POD 9:9"),
    ):
        found = project.from_elsewhere(environment, 9, host, in_container=inside)
        assert (said in found) if said else found == ""


def test_the_lab_says_the_address_of_the_start(tmp_path):
    lab = subprocess.Popen(
        [sys.executable, "-u", "-m", "analysis", "lab"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        env=os.environ | {"HOME": str(tmp_path), "BROWSER": "true", "SSH_CONNECTION": "a 1 b 2"},
    )
    try:
        address = re.search(
            r"http://\S+/lab/tree/00_start_here\.ipynb\?token=\w+", lab.stdout.readline()
        )
        assert "From " in lab.stdout.readline(), "over SSH, here or in a container"
        for _ in range(600):
            try:
                with urllib.request.urlopen(address.group(), timeout=60) as page:
                    assert page.status == 200
                    assert b"jupyter" in page.read().lower()
                break
            except OSError:
                assert lab.poll() is None
                project.time.sleep(0.1)
        else:
            pytest.fail("the server did not answer")
    finally:
        os.killpg(lab.pid, signal.SIGTERM)
        lab.wait(60)
        lab.stdout.close()


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_a_set_up_that_fails_leaves_the_environment_of_before(tmp_path):
    folder = tmp_path / "a clone"
    before = folder / ".venv/bin"
    before.mkdir(parents=True)
    (before / "analysis").write_text("#!/bin/sh\necho the old one works\n")
    (before / "analysis").chmod(0o755)
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    # a hash that no file has, and no index to look in: the install fails as without a network
    (folder / "requirements.lock").write_text(
        "pandas==3.1.1 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    )
    done = subprocess.run(
        ["make", "setup", f"PYTHON={sys.executable}"],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull},
        check=False,
    )
    assert done.returncode != 0
    assert "the one of before is back" in done.stderr
    assert not (folder / ".venv.before").exists()
    said = subprocess.run([before / "analysis"], capture_output=True, text=True, check=True).stdout
    assert said == "the old one works\n"
