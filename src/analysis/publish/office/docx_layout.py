"""How a Word file is laid out: the house's own page, and that of Chinese official documents (GB/T 9704-2012).

GB/T 9704-2012 asks for A4 with a top margin of 37 mm, 28 mm at the binding and a type area of 156 by 225 mm
(4.2.1), in which 22 lines of 28 characters stand (4.2.3); body in size 3 (16 points) Fangsong (4.2.2), title in
size 2 (22 points) Xiaobiaosong (7.3.1), first-level headings in Heiti and second-level ones in Kaiti, numbered
一、 and （一）, paragraphs indented by two characters (7.3.3); page numbers in size 4 (14 points) between
dashes, 7 mm under the type area, odd ones right and even ones left (7.5); all text black (4.2.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from analysis.plotting.style import INK, MUTED, REPORTED
from analysis.records.errors import ExportError

MM, POINTS = 25.4, 72  # of an inch
A4 = (210.0, 297.0)
SONG, HEI, KAI, FANGSONG, XIAOBIAOSONG = "宋体", "黑体", "楷体", "仿宋", "方正小标宋简体"
ROMAN = "Times New Roman"
BLACK = "#000000"
DIGITS = "一二三四五六七八九"


@dataclass(frozen=True)
class Style:
    """A paragraph style: letters in points, bold, colour, space before and after, kept with the next one.

    ``chinese`` is the font of Chinese letters, "" that of the theme; ``align`` one of "", "left", "center", "both";
    ``indent`` how many characters the first line is indented; ``leading`` lines, of which one is the usual.
    """

    points: float
    bold: bool = False
    color: str = INK
    before: float = 0
    after: float = 0
    keep: bool = False
    leading: float = 1.15
    chinese: str = ""
    align: str = ""
    indent: int = 0


@dataclass(frozen=True)
class Layout:
    """A page and its styles.

    Parameters
    ----------
    margins : tuple of float
        Top, right, bottom and left, in millimetres.
    foot : float
        From the number of a page to the edge of the paper, in millimetres.
    styles : mapping
    latin : str
        Font of Latin letters and figures; "" for that of the theme.
    grid : tuple of int
        Lines of a page and characters of a line; none if they are 0.
    official : bool
        Whether headings are numbered and pages run on, as in an official document.
    """

    margins: tuple[float, float, float, float]
    foot: float
    styles: Mapping[str, Style]
    latin: str = ""
    grid: tuple[int, int] = (0, 0)
    official: bool = False

    @property
    def width(self) -> float:
        """Between the margins, in inches."""
        return (A4[0] - self.margins[1] - self.margins[3]) / MM

    @property
    def pitch(self) -> tuple[int, int]:
        """Height of a line and what is added to a character, in twentieths of a point."""
        lines, characters = self.grid
        height = (A4[1] - self.margins[0] - self.margins[2]) / MM * POINTS / lines
        room = self.width * POINTS / characters - self.styles["Normal"].points
        return int(height * 20), round(room * 20)


HOUSE_STYLES = {
    "Normal": Style(10, after=5),
    "Title": Style(24, True, REPORTED, after=6, keep=True),
    "Subtitle": Style(10, color=MUTED, after=14, keep=True),
    "Heading 1": Style(14, True, before=10, after=4, keep=True),
    "Heading 2": Style(11.5, True, before=10, after=3, keep=True),
    "Caption": Style(9.5, after=6, keep=True),
    "List Bullet": Style(10, after=3),
    "Figure": Style(10, after=4, keep=True),
    "Figure Note": Style(9, after=3, keep=True, leading=1.1),
    "Figure Source": Style(8, color=MUTED, after=4, leading=1.05),
    "Table Text": Style(8, before=1, after=1.5, leading=1.0),
    "Reference": Style(8.5, after=4),
    "table of figures": Style(9.5, after=3),
    "Footer": Style(8, color=MUTED),
}
HEADS = ("Title", "Heading 1", "Heading 2", "Caption")


def _chinese(name: str, style: Style) -> Style:
    """A style of the house for Chinese: Heiti for headings, which is bold by itself, Songti for all else."""
    head = name in HEADS
    return replace(style, chinese=HEI if head else SONG, bold=style.bold and not head)


_SIDE = (A4[0] - 6.25 * MM) / 2  # a picture of a page is 6.25 inches wide
_EDGES = (0.65 * MM, _SIDE, 0.7 * MM, _SIDE)
HOUSE = Layout(_EDGES, 0.4 * MM, HOUSE_STYLES)
HOUSE_ZH = Layout(
    _EDGES, 0.4 * MM, {name: _chinese(name, one) for name, one in HOUSE_STYLES.items()}, ROMAN
)


def _official(points: float, chinese: str = FANGSONG, **how: Any) -> Style:
    known: dict[str, Any] = {
        "color": BLACK,
        "leading": 1.0,
        "chinese": chinese,
        "align": "both",
    } | how
    return Style(points, **known)


GB9704 = Layout(
    (37, 26, 35, 28),
    23,
    {
        "Normal": _official(16, indent=2),
        "Title": _official(22, XIAOBIAOSONG, align="center", keep=True),
        "Subtitle": _official(16, KAI, align="center", after=14),
        "Heading 1": _official(16, HEI, indent=2, keep=True),
        "Heading 2": _official(16, KAI, indent=2, keep=True),
        "Caption": _official(14, HEI, align="center", keep=True),
        "List Bullet": _official(16),
        "Figure": _official(16, align="center", keep=True),
        "Figure Note": _official(14, keep=True),
        "Figure Source": _official(12),
        "Table Text": _official(10.5, SONG, align="left"),
        "Reference": _official(12, align="left"),
        "table of figures": _official(14),
        "Footer": _official(14, SONG, align=""),
    },
    ROMAN,
    (22, 28),
    official=True,
)
LAYOUTS = ("house", "gb9704")


def layout_of(name: str, lang: str) -> Layout:
    """A layout by name and language; raises ExportError for one that there is not."""
    if name not in LAYOUTS:
        raise ExportError(f"{name!r} is no layout of a report; allowed are {', '.join(LAYOUTS)}")
    if name == "gb9704":
        if lang != "zh":
            raise ExportError(
                "the layout gb9704 is that of Chinese official documents; give --lang zh with it"
            )
        return GB9704
    return HOUSE_ZH if lang == "zh" else HOUSE


def numeral(number: int) -> str:
    """A Chinese numeral up to 99, as headings have it.

    Examples
    --------
    >>> numeral(2), numeral(10), numeral(14), numeral(30), numeral(57)
    ('二', '十', '十四', '三十', '五十七')
    """
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    lead = ("" if tens == 1 else DIGITS[tens - 1]) + "十" if tens else ""
    return lead + (DIGITS[ones - 1] if ones else "")
