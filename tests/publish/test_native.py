"""Charts that can be edited, read back out of a deck and workbooks: counted, compared with the CSV, in the order of the schema."""

import csv
import dataclasses
import io
import math
import zipfile

import openpyxl
import pptx
import pytest
from lxml import etree

from analysis.plotting.form import Form, open_ends
from analysis.publish.office.native import ChartData
from analysis.publish.office.plotted import plotted
from analysis.publish.office.sheets import data_csv, data_xlsx
from analysis.publish.office.slides import slide_deck
from analysis.themes.charts import definitions
from analysis.words.wording import digits_format

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# ECMA-376, part 1, section 21.2 (DrawingML charts): the order of the children of an element
ORDER = {
    "chartSpace": ("date1904 lang roundedCorners style chart spPr txPr externalData "),
    "chart": ("title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs "),
    "plotArea": ("layout barChart lineChart scatterChart valAx catAx valAx spPr "),
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    "lineChart": "grouping varyColors ser dLbls marker axId",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "ser": (
        "idx order tx spPr invertIfNegative marker dPt dLbls trendline errBars cat xVal "
        "val yVal smooth "
    ),
    "dPt": "idx invertIfNegative marker bubble3D spPr",
    "dLbls": (
        "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName "
        "showPercent showBubbleSize "
    ),
    "dLbl": (
        "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
        "showSerName showPercent showBubbleSize "
    ),
    "errBars": "errDir errBarType errValType noEndCap plus minus val spPr",
    "catAx": (
        "axId scaling delete axPos majorGridlines title numFmt majorTickMark "
        "minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset "
    ),
    "valAx": (
        "axId scaling delete axPos majorGridlines title numFmt majorTickMark tickLblPos "
        "spPr txPr crossAx crosses crossBetween "
    ),
    "scaling": "logBase orientation max min",
    "legend": "legendPos layout overlay",
    "title": "tx layout overlay",
}
NATIVE_AT_LEAST = 30  # of the charts; the others are pictures


@pytest.fixture(scope="module")
def every(exhibit_of):
    return [exhibit_of(chart_id) for chart_id in definitions()]


@pytest.fixture(scope="module")
def decks(every):
    """A deck of every chart in each language, with white pictures."""
    from PIL import Image

    from analysis.publish.office import shared

    buffer = io.BytesIO()
    Image.new("RGB", (64, 36), "white").save(buffer, "png")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            shared, "pictures", lambda chart, forms, *, size, variant: {"png": buffer.getvalue()}
        )
        return {
            lang: pptx.Presentation(io.BytesIO(slide_deck(every, lang))) for lang in ("en", "zh")
        }


def charts_in(deck):
    """Every chart object of a deck by the identifier in its name."""
    return {
        shape.name.removeprefix("Chart "): shape.chart
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart
    }


def rows_of_csv(exhibit):
    return list(csv.DictReader(io.StringIO(data_csv(exhibit).decode())))


def plotted_in_csv(exhibit):
    """Values of each series as the CSV has them, without what the code under test does."""
    form, rows = exhibit.spec.form, rows_of_csv(exhibit)
    parts = list(dict.fromkeys(row[form.split] for row in rows)) if form.split else [None]
    found = []
    for part in parts:
        own = [row for row in rows if part is None or row[form.split] == part]
        for column in form.values or exhibit.spec.values:
            numbers = [float(row[column]) if row[column] else None for row in own]
            if form.stacked:
                names = dict.fromkeys(row[form.by] for row in rows)
                numbers = [
                    sum(float(row[column]) for row in own if row[form.by] == name) for name in names
                ]
            found.append(tuple(number for number in numbers if number is not None))
    return sorted(found)


def test_every_chart_with_a_form_is_a_chart_object_and_no_other(decks, every):
    wanted = {one.chart_id for one in every if one.spec.form}
    assert len(wanted) >= NATIVE_AT_LEAST
    for deck in decks.values():
        assert set(charts_in(deck)) == wanted
        pictures = [
            shape.name
            for slide in deck.slides
            for shape in slide.shapes
            if shape._element.tag.endswith("}pic")
        ]
        assert len(pictures) == len(every) - len(wanted)


def test_values_of_a_chart_are_those_of_its_csv(decks, every):
    for lang, deck in decks.items():
        found = charts_in(deck)
        for one in every:
            if one.spec.form is None:
                continue
            series = [
                tuple(value for value in line.values if value is not None)
                for plot in found[one.chart_id].plots
                for line in plot.series
            ]
            for line, wanted in zip(sorted(series), plotted_in_csv(one), strict=True):
                assert line == pytest.approx(wanted, rel=1e-11, abs=0), (one.chart_id, lang)


