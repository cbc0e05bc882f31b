"""Local cases: what is stated of Longnan, Fuping and three counties of Hunan, and what later figures say."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, printed_ends, registry
from analysis.records.load import Records
from analysis.records.series import best
from analysis.words.findings import Result, as_findings, result

STORES = "rural-ecommerce-opinions-2015.longnan-stores"
GAIN = "rural-ecommerce-opinions-2015.longnan-income-gain"
FUPING_SALES = "rural-ecommerce-opinions-2015.fuping-online-sales"
FUPING_RANK = "rural-ecommerce-opinions-2015.fuping-first-store"
PROMOTION_RANK = "hunan-2017.rank-promotion"
SHOPS = "longnan-shops"
GAINS = "longnan-income-gain"
POOR = "longnan-poor-pop"
INCOME = "longnan-rural-inc"
SALES = "longnan-online-sales"
LINE = "cn-povline-cur"
NATION_POOR = "cn-rpov-n-2010std"
PROVINCE_POOR = "gansu-poor-pop"
REGISTERED = "2013"  # the year of the first register
SERIES = (SHOPS, GAINS, POOR, INCOME, SALES, LINE, NATION_POOR, PROVINCE_POOR)
DECEMBER, LATEST = "2015-12-15", "2020-06-10"
BASE = "2014"  # year of the poor population and of the income
NAMED = {
    "Qidong": "online halls for its daylily",
    "Sangzhi": "farm products collected for online sales",
    "Xinhua": "live-streamed farming",
}


def _one_year(quantity: Bounds) -> Bounds:
    """A yearly quantity over one year."""
    return quantity * Bounds.exactly(1, "year")


def gain_over_income(records: Records) -> Bounds:
    """Stated gain per poor person of Longnan, relative to rural income per person there in 2014: a pure number."""
    return registry(records).ratio(
        bounds_of(records, GAIN), GAIN, _one_year(observed(records, INCOME, BASE)), INCOME
    )


def gain_over_line(records: Records) -> Bounds:
    """Stated gain per poor person of Longnan, relative to the national poverty line of 2014: a pure number."""
    return registry(records).ratio(
        bounds_of(records, GAIN), GAIN, _one_year(observed(records, LINE, BASE)), LINE
    )


def implied_gain(records: Records) -> Bounds:
    """Stated gain × the poor of Longnan at the end of 2014, in yuan: what the city's poor would have gained together."""
    return bounds_of(records, GAIN) * observed(records, POOR, BASE)


def stores_over_time(records: Records) -> pd.DataFrame:
    """Online stores of Longnan: the document's figure and every later one, with the ends that their words allow.

    Returns
    -------
    DataFrame
        ``period`` (day), ``value``, ``low``, ``high`` (infinite for "more than"), ``whose`` (claim
        or series), ``grade``.
    """
    claim = records.claim(STORES)
    stated = bounds_of(records, STORES)
    rows = [(claim.period_end, stated.value, stated.low, stated.high, STORES, claim.grade)]
    for row in best(records, SHOPS).to_dict("records"):
        value, low, high = printed_ends(row)
        rows.append((row["period_end"], value, low, high, SHOPS, row["grade"]))
    return pd.DataFrame(rows, columns=["period", "value", "low", "high", "whose", "grade"])


