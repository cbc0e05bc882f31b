"""Marks with one meaning each: a dot is a value, a bar a range, an arrow an open end."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator

from analysis.plotting.placement import Label, Place, choices
from analysis.plotting.style import CALCULATED, DOTTED, INK, MUTED, POINTS, REPORTED, SCENARIO, TINT
from analysis.plotting.text_boxes import figure_of
from analysis.words.catalogue import word
from analysis.words.wording import number, percent

_RED, _GREEN, _BLUE = (1 - 0.07 * (1 - part) for part in to_rgb(REPORTED))
PALE = to_hex((_RED, _GREEN, _BLUE))  # of a cell that is 0
DEFINITION_BREAK = "definition-break"  # name of the line where a figure changes its definition
ARROW = 0.055  # length of an open end, as a part of the axis


class ScaleFormatter(FuncFormatter):
    """Says the ticks of a scale; where they are crowded, some may be left out."""


def interval(
    axes: Axes,
    y: float,
    value: float,
    ends: tuple[float, float],
    *,
    open_ends: tuple[bool, bool] = (False, False),
    text: str = "",
    color: str = CALCULATED,
) -> None:
    """A value with its range on row ``y``: dot (a diamond in a scenario), bar, an arrow at an open end, its words behind it.

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
    bar(axes, [low, high], [y, y], color)
    length = ARROW * figure_of(axes).get_figwidth() * 72
    for is_open, start, way in ((open_ends[0], low, -1), (open_ends[1], high, 1)):
        if is_open:
            open_end(axes, (start, y), (way * length, 0), color)
    marker, size = ("D", 4.8) if color == SCENARIO else ("o", 5.5)
    axes.plot([value], [y], marker, color=color, markersize=size, zorder=4)
    behind = Place((high, y), (length + 5 if open_ends[1] else 7, 0), "left", "center")
    before = Place((low, y), (-length - 5 if open_ends[0] else -7, 0), "right", "center")
    put(axes, text, (behind, before), color=color)


def open_end(
    axes: Axes, at: tuple[float, float], way: tuple[float, float], color: str = CALCULATED
) -> None:
    """An arrow of fixed length in points, whatever the scale of the axes: no end is stated on this side."""
    style = {
        "arrowstyle": "<|-",
        "color": color,
        "linewidth": 1.3,
        "shrinkA": 0,
        "shrinkB": 0,
        "mutation_scale": 8,
    }
    axes.annotate("", xy=at, xytext=way, textcoords="offset points", arrowprops=style, zorder=3)


def bar(
    axes: Axes,
    x: Sequence[float],
    y: Sequence[float],
    color: str,
    *,
    width: float = 6,
    alpha: float = TINT,
    zorder: float = 2,
) -> None:
    """A thick bar from one point of the data to another, ``width`` points wide: a range."""
    axes.plot(x, y, color=color, linewidth=width, alpha=alpha, solid_capstyle="butt", zorder=zorder)


def cell(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    color: str = "white",
    size: str = "label",
    **looks: Any,
) -> None:
    """Words in the middle of a cell, a block or a bar; ``size`` is a key of ``POINTS``."""
    looks = {"va": "center"} | looks
    axes.text(x, y, text, color=color, ha="center", fontsize=POINTS[size], **looks)


