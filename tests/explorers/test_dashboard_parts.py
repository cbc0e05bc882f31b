"""The parts of the dashboard without a browser: sections, languages, and files that are those of an export."""

import base64
import io
import re
import zipfile
from html import unescape

import pandas as pd
import pytest
from PIL import Image

from analysis.publish.app.address import ignored, parts_of, state_of
from analysis.publish.app.parts import CHARTS, FORMS, Chooser, Dashboard
from analysis.publish.app.taking import TAKEN, taken
from analysis.publish.chart_file import MIME, chart_file
from analysis.publish.export import export_charts
from analysis.publish.order import SIZE_NAMES, Order
from analysis.records.errors import AnalysisError, ExportError, UnknownIdError
from analysis.themes.charts import definitions
from analysis.themes.explorers import explorers
from analysis.verbs.explore import explore

CHART = "ecommerce-distinct-people"


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """A folder of one chart as ``analysis export`` writes it."""
    out = tmp_path_factory.mktemp("exports")
    list(
        export_charts(
            [CHART], out, Order(("en", "zh"), (*FORMS, "json"), ("page", "column")), processes=1
        )
    )
    return out / CHART


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", ["page", "column"])
def test_a_file_is_that_of_the_export_to_the_byte(records, exported, lang, form, size):
    made = chart_file(records, CHART, lang=lang, form=form, size=size)
    assert made.content == (exported / made.name).read_bytes()
    assert made.mime == MIME[form]


@pytest.mark.parametrize(
    ("chart", "choice", "error", "said"),
    [
        (
            CHART,
            {"lang": "en", "form": "html"},
            ExportError,
            "'html' is no file that stands alone; allowed are png, svg",
        ),
        (
            CHART,
            {"lang": "en", "form": "png", "size": "poster"},
            ExportError,
            "'poster' is no size",
        ),
        (CHART, {"lang": "fr", "form": "png"}, AnalysisError, "unknown language 'fr'"),
        (
            "ecommerce",
            {"lang": "en", "form": "png"},
            UnknownIdError,
            "there is no chart 'ecommerce'",
        ),
    ],
)
def test_a_file_that_cannot_be_is_refused(records, chart, choice, error, said):
    with pytest.raises(error, match=re.escape(said)):
        chart_file(records, chart, **choice)


def test_every_chart_can_be_chosen(records):
    chooser, offered = Chooser(records), []
    for _, topic in chooser.inputs["topic"].options:
        offered += [name for _, name in chooser._charts(topic)]
    assert sorted(offered) == sorted(definitions())
    assert tuple(MIME) == FORMS
    assert {name for _, name in chooser.inputs["size"].options} == set(SIZE_NAMES)


def test_the_chooser_offers_the_file_that_it_shows(records):
    chooser = Chooser(records)
    chooser.inputs["topic"].value = "03_ecommerce_reach"
    chooser.inputs["chart"].value = CHART
    chooser.inputs["form"].value = "csv"
    wanted = chart_file(records, CHART, lang="en", form="csv")
    assert chooser.file == wanted
    assert f'download="{CHART}.csv"' in chooser.link.value
    assert base64.b64decode(re.search(r"base64,([^\"]+)", chooser.link.value)[1]) == wanted.content
    chooser.inputs["size"].value = "column"
    chooser.say_in("zh")
    assert chooser.inputs["size"].value == "column"
    assert ("幻灯片", "slide") in chooser.inputs["size"].options
    assert chooser.inputs["chart"].value == CHART
    assert chooser.inputs["lang"].value == "zh"
    assert "下载" in chooser.link.value


def test_a_choice_that_is_refused_is_answered_with_a_sentence(records):
    chooser = Chooser(records)
    chooser.inputs["size"].options = [*SIZE_NAMES, "poster"]
    chooser.inputs["size"].value = "poster"
    assert "&#x27;poster&#x27; is no size" in chooser.link.value
    assert not chooser.picture.value
    assert chooser.file is None


def test_sections_are_made_when_opened_and_keep_their_state(records):
    board = Dashboard(records)
    assert list(board.made) == [next(iter(explorers()))] == ["deflators"]
    board.sections.value = "canton-fair-ratio"
    board.made["canton-fair-ratio"].inputs["sessions"].value = 4
    board.sections.value = "deflators"
    board.language.value = "zh"
    assert set(board.made) == {"canton-fair-ratio", "deflators"}
    assert board.made["deflators"].lang == "zh"
    board.sections.value = "canton-fair-ratio"
    assert board.made["canton-fair-ratio"].state["sessions"] == 4
    assert board.made["canton-fair-ratio"].lang == "zh"
    assert board.sections.options[-1] == ("下载图表", CHARTS)
    assert 'lang="zh-CN"' in board.head.value


# addresses


def address(board):
    """The address that the page shows."""
    return unescape(re.search(r'data-address="([^"]*)"', board.address.value)[1])


