"""A Word report of charts: headings, captions, alt texts, notes and sources as real document structure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Inches, Pt
from docx.text.paragraph import Paragraph

from analysis.bounds.finding import GRADES
from analysis.plotting.source_line import publisher_of
from analysis.publish.chart_basis import claims_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.office.docx_layout import Layout, layout_of, numeral
from analysis.publish.office.docx_parts import (
    chinese_marks,
    dress,
    element,
    end_section,
    field_end,
    field_start,
    jump,
    list_entry,
    mark,
    ruled,
    run,
    shape_page,
    tab,
    write,
)
from analysis.publish.office.docx_parts import field as word_field
from analysis.publish.office.shared import (
    Piece,
    colour_legend,
    describe,
    lines_needed,
    packed,
    picture,
    set_properties,
    source_line,
    xml_text,
)
from analysis.publish.phrases import Phrases, about, grade_words, paragraphs, quotation, span
from analysis.publish.references import documents, publications, reference, statistics, used_in
from analysis.words.dates import day
from analysis.words.wording import stated

GRADE_WIDTH = 0.75  # of columns of the table under a chart, in inches
FIRST_WIDTHS = (2.4, 2.7, 3.0, 3.3, 3.6, 3.9)
CELL_MARGINS = (0.16, 0.3)  # links need some room to spare


@dataclass
class Paper:
    """A Word file in the making: its language, its layout, and how many first-level headings it has."""

    document: Document
    lang: str
    layout: Layout
    headings: int = field(default=0)

    @property
    def said(self) -> Phrases:
        """The phrases of office files."""
        return Phrases("office", self.lang)

    def heading(self, text: str, level: int = 1) -> Paragraph:
        """A heading; in an official document those of the first level are numbered."""
        if self.layout.official and level == 1:
            self.headings += 1
            text = f"{numeral(self.headings)}、{text}"
        made: Paragraph = self.document.add_heading(xml_text(text), level)
        return made

    def paragraph(self, text: str, style: str | None = None) -> Paragraph:
        """A paragraph of one text."""
        made: Paragraph = self.document.add_paragraph(style=style)
        run(made, text)
        return made

    def figure(self, number: int | str = "") -> str:
        """The name of a figure: ``Figure 3``."""
        return f"{self.said('figure')}{self.said('before_number')}{number}"

    def numbered(self, exhibit: Exhibit, number: int) -> str:
        """The name of a figure with its headline."""
        return f"{self.figure(number)}{self.said('caption')}{exhibit.text(self.lang).headline}"


def word_report(
    exhibits: Sequence[Exhibit],
    lang: str,
    *,
    title: str | None = None,
    layout: str = "house",
    done: Callable[[], object] = lambda: None,
) -> bytes:
    """A Word report of charts: how to read them, a list of figures, a page for each chart, the sources.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        The charts, in the order of the report.
    lang : {"en", "zh"}
    title : str, optional
        Instead of the project's own.
    layout : {"house", "gb9704"}
        ``gb9704``, in Chinese only, is the page of official documents: no list of figures, no page breaks.
    done : callable
        Called after each chart.

    Returns
    -------
    bytes
        A ``.docx`` file; the same charts give the same bytes.

    Raises
    ------
    ExportError
        No chart, a title without or with too many characters, a character that XML forbids or the font lacks,
        a layout that the language does not have.
    """
    paper = Paper(docx.Document(), lang, layout_of(layout, lang))
    document = paper.document
    dress(document, paper.layout)
    chosen = set_properties(document, title, exhibits, lang)
    _front(paper, exhibits, chosen)
    for number, exhibit in enumerate(exhibits, 1):
        _chart(paper, exhibit, number)
        done()
    _sources(paper, exhibits)
    if lang == "zh":
        chinese_marks(document.element.body)
    return packed(
        document,
        *((one.rels.values(), one.rels.pop) for one in (document.part, document.part.package)),
    )


def _front(paper: Paper, exhibits: Sequence[Exhibit], title: str) -> None:
    """Title, how to read, list of figures on pages numbered i, ii; an official document has neither list nor i, ii."""
    document, official = paper.document, paper.layout.official
    section = document.sections[0]
    shape_page(section, paper.layout)
    if official:
        _page_numbers(document, section, paper.layout)
    else:
        _numbering(section, fmt="lowerRoman")
        footer = section.footer.paragraphs[0]
        run(footer, title)
        tab(footer)
        word_field(footer, "PAGE", "1")
    paper.paragraph(title, "Title")
    paper.paragraph(about(paper.lang, len(exhibits)), "Subtitle")
    _how_to_read(paper)
    if not official:
        _list_of_figures(paper, exhibits)
        _numbering(end_section(document), fmt="decimal", start="1")


def _page_numbers(document: Document, section: Section, layout: Layout) -> None:
    """Numbers between dashes: odd ones right, even ones left, a character from the margin."""
    document.settings.odd_and_even_pages_header_footer = True
    for foot, side in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        foot.is_linked_to_previous = False
        line = foot.paragraphs[0]
        line.style, line.alignment = document.styles["Footer"], side
        room = Pt(layout.styles["Footer"].points)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = room
        run(line, "— ")
        word_field(line, "PAGE", "1")
        run(line, " —")


def _how_to_read(paper: Paper) -> None:
    """What marks, colours and grades mean."""
    said = paper.said
    paper.heading(said("how_title"))
    for text in said.each("how"):
        paper.paragraph(text, "List Bullet")
    paper.heading(said("colours_title"), 2)
    *legend, last = colour_legend(said)
    write(paper.document.add_paragraph(), [*legend, Piece(last.text.rstrip())])
    paper.heading(said("grades_title"), 2)
    for grade in GRADES:
        meaning = Piece(grade_words(grade, paper.lang))
        write(
            paper.document.add_paragraph(style="List Bullet"),
            [Piece(f"{grade}\u2002", bold=True), meaning],
        )
    paper.paragraph(said("copies"))


def _list_of_figures(paper: Paper, exhibits: Sequence[Exhibit]) -> None:
    """Number, headline and page of every chart; each chart has a page of its own, so its number is its page."""
    paper.heading(paper.said("figures_title"))
    for number, exhibit in enumerate(exhibits, 1):
        entry = paper.document.add_paragraph(style="table of figures")
        if number == 1:
            field_start(entry, "TOC \\h \\z \\f F")
        target = jump(entry, _bookmark(number))
        run(entry, paper.numbered(exhibit, number), parent=target)
        tab(entry, parent=target)
        word_field(entry, f"PAGEREF {_bookmark(number)} \\h", str(number), parent=target)
    field_end(entry)


def _numbering(section: Section, **how: str) -> None:
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(element("w:pgNumType", **how))


def _bookmark(number: int) -> str:
    return f"figure_{number}"


def _chart(paper: Paper, exhibit: Exhibit, number: int) -> None:
    """One page: headline, numbered caption, picture, note, source line, and what the chart uses."""
    said, text, lang = paper.said, exhibit.text(paper.lang), paper.lang
    heading = paper.heading(text.headline)
    if number > 1 and not paper.layout.official:
        heading.paragraph_format.page_break_before = True
    mark(heading, _bookmark(number), number)
    caption = paper.document.add_paragraph(style="Caption")
    run(caption, paper.figure(), bold=not paper.layout.latin)
    word_field(caption, f"SEQ {said('figure')} \\* ARABIC", str(number))
    run(caption, f"{said('caption')}{text.subtitle}")
    list_entry(caption, paper.numbered(exhibit, number))
    _picture(paper, exhibit, paper.figure(number))
    paper.paragraph(said("note") + text.note, "Figure Note")
    write(paper.document.add_paragraph(style="Figure Source"), source_line(exhibit, lang))
    _evidence(paper, exhibit)


def _picture(paper: Paper, exhibit: Exhibit, name: str) -> None:
    place = paper.document.add_paragraph(style="Figure").add_run()
    shape: Any = place.add_picture(
        picture(exhibit, paper.lang, "page"), width=Inches(paper.layout.width)
    )
    for properties in (shape._inline.docPr, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        properties.set("name", name)
        describe(properties, exhibit.text(paper.lang))


def _evidence(paper: Paper, exhibit: Exhibit) -> None:
    """A table of the official figures and statistics that a chart uses, with source and grade."""
    rows, head = _evidence_rows(exhibit, paper.lang), paper.said.each("evidence_head")
    table = paper.document.add_table(len(rows) + 1, len(head))
    for cell in table._cells:
        cell.paragraphs[0].style = "Table Text"
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        run(cell.paragraphs[0], words, bold=True)
    for row, (what, where, url, grade) in zip(table.rows[1:], rows, strict=True):
        pieces = (Piece(what), Piece(where, url), Piece(grade))
        for cell, piece in zip(row.cells, pieces, strict=True):
            write(cell.paragraphs[0], [piece])
    ruled(table, _widths(rows, paper.layout), head[0])


def _widths(
    rows: Sequence[tuple[str, str, str, str]], layout: Layout
) -> tuple[float, float, float]:
    """Widths of the columns, such that the table has the fewest lines."""
    points, room = layout.styles["Table Text"].points, layout.width - GRADE_WIDTH

    def lines(first: float) -> int:
        columns = (first, room - first)
        inside = [width - margin for width, margin in zip(columns, CELL_MARGINS, strict=True)]
        return sum(
            max(
                lines_needed(text, width, points)
                for text, width in zip(row[:2], inside, strict=True)
            )
            for row in rows
        )

    first = min(FIRST_WIDTHS, key=lines)
    return first, room - first, GRADE_WIDTH


def _evidence_rows(exhibit: Exhibit, lang: str) -> list[tuple[str, str, str, str]]:
    """What is used, where it stands, the address of that, and the grade."""
    if exhibit.definition.whole_register:
        return _register_rows(exhibit, lang)
    said, before = Phrases("office", lang), ""
    rows: list[tuple[str, str, str, str]] = []
    for claim, source in ((one.claim, one.source) for one in claims_used(exhibit)):
        name = said("same") if claim.source_id == before else getattr(source, f"short_{lang}")
        what = said("quoted", quotation=quotation(claim, lang), said=stated(claim, lang))
        where = said("where", document=name, paragraphs=paragraphs(lang, (claim.paragraph,)))
        rows.append((what, where, source.url, claim.grade))
        before = claim.source_id
    for one in statistics(exhibit, lang):
        name = one.title + span(lang, one.years)
        rows.append(
            (
                name,
                publisher_of(exhibit.records, one.name, lang),
                "",
                said("comma").join(one.grades),
            )
        )
    return rows


def _register_rows(exhibit: Exhibit, lang: str) -> list[tuple[str, str, str, str]]:
    said, rows = Phrases("office", lang), []
    for one in documents([exhibit]):
        own = [used.claim.grade for used in claims_used(exhibit) if used.source == one.source]
        where = paragraphs(lang, one.paragraphs)
        what = said("whole_document", count=len(own), paragraphs=where)
        grades = " ".join(sorted(set(own), key=GRADES.index))
        rows.append((what, getattr(one.source, f"short_{lang}"), one.source.url, grades))
    return rows


def _sources(paper: Paper, exhibits: Sequence[Exhibit]) -> None:
    """The one list of all that is cited: documents, publications of the statistics, and the charts themselves."""
    said, lang = paper.said, paper.lang
    heading = paper.heading(said("sources_title"))
    heading.paragraph_format.page_break_before = not paper.layout.official
    if found := documents(exhibits):
        paper.heading(said("documents_title"), 2)
    for one in found:
        _reference(paper, reference(lang, one), one.source.url, used_in(lang, one.figures))
    if printed := publications(exhibits):
        paper.heading(said("statistics_title"), 2)
        paper.paragraph(said("statistics_how"))
    for copy in printed:
        words = said("publication", publisher=copy.publisher, title=copy.title)
        date = said("dated", date=day(lang, copy.published)) if copy.published else said("undated")
        quoted = "" if copy.url else said("copy")
        _reference(paper, words + date + quoted, copy.url, used_in(lang, copy.figures))
    paper.heading(said("charts_title"), 2)
    for number, exhibit in enumerate(exhibits, 1):
        cited = exhibit.citation.text_in(lang)
        paper.paragraph(f"{paper.figure(number)}{said('caption')}{cited}", "Reference")


def _reference(paper: Paper, words: str, url: str, where: str) -> None:
    pieces = [Piece(words), Piece(url, url), Piece(where)]
    write(paper.document.add_paragraph(style="Reference"), pieces)
