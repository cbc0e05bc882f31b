"""Channels: border trade beside the people of the border, the zones that are paired, and how small an effect they could show."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
from scipy.special import ndtr, ndtri  # the normal distribution and its inverse

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

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
# conventions of power calculations: two-sided test, chance of seeing an effect
TEST_SIZE, WANTED_POWER = 0.05, 0.8
RHOS = (0.0, 0.25, 0.5, 0.75, 0.9, 0.95)  # correlation of the outcome with its baseline
DRAWN = (0.0, 0.5, 0.9, 0.95)
EFFECTS = tuple(step / 50 for step in range(76))  # in standard deviations between counties


def trade(records: Records) -> Bounds:
    """Border trade of 2019, exports and imports together, in US dollars."""
    return observed(records, EXPORTS, TRADE_YEAR) + observed(records, IMPORTS, TRADE_YEAR)


def groups(records: Records) -> dict[str, tuple[int, int]]:
    """Counties compared, with and without: the paired zones against all others, and the best split of all counties."""
    zones = round(bounds_of(records, PAIRED).value)
    counties = round(observed(records, COUNTIES, COUNTY_YEAR).value)
    return {
        "zones": (zones, counties - zones),
        "best split": (counties // 2, counties - counties // 2),
    }


def power(effect: float, sizes: tuple[int, int], rho: float = 0.0) -> float:
    """Chance that a comparison of two groups of counties sees an effect.

    A two-sided normal test of means, random choice of counties, independent counties. With a baseline
    the outcome is adjusted for it (analysis of covariance), which takes the share rho squared out of the
    variance; without one, or after treatment only, rho is 0.

    Parameters
    ----------
    effect : float
        In standard deviations between counties, at least zero.
    sizes : (int, int)
        Counties with and without.
    rho : float
        Correlation of the outcome with its baseline, at least 0 and below 1.

    Raises
    ------
    QuantityError
        If the effect is below zero, a group is empty, or the correlation is outside its range.

    References
    ----------
    McKenzie (2012), Beyond baseline and follow-up: the case for more T in experiments, Journal of
    Development Economics 99(2), 210-221, doi:10.1016/j.jdeveco.2012.01.002.
    """
    if effect < 0:
        raise QuantityError(f"an effect is at least 0 here, not {effect}")
    shift, critical = effect / _spread(sizes, rho), ndtri(1 - TEST_SIZE / 2)
    return float(ndtr(shift - critical) + ndtr(-shift - critical))


def smallest_effect(sizes: tuple[int, int], rho: float = 0.0) -> float:
    """Smallest effect, in standard deviations between counties, that is seen with the usual power; see ``power``."""
    return float((ndtri(1 - TEST_SIZE / 2) + ndtri(WANTED_POWER)) * _spread(sizes, rho))


def _spread(sizes: tuple[int, int], rho: float) -> float:
    """Standard error of the difference, in standard deviations between counties."""
    if min(sizes) < 1 or not 0 <= rho < 1:
        raise QuantityError(
            f"groups of {sizes[0]} and {sizes[1]} with a correlation of {rho}: no group is empty, and the correlation is at least 0 and below 1"
        )
    return math.sqrt((1 - rho**2) * (1 / sizes[0] + 1 / sizes[1]))


def power_curves(records: Records, effects: tuple[float, ...] = EFFECTS) -> pd.DataFrame:
    """Power of the comparison of the paired zones with all other counties, by effect and baseline.

    Returns
    -------
    DataFrame
        ``rho``, ``counties_with``, ``counties_without``, ``effect_sd``, ``power``.
    """
    sizes = groups(records)["zones"]
    rows = [(rho, *sizes, effect, power(effect, sizes, rho)) for rho in DRAWN for effect in effects]
    return pd.DataFrame(
        rows, columns=["rho", "counties_with", "counties_without", "effect_sd", "power"]
    )


def smallest_effects(records: Records) -> pd.DataFrame:
    """Smallest effect seen with the usual power, by correlation with the baseline, for both comparisons.

    Returns
    -------
    DataFrame
        ``rho``, and the effect in standard deviations between counties for each comparison of ``groups``.
    """
    sizes = groups(records)
    rows = [(rho, *(smallest_effect(one, rho) for one in sizes.values())) for rho in RHOS]
    return pd.DataFrame(rows, columns=["rho", *sizes])


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on border trade."""
    residents = {
        year: observed(records, RESIDENTS, year, geography=place) for year, place in PLACES.items()
    }
    registry(records).ratio_word(PAIRED, ZONES)
    total = trade(records)
    for year, place in PLACES.items():
        yield result(
            "channels.border-people-over-counties-{year}",
            over(records, PEOPLE, RESIDENTS, year, geography=place),
            year=year,
        )
    yield result("channels.border-trade-2019", total)
    yield result("channels.border-trade-per-resident", total / residents["2021"])
    yield result(
        "channels.border-zones-ratio", bounds_of(records, EASTERN) / bounds_of(records, PAIRED)
    )
    yield result(
        "channels.border-cross-border-zones",
        bounds_of(records, PAIRED) - observed(records, ZONES, ZONE_MONTH),
    )
