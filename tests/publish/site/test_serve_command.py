"""``analysis serve`` as a reader uses it: a process that shows a folder until it is stopped."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

SERVE = (sys.executable, "-m", "analysis", "serve")
# also where a shell runs the tests in the background
INTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from analysis.cli import main; main()"
SOON = 60  # seconds


@pytest.fixture
def folder(tmp_path):
    """A folder with a page and a file of data."""
    made = tmp_path / "a site"
    made.mkdir()
    (made / "index.html").write_text("<!DOCTYPE html><title>图表</title>", "utf-8")
    (made / "data.csv").write_text("省,值\n湖南,1\n", "utf-8")
    (made / "charts").mkdir()
    return made


@contextlib.contextmanager
def started(folder):
    """The command, running; killed if a test does not stop it."""
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, "serve", str(folder), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def served(address, name):
    """Status, kind and text of a file."""
    with urllib.request.urlopen(address + name, timeout=SOON) as answer:
        return answer.status, answer.headers["Content-Type"], answer.read().decode()


def refused(*arguments):
    """What the command says when it cannot serve."""
    done = subprocess.run(
        [*SERVE, *map(str, arguments)], capture_output=True, text=True, timeout=SOON, check=False
    )
    assert done.stdout == ""
    assert done.returncode == 2
    return done.stderr


def test_it_serves_the_folder_to_this_machine_until_it_is_interrupted(folder):
    with started(folder) as running:
        address = re.search(r"http://127\.0\.0\.1:\d+/", running.stdout.readline())[0]
        assert served(address, "")[::2] == (200, "<!DOCTYPE html><title>图表</title>")
        assert served(address, "data.csv") == (200, "text/csv; charset=utf-8", "省,值\n湖南,1\n")
        for hidden in ("charts/", "missing.html", "../a%20site/index.html"):
            with pytest.raises(urllib.error.HTTPError) as answer:
                served(address, hidden)
            assert answer.value.code == 404
            answer.value.close()
        running.send_signal(signal.SIGINT)
        said, complained = running.communicate(timeout=SOON)
    assert (running.returncode, said, complained) == (0, "", "")


def test_a_port_that_is_taken_is_one_sentence(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert re.fullmatch(
            rf"error: port {port} cannot be used: .+; choose another with --port, or 0 for a free one\n",
            refused(folder, "--port", port),
        )


def test_a_port_that_is_none_is_one_sentence(folder):
    assert refused(folder, "--port", 70000) == "error: 70000 is no port; allowed are 0 to 65535\n"


def test_a_folder_without_a_site_is_one_sentence(tmp_path):
    missing = tmp_path / "nothing"
    assert (
        refused(missing)
        == f"error: {missing} holds no site: make it with 'analysis site --out {missing}'\n"
    )
