"""Benchmark of imports and look-ups: what a user waits for beside pandas, in fresh processes, in turns."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Annotated

import typer
from report import finish, load, page
from results import Section, Target, number, seconds
from rich.console import Console
from rich.progress import track

from analysis.environment import pinned

TITLE = "Benchmark of imports and look-ups"
PACKAGES = ("pandas", "numpy")
BESIDE = "import pandas"
WAYS = {  # what a user types -> what is said of it
    BESIDE: "pandas alone",
    "import analysis": "the package; its verbs are loaded when one is first used",
    "from analysis import claims, intervals, findings, chart": "the verbs",
    "import analysis; analysis.claims()": "the verbs, and all data read and checked",
    "import matplotlib.pyplot": "for comparison",
    "import scipy.stats": "for comparison",
    "import statsmodels.formula.api": "for comparison",
}
LIMITS = {
    "import analysis": 1.15,
    "from analysis import claims, intervals, findings, chart": 1.15,
}  # times over that of pandas
CHART = "canton-fair-deals-per-yuan-waived"
LOOKUPS = {  # arguments of the command, or a line of Python -> times over the import of pandas
    "--help": 1.5,
    "list charts": 4,
    "list findings": 4,
    "list scenarios": 4,
    "list claims": 4,
    "list sources": 4,
    "list notebooks": 4,
    "list tables": 4,
    "list explorers": 4,
    "trace canton-fair.deals-per-yuan-waived": 4,
    "cite scio-2021.canton-deals": 4,
    "check": 5,
    f"import analysis; analysis.chart('{CHART}')": 3.5,
}
CLOCK = "import time; start = time.perf_counter()\n{}\nprint(time.perf_counter() - start)"
FULL, QUICK = 21, 3

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def once(way: str) -> float:
    """Seconds that a line takes in a fresh process, its start not counted.

    Raises
    ------
    RuntimeError
        If the line fails; its last words are in the message.
    """
    done = subprocess.run(
        [sys.executable, "-c", CLOCK.format(way)],
        capture_output=True,
        text=True,
        env=pinned(os.environ),
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{way!r} failed: {done.stderr[-300:]}")
    return float(done.stdout.splitlines()[-1])


def measured(repetitions: int) -> dict[str, float]:
    """Median seconds of each way, all ways in turns, after one round that warms the caches of the disk."""
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for turn in track(range(repetitions + 1), "imports", console=Console(stderr=True)):
        for way in WAYS:
            took = once(way)
            if turn:
                found[way].append(took)
    return {way: median(times) for way, times in found.items()}


def answered(asked: str) -> float:
    """Seconds of a whole process that answers a look-up, its start counted.

    Raises
    ------
    RuntimeError
        If it fails; its last words are in the message.
    """
    how = ["-c", asked] if asked.startswith("import ") else ["-m", "analysis", *asked.split()]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *how], capture_output=True, text=True, env=pinned(os.environ), check=False
    )
    if done.returncode:
        raise RuntimeError(f"{asked!r} failed: {done.stderr[-300:]}")
    return time.perf_counter() - start


def answers(repetitions: int) -> dict[str, float]:
    """Median seconds of each look-up and of the import of pandas, all in turns, after one round that keeps slow lists."""
    found: dict[str, list[float]] = {asked: [] for asked in (BESIDE, *LOOKUPS)}
    for turn in track(range(repetitions + 1), "look-ups", console=Console(stderr=True)):
        for asked in found:
            took = once(asked) if asked == BESIDE else answered(asked)
            if turn:
                found[asked].append(took)
    return {asked: median(times) for asked, times in found.items()}


def lookups(times: dict[str, float], repetitions: int) -> Section:
    """The table and the targets of the look-ups."""
    ratios = {asked: times[asked] / times[BESIDE] for asked in LOOKUPS}
    return Section(
        "Look-ups",
        f"Median of {repetitions} whole processes for each, in turns, over the import of pandas alone; lists that are kept between runs were made before.",
        ("look-up", "time", "time / import of pandas"),
        [(f"`{asked}`", seconds(times[asked]), number(ratio)) for asked, ratio in ratios.items()],
        [
            Target(f"time of `{asked}` over that of `{BESIDE}`", ratios[asked], limit)
            for asked, limit in LOOKUPS.items()
        ],
    )


def section(times: dict[str, float], repetitions: int) -> Section:
    """The table and the targets."""
    ratios = {way: took / times[BESIDE] for way, took in times.items()}
    return Section(
        "Imports",
        f"Median of {repetitions} fresh processes for each line, in turns; the start of Python is not counted.",
        ("line", "what", "time", "time / pandas"),
        [
            (f"`{way}`", WAYS[way], seconds(took), number(ratios[way]))
            for way, took in times.items()
        ],
        [
            Target(f"time of `{way}` over that of `{BESIDE}`", ratios[way], limit)
            for way, limit in LIMITS.items()
        ],
    )


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for results.md.")] = Path("build/bench/import"),
    quick: Annotated[
        bool, typer.Option("--quick", help="Few repetitions: a look, no measurement.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Measure imports and look-ups and hold them against their targets: 1 is returned if one is missed.

    Example: python benchmarks/import_bench.py --keep
    """
    busy, repetitions = load(), QUICK if quick else FULL
    found = [
        section(measured(repetitions), repetitions),
        lookups(answers(repetitions), repetitions),
    ]
    text = page(
        TITLE,
        "What a user waits for before the first line of work.",
        found,
        command="make bench" if not quick else "python benchmarks/import_bench.py --quick",
        busy=busy,
        packages=PACKAGES,
    )
    raise typer.Exit(finish(text, found, out=out, keep=keep))


if __name__ == "__main__":
    app()
