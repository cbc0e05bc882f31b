"""Axes that fill the room between the words, with everything drawn on them inside it."""

from __future__ import annotations

import math
import re
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator, MaxNLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.plotting.canvas import ChartFigure, narrow
from analysis.plotting.layout import MARGIN, wrap
from analysis.plotting.marks import ScaleFormatter
from analysis.plotting.placement import Label, settle
from analysis.plotting.style import POINTS
from analysis.plotting.text_boxes import Box, TextBoxes, figure_of, shown_ticks

ROUNDS = 16  # of fitting; two are enough for most charts
CLOSE = 6e-3  # inches
LINES_APART, NAMES_APART = (
    1.2,
    1.1,
)  # lines of a label on the marks, and of the name of a row or column
MOST_TICKS = 11
TICKS_APART = 0.07  # inches
NUMBER = r".*\d.*"  # a date or number, as a tick
HEAD = 6.5  # points between the upright axis and its title
LEAST = 2.3  # inches of axes without rows
ROWS_APART = 9  # points between the name of a row and a label that reaches out to it


def give_room(axes: Axes, bottom: float, top: float) -> None:
    """Put bare axes between two heights, in inches, and the margins: a chart is drawn for the room that it has."""
    width, height = figure_of(axes).get_size_inches()
    axes.set_position(
        (MARGIN / width, bottom / height, 1 - 2 * MARGIN / width, (top - bottom) / height)
    )


