"""The tidy tables: typed columns, stable names, nothing where nothing is stated."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.claims import interval_table
from analysis.bounds.finding import ASSUMED, PUBLISHED, findings_frame
from analysis.records.descriptor import descriptor
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.records.paths import data_folder
from analysis.records.periods import PRECISION, PRECISIONS, first_day, last_day
from analysis.themes import all_findings
from analysis.tidy.columns import TYPES, Column, Described
from analysis.tidy.described import described

PRECISION_OF = {length: name for name, length in PRECISIONS.items()}
YES_NO = {"yes": True, "no": False}


def descriptions() -> dict[str, Described]:
    """Every tidy table by name, without its rows: what it and its columns hold."""
    return described(descriptor(data_folder())["resources"])


def table(records: Records, name: str) -> pd.DataFrame:
    """A tidy table: one row per thing, typed columns.

    Parameters
    ----------
    records : Records
    name : str
        One of ``descriptions()``.

    Returns
    -------
    DataFrame
        Dates as dates, closed lists as categories, yes and no as booleans; what is not stated is missing.

    Raises
    ------
    UnknownIdError
        If there is no such table.
    """
    known = descriptions()
    if name not in known:
        raise UnknownIdError("table", name, known)
    return typed(known[name], _raw(records, name))


def typed(one: Described, raw: pd.DataFrame) -> pd.DataFrame:
    """A table with the types that its description states, in the order of its columns.

    Parameters
    ----------
    one : Described
    raw : DataFrame
        Text where the description says date, category or yes or no; "" for what is not stated.
    """
    return pd.DataFrame({column.name: _typed(column, raw) for column in one.columns})


def _typed(column: Column, raw: pd.DataFrame) -> pd.Series:
    dtype = TYPES[column.type][0]
    if column.name not in raw:  # how precise the date beside it is
        lengths = raw[column.name.removesuffix(PRECISION)].str.len()
        return pd.Series(
            pd.Categorical(lengths.map(PRECISION_OF), categories=column.allowed), name=column.name
        )
    values = raw[column.name].reset_index(drop=True)
    stated = values.where(values.astype("str") != "", None)
    match column.type:
        case "date":
            day = last_day if column.ends else first_day
            return pd.Series(
                [day(text).isoformat() if text else None for text in values], dtype="str"
            ).astype(dtype)
        case "category":
            return pd.Series(pd.Categorical(stated, categories=column.allowed))
        case "yes or no":
            return stated.map(YES_NO).astype(dtype)
        case "integer" | "number":
            return pd.to_numeric(stated).astype(dtype)
    return stated.astype(dtype)


def observations(records: Records, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of series as in the tidy table ``series``; a column that it does not have stands last, as it is."""
    made = typed(descriptions()["series"], _with_index(records, rows))
    return made.assign(**{name: rows[name] for name in rows.columns if name not in made})


def _with_index(records: Records, rows: pd.DataFrame) -> pd.DataFrame:
    index = records.series_index[["series_id", "title", "nature", "theme"]]
    return rows.merge(index, on="series_id", how="left", validate="many_to_one")


def _raw(records: Records, name: str) -> pd.DataFrame:
    """The rows of a table before they have types."""
    match name:
        case "series":
            return _with_index(records, records.series)
        case (
            "series_index"
            | "claims"
            | "sources"
            | "events"
            | "definitions"
            | "denominators"
            | "originals"
            | "benchmarks"
            | "assumptions"
            | "measures"
            | "comparisons"
            | "conflicts"
            | "evidence"
        ):
            return getattr(records, name)
        case "intervals":
            return interval_table(records, records.claims["claim_id"])
        case "findings":
            return findings_frame(all_findings(records))
        case "finding_inputs":
            return _inputs(records)
        case "measure_themes":
            themes = records.measures.set_index("measure_id")["themes"].str.split("; ").explode()
            position = themes.groupby(level=0).cumcount() + 1
            return pd.DataFrame(
                {
                    "measure_id": themes.index,
                    "position": position.to_numpy(),
                    "theme": themes.replace("not_stated", "").to_numpy(),
                }
            )
        case "tables":
            known = descriptions()
            sizes = {name: len(_raw(records, name)) for name in known if name != "tables"}
            sizes["tables"] = len(known)
            held = [(name, sizes[name], one.holds) for name, one in known.items()]
            return pd.DataFrame(held, columns=["table_name", "rows", "holds"])
    rows = [
        (one.name, column.name, column.type, column.holds, "; ".join(column.allowed))
        for one in descriptions().values()
        for column in one.columns
    ]
    return pd.DataFrame(rows, columns=["table_name", "column_name", "type", "holds", "allowed"])


def _inputs(records: Records) -> pd.DataFrame:
    rows = []
    for one in all_findings(records):
        for position, name in enumerate(one.inputs, 1):
            series_id, _, period = name.partition("@")
            kind = (
                "assumption"
                if name.startswith(ASSUMED)
                else "estimate"
                if name.startswith(PUBLISHED)
                else "observation"
                if period
                else "claim"
            )
            ids = {
                "claim": name,
                "observation": series_id,
                "estimate": name.removeprefix(PUBLISHED),
            }
            rows.append(
                (
                    one.value_id,
                    position,
                    name,
                    kind,
                    *(ids[own] if own == kind else "" for own in ids),
                    period,
                )
            )
    return pd.DataFrame(
        rows,
        columns=[
            "value_id",
            "position",
            "input",
            "kind",
            "claim_id",
            "series_id",
            "estimate_id",
            "period",
        ],
    )
