"""Flows and stocks of workers abroad: findings by hand, the model against its own identities."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.finding import Finding
from analysis.records.errors import AnalysisError
from analysis.themes.labor_export.stock import DATES, findings, flows, modelled_stock, sent_within

# thousands: flows of 2016 to 2019 and to October 2020; stocks at the end of 2018, 2019, February,
# July and October 2020
F16, F17, F18, F19, F20 = 494, 522, 492, 487, 231
S18, S19, S20 = 996, 992, 631
E = 0.5  # each is printed in thousands
STAY_2019 = 2 * S19 / (F18 + F19)
EXPECTED = F20 + F19 + F18 * (STAY_2019 - 1 - 10 / 12)


def sides(*terms: tuple[int, float]) -> tuple[float, float]:
    """Ends of a sum of thousands, each within half a thousand."""
    value, slack = sum(sign * one for sign, one in terms), E * len(terms)
    return value - slack, value + slack


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit"),
    [
        (
            "people-over-dispatched-2018-2020",
            146 / (F18 + F19 + F20),
            0,
            146.5 / (491.5 + 486.5 + 230.5),
            "low",
            "",
        ),
        ("people-over-stock-2020", 146 / S20, 145.5 / 631.5, 146.5 / 630.5, "", ""),
        (
            "people-over-poor-migrants",
            146_000 / 29_344_100,
            145_500 / 29_344_150,
            146_500 / 29_344_050,
            "",
            "",
        ),
        # Little's law: 996 over the mean of 522 and 492, 992 over the mean of 492 and 487
        ("mean-stay-2018", 996 / 507, 995.5 / 507.5, 996.5 / 506.5, "", "year"),
        ("mean-stay-2019", 992 / 489.5, 991.5 / 490, 992.5 / 489, "", "year"),
        # sent over three to 8.6 years, middle 5.8
        (
            "poor-area-abroad-at-mean-stay",
            146e3 * 992 / 489.5 / 5.8,
            145.5e3 * 991.5 / 490 / 8.6,
            146.5e3 * 992.5 / 489 / 3,
            "",
            "person",
        ),
        ("returned-2019", 491e3, 489_500, 492_500, "", "person"),
        ("returned-2020-to-october", 592e3, 590_500, 593_500, "", "person"),
        ("stock-october-2020-over-2019", S20 / S19, 630.5 / 992.5, 631.5 / 991.5, "", ""),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit
):
    found = by_id["labor." + slug]
    assert found.value == pytest.approx(value, rel=1e-9)
    assert (found.low, found.high) == (pytest.approx(low, rel=1e-9), pytest.approx(high, rel=1e-9))
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, "C")


@pytest.mark.parametrize(
    ("slug", "value"),
    [("stock-expected-october-2020", EXPECTED), ("missing-october-2020", EXPECTED - S20)],
)
def test_what_the_stay_of_2019_gives_for_2020(by_id, slug, value):
    found = by_id["labor." + slug]
    assert found.value == pytest.approx(1000 * value)  # 813,121 and 182,121
    # one flow enters with two powers: the ends hold the true ones and may be wider
    true_low = 230.5 + 486.5 + 491.5 * (2 * 991.5 / (491.5 + 486.5) - 1 - 10 / 12)
    assert (
        found.low
        <= 1000 * (true_low - (631.5 if slug.startswith("missing") else 0))
        < found.value
        < found.high
    )
    assert found.high - found.low < 15_000
    assert found.evidence_grade == "C"


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    tests = (
        test_every_finding_is_what_arithmetic_by_hand_gives,
        test_what_the_stay_of_2019_gives_for_2020,
    )
    rows = [
        row
        for test in tests
        for mark in test.pytestmark
        if mark.name == "parametrize"
        for row in mark.args[1]
    ]
    assert sorted(f"labor.{row[0]}" for row in rows) == sorted(by_id)


def test_workers_sent_within_some_years(records):
    assert sent_within(records, "2019-12", years=1) == pytest.approx(487_000)
    assert sent_within(records, "2019-12", years=2.5) == pytest.approx(1000 * (F19 + F18 + F17 / 2))
    assert sent_within(records, "2019-12", years=4) == pytest.approx(1000 * (F16 + F17 + F18 + F19))
    assert sent_within(records, "2020-10", years=1) == pytest.approx(1000 * (F20 + F19 / 6))
    assert sent_within(records, "2020-10", years=0.5) == pytest.approx(1000 * F20 * 0.6)
    assert math.isnan(sent_within(records, "2018-12", years=3.25))  # 2015 is held at no good grade
    assert flows(records, "2020-02")[-1] == (2020.0, pytest.approx(2020 + 2 / 12), 65_000)
    with pytest.raises(AnalysisError, match="lasts longer than no time, not 0 years"):
        sent_within(records, "2019-12", years=0)


def test_two_stays_of_about_two_years_do_not_overlap(by_id):
    first, second = (by_id[f"labor.mean-stay-{year}"] for year in ("2018", "2019"))
    assert first.high < second.low
    assert second.value / first.value - 1 == pytest.approx(0.0316, abs=1e-4)


def test_the_model_beside_the_published_stock(records):
    frame = modelled_stock(records, (2.0, 4.0))
    assert frame["month"].tolist() == [month for month in DATES for _ in range(2)]
    row = frame.iloc[2]
    assert (row["month"], row["modelled"], row["published"]) == (
        "2019-12",
        pytest.approx(979_000),
        992_000,
    )
    assert row["ratio"] == pytest.approx(979 / 992)
    assert frame["modelled"].isna().tolist() == [False, True] + [False] * 8
