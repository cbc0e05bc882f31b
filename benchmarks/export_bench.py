"""Benchmark of export and site: how long all charts take, what a second run costs, how heavy a page is.

Everything is called as a user calls it, from the command line. The results are a table with targets.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
from report import cores, finish, page
from report import load as load_average
from results import Section, Target, number, seconds
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.environment import pinned
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES

TITLE = "Benchmark of export and site"
PACKAGES = ("matplotlib", "pillow", "fonttools", "pandas")
PICTURES, SIZE, PROCESSES = ("svg", "pdf", "png"), "page", (1, 2)
PER_CHART, OF_ONE, UNCHANGED, HEAVIEST = 0.35, 0.7, 3.0, 300.0  # the targets
FULL, QUICK = 3, 1  # repetitions of an export of all charts
AGAIN = 5  # repetitions of a run with nothing to do

app = typer.Typer(add_completion=False, rich_markup_mode=None)
Step = Callable[[], None]


def on_two_cores() -> int:
    """Let this process and its children use two cores; how many there are then."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: PROCESSES[-1]])
    return cores()


def call(*words: str) -> float:
    """Wall seconds of a command line, from the start of its process to the end.

    Raises
    ------
    RuntimeError
        If it fails; its last lines are in the message.
    """
    command = [str(Path(sys.executable).parent / "analysis"), *words]
    start = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, env=pinned(os.environ), check=False
    )
    took = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr[-600:]}")
    return took


def export(out: Path, processes: int) -> float:
    """Seconds for all charts in both languages, four formats, one size; every file must be there."""
    took = call(
        "export",
        "--all",
        "--lang",
        ",".join(LANGUAGES),
        "--size",
        SIZE,
        "--format",
        ",".join((*PICTURES, "csv")),
        "--processes",
        str(processes),
        "--out",
        str(out),
    )
    wanted = [
        f"{name}/{name}.{lang}.{SIZE}.{form}"
        for name in definitions()
        for lang in LANGUAGES
        for form in PICTURES
    ] + [f"{name}/{name}.csv" for name in definitions()]
    if absent := [name for name in wanted if not (out / name).is_file()]:
        raise RuntimeError(f"{len(absent)} of {len(wanted)} files are missing, first {absent[0]}")
    return took


def times(folder: Path) -> dict[str, int]:
    """When each file of a folder was last written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unchanged(folder: Path, work: Callable[[], float], step: Step) -> float:
    """Median seconds of work with nothing to do.

    Raises
    ------
    RuntimeError
        If a file was written all the same.
    """
    before, found = times(folder), []
    for _ in range(AGAIN):
        found.append(work())
        step()
    if written := [name for name, when in times(folder).items() if before.get(name) != when]:
        raise RuntimeError(
            f"nothing had changed, and {len(written)} files were written, first {written[0]}"
        )
    return median(found)


def exports(out: Path, repetitions: int, step: Step) -> Section:
    """All charts by one and by two processes, in turns, each into an empty folder; then once more with nothing changed."""
    charts, found = len(definitions()) * len(LANGUAGES), {processes: [] for processes in PROCESSES}
    call(
        "export",
        next(iter(definitions())),
        "--format",
        ",".join(PICTURES),
        "--size",
        SIZE,
        "--out",
        str(out / "first"),
    )  # caches of bytecode and fonts
    for _ in range(repetitions):
        for processes in PROCESSES:
            shutil.rmtree(out / "all", ignore_errors=True)
            found[processes].append(export(out / "all", processes))
            step()
    one, two = (median(found[processes]) for processes in PROCESSES)
    again = unchanged(out / "all", lambda: export(out / "all", PROCESSES[-1]), step)
    size = sum(path.stat().st_size for path in (out / "all").rglob("*") if path.is_file()) / 1e6
    return Section(
        "Exports",
        f"{len(definitions())} charts in {len(LANGUAGES)} languages as {', '.join((*PICTURES, 'csv')).upper()} at the size `{SIZE}`, {size:.0f} MB in all: `analysis export --all` into an empty folder, wall time with start of Python and imports; "
        f"median of {repetitions}, one and two processes in turns on {cores()} cores. With nothing changed: median of {AGAIN}; the run stops if a file is written.",
        ("what", "wall time", "for each chart and language"),
        [
            ("one process", seconds(one), seconds(one / charts)),
            ("two processes", seconds(two), seconds(two / charts)),
            ("nothing changed", seconds(again), ""),
        ],
        [
            Target(
                "seconds for each chart and language, two processes on two cores",
                two / charts,
                PER_CHART,
            ),
            Target("time of two processes over that of one", two / one, OF_ONE),
            Target("seconds of a second export with nothing changed", again, UNCHANGED),
        ],
    )


class Loaded(HTMLParser):
    """Addresses that a page loads at once: style sheets, scripts, and its first picture."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[str] = []
        self.scripts: list[str] = []
        self.pictures: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element loads."""
        found = {name: value or "" for name, value in attrs}
        if tag == "link" and "stylesheet" in found.get("rel", "").split():
            self.sheets.append(found.get("href", ""))
        elif tag in ("script", "img") and found.get("src"):
            (self.scripts if tag == "script" else self.pictures).append(found["src"])


def weight(file: Path) -> dict[str, int]:
    """Bytes of a page and of what it loads from its site: style sheets, scripts, the first picture."""

    def size(address: str) -> int:
        parts = urlsplit(address)
        return 0 if parts.scheme else (file.parent / unquote(parts.path)).stat().st_size

    text = file.read_text("utf-8")
    loaded = Loaded()
    loaded.feed(text)
    groups = {
        "style": loaded.sheets,
        "script": loaded.scripts,
        "first picture": loaded.pictures[:1],
    }
    return {"page": len(text.encode())} | {
        what: sum(map(size, addresses)) for what, addresses in groups.items()
    }


def pages(site: Path) -> dict[str, dict[str, int]]:
    """What each chart's page weighs, in both languages; raises RuntimeError if one is missing or shows no picture."""
    found = {
        f"{name}, {lang}": weight(site / root / "charts" / name / "index.html")
        for name in definitions()
        for lang, root in (("en", ""), ("zh", "zh"))
    }
    if bare := [name for name, parts in found.items() if not parts["first picture"]]:
        raise RuntimeError(f"{len(bare)} pages show no picture of the site, first {bare[0]}")
    return found


