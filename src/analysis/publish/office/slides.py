"""A slide deck of charts: real titles, alt texts, speaker notes and sources."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from pptx.presentation import Presentation
from pptx.slide import Slide

from analysis.plotting.pictures import pictures
from analysis.plotting.style import MUTED, SIZES
from analysis.publish.exhibit import Bundle
from analysis.publish.office.phrases import Phrases, about, phrases
from analysis.publish.office.pptx_parts import (
    BODY,
    OPENING,
    TITLE,
    Box,
    Words,
    fill,
    fitting,
    height_needed,
    note,
    number_slide,
    text_box,
    wide_presentation,
)
from analysis.publish.office.shared import (
    SWATCH,
    checked_bundles,
    checked_title,
    citation_text,
    cut_leftovers,
    linked,
    own_theme,
    repacked,
    set_properties,
    xml_text,
)
from analysis.publish.references import addresses, documents, reference
from analysis.words.catalogue import publisher

SIZE = "slide"  # of the pictures
PICTURE = Box(0.45, 1.4, 9.25, 9.25 * SIZES[SIZE].height / SIZES[SIZE].width)
COLUMN = Box(9.95, 1.5, 2.93, 5.1)  # beside the picture: subtitle, and the note under it
BETWEEN = 0.1
SOURCE = Box(0.45, 6.72, 11.6, 0.62)
TITLES, SUBTITLES, NOTES, SMALL, BODIES = (
    (24, 22, 20, 18),
    (14, 13, 12),
    (14, 13, 12, 11, 10),
    (10, 9, 8),
    (18, 16, 15, 14, 13, 12),
)
OPENING_TITLES = (36, 32, 28, 24, 20)
REFERENCES = 12


def slide_deck(
    bundles: Sequence[Bundle],
    lang: str,
    *,
    title: str | None = None,
    done: Callable[[], object] = lambda: None,
) -> bytes:
    """A slide deck of charts: title, how to read them, a slide for each chart, the sources.

    Parameters
    ----------
    bundles : sequence of Bundle
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
    chosen, charts, said = checked_title(title, lang), checked_bundles(bundles), phrases(lang)
    deck = wide_presentation(said.tag)
    set_properties(deck, chosen, lang, charts)
    _opening(deck, chosen, about(lang, len(charts)), said)
    _how(deck, said)
    for bundle in charts:
        _chart(deck, bundle, lang)
        done()
    _sources(deck, charts, lang)
    return _packed(deck)


def _packed(deck: Presentation) -> bytes:
    package = deck.part.package
    cut_leftovers(deck.part.rels.values(), deck.part.drop_rel)
    cut_leftovers(
        [one for one in package.iter_rels() if one.reltype.endswith("thumbnail")], package.drop_rel
    )
    buffer = io.BytesIO()
    deck.save(buffer)
    themes = {
        str(one.partname)[1:]: own_theme(one.blob)
        for one in package.iter_parts()
        if "/theme/" in str(one.partname)
    }
    return repacked(buffer.getvalue(), themes)


def _slide(deck: Presentation, layout: int, title: str, said: Phrases) -> Slide:
    """A new slide with its title."""
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    points = (
        fitting([title], TITLE, TITLES)
        if layout
        else fitting([title], OPENING["ctrTitle"], OPENING_TITLES)
    )
    fill(made.shapes.title.text_frame, [[Words(title)]], said.tag, points)
    return made


def _opening(deck: Presentation, title: str, under: str, said: Phrases) -> None:
    slide = _slide(deck, 0, title, said)
    fill(slide.placeholders[1].text_frame, [[Words(under, color=MUTED)]], said.tag, 16)


def _how(deck: Presentation, said: Phrases) -> None:
    slide = _slide(deck, 1, said.how_title, said)
    colours = [
        piece
        for color, meaning in said.colours
        for piece in (Words(SWATCH, color=color), Words(meaning + "\u2003"))
    ]
    grades = [
        [Words(f"{grade}\u00a0", bold=True), Words(meaning)] for grade, meaning in said.grades
    ]
    grades[0].insert(0, Words(f"{said.grades_title}{said.colon}"))
    rows = [
        *([Words(text)] for text in said.how),
        colours,
        [*_joined(grades, said)],
        [Words(said.copies)],
    ]
    points = fitting(["".join(piece.text for piece in row) for row in rows], BODY, BODIES)
    fill(slide.placeholders[1].text_frame, rows, said.tag, points)
    number_slide(slide, len(deck.slides), said.tag)


