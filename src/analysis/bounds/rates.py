"""Exchange rates of a month or a year, as bounds: the mean, between the lowest and the highest day."""

from __future__ import annotations

import functools

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.periods import date_problem, first_day, last_day

RATE_PREFIX = "usd-cny@"


def exchange_rate(
    records: Records, of: str, to: str, period: str, *, because: str = "", short: bool = False
) -> Bounds:
    """What one unit of a currency was in another, in one month or year.

    Parameters
    ----------
    records : Records
        Holds the frozen rates: series such as usd-cny-mean, usd-cny-low, usd-cny-high.
    of, to : str
        Codes of ISO 4217.
    period : str
        ``YYYY-MM`` or ``YYYY``, as the series is dated.
    because : str, optional
        Identifier of the row that says why this period counts (``series_id@period_start``).
    short : bool
        Name the three rows as one source.

    Returns
    -------
    Bounds
        In ``to``/``of``: the mean of the days, from the lowest to the highest day.

    Raises
    ------
    QuantityError
        If the collection has no rates of the two, or none of the period: with the way to add them.

    Examples
    --------
    >>> from analysis.records.load import load
    >>> exchange_rate(load(), "USD", "CNY", "2017-10").value
    6.6258
    """
    pair = f"{of}-{to}".lower()
    names = [f"{pair}-{what}" for what in ("mean", "low", "high")]
    if not set(names) <= set(records.series_index["series_id"]):
        raise QuantityError(
            f"the collection has no exchange rates of {of} in {to}, so nothing is converted: 'analysis exchange-rates {of} {to}' freezes those of the European Central Bank, or says why it cannot"
        )
    mean, low, high = (_rate(records, name, period) for name in names)
    name = f"{pair}@{period}"
    rows = tuple(sorted(f"{one}@{first_day(period).isoformat()}" for one in names))
    sources = (name,) if short else rows
    more = (because,) if because else ()
    return Bounds.of(
        Input(name, mean, low, high, parse_unit(f"{to}/{of}"), sources=(*sources, *more))
    )


@functools.lru_cache(maxsize=1024)
def usd_cny(records: Records, month: str, *, because: str = "") -> Bounds:
    """Yuan per US dollar in one month (``YYYY-MM``); see ``exchange_rate``."""
    return exchange_rate(records, "USD", "CNY", month, because=because, short=True)


def jpy_cny(records: Records, year: str) -> Bounds:
    """Yuan per yen in one year (``YYYY``); see ``exchange_rate``."""
    return exchange_rate(records, "JPY", "CNY", year)


def _rate(records: Records, series_id: str, period: str) -> float:
    rows = records.series_rows(series_id)
    days = () if date_problem(period) else (first_day(period), last_day(period))
    spans = zip(rows["period_start"], rows["period_end"], strict=True)
    found = rows[[(first_day(start), last_day(end)) == days for start, end in spans]]
    if found.empty:
        first, last = rows["period_start"].iloc[0][:7], rows["period_start"].iloc[-1][:7]
        raise QuantityError(
            f"there is no exchange rate for {period}; the frozen rates run from {first} to {last}"
        )
    return float(found["value"].iloc[0])


def monthly_rates(records: Records) -> pd.DataFrame:
    """The frozen rates side by side: columns ``month``, ``mean``, ``low``, ``high`` in CNY/USD; no row without them."""
    if "usd-cny-mean" not in set(records.series_index["series_id"]):
        return pd.DataFrame(
            {"month": pd.Series(dtype="str")}
            | {w: pd.Series(dtype="float64") for w in ("mean", "low", "high")}
        )
    columns = {what: records.series_rows(f"usd-cny-{what}") for what in ("mean", "low", "high")}
    months = columns["mean"]["period_start"].str[:7]
    return pd.DataFrame(
        {"month": months} | {what: frame["value"] for what, frame in columns.items()}
    )
