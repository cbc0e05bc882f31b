"""The two-way fixed effects coefficient, with clustered and with naive standard errors."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.methods.causal.inference import Estimate
from analysis.methods.causal.panel import Panel
from analysis.records.errors import QuantityError

ERRORS = {
    "full": "clustered; G/(G-1) · (n-1)/(n-k), k with every fixed effect (statsmodels; pyfixest's k_fixef='full'; linearmodels' group_debias)",
    "nested": "clustered; G/(G-1) · (n-1)/(n-k), k without the fixed effects that lie within clusters (the default of fixest and pyfixest)",
    "naive": "not clustered: as if each county-year were a draw of its own",
}


def remainder(panel: Panel) -> Callable[[np.ndarray], np.ndarray]:
    """What two-way fixed effects and covariates leave of values, by weighted least squares.

    Returns
    -------
    callable
        From values of shape (units, years, ...) to what is left of them; 0 where the panel has no outcome.
    """
    cells = panel.seen * panel.weight[:, None]
    size = cells.sum(axis=1)
    spread = np.diag(cells.sum(axis=0)) - cells.T @ (cells / np.maximum(size, 1e-300)[:, None])
    inverse = np.linalg.pinv(spread, rcond=1e-10, hermitian=True)  # years have no zero of their own

    def fixed(values: np.ndarray) -> np.ndarray:
        flat = np.where(panel.seen[:, :, None], values.reshape(*panel.seen.shape, -1), 0.0)
        weighted = cells[:, :, None] * flat
        own = weighted.sum(axis=1) / np.maximum(size, 1e-300)[:, None]
        years = inverse @ (weighted.sum(axis=0) - cells.T @ own)
        units = own - (cells / np.maximum(size, 1e-300)[:, None]) @ years
        left = (flat - units[:, None] - years[None]) * panel.seen[:, :, None]
        return np.asarray(left.reshape(values.shape))

    if not panel.covariates:
        return fixed
    known = fixed(np.stack([np.nan_to_num(one) for one in panel.covariates.values()], axis=2))
    scale = np.sqrt(cells).ravel()[:, None]
    inner = np.linalg.pinv(known.reshape(len(scale), -1) * scale)

    def both(values: np.ndarray) -> np.ndarray:
        left = fixed(values)
        slopes = inner @ (left.reshape(len(scale), -1) * scale)
        return np.asarray(left - (known.reshape(len(scale), -1) @ slopes).reshape(values.shape))

    return both


def two_way(panel: Panel, *, errors: str = "full") -> Estimate:
    """Coefficient of treatment beside fixed effects of counties and years, in the unit of the outcome.

    Where effects grow with time or differ between groups it is no average of them: see ``bacon``.

    Parameters
    ----------
    panel : Panel
    errors : {"full", "nested", "naive"}
        Kind of the standard error: see ``ERRORS``.

    Raises
    ------
    QuantityError
        If treatment does not vary beyond counties and years, or the kind of error is unknown.
    """
    if errors not in ERRORS:
        raise QuantityError(f"{errors!r} is no kind of error; allowed are {', '.join(ERRORS)}")
    left = remainder(panel)
    dummy, outcome = left(panel.treated.astype(float)), left(panel.outcome)
    if not np.abs(dummy).max() > 1e-9:
        raise QuantityError(
            "treatment is the same for every county in every year; two-way fixed effects leave nothing of it"
        )
    weighted = panel.weight[:, None] * dummy
    square = float(np.sum(weighted * dummy))
    value = float(np.sum(weighted * outcome) / square)
    residual = outcome - value * dummy
    units, years = int(panel.seen.any(axis=1).sum()), int(panel.seen.any(axis=0).sum())
    n, groups = int(panel.seen.sum()), panel.clusters
    k = 1 + len(panel.covariates) + years + (units - 1 if errors != "nested" else 0)
    if errors == "naive":
        variance = np.sum(panel.weight[:, None] * residual**2) / (n - k) / square
        return Estimate(value, float(np.sqrt(variance)), n - k, n, groups, errors)
    scores = np.bincount(panel.cluster, weights=np.sum(weighted * residual, axis=1))
    factor = groups / (groups - 1) * (n - 1) / (n - k)
    se = float(np.sqrt(factor * np.sum(scores**2)) / square)
    return Estimate(value, se, groups - 1, n, groups, errors)
