"""English figures: a table of known answers, every sentence written for it."""

from __future__ import annotations

import pytest

from analysis.reading import read

INF = None
VALUES = [
    # text, low, high, bound, unit
    ("7.2 million farmers", 7.2e6, 7.2e6, "exact", "persons"),
    ("half a million people", 5e5, 5e5, "exact", "persons"),
    ("four hundred thousand women", 4e5, 4e5, "exact", "persons"),
    ("two and a half million users", 2.5e6, 2.5e6, "exact", "persons"),
    ("one hundred and twenty villages", 120, 120, "exact", "villages"),
    ("three million two hundred thousand people", 3.2e6, 3.2e6, "exact", "persons"),
    ("a dozen counties", 12, 12, "exact", "counties"),
    ("US$1.7bn in loans", 1.7e9, 1.7e9, "exact", "USD"),
    ("a $2.9 bn package", 2.9e9, 2.9e9, "exact", "USD"),
    ("£3m of aid", 3e6, 3e6, "exact", "GBP"),
    ("500k jobs", 5e5, 5e5, "exact", "jobs"),
    ("10.05 crore women", 1.005e8, 1.005e8, "exact", "persons"),
    ("Rs 5.20 lakh crore", 5.2e12, 5.2e12, "exact", "INR"),
    ("8669 ten thousand yuan", 86_690_000, 86_690_000, "exact", "CNY"),
    ("printed 1850 ten thousand yuan", 18_500_000, 18_500_000, "exact", "CNY"),
    ("in 2019 ten thousand people moved", 10_000, 10_000, "exact", "persons"),
    ("1,97,45,021 households", 19745021, 19745021, "exact", "households"),
    ("1 234 567 visitors", 1234567, 1234567, "exact", "persons"),
    ("two thirds of villages", 200 / 3, 200 / 3, "exact", "percent"),
    ("nine out of ten adults", 90, 90, "exact", "percent"),
    ("one in five children", 20, 20, "exact", "percent"),
    ("Output doubled.", 2, 2, "exact", "times"),
    ("sales more than tripled", 3, INF, "more_than", "times"),
    ("losses were nearly halved", INF, 50, "nearly", "percent"),
    ("a fall of 0.6 percentage points", 0.6, 0.6, "exact", "percentage points"),
    ("0.3 of a percentage point", 0.3, 0.3, "exact", "percentage points"),
    ("-3.2 percent", -3.2, -3.2, "exact", "percent"),
    ("2.3-2.5 million migrants", 2.3e6, 2.5e6, "range", "persons"),
    ("between 30 and 40 percent", 30, 40, "range", "percent"),
    ("$2 to $3 million", 2e6, 3e6, "range", "USD"),
    ("two or three years", 2, 3, "range", "years"),
    ("five to six million tonnes", 5e6, 6e6, "range", "tonnes"),
    ("hundreds of firms", 200, 999, "range", "firms"),
    ("a 500-bed hospital", 500, 500, "exact", "beds"),
    ("51poor counties", 51, 51, "exact", "counties"),
    ("40,000 square kilometers", 40000, 40000, "exact", "square kilometers"),
]
HEDGES = [
    ("no less than 5 million yuan", 5e6, INF, "at_least"),
    ("not less than 30 percent", 30, INF, "at_least"),
    ("no fewer than 40 staff", 40, INF, "at_least"),
    ("no more than 20 million yuan", INF, 2e7, "at_most"),
    ("not exceeding RMB 10,000", INF, 1e4, "at_most"),
    ("must not exceed 300 yuan", INF, 300, "at_most"),
    ("did not have to exceed 300 yuan", INF, 300, "at_most"),
    ("never more than 60 villages", INF, 60, "at_most"),
    ("up to US$5 million", INF, 5e6, "at_most"),
    ("at most 12 percent", INF, 12, "at_most"),
    ("at least 3,000 people", 3000, INF, "at_least"),
    ("a minimum of 3,000 people", 3000, INF, "at_least"),
    ("more than a total of 3,000 people", 3000, INF, "more_than"),
    ("over 3,000 people", 3000, INF, "more_than"),
    ("exceeded 3,000 people", 3000, INF, "more_than"),
    ("in excess of 3,000 people", 3000, INF, "more_than"),
    ("almost 3,000 people", INF, 3000, "nearly"),
    ("just under 3,000 people", INF, 3000, "fewer_than"),
    ("fewer than 3,000 people", INF, 3000, "fewer_than"),
    ("some 3,000 people", 3000, 3000, "about"),
    ("roughly 3,000 people", 3000, 3000, "about"),
    ("c. U.S. $17 million", 1.7e7, 1.7e7, "about"),
    ("a total of 3,000 people", 3000, 3000, "exact"),
    ("3,000 people or more", 3000, INF, "at_least"),
    ("3,000 or more people", 3000, INF, "at_least"),
    ("300-odd firms", 300, INF, "more_than"),
    ("500+ firms", 500, INF, "more_than"),
    ("20 or so stations", 20, 20, "about"),
    ("300 people or fewer", INF, 300, "at_most"),
    ("200 villages and more than", 200, 200, "exact"),
]


