"""Axes that fill the room between the words, with everything drawn on them inside it."""

from __future__ import annotations

from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FixedLocator, MaxNLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from analysis.plotting.layout import MARGIN
from analysis.plotting.marks import ScaleFormatter
from analysis.plotting.placement import Label, settle
from analysis.plotting.text_boxes import Box, TextBoxes, figure_of

ROUNDS = 16  # of fitting; two are enough for most charts
CLOSE = 6e-3  # inches
LINES_APART, NAMES_APART = (
    1.2,
    1.1,
)  # lines of a label on the marks, and of the name of a row or column
MOST_TICKS = 11
TICKS_APART = 0.07  # inches
HEAD = 6.5  # points between the upright axis and its title
ROWS_APART = 7  # points between the name of a row and a label that reaches out to it


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


def fit(figure: Figure, axes: Axes, bottom: float, top: float) -> None:
    """Shrink the axes until everything drawn on them lies between two heights, in inches, and the margins.

    Then move direct labels that would be hidden.
    """
    (width, height), dpi = figure.get_size_inches(), figure.dpi
    wanted: Box = (MARGIN, bottom, width - MARGIN, top)
    _head(axes)
    for text in (*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()):
        if "\n" in text.get_text():
            text.set_linespacing(LINES_APART if isinstance(text, Annotation) else NAMES_APART)
    measured, box = TextBoxes(axes), wanted
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
        else:
            return boxes
    return measured.ticks(axes.xaxis)


def _cleared(axes: Axes, measured: TextBoxes) -> list[Box]:
    """Names of rows, moved away from labels that reach out of the axes to the left."""
    names, left = measured.ticks(axes.yaxis), axes.bbox.x0
    if axes.spines["left"].get_visible():
        return names
    boxes = [measured.of(text) for text in axes.texts if isinstance(text, Label)]
    over = [
        left - x0
        for x0, y0, _, y1 in boxes
        if x0 < left and any(name[1] < y1 and y0 < name[3] for name in names)
    ]
    if over:
        axes.tick_params(axis="y", pad=max(over) * 72 / axes.figure.dpi + ROWS_APART)
        names = measured.ticks(axes.yaxis)
    return names