def test_what_other_programs_take_otherwise_than_excel_is_said(decks):
    """LibreOffice and PowerPoint draw an empty cell as 0, LibreOffice reads no label from a cell and loses a series after a longer one."""
    for deck in decks.values():
        for chart_id, chart in charts_in(deck).items():
            root = chart._chartSpace
            assert [one.get("val") for one in root.iter(f"{C}dispBlanksAs")] == ["gap"], chart_id
            assert not [
                one for one in root.iter(f"{C}dLbl") if one.find(f".//{C}strRef") is not None
            ]
            lengths = [len(list(one.values)) for plot in chart.plots for one in plot.series]
            assert lengths == sorted(lengths, reverse=True), chart_id


def test_the_embedded_workbook_holds_what_the_chart_shows(decks):
    for deck in decks.values():
        for chart_id, chart in charts_in(deck).items():
            blob = chart.part.chart_workbook.xlsx_part.blob
            book = openpyxl.load_workbook(io.BytesIO(blob))
            (sheet,) = book.worksheets
            for reference in chart._chartSpace.iter(f"{C}numRef", f"{C}strRef"):
                name, _, cells = reference.findtext(f"{C}f").rpartition("!")
                assert name.strip("'") == sheet.title
                block = sheet[cells.replace("$", "")]
                flat = [block] if not isinstance(block, tuple) else [row[0] for row in block]
                cached = {
                    int(point.get("idx")): point.findtext(f"{C}v")
                    for point in reference.iter(f"{C}pt")
                }
                assert int(reference.find(f".//{C}ptCount").get("val")) == len(flat)
                for place, cell in enumerate(flat):
                    said = cached.get(place)
                    if isinstance(cell.value, (int, float)):
                        assert float(said) == pytest.approx(cell.value, rel=1e-12), chart_id
                    else:
                        assert (said or None) == cell.value, (chart_id, cells)


def test_an_open_or_unknown_end_has_no_bar_and_is_said(decks, every):
    seen = set()
    for lang, deck in decks.items():
        for one in (one for one in every if one.spec.form and one.spec.form.ranges):
            form, chart = one.spec.form, charts_in(deck)[one.chart_id]
            series = [
                line._element
                for plot in chart.plots
                for line in plot.series
                if line._element.find(f"{C}errBars") is not None
            ]
            assert len(series) == len(form.ranges)
            names = [name for name in (form.values or one.spec.values) if name in form.ranges]
            for element, column in zip(series, names, strict=True):
                ends = {
                    side: {
                        int(point.get("idx")): float(point.findtext(f"{C}v"))
                        for point in element.iterfind(f"{C}errBars/{C}{side}//{C}pt")
                    }
                    for side in ("minus", "plus")
                }
                said = [point.findtext(f"{C}v") for point in element.iterfind(f"{C}cat//{C}pt")]
                for place, row in enumerate(one.spec.data.itertuples()):
                    value = getattr(row, column)
                    low, high = (float(getattr(row, name)) for name in form.ranges[column])
                    opens = open_ends(row, low, high)
                    assert (place in ends["minus"]) == (not opens[0] and math.isfinite(low))
                    assert (place in ends["plus"]) == (not opens[1] and math.isfinite(high))
                    if place in ends["minus"]:
                        below = max(value - low, 0)
                        assert ends["minus"][place] == pytest.approx(
                            below, rel=1e-9, abs=1e-9 * value
                        )
                    if place in ends["plus"]:
                        above = max(high - value, 0)
                        assert ends["plus"][place] == pytest.approx(
                            above, rel=1e-9, abs=1e-9 * value
                        )
                    if any(opens) and math.isfinite(value):
                        words = said[place].split("\n")[1:]
                        assert words, (one.chart_id, lang, said[place])
                        seen.add((lang, opens))
    assert {opens for _, opens in seen} == {(False, True), (True, False), (True, True)}


def test_a_least_value_is_called_at_least(decks):
    for lang, words in (("en", "at least 0.79%"), ("zh", "至少0.79%")):
        (plot,) = charts_in(decks[lang])["canton-fair-shares"].plots
        assert next(iter(plot.categories)).split("\n")[1] == words


def test_a_row_without_words_gets_them_where_an_end_is_open(exhibit_of):
    made = exhibit_of("canton-fair-shares")
    bare = {
        lang: dataclasses.replace(
            chart,
            spec=dataclasses.replace(
                chart.spec,
                labels={},
                **{
                    code: dataclasses.replace(chart.spec.text(code), labels={})
                    for code in ("en", "zh")
                },
            ),
        )
        for lang, chart in made.charts.items()
    }
    points = plotted(dataclasses.replace(made, charts=bare), "en").series[0].points
    assert points[0].words == "at least 0.79%"
    assert points[2].words == "", "both its ends are known"
    assert (points[0].high, points[2].low is None) == (None, False)


