"""E-commerce reach: the roll-out over counties, growth curves, and coverage at two levels."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import total
from analysis.bounds.observed import counted, observed
from analysis.methods.growth_curves import MODELS, GrowthFit, fit_growth
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.periods import decimal_year
from analysis.records.series import best
from analysis.words.findings import Result, as_findings, result

BATCH = "demo-counties-batch"
TOTAL = "demo-counties-cum"
POOR_COUNTIES = "demo-pc-cum"
RETAIL = "rural-online-retail"
VILLAGES = "village-ecom-point-share"
TAOBAO = "taobao-villages"
SERIES = (BATCH, TOTAL, POOR_COUNTIES, RETAIL, VILLAGES, TAOBAO)
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
    rows = best(records, series_id)
    rows = rows.assign(year=rows["period_end"].str[:4].astype(int)).drop_duplicates("year")
    return pd.Series(rows["value"].to_numpy(), index=rows["year"].to_numpy()).sort_index()


def county_fits(records: Records) -> pd.DataFrame:
    """Logistic and Gompertz fits to the cumulative counties of 2014 to 2019, the ceiling free and imposed.

    The imposed ceiling is the number of counties stated for the end of 2022. The last point is once
    the sum of the batches, once the number stated in May 2020.

    Returns
    -------
    DataFrame
        ``last_point``, ``model``, ``ceiling``, ``imposed``, ``rate`` a year, ``midpoint`` (year, as text),
        ``n``, ``aic``, ``aicc``; a fitted ceiling has three digits.
    """
    data = rollout(records).dropna(subset=["cumulative"])
    stated = data["cumulative"].where(data["year"] < LAST - 1, data["stated"])
    ceiling = counted(records, TOTAL, STATED_2022).value
    points = {"batches added up": data["cumulative"], "as stated": stated}
    fits = [
        (name, fit_growth(data["year"].tolist(), values.tolist(), model=model, ceiling=top))
        for name, values in points.items()
        for model in MODELS
        for top in (None, ceiling)
    ]
    return _fit_table(fits, "last_point")


def village_fits(records: Records) -> pd.DataFrame:
    """Logistic and Gompertz fits with a free ceiling to the Taobao villages, by date of the list.

    Returns
    -------
    DataFrame
        ``points``, then as ``county_fits``.
    """
    rows = best(records, TAOBAO)
    years = rows["period_end"].map(decimal_year).tolist()
    spans = {"all lists": slice(None), "to 2019": slice(None, sum(year <= LAST for year in years))}
    return _fit_table(
        [
            (name, fit_growth(years[span], rows["value"].tolist()[span], model=model))
            for name, span in spans.items()
            for model in MODELS
        ],
        "points",
    )


def poor_county_fit(records: Records) -> str:
    """Why no curve is fitted to the poor counties covered: the sentence of the refusal."""
    rows = best(records, POOR_COUNTIES).drop_duplicates("value")
    try:
        fit_growth(
            range(len(rows)), rows["value"].tolist(), model=MODELS[0], ceiling=rows["value"].max()
        )
    except QuantityError as refused:
        return str(refused)
    return ""


def _fit_table(fits: list[tuple[str, GrowthFit]], first: str) -> pd.DataFrame:
    rows = [
        (
            name,
            one.model,
            one.ceiling if one.ceiling_imposed else float(f"{one.ceiling:.3g}"),
            one.ceiling_imposed,
            round(one.rate, 2),
            f"{one.midpoint:.1f}",
            one.n,
            round(one.aic, 1),
            round(one.aicc, 1),
        )
        for name, one in fits
    ]
    return pd.DataFrame(
        rows, columns=[first, "model", "ceiling", "imposed", "rate", "midpoint", "n", "aic", "aicc"]
    )


def coverage(records: Records) -> pd.DataFrame:
    """Coverage of counties and of villages, as shares.

    Returns
    -------
    DataFrame
        ``level``, ``geography``, ``date``, ``counted``, ``share``, ``grade``.
    """
    whole = counted(records, POOR_COUNTIES, "2019").value
    counties, villages = best(records, POOR_COUNTIES), best(records, VILLAGES)
    of_all = [f"{value:.0f} of {whole:.0f}" for value in counties["value"]]
    parts = (
        counties.assign(level="counties", counted=of_all, share=counties["value"] / whole),
        villages.assign(
            level="villages",
            counted=villages["qualifier"].str.removeprefix("printed "),
            share=villages["value"],
        ),
    )
    data = pd.concat(parts, ignore_index=True).rename(columns={"period_end": "date"})
    return data[["level", "geography", "date", "counted", "share", "grade"]]


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on roll-out and coverage."""
    added = total(counted(records, BATCH, str(year)) for year in range(2014, LAST))
    whole, retail = counted(records, POOR_COUNTIES, "2019"), observed(records, RETAIL, str(LAST))
    points = observed(records, VILLAGES, "2020-12-31", geography=POOR_CENSUS)
    yield result("ecommerce.counties-by-batches", added)
    yield result("ecommerce.counties-counted-again", added - counted(records, TOTAL, STATED_2020))
    yield result(
        "ecommerce.poor-counties-covered-2017", counted(records, POOR_COUNTIES, "2017") / whole
    )
    yield result(
        "ecommerce.poor-counties-covered-2018", counted(records, POOR_COUNTIES, "2018") / whole
    )
    yield result(
        "ecommerce.retail-2016-relative-to-2020", observed(records, RETAIL, "2016") / retail
    )
    yield result(
        "ecommerce.retail-2018-relative-to-2020", observed(records, RETAIL, "2018") / retail
    )
    yield result("ecommerce.villages-with-point", points)
