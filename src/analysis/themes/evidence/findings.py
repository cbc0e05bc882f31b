"""Published evidence: what studies print, by question and design, and whether estimates grow as designs weaken.

No study here is of the ministry's whole programme against a comparison. Estimates are set side by side
only where question, outcome and unit are the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.finding import PUBLISHED
from analysis.bounds.terms import Input
from analysis.methods.plausibility import in_percent
from analysis.records.load import Records
from analysis.records.periods import first_day
from analysis.themes.evidence.errors import count_estimates
from analysis.words.findings import Result, as_findings, result

SERIES = ()
QUESTIONS = (
    "demonstration_income",
    "ecommerce_income",
    "ecommerce_other",
    "poor_county",
    "work_abroad",
    "bias",
    "export_promotion",
    "job_programmes",
    "border_policy",
)
DESIGNS = (
    "randomised",
    "discontinuity",
    "difference_in_differences",
    "panel",
    "instrumental_variables",
    "selection",
    "cross_section",
    "descriptive",
    "review",
)  # the strongest first: a convention, decision 0014
OVERALL = ("main", "robustness")  # results for a whole sample
LOGS, PERCENT, A_YEAR, WHOLE = "log points", "percent", "percent a year", "percent over the period"
BIAS = "bias"
NOTHING = ("null", "mixed")  # no difference, or one that changes from group to group
LARGER, SMALLER, ALIKE = "larger", "smaller", "no clear difference"


def estimates(records: Records) -> pd.DataFrame:
    """Every published estimate or finding, with its number in a unit that can be compared.

    Parameters
    ----------
    records : Records

    Returns
    -------
    DataFrame
        Columns of ``evidence.csv``, and ``low``, ``value``, ``high`` in ``unit``: log points become percent,
        a percentage over a period one a year; of a printed range, its ends and its middle. Not a number
        where none was seen. In order of question and design.
    """
    rows = records.evidence
    ends = pd.DataFrame(
        [_comparable(row) for row in rows.to_dict("records")],
        columns=["low", "value", "high", "unit"],
        index=rows.index,
    )
    places = [
        rows["question"].map(QUESTIONS.index).rename("q"),
        rows["design"].map(DESIGNS.index).rename("d"),
    ]
    order = pd.concat(places, axis=1).sort_values(["q", "d"], kind="stable").index
    return rows.join(ends).loc[order].reset_index(drop=True)


def _comparable(row: Mapping[str, Any]) -> tuple[float, float, float, str]:
    low, high = (
        row["effect"] if math.isnan(row[end]) else row[end] for end in ("effect_low", "effect_high")
    )
    unit, middle = str(row["effect_unit"]), (low + high) / 2
    if unit == LOGS:
        return in_percent(low), in_percent(middle), in_percent(high), PERCENT
    if unit == WHOLE:
        years = years_of(row["period"])
        return a_year(low, years), a_year(middle, years), a_year(high, years), A_YEAR
    return low, middle, high, unit


def year_published(citation: str) -> float:
    """Year of publication in a citation; not a number if it names none.

    Examples
    --------
    >>> year_published("Meng (2013) Evaluating ... 101:1-11"), year_published("Qi, Jiaqi")
    (2013.0, nan)
    """
    found = re.search(r"\b(?:19|20)\d\d\b", citation)
    return float(found.group()) if found else math.nan


def years_of(period: str) -> int:
    """Years from the first to the last of a period written YYYY-YYYY.

    Examples
    --------
    >>> years_of("1994-2000")
    6
    """
    first, _, last = period.partition("-")
    return first_day(last).year - first_day(first).year


def a_year(percent: float, years: int) -> float:
    """A percentage over several years as one a year, compounded.

    Examples
    --------
    >>> round(a_year(38, 6), 2)
    5.51
    """
    return float(100 * ((1 + percent / 100) ** (1 / years) - 1))


def by_question(records: Records) -> pd.DataFrame:
    """How much was found on each question.

    Returns
    -------
    DataFrame
        ``question``, ``strongest`` (design), ``studies``, ``estimates``, and of these ``numbers`` (a number was
        seen), ``errors`` (a standard error or an interval), ``nulls`` (no difference, or mixed), ``second_hand``.
    """
    rows = estimates(records)  # of each question the strongest design comes first
    marked = rows.assign(
        strongest=rows["design"],
        studies=rows["study_id"],
        estimates=rows["study_id"],
        numbers=rows["value"].notna(),
        errors=rows["se"].notna() | rows["ci_low"].notna(),
        nulls=rows["direction"].isin(NOTHING),
        second_hand=rows["second_hand"] == "yes",
    )
    how = {"strongest": "first", "studies": "nunique", "estimates": "size"} | dict.fromkeys(
        ("numbers", "errors", "nulls", "second_hand"), "sum"
    )
    return marked.groupby("question", sort=False).agg(how).reset_index()


def comparable(records: Records) -> pd.DataFrame:
    """Estimates of the same question, outcome and unit by two designs or more, one row for each design.

    Returns
    -------
    DataFrame
        ``question``, ``outcome``, ``unit``, ``design``, ``studies``, ``low``, ``high`` (outermost numbers
        printed, an interval included), ``estimate_ids``. Parts of samples, and outcomes with a number by
        one design only, are left out.
    """
    rows = estimates(records)
    rows = rows[rows["part"].isin(OVERALL) & rows["value"].notna()]
    rows = rows.assign(
        low=rows["ci_low"].fillna(rows["low"]), high=rows["ci_high"].fillna(rows["high"])
    )
    same = ["question", "outcome", "unit"]
    several = rows.groupby(same)["design"].transform("nunique") > 1
    sets = rows[several].groupby([*same, "design"], sort=False)
    order = {key: place for place, key in enumerate(rows.groupby(same, sort=False).groups)}
    data = sets.agg(
        studies=("study_id", "nunique"),
        low=("low", "min"),
        high=("high", "max"),
        estimate_ids=("estimate_id", tuple),
    ).reset_index()
    places = [order[key] for key in data[same].itertuples(index=False, name=None)]
    return data.iloc[np.argsort(places, kind="stable")].reset_index(drop=True)


def weaker_over_stronger(records: Records) -> pd.DataFrame:
    """What weaker designs find, relative to the strongest design with a number, set by set: a range, and no mean of papers.

    The last set is of one study, which applied other estimators to the data of a lottery.

    Returns
    -------
    DataFrame
        ``question``, ``outcome``, ``strong``, ``weak`` (designs), ``low``, ``high`` (lowest over highest and
        highest over lowest printed number), ``finds`` (what the weaker design finds: larger, smaller, or no
        clear difference), ``estimate_ids``.
    """
    found: list[tuple[object, ...]] = []
    for (question, outcome), group in comparable(records).groupby(
        ["question", "outcome"], sort=False
    ):
        strong, *weaker = group.itertuples()
        for weak in weaker:
            ends = weak.low / strong.high, weak.high / strong.low
            ids = strong.estimate_ids + weak.estimate_ids
            found.append((question, outcome, strong.design, weak.design, *ends, ids))
    biases = estimates(records).query("question == @BIAS")
    ends = 1 + biases["low"].min() / 100, 1 + biases["high"].max() / 100
    ids = tuple(biases["estimate_id"])
    found.append((BIAS, "income", "randomised", "selection", *ends, ids))
    columns = ["question", "outcome", "strong", "weak", "low", "high", "estimate_ids"]
    data = pd.DataFrame(found, columns=columns)
    finds = [
        LARGER if row.low > 1 else SMALLER if row.high < 1 else ALIKE for row in data.itertuples()
    ]
    return data.assign(finds=finds)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """How much there is, who reports nothing, and each estimate for demonstration counties."""
    yield from _counts(records)
    yield from _sizes(records)


def _counts(records: Records) -> Iterator[Result]:
    rows = estimates(records)
    nulls = rows[rows["direction"].isin(NOTHING)]
    studies = {
        "studies": rows,
        "studies-with-number": rows[rows["value"].notna()],
        "studies-null-or-mixed": nulls,
    }
    yield count_estimates("evidence.estimates", rows["estimate_id"])
    for slug, part in studies.items():
        yield count_estimates(f"evidence.{slug}", part["estimate_id"], part["study_id"].nunique())


def _sizes(records: Records) -> Iterator[Result]:
    """Each estimate for demonstration counties alone: they are not averaged."""
    sets, rows = comparable(records), estimates(records).set_index("estimate_id")
    ids = sets.loc[sets["question"] == "demonstration_income", "estimate_ids"].explode()
    for name, row in rows.loc[ids].iterrows():
        yield result(
            "evidence.demonstration-{estimate_id}",
            _published(str(name), row),
            estimate_id=name,
            design=row["design"].replace("_", " "),
            name=row["label_en"],
            period=row["period"],
            doubts=row["note"],
        )


def _published(estimate_id: str, row: pd.Series) -> Bounds:
    """A percentage as printed, as a part of 1; of a printed range its ends."""
    low, value, high = (row[end] / 100 for end in ("low", "value", "high"))
    return Bounds.of(Input(PUBLISHED + estimate_id, value, low, high, ""))
