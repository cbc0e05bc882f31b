"""Labor-export incomes beside pay at home, a survey of 2012, trainees in Japan, and the ministry's plan."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.bounds.price_index import Index
from analysis.bounds.prices import Amount, deflate, ratio
from analysis.bounds.rates import jpy_cny
from analysis.methods.scenarios import assumption
from analysis.records.load import Records
from analysis.records.series import yearly
from analysis.themes.labor_export.findings import spread_over_household
from analysis.words.findings import Result, as_findings, result

PEOPLE = "scio-2021.labor-people"
INCOME = "scio-2021.labor-income"
OUTGOING_WAGE = "cn-migrant-wage-out"
ALL_MIGRANTS_WAGE = "cn-migrant-wage"
OVERSEAS_WAGE = "cn-migrant-wage-overseas"
RURAL_INCOME = "cn-rural-inc"
AREA_INCOME = "cn-povarea-inc"
URBAN_WAGE = "cn-wage-nonprivate"
LINE = "cn-povline-cur"
CPI = "cn-cpi-wdi"
PIP_CPI = "wb-pip-cpi"
STATED_2018 = "mofcom-labour-income-stated"
PLANNED = "mofcom-labour-plan-people"
TRAINEE_WAGE = "japan-trainee-wage"
TRAINEE_FEES = "japan-trainee-fees-china"
YEN = ("jpy-cny-mean", "jpy-cny-low", "jpy-cny-high")
SERIES = (
    OUTGOING_WAGE,
    ALL_MIGRANTS_WAGE,
    OVERSEAS_WAGE,
    RURAL_INCOME,
    AREA_INCOME,
    URBAN_WAGE,
    LINE,
    CPI,
    PIP_CPI,
    STATED_2018,
    PLANNED,
    TRAINEE_WAGE,
    TRAINEE_FEES,
    *YEN,
)
RURAL, URBAN, CHINA, AREAS = "China (rural)", "China (urban)", "China", "China (poverty areas)"
PRICES, SURVEY_YEAR = 2020, 2012
INCOME_YEARS = tuple(range(2015, 2022))  # the year of the stated income is not stated
HOUSEHOLDS = (3, 4, 5)
WAGE_YEARS = ("2019", "2023")  # for which trainees' pay is published
A_YEAR = "CNY/person/year"


def indexes(records: Records) -> tuple[Index, Index]:
    """National consumer prices and the World Bank's rural deflator, as indexes."""
    changes = {
        year: change
        for year, change in yearly(records, CPI, geography=CHINA).items()
        if year > SURVEY_YEAR
    }
    cpi = Index.from_changes("national CPI", changes, base_year=PRICES, vintage="World Bank, WDI")
    return cpi, Index.from_levels(
        "PIP rural",
        yearly(records, PIP_CPI, geography=RURAL).to_dict(),
        vintage="World Bank PIP, September 2024",
    )


def by_income_year(records: Records) -> pd.DataFrame:
    """The stated income, if it is of the given year, in 2020 yuan and relative to pay and income of that year.

    Every figure is a lower end ("at least"), as the income is stated as more than.

    Returns
    -------
    DataFrame
        ``income_year``; ``cny_2020_cpi`` and ``cny_2020_rural`` (yuan of 2020, by national consumer prices and
        by the World Bank's rural deflator); then ratios to outgoing migrants' pay over 12 and 10 months, that of all migrants over 12, urban
        wages, rural and poverty-area income per person. Empty where a year is not published.

    References
    ----------
    Claim scio-2021.labor-income; series as named in SERIES.
    """
    cpi, rural = indexes(records)
    pay = {
        "over_outgoing_pay_12": (OUTGOING_WAGE, CHINA, 12),
        "over_outgoing_pay_10": (OUTGOING_WAGE, CHINA, 10),
        "over_all_migrants_pay_12": (ALL_MIGRANTS_WAGE, CHINA, 12),
        "over_urban_wage": (URBAN_WAGE, URBAN, 1),
        "over_rural_income": (RURAL_INCOME, RURAL, 1),
        "over_area_income": (AREA_INCOME, AREAS, 1),
    }
    rows = []
    for year in INCOME_YEARS:
        income = Amount(bounds_of(records, INCOME).low, A_YEAR, year)
        rows.append(
            {
                "income_year": year,
                "cny_2020_cpi": deflate(income, index=cpi, to=PRICES).value,
                "cny_2020_rural": deflate(income, index=rural, to=PRICES).value,
            }
            | {name: _over(records, income, *where) for name, where in pay.items()}
        )
    return pd.DataFrame(rows)


