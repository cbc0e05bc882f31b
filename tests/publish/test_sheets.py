"""The CSV and the workbook: what they hold, and that no cell of theirs does anything."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import zipfile
from datetime import datetime

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils.escape import unescape

from analysis import RELEASED
from analysis.plotting.spec import neutral
from analysis.publish.office.native import LONGEST_CELL
from analysis.publish.office.sheets import data_csv, data_xlsx
from analysis.records.errors import AnalysisError
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import stated

pytestmark = pytest.mark.usefixtures("white")  # no test here looks at a picture
RISKY = tuple("=+-@\t\r\n＝＋－＠")


def opened(exhibit, lang):
    return openpyxl.load_workbook(io.BytesIO(data_xlsx(exhibit, lang)))


def notes_of(exhibit, lang):
    rows = opened(exhibit, lang)[{"en": "Notes", "zh": "说明"}[lang]].iter_rows(values_only=True)
    return {label: text for label, text in rows}


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@A1", "'@A1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\nx"),
        ("a\r=1", "a\n=1"),
        ("\nx", "'\nx"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("1+1", "1+1"),
        ("−5%", "−5%"),
        ("", ""),
        (" ", " "),
        ("a=b", "a=b"),
    ],
)
def test_a_text_that_could_run_gets_an_apostrophe(text, safe):
    assert neutral(text) == safe


def test_csv_is_the_data_and_its_sha256_begins_with_the_digest_that_is_cited(scorecard):
    content, spec = data_csv(scorecard), scorecard.charts["en"].spec
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\n")
    assert b"\r" not in content
    assert hashlib.sha256(content).hexdigest().startswith(spec.digest())
    again = pd.read_csv(io.BytesIO(content), keep_default_na=True)
    assert list(again.columns) == list(spec.data.columns)
    pd.testing.assert_series_equal(
        again["people_high"], spec.data["people_high"], check_names=False
    )


def test_csv_runs_nothing_in_cells_or_header(hostile):
    rows = list(csv.reader(io.StringIO(data_csv(hostile).decode("utf-8"), newline="")))
    assert len(rows) == len(hostile.charts["en"].spec.data) + 1
    texts = [row[0] for row in rows] + rows[0]
    assert not [text for text in texts if text.startswith(RISKY)]
    assert texts[1] == "<script>alert(1)</script>"
    assert rows[0][1] == "'=cmd()<script>\""
    assert [row[0] for row in rows[1:]] == [
        neutral(text) for text in hostile.charts["en"].spec.data["what"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_data_sheet_holds_typed_numbers_under_words_and_names(scorecard, lang):
    sheet, data = (
        opened(scorecard, lang)[{"en": "Data", "zh": "数据"}[lang]],
        scorecard.charts[lang].spec.data,
    )
    words, units, names, *rows = sheet.iter_rows(values_only=True)
    coded = [name for name in names if name.endswith(f".{lang}")]
    assert names[: len(coded)] == tuple(coded) == (f"what.{lang}", f"kind.{lang}")
    assert set(names) - set(coded) == set(data.columns)
    assert names[-2:] == ("what", "kind"), "codes are last"
    at = names.index("people")
    assert words[at] == {"en": "people", "zh": "人数"}[lang]
    assert units[at] == {"en": "people", "zh": "人"}[lang]
    assert sheet.freeze_panes == "B4"
    assert sheet.auto_filter.ref == f"A3:L{len(data) + 3}"
    assert len(rows) == len(data)
    first = dict(zip(names, rows[0], strict=True))
    assert first["what"] == "ecommerce-jobs"
    assert first[f"what.{lang}"] == {"en": "E-commerce, work", "zh": "电商，创业就业"}[lang]
    assert first["people"] == 7_710_000
    assert isinstance(first["people"], (int, float))
    assert first["income"] is None
    housekeeping = dict(zip(names, rows[2], strict=True))
    assert housekeeping["people_high"] == {"en": "no upper end", "zh": "无上限"}[lang]
    assert sheet.cell(4, at + 1).number_format == "#,##0"
    assert sheet.column_dimensions["A"].width > 12


def test_years_have_no_thousands_separator(exhibit_of):
    sheet = opened(exhibit_of("context-implied-denominator"), "en")["Data"]
    assert sheet["A4"].value == 2011
    assert sheet["A4"].number_format == "General"
    assert sheet["B4"].number_format == "#,##0"


def test_numbers_of_every_workbook_are_those_of_the_csv(exhibit_of):
    for exhibit in map(exhibit_of, definitions()):
        names, *rows = opened(exhibit, "en")["Data"].iter_rows(min_row=3, values_only=True)
        plain = list(csv.DictReader(io.StringIO(data_csv(exhibit).decode("utf-8"), newline="")))
        assert set(plain[0]) <= set(names), exhibit.chart_id
        for cells, line in zip(rows, plain, strict=True):
            row = dict(zip(names, cells, strict=True))
            for name, text in line.items():
                if isinstance(cell := row[name], (int, float)):
                    assert float(text) == cell, (exhibit.chart_id, name)
                elif cell in ("no upper end", "no lower end"):
                    assert math.isinf(float(text))
                else:
                    assert (cell or "") == {"True": "yes", "False": "no"}.get(text, text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_say_what_must_be_known(scorecard, records, lang):
    notes, chart = notes_of(scorecard, lang), scorecard.charts[lang]
    text = chart.spec.text(lang)
    for words in (text.headline, text.subtitle, text.note, text.alt, chart.sources[lang]):
        assert words in notes.values()
    everything = "\n".join(filter(None, notes.values()))
    assert chart.spec.digest() in everything
    assert "https://creativecommons.org/licenses/by/4.0/" in everything
    claim, source = records.claim("scio-2021.labor-income"), records.source("scio-2021")
    said = notes["scio-2021.labor-income"]
    for part in (
        {"en": claim.as_stated, "zh": "原文：“人均年收入超过10万元”"}[lang],
        stated(claim, lang),
        source.url,
        source.title,
        {"en": "paragraph 13", "zh": "英文稿第13段"}[lang],
    ):
        assert part in said
    assert "CCTV" in notes["mofcom-labour-plan-people"]
    assert notes["people"].startswith({"en": "people (plotted)", "zh": "人数（绘入图中）"}[lang])
    assert notes["housekeeping-plan"] == {"en": "Plan: housekeeping", "zh": "计划：家政"}[lang]


def test_notes_call_a_series_in_the_language_of_the_workbook(exhibit_of):
    english, chinese = (
        notes_of(exhibit_of("labor-income-over-time"), lang)["cn-migrant-wage"]
        for lang in LANGUAGES
    )
    assert "Earnings of all migrant workers" in english
    assert "农民工月均收入，当年价" not in english
    assert "农民工月均收入，当年价" in chinese
    assert "Earnings of all migrant workers" not in chinese


@pytest.mark.parametrize("lang", LANGUAGES)
def test_workbook_has_document_properties(scorecard, lang):
    book, text = opened(scorecard, lang), scorecard.charts[lang].spec.text(lang)
    assert (book.properties.title, book.properties.subject) == (text.headline, text.subtitle)
    assert book.properties.creator == "The Commerce Poverty Notebooks authors"
    assert text.note in book.properties.description
    assert book.properties.created == datetime.fromisoformat(RELEASED) == book.properties.modified
    assert {one.name: one.value for one in book.custom_doc_props.props} == {
        "Language": {"en": "en", "zh": "zh-CN"}[lang],
        "Licence": "https://creativecommons.org/licenses/by/4.0/",
    }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_cell_of_a_hostile_workbook_does_anything(hostile, lang):
    content = data_xlsx(hostile, lang)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".png")]
        parts = {name: archive.read(name).decode("utf-8") for name in names}
    assert not [
        name
        for name, part in parts.items()
        if name.startswith("xl/") and ("<f>" in part or "<f " in part or "yperlink" in part)
    ]
    cells = [
        cell
        for sheet in opened(hostile, lang)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert not [
        cell.coordinate for cell in cells if cell.hyperlink or cell.data_type not in ("s", "n")
    ]
    assert not [
        cell.value[:9]
        for cell in cells
        if cell.data_type == "s" and unescape(cell.value).startswith(RISKY)
    ]
    shown = [unescape(cell.value) for cell in cells if cell.data_type == "s"]
    for text in hostile.charts[lang].spec.data["what"][:-1]:
        if text != "_x0041_":
            assert neutral(text) in shown
    long = {text for text in shown if text.startswith("long ")}
    assert [(len(text), text[-1]) for text in long] == [(LONGEST_CELL, "…")]
    _, names, *rows = opened(hostile, lang).worksheets[2].iter_rows(min_row=2, values_only=True)
    column = [row[names.index("high")] for row in rows]
    assert column[:4] == [
        {"en": "no upper end", "zh": "无上限"}[lang],
        {"en": "no lower end", "zh": "无下限"}[lang],
        None,
        0.3,
    ]


def test_another_language_is_refused(scorecard):
    with pytest.raises(AnalysisError, match="unknown language 'fr'"):
        data_xlsx(scorecard, "fr")
