"""Whether a dollar amount beside a yuan amount was converted at a rate that there was."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from analysis.bounds.intervals import intersect
from analysis.methods.chains import implied_rate, months_inside
from analysis.methods.consistency import Check
from analysis.records.periods import first_day, last_day

PLACES = 1000  # three decimals, outward
Pair = tuple[str, tuple[float, float], tuple[float, float]]


def around(
    rates: pd.DataFrame, start: str, end: str, *, years: int = 1
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Monthly rates of a period, and of the period with ``years`` before and after it.

    Parameters
    ----------
    rates : DataFrame
        ``month`` (YYYY-MM), ``mean``, ``low``, ``high`` in yuan per dollar.
    start, end : str
        The period, as YYYY, YYYY-MM or YYYY-MM-DD.
    """
    first, last = first_day(start), last_day(end)
    inside = rates["month"].between(f"{first:%Y-%m}", f"{last:%Y-%m}")
    near = rates["month"].between(
        f"{first.year - years}-{first:%m}", f"{last.year + years}-{last:%m}"
    )
    return rates[inside], rates[near]


def conversion(
    pairs: Iterable[Pair], own: pd.DataFrame, near: pd.DataFrame, *, exact: bool = False
) -> Check:
    """Whether one rate of the months near a period explains every pair of amounts.

    Parameters
    ----------
    pairs : iterable of (name, (yuan, unit), (dollars, unit))
        As printed, each with the unit of its last digit.
    own, near : DataFrame
        Monthly rates of the period, and of the time around it.
    exact : bool
        Whether the yuan amounts are taken as printed, so that only the dollars are rounded.

    Returns
    -------
    Check
        ``conflict``: no month's days hold such a rate, or the pairs exclude each other. ``warn``: none
        of the months of the period does on average. ``ambiguous``: there are no rates. ``rows`` holds the months.

    Examples
    --------
    >>> rates = pd.DataFrame({"month": ["2016-06"], "mean": [6.59], "low": [6.55], "high": [6.65]})
    >>> conversion([("fund", (118e6, 1e6), (15e6, 1e6))], rates, rates).reason
    'the pair implies 7.580 to 8.173 yuan per dollar: no month near the period has such a day'
    """
    if near.empty:
        return Check("ambiguous", "there are no exchange rates near the period")
    shared = intersect(
        {
            name: implied_rate(
                yuan, dollars, yuan_unit=0 if exact else yuan_unit, dollar_unit=dollar_unit
            )
            for name, (yuan, yuan_unit), (dollars, dollar_unit) in pairs
        }
    )
    if shared.interval is None:
        return Check(
            "conflict",
            f"{shared.low_from} and {shared.high_from} imply rates that exclude each other",
        )
    low = math.floor(shared.interval.low * PLACES) / PLACES
    high = math.ceil(shared.interval.high * PLACES) / PLACES
    said = f"the pair implies {low:.3f} to {high:.3f} yuan per dollar"
    months = months_inside(near, interval=shared.interval)
    if not months.touching:
        return Check("conflict", f"{said}: no month near the period has such a day")
    if not months_inside(own, interval=shared.interval).mean_inside:
        return Check(
            "warn",
            f"{said}: the rate of {', '.join(months.mean_inside) or ', '.join(months.touching)}, not of the period",
            months.touching,
        )
    return Check(
        "pass",
        f"{said}, as in {len(months_inside(own, interval=shared.interval).touching)} months of the period",
        months.touching,
    )
