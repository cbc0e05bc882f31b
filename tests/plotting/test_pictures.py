"""Pictures have their named size, carry their words, and are the same bytes every time."""

import base64
import contextlib
import dataclasses
import io
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from analysis.plotting.pictures import pictures
from analysis.plotting.style import PICTURES, SIZES
from analysis.records.errors import ExportError
from analysis.themes.charts import make_chart

ONE = "canton-fair-deals-per-yuan-waived"
SVG = "{http://www.w3.org/2000/svg}"
KNOWN_PIXELS = {
    "column": (936, None),
    "page": (1875, None),
    "full": (2625, None),
    "web": (850, None),
    "phone": (1170, None),
    "card": (1200, 628),
    "slide": (1920, 1080),
}


@pytest.fixture(scope="module", params=["en", "zh"])
def chart(request, records):
    return make_chart(ONE, records, request.param)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("size", "pixels"), KNOWN_PIXELS.items())
def test_a_picture_has_the_pixels_of_its_size(chart, size, pixels):
    picture = opened(pictures(chart, ["png"], size=size)["png"])
    width, height = pixels
    assert picture.size == (width, height or picture.height) == chart.pixels(size)
    assert picture.info["dpi"] == pytest.approx((SIZES[size].dpi,) * 2, abs=0.1)


def test_a_slide_is_sixteen_to_nine(chart):
    width, height = opened(pictures(chart, ["png"], size="slide")["png"]).size
    assert width / height == pytest.approx(16 / 9, abs=2e-3)


@pytest.mark.parametrize("size", ["column", "page", "phone"])
def test_rows_have_the_height_that_they_ask_for(chart, size):
    figure = chart.figure(size)
    assert figure.axes[0].bbox.height / figure.dpi == pytest.approx(figure.tall, abs=0.03)


def test_without_rows_a_phone_shows_four_to_five_or_taller(records):
    width, height = make_chart("context-poverty-line", records).pixels("phone")
    assert height / width >= 1.25


@pytest.mark.parametrize("size", ["column", "page", "slide"])
def test_vector_pictures_have_the_inches_of_their_size(chart, size):
    made = pictures(chart, ["svg", "pdf"], size=size)
    inches = [side / SIZES[size].dpi for side in chart.pixels(size)]
    root = ET.fromstring(made["svg"])
    points = [float(root.get(side).removesuffix("pt")) for side in ("width", "height")]
    assert points == pytest.approx([72 * side for side in inches], abs=0.01)
    canvas = [float(part) for part in root.get("viewBox").split()]
    assert canvas[2] / canvas[3] == pytest.approx(points[0] / points[1], rel=1e-3)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", made["pdf"])
    assert [float(part) for part in box.groups()] == pytest.approx(points, abs=0.01)


def test_every_picture_carries_headline_alt_text_source_and_licence(chart):
    made, text = pictures(chart, PICTURES), chart.spec.text(chart.lang)
    info = opened(made["png"]).info
    assert (info["Title"], info["Description"], info["Source"]) == (
        text.headline,
        text.alt,
        chart.sources[chart.lang],
    )
    assert info["Copyright"].startswith("CC")
    assert "Software" not in info
    root = ET.fromstring(made["svg"])
    assert root.get("role") == "img"
    assert root.get("lang") == {"en": "en", "zh": "zh-CN"}[chart.lang]
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, about.text) == (text.headline, text.alt)
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (
        title.get("id"),
        about.get("id"),
    )
    assert b"<dc:date>" not in made["svg"]
    assert b"CreationDate" not in made["pdf"]
    assert text.headline in pdf_words(made["pdf"], b"Title")
    assert text.alt in pdf_words(made["pdf"], b"Subject")


