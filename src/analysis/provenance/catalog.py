"""The catalog of context series: what there is, how good it is, and what uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.bounds.units import parse_unit
from analysis.records.errors import Problem, QuantityError
from analysis.records.kept import kept
from analysis.records.load import Records
from analysis.records.series import gaps, years_in_words
from analysis.themes import themes

CATALOG = "CATALOG.md"
COLUMNS = (
    "series",
    "title",
    "unit",
    "nature",
    "span",
    "rows",
    "grades",
    "gaps",
    "publishers",
    "used by",
)
MANY = 3  # publishers that a cell still names
HEAD = """# Context series

Made by `analysis catalog --write`; do not edit. One table for each file of `data/series`. *Gaps* are years without a row, for series that have rows for years. *Grades* say how good the copies are (A official or primary dataset, B named outlet, C copy of an identifiable release, to be checked again).
"""


def catalog_text(records: Records) -> str:
    """The catalog as Markdown: for each theme a table of its series.

    Parameters
    ----------
    records : Records

    Returns
    -------
    str
        The text of ``data/CATALOG.md``.
    """
    uses = users(records)
    parts = [HEAD]
    for theme, series in records.series_index.groupby("theme", sort=False):
        parts.append(f"## {theme}\n\n{_line(COLUMNS)}\n{_line(['---'] * len(COLUMNS))}")
        parts[-1] += (
            "".join(f"\n{_line(_cells(records, row, uses))}" for row in series.to_dict("records"))
            + "\n"
        )
    return "\n".join(parts)


def users(records: Records) -> dict[str, tuple[str, ...]]:
    """What uses each series: charts with their notebooks, and themes.

    A declared name stands for the series of this name, and otherwise for all that begin with it:
    ``usd-cny`` for the three ``usd-cny-...``.
    """
    known = list(records.series_index["series_id"])
    found: dict[str, list[str]] = {name: [] for name in known}
    for user, names in _declared(records):
        for series_id in (one for name in names for one in meant(name, known)):
            if user not in found[series_id]:
                found[series_id].append(user)
    return {name: tuple(sorted(by)) for name, by in found.items()}


def meant(name: str, known: list[str]) -> list[str]:
    """The series that a declared name stands for; none if nothing has it.

    Examples
    --------
    >>> meant("usd-cny", ["usd-cny-mean", "usd-cny-low", "usdcny-fed"])
    ['usd-cny-mean', 'usd-cny-low']
    """
    return [name] if name in known else [one for one in known if one.startswith(f"{name}-")]


def unused(records: Records) -> list[str]:
    """Series that no chart and no theme declares."""
    return [name for name, by in users(records).items() if not by]


def use_problems(records: Records) -> list[Problem]:
    """Series that nothing uses, and units that pint does not know."""
    problems = [
        Problem(
            "series.csv",
            "is used by no chart and no theme; a series nobody uses is not carried",
            key=name,
        )
        for name in unused(records)
    ]
    for file, units in (
        ("series.csv", records.series_index["unit"]),
        ("claims.csv", records.claims["unit"]),
    ):
        for unit in dict.fromkeys(units):
            try:
                parse_unit(unit)
            except QuantityError as error:
                problems.append(
                    Problem(file, str(error), column="unit", kind="is no unit that is known")
                )
    return problems


def _declared(records: Records) -> Iterator[tuple[str, tuple[str, ...]]]:
    for user, names, tables in kept("uses-of-series", lambda: _uses(records)):
        shown = records.series_index["theme"].isin(tables)
        yield user, (*names, *records.series_index.loc[shown, "series_id"])


def _uses(records: Records) -> list[Any]:
    """What the code declares: each user, its series, and the tables of which it shows every series."""
    from analysis.themes.charts import definitions

    charts = [
        [f"{own.notebook}: {name}", own.series, ()] for name, own in definitions(records).items()
    ]
    modules = [(theme, one) for theme in themes() for one in theme.modules("findings")]
    return charts + [
        [f"theme {theme.folder}", getattr(one, "SERIES", ()), getattr(one, "THEMES", ())]
        for theme, one in modules
    ]


def _cells(records: Records, row: dict[str, str], uses: dict[str, tuple[str, ...]]) -> list[str]:
    rows = records.series_rows(row["series_id"])
    grades = rows["grade"].value_counts().sort_index()
    publishers = list(dict.fromkeys(rows["publisher"]))
    more = f" and {len(publishers) - MANY} more" if len(publishers) > MANY else ""
    return [
        f"`{row['series_id']}`",
        row["title"],
        row["unit"],
        row["nature"],
        _span(rows),
        str(len(rows)),
        ", ".join(f"{number} {grade}" for grade, number in grades.items()),
        years_in_words(gaps(rows)) or "–",
        "; ".join(publishers[:MANY]) + more,
        "; ".join(uses[row["series_id"]]) or "–",
    ]


def _span(rows: pd.DataFrame) -> str:
    first, last = (
        re.sub("-(01-01|12-31)$", "", day)[:7]
        for day in (rows["period_start"].min(), rows["period_end"].max())
    )
    return first if first == last else f"{first} to {last}"


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"
