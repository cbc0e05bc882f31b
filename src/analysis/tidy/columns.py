"""What each column of a tidy table holds, and of which type it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from analysis.records.descriptor import SERIES
from analysis.records.periods import PRECISION, PRECISIONS

# type of a column -> pandas, DuckDB, Data Package
TYPES = {
    "text": ("str", "VARCHAR", "string"),
    "category": ("category", "ENUM", "string"),
    "date": ("datetime64[s]", "DATE", "date"),
    "number": ("float64", "DOUBLE", "number"),
    "integer": ("Int64", "BIGINT", "integer"),
    "yes or no": ("boolean", "BOOLEAN", "boolean"),
}
HOW_PRECISE = "How precisely {} is written: a year and a month stand as their {} day."
_POSITIVE = "^[1-9][0-9]*$"  # a whole number that may be missing, as the descriptor writes it


@dataclass(frozen=True)
class Column:
    """A column of a tidy table.

    Parameters
    ----------
    name : str
    type : str
        One of ``TYPES``.
    holds : str
        What it holds, one sentence.
    allowed : tuple of str
        What a category can be.
    """

    name: str
    type: str
    holds: str
    allowed: tuple[str, ...] = ()

    @property
    def ends(self) -> bool:
        """Whether a date closes a period: a year stands as its last day, otherwise as its first."""
        return self.name.endswith("_end")


@dataclass(frozen=True)
class Described:
    """A tidy table without its rows.

    Parameters
    ----------
    name, holds : str
        What it is called, and what one row is.
    key : tuple of str
        Columns that no two rows share.
    columns : tuple of Column
    """

    name: str
    holds: str
    key: tuple[str, ...]
    columns: tuple[Column, ...] = field(default_factory=tuple)


def of_resource(name: str, resource: dict[str, Any], *, holds: str = "") -> Described:
    """A table of ``datapackage.json`` with the types that its columns have here.

    Dates that may be a year or a month become days, each with a column that says how precise it is.

    Parameters
    ----------
    name : str
        What the table is called here.
    resource : dict
        Resource of the descriptor.
    holds : str, optional
        Other words than the descriptor's.
    """
    schema = resource["schema"]
    names = [one["name"] for one in schema["fields"]]
    columns: list[Column] = []
    for one in schema["fields"]:
        column = _column(one)
        columns.append(column)
        if column.type == "date" and "precision" not in names:
            words = HOW_PRECISE.format(column.name, "last" if column.ends else "first")
            columns.append(
                Column(f"{column.name}{PRECISION}", "category", words, tuple(PRECISIONS))
            )
    return Described(
        name, holds or resource["description"], tuple(schema["primaryKey"]), tuple(columns)
    )


def series_resource(resources: list[dict[str, Any]]) -> dict[str, Any]:
    """One resource for all files of series: their columns are alike, and a list that only one file closes is open."""
    first, *others = [one for one in resources if one["path"].startswith(SERIES)]
    fields = []
    for place, one in enumerate(first["schema"]["fields"]):
        lists = [
            tuple(other["schema"]["fields"][place].get("constraints", {}).get("enum", ()))
            for other in others
        ]
        rules = one.get("constraints", {})
        closed = (
            {"enum": rules["enum"]}
            if "enum" in rules and set(lists) == {tuple(rules["enum"])}
            else {}
        )
        fields.append(
            one
            | {
                "constraints": {name: rule for name, rule in rules.items() if name != "enum"}
                | closed
            }
        )
    key = max((other["schema"]["primaryKey"] for other in (first, *others)), key=len)
    return first | {"schema": {"fields": fields, "primaryKey": key}}


def _column(one: dict[str, Any]) -> Column:
    rules, name = one.get("constraints", {}), one["name"]
    allowed = tuple(rules.get("enum", ()))
    if set(allowed) == {"yes", "no"}:
        return Column(name, "yes or no", one["description"])
    if allowed:
        return Column(name, "category", one["description"], allowed)
    if one.get("holds") == "period":
        return Column(name, "date", one["description"])
    if rules.get("pattern") == _POSITIVE:
        return Column(name, "integer", one["description"])
    return Column(name, {"string": "text"}.get(one["type"], one["type"]), one["description"])
