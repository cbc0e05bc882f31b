"""A Word report of charts: headings, captions, alt texts, notes and sources as real document structure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Inches
from docx.text.paragraph import Paragraph

from analysis.bounds.finding import GRADES
from analysis.plotting.source_line import publisher_of
from analysis.publish.chart_basis import claims_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.office.docx_parts import (
    WIDTH,
    chinese_marks,
    dress,
    element,
    end_section,
    field,
    field_end,
    field_start,
    jump,
    list_entry,
    mark,
    ruled,
    run,
    tab,
    write,
)
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
from analysis.publish.phrases import Phrases, about, day, grade_words, paragraphs, quotation, span
from analysis.publish.references import documents, publications, reference, statistics, used_in
from analysis.words.wording import stated

PAGE, MARGINS = (8.27, 11.69), (0.65, 0.7)  # A4 in inches; above and below
GRADE_WIDTH = 0.75  # of columns of the table under a chart, in inches
FIRST_WIDTHS = (2.4, 2.7, 3.0, 3.3, 3.6, 3.9)
CELL_MARGINS, TABLE_POINTS = (0.16, 0.3), 8  # links need some room to spare


def word_report(
    exhibits: Sequence[Exhibit],
    lang: str,
    *,
    title: str | None = None,
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
    done : callable
        Called after each chart.

    Returns
    -------
    bytes
        A ``.docx`` file; the same charts give the same bytes.

    Raises
    ------
    ExportError
        No chart, a title without or with too many characters, a character that XML forbids or the font lacks.
    """
    document = docx.Document()
    dress(document)
    chosen = set_properties(document, title, exhibits, lang)
    _front(document, exhibits, lang, chosen)
    _numbering(end_section(document), fmt="decimal", start="1")
    for number, exhibit in enumerate(exhibits, 1):
        _chart(document, exhibit, lang, number)
        done()
    _sources(document, exhibits, lang)
    if lang == "zh":
        chinese_marks(document.element.body)
    return packed(
        document,
        *((one.rels.values(), one.rels.pop) for one in (document.part, document.part.package)),
    )


def _front(document: Document, exhibits: Sequence[Exhibit], lang: str, title: str) -> None:
    """Title, how to read, list of figures; pages numbered i, ii."""
    section = document.sections[0]
    section.page_width, section.page_height = (Inches(side) for side in PAGE)
    section.left_margin = section.right_margin = Inches((PAGE[0] - WIDTH) / 2)
    section.top_margin, section.bottom_margin = (Inches(side) for side in MARGINS)
    section.header_distance = section.footer_distance = Inches(0.4)
    _numbering(section, fmt="lowerRoman")
    footer = section.footer.paragraphs[0]
    run(footer, title)
    tab(footer)
    field(footer, "PAGE", "1")
    run(document.add_paragraph(style="Title"), title)
    run(document.add_paragraph(style="Subtitle"), about(lang, len(exhibits)))
    _how_to_read(document, Phrases("office", lang), lang)
    _list_of_figures(document, exhibits, lang)


def _how_to_read(document: Document, said: Phrases, lang: str) -> None:
    """What marks, colours and grades mean."""
    _heading(document, said("how_title"))
    for text in said.each("how"):
        run(document.add_paragraph(style="List Bullet"), text)
    _heading(document, said("colours_title"), 2)
    *legend, last = colour_legend(said)
    write(document.add_paragraph(), [*legend, Piece(last.text.rstrip())])
    _heading(document, said("grades_title"), 2)
    for grade in GRADES:
        meaning = Piece(grade_words(grade, lang))
        write(
            document.add_paragraph(style="List Bullet"),
            [Piece(f"{grade}\u2002", bold=True), meaning],
        )
    run(document.add_paragraph(), said("copies"))


def _list_of_figures(document: Document, exhibits: Sequence[Exhibit], lang: str) -> None:
    """Number, headline and page of every chart; each chart has a page of its own, so its number is its page."""
    _heading(document, Phrases("office", lang)("figures_title"))
    for number, exhibit in enumerate(exhibits, 1):
        entry = document.add_paragraph(style="table of figures")
        if number == 1:
            field_start(entry, "TOC \\h \\z \\f F")
        target = jump(entry, _bookmark(number))
        run(entry, _numbered(exhibit, lang, number), parent=target)
        tab(entry, parent=target)
        field(entry, f"PAGEREF {_bookmark(number)} \\h", str(number), parent=target)
    field_end(entry)


def _numbering(section: Section, **how: str) -> None:
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    columns = section._sectPr.find(qn("w:cols"))
    columns.addprevious(element("w:pgNumType", **how))


