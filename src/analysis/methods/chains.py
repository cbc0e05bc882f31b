"""Chains: levels against stated growth, and rates of conversion that rounded pairs allow.

A figure is read as in docs/method.md: a rounded one stands for half a unit of its last digit to
either side. Frames hold ``year`` and ``value``, and may hold ``low`` and ``high`` where another
reading is wanted ("more than": high infinite).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.intervals import Interval, rounded
from analysis.records.errors import QuantityError

IMPLIED_COLUMNS = (
    "year",
    "from_year",
    "published",
    "implied",
    "implied_low",
    "implied_high",
    "revision",
    "revision_low",
    "revision_high",
    "verdict",
)


@dataclass(frozen=True)
class Months:
    """Months (``YYYY-MM``) whose days meet an interval, and apart those whose mean lies inside."""

    touching: tuple[str, ...]
    mean_inside: tuple[str, ...]


@dataclass(frozen=True)
class Growth:
    """Compound growth a year, as a share, with the ends that rounding of the endpoints allows."""

    value: float
    low: float
    high: float
    years: int


def _table(frame: pd.DataFrame, what: str) -> dict[int, tuple[float, float, float]]:
    """Year -> value, low, high; raises QuantityError with what is wrong."""
    if not {"year", "value"} <= set(frame.columns) or ("low" in frame) != ("high" in frame):
        raise QuantityError(
            f"{what}: the columns are year and value, and low and high together or not at all"
        )
    found: dict[int, tuple[float, float, float]] = {}
    for row in frame.to_dict("records"):
        year, value = int(row["year"]), float(row["value"])
        if year in found:
            raise QuantityError(f"{what}: {year} stands twice; choose one vintage")
        ends = Interval(float(row["low"]), float(row["high"])) if "low" in row else rounded(value)
        if not ends.low <= value <= ends.high:
            raise QuantityError(
                f"{what}: {value} of {year} is outside its own ends {ends.low} and {ends.high}"
            )
        if not ends.low > (0 if what == "levels" else -1):
            raise QuantityError(
                f"{what}: {value} of {year} may be {ends.low}; a level is above zero, a growth above -1"
            )
        found[year] = value, ends.low, ends.high
    return found


def implied_levels(levels: pd.DataFrame, growth: pd.DataFrame) -> pd.DataFrame:
    """What stated growth says about the year before: level(t) ÷ (1 + g(t)), in the unit of the levels.

    Parameters
    ----------
    levels : DataFrame
        Published levels: ``year``, ``value``, and perhaps ``low``, ``high``.
    growth : DataFrame
        Stated growth on the year before, as a share: the same columns.

    Returns
    -------
    DataFrame
        One row per year with level and growth. ``year`` is the year implied, ``from_year`` the next
        one; ``published`` its level as first printed; ``revision`` is implied ÷ published - 1; the
        ends are those that rounding of both levels and of the growth allows. ``verdict``:
        ``rounding`` (the ends hold the published level), ``differs``, or ``not published``.

    Raises
    ------
    QuantityError
        If a year stands twice, or a value is outside its own ends.

    Examples
    --------
    >>> levels = pd.DataFrame({"year": [2018, 2019], "value": [230.5, 397.5]})
    >>> growth = pd.DataFrame({"year": [2019], "value": [0.27]})
    >>> found = implied_levels(levels, growth)
    >>> found[["year", "published", "implied", "verdict"]].round(1).values.tolist()
    [[2018, 230.5, 313.0, 'differs']]
    """
    level, rates = _table(levels, "levels"), _table(growth, "growth")
    rows = [_implied(year, level, rates[year]) for year in sorted(level.keys() & rates.keys())]
    return pd.DataFrame(rows, columns=list(IMPLIED_COLUMNS))


def _implied(
    year: int, level: dict[int, tuple[float, float, float]], rate: tuple[float, float, float]
) -> tuple[object, ...]:
    value, low, high = level[year]
    implied = (value / (1 + rate[0]), low / (1 + rate[2]), high / (1 + rate[1]))
    if year - 1 not in level:
        return (year - 1, year, math.nan, *implied, math.nan, math.nan, math.nan, "not published")
    published, lowest, highest = level[year - 1]
    verdict = "rounding" if implied[1] <= highest and implied[2] >= lowest else "differs"
    return (
        year - 1,
        year,
        published,
        *implied,
        implied[0] / published - 1,
        implied[1] / highest - 1,
        implied[2] / lowest - 1,
        verdict,
    )


def growth_between(first: float, last: float, *, years: int, exact: bool = False) -> Growth:
    """Compound growth a year from two endpoints, as a share.

    Parameters
    ----------
    first, last : float
        Levels as printed.
    years : int
        Years between them.
    exact : bool
        Whether they are counts; else each stands for half a unit of its last digit to either side.

    Examples
    --------
    >>> round(growth_between(6_079, 12_588, years=7).value, 4)
    0.1096
    """
    if years < 1 or min(first, last) <= 0:
        raise QuantityError(
            f"no yearly growth from {first} to {last} over {years} years; levels are above zero, and years are one or more"
        )
    starts, ends = (
        (one, one) if exact else (rounded(one).low, rounded(one).high) for one in (first, last)
    )
    value, low, high = (
        (b / a) ** (1 / years) - 1
        for a, b in ((first, last), (starts[1], ends[0]), (starts[0], ends[1]))
    )
    return Growth(value, low, high, years)


def implied_rate(
    yuan: float, dollars: float, *, yuan_unit: float | None = None, dollar_unit: float | None = None
) -> Interval:
    """The exchange rates, in yuan per dollar, at which a printed pair of amounts can have been converted.

    Parameters
    ----------
    yuan, dollars : float
        As printed.
    yuan_unit, dollar_unit : float, optional
        Unit of the last printed digit; where it is not given, trailing zeros do not count. Zero: the
        amount is exact, because the converter had only the printed figure. A pair like
        20 million and 2.90 million, whose dollars show more digits than its yuan, can only be that.

    Examples
    --------
    >>> implied_rate(20_000_000, 2_900_000, yuan_unit=0, dollar_unit=10_000)
    Interval(low=6.8846..., high=6.9084...)
    """
    if min(yuan, dollars) <= 0:
        raise QuantityError(
            f"no rate follows from {yuan} yuan and {dollars} dollars; both are above zero"
        )
    above, below = rounded(yuan, unit=yuan_unit), rounded(dollars, unit=dollar_unit)
    if not below.low > 0:
        raise QuantityError(
            f"{dollars} dollars rounded to {dollar_unit} may be nothing: no rate follows"
        )
    return Interval(above.low / below.high, above.high / below.low)


def months_inside(rates: pd.DataFrame, *, interval: Interval) -> Months:
    """Months in which a rate of the interval occurred, in the unit of the rates.

    Parameters
    ----------
    rates : DataFrame
        ``month``, ``mean``, ``low``, ``high``, as ``monthly_rates`` gives them.
    interval : Interval
        Rates looked for.

    Returns
    -------
    Months
        Months whose range of days meets the interval, and those whose mean lies inside. A range can
        meet it without any day inside.
    """
    touching = (rates["low"] <= interval.high) & (rates["high"] >= interval.low)
    return Months(
        tuple(rates.loc[touching, "month"]),
        tuple(rates.loc[rates["mean"].between(interval.low, interval.high), "month"]),
    )
