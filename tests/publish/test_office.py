"""What reports and decks share: the same bytes everywhere, every chart in its place, texts checked, and what LibreOffice makes of them."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from PIL import Image

from analysis import RELEASED
from analysis.plotting import style
from analysis.plotting.style import SIZES
from analysis.publish.exhibit import make_exhibit
from analysis.publish.office import report, shared, slides
from analysis.publish.phrases import about
from analysis.publish.references import addresses, documents, publications, statistics
from analysis.records.errors import ExportError
from analysis.records.series import best
from analysis.themes.charts import definitions
from analysis.words.catalogue import word, words
from analysis.words.dates import day

LANGS = ("en", "zh")
ONE = "canton-fair-shares"
SCRIPT = """
import hashlib, locale
from analysis.publish.exhibit import make_exhibit
from analysis.publish.office.report import word_report
from analysis.publish.office.slides import slide_deck
from analysis.records.load import load
try: locale.setlocale(locale.LC_ALL, "")
except locale.Error: pass
exhibits = [make_exhibit("canton-fair-shares", load())]
for make in (word_report, slide_deck):
    for lang in ("en", "zh"):
        print(hashlib.sha256(make(exhibits, lang)).hexdigest())
"""


def blank(size):
    """A white picture of a named size."""
    buffer = io.BytesIO()
    Image.new("RGB", SIZES[size].pixels, "white").save(buffer, "png", dpi=(SIZES[size].dpi,) * 2)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def every(exhibit_of):
    """Every chart of the registry."""
    return [exhibit_of(chart_id) for chart_id in definitions()]


@pytest.fixture(scope="module")
def papers(every):
    """A report and a deck of every chart in both languages, with white pictures."""
    white = {size: {"png": blank(size)} for size in ("page", "slide")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "pictures", lambda chart, formats, *, size, variant: white[size])
        return {
            (lang, kind): make(every, lang)
            for lang in LANGS
            for kind, make in (("docx", report.word_report), ("pptx", slides.slide_deck))
        }


@pytest.mark.full
def test_the_same_bytes_in_another_time_zone_locale_and_hash_seed():
    made = []
    for settings in (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Los_Angeles", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"},
    ):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            text=True,
            env=os.environ | settings,
        )
        assert done.returncode == 0, done.stderr
        made.append(done.stdout.split())
    assert len(set(made[0])) == 4, "four different files"
    assert made[0] == made[1]


@pytest.mark.parametrize("kind", ["docx", "pptx"])
@pytest.mark.parametrize("lang", LANGS)
def test_a_package_is_in_order_dated_by_the_release_and_free_of_the_template(papers, lang, kind):
    with zipfile.ZipFile(io.BytesIO(papers[lang, kind])) as package:
        names, dates = package.namelist(), {entry.date_time for entry in package.infolist()}
        assert names == sorted(names)
        assert names[0] == "[Content_Types].xml"
        assert len(names) == len(set(names))
        assert dates == {(*map(int, RELEASED.split("-")), 0, 0, 0)}
        assert not [
            name for name in names if re.search(r"thumbnail|printer|customXml|Effects", name)
        ]
        everything = b"".join(
            package.read(name) for name in names if name.endswith((".xml", ".rels"))
        )
        themes = [package.read(name).decode() for name in names if "/theme/" in name]
    assert b'"en-US"' not in everything
    assert b"Macintosh" not in everything
    for theme in themes:
        for fonts in re.findall(r"<a:(?:major|minor)Font>.*?</a:(?:major|minor)Font>", theme, re.S):
            assert f'<a:latin typeface="{shared.LATIN_FONT}"' in fonts
            assert f'<a:ea typeface="{shared.EAST_ASIAN_FONT}"' in fonts
            assert (
                'script="Hans"' not in fonts
                or f'script="Hans" typeface="{shared.EAST_ASIAN_FONT}"' in fonts
            )


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_forbids_is_named(bad):
    with pytest.raises(ExportError, match=f"U\\+{ord(bad):04X}"):
        shared.xml_text(f"income{bad} of workers")


def test_breaks_become_spaces_and_all_else_stays():
    assert (
        shared.xml_text("a\r\nb\tc\u00a0d\U0001f600<&>\"'\u3000x")
        == "a b c\u00a0d\U0001f600<&>\"'\u3000x"
    )


@pytest.mark.parametrize("title", ["", "  ", "x" * 201])
def test_a_title_without_or_with_too_many_characters_is_refused(title):
    with pytest.raises(ExportError, match="allowed are 1 to 200"):
        shared.checked_title(title, "en")


def test_no_chart_is_refused():
    with pytest.raises(ExportError, match="at least one chart"):
        report.word_report([], "en")
    with pytest.raises(ExportError, match="at least one chart"):
        slides.slide_deck([], "zh")


def test_a_line_is_cut_at_the_longest_name_and_names_are_no_patterns():
    links = {"Report": "https://a.org", "Report (1)": "https://b.org", "": "https://c.org"}
    assert shared.linked("See Report (1); Report.", links) == [
        ("See ", ""),
        ("Report (1)", "https://b.org"),
        ("; ", ""),
        ("Report", "https://a.org"),
        (".", ""),
    ]
    assert shared.linked("Nothing.", {}) == [("Nothing.", "")]


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://a.org/x?y=1#z", True),
        ("http://a.org", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ('https://a.org/"x', False),
        ("", False),
    ],
)
def test_only_web_addresses_are_linked(url, good):
    assert shared.is_address(url) is good


def test_nothing_is_said_to_be_caused():
    said = [*words("publish.office", "en").values(), *words("publish.grade", "en").values()]
    text = " ".join(part if isinstance(part, str) else " ".join(part) for part in said)
    assert not re.search(
        r"\b(caus\w+|thanks to|led to|lifted|because of|impact of|effect of)\b", text, re.I
    )


def test_dates_are_said_in_words():
    assert [
        day("en", text) for text in ("2021-08-23", "2021-08", "2016", "n.d.", "2021-13-01")
    ] == ["23 August 2021", "August 2021", "2016", "n.d.", "2021-13-01"]
    assert [day("zh", text) for text in ("2021-08-03", "2021-08", "2016")] == [
        "2021年8月3日",
        "2021年8月",
        "2016年",
    ]
    assert about("en", 1).startswith("1 chart,")
    assert about("en", 2).startswith("2 charts,")
    assert about("zh", 2).startswith("共2张图")


def test_references_number_the_charts_that_use_them(records):
    exhibits = [
        make_exhibit(name, records)
        for name in ("labor-typical-earnings", ONE, "hunan-exchange-rate-strip")
    ]
    found = {one.source.source_id: (one.paragraphs, one.figures) for one in documents(exhibits)}
    assert found == {"scio-2021": ((13, 14), (1, 2)), "hunan-2017": ((6,), (3,))}
    rates = [one for one in publications(exhibits) if one.publisher == "European Central Bank"]
    assert [one.figures for one in rates] == [(2, 3)]
    assert documents([]) == []
    assert publications([exhibits[0]]) == []


def test_the_publication_of_every_best_copy_is_listed(records):
    exhibit = make_exhibit("labor-income-over-time", records)
    wanted = {  # a copy on a site that is no publisher's is not an address to send a reader to
        (row.publisher, row.source_title, row.published, row.url)
        for name in exhibit.definition.series
        for row in best(records, name).itertuples()
    }
    found = [(one.publisher, one.title, one.published, one.url) for one in publications([exhibit])]
    assert len(wanted) > 5
    assert found == sorted(wanted)
    linked = {row[3] for row in wanted} - {""}
    assert set(addresses(exhibit)) - {""} == linked | {records.source("scio-2021").url}


def test_the_three_exchange_rates_are_one_statistic(records):
    for lang, title in (("en", "US dollar in yuan"), ("zh", "美元兑人民币")):
        rate = next(
            one for one in statistics(make_exhibit(ONE, records), lang) if one.name == "usd-cny"
        )
        assert rate.title == title
        assert rate.grades == ("A",)
    assert (
        len(addresses(make_exhibit(ONE, records)))
        == len(set(addresses(make_exhibit(ONE, records))))
        > 5
    )


@pytest.mark.full
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice (soffice) and pdftotext are not installed here",
)
def test_in_libreoffice_every_chart_has_one_page_or_slide_with_its_words(papers, every, tmp_path):
    for (lang, kind), content in papers.items():
        (tmp_path / f"{kind}.{lang}.{kind}").write_bytes(content)
    files = sorted(tmp_path.glob("*.*"))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
        *files,
    ]
    # the project's own font, so that no Chinese font of the machine is needed
    fonts = f"<include>/etc/fonts/fonts.conf</include><dir>{style.FONTS}</dir>"
    (tmp_path / "fonts.conf").write_text(f"<fontconfig>{fonts}</fontconfig>")
    settings = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=settings)
    for lang in LANGS:
        pages, shown = (_pages(tmp_path / f"{kind}.{lang}.pdf") for kind in ("docx", "pptx"))
        headlines = [exhibit.charts[lang].spec.text(lang).headline for exhibit in every]
        first = next(number for number, page in enumerate(pages) if page.endswith("\n1"))
        front, sources = (
            "".join(pages[:first]),
            _tight(word("publish.office", "sources_title", lang)),
        )
        for number, headline in enumerate(headlines, 1):
            page = pages[first + number - 1]
            assert page.startswith(_tight(headline)), (lang, number, headline)
            assert page.endswith(f"\n{number}"), (lang, number, headline)
            assert _tight(headline) in front
            assert _tight(headline) in shown[number + 1], (lang, number, headline)
        assert pages[first + len(headlines)].startswith(sources)
        assert sources in shown[len(headlines) + 2]
        assert len(shown) <= len(headlines) + 5


def _pages(pdf):
    """Text of each page without spaces, and the number at its foot on a line of its own."""
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    return [_tight(page) + "\n" + page.split()[-1] for page in pages]


def _tight(text):
    return re.sub(r"\s+", "", text)
