"""Canton Fair, part of the fair: every finding against arithmetic on the printed figures."""

from __future__ import annotations

import math

import pytest

from analysis.records.errors import AnalysisError
from analysis.themes.canton_fair.share import findings, printed_sizes, turnover_to

INF = math.inf
# yuan per dollar in the months of sessions 122 to 126: mean; lowest and highest day of all (to 125
# and to 126)
MEANS = (6.6258, 6.3006, 6.9211, 6.7172, 7.0978)
MEAN_4, MEAN_5 = sum(MEANS[:4]) / 4, sum(MEANS) / 5
LOWEST, HIGHEST_4 = 6.2766, 6.9743
# turnover in yuan as printed: 198.65 (+- 5 million), 189.197, 206.494, 199.524 (+- 0.5 million
# each), 207.09 (+- 5 million)
TO_125 = 198.65e9 + 189.197e9 + 206.494e9 + 199.524e9
TO_126 = TO_125 + 207.09e9
HALF_4, HALF_5 = 6.5e6, 11.5e6
# "over 1 billion" dollars to session 125, "more than 1.7 billion" to 128; 2,784 and 6,084
# firm-sessions, counted; 8,105 booths;
# about 25,000 exhibitors at 122 and 127, 26,000 at 128 (+- 500 each); some 60,000 booths at 122 (+-
# 5,000)
SHARE_4 = 1e9 * MEAN_4 / TO_125
LEAST_4 = 1e9 * LOWEST / (TO_125 + HALF_4)
FIRMS_4 = 2_784 / 100_000


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended"),
    [
        ("share-of-turnover-to-125", SHARE_4, LEAST_4, INF, "high"),
        (
            "share-of-turnover-to-126",
            1.35e9 * MEAN_5 / TO_126,
            1e9 * LOWEST / (TO_126 + HALF_5),
            INF,
            "high",
        ),
        ("deals-per-firm-relative", SHARE_4 / FIRMS_4, LEAST_4 / (2_784 / 98_000), INF, "high"),
        (
            "deals-per-firm-relative-next-digit",
            SHARE_4 / FIRMS_4,
            LEAST_4 / (2_784 / 98_000),
            2e9 * HIGHEST_4 / (TO_125 - HALF_4) / (2_784 / 102_000),
            "",
        ),
        ("share-of-exhibitors-to-125", FIRMS_4, 2_784 / 102_000, 2_784 / 98_000, ""),
        (
            "share-of-exhibitors-to-126",
            (2_784 + 6_084) / 2 / 125_000,
            2_784 / 127_500,
            6_084 / 122_500,
            "",
        ),
        ("share-of-exhibitors-to-128", 6_084 / 176_000, 6_084 / 179_500, 6_084 / 172_500, ""),
        ("share-of-booths-to-128", 8_105 / 420_000, 8_105 / 455_000, 8_105 / 385_000, ""),
        ("share-of-booths-if-on-site", 8_105 / 300_000, 8_105 / 325_000, 8_105 / 275_000, ""),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, open_ended):
    found = by_id["canton-fair." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, "", "B")


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"canton-fair.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_online_sessions_have_no_turnover_and_none_is_made_up(records):
    with pytest.raises(
        AnalysisError, match="there is no value of canton-export-turnover-cny for 2020-06-15"
    ):
        turnover_to(records, 127)
    frame = printed_sizes(records).set_index("session")
    assert frame["turnover_cny"].notna().tolist() == [True] * 5 + [False] * 2
    assert frame["exhibitors"].dropna().to_dict() == {122: 25_000, 127: 25_000, 128: 26_000}
    assert frame["booths"].dropna().to_dict() == {122: 60_000}


def test_poverty_area_firms_sold_less_than_the_average_even_at_the_next_digit(by_id):
    assert by_id["canton-fair.deals-per-firm-relative-next-digit"].high < 1
