"""Local cases: what is stated of Longnan, Fuping and three counties of Hunan, and what later figures say."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import observed, over, printed_ends, registry
from analysis.methods.consistency import Check, monotone
from analysis.records.load import Records
from analysis.records.series import best

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
SERIES = (SHOPS, GAINS, POOR, INCOME, SALES, LINE, NATION_POOR)
DECEMBER, LATEST = "2015-12-15", "2020-06-10"
BASE = "2014"  # year of the poor population and of the income
A_YEAR = (
    "If the gain is one year's: the text does not say whether it is per year or since the start."
)
NO_COMPARISON = "Nothing is compared with poor people elsewhere or without online stores."
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


def stores_never_fall(records: Records) -> Check:
    """Whether the document's figure and the later ones form a number that never falls."""
    return monotone(stores_over_time(records))


def sales_told(records: Records) -> pd.DataFrame:
    """The two figures on Longnan's online sales, as printed.

    Returns
    -------
    DataFrame
        ``period_start``, ``period_end``, ``value`` (yuan), ``qualifier``, ``grade``, ``publisher``, ``published``.
    """
    return records.series_rows(SALES)[
        ["period_start", "period_end", "value", "qualifier", "grade", "publisher", "published"]
    ].reset_index(drop=True)


def poor_beside_nation(records: Records) -> pd.DataFrame:
    """The poor of Longnan and of rural China at the end of 2014 and of 2016, and the change between.

    Returns
    -------
    DataFrame
        ``place``, ``poor_2014``, ``poor_2016`` (persons), ``ratio``, ``low``, ``high`` (2016 over 2014).
    """
    rows = []
    for place, series_id in (("Longnan", POOR), ("China (rural)", NATION_POOR)):
        first, last = observed(records, series_id, BASE), observed(records, series_id, "2016")
        ratio = last / first
        rows.append((place, first.value, last.value, ratio.value, ratio.low, ratio.high))
    return pd.DataFrame(rows, columns=["place", "poor_2014", "poor_2016", "ratio", "low", "high"])


def cases(records: Records) -> pd.DataFrame:
    """Every local case: what is stated, its grade, what it can be divided by, what was found later, and the verdict.

    Returns
    -------
    DataFrame
        ``case``, ``stated``, ``grade``, ``period``, ``denominator``, ``later``, ``verdict``
        ("corroborated", "later figure, not comparable", "not corroborated", "no figure").
    """
    none = "none found"
    rows = [
        _case(
            records,
            STORES,
            "none stated",
            "four counts to 2020, the first three months later",
            "corroborated",
        ),
        _case(
            records,
            GAIN,
            "poor people and rural income of the city, 2014",
            "a larger gain for 2019, ascribed by the city",
            "later figure, not comparable",
        ),
        _case(
            records, FUPING_SALES, "none: period and goods are not stated", none, "not corroborated"
        ),
        _case(records, FUPING_RANK, "none: an ordinal number", none, "not corroborated"),
        _case(records, PROMOTION_RANK, "none: an ordinal number", none, "not corroborated"),
    ]
    rows += [
        (f"{county}, Hunan", words, "", "not stated", "none: no figure", none, "no figure")
        for county, words in NAMED.items()
    ]
    return pd.DataFrame(
        rows, columns=["case", "stated", "grade", "period", "denominator", "later", "verdict"]
    )


def _case(
    records: Records, claim_id: str, denominator: str, later: str, verdict: str
) -> tuple[str, ...]:
    claim = records.claim(claim_id)
    ends = [end for end in dict.fromkeys((claim.period_start, claim.period_end)) if end]
    period = f"to {ends[0]}" if ends and not claim.period_start else " to ".join(ends)
    return (
        claim.geography,
        claim.as_stated,
        claim.grade,
        period or "not stated",
        denominator,
        later,
        verdict,
    )


def findings(records: Records) -> tuple[Finding, ...]:
    """Findings on Longnan; of Fuping and the three counties of Hunan nothing can be calculated."""
    return (*_stores(records), *_gain(records), *_sales_and_poor(records))


def _stores(records: Records) -> tuple[Finding, ...]:
    december, latest = observed(records, SHOPS, DECEMBER), observed(records, SHOPS, LATEST)
    return (
        finding(
            records,
            over(records, STORES, SHOPS, DECEMBER),
            "local.longnan-stores-over-december",
            label="online stores stated for September 2015, relative to those counted in December",
            period="2015",
            note="Below one, as a number that grows must be: corroborated by a farm newspaper, which may have the same source.",
        ),
        finding(
            records,
            latest / december,
            "local.longnan-shops-2020-over-2015",
            label="online stores of Longnan in June 2020, over December 2015",
            period="2020 over 2015",
            note="At most: the earlier number is stated as more than. How many still sold is not stated.",
        ),
    )


def _gain(records: Records) -> tuple[Finding, ...]:
    later = 1 / over(records, GAIN, GAINS, "2019")
    return (
        finding(
            records,
            gain_over_income(records),
            "local.longnan-gain-relative-to-income",
            label="stated gain per poor person, relative to rural income per person of Longnan in 2014",
            period="2015 over 2014",
            note=f"{A_YEAR} The poor earned less than the mean of the city.",
        ),
        finding(
            records,
            gain_over_line(records),
            "local.longnan-gain-relative-to-line",
            label="the same, relative to the national poverty line of 2014",
            period="2015 over 2014",
            note=f"{A_YEAR} A size: the line is no income.",
        ),
        finding(
            records,
            later,
            "local.longnan-gain-2019-over-2015",
            label="gain that the city ascribed to e-commerce for 2019, over the one stated in 2015",
            period="2019 over 2015",
            note=f"Other people: the poor of 2019 are those left. {A_YEAR}",
        ),
        finding(
            records,
            implied_gain(records),
            "local.longnan-implied-gain",
            label="stated gain for all the poor of Longnan at the end of 2014",
            period="2015",
            note=f"If the mean is over all of them. {NO_COMPARISON}",
        ),
    )


def _sales_and_poor(records: Records) -> tuple[Finding, ...]:
    told, year = observed(records, SALES, DECEMBER), observed(records, SALES, "2015")
    sales = "Both are stated as more than: direction unknown."
    fall = {
        name: 1 - observed(records, series_id, "2016") / observed(records, series_id, BASE)
        for name, series_id in (("longnan", POOR), ("nation", NATION_POOR))
    }
    return (
        finding(
            records,
            year / told,
            "local.longnan-sales-two-reports",
            label="online sales of Longnan in 2015 by a report of 2016, over those told in December 2015",
            period="2015",
            note=f"{sales} The earlier report names no period.",
        ),
        finding(
            records,
            implied_gain(records) / told,
            "local.longnan-gain-over-sales",
            label="gain of all the poor of Longnan, over online sales told in December 2015",
            period="2015",
            note=sales,
        ),
        finding(
            records,
            told / observed(records, SHOPS, DECEMBER),
            "local.longnan-sales-per-shop",
            label="online sales told in December 2015 per online store",
            period="2015",
            note=f"{sales} Turnover, not income.",
        ),
        finding(
            records,
            fall["longnan"],
            "local.longnan-poor-fall",
            label="fall in the number of poor in Longnan, 2014 to 2016",
            period="2016 over 2014",
            note=f"{NO_COMPARISON} It fell in the nation as well.",
        ),
        finding(
            records,
            fall["nation"],
            "local.nation-poor-fall",
            label="fall in the number of rural poor in China, 2014 to 2016",
            period="2016 over 2014",
            note="For comparison only: survey here, register in Longnan.",
        ),
    )
