"""The frozen exchange rates against the package they come from, computed once more by plain loops."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from pathlib import Path

import pytest
from currency_converter import CurrencyConverter, RateNotFoundError

from analysis.records.exchange_rates import daily_usd_cny, monthly_rows
from analysis.records.paths import PROJECT

FROZEN = Path("series/exchange_rates.csv")
Cells = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def converter() -> CurrencyConverter:
    return CurrencyConverter()


def frozen(folder: Path) -> Cells:
    with (folder / FROZEN).open(encoding="utf-8", newline="") as file:
        return {(row["series_id"], row["period_start"][:7]): row["value"] for row in csv.DictReader(file)}


def rates_of_month(converter: CurrencyConverter, year: int, month: int) -> list[float]:
    """Yuan per dollar on each day of the month that has both euro rates."""
    found = []
    for day in range(1, calendar.monthrange(year, month)[1] + 1):
        try:
            found.append(converter.convert(1, "USD", "CNY", date=dt.date(year, month, day)))
        except RateNotFoundError:
            continue
    return found


def recomputed(converter: CurrencyConverter) -> Cells:
    cells = {}
    for year in range(2014, 2022):
        for month in range(1, 13):
            rates = rates_of_month(converter, year, month)
            for name, value in {"mean": sum(rates) / len(rates), "low": min(rates), "high": max(rates)}.items():
                cells[f"usd-cny-{name}", f"{year}-{month:02d}"] = f"{value:.4f}"
    return cells


def departures(folder: Path, cells: Cells) -> list[str]:
    """Every month in which the frozen file departs from the package, with both values."""
    held = frozen(folder)
    return [
        f"{series}, {month}: the frozen file has {held.get((series, month))}, CurrencyConverter gives {cells.get((series, month))}"
        for series, month in sorted(held.keys() | cells.keys())
        if held.get((series, month)) != cells.get((series, month))
    ]


@pytest.fixture(scope="module")
def cells(converter: CurrencyConverter) -> Cells:
    return recomputed(converter)


def test_the_frozen_rates_are_those_of_the_package(cells):
    assert len(cells) == 3 * 96
    assert departures(PROJECT / "data", cells) == []


def test_a_changed_rate_is_named_with_series_month_and_both_values(data_copy, edit, cells):
    edit(data_copy / FROZEN, "usd-cny-mean@2017-10-01", "value", "6.6528")
    edit(data_copy / FROZEN, "usd-cny-high@2021-12-01", "period_start", "2022-01-01")
    assert departures(data_copy, cells) == [
        f"usd-cny-high, 2021-12: the frozen file has None, CurrencyConverter gives {cells['usd-cny-high', '2021-12']}",
        f"usd-cny-high, 2022-01: the frozen file has {cells['usd-cny-high', '2021-12']}, CurrencyConverter gives None",
        "usd-cny-mean, 2017-10: the frozen file has 6.6528, CurrencyConverter gives 6.6258",
    ]


@pytest.mark.parametrize(
    ("month", "mean"),
    [("2017-10", "6.6258"), ("2018-04", "6.3006"), ("2018-10", "6.9211"), ("2019-04", "6.7172"), ("2019-10", "7.0978"), ("2020-06", "7.0846"), ("2020-10", "6.7282"), ("2021-08", "6.4762")],
)
def test_rates_that_the_findings_use(month, mean):
    held = frozen(PROJECT / "data")
    assert held["usd-cny-mean", month] == mean
    assert float(held["usd-cny-low", month]) <= float(mean) <= float(held["usd-cny-high", month])


def test_freezing_anew_gives_the_file_line_for_line():
    made = monthly_rows().to_csv(index=False, lineterminator="\n").encode()
    assert made.splitlines() == (PROJECT / "data" / FROZEN).read_bytes().splitlines()


def test_a_daily_rate_is_the_cross_of_two_euro_rates(converter):
    daily = daily_usd_cny()
    assert daily.index.is_monotonic_increasing
    assert (daily.index[0], daily.index[-1]) == (dt.date(2014, 1, 2), dt.date(2021, 12, 31))
    assert dt.date(2017, 10, 1) not in daily.index  # a Sunday
    for day in (dt.date(2015, 8, 11), dt.date(2017, 10, 16), dt.date(2021, 8, 23)):
        per_euro = {code: converter.convert(1, "EUR", code, date=day) for code in ("CNY", "USD")}
        assert daily[day] == pytest.approx(per_euro["CNY"] / per_euro["USD"], rel=1e-12)
