"""A Word report of charts: headings, captions, alt texts, notes and sources as real document structure."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Inches
from docx.text.paragraph import Paragraph

from analysis.bounds.finding import GRADES
from analysis.plotting.pictures import pictures
from analysis.publish.chart_basis import claims_used
from analysis.publish.exhibit import Bundle
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
    link,
    list_entry,
    mark,
    ruled,
    run,
    tab,
)
from analysis.publish.office.phrases import Phrases, about, day, paragraphs, phrases, span
from analysis.publish.office.shared import (
    SWATCH,
    checked_bundles,
    checked_title,
    citation_text,
    cut_leftovers,
    lines_needed,
    linked,
    own_theme,
    repacked,
    set_properties,
    xml_text,
)
from analysis.publish.references import documents, publications, reference, statistics, used_in
from analysis.words.catalogue import publisher
from analysis.words.wording import stated

PAGE, MARGINS = (8.27, 11.69), (0.65, 0.7)  # A4 in inches; above and below
GRADE_WIDTH, FIRST_WIDTHS = (
    0.75,
    (2.4, 2.7, 3.0, 3.3, 3.6, 3.9),
)  # of columns of the table under a chart, in inches
CELL_MARGINS, TABLE_POINTS = (0.16, 0.3), 8  # links need some room to spare
THEME = "word/theme/theme1.xml"


def word_report(
    bundles: Sequence[Bundle],
    lang: str,
    *,
    title: str | None = None,
    done: Callable[[], object] = lambda: None,
) -> bytes:
    """A Word report of charts: how to read them, a list of figures, a page for each chart, the sources.

    Parameters
    ----------
    bundles : sequence of Bundle
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
    chosen, charts = checked_title(title, lang), checked_bundles(bundles)
    document = docx.Document()
    dress(document)
    set_properties(document, chosen, lang, charts)
    _front(document, charts, lang, chosen)
    _numbering(end_section(document), fmt="decimal", start="1")
    for number, bundle in enumerate(charts, 1):
        _chart(document, bundle, lang, number)
        done()
    _sources(document, charts, lang)
    if lang == "zh":
        chinese_marks(document.element.body)
    return _packed(document)


def _packed(document: Document) -> bytes:
    for holder in (document.part, document.part.package):
        cut_leftovers(holder.rels.values(), holder.rels.pop)
    themes = [one for one in document.part.package.iter_parts() if str(one.partname) == f"/{THEME}"]
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue(), {THEME: own_theme(themes[0].blob)})


def _front(document: Document, charts: Sequence[Bundle], lang: str, title: str) -> None:
    """Title, how to read, list of figures; pages numbered i, ii."""
    said, section = phrases(lang), document.sections[0]
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
    run(document.add_paragraph(style="Subtitle"), about(lang, len(charts)))
    _how_to_read(document, said)
    _list_of_figures(document, charts, lang)


def _how_to_read(document: Document, said: Phrases) -> None:
    """What marks, colours and grades mean."""
    _heading(document, said.how_title)
    for text in said.how:
        run(document.add_paragraph(style="List Bullet"), text)
    _heading(document, said.colours_title, 2)
    swatches = document.add_paragraph()
    for number, (color, meaning) in enumerate(said.colours):
        run(swatches, SWATCH, color=color)
        run(swatches, meaning + ("\u2003" if number < len(said.colours) - 1 else ""))
    _heading(document, said.grades_title, 2)
    for grade, meaning in said.grades:
        row = document.add_paragraph(style="List Bullet")
        run(row, f"{grade}\u2002", bold=True)
        run(row, meaning)
    run(document.add_paragraph(), said.copies)


def _list_of_figures(document: Document, charts: Sequence[Bundle], lang: str) -> None:
    """Number, headline and page of every chart; each chart has a page of its own, so its number is its page."""
    _heading(document, phrases(lang).figures_title)
    for number, bundle in enumerate(charts, 1):
        entry = document.add_paragraph(style="table of figures")
        if number == 1:
            field_start(entry, "TOC \\h \\z \\f F")
        target = jump(entry, _bookmark(number))
        run(entry, _numbered(bundle, lang, number), parent=target)
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


def _numbered(bundle: Bundle, lang: str, number: int) -> str:
    said = phrases(lang)
    return f"{said.figure}{said.before_number}{number}{said.caption}{bundle.charts[lang].spec.text(lang).headline}"


def _heading(document: Document, text: str, level: int = 1) -> Paragraph:
    return document.add_heading(xml_text(text), level)


