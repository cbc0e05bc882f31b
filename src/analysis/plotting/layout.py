"""The frame around the marks: headline, subtitle, note and source, wrapped by measured width."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from analysis.plotting.style import FILES, INK, MUTED, POINTS
from analysis.records.errors import ExportError

MARGIN = 0.16  # inches
LEADING = 1.2  # line height over letter height
GAP = 0.07  # inches between blocks
NEVER_FIRST = "，。；：、）》”’！？%)"
WIDE = (
    r"\u2e80-\u9fff\uff00-\uffef"  # Chinese characters and full-width marks, as a character class
)
NEVER_LAST = "（《“‘("


@functools.cache
def _face(weight: str) -> FT2Font:
    face = FT2Font(FILES[weight])
    face.set_size(100, 72)
    return face


@functools.cache
def _advance(char: str, weight: str) -> float:
    """Width of a character in units of the letter height."""
    face = _face(weight)
    if not face.get_char_index(ord(char)):
        raise ExportError(
            f"the font has no glyph for {char!r} (U+{ord(char):04X}); add it with 'make font'"
        )
    return face.load_char(ord(char)).linearHoriAdvance / 65536 / 100


def text_width(text: str, points: float, weight: str = "normal") -> float:
    """Width of a line of text in inches.

    Raises
    ------
    ExportError
        If the font lacks a character: a missing glyph never reaches a file.
    """
    return sum(_advance(char, weight) for char in text) * points / 72


def check_glyphs(text: str) -> None:
    """Refuse a text with a character that the font lacks; raises ExportError."""
    for weight in FILES:
        text_width(text.replace("\n", ""), 1, weight)


def wrap(text: str, width: float, points: float, weight: str = "normal") -> list[str]:
    """Break a text into lines of at most ``width`` inches.

    English breaks at spaces; Chinese between characters, but no line begins with a closing mark
    or ends with an opening one.
    """
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), points, weight) > width:
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str) -> Iterator[str]:
    """Parts that stay together: words with their trailing space, single Chinese characters."""
    first, last, wide = re.escape(NEVER_FIRST), re.escape(NEVER_LAST), WIDE
    pattern = rf"[{last}]*(?:[{wide}]|[^ {wide}，。；：、（）《》“”]+)[{first}]* *| +|."
    return (match.group() for match in re.finditer(pattern, text))


def frame(figure: Figure, *, above: tuple[str, str], below: tuple[str, str]) -> tuple[float, float]:
    """Put the words at the top and at the bottom of the canvas.

    Parameters
    ----------
    above : (headline, subtitle)
    below : (note, source line)

    Returns
    -------
    (bottom, top) : float
        Heights, in inches, between which there is room for the axes.
    """
    width, height = figure.get_size_inches()
    inside, top = width - 2 * MARGIN, height - MARGIN
    for text, points, weight in (
        (above[0], POINTS["headline"], "bold"),
        (above[1], POINTS["subtitle"], "normal"),
    ):
        top = _block(figure, wrap(text, inside, points, weight), top, points, weight=weight)
    bottom = MARGIN
    blocks = [
        (wrap(text, inside, POINTS["small"]), color)
        for text, color in ((below[0], INK), (below[1], MUTED))
    ]
    for lines, color in reversed(blocks):
        tall = len(lines) * POINTS["small"] * LEADING / 72
        _block(figure, lines, bottom + tall, POINTS["small"], color=color)
        bottom += tall + GAP / 2
    return bottom + GAP, top - GAP


def _block(
    figure: Figure,
    lines: list[str],
    top: float,
    points: float,
    *,
    weight: str = "normal",
    color: str = INK,
) -> float:
    width, height = figure.get_size_inches()
    for line in lines:
        figure.text(
            MARGIN / width,
            top / height,
            line,
            va="top",
            ha="left",
            fontsize=points,
            weight=weight,
            color=color,
        )
        top -= points * LEADING / 72
    return top - GAP / 2
