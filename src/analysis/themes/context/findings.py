"""Context and benchmarks: how many poor, with what income, and what a claim may be set against."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of, other_wordings
from analysis.bounds.observed import observed
from analysis.bounds.price_index import Index
from analysis.bounds.prices import Amount, deflate
from analysis.records.load import Records
from analysis.records.series import best, yearly
from analysis.words.findings import Result, as_findings, result

HEADCOUNT = "cn-rpov-n-2010std"
INCIDENCE = "cn-rpov-rate-2010std"
RURAL = "cn-pop-rural-wdi"
HUKOU = "cn-agrihukou-2010"
AREA_INCOME = "cn-povarea-inc"
RURAL_INCOME = "cn-rural-inc"
DISPOSABLE = "cn-rural-inc-disposable"  # its definition from 2013 on
STATED_GROWTH = "cn-povarea-inc-growth-stated"
REAL_GROWTH = "cn-povarea-inc-growth-real"
LINE = "cn-povline-cur"
CPI = "cn-cpi-wdi"
RURAL_CPI = "cn-cpi-rural-nbs"
PIP_CPI = "wb-pip-cpi"
PPP = "wb-pip-ppp2017"
POPULATION = "cn-pop-wdi"
LINES = {
    "wb-poor-125": "$1.25 (2005 PPP)",
    "wb-pip-hc-215": "$2.15 (2017 PPP)",
    "wb-pip-hc-365": "$3.65 (2017 PPP)",
    "wb-pip-hc-685": "$6.85 (2017 PPP)",
    "wdi-si-pov-dday": "$3.00 (2021 PPP)",
    "wdi-si-pov-lmic": "$4.20 (2021 PPP)",
    "wdi-si-pov-umic": "$8.30 (2021 PPP)",
}
LIFTED = "rural-ecommerce-opinions-2015.people-lifted"
COMPARED = {  # the definition of each amount that is set against itself over time
    RURAL_INCOME: DISPOSABLE,  # net income before 2013
    AREA_INCOME: AREA_INCOME,  # counties out of poverty from 2021 on
    LINE: LINE,  # an exit standard in 2020
}
RURAL_CHINA, CHINA, POVERTY_AREAS = "China (rural)", "China", "China (poverty areas)"
SURVEYS = "wb-pip-hc-215"  # its definitions name the kinds of survey
# years of poverty-area income with which the official growth rate is stated
FIRST, LAST = 2013, 2020
DAYS = 365
LINE_PRICES = 2010  # year whose prices the official standard is stated in
EXIT_YEAR = 2020
WEAK_COPIES = 2019  # the line of this year stands on a page of questions and a note under a video
THEMES = (  # tables of which every series is there to compare with: data/CATALOG.md lists them
    *("poverty", "world_bank", "incomes", "prices", "exchange_rates_annual", "population"),
    *("ecommerce", "canton_fair", "labor", "other_channels", "local"),
)
REAL_PRICES = 2016
# years whose rural consumer prices were not found as printed, and what stands for them
IMPLIED_IN_AREAS, BY_DEFLATOR = 2016, 2020
SHARP = 0.03  # part of the implied denominator that rounding may leave open in a year that is read
COUNTS_OF_PEOPLE = (
    "scio-2021.ecommerce-jobs",
    "scio-2021.ecommerce-income",
    "scio-2021.housekeeping-jobs",
    "scio-2021.labor-people",
    "scio-2021.border-people",
    "rural-ecommerce-opinions-2015.poor-people",
)
SERIES = (
    *(HEADCOUNT, INCIDENCE, RURAL, HUKOU, AREA_INCOME, RURAL_INCOME, STATED_GROWTH, REAL_GROWTH),
    *(LINE, CPI, RURAL_CPI, PIP_CPI, PPP, POPULATION, *LINES),
)
SAME_FIGURE, CHECK = "the ratio tests the figure", "check"  # of a statistic that the claim repeats
MOST_LIFTED = 700_000_000  # next digit of "more than 600 million"


def implied_denominators(records: Records) -> pd.DataFrame:
    """People that headcount over incidence implies, beside two populations.

    Returns
    -------
    DataFrame
        ``year``, ``headcount``, ``incidence``, ``implied``, ``implied_low``, ``implied_high`` (from
        the rounding of both), ``rural_residents`` (World Bank), ``hukou_2010`` (census); persons.
    """
    rates = yearly(records, INCIDENCE, definition=INCIDENCE)
    heads = yearly(records, HEADCOUNT, definition=HEADCOUNT).index
    years = [year for year in rates.index[rates > 0] if year >= 2011 and year in heads]
    residents, hukou = yearly(records, RURAL), float(yearly(records, HUKOU).iloc[0])
    rows = []
    for year in years:
        head, rate = (observed(records, name, str(year)) for name in (HEADCOUNT, INCIDENCE))
        ratio = head / rate
        rows.append(
            {
                "year": year,
                "headcount": head.value,
                "incidence": rate.value,
                "implied": ratio.value,
                "implied_low": ratio.low,
                "implied_high": ratio.high,
                "rural_residents": residents[year],
                "hukou_2010": hukou,
            }
        )
    return pd.DataFrame(rows)


def implied_range(records: Records) -> tuple[int, int, float, float]:
    """First and last year in which rounding leaves little open, and the least and most people implied in them."""
    data = implied_denominators(records)
    sharp = data[(data["implied_high"] - data["implied_low"]) < SHARP * data["implied"]]
    years, people = sharp["year"], sharp["implied"]
    return int(years.min()), int(years.max()), float(people.min()), float(people.max())


def area_growth(records: Records) -> pd.DataFrame:
    """Growth of poverty-area income from its endpoints beside the rate officially stated.

    Returns
    -------
    DataFrame
        ``what``, ``years``, ``growth`` (a share a year), ``implied_base_cny`` (income that the stated
        rate needs at its start, if it spans so many years).
    """
    income = yearly(records, AREA_INCOME, definition=AREA_INCOME)
    stated = float(best(records, STATED_GROWTH)["value"].iloc[0])
    span = LAST - FIRST
    rows = [
        (
            f"endpoints {FIRST} and {LAST}",
            span,
            (income[LAST] / income[FIRST]) ** (1 / span) - 1,
            income[FIRST],
        )
    ]
    rows += [
        (f"stated, if from {LAST - years}", years, stated, income[LAST] / (1 + stated) ** years)
        for years in (span, span + 1)
    ]
    return pd.DataFrame(rows, columns=["what", "years", "growth", "implied_base_cny"])


def deflators(records: Records) -> dict[str, Index]:
    """Three price indexes: national consumer prices, rural consumer prices, World Bank rural deflator."""
    changes = yearly(records, CPI)
    pip = yearly(records, PIP_CPI, geography=RURAL_CHINA)
    rural = yearly(records, RURAL_CPI, geography=RURAL_CHINA) / 100 - 1
    rural[IMPLIED_IN_AREAS] = (
        best(records, RURAL_CPI, geography=POVERTY_AREAS)["value"][0] / 100 - 1
    )
    rural[BY_DEFLATOR] = pip[BY_DEFLATOR] / pip[BY_DEFLATOR - 1] - 1
    return {
        "national CPI": Index.from_changes(
            "national CPI",
            changes[changes.index > LINE_PRICES].to_dict(),
            base_year=LINE_PRICES,
            vintage="World Bank, WDI",
        ),
        "rural CPI": Index.from_changes(
            "rural CPI", rural.to_dict(), base_year=LINE_PRICES, vintage="NBS, partly implied"
        ),
        "PIP rural": Index.from_levels(
            "PIP rural",
            pip[pip.index >= LINE_PRICES].to_dict(),
            vintage="World Bank PIP, September 2024",
        ),
    }


def real_area_income(records: Records) -> pd.DataFrame:
    """Poverty-area income in prices of 2016 under two indexes of consumer prices, and nominal.

    The World Bank's rural deflator is none of them: until 2016 it is the poverty line.

    Returns
    -------
    DataFrame
        ``year``, ``deflator``, ``income_cny`` (yuan a person a year; nominal where deflator is
        "nominal").
    """
    income = yearly(records, AREA_INCOME, definition=AREA_INCOME)
    rows = [(year, "nominal", value) for year, value in income.items()]
    for name in ("national CPI", "rural CPI"):
        index = deflators(records)[name]
        rows += [
            (year, name, deflate(amount, index=index, to=REAL_PRICES).value)
            for year, value in income.items()
            for amount in (Amount(float(value), "CNY/person/year", year=int(year)),)
        ]
    return pd.DataFrame(rows, columns=["year", "deflator", "income_cny"])


def official_real_growth(records: Records) -> pd.DataFrame:
    """Real growth of poverty-area income as the statistics bureau states it, beside levels in rural prices.

    Returns
    -------
    DataFrame
        ``year``, ``official``, ``computed`` (from the published levels and rural consumer prices; empty
        where the year before is not published), as shares.
    """
    data = real_area_income(records)
    real = data[data["deflator"] == "rural CPI"].set_index("year")["income_cny"]
    official = yearly(records, REAL_GROWTH)
    computed = [
        real[y] / real[y - 1] - 1 if {y, y - 1} <= set(real.index) else math.nan
        for y in official.index
    ]
    return pd.DataFrame({"year": official.index, "official": official.values, "computed": computed})


def in_prices_of(
    records: Records, series_id: str, *, deflator: str, year: int, geography: str | None = None
) -> dict[int, tuple[Bounds, Bounds]]:
    """A yearly amount of money as published, and in the prices of one year, in the unit of the series, by year.

    Raises
    ------
    QuantityError
        If the deflator does not reach the price year.
    """
    index = deflators(records)[deflator]
    reached = [one for one, _ in index.values]
    known = yearly(records, series_id, geography=geography, definition=COMPARED.get(series_id))
    years = [one for one in known.index if one in reached]
    published = {
        int(one): observed(records, series_id, str(one), geography=geography) for one in years
    }
    return {one: (amount, amount * index.factor(one, to=year)) for one, amount in published.items()}


def relative_income(records: Records) -> pd.DataFrame:
    """Poverty-area income beside all rural income.

    Returns
    -------
    DataFrame
        ``year``, ``area_cny``, ``rural_cny``, ``ratio``, ``gap_cny`` (yuan of the year a person a year).
    """
    area = yearly(records, AREA_INCOME, definition=AREA_INCOME).rename("area_cny")
    rural = yearly(records, RURAL_INCOME, definition=DISPOSABLE).rename("rural_cny")
    data = pd.concat([area, rural], axis=1, join="inner").rename_axis("year").reset_index()
    return data.assign(
        ratio=data["area_cny"] / data["rural_cny"], gap_cny=data["rural_cny"] - data["area_cny"]
    )


def ratio_slope(records: Records) -> float:
    """Change of the ratio a year, as a share, by least squares: a description of few points."""
    data = relative_income(records)
    return float(np.polyfit(data["year"], data["ratio"], 1)[0])


def deflator_is_line(records: Records) -> pd.DataFrame:
    """The World Bank's rural deflator and the national poverty line, both as multiples of 2010.

    Returns
    -------
    DataFrame
        ``year``, ``deflator``, ``line``, ``difference``.
    """
    pip = yearly(records, PIP_CPI, geography=RURAL_CHINA)
    line = yearly(records, LINE, definition=LINE)
    years = [year for year in range(LINE_PRICES, 2017) if year in pip.index and year in line.index]
    data = pd.DataFrame(
        {
            "year": years,
            "deflator": [pip[y] / pip[LINE_PRICES] for y in years],
            "line": [line[y] / line[LINE_PRICES] for y in years],
        }
    )
    return data.assign(difference=data["deflator"] - data["line"])


def line_in_dollars(records: Records) -> pd.DataFrame:
    """The poverty line by year, in yuan and in international dollars of 2017 a day; and the 2010 line in later prices.

    Returns
    -------
    DataFrame
        ``year``, ``line_cny``, ``updated_cny`` (the 2010 line by the World Bank's deflator, which is the
        line itself until 2016), ``rural_prices_cny`` (the 2010 line by rural consumer prices),
        ``ppp_per_day``, ``definition`` (an exit standard in 2020).
    """
    line = yearly(records, LINE, across=True)  # of 2020 the exit standard
    kind = (
        best(records, LINE, across=True)
        .set_index("period_start")["definition"]
        .rename(lambda day: int(day[:4]))
    )
    prices = deflators(records)["rural CPI"]
    pip = yearly(records, PIP_CPI, geography=RURAL_CHINA)
    ppp = float(yearly(records, PPP, geography=RURAL_CHINA).iloc[0])
    years = [year for year in line.index if year in pip.index]
    rows = [
        (
            y,
            line[y],
            line[LINE_PRICES] * pip[y] / pip[LINE_PRICES],
            line[LINE_PRICES] * prices.factor(LINE_PRICES, to=y),
            line[y] / pip[y] * pip[2017] / ppp / DAYS,
            kind[y],
        )
        for y in years
    ]
    columns = ["year", "line_cny", "updated_cny", "rural_prices_cny", "ppp_per_day", "definition"]
    return pd.DataFrame(rows, columns=columns)


def number_of_poor(records: Records) -> pd.DataFrame:
    """People below each line in the survey years that had passed when the claim was made.

    Returns
    -------
    DataFrame
        ``line``, ``year``, ``poor`` (persons), ``survey`` (kind of survey, as the World Bank groups them).
    """
    said = int(records.claim(LIFTED).period_end[:4])
    population = yearly(records, POPULATION)
    surveys = best(records, SURVEYS, geography=CHINA, across=True)
    kind = surveys["definition"].set_axis(surveys["period_start"].str[:4].astype(int))
    rows = []
    for series_id, name in LINES.items():
        values = yearly(records, series_id, geography=CHINA, across=True)  # drawn as a break
        counts = (records.series_rows(series_id)["unit"] == "person").all()
        rows += [
            (name, year, value * (1 if counts else population[year]), kind[year])
            for year, value in values.items()
            if year < said
        ]
    return pd.DataFrame(rows, columns=["line", "year", "poor", "survey"])


def lifted_grid(records: Records) -> pd.DataFrame:
    """Fall in the number of poor for every line and pair of survey years before the claim.

    Returns
    -------
    DataFrame
        ``line``, ``start``, ``end``, ``fall`` (persons), ``inside`` (whether it lies in the claim's
        interval: above 600 million, below the next digit), ``one_survey`` (whether both years are of one
        kind of survey).
    """
    claim = bounds_of(records, LIFTED)
    rows = [
        (name, one.year, two.year, one.poor - two.poor, one.survey == two.survey)
        for name, poor in number_of_poor(records).groupby("line", sort=False)
        for one, two in itertools.combinations(poor.itertuples(), 2)
    ]
    data = pd.DataFrame(rows, columns=["line", "start", "end", "fall", "one_survey"])
    return data.assign(inside=(data["fall"] > claim.low) & (data["fall"] < MOST_LIFTED))


def fitting_pairs(records: Records) -> pd.DataFrame:
    """Pairs of survey years by line: all, those that fit the claim, those of them of one survey, the largest fall."""
    grid = lifted_grid(records)
    both = grid.assign(one_survey=grid["inside"] & grid["one_survey"])
    lines = both.rename(columns={"inside": "fitting"}).groupby("line", sort=False)
    counts = lines[["fitting", "one_survey"]].sum()
    return counts.assign(pairs=lines.size(), largest_fall=lines["fall"].max()).reset_index()[
        ["line", "pairs", "fitting", "one_survey", "largest_fall"]
    ]


def restatements(records: Records) -> pd.DataFrame:
    """Other official wordings of the counts of people, and whether they agree with the claim.

    Returns
    -------
    DataFrame
        ``claim_id``, ``relation``, ``restated`` (in the claim's unit), ``what``, ``agrees`` (the value lies
        in the claim's interval, or, for a part, below its high end), ``published``, ``note``.
    """
    rows = []
    for row in other_wordings(records).query("unit == 'person'").itertuples():
        claim = bounds_of(records, row.claim_id)
        agrees = (
            row.value <= claim.high
            if row.relation == "part"
            else claim.low <= row.value <= claim.high
        )
        rows.append(
            (row.claim_id, row.relation, row.value, row.what, agrees, row.published, row.note)
        )
    return pd.DataFrame(
        rows, columns=["claim_id", "relation", "restated", "what", "agrees", "published", "note"]
    )


def people_verdicts(records: Records) -> pd.DataFrame:
    """What the register of denominators says of counts of people.

    Returns
    -------
    DataFrame
        ``claim_id``, ``series_id``, ``verdict`` ("allowed", "check", "size only", "forbidden"), ``reason``,
        ``code`` (4 to 1 for the verdicts). A check holds a figure against its own source.
    """
    rows = records.denominators
    found = rows[rows["claim_id"].isin(COUNTS_OF_PEOPLE) & (rows["series_id"] != "")]
    verdict = found["verdict"].mask(found["reason"].str.endswith(SAME_FIGURE), CHECK)
    code = verdict.map({"allowed": 4.0, CHECK: 3.0, "size only": 2.0, "forbidden": 1.0})
    return found.assign(verdict=verdict, code=code)[
        ["claim_id", "series_id", "verdict", "reason", "code"]
    ].reset_index(drop=True)


def consumer_prices(records: Records) -> dict[str, Bounds]:
    """How far consumer prices rose from 2013 to 2020, as a multiple: national, and rural."""
    years = range(FIRST + 1, LAST)
    by_deflator = _deflator(records, BY_DEFLATOR) / _deflator(records, BY_DEFLATOR - 1)
    changes = [observed(records, CPI, str(year)) for year in (*years, LAST)]
    national = [(1 + change).closed(f"(1 + {change.formula})") for change in changes]
    return {
        "national": math.prod(national, start=Bounds.exactly(1)),
        "rural": math.prod((_rural_prices(records, year) for year in years), start=by_deflator),
    }


def _rural_prices(records: Records, year: int) -> Bounds:
    """Rural consumer prices of a year relative to the year before."""
    place = POVERTY_AREAS if year == IMPLIED_IN_AREAS else RURAL_CHINA
    index = observed(records, RURAL_CPI, str(year), geography=place)
    return (index / Bounds.exactly(100, "index")).closed(f"({index.formula} ÷ 100)")


def _deflator(records: Records, year: int) -> Bounds:
    return observed(records, PIP_CPI, str(year), geography=RURAL_CHINA)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on context and benchmarks."""
    head = {year: observed(records, HEADCOUNT, year) for year in ("2012", "2014")}
    implied = head["2012"] / observed(records, INCIDENCE, "2012")
    residents, hukou = observed(records, RURAL, "2012"), observed(records, HUKOU, "2010")
    yield result("context.implied-denominator-2012", implied)
    yield result("context.implied-over-hukou", implied / hukou)
    yield result("context.implied-over-residents", implied / residents)
    yield result(
        "context.poor-people-stated",
        head["2014"] / bounds_of(records, "rural-ecommerce-opinions-2015.poor-people"),
    )
    yield from _incomes(records)
    exit_line = observed(records, LINE, str(EXIT_YEAR)) / observed(records, LINE, str(LINE_PRICES))
    deflated = _deflator(records, EXIT_YEAR) / _deflator(records, LINE_PRICES)
    yield result("context.exit-line-over-updated-line", exit_line / deflated)
    before = (_rural_prices(records, year) for year in range(LINE_PRICES + 1, FIRST + 1))
    rural = math.prod(before, start=consumer_prices(records)["rural"])
    yield result("context.exit-line-over-rural-prices", exit_line / rural)


def _incomes(records: Records) -> Iterator[Result]:
    """Income in poverty areas over time, and beside all rural income."""
    area = {year: observed(records, AREA_INCOME, str(year)) for year in (FIRST, LAST)}
    rural = {
        year: observed(records, RURAL_INCOME, str(year), definition=DISPOSABLE) for year in area
    }
    nominal, prices = area[LAST] / area[FIRST], consumer_prices(records)
    yield result("context.area-income-multiple", nominal)
    gap = {year: rural[year] - area[year] for year in area}
    for which, index in prices.items():
        yield result(f"context.area-income-growth-{which}-prices", nominal / index - 1)
    for year in area:
        yield result("context.income-ratio-{year}", area[year] / rural[year], year=year)
        yield result("context.income-gap-{year}", gap[year], year=year)
    widened = gap[LAST] / gap[FIRST]
    yield result("context.income-gap-growth", widened - 1)
    for which, index in prices.items():
        yield result(f"context.income-gap-growth-{which}-prices", widened / index - 1)
