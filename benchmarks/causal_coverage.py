"""Simulation study of the causal design: how often 95 % intervals hold the truth, and how the naive ones fail.

Panels are drawn with a known truth, one seed for each; the results are a table with targets.
"""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated

import numpy as np
import pandas as pd
import typer
from report import finish, page
from report import load as load_average
from results import Section, Target, number, seconds
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from scipy.stats import chi2

from analysis.environment import pinned
from analysis.methods.causal import (
    FEW_CLUSTERS,
    NEVER,
    Estimate,
    Panel,
    aggregate,
    group_time,
    imputation,
    pretrends,
    randomisation,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.calibration import design
from analysis.methods.causal.simulate import Batch, Design, Simulated, simulate
from analysis.methods.causal.specifications import identified
from analysis.records.load import load
from analysis.themes.causal_design.estimators import few, thinned

TITLE = "Simulation study of the causal design"
PACKAGES = ("statsmodels", "numpy", "scipy", "pandas")
FULL, QUICK, CHUNK, PROCESSES = 1000, 40, 20, 2
SEED, WILD = 20190, 399  # of every panel; replications of each bootstrap and of each randomisation
NOMINAL, WITHIN, NAIVE, SIZE, LONGEST = (
    95.0,
    2.0,
    93.0,
    2.0,
    300.0,
)  # percent, percentage points, percent, percentage points, seconds
CASES = {  # title: what is drawn
    "growing effect": "Poverty counties, 2011 to 2018; the effect is 0.02 log points in the first year and 0.01 more in each further one. The average by years since treatment leans on the first batch, 30 counties, for its last year: errors without a small-sample correction are a little too small there, and its interval holds the truth a little less often.",
    "constant effect": "The same, with an effect of 0.02 that does not grow: the two-way coefficient then means something, and only its errors are on trial.",
    "no effect": "The same without an effect: how often each test at 5 % rejects. The joint test has 20 degrees of freedom and rests on small first batches too.",
    "few places": "15 places, each a cluster, 2011 to 2020, four of them never treated; a constant effect of 0.02. With fewer than 40 clusters only the wild bootstrap claims its level.",
}
CLAIMS = {  # what says that its intervals hold the truth 95 times in 100
    ("growing effect", "group-time"),
    ("growing effect", "group-time, by years since treatment"),
    ("growing effect", "imputation"),
    ("constant effect", "group-time"),
    ("constant effect", "group-time, by years since treatment"),
    ("constant effect", "imputation"),
    ("constant effect", "two-way, clustered"),
    ("constant effect", "two-way, clustered as in fixest"),
    ("few places", "two-way, wild bootstrap"),
}
FAILS = {
    ("growing effect", "two-way, clustered"),
    ("constant effect", "two-way, naive errors"),
    ("few places", "two-way, naive errors"),
}
HOLDS = (
    "joint test before treatment, Hotelling",
    "randomisation inference",
    "two-way, clustered, t test",
)  # tests whose size is held against 5 %

CLUSTERS = (22, 31, 60, 100)  # a third never treated, the others in three batches of equal size
CASES |= {
    f"{many} clusters": f"{many} counties, each a cluster, 2011 to 2020, without an effect: a third never treated, the others first treated in 2014, 2015 and 2016. How often each test at 5 % rejects; of an interval, how often it leaves out 0. What is not held to its target is printed by the study with fewer than 40 clusters only beside the wild bootstrap, which the notes say is to be believed."
    for many in CLUSTERS
}

app = typer.Typer(add_completion=False, rich_markup_mode=None)
Row = tuple[
    str, float, bool, float
]  # who, error of the estimate, whether the interval holds the truth, its length


@functools.cache
def drawn_from(case: str) -> Design:
    """The design of a case."""
    whole = design(load())
    if case == "few places":
        return few(whole, effect=whole.effect_first)
    if case.endswith("clusters"):
        return dataclasses.replace(
            whole, batches=batches(int(case.split()[0])), effect_first=0.0, effect_growth=0.0
        )
    listed = thinned(whole, sum(batch.counties for batch in whole.batches if batch.listed))
    effect = {
        "growing effect": {},
        "constant effect": {"effect_growth": 0.0},
        "no effect": {"effect_first": 0.0, "effect_growth": 0.0},
    }
    return dataclasses.replace(listed, **effect[case])


def replicate(case: str, which: int) -> list[Row]:
    """Everything on one simulated panel.

    Parameters
    ----------
    case : str
        A key of ``CASES``.
    which : int
        Number of the panel: its seed.
    """
    drawn = simulate(
        drawn_from(case), seed=np.random.SeedSequence([SEED, list(CASES).index(case), which])
    )
    panel = identified(drawn.panel)
    if case == "no effect":
        return list(sizes(panel, which))
    if case.endswith("clusters"):
        return [*sizes(panel, which), *small_sizes(panel, which)]
    return list(intervals(case, drawn, panel, which))


def intervals(case: str, drawn: Simulated, panel: Panel, which: int) -> Iterator[Row]:
    """Error, coverage and length of every interval on one panel."""
    truth, effects = drawn.truth(panel), group_time(panel)
    average, by_event = aggregate(effects), aggregate(effects, "event")
    yield row("group-time", average.att, average.interval, truth)
    events = effects.table.loc[effects.after, "event"].max()
    own = drawn_from(case)
    yield row(
        "group-time, by years since treatment",
        by_event.att,
        by_event.interval,
        own.effect_first + own.effect_growth * events / 2,
    )
    for name, one in (
        ("imputation", imputation(panel)),
        ("two-way, clustered", two_way(panel)),
        ("two-way, clustered as in fixest", two_way(panel, errors="nested")),
        ("two-way, naive errors", two_way(panel, errors="naive")),
    ):
        yield row(name, one.value, one.interval, truth)
    if case == "few places":
        wild = wild_bootstrap(panel, seed=which, null=truth, replications=WILD)
        yield ("two-way, wild bootstrap", wild.value - truth, wild.p > 0.05, float("nan"))


def sizes(panel: Panel, which: int) -> Iterator[Row]:
    """Whether each test rejects on a panel without an effect."""
    two: Estimate = two_way(panel)
    yield (
        "joint test before treatment, Hotelling",
        0.0,
        pretrends(group_time(panel)).p >= 0.05,
        float("nan"),
    )
    yield (
        "randomisation inference",
        two.value,
        randomisation(panel, seed=which, replications=WILD).p > 0.05,
        float("nan"),
    )
    yield ("two-way, clustered, t test", two.value, two.p >= 0.05, float("nan"))


def batches(many: int) -> tuple[Batch, ...]:
    """A third of the counties never treated, the others in three batches."""
    never = many // 3
    parts = [len(part) for part in np.array_split(range(many - never), 3)]
    firsts = zip((NEVER, 2014, 2015, 2016), (never, *parts), strict=True)
    return tuple(Batch(first, counties, True) for first, counties in firsts)


def small_sizes(panel: Panel, which: int) -> Iterator[Row]:
    """What else is printed where clusters are few, and what the joint test was before."""
    effects = group_time(panel)
    before = pretrends(effects)
    rejected = chi2.sf(before.statistic, before.df) < 0.05
    yield "joint test before treatment, chi-squared as in did", 0.0, not rejected, float("nan")
    wild = wild_bootstrap(panel, seed=which, replications=WILD)
    yield "two-way, wild bootstrap", wild.value, wild.p > 0.05, float("nan")
    for way in ("simple", "event", "group", "calendar"):
        one = aggregate(effects, way)
        yield row(f"group-time, {way}", one.att, one.interval, 0.0)
    for name, found in (("imputation", imputation(panel)), ("two-way, clustered", two_way(panel))):
        yield row(name, found.value, found.interval, 0.0)


def row(name: str, value: float, ends: tuple[float, float], truth: float) -> Row:
    """One interval held against the truth."""
    return name, value - truth, ends[0] <= truth <= ends[1], ends[1] - ends[0]


def chunk(case: str, start: int, end: int) -> tuple[list[tuple[str, Row]], float]:
    """Some panels of a case, in a process of its own, and the seconds of processor time that they took."""
    before = time.process_time()
    return [
        (case, one) for which in range(start, end) for one in replicate(case, which)
    ], time.process_time() - before


def study(replications: int, step: Callable[[str, int], None]) -> tuple[pd.DataFrame, float]:
    """Every case, in two processes; the same rows in whatever order they are made.

    Returns
    -------
    DataFrame, float
        ``case``, ``who``, ``bias``, ``spread`` (standard deviation of the estimates), ``covered`` (percent), ``length`` (mean, of the intervals), ``panels``;
        and seconds of processor time for each process.
    """
    os.environ.update(pinned(os.environ))
    parts = [
        (case, start, min(start + CHUNK, replications))
        for case in CASES
        for start in range(0, replications, CHUNK)
    ]
    rows: list[tuple[str, Row]] = []
    busy = 0.0
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(chunk, *one): one for one in parts}
        for done in as_completed(waiting):
            some, took = done.result()
            rows, busy = rows + some, busy + took
            step(waiting[done][0], waiting[done][2] - waiting[done][1])
    return summary(rows), busy / PROCESSES


