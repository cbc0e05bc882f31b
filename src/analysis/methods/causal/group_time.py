"""Group-time average treatment effects on the treated, each one ordinary least squares of a change on a dummy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.causal.panel import NEVER, Panel
from analysis.records.errors import QuantityError

COMPARISONS = ("never", "not yet")
BASES = ("varying", "universal")


_WHY_NONE = {
    "never": "no county is never treated",
    "not yet": "no county is treated later than another, and none is never treated",
}


@dataclass(frozen=True, eq=False)
class GroupTime:
    """Group-time effects.

    Parameters
    ----------
    table : DataFrame
        One row for each group and year: ``group``, ``year``, ``event`` (years since the first treated one), ``att`` and ``se`` in the
        unit of the outcome, ``treated`` and ``compared`` (numbers of counties).
    influence : ndarray, shape (units, rows)
        What each county adds to the error of each effect.
    panel : Panel
    comparison : {"never", "not yet"}
    anticipation : int
        Years before the first treated one that already count as treated.
    """

    table: pd.DataFrame
    influence: np.ndarray
    panel: Panel
    comparison: str
    anticipation: int

    @property
    def after(self) -> np.ndarray:
        """Which rows are effects after treatment began."""
        return np.asarray(self.table["event"] >= 0)

    @property
    def before(self) -> np.ndarray:
        """Which rows are tests of the time before treatment, and before it was anticipated."""
        return np.asarray(self.table["event"] < -self.anticipation)


def group_time(
    panel: Panel, *, comparison: str = "not yet", base: str = "varying", anticipation: int = 0
) -> GroupTime:
    """Effect on the counties first treated in each year, in each year, in the unit of the outcome.

    The change of the outcome since the base year is regressed on a dummy of the group, over the group and its comparison: in each
    cell the counties with an outcome in both years, as Stata's ``csdid`` does by default with an unbalanced panel.
    Standard errors are clustered without a small-sample correction; where each county is its own cluster they are HC0, as in R's ``did``.

    Parameters
    ----------
    panel : Panel
    comparison : {"never", "not yet"}
        Counties that are never treated, or also those treated later than both years compared.
    base : {"varying", "universal"}
        Base year before treatment: the year before each (a test of one year's change), or the last year before treatment throughout.
    anticipation : int

    Returns
    -------
    GroupTime
        Cells without a comparison are left out: they have no estimate.

    Raises
    ------
    QuantityError
        If no cell has a comparison, or an option is unknown.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225(2), 200-230.
    """
    if comparison not in COMPARISONS or base not in BASES:
        raise QuantityError(
            f"{comparison!r} with {base!r} is not known; comparisons are {', '.join(COMPARISONS)}; bases are {', '.join(BASES)}"
        )
    rows, influence = [], []
    for group, year, start in _cells(panel, base, anticipation):
        change = panel.outcome[:, panel.place(year)] - panel.outcome[:, panel.place(start)]
        treated = (panel.first == group) & ~np.isnan(change)
        compared = _compared(panel, comparison, group, max(year, start) + anticipation)
        compared &= ~np.isnan(change)
        if not compared.any() or not treated.any():
            continue
        att, spread = _effect(change, treated, treated | compared)
        counts = int(treated.sum()), int(compared.sum())
        rows.append((group, year, year - group, att, clustered(spread, panel), *counts))
        influence.append(spread)
    if not rows:
        raise QuantityError(f"no group has a comparison: {_WHY_NONE[comparison]}")
    table = pd.DataFrame(
        rows, columns=["group", "year", "event", "att", "se", "treated", "compared"]
    )
    return GroupTime(table, np.column_stack(influence), panel, comparison, anticipation)


def clustered(influence: np.ndarray, panel: Panel) -> float:
    """Standard error from what each county adds: squares of the sums over clusters, without a correction."""
    return float(np.sqrt(np.sum(np.bincount(panel.cluster, weights=influence) ** 2)))


def _cells(panel: Panel, base: str, anticipation: int) -> Iterator[tuple[int, int, int]]:
    """Group, year and base year of each comparison within the panel."""
    for group in panel.groups:
        earlier = [year for year in panel.years if year < group - anticipation]
        for place, year in enumerate(panel.years if earlier else ()):
            is_test = year in earlier and base == "varying"
            start = panel.years[max(place - 1, 0)] if is_test else earlier[-1]
            if start != year:
                yield group, year, start


def _compared(panel: Panel, comparison: str, group: int, until: int) -> np.ndarray:
    later = (panel.first > until) if comparison == "not yet" else np.zeros(len(panel.units), bool)
    return np.asarray(((panel.first == NEVER) | later) & (panel.first != group))


def _effect(change: np.ndarray, treated: np.ndarray, used: np.ndarray) -> tuple[float, np.ndarray]:
    from statsmodels.regression.linear_model import OLS

    model = OLS(change[used], np.column_stack([np.ones(used.sum()), treated[used]]))
    fit = model.fit()
    spread = np.zeros(len(change))
    spread[used] = model.pinv_wexog[1] * fit.resid
    return float(fit.params[1]), spread
