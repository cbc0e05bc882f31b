"""Channels: contracted purchases beside other signed amounts, sales that took place, and farm output."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import observed, over, registry
from analysis.methods.scenarios import assumption
from analysis.records.load import Records

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
PERIOD = "cumulative to 2021-08-23, start not stated"


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
    rows = []
    for name, (kind, _, (first, last)) in AMOUNTS.items():
        one = _amount(records, name)
        rows.append((name, kind, one.value, one.low, one.high, first, last or first))
    return pd.DataFrame(rows, columns=["what", "kind", "cny", "low", "high", "first", "last"])


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on contracted purchases."""
    for series_id in (OTHER_SIGNED, CERTIFIED, RELATED):
        registry(records).ratio_word(SIGNED, series_id)
    signed = bounds_of(records, SIGNED)
    overlap = "Two ministries' events; whether one amount holds part of the other is not stated: neither added nor taken off. Signed is not delivered."
    return (
        finding(
            records,
            signed / _amount(records, "agriculture-2013-2018"),
            "channels.contracted-over-agriculture-2013-2018",
            label="purchases signed at events of the commerce ministry, relative to those of the agriculture ministry since 2013",
            period=f"{PERIOD}, over 2013 to 2018-06",
            note=overlap,
        ),
        finding(
            records,
            over(records, SIGNED, OTHER_SIGNED, "2018"),
            "channels.contracted-over-agriculture-2018",
            label="the same, relative to the agriculture ministry's events of 2018",
            period=f"{PERIOD}, over 2018",
            note=overlap,
        ),
        finding(
            records,
            signed / _amount(records, "certified-sold-2020"),
            "channels.contracted-over-certified-sales",
            label="purchases signed, relative to certified products sold in nine months of 2020",
            period=f"{PERIOD}, over 2020-01 to 2020-09",
            note="Signed beside sold; overlap not stated.",
        ),
        finding(
            records,
            signed / farm_value_added(records),
            "channels.contracted-over-farm-value-added",
            label="purchases signed over the years, relative to one year's value added of farming",
            period=f"{PERIOD}, over 2020",
            note="Purchases of several years beside value added of one year, which is less than output: a size, and too large as a yearly one. The value added is worked out from a published ratio.",
        ),
    )
