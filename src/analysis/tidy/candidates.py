"""Candidate figures of some files as text: a table for the terminal, CSV, or JSON."""

from __future__ import annotations

import io
import json
import os
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.reading.documents import FIELDS, Row
from analysis.records.errors import AnalysisError
from analysis.tidy.texts import as_csv

FORMS = ("table", "csv", "json")
Found = Mapping[str, Sequence[Row]]
_SHOWN = {  # column of a row: heading, least width; what does not fit is left out from the end
    "paragraph": ("¶", 3),
    "text": ("as stated", 20),
    "low": ("low", 9),
    "high": ("high", 9),
    "bound": ("bound", 9),
    "unit": ("unit", 8),
    "score": ("sure", 4),
    "counted": ("counted", 14),
    "kind": ("kind", 8),
    "period": ("period", 10),
    "place": ("place", 12),
    "why": ("why", 24),
}
_GAP = 2


def form_of(form: str | None, out: Path | None) -> str:
    """Return the form asked for, or the one of the file's name, else a table.

    Raises
    ------
    AnalysisError
        If there is no such form.

    Examples
    --------
    >>> form_of(None, Path("found.json")), form_of(None, None)
    ('json', 'table')
    """
    if out and out.suffix == ".parquet":
        raise AnalysisError("a table in Parquet is made of a folder; of files, csv or json")
    ending = out.suffix.lower().removeprefix(".") if out else ""
    form = form or (ending if ending in FORMS else "table")
    if form not in FORMS:
        raise AnalysisError(f"{form!r} is no form of candidates; allowed are {', '.join(FORMS)}")
    return form


def names_of(files: Sequence[Path]) -> list[str]:
    """Return the files' paths from the folder that they share: names alone where it is the same.

    Examples
    --------
    >>> names_of([Path("texts/a.txt"), Path("texts/b.txt")])
    ['a.txt', 'b.txt']
    >>> names_of([Path("texts/a.txt"), Path("texts/old/a.txt")])
    ['a.txt', 'old/a.txt']
    """
    whole = [Path(os.path.abspath(file)) for file in files]
    common = Path(os.path.commonpath([file.parent for file in whole]))
    return [file.relative_to(common).as_posix() for file in whole]


def candidates_as_text(found: Found, form: str, *, width: int = 80) -> str:
    """Return candidates in one of the forms, with a line end.

    Parameters
    ----------
    found : mapping of str to sequence of dict
        File to its rows.
    form : {"table", "csv", "json"}
        JSON is the mapping itself; CSV has a column ``file``.
    width : int
        Columns of the terminal.
    """
    if form == "json":
        return json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    if form == "csv":
        rows = [{"file": file, **row} for file, rows in found.items() for row in rows]
        return as_csv(pd.DataFrame(rows, columns=["file", *FIELDS], dtype=object))
    return "\n".join(_table(file, rows, width) for file, rows in found.items())


def _table(file: str, rows: Sequence[Row], width: int) -> str:
    """One file's table, of the columns that fit, and the names of those that do not."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    if not rows:
        return f"{file}: no figures\n"
    shown = _fitting(width)
    left = [name for name in _SHOWN if name not in shown]
    number = "1 figure" if len(rows) == 1 else f"{len(rows)} figures"
    beyond = f" (not shown: {', '.join(left)}; widen the terminal, or --format csv)" if left else ""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, _GAP - 1, 0, 0), show_edge=False)
    for name in shown:
        heading, least = _SHOWN[name]
        right = name in ("paragraph", "low", "high", "score")
        table.add_column(
            heading,
            min_width=least,
            no_wrap=right,
            overflow="fold",
            justify="right" if right else "left",
        )
    for row in rows:
        table.add_row(*(_cell(name, row) for name in shown))
    page = io.StringIO()
    Console(file=page, width=width, color_system=None, markup=False, emoji=False).print(table)
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    heading = textwrap.fill(f"{file}: {number}{beyond}", width, break_on_hyphens=False)
    return "\n".join([heading, *lines]) + "\n"


def _fitting(width: int) -> list[str]:
    shown, taken = [], 0
    for name, (_, least) in _SHOWN.items():
        taken += least + _GAP
        if taken > width:
            break
        shown.append(name)
    return shown


def _cell(name: str, row: Row) -> str:
    """A cell; nothing stands where an end is open or nothing was found."""
    value = row[name]
    if name in ("low", "high"):
        return "" if value is None else f"{value:,.12g}"
    return (
        str(value).replace("_", " ") if name in ("bound", "kind") else " ".join(str(value).split())
    )
