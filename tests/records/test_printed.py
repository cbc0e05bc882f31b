"""The printed figure and the unit of its last digit: one rule, and what the tables say under it."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.claims import bounds_of, interval_table
from analysis.bounds.observed import observed
from analysis.records.errors import QuantityError
from analysis.records.load import problems
from analysis.records.printed import SCALES, figure, last_digit, printed_problems
from analysis.records.series import best, value_at


@pytest.mark.parametrize(
    ("value", "stated", "unit", "rule"),
    [
        (7_710_000, "", 10_000, "trailing zeros"),
        (146_000, "", 1_000, "trailing zeros"),
        (100_000, "", 100_000, "trailing zeros"),
        (100_000, "10000", 10_000, "as printed"),  # 10 wan
        (999_999, "", 1, "trailing zeros"),
        (8_000, "", 1_000, "trailing zeros"),
        (240, "", 10, "trailing zeros"),
        (20_000_000, "1000000", 1_000_000, "as printed"),
        (2_900_000, "10000", 10_000, "as printed"),
        (0.5, "", 0.1, "trailing zeros"),
        (0.74, "0.001", 0.001, "as printed"),
        (-0.005, "", 0.001, "trailing zeros"),
        (1, "1/12", 1 / 12, "as printed"),
        (2300, "exact", 0, "exact"),
    ],
)
def test_the_unit_of_the_last_digit(value, stated, unit, rule):
    assert last_digit(value, stated) == (unit, rule)


def test_zero_shows_no_last_digit():
    with pytest.raises(QuantityError, match="0 does not show its last digit"):
        last_digit(0)
    assert last_digit(0, "10000") == (10_000, "as printed")


@given(
    digits=st.from_regex(r"[1-9]\d{0,3}(\.\d{1,3})?", fullmatch=True),
    scale=st.sampled_from(["", *SCALES]),
)
def test_a_printed_figure_shows_its_last_digit(digits, scale):
    """The unit moves with the scale: one in the last place of what is written."""
    number, unit = figure(
        f"{digits} {scale}" if scale.isascii() and scale != "%" and scale else digits + scale
    )
    factor = Decimal(10) ** SCALES.get(scale, 0)
    assert number == Decimal(digits) * factor
    assert unit == Decimal(10) ** -len(digits.partition(".")[2]) * factor


@pytest.mark.parametrize("words", ["five", "hundreds", "three or four", "", "2.9 apples"])
def test_words_are_no_printed_figure(words):
    assert figure(words) is None


@pytest.mark.parametrize(
    ("printed", "stated", "value", "column", "message"),
    [
        ("2.90 million", "10000", 29_000_000, "printed", "2.90 million is not the value 29000000"),
        (
            "2.90 million",
            "1000",
            2_900_000,
            "last_digit",
            "1000 is no digit of 2.90 million: 10000 to 100000",
        ),
        ("1660万", "1000000", 16_600_000, "last_digit", "is no digit of 1660万: 10000 to 100000"),
        (
            "0." + "0" * 400 + "1",
            "0.001",
            0.0,
            "printed",
            f"'0.{'0' * 78}...' is longer than 40 characters",
        ),
        ("8,000", "10000", 8_000, "last_digit", "is no digit of 8,000: 1 to 1000"),
    ],
)
def test_a_last_digit_that_the_print_does_not_have(printed, stated, value, column, message):
    row = {"printed": printed, "last_digit": stated, "value": value}
    ((where, said),) = printed_problems(row, ["value"])
    assert where == column
    assert message in said


@pytest.mark.parametrize(
    ("printed", "stated", "value"),
    [
        ("2.90 million", "10000", 2_900_000),
        ("2.90 million", "100000", 2_900_000),  # a zero that is known to be rounding
        ("8,000", "", 8_000),
        ("2300", "exact", 2300),
        ("100,000", "10000", 100_000),
        ("12.7%", "0.001", 0.127),
        ("all", "exact", 1),
    ],
)
def test_what_fits(printed, stated, value):
    assert not list(
        printed_problems({"printed": printed, "last_digit": stated, "value": value}, ["value"])
    )


# What the tables say, each computed by hand from the printed figure.
CLAIMS = {
    "scio-2021.ecommerce-jobs": (7_705_000, 7_715_000),  # some 7.71 million
    "scio-2021.labor-income": (100_000, 110_000),  # more than 100,000: 10 wan
    "scio-2021.contracted-purchases": (41.95e9, 42.05e9),  # 420亿 in Chinese
    "rural-ecommerce-opinions-2015.special-funds": (1.5e9, 2.5e9),  # 2 billion
    "hunan-2017.funds-poverty-office": (19.5e6, 20.5e6),  # 20 million
    "hunan-2017.funds-commerce": (117.5e6, 118.5e6),
    "hunan-2017.practice-period": (11 / 12, 1),  # nearly one year
    "rural-ecommerce-opinions-2015.policy-period": (1, 13 / 12),  # more than a year
    "rural-ecommerce-opinions-2015.longnan-stores": (5_000, 6_000),  # nearly 6,000
    "rural-ecommerce-opinions-2015.poor-people": (70e6, 71e6),  # more than 70 million
}


@pytest.mark.parametrize(("claim_id", "ends"), CLAIMS.items())
def test_what_claims_can_mean_up_to_the_next_digit(records, claim_id, ends):
    found = bounds_of(records, claim_id, reading="next digit")
    assert (found.low, found.high) == pytest.approx(ends)


SERIES = {
    ("cn-povline-cur", "2010"): (2300, 2300),
    ("cn-rpov-n-2010std", "2018"): (16_595_000, 16_605_000),  # 1660 wan
    ("cn-migrant-wage-overseas", "2012"): (5549.5, 5550.5),
    ("demo-counties-cum", "2020-06-09"): (1180, 1180),
    ("village-ecom-point-share", "2019"): (0.7395, 0.7405),  # 74.0 percent
    ("cn-regpoor-n", "2014"): (88_615_000, 88_625_000),
}


@pytest.mark.parametrize(("asked", "ends"), SERIES.items())
def test_what_statistics_can_mean(records, asked, ends):
    found = observed(records, *asked)
    assert (found.low, found.high) == pytest.approx(ends)


def test_more_than_20_billion_ends_at_the_next_printed_digit(records):
    """CCTV prints 200亿: the digit after it is worth 0.1 billion, not ten."""
    (row,) = (
        row
        for row in records.series.to_dict("records")
        if row["series_id"] == "demo-funds" and row["value"] == 20e9
    )
    assert (row["printed"], row["last_digit"]) == ("200亿", "100000000")


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        (  # the fair's closing report, not 29.3
            ("canton-export-turnover-usd", "2019-11", "canton-export-turnover"),
            29.288e9,
        ),
        (("pc-online-retail", "2020-03", "pc-online-retail"), 56.56e9),
        (("rural-shops", "2022", None), 17_303_000),
        (("pc-shops", "2020-03", None), 2_469_000),
    ],
)
def test_of_equal_copies_the_one_with_more_printed_digits_is_taken(records, asked, value):
    series_id, last, definition = asked
    chosen = best(records, series_id, definition=definition)
    assert chosen.loc[chosen["period_end"].str.startswith(last), "value"].tolist() == [value]


def test_every_figure_has_a_rule(records):
    """No interval is empty but that of an exact figure, and no hedged figure is exact."""
    table = interval_table(records, records.claims["claim_id"])
    assert set(table["rule"]) == {"exact", "as printed", "trailing zeros"}
    rounded = table[table["bound"].isin(["rounded", "about", "nearly"])]
    assert (rounded["low"] < rounded["high"]).all()
    assert math.isinf(table["high"].max())


def test_only_a_hedge_makes_a_figure_about(records):
    """By hand, from the words of the documents: some, some, some, about."""
    claims = records.claims
    assert set(claims.loc[claims["bound"] == "about", "claim_id"]) == {
        "scio-2021.ecommerce-jobs",
        "scio-2021.labor-people",
        "scio-2021.border-people",
        "rural-ecommerce-opinions-2015.farm-sales-share",
    }
    assert (claims["bound"] == "rounded").sum() == 8
    assert claims["bound"].isin(["more_than", "at_least", "fewer_than", "at_most"]).sum() == 15


def test_a_stated_conversion_keeps_its_printed_zero(records):
    office = records.claim("hunan-2017.funds-poverty-office")
    assert figure(office.stated_usd) == (Decimal(2_900_000), Decimal(10_000))
    assert value_at(records, "cn-povline-cur", "2010")["printed"] == "2300"


def test_the_print_of_a_claim_is_one_of_its_values(data_copy, edit):
    row = {"last_digit": "exact", "low": 24.0, "high": 30.0}
    for printed in ("-0", "5", "25", "24 million", "240", "1,024"):
        ((where, said),) = printed_problems(row | {"printed": printed}, ["low", "high"])
        assert (where, said) == ("printed", f"{printed} is not the low 24")
    for printed in ("24", "30", "twenty-four", "24 to 30"):
        assert list(printed_problems(row | {"printed": printed}, ["low", "high"])) == []
    edit(data_copy / "claims.csv", "scio-2021.border-eastern-zones", "printed", "-0")
    (one,) = problems(data_copy)
    assert (one.column, one.message) == ("printed", "-0 is not the value_low 24")
