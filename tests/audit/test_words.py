"""Whether words say the number, the bound and the unit of a row, in English and Chinese: known answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit.counted import in_units_of_rows
from analysis.audit.stated import bound, parse, unit
from analysis.reading import numbers


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("some 7.71 million farmers", [7_710_000]),
        ("more than 850,000 people", [850_000]),
        ("$1.7 billion", [1.7e9]),
        ("8669 ten thousand yuan", [86_690_000]),
        ("1950 ten thousand yuan", [19_500_000]),
        ("in 2019 ten thousand people moved", [10_000]),
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
        ("hundreds of enterprises", [100, 999]),
        ("to halve the number", [0.5]),
        ("120000 villages in 2,000 towns", [120_000, 2_000]),
        ("nothing here, and no onest number", []),
        ("七成贫困户，三分之二的县", [0.7, 2 / 3]),
        ("3‰, then 4‱", [0.003, 0.0004]),
        ("5 per 100,000 people", [0.00005]),
    ],
)
def test_numbers_in_words(words, values):
    found = [value for one in numbers(words) for value in in_units_of_rows(one)]
    assert found == pytest.approx(values)


@pytest.mark.parametrize(
    ("words", "low", "high", "status"),
    [
        ("some even earning 300,000 to 400,000 yuan", 300_000, 400_000, "pass"),
        ("some even earning 300,000 to 400,000 yuan", 300_000, 500_000, "conflict"),
        ("a total of 86.69 million yuan", 866_900_000, 866_900_000, "conflict"),  # ten times
        ("From the 122nd to the 128th Canton Fair", 7, 7, "pass"),  # 128 - 122 + 1
        ("From the 122nd to the 128th Canton Fair", 6, 6, "conflict"),
        ("第122届至第128届广交会", 7, 7, "pass"),
        ("introduce hundreds of enterprises", 100, 100, "warn"),
        ("introduce hundreds of enterprises", 999, 999, "conflict"),
        ("introduce hundreds of enterprises", 100, 999, "warn"),
        ("covered every county", 1, 1, "pass"),  # every one: all of them
        ("covered the counties", 1, 1, "ambiguous"),
        # F02: claims coded from Chinese
        ("带动了618.8万贫困人口增收", 6_188_000, 6_188_000, "pass"),
        ("带动了618.8万贫困人口增收", 61_880_000, 61_880_000, "conflict"),
        ("带动了618.8万贫困人口增收", 618.8, 618.8, "conflict"),
        ("三四十万元", 300_000, 400_000, "pass"),
        ("带动６１８.８万人", 6_188_000, 6_188_000, "pass"),
        ("带动贫困人口增收", 6_188_000, 6_188_000, "ambiguous"),
        # F14: Indian units
        ("10.05 crore women", 100_500_000, 100_500_000, "pass"),
        ("10.05 crore women", 10.05, 10.05, "conflict"),
        ("Rs 5.20 lakh crore", 5.2e12, 5.2e12, "pass"),
        # a percentage is a part of one in a row, never the number itself
        ("only 0.5 percent of sales", 0.005, 0.005, "pass"),
        ("only 0.5 percent of sales", 0.5, 0.5, "conflict"),
        ("七成贫困户", 0.7, 0.7, "pass"),
        ("two thirds of the counties", 0.6667, 0.6667, "pass"),
        ("two thirds of the counties", 0.66, 0.66, "conflict"),
        ("66 percent of the counties", 0.6601, 0.6601, "conflict"),
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
        ("a breakthrough of 700000 yuan", "fewer_than", "warn"),
        ("31 export centers", "exact", "pass"),
        ("42 billion yuan over the years", "rounded", "pass"),  # "over" has no number behind it
        ("200 counties", "more_than", "warn"),
        ("200 counties", "range", "warn"),
        ("millions of talents", "at_least", "pass"),
        ("millions of talents", "about", "conflict"),
        ("to halve the number of poor people", "at_least", "warn"),
        # F01: negated comparatives turn round
        ("no less than 5 million yuan", "at_least", "pass"),
        ("no less than 5 million yuan", "more_than", "warn"),
        ("no less than 5 million yuan", "fewer_than", "conflict"),
        ("not less than 30 percent", "at_least", "pass"),
        ("not less than 30 percent", "fewer_than", "conflict"),
        ("no more than 20 million yuan", "at_most", "pass"),
        ("no more than 20 million yuan", "more_than", "conflict"),
        ("not exceeding 10,000 yuan", "at_most", "pass"),
        ("not exceeding 10,000 yuan", "more_than", "conflict"),
        ("no fewer than 200 counties", "at_least", "pass"),
        ("up to 3,000 yuan", "at_most", "pass"),
        # F02: Chinese
        ("超过17亿美元", "more_than", "pass"),
        ("超过17亿美元", "about", "conflict"),
        ("逾17亿美元", "at_least", "warn"),
        ("不少于500万户", "at_least", "pass"),
        ("不超过500万元", "at_most", "pass"),
        ("不超过500万元", "more_than", "conflict"),
        ("近六千家网店", "nearly", "pass"),
        ("约17亿美元", "exact", "conflict"),
        ("17亿美元", "about", "warn"),
        ("17亿美元", "more_than", "warn"),
    ],
)
def test_the_bound_of_a_row_is_said_by_its_words(words, coded, status):
    assert bound(words, coded).status == status


def test_the_words_around_the_number_of_the_row_count():
    words = "more than 300 sessions, 20 in towns"
    assert bound(words, "exact", 20, 20).status == "pass"
    assert bound(words, "exact", 300, 300).status == "conflict"
    words = "in 8,000 villages in 51 counties"
    assert unit(words, "county", 51, 51).status == "pass"
    assert unit(words, "county", 8_000, 8_000).status == "conflict"


@pytest.mark.parametrize(
    ("words", "coded", "status"),
    [
        ("deals worth more than $1.7 billion", "USD", "pass"),
        ("deals worth more than $1.7 billion", "CNY", "conflict"),
        ("42 billion yuan", "CNY", "pass"),
        ("42 billion yuan", "CNY/person/year", "pass"),
        ("42 billion yuan", "person", "conflict"),
        ("42 billion", "CNY", "ambiguous"),
        ("revenue in RMB of 42 billion", "CNY", "pass"),
        ("more than 20,000 attendees", "attendance", "pass"),
        ("more than 20,000 attendees", "person", "conflict"),
        ("some 146,000 people", "county", "conflict"),
        ("some 146,000 people", "USD", "conflict"),
        ("some 146,000 people", "furlong", "ambiguous"),
        ("some 146,000 sheep", "person", "ambiguous"),
        ("in 8,000 villages in 51 counties", "village", "pass"),
        ("about 2.5%", "share", "pass"),
        ("about 2.5%", "person", "conflict"),
        ("300 training sessions", "training_session", "pass"),
        ("300 sessions", "training_session", "conflict"),
        ("From the 122nd to the 128th Canton Fair", "session", "pass"),
        ("From the 122nd to the 128th Canton Fair", "person", "ambiguous"),
        ("the first province in China", "rank", "pass"),
        ("five provinces in China", "rank", "conflict"),
        ("three-tier logistics system", "tier", "pass"),
        ("one outstanding brand in each county", "brand/county", "pass"),
        ("500 firms", "enterprise", "pass"),
        # Chinese
        ("带动了618.8万贫困人口增收", "person", "pass"),
        ("带动了618.8万贫困人口增收", "household", "conflict"),
        ("超过17亿美元", "USD", "pass"),
        ("超过17亿美元", "CNY", "conflict"),
        ("培训3.6万人次", "attendance", "pass"),
        ("培训3.6万人次", "person", "conflict"),
        ("近六千家网店", "store", "pass"),
        ("近六千家网店", "shop", "pass"),
        ("450 stores", "shop", "pass"),
        ("450 villages", "shop", "conflict"),
        ("第122届至第128届广交会", "session", "pass"),
        ("Rs 5.20 lakh crore", "INR", "pass"),
    ],
)
def test_the_unit_of_a_row_is_named_by_its_words(words, coded, status):
    assert unit(words, coded).status == status


def test_what_the_words_do_not_name_is_said():
    said = {coded: unit("a total of 86.69 million", coded).reason for coded in ("CNY", "county")}
    assert said["CNY"] == "the words name no currency, the row CNY"
    assert said["county"] == "the words quoted do not name what county counts"
    assert unit("86 counties", "county").reason == "the words name what county counts"
    assert unit("86 yuan", "CNY").reason == "the words name CNY"


PAIRS = {  # an upper and a lower bound, and what a negation in front makes of each
    "en": ("more than {}", "no more than {}", "fewer than {}", "no fewer than {}"),
    "zh": ("超过{}", "不超过{}", "少于{}", "不少于{}"),
}


@given(st.integers(1, 9_999), st.sampled_from(["en", "zh"]))
def test_a_negation_turns_the_verdict_round(value, lang):
    noun = {"en": " million yuan", "zh": "万元"}[lang]
    above, not_above, below, not_below = (one.format(value) + noun for one in PAIRS[lang])
    for words, right, wrong in (
        (above, "more_than", "fewer_than"),
        (not_above, "at_most", "more_than"),
        (below, "fewer_than", "at_least"),
        (not_below, "at_least", "fewer_than"),
    ):
        assert (bound(words, right).status, bound(words, wrong).status) == ("pass", "conflict")


@given(
    st.integers(1, 99_999).map(lambda tenths: tenths / 10),
    st.sampled_from([("万", 10**4), ("亿", 10**8), (" million", 10**6), (" crore", 10**7)]),
    st.sampled_from([10, 100, 0.1]),
)
def test_a_slip_of_the_point_is_a_conflict_at_every_scale(number, scale, slip):
    word, size = scale
    words, value = f"{number}{word}", round(number * size, 6)
    assert parse(words, value, value).status == "pass"
    assert parse(words, value * slip, value * slip).status == "conflict"
