"""Numbers in words, and whether words say the number, the bound and the unit of a row: known answers."""

import pytest

from analysis.audit.stated import bound, parse, unit
from analysis.audit.words import numbers


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("some 7.71 million farmers", [7_710_000]),
        ("more than 850,000 people", [850_000]),
        ("$1.7 billion", [1.7e9]),
        ("8669 ten thousand yuan", [86_690_000]),
        ("printed 12448.8 hundred million yuan", [1.24488e12]),
        ("1.37 trillion yuan; up 30.4%", [1.37e12, 0.304]),
        ("printed -0.7282 percent", [-0.007282]),
        ("Twelve measures and five tasks", [12, 5]),
        ("five million", [5e6]),
        ("the first county-level O2O e-commerce store", [1]),
        ("From the 122nd to the 128th", [122, 128]),
        ("A three-year plan, three-tier", [3, 3]),
        ("in more than a year", [1]),
        ("all poor counties", [1]),
        ("hundreds of enterprises", [100]),
        ("to halve the number", [0.5]),
        ("120000 villages in 2,000 towns", [120_000, 2_000]),
        ("nothing here, and no onest number", []),
    ],
)
def test_numbers_in_words(words, values):
    assert [one.value for one in numbers(words)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("words", "low", "high", "status"),
    [
        ("some even earning 300,000 to 400,000 yuan", 300_000, 400_000, "pass"),
        ("some even earning 300,000 to 400,000 yuan", 300_000, 500_000, "conflict"),
        ("a total of 86.69 million yuan", 866_900_000, 866_900_000, "conflict"),  # ten times
        ("From the 122nd to the 128th Canton Fair", 7, 7, "pass"),  # 128 - 122 + 1
        ("From the 122nd to the 128th Canton Fair", 6, 6, "conflict"),
        ("introduce hundreds of enterprises", 100, 100, "warn"),
        ("covered every county", 1, 1, "ambiguous"),
    ],
)
def test_the_number_of_a_row_stands_in_its_words(words, low, high, status):
    assert parse(words, low, high).status == status


@pytest.mark.parametrize(
    ("words", "coded", "status"),
    [
        ("worth more than $1.7 billion", "more_than", "pass"),
        ("worth more than $1.7 billion", "at_least", "warn"),
        ("worth more than $1.7 billion", "about", "conflict"),
        ("some 146,000 people", "about", "pass"),
        ("some 146,000 people", "exact", "conflict"),
        ("some even earning 300,000 to 400,000 yuan", "range", "pass"),
        ("nearly 6,000 online stores", "nearly", "pass"),
        ("a breakthrough of 700000 yuan", "more_than", "pass"),
        ("31 export centers", "exact", "pass"),
        ("42 billion yuan over the years", "about", "pass"),  # "over" has no number behind it
        ("200 counties", "more_than", "warn"),
        ("200 counties", "range", "warn"),
        ("millions of talents", "at_least", "pass"),
    ],
)
def test_the_bound_of_a_row_is_said_by_its_words(words, coded, status):
    assert bound(words, coded).status == status


@pytest.mark.parametrize(
    ("words", "coded", "status"),
    [
        ("deals worth more than $1.7 billion", "USD", "pass"),
        ("deals worth more than $1.7 billion", "CNY", "conflict"),
        ("42 billion yuan", "CNY", "pass"),
        ("42 billion", "CNY", "ambiguous"),
        ("more than 20,000 attendees", "attendance", "pass"),
        ("some 146,000 people", "county", "conflict"),
        ("some 146,000 sheep", "person", "ambiguous"),
        ("in 8,000 villages in 51 counties", "village", "pass"),
        ("about 2.5%", "share", "pass"),
    ],
)
def test_the_unit_of_a_row_is_named_by_its_words(words, coded, status):
    assert unit(words, coded).status == status
