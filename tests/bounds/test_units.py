"""Units: each counted thing and each currency is a dimension; what does not add is refused."""

from __future__ import annotations

import pytest

from analysis.bounds.units import factor, parse_unit, product
from analysis.records.errors import QuantityError
from analysis.records.units import COUNTED

DIMENSIONS = (
    *COUNTED,
    "CNY",
    "USD",
    "INR",
    "hectare",
    "tonne",
    "gigajoule",
    "CNY_2020",
    "CNY_2015",
    "USD_2020",
    "year",
    "",
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("person", "person"),
        ("CNY", "CNY"),
        ("CNY/person", "CNY / person"),
        ("CNY/person/year", "CNY / person / year"),
        ("CNY / person / year", "CNY / person / year"),
        ("CNY/year/person", "CNY / person / year"),
        ("CNY_2020/person", "CNY_2020 / person"),
        ("brand/county", "brand / county"),
        ("CNY/USD", "CNY / USD"),
        ("INR_2014/person_day", "INR_2014 / person_day"),
        ("share", ""),
        ("person/person", ""),
        ("", ""),
    ],
)
def test_a_unit_is_written_in_one_way(text, written):
    assert parse_unit(text) == written
    assert parse_unit(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "people",
        "euro",
        "CNY_20",
        "CNY_20200",
        "XYZ_2020",
        "3 CNY",
        "CNY + person",
        "2020",
        "meter",
        "kilo person",
        "kCNY",
        "(CNY",
        "CNY)",
        "person^",
        "/person",
    ],
)
def test_what_is_no_unit_is_refused(text):
    with pytest.raises(QuantityError) as caught:
        parse_unit(text)
    assert str(caught.value).startswith(f"{text!r} is no unit")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("people", "nearest are person;"),
        ("rupees", "nearest are INR, LKR, MUR, NPR, PKR, SCR;"),
        ("shilling/person", "there is no 'shilling'; nearest are KES, SOS, TZS, UGX;"),
        ("hectares", "nearest are hectare;"),
        ("ha", "nearest are hectare;"),
        ("furlong", "there are person, household, "),
    ],
)
def test_the_nearest_units_are_named(text, nearest):
    with pytest.raises(QuantityError, match="another is added as CONTRIBUTING") as caught:
        parse_unit(text)
    assert nearest in str(caught.value)


@pytest.mark.parametrize(
    ("unit", "target", "times"),
    [
        ("year", "month", 12.0),
        ("month", "year", 1 / 12),
        ("share", "percent", 100.0),
        ("percent", "", 0.01),
        ("", "percent", 100.0),
        ("CNY/month", "CNY/year", 12.0),
        ("CNY/person/month", "CNY/person/year", 12.0),
        ("CNY", "CNY", 1.0),
        ("KES/day", "KES/year", 365.0),
        ("mu", "hectare", 1 / 15),
        ("square_kilometer", "hectare", 100.0),
        ("acre", "square_meter", 4046.8564224),  # 66 ft x 660 ft, a foot of 0.3048 m
        ("quintal", "kilogram", 100.0),
        ("gigajoule", "kilowatt_hour", 1e9 / 3.6e6),
        ("person_day", "person * day", 1.0),
        ("CNY_2020", "CNY_2020", 1.0),
    ],
)
def test_factors_within_one_dimension(unit, target, times):
    assert factor(parse_unit(unit), parse_unit(target)) == pytest.approx(times, rel=1e-14)


@pytest.mark.parametrize("unit", DIMENSIONS, ids=lambda unit: unit or "number")
def test_no_two_dimensions_convert(unit):
    for target in DIMENSIONS:
        if target != unit:
            with pytest.raises(
                QuantityError,
                match=f"^{unit or 'a number'} and {target or 'a number'} are different units: they neither add nor compare$",
            ):
                factor(parse_unit(unit), parse_unit(target))


@pytest.mark.parametrize(
    ("factors", "written"),
    [
        ([("CNY/person", 1), ("person", 1)], "CNY"),
        ([("USD", 1), ("CNY/USD", 1)], "CNY"),
        ([("CNY", 1), ("CNY", -1)], ""),
        ([("CNY", 1), ("session", -1)], "CNY / session"),
        ([("CNY/person/year", 1), ("person", 1)], "CNY / year"),
        ([("CNY_2020", 1), ("CNY", -1)], "CNY_2020 / CNY"),
        ([("person", 2), ("person", -1)], "person"),
        ([], ""),
    ],
)
def test_units_of_products(factors, written):
    assert product(*[(parse_unit(unit), exponent) for unit, exponent in factors]) == written
