"""The two-way fixed effects coefficient, with clustered and with naive standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.records.errors import QuantityError

ERRORS = {
    "full": "clustered; G/(G-1) · (n-1)/(n-k), k with every fixed effect (statsmodels; pyfixest's k_fixef='full'; linearmodels' group_debias)",
    "nested": "clustered; G/(G-1) · (n-1)/(n-k), k without the fixed effects that lie within clusters (the default of fixest and pyfixest)",
    "naive": "not clustered: as if each county-year were a draw of its own",
}


@dataclass(frozen=True)
class Estimate:
    """One coefficient.

    Parameters
    ----------
    value, se : float
        In the unit of the outcome.
    df : int
        Degrees of freedom of its t distribution: clusters less one, or for naive errors observations less parameters.
    n : int
        County-years.
    clusters : int
    errors : str
        Kind of the standard error.
    """

    value: float
    se: float
    df: int
    n: int
    clusters: int
    errors: str

    @property
    def p(self) -> float:
        """Two-sided probability of so large a t if the effect were zero."""
        from scipy.stats import t

        return float(2 * t.sf(abs(self.value / self.se), self.df))

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95 % interval."""
        from scipy.stats import t

        half = float(t.ppf(0.975, self.df)) * self.se
        return self.value - half, self.value + half


def demeaned(values: np.ndarray, seen: np.ndarray | None = None) -> np.ndarray:
    """Values less the means of counties and of years, shape (units, years, ...): what two-way fixed effects leave.

    Where cells are not ``seen`` the effects are solved for over those that are, and 0 is left of the others.
    """
    if seen is not None and not seen.all():
        return _residuals(values, seen.astype(float))
    counties, years = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    return np.asarray(values - counties - years + values.mean(axis=(0, 1), keepdims=True))


def fixed_effects(
    of_units: np.ndarray, of_years: np.ndarray, free: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Solve the normal equations of two-way fixed effects over free cells, for given totals of counties and years."""
    size = np.maximum(free.sum(axis=1), 1)[:, None]
    matrix = np.diag(free.sum(axis=0)) - free.T @ (free / size)
    units = of_units.reshape(len(free), -1)
    totals = of_years.reshape(free.shape[1], -1) - free.T @ (units / size)
    years = np.linalg.lstsq(matrix, totals, rcond=None)[0]
    own = (units - free @ years) / size
    return own.reshape(of_units.shape), years.reshape(of_years.shape)


def linked(free: np.ndarray) -> int:
    """Parts into which counties and years fall that no free cell links: with more than one, effects have no common zero."""
    from scipy.sparse.csgraph import connected_components

    shared = free.T @ free > 0  # years in which some county is free in both
    return int(connected_components(shared[free.any(axis=0)][:, free.any(axis=0)])[0])


def _residuals(values: np.ndarray, free: np.ndarray) -> np.ndarray:
    weight = free.reshape(*free.shape, *[1] * (values.ndim - 2))
    kept = np.where(weight > 0, values, 0.0)
    own, years = fixed_effects(kept.sum(axis=1), kept.sum(axis=0), free)
    return np.asarray((kept - own[:, None] - years[None]) * weight)


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
    from statsmodels.regression.linear_model import OLS

    seen = panel.seen
    dummy, outcome = (
        demeaned(values.astype(float), seen)[seen] for values in (panel.treated, panel.outcome)
    )
    if not np.abs(dummy).max() > 1e-9:
        raise QuantityError(
            "treatment is the same for every county in every year; two-way fixed effects leave nothing of it"
        )
    model = OLS(outcome, dummy)
    units, years, groups = int(seen.any(axis=1).sum()), int(seen.any(axis=0).sum()), panel.clusters
    n, k = int(seen.sum()), units + years  # the dummy, and units + years - 1 fixed effects
    if errors == "naive":
        fit = model.fit()
        return Estimate(
            float(fit.params[0]),
            float(fit.bse[0] * np.sqrt((n - 1) / (n - k))),
            n - k,
            n,
            groups,
            errors,
        )
    counted = (
        1 + years if errors == "nested" else k
    )  # fixed effects of counties lie within clusters
    fit = model.fit(
        cov_type="cluster",
        cov_kwds={
            "groups": np.repeat(panel.cluster, len(panel.years))[seen.ravel()],
            "use_correction": False,
        },
    )
    factor = groups / (groups - 1) * (n - 1) / (n - counted)
    return Estimate(
        float(fit.params[0]), float(fit.bse[0] * np.sqrt(factor)), groups - 1, n, groups, errors
    )
