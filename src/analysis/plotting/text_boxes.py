"""Where words stand on a chart, in pixels: each text is laid out once, however often it is moved.

To lay a text out costs matplotlib a third of a millisecond, to move it almost nothing; a chart is fitted by
moving its axes and its labels many times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from matplotlib.transforms import BboxBase

Box = tuple[float, float, float, float]  # left, bottom, right, top

CLOSE = 1e-9  # of the length of an axis: a tick so near to its end is drawn


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around several.

    Examples
    --------
    >>> union([(0, 0, 2, 1), (1, -1, 1.5, 3)])
    (0, -1, 2, 3)
    """
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def box_of(drawn: BboxBase) -> Box:
    """A box of matplotlib as a tuple."""
    return drawn.x0, drawn.y0, drawn.x1, drawn.y1


def figure_of(axes: Axes) -> Figure:
    """The figure that axes stand on: no chart has figures inside figures."""
    return cast(Figure, axes.figure)


class TextBoxes:
    """Boxes of the words of one chart; what has been laid out is remembered, where it stands is not."""

    def __init__(self, axes: Axes) -> None:
        self.axes, self.points = axes, axes.figure.dpi / 72
        canvas: Any = axes.figure.canvas  # of Agg, whose methods have no annotations
        self.renderer = canvas.get_renderer()
        self._known: dict[tuple[Text, str, str, str], Box] = {}
        self._others: list[Artist] | None = None

    def of(self, text: Text) -> Box:
        """The box of a visible text with words in it."""
        if isinstance(text, Annotation):
            text.update_positions(self.renderer)
        x, y = text.get_transform().transform(text.get_unitless_position())
        key = (text, text.get_text(), text.get_horizontalalignment(), text.get_verticalalignment())
        if key not in self._known:
            box = Text.get_window_extent(text, self.renderer)
            self._known[key] = (box.x0 - x, box.y0 - y, box.x1 - x, box.y1 - y)
        left, bottom, right, top = self._known[key]
        return (x + left, y + bottom, x + right, y + top)

    def ticks(self, axis: Axis) -> list[Box]:
        """Boxes of the names of the ticks that are drawn: ticks beyond the ends of an axis exist, but are not seen."""
        return [self.of(text) for text in shown_ticks(axis)]

    def hull(self, columns: list[Box], rows: list[Box]) -> Box:
        """The box of everything drawn, axes and all, given the boxes of the names of ticks."""
        axes = self.axes
        found = [box_of(axes.bbox), *columns, *rows]
        for axis, boxes in ((axes.xaxis, columns), (axes.yaxis, rows)):
            if axis.get_visible() and axes.axison:
                found += self._title(axis, boxes)
        texts = [text for text in axes.texts if text.get_visible() and text.get_text()]
        return union(found + [self.of(text) for text in texts] + self._rest())

    def _title(self, axis: Axis, boxes: list[Box]) -> list[Box]:
        """The box of the title of an axis: that of the level axis is placed below the names of its ticks."""
        if not axis.label.get_text():
            return []
        if axis is self.axes.xaxis:
            edges = [box[1] for box in boxes] or [self.axes.spines["bottom"].get_window_extent().y0]
            axis.label.set_y(min(*edges, self.axes.bbox.y0) - axis.labelpad * self.points)
        return [self.of(axis.label)]

    def _rest(self) -> list[Box]:
        """Boxes of what is neither words nor axis and is not cut off at the axes, as a legend."""
        if self._others is None:
            self._others = [
                one
                for one in self.axes.get_default_bbox_extra_artists()
                if not isinstance(one, Text | Spine | Axis)
            ]
        boxes = [one.get_tightbbox(self.renderer) for one in self._others]
        return [box_of(box) for box in boxes if box is not None and (box.width or box.height)]


def shown_ticks(axis: Axis) -> list[Text]:
    """Names of the ticks that are drawn."""
    axis.get_majorticklabels()  # brings them up to date
    low, high = sorted(axis.get_view_interval())
    near = CLOSE * (high - low)
    ticks = [tick for tick in axis.get_major_ticks() if low - near <= tick.get_loc() <= high + near]
    labels = [tick.label1 if tick.label1.get_visible() else tick.label2 for tick in ticks]
    return [label for label in labels if label.get_visible() and label.get_text()]
