"""Marks with one meaning each: a dot is a value, a bar a range, an arrow an open end."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, NullLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.plotting.canvas import narrow, tall
from analysis.plotting.layout import MARGIN, WIDE, numbers_of, text_width, wrap
from analysis.plotting.placement import Label, Place, choices
from analysis.plotting.style import CALCULATED, DOTTED, MUTED, POINTS, REPORTED, SCENARIO, TINT
from analysis.plotting.text_boxes import figure_of
from analysis.words.wording import number, percent

_RED, _GREEN, _BLUE = (1 - 0.07 * (1 - part) for part in to_rgb(REPORTED))
PALE = to_hex((_RED, _GREEN, _BLUE))  # of a cell that is 0
DEFINITION_BREAK = "definition-break"  # name of the line where a figure changes its definition
ARROW = 0.055  # length of an open end, as a part of the axis
ROW_TALL, NAME_LINE = 0.3, 0.145  # inches of a row on a page, and of a line of its name
NAMES_WIDE = 0.3  # of a page: names of rows are broken into lines of this width
OVER_MARKS = 9  # points between a mark and the name over it
UNDER_MARKS, ROW_INCH = (
    0.145,
    0.44,
)  # inches under the middle of such a row, and of its unit of height
LABEL_WIDE = 0.42  # of a narrow picture: direct labels are broken into lines of this width
KEY_LIFT = 9  # points between the axes and the key over them


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
    weight: str = "",
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
    put(axes, text, (behind, before), color=color, weight=weight)


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


def row_labels(axes: Axes, labels: Sequence[str], *, emphasised: int = -1) -> None:
    """Name the rows 0, 1, ... from top to bottom and leave only a light baseline.

    On a page the names stand at the left, one under another; in a column and on a phone over the marks, with
    the value behind the name. The chart becomes as tall as its rows need.

    Parameters
    ----------
    emphasised : int
        Row whose name is bold.
    """
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if narrow(axes):
        _names_above(axes, labels, emphasised)
        return
    inside = figure_of(axes).get_figwidth() * NAMES_WIDE
    names = [_wrapped(one, inside) for one in labels]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    if emphasised >= 0:
        axes.get_yticklabels()[emphasised].set_fontweight("bold")
    most = max((name.count("\n") + 1 for name in names), default=1)
    tall(axes, len(names) * max(ROW_TALL, most * NAME_LINE + 0.12))


def _wrapped(name: str, inside: float) -> str:
    lines = [
        part
        for line in name.split("\n")
        for part in wrap(line, inside, POINTS["label"], balanced=True)
    ]
    return "\n".join(lines)


def _names_above(axes: Axes, labels: Sequence[str], emphasised: int) -> None:
    """Names over the marks of their rows, each with the one direct label of the row behind it."""
    inside = figure_of(axes).get_figwidth() - 2 * MARGIN
    heights = []
    for y, name in enumerate(labels):
        own = [one for one in axes.texts if isinstance(one, Label) and one.row == y]
        value = own[0] if len(own) == 1 else None
        looks: dict[str, Any] = {"weight": "bold" if y == emphasised else "normal"}
        lines = _lines_of(name, inside, looks["weight"])
        below: list[str] = []
        if value is not None:
            said: dict[str, Any] = {"color": value.get_color(), "weight": value.get_fontweight()}
            text, end = _one_line(value.get_text()), 0.0
            if lines[-1]:
                end = text_width(lines[-1], POINTS["label"], looks["weight"]) + 0.1
            if end + text_width(text, POINTS["label"], said["weight"]) <= inside:
                _above(axes, MARGIN + end, y, text, 0, **said)
            else:
                below = wrap(text, inside, POINTS["label"], said["weight"])
            value.remove()
        for level, line in enumerate(reversed(below)):
            _above(axes, MARGIN, y, line, level, **said)
        for level, line in enumerate(reversed(lines), len(below)):
            _above(axes, MARGIN, y, line, level, **looks)
        heights.append((len(lines) + len(below)) * NAME_LINE + OVER_MARKS / 72)
    axes.set_yticks([])
    _spaced(axes, heights)


def _lines_of(name: str, inside: float, weight: str) -> list[str]:
    """The lines of a name: in one if it has room there, else as it says and where it must."""
    comma = "，" if re.search(f"[{WIDE}]", name) else ", "
    joined = re.sub(r"(?<![:：,，])\n", comma, name).replace("\n", comma[1:])
    if text_width(joined, POINTS["label"], weight) <= inside:
        return [joined]
    return [
        part
        for line in name.split("\n")
        for part in wrap(line, inside, POINTS["label"], weight, balanced=True) or [""]
    ]


def _spaced(axes: Axes, heights: Sequence[float]) -> None:
    """Rows with so many inches over the middle of each; marks on a row are drawn to one scale."""
    middles = np.cumsum(heights) + UNDER_MARKS * np.arange(len(heights))
    rows = np.arange(len(heights))
    ends = [(rows[0] - 9, middles[0] - 9 * ROW_INCH), (rows[-1] + 9, middles[-1] + 9 * ROW_INCH)]
    near = [(rows + way * 0.3, middles + way * 0.3 * ROW_INCH) for way in (-1, 1)]
    at, inches = np.array(
        sorted([ends[0], ends[1], *(pair for one in near for pair in zip(*one, strict=True))])
    ).T
    to_inches = (lambda y: np.interp(y, at, inches)), (lambda up: np.interp(up, inches, at))
    axes.set_yscale("function", functions=to_inches)
    axes.yaxis.set_major_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    axes.set_ylim(rows[-1] + UNDER_MARKS / ROW_INCH, -heights[0] / ROW_INCH)
    tall(axes, float(middles[-1]) + UNDER_MARKS)


def _one_line(text: str) -> str:
    return text.replace("\n", "" if re.search(f"[{WIDE}]", text) else " ")


def _above(axes: Axes, x: float, y: float, text: str, line: int, **looks: Any) -> None:
    """A line of words over row ``y``, ``x`` inches from the left of the picture."""
    lift = OVER_MARKS + line * NAME_LINE * 72
    level = blended_transform_factory(
        figure_of(axes).dpi_scale_trans,
        axes.transData + ScaledTranslation(0, lift / 72, figure_of(axes).dpi_scale_trans),
    )
    axes.text(x, y, text, transform=level, va="baseline", fontsize=POINTS["label"], **looks)


def coloured_words(axes: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """A key over the marks: each word in the colour of what it names, in one line or several.

    Parameters
    ----------
    entries : sequence of (word, color)
        Only what is drawn.
    """
    inside = figure_of(axes).get_figwidth() - 2 * MARGIN
    rows: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for text, color in entries:
        wide = text_width(text, POINTS["label"], "bold")
        if rows[-1] and x + wide > inside:
            rows.append([])
            x = 0.0
        rows[-1].append((x, text, color))
        x += wide + 0.14
    for place, line in enumerate(reversed(rows)):
        lift = (KEY_LIFT + place * NAME_LINE * 72) / 72
        level = blended_transform_factory(
            figure_of(axes).dpi_scale_trans,
            axes.transAxes + ScaledTranslation(0, lift, figure_of(axes).dpi_scale_trans),
        )
        for start, text, color in line:
            looks: dict[str, Any] = {"fontsize": POINTS["label"], "weight": "bold"}
            axes.text(MARGIN + start, 1, text, transform=level, color=color, **looks)


def corner_tag(axes: Axes, text: str) -> None:
    """A word inside the axes, in the corner where it covers least: that what is shown is simulated."""
    corners = ((1, 1), (0, 1), (1, 0), (0, 0), (0.5, 1), (0.5, 0))
    to_data = axes.transAxes + axes.transData.inverted()
    places = []
    for x, y in corners:
        at = to_data.transform((x, y))
        ha, va = {0: "left", 0.5: "center", 1: "right"}[x], {0: "bottom", 1: "top"}[y]
        shift = ({0: 3, 0.5: 0, 1: -3}[x], {0: 3, 1: -3}[y])
        places.append(Place((float(at[0]), float(at[1])), shift, ha, va))
    put(axes, text, places, color=SCENARIO, weight="bold")


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


def thickness(axes: Axes) -> float:
    """Of a bar on a row, as a part of the row: thin where the name stands over it."""
    return 0.34 if narrow(axes) else 0.62


def stack(axes: Axes, y: float, parts: Sequence[tuple[float, str]], *, inch: float = 0.0) -> None:
    """Numbers of one row end to end, each with its colour; ``coloured_words`` is their key.

    Parameters
    ----------
    parts : sequence of (number, color)
        Those that are 0 are left out.
    inch : float
        How much an inch is, about: a part too short for its number goes without.
    """
    left, shown = 0.0, [part for part in parts if part[0]]
    for count, color in shown:
        looks: dict[str, Any] = {"edgecolor": "white", "linewidth": 0.8, "color": color}
        axes.barh(y, count, left=left, height=thickness(axes), **looks)
        if count >= inch * (text_width(f"{count:.0f}", POINTS["label"], "bold") + 0.03):
            cell(axes, left + count / 2, y, f"{count:.0f}", weight="bold")
        left += count
    if not shown:
        put(axes, "0", [Place((left, y), (6, 0), "left", "center")], color=MUTED)


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
    weight: str = "",
    size: str = "label",
) -> None:
    """A direct label at a point of the data, ``offset`` points away from it, or nearby if that place is taken.

    It is aligned so that it reaches away from the point, unless ``ha`` or ``va`` say otherwise.
    """
    ha = ha or {1: "left", 0: "center", -1: "right"}[_sign(offset[0])]
    va = va or {1: "bottom", 0: "center", -1: "top"}[_sign(offset[1])]
    put(axes, text, choices(Place((x, y), offset, ha, va)), color=color, weight=weight, size=size)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def put(
    axes: Axes,
    text: str,
    places: Sequence[Place],
    *,
    color: str = CALCULATED,
    weight: str = "",
    size: str = "label",
) -> None:
    """A direct label at the first of its places, or at a later one if words or marks stand there.

    Without a ``weight`` it is bold where it says a number of the headline.
    """
    if not text:
        return
    for place in places:
        if not all(map(math.isfinite, place.at)):
            raise ValueError(f"a label needs a place on the chart, not {place.at}")
    if not weight:
        bare = re.sub(r"\(.*?\)|（.*?）", "", text)
        named = numbers_of(bare) & getattr(axes.figure, "said", frozenset())
        weight = "bold" if named else "normal"
    if narrow(axes):
        inside = figure_of(axes).get_figwidth() * LABEL_WIDE
        text = "\n".join(
            part
            for line in text.split("\n")
            for part in wrap(line, inside, POINTS[size], weight, balanced=True)
        )
    looks: dict[str, Any] = {"color": color, "fontsize": POINTS[size], "weight": weight}
    axes.add_artist(Label(text, places, zorder=5, **looks))
