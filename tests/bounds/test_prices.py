"""Amounts know their prices: known answers by hand, there and back, and every refusal."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.prices import (
    PPP_A_DAY,
    Amount,
    Index,
    add,
    deflate,
    nominal,
    per_head,
    poverty_line_multiple,
    ratio,
    restate,
    to_ppp_per_day,
)
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError

# National rural poverty line, current prices, 2010-2016 (NBS yearbook, note to the poverty table).
LINE = Index.from_levels(
    "poverty line",
    {2010: 2300, 2011: 2536, 2012: 2625, 2013: 2736, 2014: 2800, 2015: 2855, 2016: 2952},
    vintage="NBS, 2017",
)
# World Bank PIP deflator, rural China, 2017 = 1 (aux_cpi, commit 199a315da3ac): survey years only
# before 2010.
PIP = Index.from_levels(
    "PIP rural deflator",
    {
        2005: 0.588812,
        2008: 0.730676,
        2010: 0.769134,
        2011: 0.848054,
        2012: 0.877816,
        2013: 0.914935,
        2014: 0.936337,
        2015: 0.954729,
        2016: 0.987167,
        2017: 1.0,
        2018: 1.021,
        2019: 1.053672,
        2020: 1.085282,
        2021: 1.092879,
    },
    vintage="World Bank, 2024-09",
)
RURAL_PPP = 3.495010576391  # yuan per international dollar, rural China, 2017 (World Bank PIP)
FOUR = Index.from_levels(
    "four", {2010: 1.0, 2011: 1.25, 2012: 1.5, 2014: 2.0}, vintage="by hand"
)  # no 2013
YUAN = Amount(1000, "CNY/person/year", 2010)

levels = st.floats(0.01, 1e6)
indexes = st.dictionaries(st.integers(1978, 2030), levels, min_size=1, max_size=12).map(
    lambda found: Index.from_levels("any", found, vintage="drawn")
)
values = st.floats(-1e9, 1e9)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(QuantityError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


# -- indexes ---------------------------------------------------------------------------------------


def test_the_growth_of_the_poverty_line_by_hand():
    # 2536/2300 = 1.10261, 2625/2300 = 1.14130, 2736/2300 = 1.18957, 2800/2300 = 1.21739, 2855/2300
    # = 1.24130, 2952/2300 = 1.28348
    assert [round(LINE.factor(2010, to=year), 5) for year in range(2011, 2017)] == [
        1.10261,
        1.14130,
        1.18957,
        1.21739,
        1.24130,
        1.28348,
    ]


def test_the_world_bank_s_rural_deflator_of_2010_to_2016_is_the_poverty_line():
    for year in range(2011, 2017):
        assert PIP.factor(2010, to=year) == pytest.approx(LINE.factor(2010, to=year), abs=5e-6)
    assert [round(level, 4) for _, level in LINE.rebased(2010).values] == [
        1.0,
        1.1026,
        1.1413,
        1.1896,
        1.2174,
        1.2413,
        1.2835,
    ]


def test_changes_are_chained_forward_and_back():
    # 1 x 1.25 = 1.25; x 1.2 = 1.5; x 0.5 = 0.75
    found = Index.from_changes(
        "CPI", {2012: 0.2, 2011: 0.25, 2013: -0.5}, base_year=2010, vintage="NBS, 2014"
    )
    assert found.values == ((2010, 1.0), (2011, 1.25), (2012, 1.5), (2013, 0.75))
    assert (found.name, found.vintage) == ("CPI", "NBS, 2014")
    # on 2012: 1/1.5, 1.25/1.5, 1, 0.75/1.5
    later = Index.from_changes(
        "CPI", {2011: 0.25, 2012: 0.2, 2013: -0.5}, base_year=2012, vintage="NBS, 2014"
    )
    assert [level for _, level in later.values] == pytest.approx([2 / 3, 5 / 6, 1.0, 0.5])


def test_a_chain_of_one():
    assert Index.from_changes("CPI", {2011: 0.5}, base_year=2010, vintage="v").values == (
        (2010, 1.0),
        (2011, 1.5),
    )
    assert Index.from_levels("one", {2010: 7.0}, vintage="v").rebased(2010).values == ((2010, 1.0),)


def test_an_index_is_frozen_and_keeps_its_vintage_when_rebased():
    with pytest.raises(dataclasses.FrozenInstanceError):
        PIP.name = "another"
    assert (PIP.rebased(2010).name, PIP.rebased(2010).vintage) == (
        "PIP rural deflator",
        "World Bank, 2024-09",
    )
    assert PIP.rebased(2010).level(2010) == 1.0


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2009, "index four runs from 2010 to 2014; there is no 2009"),
        (2015, "index four runs from 2010 to 2014; there is no 2015"),
        (2013, "index four runs from 2010 to 2014; there is no 2013 in it: gaps stay gaps"),
    ],
)
def test_a_year_outside_or_in_a_gap_is_refused(year, said):
    assert refusal(FOUR.level, year) == said
    assert refusal(FOUR.rebased, year) == said
    assert refusal(deflate, YUAN, index=FOUR, to=year) == said
    assert refusal(deflate, dataclasses.replace(YUAN, year=year), index=FOUR, to=2010) == said
    assert refusal(restate, deflate(YUAN, index=FOUR, to=2012), index=FOUR, to=year) == said


@pytest.mark.parametrize("level", [0, -1, math.nan, math.inf])
def test_a_level_is_above_zero(level):
    assert refusal(Index.from_levels, "x", {2010: 1, 2011: level}, vintage="v").startswith(
        f"index x: the level of 2011 is {float(level)}; a level is above zero"
    )


@pytest.mark.parametrize(
    ("name", "years", "vintage"), [("", {2010: 1}, "v"), ("x", {2010: 1}, ""), ("x", {}, "v")]
)
def test_an_index_needs_a_name_a_vintage_and_a_year(name, years, vintage):
    assert (
        refusal(Index.from_levels, name, years, vintage=vintage)
        == "an index needs a name, a vintage (publisher and date) and at least one year"
    )


@pytest.mark.parametrize("given_years", [(2011, 2010), (2010, 2010)])
def test_the_years_of_an_index_rise(given_years):
    assert "the years must rise, each once" in refusal(
        Index, "x", "v", tuple((year, 1.0) for year in given_years)
    )


@pytest.mark.parametrize(
    ("changes", "base", "said"),
    [
        ({}, 2010, "index x: there is no change to chain"),
        (
            {2011: 0.1, 2013: 0.1},
            2010,
            "index x has no change for 2012: nothing is chained across a gap",
        ),
        (
            {2011: 5.8},
            2010,
            "index x: the change of 2011 is 5.8; it is a share between -1 and 1, such as 0.058 for 5.8 percent",
        ),
        (
            {2011: -1},
            2010,
            "index x: the change of 2011 is -1; it is a share between -1 and 1, such as 0.058 for 5.8 percent",
        ),
        (
            {2011: math.nan},
            2010,
            "index x: the change of 2011 is nan; it is a share between -1 and 1, such as 0.058 for 5.8 percent",
        ),
        ({2011: 0.1}, 2009, "index x runs from 2010 to 2011; there is no 2009"),
    ],
)
def test_changes_that_do_not_chain_are_refused(changes, base, said):
    assert refusal(Index.from_changes, "x", changes, base_year=base, vintage="v") == said


@given(indexes, st.data())
def test_law_rebasing_changes_no_factor(index, data):
    years = st.sampled_from([year for year, _ in index.values])
    base, start, end = data.draw(years), data.draw(years), data.draw(years)
    assert index.rebased(base).factor(start, to=end) == pytest.approx(
        index.factor(start, to=end), rel=1e-12
    )


@given(st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=10), st.data())
def test_law_changes_come_back_out_of_the_chain(changes, data):
    told = dict(enumerate(changes, 2001))
    index = Index.from_changes(
        "x", told, base_year=data.draw(st.integers(2000, 2000 + len(changes))), vintage="v"
    )
    assert [index.factor(year - 1, to=year) - 1 for year in told] == pytest.approx(
        changes, abs=1e-12
    )


# -- amounts ---------------------------------------------------------------------------------------


def test_deflating_names_index_vintage_and_years():
    # 1000 x 1.5 / 1.0 = 1500
    assert deflate(YUAN, index=FOUR, to=2012) == Amount(
        1500.0, "CNY/person/year", 2010, 2012, "four", "by hand"
    )
    assert deflate(YUAN, index=FOUR, to=2012).basis == "2012 prices by four (by hand)"
    assert (YUAN.basis, YUAN.is_real, YUAN.unit) == ("2010 nominal", False, "CNY / person / year")


@pytest.mark.parametrize(
    ("amount", "year", "real"), [(240, 2014, 278), (240, 2015, 273), (2300, 2010, 3245)]
)
def test_amounts_of_the_research_notes_in_2020_yuan(amount, year, real):
    # 240 x 1.085282/0.936337 = 278.18; 240 x 1.085282/0.954729 = 272.82; 2300 x 1.085282/0.769134 =
    # 3245.40
    assert round(deflate(Amount(amount, "CNY/person/year", year), index=PIP, to=2020).value) == real


@pytest.mark.parametrize(
    ("amount", "year", "dollars"),
    [
        (100_000, 2020, 72.2),  # 100000 / 1.085282 / 3.49501 / 365 = 92142 / 1275.68 = 72.23
        (300_000, 2020, 216.7),  # three times as much
        (5_550 * 12, 2012, 59.5),  # 66600 / 0.877816 = 75870; / 1275.68 = 59.47
        (
            2_300,
            2010,
            2.3,
        ),  # 2300 / 0.769134 = 2990.4; / 1275.68 = 2.344; the World Bank prints 2.30
        (240, 2014, 0.2),  # 240 / 0.936337 = 256.32; / 1275.68 = 0.201
    ],
)
def test_purchasing_power_a_day_by_hand(amount, year, dollars):
    found = to_ppp_per_day(
        Amount(amount, "CNY/person/year", year), ppp=RURAL_PPP, index=PIP, ppp_year=2017
    )
    assert round(found.value, 1) == dollars
    assert (found.unit, found.year, found.price_year, found.index, found.vintage) == (
        PPP_A_DAY,
        year,
        2017,
        PIP.name,
        PIP.vintage,
    )


def test_purchasing_power_does_not_depend_on_the_price_year_on_the_way():
    amount = Amount(100_000, "CNY/person/year", 2019)
    direct = to_ppp_per_day(amount, ppp=RURAL_PPP, index=PIP, ppp_year=2017)
    detour = to_ppp_per_day(
        deflate(amount, index=PIP, to=2020), ppp=RURAL_PPP, index=PIP, ppp_year=2017
    )
    assert detour.value == pytest.approx(direct.value, rel=1e-12)
    assert ratio(detour, direct) == pytest.approx(1.0)


def test_the_poverty_line_multiple_is_of_one_year():
    # 100000 / 4000 = 25
    line = Amount(4_000, "CNY/person/year", 2020)
    assert poverty_line_multiple(Amount(100_000, "CNY/person/year", 2020), line=line) == 25.0
    assert poverty_line_multiple(
        Amount(1_000, "CNY/person/month", 2020), line=line
    ) == pytest.approx(3.0)
    said = refusal(poverty_line_multiple, Amount(240, "CNY/person/year", 2014), line=line)
    assert (
        said
        == "the amount is of 2014, the line of 2020: a line measures the incomes of its own year"
    )
    real = deflate(Amount(100_000, "CNY/person/year", 2020), index=PIP, to=2017)
    assert refusal(poverty_line_multiple, real, line=line).startswith(
        "2017 prices by PIP rural deflator (World Bank, 2024-09) and 2020 nominal are different prices"
    )


def test_an_income_is_shared_in_a_household():
    # 100000 / 3 = 33333.33; / 4000 = 8.3
    shared = per_head(Amount(100_000, "CNY/person/year", 2020), household_size=3)
    assert (
        round(poverty_line_multiple(shared, line=Amount(4_000, "CNY/person/year", 2020)), 1) == 8.3
    )
    assert per_head(Amount(90_000, "CNY/household/year", 2020), household_size=3) == Amount(
        30_000, "CNY/person/year", 2020
    )
    real = deflate(Amount(90_000, "CNY/household/year", 2019), index=PIP, to=2020)
    assert per_head(real, household_size=3).basis == real.basis


@pytest.mark.parametrize("size", [0, 0.99, -3, math.nan, math.inf])
def test_a_household_has_one_person_or_more(size):
    assert (
        refusal(per_head, YUAN, household_size=size)
        == f"a household of {size} is none; allowed is one person or more"
    )


@pytest.mark.parametrize(
    "unit", ["CNY", "CNY/household", "CNY/person", "person/year", "CNY/county/year"]
)
def test_only_money_of_a_person_or_household_in_a_time_is_shared_or_turned_into_purchasing_power(
    unit,
):
    amount = Amount(1, unit, 2017)
    assert refusal(per_head, amount, household_size=2).startswith(
        f"{parse_unit(unit)} is not shared in a household; allowed is money such as CNY/household/year"
    )
    assert refusal(to_ppp_per_day, amount, ppp=3.5, index=PIP, ppp_year=2017).startswith(
        f"{parse_unit(unit)} has no daily purchasing power per person; allowed is money such as"
    )


def test_incomes_of_any_country_and_time():
    # a day's wage of 300 rupees for one earner of four persons: 75 rupees, over 20 rupees a dollar
    wage = per_head(Amount(300, "INR/person/day", 2017), household_size=4)
    assert (wage.value, wage.unit) == (75.0, "INR / day / person")
    assert to_ppp_per_day(wage, ppp=20, index=PIP, ppp_year=2017).value == pytest.approx(3.75)
    # 12,166.67 shillings a month are 146,000 a year, 400 a day
    month = Amount(146_000 / 12, "KES/person/month", 2017)
    assert to_ppp_per_day(month, ppp=40, index=PIP, ppp_year=2017).value == pytest.approx(10)


def test_periods_of_an_index():
    levels = {"2013-14": 236, "2014-15": 250.83, "2016-17": 275.92}
    iw = Index.from_levels("CPI-IW", levels, vintage="by hand")
    assert iw.gaps == ("2015-16",)
    assert refusal(iw.level, "2015-16") == (
        "index CPI-IW runs from 2013-14 to 2016-17; there is no 2015-16 in it: gaps stay gaps"
    )
    wage = Amount(100, "INR/person/day", "2013-14")
    real = deflate(wage, index=iw, to="2016-17")
    assert (real.value, real.basis) == (
        pytest.approx(100 * 275.92 / 236),
        "2016-17 prices by CPI-IW (by hand)",
    )
    for wrong in ({"FY14": 1}, {"2013-16": 1}, {"2013-14": 1, 2016: 2}, {"2013-07": 1, 2014: 2}):
        assert "allowed are years (2013), fiscal years (2013-14) and months" in refusal(
            Index.from_levels, "x", wrong, vintage="v"
        )
    ratios = Index.from_ratios(
        "x", {"2014-15": 110, "2015-16": 120}, base_year="2013-14", vintage="v"
    )
    assert dict(ratios.values) == pytest.approx({"2013-14": 1, "2014-15": 1.1, "2015-16": 1.32})
    assert "no change for 2015-16" in refusal(
        Index.from_ratios, "x", {"2014-15": 110, "2016-17": 120}, base_year="2013-14", vintage="v"
    )


def test_an_index_is_read_from_a_file_of_two_columns(tmp_path):
    path = tmp_path / "cpi.csv"
    path.write_text("month,index\n2011-11,100\n2011-12,101.5\n2012-01,\n2012-02,103\n", "utf-8")
    found = Index.from_file(path, name="CPI", vintage="by hand")
    assert found.values == (("2011-11", 100), ("2011-12", 101.5), ("2012-02", 103))
    assert found.gaps == ("2012-01",)
    path.write_text("year,index\n2011,100\n2012,n/a\n", "utf-8")
    assert "row 3: 'n/a' is no level" in refusal(
        Index.from_file, path, name="CPI", vintage="by hand"
    )


def test_purchasing_power_is_a_last_step():
    ppp = to_ppp_per_day(YUAN, ppp=RURAL_PPP, index=PIP, ppp_year=2017)
    assert refusal(to_ppp_per_day, ppp, ppp=3.5, index=PIP, ppp_year=2017).startswith(
        f"{PPP_A_DAY} has no daily purchasing power"
    )
    assert refusal(per_head, ppp, household_size=2).startswith(f"{PPP_A_DAY} is not shared")
    assert (
        refusal(add, ppp, deflate(YUAN, index=PIP, to=2017))
        == f"CNY / person / year and {PPP_A_DAY} are different units: they neither add nor compare"
    )
    assert parse_unit(PPP_A_DAY) == PPP_A_DAY


@pytest.mark.parametrize("ppp", [0, -1, math.nan, math.inf])
def test_a_parity_is_above_zero(ppp):
    assert refusal(to_ppp_per_day, YUAN, ppp=ppp, index=PIP, ppp_year=2017).startswith(
        f"a purchasing-power parity of {ppp} is none; it is above zero"
    )


def test_nothing_is_deflated_twice():
    real = deflate(YUAN, index=FOUR, to=2012)
    assert (
        refusal(deflate, real, index=FOUR, to=2011)
        == "the amount stands in 2012 prices by four (by hand) already; restate() moves it to another year, and nothing is deflated twice"
    )


def test_restating_needs_the_index_that_deflated():
    assert (
        refusal(restate, YUAN, index=FOUR, to=2011)
        == "the amount is nominal; deflate() puts it into the prices of a year"
    )
    newer = dataclasses.replace(FOUR, vintage="by hand again")
    real = deflate(YUAN, index=FOUR, to=2012)
    assert (
        refusal(restate, real, index=newer, to=2011)
        == "the amount stands in 2012 prices by four (by hand); four (by hand again) is another index"
    )
    assert refusal(to_ppp_per_day, real, ppp=3.5, index=PIP, ppp_year=2017).endswith(
        "PIP rural deflator (World Bank, 2024-09) is another index"
    )
    assert (
        refusal(nominal, YUAN, index=FOUR)
        == "the amount is nominal; deflate() puts it into the prices of a year"
    )


REAL = deflate(YUAN, index=FOUR, to=2012)


@pytest.mark.parametrize(
    "other",
    [
        YUAN,  # nominal
        dataclasses.replace(REAL, price_year=2011),
        dataclasses.replace(REAL, index="another"),
        dataclasses.replace(REAL, vintage="another"),
    ],
    ids=["nominal", "another price year", "another index", "another vintage"],
)
@pytest.mark.parametrize("helper", [add, ratio])
def test_other_prices_neither_add_nor_compare(helper, other):
    said = f"{REAL.basis} and {other.basis} are different prices: deflate both to one year by one index first"
    assert refusal(helper, REAL, other) == said


@pytest.mark.parametrize("helper", [add, ratio])
def test_nominal_amounts_of_two_years_are_two_prices(helper):
    assert (
        refusal(helper, YUAN, Amount(1000, "CNY/person/year", 2011))
        == "2010 nominal and 2011 nominal are different prices: deflate both to one year by one index first"
    )


def test_amounts_in_the_same_prices_add_and_compare():
    # 1000 + 12 x 50 = 1600; 1000 / 600 = 1.6667
    month = Amount(50, "CNY/person/month", 2010)
    assert add(YUAN, month) == Amount(1600, "CNY/person/year", 2010)
    assert ratio(YUAN, month) == pytest.approx(5 / 3)
    later = deflate(
        Amount(1250, "CNY/person/year", 2011), index=FOUR, to=2012
    )  # 1250 x 1.5/1.25 = 1500
    assert add(REAL, later) == Amount(3000, "CNY/person/year", None, 2012, "four", "by hand")
    assert ratio(REAL, later) == 1.0
    assert (
        refusal(nominal, add(REAL, later), index=FOUR)
        == "a sum over several years has no year of its own to go back to"
    )


def test_other_units_and_zero_are_refused():
    assert (
        refusal(add, YUAN, Amount(1, "CNY", 2010))
        == "CNY and CNY / person / year are different units: they neither add nor compare"
    )
    assert (
        refusal(ratio, YUAN, dataclasses.replace(YUAN, value=0))
        == "the second amount is zero: nothing is divided by it"
    )


@pytest.mark.parametrize(
    ("kwargs", "said"),
    [
        (
            {"value": math.nan, "unit": "CNY", "year": 2010},
            "nan is no amount; an amount is a finite number",
        ),
        (
            {"value": math.inf, "unit": "CNY", "year": 2010},
            "inf is no amount; an amount is a finite number",
        ),
        (
            {"value": 1, "unit": "CNY_2020/person", "year": 2010},
            "'CNY_2020/person' holds a price year; it is stated as price_year, and the unit without it",
        ),
        (
            {"value": 1, "unit": "CNY", "year": 2010, "price_year": 2020},
            "a real amount names its index and vintage, a nominal one has neither",
        ),
        (
            {"value": 1, "unit": "CNY", "year": 2010, "price_year": 2020, "index": "x"},
            "a real amount names its index and vintage, a nominal one has neither",
        ),
        (
            {"value": 1, "unit": "CNY", "year": 2010, "index": "x"},
            "a real amount names its index and vintage, a nominal one has neither",
        ),
        (
            {"value": 1, "unit": "CNY", "year": 2010, "index": "x", "vintage": "v"},
            "a real amount names its index and vintage, a nominal one has neither",
        ),
        (
            {"value": 1, "unit": "CNY", "year": None},
            "a nominal amount needs the year that it belongs to",
        ),
    ],
)
def test_an_amount_without_clear_prices_is_refused(kwargs, said):
    assert refusal(Amount, **kwargs) == said


def test_an_unknown_unit_is_refused():
    assert refusal(Amount, 1, "euro", 2010).startswith("'euro' is no unit; nearest are EUR")


@given(indexes, values, st.data())
def test_law_there_and_back_is_the_identity(index, value, data):
    years = st.sampled_from([year for year, _ in index.values])
    amount = Amount(value, "CNY/person/year", data.draw(years))
    back = nominal(deflate(amount, index=index, to=data.draw(years)), index=index)
    assert back == dataclasses.replace(amount, value=back.value)
    assert back.value == pytest.approx(value, rel=1e-12)


@given(indexes, values, st.data())
def test_law_by_way_of_another_year_is_the_direct_way(index, value, data):
    years = st.sampled_from([year for year, _ in index.values])
    amount, between, end = (
        Amount(value, "CNY/person/year", data.draw(years)),
        data.draw(years),
        data.draw(years),
    )
    direct = deflate(amount, index=index, to=end)
    detour = restate(deflate(amount, index=index, to=between), index=index, to=end)
    assert detour == dataclasses.replace(direct, value=detour.value)
    assert detour.value == pytest.approx(direct.value, rel=1e-12)


@given(indexes, values, values, st.data())
def test_law_the_sum_deflated_is_the_sum_of_the_deflated(index, a, b, data):
    years = st.sampled_from([year for year, _ in index.values])
    year, to = data.draw(years), data.draw(years)
    first, second = Amount(a, "CNY", year), Amount(b, "CNY", year)
    together = deflate(add(first, second), index=index, to=to)
    apart = add(deflate(first, index=index, to=to), deflate(second, index=index, to=to))
    scale = (abs(a) + abs(b)) * index.factor(year, to=to)
    assert (together.basis, together.year) == (apart.basis, apart.year)
    assert together.value == pytest.approx(apart.value, abs=1e-12 * max(scale, 1e-300))


@given(indexes, st.floats(1, 1e9), st.floats(1, 1e9), st.data())
def test_law_deflating_keeps_ratios_within_a_year(index, a, b, data):
    years = st.sampled_from([year for year, _ in index.values])
    year, to = data.draw(years), data.draw(years)
    first, second = Amount(a, "CNY", year), Amount(b, "CNY", year)
    assert ratio(
        deflate(first, index=index, to=to), deflate(second, index=index, to=to)
    ) == pytest.approx(ratio(first, second), rel=1e-12)
