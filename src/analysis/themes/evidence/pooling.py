"""Published evidence: which estimates could be pooled, and why none are."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.methods.plausibility import error_of_interval
from analysis.methods.pooling import FEWEST, Estimate, pool
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.themes.evidence.errors import count_estimates
from analysis.words.findings import Result, as_findings

SERIES = ()
KEYS = ["question", "outcome", "effect_unit"]
POOLABLE = "effect"  # what a standard error must be of


def error_of(row: dict[str, Any]) -> float:
    """The standard error of the effect, in its unit: as printed, or as the interval implies; not a number without either.

    An error of predicted means is not one of the effect.
    """
    if row["se_of"] == POOLABLE:
        return float(row["se"])
    return (
        error_of_interval((row["ci_low"], row["ci_high"]))
        if not math.isnan(row["ci_low"])
        else math.nan
    )


def candidates(rows: pd.DataFrame) -> list[Estimate]:
    """Rows of ``evidence.csv`` with a number, as estimates that ``pool`` may refuse; parts of a sample stand for no study.

    Parameters
    ----------
    rows : DataFrame
        Rows of one question, outcome and unit.
    """
    whole = rows[(rows["part"] != "subgroup") & rows["effect"].notna()]
    return [
        Estimate(
            row["estimate_id"],
            row["effect"],
            error_of(row),
            kind=", ".join(row[key] for key in KEYS),
            team=row["team"],
        )
        for row in whole.to_dict("records")
    ]


def groups(records: Records) -> pd.DataFrame:
    """Every question, outcome and unit with a number: what there is to pool, and what ``pool`` says to it.

    Returns
    -------
    DataFrame
        ``question``, ``outcome``, ``effect_unit``, ``numbers`` (rows), ``teams``, ``errors`` (rows with a printed error or
        interval), ``comparable`` (teams with an error of the effect), ``missing`` (comparable errors short of three),
        ``refused`` (the reason; "" if it could be pooled), ``estimate_ids``.
    """
    numbers = records.evidence[records.evidence[["effect", "effect_low"]].notna().any(axis=1)]
    found = []
    for key, rows in numbers.groupby(KEYS, sort=False):
        usable = {one.team for one in candidates(rows) if not math.isnan(one.se)}
        errors = int((rows["se"].notna() | rows["ci_low"].notna()).sum())
        found.append(
            dict(zip(KEYS, key, strict=True))
            | {
                "numbers": len(rows),
                "teams": rows["team"].nunique(),
                "errors": errors,
                "comparable": len(usable),
                "missing": max(FEWEST - len(usable), 0),
                "refused": refusal(rows),
                "estimate_ids": tuple(rows["estimate_id"]),
            }
        )
    return pd.DataFrame(found)


def refusal(rows: pd.DataFrame) -> str:
    """Why rows of one question, outcome and unit cannot be pooled; "" if they can."""
    try:
        pool(candidates(rows))
    except QuantityError as error:
        return str(error)
    return ""


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """How far the table is from anything that could be pooled."""
    table, rows = groups(records), records.evidence
    errors = rows[rows["se"].notna() | rows["ci_low"].notna()]
    best = table.sort_values("comparable", ascending=False, kind="stable").iloc[0]
    able = table[table["refused"] == ""]
    yield count_estimates(
        "evidence.studies-with-error", errors["estimate_id"], errors["study_id"].nunique()
    )
    yield count_estimates(
        "evidence.most-comparable-errors", best["estimate_ids"], int(best["comparable"])
    )
    yield count_estimates(
        "evidence.groups-with-number", table["estimate_ids"].explode(), len(table)
    )
    yield count_estimates(
        "evidence.groups-pooled", able["estimate_ids"].explode().dropna(), len(able)
    )
