"""A tidy table as text: for reading, as CSV, as JSON; the same on every machine."""

from __future__ import annotations

import datetime as dt
import json
import math
from typing import Any

import pandas as pd

from analysis.plotting.spec import neutral
from analysis.words.wording import Table

FORMS = ("table", "csv", "json")
_MIDNIGHT = "T00:00:00"
_DIGITS = 12  # those that every machine agrees on


def as_text(frame: pd.DataFrame, form: str) -> str:
    """A table in one of the forms, with a line end.

    Parameters
    ----------
    frame : DataFrame
    form : {"table", "csv", "json"}
    """
    return {"table": as_table, "csv": as_csv, "json": as_json}[form](frame)


def as_table(frame: pd.DataFrame) -> str:
    """For reading in a terminal; nothing stands where nothing is stated, ∞ where an end is open.

    Examples
    --------
    >>> print(as_table(pd.DataFrame({"id": ["a", None], "day": pd.to_datetime(["2017-10-15", None]), "high": [1.5, math.inf]})), end="")
    id  day         high
    --  ----------  ----
    a   2017-10-15  1.5
                    ∞
    """
    shown = [
        [
            ""
            if value is None
            else value
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else _written(value)
            for value in row
        ]
        for row in _rows(frame)
    ]
    return repr(Table(pd.DataFrame(shown, columns=frame.columns, dtype=object))) + "\n"


def as_csv(frame: pd.DataFrame) -> str:
    r"""As CSV: dates as ISO 8601, ``true`` and ``false``, an empty cell where nothing is stated or an end is open.

    No cell is taken for a formula by a spreadsheet.

    Examples
    --------
    >>> as_csv(pd.DataFrame({"id": ["=1+1", None], "high": [0.1 + 0.2, math.inf]}))
    "id,high\n'=1+1,0.3\n,\n"
    """
    rows = [["" if value is None else _csv_cell(value) for value in row] for row in _rows(frame)]
    names = [neutral(str(name)) for name in frame.columns]
    text = pd.DataFrame(rows, columns=names, dtype="str").to_csv(index=False, lineterminator="\n")
    return str(text)


def as_json(frame: pd.DataFrame) -> str:
    r"""As a list of objects: dates as ISO 8601, ``null`` where nothing is stated or an end is open.

    Examples
    --------
    >>> as_json(pd.DataFrame({"id": ["a"], "high": [math.inf]}))
    '[{"id": "a", "high": null}]\n'
    """
    rows = [
        {str(name): _json_value(value) for name, value in zip(frame.columns, row, strict=True)}
        for row in _rows(frame)
    ]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False) + "\n"


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    """The cells as plain Python values; None for what is missing."""
    columns = [[_plain(value) for value in frame.iloc[:, place]] for place in range(frame.shape[1])]
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):  # numpy
        value = value.tolist()
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat().removesuffix(_MIDNIGHT)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _csv_cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.{_DIGITS}g}" if math.isfinite(value) else ""
    return (
        str(value)
        if isinstance(value, int) and not isinstance(value, bool)
        else neutral(_written(value))
    )


def _json_value(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
    return (
        value
        if value is None or isinstance(value, (int, str))
        else json.loads(json.dumps(value, default=_written))
    )
