"""The parts of the dashboard without a browser: sections, languages, and files that are those of an export."""

import base64
import re

import pytest

from analysis.publish.app.parts import CHARTS, FORMS, Chooser, Dashboard
from analysis.publish.chart_file import MIME, chart_file
from analysis.publish.export import export_charts
from analysis.publish.order import SIZE_NAMES, Order
from analysis.records.errors import AnalysisError, ExportError, UnknownIdError
from analysis.themes.charts import definitions
from analysis.themes.explorers import explorers

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
