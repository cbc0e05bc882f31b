"""How another program can draw a chart as an object of its own: which columns make bars, lines or dots."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

INDEX = "Index"  # as the name of a column: the number of the row


@dataclass(frozen=True)
class Form:
    """The form of a chart, declared beside its data; a chart without one is handed on as a picture.

    Parameters
    ----------
    kind : {"bars", "lines", "dots"}
        Bars lie, the first row on top. Lines and dots stand over numbers if ``by`` holds numbers, over
        names otherwise.
    by : str
        Column with the name of the row, or of the horizontal axis; ``"Index"`` is the number of the row.
    values : tuple of str
        Columns plotted, a series each; those of the chart if there are none.
    ranges : mapping
        Lowest and highest of a column of values. An end that is open or unknown has no bar.
    split : str
        Column whose every value is a series of its own; rows of the same name are added.
    stacked : bool
        Whether bars stand end to end.
    log : bool
        Whether the scale is logarithmic.
    color : callable, optional
        From a row of the data to its colour.
    colors : mapping
        Colour of a series, by column of values or value of ``split``; series are in this order.
    names : mapping
        Name of a series in both languages, where labels and columns do not have it; ``y``: that of the scale.
    """

    kind: Literal["bars", "lines", "dots"]
    by: str
    values: tuple[str, ...] = ()
    ranges: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    split: str = ""
    stacked: bool = False
    log: bool = False
    color: Callable[[Any], str] | None = None
    colors: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def columns(self) -> set[str]:
        """Columns of the data that it needs."""
        ends = {name for pair in self.ranges.values() for name in pair}
        return ({self.by, self.split, *self.values} | ends) - {INDEX, ""}


def open_ends(row: Any, low: float, high: float) -> tuple[bool, bool]:
    """Whether the lower and the upper end of a row are open.

    Where the row has ``open_ended`` it says so; otherwise an end is open that is not finite, or a low one of 0.
    """
    said = getattr(row, "open_ended", None)
    if said is None:
        return not math.isfinite(low) or low == 0, not math.isfinite(high)
    return said in ("low", "both"), said in ("high", "both")
