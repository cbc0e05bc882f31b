"""Channels: contracted purchases beside other signed amounts, sales that took place, and farm output."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.methods.scenarios import assumption
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

SIGNED = "scio-2021.contracted-purchases"
OTHER_SIGNED = "mara-contracted"
SOLD = "mara-actual-sales"
CERTIFIED = "poverty-relief-product-sales"
RELATED = "cn-agri-related-value-added"
RELATED_OVER_FARM = "channels-related-over-farming"
ONLINE = "agri-online-retail"
ONLINE_POOR = "pc-agri-online-retail"
SERIES = (OTHER_SIGNED, SOLD, CERTIFIED, RELATED, ONLINE, ONLINE_POOR)
SINCE_2013, SOLD_2020, CERTIFIED_2020 = (
    ("2013", "2018-06"),
    ("2020-01", "2020-08-20"),
    ("2020-01", "2020-09-30"),
)
AMOUNTS = {  # name: kind, series ("" for the claim), first and last period
    "commerce-ministry": ("signed", "", ("", "")),
    "agriculture-2013-2018": ("signed", OTHER_SIGNED, SINCE_2013),
    "agriculture-2018": ("signed", OTHER_SIGNED, ("2018", "")),
    "agriculture-2018-first": ("signed", OTHER_SIGNED, ("2018-06-26", "")),
    "agriculture-sold-2020": ("sold", SOLD, SOLD_2020),
    "certified-sold-2020": ("sold", CERTIFIED, CERTIFIED_2020),
    "online-poor-2020": ("scale", ONLINE_POOR, ("2020", "")),
    "online-2019": ("scale", ONLINE, ("2019", "")),
    "farm-2020": ("scale", RELATED, ("2020", "")),
}


def farm_value_added(records: Records) -> Bounds:
    """Value added of farming in 2020 in yuan: that with related industries over the published ratio of the two."""
    return observed(records, RELATED, "2020") / assumption(records, RELATED_OVER_FARM)


def _amount(records: Records, name: str) -> Bounds:
    _, series_id, (first, last) = AMOUNTS[name]
    if series_id == RELATED:
        return farm_value_added(records)
    return (
        observed(records, series_id, first, last=last or None)
        if series_id
        else bounds_of(records, SIGNED)
    )


def amounts(records: Records) -> pd.DataFrame:
    """Amounts signed, sold, and for scale, in yuan of the time, none of them added to another.

    Returns
    -------
    DataFrame
        ``what``, ``kind`` ("signed", "sold", "scale"), ``cny``, ``low``, ``high``, ``first``, ``last``
        (periods; empty for the claim, whose start is not stated).

    References
    ----------
    Claim scio-2021.contracted-purchases.
    """
    rows = [
        (name, kind, *ends(_amount(records, name)), first, last or first)
        for name, (kind, _, (first, last)) in AMOUNTS.items()
    ]
    return pd.DataFrame(rows, columns=["what", "kind", "cny", "low", "high", "first", "last"])


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on contracted purchases."""
    for series_id in (OTHER_SIGNED, CERTIFIED, RELATED):
        registry(records).ratio_word(SIGNED, series_id)
    signed = bounds_of(records, SIGNED)
    yield result(
        "channels.contracted-over-agriculture-2013-2018",
        signed / _amount(records, "agriculture-2013-2018"),
    )
    yield result(
        "channels.contracted-over-agriculture-2018", over(records, SIGNED, OTHER_SIGNED, "2018")
    )
    yield result(
        "channels.contracted-over-certified-sales", signed / _amount(records, "certified-sold-2020")
    )
    yield result("channels.contracted-over-farm-value-added", signed / farm_value_added(records))
