"""Honest bounds: what an effect can be if trends differ after treatment by at most so many times what they differed before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.methods.causal.inference import LEVEL
from analysis.records.errors import QuantityError

TIMES = (0.5, 1.0, 1.5, 2.0)
GRID, DRAWS, REACH, SEED = 1000, 1000, 20, 0
FIRST_STAGE = LEVEL / 10  # size of the least favourable test of the hybrid
MOST_VERTICES = 60_000
ZERO = 1e-9


def honest(
    values: np.ndarray,
    spread: np.ndarray,
    before: int,
    *,
    target: np.ndarray,
    times: Sequence[float] = TIMES,
) -> pd.DataFrame:
    """Bounds on an effect under relative magnitudes, with confidence sets that hold whatever the trends.

    Parameters
    ----------
    values : ndarray, shape (estimates,)
        Event-study effects against the last year before treatment, in the order of years, without that year.
    spread : ndarray, shape (estimates, estimates)
        Their covariance.
    before : int
        How many of them lie before treatment.
    target : ndarray, shape (estimates - before,)
        Weights of the effects after treatment in the effect that is bounded.
    times : sequence of float
        How many times the largest difference of trends between two years before treatment the one after may be.

    Returns
    -------
    DataFrame
        ``times``, ``lower`` and ``upper`` (bounds, as if estimates were exact), ``low`` and ``high`` (95 %).

    Raises
    ------
    QuantityError
        If there are no two years before treatment to compare.

    References
    ----------
    Rambachan and Roth (2023), Review of Economic Studies 90(5), 2555-2591: relative magnitudes, conditional and
    least favourable hybrid of Andrews, Roth and Pakes (2023), Review of Economic Studies 90(6), 2763-2791.
    """
    if before < 1:
        raise QuantityError(
            "no two years before treatment: nothing says how far trends differ, and no bound follows"
        )
    effect = float(target @ values[before:])
    se = float(np.sqrt(target @ spread[before:, before:] @ target))
    largest = np.abs(np.diff([*values[:before], 0.0])).max()
    reach = np.abs(np.cumsum(target[::-1])).sum()  # a difference of trends adds up year by year
    rows = []
    for many in times:
        slack = many * largest * reach
        ends = slack + REACH * se
        grid = np.linspace(effect - ends, effect + ends, GRID)
        kept = np.zeros(GRID, bool)
        for matrix in _restrictions(before, len(values) - before, many):
            kept |= ~_rejected(values, spread, matrix, target, grid)
        inside = grid[kept] if kept.any() else np.array([effect])
        rows.append((many, effect - slack, effect + slack, inside.min(), inside.max()))
    return pd.DataFrame(rows, columns=["times", "lower", "upper", "low", "high"])


def _restrictions(before: int, after: int, times: float) -> Iterator[np.ndarray]:
    """A of A·trend <= 0, once for each difference before treatment, up or down, that may be the largest."""
    many = before + after
    steps = np.delete(np.diff(np.eye(many + 1), axis=0), before, axis=1)
    scale = np.where(np.arange(many) < before, 1.0, times)[:, None]
    for place in range(before):
        for sign in (1, -1):
            most = scale * sign * steps[place]
            rows = np.vstack([steps - most, -steps - most])
            yield rows[np.abs(rows[:, before:]).max(axis=1) > ZERO]  # moments of the time after


def _rejected(
    values: np.ndarray, spread: np.ndarray, matrix: np.ndarray, target: np.ndarray, grid: np.ndarray
) -> np.ndarray:
    """Which effects of the grid the hybrid test rejects, under one polyhedron of trends."""
    rotated = matrix[:, -len(target) :] @ np.linalg.inv(_basis(target))
    covariance = matrix @ spread @ matrix.T
    scale = np.sqrt(np.clip(np.diag(covariance), 0, None))
    corners = _vertices(rotated[:, 1:], scale)
    if not len(corners):
        return np.zeros(len(grid), bool)
    moments = corners @ (matrix @ values)[:, None] - (corners @ rotated[:, :1]) * grid
    draws = np.random.default_rng(SEED).normal(size=(DRAWS, len(values)))
    axes = np.linalg.eigh(spread)
    root = axes[1] * np.sqrt(np.clip(axes[0], 0, None))
    least = np.quantile((draws @ root.T @ matrix.T @ corners.T).max(axis=1), 1 - FIRST_STAGE)
    best = moments.argmax(axis=0)
    rejected = moments.max(axis=0) > least
    level = (LEVEL - FIRST_STAGE) / (1 - FIRST_STAGE)
    for corner in np.unique(best[~rejected]):
        at = np.flatnonzero((best == corner) & ~rejected)
        own = covariance @ corners[corner]
        sd = float(np.sqrt(max(corners[corner] @ own, ZERO**2)))
        slope = (corners @ own / sd**2)[:, None]
        rest = moments[:, at] - slope * moments[corner, at]
        below, above = slope[:, 0] < 1 - 1e-6, slope[:, 0] > 1 + 1e-6
        low = np.max(rest[below] / (1 - slope[below]), axis=0, initial=-np.inf) / sd
        high = np.min(rest[above] / (1 - slope[above]), axis=0, initial=least) / sd
        limit = sd * exceeded_between(level, low, high)
        rejected[at] = moments[corner, at] > np.maximum(0.0, limit)
    return np.asarray(rejected)


def exceeded_between(level: float, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """What a standard normal that lies between two ends exceeds with a probability of ``level``."""
    from scipy.stats import norm

    tails = np.array([norm.sf([low, high]), norm.cdf([low, high])])  # each exact on its own side
    upper = norm.isf(level * tails[0][0] + (1 - level) * tails[0][1])
    lower = norm.ppf(level * tails[1][0] + (1 - level) * tails[1][1])
    return np.asarray(np.where(low > 0, upper, lower))


def _basis(target: np.ndarray) -> np.ndarray:
    """An invertible matrix whose first row is the target."""
    rows, pivot = np.eye(len(target)), int(np.abs(target).argmax())
    others = np.delete(rows, pivot, axis=0)
    return np.vstack([target, others])


def _vertices(nuisance: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Corners of {g >= 0, nuisance'g = 0, scale'g = 1}, shape (corners, restrictions)."""
    rows, free = nuisance.shape
    size = free + 1
    places = np.array(list(combinations(range(rows), size)))
    if len(places) > MOST_VERTICES:
        raise QuantityError(
            f"honest bounds of so many years need {len(places):,} corners; take fewer years"
        )
    system = np.concatenate([nuisance, scale[:, None]], axis=1)[places].transpose(0, 2, 1)
    regular = np.abs(np.linalg.det(system)) > ZERO * np.abs(system).max(axis=(1, 2)) ** size
    places, system = places[regular], system[regular]
    side = np.zeros((len(places), size, 1))
    side[:, -1] = 1
    found = np.linalg.solve(system, side)[:, :, 0]
    corners = np.zeros((len(places), rows))
    np.put_along_axis(corners, places, found, axis=1)
    corners = corners[(found >= -ZERO).all(axis=1)]
    return np.unique(corners.round(12), axis=0)
