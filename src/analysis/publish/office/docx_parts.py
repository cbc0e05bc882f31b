"""Pieces of a Word file that python-docx has no name for: fields, links, bookmarks, styles, borders."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Inches, Mm, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from analysis.plotting.style import REPORTED
from analysis.publish.office.docx_layout import A4, Layout, Style
from analysis.publish.office.shared import Piece, is_address, xml_text

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def element(tag: str, **attributes: str) -> Any:
    """An XML element of Word with attributes of its own namespace: ``element("w:lang", val="en-GB")``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def dress(document: Document, layout: Layout) -> None:
    """Fonts, sizes, colours and distances of the styles; the languages of the document."""
    for unused in [
        one
        for one in document.styles.element.style_lst
        if one.get(qn("w:type")) == "table" and not one.default
    ]:
        unused.delete()
    for name, style in layout.styles.items():
        _style(document, name, style, layout)
    _tabs(document.styles["table of figures"], WD_TAB_LEADER.DOTS, layout.width)
    _tabs(document.styles["Footer"], WD_TAB_LEADER.SPACES, layout.width)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    color = layout.styles["Normal"].color if layout.official else REPORTED
    link.font.color.rgb, link.font.underline = RGBColor.from_string(color[1:]), True
    languages = {"val": "en-GB", "eastAsia": "zh-CN"}
    for found in document.styles.element.iter(qn("w:lang")):
        found.attrib.update({qn(f"w:{name}"): value for name, value in languages.items()})
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).attrib.update(
        {qn(f"w:{name}"): value for name, value in languages.items()}
    )
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")
    settings.find(qn("w:proofState")).getparent().remove(settings.find(qn("w:proofState")))


def _style(document: Document, name: str, how: Style, layout: Layout) -> None:
    if name not in document.styles:
        made = document.styles.add_style(
            name, WD_STYLE_TYPE.PARAGRAPH, builtin=name == name.lower()
        )
        made.base_style, made.quick_style = document.styles["Normal"], True
    style = document.styles[name]
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    font, shape = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(how.points), how.bold, False
    font.color.rgb = RGBColor.from_string(how.color[1:])
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    if layout.official and name == "Normal":
        room = element("w:spacing", val=str(layout.pitch[1]))
        style.element.rPr.find(qn("w:sz")).addprevious(room)
    if how.chinese:
        _fonts(style.element.rPr, layout.latin, how.chinese)
    _twin(document, style.element)
    shape.space_before, shape.space_after = Pt(how.before), Pt(how.after)
    shape.line_spacing, shape.keep_with_next = how.leading, how.keep
    shape.widow_control = not layout.official  # a page of an official document is full
    if how.align:
        shape.alignment = ALIGN[how.align]
    if layout.official and name != "List Bullet":
        shape.first_line_indent = Pt(how.indent * how.points)
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), str(how.indent * 100))


def _twin(document: Document, style: Any) -> None:
    """Give the character style that belongs to a paragraph style the same letters: programs use either."""
    link = style.find(qn("w:link"))
    for twin in document.styles.element.style_lst if link is not None else ():
        if twin.get(qn("w:styleId")) == link.get(qn("w:val")):
            twin.remove(twin.get_or_add_rPr())
            twin.append(copy.deepcopy(style.rPr))


