"""Labor-export incomes: gross earnings, how typical the average is, and what it is per head."""

from __future__ import annotations

import math

import pandas as pd
from scipy.special import ndtr, ndtri  # the normal distribution and its inverse

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import observed, over, registry
from analysis.bounds.rates import usd_cny
from analysis.records.errors import QuantityError
from analysis.records.load import Records

PEOPLE = "scio-2021.labor-people"
INCOME = "scio-2021.labor-income"
TOP = "scio-2021.labor-income-top"
ECOMMERCE_JOBS = "scio-2021.ecommerce-jobs"
MIGRANT_WAGE = "cn-migrant-wage"
RURAL_INCOME = "cn-rural-inc"
AREA_INCOME = "cn-povarea-inc"
URBAN_WAGE = "cn-wage-nonprivate"
DISPATCHED = "labour-dispatched-total"
ABROAD = "labour-stock-abroad"
SERIES = (MIGRANT_WAGE, RURAL_INCOME, AREA_INCOME, URBAN_WAGE, DISPATCHED, ABROAD, "usd-cny")
COMPARED = {
    "income-over-migrant-wage-12": (
        MIGRANT_WAGE,
        12,
        "pay of migrant workers in 2020, twelve months",
    ),
    "income-over-migrant-wage-10": (MIGRANT_WAGE, 10, "pay of migrant workers in 2020, ten months"),
    "income-over-urban-wage": (URBAN_WAGE, 1, "wage in urban non-private units in 2020"),
    "income-over-rural-income": (RURAL_INCOME, 1, "rural income per person in 2020"),
    "income-over-area-income": (AREA_INCOME, 1, "income per person in poverty areas in 2020"),
}
STATED = "year not stated; said on 2021-08-23"
EVENT_MONTH = "2021-08"
HOUSEHOLD_SIZES = (3, 4, 5)


def gross_earnings(records: Records, *, stock_share: float = 1.0, months: float = 12.0) -> Bounds:
    """Yearly earnings of all workers abroad, in yuan: people x stock share x income x months / 12.

    The income is open upwards (more than) and the stock share open downwards (how many of those ever
    sent are abroad at one time is not stated), so that the product is neither a lower nor an upper
    bound, whatever share is assumed.

    Parameters
    ----------
    records : Records
    stock_share : float
        Share of all people ever sent who are abroad at one time, in (0, 1].
    months : float
        Months of pay in a year, in (0, 12].

    Raises
    ------
    QuantityError
        If a parameter is outside its range.

    References
    ----------
    Claims scio-2021.labor-people and scio-2021.labor-income.
    """
    if not 0 < stock_share <= 1:
        raise QuantityError(f"the stock share lies above 0 and is at most 1, not {stock_share}")
    _check_months(months)
    share = assume("stock-share", stock_share, low=0, high=1, open_low=True)
    paid = assume("months-paid", months, low=months, high=months, unit="month")
    yearly = bounds_of(records, INCOME) * paid.to("year") / Bounds.exactly(1, "year")
    return bounds_of(records, PEOPLE) * share * yearly


def _check_months(months: float) -> None:
    if not 0 < months <= 12:
        raise QuantityError(f"the months of pay lie above 0 and are at most 12, not {months}")


def largest_top_share(records: Records, *, top: float | None = None) -> float:
    """Largest share of earners above ``top`` that a log-normal with the stated mean allows.

    With mean ``m`` and ``P(X > t) = p``, sigma solves a quadratic whose root is real only while
    ``z(p)**2 >= 2 ln(t / m)``.

    Returns
    -------
    float
        The share p, between 0 and 1.

    Raises
    ------
    QuantityError
        If the top is not above the mean.
    """
    mean = records.claim(INCOME).value_low
    above = records.claim(TOP).value_low if top is None else top
    if not above > mean:
        raise QuantityError(
            f"the top must lie above the stated mean of {mean:.0f}, not at {above:.0f}"
        )
    ratio = above / mean
    return float(ndtr(-math.sqrt(2 * math.log(ratio))))


def median_income(records: Records, top_share: float) -> tuple[float, float]:
    """Median yearly income and sigma of a log-normal with the stated mean and top.

    The mean is the stated 100,000 yuan and ``top_share`` of the workers earn more than the low end
    of the stated top range; of the two roots for sigma the smaller is taken.

    Parameters
    ----------
    records : Records
    top_share : float
        Share of workers above the top, in (0, 1).

    Returns
    -------
    float, float
        Median in CNY/person/year, and sigma of log income.

    Raises
    ------
    QuantityError
        If no real root exists: the share is too large for the mean.

    References
    ----------
    Claims scio-2021.labor-income and scio-2021.labor-income-top; docs/method.md.
    """
    mean, top = records.claim(INCOME).value_low, records.claim(TOP).value_low
    limit = largest_top_share(records)
    if not 0 < top_share <= limit:
        raise QuantityError(
            f"no log-normal has a mean of {mean:.0f} and {top_share:.2%} above {top:.0f}: the share lies above 0 and is at most {limit:.2%}"
        )
    z = -float(ndtri(top_share))
    sigma = z - math.sqrt(max(z * z - 2 * math.log(top / mean), 0.0))
    return mean * math.exp(-sigma * sigma / 2), sigma


