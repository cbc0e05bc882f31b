"""Rows that several charts draw alike: values with their ranges, and counts end to end; the tables they plot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.bounds.claims import bounds_of
from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.form import open_ends
from analysis.plotting.marks import (
    bare_cells,
    coloured_words,
    interval,
    open_end,
    put,
    row_labels,
    stack,
    thickness,
)
from analysis.plotting.placement import Place
from analysis.plotting.style import CALCULATED, INK, MUTED
from analysis.plotting.text_boxes import figure_of
from analysis.words.catalogue import word
from analysis.words.wording import stated

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from analysis.bounds.finding import Finding
    from analysis.plotting.spec import ChartSpec
    from analysis.records.load import Records

VALUES = ("value", "low", "high")
PALER = 0.45  # opacity of a bar that steps back
OPEN = 22  # points of an arrow at the end of a bar


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
    emphasised: str = "",
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
    emphasised : str
        Name of the row that the headline is about.
    """
    words, rows = spec.text(lang).labels, list(spec.data.itertuples())
    names = [str(getattr(row, by)) for row in rows]
    for y, (name, row) in enumerate(zip(names, rows, strict=True)):
        value, *ends = (getattr(row, column) for column in values)
        opens = open_ends(row, *ends)
        text = words[f"value:{name}"]
        looks = {"color": color(row), "weight": "bold" if name == emphasised else ""}
        with group(axes, name):
            interval(axes, y, value, (ends[0], ends[1]), open_ends=opens, text=text, **looks)
    place = names.index(emphasised) if emphasised in names else -1
    row_labels(axes, [words[name] for name in names], emphasised=place)
    axes.set_xlabel(words["x"])


def bar_rows(
    axes: Axes,
    spec: ChartSpec,
    lang: str,
    by: str,
    *,
    value: str = "value",
    color: Callable[[Any], str] = lambda row: CALCULATED,
    emphasised: Iterable[str] = (),
    open_ended: Callable[[Any], bool] = lambda row: False,
) -> None:
    """A bar from zero for each row of the data, its words behind it; no axis, as every value is said.

    Parameters
    ----------
    by : str
        Column with the name of the row: its label, and ``value:`` before it for the words behind its bar.
    value : str
        Column of the lengths.
    color : callable
        From a row of the data to its colour.
    emphasised : iterable of str
        Rows that the headline is about: in full colour, their words large and bold; the others step back.
    open_ended : callable
        Whether a row is stated as more than its value: an arrow stands at its end.
    """
    words, bold = spec.text(lang).labels, set(emphasised)
    names = [str(name) for name in spec.data[by]]
    longest = float(spec.data[value].max())
    for y, row in enumerate(spec.data.itertuples()):
        name, length = names[y], float(getattr(row, value))
        strong = name in bold or not bold
        with group(axes, name):
            alpha = 1.0 if strong else PALER
            axes.barh(y, length, color=color(row), alpha=alpha, height=thickness(axes))
            is_open = open_ended(row)
            if is_open:
                open_end(axes, (length, y), (OPEN, 0), color(row))
            place = Place((length, y), (OPEN + 5 if is_open else 6, 0), "left", "center")
            size = "value" if name in bold and not narrow(axes) else "label"
            look = {"weight": "bold" if name in bold else "normal", "size": size}
            put(axes, words[f"value:{name}"], [place], color=INK, **look)
    row_labels(axes, [words[name] for name in names])
    arrows = narrow(axes) and any(map(open_ended, spec.data.itertuples()))
    axes.set_xlim(0, longest * (1.12 if arrows else 1.02))
    bare_cells(axes)
    axes.set_xticks([])


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
    lead: str = "",
    unmarked: Iterable[str] = (),
) -> None:
    """Counts of each row end to end, each part in its colour; the key over them says how many there are of each.

    Parameters
    ----------
    columns : tuple of str
        Columns with the name of the row and of the part; the counts are the plotted value.
    rows : iterable of str
        Rows from top to bottom.
    colors : mapping
        Parts in their order, with their colours.
    lead : str
        Words at the beginning of the key, in bold.
    unmarked : iterable of str
        Rows without a bar. What the labels say of ``value:`` and the row stands behind its bar, or in its place.
    """
    words, kept = spec.text(lang).labels, list(rows)
    counts = spec.data.groupby(list(columns))[spec.values[0]].sum()
    room = axes.bbox.width / figure_of(axes).dpi * (1.0 if narrow(axes) else 0.65)
    bare, sums = set(unmarked), counts.groupby(level=0).sum()
    inch = float(sums.drop(list(bare)).max()) / room
    for y, row in enumerate(kept):
        parts = [(float(counts.get((row, part), 0)), color) for part, color in colors.items()]
        with group(axes, row):
            if row not in bare:
                stack(axes, y, parts, inch=inch)
            end = 0.0 if row in bare else float(sums.get(row, 0))
            place = Place((end, y), (0 if row in bare else 6, 0), "left", "center")
            put(axes, words.get(f"value:{row}", ""), [place], color=MUTED)
    row_labels(axes, [words[row] for row in kept])
    total = spec.data.groupby(columns[1])[spec.values[0]].sum()
    key = [
        (word("source_line", "counted", lang).format(words[part], f"{total[part]:.0f}"), color)
        for part, color in colors.items()
        if total.get(part, 0)
    ]
    whole = word("source_line", "of", lang).format(f"{total.sum():.0f}")
    coloured_words(axes, [(lead or whole, INK), *key])
    axes.set_xlim(left=0)
    bare_cells(axes)
    axes.set_xticks([])
