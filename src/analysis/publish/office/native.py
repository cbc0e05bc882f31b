"""Charts that a reader can edit: XlsxWriter writes them, for a workbook and, with their data, for a slide."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from xlsxwriter.chart import Chart
from xlsxwriter.color import Color
from xlsxwriter.theme import THEME_XML_2007
from xlsxwriter.utility import quote_sheetname, xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis import RELEASED
from analysis.plotting.spec import neutral
from analysis.plotting.style import INK, MUTED
from analysis.publish.office.plotted import Plotted, Point, Series
from analysis.publish.office.shared import ACCENTS, CHART, DRAWING, LATIN_FONT, own_theme, xml_text
from analysis.publish.phrases import Phrases
from analysis.records.collection import collection
from analysis.words.wording import digits_format

PALE = "#D1D5DB"  # lines of the scale
LONGEST_CELL = 32_767  # characters that a cell of Excel can hold
DIGITS = 12  # as in the CSV: those that every machine agrees on
MANY = 30  # points of a line, from which on they have no markers
LEVELLED = 0.5  # degrees: cut to 0, which XlsxWriter takes for not given
LEVEL = 12  # names along an axis that find room on the level
ROOM = 1.4  # of a bar chart, over its longest bar
TEXT_SIZE = 1200  # of a chart on a slide, hundredths of a point
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Block:
    """Where one series stands on a sheet: first and last row, the cell of its name, a column for each kind of cell."""

    rows: tuple[int, int]
    name: tuple[int, int]
    at: int
    columns: dict[str, int]

    def ref(self, sheet: str, column: int) -> str:
        """A column of the block as a formula."""
        cells = xl_range_abs(self.rows[0], column, self.rows[1], column)
        return f"={quote_sheetname(sheet)}!{cells}"


def cell_text(text: str) -> str:
    """A text as a cell can hold it: never a formula, and never one when it is copied into a CSV."""
    safe = neutral(text)
    return safe if len(safe) <= LONGEST_CELL else f"{safe[: LONGEST_CELL - 1]}…"


def new_book(buffer: io.BytesIO, font: str = LATIN_FONT) -> Workbook:
    """An empty workbook with the colours of the house; nothing in its cells is run."""
    base = {"font_name": font, "font_size": 10, "valign": "top"}
    book = Workbook(buffer, OPTIONS | {"default_format_properties": base})
    book.use_custom_theme(io.StringIO(own_theme(THEME_XML_2007.encode()).decode()))
    book.set_properties(
        {"created": datetime.fromisoformat(RELEASED), "author": collection().authors}
    )
    return book


def write_points(
    book: Workbook, sheet: Worksheet, shown: Plotted, lang: str, top: int = 0
) -> list[Block]:
    """Write the points of a chart as a table from a row on; tells where each series stands."""
    said, head = Phrases("native", lang), book.add_format({"bold": True, "text_wrap": True})
    kinds = ["value", *_kinds(shown)]
    format_ = book.add_format({"num_format": number_format(shown)})
    blocks, row, below = [], top + 1, _below(shown)
    for place, one in enumerate(shown.series):
        lead = 2 if below else 1
        first = row if below else top + 1
        offset = lead if below else lead + place * len(kinds)
        block = Block(
            (first, first + len(one.points) - 1),
            (first, 0) if below else (top, offset),
            lead - 1,
            {kind: offset + number for number, kind in enumerate(kinds)},
        )
        _write_block(sheet, block, one, shown, format_)
        blocks.append(block)
        row = block.rows[1] + 1
        if not below or place == 0:
            for kind, column in block.columns.items():
                sheet.write_string(top, column, _head(shown, one, kind, said), head)
    if shown.numeric:
        sheet.write_string(top, blocks[0].at, shown.x or said("series"), head)
    if below:
        sheet.write_string(top, 0, said("series"), head)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1 + len(kinds) * len(shown.series), 14)
    return blocks


def _below(shown: Plotted) -> bool:
    """Whether series stand one below the other: those over different numbers; otherwise side by side."""
    return len({tuple(point.at for point in one.points) for one in shown.series}) > 1


def _kinds(shown: Plotted) -> list[str]:
    """What stands beside the values: ends and the distances to them, and words."""
    ends = ["low", "high", "below", "above"] if any(one.ranged for one in shown.series) else []
    words = any(point.words for one in shown.series for point in one.points)
    return ends + ["words"] * words


def _head(shown: Plotted, one: Series, kind: str, said: Phrases) -> str:
    if kind == "value":
        return cell_text(shown.y if _below(shown) or len(shown.series) == 1 else one.name)
    if _below(shown) or len(shown.series) == 1:
        return said(kind)
    return cell_text(said("of", name=one.name, what=said(kind)))


def _write_block(sheet: Worksheet, block: Block, one: Series, shown: Plotted, format_: Any) -> None:
    for row, point in enumerate(one.points, block.rows[0]):
        if isinstance(point.at, float):
            sheet.write_number(row, block.at, point.at)
            if block.at:
                sheet.write_string(row, 0, cell_text(xml_text(one.name)))
        else:
            sheet.write_string(row, block.at, cell_text(_under(shown, row - block.rows[0])))
        cells = _cells(point)
        for kind, column in block.columns.items():
            if (number := cells.get(kind)) is not None:
                sheet.write_number(row, column, float(f"{number:.{DIGITS}g}"), format_)
            elif kind == "words" and point.words:
                sheet.write_string(row, column, cell_text(xml_text(point.words)))


def _cells(point: Point) -> dict[str, float | None]:
    """The numbers of a point, by kind; None where an end is open or unknown."""
    return {
        "value": point.value,
        "low": point.low,
        "high": point.high,
        "below": _distance(point.low, point.value),
        "above": _distance(point.value, point.high),
    }


def _under(shown: Plotted, place: int) -> str:
    """The name of a row; under dots, which leave no room beside them, with their words on further lines."""
    points = [one.points[place] for one in shown.series]
    words = [point.words for point in points] if shown.form.kind == "dots" else []
    return "\n".join(xml_text(text) for text in (str(points[0].at), *words) if text)


def _distance(low: float | None, high: float | None) -> float | None:
    """How far one end lies from the value; None where it is open or unknown."""
    return None if low is None or high is None else max(high - low, 0.0)


def number_format(shown: Plotted) -> str:
    """How values are shown: parts of 1 as percentages, large numbers with thousands apart."""
    values = [point.value for one in shown.series for point in one.points]
    return digits_format([value for value in values if value is not None], share=shown.share)


def native_chart(
    book: Workbook, sheet: Worksheet, shown: Plotted, blocks: Sequence[Block]
) -> Chart:
    """The chart of points that stand on a sheet."""
    form = shown.form
    if form.kind == "bars":
        kind = {"type": "bar", "subtype": "stacked" if form.stacked else "clustered"}
    elif shown.numeric:
        kind = {"type": "scatter"} | ({"subtype": "straight"} if form.kind == "lines" else {})
    else:
        kind = {"type": "line"}
    chart = book.add_chart(kind)
    for one, block in zip(shown.series, blocks, strict=True):
        chart.add_series(_of_series(shown, one, block, sheet.name))
    _axes(chart, shown)
    several = len(shown.series) > 1
    chart.set_legend({"position": "top"} if several else {"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.show_blanks_as("gap")
    return chart


def _of_series(shown: Plotted, one: Series, block: Block, sheet: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": f"={quote_sheetname(sheet)}!{xl_rowcol_to_cell(*block.name, True, True)}",
        "categories": block.ref(sheet, block.at),
        "values": block.ref(sheet, block.columns["value"]),
    }
    color, points = _color(one.color), [point.color for point in one.points]
    if shown.form.kind == "bars":
        made |= {"fill": {"color": color}, "gap": 45}
        if any(points):
            made["points"] = [{"fill": {"color": _color(own)}} for own in points]
    else:
        lines = shown.form.kind == "lines"
        made["line"] = {"color": color, "width": 2} if lines else {"none": True}
        few = len(one.points) <= MANY
        fill = {"fill": {"color": color}, "border": {"color": color}}
        made["marker"] = {"type": "circle", "size": 7 if not lines else 5} | fill
        if lines and not few:
            made["marker"] = {"type": "none"}
        elif any(points):
            made["points"] = [
                {"fill": {"color": _color(own)}, "border": {"color": _color(own)}} for own in points
            ]
    if one.ranged:
        made["y_error_bars"] = _error_bars(one, block, sheet, color)
    if labels := _labels(shown, one):
        made["data_labels"] = labels
    return made


def _error_bars(one: Series, block: Block, sheet: str, color: Any) -> dict[str, Any]:
    """From the lower to the upper end; no bar on a side whose end is open or unknown."""
    made: dict[str, Any] = {"type": "custom", "end_style": 0, "line": {"color": color, "width": 2}}
    for side, kind in (("minus", "below"), ("plus", "above")):
        made[f"{side}_values"] = block.ref(sheet, block.columns[kind])
        made[f"{side}_data"] = [
            None if cells[kind] is None else f"{cells[kind]:.{DIGITS}g}"
            for cells in map(_cells, one.points)
        ]
    return made


def _labels(shown: Plotted, one: Series) -> dict[str, Any]:
    """The words of each point; counts of parts of a bar; nothing else is labelled."""
    made = {"value": True, "num_format": number_format(shown), "font": {"color": INK}}
    if any(point.words for point in one.points):
        if shown.form.kind == "dots" and not shown.numeric:
            return {}  # they are part of the names
        custom = [
            {"value": xml_text(point.words)} if point.words else {"delete": True}
            for point in one.points
        ]  # not as a reference to their cells, which LibreOffice does not read
        return made | {"custom": custom}
    if shown.form.stacked:
        white = {"color": "#FFFFFF"}
        return {"value": True, "num_format": "#,##0;;", "position": "center", "font": white}
    if shown.form.kind == "bars":
        return made
    return {}


def _axes(chart: Chart, shown: Plotted) -> None:
    """Names on one side, the scale with pale lines on the other; bars with their words need no scale."""
    lines: dict[str, Any] = {"visible": True, "line": {"color": PALE, "width": 0.75}}
    font = {"color": MUTED, "bold": False}
    scale: dict[str, Any] = {
        "num_format": number_format(shown),
        "major_gridlines": lines,
        "line": {"none": True},
        "name": xml_text(shown.y),
        "name_font": font,
    }
    if shown.form.log:
        scale["log_base"] = 10
    names: dict[str, Any] = {"line": {"color": MUTED}, "label_position": "low"}
    if shown.form.kind == "bars":
        chart.set_x_axis(_bare(shown))
        chart.set_y_axis(names | {"reverse": True, "major_tick_mark": "none"})
        return
    if not shown.numeric and len(shown.series[0].points) <= LEVEL:
        names["num_font"] = {"rotation": LEVELLED}  # in lines
    if shown.numeric:
        ends = [point.at for one in shown.series for point in one.points]
        low, high = min(map(float, ends)), max(map(float, ends))
        if shown.times:
            names |= {"min": low // 1, "max": -(-high // 1), "num_format": "0"}
        names |= {"name": xml_text(shown.x), "name_font": font}
        names["major_gridlines"] = {"visible": False}
    chart.set_x_axis(names)
    chart.set_y_axis(scale)


def _bare(shown: Plotted) -> dict[str, Any]:
    """A scale that is not shown, with room for the words behind the longest bar."""
    made: dict[str, Any] = {"visible": False, "major_gridlines": {"visible": False}}
    values = [point.value or 0.0 for one in shown.series for point in one.points]
    if not shown.form.stacked:
        made["max"] = float(f"{max(values) * ROOM:.3g}")
        made["min"] = float(f"{min(*values, 0.0) * ROOM:.3g}")
    return made


def _color(color: str) -> Any:
    """A colour of the house as that of the theme, so that it follows a change of the theme; others as they are."""
    return Color.theme(4 + ACCENTS.index(color), 0) if color in ACCENTS else color


@dataclass(frozen=True)
class ChartData:
    """A chart with its data, as python-pptx takes one: it asks for the XML and for the workbook."""

    shown: Plotted
    lang: str

    def xml_bytes(self, _: object) -> bytes:
        """The XML of the chart, in the language of its words."""
        with zipfile.ZipFile(io.BytesIO(self._workbook(chart=True))) as package:
            root = parse_xml(package.read("xl/charts/chart1.xml"))
        tag = Phrases("office", self.lang)("tag")
        root.find(f"{{{CHART}}}lang").set("val", tag)
        for one in root.iter(f"{{{DRAWING}}}rPr", f"{{{DRAWING}}}endParaRPr"):
            one.set("lang", tag)
        explicit(root)
        return serialize_part_xml(root)

    @property
    def xlsx_blob(self) -> bytes:
        """The workbook of the data."""
        return self._workbook(chart=False)

    def _workbook(self, *, chart: bool) -> bytes:
        buffer = io.BytesIO()
        with new_book(buffer) as book:
            sheet = book.add_worksheet(Phrases("workbook", self.lang).each("sheets")[1])
            blocks = write_points(book, sheet, self.shown, self.lang)
            if chart:
                sheet.insert_chart(0, 0, native_chart(book, sheet, self.shown, blocks))
        return buffer.getvalue()


# what Excel takes as read and other programs do not: element, child, value, what follows the child
SAID: tuple[tuple[str, str, int | str, tuple[str, ...]], ...] = (
    ("chartSpace", "date1904", 0, ("lang",)),
    ("chartSpace", "roundedCorners", 0, ("chart",)),
    ("barChart", "varyColors", 0, ("ser",)),
    ("lineChart", "varyColors", 0, ("ser",)),
    ("scatterChart", "varyColors", 0, ("ser",)),
    ("dPt", "invertIfNegative", 0, ("marker", "bubble3D", "spPr")),
    ("title", "overlay", 0, ("spPr", "txPr")),
    ("legend", "overlay", 0, ("spPr", "txPr")),
    (
        "chart",
        "dispBlanksAs",
        "gap",
        (),
    ),  # left out, PowerPoint and LibreOffice draw what is unknown as 0
    ("catAx", "delete", 0, ("axPos",)),
    ("valAx", "delete", 0, ("axPos",)),
)
SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")  # by a label, in order


def explicit(root: Any) -> None:
    """Say in the XML of a chart what Excel takes as read; set the size of its letters, drop the printer's page."""
    for parent, name, value, after in SAID:
        for one in root.iter(f"{{{CHART}}}{parent}"):
            if one.find(f"{{{CHART}}}{name}") is None:
                _insert(one, name, {"val": str(value)}, after)
    for one in root.iter(f"{{{CHART}}}dLbl", f"{{{CHART}}}dLbls"):
        if one.find(f"{{{CHART}}}delete") is None:
            one.remove(one.find(f"{{{CHART}}}showVal"))
            for name in SHOWN:
                _insert(one, f"show{name}", {"val": str(int(name == "Val"))}, ())
    for one in root.iter(f"{{{CHART}}}ser"):
        if one.getparent().tag == f"{{{CHART}}}barChart":
            followers = ("dPt", "dLbls", "errBars", "cat")
            _insert(one, "invertIfNegative", {"val": "0"}, followers)
        else:
            _insert(one, "smooth", {"val": "0"}, ())
    _insert(root, "txPr", {}, ("printSettings",))
    letters = root.find(f"{{{CHART}}}txPr")
    root.remove(root.find(f"{{{CHART}}}printSettings"))
    for name in ("bodyPr", "lstStyle", "p"):
        letters.append(letters.makeelement(f"{{{DRAWING}}}{name}"))
    properties = letters.makeelement(f"{{{DRAWING}}}pPr")
    properties.append(letters.makeelement(f"{{{DRAWING}}}defRPr", {"sz": str(TEXT_SIZE)}))
    letters[-1].append(properties)


def _insert(parent: Any, name: str, attributes: dict[str, str], after: Sequence[str]) -> None:
    """Put a new child before the first of those that follow it, or at the end."""
    made = parent.makeelement(f"{{{CHART}}}{name}", attributes)
    followers = [parent.find(f"{{{CHART}}}{one}") for one in after]
    first = next((one for one in followers if one is not None), None)
    if first is None:
        parent.append(made)
    else:
        first.addprevious(made)
