"""Hunan: money named for e-commerce in 2016 by payer, over every denominator, and what each one hides."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

COMMERCE = "hunan-2017.funds-commerce"
CENTRAL = "hunan-2017.funds-central"
OFFICE = "hunan-2017.funds-poverty-office"
PAYERS = {
    COMMERCE: "department of commerce",
    CENTRAL: "central budget",
    OFFICE: "poverty alleviation office",
}
PAYER_SLUGS = {"commerce": COMMERCE, "central": CENTRAL, "office": OFFICE}
COUNTIES = "hunan-2017.poverty-counties"
VILLAGES = "hunan-2017.target-villages"
STATIONS = "hunan-2017.village-stations"
SESSIONS = "hunan-2017.training-sessions"
ATTENDANCES = "hunan-2017.training-attendances"
DEMONSTRATION = "hunan-demo-counties-poor"
DEMONSTRATION_DAY = "2017-11-22"
LISTED_2015 = "hunan-demo-counties"
POOR_VILLAGES = "hn-povvillages"
POOR = "hn-poor-n"
PLAN = "hunan-prov-fund"
SERIES = (DEMONSTRATION, LISTED_2015, POOR_VILLAGES, POOR, PLAN, "hn-povcounties")
YEAR = "2016"
POOR_YEARS = "2014", "2018"  # the number of the poor is published before and after 2016, not for it
ALL_POOR_VILLAGES = "2019"  # year at whose end all of them had left the list
HIDDEN = (  # what is divided, by what, slug of the finding, what it hides
    (
        "all three amounts",
        "counties of the list",
        "funds-per-county",
        "central money was for demonstration counties: if few shared it, no county had the average",
    ),
    (
        "provincial amounts",
        "counties of the list",
        "provincial-funds-per-county",
        "how the province spread it; what the counties raised themselves",
    ),
    (
        "central amount",
        "demonstration counties",
        "central-funds-per-demonstration-county",
        "which counties had it, and when: no list of the year",
    ),
    (
        "all three amounts",
        "targeted villages",
        "funds-per-village",
        "a target without end date; only for the smallest amount is the purpose stated",
    ),
    (
        "poverty office's amount",
        "village stations",
        "office-funds-per-station",
        "the amount is for online stores too, and companies set up the stations",
    ),
    (
        "village stations",
        "counties of the list",
        "stations-per-county",
        "stations, not villages: a village may have several; the day of the count is not stated",
    ),
    (
        "targeted villages",
        "poor villages",
        "villages-relative-to-poor-villages",
        "more villages than all poor ones in a later count: not the same villages",
    ),
    (
        "attendances",
        "training sessions",
        "attendances-per-session",
        "both are more than; attendances are not persons, and the sessions are the whole province's",
    ),
    (
        "all three amounts",
        "registered poor",
        "funds-per-poor-person-2014",
        "the number of poor is not that of 2016 and includes the poor of other counties",
    ),
)
DOUBT = "D"  # grade of what rests on an inference of ours


def payers(records: Records) -> dict[str, Bounds]:
    """What each of the three payers is said to have given in 2016, in yuan."""
    return {claim_id: bounds_of(records, claim_id) for claim_id in PAYERS}


def total(records: Records) -> Bounds:
    """The three amounts together, in yuan; what the counties raised themselves is not stated."""
    return sum(payers(records).values(), Bounds.exactly(0, "CNY"))


def provincial(records: Records) -> Bounds:
    """What the two provincial payers gave, in yuan."""
    return bounds_of(records, COMMERCE) + bounds_of(records, OFFICE)


def part_of_total(records: Records, claim_id: str) -> Bounds:
    """One payer's part of the three amounts, as a share: 1 ÷ (1 + the others ÷ this one)."""
    found = payers(records)
    one = found.pop(claim_id)
    return 1 / sum((other / one for other in found.values()), Bounds.exactly(1))


def demonstration_counties(records: Records) -> Bounds:
    """Poor counties of Hunan that were national demonstration counties in November 2017: seven, counted by name."""
    return observed(records, DEMONSTRATION, DEMONSTRATION_DAY)


def central_per_demonstration_county(records: Records) -> Bounds:
    """Central money of 2016 per demonstration county, in yuan per county, if those of 2017 had it all.

    References
    ----------
    Claim hunan-2017.funds-central; series hunan-demo-counties-poor.
    """
    return registry(records).ratio(
        bounds_of(records, CENTRAL), CENTRAL, demonstration_counties(records), DEMONSTRATION
    )


