"""Marks with one meaning each: a dot is a value, a bar a range, an arrow an open end."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter

from analysis.charts.style import CALCULATED, MUTED, POINTS, TINT
from analysis.wording import number, percent

ARROW = 0.055  # length of an open end, as a part of the axis


def interval(axes: Axes, y: float, value: float, ends: tuple[float, float], *, open_ends: tuple[bool, bool] = (False, False), text: str = "", color: str = CALCULATED) -> None:
    """A value with its range on row ``y``: dot, bar, an arrow at an open end, and its words behind it.

    Parameters
    ----------
    ends : (low, high)
        In data units; an open end may be infinite or zero.
    open_ends : (low, high)
        Whether each end is open.
    text : str
        Direct label, to the right of everything on the row.
    """
    low, high = (value if is_open else end for end, is_open in zip(ends, open_ends, strict=True))
    axes.plot([low, high], [y, y], color=color, linewidth=6, alpha=TINT, solid_capstyle="butt", zorder=2)
    length = ARROW * axes.figure.get_figwidth() * 72
    for is_open, start, way in ((open_ends[0], low, -1), (open_ends[1], high, 1)):
        if is_open:
            _arrow(axes, (start, y), way * length, color)
    axes.plot([value], [y], "o", color=color, markersize=5.5, zorder=4)
    label(axes, high, y, text, color=color, offset=(length + 5 if open_ends[1] else 7, 0), ha="left", va="center")


def _arrow(axes: Axes, place: tuple[float, float], length: float, color: str) -> None:
    """An arrow of fixed length in points, whatever the scale of the axis."""
    style = {"arrowstyle": "<|-", "color": color, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 8}
    axes.annotate("", xy=place, xytext=(length, 0), textcoords="offset points", arrowprops=style, zorder=3)


def row_labels(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows 0, 1, ... from top to bottom and leave only a light baseline."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=MUTED, alpha=0.18, linewidth=0.5)
    axes.set_axisbelow(True)


def light_grid(axes: Axes) -> None:
    """Light horizontal lines behind curves."""
    axes.grid(axis="y", color=MUTED, alpha=0.18, linewidth=0.5)


def numbers_on(axis: Axis, lang: str, *, as_percent: bool = False) -> None:
    """Say the ticks of an axis as a reader does: 5 million, 500万, 20%."""
    word = percent if as_percent else number
    axis.set_major_formatter(FuncFormatter(lambda value, _: word(round(value, 6), lang)))


def label(axes: Axes, x: float, y: float, text: str, *, color: str = CALCULATED, offset: tuple[float, float] = (0, 7), ha: str = "center", va: str = "bottom", weight: str = "normal") -> None:
    """A direct label at a point of the data, ``offset`` points away from it."""
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError(f"a label needs a place on the chart, not ({x}, {y})")
    halo = [withStroke(linewidth=2, foreground="white")]
    axes.annotate(text, (x, y), xytext=offset, textcoords="offset points", color=color, ha=ha, va=va, fontsize=POINTS["label"], weight=weight, zorder=5, path_effects=halo)