def bare_cells(axes: Axes) -> None:
    """Leave neither ticks nor axes around a table of cells."""
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def row_labels(axes: Axes, labels: Sequence[str]) -> None:
    """Name the rows 0, 1, ... from top to bottom and leave only a light baseline."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=MUTED, alpha=0.18, linewidth=0.5)
    axes.set_axisbelow(True)


def definition_break(
    axes: Axes, x: float, text: str, ends: tuple[float, float] | None = None, *, ha: str = "right"
) -> None:
    """A dotted line where a figure changes its definition, over the height of the axes or between two values."""
    low, top = ends or axes.get_ylim()
    looks: dict[str, Any] = {"color": MUTED, "linewidth": 1.0, "linestyle": DOTTED}
    axes.plot([x, x], [low, top], gid=DEFINITION_BREAK, zorder=1, **looks)
    if text:
        label(axes, x, top, text, color=MUTED, offset=(-4 if ha == "right" else 4, -2), ha=ha)


def light_grid(axes: Axes) -> None:
    """Light horizontal lines behind curves."""
    axes.grid(axis="y", color=MUTED, alpha=0.18, linewidth=0.5)


def numbers_on(axis: Axis, lang: str, *, as_percent: bool = False) -> None:
    """Say the ticks of an axis as a reader does: 5 million, 500万, 20%."""
    in_words = percent if as_percent else number
    axis.set_major_formatter(ScaleFormatter(lambda value, _: in_words(round(value, 6), lang)))


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
    if said == "whole":
        axis.set_major_locator(MaxNLocator(integer=True))
    elif said:
        numbers_on(axis, lang, as_percent=said == "percent")


def log_ticks(axis: Axis, ticks: Sequence[float], lang: str) -> None:
    """Put a few ticks on a logarithmic axis, and say them."""
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_minor_locator(NullLocator())
    numbers_on(axis, lang)


def whole_years(axes: Axes) -> None:
    """Say whole years on the level axis, without a comma."""
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f}"))


def stack(axes: Axes, y: float, parts: Sequence[tuple[float, str, str]], lang: str) -> None:
    """Numbers of one row end to end, each with its colour; their words, in the same order, stand behind.

    Parameters
    ----------
    parts : sequence of (number, color, word)
        Those that are 0 are left out.
    """
    left, shown = 0.0, [part for part in parts if part[0]]
    for count, color, _ in shown:
        axes.barh(y, count, left=left, color=color, height=0.62, edgecolor="white", linewidth=0.8)
        cell(axes, left + count / 2, y, f"{count:.0f}", weight="bold")
        left += count
    words = word("language", "list", lang).join(one for _, _, one in shown)
    put(
        axes,
        words or "0",
        [Place((left, y), (6, 0), "left", "center")],
        color=INK if shown else MUTED,
    )


def shades(axes: Axes, table: np.ndarray, top: float) -> None:
    """Cells of a table, row 0 at the top, the darker the nearer to ``top``; cell ``(y, x)`` has its middle at ``x, y``."""
    tones = LinearSegmentedColormap.from_list("reported", [PALE, REPORTED])
    height, width = table.shape
    axes.pcolormesh(
        np.arange(width + 1) - 0.5,
        np.arange(height + 1) - 0.5,
        table,
        cmap=tones,
        vmin=0,
        vmax=top,
        edgecolors="white",
        linewidth=1,
    )
    axes.set_xlim(-0.5, width - 0.5)
    axes.set_ylim(height - 0.5, -0.5)
    bare_cells(axes)


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    color: str = CALCULATED,
    offset: tuple[float, float] = (0, 7),
    ha: str = "",
    va: str = "",
    weight: str = "normal",
) -> None:
    """A direct label at a point of the data, ``offset`` points away from it, or nearby if that place is taken.

    It is aligned so that it reaches away from the point, unless ``ha`` or ``va`` say otherwise.
    """
    ha = ha or {1: "left", 0: "center", -1: "right"}[_sign(offset[0])]
    va = va or {1: "bottom", 0: "center", -1: "top"}[_sign(offset[1])]
    put(axes, text, choices(Place((x, y), offset, ha, va)), color=color, weight=weight)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def put(
    axes: Axes,
    text: str,
    places: Sequence[Place],
    *,
    color: str = CALCULATED,
    weight: str = "normal",
) -> None:
    """A direct label at the first of its places, or at a later one if words or marks stand there."""
    if not text:
        return
    for place in places:
        if not all(map(math.isfinite, place.at)):
            raise ValueError(f"a label needs a place on the chart, not {place.at}")
    halo = [withStroke(linewidth=2, foreground="white")]
    axes.add_artist(
        Label(
            text,
            places,
            color=color,
            fontsize=POINTS["label"],
            weight=weight,
            zorder=5,
            path_effects=halo,
        )
    )
