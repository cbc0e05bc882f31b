"""The imputation estimator: fixed effects from untreated county-years, and what treated ones differ from them."""

from __future__ import annotations

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.methods.causal.two_way import Estimate, fixed_effects, linked
from analysis.records.errors import QuantityError

GARDNER = "clustered, both stages; no small-sample correction"


def imputation(panel: Panel) -> Estimate:
    """Average effect on treated county-years, in the unit of the outcome, by Gardner's two stages.

    Fixed effects of counties and years are estimated from untreated county-years alone; the average of what treated ones differ from
    them is the estimate. The standard error counts both stages.

    Parameters
    ----------
    panel : Panel

    Raises
    ------
    QuantityError
        If nobody is treated, or a year has no untreated county: its effect is then not identified.

    Notes
    -----
    A treated county without an outcome before its treatment has no fixed effect, and is left out.

    References
    ----------
    Gardner (2022), Two-stage differences in differences, arXiv:2207.05943. Borusyak, Jaravel and Spiess (2024),
    Review of Economic Studies 91(6), 3253-3285.
    """
    seen = panel.seen
    free = (~panel.treated & seen).astype(float)
    treated = panel.treated & seen & free.any(axis=1)[:, None]
    if problem := _problem(panel, treated, free):
        raise QuantityError(problem)
    size, outcome = int(treated.sum()), np.where(seen, panel.outcome, 0.0)
    untreated = free * outcome
    alpha, lamda = fixed_effects(untreated.sum(axis=1), untreated.sum(axis=0), free)
    surplus = outcome - alpha[:, None] - lamda[None, :]
    value = float(surplus[treated].mean())
    # the estimate is a weighted sum of outcomes: 1/size on treated ones, less what carries the
    # fixed effects over
    shift, slope = fixed_effects(treated.sum(axis=1) / size, treated.sum(axis=0) / size, free)
    weight = treated / size - free * (shift[:, None] + slope[None, :])
    error = np.where(treated, surplus - value, surplus) * weight
    sums = np.bincount(panel.cluster, weights=error.sum(axis=1))
    return Estimate(
        value,
        float(np.sqrt(np.sum(sums**2))),
        panel.clusters - 1,
        int(seen.sum()),
        panel.clusters,
        GARDNER,
    )


def _problem(panel: Panel, treated: np.ndarray, free: np.ndarray) -> str:
    bare = treated.any(axis=0) & ~free.any(axis=0)
    if not treated.any():
        return "no county is treated; there is no effect to estimate"
    if bare.any():
        years = ", ".join(map(str, np.array(panel.years)[bare]))
        return f"every county is treated in {years}; what would have been in such a year cannot be imputed"
    if linked(free) > 1:
        return "untreated counties fall apart into parts that share no year; what would have been cannot be carried from one to the other"
    return ""
