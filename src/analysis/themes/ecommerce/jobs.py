"""E-commerce reach: jobs beside shops, and programme funds beside people."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends
from analysis.bounds.claims import bounds_of
from analysis.bounds.intervals import Common, Interval, intersect
from analysis.bounds.observed import observed, over, registry
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

JOBS = "scio-2021.ecommerce-jobs"
INCOME = "scio-2021.ecommerce-income"
FUNDS_2015 = "rural-ecommerce-opinions-2015.special-funds"
NATIONAL_JOBS = "rural-ecom-jobs-claim"
NATIONAL_SHOPS = "rural-shops"
POOR_JOBS = "pc-ecom-labour-claim"
POOR_SHOPS = "pc-shops"
POOR_FARMERS = "poor-ecom-claim"
FUNDS = "demo-funds"
BATCH = "demo-counties-batch"
TOTAL = "demo-counties-cum"
SERIES = (NATIONAL_JOBS, NATIONAL_SHOPS, POOR_JOBS, POOR_SHOPS, POOR_FARMERS, FUNDS, BATCH, TOTAL)
JOB_YEARS = ("2016", "2017", "2018", "2020")
FUND_SPAN = ("2014-01-01", "2022-12-31")
STATED_2022 = "2022-12-31"  # date of the last cumulative number of counties


# -- jobs and shops --------------------------------------------------------------------------------


def jobs_over_shops(records: Records) -> dict[tuple[str, str], Bounds]:
    """People with work per online shop, at every date with both, by place and date."""
    national = {
        ("China", f"{year}-12-31"): observed(records, NATIONAL_JOBS, year)
        / observed(records, NATIONAL_SHOPS, year)
        for year in JOB_YEARS
    }
    march = observed(records, POOR_JOBS, "2020-03") / observed(records, POOR_SHOPS, "2020-03")
    return national | {
        ("poor counties", "2020-03-31"): march,
        ("poor counties", "2020-12-31"): over(records, JOBS, POOR_SHOPS, "2020-12-31"),
    }


def jobs_per_shop(records: Records) -> pd.DataFrame:
    """People with work per online shop, with jobs and shops, at every date where both were given.

    Returns
    -------
    DataFrame
        ``place``, ``date``, ``jobs``, ``shops``, ``ratio``, ``low``, ``high``, ``direction``.
    """
    rows = []
    for (place, date), one in jobs_over_shops(records).items():
        jobs, shops = (
            (NATIONAL_JOBS, NATIONAL_SHOPS) if place == "China" else (POOR_JOBS, POOR_SHOPS)
        )
        people = bounds_of(records, JOBS) if JOBS in one.inputs else observed(records, jobs, date)
        held = observed(records, shops, date).value
        rows.append((place, date, people.value, held, *ends(one), one.direction))
    columns = ["place", "date", "jobs", "shops", "ratio", "low", "high", "direction"]
    return pd.DataFrame(rows, columns=columns)


def one_multiplier(records: Records, place: str) -> Common:
    """The multiples of shops, in persons per shop, that fit every date of a place; none, if two exclude each other."""
    return intersect(
        {
            date: Interval(one.low, one.high)
            for (where, date), one in jobs_over_shops(records).items()
            if where == place
        }
    )


# -- funds -----------------------------------------------------------------------------------------


def programme_funds(records: Records) -> dict[str, Bounds]:
    """Central funds of the programme in yuan: announced for 2015 by two sources, for 2016, and together to 2022."""
    return {
        "2015, document of this collection": bounds_of(records, FUNDS_2015),
        "2015, ministry's spokesman": observed(records, FUNDS, "2015"),
        "2016": observed(records, FUNDS, "2016"),
        "2014 to 2022": observed(records, FUNDS, FUND_SPAN[0], last=FUND_SPAN[1]),
    }


# -- findings --------------------------------------------------------------------------------------


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on jobs beside shops and on funds beside people."""
    yield from _shops(records)
    yield from _funds(records)


def _shops(records: Records) -> Iterator[Result]:
    ratios = jobs_over_shops(records)
    restated = bounds_of(records, INCOME) / observed(records, POOR_FARMERS, "2019")
    registry(records).ratio_word(INCOME, POOR_FARMERS)
    earlier = over(records, JOBS, POOR_JOBS, "2020-03")
    for year in JOB_YEARS:
        yield result("ecommerce.jobs-per-shop-{year}", ratios["China", f"{year}-12-31"], year=year)
    yield result(
        "ecommerce.jobs-per-shop-poor-counties-2020-03", ratios["poor counties", "2020-03-31"]
    )
    yield result("ecommerce.income-relative-to-2019-claim", restated)
    yield result("ecommerce.jobs-relative-to-march-2020", earlier)


def _funds(records: Records) -> Iterator[Result]:
    funds = programme_funds(records)
    total, spokesman = funds["2014 to 2022"], funds["2015, ministry's spokesman"]
    jobs, income = bounds_of(records, JOBS), bounds_of(records, INCOME)
    for claim in (JOBS, INCOME):
        registry(records).ratio_word(claim, FUNDS)
    yield result("ecommerce.funds-per-person-with-work", total / jobs)
    yield result("ecommerce.funds-per-person-with-more-income", total / income)
    yield result("ecommerce.funds-per-person-in-either-count", total / (jobs + income))
    yield result(
        "ecommerce.funds-per-county-to-2022", total / observed(records, TOTAL, STATED_2022)
    )
    yield result(
        "ecommerce.funds-per-county-2015-spokesman", spokesman / observed(records, BATCH, "2015")
    )
    yield result(
        "ecommerce.funds-2015-two-sources", spokesman / funds["2015, document of this collection"]
    )
