"""The command that opens the dashboard."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping
from typing import Annotated

import typer

from analysis.cli.app import app, say

ELSEWHERE = ("CI", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")  # nobody sits before this machine
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")  # of Linux and other Unix systems


@app.command("app")
def dashboard(
    port: Annotated[int, typer.Option(help="Port.")] = 8866,
    host: Annotated[
        str, typer.Option(help="Address to bind to; by default only this machine can reach it.")
    ] = "127.0.0.1",
    idle: Annotated[
        float,
        typer.Option(
            min=0.02,
            help="Minutes without a move after which a visitor's kernel ends.",
            metavar="MINUTES",
        ),
    ] = 30.0,
    visitors: Annotated[
        int, typer.Option(min=1, help="How many visitors there may be at a time.")
    ] = 24,
    browser: Annotated[
        bool | None,
        typer.Option(
            "--browser/--no-browser",
            help="Open it in the browser; without either where there is a screen.",
        ),
    ] = None,
) -> None:
    """Open the dashboard: explorers and charts to download, for people who do not code; until interrupted with Ctrl-C.

    Example: analysis app --port 8900
    """
    from analysis.publish.app.server import is_loopback, serve

    if not is_loopback(host):
        say(
            f"warning: everybody who reaches {host} can use the dashboard; it asks for no password",
            err=True,
        )
    opens = (
        has_screen(os.environ, sys.platform, sys.stdout.isatty()) if browser is None else browser
    )

    def ready(address: str) -> None:
        say(f"Ready. The dashboard is at {address} (Ctrl-C ends it).")
        if opens:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    serve(host, port, idle_minutes=idle, visitors=visitors, said=ready)


def has_screen(env: Mapping[str, str], platform: str, terminal: bool) -> bool:
    """Whether somebody sits before this machine: a terminal, no SSH, no CI, and on Unix a display.

    Examples
    --------
    >>> has_screen({"DISPLAY": ":0"}, "linux", True), has_screen({}, "darwin", True)
    (True, True)
    >>> has_screen({}, "linux", True), has_screen({"DISPLAY": ":0", "CI": "true"}, "linux", True)
    (False, False)
    """
    if not terminal or any(env.get(name) for name in ELSEWHERE):
        return False
    return platform in ("darwin", "win32") or any(env.get(name) for name in DISPLAYS)
