"""Axes that fill the room between the words, with everything drawn on them inside it."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator, MaxNLocator
from matplotlib.transforms import Bbox, ScaledTranslation, blended_transform_factory

from analysis.charts.layout import MARGIN
from analysis.charts.marks import ScaleFormatter
from analysis.charts.placement import Label, settle

ROUNDS = 16  # of fitting; two are enough for most charts
CLOSE = 6e-3  # inches
LINES_APART, NAMES_APART = 1.2, 1.1  # lines of a label on the marks, and of the name of a row or column
MOST_TICKS = 11
TICKS_APART = 0.07  # inches
HEAD = 6.5  # points between the upright axis and its title
ROWS_APART = 7  # points between the name of a row and a label that reaches out to it


def give_room(axes: Axes, bottom: float, top: float) -> None:
    """Put bare axes between two heights, in inches, and the margins: a chart is drawn for the room that it has."""
    width, height = axes.figure.get_size_inches()
    axes.set_position((MARGIN / width, bottom / height, 1 - 2 * MARGIN / width, (top - bottom) / height))


def room(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes in inches; while a chart is drawn, of all the room for axes and labels."""
    box = axes.get_window_extent()
    return box.width / axes.figure.dpi, box.height / axes.figure.dpi


def fit(figure: Figure, axes: Axes, bottom: float, top: float) -> None:
    """Shrink the axes until everything drawn on them lies between two heights, in inches, and the margins.

    Then move direct labels that would be hidden.
    """
    width, height = figure.get_size_inches()
    wanted = (MARGIN, bottom, width - MARGIN, top)
    _head(axes)
    for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()):
        if "\n" in text.get_text():
            text.set_linespacing(LINES_APART if isinstance(text, Annotation) else NAMES_APART)
    box, before = wanted, None
    for _ in range(ROUNDS):
        x0, y0, x1, y1 = box
        axes.set_position((x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height))
        _thin_ticks(axes)
        _clear_rows(axes)
        drawn = axes.get_tightbbox(figure.canvas.get_renderer())
        seen = tuple(edge / figure.dpi for edge in (drawn.x0, drawn.y0, drawn.x1, drawn.y1))
        if max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < CLOSE:
            break
        before, box = (box, seen), _next(box, seen, wanted, before)
    settle(axes, Bbox.from_extents(*(edge * figure.dpi for edge in wanted)))


def _next(box: tuple[float, ...], seen: tuple[float, ...], wanted: tuple[float, ...], before: tuple | None) -> tuple[float, ...]:
    """Edges of the axes for the next round: by the slope of the last two, as a label may follow its edge slowly."""
    made = []
    for place, (edge, at, goal) in enumerate(zip(box, seen, wanted, strict=True)):
        slope = 1.0
        if before is not None and abs(edge - before[0][place]) > CLOSE:
            slope = min(max((at - before[1][place]) / (edge - before[0][place]), 0.5), 1.5)
        made.append(edge + (goal - at) / slope)
    return tuple(made)


def _head(axes: Axes) -> None:
    """Put the title of the upright axis over it, where it is read without turning the head."""
    level = blended_transform_factory(axes.figure.transFigure, axes.transAxes + ScaledTranslation(0, HEAD / 72, axes.figure.dpi_scale_trans))
    axes.yaxis.set_label_coords(MARGIN / axes.figure.get_figwidth(), 1, transform=level)
    axes.yaxis.label.set(rotation=0, ha="left", va="bottom")


def shown_ticks(axis: Axis) -> list[Text]:
    """Labels of the ticks that are drawn: ticks beyond the ends of an axis exist, but are not seen."""
    axis.get_majorticklabels()  # brings them up to date
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    labels = [tick.label1 if tick.label1.get_visible() else tick.label2 for tick in ticks]
    return [label for label in labels if label.get_text()]


def _thin_ticks(axes: Axes) -> None:
    """Fewer ticks until their labels keep a distance, where they are only a scale; ticks with their own words stay."""
    for count in range(MOST_TICKS, 1, -1):
        boxes = sorted((label.get_window_extent() for label in shown_ticks(axes.xaxis)), key=lambda box: box.x0)
        if all(right.x0 - left.x1 > TICKS_APART * axes.figure.dpi for left, right in pairwise(boxes)):
            return
        locator = axes.xaxis.get_major_locator()
        if isinstance(locator, MaxNLocator):
            locator.set_params(nbins=count)
        elif isinstance(locator, FixedLocator) and isinstance(axes.xaxis.get_major_formatter(), ScaleFormatter):
            axes.xaxis.set_major_locator(FixedLocator(locator.locs[::2]))
        else:
            return


def _clear_rows(axes: Axes) -> None:
    """Move the names of rows away from labels that reach out of the axes to the left."""
    left = axes.get_window_extent().x0
    boxes = [text.get_window_extent() for text in axes.texts if isinstance(text, Label)]
    boxes = [box for box in boxes if box.x0 < left]
    if axes.spines["left"].get_visible() or not boxes:
        return
    names = [name.get_window_extent() for name in shown_ticks(axes.yaxis)]
    over = [left - box.x0 for box in boxes if any(name.y0 < box.y1 and box.y0 < name.y1 for name in names)]
    if over:
        axes.tick_params(axis="y", pad=max(over) * 72 / axes.figure.dpi + ROWS_APART)
