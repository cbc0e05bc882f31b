"""Direct labels, and the other places they move to when words or marks stand where they would be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import AbstractPathEffect, Stroke
from matplotlib.text import Annotation, Text
from matplotlib.transforms import IdentityTransform

from analysis.plotting.text_boxes import Box, TextBoxes, box_of, shown_ticks

HALO: list[AbstractPathEffect] = [Stroke(linewidth=2, foreground="white")]
SHIFTS = (4, 8, 12, 16, 20)  # points up and down
SPINE = 1.5  # points to each side of an axis that are taken
FAINT = 0.15  # opacity of a background, on which words may stand
THICK = 3  # points: a line so thick is a bar
STEP = 0.02  # inches between the points at which a line is looked at
TAKEN, STRUCK, OUTSIDE = (
    10.0,
    3.0,
    60.0,
)  # what it costs to cover a word or mark, a line along the label, an inch of leaving
WORTH = 1.0  # a label moves only if it gains so much
TRIM = 0.2  # of the height of a label: boxes of lines are taller than the letters in them
FAR = 0.05  # cost of each further choice


@dataclass(frozen=True)
class Place:
    """Where a label stands: a point of the data, the way from there in points, and the alignment."""

    at: tuple[float, float]
    offset: tuple[float, float]
    ha: str
    va: str

    def mirrored(self, *, across: bool = False, along: bool = False) -> Place:
        """The place on the other side of the point."""
        sides = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
        x, y = self.offset
        ha, va = (
            sides.get(self.ha, self.ha) if across else self.ha,
            sides.get(self.va, self.va) if along else self.va,
        )
        return Place(self.at, (-x if across else x, -y if along else y), ha, va)

    def shifted(self, points: float) -> Place:
        """The place some points higher."""
        return Place(self.at, (self.offset[0], self.offset[1] + points), self.ha, self.va)


class Label(Annotation):
    """A direct label with the places where it may stand, the best first."""

    def __init__(self, text: str, places: Sequence[Place], **looks: Any) -> None:
        first = places[0]
        super().__init__(
            text,
            first.at,
            xytext=first.offset,
            textcoords="offset points",
            ha=first.ha,
            va=first.va,
            annotation_clip=False,
            clip_on=False,
            **looks,
        )
        self.set_transform(IdentityTransform())
        self.places = tuple(places)
        self.halo = True  # without anything behind it, it needs none

    @property
    def row(self) -> float:
        """The row on whose middle the label stands, as beside a dot; not a number where it stands elsewhere."""
        level = self.get_verticalalignment() == "center" and self.xyann[1] == 0
        return float(self.xy[1]) if level else math.nan

    def draw(self, renderer: RendererBase) -> None:
        """Draw a halo and the words on it: words with an effect of their own would become outlines."""
        figure = self.get_figure(root=True)
        if self.halo and getattr(figure, "halo", True) and self.get_visible():
            self.set_path_effects(HALO)
            super().draw(renderer)
            self.set_path_effects([])
        super().draw(renderer)

    def stand(self, place: Place) -> None:
        """Move to a place."""
        self.xy, self.xyann = place.at, place.offset
        self.set(ha=place.ha, va=place.va)

    def lift(self, points: float) -> None:
        """Stand some points higher, now and in every other place."""
        self.xyann = (self.xyann[0], self.xyann[1] + points)
        self.places = tuple(place.shifted(points) for place in self.places)


def choices(place: Place) -> list[Place]:
    """A place, the other sides of its point, and all of these a little higher and lower."""
    sides = [
        place,
        place.mirrored(across=True),
        place.mirrored(along=True),
        place.mirrored(across=True, along=True),
    ]
    sides = list(dict.fromkeys(sides))
    return sides + [
        side.shifted(way * points) for points in SHIFTS for side in sides for way in (1, -1)
    ]


def settle(axes: Axes, inside: Box, measured: TextBoxes) -> None:
    """Move labels that cover words or marks, lie along a line, or leave the box ``inside`` (in pixels).

    Each label in turn takes the first of its places that costs least; the others stay where they are.
    """
    labels = [text for text in axes.texts if isinstance(text, Label)]
    if not labels:
        return
    _spread(labels, measured)
    words, marks, lines = _words(axes, measured), _marks(axes), _lines(axes)
    boxes = {one: measured.of(one) for one in labels}
    inch = axes.figure.dpi

    def cost(box: Box, others: np.ndarray) -> float:
        left, bottom, right, top = box
        out = (
            max(inside[0] - left, 0)
            + max(right - inside[2], 0)
            + max(inside[1] - bottom, 0)
            + max(top - inside[3], 0)
        )
        trim = TRIM * (top - bottom)
        near = lines[
            (lines[:, 0] > left)
            & (lines[:, 0] < right)
            & (lines[:, 1] > bottom + trim)
            & (lines[:, 1] < top - trim)
        ]
        return (
            OUTSIDE * out / inch
            + TAKEN * _covered(box, others)
            + STRUCK * min(len(near) * STEP * inch / (right - left), 1)
        )

    for one in labels:
        others = np.array(
            [*words, *marks, *(boxes[other] for other in labels if other is not one)]
        ).reshape(-1, 4)
        now = cost(boxes[one], others)
        if now < WORTH:
            continue
        costs: list[float] = []
        for place in one.places:
            one.stand(place)
            costs.append(cost(measured.of(one), others) + FAR * len(costs))
        best = int(np.argmin(costs))
        one.stand(one.places[best if now - costs[best] >= WORTH else 0])
        boxes[one] = measured.of(one)
    _bare(axes, boxes, lines)


def _bare(axes: Axes, boxes: Mapping[Label, Box], lines: np.ndarray) -> None:
    """Draw no halo where only the ground is behind a label; it takes as long as the letters themselves."""
    grid = [*axes.get_xgridlines(), *axes.get_ygridlines()]
    if axes.collections or any(line.get_visible() for line in grid):
        return
    bars = [box_of(patch.get_window_extent()) for patch in axes.patches]  # faint ones too
    behind = np.array([*_marks(axes), *bars]).reshape(-1, 4)
    for one, box in boxes.items():
        over = ((lines > box[:2]) & (lines < box[2:])).all(axis=1)
        one.halo = bool(over.any()) or _covered(box, behind) > 0


def _spread(labels: Sequence[Label], measured: TextBoxes) -> None:
    """Move labels that begin at the same place, as at the ends of curves, apart; their order stays."""
    columns: dict[tuple[float, float, str], list[Label]] = {}
    for one in labels:
        columns.setdefault((one.xy[0], one.xyann[0], one.get_horizontalalignment()), []).append(one)
    for column in columns.values():
        column.sort(key=lambda one: measured.of(one)[1])
        for below, above in [*pairwise(column)] * (4 * len(column)):
            low, high = measured.of(below), measured.of(above)
            push = low[3] - TRIM / 2 * (low[3] - low[1]) - high[1]
            if push > 0:  # half of it each way
                points = push / 2 * 72 / measured.axes.figure.dpi
                below.lift(-points)
                above.lift(points)


def _covered(box: Box, others: np.ndarray) -> float:
    """How many boxes are covered, those by a little less."""
    left, bottom, right, top = box
    across = np.minimum(right, others[:, 2]) - np.maximum(left, others[:, 0])
    along = np.minimum(top, others[:, 3]) - np.maximum(bottom, others[:, 1])
    return float(np.sum((across > 1) & (along > TRIM * (top - bottom))))


def _words(axes: Axes, measured: TextBoxes) -> list[Box]:
    """Boxes of the words that stay: ticks, titles of axes, legend, and texts on the marks."""
    ticks = [text for axis in (axes.xaxis, axes.yaxis) for text in shown_ticks(axis)]
    fixed = [text for text in axes.texts if not isinstance(text, Label)]
    legend = axes.get_legend()
    texts: list[Text] = [
        *ticks,
        axes.xaxis.label,
        axes.yaxis.label,
        *fixed,
        *(legend.get_texts() if legend else ()),
    ]
    return [measured.of(text) for text in texts if text.get_text().strip() and text.get_visible()]


def _marks(axes: Axes) -> list[Box]:
    """Boxes of dots and bars, and of the axes at the left and below."""
    found: list[Box] = []
    scale, box = axes.figure.dpi / 72, axes.bbox
    if axes.spines["left"].get_visible():
        found.append((box.x0 - SPINE * scale, box.y0, box.x0 + SPINE * scale, box.y1))
    if axes.spines["bottom"].get_visible():
        found.append((box.x0, box.y0 - 2 * SPINE * scale, box.x1, box.y0))
    for line in axes.lines:
        half = line.get_markersize() / 2 * scale
        if line.get_marker() not in ("None", None, "", " "):
            found += [(x - half, y - half, x + half, y + half) for x, y in _seen(axes, line)]
        if line.get_linewidth() >= THICK and line.get_linestyle() != "None":
            found += [
                _around(
                    line.get_transform().transform(line.get_xydata()),
                    line.get_linewidth() / 2 * scale,
                )
            ]
    return found + [
        box_of(patch.get_window_extent())
        for patch in axes.patches
        if isinstance(patch, Rectangle) and (patch.get_alpha() or 1) > FAINT
    ]


def _around(points: np.ndarray, half: float) -> Box:
    (x0, y0), (x1, y1) = points.min(axis=0), points.max(axis=0)
    return (x0, y0 - half, x1, y1 + half) if x1 - x0 > y1 - y0 else (x0 - half, y0, x1 + half, y1)


def _seen(axes: Axes, line: Line2D) -> np.ndarray:
    points = line.get_transform().transform(line.get_xydata())
    box = axes.bbox
    return points[
        (points >= [box.x0 - 1, box.y0 - 1]).all(axis=1)
        & (points <= [box.x1 + 1, box.y1 + 1]).all(axis=1)
    ]


def _lines(axes: Axes) -> np.ndarray:
    """Points, ``STEP`` apart, of every thin line and of arrows."""
    step, made = STEP * axes.figure.dpi, [np.zeros((0, 2))]
    for points in _paths(axes):
        points = points[np.isfinite(points).all(axis=1)]
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        at = np.arange(0.0, along[-1], step)
        made.append(
            np.column_stack(
                [np.interp(at, along, points[:, 0]), np.interp(at, along, points[:, 1])]
            )
        )
    return np.concatenate(made)


def _paths(axes: Axes) -> Iterator[np.ndarray]:
    for line in axes.lines:
        if line.get_linestyle() != "None" and line.get_linewidth() < THICK:
            yield np.asarray(line.get_transform().transform_path(line.get_path()).vertices)
    for text in axes.texts:
        if isinstance(text, Annotation) and text.arrow_patch is not None:
            text.get_window_extent()  # brings the arrow up to date
            arrow = text.arrow_patch
            path = arrow.get_transform().transform_path(arrow.get_path())
            yield from map(np.asarray, path.to_polygons(closed_only=False))