def poor_beside_nation(records: Records) -> pd.DataFrame:
    """The poor of Longnan beside those of its province and of rural China, and the change to 2016.

    Returns
    -------
    DataFrame
        ``place``, ``since`` (year of the first count), ``poor_then``, ``poor_2016`` (persons), ``ratio``,
        ``low``, ``high`` (2016 over then). The province is known for 2013, the nation's survey for 2014.
    """
    rows = []
    for place, series_id, since in (
        ("Longnan", POOR, REGISTERED),
        ("Gansu", PROVINCE_POOR, REGISTERED),
        ("Longnan", POOR, BASE),
        ("China (rural)", NATION_POOR, BASE),
    ):
        first, last = observed(records, series_id, since), observed(records, series_id, "2016")
        rows.append((place, int(since), first.value, last.value, *ends(last / first)))
    columns = ["place", "since", "poor_then", "poor_2016", "ratio", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def cases(records: Records) -> pd.DataFrame:
    """Every local case: what is stated, its grade, what it can be divided by, what was found later, and the verdict.

    Returns
    -------
    DataFrame
        ``case``, ``stated``, ``grade``, ``period``, ``denominator``, ``later``, ``verdict``
        ("consistent, perhaps one source", "later figure, not comparable", "nothing else found", "no figure").
    """
    later = "four counts to 2020, the first three months later"
    larger = "a larger gain for 2019, ascribed by the city"
    none, ordinal = "none found", "none: an ordinal number"
    rows = [
        _case(records, *words)
        for words in (
            (STORES, "none stated", later, "consistent, perhaps one source"),
            (
                GAIN,
                "poor people and rural income of the city, 2014",
                larger,
                "later figure, not comparable",
            ),
            (FUPING_SALES, "none: period and goods are not stated", none, "nothing else found"),
            (FUPING_RANK, ordinal, none, "nothing else found"),
            (PROMOTION_RANK, ordinal, none, "nothing else found"),
        )
    ]
    rows += [
        (f"{county}, Hunan", words, "", "not stated", "none: no figure", none, "no figure")
        for county, words in NAMED.items()
    ]
    columns = ["case", "stated", "grade", "period", "denominator", "later", "verdict"]
    return pd.DataFrame(rows, columns=columns)


def _case(
    records: Records, claim_id: str, denominator: str, later: str, verdict: str
) -> tuple[str, ...]:
    claim = records.claim(claim_id)
    days = [day for day in dict.fromkeys((claim.period_start, claim.period_end)) if day]
    period = f"to {days[0]}" if days and not claim.period_start else " to ".join(days)
    stated = (claim.geography, claim.as_stated, claim.grade, period or "not stated")
    return *stated, denominator, later, verdict


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on Longnan; of Fuping and the three counties of Hunan nothing can be calculated."""
    yield from _stores(records)
    yield from _gain(records)
    yield from _sales_and_poor(records)


def _stores(records: Records) -> Iterator[Result]:
    december, latest = observed(records, SHOPS, DECEMBER), observed(records, SHOPS, LATEST)
    yield result("local.longnan-stores-over-december", over(records, STORES, SHOPS, DECEMBER))
    yield result("local.longnan-shops-2020-over-2015", latest / december)


def _gain(records: Records) -> Iterator[Result]:
    later = 1 / over(records, GAIN, GAINS, "2019")
    yield result("local.longnan-gain-relative-to-income", gain_over_income(records))
    yield result("local.longnan-gain-relative-to-line", gain_over_line(records))
    yield result("local.longnan-gain-2019-over-2015", later)
    yield result("local.longnan-implied-gain", implied_gain(records))


def _sales_and_poor(records: Records) -> Iterator[Result]:
    told, year = observed(records, SALES, DECEMBER), observed(records, SALES, "2015")
    fall = {
        name: 1 - observed(records, series_id, "2016") / observed(records, series_id, BASE)
        for name, series_id in (("longnan", POOR), ("nation", NATION_POOR))
    }
    yield result("local.longnan-sales-two-reports", year / told)
    yield result("local.longnan-gain-over-sales", implied_gain(records) / told)
    yield result("local.longnan-sales-per-shop", told / observed(records, SHOPS, DECEMBER))
    yield result("local.longnan-poor-fall", fall["longnan"])
    yield result("local.nation-poor-fall", fall["nation"])
    for name, series_id in (("longnan", POOR), ("gansu", PROVINCE_POOR)):
        left = observed(records, series_id, "2016") / observed(records, series_id, REGISTERED)
        yield result(f"local.{name}-poor-fall-since-2013", 1 - left)