def two_kinds_of_county(records: Records) -> pd.DataFrame:
    """Money per county by payer if seven counties shared the central money and all shared the rest evenly.

    Returns
    -------
    DataFrame
        One row for each payer and kind of county: ``kind`` ("with", "without"), ``payer`` (claim),
        ``first``, ``last`` (places of the counties side by side), ``bottom``, ``top`` (yuan per
        county, stacked), ``amount`` (yuan of all these counties).
    """
    all_, few = bounds_of(records, COUNTIES).value, demonstration_counties(records).value
    per = {
        COMMERCE: bounds_of(records, COMMERCE).value / all_,
        OFFICE: bounds_of(records, OFFICE).value / all_,
    }
    kinds = {
        "with": (0.0, few, per | {CENTRAL: central_per_demonstration_county(records).value}),
        "without": (few, all_, per),
    }
    rows = []
    for kind, (first, last, each) in kinds.items():
        bottom = 0.0
        for claim_id, height in each.items():
            rows.append(
                (kind, claim_id, first, last, bottom, bottom + height, height * (last - first))
            )
            bottom += height
    return pd.DataFrame(rows, columns=["kind", "payer", "first", "last", "bottom", "top", "amount"])


def what_denominators_hide(records: Records) -> pd.DataFrame:
    """Every way to divide the money or the counts, and what it hides.

    Returns
    -------
    DataFrame
        ``divided``, ``by``, ``finding`` (identifier), ``hides``.
    """
    return pd.DataFrame(
        [(divided, by, f"hunan.{slug}", hides) for divided, by, slug, hides in HIDDEN],
        columns=["divided", "by", "finding", "hides"],
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on Hunan's money, stations, villages and training."""
    yield from _amounts(records)
    yield from _per_county(records)
    yield from _per_village_and_person(records)
    yield from _training(records)


def _amounts(records: Records) -> Iterator[Result]:
    both = over(records, COMMERCE, PLAN, YEAR) + over(records, OFFICE, PLAN, YEAR)
    yield result("hunan.funds-total", total(records))
    for slug, name in PAYER_SLUGS.items():
        yield result(f"hunan.share-{slug}", part_of_total(records, name))
    yield result("hunan.commerce-funds-relative-to-plan", over(records, COMMERCE, PLAN, YEAR))
    yield result("hunan.provincial-funds-relative-to-plan", both)


def _per_county(records: Records) -> Iterator[Result]:
    counties, central = bounds_of(records, COUNTIES), central_per_demonstration_county(records)
    of_all = provincial(records) / counties
    yield result("hunan.funds-per-county", total(records) / counties)
    yield result("hunan.provincial-funds-per-county", of_all)
    yield result("hunan.central-funds-per-demonstration-county", central, at_best=DOUBT)
    yield result("hunan.funds-per-county-with-demonstration", central + of_all, at_best=DOUBT)
    yield result("hunan.stations-per-county", bounds_of(records, STATIONS) / counties)


def _per_village_and_person(records: Records) -> Iterator[Result]:
    villages, office = bounds_of(records, VILLAGES), bounds_of(records, OFFICE)
    yield result("hunan.funds-per-village", total(records) / villages)
    yield result("hunan.office-funds-per-village", office / villages)
    yield result("hunan.office-funds-per-station", office / bounds_of(records, STATIONS))
    yield result(
        "hunan.villages-relative-to-poor-villages",
        over(records, VILLAGES, POOR_VILLAGES, ALL_POOR_VILLAGES),
    )
    for year in POOR_YEARS:
        each = (over(records, name, POOR, year) for name in PAYERS)
        yield result(
            "hunan.funds-per-poor-person-{year}",
            sum(each, Bounds.exactly(0, "CNY/person")),
            year=year,
        )


def _training(records: Records) -> Iterator[Result]:
    closed = {
        name: bounds_of(records, name, reading="next digit") for name in (ATTENDANCES, SESSIONS)
    }
    yield result(
        "hunan.attendances-per-session",
        bounds_of(records, ATTENDANCES) / bounds_of(records, SESSIONS),
    )
    yield result("hunan.attendances-per-session-next-digit", closed[ATTENDANCES] / closed[SESSIONS])
