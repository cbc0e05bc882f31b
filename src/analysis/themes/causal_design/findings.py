"""What identification there is in the roll-out: poverty counties without the demonstration, by date, and what follows for a design."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.observed import observed
from analysis.methods.causal.calibration import (
    BATCH,
    POOR_COUNTIES,
    SERIES,
    example,
    growth_gap,
    listed,
)
from analysis.methods.causal.panel import Panel
from analysis.methods.causal.study import Study, study
from analysis.records.load import Records
from analysis.records.periods import decimal_year
from analysis.records.series import best
from analysis.words.findings import Result, as_findings, result

__all__ = ["BATCH", "POOR_COUNTIES", "SEED", "SERIES"]
SEED = 2014  # of the panel that the notebook shows; any other would do
ALL_COVERED = "2019"


# -- reported --------------------------------------------------------------------------------------


def left(records: Records) -> pd.DataFrame:
    """Poverty counties without the demonstration, as reported and in the simulated roster.

    Returns
    -------
    DataFrame
        ``source`` (``reported``, ``simulated``), ``year``, ``when`` (year with its part; batches at the end of their year), ``left`` and
        ``covered`` (counties).
    """
    whole = observed(records, POOR_COUNTIES, ALL_COVERED).value
    rows = best(records, POOR_COUNTIES).drop_duplicates("value")
    reported = [
        ("reported", int(day[:4]), round(decimal_year(day), 3), whole - covered, covered)
        for day, covered in zip(rows["period_end"], rows["value"], strict=True)
    ]
    simulated = [
        ("simulated", row.year, float(row.year) + 1, float(row.untreated), float(row.treated))
        for row in poverty_counties(records).untreated().itertuples()
    ]
    return pd.DataFrame(reported + simulated, columns=["source", "year", "when", "left", "covered"])


# -- simulated -------------------------------------------------------------------------------------


def poverty_counties(records: Records, *, seed: int = SEED) -> Panel:
    """The simulated panel of poverty counties, log income per person, 2011 to 2020."""
    return listed(example(records, seed=seed))


def example_tables(records: Records, *, seed: int = SEED) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same panel as somebody would bring it: a roster (``county``, ``first_treated``) and outcomes (``county``, ``year``, ``log_income``)."""
    panel = poverty_counties(records, seed=seed)
    outcomes = pd.DataFrame(panel.outcome, index=list(panel.units), columns=list(panel.years))
    long = outcomes.rename_axis("county").reset_index().melt("county", None, "year", "log_income")
    return pd.DataFrame({"county": panel.units, "first_treated": panel.first}), long


@functools.lru_cache(maxsize=4)
def worked_example(records: Records, *, seed: int = SEED) -> Study:
    """Everything that is done with a panel, done with the simulated one of poverty counties."""
    return study(poverty_counties(records, seed=seed), seed=seed, log_outcome=True)


def events(records: Records, *, seed: int = SEED) -> pd.DataFrame:
    """Simulated effects by years since treatment, beside the planted truth, in log points.

    Returns
    -------
    DataFrame
        ``event`` (years since the first treated one), ``att``, ``low``, ``high``, ``truth``.
    """
    found = worked_example(records, seed=seed)
    simulated, used = example(records, seed=seed), found.used
    by_event: dict[int, float] = {}
    for group in used.groups:
        effect = simulated.effect[simulated.panel.first == group][0]
        by_event |= {
            int(year) - group: float(effect[simulated.panel.place(year)]) for year in used.years
        }
    rows = found.events.rename(columns={"key": "event"})[["event", "att", "low", "high"]].round(6)
    return rows.assign(truth=rows["event"].map(by_event).round(6))


def gap(records: Records) -> float:
    """Reported growth of income in poverty areas over that of all rural areas, log points a year: what other counties as comparison would add."""
    return growth_gap(records)


# -- findings --------------------------------------------------------------------------------------


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Poverty counties that were left without the demonstration at the dates for which coverage is reported."""
    whole = observed(records, POOR_COUNTIES, ALL_COVERED)
    for year in ("2016", "2017", "2018"):
        yield result(
            f"causal.poverty-counties-left-{year}", whole - observed(records, POOR_COUNTIES, year)
        )
    yield result("causal.poverty-counties-covered-2019", whole)
