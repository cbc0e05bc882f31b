"""Log-linear growth, with n and prediction intervals, or refused.

Ordinary least squares of the logarithm on time. Errors are HC3, or HAC for points at equal distances.
So few points describe; a p-value here is a measure of fit and never evidence of a policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.records.errors import QuantityError

ERRORS = ("HC3", "HAC")
FEWEST = 4  # points of a line of two parameters: two are left to err
EVEN = 1e-6  # by so much of their mean may distances in time differ and still be equal


@dataclass(frozen=True, eq=False)
class Trend:
    """A log-linear trend.

    Parameters
    ----------
    per_year : float
        Change a year, as a share: exp(slope) - 1.
    slope, se : float
        Slope in log points a year, and its standard error.
    errors : {"HC3", "HAC"}
        Kind of the standard error.
    n : int
        Number of points.
    fitted : DataFrame
        ``x``, ``value``, ``fitted``, and ``low``, ``high``: the ends of the prediction interval.
    """

    per_year: float
    slope: float
    se: float
    errors: str
    n: int
    fitted: pd.DataFrame


def log_trend(
    x: Sequence[float], values: Sequence[float], *, errors: str = "HC3", level: float = 0.95
) -> Trend:
    """Growth a year of positive values, with a prediction interval of the given level.

    Parameters
    ----------
    x : sequence of float
        Time in years.
    values : sequence of float
        Above zero, in their own unit.
    errors : {"HC3", "HAC"}
        HAC (Newey and West) reaches back 4·(n/100)^(2/9) points, and needs equal distances in time.

    Raises
    ------
    QuantityError
        If there are fewer points than a line needs, or HAC is asked for across gaps.

    Examples
    --------
    >>> found = log_trend([2013, 2014, 2015, 2016], [100, 110, 121, 133.1])
    >>> round(found.per_year, 6), found.n
    (0.1, 4)
    """
    data = _points(x, values)
    from statsmodels.regression.linear_model import OLS

    design = pd.DataFrame({"const": 1.0, "t": data["x"] - data["x"].iloc[0]})
    model = OLS(np.log(data["value"]), design)
    fit = model.fit(cov_type=errors, cov_kwds=_lags(data["x"], errors), use_t=True)
    predicted = fit.get_prediction(design).summary_frame(alpha=1 - level)
    ends = {
        "fitted": predicted["mean"],
        "low": predicted["obs_ci_lower"],
        "high": predicted["obs_ci_upper"],
    }
    fitted = data.assign(**{name: np.exp(found.to_numpy()) for name, found in ends.items()})
    return Trend(
        float(np.expm1(fit.params["t"])),
        float(fit.params["t"]),
        float(fit.bse["t"]),
        errors,
        int(fit.nobs),
        fitted,
    )


def _points(x: Sequence[float], values: Sequence[float]) -> pd.DataFrame:
    data = pd.DataFrame(
        {"x": np.asarray(x, dtype=float), "value": np.asarray(values, dtype=float)}
    ).sort_values("x", ignore_index=True)
    if data["x"].duplicated().any() or not (
        np.isfinite(data).all(axis=None) and (data["value"] > 0).all()
    ):
        raise QuantityError(
            "a trend needs one value above zero at each time; choose one source, and leave gaps out"
        )
    if len(data) < FEWEST:
        raise QuantityError(f"no trend from {len(data)} points; it needs {FEWEST}")
    return data


def _lags(x: pd.Series, errors: str) -> dict[str, object]:
    if errors not in ERRORS:
        raise QuantityError(f"{errors!r} is no kind of error; allowed are {', '.join(ERRORS)}")
    if errors == "HC3":
        return {}
    steps = x.diff().dropna()
    if (steps - steps.mean()).abs().max() > EVEN * steps.mean():
        raise QuantityError(
            "HAC errors take the points for equally distant in time, and here are gaps; take HC3"
        )
    return {"maxlags": int(4 * (len(x) / 100) ** (2 / 9)), "use_correction": True}