def site(out: Path, step: Step) -> list[Section]:
    """The site, made once and then with nothing changed, and the weight of its pages."""
    shutil.rmtree(out / "site", ignore_errors=True)
    first = call("site", "--out", str(out / "site"))
    step()
    again = unchanged(out / "site", lambda: call("site", "--out", str(out / "site")), step)
    files = list(times(out / "site"))
    weights = pages(out / "site")
    heaviest = sorted(weights, key=lambda name: -sum(weights[name].values()))
    rows = [
        (
            name,
            *(number(part / 1e3) for part in weights[name].values()),
            number(sum(weights[name].values()) / 1e3),
        )
        for name in (*heaviest[:3], heaviest[len(heaviest) // 2])
    ]
    return [
        Section(
            "Site",
            f"`analysis site` into an empty folder, once, and with nothing changed, median of {AGAIN}; {len(files):,} files.",
            ("what", "wall time"),
            [("first", seconds(first)), ("nothing changed", seconds(again))],
            [
                Target(
                    "seconds of a second build of the site with nothing changed", again, UNCHANGED
                )
            ],
        ),
        Section(
            "Pages",
            f"kB that a chart's page loads at once, not compressed: its text, style sheet, script and first picture. Of {len(weights)} pages the three heaviest and the middle one.",
            ("page", *next(iter(weights.values())), "together"),
            rows,
            [
                Target(
                    "kB of the heaviest chart page with its first picture",
                    sum(weights[heaviest[0]].values()) / 1e3,
                    HEAVIEST,
                )
            ],
        ),
    ]


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for what is made and for results.md.")] = Path(
        "build/bench/export"
    ),
    quick: Annotated[
        bool, typer.Option("--quick", help="Each export once: a look, no measurement.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Measure export and site, and hold them against their targets: 1 is returned if one is missed.

    Run it on a machine that does nothing else; two cores are used.

    Example: python benchmarks/export_bench.py --keep
    """
    console, busy, repetitions = Console(stderr=True), load_average(), QUICK if quick else FULL
    if on_two_cores() < PROCESSES[-1]:
        console.print("Only one core: two processes cannot be faster than one here.", style="bold")
    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(),
        TextColumn("{task.completed:g} of {task.total:g}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks = [
            progress.add_task("exports", total=len(PROCESSES) * repetitions + AGAIN),
            progress.add_task("site", total=1 + AGAIN),
        ]
        sections = [
            exports(out, repetitions, lambda: progress.advance(tasks[0])),
            *site(out, lambda: progress.advance(tasks[1])),
        ]
    about = "As a user calls it, from the command line, in fresh processes."
    text = page(
        TITLE,
        about,
        sections,
        command="make bench" if not quick else "python benchmarks/export_bench.py --quick",
        busy=busy,
        packages=PACKAGES,
    )
    raise typer.Exit(finish(text, sections, out=out, keep=keep))


if __name__ == "__main__":
    app()
