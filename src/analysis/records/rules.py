"""Rules between cells and between tables, beyond what a Table Schema can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.records.errors import Problem
from analysis.records.periods import first_day, last_day

def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their numbers in the file, which the frame has as its index."""
    return zip(frame.index, frame.to_dict("records"), strict=True)


def claim_problems(claims: pd.DataFrame, file: str = "claims.csv") -> list[Problem]:
    """Contradictions inside single rows of the claims table."""
    problems: list[Problem] = []
    for number, row in _rows(claims):
        found = [*_value_rules(row), *_text_rules(row), *_period_rules(row)]
        problems += [Problem(file, message, number, column, row["claim_id"]) for column, message in found]
    return problems


def _value_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    low, high, bound = row["value_low"], row["value_high"], row["bound"]
    if low > high:
        yield "value_low", f"{low:.12g} is above value_high {high:.12g}"
    elif bound == "range" and low == high:
        yield "bound", "a range needs two ends, and value_low equals value_high"
    elif bound != "range" and low != high:
        yield "bound", f"'{bound}' has one value, and value_low differs from value_high; only a range has two"
    if row["unit"] == "share" and high > 1:
        yield "value_high", f"{high:.12g} is above 1; a share is written as a part of 1"


def _text_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not row["claim_id"].startswith(row["source_id"] + "."):
        yield "claim_id", f"must begin with the source_id and a dot: {row['source_id']}."
    money = row["unit"][:3] if row["unit"][:3] in ("CNY", "USD") else ""
    if row["currency"] != money:
        yield "currency", f"{row['currency']!r} does not fit the unit {row['unit']}; it must be {money!r}"


def _period_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = row["period_start"], row["period_end"]
    if start and end and first_day(start) > last_day(end):
        yield "period_end", f"{end} is before period_start {start}"


def series_problems(series: pd.DataFrame, file: str) -> list[Problem]:
    """Contradictions inside one file of context series: periods, and one unit a series."""
    problems: list[Problem] = []
    for number, row in _rows(series):
        found = list(_period_rules(row))
        problems += [Problem(file, message, number, column, row["series_id"]) for column, message in found]
    units = series.groupby("series_id")["unit"].unique()
    return problems + [
        Problem(file, f"series {name} has {len(found)} units: {', '.join(found)}; one is allowed", column="unit")
        for name, found in units.items()
        if len(found) > 1
    ]


def source_problems(sources: pd.DataFrame, file: str = "sources.csv") -> list[Problem]:
    """A page cannot carry a date before the event that it reports."""
    return [
        Problem(file, f"{row['page_date']} is before the event date {row['event_date']}", number, "page_date", row["source_id"])
        for number, row in _rows(sources)
        if last_day(row["page_date"]) < first_day(row["event_date"])
    ]


def foreign_key_problems(tables: dict[str, pd.DataFrame], resource: dict[str, Any], broken: set[str]) -> list[Problem]:
    """References of one table to rows of another that are not there, unless that one is broken itself."""
    problems: list[Problem] = []
    for key in resource["schema"].get("foreignKeys", []):
        column, other = key["fields"][0], key["reference"]["resource"]
        if other in broken:
            continue
        known = set(tables[other][key["reference"]["fields"][0]])
        for number, row in _rows(tables[resource["name"]]):
            if row[column] not in known:
                message = f"{row[column]!r} is not in {other}.csv; known are {', '.join(sorted(known))}"
                problems.append(Problem(resource["path"], message, number, column, next(iter(row.values()))))
    return problems
