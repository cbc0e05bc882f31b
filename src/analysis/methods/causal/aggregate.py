"""Averages of group-time effects: over all, by years since treatment, by group, by calendar year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.causal.estimators import GroupTime
from analysis.methods.causal.inference import CORRECTED, Covariance, Estimate, covariance, within
from analysis.records.errors import QuantityError

WAYS = {"simple": None, "event": "event", "group": "group", "calendar": "year"}


@dataclass(frozen=True, eq=False)
class Aggregate:
    """Averages of group-time effects.

    Parameters
    ----------
    way : {"simple", "event", "group", "calendar"}
    table : DataFrame
        ``key`` (years since treatment, group or year), ``att``, ``se``, ``df``, ``low``, ``high`` (95 %, each row alone).
    spread : Covariance
        Of the rows of the table.
    overall : Estimate
        The overall average.
    plain : float
        Its standard error without small-sample correction, as R's ``did`` prints it.
    """

    way: str
    table: pd.DataFrame
    spread: Covariance
    overall: Estimate
    plain: float

    @property
    def att(self) -> float:
        """The overall average, in the unit of the outcome."""
        return self.overall.value


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
    table, column = found.table, WAYS[way]
    used = np.ones(len(table), bool) if way == "event" else found.after
    label = table[column].to_numpy() if column else np.zeros(len(table), int)
    keys = np.unique(label[used])
    groups, effects = table["group"].to_numpy(), table["att"].to_numpy()
    parts = [
        _weighted(found, groups[cells], effects[cells], found.influence[:, cells])
        for cells in (used & (label == key) for key in keys)
    ]
    averages = np.array([average for average, _ in parts])
    influence = np.column_stack([one for _, one in parts])
    if way == "group":
        overall, own = _weighted(found, keys, averages, influence)
    else:
        kept = keys >= 0 if way == "event" else np.ones(len(keys), bool)
        overall, own = float(averages[kept].mean()), influence[:, kept].mean(axis=1)
    spread, whole = covariance(influence, found.panel), covariance(own[:, None], found.panel)
    half, columns = within(spread.df) * spread.se, ["key", "att", "se", "df", "low", "high"]
    values = keys, averages, spread.se, spread.df, averages - half, averages + half
    rows = pd.DataFrame(dict(zip(columns, values, strict=True)))
    n, clusters = int(found.panel.seen.sum()), found.panel.clusters
    estimate = Estimate(overall, float(whole.se[0]), float(whole.df[0]), n, clusters, CORRECTED)
    return Aggregate(way, rows, spread, estimate, float(whole.plain[0]))


def _weighted(
    found: GroupTime, groups: np.ndarray, effects: np.ndarray, influence: np.ndarray
) -> tuple[float, np.ndarray]:
    """Effects weighted by the sizes of their groups, and what each county adds: to the effects, and to the sizes."""
    each = found.panel.weight / found.panel.weight.mean()
    member = (found.panel.first[:, None] == groups) * each[:, None]
    sizes = member.mean(axis=0)
    surplus, total = member - sizes, sizes.sum()
    changed = surplus / total - surplus.sum(axis=1, keepdims=True) * sizes / total**2
    weights = sizes / total
    return float(effects @ weights), influence @ weights + changed @ effects / len(each)
