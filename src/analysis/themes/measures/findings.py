"""Policy measures and timeline: what five documents announce, how two coders read it, and when it was."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.methods.agreement import cohen_kappa
from analysis.methods.scenarios import assumption
from analysis.records.load import Records
from analysis.records.periods import first_day, last_day
from analysis.words.findings import Result, as_findings, result, share

SERIES = ()
LATER = "demonstration"  # a theme of the second edition, which the coders did not have
THEMES = (
    *("platforms_partnerships", "governance", "market_entities", "training", "infrastructure"),
    *("branding", "finance", "labour_mobility", "rural_services", "logistics", "trade_fair"),
    *("border_trade", "epidemic_response", "publicity", "consumption", LATER, "not_stated"),
)
# the strongest first
INSTRUMENTS = ("fund", "regulation", "tax_fee_exemption", "programme", "event", "guidance")
DOCUMENTS = (  # by event date
    *("rural-ecommerce-opinions-2015", "state-council-2015", "hunan-2017"),
    *("covid-notice-2020", "scio-2021"),
)
CODED = ("instrument", "target_group", "channel")
AGREEMENT = ("n", "agreed", "share", "share_low", "kappa", "low", "high")
UNNAMED = "announced but not named"
TEN, NOTICE = "rural-ecommerce-opinions-2015.ten-measures", "covid-notice-2020.twelve-measures"
LISTS = (
    "scio-2021.policy-aspects",
    "scio-2021.next-aspects",
    "rural-ecommerce-opinions-2015.five-tasks",
    TEN,
    "state-council-2015.six-measures",
    NOTICE,
)
# the codebook does not split them
BUNDLES = ("state-council-2015.measure-2", "state-council-2015.measure-3")
SAME_EVENTS = (
    "nineteen-departments-2015",
    "six-measures-2015",
    "covid-notice-2020",
    "scio-briefing-2021",
)  # events that announce the measures


def coded_headlines(records: Records) -> pd.DataFrame:
    """Headline items as both coders had them, over which they are compared: without items that a later edition added."""
    rows = headlines(records, named=False)
    return rows[~rows["amended"].str.contains("level")].reset_index(drop=True)


def headlines(records: Records, *, named: bool = True) -> pd.DataFrame:
    """Items that the documents number or name as measures; by default only those with content, which enter shares."""
    rows = records.measures[records.measures["level"] == "headline"]
    return (rows[rows["status"] != UNNAMED] if named else rows).reset_index(drop=True)


def presence(rows: pd.DataFrame, column: str = "themes") -> pd.DataFrame:
    """Measures by themes, 1 where the measure has the theme.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``measures.csv``.
    column : {"themes", "themes_first", "themes_second"}
        Adjudicated, or as one coder has it.
    """
    sets = [set(text.split("; ")) for text in rows[column]]
    return pd.DataFrame(
        [[int(theme in one) for theme in THEMES] for one in sets],
        columns=list(THEMES),
        index=rows["measure_id"],
    )


def lists(records: Records) -> pd.DataFrame:
    """Lists of measures: the number that the document states, items coded, and items with content.

    Returns
    -------
    DataFrame
        ``counted_by`` (claim), ``stated``, ``items``, ``named``.
    """
    rows = headlines(records, named=False)
    rows = rows[rows["counted_by"] != ""].assign(named=rows["status"] != UNNAMED)
    data = (
        rows.groupby("counted_by", sort=False)
        .agg(items=("named", "size"), named=("named", "sum"))
        .reset_index()
    )
    data.insert(1, "stated", [records.claim(name).value_low for name in data["counted_by"]])
    return data


def agreement_by_theme(records: Records) -> pd.DataFrame:
    """Agreement of the two coders on the presence of each theme.

    Returns
    -------
    DataFrame
        ``theme``, ``first``, ``second``, ``both`` (measures that have it), ``n``, ``agreed``, ``share``,
        ``share_low`` (exact 95 % lower end), ``kappa``, ``low``, ``high`` (95 % interval, at most 1; it
        has no width where all agree). Themes that neither coder uses are left out.
    """
    rows = coded_headlines(records)
    one, two = presence(rows, "themes_first"), presence(rows, "themes_second")
    found = [
        (
            theme,
            *(sum(has) for has in (one[theme], two[theme], one[theme] & two[theme])),
            *_agreement(one[theme], two[theme]),
        )
        for theme in THEMES
        if one[theme].any() or two[theme].any()
    ]
    return pd.DataFrame(found, columns=["theme", "first", "second", "both", *AGREEMENT])


def agreement_by_column(records: Records) -> pd.DataFrame:
    """Agreement of the two coders on instrument, target group and channel.

    Returns
    -------
    DataFrame
        ``column``, and the columns of agreement as for themes.
    """
    rows = coded_headlines(records)
    found = [
        (column, *_agreement(rows[f"{column}_first"], rows[f"{column}_second"])) for column in CODED
    ]
    return pd.DataFrame(found, columns=["column", *AGREEMENT])


def _agreement(one: pd.Series, two: pd.Series) -> tuple[float, ...]:
    """The columns of ``AGREEMENT`` for one pair of codings."""
    from statsmodels.stats.proportion import proportion_confint

    found = cohen_kappa(one.tolist(), two.tolist())
    low = proportion_confint(found.agreed, found.n, method="beta")[0]
    high = min(found.high, 1.0)
    return found.n, found.agreed, found.observed, float(low), found.kappa, found.low, high


def disagreements(records: Records) -> pd.DataFrame:
    """Headlines on which the coders differ, with both codings, the decision and its reason."""
    rows = coded_headlines(records)
    found = [
        {
            "measure_id": row["measure_id"],
            "column": column,
            "first": row[f"{column}_first"],
            "second": row[f"{column}_second"],
            "adjudicated": row[column],
            "reason": row["reason"],
        }
        for row in rows.to_dict("records")
        for column in ("themes", *CODED)
        if row[f"{column}_first"] != row[f"{column}_second"]
    ]
    return pd.DataFrame(found)


def themes_by_document(records: Records) -> pd.DataFrame:
    """How many measures of each document have each theme, and of how many; several themes to a measure.

    Returns
    -------
    DataFrame
        ``source_id`` ("all" for the five together), ``theme``, ``measures``, ``n`` (named headline items), ``share``.
    """
    rows = headlines(records)
    table = presence(rows).assign(source_id=rows["source_id"].to_numpy())
    counts = table.groupby("source_id").sum().reindex(list(DOCUMENTS))
    counts.loc["all"] = counts.sum()
    sizes = rows["source_id"].value_counts().to_dict() | {"all": len(rows)}
    found = [
        (name, theme, int(counts.loc[name, theme]), int(sizes[name]))
        for name in counts.index
        for theme in THEMES[:-1]
    ]
    data = pd.DataFrame(found, columns=["source_id", "theme", "measures", "n"])
    return data.assign(share=data["measures"] / data["n"])


def instruments_by_document(records: Records) -> pd.DataFrame:
    """How many measures of each document have each instrument as their strongest act.

    Returns
    -------
    DataFrame
        ``source_id``, ``instrument``, ``measures``, ``n``, ``share``.
    """
    rows = headlines(records)
    counts = (
        rows.groupby(["source_id", "instrument"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=list(DOCUMENTS), columns=list(INSTRUMENTS), fill_value=0)
    )
    data = counts.stack().rename("measures").reset_index()
    data["n"] = data["source_id"].map(counts.sum(axis=1))
    return data.assign(share=data["measures"] / data["n"])


def split_bundles(records: Records) -> pd.DataFrame:
    """Theme counts of the State Council's measures, and of all, with two bundles split into their acts.

    Returns
    -------
    DataFrame
        ``scope``, ``theme``, ``bundled``, ``n_bundled``, ``split``, ``n_split``, and the two shares.
    """
    rows, acts = headlines(records), records.measures
    split = pd.concat(
        [
            rows[~rows["measure_id"].isin(BUNDLES)],
            acts[acts["measure_id"].str.startswith(tuple(f"{name}.sub-" for name in BUNDLES))],
        ]
    )
    found = []
    for scope in ("state-council-2015", "all"):
        parts = [
            data if scope == "all" else data[data["source_id"] == scope] for data in (rows, split)
        ]
        one, two = (presence(part).sum() for part in parts)
        found += [
            (scope, theme, int(one[theme]), len(parts[0]), int(two[theme]), len(parts[1]))
            for theme in THEMES
            if one[theme] + two[theme]
        ]
    data = pd.DataFrame(
        found, columns=["scope", "theme", "bundled", "n_bundled", "split", "n_split"]
    )
    return data.assign(
        share_bundled=data["bundled"] / data["n_bundled"],
        share_split=data["split"] / data["n_split"],
    )


def timeline(records: Records) -> pd.DataFrame:
    """Dated steps and the announcements of the coded measures, by the date of the event and never of a page.

    Returns
    -------
    DataFrame
        ``date``, ``precision``, ``first``, ``last`` (days that the date allows), ``what`` ("measures" or
        "step"), ``name`` (document or event), ``items`` (headline items announced), ``named`` (with content), ``actor``.
    """
    rows = headlines(records, named=False).assign(named=lambda data: data["status"] != UNNAMED)
    groups = (
        rows.groupby(["source_id", "announced", "precision"], sort=False)
        .agg(items=("named", "size"), named=("named", "sum"))
        .reset_index()
    )
    measures = groups.rename(columns={"announced": "date", "source_id": "name"})
    events = records.events[~records.events["event_id"].isin(SAME_EVENTS)]
    steps = events[["date", "precision", "event_id", "actor"]].rename(columns={"event_id": "name"})
    data = pd.concat(
        [measures.assign(what="measures", actor=""), steps.assign(what="step", items=0, named=0)]
    )[["date", "precision", "what", "name", "items", "named", "actor"]]
    data.insert(2, "first", [first_day(date).isoformat() for date in data["date"]])
    data.insert(3, "last", [last_day(date).isoformat() for date in data["date"]])
    return data.sort_values(["first", "last", "name"], kind="stable").reset_index(drop=True)


def named_items(records: Records) -> Bounds:
    """Headline items with content, as the documents count them: stated lists, the named part of one, and items without a stated number."""
    return _total(records, headlines(records))


def _total(records: Records, rows: pd.DataFrame) -> Bounds:
    """Number of rows in measures: a claim where the rows are all that it counts, else the rows themselves."""
    total, uncounted = Bounds.exactly(0, "measure"), 0
    for name, part in rows.groupby("counted_by", sort=False):
        if name and len(part) == records.claim(name).value_low:
            total += bounds_of(records, name) * Bounds.exactly(
                1, f"measure/{records.claim(name).unit}"
            )
        else:
            uncounted += len(part)
    return total + Bounds.exactly(uncounted, "measure")


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on policy measures."""
    rows, total = headlines(records), named_items(records)
    coded, notice = coded_headlines(records), rows[rows["counted_by"] == NOTICE]
    codes = [theme for theme in THEMES if theme != LATER]
    first, second = (presence(coded, f"themes_{coder}")[codes] for coder in ("first", "second"))
    themes, notices = presence(rows), presence(notice)
    named_of_ten = assumption(records, "measures-named-of-ten")
    yield result("measures.named-of-ten", named_of_ten, grade=records.claim(TEN).grade)
    yield _share("measures.naming-money", rows["names_money"] == "yes", total)
    yield _share("measures.naming-own-money", rows["money_of"] == "measure", total)
    yield _share("measures.partnerships", themes["platforms_partnerships"], total)
    yield _share("measures.governance", themes["governance"], total)
    of_notice = bounds_of(records, NOTICE)
    yield _share("measures.notice-governance", notices["governance"], of_notice)
    yield _share("measures.notice-epidemic", notices["epidemic_response"], of_notice)
    yield _share("measures.guidance", rows["instrument"] == "guidance", total)
    yield _share("measures.fund", rows["instrument"] == "fund", total)
    yield _share("measures.dated-2015", rows["announced"].str.startswith("2015"), total)
    cells = len(codes) * _total(records, coded)
    yield _share("measures.themes-agreed", first.eq(second).to_numpy(), cells)


def _share(key: str, part: pd.Series | np.ndarray, of: Bounds) -> Result:
    return share(key, int(np.sum(part)), of)
