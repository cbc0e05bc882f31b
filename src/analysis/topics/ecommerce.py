"""E-commerce reach: what two counts of people and the money beside them can mean."""

from __future__ import annotations

import pandas as pd

from analysis.quantities.bounds import Bounds, largest
from analysis.quantities.claims import bounds_of
from analysis.quantities.finding import Finding, finding
from analysis.records.errors import QuantityError
from analysis.records.load import Records

JOBS = "scio-2021.ecommerce-jobs"
INCOME = "scio-2021.ecommerce-income"
POOR_2015 = "rural-ecommerce-opinions-2015.poor-people"
POOR_VILLAGES_2015 = "rural-ecommerce-opinions-2015.poor-villages"
FUNDS_2015 = "rural-ecommerce-opinions-2015.special-funds"
COUNTIES_2015 = "rural-ecommerce-opinions-2015.demonstration-counties"
HUNAN_VILLAGES = "hunan-2017.target-villages"
HUNAN_COUNTIES = "hunan-2017.poverty-counties"
HUNAN_STATIONS = "hunan-2017.village-stations"
CUMULATIVE = "cumulative to 2021-08-23, start not stated"


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
    if outside := [share for share in shares if not 0 <= share <= 1]:
        raise QuantityError(f"an overlap share lies between 0 and 1, not {outside[0]}")
    jobs, income = bounds_of(records, JOBS), bounds_of(records, INCOME)
    totals = [jobs + income * (1 - share) for share in shares]
    return pd.DataFrame(
        {
            "overlap_share": shares,
            "people": [total.value for total in totals],
            "people_low": [total.low for total in totals],
            "people_high": [total.high for total in totals],
        }
    )


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on e-commerce that the claims alone allow."""
    return (*_people(records), *_programme(records))


def _people(records: Records) -> tuple[Finding, ...]:
    fewest, most = distinct_people(records)
    poor = bounds_of(records, POOR_2015)
    size = "Size relative to, not a share: the people counted in 2021 need not be among the poor of 2015."
    return (
        finding(records, fewest, "ecommerce.distinct-people-fewest", label="different people, if one count contains the other", period=CUMULATIVE, note="Lower end; the true overlap is not stated."),
        finding(records, most, "ecommerce.distinct-people-most", label="different people, if nobody is in both counts", period=CUMULATIVE, note="Upper end; the true overlap is not stated."),
        finding(records, bounds_of(records, INCOME) / poor, "ecommerce.income-relative-to-poor", label="people with more income, relative to the poor people stated in 2015", period="2021 over 2015", note=size),
        finding(records, bounds_of(records, JOBS) / poor, "ecommerce.jobs-relative-to-poor", label="farmers with work, relative to the poor people stated in 2015", period="2021 over 2015", note=size),
        finding(records, poor / bounds_of(records, POOR_VILLAGES_2015), "ecommerce.poor-people-per-poor-village", label="poor people per poor village", period="2015", note="Both figures are stated as 'more than': the ratio may be higher or lower. Poor people also live outside poor villages."),
    )


def _programme(records: Records) -> tuple[Finding, ...]:
    funds, counties = bounds_of(records, FUNDS_2015), bounds_of(records, COUNTIES_2015)
    villages, poor_counties = bounds_of(records, HUNAN_VILLAGES), bounds_of(records, HUNAN_COUNTIES)
    return (
        finding(records, funds / counties, "ecommerce.funds-per-county", label="special funds per demonstration county", period="2015", note="An average; what one county received is not stated. The amount is stated with one digit."),
        finding(records, funds / bounds_of(records, JOBS), "ecommerce.funds-per-claimed-job", label="special funds of 2015 per farmer with work claimed by 2021", period="2015 over 2021", note="A scale only: one year's announced funds over people of all years. Not a cost per job."),
        finding(records, villages / poor_counties, "ecommerce.hunan-villages-per-county", label="targeted villages per poverty county, Hunan", period="2016"),
        finding(records, bounds_of(records, HUNAN_STATIONS) / villages, "ecommerce.hunan-stations-per-village", label="service stations per targeted village, Hunan", period="2016-2017", note="Stations, not villages reached: one village may have several."),
    )
