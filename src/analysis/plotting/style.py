"""Colours with a meaning, named sizes, the font: style is data."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.typing import RcKeyType

Looks = dict[str, Any]  # keywords of matplotlib: how a mark looks
FONTS = Path(__file__).parent / "fonts"
FAMILY = "Claims Sans SC"
FILES = {"normal": FONTS / "ClaimsSansSC-Regular.ttf", "bold": FONTS / "ClaimsSansSC-Bold.ttf"}

# what a colour means; each has a contrast of at least 3 to 1 against the white background, and any
# two
# can be told apart with each deficiency of colour vision (tests/plotting/test_style.py)
REPORTED = "#12436D"  # a figure as published
REPORTED_LIGHT = "#3D85C6"  # the same, stated less exactly
CALCULATED = "#C2410C"  # worked out here
SCENARIO = "#7B2CBF"  # depends on an assumption
MUTED = "#6B7280"  # reference, axes, what is unknown
INK = "#1F2937"  # text
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

    @property
    def canvas(self) -> tuple[float, float]:
        """Width and height of the canvas in inches, before scaling."""
        return self.width / self.scale, self.height / self.scale

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of the picture in pixels."""
        return round(self.width * self.dpi), round(self.height * self.dpi)


SIZES = {
    "column": Size(3.12, 2.0, 300, 0.6),
    "page": Size(6.25, 4.0, 300),
    "full": Size(8.75, 6.5, 300, 1.25),
    "web": Size(8.5, 6.0, 100, 1.4),
    "card": Size(12.0, 6.28, 100, 1.55),
    "slide": Size(40 / 3, 7.5, 144, 1.85),
    "notebook": Size(6.25, 4.0, 144),  # as in the stored notebooks
    "explorer": Size(6.25, 2.8, 144),  # marks beside which the words stand as text
}
ON_SCREEN = ("notebook", "explorer")  # shown here, never exported
VARIANTS = ("framed", "plain")
PICTURES = ("svg", "pdf", "png")
POINTS = {"headline": 11.0, "subtitle": 8.0, "label": 7.5, "axis": 7.0, "small": 6.3}


@functools.cache
def rc() -> dict[RcKeyType, Any]:
    """Settings of matplotlib for every chart, with the fonts registered by path."""
    from analysis.plotting.font_files import register

    register()
    return {
        "font.family": FAMILY,
        "font.size": POINTS["label"],
        "text.color": INK,
        "text.hinting": "none",  # so that a line is as wide as it was measured
        "axes.unicode_minus": False,
        "axes.edgecolor": MUTED,
        "axes.labelcolor": INK,
        "axes.labelsize": POINTS["axis"],
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": POINTS["axis"],
        "ytick.labelsize": POINTS["axis"],
        "xtick.major.width": 0.6,
        "ytick.major.width": 0.6,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "xtick.minor.size": 0,
        "ytick.minor.size": 0,
        "lines.linewidth": 1.6,
        "figure.facecolor": "white",
        "savefig.facecolor": "white",
        "svg.fonttype": "path",
        "svg.hashsalt": "claims",
        "pdf.fonttype": 42,
        # by this matplotlib 3.11 counts the characters that one font of a PDF holds
        "ps.fonttype": 42,
    }
