"""Exchange rates of a month or a year, as bounds: the mean, between the lowest and the highest day."""

from __future__ import annotations

import functools

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError
from analysis.records.load import Records

RATE_PREFIX = "usd-cny@"


@functools.lru_cache(maxsize=1024)
def usd_cny(records: Records, month: str, *, because: str = "") -> Bounds:
    """Yuan per US dollar in one month.

    Parameters
    ----------
    records : Records
        Holds the frozen rates.
    month : str
        ``YYYY-MM``.
    because : str, optional
        Identifier of the row that says why this month counts (``series_id@period_start``).

    Returns
    -------
    Bounds
        In CNY/USD: the mean of the month's days, from the lowest to the highest day.

    Raises
    ------
    QuantityError
        If the month is outside the frozen series.

    References
    ----------
    Series usd-cny-mean, usd-cny-low, usd-cny-high (European Central Bank reference rates).
    """
    mean, low, high = (_rate(records, f"usd-cny-{what}", month) for what in ("mean", "low", "high"))
    name = f"{RATE_PREFIX}{month}"
    sources = (name, because) if because else (name,)
    return Bounds.of(Input(name, mean, low, high, parse_unit("CNY/USD"), sources=sources))


def jpy_cny(records: Records, year: str) -> Bounds:
    """Yuan per yen in one year.

    Parameters
    ----------
    records : Records
        Holds the frozen rates.
    year : str
        ``YYYY``.

    Returns
    -------
    Bounds
        In CNY/JPY: the mean of the year's days, from the lowest to the highest day.

    Raises
    ------
    QuantityError
        If the year is outside the frozen series.

    References
    ----------
    Series jpy-cny-mean, jpy-cny-low, jpy-cny-high (European Central Bank reference rates).
    """
    names = [f"jpy-cny-{what}" for what in ("mean", "low", "high")]
    mean, low, high = (_rate(records, name, f"{year}-01") for name in names)
    sources = tuple(sorted(f"{name}@{year}-01-01" for name in names))
    return Bounds.of(
        Input(f"jpy-cny@{year}", mean, low, high, parse_unit("CNY/JPY"), sources=sources)
    )


def _rate(records: Records, series_id: str, month: str) -> float:
    rows = records.series_rows(series_id)
    found = rows[rows["period_start"].str[:7] == month]
    if found.empty:
        first, last = rows["period_start"].iloc[0][:7], rows["period_start"].iloc[-1][:7]
        raise QuantityError(
            f"there is no exchange rate for {month}; the frozen rates run from {first} to {last}"
        )
    return float(found["value"].iloc[0])


def monthly_rates(records: Records) -> pd.DataFrame:
    """The frozen rates side by side: columns ``month``, ``mean``, ``low``, ``high`` in CNY/USD."""
    columns = {what: records.series_rows(f"usd-cny-{what}") for what in ("mean", "low", "high")}
    months = columns["mean"]["period_start"].str[:7]
    return pd.DataFrame(
        {"month": months} | {what: frame["value"] for what, frame in columns.items()}
    )
