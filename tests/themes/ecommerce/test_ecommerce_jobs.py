"""Jobs beside shops, funds beside people: every finding against arithmetic by hand."""

from __future__ import annotations

import math

import pytest

from analysis.themes.ecommerce.jobs import findings, jobs_per_shop, one_multiplier

INF = math.inf
JOBS, INCOME = 7_710_000, 6_188_000  # "some 7.71 million"; 618.8万 in the Chinese original
HALF, HALF_INCOME = 5_000, 500
# "over 20 million" and 8.32 million shops (2016), "over 28 million" and 9.856 million (2017), "over
# 30 million" and "over 10 million" (2018),
# 36 million and "more than 15.2 million" (2020); poor counties: "over 9 million" and 2.47 million
# shops (March 2020)
FUNDS = 20e9  # "more than 20 billion" to 2022


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("jobs-per-shop-2016", 20 / 8.32, 20 / 8.325, INF, "high", "person / shop", "A"),
        ("jobs-per-shop-2017", 28 / 9.856, 28 / 9.8565, INF, "high", "person / shop", "B"),
        ("jobs-per-shop-2018", 3.0, 0, INF, "both", "person / shop", "B"),
        ("jobs-per-shop-2020", 36 / 15.2, 0, 36.5 / 15.2, "low", "person / shop", "A"),
        (
            "jobs-per-shop-poor-counties-2020-03",
            9 / 2.469,
            9 / 2.4695,
            INF,
            "high",
            "person / shop",
            "B",
        ),
        ("income-relative-to-2019-claim", 6.188 / 3, 0, 6.1885 / 3, "low", "", "C"),
        ("jobs-relative-to-march-2020", 7.71 / 9, 0, 7.715 / 9, "low", "", "C"),
        (
            "funds-per-person-with-work",
            FUNDS / JOBS,
            FUNDS / (JOBS + HALF),
            INF,
            "high",
            "CNY / person",
            "C",
        ),
        (
            "funds-per-person-with-more-income",
            FUNDS / INCOME,
            FUNDS / (INCOME + HALF_INCOME),
            INF,
            "high",
            "CNY / person",
            "C",
        ),
        (
            "funds-per-person-in-either-count",
            FUNDS / 13_898_000,
            FUNDS / 13_903_500,
            INF,
            "high",
            "CNY / person",
            "C",
        ),
        (
            "funds-per-county-to-2022",
            FUNDS / 1_489,
            FUNDS / 1_489,
            INF,
            "high",
            "CNY / county",
            "B",
        ),
        (
            "funds-per-county-2015-spokesman",
            3.7e9 / 200,
            3.65e9 / 200,
            3.75e9 / 200,
            "",
            "CNY / county",
            "B",
        ),
        ("funds-2015-two-sources", 3.7 / 2, 3.65 / 2.5, 3.75 / 1.5, "", "", "C"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["ecommerce." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"ecommerce.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_ratios_at_every_date(records):
    frame = jobs_per_shop(records)
    assert frame["ratio"].tolist() == pytest.approx(
        [20 / 8.32, 28 / 9.856, 3, 36 / 15.2, 9 / 2.469, 7.71 / 3.065]
    )
    assert frame["direction"].tolist() == [
        "at least",
        "at least",
        "direction unknown",
        "at most",
        "at least",
        "closed",
    ]
    assert frame["jobs"].iloc[-1] == JOBS


def test_no_single_multiple_fits_and_the_dates_that_exclude_it_are_named(records):
    # 2017: at least 28 / 9.8565 = 2.84; 2020: at most 36.5 / 15.2 = 2.40
    national = one_multiplier(records, "China")
    assert (national.interval, national.low_from, national.high_from) == (
        None,
        "2017-12-31",
        "2020-12-31",
    )
    assert one_multiplier(records, "poor counties").interval is None


def test_what_is_no_cost_says_so(by_id):
    assert all(
        "Not a cost per person" in by_id[f"ecommerce.funds-per-person-{slug}"].note
        for slug in ("with-work", "with-more-income", "in-either-count")
    )
