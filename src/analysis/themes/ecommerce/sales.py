"""E-commerce reach: what sales can mean for people, and which growth of sales survives revision."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends, root
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import observed, over, printed_ends
from analysis.bounds.terms import Input
from analysis.methods.scenarios import Scenario, assumption
from analysis.methods.stated_growth import growth_bounds, implied, implied_level
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.series import all_rows
from analysis.words.findings import Result, as_findings, result

INCOME = "scio-2021.ecommerce-income"
LONGNAN = "rural-ecommerce-opinions-2015.longnan-income-gain"
LONGNAN_2019 = "longnan-income-gain"
SICHUAN = "ecommerce-gain-sichuan"
TOTAL = "pc-online-retail"
SERVICES = "pc-online-retail-services"
GOODS = "pc-online-retail-goods"
FARM = "pc-agri-online-retail"
RURAL = "rural-online-retail"
RURAL_PART = "rural-online-retail-part"
NATIONAL_FARM = "agri-online-retail"
RURAL_SHOPS = "rural-shops"
GROWN = (
    RURAL,
    NATIONAL_FARM,
    TOTAL,
    FARM,
    SERVICES,
    GOODS,
    RURAL_SHOPS,
)  # series whose rows print a growth
SERIES = (*GROWN, RURAL_PART, LONGNAN_2019)
YEAR = "2020"
DISPUTED = 2018  # year with three published values of the poor counties' sales
CONCEPTS = (2015, 2016)  # last year described as purchases, first year of sales with services
HALF_END = "06-30"
HALF = (("2016-01-01", f"2016-{HALF_END}"), ("2017-01-01", f"2017-{HALF_END}"))


# -- what sales can mean for people ----------------------------------------------------------------


def other_goods(records: Records) -> Bounds:
    """Goods other than farm products that the poor counties sold online in 2020, in yuan."""
    return observed(records, GOODS, YEAR) - observed(records, FARM, YEAR)


def local_gains(records: Records) -> dict[str, Bounds]:
    """Gains per poor person reported locally, in yuan per person: Longnan 2015, Sichuan, Longnan 2019."""
    return {
        "Longnan, 2015": bounds_of(records, LONGNAN),
        "Sichuan, to mid-2020": assumption(records, SICHUAN),
        "Longnan, 2019": observed(records, LONGNAN_2019, "2019"),
    }


def gain_per_person(records: Records, *, part: float, poor_share: float) -> Bounds:
    """Extra income per person that online farm sales of 2020 allow, in yuan per person: g = k × s × S ÷ N.

    Parameters
    ----------
    records : Records
    part : float
        Part k of these sales that becomes extra income, in [0, 1].
    poor_share : float
        Share s of these sales that come from poor households, in [0, 1].

    Raises
    ------
    QuantityError
        If a share is outside [0, 1].

    References
    ----------
    Claim scio-2021.ecommerce-income; series pc-agri-online-retail.
    """
    if outside := [share for share in (part, poor_share) if not 0 <= share <= 1]:
        raise QuantityError(f"a share of sales lies between 0 and 1, not {outside[0]}")
    shares = [
        assume(name, value, low=value, high=value)
        for name, value in (("pass-through", part), ("poor-seller-share", poor_share))
    ]
    return shares[0] * shares[1] / over(records, INCOME, FARM, YEAR)


def needed_part(records: Records) -> dict[str, Bounds]:
    """Part of one year's online farm sales that gives each claimed person a local gain: k = g × N ÷ S, a pure number.

    References
    ----------
    Claims scio-2021.ecommerce-income and rural-ecommerce-opinions-2015.longnan-income-gain; series pc-agri-online-retail.
    """
    people_per_yuan = over(records, INCOME, FARM, YEAR)
    return {place: gain * people_per_yuan for place, gain in local_gains(records).items()}


def break_even(records: Records, shares: tuple[float, ...]) -> pd.DataFrame:
    """Part of sales that must be extra income, by the share of farm sales that come from poor households.

    Parameters
    ----------
    records : Records
    shares : tuple of float
        Shares in (0, 1].

    Returns
    -------
    DataFrame
        ``place``, ``gain_cny``, ``poor_share``, ``part`` and its ends ``part_low``, ``part_high``
        (infinite where the gain is "more than"); a part above 1 is impossible.

    Raises
    ------
    QuantityError
        If a share is not above 0 and at most 1.
    """
    if outside := [share for share in shares if not 0 < share <= 1]:
        raise QuantityError(f"a share of sales must be above 0 and at most 1, got {outside[0]}")
    gains, needed = local_gains(records), needed_part(records)
    rows = [
        (place, gains[place].value, share, *(end / share for end in ends(part)))
        for place, part in needed.items()
        for share in shares
    ]
    columns = ["place", "gain_cny", "poor_share", "part", "part_low", "part_high"]
    return pd.DataFrame(rows, columns=columns)


def any_gain(records: Records) -> Bounds:
    """The same with both shares anything from none to all: the limits, in yuan per person."""
    return (
        assumption(records, "ecommerce-pass-through")
        * assumption(records, "ecommerce-poor-seller-share")
        / over(records, INCOME, FARM, YEAR)
    )


def scenarios(records: Records) -> tuple[Scenario, ...]:
    """Gain per person that one year's farm sales allow: g = k × s × S ÷ N, in yuan per person."""
    note = "Part of sales that is extra income, and share of sales from poor households: both anything from none to all."
    return (
        Scenario(
            "ecommerce.pass-through",
            "Extra income per person that online farm sales of 2020 allow",
            {"gain per person": any_gain(records)},
            note=note,
        ),
    )


