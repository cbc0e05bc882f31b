"""Canton Fair, window of the fees: every finding by hand, and the powers of ten that a running total leaves."""

from __future__ import annotations

import math

import pytest

from analysis.themes.canton_fair.window import (
    cumulative_fees,
    fees_to_125,
    findings,
    power_checks,
    powers,
)

INF = math.inf
# printed for sessions 122-125: "over 670 million" yuan (a tenth: 67 million), over 1 billion
# dollars, 2,784 firm-sessions;
# session 125 alone: "nearly 179 million" (a tenth: 17.9 million, at least 17.8), 770 firms
# for 122-128: 86.69 million +- 5,000, more than 1.7 billion dollars, 6,084 firm-sessions, 8,105
# booths
EARLY, FEES, HALF = 67e6, 86.69e6, 5_000
FIRMS_4, FIRMS_7, BOOTHS = 2_784, 6_084, 8_105


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("fees-to-125", EARLY, EARLY, FEES - HALF, "high", "CNY", "D"),
        (
            "fees-per-session-to-125",
            EARLY / 4,
            EARLY / 4,
            (FEES - HALF) / 4,
            "high",
            "CNY / session",
            "D",
        ),
        ("fees-after-125", FEES - EARLY, 0, FEES + HALF - EARLY, "low", "CNY", "D"),
        (
            "sessions-worth-after-125",
            (FEES - EARLY) / (EARLY / 4),
            0,
            4 * (FEES + HALF) / EARLY - 4,
            "low",
            "session",
            "D",
        ),
        (
            "fees-per-exhibitor",
            FEES / FIRMS_7,
            (FEES - HALF) / 6_084,
            (FEES + HALF) / 6_084,
            "",
            "CNY / exhibitor",
            "B",
        ),
        (
            "fees-per-booth",
            FEES / BOOTHS,
            (FEES - HALF) / 8_105,
            (FEES + HALF) / 8_105,
            "",
            "CNY / booth",
            "B",
        ),
        (
            "booths-per-exhibitor",
            BOOTHS / FIRMS_7,
            8_105 / 6_084,
            8_105 / 6_084,
            "",
            "booth / exhibitor",
            "B",
        ),
        (
            "fees-per-exhibitor-to-125",
            EARLY / FIRMS_4,
            EARLY / 2_784,
            (FEES - HALF) / 2_784,
            "high",
            "CNY / exhibitor",
            "D",
        ),
        (
            "fees-per-exhibitor-at-125",
            17.9e6 / 770,
            17.8e6 / 770,
            17.9e6 / 770,
            "",
            "CNY / exhibitor",
            "D",
        ),
        (
            "fees-per-exhibitor-after-125",
            (FEES - EARLY) / 3_300,
            0,
            (FEES + HALF - EARLY) / 3_300,
            "low",
            "CNY / exhibitor",
            "D",
        ),
        ("exhibitors-after-125", 3_300, 3_300, 3_300, "", "exhibitor", "B"),
        (
            "deals-per-exhibitor",
            1.7e9 / FIRMS_7,
            1.7e9 / 6_084,
            INF,
            "high",
            "USD / exhibitor",
            "B",
        ),
        (
            "deals-per-exhibitor-to-125",
            1e9 / FIRMS_4,
            1e9 / 2_784,
            INF,
            "high",
            "USD / exhibitor",
            "A",
        ),
        (
            "deals-per-session-after-over-before",
            (0.7e9 / 3) / (1e9 / 4),
            0,  # deals after session 125 may be none, and no fewer
            INF,
            "both",
            "",
            "B",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["canton-fair." + slug]
    assert (found.value, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert found.low == pytest.approx(low, rel=1e-11, abs=1e-3)
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"canton-fair.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_the_running_total_falls_as_printed_and_only_a_tenth_keeps_the_fee(records):
    checks = power_checks(records)
    assert {name: (one.status, one.rows) for name, one in checks.items()} == {
        "as printed": ("conflict", ((125, 128),)),
        "cannot fall": ("ambiguous", (-3, -2, -1)),
        "same fee": ("warn", (-1,)),
    }
    # the least that keeps the fee: 86.69 million x 2,784 / 6,084
    assert "39668796.8" in checks["same fee"].reason
    assert cumulative_fees(records)["value"].tolist() == [670e6, 86.69e6]


def test_what_each_power_would_mean(records):
    frame = powers(records).set_index("power")
    assert frame["falls"].to_dict() == {0: True, -1: False, -2: False, -3: False}
    assert frame["to_125"].tolist() == [670e6, 67e6, 6.7e6, 0.67e6]
    assert frame["after"].tolist() == pytest.approx([86.69e6 - 670e6, 19.69e6, 79.99e6, 86.02e6])
    assert frame.loc[
        -2, ["per_exhibitor_to_125", "per_exhibitor_after", "sessions_worth"]
    ].tolist() == pytest.approx([6.7e6 / 2_784, 79.99e6 / 3_300, 79.99e6 / 1.675e6])


def test_fees_to_125_rest_on_the_printed_figure_and_cannot_exceed_the_later_total(records):
    found = fees_to_125(records)
    assert found.inputs == ("canton-poverty-fee-exempted-cum@2017-10/2019-05",)
    assert found.formula == "canton-poverty-fee-exempted-cum@2017-10/2019-05 × 10^-1"
    assert (found.low, found.high, found.direction) == (67e6, 86.685e6, "at least")
