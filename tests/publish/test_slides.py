"""The slide deck, read back: titles, alt texts, notes, languages, places of the shapes, and hostile text as text."""

import dataclasses
import io
import itertools
import re
import sys
from datetime import datetime

import pptx
import pytest
from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Emu

from analysis import RELEASED, cli
from analysis.plotting.style import SIZES
from analysis.provenance.citation import cite
from analysis.publish.exhibit import make_exhibit
from analysis.publish.office.pptx_parts import Box, fitting, height_needed, lines_needed
from analysis.publish.office.slides import chart_slide, slide_deck
from analysis.publish.references import addresses
from analysis.records.collection import OWN
from analysis.records.errors import ExportError
from analysis.themes.charts import definitions

CHARTS = ("canton-fair-shares", "measures-heat-map")
TAGS = {"en": "en-GB", "zh": "zh-CN"}
FRONT = 2  # slides before the first chart


@pytest.fixture(scope="module")
def exhibits(exhibit_of):
    return [exhibit_of(name) for name in CHARTS]


@pytest.fixture(scope="module", params=["en", "zh"])
def made(request, exhibits):
    """Language and deck."""
    return request.param, pptx.Presentation(io.BytesIO(slide_deck(exhibits, request.param)))


def chart_slides(deck):
    return [
        one for one in deck.slides if any(shape.name.startswith("Chart ") for shape in one.shapes)
    ]


def chart_of(slide):
    """The chart of a slide: an object that can be edited, or a picture."""
    (found,) = (one for one in slide.shapes if one.name.startswith("Chart "))
    return found


def described(shape):
    """Its place for alt text."""
    (found,) = shape._element.xpath("./*/p:cNvPr")
    return found


def named(slide, name):
    (found,) = (one for one in slide.shapes if one.name == name)
    return found.text_frame.text


def place(shape):
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def problems_of_place(deck):
    """Shapes outside a slide, and pairs of shapes that overlap."""
    found = []
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            left, top, right, bottom = place(shape)
            if left < 0 or top < 0 or right > deck.slide_width or bottom > deck.slide_height:
                found.append(f"slide {number}: {shape.name} leaves the slide")
        for one, other in itertools.combinations(slide.shapes, 2):
            a, b = place(one), place(other)
            if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]:
                found.append(f"slide {number}: {one.name} and {other.name} overlap")
    return found


def overfull(deck):
    """Boxes whose words need more room than there is, judged by the letter sizes they carry."""
    found = []
    for number, slide in enumerate(deck.slides, 1):
        for shape in slide.shapes:
            if not shape.has_text_frame or shape.name.startswith("Slide Number"):
                continue
            sizes = [
                run.font.size.pt
                for paragraph in shape.text_frame.paragraphs
                for run in paragraph.runs
                if run.font.size
            ]
            texts = [paragraph.text for paragraph in shape.text_frame.paragraphs]
            if (
                height_needed(texts, Emu(shape.width).inches, max(sizes))
                > Emu(shape.height).inches + 0.01
            ):
                found.append(f"slide {number}: {shape.name}")
    return found


def test_the_slide_of_a_chart_is_that_of_the_deck_and_no_other(made, exhibits):
    lang, deck = made
    for exhibit, whole in zip(exhibits, chart_slides(deck), strict=True):
        content = chart_slide(exhibit, lang)
        assert content == chart_slide(exhibit, lang)
        (slide,) = pptx.Presentation(io.BytesIO(content)).slides
        assert [(one.name, one.has_chart) for one in slide.shapes] == [
            (one.name, one.has_chart) for one in whole.shapes
        ]
        assert slide.shapes.title.text == exhibit.text(lang).headline
        assert slide.notes_slide.notes_text_frame.text == whole.notes_slide.notes_text_frame.text


def test_titles_are_real_titles(made, exhibits):
    lang, deck = made
    wanted = [exhibit.charts[lang].spec.text(lang).headline for exhibit in exhibits]
    assert [one.shapes.title.text_frame.text for one in chart_slides(deck)] == wanted
    assert all(
        one.shapes.title.placeholder_format.type == PP_PLACEHOLDER.TITLE
        for one in chart_slides(deck)
    )
    assert len(deck.slides) == FRONT + len(CHARTS) + 1
    titles = [one.shapes.title.text_frame.text for one in deck.slides]
    assert titles[1] == {"en": "How to read these charts", "zh": "如何读图"}[lang]
    assert titles[-1] == {"en": "Sources", "zh": "资料来源"}[lang]


def test_slides_are_sixteen_to_nine(made):
    _, deck = made
    assert deck.slide_width * 9 == deck.slide_height * 16
    assert deck.element.find(qn("p:sldSz")).get("type") is None


