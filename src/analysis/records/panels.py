"""Two files that somebody drops in: a roster of counties with the year of treatment, and their outcomes by year."""

from __future__ import annotations

import csv
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records.errors import DataError, Problem, shortened
from analysis.records.schema import read_table

FIRST_YEAR, LAST_YEAR = 1900, 2100
SHOWN = 3  # counties that one message names
CLUSTER = {"name": "cluster", "type": "string", "constraints": {"required": True}}
ROSTER = (
    {"name": "county", "type": "string", "constraints": {"required": True, "unique": True}},
    {
        "name": "first_treated",
        "type": "integer",
        "constraints": {"minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    },
)
OUTCOMES = (
    {"name": "county", "type": "string", "constraints": {"required": True}},
    {
        "name": "year",
        "type": "integer",
        "constraints": {"required": True, "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    },
    {"name": "outcome", "type": "number", "constraints": {"required": True}},
)


def read_panel(
    roster: str | os.PathLike[str], outcomes: str | os.PathLike[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read and check a roster and its outcomes; see ``docs/causal_data.md`` for the format.

    Parameters
    ----------
    roster : path
        CSV with ``county``, ``first_treated`` (year, or empty for a county that is never treated) and perhaps ``cluster``.
    outcomes : path
        CSV with ``county``, ``year``, ``outcome``.

    Returns
    -------
    DataFrame, DataFrame
        The roster, with 0 as year of a county that is never treated, and the outcomes.

    Raises
    ------
    DataError
        With every problem found: file, row, column, and what is allowed.
    """
    files = Path(roster), Path(outcomes)
    if missing := [
        Problem(file.name, "there is no such file") for file in files if not file.is_file()
    ]:
        raise DataError(missing)
    fields = (*ROSTER, CLUSTER) if "cluster" in _header(files[0]) else ROSTER
    tables, found = [], []
    for file, columns, key in (
        (files[0], fields, ["county"]),
        (files[1], OUTCOMES, ["county", "year"]),
    ):
        table, wrong = read_table(
            file.parent, {"path": file.name, "schema": {"fields": list(columns), "primaryKey": key}}
        )
        tables.append(table)
        found += wrong
    if not found:
        found = list(_between(*tables, names=(files[0].name, files[1].name)))
    if found:
        raise DataError(found)
    return tables[0].reset_index(drop=True), tables[1].reset_index(drop=True)


def _header(file: Path) -> list[str]:
    """Names in the first line; what is wrong with the file is said where it is read."""
    try:
        return next(csv.reader(file.read_text("utf-8-sig").splitlines()), [])
    except (OSError, UnicodeDecodeError):
        return []


def _between(
    roster: pd.DataFrame, outcomes: pd.DataFrame, *, names: tuple[str, str]
) -> Iterator[Problem]:
    """Contradictions between the two tables, whose indices are the rows of the files."""
    years, known = (
        range(int(outcomes["year"].min()), int(outcomes["year"].max()) + 1),
        set(roster["county"]),
    )
    unknown = outcomes.loc[~outcomes["county"].isin(known), "county"].drop_duplicates()
    kind = f"is not in {names[0]}; every county has a row there, with an empty first_treated if it is never treated"
    for row, county in unknown.items():
        yield Problem(names[1], f"{shortened(county)!r} {kind}", int(str(row)), "county", kind=kind)
    seen: dict[str, set[int]] = {
        str(county): set(rows) for county, rows in outcomes.groupby("county")["year"]
    }
    for row, one in zip(roster.index, roster.to_dict("records"), strict=True):
        yield from _county(names, row, one, seen.get(one["county"], set()), years)
    if not (treated := roster.loc[roster["first_treated"] != 0, "first_treated"]).size:
        yield Problem(
            names[0], "no county is treated; there is no effect to estimate", column="first_treated"
        )
    elif len(treated) == len(roster) and treated.nunique() == 1:
        yield Problem(
            names[0],
            f"every county is first treated in {treated.iloc[0]}: there is no comparison, and no effect is identified",
            column="first_treated",
        )


def _county(
    names: tuple[str, str], row: int, one: dict[str, Any], seen: set[int], years: range
) -> Iterator[Problem]:
    county = shortened(one["county"])
    if not seen:
        kind = f"has no outcome in {names[1]}; take it out of the roster, or add its outcomes"
        yield Problem(names[0], f"{county!r} {kind}", row, "county", kind=kind)
    elif len(seen) < len(years):
        gaps = list(map(str, itertools.islice((y for y in years if y not in seen), SHOWN)))
        left = len(years) - len(seen) - len(gaps)
        listed = ", ".join(gaps) + (f" and {left} more years" if left else "")
        kind = f"every county needs every year from {years[0]} to {years[-1]}, none is filled in"
        yield Problem(
            names[1],
            f"has no outcome in {listed}; {kind}",
            column="year",
            key=county,
            kind=f"is missing; {kind}",
        )
    if 0 < one["first_treated"] <= years[0]:
        year = one["first_treated"]
        kind = f"is not after the first year of the outcomes, {years[0]}; a county needs a year before its treatment"
        yield Problem(names[0], f"{year} {kind}", row, "first_treated", county, kind)
