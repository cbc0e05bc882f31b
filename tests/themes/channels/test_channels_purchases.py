"""Purchases signed and sold: every finding against arithmetic by hand."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.observed import over
from analysis.records.errors import QuantityError
from analysis.themes.channels.purchases import (
    ONLINE,
    ONLINE_POOR,
    SIGNED,
    amounts,
    farm_value_added,
    findings,
)

# "42 billion yuan" (scio-2021), in Chinese 420亿: +- 0.05;
# agriculture ministry: 105.1 billion 2013 to mid-2018, "over" 19
# billion in 2018, 4.923 billion sold to August 2020;
# certified products: 171.518 billion to September 2020; value added of 2020: agriculture with
# related industries 16,690 billion, 2.05 times that of farming


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        (
            "contracted-over-agriculture-2013-2018",
            42 / 105.1,
            41.95 / 105.15,
            42.05 / 105.05,
            "",
            "",
            "C",
        ),
        ("contracted-over-agriculture-2018", 42 / 19, 0, 42.05 / 19, "low", "", "C"),
        (
            "contracted-over-certified-sales",
            42 / 171.518,
            41.95 / 171.5185,
            42.05 / 171.5175,
            "",
            "",
            "C",
        ),
        (
            "contracted-over-farm-value-added",
            42 / 16_690 * 2.05,
            41.95 / 16_690.5 * 2.045,
            42.05 / 16_689.5 * 2.055,
            "",
            "",
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


def test_amounts_stand_side_by_side_and_have_no_total(records):
    data = amounts(records).set_index("what")
    billions = [42, 105.1, 19, 5.4, 4.923, 171.518, 40.66, 397.5, 16_690 / 2.05]
    assert (data["cny"] / 1e9).tolist() == pytest.approx(billions)
    assert data["kind"].tolist() == ["signed"] * 4 + ["sold"] * 2 + ["scale"] * 3
    assert [math.isinf(high) for high in data["high"]] == [
        False,
        False,
        True,
        True,
        False,
        False,
        False,
        False,
        False,
    ]


def test_the_value_added_of_farming_is_what_the_published_ratio_gives(records):
    found = farm_value_added(records)
    assert round(found.value / 1e9) == 8_141  # as the research has it
    assert (found.low, found.high) == (
        pytest.approx(16_689.5e9 / 2.055),
        pytest.approx(16_690.5e9 / 2.045),
    )


@pytest.mark.parametrize("series_id", [ONLINE, ONLINE_POOR])
def test_signed_purchases_are_no_part_of_online_sales(records, series_id):
    with pytest.raises(QuantityError, match="signed at matching events, not sold online"):
        over(records, SIGNED, series_id, "2020")
