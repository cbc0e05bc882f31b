"""Colours with a meaning, named sizes, the font: style is data, in ``style.toml``."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from analysis.words.catalogue import words_beside

Looks = dict[str, Any]  # keywords of matplotlib: how a mark looks
FONTS = Path(__file__).parent / "fonts"
FAMILY = "Claims Sans SC"
FILES = {"normal": FONTS / "ClaimsSansSC-Regular.ttf", "bold": FONTS / "ClaimsSansSC-Bold.ttf"}
_DATA = words_beside("analysis.plotting", "style.toml")

# what a colour means; each has a contrast of at least 3 to 1 against white, and any two that are
# used together can be distinguished with each deficiency of colour vision (tests/plotting)
STATUS: Mapping[str, str] = MappingProxyType(_DATA["status"])
CATEGORY: Mapping[str, str] = MappingProxyType(_DATA["category"])
REPORTED, REPORTED_LIGHT = STATUS["reported"], STATUS["reported_light"]
CALCULATED, SCENARIO = STATUS["calculated"], STATUS["scenario"]
MUTED, INK = _DATA["neutral"]["muted"], _DATA["neutral"]["ink"]
CATEGORIES = tuple(CATEGORY.values())
DASHED, DOTTED = (0, (4, 2)), (0, (1, 1.5))  # of a line, in units of its width
TINT = 0.22  # opacity of a range in the colour of its value


@dataclass(frozen=True)
class Size:
    """A named size: width and height in inches, dots per inch, and the scale of everything drawn.

    A chart is laid out on a canvas where the letters have the sizes of ``POINTS``, and is then scaled
    as a whole: words, lines and marks keep their proportions at every size.
    """

    width: float
    height: float
    dpi: int
    scale: float = 1.0
    narrow: bool = False  # names of rows stand above their marks
    grows: bool = False  # as tall as rows and words need
    words: str = "full"  # or "short", "phone": which words stand in the picture
    headline: float = _DATA["points"]["headline"]
    floor: float = 0.0  # smallest letters that are allowed, in ``unit``
    unit: str = "pt"
    css: float = 72.0  # units of ``floor`` in an inch

    @property
    def canvas(self) -> tuple[float, float]:
        """Width and least height of the canvas in inches, before scaling."""
        return self.width / self.scale, self.height / self.scale

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and least height of the picture in pixels."""
        return round(self.width * self.dpi), round(self.height * self.dpi)

    def letters(self, points: float) -> float:
        """Height of letters in the finished picture, in ``unit``, from points on the canvas."""
        return points * self.scale * self.css / 72


SIZES = {name: Size(**one) for name, one in _DATA["sizes"].items()}
ON_SCREEN = ("notebook", "explorer")  # shown here, never exported
VARIANTS = ("framed", "plain")
PICTURES = ("svg", "pdf", "png")
POINTS: Mapping[str, float] = MappingProxyType(_DATA["points"])


@functools.cache
def rc() -> dict[Any, Any]:
    """Settings of matplotlib for every chart, with the fonts registered by path."""
    from analysis.plotting.font_files import register

    register()
    settings: dict[Any, Any] = _DATA["matplotlib"] | {
        "font.family": FAMILY,
        "font.size": POINTS["label"],
        "text.color": INK,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": MUTED,
        "axes.labelsize": POINTS["axis"],
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": POINTS["axis"],
        "ytick.labelsize": POINTS["axis"],
    }
    return settings
