"""Ctrl-C at any moment: one line, exit code 130, and nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from analysis.publish.export import MADE
from analysis.publish.manifest import digest
from analysis.records.files import write_whole

SAID = "interrupted: what was written is whole, the rest is made by the next run\n"
# a shell that runs the tests in the background has its children ignore the signal
RUN = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from analysis.__main__ import main; main()"
SOON = 120


def started(*words, **more):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **more,
    )


def interrupted_by(tmp_path, name, text, *words):
    """What a command ends with when a module interrupts it."""
    (tmp_path / f"{name}.py").write_text(text)
    with started(*words, env=os.environ | {"PYTHONPATH": str(tmp_path)}) as running:
        said, complained = running.communicate(timeout=SOON)
    return running.returncode, said, complained


def test_while_the_command_line_is_imported(tmp_path):
    text = "import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(60)"
    assert interrupted_by(tmp_path, "typer", text, "list", "claims") == (130, "", SAID)


def test_inside_a_query(tmp_path):
    """The timer starts with the database, so that the signal comes while it works."""
    text = """
import importlib.machinery, importlib.util, os, signal, sys, threading
here = sys.path.pop(0)
sys.modules.pop("duckdb"); import duckdb
sys.modules["duckdb"] = duckdb
threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT)).start()
"""
    query = "select count(*) from range(1000000000) a, range(1000000) b"
    assert interrupted_by(tmp_path, "duckdb", text, "query", query) == (130, "", SAID)


@pytest.mark.full
def test_an_export_by_several_processes_leaves_whole_files(tmp_path):
    with started("--quiet", "export", "--all", "--out", tmp_path) as running:
        while not (made := list(tmp_path.rglob(MADE))) and running.poll() is None:
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGINT)
        _, complained = running.communicate(timeout=SOON)
    assert (running.returncode, complained) == (130, SAID)
    assert made
    for note in tmp_path.rglob(MADE):
        for name, known in json.loads(note.read_text("utf-8"))["files"].items():
            assert digest((note.parent / name).read_bytes()) == known
    assert not list(tmp_path.rglob("*.part"))


def test_a_file_in_the_middle_of_writing_leaves_the_old_one(tmp_path, monkeypatch):
    target = write_whole(tmp_path / "x.csv", b"old")

    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"x.csv": b"old"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_new_files_have_the_rights_that_the_user_gives_and_old_ones_keep_theirs(tmp_path):
    before = os.umask(0o027)
    try:
        new = write_whole(tmp_path / "new.csv", b"1")
        (tmp_path / "old.csv").write_bytes(b"1")
        (tmp_path / "old.csv").chmod(0o604)
        old = write_whole(tmp_path / "old.csv", b"2")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert (new.stat().st_mode & 0o777, old.stat().st_mode & 0o777) == (0o640, 0o604)
