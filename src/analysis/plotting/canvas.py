"""The figure of a chart: a named size, the height that its rows need, and groups of marks by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plotting.style import Size

ROW = "row:"  # before the name of a row, as the identifier of what is drawn for it


class ChartFigure(Figure):
    """A figure of a named size, which knows how tall its rows are and whether labels draw their halo."""

    def __init__(self, size: Size) -> None:
        super().__init__(figsize=size.canvas, dpi=size.dpi * size.scale)
        self.size = size
        self.tall = 0.0  # inches that rows need; 0 where nothing asks for a height
        self.halo = True  # SVG has one of its own
        self.said: frozenset[str] = frozenset()  # numbers of the headline, bold on the marks


def narrow(axes: Axes) -> bool:
    """Whether a chart is drawn for a column or a phone."""
    figure = axes.figure
    return isinstance(figure, ChartFigure) and figure.size.narrow


def grows(axes: Axes) -> bool:
    """Whether the picture becomes as tall as its rows need."""
    figure = axes.figure
    return isinstance(figure, ChartFigure) and figure.size.grows


def tall(axes: Axes, inches: float) -> None:
    """Ask for axes of a height in inches of the canvas: as many rows as there are.

    A size that does not grow gives what it has.
    """
    if isinstance(axes.figure, ChartFigure):
        axes.figure.tall = inches


@contextmanager
def row(axes: Axes, name: str) -> Iterator[None]:
    """Everything drawn inside belongs to one row of the data: in SVG it is a group with this name."""
    before = set(axes.get_children())
    yield
    for artist in axes.get_children():
        if artist not in before and artist.get_gid() is None:
            artist.set_gid(ROW + name)