def _over(records: Records, income: Amount, series_id: str, geography: str, months: int) -> float:
    """Income over the pay of its own year; not a number where that is not published."""
    registry(records).ratio_word(INCOME, series_id)
    value = yearly(records, series_id, geography=geography, across=True).get(income.year)
    return math.nan if value is None else ratio(income, Amount(value * months, A_YEAR, income.year))


def trainee_pay(records: Records, year: str, *, net_of_fees: bool = False) -> Bounds:
    """Scheduled pay of a technical intern in Japan, in yen a year; before overtime, tax, insurance and rent.

    Parameters
    ----------
    records : Records
    year : str
        Year of the wage survey.
    net_of_fees : bool
        Less the fees that Chinese interns paid before arrival, spread over three years.

    References
    ----------
    Series japan-trainee-wage and japan-trainee-fees-china.
    """
    pay = observed(records, TRAINEE_WAGE, year).to("JPY/person/year")
    stay = assumption(records, "labor-fee-years")
    return (
        pay - observed(records, TRAINEE_FEES, "2021-12-10", last="2022-04-30") / stay
        if net_of_fees
        else pay
    )


def fee_share(records: Records, year: str) -> Bounds:
    """Fees before arrival, a part for each year of the stay, over the scheduled pay of a year: a pure number."""
    return 1 - trainee_pay(records, year, net_of_fees=True) / trainee_pay(records, year)


def yen_break_even(records: Records, year: str, *, net_of_fees: bool = False) -> Bounds:
    """Yuan per yen at which a trainee's pay is the stated average income; the income is open upwards, and so is it."""
    registry(records).ratio_word(INCOME, TRAINEE_WAGE)
    return bounds_of(records, INCOME) / trainee_pay(records, year, net_of_fees=net_of_fees)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on pay at home and abroad, and on the plan."""
    yield from _households(records)
    yield from _abroad(records)
    yield from _plan(records)


def _households(records: Records) -> Iterator[Result]:
    for series_id in (AREA_INCOME, LINE):
        registry(records).ratio_word(INCOME, series_id)
    area, line = observed(records, AREA_INCOME, "2020"), observed(records, LINE, "2020")
    for size in HOUSEHOLDS:
        yield result(
            "labor.household-{size}-over-area-income",
            spread_over_household(records, size) / area,
            size=size,
        )
    yield result("labor.household-4-over-exit-standard", spread_over_household(records, 4) / line)


def _abroad(records: Records) -> Iterator[Result]:
    abroad, home = (
        observed(records, name, str(SURVEY_YEAR)) for name in (OVERSEAS_WAGE, OUTGOING_WAGE)
    )
    if_held = (
        observed(records, OUTGOING_WAGE, "2020")
        * (abroad / home).closed("pay outside over pay inside the mainland, 2012")
        * Bounds.exactly(12, "month")
        / Bounds.exactly(1, "year")
    )
    yield result("labor.overseas-over-migrant-2012", abroad / home)
    yield result("labor.overseas-pay-2020-if-ratio-held", if_held)
    for year in WAGE_YEARS:
        yield result("labor.japan-fee-share-{year}", fee_share(records, year), year=year)
    for word, net in (("", False), ("-net", True)):
        for year in WAGE_YEARS:
            even = yen_break_even(records, year, net_of_fees=net)
            yield result(f"labor.yen-break-even{word}-{{year}}", even, year=year)
            pay = trainee_pay(records, year, net_of_fees=net) * jpy_cny(records, year)
            yield result(f"labor.japan-pay{word}-{{year}}", pay, year=year)


def _plan(records: Records) -> Iterator[Result]:
    stated, planned = observed(records, STATED_2018, "2018"), observed(records, PLANNED, "2018")
    years = assumption(records, "labor-plan-years")
    wages = observed(records, ALL_MIGRANTS_WAGE, "2021") / observed(
        records, ALL_MIGRANTS_WAGE, "2018"
    )
    people = over(records, PEOPLE, PLANNED, "2018")
    yield result("labor.income-over-2018-statement", over(records, INCOME, STATED_2018, "2018"))
    yield result("labor.migrant-wage-2021-over-2018", wages)
    yield result("labor.people-over-plan", people)
    yield result("labor.people-over-plan-three-years", people / years)
    yield result("labor.planned-yearly-income", planned * stated)
