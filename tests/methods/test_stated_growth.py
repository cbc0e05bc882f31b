"""Growth printed beside a level: what is read, what it implies, and what is refused."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest

from analysis.bounds.observed import observed, printed_ends
from analysis.methods.stated_growth import (
    growth_bounds,
    implied,
    implied_level,
    printed,
    published_levels,
    stated_growth,
)
from analysis.records.errors import QuantityError


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("30.4", 0.304, 0.3035, 0.3045),
        ("33", 0.33, 0.325, 0.335),
        ("26.0", 0.26, 0.2595, 0.2605),
        ("268", 2.68, 2.675, 2.685),
    ],
)
def test_a_printed_percentage_counts_its_zeros(text, value, low, high):
    assert printed(text) == (pytest.approx(value), pytest.approx(low), pytest.approx(high))


def test_growth_stated_of_rural_sales(records):
    found = stated_growth(records, "rural-online-retail").set_index("year")
    # +96 %, +39.1 %, +30.4 %, (2.4 points below 11.3 %), +11.3 %, +3.6 %, +6.7 %
    assert found["value"].round(4).to_dict() == {
        2015: 0.96,
        2017: 0.391,
        2018: 0.304,
        2020: 0.089,
        2021: 0.113,
        2022: 0.036,
        2025: 0.067,
    }
    assert found.loc[2020, ["low", "high"]].tolist() == pytest.approx(
        [0.1125 - 0.0245, 0.1135 - 0.0235]
    )
    assert found["stated"].to_dict()[2020] == "difference"
    assert set(found["stated"].drop(2020)) == {"printed"}
    assert found.loc[2018, "level"] == 1.37e12


def test_a_half_year_is_asked_for_by_its_end(records):
    half = stated_growth(records, "rural-online-retail-part", ends="06-30").set_index("year")[
        "value"
    ]
    assert half.to_dict() == {
        2017: pytest.approx(0.381),
        2019: pytest.approx(0.21),
        2023: pytest.approx(0.125),
    }
    assert stated_growth(records, "rural-online-retail-part").empty


def test_the_level_is_taken_from_the_row_that_prints_the_growth(records):
    # 2018: 69.79 billion with +36.4 %; 86.76 billion is another source
    levels = published_levels(records, "pc-online-retail").set_index("year")["value"]
    assert levels.to_dict() == {2018: 69.79e9, 2019: 239.2e9, 2020: 301.45e9}


@pytest.mark.parametrize(
    ("series_id", "year", "level", "growth", "published", "verdict"),
    [
        ("rural-online-retail", 2014, 353e9, 0.96, 180e9, "rounding"),
        ("rural-online-retail", 2017, 1.37e12, 0.304, 1_244.88e9, "differs"),
        ("rural-online-retail", 2020, 2.05e12, 0.113, 1.79e12, "differs"),
        ("rural-online-retail", 2021, 2.17e12, 0.036, 2.05e12, "differs"),
        ("rural-online-retail", 2024, 3e12, 0.067, None, "not published"),
        ("agri-online-retail", 2018, 397.5e9, 0.27, 230.5e9, "differs"),
        ("agri-online-retail", 2021, 531.38e9, 0.092, 422.1e9, "differs"),
        ("pc-online-retail", 2018, 239.2e9, 0.33, 69.79e9, "differs"),
        ("pc-online-retail", 2019, 301.45e9, 0.26, 239.2e9, "rounding"),
        ("pc-agri-online-retail", 2019, 40.66e9, 0.435, None, "not published"),
        ("rural-shops", 2016, 9.856e6, 0.207, 8.32e6, "differs"),
        ("pc-shops", 2019, 3.065e6, 0.137, None, "not published"),
    ],
)
def test_what_growth_implies_by_hand(records, series_id, year, level, growth, published, verdict):
    row = implied(records, series_id).set_index("year").loc[year]
    assert row["implied"] == pytest.approx(level / (1 + growth))
    assert row["verdict"] == verdict
    if published:
        assert row["revision"] == pytest.approx(level / (1 + growth) / published - 1)
        assert row["growth_by_levels"] == pytest.approx(level / published - 1)
    else:
        assert math.isnan(row["growth_by_levels"])


def test_implied_levels_as_bounds(records):
    found = implied_level(records, "pc-online-retail", 2018, unit="CNY")
    assert found.value == pytest.approx(239.2e9 / 1.33)
    assert (found.low, found.high) == (
        pytest.approx(239.15e9 / 1.335),
        pytest.approx(239.25e9 / 1.325),
    )
    assert found.inputs == ("pc-online-retail@2019-01-01",)
    assert growth_bounds(records, "pc-online-retail", 2020).value == pytest.approx(0.26)


def test_growth_that_nobody_stated_is_refused(records):
    with pytest.raises(
        QuantityError, match="no row of rural-online-retail prints a growth for 2016"
    ):
        growth_bounds(records, "rural-online-retail", 2016)


def test_more_than_is_read_beside_a_comma_too(records):
    assert printed_ends(
        {"value": 20e9, "last_digit": "100000000", "qualifier": "more than, cumulative"}
    ) == (20e9, 20e9, math.inf)
    assert printed_ends({"value": 20e9, "qualifier": "nearly"}) == (20e9, 10e9, 20e9)
    assert printed_ends({"value": 20e9, "last_digit": "100000000", "qualifier": "nearly"}) == (
        20e9,
        19.9e9,
        20e9,
    )
    assert printed_ends({"value": 21e9, "qualifier": ""}) == (21e9, 20.5e9, 21.5e9)
    assert observed(records, "demo-funds", "2014-01-01", last="2022-12-31").direction == "at least"


def test_counts_are_exact(records):
    one = observed(records, "demo-counties-batch", "2015")
    assert (one.low, one.value, one.high) == (200, 200, 200)


def test_a_year_that_is_no_number_of_a_row_stays_out(records):
    rows = records.series_rows("rural-shops")
    assert "2025-07-31" in set(rows["period_end"])  # +6.4 % on July 2024, not on the end of it
    assert stated_growth(records, "rural-shops")["year"].tolist() == [2017, 2022]


def test_records_are_left_as_they_were(records):
    before = records.series.copy()
    implied(dataclasses.replace(records), "rural-online-retail")
    pd.testing.assert_frame_equal(before, records.series)