def test_an_address_opens_the_same_again(records):
    """Every section, moved away from its defaults, in both languages."""
    first = Dashboard(records)
    assert address(first) == (
        "?show=deflators&series=cn-povarea-inc&deflator=national+CPI&base_year=2016&lang=en"
    )
    moves = {
        "canton-fair-ratio": {"sessions": 5, "reading": "next digit"},
        "denominators": {"statistic": "cn-migrant-n", "year": 2015},
        CHARTS: {"form": "csv", "lang": "zh"},
    }
    second = Dashboard(records)
    for lang, (section, moved) in zip(["zh", "en", "zh"], moves.items(), strict=True):
        first.language.value, first.sections.value = lang, section
        for name, value in moved.items():
            first.made[section].inputs[name].value = value
        second.follow(address(first).removeprefix("?"))
        assert second.sections.value == section
        assert second.lang == lang
        assert address(second) == address(first)
        assert second.ignored.value == ""
        chosen = [
            {name: one.value for name, one in board.made[section].inputs.items()}
            for board in (first, second)
        ]
        assert chosen[0] == chosen[1]
        assert moved.items() <= chosen[1].items()


def test_what_an_address_asks_for_and_is_not_there_is_left_out_with_one_sentence(records):
    board = Dashboard(records)
    board.follow("show=canton-fair-ratio&sessions=99&rate=nan&reading=next+digit&x=%3Cb%3E&lang=fr")
    assert (
        board.made["canton-fair-ratio"].state
        == explore("canton-fair-ratio", reading="next digit").state
    )
    assert board.lang == "en"
    (said,) = re.findall(r"<p [^>]*>(.*?)</p>", board.ignored.value)
    assert said == (
        "The address asks for what is not here; this part of it was left out: "
        "sessions=99; rate=nan; x=&lt;b&gt;…"
    )
    board.made["canton-fair-ratio"].inputs["sessions"].value = 3
    assert board.ignored.value == "", "it is of the past once something else is shown"
    board.follow("show=none&lang=zh")
    assert "网址中的这一部分在本页没有对应内容，已略去：show=none" in board.ignored.value
    controls, start = board.made["canton-fair-ratio"].controls, explore("canton-fair-ratio").state
    for query in ("sessions=inf", "sessions=1e999", "sessions=", "&&&", "%ff=%fe", "a=1&" * 99):
        state, left = state_of(controls, parts_of(query))
        assert state == start, query
        assert bool(left) == (query != "&&&")
    assert len(ignored(parts_of("x=" + "y" * 9000), "en")) < 150


def test_a_pair_that_cannot_be_is_not_opened_by_an_address(records):
    board = Dashboard(records)
    board.follow("show=denominators&claim=scio-2021.border-people&statistic=labour-stock-abroad")
    assert board.made["denominators"].state["statistic"] == "cn-rpov-n-2010std"
    assert "now stands at “rural poor”" in board.made["denominators"].told.value


def test_a_phone_gets_a_picture_for_a_phone(records):
    board = Dashboard(records)
    board.follow("show=labor-earnings&room=narrow")
    (data,) = re.findall(r"base64,([^\"]+)", board.made["labor-earnings"].picture.value)
    shown = board.made["labor-earnings"].shown
    assert base64.b64decode(data) == shown.png("narrow") != shown.png("plain")
    assert "room" not in address(board)


# taken along


def test_every_result_can_be_taken_along_with_what_was_chosen(records):
    for lang, chosen in (("en", "Chosen here: months paid"), ("zh", "此处选定：在外领薪月数")):
        shown = explore("labor-earnings", months=10.5, household=4, lang=lang)
        files = {form: taken(records, shown, form) for form in TAKEN}
        assert [one.name for one in files.values()] == [
            f"labor-earnings.{lang}.{form}" for form in TAKEN
        ]
        picture = Image.open(io.BytesIO(files["png"].content))
        plain = Image.open(io.BytesIO(shown.png("plain")))
        assert picture.width / 300 == 6.25
        assert picture.height / picture.width > plain.height / plain.width, "words stand around it"
        drawing = "".join(re.findall(r">([^<>]+)<", files["svg"].content.decode()))
        with zipfile.ZipFile(io.BytesIO(files["docx"].content)) as package:
            report = re.sub(r"<[^>]+>", "", package.read("word/document.xml").decode())
        for text in (drawing, report):
            assert chosen[:12] in re.sub(r"\s+", " ", text).replace("\u00a0", " ")
            assert {"en": "10.5 months", "zh": "10.5个月"}[lang] in text.replace("\u00a0", " ")
        assert files["csv"].content.startswith(b"\xef\xbb\xbf") == (lang == "zh")
        frame = pd.read_csv(io.BytesIO(files["csv"].content), encoding="utf-8-sig")
        assert frame.iloc[:, 2].tolist() == pytest.approx(shown.frame["value"].tolist())
        assert set(frame.iloc[:, 6]) == {{"en": "10.5 months", "zh": "10.5个月"}[lang]}
        assert frame.iloc[0, 4] != frame.iloc[0, 4], "an open end is empty"


def test_a_file_is_of_what_is_shown(records):
    board = Dashboard(records)
    section = board.made["deflators"]
    section.taking.buttons["csv"].click()
    assert 'download="deflators.en.csv"' in section.taking.link.value
    section.inputs["base_year"].value = 2013
    assert (section.taking.link.value, section.taking.file) == ("", None)
    board.language.value = "zh"
    section.taking.buttons["csv"].click()
    assert section.taking.file == taken(records, section.shown, "csv")
    assert section.taking.file.name == "deflators.zh.csv"


def test_a_word_file_of_a_chart_can_be_chosen(records):
    chooser = Chooser(records)
    chooser.inputs["form"].value = "docx"
    assert chooser.file.name == f"{chooser.inputs['chart'].value}.en.docx"
    assert zipfile.is_zipfile(io.BytesIO(chooser.file.content))
    assert "Download (Word, " in chooser.link.value
