"""Rules of the register of denominators: which verdict follows from the judgements, and what a row must hold."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.records.errors import Problem
from analysis.records.rules import Found, Row, of_value, row_problems

INSIDE = ("yes", "no", "unknown")
JUDGED = ("inside", "same_year", "same_geography")
RULED = (
    "allowed",
    "size only",
    "forbidden",
)  # verdicts that follow from the judgements; an average is judged, not ruled


def ruled(inside: str, *, same_year: bool, same_geography: bool) -> str:
    """The verdict that the judgements give where the two counts compare: ``allowed`` or ``size only``."""
    return "allowed" if inside == "yes" and same_year and same_geography else "size only"


def contradiction(inside: str, verdict: str, *, same_year: bool, same_geography: bool) -> str:
    """Why a verdict about a series contradicts its judgements, as a phrase; "" where it does not.

    Parameters
    ----------
    inside : {"yes", "no", "unknown"}
        Whether everything that the claim counts is counted by the series too.
    verdict : {"allowed", "size only", "per", "forbidden"}
        What may be said.
    same_year, same_geography : bool
        Whether both are about the same year and place.
    """
    if verdict not in RULED:
        return ""
    if verdict == "forbidden":
        return (
            "what lies inside compares with what it lies in: it cannot be forbidden"
            if inside == "yes"
            else ""
        )
    rule = ruled(inside, same_year=same_year, same_geography=same_geography)
    return (
        ""
        if rule == verdict
        else f"the verdict is {verdict!r}, and the rule gives {rule!r}; 'allowed' stands where {', '.join(JUDGED)} are all yes, and only there"
    )


def judgement_problems(rows: pd.DataFrame, file: str = "denominators.csv") -> list[Problem]:
    """Rows whose judgements are not whole, or contradict their verdict.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``denominators.csv`` as text, indexed by their row in the file.
    file : str
        Name of the file in the messages.
    """
    judged = set(rows.loc[rows["series_id"] != "", "claim_id"])
    return row_problems(
        rows,
        file,
        "claim_id",
        lambda row: _without_series(row, judged) if row["verdict"] == "none" else _with_series(row),
    )


def _without_series(row: Row, judged: set[str]) -> Iterator[Found]:
    if filled := [column for column in ("series_id", *JUDGED) if row[column]]:
        kind = (
            f"stands beside the verdict 'none', which leaves series_id, {', '.join(JUDGED)} empty"
        )
        yield of_value(filled[0], repr(row[filled[0]]), kind)
    elif row["claim_id"] in judged:
        yield (
            "verdict",
            "is 'none', and another row gives the claim a series; 'none' is the only row of its claim",
        )


def _with_series(row: Row) -> Iterator[Found]:
    if not row["series_id"]:
        yield (
            "series_id",
            f"is empty beside the verdict {row['verdict']!r}; name a series, or take the verdict 'none'",
        )
        return
    empty = [column for column in JUDGED if not row[column]]
    for column in empty:
        yield (
            column,
            f"is empty; a row with a series needs {', '.join(INSIDE[:-1])} or {INSIDE[-1]}"
            if column == "inside"
            else "is empty; a row with a series needs yes or no",
        )
    if not empty and (
        said := contradiction(
            row["inside"],
            row["verdict"],
            same_year=row["same_year"] == "yes",
            same_geography=row["same_geography"] == "yes",
        )
    ):
        yield "verdict", said


def register_problems(
    rows: pd.DataFrame,
    claims: set[str],
    series: set[str],
    *,
    file: str = "denominators.csv",
    failed: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Claims that the register leaves out, and series that are not in the index.

    Parameters
    ----------
    rows : DataFrame
        Rows of ``denominators.csv``, indexed by their row in the file.
    claims, series : set of str
        Every identifier of ``claims.csv`` and of ``series.csv``.
    file : str
        Name of the file in the messages.
    failed : frozenset of str
        Claims with a row that is there and has a problem of its own.
    """
    unknown = rows[(rows["series_id"] != "") & ~rows["series_id"].isin(series)]
    kind = "is not in series.csv"
    problems = [
        Problem(file, f"{name!r} {kind}", number, "series_id", claim, kind)
        for number, claim, name in zip(
            unknown.index, unknown["claim_id"], unknown["series_id"], strict=True
        )
    ]
    kind = "has no row; every claim is registered with a denominator, or with the verdict none and the reason"
    missing = sorted(claims - set(rows["claim_id"]) - failed)
    return problems + [Problem(file, kind, column="claim_id", key=name) for name in missing]
