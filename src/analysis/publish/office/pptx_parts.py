"""Pieces of a slide deck that python-pptx has no name for: wide layouts, text that fits its box, languages, notes."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu, Inches, Pt

from analysis.plotting.style import INK
from analysis.publish.office.shared import Piece, is_address, lines_needed, xml_text
from analysis.records.errors import ExportError

WIDTH, HEIGHT = 40 / 3, 7.5  # of a slide, in inches
LEADING = 1.25  # line height over letter height
GAP = 0.4  # between paragraphs, over letter height
USED = ("Title Slide", "Title and Content", "Title Only")


@dataclass(frozen=True)
class Box:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def put(self, shape: Any) -> None:
        """Move a shape to this place."""
        shape.left, shape.top, shape.width, shape.height = (
            Inches(side) for side in (self.left, self.top, self.width, self.height)
        )


TITLE = Box(0.45, 0.2, 12.43, 1.1)
BODY = Box(0.45, 1.4, 12.43, 5.3)
NUMBER = Box(12.2, 6.95, 0.68, 0.3)
OPENING = {"ctrTitle": Box(1.0, 2.2, 11.3, 1.6), "subTitle": Box(1.0, 3.95, 11.3, 0.9)}


def wide_presentation(tag: str) -> Presentation:
    """An empty presentation of 16 to 9 in a language, with three layouts whose placeholders fit it."""
    deck = pptx.Presentation()
    made: Any = deck
    made.element.find(qn("p:sldSz")).attrib.pop("type")
    made.slide_width, made.slide_height = Emu(round(Inches(1) * WIDTH)), Inches(HEIGHT)
    for layout in list(made.slide_layouts):
        if layout.name not in USED:
            made.slide_layouts.remove(layout)
    master = made.slide_masters[0]
    for holder in (master, *made.slide_layouts):
        _place(holder, {"title": TITLE, "body": BODY, "sldNum": NUMBER} if holder is master else {})
    _text_styles(master, made.slide_layouts[0])
    for part in (made, made.notes_master, master, *made.slide_layouts):
        for run in part.element.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
            if run.get("lang"):
                speak(run, tag)
    _list_notes_master(made)
    return deck


def _place(holder: Any, boxes: Mapping[str, Box]) -> None:
    """Move the placeholders of a master or layout; those for date and footer go."""
    for shape in list(holder.placeholders):
        kind = shape.element.ph.get("type")
        if kind in ("dt", "ftr"):
            shape.element.getparent().remove(shape.element)
        elif kind in OPENING:
            OPENING[kind].put(shape)
        elif boxes:
            boxes[kind].put(shape)
            shape.element.txBody.bodyPr.attrib.update({"lIns": "0", "rIns": "0"})


def _list_notes_master(made: Any) -> None:
    """Name the master of the notes in the presentation, and give its picture the shape of a slide."""
    relation = made.part.relate_to(made.notes_master.part, RELATIONSHIP_TYPE.NOTES_MASTER)
    listed = made.element.makeelement(qn("p:notesMasterIdLst"))
    listed.append(listed.makeelement(qn("p:notesMasterId"), {qn("r:id"): relation}))
    made.element.find(qn("p:sldMasterIdLst")).addnext(listed)
    picture = _placeholder(made.notes_master, "sldImg")
    picture.height = round(picture.width * HEIGHT / WIDTH)


def _placeholder(holder: Any, kind: str) -> Any:
    return next(one for one in holder.placeholders if one.element.ph.get("type") == kind)


def _text_styles(master: Any, opening: Any) -> None:
    styles = master.element.find(qn("p:txStyles"))
    for name, size, bold in (("p:titleStyle", "2600", "1"), ("p:bodyStyle", "1600", "0")):
        level = styles.find(qn(name)).find(qn("a:lvl1pPr"))
        level.set("algn", "l")
        level.find(qn("a:defRPr")).attrib.update({"sz": size, "b": bold})
    for shape in opening.placeholders:
        for level in shape.element.iter(qn("a:lvl1pPr")):
            level.set("algn", "l")


def height_needed(texts: Iterable[str], width: float, points: float) -> float:
    """Height in inches that paragraphs take."""
    return sum((lines_needed(text, width, points) * LEADING + GAP) * points / 72 for text in texts)


def fitting(texts: Sequence[str], box: Box, sizes: Sequence[float]) -> float:
    """The first of some letter sizes at which paragraphs fit a box; raises ExportError if none does."""
    for points in sizes:
        if height_needed(texts, box.width, points) <= box.height:
            return points
    raise ExportError(
        f"a text of {sum(map(len, texts))} characters does not fit on a slide, beginning with {texts[0][:40]!r}; shorten it"
    )


def fill(frame: Any, paragraphs: Sequence[Sequence[Piece]], tag: str, points: float = 0) -> None:
    """Put paragraphs into a text frame, every run with its language."""
    for number, pieces in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        if points:
            paragraph.space_before, paragraph.space_after = Pt(0), Pt(GAP * points)
        for piece in pieces:
            run = paragraph.add_run()
            run.text = xml_text(piece.text)
            if points:
                run.font.size = Pt(points)
            if piece.bold:
                run.font.bold = True
            if is_address(piece.url):
                run.hyperlink.address = piece.url
            elif piece.color:
                run.font.color.rgb = RGBColor.from_string(piece.color[1:])
            speak(run._r.get_or_add_rPr(), tag)


def plain(pieces: Iterable[Piece]) -> str:
    """The text of a paragraph."""
    return "".join(piece.text for piece in pieces)


def speak(properties: Any, tag: str) -> None:
    """Say in which language a run is."""
    properties.set("lang", tag)
    if tag.startswith("zh"):
        properties.set("altLang", "en-GB")


def text_box(
    slide: Slide,
    name: str,
    box: Box,
    paragraphs: Sequence[Sequence[Piece]],
    *,
    tag: str,
    sizes: Sequence[float],
) -> None:
    """A box of text, in the largest of some sizes at which it fits."""
    shape = slide.shapes.add_textbox(*[Emu(0)] * 4)
    shape.name = name
    box.put(shape)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    inked = [[replace(piece, color=piece.color or INK) for piece in row] for row in paragraphs]
    fill(frame, inked, tag, fitting([plain(row) for row in paragraphs], box, sizes))


def number_slide(slide: Slide, number: int, tag: str) -> None:
    """The number of the slide, as a field in the layout's own place."""
    made = copy.deepcopy(_placeholder(slide.slide_layout, "sldNum").element)
    made.nvSpPr.cNvPr.set("id", str(max(one.shape_id for one in slide.shapes) + 1))
    slide.shapes._spTree.append(made)
    for field in made.iter(qn("a:fld")):
        speak(field.find(qn("a:rPr")), tag)
        field.find(qn("a:t")).text = str(number)
    for end in list(made.iter(qn("a:endParaRPr"))):
        end.getparent().remove(end)


def note(slide: Slide, texts: Sequence[str], tag: str) -> None:
    """Speaker notes, a paragraph for each text."""
    fill(slide.notes_slide.notes_text_frame, [[Piece(text)] for text in texts], tag)
