"""Canton Fair: every finding against arithmetic on the text's figures and seven monthly rates."""

from __future__ import annotations

import dataclasses
import itertools
import math

import pytest

from analysis.quantities.finding import Finding
from analysis.records.errors import QuantityError
from analysis.topics.canton import deals_per_yuan, extra_income_per_yuan, findings, rate_of_sessions, ratio_by_month, scenario_grid, session_calendar

INF = math.inf
# "exempted from a total of 86.69 million yuan": two decimals of a million, so +- 5,000;
# "more than $1.7 billion"; "From the 122nd to the 128th": seven sessions (scio-2021)
DEALS, NEXT_DEALS, FEES, HALF = 1_700_000_000, 1_800_000_000, 86_690_000, 5_000
# yuan per dollar in the month of each session: mean, lowest and highest day (euro reference rates)
RATES = {
    "2017-10": (6.6258, 6.5787, 6.6545),
    "2018-04": (6.3006, 6.2766, 6.3394),
    "2018-10": (6.9211, 6.8688, 6.9743),
    "2019-04": (6.7172, 6.6891, 6.7470),
    "2019-10": (7.0978, 7.0414, 7.1497),
    "2020-06": (7.0846, 7.0598, 7.1363),
    "2020-10": (6.7282, 6.6553, 6.8090),
}
MEAN = sum(mean for mean, _, _ in RATES.values()) / 7
FIRST_FIVE = [RATES[month] for month in list(RATES)[:5]]  # sessions 122-126: at 127 and 128 nobody paid
MEAN_5 = sum(mean for mean, _, _ in FIRST_FIVE) / 5
MEAN_4 = (6.6258 + 6.3006 + 6.9211 + 6.7172) / 4  # sessions 122-125
# turnover in yuan of sessions 122-125 as printed: +- 5 million for the first, +- 0.5 million for each of the others
TURNOVER = 198.65e9 + 189.197e9 + 206.494e9 + 199.524e9
LOWEST, HIGHEST = 6.2766, 7.1497  # 2018-04 and 2019-10