def test_charts_carry_alt_text_and_pictures_keep_their_shape(made, exhibits):
    lang, deck = made
    for slide, exhibit in zip(chart_slides(deck), exhibits, strict=True):
        text, shape = exhibit.charts[lang].spec.text(lang), chart_of(slide)
        properties = described(shape)
        assert (properties.get("descr"), properties.get("title")) == (text.alt, text.headline)
    native, shape = map(chart_of, chart_slides(deck))
    assert native.has_chart
    assert native.width > deck.slide_width * 0.9, "across the slide"
    assert shape.image.size == pytest.approx(SIZES["slide"].pixels, abs=1)
    assert shape.width / shape.height == pytest.approx(
        shape.image.size[0] / shape.image.size[1], rel=0.002
    )
    with Image.open(io.BytesIO(shape.image.blob)) as picture:
        assert len(set(picture.convert("L").tobytes())) > 20


def test_subtitle_note_and_source_stand_around_the_chart(made, exhibits):
    lang, deck = made
    for slide, exhibit in zip(chart_slides(deck), exhibits, strict=True):
        chart = exhibit.charts[lang]
        text = chart.spec.text(lang)
        assert named(slide, "Subtitle") == text.subtitle
        note, *marks = named(slide, "Note").split("\n")
        assert note == {"en": "Note: ", "zh": "注："}[lang] + text.note
        assert [{"en": "Dots are", "zh": "圆点为"}[lang] in one for one in marks] == (
            [True] if chart_of(slide).has_chart else []
        ), "marks that an editable chart does not have are said to be the picture's"
        assert named(slide, "Source") == chart.sources[lang]


def test_speaker_notes_hold_alt_text_note_citation_and_addresses(made, exhibits, records):
    lang, deck = made
    for slide, exhibit in zip(chart_slides(deck), exhibits, strict=True):
        text, cited = exhibit.charts[lang].spec.text(lang), cite(records, exhibit.chart_id)
        notes = slide.notes_slide.notes_text_frame.text
        assert all(
            part in notes
            for part in (text.alt, text.note, cited.text if lang == "en" else cited.text_zh)
        )
        assert addresses(exhibit)
        assert all(url in notes.split("\n") for url in addresses(exhibit))


def test_documents_are_linked_on_the_chart_and_at_the_end(made, records):
    lang, deck = made
    source = records.source("scio-2021")
    shape = next(one for one in chart_slides(deck)[0].shapes if one.name == "Source")
    assert {
        run.text: run.hyperlink.address
        for run in shape.text_frame.paragraphs[0].runs
        if run.hyperlink.address
    } == {getattr(source, f"short_{lang}"): source.url}
    last = list(deck.slides)[-1].placeholders[1].text_frame
    found = {
        run.hyperlink.address
        for paragraph in last.paragraphs
        for run in paragraph.runs
        if run.hyperlink.address
    }
    assert found == set(records.sources["url"])
    assert ("press reports" if lang == "en" else "广交会（转引）") in last.text


def test_every_run_has_its_language(made):
    lang, deck = made
    roots = [slide.element for slide in deck.slides] + [
        slide.notes_slide.element for slide in chart_slides(deck)
    ]
    runs = [
        one
        for root in roots
        for tag in ("a:r", "a:fld")
        for one in root.iter(qn(tag))
        if one.findtext(qn("a:t"))
    ]
    assert len(runs) > 50
    notes_number = [one for one in runs if one.tag == qn("a:fld") and one.find(qn("a:rPr")) is None]
    assert {one.find(qn("a:rPr")).get("lang") for one in runs if one not in notes_number} == {
        TAGS[lang]
    }


def test_properties_are_those_of_the_release(made):
    lang, deck = made
    core = deck.core_properties
    assert core.created == core.modified
    assert core.created.replace(tzinfo=None) == datetime.fromisoformat(RELEASED)
    assert core.author == OWN.authors
    assert core.language == TAGS[lang]
    assert core.subject
    assert "policy measures" in core.keywords
    assert core.title == deck.slides[0].shapes.title.text_frame.text


def test_slides_are_numbered(made):
    _, deck = made
    numbers = [
        [
            shape.text_frame.text
            for shape in slide.placeholders
            if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
        ]
        for slide in deck.slides
    ]
    assert numbers == [[]] + [[str(number)] for number in range(2, len(deck.slides) + 1)]
    assert all(
        len({shape.shape_id for shape in slide.shapes}) == len(slide.shapes)
        for slide in deck.slides
    )


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_overlaps_leaves_the_slide_or_fills_its_box_too_full(white, exhibit_of, lang):
    deck = pptx.Presentation(
        io.BytesIO(slide_deck([exhibit_of(name) for name in definitions()], lang))
    )
    assert problems_of_place(deck) == []
    assert overfull(deck) == []
    assert len(chart_slides(deck)) == len(definitions())


