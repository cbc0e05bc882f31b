"""Time and memory of draws: the engine against plain numpy in one run, and the other peers beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from statistics import median

import environment
import numpy as np
import plain
from footprint import seconds_of
from formulas import OUTPUTS
from results import Section, Target, number, seconds
from scenario import READING, forget_points, scenario

from analysis.methods.scenarios import DRAWS, compare_readings, draw
from analysis.records.load import Records

MILLION = 10**6
MOST_TABLE_SECONDS = 0.5
LONGEST_SECONDS = 10.0  # of one repetition of a peer; longer ones are not run
Steps = Callable[[], None]


def interleaved(ways: dict[str, Callable[[], object]], repetitions: int) -> dict[str, float]:
    """Median seconds of each way, one after the other in every repetition; the engine begins each as at its first call."""
    measured: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(repetitions):
        for name, work in ways.items():
            forget_points()
            measured[name].append(seconds_of(work))
    return {name: median(found) for name, found in measured.items()}


def times(records: Records, inputs: dict, draws: int, *, repetitions: int) -> dict[str, float]:
    """Median seconds of the engine and of plain numpy."""
    model = scenario(records)
    ways = {
        "engine": lambda: draw(records, model, reading=READING, draws=draws),
        "numpy": lambda: plain.quantiles(inputs, draws),
    }
    return interleaved(ways, repetitions)


def ordinary_use(records: Records, *, repetitions: int) -> Section:
    """The default draws, and a table under three readings."""
    model = scenario(records)
    ways = {
        "draw, one reading": lambda: draw(records, model, reading=READING).table(),
        "compare_readings, three readings": lambda: compare_readings(records, model),
    }
    found = interleaved(ways, repetitions)
    rows = [(name, f"{DRAWS:,}", seconds(time)) for name, time in found.items()]
    target = Target(
        "milliseconds for a table under three readings",
        1000 * found["compare_readings, three readings"],
        1000 * MOST_TABLE_SECONDS,
    )
    method = f"Median of {repetitions} repetitions. The engine's remembered points are forgotten before each."
    return Section("Ordinary use", method, ("what", "draws", "median time"), rows, [target])


def peers(
    inputs: dict, engine: dict[int, float], reference: np.ndarray, *, repetitions: int, step: Steps
) -> Section:
    """Every peer with the engine's default number of draws and with a million.

    Parameters
    ----------
    inputs : dict
        Specification of the inputs.
    engine : dict
        Number of draws to the engine's median seconds.
    reference : ndarray
        Converged points, output by share.
    repetitions : int
    step : callable
        Called after each case.
    """
    rows, text = [], json.dumps(inputs)
    for name in environment.NAMES[:-1]:
        before = 0.0
        for draws in (DRAWS, MILLION):
            expected = before * MILLION / DRAWS
            if expected > LONGEST_SECONDS:
                rows.append(
                    (
                        name,
                        rows[-1][1],
                        f"{draws:,}",
                        f"not run: about {number(expected)} s",
                        "",
                        "",
                        "",
                    )
                )
            else:
                row, before = _peer(
                    name, draws, text, reference, repetitions=repetitions, engine=engine[draws]
                )
                rows.append(row)
            step()
    method = (
        f"Each peer in its own process and environment, used as its documentation shows; median of {repetitions} repetitions. A case of more than {LONGEST_SECONDS:g} s for one repetition is not run. "
        "Agreement: largest distance of a point from its converged value, in percent of the distance between the 5 and the 95 % point: it shows that the model is the same, and how well so many draws place it."
    )
    header = (
        "peer",
        "version",
        "draws",
        "median time",
        "time / engine",
        "memory, MB",
        "agreement, %",
    )
    return Section("Peers", method, header, rows)


def _peer(
    name: str, draws: int, text: str, reference: np.ndarray, *, repetitions: int, engine: float
) -> tuple[tuple[str, ...], float]:
    made, reason = environment.run("peers.py", name, draws, repetitions, text=text)
    if reason:
        return (name, "", f"{draws:,}", f"does not run: {reason}", "", "", ""), 0.0
    found = json.loads(made)
    points = np.array([found["points"][output] for output in OUTPUTS])
    off = float((np.abs(points - reference) / (reference[:, 2] - reference[:, 0])[:, None]).max())
    time = median(found["seconds"])
    return (
        name,
        found["version"],
        f"{draws:,}",
        seconds(time),
        number(time / engine),
        number(found["memory"]),
        f"{100 * off:.1g}",
    ), time
