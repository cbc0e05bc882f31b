"""Tables that somebody brings, as they are: read from CSV, XLSX, Parquet or a DataFrame, and their cells in one form."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import numbers
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from analysis.records.errors import AnalysisError, DataError, Problem, shortened

Source: TypeAlias = str | os.PathLike[str] | pd.DataFrame
T = TypeVar("T")

FIRST_YEAR, LAST_YEAR = 1900, 2100
EMPTY = {"", "na", "n/a", "nan", "nat", "<na>", "none", "null", "."}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE | re.ASCII)
DASHES = {"-", "\u2013", "\u2014", "\uff0d"}  # how yearbooks say that there is nothing
YEAR = re.compile(r"(\d{1,12})(\.0*)?", re.ASCII)
LARGEST = 1e100  # of a number: squares of larger ones have no end
YEARS_AS_COLUMNS = 3  # so many columns that are years, and a table is wide
MONTH, DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
DATE = re.compile(rf"(\d{{4}})(年.*|[-/]{MONTH}([-/]{DAY}([T ].*)?)?|\.{MONTH}\.{DAY})", re.ASCII)


NEVER_TREATED = "an empty cell, 0, Inf, NA or never for never treated"


class Wrong(ValueError):
    """A cell that cannot be read: what is wrong with it, beginning with a verb."""


@dataclass(frozen=True, eq=False)
class Given:
    """A table as it was given.

    Parameters
    ----------
    name : str
        Of the file, or of the argument that holds a DataFrame.
    rows : DataFrame
        Cells as they are, indexed by the row as a spreadsheet counts it: the header is row 1.
    note : str
        How the file was read, where that must be said.
    """

    name: str
    rows: pd.DataFrame
    note: str = ""

    def read(
        self, column: str, cell: Callable[[object], T], key: pd.Series | None = None
    ) -> tuple[pd.Series, list[Problem]]:
        """A column by the function of a cell, without the cells that it refuses, and what it says of them."""
        values: dict[Any, T] = {}
        found: list[Problem] = []
        read: dict[str, T | Wrong] = {}  # a column repeats its cells: each is read once
        cells = self.rows[column]
        for row, value in zip(cells.index.tolist(), cells.tolist(), strict=True):
            known = repr(value)
            if known not in read:
                try:
                    read[known] = cell(value)
                except Wrong as wrong:
                    read[known] = wrong
            one = read[known]
            if not isinstance(one, Wrong):
                values[row] = one
                continue
            own = None if key is None or row not in key.index else str(key[row])
            said = f"{shortened(str(value))!r} {one}" if str(value).strip() else str(one)
            found.append(Problem(self.name, said, row, column, own, str(one)))
        return pd.Series(values, dtype=object), found


def given(source: Source, name: str) -> Given:
    """A table from a file or a DataFrame.

    Parameters
    ----------
    source : path or DataFrame
        CSV, XLSX (its first sheet) or Parquet, distinguished by the file extension; a named index of a DataFrame counts as columns.
    name : str
        What a DataFrame is called in messages.

    Raises
    ------
    DataError
        If there is no such file, it cannot be read, or it has no rows.
    """
    if not isinstance(source, str | os.PathLike | pd.DataFrame):
        kind = type(source).__name__
        said = f"is of the type {kind}; allowed are the path of a file and a pandas DataFrame"
        raise DataError([Problem(name, said)])
    if isinstance(source, pd.DataFrame):
        named = [one for one in source.index.names if one is not None]
        rows = source.reset_index() if named else source.reset_index(drop=True)
    else:
        path = Path(source)
        name = path.name
        if not path.is_file():
            raise DataError([Problem(name, "there is no such file")])
        rows = READERS.get(path.suffix.lower(), _csv)(path)
    if rows.empty:
        raise DataError([Problem(name, "has a header and no rows")])
    columns = [str(one).strip() for one in rows.columns]
    if twice := sorted({one for one in columns if columns.count(one) > 1}):
        raise DataError([Problem(name, f"has several columns {twice[0]!r}")])
    rows = rows.set_axis(columns, axis=1).set_axis(range(2, len(rows) + 2))
    kept = rows[~(rows.isna() | (rows == "")).all(axis=1)]
    return Given(name, kept, str(rows.attrs.get("note", "")))


def _text(path: Path) -> tuple[str, str]:
    """The text of a file, and what must be said of its encoding."""
    content = path.read_bytes()
    utf_16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    if utf_16 or b"\0" not in content:
        for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "gb18030"):
            with contextlib.suppress(UnicodeDecodeError):
                said = "" if encoding == "utf-8-sig" else f"{path.name} is read as {encoding}."
                return content.decode(encoding), said
    said = "is not a text file in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8, XLSX or Parquet"
    raise DataError([Problem(path.name, said)])


def _csv(path: Path) -> pd.DataFrame:
    text, note = _text(path)
    try:
        first = text.partition("\n")[0]
        separator = max(",;\t", key=first.count)
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        header, *rows = list(lines) or [[]]
    except csv.Error as error:
        raise DataError([Problem(path.name, f"is not readable as CSV: {error}")]) from None
    kind = f"has another number of cells than the header, which has {len(header)}"
    if uneven := [
        Problem(path.name, f"{kind}: {len(row)}", number, kind=kind)
        for number, row in enumerate(rows, 2)
        if row and len(row) != len(header)
    ]:
        raise DataError(uneven)
    blank = [""] * len(header)  # a line without anything keeps the numbers of the rows after it
    table = pd.DataFrame([row or blank for row in rows], columns=header, dtype=object)
    table.attrs["note"] = note
    return table


def _xlsx(path: Path) -> pd.DataFrame:
    try:
        return pd.read_excel(path, dtype=object)
    except ImportError:
        raise AnalysisError(
            f"{path.name}: workbooks are read by openpyxl, which is not installed; install it, or save the sheet as CSV UTF-8"
        ) from None
    except (ValueError, OSError, KeyError) as error:
        said = "is not readable as XLSX: it is damaged, or of another kind"
        raise DataError([Problem(path.name, said)]) from error


def _parquet(path: Path) -> pd.DataFrame:
    import duckdb

    try:
        with duckdb.connect() as connection:
            return connection.read_parquet(str(path)).df()
    except duckdb.Error as error:
        said = str(error).splitlines()[0]
        raise DataError([Problem(path.name, f"is not readable as Parquet: {said}")]) from None


READERS: dict[str, Callable[[Path], pd.DataFrame]] = {
    ".xlsx": _xlsx,
    ".xlsm": _xlsx,
    ".parquet": _parquet,
    ".pq": _parquet,
}


# -- cells -----------------------------------------------------------------------------------------


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing, in one of the ways in which tables say so."""
    return as_text(cell).lower() in EMPTY


