"""How far the 5, 50 and 95 % points are off: the engine and plain numpy with as many draws."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plain
from formulas import OUTPUTS, evaluate
from results import Section, Target, number, seconds
from scenario import READING, other_seeds, scenario
from scipy.stats import qmc, triang

from analysis.methods.scenarios import DRAWS, draw
from analysis.records.load import Records

REFERENCE_BITS, REFERENCE_SETS = 20, 8
MOST_RATIO = 1.0
Points = np.ndarray  # repetition x output x point


def inverse(one: dict, u: np.ndarray) -> np.ndarray:
    """Quantiles of one input, by scipy and not by the engine."""
    low, width = one["low"], one["high"] - one["low"]
    return (
        low + width * u
        if one["shape"] == "uniform"
        else triang.ppf(u, (one["central"] - low) / width, low, width)
    )


def sobol(inputs: dict, bits: int, seed: int) -> dict[str, np.ndarray]:
    """Values of all inputs at scrambled Sobol points of scipy."""
    u = qmc.Sobol(len(inputs), rng=np.random.default_rng(seed)).random_base2(bits)
    return {name: inverse(one, u[:, place]) for place, (name, one) in enumerate(inputs.items())}


def converged(inputs: dict) -> tuple[np.ndarray, np.ndarray]:
    """The points, output by share, and their own standard errors: scipy's Sobol points, several scrambles."""
    found = []
    for seed in range(REFERENCE_SETS):
        x = sobol(inputs, REFERENCE_BITS, seed)
        found.append([np.quantile(evaluate(output, x), plain.SHARES) for output in OUTPUTS])
    return np.mean(found, axis=0), np.std(found, axis=0, ddof=1) / np.sqrt(REFERENCE_SETS)


def engine_points(records: Records, seed: int) -> list[list[float]]:
    """The engine's points with its default draws, under other seeds."""
    with other_seeds(seed):
        return [
            list(one.points) for one in draw(records, scenario(records), reading=READING).ranges
        ]


def plain_points(inputs: dict, seed: int) -> list[list[float]]:
    """Plain numpy's points with as many draws."""
    return list(plain.quantiles(inputs, DRAWS, seed=seed).values())


def measure(
    records: Records,
    inputs: dict,
    reference: np.ndarray,
    reference_error: np.ndarray,
    *,
    repetitions: int,
    times: dict[str, float],
    step: Callable[[], None],
) -> Section:
    """Root mean square errors of both, for every output and point.

    Parameters
    ----------
    records : Records
    inputs : dict
        Specification of the inputs.
    reference, reference_error : ndarray
        Converged points, and their own errors.
    repetitions : int
    times : dict
        Seconds of the engine's default draws and of as many of plain numpy's.
    step : callable
        Called after each repetition.
    """
    ours, theirs = [], []
    for repetition in range(repetitions):
        ours.append(engine_points(records, repetition))
        theirs.append(plain_points(inputs, repetition))
        step()
    rows, ratios = [], []
    width = reference[:, 2] - reference[:, 0]
    errors = [
        np.sqrt(np.mean((np.array(points) - reference) ** 2, axis=0)) for points in (ours, theirs)
    ]
    for i, output in enumerate(OUTPUTS):
        for j, share in enumerate(plain.SHARES):
            own, other = errors[0][i, j], errors[1][i, j]
            ratios.append(own / other)
            parts = [
                f"{1e6 * value / width[i]:.2g}" for value in (own, other, reference_error[i, j])
            ]
            rows.append(
                (
                    output,
                    f"{share * 100:g} %",
                    f"{reference[i, j]:.7g}",
                    *parts,
                    number(own / other),
                )
            )
    method = (
        f"Root mean square error over {repetitions} repetitions, in millionths of the distance between the 5 and the 95 % point. "
        f"Converged values: {REFERENCE_SETS} scrambles of 2^{REFERENCE_BITS} Sobol points of scipy, their own standard error beside them "
        f"(it is part of the engine's error as measured). The engine seeds by the names of the inputs, so each repetition draws as if they had others. "
        f"Median times in this run: engine {seconds(times['engine'])}, numpy with {DRAWS:,} draws {seconds(times['numpy'])}."
    )
    header = (
        "output",
        "point",
        "converged",
        f"engine, {DRAWS:,} draws",
        f"numpy, {DRAWS:,} draws",
        "error of the converged value",
        "engine / numpy",
    )
    target = Target(
        f"largest of the nine ratios of errors, engine over numpy, {DRAWS:,} draws each",
        max(ratios),
        MOST_RATIO,
    )
    return Section("Error of the points", method, header, rows, [target])
