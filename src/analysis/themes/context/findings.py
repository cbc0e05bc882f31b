"""Context and benchmarks: how many poor, with what income, and what a claim may be set against."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of, other_wordings
from analysis.bounds.observed import observed
from analysis.bounds.price_index import Index
from analysis.bounds.prices import Amount, deflate
from analysis.methods.trends import Trend, log_trend
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
LINE = "cn-povline-cur"
CPI = "cn-cpi-wdi"
RURAL_CPI = "cn-cpi-rural-nbs"
PIP_CPI = "wb-pip-cpi"
PPP = "wb-pip-ppp2017"
POPULATION = "cn-pop-wdi"
LINES = {
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
RURAL_CHINA, CHINA = "China (rural)", "China"
# years of poverty-area income with which the official growth rate is stated
FIRST, LAST = 2013, 2020
DAYS = 365
LINE_PRICES = 2010  # year whose prices the official standard is stated in
EXIT_YEAR = 2020
THEMES = (
    *("poverty", "world_bank", "incomes", "prices", "exchange_rates_annual", "population"),
    *("ecommerce", "canton_fair", "labor", "other_channels", "local"),
)
REAL_PRICES = 2016  # rural consumer prices are published without a break only after it
COUNTS_OF_PEOPLE = (
    "scio-2021.ecommerce-jobs",
    "scio-2021.ecommerce-income",
    "scio-2021.housekeeping-jobs",
    "scio-2021.labor-people",
    "scio-2021.border-people",
    "rural-ecommerce-opinions-2015.poor-people",
)
SERIES = (
    HEADCOUNT,
    INCIDENCE,
    RURAL,
    HUKOU,
    AREA_INCOME,
    RURAL_INCOME,
    STATED_GROWTH,
    LINE,
    CPI,
    RURAL_CPI,
    PIP_CPI,
    PPP,
    POPULATION,
    *LINES,
)
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
    rural = yearly(records, RURAL_CPI, geography=RURAL_CHINA)
    pip = yearly(records, PIP_CPI, geography=RURAL_CHINA)
    unbroken = [
        year
        for year in rural.index
        if year > REAL_PRICES and set(range(REAL_PRICES + 1, year)) <= set(rural.index)
    ]
    return {
        "national CPI": Index.from_changes(
            "national CPI",
            changes[changes.index > LINE_PRICES].to_dict(),
            base_year=LINE_PRICES,
            vintage="World Bank, WDI",
        ),
        "rural CPI": Index.from_changes(
            "rural CPI",
            {y: rural[y] / 100 - 1 for y in unbroken},
            base_year=REAL_PRICES,
            vintage="NBS, partly implied",
        ),
        "PIP rural": Index.from_levels(
            "PIP rural",
            pip[pip.index >= LINE_PRICES].to_dict(),
            vintage="World Bank PIP, September 2024",
        ),
    }


def real_area_income(records: Records) -> pd.DataFrame:
    """Poverty-area income in prices of 2016 under three deflators, and nominal.

    Returns
    -------
    DataFrame
        ``year``, ``deflator``, ``income_cny`` (yuan a person a year; nominal where deflator is
        "nominal"). A year that a deflator does not reach is left out.
    """
    income = yearly(records, AREA_INCOME, definition=AREA_INCOME)
    income = income[(income.index >= FIRST) & (income.index <= LAST)]
    rows = [(year, "nominal", value) for year, value in income.items()]
    for name, index in deflators(records).items():
        reached = {year for year, _ in index.values}
        amounts = {
            year: Amount(float(value), "CNY/person/year", year=int(year))
            for year, value in income.items()
            if year in reached
        }
        rows += [
            (year, name, deflate(amount, index=index, to=REAL_PRICES).value)
            for year, amount in amounts.items()
        ]
    return pd.DataFrame(rows, columns=["year", "deflator", "income_cny"])


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
    """Poverty-area income over all rural income, with a log-linear trend and its prediction interval.

    Returns
    -------
    DataFrame
        ``year``, ``ratio``, ``fitted``, ``low``, ``high`` (95 % prediction interval).
    """
    return (
        _trend(records).fitted.rename(columns={"x": "year", "value": "ratio"}).astype({"year": int})
    )


def relative_trend(records: Records) -> dict[str, float]:
    """Yearly change of the ratio as a share, its HC3 standard error, and the number of points."""
    trend = _trend(records)
    return {"per_year": trend.per_year, "hc3_se": trend.se, "n": trend.n}


def _trend(records: Records) -> Trend:
    area = yearly(records, AREA_INCOME, definition=AREA_INCOME)
    rural = yearly(records, RURAL_INCOME, definition=DISPOSABLE)
    years = [year for year in area.index if FIRST <= year <= LAST and year in rural.index]
    return log_trend(years, [area[year] / rural[year] for year in years])


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
    """The poverty line by year, in yuan and in international dollars of 2017 a day; and the price-updated line.

    Returns
    -------
    DataFrame
        ``year``, ``line_cny``, ``updated_cny`` (the 2010 line in prices of the year), ``ppp_per_day``.
    """
    line = yearly(records, LINE, across=True)  # of 2020 the exit standard, drawn apart
    pip = yearly(records, PIP_CPI, geography=RURAL_CHINA)
    ppp = float(yearly(records, PPP, geography=RURAL_CHINA).iloc[0])
    years = [year for year in line.index if year in pip.index]
    rows = [
        (
            y,
            line[y],
            line[LINE_PRICES] * pip[y] / pip[LINE_PRICES],
            line[y] / pip[y] * pip[2017] / ppp / DAYS,
        )
        for y in years
    ]
    return pd.DataFrame(rows, columns=["year", "line_cny", "updated_cny", "ppp_per_day"])


def lifted_grid(records: Records) -> pd.DataFrame:
    """Fall in the number of poor for every line and pair of survey years from 1981 to 2015.

    Returns
    -------
    DataFrame
        ``line``, ``start``, ``end``, ``fall`` (persons), ``inside`` (whether it lies in the claim's
        interval: above 600 million, below the next digit).
    """
    population, claim = yearly(records, POPULATION), bounds_of(records, LIFTED)
    rows = []
    for series_id, name in LINES.items():
        rate = yearly(records, series_id, geography=CHINA, across=True)  # the claim names no survey
        poor = {
            year: rate[year] * population[year]
            for year in rate.index
            if year <= 2015 and year in population.index
        }
        rows += [
            (name, start, end, poor[start] - poor[end])
            for start, end in itertools.combinations(sorted(poor), 2)
        ]
    data = pd.DataFrame(rows, columns=["line", "start", "end", "fall"])
    return data.assign(inside=(data["fall"] > claim.low) & (data["fall"] < MOST_LIFTED))


def latest(records: Records, theme: str) -> pd.DataFrame:
    """The newest observation of each series of a theme, with its source: what there is to compare with.

    Returns
    -------
    DataFrame
        ``series_id``, ``title``, ``geography``, ``period``, ``value``, ``unit``, ``grade``, ``publisher``, ``alternatives``.
    """
    index = records.series_index
    titles = index.loc[index["theme"] == theme].set_index("series_id")["title"]
    newest = [
        best(records, series_id)
        .sort_values(["period_end", "period_start"], kind="stable")
        .iloc[-1:]
        .assign(series_id=series_id, title=title)
        for series_id, title in titles.items()
    ]
    columns = ["series_id", "title", "geography", "period_end", "value", "unit", "grade"]
    data = pd.concat(newest, ignore_index=True)[[*columns, "publisher", "alternatives"]]
    return data.rename(columns={"period_end": "period"})


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
        ``claim_id``, ``series_id``, ``verdict`` ("allowed", "size only", "forbidden"), ``reason``, ``code``
        (3, 2, 1 for the verdicts).
    """
    rows = records.denominators
    found = rows[rows["claim_id"].isin(COUNTS_OF_PEOPLE) & (rows["series_id"] != "")]
    code = found["verdict"].map({"allowed": 3.0, "size only": 2.0, "forbidden": 1.0})
    return found.assign(code=code)[
        ["claim_id", "series_id", "verdict", "reason", "code"]
    ].reset_index(drop=True)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on context and benchmarks."""
    head = {year: observed(records, HEADCOUNT, year) for year in ("2012", "2014")}
    implied = head["2012"] / observed(records, INCIDENCE, "2012")
    residents, hukou = observed(records, RURAL, "2012"), observed(records, HUKOU, "2010")
    base, end = str(LINE_PRICES), str(EXIT_YEAR)
    prices = observed(records, PIP_CPI, end, geography=RURAL_CHINA) / observed(
        records, PIP_CPI, base, geography=RURAL_CHINA
    )
    exit_line = observed(records, LINE, end) / (observed(records, LINE, base) * prices)
    yield result("context.implied-denominator-2012", implied)
    yield result("context.implied-over-hukou", implied / hukou)
    yield result("context.implied-over-residents", implied / residents)
    yield result(
        "context.poor-people-stated",
        head["2014"] / bounds_of(records, "rural-ecommerce-opinions-2015.poor-people"),
    )
    yield result("context.exit-line-over-updated-line", exit_line)
