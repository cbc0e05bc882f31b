"""Canton Fair: every finding against arithmetic on the text's figures and seven monthly rates."""

from __future__ import annotations

import dataclasses
import math

import pytest

from analysis.bounds.finding import Finding
from analysis.methods.scenarios import compare_priors, draw
from analysis.records.errors import QuantityError
from analysis.themes.canton_fair.findings import (
    INCOME,
    SHARES,
    break_even_additional,
    deals_per_yuan,
    deals_per_yuan_of,
    extra_income_per_yuan,
    findings,
    rate_of_sessions,
    ratio_by_month,
    scenarios,
    session_calendar,
)

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
FIRST_FIVE = [
    RATES[month] for month in list(RATES)[:5]
]  # sessions 122-126: at 127 and 128 nobody paid
MEAN_5 = sum(mean for mean, _, _ in FIRST_FIVE) / 5
LOWEST, HIGHEST = 6.2766, 7.1497  # 2018-04 and 2019-10


def test_the_monthly_rates_written_above_are_those_of_the_frozen_series(records):
    for month, rates in RATES.items():
        held = [
            records.series_rows(f"usd-cny-{what}").set_index("period_start")["value"][f"{month}-01"]
            for what in ("mean", "low", "high")
        ]
        assert held == list(rates)
    assert (
        min(low for _, low, _ in RATES.values()),
        max(high for _, _, high in RATES.values()),
    ) == (LOWEST, HIGHEST)


