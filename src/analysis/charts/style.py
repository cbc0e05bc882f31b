"""Colours with a meaning, named sizes, the font: style is data."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Claims Sans SC"
FILES = {"normal": FONTS / "ClaimsSansSC-Regular.ttf", "bold": FONTS / "ClaimsSansSC-Bold.ttf"}

# what a colour means; every one has a contrast of at least 3 to 1 against the white background
REPORTED = "#12436D"  # a figure as published
REPORTED_LIGHT = "#5B7DB1"  # the same, stated less exactly
CALCULATED = "#C2410C"  # worked out here
SCENARIO = "#15803D"  # depends on an assumption
MUTED = "#6B7280"  # reference, axes, what is unknown
INK = "#1F2937"  # text
TINT = 0.22  # opacity of a range in the colour of its value


@dataclass(frozen=True)
class Size:
    """A named size: width and height in inches, resolution, and the scale of the text."""

    width: float
    height: float
    dpi: int
    text: float = 1.0


SIZES = {"page": Size(6.25, 4.0, 300), "notebook": Size(6.25, 4.0, 144)}
POINTS = {"headline": 11.0, "subtitle": 8.0, "label": 7.5, "axis": 7.0, "small": 6.3}


@functools.cache
def rc() -> dict[str, Any]:
    """Settings of matplotlib for every chart, with the fonts registered by path."""
    from matplotlib import font_manager

    for file in FILES.values():
        font_manager.fontManager.addfont(file)
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
    }