def test_the_monthly_rates_written_above_are_those_of_the_frozen_series(records):
    for month, rates in RATES.items():
        held = [records.series_rows(f"usd-cny-{what}").set_index("period_start")["value"][f"{month}-01"] for what in ("mean", "low", "high")]
        assert held == list(rates)
    assert (LOWEST, HIGHEST) == (min(low for _, low, _ in RATES.values()), max(high for _, _, high in RATES.values()))


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("deals-cny", DEALS * MEAN, DEALS * LOWEST, INF, "high", "CNY", "B"),
        ("deals-per-yuan-waived", DEALS * MEAN / FEES, DEALS * LOWEST / (FEES + HALF), INF, "high", "", "B"),
        ("deals-per-yuan-waived-next-digit", DEALS * MEAN / FEES, DEALS * LOWEST / (FEES + HALF), NEXT_DEALS * HIGHEST / (FEES - HALF), "", "", "B"),
        ("deals-per-yuan-waived-charged-sessions", DEALS * (5 / 7) * MEAN_5 / FEES, 0, INF, "both", "", "B"),
        ("break-even-share", FEES / (DEALS * MEAN), 0, (FEES + HALF) / (DEALS * LOWEST), "low", "", "B"),
        ("deals-per-session", DEALS / 7, DEALS / 7, INF, "high", "USD / session", "B"),
        ("fees-per-session", FEES / 7, (FEES - HALF) / 7, (FEES + HALF) / 7, "", "CNY / session", "B"),
        ("share-of-turnover-to-125", 1e9 * MEAN_4 / TURNOVER, 1e9 * LOWEST / (TURNOVER + 6.5e6), INF, "high", "", "B"),
        ("share-of-exhibitors-to-125", 2_784 / 100_000, 2_783.5 / 102_000, 2_784.5 / 98_000, "", "", "B"),
        ("deals-per-firm-relative", 1e9 * MEAN_4 / TURNOVER / 0.02784, 1e9 * LOWEST / (TURNOVER + 6.5e6) / (2_784.5 / 98_000), INF, "high", "", "B"),
        ("fees-per-charged-session", 17_338_000, 17_337_000, 17_339_000, "", "CNY / session", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, open_ended, unit, grade):
    found = by_id["canton-fair." + slug]
    assert (found.value, found.low, found.high) == (pytest.approx(value, rel=1e-11), pytest.approx(low, rel=1e-11), pytest.approx(high, rel=1e-11))
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [mark for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark if mark.name == "parametrize"]
    assert sorted(f"canton-fair.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_a_ratio_to_waived_fees_never_stands_without_its_warning(by_id):
    ratios = [one for one in by_id.values() if "per-yuan-waived" in one.value_id]
    assert len(ratios) == 3
    assert [one.value_id for one in ratios if "Not a return" not in one.note] == []


def test_the_ratio_rests_on_claims_rates_and_the_calendar(records):
    found = deals_per_yuan(records)
    assert found.unit == ""
    assert set(found.inputs) == {"scio-2021.canton-deals", "scio-2021.canton-fees"} | {f"usd-cny@{month}" for month in RATES} | {
        f"canton-fair-session@{day}" for day in ("2017-10-15", "2018-04-15", "2018-10-15", "2019-04-15", "2019-10-15", "2020-06-15", "2020-10-15")
    }
    assert "assumed:part-of-deals-at-charged-sessions" in deals_per_yuan(records, charged_only=True).inputs
    with pytest.raises(QuantityError, match="'generous' is no reading"):
        deals_per_yuan(records, reading="generous")


def test_sessions_months_and_who_paid(records):
    frame = session_calendar(records)
    assert frame["session"].tolist() == list(range(122, 129))
    assert frame["month"].tolist() == list(RATES)
    assert frame["free_for_all"].tolist() == [False] * 5 + [True] * 2


def test_the_rate_of_the_sessions_leaves_the_weights_open(records):
    for charged_only, rates, mean in ((False, list(RATES.values()), MEAN), (True, FIRST_FIVE, MEAN_5)):
        found = rate_of_sessions(records, charged_only=charged_only)
        assert (found.value, found.low, found.high) == (pytest.approx(mean), min(low for _, low, _ in rates), max(high for _, _, high in rates))
        assert (found.unit, found.direction) == ("CNY / USD", "closed")


def test_the_ratio_at_the_rate_of_each_month(records):
    frame = ratio_by_month(records)
    assert frame["rate_cny_per_usd"].tolist() == [mean for mean, _, _ in RATES.values()]
    assert frame["deals_per_yuan_low"].tolist() == pytest.approx([DEALS * low / (FEES + HALF) for _, low, _ in RATES.values()])
    assert frame["deals_per_yuan_low"].min() == pytest.approx(deals_per_yuan(records).low)


def test_a_session_free_for_all_changes_the_charged_ratio_only(records):
    rows = records.series.copy()
    gone = rows[(rows["series_id"] == "canton-fair-session-free-for-all") & (rows["value"] == 128)].index
    fewer = dataclasses.replace(records, series=rows.drop(gone))
    assert session_calendar(fewer)["free_for_all"].sum() == 1
    assert deals_per_yuan(fewer).value == deals_per_yuan(records).value
    six = sum(mean for month, (mean, _, _) in RATES.items() if month != "2020-06") / 6
    assert deals_per_yuan(fewer, charged_only=True).value == pytest.approx(DEALS * (6 / 7) * six / FEES)


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((1, 1, 1), DEALS * MEAN / FEES),
        ((0.5, 0.2, 0.1), DEALS * MEAN / FEES / 100),
        ((0, 1, 1), 0),
        ((0.6, 0.3, 0.05), DEALS * MEAN / FEES * 0.009),
    ],
)
def test_extra_income_is_the_product_of_the_assumed_shares(records, shares, expected):
    realised, value_added, additional = shares
    assert extra_income_per_yuan(records, realised=realised, value_added=value_added, additional=additional) == pytest.approx(expected)


@pytest.mark.parametrize(("name", "share"), list(itertools.product(("realised", "value_added", "additional"), (-0.1, 1.1, 50, math.nan))))
def test_a_share_outside_nothing_to_all_is_refused(records, name, share):
    with pytest.raises(QuantityError, match=f"{name} is a share between 0 and 1, not {share}"):
        extra_income_per_yuan(records, **dict.fromkeys(("realised", "value_added", "additional"), 0.5) | {name: share})


def test_the_grid_holds_every_combination_once(records):
    frame = scenario_grid(records, (0.5, 1.0), (0.2,), (0.1, 0.3, 0.5))
    assert list(frame.columns) == ["realised", "value_added", "additional", "extra_income_per_yuan"]
    assert [(row.realised, row.value_added, row.additional) for row in frame.itertuples()] == [(r, 0.2, a) for r in (0.5, 1.0) for a in (0.1, 0.3, 0.5)]
    assert frame["extra_income_per_yuan"].tolist() == pytest.approx([DEALS * MEAN / FEES * r * 0.2 * a for r in (0.5, 1.0) for a in (0.1, 0.3, 0.5)])


def test_the_break_even_share_repays_the_fees_exactly(records, by_id):
    share = by_id["canton-fair.break-even-share"].value
    assert extra_income_per_yuan(records, realised=1, value_added=1, additional=share) == pytest.approx(1)