def summary(rows: list[tuple[str, Row]]) -> pd.DataFrame:
    """Bias, spread, coverage and length of each way in each case."""
    frame = pd.DataFrame(
        [(case, *one) for case, one in rows], columns=["case", "who", "error", "covered", "length"]
    )
    frame = frame.sort_values(
        ["case", "who", "error"], kind="stable"
    )  # sums do not depend on which process was first
    found = frame.groupby(["case", "who"], sort=False).agg(
        bias=("error", "mean"),
        spread=("error", "std"),
        covered=("covered", "mean"),
        length=("length", "mean"),
        panels=("error", "size"),
    )
    return found.reset_index().assign(covered=lambda table: table["covered"] * 100)


def sections(found: pd.DataFrame, each: float) -> list[Section]:
    """One part for each case, with its targets."""
    made = []
    for case, about in CASES.items():
        own = found[found["case"] == case]
        targets, rows = [], []
        for one in own.itertuples():
            rows.append(cells(case, one))
            targets += target(case, one)
        header = (
            ("test", "rejects, %")
            if is_size(case)
            else (
                "estimator and interval",
                "bias, log points",
                "spread of estimates",
                "mean length",
                "holds the truth, %",
                "claims 95 %",
            )
        )
        if case == next(iter(CASES)):
            targets.append(
                Target("seconds of processor time for each of the two processes", each, LONGEST)
            )
        made.append(Section(case.capitalize(), about, header, rows, targets))
    return made


