"""What simulated panels are calibrated to: batches as reported, incomes as reported, and conventions with their row of data."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np

from analysis.bounds.observed import observed
from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.simulate import Batch, Design, Simulated, simulate
from analysis.methods.scenarios.readings import assumption
from analysis.records.load import Records

BATCH, POOR_COUNTIES = "demo-counties-batch", "demo-pc-cum"
POOR_INCOME, RURAL_INCOME = "cn-povarea-inc", "cn-rural-inc"
SERIES = (BATCH, POOR_COUNTIES, POOR_INCOME, RURAL_INCOME)
BATCH_YEARS = tuple(range(2014, 2020))
YEARS = tuple(range(2011, 2021))
EARLY = 3  # batches of which only the sum of poverty counties is reported
INCOME_YEARS = ("2013", "2019")  # both incomes by the integrated survey
ASSUMED = {  # field of the design: row of data/assumptions.csv
    "growth": "causal-growth-mean",
    "growth_sd": "causal-growth-sd",
    "residual_sd": "causal-residual-sd",
    "persistence": "causal-residual-persistence",
    "level_sd": "causal-level-sd",
    "effect_first": "causal-effect-first-year",
    "effect_growth": "causal-effect-further-year",
}


@functools.lru_cache(maxsize=4)
def batches(records: Records) -> tuple[Batch, ...]:
    """Reported batches, each divided into poverty counties and others, and as many others that never join.

    Poverty counties of the three first batches are their reported sum, divided as the batches are; of each later batch what reported
    coverage grew by. The list of 2017 prints one poverty county fewer than coverage grew by in that year, and that of 2019 names some
    that had been chosen before: coverage is what comparisons rest on.
    """
    size = {year: _count(records, BATCH, str(year)) for year in BATCH_YEARS}
    covered = {year: _count(records, POOR_COUNTIES, str(year)) for year in BATCH_YEARS[EARLY - 1 :]}
    early, later = BATCH_YEARS[:EARLY], BATCH_YEARS[EARLY:]
    parts = shared(covered[early[-1]], [size[year] for year in early])
    listed = dict(zip(early, parts, strict=True))
    listed |= {year: covered[year] - covered[year - 1] for year in later}
    found = [Batch(year, listed[year]) for year in BATCH_YEARS] + [
        Batch(year, size[year] - listed[year], listed=False) for year in BATCH_YEARS
    ]
    return (
        *found,
        Batch(NEVER, sum(batch.counties for batch in found if not batch.listed), listed=False),
    )


@functools.lru_cache(maxsize=4)
def design(records: Records) -> Design:
    """The simulated panel's design, in log points."""
    given = {name: assumption(records, row).value for name, row in ASSUMED.items()}
    return Design(
        batches=batches(records),
        years=YEARS,
        growth_other=given["growth"] - growth_gap(records),
        **given,
    )


@functools.lru_cache(maxsize=8)
def example(records: Records, *, seed: int) -> Simulated:
    """The simulated panel of all counties that a seed gives, listed and others."""
    return simulate(design(records), seed=seed)


def listed(simulated: Simulated) -> Panel:
    """Its poverty counties, all of which are treated in the end."""
    return simulated.panel.of(simulated.listed)


def growth_gap(records: Records) -> float:
    """How much faster income per person grew a year in poverty areas than in all rural areas, in log points, as reported."""
    start, end = INCOME_YEARS
    poor, rural = (
        np.log(observed(records, name, end).value / observed(records, name, start).value)
        for name in (POOR_INCOME, RURAL_INCOME)
    )
    return float(poor - rural) / (int(end) - int(start))


def shared(total: int, sizes: Sequence[int]) -> list[int]:
    """A whole number divided as some sizes are, by largest remainders.

    Examples
    --------
    >>> shared(10, [1, 1, 1])
    [4, 3, 3]
    """
    exact = [total * size / sum(sizes) for size in sizes]
    found = [int(part) for part in exact]
    for place in sorted(range(len(sizes)), key=lambda place: found[place] - exact[place])[
        : total - sum(found)
    ]:
        found[place] += 1
    return found


def _count(records: Records, series_id: str, period: str) -> int:
    return round(observed(records, series_id, period).value)
