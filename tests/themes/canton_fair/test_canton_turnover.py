"""Canton Fair, turnover since 2002: findings by hand, levels as printed, gaps that stay gaps."""

from __future__ import annotations

import math

import pytest

from analysis.records.errors import AnalysisError
from analysis.themes.canton_fair.turnover import (
    CNY,
    findings,
    growth_in_both,
    stated_change,
    turnover,
)

# yuan per dollar: mean, lowest and highest day of April 2018 and of April 2019
RATE_123, RATE_125 = (6.3006, 6.2766, 6.3394), (6.7172, 6.6891, 6.7470)
CNY_123, CNY_125, HALF = 189.197e9, 199.524e9, 0.5e6  # as printed; "down 1.1% y/y" at session 125
# billion dollars by year and half-year as printed, or computed from printed growth (95, 99, 104,
# 134); not session 93
LEVELS = [
    [
        (2002.25, 16.85),
        (2002.75, 18.47),
        (2004.25, 24.5),
        (2004.75, 27.2),
        (2005.75, 29.43),
        (2006.25, 32.22),
        (2006.75, 34.06),
        (2007.25, 36.39),
        (2007.75, 37.45),
        (2008.25, 38.23),
    ],
    [
        (2008.75, 31.55),
        (2009.25, 26.23),
        (2009.75, 30.47),
        (2011.25, 36.86),
        (2012.25, 36.03),
        (2012.75, 32.68),
        (2013.25, 35.54),
        (2013.75, 31.69),
    ],
    [
        (2014.25, 31.0),
        (2014.75, 29.16),
        (2016.75, 27.89),
        (2017.75, 30.16),
        (2018.25, 30.0),
        (2018.75, 29.86),
        (2019.75, 29.288),
    ],
    [(2023.75, 22.3), (2024.25, 24.7), (2024.75, 24.95), (2025.25, 25.44), (2025.75, 25.65)],
]


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit", "grade"),
    [
        (
            "turnover-125-usd",
            CNY_123 / RATE_123[0] * 0.989,
            (CNY_123 - HALF) / RATE_123[2] * 0.9885,
            (CNY_123 + HALF) / RATE_123[1] * 0.9895,
            "USD",
            "B",
        ),
        (
            "turnover-125-usd-converted",
            CNY_125 / RATE_125[0],
            (CNY_125 - HALF) / RATE_125[2],
            (CNY_125 + HALF) / RATE_125[1],
            "USD",
            "B",
        ),
        (
            "turnover-fall-usd",
            1 - 29.288 / 30.16,
            1 - 29.2885 / 30.155,
            1 - 29.2875 / 30.165,
            "",
            "B",
        ),
        (
            "turnover-rise-cny",
            207.09 / 198.65 - 1,
            207.085 / 198.655 - 1,
            207.095 / 198.645 - 1,
            "",
            "B",
        ),
        ("turnover-fall-125-stated", 0.011, 0.0105, 0.0115, "", "B"),
        ("poverty-deals-rise-125-stated", 0.454, 0.4535, 0.4545, "", "A"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, unit, grade):
    found = by_id["canton-fair." + slug]
    # a rate that enters two terms is one rate, but the two terms of a fall are ranged apart: ends
    # may be a little too wide
    assert found.value == pytest.approx(value, rel=1e-11)
    assert found.low == pytest.approx(low, rel=1e-4)
    assert found.low <= low + 1e-9 * abs(low)
    assert found.high == pytest.approx(high, rel=1e-4)
    assert found.high >= high - 1e-9 * abs(high)
    assert (found.open_ended, found.unit, found.evidence_grade) == ("", unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"canton-fair.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_both_ways_to_session_125_agree(by_id):
    grown, converted = (
        by_id["canton-fair.turnover-125-usd"],
        by_id["canton-fair.turnover-125-usd-converted"],
    )
    assert grown.low < converted.value < grown.high
    assert converted.low < grown.value < converted.high


def test_levels_are_those_printed_and_gaps_stay_gaps(records):
    frame = turnover(records)
    lines = [(row.x, round(row.usd / 1e9, 3)) for row in in_dollars(frame)]
    assert lines == [point for part in LEVELS for point in part]
    assert set(frame["session"]) & set(range(127, 134)) == set()
    assert math.isnan(frame.set_index("session").loc[125, "usd"])
    assert frame.loc[frame["computed"], "session"].tolist() == [95, 99, 104, 134]


def in_dollars(frame):
    return frame[frame["usd"].notna() & (frame["session"] != 93)].itertuples()


def test_stated_growth_fits_dollars_wherever_it_can_be_told(records):
    found = growth_in_both(records).set_index(["session", "base"])
    assert found.loc[(124, 122), ["stated", "usd", "cny"]].tolist() == pytest.approx(
        [-0.01, 29.86 / 30.16 - 1, 206.494 / 198.65 - 1]
    )
    assert found.loc[(125, 123), "fits"] == "not yuan"
    assert set(found["fits"]) == {"", "US dollars", "not yuan"}
    # growth chains with the levels within two tenths of a point, but for computed levels
    assert (found["usd"] - found["stated"]).abs().max() < 0.002


def test_a_row_without_growth_is_refused(records):
    with pytest.raises(AnalysisError, match="prints no growth"):
        stated_change(records, CNY, "2016-10-15")
