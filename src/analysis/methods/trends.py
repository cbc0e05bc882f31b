"""Trends: log-linear growth, levels and slopes between known dates, breaks; with n, or refused.

Ordinary least squares of the logarithm on time. Errors are HC3, or HAC for points at equal distances.
So few points describe; a p-value here is a measure of fit and never evidence of a policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.records.errors import QuantityError

ERRORS = ("HC3", "HAC")
FEWEST = 4  # points of a part with its own line of two parameters: two are left to err
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


@dataclass(frozen=True)
class Segment:
    """The line of one part between known dates.

    Parameters
    ----------
    first, last : float
        First and last point of the part.
    n : int
        Number of its points.
    per_year : float
        Change a year within the part, as a share.
    level_shift, level_shift_se : float
        At its first point, against the line before drawn on to it, in log points; 0 for the first part.
    slope_shift, slope_shift_se : float
        Against the slope before, in log points a year; 0 for the first part.
    """

    first: float
    last: float
    n: int
    per_year: float
    level_shift: float = 0.0
    level_shift_se: float = 0.0
    slope_shift: float = 0.0
    slope_shift_se: float = 0.0


@dataclass(frozen=True, eq=False)
class Interrupted:
    """A log-linear series interrupted at known dates.

    Parameters
    ----------
    segments : tuple of Segment
        The parts, in order of time.
    n : int
        Number of points in all.
    fitted : DataFrame
        ``x``, ``value``, ``segment`` (0, 1, ...), ``fitted``.
    """

    segments: tuple[Segment, ...]
    n: int
    fitted: pd.DataFrame


@dataclass(frozen=True)
class Break:
    """Chow's test of one line against two, parted at a known date.

    Parameters
    ----------
    at : float
        First time of the second part.
    f, p : float
        Statistic and its probability if there is one line, normal errors and one variance.
    df : (int, int)
        Degrees of freedom.
    n_before, n_after : int
        Points in each part.
    """

    at: float
    f: float
    p: float
    df: tuple[int, int]
    n_before: int
    n_after: int


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

    design = _design(data["x"], ())
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


def interrupted(
    x: Sequence[float], values: Sequence[float], *, at: Sequence[float], fewest: int = FEWEST
) -> Interrupted:
    """A log-linear line for each part between known dates: level and slope may shift at each.

    Parameters
    ----------
    x, values
        As in ``log_trend``; gaps stay gaps.
    at : sequence of float
        Dates of the interruptions; a point at a date belongs to the part that begins there.
    fewest : int
        Points that each part needs.

    Returns
    -------
    Interrupted
        With HC3 standard errors.

    Raises
    ------
    QuantityError
        If a part has fewer points than asked for.

    Examples
    --------
    >>> found = interrupted(range(8), [1, 1, 1, 1, 2, 4, 8, 16], at=[4])
    >>> [round(part.per_year, 6) for part in found.segments]
    [0.0, 1.0]
    """
    data, dates = _points(x, values), sorted(at)
    part = np.searchsorted(dates, data["x"], side="right")
    counts = [int((part == number).sum()) for number in range(len(dates) + 1)]
    if short := [
        f"{count} points {_where(number, dates)}"
        for number, count in enumerate(counts)
        if count < fewest
    ]:
        raise QuantityError(f"no line of its own for {', '.join(short)}; each part needs {fewest}")
    from statsmodels.regression.linear_model import OLS

    starts = [float(data.loc[part == number, "x"].iloc[0]) for number in range(1, len(counts))]
    fit = OLS(np.log(data["value"]), _design(data["x"], starts)).fit(cov_type="HC3", use_t=True)
    fitted = data.assign(segment=part, fitted=np.exp(fit.fittedvalues.to_numpy()))
    return Interrupted(
        tuple(_segment(fit, fitted, number) for number in range(len(counts))), len(data), fitted
    )


def chow(x: Sequence[float], values: Sequence[float], *, at: float, fewest: int = FEWEST) -> Break:
    """Whether two log-linear lines, parted at a known date, fit better than one.

    Parameters
    ----------
    x, values, fewest
        As in ``interrupted``.
    at : float
        First time of the second part.

    Raises
    ------
    QuantityError
        If a part has fewer points than asked for, or both lines fit without any error.

    References
    ----------
    Chow (1960), Econometrica 28(3), 591-605.
    """
    data = _points(x, values)
    after = data["x"] >= at
    counts = (int((~after).sum()), int(after.sum()))
    if min(counts) < fewest:
        raise QuantityError(
            f"no test of a break at {at:g}: {counts[0]} points before and {counts[1]} from then on; each part needs {fewest}"
        )
    from statsmodels.regression.linear_model import OLS

    one, two = (
        OLS(np.log(data["value"]), _design(data["x"], dates)).fit() for dates in ((), (at,))
    )
    if two.ssr <= np.finfo(float).eps * two.centered_tss:
        raise QuantityError(
            f"no test of a break at {at:g}: the lines meet every point, and there is nothing to measure a difference by"
        )
    f, p, more = two.compare_f_test(one)
    return Break(float(at), float(f), float(p), (int(more), int(two.df_resid)), *counts)


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


def _design(x: pd.Series, dates: Sequence[float]) -> pd.DataFrame:
    """Constant, time since the first point, and a step and a ramp from each date on."""
    columns = {"const": 1.0, "t": x - x.iloc[0]}
    for number, date in enumerate(dates, start=1):
        columns |= {
            f"level_{number}": (x >= date).astype(float),
            f"slope_{number}": (x - date).clip(lower=0),
        }
    return pd.DataFrame(columns)


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


def _segment(fit: Any, fitted: pd.DataFrame, number: int) -> Segment:
    rows = fitted[fitted["segment"] == number]
    slope = fit.params["t"] + sum(
        fit.params[f"slope_{earlier}"] for earlier in range(1, number + 1)
    )
    ends = float(rows["x"].iloc[0]), float(rows["x"].iloc[-1]), len(rows), float(np.expm1(slope))
    shifts = (
        [(fit.params[name], fit.bse[name]) for name in (f"level_{number}", f"slope_{number}")]
        if number
        else []
    )
    return Segment(*ends, *(float(one) for pair in shifts for one in pair))


def _where(number: int, dates: list[float]) -> str:
    first, last = (
        f"{dates[place]:g}" if 0 <= place < len(dates) else "" for place in (number - 1, number)
    )
    return (
        f"from {first} to {last}"
        if first and last
        else f"before {last}"
        if last
        else f"from {first} on"
    )
