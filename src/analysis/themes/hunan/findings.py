"""Hunan: money named for e-commerce in 2016 by payer, over every denominator, and what each one hides."""

from __future__ import annotations

import dataclasses

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import counted, over, registry
from analysis.records.load import Records

COMMERCE = "hunan-2017.funds-commerce"
CENTRAL = "hunan-2017.funds-central"
OFFICE = "hunan-2017.funds-poverty-office"
PAYERS = {
    COMMERCE: "department of commerce",
    CENTRAL: "central budget",
    OFFICE: "poverty alleviation office",
}
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
POOR_YEARS = (
    "2014",
    "2018",
)  # the number of the poor is to be had before and after 2016, not at it
ALL_POOR_VILLAGES = "2019"  # year at whose end all of them had left the list
INFERRED = "That the central money went to these seven counties is inferred: they are counted in November 2017, and no list of 2016 was found."
DOUBT = "D"  # grade of what rests on an inference of ours
EVEN = "As if spent evenly; how the province spent it is not stated."


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
    return counted(records, DEMONSTRATION, DEMONSTRATION_DAY)


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
    rows = (
        (
            "all three amounts",
            "counties of the list",
            "hunan.funds-per-county",
            "central money is for demonstration counties: if few had it, no county had the mean",
        ),
        (
            "provincial amounts",
            "counties of the list",
            "hunan.provincial-funds-per-county",
            "how the province spread it; what the counties raised themselves",
        ),
        (
            "central amount",
            "demonstration counties",
            "hunan.central-funds-per-demonstration-county",
            "which counties had it, and when: no list of the year",
        ),
        (
            "all three amounts",
            "targeted villages",
            "hunan.funds-per-village",
            "a target without end date; what the money was for is stated of the smallest amount only",
        ),
        (
            "poverty office's amount",
            "village stations",
            "hunan.office-funds-per-station",
            "the amount is for online stores too, and companies set up the stations",
        ),
        (
            "village stations",
            "counties of the list",
            "hunan.stations-per-county",
            "stations, not villages: several may stand in one; the day of the count is not stated",
        ),
        (
            "targeted villages",
            "poor villages",
            "hunan.villages-relative-to-poor-villages",
            "the targeted villages are more than all poor ones as counted later: not the same villages",
        ),
        (
            "attendances",
            "training sessions",
            "hunan.attendances-per-session",
            "both are more than; attendances are not persons, and the sessions are the whole province's",
        ),
        (
            "all three amounts",
            "registered poor",
            "hunan.funds-per-poor-person-2014",
            "the number of the poor at 2016 is not carried; the poor of the other counties are in it",
        ),
    )
    return pd.DataFrame(rows, columns=["divided", "by", "finding", "hides"])


def refused(records: Records) -> pd.DataFrame:
    """What the register of denominators refuses of this document, with the reason.

    Returns
    -------
    DataFrame
        ``claim_id``, ``series_id``, ``verdict`` ("forbidden", or "none" where nothing can stand below), ``reason``.
    """
    rows = records.denominators
    found = rows[
        rows["claim_id"].str.startswith("hunan-2017.") & rows["verdict"].isin(["forbidden", "none"])
    ]
    return found[["claim_id", "series_id", "verdict", "reason"]].reset_index(drop=True)


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on Hunan's money, stations, villages and training."""
    return (
        *_amounts(records),
        *_per_county(records),
        *_per_village_and_person(records),
        *_training(records),
    )


def _amounts(records: Records) -> tuple[Finding, ...]:
    slugs = {COMMERCE: "commerce", CENTRAL: "central", OFFICE: "office"}
    plan = "A plan of February 2016 for e-commerce poverty relief; whether it is the same pot is not stated."
    both = over(records, COMMERCE, PLAN, YEAR) + over(records, OFFICE, PLAN, YEAR)
    return (
        finding(
            records,
            total(records),
            "hunan.funds-total",
            label="money named for e-commerce in Hunan by three payers",
            period=YEAR,
            note="Without what the counties raised themselves, which is not stated. The smallest amount has one digit and the widest rounding.",
        ),
        *(
            finding(
                records,
                part_of_total(records, name),
                f"hunan.share-{slugs[name]}",
                label=f"part of the three amounts that the {payer} gave",
                period=YEAR,
            )
            for name, payer in PAYERS.items()
        ),
        finding(
            records,
            over(records, COMMERCE, PLAN, YEAR),
            "hunan.commerce-funds-relative-to-plan",
            label="amount of the department of commerce, relative to the provincial plan",
            period=YEAR,
            note=plan,
        ),
        finding(
            records,
            both,
            "hunan.provincial-funds-relative-to-plan",
            label="both provincial amounts, relative to the provincial plan",
            period=YEAR,
            note=plan,
        ),
    )


