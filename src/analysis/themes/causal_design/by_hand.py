"""Group-time effects by hand, as differences of means: what the library must give where nothing is missing and nothing is adjusted for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.methods.causal.estimators import GroupTime
from analysis.methods.causal.panel import NEVER, Panel


def group_time_by_hand(panel: Panel) -> GroupTime:
    """Effects on each group in each year, against counties not yet treated, of a panel without gaps.

    Each is the mean change of the group since the year before (before treatment) or since the last year before treatment (after it),
    less the mean change of the counties that are treated later than both years, or never. A county adds to its error what it differs
    from the mean of its side, over the size of that side.

    Parameters
    ----------
    panel : Panel
    """
    rows, influence = [], []
    for group in panel.groups:
        last = max(place for place, year in enumerate(panel.years) if year < group)
        for place, year in enumerate(panel.years[1:], 1):
            base = last if year >= group else place - 1
            change = panel.outcome[:, place] - panel.outcome[:, base]
            own, later = panel.first == group, panel.first > max(year, panel.years[base])
            other = ((panel.first == NEVER) | later) & ~own
            if not other.any():
                continue
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
    return GroupTime(table, np.column_stack(influence), panel, "not yet", 0)
