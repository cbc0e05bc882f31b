"""Rows that several charts draw alike: values with their ranges, and counts end to end; the tables they plot."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.ticker import MaxNLocator

from analysis.bounds.claims import bounds_of
from analysis.plotting.marks import interval, row_labels, stack
from analysis.plotting.style import CALCULATED
from analysis.words.wording import stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.bounds.finding import Finding
    from analysis.plotting.spec import ChartSpec
    from analysis.records.load import Records

VALUES = ("value", "low", "high")


def claim_rows(records: Records, claim_ids: Iterable[str]) -> pd.DataFrame:
    """Claims as intervals, with their wording in both languages.

    Returns
    -------
    DataFrame
        Columns ``claim_id``, ``value``, ``low``, ``high`` (in the claim's unit; an open end is infinite),
        ``stated_en``, ``stated_zh``.
    """
    rows = []
    for claim_id in claim_ids:
        bounds, claim = bounds_of(records, claim_id), records.claim(claim_id)
        rows.append(
            {
                "claim_id": claim_id,
                "value": bounds.value,
                "low": bounds.low,
                "high": bounds.high,
                "stated_en": stated(claim),
                "stated_zh": stated(claim, "zh"),
            }
        )
    return pd.DataFrame(rows)


def finding_rows(found: Iterable[Finding]) -> pd.DataFrame:
    """Findings as rows of a dot plot: ``value_id``, ``value``, ``low``, ``high``, ``open_ended``."""
    columns = ["value_id", *VALUES, "open_ended"]
    return pd.DataFrame([{name: getattr(one, name) for name in columns} for one in found])


def interval_rows(
    axes: Axes,
    spec: ChartSpec,
    lang: str,
    by: str,
    *,
    values: tuple[str, str, str] = VALUES,
    color: Callable[[Any], str] = lambda row: CALCULATED,
) -> None:
    """A row for each row of the data: a value with its range, and an arrow at an open end.

    Parameters
    ----------
    by : str
        Column with the name of the row, or ``"Index"``: its label, and ``value:`` before it for the words behind its
        mark.
    values : tuple of str
        Columns of value, low and high. An end is open where ``open_ended`` says so; without this
        column, where it is not finite, or the low one 0.
    color : callable
        From a row of the data to its colour.
    """
    words, rows = spec.text(lang).labels, list(spec.data.itertuples())
    names = [str(getattr(row, by)) for row in rows]
    for y, (name, row) in enumerate(zip(names, rows, strict=True)):
        value, *ends = (getattr(row, column) for column in values)
        said = getattr(row, "open_ended", None)
        opens = (
            (not math.isfinite(ends[0]) or ends[0] == 0, not math.isfinite(ends[1]))
            if said is None
            else (said in ("low", "both"), said in ("high", "both"))
        )
        text = words[f"value:{name}"]
        interval(axes, y, value, (ends[0], ends[1]), open_ends=opens, text=text, color=color(row))
    row_labels(axes, [words[name] for name in names])
    axes.set_xlabel(words["x"])


def cross_counts(
    data: pd.DataFrame, rows: Mapping[str, Iterable[str]], name: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of a table counted by two columns, as a table and as long data, with zeros.

    Parameters
    ----------
    data : DataFrame
    rows : mapping
        The two columns, each with its values in the order in which they are shown.
    name : str
        Column of the counts in the long data.
    """
    (first, second), (index, columns) = rows.keys(), map(list, rows.values())
    table = data.groupby([first, second]).size().unstack(fill_value=0)
    table = table.reindex(index=index, columns=columns, fill_value=0)
    long = table.reset_index().melt(id_vars=first, var_name=second, value_name=name)
    return table, long.astype({name: "float64"})


def stacked_rows(
    axes: Axes,
    spec: ChartSpec,
    lang: str,
    columns: tuple[str, str],
    *,
    rows: Iterable[str],
    colors: Mapping[str, str],
) -> None:
    """Counts of each row end to end, each part in its colour.

    Parameters
    ----------
    columns : tuple of str
        Columns with the name of the row and of the part; the counts are the plotted value.
    rows : iterable of str
        Rows from top to bottom.
    colors : mapping
        Parts in their order, with their colours.
    """
    words, kept = spec.text(lang).labels, list(rows)
    counts = spec.data.groupby(list(columns))[spec.values[0]].sum()
    for y, row in enumerate(kept):
        parts = [
            (float(counts.get((row, part), 0)), color, words[part])
            for part, color in colors.items()
        ]
        stack(axes, y, parts, lang)
    row_labels(axes, [words[row] for row in kept])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(left=0)
    axes.set_xlabel(words["x"])
