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


def demeaned(values: np.ndarray) -> np.ndarray:
    """Values less the means of counties and of years, shape (units, years, ...): what two-way fixed effects leave."""
    counties, years = values.mean(axis=1, keepdims=True), values.mean(axis=0, keepdims=True)
    return np.asarray(values - counties - years + values.mean(axis=(0, 1), keepdims=True))


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

    dummy, outcome = (
        demeaned(values.astype(float)).ravel() for values in (panel.treated, panel.outcome)
    )
    if not np.abs(dummy).max() > 1e-9:
        raise QuantityError(
            "treatment is the same for every county in every year; two-way fixed effects leave nothing of it"
        )
    model = OLS(outcome, dummy)
    units, years, groups = len(panel.units), len(panel.years), panel.clusters
    n, k = units * years, units + years  # the dummy, and units + years - 1 fixed effects
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
        cov_kwds={"groups": np.repeat(panel.cluster, years), "use_correction": False},
    )
    factor = groups / (groups - 1) * (n - 1) / (n - counted)
    return Estimate(
        float(fit.params[0]), float(fit.bse[0] * np.sqrt(factor)), groups - 1, n, groups, errors
    )
