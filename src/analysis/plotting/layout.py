"""The frame around the marks: headline, subtitle, unit, note and source, wrapped by measured width."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D

from analysis.plotting.canvas import ChartFigure
from analysis.plotting.style import FILES, INK, MUTED, POINTS
from analysis.records.errors import ExportError

MARGIN = 0.16  # inches
LEADING = 1.22  # line height over letter height
GAP = 0.07  # inches between blocks
APART = 0.2  # inches between words on one line
EVEN = 0.5  # of the longest line: a shorter one is not even enough
WIDOW = 0.2  # of the width: a last line of a note that is shorter is not left alone
RULE = (0.42, 2.2)  # of the short rule over the headline: inches long, points thick
# CLREQ 3.1.9: closing marks begin no line, opening ones end none
NEVER_FIRST = "，。；：、）》〉」』】”’！？…—·％‰%)"
NEVER_LAST = "（《〈「『【“‘("
OPENING = tuple("（《〈「『【“‘")
WIDE = (
    r"\u2e80-\u9fff\uff00-\uffef"  # Chinese characters and full-width marks, as a character class
)
# a number stays with what it counts: 832个, 2020年, 7.71亿元
COUNTED = "[年月日届个人元万亿项份县次条倍级岁户家种件场]"


def numbers_of(text: str) -> frozenset[str]:
    """The numbers of a text that say something: no years, and none of one digit.

    Examples
    --------
    >>> sorted(numbers_of("In 2015, 2 of 33 are at least 2.84"))
    ['2.84', '33']
    """
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)
    return frozenset(one for one in found if len(one) > 1 and not re.fullmatch("(19|20)..", one))


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


def drawable(text: str) -> bool:
    """Whether the font has every character of a text."""
    try:
        check_glyphs(text)
    except ExportError:
        return False
    return True


def wrap(
    text: str,
    width: float,
    points: float,
    weight: str = "normal",
    *,
    balanced: bool = False,
    clauses: bool = True,
) -> list[str]:
    """Break a text into lines of at most ``width`` inches.

    English breaks at spaces; Chinese between characters, but no line begins with a closing mark
    or ends with an opening one, and no number is parted from what it counts.

    Parameters
    ----------
    balanced : bool
        Make the lines as even as their number allows, so that no word stands alone on the last.
    clauses : bool
        Whether balanced Chinese lines end with a clause where that leaves them even enough.
    """
    pieces = [(piece, text_width(piece, points, weight)) for piece in _pieces(text)]
    space = text_width(" ", points, weight)
    lines = _lines(pieces, width, space)
    if not balanced or len(lines) < 2:
        return lines
    parts = [(one, text_width(one, points, weight)) for one in _clauses(text)] if clauses else []
    if parts and max(wide for _, wide in parts) <= width:
        even = _even(parts, width, space, len(lines))
        wide = [text_width(line, points, weight) for line in even]
        if len(even) == len(lines) and min(wide) >= EVEN * max(wide):
            return even
    return _even(pieces, width, space, len(lines))


def _even(pieces: Sequence[tuple[str, float]], width: float, space: float, count: int) -> list[str]:
    """Lines as even as their number allows."""
    low, high = width / 2, width
    for _ in range(7):
        middle = (low + high) / 2
        if len(_lines(pieces, middle, space)) > count:
            low = middle
        else:
            high = middle
    return _lines(pieces, high, space)


def _lines(pieces: Sequence[tuple[str, float]], width: float, space: float) -> list[str]:
    """Pieces put into lines one after another; a trailing space may hang over."""
    lines, filled = [""], 0.0
    for piece, wide in pieces:
        hanging = space * (len(piece) - len(piece.rstrip(" ")))
        if lines[-1] and filled + wide - hanging > width:
            lines.append("")
            filled = 0.0
        if not lines[-1]:
            wide -= space * (len(piece) - len(piece.lstrip(" ")))
            piece = piece.lstrip(" ")
        lines[-1] += piece
        filled += wide
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str) -> Iterator[str]:
    """Parts that stay together: words with their trailing space, single Chinese characters."""
    first, last, wide = re.escape(NEVER_FIRST), re.escape(NEVER_LAST), WIDE
    single = rf"[^ {wide}{first}{last}]*\d[^ {wide}{first}{last}]*[%％]?{COUNTED}+"
    pattern = rf"[{last}]*(?:{single}|[{wide}]|[^ {wide}，。；：、（）《》“”]+)[{first}]* *| +|."
    return (match.group() for match in re.finditer(pattern, text))


def _clauses(text: str) -> list[str]:
    """Parts of a Chinese text between its full-width marks, brackets whole; a line best ends there."""
    return re.findall(r"(?:[^，；：。、！？（]|（[^）]*）)+[，；：。、！？”》）]*|.", text)


@dataclass(frozen=True)
class Block:
    """Lines of one kind in the frame: where in the picture's hierarchy, and how they look."""

    name: str
    lines: tuple[str, ...]
    points: float
    color: str = INK
    weight: str = "normal"
    ha: str = "left"
    beside: bool = False  # on the last line of the block before it

    @property
    def height(self) -> float:
        """Inches from the top of the first line to the next block."""
        if self.beside or not self.lines:
            return 0.0
        return len(self.lines) * self.points * LEADING / 72 + GAP / 2


