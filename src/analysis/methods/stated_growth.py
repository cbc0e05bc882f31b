"""Growth that a source prints beside a level, read from the words of its row, and the levels that belong to it.

A row of a series may say "+30.4% y/y" in its qualifier. A printed growth is rounded to its last printed
digit, a printed zero counted; trailing zeros of a level count as not stated, as everywhere.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.observed import printed_ends
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.methods.chains import implied_levels
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.series import all_rows

ON_YEAR_BEFORE = re.compile(r"\+(?P<percent>\d+(?:\.\d+)?)% (?:y/y|on the end of \d{4})")
FASTER = re.compile(r"\((?P<points>\d+(?:\.\d+)?) pp faster than (?P<year>\d{4})\)")
YEAR_END = "12-31"
COLUMNS = ["year", "value", "low", "high", "level", "level_low", "level_high", "stated"]


def printed(percent: str) -> tuple[float, float, float]:
    """A printed percentage as a share: value, low, high within half a unit of its last printed digit.

    Examples
    --------
    >>> printed("5.0"), printed("33")
    ((0.05, 0.0495, 0.0505), (0.33, 0.325, 0.335))
    """
    value = Decimal(percent)
    half = Decimal(1).scaleb(int(value.as_tuple().exponent)) / 2
    return float(value / 100), float((value - half) / 100), float((value + half) / 100)


def stated_growth(records: Records, series_id: str, *, ends: str = YEAR_END) -> pd.DataFrame:
    """Growth on the year before that the rows of a series print, as a share, with the level beside it.

    Parameters
    ----------
    records : Records
    series_id : str
        Rows that span a year, or are dated by the end of one.
    ends : str
        ``MM-DD`` on which the periods end: "06-30" for half-years from January on.

    Returns
    -------
    DataFrame
        One row per year: ``year``, growth ``value``, ``low``, ``high``; ``level``, ``level_low``,
        ``level_high`` of the same row, in the unit of the series; ``stated``: ``printed``, or
        ``difference`` where the growth of a year follows from "x points faster than".
    """
    rows = _annual(records, series_id, ends)
    found: dict[int, tuple[object, ...]] = {}
    for row in rows.to_dict("records"):
        year = int(str(row["period_end"])[:4])
        if match := ON_YEAR_BEFORE.search(str(row["qualifier"])):
            found.setdefault(
                year, (year, *printed(match["percent"]), *printed_ends(row), "printed")
            )
    for row in rows.to_dict("records"):
        match, points = (
            ON_YEAR_BEFORE.search(str(row["qualifier"])),
            FASTER.search(str(row["qualifier"])),
        )
        if (
            match
            and points
            and (year := int(points["year"])) not in found
            and year in _best_levels(rows)
        ):
            (value, low, high), (less, least, most) = (
                printed(match["percent"]),
                printed(points["points"]),
            )
            found[year] = (
                year,
                value - less,
                low - most,
                high - least,
                *_best_levels(rows)[year],
                "difference",
            )
    return pd.DataFrame([found[year] for year in sorted(found)], columns=COLUMNS)


def published_levels(records: Records, series_id: str) -> pd.DataFrame:
    """Published levels by year, in the unit of the series: the row that prints a growth, else the best copy.

    Returns
    -------
    DataFrame
        ``year``, ``value``, ``low``, ``high``.
    """
    growth = stated_growth(records, series_id)
    levels = _best_levels(_annual(records, series_id)) | {
        int(row.year): (row.level, row.level_low, row.level_high) for row in growth.itertuples()
    }
    return pd.DataFrame(
        [(year, *levels[year]) for year in sorted(levels)], columns=["year", "value", "low", "high"]
    )


def implied(records: Records, series_id: str) -> pd.DataFrame:
    """What stated growth says of the level of the year before, beside its published level: see ``implied_levels``.

    Returns
    -------
    DataFrame
        The columns of ``implied_levels``, before them ``series_id``; after them ``growth``,
        ``growth_by_levels`` (shares; empty where the level before is not published) and ``stated``.
    """
    levels, growth = published_levels(records, series_id), stated_growth(records, series_id)
    found = implied_levels(levels, growth[["year", "value", "low", "high"]])
    value = levels.set_index("year")["value"]
    by_year = growth.set_index("year")
    found.insert(0, "series_id", series_id)
    return found.assign(
        growth=[float(by_year["value"][year]) for year in found["from_year"]],
        growth_by_levels=[
            float(value[year] / value[year - 1] - 1) if year - 1 in value.index else math.nan
            for year in found["from_year"]
        ],
        stated=[str(by_year["stated"][year]) for year in found["from_year"]],
    )


def growth_bounds(records: Records, series_id: str, year: int, *, ends: str = YEAR_END) -> Bounds:
    """Stated growth of a year, or of its part to ``ends``, on the year before, as a share.

    Raises
    ------
    QuantityError
        If no row of the series prints it.
    """
    row = _stated_row(records, series_id, year, ends)
    return Bounds.of(
        Input(
            f"growth:{series_id}@{year}",
            row.value,
            row.low,
            row.high,
            "",
            sources=(
                f"{series_id}@{year}-01-01" + (f"/{year}-{ends}" if ends != YEAR_END else ""),
            ),
            formula=f"stated growth of {series_id} in {year}",
        )
    )


def implied_level(records: Records, series_id: str, year: int, *, unit: str) -> Bounds:
    """Level of ``year`` that the growth stated for the next year implies, in ``unit``.

    Raises
    ------
    QuantityError
        If no row of the series prints a growth for the next year.
    """
    row = _stated_row(records, series_id, year + 1)
    name = f"{series_id}@{year + 1}-01-01"
    level = Bounds.of(
        Input(
            name,
            row.level,
            row.level_low,
            row.level_high,
            parse_unit(unit),
            open_high=math.isinf(row.level_high),
        )
    )
    return level / (growth_bounds(records, series_id, year + 1) + 1)


def _stated_row(records: Records, series_id: str, year: int, ends: str = YEAR_END) -> Any:
    found = [
        row for row in stated_growth(records, series_id, ends=ends).itertuples() if row.year == year
    ]
    if not found:
        raise QuantityError(f"no row of {series_id} prints a growth for {year}")
    return found[0]


def _annual(records: Records, series_id: str, ends: str = YEAR_END) -> pd.DataFrame:
    """Rows from January to ``ends``, or dated by that day, best copies first."""
    rows = all_rows(records, series_id)
    whole = rows["period_start"].str.endswith("-01-01") & (
        rows["period_start"].str[:4] == rows["period_end"].str[:4]
    )
    found = rows[
        (whole | (rows["period_start"] == rows["period_end"]))
        & rows["period_end"].str.endswith(ends)
    ]
    found = found.sort_values("published", ascending=False, kind="stable")
    return found.sort_values(["grade", "derived"], kind="stable")


def _best_levels(rows: pd.DataFrame) -> dict[int, tuple[float, float, float]]:
    best: dict[int, tuple[float, float, float]] = {}
    for row in rows.to_dict("records"):
        best.setdefault(int(str(row["period_end"])[:4]), printed_ends(row))
    return best
