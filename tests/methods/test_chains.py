"""Chains and rounded pairs: the known answers worked out by hand, the laws, every refusal."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.intervals import Common, Interval, intersect, rounded
from analysis.bounds.rates import monthly_rates
from analysis.methods.chains import (
    IMPLIED_COLUMNS,
    Growth,
    Months,
    growth_between,
    implied_levels,
    implied_rate,
    months_inside,
)
from analysis.records.errors import QuantityError

MILLION = 1e6


def table(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(QuantityError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


# -- rounding --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "low", "high"),
    [
        (118e6, None, 117.5e6, 118.5e6),
        (17e6, None, 16.5e6, 17.5e6),
        (20e6, None, 15e6, 25e6),  # trailing zeros count as not stated
        (20e6, 1e6, 19.5e6, 20.5e6),
        (2.9e6, 10_000, 2.895e6, 2.905e6),  # printed as 2.90 million
        (6_079, None, 6_078.5, 6_079.5),
        (-1.1 / 100, None, -0.0115, -0.0105),  # -0.011000000000000001 in binary
        (0, 0.001, -0.0005, 0.0005),
    ],
)
def test_half_a_unit_to_either_side(value, unit, low, high):
    found = rounded(value, unit=unit)
    assert (found.low, found.high) == (
        pytest.approx(low, rel=1e-12),
        pytest.approx(high, rel=1e-12),
    )


def test_zero_does_not_show_its_last_digit():
    assert refusal(rounded, 0) == "0 does not show its last digit; state the unit, or low and high"
    assert refusal(rounded, 5, unit=-1) == (
        "a last digit worth -1 is none; it is zero (exact) or above"
    )


def test_the_low_end_comes_first():
    assert refusal(Interval, 2, 1) == "[2, 1] is no interval: the low end comes first"
    assert refusal(Interval, math.nan, 1) == "[nan, 1] is no interval: the low end comes first"


# -- levels against growth -------------------------------------------------------------------------


def test_the_level_that_growth_implies_by_hand():
    # Rural online retail, bn yuan: 1244.9 (2017), 1370 (2018, +30.4 %). 1370/1.304 = 1050.613;
    # /1244.9 - 1 = -15.607 %.
    # Ends: (1370 - 5)/(1.304 + 0.0005) = 1046.378, (1370 + 5)/(1.304 - 0.0005) = 1054.852: far
    # below 1244.9.
    found = implied_levels(
        table(year=[2017, 2018], value=[1244.9, 1370]), table(year=[2018], value=[0.304])
    )
    assert tuple(found.columns) == IMPLIED_COLUMNS
    (row,) = found.to_dict("records")
    assert (row["year"], row["from_year"], row["published"], row["verdict"]) == (
        2017,
        2018,
        1244.9,
        "differs",
    )
    assert row["implied"] == pytest.approx(1050.613, abs=5e-4)
    assert (row["implied_low"], row["implied_high"]) == (
        pytest.approx(1365 / 1.3045),
        pytest.approx(1375 / 1.3035),
    )
    assert row["revision"] == pytest.approx(-0.15607, abs=5e-6)
    assert (row["revision_low"], row["revision_high"]) == (
        pytest.approx(1365 / 1.3045 / 1244.95 - 1),
        pytest.approx(1375 / 1.3035 / 1244.85 - 1),
    )


@pytest.mark.parametrize(
    ("before", "level", "growth", "revision"),
    [
        (
            230.5,
            397.5,
            0.27,
            0.358,
        ),  # farm products online 2018: 397.5/1.27 = 312.99; /230.5 = 1.3579
        (415.9, 422.1, 0.028, -0.013),  # 2020, weak level: 422.1/1.028 = 410.60; /415.9 = 0.9873
        (239.2, 301.45, 0.26, 0.0002),  # 832 counties 2019: 301.45/1.26 = 239.246; /239.2 = 1.0002
    ],
)
def test_revisions_of_the_research_notes(before, level, growth, revision):
    found = implied_levels(
        table(year=[1, 2], value=[before, level]), table(year=[2], value=[growth])
    )
    assert round(found["revision"].iloc[0], len(str(revision)) - 2 - (revision < 0)) == revision


def test_rounding_alone_explains_a_difference_within_it():
    # 301.45/1.26: from 301.445/1.265 = 238.30 to 301.455/1.255 = 240.20, which holds 239.2
    found = implied_levels(
        table(year=[2019, 2020], value=[239.2, 301.45]), table(year=[2020], value=[0.26])
    )
    assert found["verdict"].tolist() == ["rounding"]
    assert found["revision_low"].iloc[0] < 0 < found["revision_high"].iloc[0]


def test_a_year_without_published_level_is_shown_and_not_compared():
    found = implied_levels(
        table(year=[2018, 2020], value=[3.0, 6.0]),
        table(year=[2018, 2019, 2020], value=[0.5, 0.5, 0.5]),
    )
    assert found[["year", "from_year", "verdict"]].values.tolist() == [
        [2017, 2018, "not published"],
        [2019, 2020, "not published"],
    ]
    assert found["implied"].tolist() == [2.0, 4.0]
    assert found[["published", "revision", "revision_low", "revision_high"]].isna().all(axis=None)


def test_own_ends_are_taken_as_given():
    levels = table(
        year=[2019, 2020], value=[10.0, 20.0], low=[10.0, 20.0], high=[math.inf, 20.0]
    )  # "more than 10" in 2019
    found = implied_levels(levels, table(year=[2020], value=[0.25], low=[0.25], high=[0.25]))
    assert (
        found["implied_low"].iloc[0],
        found["implied_high"].iloc[0],
        found["verdict"].iloc[0],
    ) == (16.0, 16.0, "rounding")
    assert (found["revision"].iloc[0], found["revision_low"].iloc[0]) == (pytest.approx(0.6), -1.0)


def test_no_common_year_gives_an_empty_table():
    found = implied_levels(table(year=[2019], value=[1.0]), table(year=[2020], value=[0.1]))
    assert found.empty
    assert tuple(found.columns) == IMPLIED_COLUMNS


GOOD = table(year=[2020], value=[0.1])


@pytest.mark.parametrize(
    ("levels", "growth", "said"),
    [
        (
            table(year=[2020]),
            GOOD,
            "levels: the columns are year and value, and low and high together or not at all",
        ),
        (
            GOOD,
            table(year=[2020], value=[0.1], low=[0.1]),
            "growth: the columns are year and value, and low and high together or not at all",
        ),
        (
            table(year=[2020, 2020], value=[1.0, 2.0]),
            GOOD,
            "levels: 2020 stands twice; choose one vintage",
        ),
        (
            table(year=[2020], value=[-3.0]),
            GOOD,
            "levels: -3.0 of 2020 may be -3.5; a level is above zero, a growth above -1",
        ),
        (
            GOOD,
            table(year=[2020], value=[-1.5]),
            "growth: -1.5 of 2020 may be -1.55; a level is above zero, a growth above -1",
        ),
        (
            GOOD,
            table(year=[2020], value=[0.0]),
            "0 does not show its last digit; state the unit, or low and high",
        ),
        (
            table(year=[2020], value=[5.0], low=[6.0], high=[7.0]),
            GOOD,
            "levels: 5.0 of 2020 is outside its own ends 6.0 and 7.0",
        ),
        (
            table(year=[2020], value=[5.0], low=[7.0], high=[6.0]),
            GOOD,
            "[7.0, 6.0] is no interval: the low end comes first",
        ),
    ],
)
def test_tables_that_make_no_chain_are_refused(levels, growth, said):
    assert refusal(implied_levels, levels, growth) == said


def test_a_missing_value_is_refused():
    with pytest.raises(QuantityError):
        implied_levels(table(year=[2020], value=[math.nan], low=[1.0], high=[2.0]), GOOD)


# -- chains ----------------------------------------------------------------------------------------


# -- growth from endpoints -------------------------------------------------------------------------


def test_the_growth_of_income_in_poverty_areas_is_not_the_one_stated():
    # 6,079 yuan (2013) to 12,588 (2020): (12588/6079)^(1/7) = 2.070735^(1/7) = exp(0.727904/7) =
    # 1.10958.
    found = growth_between(6_079, 12_588, years=7)
    assert round(found.value, 4) == 0.1096
    assert (found.low, found.high) == (
        pytest.approx((12587.5 / 6079.5) ** (1 / 7) - 1),
        pytest.approx((12588.5 / 6078.5) ** (1 / 7) - 1),
    )
    # The 11.6 % officially stated is the mean of eight years from a level of 2012 that is not
    # printed: rounding does not reach it.
    assert found.high < 0.1155
    # It would take 12588 / 1.116^8 = 5232 yuan in 2012.
    assert round(growth_between(5_232, 12_588, years=8).value, 3) == 0.116


def test_counts_have_no_rounding():
    assert growth_between(100, 121, years=2, exact=True) == Growth(
        pytest.approx(0.1), pytest.approx(0.1), pytest.approx(0.1), 2
    )


@pytest.mark.parametrize(("first", "last", "years"), [(100, 121, 0), (0, 121, 2), (100, -1, 2)])
def test_growth_needs_levels_and_years(first, last, years):
    assert (
        refusal(growth_between, first, last, years=years)
        == f"no yearly growth from {first} to {last} over {years} years; levels are above zero, and years are one or more"
    )


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 40))
def test_law_growth_lies_between_its_ends_and_leads_from_first_to_last(first, last, years):
    found = growth_between(first, last, years=years)
    assert found.low <= found.value <= found.high
    assert first * (1 + found.value) ** years == pytest.approx(last, rel=1e-9)


# -- rates from rounded pairs ----------------------------------------------------------------------

# The three pairs of the Hunan document: 118 m = $17 m, 105 m = $15 m, 20 m = $2.90 m.
ROUNDED = {"118 m": implied_rate(118e6, 17e6), "105 m": implied_rate(105e6, 15e6)}
EXACT = {
    "118 m": implied_rate(118e6, 17e6, yuan_unit=0),
    "105 m": implied_rate(105e6, 15e6, yuan_unit=0),
}
TWENTY = implied_rate(20e6, 2.9e6, yuan_unit=0, dollar_unit=10_000)


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [
        (ROUNDED["118 m"], 117.5 / 17.5, 118.5 / 16.5),  # 6.7143, 7.1818
        (ROUNDED["105 m"], 104.5 / 15.5, 105.5 / 14.5),  # 6.7419, 7.2759
        (EXACT["118 m"], 118 / 17.5, 118 / 16.5),  # 6.7429, 7.1515
        (EXACT["105 m"], 105 / 15.5, 105 / 14.5),  # 6.7742, 7.2414
        (TWENTY, 20 / 2.905, 20 / 2.895),  # 6.88468, 6.90846
        (
            implied_rate(20e6, 2.9e6, dollar_unit=10_000),
            15 / 2.905,
            25 / 2.895,
        ),  # 5.1635, 8.6356: says nothing
        (
            implied_rate(20e6, 2.9e6, yuan_unit=1e6, dollar_unit=10_000),  # as printed
            19.5 / 2.905,
            20.5 / 2.895,
        ),  # 6.7126, 7.0812
        (
            implied_rate(20e6, 2.9e6, yuan_unit=0),
            20 / 2.95,
            20 / 2.85,
        ),  # were 2.90 no more than 2.9
    ],
)
def test_the_rates_of_a_pair_by_hand(found, low, high):
    assert (found.low, found.high) == (
        pytest.approx(low, rel=1e-12),
        pytest.approx(high, rel=1e-12),
    )


@pytest.mark.parametrize("others", [ROUNDED, EXACT], ids=["yuan rounded", "yuan exact"])
def test_the_three_pairs_together_require_6_885_to_6_908(others):
    # 20 / 2.905 = 6.884682 and 20 / 2.895 = 6.908463 lie inside both other intervals: the third
    # pair alone decides.
    found = intersect(others | {"20 m": TWENTY})
    assert (found.low_from, found.high_from) == ("20 m", "20 m")
    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (6.885, 6.908)


def test_with_the_yuan_rounded_as_printed_the_dollars_date_less():
    # from 19.5 / 2.905 = 6.7126 up to 20.5 / 2.895 = 7.0812, and 104.5 / 15.5 = 6.7419 from below
    twenty = implied_rate(20e6, 2.9e6, yuan_unit=1e6, dollar_unit=10_000)
    found = intersect(ROUNDED | {"20 m": twenty})
    assert (found.low_from, found.high_from) == ("105 m", "20 m")
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (6.7419, 7.0812)


def test_with_trailing_zeros_not_counted_the_dollars_date_nothing():
    # from 104.5/15.5 = 6.7419 (105 m) to 118.5/16.5 = 7.1818 (118 m)
    found = intersect(ROUNDED | {"20 m": implied_rate(20e6, 2.9e6, dollar_unit=10_000)})
    assert (found.low_from, found.high_from) == ("105 m", "118 m")
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (6.7419, 7.1818)


def test_the_months_of_the_hunan_document_are_those_of_its_writing_and_after(records):
    found = months_inside(
        monthly_rates(records), interval=intersect(ROUNDED | {"20 m": TWENTY}).interval
    )
    assert set(found.mean_inside) <= set(found.touching)
    assert {"2016-12", "2017-03", "2017-04"} <= set(
        found.touching
    )  # 62 of the 76 days fall in Nov 2016 - May 2017
    assert all(month >= "2016-11" for month in found.touching)  # never in 2016 up to October


@pytest.mark.parametrize(
    ("args", "kwargs", "said"),
    [
        ((0, 1), {}, "no rate follows from 0 yuan and 1 dollars; both are above zero"),
        ((1, -1), {}, "no rate follows from 1 yuan and -1 dollars; both are above zero"),
        ((1, 1), {"dollar_unit": 2}, "1 dollars rounded to 2 may be nothing: no rate follows"),
    ],
)
def test_pairs_without_a_rate_are_refused(args, kwargs, said):
    assert refusal(implied_rate, *args, **kwargs) == said


def test_months_meet_by_their_days_or_by_their_mean():
    rates = table(
        month=["2020-01", "2020-02", "2020-03", "2020-04"],
        mean=[7.0, 6.9, 6.5, 6.0],
        low=[6.95, 6.85, 6.4, 5.9],
        high=[7.1, 7.0, 6.6, 6.1],
    )
    assert months_inside(rates, interval=Interval(6.6, 6.96)) == Months(
        ("2020-01", "2020-02", "2020-03"), ("2020-02",)
    )
    assert months_inside(rates, interval=Interval(8, 9)) == Months((), ())


# -- intersections ---------------------------------------------------------------------------------


def test_what_excludes_each_other_is_named():
    assert intersect({"a": Interval(1, 2), "b": Interval(3, 4), "c": Interval(0, 9)}) == Common(
        None, "b", "a"
    )
    assert intersect({"a": Interval(1, 2), "b": Interval(2, 3)}).interval == Interval(2, 2)
    assert intersect({"a": Interval(1, 2)}) == Common(Interval(1, 2), "a", "a")
    assert refusal(intersect, {}) == "nothing is shared by no intervals; give at least one"


intervals = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)).map(
    lambda ends: Interval(min(ends), max(ends))
)


@given(st.lists(intervals, min_size=1, max_size=6))
def test_law_an_intersection_lies_in_each_and_is_missing_only_if_two_are_apart(found):
    named = {str(i): one for i, one in enumerate(found)}
    common = intersect(named)
    if common.interval is None:
        assert named[common.low_from].low > named[common.high_from].high
        with pytest.raises(QuantityError, match="exclude each other"):
            _ = common.shared
    else:
        assert common.shared == common.interval
        assert all(
            one.low <= common.interval.low and common.interval.high <= one.high for one in found
        )
        assert common.interval == Interval(named[common.low_from].low, named[common.high_from].high)


@given(st.lists(intervals, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_law_the_order_of_intervals_does_not_matter(found, random):
    shuffled = random.sample(found, len(found))
    assert (
        intersect(dict(enumerate(found))).interval == intersect(dict(enumerate(shuffled))).interval
    )


@given(st.floats(1e3, 1e9), st.floats(4, 9))
def test_law_a_pair_converted_at_a_rate_allows_that_rate(dollars, rate):
    yuan = dollars * rate
    stated_yuan, stated_dollars = float(f"{yuan:.3g}"), float(f"{dollars:.3g}")
    found = implied_rate(stated_yuan, stated_dollars)
    assert found.low * (1 - 1e-12) <= rate <= found.high * (1 + 1e-12)
