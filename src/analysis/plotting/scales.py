"""Axes that several charts set up alike: titles, ticks as a reader says them, logarithmic scales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from analysis.plotting.marks import light_grid, numbers_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis


def curve_axes(
    axes: Axes, words: Mapping[str, str], lang: str, *, x: str = "", y: str = "number"
) -> None:
    """Titles ``x`` and ``y`` of the axes behind curves, as far as there are words, ticks, light lines.

    Parameters
    ----------
    x, y : {"number", "percent", "whole", ""}
        How the ticks are said: as numbers, as percentages, as whole years; "" leaves them.
    """
    for axis, said in ((axes.xaxis, x), (axes.yaxis, y)):
        _say(axis, said, lang)
    light_grid(axes)
    axes.set(xlabel=words.get("x", ""), ylabel=words["y"])


def _say(axis: Axis, said: str, lang: str) -> None:
    from matplotlib.ticker import MaxNLocator

    if said == "whole":
        axis.set_major_locator(MaxNLocator(integer=True))
    elif said:
        numbers_on(axis, lang, as_percent=said == "percent")


def log_ticks(axis: Axis, ticks: Sequence[float], lang: str) -> None:
    """Put a few ticks on a logarithmic axis, and say them."""
    from matplotlib.ticker import FixedLocator, NullLocator

    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    numbers_on(axis, lang)
