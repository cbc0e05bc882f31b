"""Exchange rates of a month: the mean, between the lowest and the highest day."""

from __future__ import annotations

import pytest

from analysis.bounds.bounds import Bounds
from analysis.bounds.rates import jpy_cny, monthly_rates, usd_cny
from analysis.records.errors import QuantityError

NAMED = "there is no exchange rate for {}; the frozen rates run from 2014-01 to 2021-12"


@pytest.mark.parametrize(
    ("month", "mean", "low", "high"),
    [
        ("2014-01", 6.0520, 6.0428, 6.0632),
        ("2017-10", 6.6258, 6.5787, 6.6545),
        ("2018-04", 6.3006, 6.2766, 6.3394),
        ("2019-10", 7.0978, 7.0414, 7.1497),
        ("2021-08", 6.4762, 6.4603, 6.4994),
    ],
)
def test_rates_of_a_month(records, month, mean, low, high):
    found = usd_cny(records, month)
    assert (found.value, found.low, found.high) == (mean, low, high)
    assert (found.unit, found.direction) == ("CNY / USD", "closed")
    assert found.inputs == (found.formula,) == (f"usd-cny@{month}",)


def test_a_reason_for_the_month_is_kept_among_the_inputs(records):
    found = usd_cny(records, "2017-10", because="canton-fair-session@2017-10-15")
    assert found.inputs == ("canton-fair-session@2017-10-15", "usd-cny@2017-10")
    assert found.formula == "usd-cny@2017-10"


@pytest.mark.parametrize(
    "month",
    [
        "2013-12",
        "2022-01",
        "2017-13",
        "2017",
        "2017-1",
        "2017-10-15",
        "October 2017",
        "",
        "2017.10",
    ],
)
def test_a_month_without_rate_is_refused(records, month):
    with pytest.raises(QuantityError) as caught:
        usd_cny(records, month)
    assert str(caught.value).startswith(NAMED.format(month))


def test_rates_convert_between_the_currencies_and_cancel(records):
    rate = usd_cny(records, "2021-08")
    dollars = Bounds.exactly(100_000, "CNY") / rate
    assert dollars.unit == "USD"
    assert (dollars.low, dollars.value, dollars.high) == (
        pytest.approx(100_000 / 6.4994),
        pytest.approx(100_000 / 6.4762),
        pytest.approx(100_000 / 6.4603),
    )
    assert (dollars * rate).unit == "CNY"
    assert ((dollars * rate).low, (dollars * rate).high) == (100_000, 100_000)


def test_the_table_of_rates_has_every_month_once_and_in_order(records):
    frame = monthly_rates(records)
    assert list(frame.columns) == ["month", "mean", "low", "high"]
    assert frame["month"].tolist() == [
        f"{year}-{month:02d}" for year in range(2014, 2022) for month in range(1, 13)
    ]
    assert ((frame["low"] <= frame["mean"]) & (frame["mean"] <= frame["high"])).all()
    assert frame.set_index("month").loc["2021-08"].tolist() == [6.4762, 6.4603, 6.4994]


def test_yen_of_a_year_lie_between_the_lowest_and_the_highest_day(records):
    found = jpy_cny(records, "2019")
    assert (found.value, found.low, found.high) == (0.063449, 0.059753, 0.067722)
    assert (found.unit, found.formula) == ("CNY / JPY", "jpy-cny@2019")
    assert found.inputs == (
        "jpy-cny-high@2019-01-01",
        "jpy-cny-low@2019-01-01",
        "jpy-cny-mean@2019-01-01",
    )


@pytest.mark.parametrize("year", ["2014", "2024", "19"])
def test_a_year_without_yen_is_refused(records, year):
    with pytest.raises(QuantityError, match=r"the frozen rates run from 2015-01 to 2023-01"):
        jpy_cny(records, year)
