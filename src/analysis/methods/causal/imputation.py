"""The imputation estimator: fixed effects from untreated county-years, and what treated ones differ from them."""

from __future__ import annotations

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.methods.causal.two_way import Estimate
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

    References
    ----------
    Gardner (2022), Two-stage differences in differences, arXiv:2207.05943. Borusyak, Jaravel and Spiess (2024),
    Review of Economic Studies 91(6), 3253-3285.
    """
    treated = panel.treated
    bare = [
        str(year)
        for year, is_bare in zip(panel.years, np.all(treated, axis=0), strict=True)
        if is_bare
    ]
    if not treated.any():
        raise QuantityError("no county is treated; there is no effect to estimate")
    if bare:
        raise QuantityError(
            f"every county is treated in {', '.join(bare)}; what would have been in such a year cannot be imputed"
        )
    free, size = (~treated).astype(float), int(treated.sum())
    alpha, lamda = _fixed_effects(panel.outcome, free)
    surplus = panel.outcome - alpha[:, None] - lamda[None, :]
    value = float(surplus[treated].mean())
    # the estimate is a weighted sum of outcomes: 1/size on treated ones, less what carries the
    # fixed effects over
    shift, slope = _fixed_effects(
        None, free, (treated.sum(axis=1) / size, treated.sum(axis=0) / size)
    )
    weight = treated / size - free * (shift[:, None] + slope[None, :])
    error = np.where(treated, surplus - value, surplus) * weight
    sums = np.bincount(panel.cluster, weights=error.sum(axis=1))
    return Estimate(
        value,
        float(np.sqrt(np.sum(sums**2))),
        panel.clusters - 1,
        treated.size,
        panel.clusters,
        GARDNER,
    )


def _fixed_effects(
    outcome: np.ndarray | None,
    free: np.ndarray,
    totals: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve the normal equations of two-way fixed effects over free cells, for an outcome or for given totals of counties and years."""
    of_units, of_years = (
        ((free * outcome).sum(axis=1), (free * outcome).sum(axis=0)) if totals is None else totals
    )
    size = free.sum(axis=1)
    matrix = np.diag(free.sum(axis=0)) - free.T @ (free / size[:, None])
    lamda = np.linalg.lstsq(matrix, of_years - free.T @ (of_units / size), rcond=None)[0]
    return (of_units - free @ lamda) / size, lamda
