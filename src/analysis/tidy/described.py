"""Which tidy tables there are, and what their columns hold."""

from __future__ import annotations

from typing import Any

from analysis.bounds.finding import GRADES
from analysis.records.descriptor import SERIES
from analysis.tidy.columns import Column, Described, of_resource, series_resource

OWN_NAMES = {"series": "series_index"}  # the rows of all files of series together are called series
LEFT_OUT = frozenset({"audited_grades"})  # stands in the claims already
ROWS_OF_SERIES = "One row for each observation of a context series, of all themes, with its citation; several sources of one period stay several rows."
DIRECTIONS = ("closed", "at least", "at most", "direction unknown")
RULES = ("as printed", "exact", "trailing zeros")
KINDS = ("claim", "observation", "assumption", "estimate")
META = ("tables", "columns")  # the tables about the tables

CODED_GRADE = Column(
    "coded_grade", "category", "Evidence grade as coded, before the audit.", tuple(GRADES)
)
STATED_ZH = Column(
    "stated_zh", "text", "The words of the Chinese original, where one is known: see originals."
)
_UNIT = Column("unit", "text", "Unit of the values.")
_OF_INDEX = ("title", "nature", "theme")


def described(resources: list[dict[str, Any]]) -> dict[str, Described]:
    """Every tidy table by name, without its rows.

    Parameters
    ----------
    resources : list of dict
        Those of ``datapackage.json``.
    """
    found: dict[str, Described] = {}
    for resource in resources:
        name = resource["name"]
        if name not in LEFT_OUT and not resource["path"].startswith(SERIES):
            found[OWN_NAMES.get(name, name)] = of_resource(OWN_NAMES.get(name, name), resource)
    claims = found["claims"]
    place = [column.name for column in claims.columns].index("grade") + 1
    found["claims"] = Described(
        "claims",
        claims.holds,
        claims.key,
        (*claims.columns[:place], CODED_GRADE, *claims.columns[place:], STATED_ZH),
    )
    found["series"] = _observations(resources, found["series_index"])
    found |= {
        one.name: one
        for one in (
            _intervals(claims),
            _findings(),
            _finding_inputs(),
            _measure_themes(found["measures"]),
            *_meta(),
        )
    }
    return {
        name: found[name] for name in (*_FIRST, *sorted(found.keys() - {*_FIRST, *META}), *META)
    }


_FIRST = (
    "claims",
    "intervals",
    "findings",
    "finding_inputs",
    "series",
    "series_index",
    "denominators",
    "sources",
    "events",
    "measures",
    "measure_themes",
)


def _observations(resources: list[dict[str, Any]], index: Described) -> Described:
    rows = of_resource("series", series_resource(resources), holds=ROWS_OF_SERIES)
    of_index = tuple(column for column in index.columns if column.name in _OF_INDEX)
    return Described(
        "series", rows.holds, rows.key, (rows.columns[0], *of_index, *rows.columns[1:])
    )


def _intervals(claims: Described) -> Described:
    of_claims = {column.name: column for column in claims.columns}
    columns = (
        of_claims["claim_id"],
        Column(
            "stated",
            "text",
            "The words of the document, verbatim: at most eight, or 25 characters of Chinese.",
        ),
        of_claims["bound"],
        Column("low", "number", "Lowest value that the figure can mean, in the unit."),
        Column(
            "high", "number", "Highest value that the figure can mean; infinite where it is open."
        ),
        of_claims["unit"],
        Column("direction", "category", "Which end is open.", DIRECTIONS),
        Column(
            "rounding_unit",
            "number",
            "Unit of the last stated digit; none where the figure is exact.",
        ),
        Column("rule", "category", "Rule that gave the unit of the last digit.", RULES),
        of_claims["grade"],
    )
    return Described(
        "intervals",
        "One row per claim: what the figure can mean as it is stated.",
        ("claim_id",),
        columns,
    )


def _findings() -> Described:
    columns = (
        Column("value_id", "text", "Stable identifier: topic.slug."),
        Column("topic", "text", "Theme."),
        Column("label", "text", "What it is."),
        Column("value", "number", "Value at the stated figures, in the unit."),
        Column(
            "low", "number", "Lowest value that the inputs allow; minus infinite where it is open."
        ),
        Column("high", "number", "Highest value that the inputs allow; infinite where it is open."),
        Column(
            "open_ended",
            "category",
            "Which end is open; both: the direction is unknown; none: closed.",
            ("low", "high", "both"),
        ),
        _UNIT,
        Column("currency", "text", "Currencies in the unit."),
        Column("price_basis", "text", "nominal where the value is money."),
        Column("formula", "text", "Calculation, with the identifiers of its inputs."),
        Column("inputs", "text", "Inputs, joined by semicolons; one by one in finding_inputs."),
        Column("period", "text", "For which time, in words."),
        Column(
            "evidence_grade",
            "category",
            "Grade of the weakest claim used; without claims, of the weakest copy of a series.",
            tuple(GRADES),
        ),
        Column("note", "text", "What must be said with it."),
    )
    return Described(
        "findings", "One row per result, with its range, formula and grade.", ("value_id",), columns
    )


def _finding_inputs() -> Described:
    columns = (
        Column("value_id", "text", "The finding."),
        Column("position", "integer", "Place among the inputs of the finding, from 1."),
        Column("input", "text", "The input as the formula names it."),
        Column("kind", "category", "What the input is.", KINDS),
        Column("claim_id", "text", "The claim, where the input is one."),
        Column(
            "series_id",
            "text",
            "The series, where the input is an observation; a rate such as usd-cny stands for its mean, low and high.",
        ),
        Column(
            "estimate_id",
            "text",
            "The published estimate of the table evidence, where the input is one.",
        ),
        Column(
            "period",
            "text",
            "Period of the observation, as its row has it; both ends of a longer span, joined by a slash.",
        ),
    )
    return Described(
        "finding_inputs",
        "One row for each input of each finding.",
        ("value_id", "position"),
        columns,
    )


def _measure_themes(measures: Described) -> Described:
    columns = (
        measures.columns[0],
        Column(
            "position",
            "integer",
            "Place among the themes of the measure, the most important first, from 1.",
        ),
        Column(
            "theme",
            "text",
            "Theme, as adjudicated; none where the measure was announced but not named.",
        ),
    )
    return Described(
        "measure_themes",
        "One row for each theme of each policy measure.",
        ("measure_id", "position"),
        columns,
    )


def _meta() -> tuple[Described, Described]:
    name = Column("table_name", "text", "Name of the table.")
    tables = (
        name,
        Column("rows", "integer", "Number of rows."),
        Column("holds", "text", "What one row is."),
    )
    columns = (
        name,
        Column("column_name", "text", "Name of the column."),
        Column(
            "type",
            "category",
            "Type of the column.",
            ("text", "category", "date", "number", "integer", "yes or no"),
        ),
        Column("holds", "text", "What the column holds."),
        Column("allowed", "text", "What a category can be, joined by semicolons."),
    )
    return Described("tables", "One row for each table.", ("table_name",), tables), Described(
        "columns", "One row for each column of each table.", ("table_name", "column_name"), columns
    )