@dataclass(frozen=True)
class Frame:
    """Words over and under the marks, from top to bottom."""

    above: tuple[Block, ...]
    below: tuple[Block, ...]

    @property
    def heights(self) -> tuple[float, float]:
        """Inches that the words above and below take, with the margins."""
        over, under = (sum(one.height for one in blocks) for blocks in (self.above, self.below))
        return MARGIN + RULE[1] / 72 + GAP + over + GAP, under + MARGIN + GAP / 2


def frame_of(
    figure: ChartFigure, *, headline: str, subtitle: str, unit: str, note: str, source: str
) -> Frame:
    """Words of a picture, broken into lines for its width."""
    inside = figure.get_figwidth() - 2 * MARGIN

    def block(name: str, text: str, points: float, **looks: Any) -> Block:
        weight = looks.get("weight", "normal")
        lines = wrap(text, inside, points, weight, balanced=name != "notes")
        if name == "notes" and text_width(lines[-1] if lines else "", points) < WIDOW * inside:
            lines = wrap(text, inside, points, weight, balanced=True, clauses=False)
        return Block(name, tuple(lines), points, **looks)

    small, under = POINTS["small"], block("subtitle", subtitle, POINTS["subtitle"], color=MUTED)
    last = text_width(under.lines[-1], under.points) if under.lines else inside
    beside = last + APART + text_width(unit, POINTS["axis"]) <= inside
    return Frame(
        (
            block("headline", headline, figure.size.headline, weight="bold"),
            under,
            block("unit", unit, POINTS["axis"], color=MUTED, ha="right", beside=beside),
        ),
        (block("notes", note, small), block("source", source, small, color=MUTED)),
    )


def place(figure: ChartFigure, frame: Frame) -> None:
    """Put the words of the frame on the figure, whose height is final."""
    width, height = figure.get_size_inches()
    top = height - MARGIN
    x = (MARGIN / width, (MARGIN + RULE[0]) / width)
    rule = Line2D(x, [top / height] * 2, color=MUTED, linewidth=RULE[1], gid="rule")
    figure.add_artist(rule)
    top -= RULE[1] / 72 + GAP
    for one in frame.above:
        back = POINTS["subtitle"] * LEADING / 72 + GAP / 2 if one.beside else 0.0
        top = _put(figure, one, top + back) - back
    bottom = MARGIN
    for one in reversed(frame.below):
        _put(figure, one, bottom + one.height - GAP / 2)
        bottom += one.height


def _put(figure: ChartFigure, block: Block, top: float) -> float:
    width, height = figure.get_size_inches()
    x = MARGIN / width if block.ha == "left" else 1 - MARGIN / width
    for number, line in enumerate(block.lines):
        # the blank half of an opening mark hangs over the margin (CLREQ 3.1.6)
        hung = block.points / 144 if block.ha == "left" and line[:1] in OPENING else 0.0
        figure.text(
            x - hung / width,
            (top - number * block.points * LEADING / 72) / height,
            line,
            va="top",
            ha=block.ha,
            fontsize=block.points,
            weight=block.weight,
            color=block.color,
            gid=f"{block.name}:{number}",
        )
    return top - block.height