def _per_county(records: Records) -> tuple[Finding, ...]:
    counties, central = bounds_of(records, COUNTIES), central_per_demonstration_county(records)
    of_all = provincial(records) / counties
    return (
        finding(
            records,
            total(records) / counties,
            "hunan.funds-per-county",
            label="all three amounts per poverty county",
            period=YEAR,
            note="An average that describes no county, if the central money was for a few demonstration counties.",
        ),
        finding(
            records,
            of_all,
            "hunan.provincial-funds-per-county",
            label="provincial amounts per poverty county",
            period=YEAR,
            note=EVEN,
        ),
        _inferred(
            finding(
                records,
                central,
                "hunan.central-funds-per-demonstration-county",
                label="central amount per national demonstration county among the poverty counties",
                period=YEAR,
                note=INFERRED,
            )
        ),
        _inferred(
            finding(
                records,
                central + of_all,
                "hunan.funds-per-county-with-demonstration",
                label="provincial and central money of a demonstration county",
                period=YEAR,
                note=f"{EVEN} {INFERRED}",
            )
        ),
        finding(
            records,
            bounds_of(records, STATIONS) / counties,
            "hunan.stations-per-county",
            label="village stations per poverty county",
            period="2016-2017",
            note="Stations stand in all counties of the list, as stated; villages reached are not stated.",
        ),
    )


def _inferred(one: Finding) -> Finding:
    """The same finding, graded as resting on an inference."""
    return dataclasses.replace(one, evidence_grade=DOUBT)


def _per_village_and_person(records: Records) -> tuple[Finding, ...]:
    villages = bounds_of(records, VILLAGES)
    found = [
        finding(
            records,
            total(records) / villages,
            "hunan.funds-per-village",
            label="all three amounts per targeted village",
            period=YEAR,
            note="A target without end date; the central money is for demonstration counties, and what the rest was for is stated of the smallest amount only.",
        ),
        finding(
            records,
            bounds_of(records, OFFICE) / villages,
            "hunan.office-funds-per-village",
            label="poverty office's amount per targeted village",
            period=YEAR,
            note="For stations and for online stores of poor households.",
        ),
        finding(
            records,
            bounds_of(records, OFFICE) / bounds_of(records, STATIONS),
            "hunan.office-funds-per-station",
            label="poverty office's amount per village station",
            period="2016 over 2016-2017",
            note="At most, and no price: the amount is for online stores too, and companies set up the stations.",
        ),
        finding(
            records,
            over(records, VILLAGES, POOR_VILLAGES, ALL_POOR_VILLAGES),
            "hunan.villages-relative-to-poor-villages",
            label="targeted villages relative to all poor villages of the province",
            period="2016 over 2014-2019",
            note="Above one even at its low end: the targeted villages cannot all be poor villages as counted to 2019.",
        ),
    ]
    for year in POOR_YEARS:
        each = sum(
            (over(records, name, POOR, year) for name in PAYERS), Bounds.exactly(0, "CNY/person")
        )
        found.append(
            finding(
                records,
                each,
                f"hunan.funds-per-poor-person-{year}",
                label=f"all three amounts per poor person of the province at {year}",
                period=f"2016 over {year}",
                note="A scale, no one received it. The number at 2016 is not carried; it fell between 2014 and 2018.",
            )
        )
    return tuple(found)


def _training(records: Records) -> tuple[Finding, ...]:
    note = "Attendances, not persons: one may have come several times."
    closed = {
        name: bounds_of(records, name, reading="next digit") for name in (ATTENDANCES, SESSIONS)
    }
    return (
        finding(
            records,
            bounds_of(records, ATTENDANCES) / bounds_of(records, SESSIONS),
            "hunan.attendances-per-session",
            label="attendances per training session",
            period=YEAR,
            note=f"Both are stated as more than: direction unknown. {note}",
        ),
        finding(
            records,
            closed[ATTENDANCES] / closed[SESSIONS],
            "hunan.attendances-per-session-next-digit",
            label="the same, if both were below their next digit",
            period=YEAR,
            note=f"For sensitivity only. {note}",
        ),
    )


def poor_villages_and_people(records: Records) -> pd.DataFrame:
    """What the registers say of poor counties, villages and people of Hunan, as printed.

    Returns
    -------
    DataFrame
        ``series_id``, ``period_end``, ``value``, ``unit``, ``qualifier``, ``grade``, ``publisher``.
    """
    rows = pd.concat(
        [
            records.series_rows(name)
            for name in ("hn-povcounties", POOR_VILLAGES, POOR, DEMONSTRATION, LISTED_2015, PLAN)
        ]
    )
    return rows[
        ["series_id", "period_end", "value", "unit", "qualifier", "grade", "publisher"]
    ].reset_index(drop=True)