def held(case: str) -> set[str]:
    """Tests that the study prints without a warning; with fewer than 40 clusters the bootstrap stands for the t test."""
    if not case.endswith("clusters"):
        return set(HOLDS)
    few = int(case.split()[0]) < FEW_CLUSTERS
    return {"randomisation inference", "two-way, wild bootstrap" if few else HOLDS[-1]}


def is_size(case: str) -> bool:
    """Whether a case counts rejections where there is nothing to find."""
    return case == "no effect" or case.endswith("clusters")


def cells(case: str, one: object) -> tuple[str, ...]:
    """A row of a table as text."""
    if is_size(case):
        return one.who, f"{100 - one.covered:.1f}"
    length = "by test" if np.isnan(one.length) else f"{one.length:.5f}"
    return (
        one.who,
        f"{one.bias:+.5f}",
        f"{one.spread:.5f}",
        length,
        f"{one.covered:.1f}",
        "yes" if (case, one.who) in CLAIMS else "no",
    )


def target(case: str, one: object) -> list[Target]:
    """What a way claims, or shows by failing."""
    if is_size(case):
        return (
            [
                Target(
                    f"{case}: {one.who}: percentage points between its rejections and 5 %",
                    abs(one.covered - NOMINAL),
                    SIZE,
                )
            ]
            if one.who in held(case)
            else []
        )
    if (case, one.who) in CLAIMS:
        return [
            Target(
                f"{case}: {one.who}: percentage points between coverage and 95 %",
                abs(one.covered - NOMINAL),
                WITHIN,
            )
        ]
    return (
        [Target(f"{case}: {one.who}: coverage in percent, shown to fail", one.covered, NAIVE)]
        if (case, one.who) in FAILS
        else []
    )


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for results.md.")] = Path("build/bench/causal"),
    quick: Annotated[
        bool, typer.Option("--quick", help="Few panels: a look, no measurement.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Draw panels whose truth is known, and hold the coverage of every interval against its claim: 1 is returned if a target is missed.

    Two processes are used.

    Example: python benchmarks/causal_coverage.py --keep
    """
    console, busy, replications = Console(stderr=True), load_average(), QUICK if quick else FULL
    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(),
        TextColumn("{task.completed:g} of {task.total:g}"),
        TimeElapsedColumn(),
    )
    start = time.perf_counter()
    with Progress(*columns, console=console) as progress:
        tasks = {case: progress.add_task(case, total=replications) for case in CASES}
        found, each = study(replications, lambda case, many: progress.advance(tasks[case], many))
    took = time.perf_counter() - start
    about = (
        f"{replications:,} simulated panels for each case, drawn as in notebook 11, in {PROCESSES} processes: {seconds(each)} of processor time for each, which is how long it takes on two free cores, and {seconds(took)} by the clock in this run. With so many panels, a coverage of 95 % is measured to within "
        f"{number(196 * (0.95 * 0.05 / replications) ** 0.5)} percentage points. Bootstrap and randomisation with {WILD} replications each; the bootstrap tests the truth itself, which its interval holds where the test does not reject."
    )
    shown = sections(found, each)
    text = page(
        TITLE,
        about,
        shown,
        command="python benchmarks/causal_coverage.py" + " --quick" * quick,
        busy=busy,
        packages=PACKAGES,
    )
    raise typer.Exit(finish(text, shown, out=out, keep=keep))


if __name__ == "__main__":
    app()