@pytest.mark.parametrize(("text", "low", "high", "bound", "unit"), VALUES)
def test_value_bound_and_unit(
    text: str, low: float | None, high: float | None, bound: str, unit: str
) -> None:
    (one,) = read(text)
    assert (one.low, one.high) == (pytest.approx(low), pytest.approx(high))
    assert (one.bound, one.unit) == (bound, unit)


@pytest.mark.parametrize(("text", "low", "high", "bound"), HEDGES)
def test_hedges_and_their_negations(
    text: str, low: float | None, high: float | None, bound: str
) -> None:
    one = read(text)[0]
    assert (one.low, one.high, one.bound) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 3, 4 and 5 villages", [(3, "villages"), (4, "villages"), (5, "villages")]),
        ("2, 3 and 5 million yuan", [(2e6, "CNY"), (3e6, "CNY"), (5e6, "CNY")]),
        ("8.2 and 6.4 percentage points", [(8.2, "percentage points"), (6.4, "percentage points")]),
        ("300 rural and 200 urban schools", [(300, "schools"), (200, "schools")]),
        ("rose from 5 to 10 percent", [(5, "percent"), (10, "percent")]),
    ],
)
def test_members_of_a_list_share_unit_and_scale(
    text: str, expected: list[tuple[float, str]]
) -> None:
    assert [(one.low, one.unit) for one in read(text)] == expected


def test_a_hedge_reaches_over_a_bare_list() -> None:
    assert {one.bound for one in read("at least 3, 4 and 5 villages")} == {"at_least"}


def test_from_to_is_a_range_unless_something_changed() -> None:
    assert [one.bound for one in read("fees range from 5 to 10 percent")] == ["range"]
    assert len(read("fees fell from 10 percent to 5 percent")) == 2


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("3,000 yuan a month", "per month"),
        ("an annual income of 3,000 yuan per person", "per year, per person"),
        ("per capita income reached 3,000 yuan", "per person"),
        ("$1.90 a day", "per day"),
        ("4 tonnes per hectare", "per hectare"),
    ],
)
def test_rates(text: str, rate: str) -> None:
    assert read(text)[0].rate == rate


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Internet users exceeded 300 million.", "persons"),
        ("the number of online shops rose to 9,400.", "shops"),
    ],
)
def test_the_subject_gives_the_unit_where_nothing_follows(text: str, unit: str) -> None:
    assert read(text)[0].unit == unit


def test_phrases_around_a_figure() -> None:
    (one,) = read("In 2016, more than 300 training courses on trade were held in Hunan Province.")
    assert one.counted == "training courses on trade"
    assert one.period == "In 2016"
    assert one.place == "Hunan Province"
    assert len(one.text.split()) <= 8
    assert "more than 300 training courses" in one.text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("2.3 million-2.5 million people", 2.3e6, 2.5e6, "persons"),
        ("about 2.3 million—2.5 million people", 2.3e6, 2.5e6, "persons"),
        ("10 percent-15 percent", 10, 15, "percent"),
        ("培训230万—250万人次", 2.3e6, 2.5e6, "person-times"),
        ("培训230万-250万人", 2.3e6, 2.5e6, "persons"),
    ],
)
def test_a_dash_after_a_scale_joins_the_ends_of_a_range(text, low, high, unit):
    (one,) = read(text)
    assert (one.low, one.high, one.bound, one.unit) == (low, high, "range", unit)


@pytest.mark.parametrize(
    "text", ["held from 18 to 20 October 2023", "on 18 and 20 October", "18th-20th of October"]
)
def test_days_of_a_month_are_no_figures(text):
    assert read(text) == []


def test_a_minus_after_a_chinese_word_stays_a_sign():
    (one,) = read("增长-2.5%")
    assert (one.low, one.unit) == (-2.5, "percent")