def _bookmark(number: int) -> str:
    return f"figure_{number}"


def _figure(said: Phrases, number: int | str = "") -> str:
    """The name of a figure: ``Figure 3``."""
    return f"{said('figure')}{said('before_number')}{number}"


def _numbered(exhibit: Exhibit, lang: str, number: int) -> str:
    said = Phrases("office", lang)
    return f"{_figure(said, number)}{said('caption')}{exhibit.text(lang).headline}"


def _heading(document: Document, text: str, level: int = 1) -> Paragraph:
    made: Paragraph = document.add_heading(xml_text(text), level)
    return made


def _chart(document: Document, exhibit: Exhibit, lang: str, number: int) -> None:
    """One page: headline, numbered caption, picture, note, source line, citation, and what the chart uses."""
    said, text = Phrases("office", lang), exhibit.text(lang)
    heading = _heading(document, text.headline)
    if number > 1:
        heading.paragraph_format.page_break_before = True
    mark(heading, _bookmark(number), number)
    caption = document.add_paragraph(style="Caption")
    run(caption, _figure(said), bold=True)
    field(caption, f"SEQ {said('figure')} \\* ARABIC", str(number))
    run(caption, f"{said('caption')}{text.subtitle}")
    list_entry(caption, _numbered(exhibit, lang, number))
    _picture(document, exhibit, lang, _figure(said, number))
    run(document.add_paragraph(style="Figure Note"), said("note") + text.note)
    write(document.add_paragraph(style="Figure Source"), source_line(exhibit, lang))
    cited = said("cite") + exhibit.citation.text_in(lang)
    run(document.add_paragraph(style="Figure Source"), cited)
    _evidence(document, exhibit, lang)


def _picture(document: Document, exhibit: Exhibit, lang: str, name: str) -> None:
    place = document.add_paragraph(style="Figure").add_run()
    shape: Any = place.add_picture(picture(exhibit, lang, "page"), width=Inches(WIDTH))
    for properties in (shape._inline.docPr, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        properties.set("name", name)
        describe(properties, exhibit.text(lang))


def _evidence(document: Document, exhibit: Exhibit, lang: str) -> None:
    """A table of the official figures and statistics that a chart uses, with source and grade."""
    rows, head = _evidence_rows(exhibit, lang), Phrases("office", lang).each("evidence_head")
    table = document.add_table(len(rows) + 1, len(head))
    for cell in table._cells:
        cell.paragraphs[0].style = "Table Text"
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        run(cell.paragraphs[0], words, bold=True)
    for row, (what, where, url, grade) in zip(table.rows[1:], rows, strict=True):
        pieces = (Piece(what), Piece(where, url), Piece(grade))
        for cell, piece in zip(row.cells, pieces, strict=True):
            write(cell.paragraphs[0], [piece])
    ruled(table, _widths(rows), head[0])


def _widths(rows: Sequence[tuple[str, str, str, str]]) -> tuple[float, float, float]:
    """Widths of the columns, such that the table has the fewest lines."""

    def lines(first: float) -> int:
        columns = (first, WIDTH - GRADE_WIDTH - first)
        inside = [width - margin for width, margin in zip(columns, CELL_MARGINS, strict=True)]
        return sum(
            max(
                lines_needed(text, width, TABLE_POINTS)
                for text, width in zip(row[:2], inside, strict=True)
            )
            for row in rows
        )

    first = min(FIRST_WIDTHS, key=lines)
    return first, WIDTH - GRADE_WIDTH - first, GRADE_WIDTH


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


def _sources(document: Document, exhibits: Sequence[Exhibit], lang: str) -> None:
    """Documents with paragraphs, dates and addresses; publications of the statistics."""
    said = Phrases("office", lang)
    _heading(document, said("sources_title")).paragraph_format.page_break_before = True
    if found := documents(exhibits):
        _heading(document, said("documents_title"), 2)
    for one in found:
        _reference(document, reference(lang, one), one.source.url, used_in(lang, one.figures))
    if printed := publications(exhibits):
        _heading(document, said("statistics_title"), 2)
        run(document.add_paragraph(), said("statistics_how"))
    for copy in printed:
        words = said("publication", publisher=copy.publisher, title=copy.title)
        date = said("dated", date=day(lang, copy.published)) if copy.published else said("undated")
        quoted = "" if copy.url else said("copy")
        _reference(document, words + date + quoted, copy.url, used_in(lang, copy.figures))


def _reference(document: Document, words: str, url: str, where: str) -> None:
    pieces = [Piece(words), Piece(url, url), Piece(where)]
    write(document.add_paragraph(style="Reference"), pieces)
