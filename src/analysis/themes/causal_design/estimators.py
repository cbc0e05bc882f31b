"""How estimators fare on simulated panels whose truth is known: bias, comparisons, specifications, power."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.methods.causal.aggregate import aggregate
from analysis.methods.causal.calibration import ASSUMED, design, example, listed
from analysis.methods.causal.estimators import bacon, group_time, imputation
from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.power import percent_change, power_of, smallest_detectable
from analysis.methods.causal.randomisation import randomisation
from analysis.methods.causal.simulate import Batch, Design, simulate
from analysis.methods.causal.specifications import SPECIFICATIONS, curve, identified
from analysis.methods.causal.two_way import two_way
from analysis.methods.causal.wild import wild_bootstrap, wild_interval
from analysis.methods.scenarios.readings import assumption
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

SEED = 2014
REPLICATIONS = 25  # panels behind the bias of each estimator
POWER_REPLICATIONS = 3  # panels behind each standard error: it hardly varies
SIZES = (50, 100, 200, 400, 832)  # counties with outcomes; the last is the whole list
NOISE = (1, 2, 3)  # times the assumed deviation of a county, the baseline
FEW = (
    (2014, 3),
    (2016, 4),
    (2018, 4),
    (NEVER, 4),
)  # first year treated and number of places: as if provinces were chosen

ESTIMATORS = (  # identifier, what it uses, what it does
    "group-time",
    "imputation",
    "two-way, to 2018",
    "two-way, all years",
    "before and after",
    "other counties as comparison",
)


# -- bias ------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4)
def _replications(records: Records, replications: int, seed: int) -> pd.DataFrame:
    rows = []
    for number in range(replications):
        drawn = simulate(design(records), seed=np.random.SeedSequence([seed, number]))
        whole = listed(drawn)
        used = identified(whole)
        for name, panel, answer in (
            ("group-time", used, _group_time),
            ("imputation", used, _imputation),
            ("two-way, to 2018", used, _two_way),
            ("two-way, all years", whole, _two_way),
            ("before and after", used, _before_and_after),
            (
                "other counties as comparison",
                drawn.panel.of(drawn.listed | (drawn.panel.first == NEVER)),
                _never,
            ),
        ):
            rows.append((name, number, answer(panel), drawn.truth(panel)))
    return pd.DataFrame(rows, columns=["estimator", "replication", "estimate", "truth"])


def bias(records: Records, *, replications: int = REPLICATIONS, seed: int = SEED) -> pd.DataFrame:
    """Simulated bias of each estimator of the average effect on treated county-years, in log points.

    Parameters
    ----------
    records : Records
    replications, seed : int

    Returns
    -------
    DataFrame
        ``estimator``, ``truth`` (over the county-years that it uses), ``mean`` of the estimates, ``low``, ``high`` (their 5 and 95 %
        points), ``bias``, ``replications``. How often intervals hold the truth takes more panels: ``benchmarks/causal_coverage.py``.
    """
    rows = []
    for name in ESTIMATORS:
        own = _replications(records, replications, seed).query("estimator == @name")
        mean, truth = own["estimate"].mean(), own["truth"].mean()
        rows.append(
            (name, truth, mean, *own["estimate"].quantile([0.05, 0.95]), mean - truth, len(own))
        )
    table = pd.DataFrame(
        rows, columns=["estimator", "truth", "mean", "low", "high", "bias", "replications"]
    )
    return table.round({name: 5 for name in ("truth", "mean", "low", "high", "bias")})


def _group_time(panel: Panel) -> float:
    return aggregate(group_time(panel)).att


def _never(panel: Panel) -> float:
    return aggregate(group_time(panel, comparison="never")).att


def _imputation(panel: Panel) -> float:
    return imputation(panel).value


def _two_way(panel: Panel) -> float:
    return two_way(panel).value


def _before_and_after(panel: Panel) -> float:
    """Treated county-years less the last year before, without any comparison."""
    last = np.array([panel.place(year - 1) if year in panel.groups else 0 for year in panel.first])
    change = panel.outcome - panel.outcome[np.arange(len(last)), last][:, None]
    return float(change[panel.treated].mean())


# -- comparisons and specifications ----------------------------------------------------------------


def comparisons(records: Records, *, seed: int = SEED) -> pd.DataFrame:
    """Two-by-two comparisons in the simulated two-way coefficient over all years, in log points.

    Returns
    -------
    DataFrame
        As ``bacon``, rounded.
    """
    return bacon(listed(example(records, seed=seed))).round({"estimate": 6, "weight": 6})


def specifications(records: Records, *, seed: int = SEED) -> pd.DataFrame:
    """The list of specifications, written beforehand, on the simulated panel of poverty counties.

    Returns
    -------
    DataFrame
        As ``curve``, rounded, in the order of the list; ``truth`` is that of the county-years used by most.
    """
    drawn = example(records, seed=seed)
    panel = listed(drawn)
    return (
        curve(panel, SPECIFICATIONS)
        .round({name: 6 for name in ("estimate", "se", "low", "high")})
        .assign(truth=round(drawn.truth(identified(panel)), 6))
    )


# -- few clusters ----------------------------------------------------------------------------------


def few_clusters(records: Records, *, seed: int = SEED) -> pd.DataFrame:
    """A simulated panel of few places without any effect: intervals and p-values by several ways, in log points.

    Returns
    -------
    DataFrame
        ``way``, ``estimate``, ``low``, ``high`` (95 %; none by randomisation), ``p`` of no effect.
    """
    panel = simulate(few(design(records)), seed=seed).panel
    naive, own = two_way(panel, errors="naive"), two_way(panel)
    rows = [
        (name, one.value, *one.interval, one.p)
        for name, one in (("naive errors", naive), ("clustered errors, t distribution", own))
    ]
    rows.append(
        (
            "wild cluster bootstrap",
            own.value,
            *wild_interval(panel, seed=seed),
            wild_bootstrap(panel, seed=seed).p,
        )
    )
    rows.append(
        ("randomisation inference", own.value, np.nan, np.nan, randomisation(panel, seed=seed).p)
    )
    return pd.DataFrame(rows, columns=["way", "estimate", "low", "high", "p"]).round(
        {"estimate": 5, "low": 5, "high": 5, "p": 3}
    )


def few(whole: Design, *, effect: float = 0.0) -> Design:
    """A design of few places, each a cluster of its own, with an effect that does not grow."""
    return dataclasses.replace(
        whole,
        batches=tuple(Batch(first, places) for first, places in FEW),
        effect_first=effect,
        effect_growth=0.0,
    )


# -- power -----------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=4)
def power(records: Records, *, seed: int = SEED) -> pd.DataFrame:
    """Smallest average effect that the simulated design finds with a power of 80 %, by number of counties with outcomes.

    Returns
    -------
    DataFrame
        ``noise`` (times the assumed deviation of a county), ``counties``, ``se`` (log points), ``smallest`` (log points),
        ``share`` (the same as a share of income).
    """
    rows = []
    for noise in NOISE:
        for counties in SIZES:
            se = float(
                np.mean(
                    [
                        standard_error(
                            records,
                            counties,
                            noise=noise,
                            seed=np.random.SeedSequence([seed, number]),
                        )
                        for number in range(POWER_REPLICATIONS)
                    ]
                )
            )
            smallest = smallest_detectable(se, counties - 1)
            rows.append((noise, counties, se, smallest, percent_change(smallest)))
    return pd.DataFrame(rows, columns=["noise", "counties", "se", "smallest", "share"]).round(
        {"se": 6, "smallest": 6, "share": 5}
    )


def standard_error(
    records: Records, counties: int, *, noise: float, seed: np.random.SeedSequence
) -> float:
    """Standard error of the simulated group-time average with outcomes of some poverty counties, drawn in each batch alike, in log points."""
    own = thinned(design(records), counties, noise=noise)
    return aggregate(group_time(identified(simulate(own, seed=seed).panel))).overall.se


def thinned(whole: Design, counties: int, *, noise: float = 1.0) -> Design:
    """A design with only some of the poverty counties, in each batch alike, and deviations some times as large."""
    own = [batch for batch in whole.batches if batch.listed]
    total = sum(batch.counties for batch in own)
    ends = np.round(np.cumsum([batch.counties for batch in own]) * counties / total).astype(int)
    sizes = np.diff(ends, prepend=0)
    kept = tuple(
        dataclasses.replace(batch, counties=int(size))
        for batch, size in zip(own, sizes, strict=True)
        if size
    )
    return dataclasses.replace(
        whole,
        batches=kept,
        residual_sd=whole.residual_sd * noise,
        growth_sd=whole.growth_sd * noise,
    )


def found_again(
    records: Records, counties: int, *, replications: int = 100, seed: int = SEED
) -> tuple[float, float]:
    """Share of simulated panels in which an effect of the smallest size is found, and what the formula says."""
    se = standard_error(
        records, counties, noise=1, seed=np.random.SeedSequence([seed, replications])
    )
    effect = smallest_detectable(se, counties - 1)
    own = dataclasses.replace(
        thinned(design(records), counties), effect_first=effect, effect_growth=0.0
    )
    hits = [
        aggregate(
            group_time(identified(simulate(own, seed=np.random.SeedSequence([seed, number])).panel))
        ).overall.interval[0]
        > 0
        for number in range(replications)
    ]
    return float(np.mean(hits)), power_of(effect, se, counties - 1)


# -- findings --------------------------------------------------------------------------------------


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """What the conventions of the simulation come to: parts of the variance of growth, and the planted effect beside growth and levels."""
    given = {name: assumption(records, row) for name, row in ASSUMED.items()}
    own = (
        given["residual_sd"] * given["residual_sd"] * 2
        - given["residual_sd"] * given["residual_sd"] * given["persistence"] * 2
    )
    yield result("causal.growth-variance-own", own)
    yield result("causal.growth-variance-common", given["growth_sd"] * given["growth_sd"] - own)
    yield result("causal.planted-effect-over-growth", given["effect_first"] / given["growth"])
    yield result(
        "causal.planted-rise-over-level-spread", given["effect_growth"] / given["level_sd"]
    )