def _joined(rows: Sequence[Sequence[Words]], said: Phrases) -> list[Words]:
    """Rows one after another, as one sentence."""
    last = len(rows) - 1
    return [
        piece
        for number, row in enumerate(rows)
        for piece in (*row, Words(said.stop if number == last else said.semicolon))
    ]


def _chart(deck: Presentation, bundle: Bundle, lang: str) -> None:
    said, chart = phrases(lang), bundle.charts[lang]
    text, tag = chart.spec.text(lang), phrases(lang).tag
    slide = _slide(deck, 2, text.headline, said)
    top, bottom = _column(text.subtitle)
    text_box(slide, "Subtitle", top, [[Words(text.subtitle, bold=True)]], tag=tag, sizes=SUBTITLES)
    _picture(slide, bundle, lang)
    text_box(slide, "Note", bottom, [[Words(said.note + text.note)]], tag=tag, sizes=NOTES)
    links = {getattr(one.source, f"short_{lang}"): one.source.url for one in documents([bundle])}
    source = [Words(piece, url, MUTED) for piece, url in linked(chart.sources[lang], links)]
    text_box(slide, "Source", SOURCE, [source], tag=tag, sizes=SMALL)
    number_slide(slide, len(deck.slides), tag)
    spoken = [
        said.alt + text.alt,
        said.note + text.note,
        chart.sources[lang],
        said.cite + citation_text(chart),
        said.addresses,
        *addresses(bundle),
    ]
    note(slide, spoken, tag)


def _column(subtitle: str) -> tuple[Box, Box]:
    """The column beside the picture, cut where the subtitle ends."""
    points = fitting(
        [subtitle], Box(COLUMN.left, COLUMN.top, COLUMN.width, COLUMN.height / 2), SUBTITLES
    )
    height = height_needed([subtitle], COLUMN.width, points)
    used = height + BETWEEN
    return Box(COLUMN.left, COLUMN.top, COLUMN.width, height), Box(
        COLUMN.left, COLUMN.top + used, COLUMN.width, COLUMN.height - used
    )


def _picture(slide: Slide, bundle: Bundle, lang: str) -> None:
    chart = bundle.charts[lang]
    text, content = (
        chart.spec.text(lang),
        pictures(chart, ["png"], size=SIZE, variant="plain")["png"],
    )
    shape = slide.shapes.add_picture(io.BytesIO(content), 0, 0)
    PICTURE.put(shape)
    shape.name = f"Chart {bundle.chart_id}"
    properties = shape._element.nvPicPr.cNvPr
    properties.set("descr", xml_text(text.alt))
    properties.set("title", xml_text(text.headline))


def _sources(deck: Presentation, charts: Sequence[Bundle], lang: str) -> None:
    """Documents with paragraphs, dates and addresses, on as many slides as they need; then whose statistics are used."""
    said = phrases(lang)
    rows = [
        [Words(reference(lang, one)), Words(one.source.url, one.source.url)]
        for one in documents(charts)
    ]
    names = list(
        dict.fromkeys(publisher(name, lang) for one in charts for name in one.definition.series)
    )
    if names:
        rows.append([Words(said.deck_statistics.format(names=said.semicolon.join(names)))])
    for number, group in enumerate(_pages(rows)):
        slide = _slide(
            deck,
            1,
            said.sources_title if number == 0 else said.continued.format(title=said.sources_title),
            said,
        )
        fill(slide.placeholders[1].text_frame, group, said.tag, REFERENCES)
        number_slide(slide, len(deck.slides), said.tag)


def _pages(rows: Sequence[Sequence[Words]]) -> list[list[Sequence[Words]]]:
    """Paragraphs in groups that fit on a slide."""
    groups: list[list[Sequence[Words]]] = [[]]
    for row in rows:
        texts = ["".join(piece.text for piece in one) for one in (*groups[-1], row)]
        if groups[-1] and height_needed(texts, BODY.width, REFERENCES) > BODY.height:
            groups.append([])
        groups[-1].append(row)
    return groups
