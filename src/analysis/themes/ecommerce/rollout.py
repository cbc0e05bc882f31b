"""E-commerce reach: the roll-out over counties, and coverage at two levels."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, total
from analysis.bounds.observed import observed
from analysis.bounds.terms import Input
from analysis.records.batches import printed_listed
from analysis.records.load import Records
from analysis.records.periods import decimal_year
from analysis.records.series import best
from analysis.words.findings import Result, as_findings, result

BATCH = "demo-counties-batch"
TOTAL = "demo-counties-cum"
POOR_COUNTIES = "demo-pc-cum"
RETAIL = "rural-online-retail"
VILLAGES = "village-ecom-point-share"
SERIES = (BATCH, TOTAL, POOR_COUNTIES, RETAIL, VILLAGES)
POOR_CENSUS = "China (832 poor counties)"
STATED_2020, STATED_2022 = "2020-05-12", "2022-12-31"  # dates of the cumulative number of counties
PURCHASES = 2015  # last year for which rural online retail is described as purchases
LAST = 2020


# -- roll-out and coverage -------------------------------------------------------------------------


def rollout(records: Records) -> pd.DataFrame:
    """New and cumulative demonstration counties by year, poor counties covered, and rural online retail.

    Returns
    -------
    DataFrame
        ``year``, ``new``, ``cumulative`` (batches added up), ``stated`` (cumulative as stated in the
        year or, for 2019, in May 2020), ``poor_counties`` (at the date stated in the year),
        ``retail_cny``, ``retail_over_last`` (over that of 2020).
    """
    new = _by_year(records, BATCH)
    # what was said in May 2020 is about the batches to 2019
    stated = _by_year(records, TOTAL).rename({LAST: LAST - 1})
    retail = _by_year(records, RETAIL)
    years = pd.Index(range(int(new.index.min()), LAST + 1), name="year")
    frame = pd.DataFrame(
        {
            "new": new,
            "cumulative": new.cumsum(),
            "stated": stated,
            "poor_counties": _by_year(records, POOR_COUNTIES),
            "retail_cny": retail,
        }
    ).reindex(years)
    return frame.assign(retail_over_last=frame["retail_cny"] / retail[LAST]).reset_index()


def rollout_marks(records: Records) -> pd.DataFrame:
    """Counties, poor counties and rural online retail as shares of their last level, by date.

    Returns
    -------
    DataFrame
        ``what`` (``counties``, ``poor counties``, ``retail``), ``when`` (year with its part; batches and
        sales at the end of their year), ``value``, ``over_last`` (over the last level shown).
    """
    data = rollout(records)
    rows = best(records, POOR_COUNTIES).drop_duplicates("value")
    parts = {
        "counties": (data["year"] + 1.0, data["cumulative"]),
        "poor counties": (rows["period_end"].map(decimal_year), rows["value"]),
        "retail": (data["year"] + 1.0, data["retail_cny"]),
    }
    frames = [
        pd.DataFrame({"what": what, "when": when, "value": value}).dropna()
        for what, (when, value) in parts.items()
    ]
    return pd.concat(
        [frame.assign(over_last=frame["value"] / frame["value"].iloc[-1]) for frame in frames],
        ignore_index=True,
    )


def _by_year(records: Records, series_id: str) -> pd.Series:
    """Best value by year of the period's end; of several dates in a year, the first."""
    rows = best(
        records, series_id, across=True
    )  # sales once described as purchases are drawn apart
    rows = rows.assign(year=rows["period_end"].str[:4].astype(int)).drop_duplicates("year")
    return pd.Series(rows["value"].to_numpy(), index=rows["year"].to_numpy()).sort_index()


def _poor_of_last_batch(records: Records) -> Bounds:
    """Poor counties of the batch of 2019, as its source prints them."""
    printed = float(printed_listed(records, BATCH, LAST - 1))
    name = f"poor counties of {BATCH}@{LAST - 1}"
    source = f"{BATCH}@{LAST - 1}-01-01"
    return Bounds.of(Input(name, printed, printed, printed, "county", sources=(source,)))


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on roll-out and coverage."""
    added = total(observed(records, BATCH, str(year)) for year in range(2014, LAST))
    whole, retail = observed(records, POOR_COUNTIES, "2019"), observed(records, RETAIL, str(LAST))
    points = observed(records, VILLAGES, "2020-12-31", geography=POOR_CENSUS)
    yield result("ecommerce.counties-by-batches", added)
    yield result("ecommerce.counties-counted-again", added - observed(records, TOTAL, STATED_2020))
    for year in ("2016", "2017", "2018"):
        covered = observed(records, POOR_COUNTIES, year)
        yield result(f"ecommerce.poor-counties-covered-{year}", covered / whole)
    again = observed(records, POOR_COUNTIES, "2018") + _poor_of_last_batch(records) - whole
    yield result("ecommerce.poor-counties-counted-again", again)
    yield result(
        "ecommerce.retail-2016-relative-to-2020", observed(records, RETAIL, "2016") / retail
    )
    yield result(
        "ecommerce.retail-2018-relative-to-2020", observed(records, RETAIL, "2018") / retail
    )
    yield result("ecommerce.villages-with-point", points)