# -- levels and growth -----------------------------------------------------------------------------


def revisions(records: Records) -> pd.DataFrame:
    """Level of each year that the growth stated for the next year implies, beside its published level.

    Returns
    -------
    DataFrame
        The columns of ``stated_growth.implied`` for every series whose rows print a growth.
    """
    return pd.concat([implied(records, series_id) for series_id in GROWN], ignore_index=True)


def disputed_values(records: Records) -> dict[str, Bounds]:
    """The three values of the poor counties' online sales in 2018, in yuan: two published, one implied."""
    rows = all_rows(records, TOTAL)
    of_year = (rows["period_start"] == f"{DISPUTED}-01-01") & (
        rows["period_end"] == f"{DISPUTED}-12-31"
    )
    published = rows[of_year].sort_values("value").drop_duplicates("value", keep="last")
    low, high = (_as_printed(row) for row in published.to_dict("records"))
    return {
        "report quoted by the press": low,
        "agriculture ministry": high,
        "implied by growth stated for 2019": implied_level(records, TOTAL, DISPUTED, unit="CNY"),
    }


def _as_printed(row: dict[str, object]) -> Bounds:
    value, low, high = printed_ends(row)
    return Bounds.of(Input(f"{row['series_id']}@{row['period_start']}", value, low, high, "CNY"))


def catching_up(records: Records) -> pd.DataFrame:
    """Online sales of the poor counties relative to all rural ones, 2018 to 2020, under each value for 2018.

    Returns
    -------
    DataFrame
        ``value_2018``, ``year``, ``ratio``, ``low``, ``high``, ``change_points`` (percentage points to
        2020, as a share). The values of 2019 and 2020 are the same under each.
    """
    later = {
        year: observed(records, TOTAL, str(year)) / observed(records, RURAL, str(year))
        for year in (DISPUTED + 1, DISPUTED + 2)
    }
    rows = []
    for name, sales in disputed_values(records).items():
        ratios = {DISPUTED: sales / observed(records, RURAL, str(DISPUTED))} | later
        rows += [
            (name, year, *ends(one), later[DISPUTED + 2].value - one.value)
            for year, one in ratios.items()
        ]
    return pd.DataFrame(
        rows, columns=["value_2018", "year", "ratio", "low", "high", "change_points"]
    )


# -- findings --------------------------------------------------------------------------------------


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on sales, what they can mean for people, and their growth."""
    yield from _for_people(records)
    yield from _needed(records)
    yield from _revised(records)
    yield from _catching_up(records)


def _for_people(records: Records) -> Iterator[Result]:
    total = observed(records, TOTAL, YEAR)
    services = observed(records, SERVICES, YEAR) / total
    per = {name: 1 / over(records, INCOME, name, YEAR) for name in (TOTAL, SERVICES)}
    yield result("ecommerce.sales-per-person", per[TOTAL])
    yield result("ecommerce.services-per-person", per[SERVICES])
    yield result(
        "ecommerce.other-goods-per-person", other_goods(records) / bounds_of(records, INCOME)
    )
    yield result("ecommerce.services-share-of-sales", services)
    yield result("ecommerce.farm-share-of-sales", observed(records, FARM, YEAR) / total)


def _needed(records: Records) -> Iterator[Result]:
    slugs = {
        "Longnan, 2015": "longnan-2015",
        "Sichuan, to mid-2020": "sichuan",
        "Longnan, 2019": "longnan-2019",
    }
    for place, part in needed_part(records).items():
        yield result(f"ecommerce.part-needed-{slugs[place]}", part)
    yield result("ecommerce.gain-per-person-most", any_gain(records))
    yield result("ecommerce.break-even-each-of-two", root(needed_part(records)["Longnan, 2019"], 2))


def _revised(records: Records) -> Iterator[Result]:
    published = {
        f"{slug}-{year}": (name, year, observed(records, name, str(year)))
        for slug, name, year in (
            ("rural", RURAL, 2017),
            ("rural", RURAL, 2020),
            ("farm", NATIONAL_FARM, 2018),
            ("farm", NATIONAL_FARM, 2021),
        )
    }
    lowest = disputed_values(records)["report quoted by the press"]
    published["poor-counties-2018"] = (TOTAL, DISPUTED, lowest)
    for slug, (name, year, level) in published.items():
        implied_by_growth = implied_level(records, name, year, unit="CNY")
        yield result(f"ecommerce.revision-{slug}", implied_by_growth / level)
    first, second = (observed(records, RURAL_PART, start, last=end) for start, end in HALF)
    half = second / (growth_bounds(records, RURAL_PART, 2017, ends=HALF_END) + 1) / first
    jump = observed(records, RURAL, str(CONCEPTS[1])) / observed(records, RURAL, str(CONCEPTS[0]))
    yield result("ecommerce.revision-rural-half-2016", half)
    yield result("ecommerce.concept-change-2016", jump)


def _catching_up(records: Records) -> Iterator[Result]:
    rural, values = observed(records, RURAL, str(DISPUTED)), disputed_values(records).values()
    for slug, sales in zip(("press", "agriculture", "implied"), values, strict=True):
        yield result(f"ecommerce.poor-counties-relative-to-rural-{DISPUTED}-{slug}", sales / rural)
    for year in (str(DISPUTED + 1), str(DISPUTED + 2)):
        yield result(
            f"ecommerce.poor-counties-relative-to-rural-{year}",
            observed(records, TOTAL, year) / observed(records, RURAL, year),
        )
