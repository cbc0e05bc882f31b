"""Fixtures of the dashboard's tests: the command as a user starts it, and an installed Chromium."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
SECONDS = 120  # to start in, on a machine that does other things too


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kernels(server: int) -> list[psutil.Process]:
    """The kernels that a process serves now."""
    found = []
    for child in psutil.Process(server).children():
        with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
            if "ipykernel_launcher" in " ".join(child.cmdline()):
                found.append(child)
    return found


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., int]]:
    """``start(command, ...)`` runs a program that serves on ``{port}``, and gives the port when it answers; all end with the tests. ``start.logs`` has what each printed, ``start.running`` each process, by port; ``start.kernels(port)`` are the kernels that it serves."""
    running: dict[int, subprocess.Popen] = {}

    def begin(
        *command: str, cwd: Path | None = None, env: dict[str, str] | None = None, port: int = 0
    ) -> int:
        port = port or free_port()
        log = tmp_path_factory.mktemp("log") / "log.txt"
        begin.logs[port] = log
        words = [word.format(port=port) for word in command]
        with log.open("w") as file:
            running[port] = subprocess.Popen(
                [sys.executable, *words],
                stdout=file,
                stderr=file,
                cwd=cwd,
                env=os.environ | (env or {}),
                start_new_session=True,
            )
        for _ in range(SECONDS * 5):
            if answers(port):
                return port
            assert running[port].poll() is None, log.read_text()
            time.sleep(0.2)
        raise AssertionError(f"nothing answers after {SECONDS} s: {log.read_text()}")

    begin.logs, begin.running = {}, running
    begin.kernels = lambda port: kernels(running[port].pid)
    yield begin
    for one in running.values():
        one.terminate()  # not an interruption, which a shell may have its children ignore
    for one in running.values():
        try:
            one.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(one.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def board(start: Callable[..., int]) -> int:
    """The port of a running dashboard."""
    return start("-m", "analysis", "app", "--port", "{port}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """An installed Chromium; without one the tests skip, or fail where ``BROWSER_TESTS=required``."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        message = f"no browser is installed: explorers are tested in one of {', '.join(NAMES)}"
        pytest.fail(message) if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip(
            message
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield opened
        opened.close()
