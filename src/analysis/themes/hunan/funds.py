"""National fund for e-commerce in rural areas per county: two official values for 2015, one for 2016, and Hunan's part."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends
from analysis.bounds.claims import bounds_of
from analysis.bounds.intervals import Interval, intersect
from analysis.bounds.observed import observed, over, registry
from analysis.methods.consistency import Check
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

FUNDS = "rural-ecommerce-opinions-2015.special-funds"
LISTED = "rural-ecommerce-opinions-2015.demonstration-counties"
CENTRAL = "hunan-2017.funds-central"
NATIONAL = "demo-funds"
PER_COUNTY = "demo-funds-per-county"
BATCH = "demo-counties-batch"
HUNAN_COUNTIES, HUNAN_DAY = "hunan-demo-counties-poor", "2017-11-22"
SERIES = (NATIONAL, PER_COUNTY, BATCH, HUNAN_COUNTIES)
CHINA, JILIN = "China", "Jilin (8 counties)"
DOCUMENT, SPOKESMAN, SECOND_YEAR, HUNAN = (
    "2015, document",
    "2015, ministry",
    "2016, nation",
    "2016, Hunan",
)
DOUBT = "D"  # grade of what rests on an inference of ours


def national_2016(records: Records) -> Bounds:
    """Central funds of 2016 per county chosen in that year, in yuan per county.

    References
    ----------
    Series demo-funds and demo-counties-batch.
    """
    return observed(records, NATIONAL, "2016") / observed(records, BATCH, "2016")


def values_per_county(records: Records) -> dict[str, Bounds]:
    """Funds per county in yuan: 2015 by the document and by the ministry, 2016 for the nation and for Hunan.

    Returns
    -------
    dict
        Name of the row -> bounds. The ministry named the amount per county itself; the others are
        an amount over a number of counties.

    References
    ----------
    Claims rural-ecommerce-opinions-2015.special-funds and hunan-2017.funds-central; series
    demo-funds, demo-funds-per-county, hunan-demo-counties-poor.
    """
    hunan = registry(records).ratio(
        bounds_of(records, CENTRAL),
        CENTRAL,
        observed(records, HUNAN_COUNTIES, HUNAN_DAY),
        HUNAN_COUNTIES,
    )
    return {
        DOCUMENT: bounds_of(records, FUNDS) / bounds_of(records, LISTED),
        SPOKESMAN: observed(records, PER_COUNTY, "2015", geography=CHINA),
        SECOND_YEAR: national_2016(records),
        HUNAN: hunan,
    }


def per_county(records: Records) -> pd.DataFrame:
    """Funds per county as a table: amount, counties, quotient and its rounding.

    Returns
    -------
    DataFrame
        ``row``, ``amount`` (yuan), ``counties``, ``per_county``, ``low``, ``high`` (yuan per
        county), ``rests_on``. The second row is named per county and multiplied, not divided.
    """
    found = values_per_county(records)
    totals = {
        DOCUMENT: bounds_of(records, FUNDS),
        SPOKESMAN: observed(records, NATIONAL, "2015"),
        SECOND_YEAR: observed(records, NATIONAL, "2016"),
        HUNAN: bounds_of(records, CENTRAL),
    }
    counties = {
        DOCUMENT: bounds_of(records, LISTED),
        SPOKESMAN: observed(records, BATCH, "2015"),
        SECOND_YEAR: observed(records, BATCH, "2016"),
        HUNAN: observed(records, HUNAN_COUNTIES, HUNAN_DAY),
    }
    rows = [
        (name, totals[name].value, counties[name].value, *ends(one), one.inputs)
        for name, one in found.items()
    ]
    columns = ["row", "amount", "counties", "per_county", "low", "high", "rests_on"]
    return pd.DataFrame(rows, columns=columns)


def checks(records: Records) -> dict[str, Check]:
    """Whether the official values can be true beside each other.

    Returns
    -------
    dict
        ``2015, two amounts``: the two totals; ``2015, per county``: document over counties against
        the ministry's own; ``ministry, own arithmetic``: counties × amount per county against its
        total; ``Jilin``: the province's amount per county against the ministry's; ``2016, Hunan``:
        the province's quotient against the nation's.
    """
    found, listed = values_per_county(records), observed(records, BATCH, "2015")
    named, ministry = found[SPOKESMAN], observed(records, NATIONAL, "2015")
    document, jilin = (
        bounds_of(records, FUNDS),
        observed(records, PER_COUNTY, "2015", geography=JILIN),
    )
    per_county, total = "the ministry's amount per county", "the ministry's total"
    over_counties, product = (
        "the document's total over its counties",
        "counties × amount per county",
    )
    hunan, nation = "Hunan's amount over seven counties", "the nation's over its counties"
    return {
        "2015, two amounts": _agree("the document's total", document, total, ministry),
        "2015, per county": _agree(over_counties, found[DOCUMENT], per_county, named),
        "ministry, own arithmetic": _agree(product, named * listed, total, ministry),
        "Jilin": _agree("Jilin's amount per county", jilin, "the ministry's", named),
        "2016, Hunan": _agree(hunan, found[HUNAN], nation, found[SECOND_YEAR]),
    }


def _agree(name: str, one: Bounds, other_name: str, other: Bounds) -> Check:
    """Pass where the intervals of two figures share a value, conflict where they do not."""
    common = intersect(
        {name: Interval(one.low, one.high), other_name: Interval(other.low, other.high)}
    ).interval
    said = f"{name}, {one.low:,.12g} to {one.high:,.12g}, and {other_name}, {other.low:,.12g} to {other.high:,.12g}"
    return (
        Check("pass", f"rounding lets them be equal: {said}")
        if common
        else Check("conflict", f"no rounding makes them equal: {said}")
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the fund per county, its change from 2015 to 2016, and Hunan's part."""
    yield from _of_2015(records)
    yield from _of_2016(records)
    yield from _changes(records)


def _of_2015(records: Records) -> Iterator[Result]:
    found, total = values_per_county(records), observed(records, NATIONAL, "2015")
    covered = over(records, FUNDS, PER_COUNTY, "2015", geography=CHINA)
    yield result("hunan.fund-per-county-2015-named", found[SPOKESMAN])
    yield result(
        "hunan.fund-2015-own-arithmetic",
        found[SPOKESMAN] * observed(records, BATCH, "2015") / total,
    )
    yield result("hunan.counties-covered-2015", covered)


def _of_2016(records: Records) -> Iterator[Result]:
    found = values_per_county(records)
    central = over(records, CENTRAL, NATIONAL, "2016")
    yield result("hunan.fund-per-county-2016", found[SECOND_YEAR])
    yield result(
        "hunan.fund-per-county-over-nation", found[HUNAN] / found[SECOND_YEAR], at_best=DOUBT
    )
    yield result("hunan.central-relative-to-nation", central)


def _changes(records: Records) -> Iterator[Result]:
    found, total = values_per_county(records), observed(records, NATIONAL, "2016")
    yield result("hunan.fund-per-county-rise-document", found[SECOND_YEAR] / found[DOCUMENT] - 1)
    yield result("hunan.fund-per-county-fall-ministry", 1 - found[SECOND_YEAR] / found[SPOKESMAN])
    yield result("hunan.fund-rise-document", total / bounds_of(records, FUNDS) - 1)
    yield result("hunan.fund-fall-ministry", 1 - total / observed(records, NATIONAL, "2015"))
