"""Benchmark of the dashboard: from the command to the page, from a slider's move to the redrawn chart, twenty visitors at once, and what is left when they have gone.

Measured in an installed Chromium, by the page's own clock: from the key that moves a slider to the frame in
which the new picture is decoded and shown.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Annotated

import psutil
import typer
from report import cores, finish, page
from report import load as load_average
from results import Section, Target, seconds

from analysis.environment import pinned
from analysis.themes.explorers import explorers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TITLE = "Benchmark of the dashboard"
PACKAGES = ("voila", "ipywidgets", "matplotlib", "jupyter_server")
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
UNMOVED = ("denominators",)  # its slider moves the picture only where a newer value begins
MOVED, READY, GONE = 0.25, 8.0, 60.0  # the targets, in seconds
MOVES, QUICK, STARTS, VISITORS, EACH = 20, 4, 3, 20, 5
RELOADS, HEATED = 20, 1
MEGABYTE = 1e6
PATIENCE = 180_000  # milliseconds
WATCH = """() => {
  window.times = [];
  document.addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
  new MutationObserver(async () => {
    const picture = document.querySelector(".explorer-view img");
    if (!picture || picture === window.seen || !window.pressed) return;
    window.seen = picture;
    const pressed = window.pressed;
    await picture.decode();
    requestAnimationFrame(() => requestAnimationFrame(() => window.times.push((performance.now() - pressed) / 1000)));
  }).observe(document.body, {childList: true, subtree: true});
}"""

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@contextlib.contextmanager
def dashboard() -> Iterator[tuple[str, float, psutil.Process]]:
    """The command as a user calls it: its address, when it was called, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "analysis", "app", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=pinned(os.environ),
    )
    try:
        said = running.stdout.readline()
        if str(port) not in said:
            raise RuntimeError(f"the dashboard did not start: {said!r}")
        yield f"http://127.0.0.1:{port}/", start, psutil.Process(running.pid)
    finally:
        running.send_signal(signal.SIGINT)
        try:
            running.wait(30)
        except subprocess.TimeoutExpired:
            running.kill()


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """An installed Chromium; raises RuntimeError without one."""
    from playwright.sync_api import sync_playwright

    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise RuntimeError(f"no browser is installed: one of {', '.join(NAMES)} is needed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield opened
        opened.close()


def visit(opened: Browser, address: str) -> Page:
    """A page on which the first explorer is shown."""
    shown = opened.new_page()
    shown.set_default_timeout(PATIENCE)
    shown.goto(address, timeout=PATIENCE, wait_until="commit")
    shown.wait_for_selector(".explorer-view img")
    return shown


def moves(shown: Page, count: int) -> list[float]:
    """Seconds from a move of the first slider to the redrawn chart, one move after the other; the first is not counted."""
    shown.evaluate(WATCH)
    handle = shown.locator(".noUi-handle").first
    handle.focus()
    for place in range(count + 1):
        at_low = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemin")
        shown.keyboard.press("ArrowRight" if at_low or place % 2 else "ArrowLeft")
        shown.wait_for_function("(n) => window.times.length >= n", arg=place + 1)
    return shown.evaluate("window.times")[1:]


def starts(opened: Browser, repetitions: int) -> Section:
    """From the command to the page with its first explorer."""
    found = []
    for _ in range(repetitions):
        with dashboard() as (address, start, _):
            visit(opened, address).close()
            found.append(time.perf_counter() - start)
    middle = median(found)
    return Section(
        "Start",
        f"`analysis app`, then a visitor at once: until sliders and chart are there; median of {repetitions} on {cores()} cores.",
        ("what", "time"),
        [("page ready", seconds(middle))],
        [Target("seconds from the command to the page", middle, READY)],
    )


def sliders(opened: Browser, count: int) -> Section:
    """Each explorer's first slider, moved to and fro."""
    rows, middles = [], []
    with dashboard() as (address, _, _):
        shown = visit(opened, address)
        for name, one in explorers().items():
            if name in UNMOVED:
                continue
            shown.get_by_role("button", name=one.en, exact=True).click()
            shown.get_by_role("heading", name=one.en, exact=True).wait_for()
            shown.wait_for_selector(".explorer-view img")
            found = moves(shown, count)
            shown.reload(wait_until="commit")  # without the watch of the explorer before
            shown.wait_for_selector(".explorer-view img")
            middles.append(median(found))
            rows.append(
                (
                    name,
                    seconds(median(found)),
                    seconds(quantiles(found, n=20)[-1] if len(found) > 2 else max(found)),
                )
            )
        shown.close()
    method = f"From the key that moves a slider to the frame with the new picture, in the browser; {count} moves of each explorer's first slider, one after the other."
    return Section(
        "A slider's move",
        method,
        ("explorer", "median", "95 % point"),
        rows,
        [
            Target(
                "seconds from a move to the redrawn chart, slowest explorer, median",
                max(middles),
                MOVED,
            )
        ],
    )


def visitors(opened: Browser, count: int, each: int) -> Section:
    """Several visitors who move sliders at the same time; raises RuntimeError if a page shows an error."""
    with dashboard() as (address, _, server):
        at_rest(server)
        before = memory(server)
        pages = [opened.new_page() for _ in range(count)]
        wrong: list[str] = []
        start = time.perf_counter()
        for one in pages:
            one.set_default_timeout(PATIENCE)
            one.on("pageerror", lambda error: wrong.append(str(error)))
            one.goto(address, timeout=PATIENCE, wait_until="commit")
        for one in pages:
            one.wait_for_selector(".explorer-view img")
        there = time.perf_counter() - start
        for one in pages:
            one.evaluate(WATCH)
            one.locator(".noUi-handle").first.focus()
        for place in range(each):
            for one in pages:
                one.keyboard.press("ArrowLeft" if place % 2 == 0 else "ArrowRight")
        said = []
        for one in pages:
            one.wait_for_function("window.times.length >= 1")
            one.wait_for_timeout(500)
            said.append(
                one.locator(".explorer-view [role=status]").count()
                and not one.locator("[role=alert]").count()
                and "Traceback" not in one.content()
            )
        took = [value for one in pages for value in one.evaluate("window.times")]
        there_are, during = len(kernels(server)) - HEATED, memory(server)
        for one in pages:
            one.close()
        gone = at_rest(server)
        after = memory(server)
    errors = len(wrong) + sum(not one for one in said)
    rows = [
        (f"{count} pages ready", seconds(there)),
        ("slowest redraw, all moving at once", seconds(max(took))),
        ("pages with an error", str(errors)),
        ("kernels beside the one that waits, all there", str(there_are)),
        ("memory of server and kernels before", f"{before:,.0f} MB"),
        ("all there", f"{during:,.0f} MB, {(during - before) / count:.0f} MB a visitor"),
        ("when all have gone", f"{after:,.0f} MB"),
        ("from the last close to one kernel", seconds(gone)),
    ]
    return Section(
        "Visitors at once",
        f"{count} pages opened together, each with a kernel of its own; then {each} moves on each without waiting for the others.",
        ("what", "measured"),
        rows,
        [
            Target(f"errors of {count} visitors who move sliders at once", errors, 0),
            Target(f"seconds until the kernels of {count} visitors have gone", gone, GONE),
        ],
    )


def kernels(server: psutil.Process) -> list[psutil.Process]:
    """The kernels that a server has now."""
    found = []
    for child in server.children():
        with contextlib.suppress(psutil.Error):
            if "ipykernel_launcher" in " ".join(child.cmdline()):
                found.append(child)
    return found


def memory(server: psutil.Process) -> float:
    """Megabytes of a server and its kernels; what several share is counted once, where the system says so."""
    total = 0.0
    for one in (server, *kernels(server)):
        with contextlib.suppress(psutil.Error):
            full = one.memory_full_info()
            total += getattr(full, "pss", full.rss)
    return total / MEGABYTE


def at_rest(server: psutil.Process) -> float:
    """Seconds until only the kernel that waits for a visitor is left, and has been made; raises RuntimeError after three minutes."""
    start = time.perf_counter()
    while len(left := kernels(server)) != HEATED or left[0].cpu_percent(0.5) > HEATED:
        if time.perf_counter() - start > PATIENCE / 1000:
            raise RuntimeError(f"{len(left)} kernels are left")
    return time.perf_counter() - start


def leaving(opened: Browser, count: int) -> Section:
    """Pages that are reloaded and closed; raises RuntimeError if kernels are left."""
    with dashboard() as (address, _, server):
        at_rest(server)
        before, most = memory(server), 0
        for _ in range(count):
            shown = visit(opened, address)
            shown.reload(wait_until="commit")
            shown.wait_for_selector(".explorer-view img")
            most = max(most, len(kernels(server)))
            shown.close()
        gone = at_rest(server)
        after = memory(server)
    rows = [
        ("most kernels at a time", str(most)),
        ("kernels of visitors at the end", "0"),
        ("from the last close to one kernel", seconds(gone)),
        ("memory of server and kernels before", f"{before:,.0f} MB"),
        ("memory after", f"{after:,.0f} MB"),
    ]
    return Section(
        "Reloads and closes",
        f"{count} visitors one after the other: each reloads the page once and closes it. One kernel waits for the next visitor.",
        ("what", "measured"),
        rows,
        [Target(f"seconds until all kernels of {2 * count} pages have gone", gone, GONE)],
    )


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for results.md.")] = Path(
        "build/bench/dashboard"
    ),
    quick: Annotated[
        bool, typer.Option("--quick", help="Fewer moves and one start: a look, no measurement.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Measure the dashboard in a browser, and hold it against its targets: 1 is returned if one is missed.

    Run it on a machine that does nothing else.

    Example: python benchmarks/explore_bench.py --keep
    """
    busy = load_average()
    with browser() as opened:
        sections = [
            starts(opened, 1 if quick else STARTS),
            sliders(opened, QUICK if quick else MOVES),
            visitors(opened, VISITORS, EACH),
            leaving(opened, QUICK if quick else RELOADS),
        ]
    command = "python benchmarks/explore_bench.py" + (" --quick" if quick else "")
    text = page(
        TITLE,
        "The command as a user calls it, and an installed Chromium on the same machine.",
        sections,
        command=command,
        busy=busy,
        packages=PACKAGES,
    )
    raise typer.Exit(finish(text, sections, out=out, keep=keep))


if __name__ == "__main__":
    app()