def test_deals_of_all_sessions_are_no_assumption_and_of_more_are_refused(records):
    every = deals_per_yuan_of(records, 7)
    assert every.value == pytest.approx(DEALS * MEAN / FEES, rel=1e-11)
    assert not any(name.startswith("assumed") for name in every.inputs)
    for sessions in (0, 8):
        with pytest.raises(QuantityError, match=f"between 1 and 7, got {sessions}"):
            deals_per_yuan_of(records, sessions)


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("deals-cny", DEALS * MEAN, DEALS * LOWEST, INF, "high", "CNY", "B"),
        (
            "deals-per-yuan-waived",
            DEALS * MEAN / FEES,
            DEALS * LOWEST / (FEES + HALF),
            INF,
            "high",
            "",
            "B",
        ),
        (
            "deals-per-yuan-waived-next-digit",
            DEALS * MEAN / FEES,
            DEALS * LOWEST / (FEES + HALF),
            NEXT_DEALS * HIGHEST / (FEES - HALF),
            "",
            "",
            "B",
        ),
        (
            "deals-per-yuan-waived-charged-sessions",
            DEALS * (5 / 7) * MEAN_5 / FEES,
            0,
            INF,
            "both",
            "",
            "B",
        ),
        (
            "deals-per-yuan-waived-organiser",
            DEALS * MEAN / FEES,
            DEALS * LOWEST / (FEES + HALF),
            INF,
            "high",
            "",
            "B",
        ),
        (
            "additional-share-at-published-return",
            15 * FEES / (DEALS * MEAN),  # US$15 per US$1, without its interval
            0,
            15 * (FEES + HALF) / (DEALS * LOWEST),
            "low",
            "",
            "B",
        ),
        (
            "additional-share-at-upper-return",
            40 * FEES / (DEALS * MEAN),
            0,
            40 * (FEES + HALF) / (DEALS * LOWEST),
            "low",
            "",
            "B",
        ),
        (
            "break-even-each-of-three",
            (FEES / (DEALS * MEAN)) ** (1 / 3),
            0,
            ((FEES + HALF) / (DEALS * LOWEST)) ** (1 / 3),
            "low",
            "",
            "B",
        ),
        (
            "extra-income-most",
            DEALS * MEAN / FEES / 8,
            0,
            NEXT_DEALS * HIGHEST / (FEES - HALF),
            "low",
            "",
            "B",
        ),
        (
            "break-even-share",
            FEES / (DEALS * MEAN),
            0,
            (FEES + HALF) / (DEALS * LOWEST),
            "low",
            "",
            "B",
        ),
        ("deals-per-session", DEALS / 7, DEALS / 7, INF, "high", "USD / session", "B"),
        (
            "fees-per-session",
            FEES / 7,
            (FEES - HALF) / 7,
            (FEES + HALF) / 7,
            "",
            "CNY / session",
            "B",
        ),
        ("fees-per-charged-session", 17_338_000, 17_337_000, 17_339_000, "", "CNY / session", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["canton-fair." + slug]
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
    assert sorted(f"canton-fair.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_a_ratio_to_waived_fees_never_stands_without_its_warning(by_id):
    ratios = [one for one in by_id.values() if "per-yuan-waived" in one.value_id]
    assert len(ratios) == 4
    assert [one.value_id for one in ratios if "Not a return" not in one.note] == []


def test_the_ratio_rests_on_claims_rates_and_the_calendar(records):
    found = deals_per_yuan(records)
    assert found.unit == ""
    assert set(found.inputs) == {"scio-2021.canton-deals", "scio-2021.canton-fees"} | {
        f"usd-cny@{month}" for month in RATES
    } | {
        f"canton-fair-session@{day}"
        for day in (
            "2017-10-15",
            "2018-04-15",
            "2018-10-15",
            "2019-04-15",
            "2019-10-15",
            "2020-06-15",
            "2020-10-15",
        )
    }
    assert (
        "assumed:part-of-deals-at-charged-sessions"
        in deals_per_yuan(records, charged_only=True).inputs
    )
    with pytest.raises(QuantityError, match="unknown interpretation 'generous'"):
        deals_per_yuan(records, reading="generous")


def test_sessions_months_and_who_paid(records):
    frame = session_calendar(records)
    assert frame["session"].tolist() == list(range(122, 129))
    assert frame["month"].tolist() == list(RATES)
    assert frame["free_for_all"].tolist() == [False] * 5 + [True] * 2


def test_the_rate_of_the_sessions_leaves_the_weights_open(records):
    for charged_only, rates, mean in (
        (False, list(RATES.values()), MEAN),
        (True, FIRST_FIVE, MEAN_5),
    ):
        found = rate_of_sessions(records, charged_only=charged_only)
        assert (found.value, found.low, found.high) == (
            pytest.approx(mean),
            min(low for _, low, _ in rates),
            max(high for _, _, high in rates),
        )
        assert (found.unit, found.direction) == ("CNY / USD", "closed")


def test_the_ratio_at_the_rate_of_each_month(records):
    frame = ratio_by_month(records)
    assert frame["rate_cny_per_usd"].tolist() == [mean for mean, _, _ in RATES.values()]
    assert frame["deals_per_yuan_low"].tolist() == pytest.approx(
        [DEALS * low / (FEES + HALF) for _, low, _ in RATES.values()]
    )
    assert frame["deals_per_yuan_low"].min() == pytest.approx(deals_per_yuan(records).low)


def test_a_session_free_for_all_changes_the_charged_ratio_only(records):
    rows = records.series.copy()
    gone = rows[
        (rows["series_id"] == "canton-fair-session-free-for-all") & (rows["value"] == 128)
    ].index
    fewer = dataclasses.replace(records, series=rows.drop(gone))
    assert session_calendar(fewer)["free_for_all"].sum() == 1
    assert deals_per_yuan(fewer).value == deals_per_yuan(records).value
    six = sum(mean for month, (mean, _, _) in RATES.items() if month != "2020-06") / 6
    assert deals_per_yuan(fewer, charged_only=True).value == pytest.approx(
        DEALS * (6 / 7) * six / FEES
    )


def test_extra_income_is_the_product_of_the_three_shares(records):
    found = extra_income_per_yuan(records)
    assert (found.value, found.low, found.direction) == (
        pytest.approx(DEALS * MEAN / FEES / 8),
        0,
        "direction unknown",
    )
    assert {name for name in found.inputs if name.startswith("assumed:")} == {
        f"assumed:{name}" for name in SHARES
    }
    rows = records.assumptions.set_index("assumption_id")
    assert (rows.loc[list(SHARES), "basis"] == "logical limits").all()


def test_three_shares_of_a_fifth_equal_the_fees(records, by_id):
    # the cube root of one over 123.08, outward: 20.2 %; at the stated figures 19.6 %
    each = by_id["canton-fair.break-even-each-of-three"]
    assert (round(each.value, 3), round(each.high, 4)) == (0.196, 0.2010)
    assert each.high**3 * deals_per_yuan(records).low == pytest.approx(1)
    assert break_even_additional(records, each.high, each.high) == pytest.approx(each.high)
    assert break_even_additional(records, 0.5, 0.5) == pytest.approx(4 / 123.078, rel=1e-4)


def test_to_equal_a_published_return_a_ninth_of_deals_is_enough_at_the_stated_figures(by_id):
    first, upper = (
        by_id[f"canton-fair.additional-share-at-{name}-return"] for name in ("published", "upper")
    )
    # before: "at most 16 %", the end of the study's interval over the end of the exchange rates
    assert (round(first.value, 3), round(first.high, 3)) == (0.113, 0.122)
    assert (round(upper.value, 3), round(upper.high, 3)) == (0.301, 0.325)


def test_the_scenario_lies_between_nothing_and_all_deals_whatever_the_prior(records):
    (limits,) = scenarios(records)
    most = DEALS * 18 / 17 * HIGHEST / (FEES - HALF)
    sample = draw(records, limits).sample(INCOME)
    assert 0 <= sample.min() < sample.max() <= most
    # mean of a product of independent shares that spread evenly: a half each; deals half-way to the
    # next digit, the rate between its ends
    assert sample.mean() == pytest.approx(1.75e9 * (LOWEST + HIGHEST) / 2 / FEES / 8, rel=0.03)
    found = compare_priors(records, limits).set_index("prior")
    assert found.loc["uniform", ["p5", "p95"]].tolist() == pytest.approx([0.25, 60], rel=0.01)
    assert found.loc["Beta(1/2, 1/2)", ["p5", "p95"]].tolist() == pytest.approx(
        [0.005, 79], rel=0.07
    )
    assert found.loc["Beta(2, 2)", ["p5", "p95"]].tolist() == pytest.approx([1.6, 46], rel=0.02)
    assert found.loc["uniform, one share for all", ["p5", "p95"]].tolist() == pytest.approx(
        [0.017, 116], rel=0.02
    )
    assert (found["p95"] < most).all()


def test_scenarios_are_no_findings_and_say_what_they_are_not(records, by_id):
    for one in scenarios(records):
        assert one.scenario_id not in by_id
        assert one.note.startswith("Not a benefit-cost ratio")


def test_the_break_even_share_repays_the_fees_exactly(records, by_id):
    assert by_id["canton-fair.break-even-share"].value * deals_per_yuan(
        records
    ).value == pytest.approx(1)