def test_a_shape_in_the_wrong_place_would_be_seen(made):
    _lang, deck = made
    again = io.BytesIO()
    deck.save(again)
    deck = pptx.Presentation(again)
    slide = chart_slides(deck)[0]
    chart_of(slide).left = deck.slide_width - 100
    next(shape for shape in slide.shapes if shape.name == "Note").top = 0
    found = problems_of_place(deck)
    assert "slide 3: Chart canton-fair-shares leaves the slide" in found
    assert "slide 3: Title 1 and Note overlap" in found
    assert not [one for one in found if not one.startswith("slide 3")]


def test_lines_are_counted_by_the_width_of_letters():
    assert lines_needed("", 1, 10) == 1
    assert lines_needed("广" * 20, 1.0, 12) == 2 * lines_needed("a" * 20, 1.0, 12) == 4
    assert fitting(["a" * 200], Box(0, 0, 3, 1), (20, 10, 8)) == 10
    with pytest.raises(ExportError, match="200 characters does not fit"):
        fitting(["a" * 200], Box(0, 0, 3, 0.2), (20, 10))


@pytest.mark.parametrize("place", ["headline", "subtitle", "note"])
def test_a_text_too_long_for_its_place_is_refused(white, altered, exhibits, place):
    with pytest.raises(ExportError, match="does not fit on a slide"):
        slide_deck([altered(exhibits[0], "en", **{place: "too many words " * 200})], "en")


def test_more_sources_than_a_slide_holds_go_to_another(white, records):
    many = dataclasses.replace(
        records, sources=records.sources.assign(title="A very long title of a document " * 25)
    )
    deck = pptx.Presentation(
        io.BytesIO(slide_deck([make_exhibit("measures-heat-map", many)], "en"))
    )
    titles = [one.shapes.title.text_frame.text for one in deck.slides]
    assert titles[-2:] == ["Sources", "Sources (continued)"]
    assert problems_of_place(deck) == []
    assert overfull(deck) == []
    shown = "".join(one.placeholders[1].text_frame.text for one in list(deck.slides)[-2:])
    assert all(shown.count(url) == 1 for url in records.sources["url"])


def test_hostile_words_stay_words(white, altered, exhibits):
    hostile = "</a:t><a:br/> <script>\"1\"</script> & 'q' \\ {title} _x0041_"
    deck = pptx.Presentation(
        io.BytesIO(
            slide_deck(
                [
                    altered(
                        exhibits[0],
                        "en",
                        headline=hostile,
                        subtitle=hostile,
                        note=hostile,
                        alt=hostile,
                    )
                ],
                "en",
                title=hostile,
            )
        )
    )
    (slide,) = chart_slides(deck)
    assert (
        slide.shapes.title.text_frame.text
        == deck.slides[0].shapes.title.text_frame.text
        == deck.core_properties.title
        == hostile
    )
    assert named(slide, "Subtitle") == hostile
    assert named(slide, "Note").split("\n")[0] == f"Note: {hostile}"
    assert described(chart_of(slide)).get("descr") == hostile
    assert slide.notes_slide.notes_text_frame.text.count(hostile) == 3, "alt text, note, citation"


@pytest.mark.parametrize("place", ["headline", "subtitle", "note", "alt"])
def test_a_control_character_is_named(white, altered, exhibits, place):
    with pytest.raises(ExportError, match="U\\+000C"):
        slide_deck([altered(exhibits[0], "zh", **{place: "收入\x0c"})], "zh")


def test_an_address_that_is_none_of_the_web_is_no_link(white, records):
    exhibit = make_exhibit(
        CHARTS[0],
        dataclasses.replace(records, sources=records.sources.assign(url="javascript:alert(1)")),
    )
    deck = pptx.Presentation(io.BytesIO(slide_deck([exhibit], "en")))
    targets = [
        one.target_ref
        for slide in deck.slides
        for one in slide.part.rels.values()
        if one.is_external
    ]
    assert not [url for url in targets if not re.match("https?://", url)]
    assert "javascript:alert(1)" in list(deck.slides)[-1].placeholders[1].text_frame.text


def test_the_command_writes_a_deck(white, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(
        sys, "argv", ["analysis", "slides", CHARTS[1], "--lang", "zh", "--out", str(tmp_path)]
    )
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert not stop.value.code
    out, err = capsys.readouterr()
    assert {one.name for one in tmp_path.iterdir()} == {".office.json", "slides.zh.pptx"}
    assert "1 chart in" in out
    assert "charts" in err
    assert len(pptx.Presentation(str(tmp_path / "slides.zh.pptx")).slides) == FRONT + 2
