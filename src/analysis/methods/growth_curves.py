"""Growth curves: logistic and Gompertz by least squares, the ceiling imposed or free.

logistic: L ÷ (1 + exp(−r (t − m))); Gompertz: L exp(−exp(−r (t − m))); ceiling L in the unit of the
values, rate r a year, midpoint m the year of fastest growth. Cumulative counts depend on each other,
so that the criteria rank curves for one set of points; they test nothing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.records.errors import QuantityError

FARTHEST = 50.0  # times the largest value: a ceiling beyond it is not in the data
EXACT = 1e-9  # a remainder below so much of the largest value is none


@dataclass(frozen=True)
class GrowthFit:
    """A fitted growth curve.

    Parameters
    ----------
    model : {"logistic", "Gompertz"}
    ceiling : float
        Level approached, in the unit of the values.
    ceiling_imposed : bool
        Whether the ceiling was given rather than fitted.
    rate : float
        Growth parameter a year.
    midpoint : float
        Year of fastest growth; half of the ceiling (logistic) or 37 % of it (Gompertz).
    rss : float
        Residual sum of squares, in the unit of the values squared.
    n : int
        Number of points.
    parameters : int
        Parameters fitted, the variance among them.
    aic, aicc : float
        Akaike's criterion, and with the correction for few points; without unit, comparable only
        between curves on the same points.

    References
    ----------
    Hurvich and Tsai (1989), Biometrika 76(2), for the correction.
    """

    model: str
    ceiling: float
    ceiling_imposed: bool
    rate: float
    midpoint: float
    rss: float
    n: int
    parameters: int
    aic: float
    aicc: float

    def at(self, year: float) -> float:
        """Level of the curve in a year, in the unit of the values."""
        return float(
            _CURVES[self.model](
                np.array([year], dtype=float), self.ceiling, self.rate, self.midpoint
            )[0]
        )


def _logistic(t: np.ndarray, ceiling: float, rate: float, midpoint: float) -> np.ndarray:
    return ceiling / (1 + np.exp(np.clip(-rate * (t - midpoint), -500, 500)))


def _gompertz(t: np.ndarray, ceiling: float, rate: float, midpoint: float) -> np.ndarray:
    return ceiling * np.exp(-np.exp(np.clip(-rate * (t - midpoint), -500, 500)))


_CURVES: dict[str, Callable[..., np.ndarray]] = {"logistic": _logistic, "Gompertz": _gompertz}
MODELS = tuple(_CURVES)


def fit_growth(
    years: Sequence[float], values: Sequence[float], *, model: str, ceiling: float | None = None
) -> GrowthFit:
    """A growth curve through cumulative values, in their unit, by least squares.

    Parameters
    ----------
    years, values : sequences of float
        Points in time (parts of a year allowed) and levels, above zero.
    model : {"logistic", "Gompertz"}
    ceiling : float, optional
        Imposed ceiling; without it the ceiling is fitted.

    Returns
    -------
    GrowthFit

    Raises
    ------
    QuantityError
        If the model is unknown, points are too few for the corrected criterion, values are not
        above zero, the imposed ceiling is not above all values, the fit does not converge, or the data
        show no ceiling.

    Examples
    --------
    >>> found = fit_growth([0, 1, 2, 3, 4, 5], [12, 27, 50, 73, 88, 95], model="logistic", ceiling=100)
    >>> round(found.rate, 2), round(found.midpoint, 2), found.n
    (0.99, 2.0, 6)
    """
    t, y = np.array(years, dtype=float), np.array(values, dtype=float)
    _check(t, y, model, ceiling)
    origin = float(t.min())
    fitted = _least_squares(t - origin, y, _CURVES[model], ceiling)
    top, rate, midpoint = fitted if ceiling is None else (float(ceiling), *fitted)
    if ceiling is None and top > FARTHEST * y.max():
        raise QuantityError(
            f"the points show no ceiling: the fitted one is more than {FARTHEST:g} times the largest value"
        )
    rss = float(np.sum((y - _CURVES[model](t - origin, top, rate, midpoint)) ** 2))
    aic, aicc = criteria(
        rss, n=len(y), parameters=len(fitted) + 1, smallest=(EXACT * float(y.max())) ** 2
    )
    return GrowthFit(
        model,
        top,
        ceiling is not None,
        rate,
        midpoint + origin,
        rss,
        len(y),
        len(fitted) + 1,
        aic,
        aicc,
    )


def criteria(rss: float, *, n: int, parameters: int, smallest: float = 0.0) -> tuple[float, float]:
    """Akaike's criterion of a least-squares fit, without and with the correction for few points.

    Parameters
    ----------
    rss : float
        Residual sum of squares.
    n, parameters : int
        Points, and parameters with the variance.
    smallest : float
        What a mean square is at least taken as, so that an exact fit has a finite criterion.

    Examples
    --------
    >>> [round(one, 3) for one in criteria(6.0, n=6, parameters=3)]
    [6.0, 18.0]
    """
    if n - parameters < 2:
        raise QuantityError(
            f"{n} points are too few for {parameters} parameters; at least {parameters + 2} are needed"
        )
    mean_square = max(rss / n, smallest)
    if mean_square <= 0:
        raise QuantityError(
            "an exact fit has no criterion; give the smallest mean square that counts"
        )
    aic = n * math.log(mean_square) + 2 * parameters
    return aic, aic + 2 * parameters * (parameters + 1) / (n - parameters - 1)


def _check(t: np.ndarray, y: np.ndarray, model: str, ceiling: float | None) -> None:
    if model not in MODELS:
        raise QuantityError(f"{model!r} is no growth curve; allowed are {', '.join(MODELS)}")
    if len(t) != len(y) or len(set(t)) != len(t):
        raise QuantityError(
            "every point has its own year: years and values are equally many, and no year stands twice"
        )
    needed = (3 if ceiling is None else 2) + 1 + 2
    if len(y) < needed:
        raise QuantityError(
            f"{len(y)} points are too few for a {model} curve with {'a free' if ceiling is None else 'an imposed'} ceiling; at least {needed} are needed"
        )
    if not (np.isfinite(y).all() and (y > 0).all()):
        raise QuantityError("a growth curve needs values above zero")
    if ceiling is not None and not ceiling > y.max():
        raise QuantityError(
            f"a ceiling of {ceiling:g} is not above the largest value, {y.max():g}: such a curve never reaches it"
        )


def _least_squares(
    t: np.ndarray, y: np.ndarray, curve: Callable[..., np.ndarray], ceiling: float | None
) -> tuple[float, ...]:
    from scipy.optimize import curve_fit

    scale = float(y.max())
    start = (
        4 / max(float(np.ptp(t)), 1.0),
        float(np.interp(0.5 * scale, y, t)) if (np.diff(y) >= 0).all() else float(t.mean()),
    )
    try:
        if ceiling is None:
            found, _ = curve_fit(
                lambda x, top, r, m: curve(x, top, r, m),
                t,
                y / scale,
                p0=(1.3, *start),
                bounds=((0, 0, -np.inf), (2 * FARTHEST, np.inf, np.inf)),
                maxfev=20_000,
            )
            return float(found[0]) * scale, float(found[1]), float(found[2])
        found, _ = curve_fit(
            lambda x, r, m: curve(x, ceiling / scale, r, m),
            t,
            y / scale,
            p0=start,
            bounds=((0, -np.inf), np.inf),
            maxfev=20_000,
        )
        return float(found[0]), float(found[1])
    except RuntimeError:
        raise QuantityError("the curve does not converge on these points") from None