def test_the_xml_is_in_the_order_of_the_schema(decks):
    for deck in decks.values():
        for chart_id, chart in charts_in(deck).items():
            for element in chart._chartSpace.iter():
                name = etree.QName(element).localname
                if name not in ORDER or not element.tag.startswith(C):
                    continue
                if name == "tx":
                    continue
                wanted = ORDER[name].split()
                children = [etree.QName(child).localname for child in element]
                assert set(children) <= set(wanted), (chart_id, name, children)
                places = [wanted.index(child) for child in children]
                if name != "plotArea":
                    assert places == sorted(places), (chart_id, name, children)
            turns = [one.get("rot") for one in chart._chartSpace.iter() if one.get("rot")]
            assert all(abs(int(turn)) <= 90 * 60_000 for turn in turns), chart_id
            languages = {one.get("lang") for one in chart._chartSpace.iter() if one.get("lang")} | {
                chart._chartSpace.find(f"{C}lang").get("val")
            }
            assert len(languages) == 1
            assert chart._chartSpace.find(f"{C}externalData") is not None


def test_colours_are_those_of_the_theme(decks):
    shown = etree.tostring(charts_in(decks["en"])["canton-fair-shares"]._chartSpace).decode()
    assert 'schemeClr val="accent2"' in shown
    with zipfile.ZipFile(io.BytesIO(_saved(decks["en"]))) as package:
        themes = [package.read(name).decode() for name in package.namelist() if "/theme/" in name]
    assert all("C2410C" in theme and "12436D" in theme for theme in themes)


def _saved(deck):
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_holds_the_chart_with_the_values_of_the_csv(exhibit_of, lang):
    for chart_id in ("canton-fair-shares", "measures-instruments", "context-implied-denominator"):
        exhibit = exhibit_of(chart_id)
        content = data_xlsx(exhibit, lang)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
        assert len(sheet._charts) == 1
        assert sheet["A1"].value == exhibit.text(lang).headline
        assert sheet["A2"].value == exhibit.text(lang).subtitle
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            root = etree.fromstring(package.read("xl/charts/chart1.xml"))
        series = [
            tuple(
                float(point.findtext(f"{C}v"))
                for kind in ("val", "yVal")
                for point in one.iterfind(f"{C}{kind}//{C}pt")
            )
            for one in root.iter(f"{C}ser")
        ]
        for line, wanted in zip(sorted(series), plotted_in_csv(exhibit), strict=True):
            assert line == pytest.approx(wanted, rel=1e-11)


def test_a_workbook_of_a_chart_without_a_form_holds_the_picture(white, scorecard):
    assert scorecard.spec.form is None
    sheet = openpyxl.load_workbook(io.BytesIO(data_xlsx(scorecard, "en"))).worksheets[1]
    assert (len(sheet._charts), len(sheet._images)) == (0, 1)


def test_hostile_words_stay_words_in_a_chart(hostile):
    form, spec = Form("bars", "what", ("number",)), hostile.charts["en"].spec
    data = spec.data.set_axis(["what", "number", "high", "flag"], axis=1)
    spec = dataclasses.replace(spec, form=form, data=data)
    charts = {lang: dataclasses.replace(chart, spec=spec) for lang, chart in hostile.charts.items()}
    data = ChartData(plotted(dataclasses.replace(hostile, charts=charts), "en"), "en")
    root = etree.fromstring(data.xml_bytes(None))
    names = [point.findtext(f"{C}v") for point in root.iterfind(f".//{C}cat//{C}pt")]
    assert names[0] == '"><img src=x onerror=alert(1)>', "what the labels call it"
    sheet = openpyxl.load_workbook(io.BytesIO(data.xlsx_blob)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_numbers_have_three_digits():
    assert digits_format([0.00837, 0.0355], share=True) == "0.0%"
    assert digits_format([0.5, 1.0], share=True) == "0%"
    assert digits_format([12_345.6], share=False) == "#,##0"
    assert digits_format([0.00123], share=False) == "0.00000"
    assert digits_format([3.0, 5.0], share=False) == "0"
    assert digits_format([], share=False) == "0"


def test_a_form_names_columns_of_its_data(every):
    for one in every:
        if one.spec.form:
            assert one.spec.form.columns <= set(one.spec.data.columns), one.chart_id
