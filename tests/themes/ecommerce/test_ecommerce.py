"""E-commerce: every finding against arithmetic on the words of the two documents."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.finding import Finding
from analysis.records.errors import QuantityError
from analysis.themes.ecommerce.findings import (
    distinct_people,
    findings,
    in_two_languages,
    people_by_overlap,
)

INF = math.inf
# "some 7.71 million farmers", 618.8万 in Chinese (scio-2021): two decimals of a million, so +-
# 5,000
JOBS, INCOME, HALF = 7_710_000, 6_188_000, 5_000
HALF_INCOME = 500  # of a tenth of 10,000, the last digit of 618.8万
# "more than 120000 poor villages", "more than 70 million poor people" (September 2015)
POOR, VILLAGES = 70_000_000, 120_000
# "2 billion yuan of special funds", one digit, so +- 0.5 billion; "200 demonstration counties"
FUNDS, HALF_BILLION, COUNTIES = 2_000_000_000, 500_000_000, 200
# Hunan: "8,000 villages in 51 poverty-stricken counties", "more than 2000 ... service stations"
HUNAN_VILLAGES, HUNAN_COUNTIES, STATIONS = 8_000, 51, 2_000
# rural poor at the end of 2012 (98.99 million); end of 2020: 3.065 million shops, 40.66 billion
# yuan of farm products
RURAL_POOR, SHOPS, FARM_SALES = 98_990_000, 3_065_000, 40_660_000_000


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("distinct-people-fewest", JOBS, JOBS - HALF, JOBS + HALF, "", "person", "C"),
        ("distinct-people-most", JOBS + INCOME, 13_892_500, 13_903_500, "", "person", "C"),
        (
            "income-relative-to-poor",
            INCOME / POOR,
            0,
            (INCOME + HALF_INCOME) / POOR,
            "low",
            "",
            "C",
        ),
        ("jobs-relative-to-poor", JOBS / POOR, 0, (JOBS + HALF) / POOR, "low", "", "C"),
        ("poor-people-per-poor-village", 70_000 / 120, 0, INF, "both", "person / village", "C"),
        (
            "funds-per-county",
            10_000_000,
            (FUNDS - HALF_BILLION) / COUNTIES,
            (FUNDS + HALF_BILLION) / COUNTIES,
            "",
            "CNY / county",
            "C",
        ),
        (
            "funds-per-claimed-job",
            FUNDS / JOBS,
            1.5e9 / (JOBS + HALF),
            2.5e9 / (JOBS - HALF),
            "",
            "CNY / person",
            "C",
        ),
        (
            "hunan-villages-per-county",
            8_000 / 51,
            7_500 / 51,
            8_500 / 51,
            "",
            "village / county",
            "C",
        ),
        (
            "income-relative-to-rural-poor-2012",
            INCOME / RURAL_POOR,
            (INCOME - HALF_INCOME) / (RURAL_POOR + HALF),
            (INCOME + HALF_INCOME) / (RURAL_POOR - HALF),
            "",
            "",
            "C",
        ),
        # 6.188 / 88.62 million = 6.98 %, 6.188 / 92 million = 6.73 %: two reports
        (
            "income-relative-to-registered-poor",
            INCOME / 88_620_000,
            (INCOME - HALF_INCOME) / (88_620_000 + HALF),
            (INCOME + HALF_INCOME) / (88_620_000 - HALF),
            "",
            "",
            "C",
        ),
        (
            "income-relative-to-registered-poor-first-report",
            INCOME / 92_000_000,
            (INCOME - HALF_INCOME) / 92_500_000,
            (INCOME + HALF_INCOME) / 91_500_000,
            "",
            "",
            "C",
        ),
        (
            "jobs-relative-to-rural-poor-2012",
            JOBS / RURAL_POOR,
            (JOBS - HALF) / (RURAL_POOR + HALF),
            (JOBS + HALF) / (RURAL_POOR - HALF),
            "",
            "",
            "C",
        ),
        (
            "jobs-per-shop",
            JOBS / SHOPS,
            (JOBS - HALF) / (SHOPS + 500),
            (JOBS + HALF) / (SHOPS - 500),
            "",
            "person / shop",
            "C",
        ),
        (
            "farm-sales-per-person",
            FARM_SALES / INCOME,
            (FARM_SALES - 5e6) / (INCOME + HALF_INCOME),
            (FARM_SALES + 5e6) / (INCOME - HALF_INCOME),
            "",
            "CNY / person",
            "C",
        ),
        (
            "hunan-stations-per-village",
            STATIONS / HUNAN_VILLAGES,
            2_000 / 8_500,
            INF,
            "high",
            "station / village",
            "C",
        ),
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


def test_what_is_no_share_says_so(by_id):
    notes = {value_id.split(".")[1]: one.note for value_id, one in by_id.items()}
    assert all(
        "Size relative to, not a share" in notes[slug]
        for slug in ("income-relative-to-poor", "jobs-relative-to-poor")
    )
    assert "Not a cost per job" in notes["funds-per-claimed-job"]
    assert "may be higher or lower" in notes["poor-people-per-poor-village"]


def test_fewest_and_most_people_enclose_every_overlap(records):
    fewest, most = distinct_people(records)
    assert [(x.value, x.low, x.high, x.direction) for x in (fewest, most)] == [
        (7_710_000, 7_705_000, 7_715_000, "closed"),
        (13_898_000, 13_892_500, 13_903_500, "closed"),
    ]
    assert (
        fewest.inputs == most.inputs == ("scio-2021.ecommerce-income", "scio-2021.ecommerce-jobs")
    )


def test_people_by_overlap_share(records):
    frame = people_by_overlap(records, (0.0, 0.25, 0.5, 1.0))
    assert list(frame.columns) == ["overlap_share", "people", "people_low", "people_high"]
    assert frame["people"].tolist() == [13_898_000, 12_351_000, 10_804_000, 7_710_000]
    assert frame["people_low"].tolist() == pytest.approx(
        [7_705_000 + 6_187_500 * part for part in (1, 0.75, 0.5, 0)]
    )
    assert frame["people_high"].tolist() == pytest.approx(
        [7_715_000 + 6_188_500 * part for part in (1, 0.75, 0.5, 0)]
    )


@given(share=st.floats(0, 1))
def test_the_count_by_sets_gives_the_same_people(records, share):
    both = share * INCOME  # in the jobs group too
    only_jobs, only_income = JOBS - both, INCOME - both
    assert people_by_overlap(records, (share,))["people"][0] == pytest.approx(
        only_jobs + only_income + both
    )


@pytest.mark.parametrize("share", [-0.01, 1.01, 50.0, math.nan])
def test_an_overlap_outside_nothing_to_all_is_refused(records, share):
    with pytest.raises(QuantityError, match=f"an overlap share lies between 0 and 1, not {share}"):
        people_by_overlap(records, (0.5, share))


def test_the_chinese_report_says_poor_people_and_one_digit_more(records):
    frame = in_two_languages(records).set_index(["claim_id", "language"])
    income = frame.loc["scio-2021.ecommerce-income"]
    assert income["value"].to_dict() == {"English": 6_190_000, "Chinese": 6_188_000}
    assert (income.loc["Chinese", "low"], income.loc["Chinese", "high"]) == (6_187_500, 6_188_500)
    assert income.loc["English", "low"] < income.loc["Chinese", "low"]
    assert income.loc["Chinese", "high"] < income.loc["English", "high"]
    assert "poor" in income.loc["Chinese", "counted"]
    assert "poor" not in income.loc["English", "counted"]
    assert income["over_rural_poor"].tolist() == pytest.approx([6.19 / 98.99, 6.188 / 98.99])
