"""Hunan, exchange rates: pairs, months, dating and restated dollars by hand."""

from __future__ import annotations

import pytest

from analysis.bounds.intervals import Common
from analysis.records.errors import QuantityError
from analysis.themes.hunan import charts_rates
from analysis.themes.hunan.rates import (
    CENTRAL,
    COMMERCE,
    OFFICE,
    annual_means,
    common_rate,
    dating,
    dollars,
    findings,
    practice_months,
    readings,
    round_rates,
    strip,
)

# printed: 118 million yuan and c. US$17 million; 105 and 15; 20 and 2.90: the dollars are good to
# half a million, half a million, 5,000
LOWEST, HIGHEST = 20 / 2.905, 20 / 2.895  # 6.884682, 6.908463
# monthly means of 2016, European Central Bank; lowest day 6.4571 (March), highest 6.9593 (December)
MEANS = (
    6.5741,
    6.5499,
    6.5068,
    6.4786,
    6.5305,
    6.5925,
    6.6775,
    6.6482,
    6.6730,
    6.7298,
    6.8427,
    6.9228,
)
MEAN, LOW_DAY, HIGH_DAY = sum(MEANS) / 12, 6.4571, 6.9593


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit", "grade"),
    [
        ("rate-commerce", 118 / 17, 118 / 17.5, 118 / 16.5, "CNY / USD", "B"),
        ("rate-central", 105 / 15, 105 / 15.5, 105 / 14.5, "CNY / USD", "B"),
        ("rate-office", 20 / 2.9, LOWEST, HIGHEST, "CNY / USD", "B"),
        ("rate-common", 20 / 2.9, LOWEST, HIGHEST, "CNY / USD", "B"),
        ("mean-rate-2016", MEAN, LOW_DAY, HIGH_DAY, "CNY / USD", "A"),
        (
            "funds-usd-printed",
            34.9e6,
            16.5e6 + 14.5e6 + 2.895e6,
            17.5e6 + 15.5e6 + 2.905e6,
            "USD",
            "B",
        ),
        ("funds-usd-at-2016", 243e6 / MEAN, 241.5e6 / HIGH_DAY, 244.5e6 / LOW_DAY, "USD", "B"),
        ("rate-over-mean-2016", 20 / 2.9 / MEAN, LOWEST / HIGH_DAY, HIGHEST / LOW_DAY, "", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, unit, grade):
    found = by_id["hunan." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == ("", unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"hunan.{row[0]}" for row in marks.args[1]) == sorted(by_id)


@pytest.mark.parametrize(
    ("claim_id", "printed"),
    [(COMMERCE, (17e6, 1e6)), (CENTRAL, (15e6, 1e6)), (OFFICE, (2.9e6, 1e4))],
)
def test_the_last_printed_digit_of_the_dollars(records, claim_id, printed):
    assert dollars(records, claim_id) == printed


def test_the_third_pair_alone_sets_the_rates(records):
    common = common_rate(records)
    assert (common.low_from, common.high_from) == (OFFICE, OFFICE)
    assert (common.interval.low, common.interval.high) == (
        pytest.approx(LOWEST),
        pytest.approx(HIGHEST),
    )


def test_other_readings_are_wider(records):
    frame = readings(records).set_index("reading")
    # both rounded: 104.5/15.5 from below, 20.5/2.895 from above;
    # without the printed zero: 20/2.95 to 20/2.85
    assert frame.loc["both rounded", ["low", "high"]].tolist() == pytest.approx(
        [104.5 / 15.5, 20.5 / 2.895]
    )
    assert frame.loc["office's zero not counted", ["low", "high"]].tolist() == pytest.approx(
        [20 / 2.95, 20 / 2.85]
    )
    assert frame["months"].to_dict() == {
        "dollars rounded": 7,
        "both rounded": 10,
        "office's zero not counted": 10,
    }
    assert set(frame["first"]) == {"2016-11", "2016-10"}
    assert set(frame["last"]) == {"2017-05", "2017-07"}


def test_the_months_whose_rates_fit(records):
    frame = strip(records)
    assert frame["month"].iloc[[0, -1]].tolist() == ["2016-01", "2017-12"]
    assert len(frame) == 24
    # lowest and highest day: November 6.7570-6.9198, December 6.8799-6.9593, January 6.8390-6.9605,
    # February 6.8558-6.8848 (just),
    # March 6.8780-6.9148, April 6.8830-6.9032, May 6.8130-6.9068; June ends at 6.8420
    assert frame.loc[frame["days_meet"], "month"].tolist() == [
        "2016-11",
        "2016-12",
        "2017-01",
        "2017-02",
        "2017-03",
        "2017-04",
        "2017-05",
    ]
    # means: January 6.8955, March 6.8970, April 6.8912, May 6.8851; November 6.8427, December
    # 6.9228 and February 6.8726 are outside
    assert frame.loc[frame["mean_inside"], "month"].tolist() == [
        "2017-01",
        "2017-03",
        "2017-04",
        "2017-05",
    ]


def test_the_text_dates_itself_to_early_2017(records):
    assert practice_months(records) == ("2017-01", "2017-04")  # April 2016 and at most a year
    frame = dating(records).set_index("rests_on")
    assert frame["months"].tolist() == [12, 1, 7, 4, 4]
    assert frame.loc["date of the page", ["first", "last"]].tolist() == ["2017-10", "2017-10"]


def test_no_annual_mean_lies_inside_and_nothing_after_the_page_is_asked(records):
    frame = annual_means(records)
    assert not frame["inside"].any()
    assert frame.loc[frame["year"] == 2016, "rate"].round(2).tolist() == [6.64, 6.64, 6.64]


def test_pairs_without_a_common_rate_make_no_chart(records, monkeypatch):
    apart = Common(None, COMMERCE, OFFICE)
    monkeypatch.setattr(charts_rates.rates, "common_rate", lambda _: apart)
    with pytest.raises(QuantityError, match=f"{COMMERCE} and {OFFICE} share no exchange rate"):
        charts_rates.exchange_rate_strip(records)


def test_a_round_rate_gives_all_three_pairs(records):
    # 118, 105 and 20 million over 6.9 are 17.1, 15.2 and 2.899 million;
    # times 0.145 they are 17.1, 15.2 and 2.90
    found = round_rates(records)
    assert found[["quoted", "rate"]].values.tolist() == [
        ["yuan per dollar", 6.9],
        ["dollars per yuan", 0.145],
    ]
    common = common_rate(records).shared
    assert found["cny_per_usd"].between(common.low, common.high).all()
