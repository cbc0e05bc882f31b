"""Averages of group-time effects: over all, by years since treatment, by group, by calendar year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.causal.group_time import GroupTime, clustered
from analysis.records.errors import QuantityError

WAYS = ("simple", "event", "group", "calendar")
LEVEL = 0.05


@dataclass(frozen=True, eq=False)
class Aggregate:
    """Averages of group-time effects.

    Parameters
    ----------
    way : {"simple", "event", "group", "calendar"}
    table : DataFrame
        ``key`` (years since treatment, group or year), ``att``, ``se``, ``low``, ``high`` (95 %, each row alone).
    att, se : float
        Overall average and its standard error, in the unit of the outcome.
    influence : ndarray, shape (units, keys)
        What each county adds to the error of each row of the table.
    clusters : int
        Intervals take the t distribution with one degree of freedom fewer.
    """

    way: str
    table: pd.DataFrame
    att: float
    se: float
    influence: np.ndarray
    clusters: int

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95 % interval of the overall average."""
        half = _half(self.clusters) * self.se
        return self.att - half, self.att + half


def aggregate(found: GroupTime, way: str = "simple") -> Aggregate:
    """Average group-time effects, weighted by the sizes of the groups, in the unit of the outcome.

    Standard errors count that the sizes of the groups are estimated, as in R's ``did``.

    Parameters
    ----------
    found : GroupTime
    way : {"simple", "event", "group", "calendar"}
        ``simple``: every treated county-year alike. ``event``: by years since treatment, the overall average over those from 0 on, each
        alike. ``group``: by group, overall by their sizes. ``calendar``: by year, overall each year alike.

    Raises
    ------
    QuantityError
        If the way is unknown, or no effect can be estimated.
    """
    if way not in WAYS:
        raise QuantityError(f"{way!r} is no way of averaging; allowed are {', '.join(WAYS)}")
    if not found.after.any():
        raise QuantityError(
            "no effect after treatment has a comparison; there is nothing to average"
        )
    table = found.table
    column = {"simple": None, "event": "event", "group": "group", "calendar": "year"}[way]
    used = np.ones(len(table), bool) if way == "event" else found.after
    keys = [0] if column is None else sorted(set(table.loc[used, column]))
    parts = [
        _average(found, used & (True if column is None else (table[column] == key).to_numpy()))
        for key in keys
    ]
    effects, influence = (
        np.array([att for att, _ in parts]),
        np.column_stack([spread for _, spread in parts]),
    )
    errors = np.array([clustered(spread, found.panel) for spread in influence.T])
    half = _half(found.panel.clusters) * errors
    rows = pd.DataFrame(
        {"key": keys, "att": effects, "se": errors, "low": effects - half, "high": effects + half}
    )
    overall, spread = _overall(found, way, rows, influence)
    return Aggregate(
        way, rows, overall, clustered(spread, found.panel), influence, found.panel.clusters
    )


def _half(clusters: int) -> float:
    """Standard errors to each end of a 95 % interval."""
    from scipy.stats import t

    return float(t.ppf(1 - LEVEL / 2, clusters - 1))


def _overall(
    found: GroupTime, way: str, rows: pd.DataFrame, influence: np.ndarray
) -> tuple[float, np.ndarray]:
    if way == "group":
        sizes, weights = _sizes(found, rows["key"].to_numpy())
        return float(rows["att"] @ weights), influence @ weights + _weight_error(
            found, rows["key"].to_numpy(), sizes
        ) @ rows["att"].to_numpy()
    kept = rows["key"] >= 0 if way == "event" else pd.Series(True, index=rows.index)
    return float(rows.loc[kept, "att"].mean()), influence[:, kept].mean(axis=1)


def _average(found: GroupTime, cells: np.ndarray) -> tuple[float, np.ndarray]:
    """Effect of some cells weighted by the sizes of their groups, and what each county adds to its error."""
    groups, effects = (
        found.table.loc[cells, "group"].to_numpy(),
        found.table.loc[cells, "att"].to_numpy(),
    )
    sizes, weights = _sizes(found, groups)
    return float(effects @ weights), found.influence[:, cells] @ weights + _weight_error(
        found, groups, sizes
    ) @ effects


def _sizes(found: GroupTime, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    sizes = (found.panel.first[:, None] == groups).mean(axis=0)
    return sizes, sizes / sizes.sum()


def _weight_error(found: GroupTime, groups: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """What each county adds to the error of each weight, shape (units, cells)."""
    surplus = (found.panel.first[:, None] == groups) - sizes
    changed = surplus / sizes.sum() - surplus.sum(axis=1, keepdims=True) * sizes / sizes.sum() ** 2
    return np.asarray(changed / len(found.panel.units))
