"""Channels side by side: every finding against arithmetic by hand, gaps kept, sums refused."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.finding import Finding
from analysis.records.errors import QuantityError
from analysis.themes.channels.findings import (
    CHANNELS,
    COUNTS,
    added,
    distinct_people,
    findings,
    reach_and_intensity,
    scorecard,
)

INF = math.inf
# scio-2021: "some 7.71 million farmers", 618.8万 people, "more than 850,000 people", "some
# 146,000 people",
# "some 500,000 people" (wan: +- 5,000), "exceeded 100,000 yuan", "42 billion yuan", "more than $1.7
# billion"
JOBS, MORE, HOUSE, SENT, BORDER = 7_710_000, 6_188_000, 850_000, 146_000, 500_000
POOR = 98_990_000  # rural poor at the end of 2012, printed 98.99 million


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("reach-ecommerce-jobs", JOBS, 7_705_000, 7_715_000, "", "person", "C"),
        ("reach-ecommerce-income", MORE, 6_187_500, 6_188_500, "", "person", "C"),
        ("reach-housekeeping", HOUSE, HOUSE, INF, "high", "person", "C"),
        ("reach-labor-export", SENT, 145_500, 146_500, "", "person", "C"),
        ("reach-border-trade", BORDER, 495_000, 505_000, "", "person", "C"),
        (
            "money-per-person-labor-export",
            100_000,
            100_000,
            INF,
            "high",
            "CNY / person / year",
            "C",
        ),
        ("money-contracted-purchases", 42e9, 41.95e9, 42.05e9, "", "CNY", "C"),
        ("money-canton-fair", 1.7e9, 1.7e9, INF, "high", "USD", "B"),
        (
            "relative-to-rural-poor-housekeeping",
            HOUSE / POOR,
            HOUSE / (POOR + 5_000),
            INF,
            "high",
            "",
            "C",
        ),
        (
            "relative-to-rural-poor-labor-export",
            SENT / POOR,
            145_500 / (POOR + 5_000),
            146_500 / (POOR - 5_000),
            "",
            "",
            "C",
        ),
        (
            "relative-to-rural-poor-border-trade",
            BORDER / POOR,
            495_000 / (POOR + 5_000),
            505_000 / (POOR - 5_000),
            "",
            "",
            "C",
        ),
        ("distinct-people-fewest", JOBS, 7_705_000, INF, "high", "person", "C"),
        # 7.71 + 6.188 + 0.85 + 0.146 + 0.5 = 15.394; low with 0.85 as it stands, high with its next
        # digit 0.86
        (
            "distinct-people-most",
            15_394_000,
            7_705_000 + 6_187_500 + 850_000 + 145_500 + 495_000,
            7_715_000 + 6_188_500 + 860_000 + 146_500 + 505_000,
            "",
            "person",
            "C",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["channels." + slug]
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
    assert sorted(f"channels.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_the_scorecard_invents_nothing(records):
    card = scorecard(records).set_index("channel")
    assert card.index.tolist() == [one.name for one in CHANNELS]
    assert card["people"].dropna().to_dict() == {
        "ecommerce-jobs": JOBS,
        "ecommerce-income": MORE,
        "housekeeping": HOUSE,
        "labor-export": SENT,
        "border-trade": BORDER,
    }
    assert card["money"].dropna().to_dict() == {"contracted-purchases": 42e9, "canton-fair": 1.7e9}
    assert card["per_person"].dropna().to_dict() == {"labor-export": 100_000}
    assert card["people"].isna().equals(card["over_rural_poor"].isna())
    assert card.loc["ecommerce-income", "over_rural_poor"] == pytest.approx(6.188 / 98.99)


def test_no_ratio_to_the_rural_poor_is_called_a_share(records):
    # no text says of anybody counted that he was poor by the survey's line at the end of 2012
    assert set(scorecard(records)["ratio_word"]) == {"size relative to", ""}


def test_reach_and_intensity_hold_both_only_where_the_people_are_the_same(records):
    data = reach_and_intensity(records).set_index("what")
    both = data.dropna(subset=["people", "income"])
    assert both[["people", "income"]].values.tolist() == [
        [146_000, 100_000],
        [50_000, 60_000],
        [50_000, 40_000],
        [179_000, 45_000],
    ]
    assert both["kind"].tolist() == ["reported", "planned", "planned", "part"]
    assert math.isinf(data.loc["labor-export", "income_high"])
    assert math.isinf(data.loc["housekeeping", "people_high"])


def test_counts_of_different_channels_are_refused_as_a_sum(records):
    assert added(records, COUNTS[:1]).value == JOBS
    with pytest.raises(
        QuantityError,
        match="cumulative counts of different channels are never added: no document states how many people are in several of them",
    ):
        added(records, COUNTS)


def test_the_two_ends_of_different_people_are_far_apart(records):
    fewest, most = distinct_people(records)
    assert most.value / fewest.value == pytest.approx(15_394 / 7_710)
    assert most.direction == "closed"