def medians(records: Records, top_shares: tuple[float, ...]) -> pd.DataFrame:
    """Median, sigma and share above the mean for each assumed top share.

    Returns
    -------
    DataFrame
        Columns ``top_share``, ``median_cny``, ``sigma``, ``above_mean_share``.
    """
    rows = [(share, *median_income(records, share)) for share in top_shares]
    frame = pd.DataFrame(rows, columns=["top_share", "median_cny", "sigma"])
    return frame.assign(above_mean_share=ndtr(-frame["sigma"] / 2))


def mixture(records: Records, top_shares: tuple[float, ...]) -> pd.DataFrame:
    """A second reading of mean and top: a share at the top, all others alike at one lower income.

    The others' income is (m - p t) / (1 - p), so that the mean m holds; it is their median too, as long
    as they are more than half. The top t is taken at the low end of the stated range.

    Parameters
    ----------
    records : Records
    top_shares : tuple of float
        Shares p of workers at the top, each above 0 and below a third.

    Returns
    -------
    DataFrame
        ``top_share``, ``others_cny`` (CNY/person/year, also the median), ``log_normal_cny`` (median of the
        log-normal; not a number where there is none).

    Raises
    ------
    QuantityError
        If a share is outside its range: the top alone would then exceed the mean.

    References
    ----------
    Claims scio-2021.labor-income and scio-2021.labor-income-top.
    """
    mean, top, limit = (
        records.claim(INCOME).value_low,
        records.claim(TOP).value_low,
        largest_top_share(records),
    )
    for share in top_shares:
        if not 0 < share < min(mean / top, 0.5):
            raise QuantityError(
                f"a share of {share:.2%} at {top:.0f} leaves the others no income or no majority: it lies above 0 and below {min(mean / top, 0.5):.2%}"
            )
    rows = [
        (
            share,
            (mean - share * top) / (1 - share),
            median_income(records, share)[0] if share <= limit else math.nan,
        )
        for share in top_shares
    ]
    return pd.DataFrame(rows, columns=["top_share", "others_cny", "log_normal_cny"])


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on labor export."""
    return (*_alone(records), *_compared(records))


def _compared(records: Records) -> tuple[Finding, ...]:
    """The stated income against pay and income at home, and the people against all sent abroad."""
    note = "Gross, year not stated; the comparison takes 2020. A worker's income beside pay or income per person of others: no gain."
    years = ("2017", "2018", "2019")
    sent = sum(
        (observed(records, DISPATCHED, year) for year in years[1:]),
        start=observed(records, DISPATCHED, years[0]),
    )
    return (
        *(
            finding(
                records,
                _relative(records, series_id, months),
                f"labor.{slug}",
                label=f"stated average income, relative to {label}",
                period="not stated, over 2020",
                note=note,
            )
            for slug, (series_id, months, label) in COMPARED.items()
        ),
        finding(
            records,
            bounds_of(records, PEOPLE) / sent,
            "labor.people-over-dispatched-2017-2019",
            label="people sent abroad, relative to all workers sent abroad in 2017 to 2019",
            period="to 2021, over 2017-2019",
            note="The years of the claim are not stated: the last three years with a full count are taken; more would make the ratio smaller.",
        ),
        finding(
            records,
            over(records, PEOPLE, ABROAD, "2019"),
            "labor.people-over-stock-2019",
            label="people ever sent abroad, relative to all workers abroad at the end of 2019",
            period="to 2021, over 2019",
            note="A cumulative flow over a stock: size relative to.",
        ),
    )


def _relative(records: Records, series_id: str, months: int) -> Bounds:
    geography = {RURAL_INCOME: "China (rural)", URBAN_WAGE: "China (urban)"}.get(series_id)
    registry(records).ratio_word(INCOME, series_id)
    at_home = observed(records, series_id, "2020", geography=geography)
    if series_id == MIGRANT_WAGE:
        at_home = at_home * Bounds.exactly(months, "month") / Bounds.exactly(1, "year")
    return bounds_of(records, INCOME) / at_home


def _alone(records: Records) -> tuple[Finding, ...]:
    income = bounds_of(records, INCOME)
    households = [
        income / assume(f"household-of-{size}", size, low=size, high=size)
        for size in HOUSEHOLD_SIZES
    ]
    return (
        finding(
            records,
            gross_earnings(records),
            "labor.gross-earnings",
            label="earnings in a year, if all ever sent were abroad together",
            period=STATED,
            note="Neither a lower nor an upper bound: the income is stated as more than, and how many are abroad at one time is not stated.",
        ),
        finding(
            records,
            income / usd_cny(records, EVENT_MONTH),
            "labor.income-usd",
            label="average yearly income in US dollars, at the rate of the month of the briefing",
            period=STATED,
            note="The year of the income is not stated; the dollar value depends on it.",
        ),
        finding(
            records,
            bounds_of(records, TOP) / income,
            "labor.top-relative-to-average",
            label="highest stated incomes, relative to the stated average",
            period=STATED,
            note="At most: the average is stated as more than.",
        ),
        *(
            finding(
                records,
                share,
                f"labor.income-per-head-{size}",
                label=f"income abroad spread over a household of {size}",
                period=STATED,
                note="Gross, and only if there is no other income. The household size is assumed.",
            )
            for size, share in zip(HOUSEHOLD_SIZES, households, strict=True)
        ),
        finding(
            records,
            bounds_of(records, PEOPLE) / bounds_of(records, ECOMMERCE_JOBS),
            "labor.people-relative-to-ecommerce",
            label="people sent abroad, relative to farmers with work through e-commerce",
            period=STATED,
            note="Size relative to: two channels, two cumulative counts.",
        ),
    )