def _fonts(properties: Any, latin: str, chinese: str) -> None:
    """Name the fonts of Latin and of Chinese letters, in place of those of the theme."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), font)


def _tabs(style: Any, leader: WD_TAB_LEADER, width: float) -> None:
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Inches(width), WD_TAB_ALIGNMENT.RIGHT, leader)


def shape_page(section: Section, layout: Layout) -> None:
    """Size, margins and grid of the pages of a section."""
    section.page_width, section.page_height = (Mm(side) for side in A4)
    top, right, bottom, left = (Mm(side) for side in layout.margins)
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.header_distance = section.footer_distance = Mm(layout.foot)
    if layout.official:
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        # of lines alone: LibreOffice gives a letter of a grid that is wider than its cell two cells
        grid = element("w:docGrid", type="lines", linePitch=str(layout.pitch[0]))
        section._sectPr.append(grid)


def field(paragraph: Paragraph, instruction: str, result: str, *, parent: Any = None) -> None:
    """A field of Word with the result that it has now; Word works it out again on request."""
    field_start(paragraph, instruction, parent=parent)
    run(paragraph, result, parent=parent)
    field_end(paragraph, parent=parent)


def field_start(paragraph: Paragraph, instruction: str, *, parent: Any = None) -> None:
    """The beginning of a field, up to its result."""
    _instruction(paragraph, instruction, parent)
    _part(paragraph, element("w:fldChar", fldCharType="separate"), parent)


def _instruction(paragraph: Paragraph, instruction: str, parent: Any = None) -> None:
    _part(paragraph, element("w:fldChar", fldCharType="begin"), parent)
    words = OxmlElement("w:instrText")
    words.text = f" {xml_text(instruction)} "
    words.set(qn("xml:space"), "preserve")
    _part(paragraph, words, parent)


def field_end(paragraph: Paragraph, *, parent: Any = None) -> None:
    """The end of a field."""
    _part(paragraph, element("w:fldChar", fldCharType="end"), parent)


def list_entry(paragraph: Paragraph, text: str) -> None:
    """A hidden mark that puts a text into the list of figures when Word makes it anew."""
    said = text.replace("\\", "\\\\").replace('"', '\\"')
    _instruction(paragraph, f'TC "{said}" \\f F \\l 1')
    field_end(paragraph)


def run(
    paragraph: Paragraph, text: str, *, parent: Any = None, bold: bool = False, color: str = ""
) -> Run:
    """A run of text at the end of a paragraph, or of a part of it that is given as ``parent``."""
    made = paragraph.add_run(xml_text(text))
    if bold:
        made.bold = True
    if color:
        made.font.color.rgb = RGBColor.from_string(color[1:])
    if parent is not None:
        parent.append(made._r)
    return made


def tab(paragraph: Paragraph, *, parent: Any = None) -> None:
    """A tab at the end of a paragraph."""
    _part(paragraph, OxmlElement("w:tab"), parent)


def _part(paragraph: Paragraph, content: Any, parent: Any) -> None:
    made = run(paragraph, "", parent=parent)
    made._r.append(content)


def write(paragraph: Paragraph, pieces: Sequence[Piece]) -> None:
    """Put pieces of text at the end of a paragraph; one with a web address leads there."""
    for piece in pieces:
        if is_address(piece.url):
            _link(paragraph, piece.text, piece.url)
        else:
            run(paragraph, piece.text, bold=piece.bold, color=piece.color)


def _link(paragraph: Paragraph, text: str, url: str) -> None:
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), relation)
    made.set(qn("w:history"), "1")
    paragraph._p.append(made)
    run(paragraph, text, parent=made).style = "Hyperlink"


def jump(paragraph: Paragraph, bookmark: str) -> Any:
    """The part of a paragraph that leads to a bookmark; runs go into it."""
    made = element("w:hyperlink", anchor=bookmark, history="1")
    paragraph._p.append(made)
    return made


def mark(paragraph: Paragraph, name: str, number: int) -> None:
    """Put a bookmark around what a paragraph holds."""
    first = paragraph._p.find(qn("w:r"))
    first.addprevious(element("w:bookmarkStart", id=str(number), name=name))
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def ruled(table: Table, widths: Sequence[float], name: str) -> None:
    """Thin lines between rows, fixed column widths in inches, a heading row that is repeated, rows never broken.

    The name is for readers who do not see the table.
    """
    table.autofit = False
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color="C7CBD1"))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)
    table._tbl.tblPr.append(element("w:tblCaption", val=xml_text(name)))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Inches(width)
    table.rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))


def end_section(document: Document) -> Section:
    """End the section; the next begins on a new page. The paragraph that Word needs for it takes next to no room."""
    made: Section = document.add_section(WD_SECTION.NEW_PAGE)
    shape = document.paragraphs[-1].paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(0), Pt(1)
    return made


def chinese_marks(root: Any) -> None:
    """Let marks that both scripts share, as quotation marks and dashes, take the Chinese font in Chinese text."""
    for one in root.iter(qn("w:r")):
        if any(
            char
            for char in "".join(text.text or "" for text in one.iter(qn("w:t")))
            if "\u2014" <= char <= "\uffef"
        ):
            one.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")
