"""A slide deck of charts that can be edited: real titles, alt texts, speaker notes and sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Emu

from analysis.bounds.finding import GRADES
from analysis.plotting.source_line import publisher_of
from analysis.plotting.style import MUTED, SIZES
from analysis.publish.exhibit import Exhibit
from analysis.publish.office.native import ChartData
from analysis.publish.office.plotted import Plotted, drawn, plotted
from analysis.publish.office.pptx_parts import (
    BODY,
    OPENING,
    TITLE,
    Box,
    fill,
    fitting,
    height_needed,
    note,
    number_slide,
    plain,
    text_box,
    wide_presentation,
)
from analysis.publish.office.shared import (
    Piece,
    colour_legend,
    describe,
    packed,
    picture,
    set_properties,
    source_line,
)
from analysis.publish.phrases import Phrases, about, grade_words
from analysis.publish.references import addresses, documents, reference

SIZE = "slide"  # of the pictures
SUBTITLE = Box(0.45, 1.3, 12.43, 0.52)
# a chart goes across the slide, its note under it; a picture has its note beside it
CHART, UNDER = Box(0.45, 1.85, 12.43, 3.85), Box(0.45, 5.73, 12.43, 0.97)
PICTURE = Box(0.45, 1.85, 8.5, 8.5 * SIZES[SIZE].height / SIZES[SIZE].width)
BESIDE = Box(9.2, 1.95, 3.68, 4.7)
SOURCE = Box(0.45, 6.72, 11.6, 0.62)
# letter sizes, the largest that fits is taken
TITLES, OPENING_TITLES = (24, 22, 20, 18), (36, 32, 28, 24, 20)
SUBTITLES, NOTES, SMALL = (16, 14, 13, 12), (14, 13, 12, 11, 10), (10, 9, 8)
BODIES, REFERENCES = (18, 16, 15, 14, 13, 12), 12


def slide_deck(
    exhibits: Sequence[Exhibit],
    lang: str,
    *,
    title: str | None = None,
    done: Callable[[], object] = lambda: None,
) -> bytes:
    """A slide deck of charts: title, how to read them, a slide for each chart, the sources.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        The charts, in the order of the deck.
    lang : {"en", "zh"}
    title : str, optional
        Instead of the project's own.
    done : callable
        Called after each chart.

    Returns
    -------
    bytes
        A ``.pptx`` file; the same charts give the same bytes.

    Raises
    ------
    ExportError
        No chart, a title without or with too many characters, a text too long for its place, a character
        that XML forbids or the font lacks.
    """
    tag = Phrases("office", lang)("tag")
    deck = wide_presentation(tag)
    chosen = set_properties(deck, title, exhibits, lang)
    _opening(deck, chosen, about(lang, len(exhibits)), tag)
    _how(deck, lang)
    for exhibit in exhibits:
        _chart(deck, exhibit, lang)
        done()
    _sources(deck, exhibits, lang)
    return _bytes(deck)


def chart_slide(exhibit: Exhibit, lang: str) -> bytes:
    """The slide of one chart, to put into a deck of one's own; the same chart gives the same bytes."""
    deck = wide_presentation(Phrases("office", lang)("tag"))
    set_properties(deck, exhibit.text(lang).headline, [exhibit], lang)
    _chart(deck, exhibit, lang)
    return _bytes(deck)


def _bytes(deck: Presentation) -> bytes:
    """A deck as a file, without the preview of its template."""
    package = deck.part.package
    previews = [one for one in package.iter_rels() if one.reltype.endswith("thumbnail")]
    return packed(deck, (deck.part.rels.values(), deck.part.drop_rel), (previews, package.drop_rel))


def _slide(deck: Presentation, layout: int, title: str, tag: str) -> Slide:
    """A new slide with its title."""
    made: Slide = deck.slides.add_slide(deck.slide_layouts[layout])
    heading: Any = made.shapes.title
    box, sizes = (TITLE, TITLES) if layout else (OPENING["ctrTitle"], OPENING_TITLES)
    fill(heading.text_frame, [[Piece(title)]], tag, fitting([title], box, sizes))
    return made


def _text_slide(
    deck: Presentation, title: str, rows: Sequence[Sequence[Piece]], tag: str, points: float
) -> None:
    """A numbered slide of a title and paragraphs."""
    slide = _slide(deck, 1, title, tag)
    fill(slide.placeholders[1].text_frame, rows, tag, points)
    number_slide(slide, len(deck.slides), tag)