def _chart(document: Document, bundle: Bundle, lang: str, number: int) -> None:
    """One page: headline, numbered caption, picture, note, source line, citation, and what the chart uses."""
    said, chart = phrases(lang), bundle.charts[lang]
    text = chart.spec.text(lang)
    heading = _heading(document, text.headline)
    if number > 1:
        heading.paragraph_format.page_break_before = True
    mark(heading, _bookmark(number), number)
    caption = document.add_paragraph(style="Caption")
    run(caption, f"{said.figure}{said.before_number}", bold=True)
    field(caption, f"SEQ {said.figure} \\* ARABIC", str(number))
    run(caption, f"{said.caption}{text.subtitle}")
    list_entry(caption, _numbered(bundle, lang, number))
    _picture(document, bundle, lang, number)
    run(document.add_paragraph(style="Figure Note"), said.note + text.note)
    line = document.add_paragraph(style="Figure Source")
    for piece, url in linked(
        chart.sources[lang],
        {getattr(one.source, f"short_{lang}"): one.source.url for one in documents([bundle])},
    ):
        link(line, piece, url)
    run(document.add_paragraph(style="Figure Source"), said.cite + citation_text(chart))
    _evidence(document, bundle, lang)


def _picture(document: Document, bundle: Bundle, lang: str, number: int) -> None:
    chart, said = bundle.charts[lang], phrases(lang)
    text, content = (
        chart.spec.text(lang),
        pictures(chart, ["png"], size="page", variant="plain")["png"],
    )
    place = document.add_paragraph(style="Figure")
    shape = place.add_run().add_picture(io.BytesIO(content), width=Inches(WIDTH))
    for properties in (shape._inline.docPr, shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr):
        properties.set("name", f"{said.figure}{said.before_number}{number}")
        properties.set("descr", xml_text(text.alt))
        properties.set("title", xml_text(text.headline))


def _evidence(document: Document, bundle: Bundle, lang: str) -> None:
    """A table of the official figures and statistics that a chart uses, with source and grade."""
    rows = _evidence_rows(bundle, lang)
    table = document.add_table(len(rows) + 1, len(phrases(lang).evidence_head))
    for cell, words in zip(table.rows[0].cells, phrases(lang).evidence_head, strict=True):
        cell.paragraphs[0].style = "Table Text"
        run(cell.paragraphs[0], words, bold=True)
    for row, (what, where, url, grade) in zip(table.rows[1:], rows, strict=True):
        places = [cell.paragraphs[0] for cell in row.cells]
        for place in places:
            place.style = "Table Text"
        run(places[0], what)
        link(places[1], where, url)
        run(places[2], grade)
    ruled(table, _widths(rows), phrases(lang).evidence_head[0])


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


def _evidence_rows(bundle: Bundle, lang: str) -> list[tuple[str, str, str, str]]:
    """What is used, where it stands, the address of that, and the grade."""
    if bundle.definition.whole_register:
        return _register_rows(bundle, lang)
    said, rows, before = phrases(lang), [], ""
    for claim, source in ((one.claim, one.source) for one in claims_used(bundle)):
        name = said.same if claim.source_id == before else getattr(source, f"short_{lang}")
        where, before = (
            said.where.format(document=name, paragraphs=paragraphs(lang, (claim.paragraph,))),
            claim.source_id,
        )
        rows.append(
            (
                said.quoted.format(words=claim.as_stated, said=stated(claim, lang)),
                where,
                source.url,
                claim.grade,
            )
        )
    for one in statistics(bundle, lang):
        name = one.title + span(lang, one.years)
        rows.append((name, publisher(one.name, lang), "", said.comma.join(one.grades)))
    return rows


def _register_rows(bundle: Bundle, lang: str) -> list[tuple[str, str, str, str]]:
    said, rows = phrases(lang), []
    for one in documents([bundle]):
        own = [used.claim.grade for used in claims_used(bundle) if used.source == one.source]
        what = said.whole_document.format(
            count=len(own), paragraphs=paragraphs(lang, one.paragraphs)
        )
        rows.append(
            (
                what,
                getattr(one.source, f"short_{lang}"),
                one.source.url,
                " ".join(sorted(set(own), key=GRADES.index)),
            )
        )
    return rows


def _sources(document: Document, charts: Sequence[Bundle], lang: str) -> None:
    """Documents with paragraphs, dates and addresses; publications of the statistics."""
    said = phrases(lang)
    _heading(document, said.sources_title).paragraph_format.page_break_before = True
    if found := documents(charts):
        _heading(document, said.documents_title, 2)
    for one in found:
        _reference(document, reference(lang, one), one.source.url, used_in(lang, one.figures))
    if printed := publications(charts):
        _heading(document, said.statistics_title, 2)
        run(document.add_paragraph(), said.statistics_how)
    for copy in printed:
        words = said.publication.format(publisher=copy.publisher, title=copy.title)
        _reference(
            document,
            words
            + (
                said.dated.format(date=day(lang, copy.published))
                if copy.published
                else said.undated
            ),
            copy.url,
            used_in(lang, copy.figures),
        )


def _reference(document: Document, words: str, url: str, where: str) -> None:
    line = document.add_paragraph(style="Reference")
    run(line, words)
    link(line, url, url)
    run(line, where)
