"""Whether what is printed beside an estimate can be true together: error, stars, p, interval, percentage.

Every number is read as rounded to its last printed digit. A contradiction is one that no rounding
mends; what is printed and cannot be checked is left alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from analysis.records.printed import last_digit

NAN = math.nan


@dataclass(frozen=True)
class Contradiction:
    """Two printed things that cannot both be true.

    Parameters
    ----------
    check : {"stars", "no star", "means", "interval", "percentage"}
        What was compared with what.
    printed, implied : float
        The printed number, and the nearest one that the rest allows.
    reason : str
        One sentence.
    """

    check: str
    printed: float
    implied: float
    reason: str


def half_unit(value: float) -> float:
    """Half a unit of the last digit of a number as printed, by the rule of ``records/printed.py``.

    Zeros at the end do not count; not a number where nothing, or a bare zero, is printed.

    Examples
    --------
    >>> half_unit(0.185), half_unit(0.08), half_unit(15.0), half_unit(20.0)
    (0.0005, 0.005, 0.5, 5.0)
    """
    if math.isnan(value) or value == 0:
        return NAN
    return last_digit(float(f"{value:.12g}"))[0] / 2


def p_range(effect: float, se: float) -> tuple[float, float]:
    """Lowest and highest two-sided p-value, normal, that the printed digits of effect and error allow.

    Examples
    --------
    >>> low, high = p_range(0.112, 0.08)
    >>> round(low, 3), round(high, 3)
    (0.134, 0.19)
    """
    from scipy.special import ndtr

    size, slack, wide = abs(effect), half_unit(effect), half_unit(se)
    most = (size + slack) / (se - wide) if se > wide else math.inf
    least = max(size - slack, 0.0) / (se + wide)
    return 2 * float(ndtr(-most)), 2 * float(ndtr(-least))


def largest_error(effect: float, p_below: float) -> float:
    """The largest standard error, in the unit of the effect, with which its p-value is below a limit.

    Examples
    --------
    >>> round(largest_error(0.112, 0.01), 4)
    0.0435
    """
    from scipy.special import ndtri

    return abs(effect) / -float(ndtri(p_below / 2))


def stars_contradict(effect: float, se: float, p_below: float) -> Contradiction | None:
    """A printed limit of p, or the stars that stand for it, against effect over standard error."""
    low, _ = p_range(effect, se)
    if low <= p_below:
        return None
    return Contradiction(
        "stars",
        se,
        largest_error(effect, p_below),
        f"p is printed below {p_below:g}, and is at least {low:.2g} with the printed error",
    )


def missing_star(effect: float, se: float, limit: float) -> Contradiction | None:
    """No star, in a table whose stars stand for p below ``limit``, against effect over standard error."""
    _, high = p_range(effect, se)
    if high >= limit:
        return None
    return Contradiction(
        "no star",
        se,
        largest_error(effect, limit),
        f"no star is printed where effect over error is {abs(effect) / se:.1f}",
    )


def means_contradict(se: float, implied: float, unit: float) -> Contradiction | None:
    """An error of a difference of means against the two errors of the means.

    Parameters
    ----------
    se : float
        As printed.
    implied : float
        Root of the sum of squares of the two errors.
    unit : float
        Unit of the last digit to which those are printed: the root may be off by half of it, times the root of two.
    """
    if abs(se - implied) <= half_unit(se) + unit / 2 * math.sqrt(2):
        return None
    return Contradiction(
        "means",
        se,
        implied,
        f"the printed errors of the two means give {implied:g}, and {se:g} is printed",
    )


def interval_contradicts(
    effect: float, ends: tuple[float, float], se: float = NAN, *, level: float = 0.95
) -> Contradiction | None:
    """An interval whose middle is not the effect, or whose width does not fit the standard error."""
    low, high = ends
    slack = (half_unit(low) + half_unit(high)) / 2
    middle, implied = (low + high) / 2, error_of_interval(ends, level=level)
    if abs(middle - effect) > slack + half_unit(effect):
        return Contradiction(
            "interval",
            effect,
            middle,
            f"the middle of the interval is {middle:g}, and {effect:g} is printed",
        )
    if abs(se - implied) > half_unit(se if se == se else 0.0) + slack:
        return Contradiction(
            "interval",
            se,
            implied,
            f"the interval implies an error of {implied:.2g}, and {se:g} is printed",
        )
    return None


def error_of_interval(ends: tuple[float, float], *, level: float = 0.95) -> float:
    """The standard error, in the unit of the ends, that a symmetric normal interval implies.

    Examples
    --------
    >>> round(error_of_interval((11, 19)), 2)
    2.04
    """
    from scipy.special import ndtri

    return (ends[1] - ends[0]) / 2 / float(ndtri((1 + level) / 2))


def percentage_contradicts(log_points: float, percent: float) -> Contradiction | None:
    """A printed percentage against 100 (exp(b) - 1) of the printed log points."""
    slack = half_unit(log_points)
    low, high = (in_percent(log_points + way * slack) for way in (-1, 1))
    if low - half_unit(percent) <= percent <= high + half_unit(percent):
        return None
    return Contradiction(
        "percentage",
        percent,
        in_percent(log_points),
        f"{log_points:g} log points are {in_percent(log_points):.2f} %, and {percent:g} % is printed",
    )


def in_percent(log_points: float) -> float:
    """Log points as a percentage: 100 (exp(b) - 1).

    Examples
    --------
    >>> round(in_percent(0.185), 2)
    20.32
    """
    return 100 * math.expm1(log_points)