def test_a_pdf_is_tagged_as_one_figure_with_the_alt_text_in_its_language(records):
    for lang, tag in (("en", "en"), ("zh", "zh-CN")):
        chart = make_chart("canton-fair-break-even", records, lang)
        found = PdfReader(io.BytesIO(pictures(chart, ["pdf"])["pdf"]), strict=True)
        catalogue, (page,) = found.root_object, found.pages
        assert catalogue["/Lang"] == tag
        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert found.metadata.title == chart.spec.text(lang).headline
        (whole,) = catalogue["/StructTreeRoot"]["/K"]
        (figure,) = whole.get_object()["/K"]
        shown = figure.get_object()
        assert (shown["/S"], shown["/K"]) == ("/Figure", 0)
        assert shown["/Alt"] == chart.spec.text(lang).alt
        assert shown["/Pg"].get_object() == page
        drawn = page.get_contents().get_data().split(b"/Figure <</MCID 0>> BDC")
        assert len(drawn) == 2
        assert drawn[1].strip().endswith(b"EMC")
        assert b" re" not in drawn[0], "nothing is drawn outside the figure"
        numbers = catalogue["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        assert numbers[0] == page["/StructParents"] == 0
        assert [one.get_object() for one in numbers[1]] == [shown]


def pdf_words(content: bytes, key: bytes) -> str:
    """A text of the information dictionary: plain or UTF-16 with its mark, escaped as PDF does."""
    raw = re.search(rb"/" + key + rb" \((.*?)(?<!\\)\)", content, re.S)[1]
    escapes = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    plain = re.sub(
        rb"\\([0-7]{3}|.)",
        lambda found: (
            bytes([int(found[1], 8)]) if len(found[1]) == 3 else escapes.get(found[1], found[1])
        ),
        raw,
        flags=re.S,
    )
    return plain.decode("utf-16" if plain[:2] == b"\xfe\xff" else "latin-1")


def test_plain_has_the_marks_and_not_the_words_of_the_frame(chart):
    words = {
        variant: texts(pictures(chart, ["svg"], variant=variant)["svg"])
        for variant in ("framed", "plain")
    }
    start = {"en": "Source: ", "zh": "资料来源："}[chart.lang]
    assert start in words["framed"]
    assert start not in words["plain"]
    assert len(words["plain"]) > 20, "labels on the marks stay"


def texts(drawn: bytes) -> str:
    return "".join("".join(one.itertext()) for one in ET.fromstring(drawn).iter(f"{SVG}text"))


def test_words_are_text_with_their_font_and_others_where_it_cannot_be_loaded(chart):
    drawn = pictures(chart, ["svg"])["svg"]
    style = ET.fromstring(drawn).find(f"{SVG}defs/{SVG}style").text
    found = re.findall(r"font-weight: (\w+); src: url\(data:font/ttf;base64,([^)]+)\)", style)
    assert [weight for weight, _ in found] == ["normal", "bold"]
    for _, coded in found:
        known = TTFont(io.BytesIO(base64.b64decode(coded))).getBestCmap()
        assert 10 < len(known) < 300
    assert {ord(char) for char in texts(drawn)} <= {
        code
        for _, coded in found
        for code in TTFont(io.BytesIO(base64.b64decode(coded))).getBestCmap()
    } | {ord(" ")}
    assert b"Noto Sans SC" in drawn
    assert b"sans-serif" in drawn


def test_a_row_is_a_group_with_its_data(chart):
    root = ET.fromstring(pictures(chart, ["svg"])["svg"])
    rows = root.findall(f".//{SVG}g[@data-id]")
    by = {row.value_id: row for row in chart.spec.data.itertuples()}
    assert {one.get("data-id") for one in rows} == set(by)
    for one in rows:
        assert float(one.get("data-value")) == pytest.approx(by[one.get("data-id")].value)


SCRIPT = """
import hashlib, sys
from analysis.plotting.pictures import pictures
from analysis.plotting.style import PICTURES
from analysis.themes.charts import make_chart
from analysis.records.load import load
for lang in ("en", "zh"):
    for size, variant in (("page", "framed"), ("column", "plain"), ("slide", "framed")):
        for name, content in pictures(make_chart(sys.argv[1], load(), lang), PICTURES, size=size, variant=variant).items():
            print(lang, size, name, hashlib.sha256(content).hexdigest())
"""


def test_another_process_with_other_settings_draws_the_same_bytes(tmp_path, monkeypatch):
    """Drawn alone there, and here with whatever was drawn before."""
    monkeypatch.setattr(sys, "argv", ["", ONE])
    with contextlib.redirect_stdout(io.StringIO()) as here:
        exec(SCRIPT, {})
    assert len(here.getvalue().splitlines()) == 18
    settings = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"}
    elsewhere = subprocess.run(
        [sys.executable, "-c", SCRIPT, ONE],
        env=os.environ | settings | {"MPLCONFIGDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert elsewhere == here.getvalue()


def test_a_missing_glyph_stops_the_picture(records):
    chart = make_chart(ONE, records, "zh")
    for field, value in {
        "headline": "\u9f98",
        "labels": {**chart.spec.zh.labels, "x": "\u9f98"},
    }.items():
        words = dataclasses.replace(chart.spec.zh, **{field: value})
        broken = dataclasses.replace(chart, spec=dataclasses.replace(chart.spec, zh=words))
        with pytest.raises(ExportError, match=r"no glyph for .* \(U\+9F98\)"):
            pictures(broken, ["png"])
