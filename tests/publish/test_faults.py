"""Faults made for real: a process killed between any two files, a disk that is full, two writers, another clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

ONE = "canton-fair-break-even"
LISTS = {".site.json", f"{ONE}/.made.json", f"charts/{ONE}/.made.json"}  # of what is whole so far
SOON = 240
EXPORT = ("export", ONE, "--format", "png,csv,json", "--lang", "en", "--out")
SITE = ("site", "--chart", ONE, "--out")
# stands before the command: what happens when a file is put in its place for the nth time
KILLED = """
import os, signal
place, times = os.replace, [0]
def replace(*words):
    times[0] += 1
    if times[0] == {n}:
        os.kill(os.getpid(), signal.SIGKILL)
    place(*words)
os.replace = replace
"""
SMALL_DISK = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, ({n}, {n}))
"""
OTHER_TIME = """
import time
real = time.time
time.time = lambda: real() + {n}
"""
RUN = "import sys; from analysis.__main__ import main; main()"
pytestmark = pytest.mark.full


def started(before, *words, n=0, **settings):
    return subprocess.Popen(
        [sys.executable, "-c", before.format(n=n) + RUN, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | settings,
    )


def ended(running):
    _, complained = running.communicate(timeout=SOON)
    return running.returncode, complained


def contents(folder):
    """Bytes of every file, but for parts that a killed process leaves under a hidden name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".part"
    }


@pytest.fixture(scope="module", params=[EXPORT, SITE], ids=["export", "site"])
def whole(request, tmp_path_factory):
    """A command, and what it leaves when nothing happens."""
    out = tmp_path_factory.mktemp("whole") / "out"
    code, complained = ended(started("", *request.param, out))
    assert code == 0, complained
    return request.param, contents(out)


@pytest.mark.parametrize("n", [1, 4])
def test_killed_between_two_files_nothing_is_half_and_the_next_run_ends_it(whole, tmp_path, n):
    command, wanted = whole
    assert ended(started(KILLED, *command, tmp_path, n=n))[0] == -signal.SIGKILL
    left = contents(tmp_path)
    assert {name for name in left if left[name] != wanted.get(name)} <= LISTS
    assert len(left) < len(wanted)
    assert ended(started("", *command, tmp_path))[0] == 0
    assert contents(tmp_path) == wanted


def test_a_disk_that_is_full_is_one_sentence_and_leaves_no_part(whole, tmp_path):
    command, wanted = whole
    code, complained = ended(started(SMALL_DISK, *command, tmp_path, n=20_000))
    assert code == 2
    assert complained.splitlines()[-1].startswith("error: cannot write ")
    left = contents(tmp_path)
    assert {name for name in left if left[name] != wanted.get(name)} <= LISTS
    assert not list(tmp_path.rglob("*.part"))


def test_two_writers_at_once_leave_what_one_leaves(whole, tmp_path):
    command, wanted = whole
    both = [started("", *command, tmp_path) for _ in range(2)]
    assert [ended(one)[0] for one in both] == [0, 0]
    assert contents(tmp_path) == wanted


@pytest.mark.parametrize("years", [-20, 200])
def test_no_clock_and_no_zone_changes_a_byte(whole, tmp_path, years):
    command, wanted = whole
    zone = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"}
    code, complained = ended(started(OTHER_TIME, *command, tmp_path, n=int(years * 3.15e7), **zone))
    assert code == 0, complained
    assert contents(tmp_path) == wanted


def test_workers_end_with_the_process_that_started_them(tmp_path):
    running = started(
        "", "export", "--all", "--processes", "2", "--format", "csv", "--out", tmp_path
    )
    workers: list[psutil.Process] = []
    while len(workers) < 2:
        assert running.poll() is None
        time.sleep(0.1)
        every = psutil.Process(running.pid).children()
        workers = [one for one in every if "spawn_main" in " ".join(one.cmdline())]
    running.kill()
    running.wait()
    _, left = psutil.wait_procs(workers, timeout=30)
    for one in left:
        one.kill()
    running.communicate()  # what a worker holds open
    assert left == []
