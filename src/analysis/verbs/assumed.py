"""The verbs that rest on assumptions or on somebody's own data: scenarios, and the causal design."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.methods import scenarios
from analysis.methods.scenarios import sensitivity
from analysis.methods.scenarios.draw import DRAWS, READING, Drawn
from analysis.methods.scenarios.readings import COMPARED
from analysis.records.errors import QuantityError, UnknownIdError
from analysis.records.load import Records, load
from analysis.themes import one_scenario

if TYPE_CHECKING:
    from analysis.records.panel_cells import Source
    from analysis.verbs.causal_answer import Answer


def scenario(
    scenario_id: str,
    *,
    reading: str = READING,
    draws: int = DRAWS,
    assume: Mapping[str, float | tuple[float, float]] | None = None,
) -> Drawn:
    """A scenario, drawn: ``.table()`` has its ranges, ``.inputs()`` what was assumed, each with its source.

    Parameters
    ----------
    scenario_id : str
        See ``analysis list scenarios``.
    reading : {"half unit", "next digit", "one-sided", "other language"}
        How figures as stated are read.
    draws : int
        At least so many, in eight Latin hypercubes whose spread gives the Monte Carlo error.
    assume : mapping, optional
        Assumption to another value, or to other ends (low, high), in the unit of ``assumptions.csv``.

    Examples
    --------
    >>> scenario("canton-fair.extra-income-limits").table()["p50"].round(1).tolist()
    [9.3]
    >>> inputs = scenario("labor.net-uplift", assume={"labor-cost-share": (0.2, 0.6)}).inputs().set_index("input")
    >>> inputs.loc["assumed:labor-cost-share", ["low", "high"]].tolist()
    [0.2, 0.6]
    """
    records = assumed(load(), assume or {})
    return scenarios.draw(records, one_scenario(records, scenario_id), reading=reading, draws=draws)


def assumed(records: Records, given: Mapping[str, float | tuple[float, float]]) -> Records:
    """The records with other ends of some assumptions.

    Raises
    ------
    UnknownIdError
        If there is no such assumption.
    QuantityError
        If the ends are not a value, or a low and a high one.
    """
    if not given:
        return records
    table = records.assumptions.set_index("assumption_id", drop=False)
    for name, ends in given.items():
        if name not in table.index:
            raise UnknownIdError("assumption", name, table.index)
        low, high = ends if isinstance(ends, tuple) else (ends, ends)
        if not low <= high:
            raise QuantityError(f"{name}: {ends!r} is neither a value nor a low and a high end")
        row = table.loc[name]
        within = low <= row["central"] <= high
        shape = "fixed" if low == high else "uniform" if row["shape"] == "fixed" else row["shape"]
        changed = (low, row["central"] if within else (low + high) / 2, high, shape)
        table.loc[name, ["low", "central", "high", "shape"]] = changed
    return dataclasses.replace(records, assumptions=table.reset_index(drop=True))


def compare_readings(scenario_id: str, readings: Iterable[str] = COMPARED) -> pd.DataFrame:
    """The ranges of a scenario under several readings, side by side.

    Examples
    --------
    >>> compare_readings("canton-fair.extra-income-limits")["reading"].tolist()
    ['half unit', 'next digit', 'one-sided']
    """
    records = load()
    return scenarios.compare_readings(
        records, one_scenario(records, scenario_id), readings=readings
    )


def compare_priors(scenario_id: str, *, reading: str = READING) -> pd.DataFrame:
    """The ranges of a scenario under several priors for what no source narrows, side by side.

    Where they differ much, a percentile says more of the prior than of the documents.

    Examples
    --------
    >>> compare_priors("canton-fair.extra-income-limits")["p5"].round(3).tolist()
    [0.249, 0.005, 1.62, 0.017]
    """
    records = load()
    return scenarios.compare_priors(records, one_scenario(records, scenario_id), reading=reading)


def tornado(scenario_id: str, output: str | None = None, *, reading: str = READING) -> pd.DataFrame:
    """What each input of a scenario moves alone, from its 5 to its 95 % point; the largest swing first.

    Of what no source narrows, the points are those of a prior: it restates the width that was chosen.

    Parameters
    ----------
    scenario_id : str
    output : str, optional
        One of its outputs; by default the first.
    reading : str

    Examples
    --------
    >>> tornado("labor.net-uplift")["input"].iloc[0]
    'assumed:labor-cost-share'
    """
    records = load()
    return sensitivity.tornado(records, one_scenario(records, scenario_id), output, reading=reading)


def sobol_indices(
    scenario_id: str, output: str | None = None, *, reading: str = READING
) -> pd.DataFrame:
    """The parts of the variance of a scenario's results that each input holds, alone and in all.

    Of what no source narrows, the spread is that of a prior: the part restates the width that was chosen.

    Parameters
    ----------
    scenario_id : str
    output : str, optional
        One of its outputs; by default all of them.
    reading : str

    Examples
    --------
    >>> sobol_indices("canton-fair.extra-income-limits")["total"].round(2).tolist()[0]
    0.43
    """
    records = load()
    chosen = one_scenario(records, scenario_id)
    return sensitivity.sobol_indices(records, chosen, output, reading=reading)


def causal_study(
    roster: Source,
    outcomes: Source,
    *,
    unit: str = "county",
    time: str = "year",
    outcome: str = "outcome",
    first_treated: str = "first_treated",
    cluster: str = "cluster",
    treated: str = "",
    weights: str = "",
    covariates: Sequence[str] = (),
    balanced: str = "keep",
    unmatched: str = "refuse",
    log_outcome: bool = False,
    seed: int = 1,
    replications: int = 999,
    step: Callable[[str], None] = lambda _: None,
) -> Answer:
    r"""Estimates, tests and their notes from two tables: who was treated when, and the outcomes of every county and year.

    Parameters
    ----------
    roster, outcomes : path or DataFrame
        CSV, XLSX or Parquet; may be the same table. What is accepted is in ``docs/causal_data.md``.
    unit, time, outcome, first_treated, cluster, treated : str
        Columns; without a cluster each county is its own; ``treated`` is 1 in the years treated, in place of ``first_treated``.
    weights, covariates : str, sequence of str
        Columns of either table: how much a county counts, such as its population, and what trends may depend on.
    balanced, unmatched : {"keep", "drop"}, {"refuse", "drop"}
        What becomes of a county without an outcome in some year, and of one that stands in one table only; the notes state the loss.
    log_outcome : bool
        The outcome is a natural logarithm: estimates are also given as a share.
    seed, replications, step : int, int, callable
        Of bands, bootstrap and randomisation; called with the name of each part before it begins.

    Raises
    ------
    DataError
        With every problem of the tables: file, row, column, and what is allowed.

    Examples
    --------
    >>> rows = [(county, year, (year >= 2016 + (county == "b")) * (county in "ab")) for county in "abcd" for year in range(2014, 2019)]
    >>> roster = pd.DataFrame({"county": list("abcd"), "first_treated": [2016, 2017, None, None]})
    >>> found = causal_study(roster, pd.DataFrame(rows, columns=["county", "year", "outcome"]))
    >>> round(float(found.estimates.set_index("estimator").loc["imputation", "estimate"]), 6)
    1.0
    """
    from analysis.records.panels import Columns
    from analysis.verbs.causal_answer import answer

    given = unit, time, outcome, first_treated, cluster, treated, weights, tuple(covariates)
    how: dict[str, Any] = {
        "seed": seed,
        "replications": replications,
        "log_outcome": log_outcome,
        "step": step,
    }
    return answer(roster, outcomes, Columns(*given), balanced, unmatched, **how)
