"""Sobol indices: the engine, which asks scipy, against SALib at the same number of evaluations."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import environment
import numpy as np
import pandas as pd
from accuracy import sobol
from footprint import seconds_of
from formulas import OUTPUTS, evaluate
from results import Section, Target, number, seconds
from scenario import READING, inputs, scenario

from analysis.methods.scenarios.sensitivity import INDEX_DRAWS, sobol_indices
from analysis.records.load import Records

POINTS = 8192  # of each of the two matrices
REFERENCE_BITS, REFERENCE_SETS = 17, 4
MOST_ERROR, MOST_SECONDS, LEAST_FASTER = 0.001, 1.0, 2.0
INPUTS = sum(len(names) for names in OUTPUTS.values())
OUTPUT_RUNS = POINTS * (
    INPUTS + 2 * len(OUTPUTS)
)  # where an output is calculated only for its own inputs
METHOD = (
    f"First-order and total indices of the three outputs, {POINTS:,} points in each of two matrices; without second order, which the engine does not have. "
    f"SALib samples, evaluates the vectorised model and analyses; its bootstrap has 100 resamples by default, and 1 at least. "
    f"The engine takes the points of each output in eight scrambles, whose spread is its error, and {INDEX_DRAWS:,} by default. "
    f"SALib has one sample of the nine inputs for the three outputs, as its documentation shows; who splits the model by hand, with a sample for each output, makes it faster: that is shown too. "
    f"Converged: Jansen's formula on {REFERENCE_SETS} x 2^{REFERENCE_BITS} Sobol points of scipy."
)
Totals = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Way:
    """One way to the indices: runs of the model, outputs calculated in them, median seconds, largest error of a total index."""

    name: str
    runs: str
    outputs: str
    time: float
    error: float
    together: bool = False
    resamples: int = 0


def converged(specification: dict) -> Totals:
    """Total indices by Jansen's formula on many of scipy's Sobol points."""
    found: list[Totals] = []
    for seed in range(REFERENCE_SETS):
        first, second = sobol(specification, REFERENCE_BITS, seed, copies=2)
        made: Totals = {}
        for output, names in OUTPUTS.items():
            at_first, at_second = evaluate(output, first), evaluate(output, second)
            variance = np.concatenate([at_first, at_second]).var()
            for name in names:
                mixed = evaluate(output, first | {name: second[name]})
                made[output, name] = float(np.mean((at_first - mixed) ** 2) / (2 * variance))
        found.append(made)
    return {key: float(np.mean([made[key] for made in found])) for key in found[0]}


def of_engine(records: Records, table: pd.DataFrame) -> Totals:
    """Total indices by the names of ``formulas``; inputs that the engine leaves out are fixed."""
    keys = {next(iter(bounds.variables)): key for key, bounds in inputs(records).items()}
    return {(row.output, keys[row.input]): row.total for row in table.itertuples()}


def largest_error(found: Totals, reference: Totals) -> float:
    """The largest difference of a total index; one that is missing counts as zero."""
    return max(abs(found.get(key, 0.0) - value) for key, value in reference.items())


def measure(
    records: Records, specification: dict, *, repetitions: int, step: Callable[[], None]
) -> Section:
    """Times and errors of the total indices.

    Parameters
    ----------
    records : Records
    specification : dict
        Of the inputs.
    repetitions : int
    step : callable
        Called after each part.
    """
    reference = converged(specification)
    step()
    ways = [
        _engine(records, reference, draws, repetitions=3 * repetitions)
        for draws in (INDEX_DRAWS, POINTS)
    ]
    step()
    default, few = ways
    salib, reason = _salib(specification, reference, repetitions=repetitions)
    step()
    rows = [
        (
            way.name,
            way.runs,
            way.outputs,
            seconds(way.time),
            f"{way.error:.1g}",
            number(way.time / few.time),
        )
        for way in (*ways, *salib)
    ]
    if reason:
        rows.append(("SALib", "", "", f"does not run: {reason}", "", ""))
    faster = {way.resamples: way.time / few.time for way in salib if way.together}
    targets = [
        Target("largest error of a total index", default.error, MOST_ERROR),
        Target("milliseconds for the indices", 1000 * default.time, 1000 * MOST_SECONDS),
        Target(
            f"times faster than SALib with its default bootstrap, {POINTS:,} points",
            faster.get(100, math.nan),
            LEAST_FASTER,
            at_most=False,
        ),
    ]
    header = (
        "way",
        "runs of the model",
        "outputs calculated",
        "median time",
        "largest error of a total index",
        f"time / engine, {POINTS:,} points",
    )
    return Section("Sobol indices", METHOD, header, rows, targets)


def _engine(records: Records, reference: Totals, draws: int, *, repetitions: int) -> Way:
    work = functools.partial(
        sobol_indices, records, scenario(records), reading=READING, draws=draws
    )
    error = largest_error(of_engine(records, work()), reference)
    time = median(seconds_of(work) for _ in range(repetitions))
    runs = f"{draws * (INPUTS + 2 * len(OUTPUTS)):,}"
    return Way(f"engine, {draws:,} points", runs, runs, time, error)


def _salib(specification: dict, reference: Totals, *, repetitions: int) -> tuple[list[Way], str]:
    """Every way of SALib, or why it does not run."""
    text, reason = environment.run(
        "salib_indices.py", POINTS, repetitions, text=json.dumps(specification)
    )
    ways = []
    for made in [] if reason else json.loads(text):
        totals = {
            (output, name): value
            for output, found in made["totals"].items()
            for name, value in found.items()
        }
        together = made["together"]
        runs = POINTS * (INPUTS + 2)
        outputs = len(OUTPUTS) * runs if together else OUTPUT_RUNS
        name = f"SALib {made['version']}, {'one sample' if together else 'a sample for each output'}, {made['resamples']} resample{'s' if made['resamples'] > 1 else ''}"
        error = largest_error(totals, reference)
        ways.append(
            Way(
                name,
                f"{runs if together else OUTPUT_RUNS:,}",
                f"{outputs:,}",
                median(made["seconds"]),
                error,
                together,
                made["resamples"],
            )
        )
    return ways, reason
