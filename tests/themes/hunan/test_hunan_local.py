"""Local cases: Longnan by hand, what is consistent, and what has no figure."""

from __future__ import annotations

import math

import pytest

from analysis.methods.consistency import monotone
from analysis.themes.hunan.local import (
    NAMED,
    STORES,
    cases,
    findings,
    poor_beside_nation,
    stores_over_time,
)

INF = math.inf
# stated 2015: nearly 6,000 stores (5,000 to 6,000), more than 240 yuan per poor person; counted:
# more than 6,354 in December 2015, 14,372
# (+- 0.5) in June 2020; 639,400 (+- 50) poor at 2014, 390,000 (+- 5,000, told in ten thousands) at
# 2016; rural income 4,023.7 (+- 0.05) in 2014; line 2,800, exact;
# 840 (+- 5) yuan for 2019; sales over 1.38 billion, and more than 3 billion; rural poor of China
# 70.17 and 43.35 million (+- 5,000)


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("longnan-stores-over-december", 6_000 / 6_354, 0, 6_000 / 6_354, "low", "", "D"),
        ("longnan-shops-2020-over-2015", 14_372 / 6_354, 0, 14_372.5 / 6_354, "low", "", "B"),
        ("longnan-gain-relative-to-income", 240 / 4_023.7, 240 / 4_023.75, INF, "high", "", "D"),
        ("longnan-gain-relative-to-line", 240 / 2_800, 240 / 2_800, INF, "high", "", "D"),
        ("longnan-gain-2019-over-2015", 840 / 240, 0, 845 / 240, "low", "", "D"),
        ("longnan-implied-gain", 240 * 639_400, 240 * 639_350, INF, "high", "CNY", "D"),
        ("longnan-sales-two-reports", 3 / 1.38, 0, INF, "both", "", "B"),
        ("longnan-gain-over-sales", 240 * 639_400 / 1.38e9, 0, INF, "both", "", "D"),
        ("longnan-sales-per-shop", 1.38e9 / 6_354, 0, INF, "both", "CNY / shop", "B"),
        ("longnan-poor-fall", 1 - 390 / 639.4, 1 - 395 / 639.35, 1 - 385 / 639.45, "", "", "B"),
        (
            "longnan-poor-fall-since-2013",
            1 - 390 / 839.4,
            1 - 395 / 839.35,
            1 - 385 / 839.45,
            "",
            "",
            "C",
        ),
        (
            "gansu-poor-fall-since-2013",
            1 - 2.56 / 5.52,
            1 - 2.565 / 5.515,
            1 - 2.555 / 5.525,
            "",
            "",
            "C",
        ),
        (
            "nation-poor-fall",
            1 - 43.35 / 70.17,
            1 - 43.355 / 70.165,
            1 - 43.345 / 70.175,
            "",
            "",
            "B",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["local." + slug]
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
    assert sorted(f"local.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_the_stores_stated_fit_all_later_counts(records):
    frame = stores_over_time(records)
    assert frame["value"].tolist() == [6_000, 6_354, 9_100, 10_000, 14_372]
    assert frame["period"].tolist() == [
        "2015-09-07",
        "2015-12-15",
        "2016-06-30",
        "2017-05-04",
        "2020-06-10",
    ]
    assert (frame["whose"].iloc[0], monotone(frame).status) == (STORES, "pass")


def test_only_the_stores_have_a_consistent_count_and_every_statement_has_grade_d(records):
    frame = cases(records)
    assert frame.loc[frame["verdict"] == "consistent, perhaps one source", "stated"].tolist() == [
        "nearly 6,000 online stores"
    ]
    assert set(frame.loc[frame["grade"] != "", "grade"]) == {"D"}
    assert frame.loc[frame["verdict"] == "no figure", "case"].tolist() == [
        f"{name}, Hunan" for name in NAMED
    ]


def test_the_poor_became_fewer_in_longnan_as_in_the_nation(records):
    frame = poor_beside_nation(records)
    since = frame[frame["since"] == 2013].set_index("place")
    assert since["ratio"].round(3).to_dict() == {"Longnan": 0.465, "Gansu": 0.464}
    frame = frame[frame["since"] == 2014].set_index("place")
    assert frame["ratio"].round(3).to_dict() == {"Longnan": 0.610, "China (rural)": 0.618}
    assert (
        frame.loc["Longnan", "low"]
        < frame.loc["China (rural)", "low"]
        < frame.loc["Longnan", "high"]
    )
