"""The texts beside the pictures: what they say, that nothing in them runs, and that every process makes the same bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from analysis.plotting.style import SIZES
from analysis.plotting.view import Chart
from analysis.publish import file_guide, texts
from analysis.publish.exhibit import make_exhibit
from analysis.publish.order import Order
from analysis.publish.reader_table import number_words, reading_table
from analysis.records.errors import ExportError
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES

FIGURE = {
    "figure",
    "figcaption",
    "strong",
    "br",
    "img",
    "p",
    "details",
    "summary",
    "div",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
EMPTY = {"br", "img"}


class Page(HTMLParser):
    """Tags with their attributes, texts, and whether every tag is closed in order."""

    def __init__(self, content):
        super().__init__(convert_charrefs=True)
        self.tags, self.texts, self.open, self.broken = [], [], [], []
        self.feed(content.decode("utf-8") if isinstance(content, bytes) else content)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]

    def text(self, tag):
        return " ".join("".join(data for name, data in self.texts if name == tag).split())


def shown_md(content):
    """What a Markdown program makes of a text that may hold raw HTML."""
    return Page(
        MarkdownIt("commonmark", {"html": True}).enable("table").render(content.decode("utf-8"))
    )


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """No picture is drawn for its height: tests/plotting/test_pictures.py looks at that."""
    monkeypatch.setattr(Chart, "pixels", lambda chart, size, variant: (SIZES[size].pixels[0], 1200))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chart_id", definitions())
def test_the_figure_of_every_chart_works_alone(chart_id, lang, exhibit_of):
    exhibit, picture = exhibit_of(chart_id), f"{chart_id}.{lang}.page.png"
    content = texts.snippet(exhibit, lang, picture)
    page, chart = Page(content), exhibit.charts[lang]
    text = chart.spec.text(lang)
    assert not page.broken
    assert not page.open
    assert {name for name, _ in page.tags} <= FIGURE
    assert page.tags[0] == ("figure", page.tags[0][1])
    assert page.tags[0][1]["lang"] == {"en": "en", "zh": "zh-CN"}[lang]
    assert page.tags[0][1]["id"] == f"{chart_id}-{lang}"
    (image,) = page.of("img")
    assert (image["src"], image["alt"], image["width"], image["height"]) == (
        picture,
        text.alt,
        "1875",
        "1200",
    )
    assert "//" not in content.decode("utf-8"), "asks for something besides the picture"
    assert page.text("strong") == text.headline
    assert chart.sources[lang].replace("\u00a0", " ") in page.text("figcaption")
    assert text.note in page.text("p")
    assert {"en": "Creative Commons", "zh": "知识共享"}[lang] in page.text("figcaption")
    assert len(page.of("td")) == chart.spec.data.size
    assert len(page.of("th")) == len(chart.spec.data.columns)
    assert len(content) < 120_000


def test_the_table_shows_words_and_open_ends(scorecard):
    en, zh = (reading_table(scorecard, lang) for lang in LANGUAGES)
    assert en.headers[:5] == (
        "what is shown",
        "kind",
        "people",
        "people, lower end",
        "people, upper end",
    )
    assert en.rows[2] == (
        "Housekeeping",
        "reported",
        "850,000",
        "850,000",
        "no upper end",
        "",
        "",
        "",
        "",
        "C",
    )
    assert zh.rows[2] == ("家政", "所述", "85万", "85万", "无上限", "", "", "", "", "C")
    assert en.numeric == (False, False, *[True] * 7, False)
    assert not any(en.long)


def test_a_column_of_long_words_is_told(records):
    table = reading_table(make_exhibit("measures-timeline", records), "en")
    told = [name for name, is_long in zip(table.headers, table.long, strict=True) if is_long]
    assert told == ["document or step", "who acted"]


@pytest.mark.parametrize(
    ("value", "lang", "time", "said"),
    [
        (1234567.891, "en", False, "1,234,570"),
        (7_710_000, "zh", False, "771万"),
        (-583_310_000.0, "zh", False, "−5.8331亿"),
        (0.00836562262, "en", False, "0.00836562"),
        (2015, "en", True, "2015"),
        (2020.999, "zh", True, "2020.999"),
        (float("nan"), "en", False, ""),
        (float("-inf"), "en", False, "no lower end"),
        (float("inf"), "zh", True, "无上限"),
    ],
)
def test_numbers_are_said(value, lang, time, said):
    assert number_words(value, lang, time=time) == said


def test_a_plain_picture_has_its_words_beside_it(scorecard):
    page = Page(texts.snippet(scorecard, "en", "channels-scorecard.en.web.plain.svg"))
    text = scorecard.charts["en"].spec.en
    order = [name for name, _ in page.tags]
    assert order.index("figcaption") < order.index("img") < order.index("details")
    assert text.subtitle in page.text("figcaption")
    assert text.note in page.text("p")
    assert scorecard.charts["en"].sources["en"].replace("\u00a0", " ") in page.text("p")
    assert page.of("img")[0]["width"] == "850"
    assert "max-width:850px" in page.of("figure")[0]["style"]


@pytest.mark.parametrize(
    "picture",
    [
        "channels-scorecard.en.png",
        "channels-scorecard.en.huge.png",
        "channels-scorecard.en.page.gif",
        "other.en.page.png",
        "channels-scorecard.en.page.framed.png",
        "x",
    ],
)
def test_what_is_no_picture_is_refused(scorecard, picture):
    with pytest.raises(ExportError, match="is no picture of channels-scorecard"):
        texts.snippet(scorecard, "en", picture)


def test_a_picture_may_stand_in_another_folder(scorecard):
    assert (
        Page(texts.snippet(scorecard, "en", "../charts/channels-scorecard.en.page.png")).of("img")[
            0
        ]["src"]
        == "../charts/channels-scorecard.en.page.png"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_text_in_the_figure(hostile, lang):
    page, text = (
        Page(texts.snippet(hostile, lang, f"labor-stated-incomes.{lang}.page.png")),
        hostile.charts[lang].spec.text(lang),
    )
    assert not page.broken
    assert not page.open
    assert {name for name, _ in page.tags} <= FIGURE
    assert len(page.of("img")) == len(page.of("figure")) == len(page.of("table")) == 1
    assert {name for _, attrs in page.tags for name in attrs} <= {
        "lang",
        "dir",
        "id",
        "style",
        "src",
        "alt",
        "width",
        "height",
        "role",
        "aria-label",
        "tabindex",
        "scope",
    }
    assert page.of("img")[0]["alt"] == text.alt
    assert page.text("strong") == " ".join(text.headline.split())
    assert " ".join(text.note.split()) in page.text("p")
    assert "<i>unit</i>" in page.text("caption")
    assert '=cmd()<script>"' in page.text("th")
    assert '"><img src=x onerror=alert(1)>' in page.text("td")
    assert "{{ 7 * 7 }}{% raw %}" in page.text("td")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_is_text_in_markdown(hostile, lang):
    text = hostile.charts[lang].spec.text(lang)
    picture = f"labor-stated-incomes.{lang}.page.png"
    page = shown_md(texts.markdown(hostile, lang, picture))
    assert {name for name, _ in page.tags} <= {
        "h1",
        "p",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    (image,) = page.of("img")
    assert image["src"] == picture
    assert image["alt"] == " ".join(text.alt.split())
    assert page.text("h1") == " ".join(text.headline.split())
    assert " ".join(text.note.split()) in page.text("p")
    data = hostile.charts[lang].spec.data
    assert len(page.of("td")) == data.size
    assert "| cell | `code` *stars* _line_ ~~no~~" in page.text("td")
    assert "](javascript:alert(1))![x](y)" in page.text("td")


def test_hostile_text_is_text_in_the_readme(hostile):
    page = shown_md(texts.readme(hostile, {"labor-stated-incomes.csv": "0" * 64}))
    assert {name for name, _ in page.tags} <= {
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "pre",
    }
    assert page.text("h2").startswith(" ".join(hostile.charts["en"].spec.en.headline.split()))
    assert all(attrs["href"].startswith("http") for attrs in page.of("a"))


@pytest.mark.parametrize(
    "text",
    [
        "# x",
        "1. x",
        "1) x",
        "- x",
        "+ x",
        "=== x",
        "> x",
        "*x*",
        "a_b_c",
        "[x](y)",
        "<b>",
        "&amp;",
        "`x`",
        "~~x~~",
        "\\*",
        "a|b",
        "770.5万",
        "$1$",
    ],
)
def test_markdown_shows_a_text_as_it_is(text):
    page = shown_md(texts.escaped(text).encode())
    assert [name for name, _ in page.tags] == ["p"]
    assert page.text("p") == text


def test_markdown_shortens_a_long_table_and_says_so(exhibit_of):
    page = shown_md(
        texts.markdown(
            exhibit_of("labor-typical-earnings"), "en", "labor-typical-earnings.en.page.png"
        )
    )
    rows = len(exhibit_of("labor-typical-earnings").charts["en"].spec.data)
    assert len(page.of("tr")) == texts.MOST_ROWS + 1
    assert (
        f"The first {texts.MOST_ROWS} of {rows} rows; all are in labor-typical-earnings.csv."
        in page.text("p")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_alt_text_alone(scorecard, lang):
    assert (
        texts.alt_text(scorecard, lang).decode("utf-8")
        == scorecard.charts[lang].spec.text(lang).alt + "\n"
    )


FILES = {
    "channels-scorecard.csv": b"a",
    "channels-scorecard.en.alt.txt": b"b",
    "channels-scorecard.zh.page.png": b"c",
    "channels-scorecard.en.web.plain.svg": "0" * 64,
    "channels-scorecard.csl.json": b"d",
    "channels-scorecard.zh.xlsx": b"e",
}


def test_the_readme_says_in_both_languages_what_each_file_is_for(scorecard):
    text = texts.readme(scorecard, FILES).decode("utf-8")
    for use in (
        "`channels-scorecard.zh.page.png` | 中文：报告版心宽度；PNG，通用格式",
        "`channels-scorecard.en.web.plain.svg` | English: web pages; SVG, sharp at any size, for web pages and drawing programs; marks only: put headline, note and source beside it",
        "`channels-scorecard.en.alt.txt` | English: the alt text alone",
        "`channels-scorecard.csl.json` | citations for Zotero",
        "`channels-scorecard.zh.xlsx` | 中文：可编辑的图，数据及各列说明",
    ):
        assert use in text
    for lang in LANGUAGES:
        chart = scorecard.charts[lang]
        assert all(
            part in text
            for part in (
                chart.spec.text(lang).headline,
                chart.spec.text(lang).alt,
                chart.sources[lang].replace("\u00a0", " "),
            )
        )
    sums = dict(
        reversed(line.split("  "))
        for line in re.findall(r"^[0-9a-f]{64}  \S+$", texts.manifest(FILES).decode(), re.M)
    )
    assert list(sums) == sorted(FILES)
    assert not re.search(r"[0-9a-f]{64}", text)
    assert "](channels-scorecard.zh.page.png)" in text
    assert sums["channels-scorecard.csv"] == hashlib.sha256(b"a").hexdigest()
    assert sums["channels-scorecard.en.web.plain.svg"] == "0" * 64
    assert text == texts.readme(scorecard, dict(reversed(FILES.items()))).decode("utf-8")


def test_a_contradicted_figure_may_not_be_said_alone(scorecard, records):
    assert "7.71 million" in "\n".join(file_guide.may_say(scorecard, "en"))
    assert "grade X" not in "\n".join(file_guide.may_not_say(scorecard, "en"))
    grades = records.claims["grade"].where(
        records.claims["claim_id"] != "scio-2021.ecommerce-jobs", "X"
    )
    changed = dataclasses.replace(records, claims=records.claims.assign(grade=grades))
    contradicted = make_exhibit("channels-scorecard", changed)
    may, may_not = (
        "\n".join(rows(contradicted, "en")) for rows in (file_guide.may_say, file_guide.may_not_say)
    )
    assert "contracted purchases reaching 42 billion yuan" in may
    assert "grade B" in may
    assert "7.71 million" not in may
    assert "grade X alone (scio-2021.ecommerce-jobs)" in may_not
    assert "our calculation" in may_not
    assert "amounts are nominal" in may_not
    in_zh = "\n".join(file_guide.may_not_say(contradicted, "zh"))
    assert "official figures:" not in in_zh
    assert "证据等级为X的数字（scio-2021.ecommerce-jobs）" in in_zh


def test_what_is_published_is_not_called_our_calculation(exhibit_of):
    said = "\n".join(file_guide.may_not_say(exhibit_of("register-people-counts"), "en"))
    assert "as published" in said
    assert "our calculation" not in said
    assert "nominal" not in said


def test_a_chart_of_the_whole_register_does_not_list_every_figure(exhibit_of, records):
    assert list(file_guide.may_say(exhibit_of("register-evidence-grades"), "en"))[1].startswith(
        f"What each of the {len(records.claims)} figures"
    )


def test_every_readme_names_its_files_and_every_file_has_a_use(exhibit_of):
    exhibit = exhibit_of("canton-fair-shares")
    for name in Order(sizes=("page", "column"), variants=("framed", "plain")).names(
        "canton-fair-shares"
    ):
        if name != "README.md":
            for lang in LANGUAGES:
                assert file_guide.use("canton-fair-shares", name, lang) != name, name
    assert b"canton-fair-shares.en.md" in texts.readme(exhibit, {"canton-fair-shares.en.md": b""})


def test_a_readme_is_short(exhibit_of):
    exhibit = exhibit_of("canton-fair-shares")
    text = texts.readme(exhibit, dict.fromkeys(Order().names(exhibit.chart_id), "0" * 64)).decode()
    assert len(text.splitlines()) < 90
    english, chinese = text.split("## ")[1:][::4]
    assert "canton-fair-shares.zh." not in english.replace("citation", "")
    assert "canton-fair-shares.en." not in chinese
    assert text.count("canton-fair-shares.citation.txt") == 4, "in both tables and both last lines"


def test_citation_files_agree(scorecard):
    files = dict(texts.citations(scorecard))
    assert list(files) == [
        "channels-scorecard.citation.txt",
        "channels-scorecard.bib",
        "channels-scorecard.csl.json",
    ]
    items = json.loads(files["channels-scorecard.csl.json"])
    assert (
        [one["id"] for one in items]
        == re.findall(r"@misc\{([^,]+),", files["channels-scorecard.bib"].decode())
        == ["channels-scorecard", "scio-2021"]
    )
    text = files["channels-scorecard.citation.txt"].decode("utf-8")
    assert all(one["title"] in text for one in items)
    assert "[DS]//" in text
    assert "[EB/OL]" in text
    assert items[1]["URL"] in text


MAKE = """
import hashlib, locale, sys, time
locale.setlocale(locale.LC_ALL, "")
from analysis.publish import metadata, texts
from analysis.publish.office import sheets
from analysis.publish.exhibit import make_exhibit
from analysis.records.load import load
one = make_exhibit("labor-stated-incomes", load())
files = {"labor-stated-incomes.csv": sheets.data_csv(one)}
for lang in ("en", "zh"):
    picture = f"labor-stated-incomes.{lang}.page.png"
    made = {"xlsx": sheets.data_xlsx(one, lang), "html": texts.snippet(one, lang, picture), "md": texts.markdown(one, lang, picture), "alt.txt": texts.alt_text(one, lang)}
    files |= {f"labor-stated-incomes.{lang}.{name}": content for name, content in made.items()}
files |= dict(texts.citations(one))
files["labor-stated-incomes.json"] = metadata.metadata_json(one, files)
files["README.md"] = texts.readme(one, files)
for name, content in files.items():
    print(hashlib.sha256(content).hexdigest(), name)
print(time.tzname[0], file=sys.stderr)
"""


@pytest.mark.full
def test_two_processes_with_other_settings_make_the_same_bytes():
    settings = [
        {"TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C", "PYTHONHASHSEED": "77", "PYTHONUTF8": "0"},
    ]
    runs = [
        subprocess.run(
            [sys.executable, "-c", MAKE],
            env=os.environ | one,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        for one in settings
    ]
    assert runs[0].stderr != runs[1].stderr, "the time zone had no effect"
    assert runs[0].stdout == runs[1].stdout
    assert len(runs[0].stdout.splitlines()) == 14
