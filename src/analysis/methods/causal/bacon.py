"""The Goodman-Bacon decomposition: which comparisons a two-way fixed effects coefficient is made of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.two_way import demeaned
from analysis.records.errors import QuantityError

UNTREATED, EARLIER, LATER = (
    "treated against untreated",
    "earlier against later treated",
    "later against already treated",
)
KINDS = (UNTREATED, EARLIER, LATER)


def bacon(panel: Panel) -> pd.DataFrame:
    """Every two-by-two comparison in a two-way fixed effects coefficient, with its weight.

    Parameters
    ----------
    panel : Panel
        Counties treated after its last year count as untreated.

    Returns
    -------
    DataFrame
        ``kind``, ``group`` and ``against`` (first treated years; 0 is untreated), ``estimate`` in the unit of the outcome,
        ``weight``. Weights sum to one, and the weighted estimates to the coefficient.

    Raises
    ------
    QuantityError
        If every county is treated in the same year, so that there is nothing to compare, or a county misses a year.

    References
    ----------
    Goodman-Bacon (2021), Journal of Econometrics 225(2), 254-277, equation 10.
    """
    if not panel.balanced:
        raise QuantityError("the decomposition needs an outcome of every county in every year")
    means = _group_means(panel)
    rows = [
        row
        for pair in combinations(sorted(means, key=lambda group: (group == NEVER, group)), 2)
        for row in _pair(panel, means, pair)
    ]
    if not rows:
        raise QuantityError(
            "every county is first treated in the same year; there is no comparison to decompose"
        )
    variance = float((demeaned(panel.treated.astype(float)) ** 2).mean())
    table = pd.DataFrame(rows, columns=["kind", "group", "against", "estimate", "weight"])
    return table.assign(weight=table["weight"] / variance)


def by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """Weight and average estimate of each kind of comparison: ``kind``, ``weight``, ``estimate``, ``pairs``."""
    rows = []
    for kind in (kind for kind in KINDS if kind in set(table["kind"])):
        own = table[table["kind"] == kind]
        rows.append(
            (
                kind,
                own["weight"].sum(),
                np.average(own["estimate"], weights=own["weight"]),
                len(own),
            )
        )
    return pd.DataFrame(rows, columns=["kind", "weight", "estimate", "pairs"])


def _group_means(panel: Panel) -> dict[int, tuple[float, float, np.ndarray]]:
    """Share of the counties, share of the years under treatment, and mean outcomes by year, of each group."""
    first = np.where(np.isin(panel.first, panel.groups), panel.first, NEVER)
    return {
        int(group): (
            float((first == group).mean()),
            float(panel.treated[first == group][0].mean()),
            panel.outcome[first == group].mean(axis=0),
        )
        for group in np.unique(first)
    }


def _pair(
    panel: Panel, means: dict[int, tuple[float, float, np.ndarray]], pair: tuple[int, int]
) -> Iterator[tuple[str, int, int, float, float]]:
    """The comparisons of two groups: one with an untreated group, two between treated ones, with weights times the variance."""
    (share, time, own), (other_share, other_time, other) = means[pair[0]], means[pair[1]]
    years, (early, late) = np.array(panel.years), pair
    balance = share * other_share  # (n_k + n_l)² · n_kl · (1 - n_kl)
    gap = own - other
    if late == NEVER:
        before, after = years < early, years >= early
        yield UNTREATED, early, NEVER, _change(gap, before, after), balance * time * (1 - time)
        return
    before, middle, after = years < early, (years >= early) & (years < late), years >= late
    yield (
        EARLIER,
        early,
        late,
        _change(gap, before, middle),
        balance * (time - other_time) * (1 - time),
    )
    yield (
        LATER,
        late,
        early,
        _change(-gap, middle, after),
        balance * other_time * (time - other_time),
    )


def _change(gap: np.ndarray, before: np.ndarray, after: np.ndarray) -> float:
    return float(gap[after].mean() - gap[before].mean())
