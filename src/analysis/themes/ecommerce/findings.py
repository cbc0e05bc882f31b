"""E-commerce reach: what two counts of people and the money beside them can mean."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.bounds import Bounds, largest
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.intervals import rounded
from analysis.bounds.observed import observed, over, registry
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
RURAL_POOR = "cn-rpov-n-2010std"
POOR_COUNTY_SHOPS = "pc-shops"
POOR_COUNTY_FARM_SALES = "pc-agri-online-retail"
SERIES = (RURAL_POOR, POOR_COUNTY_SHOPS, POOR_COUNTY_FARM_SALES)
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
    totals = [people_at_overlap(records, share) for share in shares]
    return pd.DataFrame(
        {
            "overlap_share": shares,
            "people": [total.value for total in totals],
            "people_low": [total.low for total in totals],
            "people_high": [total.high for total in totals],
        }
    )


def in_two_languages(records: Records) -> pd.DataFrame:
    """The two counts as the English text and the Chinese report of the same briefing give them, in persons.

    Returns
    -------
    DataFrame
        ``claim_id``, ``language``, ``counted``, ``value``, ``low``, ``high``, and the value relative to
        the rural poor at the end of 2012: ``over_rural_poor``.

    References
    ----------
    Claims scio-2021.ecommerce-jobs and scio-2021.ecommerce-income; data/benchmarks.csv.
    """
    poor = observed(records, RURAL_POOR, "2012")
    rows = []
    for claim_id in (JOBS, INCOME):
        registry(records).ratio_word(claim_id, RURAL_POOR)
        english, found = bounds_of(records, claim_id), records.benchmarks
        rows.append(
            (
                claim_id,
                "English",
                records.claim(claim_id).counted,
                english.value,
                english.low,
                english.high,
                english.value / poor.value,
            )
        )
        for row in found[
            (found["claim_id"] == claim_id) & (found["relation"] == "restatement")
        ].itertuples():
            ends = rounded(row.value)
            rows.append(
                (
                    claim_id,
                    "Chinese",
                    row.what,
                    row.value,
                    ends.low,
                    ends.high,
                    row.value / poor.value,
                )
            )
    return pd.DataFrame(
        rows, columns=["claim_id", "language", "counted", "value", "low", "high", "over_rural_poor"]
    )


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on e-commerce."""
    return (*_people(records), *_programme(records), *_against_series(records))


def _people(records: Records) -> tuple[Finding, ...]:
    fewest, most = distinct_people(records)
    poor = bounds_of(records, POOR_2015)
    size = "Size relative to, not a share: the people counted in 2021 need not be among the poor of 2015."
    return (
        finding(
            records,
            fewest,
            "ecommerce.distinct-people-fewest",
            label="different people, if one count contains the other",
            period=CUMULATIVE,
            note="Lower end; the true overlap is not stated.",
        ),
        finding(
            records,
            most,
            "ecommerce.distinct-people-most",
            label="different people, if nobody is in both counts",
            period=CUMULATIVE,
            note="Upper end; the true overlap is not stated.",
        ),
        finding(
            records,
            bounds_of(records, INCOME) / poor,
            "ecommerce.income-relative-to-poor",
            label="people with more income, relative to the poor people stated in 2015",
            period="2021 over 2015",
            note=size,
        ),
        finding(
            records,
            bounds_of(records, JOBS) / poor,
            "ecommerce.jobs-relative-to-poor",
            label="farmers with work, relative to the poor people stated in 2015",
            period="2021 over 2015",
            note=size,
        ),
        finding(
            records,
            poor / bounds_of(records, POOR_VILLAGES_2015),
            "ecommerce.poor-people-per-poor-village",
            label="poor people per poor village",
            period="2015",
            note="Both figures are stated as 'more than': the ratio may be higher or lower. Poor people also live outside poor villages.",
        ),
    )


def _programme(records: Records) -> tuple[Finding, ...]:
    funds, counties = bounds_of(records, FUNDS_2015), bounds_of(records, COUNTIES_2015)
    villages, poor_counties = bounds_of(records, HUNAN_VILLAGES), bounds_of(records, HUNAN_COUNTIES)
    return (
        finding(
            records,
            funds / counties,
            "ecommerce.funds-per-county",
            label="special funds per demonstration county",
            period="2015",
            note="An average; what one county received is not stated. The amount is stated with one digit.",
        ),
        finding(
            records,
            funds / bounds_of(records, JOBS),
            "ecommerce.funds-per-claimed-job",
            label="special funds of 2015 per farmer with work claimed by 2021",
            period="2015 over 2021",
            note="A scale only: one year's announced funds over people of all years. Not a cost per job.",
        ),
        finding(
            records,
            villages / poor_counties,
            "ecommerce.hunan-villages-per-county",
            label="targeted villages per poverty county, Hunan",
            period="2016",
        ),
        finding(
            records,
            bounds_of(records, HUNAN_STATIONS) / villages,
            "ecommerce.hunan-stations-per-village",
            label="service stations per targeted village, Hunan",
            period="2016-2017",
            note="Stations, not villages reached: one village may have several.",
        ),
    )


def _against_series(records: Records) -> tuple[Finding, ...]:
    """The counts against rural poor, shops and farm sales; the register decides what may be said."""
    people_per_yuan = over(records, INCOME, POOR_COUNTY_FARM_SALES, "2020")
    size = "Size relative to, not a share: farmers with work are not all poor, and the English text does not call the others poor."
    return (
        finding(
            records,
            over(records, INCOME, RURAL_POOR, "2012"),
            "ecommerce.income-relative-to-rural-poor-2012",
            label="people with more income, relative to the rural poor at the end of 2012",
            period="2021 over 2012",
            note=size,
        ),
        finding(
            records,
            over(records, JOBS, RURAL_POOR, "2012"),
            "ecommerce.jobs-relative-to-rural-poor-2012",
            label="farmers with work, relative to the rural poor at the end of 2012",
            period="2021 over 2012",
            note=size,
        ),
        finding(
            records,
            over(records, JOBS, POOR_COUNTY_SHOPS, "2020-12-31"),
            "ecommerce.jobs-per-shop",
            label="farmers with work per online shop of the poor counties",
            period="2021 over 2020",
            note="Close to the ratio at which officials gave jobs and shops elsewhere: a multiple of shops would look the same as a count.",
        ),
        finding(
            records,
            1 / people_per_yuan,
            "ecommerce.farm-sales-per-person",
            label="online farm sales of the poor counties in 2020 per person with more income",
            period="2020 over 2021",
            note="Turnover, not income, of one year over people of all years; not all sellers are among them.",
        ),
    )
