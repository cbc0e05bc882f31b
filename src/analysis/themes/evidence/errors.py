"""Published evidence: whether what is printed beside an estimate can be true together, row by row."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.bounds.finding import PUBLISHED
from analysis.methods.plausibility import (
    Contradiction,
    half_unit,
    interval_contradicts,
    largest_error,
    means_contradict,
    missing_star,
    percentage_contradicts,
    stars_contradict,
)
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, count

SERIES = ()
# last digit of the two printed errors of means, as in 0.100 of the row hssc-2024-central
MEANS_UNIT = 0.001
TENFOLD = 10.0


def count_estimates(key: str, ids: Iterable[str], number: int | None = None) -> Result:
    """A number of published estimates, or of what they have; it says nothing of what they find, and so has no grade."""
    return count(key, (PUBLISHED + one for one in ids), number, grade="")


def contradictions(row: dict[str, Any], limit: float) -> tuple[Contradiction, ...]:
    """Every printed contradiction of one row of ``evidence.csv``.

    Parameters
    ----------
    row : dict
        A row; what is empty is not checked.
    limit : float
        What the stars of its table stand for, as a limit of p; not a number if unknown.
    """
    effect, se, found = row["effect"], row["se"], []
    if not math.isnan(se) and not math.isnan(row["p_below"]):
        found.append(stars_contradict(effect, se, row["p_below"]))
    if not math.isnan(se) and row["stars"] == "none" and not math.isnan(limit):
        found.append(missing_star(effect, se, limit))
    if not math.isnan(se) and not math.isnan(row["se_from_means"]):
        found.append(means_contradict(se, row["se_from_means"], MEANS_UNIT))
    if not math.isnan(row["ci_low"]):
        found.append(interval_contradicts(effect, (row["ci_low"], row["ci_high"]), se))
    if not math.isnan(row["printed_percent"]):
        found.append(percentage_contradicts(effect, row["printed_percent"]))
    return tuple(one for one in found if one is not None)


def star_limits(records: Records) -> dict[str, float]:
    """Study -> what its stars stand for: the largest printed limit of p among its rows with stars."""
    starred = records.evidence[~records.evidence["stars"].isin(["", "none"])]
    limits = starred.groupby("study_id")["p_below"].max()
    return {str(study): float(limit) for study, limit in limits.items()}


def checked(records: Records) -> pd.DataFrame:
    """Estimates with something to check beside them, and what contradicts.

    Returns
    -------
    DataFrame
        ``estimate_id``, ``label_en``, ``label_zh``, ``effect``, ``unit``, ``se`` (printed), ``se_from_means``, ``se_allowed`` (the
        largest error that the printed limit of p allows), ``z``, ``stars``, ``checks`` (those that fail; "" if none), ``reasons``,
        ``tenfold`` (whether one power of ten would correct the error), ``se_of``.
    """
    limits, rows = star_limits(records), records.evidence
    rows = rows[rows[["se", "ci_low", "printed_percent"]].notna().any(axis=1)]
    rows = rows.assign(limit=rows["study_id"].map(limits).astype(float))
    failed = [contradictions(row, row["limit"]) for row in rows.to_dict("records")]
    data = rows[["estimate_id", "label_en", "label_zh", "effect"]].assign(
        unit=rows["effect_unit"],
        se=rows["se"],
        se_from_means=rows["se_from_means"],
        se_allowed=[
            math.nan if math.isnan(limit) else largest_error(effect, limit)
            for effect, limit in zip(rows["effect"], rows["limit"], strict=True)
        ],
        z=rows["effect"] / rows["se"],
        stars=rows["stars"],
        checks=["; ".join(one.check for one in each) for each in failed],
        reasons=["; ".join(one.reason for one in each) for each in failed],
        tenfold=[
            bool(each) and tenfold(se, implied)
            for each, se, implied in zip(failed, rows["se"], rows["se_from_means"], strict=True)
        ],
        se_of=rows["se_of"],
    )
    return data.reset_index(drop=True)


def tenfold(se: float, implied: float) -> bool:
    """Whether a printed error, moved by one decimal place, is what the errors of the means give.

    Examples
    --------
    >>> tenfold(0.08, 0.0078), tenfold(0.079, 0.0106)
    (True, False)
    """
    slack = MEANS_UNIT / 2 * math.sqrt(2)
    return any(
        abs(se * factor - implied) <= half_unit(se) * factor + slack
        for factor in (TENFOLD, 1 / TENFOLD)
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """How many estimates contradict what is printed beside them, and of what their errors are."""
    rows = checked(records)
    groups = {
        "checked": rows,
        "contradicted": rows[rows["checks"] != ""],
        "against-stars": rows[rows["checks"].str.contains("star")],
        "against-means": rows[rows["checks"].str.contains("means")],
        "tenfold": rows[rows["tenfold"]],
        "of-means": rows[rows["se_of"] == "predicted means"],
    }
    for slug, part in groups.items():
        yield count_estimates(f"evidence.errors-{slug}", part["estimate_id"])
