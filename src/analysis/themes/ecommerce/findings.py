"""E-commerce reach: what two counts of people and the money beside them can mean."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends, largest
from analysis.bounds.claims import bounds_of, claim_bounds, in_languages
from analysis.bounds.observed import observed, over, registry
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

JOBS = "scio-2021.ecommerce-jobs"
INCOME = "scio-2021.ecommerce-income"
POOR_2015 = "rural-ecommerce-opinions-2015.poor-people"
POOR_VILLAGES_2015 = "rural-ecommerce-opinions-2015.poor-villages"
FUNDS_2015 = "rural-ecommerce-opinions-2015.special-funds"
COUNTIES_2015 = "rural-ecommerce-opinions-2015.demonstration-counties"
HUNAN_VILLAGES = "hunan-2017.target-villages"
HUNAN_COUNTIES = "hunan-2017.poverty-counties"
HUNAN_STATIONS = "hunan-2017.village-stations"
RURAL_POOR = "cn-rpov-n-2010std"
POOR_COUNTY_SHOPS = "pc-shops"
POOR_COUNTY_FARM_SALES = "pc-agri-online-retail"
REGISTERED_POOR = "cn-regpoor-n"
FIRST_REPORT = "cn-regpoor-n-first-report"  # the register as reported a month before
REGISTERED = "2014"
SERIES = (RURAL_POOR, REGISTERED_POOR, POOR_COUNTY_SHOPS, POOR_COUNTY_FARM_SALES)


def distinct_people(records: Records) -> tuple[Bounds, Bounds]:
    """Fewest and most different people behind the two counts, in persons.

    If everybody in the smaller count is also in the larger, there are as many as in the larger;
    if nobody is in both, there are as many as the sum.

    References
    ----------
    Claims scio-2021.ecommerce-jobs and scio-2021.ecommerce-income; Fréchet (1951) bounds.
    """
    jobs, income = bounds_of(records, JOBS), bounds_of(records, INCOME)
    return largest(jobs, income), jobs + income


def people_at_overlap(records: Records, share: float) -> Bounds:
    """Different people if this share of the income group is also in the jobs group, in persons: jobs + income × (1 − w).

    Parameters
    ----------
    records : Records
    share : float
        Share w in [0, 1].

    Raises
    ------
    QuantityError
        If the share is outside [0, 1].
    """
    if not 0 <= share <= 1:
        raise QuantityError(f"an overlap share lies between 0 and 1, not {share}")
    return bounds_of(records, JOBS) + bounds_of(records, INCOME) * (1 - share)


def people_by_overlap(records: Records, shares: tuple[float, ...]) -> pd.DataFrame:
    """Different people for each share of the income group that is also in the jobs group.

    Parameters
    ----------
    records : Records
    shares : tuple of float
        Shares w in [0, 1].

    Returns
    -------
    DataFrame
        Columns ``overlap_share``, ``people``, ``people_low``, ``people_high`` (persons).

    Raises
    ------
    QuantityError
        If a share is outside [0, 1].
    """
    rows = [(share, *ends(people_at_overlap(records, share))) for share in shares]
    return pd.DataFrame(rows, columns=["overlap_share", "people", "people_low", "people_high"])


def in_two_languages(records: Records) -> pd.DataFrame:
    """The two counts as the English text and the Chinese report of the same briefing give them, in persons.

    Returns
    -------
    DataFrame
        ``claim_id``, ``language``, ``counted``, ``value``, ``low``, ``high``, and the value relative to
        the registered poor of 2014 by both reports, ``over_registered`` and ``over_registered_first``, and to
        the survey's rural poor at the end of 2012, ``over_rural_poor``.

    References
    ----------
    Claims scio-2021.ecommerce-jobs and scio-2021.ecommerce-income; data/benchmarks.csv.
    """
    under = {
        "over_registered": registered_poor(records),
        "over_registered_first": registered_poor(records, FIRST_REPORT),
        "over_rural_poor": observed(records, RURAL_POOR, "2012"),
    }
    rows = []
    for claim_id in (JOBS, INCOME):
        for series_id in (RURAL_POOR, REGISTERED_POOR):
            registry(records).ratio_word(claim_id, series_id)
        claim = records.claim(claim_id)
        for language, one in in_languages(claim).items():
            rows.append((claim_id, language, one.counted, *ends(claim_bounds(one))))
    columns = ["claim_id", "language", "counted", "value", "low", "high"]
    data = pd.DataFrame(rows, columns=columns)
    return data.assign(**{name: data["value"] / one.value for name, one in under.items()})


def registered_poor(records: Records, definition: str = REGISTERED_POOR) -> Bounds:
    """People in the first register of the poor, of 2014, in persons: as reported in January 2015 or a month before."""
    return observed(records, REGISTERED_POOR, REGISTERED, definition=definition)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on e-commerce."""
    yield from _people(records)
    yield from _programme(records)
    yield from _against_series(records)


def _people(records: Records) -> Iterator[Result]:
    fewest, most = distinct_people(records)
    poor = bounds_of(records, POOR_2015)
    yield result("ecommerce.distinct-people-fewest", fewest)
    yield result("ecommerce.distinct-people-most", most)
    yield result("ecommerce.income-relative-to-poor", bounds_of(records, INCOME) / poor)
    yield result("ecommerce.jobs-relative-to-poor", bounds_of(records, JOBS) / poor)
    yield result(
        "ecommerce.poor-people-per-poor-village", poor / bounds_of(records, POOR_VILLAGES_2015)
    )


def _programme(records: Records) -> Iterator[Result]:
    funds, counties = bounds_of(records, FUNDS_2015), bounds_of(records, COUNTIES_2015)
    villages, poor_counties = bounds_of(records, HUNAN_VILLAGES), bounds_of(records, HUNAN_COUNTIES)
    yield result("ecommerce.funds-per-county", funds / counties)
    yield result("ecommerce.funds-per-claimed-job", funds / bounds_of(records, JOBS))
    yield result("ecommerce.hunan-villages-per-county", villages / poor_counties)
    yield result(
        "ecommerce.hunan-stations-per-village", bounds_of(records, HUNAN_STATIONS) / villages
    )


def _against_series(records: Records) -> Iterator[Result]:
    """The counts against rural poor, shops and farm sales; the register decides what may be said."""
    people_per_yuan = over(records, INCOME, POOR_COUNTY_FARM_SALES, "2020")
    for slug, name in (("", REGISTERED_POOR), ("-first-report", FIRST_REPORT)):
        size = over(records, INCOME, REGISTERED_POOR, REGISTERED, definition=name)
        yield result(f"ecommerce.income-relative-to-registered-poor{slug}", size)
    yield result(
        "ecommerce.income-relative-to-rural-poor-2012", over(records, INCOME, RURAL_POOR, "2012")
    )
    yield result(
        "ecommerce.jobs-relative-to-rural-poor-2012", over(records, JOBS, RURAL_POOR, "2012")
    )
    yield result("ecommerce.jobs-per-shop", over(records, JOBS, POOR_COUNTY_SHOPS, "2020-12-31"))
    yield result("ecommerce.farm-sales-per-person", 1 / people_per_yuan)