def as_text(cell: object) -> str:
    """A name or code; a whole number is the same whether a table holds it as 13011, 13011.0 or text."""
    if isinstance(cell, (float, numbers.Integral)) and cell == cell // 1:
        return str(int(cell))
    text = str(cell).strip()
    return text.removesuffix(".0") if re.fullmatch(r"[0-9]+\.0", text) else text


def as_name(cell: object) -> str:
    """A name or code that must be there."""
    if is_empty(cell):
        raise Wrong("is empty; a value is required")
    return as_text(cell)


def as_number(cell: object) -> float:
    """A finite number, with an exponent or without; NaN where nothing is stated."""
    if is_empty(cell):
        return float("nan")
    text = str(cell).strip()
    if not NUMBER.fullmatch(text):
        if NUMBER.fullmatch(re.sub("[,\uff0c]", "", text)):
            raise Wrong("has a comma; write 7710000.5, without commas and with a decimal point")
        raise Wrong("is not a number; allowed is a decimal number such as 7710000 or 7.71e6")
    value = float(text)
    if abs(value) > LARGEST:
        raise Wrong("is too large a number")
    return value


def as_weight(cell: object) -> float:
    """A number above 0 that must be there."""
    value = as_number(cell)
    if not value > 0:
        raise Wrong("is no weight; allowed is a number above 0")
    return value


def as_year(cell: object) -> int:
    """A year: 2018, 2018.0 or a date."""
    if is_empty(cell):
        raise Wrong("is empty; a value is required")
    year = _year(cell)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong(f"is no year between {FIRST_YEAR} and {LAST_YEAR}")
    return year


def as_first_year(cell: object) -> int | str:
    """The first year treated, or how the table says that there is none: empty, 0, Inf, or a year beyond the calendar."""
    if is_empty(cell):
        return (
            "an empty cell"
            if as_text(cell) in {"", "nan", "<NA>", "NaT", "None"}
            else as_text(cell)
        )
    if as_text(cell).lower().lstrip("+") in {"inf", "infinity", "never"} | DASHES:
        return as_text(cell)
    try:
        year = _year(cell)
    except Wrong as wrong:
        raise Wrong(f"{wrong}, and {NEVER_TREATED}") from None
    if year == 0 or year > LAST_YEAR:
        return str(year)
    if year < FIRST_YEAR:
        raise Wrong(
            f"is no year between {FIRST_YEAR} and {LAST_YEAR}; allowed is also {NEVER_TREATED}"
        )
    return year


def as_dummy(cell: object) -> int:
    """Whether treated: 0 or 1."""
    text = as_text(cell).lower()
    if text not in {"0", "1", "true", "false"}:
        raise Wrong("is neither 0 nor 1")
    return int(text in {"1", "true"})


def _year(cell: object) -> int:
    if isinstance(cell, datetime.date):
        return cell.year
    text = str(cell).strip()
    found = YEAR.fullmatch(text) or DATE.fullmatch(text)
    if not found:
        raise Wrong("is not a year; allowed is 2018, 2018.0 or a date such as 2018-12-31")
    return int(found[1])


def is_year(name: object) -> bool:
    """Whether a name of a column is a year."""
    try:
        return bool(as_year(name))
    except Wrong:
        return False


def some(names: Sequence[str], most: int = 10) -> str:
    """Some names, and how many more there are."""
    left = len(names) - most
    listed = ", ".join(shortened(name) for name in names[:most])
    return listed + (f" and {left:,} more" if left > 0 else "")
