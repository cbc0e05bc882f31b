"""Simulation study of the causal design: how often each printed interval misses the truth, and each printed test rejects what is true.

Panels are drawn with a known truth, one seed for each; the results are a table with targets.
"""

from __future__ import annotations

import dataclasses
import functools
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import pandas as pd
import typer
from report import finish, page
from report import load as load_average
from results import Section, Target, number, seconds
from rich.console import Console
from rich.progress import track

from analysis.methods.causal import (
    FEW_CLUSTERS,
    NEVER,
    Panel,
    aggregate,
    imputation,
    pretrends,
    randomisation,
    sun_abraham,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.aggregate import WAYS
from analysis.methods.causal.calibration import design
from analysis.methods.causal.honest import honest
from analysis.methods.causal.inference import Estimate, band
from analysis.methods.causal.simulate import Batch, Design, Simulated, simulate
from analysis.methods.causal.specifications import identified
from analysis.methods.causal.study import FIRST_YEARS
from analysis.records.errors import QuantityError
from analysis.records.load import load
from analysis.themes.causal_design.by_hand import group_time_by_hand

TITLE = "Simulation study of the causal design"
PACKAGES = ("diff-diff", "numpy", "scipy", "pandas")
FULL, QUICK, BLOCK = 2000, 40, 250
SEED, WILD, BAND = 20190, 399, 500  # of every panel; replications of a bootstrap; draws of a band
NOMINAL, WITHIN = 5.0, 2.0  # percent, percentage points
FEW = (22, 31, 60, 100)
CASES = {
    f"{many} clusters": f"{many} counties, each a cluster, 2011 to 2020, without an effect: a third never treated, the others first treated in 2014, 2015 and 2016."
    for many in FEW
}
CASES |= {
    "832 clusters": "The poverty counties of the roster, 2011 to 2018: 0.02 log points in the first year and 0.01 more in each further one. Nobody is untreated throughout, and the first batch has 30 counties. The two-way coefficient is no average of such effects; that it misses is what notebook 11 shows.",
    "31 provinces": "31 provinces of five counties, treated as a whole in the same three batches, without an effect, with shocks that a province shares; clusters are provinces.",
    "31 provinces, batches mixed": "31 provinces of ten counties with shared shocks, without an effect; counties of one province are treated in different years, and clusters are provinces.",
}
TRUE_EFFECT = "832 clusters"
NO_CLAIM = ("two-way, interval", "no effect, two-way", "no effect, randomisation")  # there
HONEST_TIMES = 0.5  # the least room of those printed: what allows more misses less
HONEST = {1: "honest bounds, first year", FIRST_YEARS: f"honest bounds, {FIRST_YEARS} years"}
BAND_NAME = "band of all event times"
AT_MOST = (BAND_NAME, *HONEST.values())  # promise at least 95 %

app = typer.Typer(add_completion=False, rich_markup_mode=None)
PARTS = "group-time and two-way", "the other estimators and honest bounds"
LISTED: dict[str, dict[str, Any]] = {  # of the list of specifications
    "group-time, never treated": {"comparison": "never"},
    "group-time, one year anticipated": {"anticipation": 1},
}
Row = tuple[str, bool, float]  # who, whether it misses, length


@functools.cache
def drawn_from(case: str) -> Design:
    """The design of a case."""
    whole = design(load())
    if case == TRUE_EFFECT:
        return dataclasses.replace(whole, batches=tuple(one for one in whole.batches if one.listed))
    each = 10 if "mixed" in case else 5 if "provinces" in case else 1
    parts = batches(clusters(case), each)
    return dataclasses.replace(whole, batches=parts, effect_first=0.0, effect_growth=0.0)


def batches(many: int, each: int) -> tuple[Batch, ...]:
    """A third of the clusters never treated, the others in three batches; each cluster has so many counties."""
    parts = [len(part) for part in np.array_split(range(many - many // 3), 3)]
    firsts = zip((NEVER, 2014, 2015, 2016), (many // 3, *parts), strict=True)
    return tuple(Batch(first, counties * each, True) for first, counties in firsts)


def drawn(case: str, which: int) -> Simulated:
    """One simulated panel; a county of a province shares half of the variance of its deviation with the others."""
    seed = np.random.SeedSequence([SEED, list(CASES).index(case), which])
    found = simulate(drawn_from(case), seed=seed)
    if "provinces" not in case:
        return found
    panel, many, draws = found.panel, clusters(case), np.random.default_rng(seed.spawn(1)[0])
    counties = np.arange(len(panel.units))
    mixed = "mixed" in case
    first = draws.permutation(panel.first) if mixed else panel.first
    cluster = counties % many if mixed else counties // 5
    shared = np.zeros((many, len(panel.years)))
    for year in range(1, len(panel.years)):
        shared[:, year] = 0.5 * shared[:, year - 1] + draws.normal(0, 0.0085, many)
    outcome = panel.outcome + shared[cluster]
    moved = dataclasses.replace(panel, first=first, cluster=cluster, outcome=outcome)
    return dataclasses.replace(found, panel=moved)


def replicate(case: str, which: int, part: str) -> Iterator[Row]:
    """Every printed interval and test on one simulated panel.

    Parameters
    ----------
    case : str
        A key of ``CASES``.
    which : int
        Number of the panel: its seed.
    part : str
        One of ``PARTS``. Group-time effects are those by hand, which tests hold against the library.
    """
    whole = drawn(case, which)
    panel, own = identified(whole.panel), drawn_from(case)
    truth = whole.truth(panel) if case == TRUE_EFFECT else 0.0
    if part == PARTS[0]:
        yield from grouped(case, panel, which)
        yield from compared(panel, truth, which)
        return
    for name, estimator in (("imputation", imputation), ("Sun and Abraham", sun_abraham)):
        yield from missed(name, estimator(panel), truth)
    for name, how in LISTED.items():
        if how.get("comparison") != "never" or (panel.first == NEVER).any():
            found = aggregate(group_time_by_hand(panel, **how))
            yield from missed(name, found.overall, truth)
    yield from bounded(panel, own)


def bounded(panel: Panel, own: Design) -> Iterator[Row]:
    """Honest bounds of the first year and of the average of the first years, by every year before treatment."""
    effects = aggregate(group_time_by_hand(panel, base="universal"), "event")
    events, values = effects.table["key"].to_numpy(), effects.table["att"].to_numpy()
    before = int((events < 0).sum())
    for years, name in HONEST.items():
        used = slice(before + years)
        spread, target = effects.spread.total[used, used], np.full(years, 1 / years)
        row = honest(values[used], spread, before, target=target, times=[HONEST_TIMES]).iloc[0]
        truth = own.effect_first + own.effect_growth * (years - 1) / 2
        yield name, not row["low"] <= truth <= row["high"], row["high"] - row["low"]


@functools.cache
def planted(case: str) -> dict[str, tuple[float, np.ndarray]]:
    """True averages of each way and of its rows; groups do not change from panel to panel."""
    own, effects = drawn_from(case), group_time_by_hand(identified(drawn(case, 0).panel))
    each = own.effect_first + own.effect_growth * effects.table["event"]
    table = effects.table.assign(att=each.where(effects.after, 0.0))
    found = {way: aggregate(dataclasses.replace(effects, table=table), way) for way in WAYS}
    return {way: (one.att, one.table["att"].to_numpy()) for way, one in found.items()}


def grouped(case: str, panel: Panel, which: int) -> Iterator[Row]:
    """Averages of group-time effects, each of them, the band, and the test before treatment."""
    effects = group_time_by_hand(panel)
    right = planted(case) if case == TRUE_EFFECT else {}
    for way in WAYS:
        found = aggregate(effects, way)
        overall, each = right.get(way, (0.0, np.zeros(len(found.table))))
        yield from missed(f"group-time, {way}", found.overall, overall)
        if way in ("event", "group"):
            error = np.abs(found.table["att"].to_numpy() - each)
            half = (found.table["high"] - found.table["att"]).to_numpy()
            yield from (
                (f"each {way}", bool(one > most), 2 * most)
                for one, most in zip(error, half, strict=True)
            )
        if way == "event":
            wide = band(found.spread, seed=which, draws=BAND) * found.spread.se
            yield BAND_NAME, bool((error > wide).any()), 2 * float(wide.mean())
    try:
        yield "equal trends before treatment", pretrends(effects).p < 0.05, float("nan")
    except QuantityError:
        yield "equal trends before treatment: refused", False, float("nan")


def compared(panel: Panel, truth: float, which: int) -> Iterator[Row]:
    """The two-way coefficient: its interval, its tests."""
    two = two_way(panel)
    yield from missed("two-way, interval", two, truth)
    yield "no effect, two-way", two.p < 0.05, float("nan")
    if panel.clusters < FEW_CLUSTERS:
        p = wild_bootstrap(panel, seed=which, replications=WILD).p
        yield "no effect, wild bootstrap", p <= 0.05, float("nan")
    if panel.clusters == len(panel.units):
        p = randomisation(panel, seed=which, replications=WILD).p
        yield "no effect, randomisation", p <= 0.05, float("nan")


def missed(name: str, found: Estimate, truth: float) -> Iterator[Row]:
    """Whether an interval leaves out the truth."""
    low, high = found.interval
    yield name, not low <= truth <= high, high - low


def study(replications: int, part: str, folder: Path, console: Console) -> pd.DataFrame:
    """Every case, block after block; a block that stands in the folder is not drawn again.

    Returns
    -------
    DataFrame
        ``case``, ``who``, ``misses`` (percent), ``length`` (mean, of intervals), ``panels``, ``seconds`` (of the processor).
    """
    folder.mkdir(parents=True, exist_ok=True)
    places = [(case, start) for case in CASES for start in range(0, replications, BLOCK)]
    frames = []
    for case, start in track(places, description=part, console=console):
        file = folder / f"{PARTS.index(part)}-{case}-{start}.csv"
        if not file.exists():
            begun, rows = time.process_time(), []
            for which in range(start, min(start + BLOCK, replications)):
                rows += list(replicate(case, which, part))
            frame = pd.DataFrame(rows, columns=["who", "misses", "length"])
            frame["panels"] = 1.0
            frame = frame.groupby("who", sort=False)[["misses", "length", "panels"]].sum()
            frame.assign(case=case, seconds=time.process_time() - begun).to_csv(file)
        frames.append(pd.read_csv(file))
    found = pd.concat(frames).groupby(["case", "who"], sort=False).sum().reset_index()
    each = found["panels"]
    return found.assign(misses=100 * found["misses"] / each, length=found["length"] / each)


def sections(found: pd.DataFrame) -> list[Section]:
    """One part for each case, with its targets."""
    made = []
    for case, about in CASES.items():
        own = found[found["case"] == case]
        rows = [
            (
                one.who,
                f"{one.misses:.1f}",
                "" if np.isnan(one.length) or not one.length else f"{one.length:.5f}",
                said(case, one.who),
                f"{one.panels:,.0f}",
            )
            for one in own.itertuples()
        ]
        targets = [one for row in own.itertuples() for one in target(case, row)]
        header = (
            "what is printed",
            "misses or rejects, %",
            "mean length",
            "claims to miss",
            "draws",
        )
        made.append(Section(case.capitalize(), about, header, rows, targets))
    return made


def clusters(case: str) -> int:
    """Number of clusters of a case."""
    return int(case.split()[0])


def said(case: str, who: str) -> str:
    """What the figure claims: to miss 5 % of the time, at most so often, or nothing."""
    if case == TRUE_EFFECT and who in NO_CLAIM:
        return "none"
    most = case == TRUE_EFFECT and who.startswith("group-time")
    return "at most 5 %" if who in AT_MOST or most else "5 %"


def target(case: str, one: Any) -> list[Target]:
    """Whether it misses as often as it says, where enough panels were drawn to tell."""
    claim = said(case, one.who)
    if claim == "none" or one.who.endswith("refused") or one.panels < FULL:
        return []
    off = one.misses - NOMINAL
    measured = max(off, 0.0) if claim.startswith("at most") else abs(off)
    return [Target(f"{case}: {one.who}: percentage points from {NOMINAL:g} %", measured, WITHIN)]


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for results.md.")] = Path("build/bench/causal"),
    quick: Annotated[
        bool, typer.Option("--quick", help="Few panels: a look, no measurement.")
    ] = False,
    replications: Annotated[int, typer.Option(help="Panels of each case.")] = FULL,
    slow: Annotated[
        bool,
        typer.Option(
            "--slow", help="Also the other estimators and honest bounds: four times as long."
        ),
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Draw panels whose truth is known, and hold every printed interval and test against its claim: 1 is returned if a target is missed.

    Example: python benchmarks/causal_coverage.py --slow --keep
    """
    console, busy = Console(stderr=True), load_average()
    many = QUICK if quick else replications
    found = pd.concat(
        [study(many, part, out / f"of-{many}", console) for part in PARTS[: 1 + slow]]
    )
    took = seconds(found.drop_duplicates(["case", "seconds"])["seconds"].sum())
    about = (
        f"{many:,} simulated panels for each case, drawn as in notebook 11, in one process: {took} of processor time. "
        f"With so many panels, 5 % is measured to within {number(196 * (0.95 * 0.05 / many) ** 0.5)} percentage points. Bootstrap and randomisation with {WILD} replications each. "
        "Target: within two percentage points of 5 %; a band and an honest bound, which promise at least 95 %, and averages of group-time effects where they differ, whose errors also count that the sizes of groups are estimated, at most two above. With fewer than 2,000 panels nothing is claimed."
    )
    shown = sections(found)
    command = "python benchmarks/causal_coverage.py" + " --quick" * quick + " --slow" * slow
    text = page(TITLE, about, shown, command=command, busy=busy, packages=PACKAGES)
    raise typer.Exit(finish(text, shown, out=out, keep=keep))


if __name__ == "__main__":
    app()