def room(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes in inches; while a chart is drawn, of all the room for axes and labels."""
    box = axes.get_window_extent()
    return box.width / axes.figure.dpi, box.height / axes.figure.dpi


def grow(figure: ChartFigure, words: float) -> None:
    """Make the figure as tall as its words, in inches, and its rows need, where its size lets it grow."""
    size = figure.size
    least = size.canvas[1]
    if not size.grows:
        return
    _set_height(figure, words + figure.tall if figure.tall else max(least, words + LEAST))


def _set_height(figure: ChartFigure, height: float) -> None:
    """Give the figure a height in inches, and a whole number of pixels in the picture."""
    size = figure.size
    figure.set_figheight(math.ceil(height * size.scale * size.dpi) / size.dpi / size.scale)


def fit(figure: Figure, axes: Axes, bottom: float, top: float) -> None:
    """Shrink the axes until everything drawn on them lies between two heights, in inches, and the margins.

    A figure that grows becomes so tall that its rows have the height that they asked for. Then move direct
    labels that would be hidden.
    """
    (width, height), dpi = figure.get_size_inches(), figure.dpi
    over = height - top
    _head(axes)
    _names_left(axes)
    for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()):
        if "\n" in text.get_text():
            text.set_linespacing(LINES_APART if isinstance(text, Annotation) else NAMES_APART)
    measured = TextBoxes(axes)
    if isinstance(figure, ChartFigure) and figure.size.grows and figure.tall:
        _, low, _, high = measured.hull(_thinned(axes, measured), measured.ticks(axes.yaxis))
        around = (axes.bbox.y0 - low + high - axes.bbox.y1) / dpi
        _set_height(figure, bottom + figure.tall + around + over)
        height = figure.get_figheight()
        top = height - over
    wanted: Box = (MARGIN, bottom, width - MARGIN, top)
    box = wanted
    before: tuple[Box, Box] | None = None
    for _ in range(ROUNDS):
        x0, y0, x1, y1 = box
        axes.set_position((x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height))
        columns = _thinned(axes, measured)
        left, low, right, high = measured.hull(columns, _cleared(axes, measured))
        seen = (left / dpi, low / dpi, right / dpi, high / dpi)
        if max(abs(a - b) for a, b in zip(seen, wanted, strict=True)) < CLOSE:
            break
        before, box = (box, seen), _next(box, seen, wanted, before)
    settle(axes, (MARGIN * dpi, bottom * dpi, (width - MARGIN) * dpi, top * dpi), measured)


def _next(box: Box, seen: Box, wanted: Box, before: tuple[Box, Box] | None) -> Box:
    """Edges of the axes for the next round: by the slope of the last two, as a label may follow its edge slowly."""
    made: list[float] = []
    for place, (edge, at, goal) in enumerate(zip(box, seen, wanted, strict=True)):
        slope = 1.0
        if before is not None and abs(edge - before[0][place]) > CLOSE:
            slope = min(max((at - before[1][place]) / (edge - before[0][place]), 0.5), 1.5)
        made.append(edge + (goal - at) / slope)
    left, bottom, right, top = made
    return left, bottom, right, top


def _head(axes: Axes) -> None:
    """Put the title of the upright axis over it, where it is read without turning the head."""
    level = blended_transform_factory(
        axes.figure.transFigure,
        axes.transAxes + ScaledTranslation(0, HEAD / 72, axes.figure.dpi_scale_trans),
    )
    axes.yaxis.set_label_coords(MARGIN / figure_of(axes).get_figwidth(), 1, transform=level)
    axes.yaxis.label.set(rotation=0, ha="left", va="bottom")
    inside = figure_of(axes).get_figwidth() - 2 * MARGIN
    for label in (axes.xaxis.label, axes.yaxis.label):
        lines = wrap(label.get_text(), inside, POINTS["axis"], balanced=True)
        label.set_text("\n".join(lines))


def _thinned(axes: Axes, measured: TextBoxes) -> list[Box]:
    """Names of columns; fewer ticks until these keep a distance, where they are only a scale. Ticks with their own words stay."""
    for count in range(MOST_TICKS, 1, -1):
        boxes = measured.ticks(axes.xaxis)
        if all(
            right[0] - left[2] > TICKS_APART * axes.figure.dpi
            for left, right in pairwise(sorted(boxes))
        ):
            return boxes
        locator = axes.xaxis.get_major_locator()
        if isinstance(locator, MaxNLocator):
            locator.set_params(nbins=count)
        elif isinstance(locator, FixedLocator) and isinstance(
            axes.xaxis.get_major_formatter(), ScaleFormatter
        ):
            axes.xaxis.set_major_locator(FixedLocator(locator.tick_values(0, 0)[::2]))
        elif not _fewer_years(axes):
            return boxes
    return measured.ticks(axes.xaxis)


def _fewer_years(axes: Axes) -> bool:
    """Name every second tick, the last among them, where all are years or numbers; tells whether it could."""
    ticks, names = axes.get_xticks(), [text.get_text() for text in axes.get_xticklabels()]
    if not narrow(axes) or len(names) < 3 or not all(re.fullmatch(NUMBER, name) for name in names):
        return False
    axes.set_xticks(ticks[::-1][::2][::-1], names[::-1][::2][::-1])
    return True


def _names_left(axes: Axes) -> None:
    """Begin the names of rows at the margin, one under another, and the title of the level axis at its end."""
    axes.xaxis.label.set(ha="right", x=1)
    names = shown_ticks(axes.yaxis)
    if not _has_rows(axes) or not names:
        return
    for name in names:
        name.set_horizontalalignment("left")


def _has_rows(axes: Axes) -> bool:
    """Whether the names beside the upright axis are names of rows, not a scale."""
    return not isinstance(axes.yaxis.get_major_formatter(), ScaleFormatter) and isinstance(
        axes.yaxis.get_major_locator(), FixedLocator
    )


def _cleared(axes: Axes, measured: TextBoxes) -> list[Box]:
    """Names of rows, moved away from labels that reach out of the axes to the left."""
    names, left = measured.ticks(axes.yaxis), axes.bbox.x0
    if not _has_rows(axes) or not names:
        return names
    boxes = [measured.of(text) for text in axes.texts if isinstance(text, Label)]
    over = [
        left - x0
        for x0, y0, _, y1 in boxes
        if x0 < left and any(name[1] < y1 and y0 < name[3] for name in names)
    ]
    widest = max(name[2] - name[0] for name in names)
    points = 72 / axes.figure.dpi
    axes.tick_params(axis="y", pad=(max([0.0, *over]) + widest) * points + ROWS_APART)
    return measured.ticks(axes.yaxis)
