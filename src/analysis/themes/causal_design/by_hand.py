"""Group-time effects by hand, as differences of means: what the library must give where nothing is missing and nothing is adjusted for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.methods.causal.estimators import GroupTime
from analysis.methods.causal.panel import NEVER, Panel


def group_time_by_hand(
    panel: Panel, *, comparison: str = "not yet", base: str = "varying", anticipation: int = 0
) -> GroupTime:
    """Effects on each group in each year, of a panel without gaps, weights and covariates; arguments as of ``group_time``.

    Each is the mean change of the group since its base year, less the mean change of the counties that are treated later than both
    years, or never. A county adds to its error what it differs from the mean of its side, over the size of that side.

    Parameters
    ----------
    panel : Panel
    comparison : {"never", "not yet"}
    base : {"varying", "universal"}
    anticipation : int
    """
    rows, influence = [], []
    for group in panel.groups:
        start = group - anticipation  # the first year that may differ
        last = max(place for place, year in enumerate(panel.years) if year < start)
        for place, year in enumerate(panel.years):
            at = last if year >= start or base == "universal" else place - 1
            own, later = (
                panel.first == group,
                panel.first > max(year, panel.years[at]) + anticipation,
            )
            other = (panel.first == NEVER) | (later & (comparison == "not yet") & ~own)
            if at < 0 or at == place or not other.any():
                continue
            change = panel.outcome[:, place] - panel.outcome[:, at]
            sides = [
                np.where(side, change - change[side].mean(), 0) / side.sum()
                for side in (own, other)
            ]
            att = change[own].mean() - change[other].mean()
            spread = sides[0] - sides[1]
            se = np.sqrt(np.sum(np.bincount(panel.cluster, weights=spread) ** 2))
            rows.append((group, year, year - group, att, se, int(own.sum()), int(other.sum())))
            influence.append(spread)
    columns = ["group", "year", "event", "att", "se", "treated", "compared"]
    table = pd.DataFrame(rows, columns=columns)
    return GroupTime(table, np.column_stack(influence), panel, comparison, anticipation)
