"""``analysis serve`` as a reader uses it: a process that shows a folder until it is stopped."""

from __future__ import annotations

import concurrent.futures
import contextlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

import pytest

from analysis.publish.site import serve

SERVE = (sys.executable, "-m", "analysis", "serve")
# also where a shell runs the tests in the background
INTERRUPTED = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from analysis.__main__ import main; main()"
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


@pytest.fixture
def port(folder):
    """The port of a server of the folder."""
    with serve.server(folder, 0) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_address[1]
        running.shutdown()


def asked(port, request):
    """All that comes back for the bytes of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=SOON) as one:
        one.sendall(request)
        return b"".join(iter(lambda: one.recv(65536), b""))


def status(port, path, host="127.0.0.1:1"):
    return asked(port, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())[:12].decode()


def test_only_files_of_the_folder_are_shown_and_only_to_this_machine(folder, port, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "leads out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "circle").symlink_to(folder / "circle")
    for path in ("/", "/data.csv", "/data.csv?x=1", "/charts/../data.csv"):
        assert status(port, path) == "HTTP/1.0 200", path
    for host in ("localhost", "LOCALHOST:80", "127.0.0.1"):
        assert status(port, "/", host) == "HTTP/1.0 200", host
    missing = [
        "/%00",
        "/a%00b",
        "/leads%20out.txt",
        "/circle",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
    ]
    for path in (*missing, "/" + "a" * 5000, "/%ff%fe", "//etc/passwd", "/charts/"):
        assert status(port, path) == "HTTP/1.0 404", path
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::1]:80"):
        assert status(port, "/", host) == "HTTP/1.0 403", host
    assert asked(port, b"GET / HTTP/1.1\r\n\r\n")[:12] == b"HTTP/1.0 403"
    for nonsense in (b"\r\n", b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"PUT / HTTP/1.1\r\n\r\n"):
        assert b"200" not in asked(port, nonsense)[:12]


@pytest.mark.full
def test_slow_clients_are_ended_and_hold_nobody_up(port, monkeypatch, capfd):
    monkeypatch.setattr(serve, "SECONDS", 0.5)
    monkeypatch.setattr(serve.Handler, "timeout", 0.5)
    slow = [
        socket.create_connection(("127.0.0.1", port), timeout=SOON)
        for _ in range(serve.MOST_CLIENTS)
    ]
    dripping = slow[0]
    with contextlib.suppress(ConnectionError):
        for letter in b"GET / HTTP/1.1":  # each byte in time, the whole too late
            dripping.send(bytes([letter]))
            time.sleep(0.1)
    # half a second is for slow clients; on a busy machine any client can be slow, once
    answered = ""
    for _ in range(20):
        with contextlib.suppress(ConnectionError):
            answered = answered or status(port, "/")
    assert answered == "HTTP/1.0 200"
    for one in slow:
        with contextlib.suppress(ConnectionError):
            assert one.recv(100)[:12] in (b"", b"HTTP/1.0 400")
        one.close()
    begun = time.monotonic()
    while threading.active_count() >= serve.MOST_CLIENTS:
        assert time.monotonic() < begun + SOON
        time.sleep(0.1)
    assert capfd.readouterr() == ("", "")


def test_a_connection_that_is_gone_is_ended_without_a_word():
    gone, other = socket.socketpair()
    handler = object.__new__(serve.Handler)
    handler.connection = gone
    for one in (gone, other):
        one.close()
    handler._end()


@pytest.mark.full
def test_a_hundred_clients_at_once_get_the_page(port):
    with concurrent.futures.ThreadPoolExecutor(100) as many:
        answers = list(many.map(lambda _: status(port, "/data.csv"), range(300)))
    assert answers == ["HTTP/1.0 200"] * 300
