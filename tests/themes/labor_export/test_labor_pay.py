"""Labor incomes beside pay at home and abroad: findings by hand, tables by hand, and mixed prices refused."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.finding import Finding
from analysis.bounds.prices import Amount, add, deflate, poverty_line_multiple, ratio
from analysis.records.errors import AnalysisError, QuantityError
from analysis.themes.labor_export.pay import (
    by_income_year,
    findings,
    indexes,
    trainee_pay,
    yen_break_even,
)

INF = math.inf
# scio-2021: "some 146,000", "exceeded 100,000 yuan"; minister in March 2018: 50,000 people, about
# 60,000 yuan
PEOPLE, INCOME, PLAN, STATED_2018 = 146_000, 100_000, 50_000, 60_000
# migrant workers' pay a month; survey of 2012 for those outside the mainland (rounded to tens)
WAGE_2012, WAGE_2020, OVERSEAS_2012 = 2_290, 4_549, 5_550  # outgoing migrants; outside the mainland
WAGE_2018, WAGE_2021 = 3_721, 4_432  # all migrants
# technical interns: June scheduled pay a month in 2019 and 2023, fees before arrival; yuan per yen:
# mean, low, high
YEN_2019, YEN_2023, FEES = 156_900, 181_700, 591_777
RATE_2019, RATE_2023 = (0.063449, 0.059753, 0.067722), (0.050450, 0.047768, 0.052826)
NET_2019, NET_2023 = (
    YEN_2019 * 12 - FEES / 3,
    YEN_2023 * 12 - FEES / 3,
)  # 1,685,541 and 1,983,141 yen a year


@pytest.fixture(scope="module")
def by_id(records) -> dict[str, Finding]:
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        (
            "household-3-over-area-income",
            100_000 / 3 / 12_588,
            100_000 / 3 / 12_588.5,
            INF,
            "high",
            "",
            "C",
        ),
        ("household-4-over-area-income", 25_000 / 12_588, 25_000 / 12_588.5, INF, "high", "", "C"),
        ("household-5-over-area-income", 20_000 / 12_588, 20_000 / 12_588.5, INF, "high", "", "C"),
        # fees over three years, beside twelve months of pay printed in hundreds
        (
            "japan-fee-share-2019",
            FEES / 3 / (YEN_2019 * 12),
            (FEES - 0.5) / 3 / (156_950 * 12),
            (FEES + 0.5) / 3 / (156_850 * 12),
            "",
            "",
            "B",
        ),
        (
            "japan-fee-share-2023",
            FEES / 3 / (YEN_2023 * 12),
            (FEES - 0.5) / 3 / (181_750 * 12),
            (FEES + 0.5) / 3 / (181_650 * 12),
            "",
            "",
            "B",
        ),
        ("household-4-over-exit-standard", 25_000 / 4_000, 25_000 / 4_500, INF, "high", "", "C"),
        (
            "overseas-over-migrant-2012",
            OVERSEAS_2012 / WAGE_2012,
            5_549.5 / 2_290.5,
            5_550.5 / 2_289.5,
            "",
            "",
            "B",
        ),
        (
            "overseas-pay-2020-if-ratio-held",
            WAGE_2020 * 12 * OVERSEAS_2012 / WAGE_2012,
            4_548.5 * 12 * 5_549.5 / 2_290.5,
            4_549.5 * 12 * 5_550.5 / 2_289.5,
            "",
            "CNY / person / year",
            "B",
        ),
        (
            "yen-break-even-2019",
            INCOME / (YEN_2019 * 12),
            INCOME / (156_950 * 12),
            INF,
            "high",
            "CNY / JPY",
            "C",
        ),
        (
            "yen-break-even-net-2019",
            INCOME / NET_2019,
            INCOME / (156_950 * 12 - 591_776.5 / 3),
            INF,
            "high",
            "CNY / JPY",
            "C",
        ),
        (
            "yen-break-even-2023",
            INCOME / (YEN_2023 * 12),
            INCOME / (181_750 * 12),
            INF,
            "high",
            "CNY / JPY",
            "C",
        ),
        (
            "yen-break-even-net-2023",
            INCOME / NET_2023,
            INCOME / (181_750 * 12 - 591_776.5 / 3),
            INF,
            "high",
            "CNY / JPY",
            "C",
        ),
        (
            "japan-pay-2019",
            YEN_2019 * 12 * RATE_2019[0],
            156_850 * 12 * RATE_2019[1],
            156_950 * 12 * RATE_2019[2],
            "",
            "CNY / person / year",
            "B",
        ),
        (
            "japan-pay-net-2019",
            NET_2019 * RATE_2019[0],
            (156_850 * 12 - 591_777.5 / 3) * RATE_2019[1],
            (156_950 * 12 - 591_776.5 / 3) * RATE_2019[2],
            "",
            "CNY / person / year",
            "B",
        ),
        (
            "japan-pay-2023",
            YEN_2023 * 12 * RATE_2023[0],
            181_650 * 12 * RATE_2023[1],
            181_750 * 12 * RATE_2023[2],
            "",
            "CNY / person / year",
            "B",
        ),
        (
            "japan-pay-net-2023",
            NET_2023 * RATE_2023[0],
            (181_650 * 12 - 591_777.5 / 3) * RATE_2023[1],
            (181_750 * 12 - 591_776.5 / 3) * RATE_2023[2],
            "",
            "CNY / person / year",
            "B",
        ),
        (
            "income-over-2018-statement",
            INCOME / STATED_2018,
            100_000 / 65_000,
            INF,
            "high",
            "",
            "C",
        ),
        (
            "migrant-wage-2021-over-2018",
            WAGE_2021 / WAGE_2018,
            4_431.5 / 3_721.5,
            4_432.5 / 3_720.5,
            "",
            "",
            "C",
        ),
        ("people-over-plan", PEOPLE / PLAN, 145_500 / 55_000, 146_500 / 45_000, "", "", "C"),
        (
            "people-over-plan-three-years",
            PEOPLE / (3 * PLAN),
            145_500 / 165_000,
            146_500 / 135_000,
            "",
            "",
            "C",
        ),
        (
            "planned-yearly-income",
            3_000_000_000,
            45_000 * 55_000,
            55_000 * 65_000,
            "",
            "CNY / year",
            "B",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["labor." + slug]
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
    assert sorted(f"labor.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_break_even_rates_are_those_of_the_research(records):
    # trade_labor.md, question 4: 0.0531 gross, 0.0593 after spreading the fees over three years
    assert round(yen_break_even(records, "2019").value, 4) == 0.0531
    assert round(yen_break_even(records, "2019", net_of_fees=True).value, 4) == 0.0593
    assert trainee_pay(records, "2019").value == pytest.approx(1_882_800)
    at_even = (
        trainee_pay(records, "2023", net_of_fees=True).value
        * yen_break_even(records, "2023", net_of_fees=True).value
    )
    assert at_even == pytest.approx(INCOME)
    with pytest.raises(AnalysisError, match="there is no value of japan-trainee-wage for 2021"):
        trainee_pay(records, "2021")  # gaps stay gaps


def test_the_income_by_assumed_year(records):
    frame = by_income_year(records).set_index("income_year")
    assert frame.index.tolist() == list(range(2015, 2022))
    # World Bank CPI changes 2019 and 2020: 2.8992 % and 2.4194 %; rural deflator 2018 and 2020:
    # 1.021 and 1.085282
    assert frame.loc[2018, "cny_2020_cpi"] == pytest.approx(100_000 * 1.028992 * 1.024194)
    assert frame.loc[2021, "cny_2020_cpi"] == pytest.approx(100_000 / 1.00981)
    assert frame.loc[2018, "cny_2020_rural"] == pytest.approx(100_000 * 1.085282 / 1.021)
    assert frame.loc[2016, "over_outgoing_pay_12"] == pytest.approx(100_000 / (3_572 * 12))
    assert frame.loc[2016, "over_all_migrants_pay_12"] == pytest.approx(100_000 / (3_275 * 12))
    assert math.isnan(frame.loc[2018, "over_outgoing_pay_12"])  # not found for that year
    assert frame.loc[2021, "over_outgoing_pay_10"] == pytest.approx(100_000 / 50_130)
    assert frame.loc[2015, "over_urban_wage"] == pytest.approx(100_000 / 62_029)
    assert frame.loc[2017, "over_rural_income"] == pytest.approx(100_000 / 13_432)
    assert frame.loc[2019, "over_area_income"] == pytest.approx(100_000 / 11_567)
    assert math.isnan(frame.loc[2015, "over_area_income"])  # not published: a gap stays a gap


def test_mixed_price_years_are_refused(records):
    cpi, rural = indexes(records)
    income, pay, line = (
        Amount(100_000, "CNY/person/year", 2018),
        Amount(48_864, "CNY/person/year", 2020),
        Amount(3_218, "CNY/person/year", 2019),
    )
    real = deflate(income, index=cpi, to=2020)
    for call, message in (
        (lambda: ratio(income, pay), "2018 nominal and 2020 nominal are different prices"),
        (lambda: add(real, pay), "2020 prices by national CPI"),
        (lambda: ratio(real, deflate(pay, index=rural, to=2020)), "are different prices"),
        (
            lambda: poverty_line_multiple(income, line=line),
            "the amount is of 2018, the line of 2019",
        ),
        (lambda: deflate(real, index=cpi, to=2020), "nothing is deflated twice"),
    ):
        with pytest.raises(QuantityError, match=message):
            call()
