"""What an export holds is known beforehand, by name; what cannot be made is refused."""

import io
import zipfile

import pytest

from analysis.publish.archive import zipped
from analysis.publish.order import FORMATS, Order, Picture
from analysis.records.errors import AnalysisError, ExportError


def test_the_default_is_every_format_framed_at_page_size_in_both_languages():
    names = list(Order().names("x-y"))
    assert len(names) == len(set(names)) == 2 * 3 + 2 + 2 * 4 + 5
    assert names[:3] == ["x-y.en.page.svg", "x-y.en.page.pdf", "x-y.en.page.png"]
    assert {
        "x-y.csv",
        "x-y.json",
        "x-y.zh.xlsx",
        "x-y.en.alt.txt",
        "README.md",
        "x-y.citation.txt",
        "x-y.bib",
        "x-y.csl.json",
    } <= set(names)


def test_sizes_and_variants_are_in_the_name():
    order = Order(("zh",), ("png",), ("column", "card"), ("framed", "plain"))
    pictures = [name for name in order.names("x-y") if name.endswith("png")]
    assert pictures == [
        "x-y.zh.column.png",
        "x-y.zh.column.plain.png",
        "x-y.zh.card.png",
        "x-y.zh.card.plain.png",
    ]


def test_single_pictures_come_besides_and_once():
    order = Order(
        ("en",),
        ("svg",),
        more=(Picture("en", "web", "plain", "png"), Picture("en", "page", "framed", "svg")),
    )
    assert [one.name("x") for one in order.pictures()] == ["x.en.page.svg", "x.en.web.plain.png"]


def test_texts_show_a_png_before_an_svg():
    assert (
        Order(("en",), ("svg", "png", "md"), ("web", "page")).shown("en").name("x")
        == "x.en.web.png"
    )
    assert Order(("en",), ("svg", "md")).shown("en").name("x") == "x.en.page.svg"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"langs": ("fr",)}, "unknown language 'fr'; allowed are en, zh"),
        ({"formats": ("gif",)}, f"'gif' is no format; allowed are {', '.join(FORMATS)}"),
        (
            {"sizes": ("a4",)},
            "'a4' is no size; allowed are column, page, full, web, phone, card, slide",
        ),
        ({"sizes": ("notebook",)}, "'notebook' is no size"),
        ({"variants": ("bare",)}, "'bare' is no variant; allowed are framed, plain"),
        ({"formats": ("html", "pdf")}, "html and md show a picture; add png or svg to the formats"),
    ],
)
def test_what_cannot_be_made_is_refused(wrong, message):
    with pytest.raises(AnalysisError, match=message):
        Order(**wrong)
    assert issubclass(ExportError, AnalysisError)


def test_an_archive_holds_the_files_and_no_moment_of_its_making():
    files = {"b/one.csv": b"x,y\n" * 400, "a/two.png": b"\x89PNG" * 400}
    made = zipped(files)
    assert made == zipped(files)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist() == list(files), "in the order given"
        entries = {entry.filename: entry for entry in archive.infolist()}
    assert entries["b/one.csv"].compress_size < 100
    assert entries["a/two.png"].compress_size == 1600
    assert all(entry.date_time[3:] == (0, 0, 0) for entry in entries.values())
