"""Hunan: at which exchange rates the printed pairs of yuan and dollars can have been converted, and when."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, spread
from analysis.bounds.claims import bounds_of
from analysis.bounds.intervals import Common, Interval, intersect, rounded
from analysis.bounds.observed import observed
from analysis.bounds.rates import monthly_rates, usd_cny
from analysis.bounds.terms import Input
from analysis.methods.chains import Months, implied_rate, months_inside
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.printed import figure, last_digit
from analysis.words.findings import Result, as_findings, result

COMMERCE = "hunan-2017.funds-commerce"
CENTRAL = "hunan-2017.funds-central"
OFFICE = "hunan-2017.funds-poverty-office"
PRACTICE = "hunan-2017.practice-period"
SOURCE = "hunan-2017"
ANNUAL = ("usdcny-fed", "usdcny-wdi")
SERIES = ("usd-cny", *ANNUAL)
PAIRS = (COMMERCE, CENTRAL, OFFICE)
READINGS = ("dollars rounded", "both rounded", "office's zero not counted")
YEAR = "2016"
STRIP = ("2016-01", "2017-12")
MONTHS_OF_YEAR = 12


def dollars(records: Records, claim_id: str) -> tuple[float, float]:
    """Printed conversion of an amount, in US dollars, and the unit of its last printed digit."""
    found = figure(records.claim(claim_id).stated_usd)
    if found is None:
        raise QuantityError(f"{claim_id} prints no dollars beside its yuan")
    return float(found[0]), float(found[1])


def pair_rates(records: Records, *, reading: str = "dollars rounded") -> dict[str, Interval]:
    """Rates, in yuan per US dollar, at which each printed pair can have been converted.

    Parameters
    ----------
    records : Records
    reading : {"dollars rounded", "both rounded", "office's zero not counted"}
        ``dollars rounded``: the converter had the printed yuan and rounded the dollars to their
        last printed digit. ``both rounded``: the yuan were rounded to their last printed digit too. ``office's zero not counted``: as the first, with 2.90 read as 2.9.

    Returns
    -------
    dict
        Claim -> interval.

    References
    ----------
    Claims hunan-2017.funds-commerce, hunan-2017.funds-central, hunan-2017.funds-poverty-office.
    """
    found = {}
    for claim_id in PAIRS:
        value, unit = dollars(records, claim_id)
        if reading == READINGS[2]:
            unit = last_digit(value)[0]
        stated = records.claim(claim_id)
        found[claim_id] = implied_rate(
            stated.value_low,
            value,
            yuan_unit=last_digit(stated.value_low, stated.last_digit)[0]
            if reading == READINGS[1]
            else 0,
            dollar_unit=unit,
        )
    return found


def common_rate(records: Records, *, reading: str = "dollars rounded") -> Common:
    """Rates that all three pairs allow, in yuan per US dollar, and which pairs set the ends."""
    return intersect(pair_rates(records, reading=reading))


def months_of(records: Records, interval: Interval) -> Months:
    """Months up to that of the page whose rates meet an interval."""
    rates = monthly_rates(records)
    return months_inside(
        rates[rates["month"] <= records.source(SOURCE).page_date[:7]], interval=interval
    )


def round_rates(records: Records) -> pd.DataFrame:
    """Round rates that give all three printed dollars, with two digits in either direction: a rate remembered, of no month.

    Returns
    -------
    DataFrame
        ``quoted`` ("yuan per dollar" or "dollars per yuan"), ``rate`` as quoted, ``cny_per_usd``.
    """
    found = []
    for quoted, rates in (
        ("yuan per dollar", [tenths / 10 for tenths in range(60, 75)]),
        ("dollars per yuan", [thousandths / 1000 for thousandths in range(130, 170, 5)]),
    ):
        for rate in rates:
            cny = rate if quoted == "yuan per dollar" else 1 / rate
            made = [
                (records.claim(name).value_low / cny, *dollars(records, name)) for name in PAIRS
            ]
            if all(abs(value - printed) <= unit / 2 for value, printed, unit in made):
                found.append((quoted, rate, cny))
    return pd.DataFrame(found, columns=["quoted", "rate", "cny_per_usd"])


def readings(records: Records) -> pd.DataFrame:
    """What each reading of the printed amounts leaves of rates and months.

    Returns
    -------
    DataFrame
        ``reading``, ``low``, ``high`` (yuan per US dollar), ``set_by`` (pairs that set the ends),
        ``months`` (number whose days meet the interval), ``first``, ``last``.
    """
    rows = []
    for reading in READINGS:
        common = common_rate(records, reading=reading)
        interval = common.shared
        months = months_of(records, interval).touching
        set_by = " and ".join(
            dict.fromkeys(name.split(".")[1] for name in (common.low_from, common.high_from))
        )
        row = (reading, interval.low, interval.high, set_by, len(months), months[0], months[-1])
        rows.append(row)
    columns = ["reading", "low", "high", "set_by", "months", "first", "last"]
    return pd.DataFrame(rows, columns=columns)


def strip(records: Records) -> pd.DataFrame:
    """Months of 2016 and 2017 with their rates, and how each stands to the rates that all pairs allow.

    Returns
    -------
    DataFrame
        ``month``, ``mean``, ``low``, ``high`` (yuan per US dollar), ``days_meet``, ``mean_inside``,
        ``says_nearly_a_year`` (whether the month also fits "nearly one year" after April 2016).
    """
    rates, interval = monthly_rates(records), common_rate(records).shared
    data = rates[rates["month"].between(*STRIP)].reset_index(drop=True)
    months, (first, last) = months_inside(data, interval=interval), practice_months(records)
    fits = data["month"].between(first, last)
    return data.assign(
        days_meet=data["month"].isin(months.touching),
        mean_inside=data["month"].isin(months.mean_inside),
        says_nearly_a_year=fits,
    )


def practice_months(records: Records) -> tuple[str, str]:
    """First and last month that "after nearly one year" of practice allows: after 2016, within a year of its beginning."""
    claim = records.claim(PRACTICE)
    year, month = (int(part) for part in claim.period_start.split("-"))
    at = (
        year * MONTHS_OF_YEAR
        + month
        - 1
        + round(bounds_of(records, PRACTICE).high * MONTHS_OF_YEAR)
    )
    return f"{int(YEAR) + 1}-01", f"{at // MONTHS_OF_YEAR}-{at % MONTHS_OF_YEAR + 1:02d}"


def dating(records: Records) -> pd.DataFrame:
    """The steps by which the writing of the text is dated.

    Returns
    -------
    DataFrame
        ``step``, ``rests_on``, ``first``, ``last`` (months), ``months`` (how many are left).
    """
    page, data = records.source(SOURCE).page_date[:7], strip(records)
    met, inside = (
        data.loc[data[name] & (data["month"] <= page), "month"]
        for name in ("days_meet", "mean_inside")
    )
    first, last = practice_months(records)
    rows = [
        ("what it describes", "the text: in 2016", f"{YEAR}-01", f"{YEAR}-12", MONTHS_OF_YEAR),
        ("page", "date of the page", page, page, 1),
        (
            "days of the month meet the common rates",
            "three pairs of amounts",
            met.min(),
            met.max(),
            len(met),
        ),
        (
            "mean of the month lies inside",
            "three pairs of amounts",
            inside.min(),
            inside.max(),
            len(inside),
        ),
        (
            "and the year was over, practice nearly a year",
            "the text: in 2016; nearly one year since April",
            first,
            last,
            int(met.between(first, last).sum()),
        ),
    ]
    return pd.DataFrame(rows, columns=["step", "rests_on", "first", "last", "months"])


def mean_rate(records: Records) -> Bounds:
    """Yuan per US dollar over 2016: plain mean of its months, from the lowest to the highest day."""
    months = [f"{YEAR}-{month:02d}" for month in range(1, MONTHS_OF_YEAR + 1)]
    return spread(*(usd_cny(records, month) for month in months)).closed(
        f"mean(usd-cny@{months[0]} … {months[-1]})"
    )


def annual_means(records: Records) -> pd.DataFrame:
    """Mean rates of 2016 and 2017 by three publishers, and whether the common interval holds them.

    Returns
    -------
    DataFrame
        ``publisher``, ``year``, ``rate`` (yuan per US dollar), ``inside``.
    """
    interval, rates = common_rate(records).shared, monthly_rates(records)
    rows = []
    for year in (YEAR, str(int(YEAR) + 1)):
        own = float(rates.loc[rates["month"].str.startswith(year), "mean"].mean())
        found = {"European Central Bank, mean of months": own} | {
            name: observed(records, name, year).value for name in ANNUAL
        }
        rows += [
            (name, int(year), rate, interval.low <= rate <= interval.high)
            for name, rate in found.items()
        ]
    return pd.DataFrame(rows, columns=["publisher", "year", "rate", "inside"])


def printed_dollars(records: Records) -> Bounds:
    """The three printed conversions together, in US dollars, each within half a unit of its last printed digit."""
    found = Bounds.exactly(0, "USD")
    for claim_id in PAIRS:
        value, unit = dollars(records, claim_id)
        printed, name = rounded(value, unit=unit), f"US dollars printed with {claim_id}"
        found = found + Bounds.of(
            Input(name, value, printed.low, printed.high, "USD", sources=(claim_id,))
        )
    return found


def _rate(value: float, interval: Interval, *, formula: str, sources: tuple[str, ...]) -> Bounds:
    return Bounds.of(
        Input(
            formula,
            value,
            interval.low,
            interval.high,
            "CNY / USD",
            sources=sources,
            formula=formula,
        )
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the rates that the printed pairs allow, and on the amounts at the mean rate of 2016."""
    rates = pair_rates(records)
    for slug, claim_id in {"commerce": COMMERCE, "central": CENTRAL, "office": OFFICE}.items():
        value = records.claim(claim_id).value_low / dollars(records, claim_id)[0]
        formula = f"{claim_id} ÷ its printed US dollars"
        rate = _rate(value, rates[claim_id], formula=formula, sources=(claim_id,))
        yield result(f"hunan.rate-{slug}", rate)
    yield from _together(records)


def _together(records: Records) -> Iterator[Result]:
    common, names = common_rate(records), tuple(sorted(PAIRS))
    value = records.claim(OFFICE).value_low / dollars(records, OFFICE)[0]
    rate = _rate(value, common.shared, formula=f"intersection({', '.join(names)})", sources=names)
    total = sum((bounds_of(records, name) for name in PAIRS), Bounds.exactly(0, "CNY"))
    yield result("hunan.rate-common", rate)
    yield result("hunan.mean-rate-2016", mean_rate(records))
    yield result("hunan.funds-usd-printed", printed_dollars(records))
    yield result("hunan.funds-usd-at-2016", total / mean_rate(records))
    yield result("hunan.rate-over-mean-2016", rate / mean_rate(records))
