"""Channels: border trade beside the people of the border, the zones that are paired, and what they could show."""

from __future__ import annotations

import math

import pandas as pd
from scipy.special import ndtr, ndtri  # the normal distribution and its inverse

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import counted, observed, over, registry
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.series import all_rows

PEOPLE = "scio-2021.border-people"
EASTERN = "scio-2021.border-eastern-zones"
PAIRED = "scio-2021.border-paired-zones"
RESIDENTS = "cn-border-pop"
EXPORTS, IMPORTS = "border-trade-exports", "border-trade-imports"
EARLIER = "border-trade-total"
ZONES, CROSS_ZONES = "border-zones", "cross-border-zones"
COUNTIES = "border-counties"
SERIES = (RESIDENTS, EXPORTS, IMPORTS, EARLIER, ZONES, CROSS_ZONES, COUNTIES)
PLACES = {"2005": "China (135 border counties)", "2021": "China (140 border counties)"}
TRADE_YEAR, ZONE_MONTH, COUNTY_YEAR = "2019", "2020-02", "2024"
TEST_SIZE, WANTED_POWER = (
    0.05,
    0.8,
)  # conventions of power calculations: two-sided test, chance of seeing an effect
EFFECTS = tuple(step / 50 for step in range(76))  # in standard deviations between counties


def trade(records: Records) -> Bounds:
    """Border trade of 2019, exports and imports together, in US dollars."""
    return observed(records, EXPORTS, TRADE_YEAR) + observed(records, IMPORTS, TRADE_YEAR)


def trade_over_time(records: Records) -> pd.DataFrame:
    """Border trade in US dollars for the years that were found; nothing between them.

    Returns
    -------
    DataFrame
        ``year``, ``usd``, ``grade`` (of the copy).
    """
    rows = [
        (row["period_start"][:4], row["value"], row["grade"])
        for _, row in all_rows(records, EARLIER).iterrows()
    ]
    grade = all_rows(records, EXPORTS)["grade"].iloc[0]
    return pd.DataFrame(
        [*rows, (TRADE_YEAR, trade(records).value, grade)], columns=["year", "usd", "grade"]
    )


def zones_as_published(records: Records) -> pd.DataFrame:
    """Border and cross-border zones of national level as published, with the words of the source.

    Returns
    -------
    DataFrame
        ``kind``, ``first``, ``last`` (period), ``zones``, ``worded``, ``grade``.
    """
    rows = pd.concat(
        [
            all_rows(records, ZONES).assign(kind="border"),
            all_rows(records, CROSS_ZONES).assign(kind="cross-border"),
        ],
        ignore_index=True,
    )
    return pd.DataFrame(
        {
            "kind": rows["kind"],
            "first": rows["period_start"],
            "last": rows["period_end"],
            "zones": rows["value"],
            "worded": rows["qualifier"],
            "grade": rows["grade"],
        }
    )


def groups(records: Records) -> dict[str, tuple[int, int]]:
    """Counties compared, with and without: the paired zones against all others, and the best split of all counties."""
    zones, counties = (
        round(bounds_of(records, PAIRED).value),
        round(counted(records, COUNTIES, COUNTY_YEAR).value),
    )
    return {
        "zones": (zones, counties - zones),
        "best split": (counties // 2, counties - counties // 2),
    }


def highest_power(effect: float, sizes: tuple[int, int]) -> float:
    """Chance that a comparison of two groups of counties sees an effect, at best.

    A two-sided test of means with known spread, independent counties, everybody reached and random
    choice of counties. Each of these fails here, and each failure lowers the power.

    Parameters
    ----------
    effect : float
        In standard deviations between counties, at least zero.
    sizes : (int, int)
        Counties with and without.

    Raises
    ------
    QuantityError
        If the effect is below zero or a group is empty.
    """
    if effect < 0 or min(sizes) < 1:
        raise QuantityError(
            f"an effect of {effect} in groups of {sizes[0]} and {sizes[1]}: the effect is at least 0, and no group is empty"
        )
    shift, critical = effect / math.sqrt(1 / sizes[0] + 1 / sizes[1]), ndtri(1 - TEST_SIZE / 2)
    return float(ndtr(shift - critical) + ndtr(-shift - critical))


def smallest_effect(sizes: tuple[int, int]) -> float:
    """Smallest effect, in standard deviations between counties, that is seen with the usual power at best."""
    return float(
        (ndtri(1 - TEST_SIZE / 2) + ndtri(WANTED_POWER)) * math.sqrt(1 / sizes[0] + 1 / sizes[1])
    )


def power_curves(records: Records, effects: tuple[float, ...] = EFFECTS) -> pd.DataFrame:
    """Highest power by effect for both comparisons.

    Returns
    -------
    DataFrame
        ``comparison``, ``counties_with``, ``counties_without``, ``effect_sd``, ``power`` (at most).
    """
    rows = [
        (name, *sizes, effect, highest_power(effect, sizes))
        for name, sizes in groups(records).items()
        for effect in effects
    ]
    return pd.DataFrame(
        rows, columns=["comparison", "counties_with", "counties_without", "effect_sd", "power"]
    )


def smallest_effects(records: Records) -> pd.DataFrame:
    """Smallest effect seen with the usual power, for both comparisons.

    Returns
    -------
    DataFrame
        ``comparison``, ``counties_with``, ``counties_without``, ``effect_sd`` (at least so much).
    """
    rows = [(name, *sizes, smallest_effect(sizes)) for name, sizes in groups(records).items()]
    return pd.DataFrame(
        rows, columns=["comparison", "counties_with", "counties_without", "effect_sd"]
    )


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on border trade."""
    residents = {
        year: observed(records, RESIDENTS, year, geography=place) for year, place in PLACES.items()
    }
    registry(records).ratio_word(PAIRED, ZONES)
    size = "Size relative to: 'border regions' may be more than these counties, and a cumulative count stands over a population. The Chinese report says poor border residents."
    total = trade(records)
    return (
        *(
            finding(
                records,
                over(records, PEOPLE, RESIDENTS, year, geography=place),
                f"channels.border-people-over-counties-{year}",
                label=f"people of border regions counted, relative to the population of border counties in {year}",
                period=f"2021 over {year}",
                note=size,
            )
            for year, place in PLACES.items()
        ),
        finding(
            records,
            total,
            "channels.border-trade-2019",
            label="border trade, exports and imports",
            period="2019",
            note="Scale only: who earns from it is not published.",
        ),
        finding(
            records,
            total / residents["2021"],
            "channels.border-trade-per-resident",
            label="border trade of 2019 per resident of the border counties",
            period="2019 over 2021",
            note="Turnover of trade, not income, and not of these residents alone: scale only.",
        ),
        finding(
            records,
            bounds_of(records, EASTERN) / bounds_of(records, PAIRED),
            "channels.border-zones-ratio",
            label="assisting zones of the east per assisted zone",
            period="2021",
            note="An average; which zones are paired is not stated. Above one: some assisted zones have more than one partner, if each assists one.",
        ),
        finding(
            records,
            bounds_of(records, PAIRED) - counted(records, ZONES, ZONE_MONTH),
            "channels.border-cross-border-zones",
            label="assisted zones beyond the border zones that existed in February 2020",
            period="2021 less 2020",
            note="At least so many of those paired are cross-border zones, if no border zone was added in between.",
        ),
    )