def _opening(deck: Presentation, title: str, under: str, tag: str) -> None:
    slide = _slide(deck, 0, title, tag)
    fill(slide.placeholders[1].text_frame, [[Piece(under, color=MUTED)]], tag, 16)


def _how(deck: Presentation, lang: str) -> None:
    """What marks, colours and grades mean; the grades in one sentence."""
    said = Phrases("office", lang)
    grades = [Piece(f"{said('grades_title')}{said('colon')}")]
    for grade in GRADES:
        mark = said("stop" if grade == GRADES[-1] else "semicolon")
        grades += [Piece(f"{grade}\u00a0", bold=True), Piece(grade_words(grade, lang)), Piece(mark)]
    rows = [
        *([Piece(text)] for text in said.each("how")),
        colour_legend(said),
        grades,
        [Piece(said("copies"))],
    ]
    points = fitting([plain(row) for row in rows], BODY, BODIES)
    _text_slide(deck, said("how_title"), rows, said("tag"), points)


def _chart(deck: Presentation, exhibit: Exhibit, lang: str) -> None:
    said, text = Phrases("office", lang), exhibit.text(lang)
    tag = said("tag")
    slide = _slide(deck, 2, text.headline, tag)
    subtitle = [[Piece(text.subtitle, bold=True)]]
    text_box(slide, "Subtitle", SUBTITLE, subtitle, tag=tag, sizes=SUBTITLES)
    shown = plotted(exhibit, lang)
    notes = [[Piece(said("note") + text.note)]]
    if shown is None:
        _picture(slide, exhibit, lang)
    else:
        _native(slide, exhibit, shown, lang)
        notes += [[Piece(words, color=MUTED)] for words in (drawn(shown, lang),) if words]
    place = BESIDE if shown is None else UNDER
    text_box(slide, "Note", place, notes, tag=tag, sizes=NOTES)
    source = source_line(exhibit, lang, MUTED)
    text_box(slide, "Source", SOURCE, [source], tag=tag, sizes=SMALL)
    number_slide(slide, len(deck.slides), tag)
    spoken = [
        said("alt") + text.alt,
        said("note") + text.note,
        exhibit.source(lang),
        said("cite") + exhibit.citation.text_in(lang),
        said("addresses"),
        *addresses(exhibit),
    ]
    note(slide, spoken, tag)


def _native(slide: Slide, exhibit: Exhibit, shown: Plotted, lang: str) -> None:
    """The chart as an object with its data."""
    # the kind is in the XML that ChartData gives; python-pptx asks for one all the same
    data: Any = ChartData(shown, lang)
    zero = Emu(0)
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, zero, zero, zero, zero, data)
    CHART.put(frame)
    frame.name = f"Chart {exhibit.chart_id}"
    describe(frame._element.nvGraphicFramePr.cNvPr, exhibit.text(lang))


def _picture(slide: Slide, exhibit: Exhibit, lang: str) -> None:
    """The picture of a chart that has no form of its own."""
    shape: Any = slide.shapes.add_picture(picture(exhibit, lang, SIZE), Emu(0), Emu(0))
    PICTURE.put(shape)
    shape.name = f"Chart {exhibit.chart_id}"
    describe(shape._element.nvPicPr.cNvPr, exhibit.text(lang))


def _sources(deck: Presentation, exhibits: Sequence[Exhibit], lang: str) -> None:
    """Documents with paragraphs, dates and addresses, on as many slides as they need; then whose statistics are used."""
    said = Phrases("office", lang)
    rows = [
        [Piece(reference(lang, one)), Piece(one.source.url, one.source.url)]
        for one in documents(exhibits)
    ]
    used = (
        publisher_of(one.records, name, lang) for one in exhibits for name in one.definition.series
    )
    if names := said("semicolon").join(dict.fromkeys(used)):
        rows.append([Piece(said("deck_statistics", names=names))])
    title = said("sources_title")
    for group in _pages(rows):
        _text_slide(deck, title, group, said("tag"), REFERENCES)
        title = said("continued", title=said("sources_title"))


def _pages(rows: Sequence[Sequence[Piece]]) -> list[list[Sequence[Piece]]]:
    """Paragraphs in groups that fit on a slide."""
    groups: list[list[Sequence[Piece]]] = [[]]
    for row in rows:
        texts = [plain(one) for one in (*groups[-1], row)]
        if groups[-1] and height_needed(texts, BODY.width, REFERENCES) > BODY.height:
            groups.append([])
        groups[-1].append(row)
    return groups
