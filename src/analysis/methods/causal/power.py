"""How small an effect a design can find, and log points in percent."""

from __future__ import annotations

import math
from collections.abc import Sequence

POWER, LEVEL = 0.8, 0.05


def percent_change(log_points: float) -> float:
    """A difference of logarithms as a share: exp(b) - 1.

    Examples
    --------
    >>> round(percent_change(0.05), 4)
    0.0513
    """
    try:
        return math.expm1(log_points)
    except OverflowError:  # no logarithm of anything: said as what it is, without an end
        return math.inf


def smallest_detectable(
    se: float, df: float, *, power: float = POWER, level: float = LEVEL
) -> float:
    """Smallest effect that is found with a given power, in the unit of the standard error.

    Parameters
    ----------
    se : float
        Standard error of the estimate.
    df : float
        Degrees of freedom of its t distribution.
    power, level : float

    References
    ----------
    Bloom (1995), Evaluation Review 19(5), 547-556.
    """
    from scipy.stats import t

    return float(se * (t.ppf(1 - level / 2, df) + t.ppf(power, df)))


def power_of(effect: float, se: float, df: int, *, level: float = LEVEL) -> float:
    """Probability that an effect is found at a level, as a share, by the noncentral t distribution.

    Parameters
    ----------
    effect, se : float
        In the same unit.
    df : int
    level : float

    Examples
    --------
    >>> round(power_of(0.0, 0.01, 50), 3)
    0.05
    """
    from scipy.stats import nct, t

    limit = t.ppf(1 - level / 2, df)
    return float(nct.sf(limit, df, effect / se) + nct.cdf(-limit, df, effect / se))


def adjusted(p_values: Sequence[float]) -> tuple[float, ...]:
    """Probabilities of several tests, such as one for each channel, adjusted by Holm's method for their number.

    Examples
    --------
    >>> [round(p, 3) for p in adjusted([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    from statsmodels.stats.multitest import multipletests

    return tuple(float(p) for p in multipletests(list(p_values), method="holm")[1])
