"""The data of a chart as CSV, and with its words and sources as a workbook."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis import RELEASED, __version__
from analysis.plotting.spec import neutral
from analysis.provenance.citation import AUTHORS, PROJECT, cite_chart
from analysis.publish.chart_basis import (
    LICENCE_ADDRESS,
    LICENCE_TITLE,
    claims_used,
    grade_words,
    processing,
    series_used,
    studies_used,
)
from analysis.publish.exhibit import Bundle
from analysis.publish.reader_table import OPEN, YES, codes_in, is_number
from analysis.words.catalogue import check_language, locale
from analysis.words.labels import TIMES, column_words, price_words, unit_label
from analysis.words.wording import display_width, stated

SHEETS = {"en": ("Data", "Notes"), "zh": ("数据", "说明")}
FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
LONGEST_CELL = 32_767  # characters that a cell of Excel can hold
WIDTHS = (9, 42)  # narrowest and widest column of data, in characters
NOTE_WIDTHS = (36, 110)
HEADER_ROWS = 2  # words, then the names of the CSV
THOUSANDS = 1000
_DIGITS = 12  # as in the CSV: those that every machine agrees on
_LABELS = {
    "en": {
        "headline": "Headline",
        "subtitle": "Subtitle",
        "note": "Note",
        "source": "Source",
        "alt": "Alt text",
        "unit": "Unit of the values",
        "price": "Price basis",
        "processing": "Processing",
        "licence": "Licence",
        "cite": "How to cite",
        "id": "Chart",
        "digest": "Digest of the data",
        "cells": "Reading the cells",
        "plotted": "{said} (plotted)",
        "columns": "Columns of the data",
        "codes": "Codes in the data",
        "claims": "Official figures used",
        "series": "Context series used",
        "studies": "Studies used",
        "said": "“{quoted}” ({said}). {document}, paragraph {paragraph}; said {date}. Evidence grade {grade}: {why}.",
        "by": "{title}. Unit {unit}.",
        "read": "Empty: not known or not applicable. “{low}”, “{high}”: the official figure leaves that end open. Numbers have at most 12 digits, as in the CSV.",
        "data": "First 12 characters of the SHA-256 of the CSV: {digest}",
    },
    "zh": {
        "headline": "标题",
        "subtitle": "副标题",
        "note": "注",
        "source": "资料来源",
        "alt": "替代文本",
        "unit": "数值单位",
        "price": "价格口径",
        "processing": "数据处理",
        "licence": "许可协议",
        "cite": "引用格式",
        "id": "图表",
        "digest": "数据校验",
        "cells": "单元格说明",
        "plotted": "{said}（绘入图中）",
        "columns": "数据各列",
        "codes": "数据中的代码",
        "claims": "所用官方数字",
        "series": "所用背景序列",
        "studies": "所用研究",
        "said": "{said}（原文：“{quoted}”）。{document}，第{paragraph}段；发布于{date}。证据等级{grade}：{why}。",
        "by": "{title}。单位：{unit}。",
        "read": "空白：未知或不适用。“{low}”“{high}”：官方数字未给出该端。数字最多保留12位有效数字，与CSV文件相同。",
        "data": "CSV文件SHA-256的前12个字符：{digest}",
    },
}


def data_csv(bundle: Bundle) -> bytes:
    """The data as CSV, in UTF-8 without a byte-order mark.

    Without it the SHA-256 of the file begins with the digest that the citation names, and every tool
    reads the first column's name right. Excel takes such a file for another encoding when it is opened
    by a double click; for Excel there is the workbook.
    """
    return bundle.charts["en"].spec.csv().encode("utf-8")


def data_xlsx(bundle: Bundle, lang: str) -> bytes:
    """The data and all notes as a workbook: the same bytes every time, no formula and no link in any cell.

    Parameters
    ----------
    bundle : Bundle
    lang : {"en", "zh"}
        Language of everything but the names of columns, codes and titles of sources.
    """
    buffer, data, notes = io.BytesIO(), *SHEETS[check_language(lang)]
    base = {"font_name": FONTS[lang], "font_size": 10, "valign": "top"}
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": base,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(_properties(bundle, lang))
        book.set_custom_property("Language", locale(lang))
        book.set_custom_property("Licence", LICENCE_ADDRESS)
        _data_sheet(book, book.add_worksheet(data), bundle, lang)
        _notes_sheet(book, book.add_worksheet(notes), bundle, lang)
    return buffer.getvalue()


def _properties(bundle: Bundle, lang: str) -> dict[str, object]:
    text = bundle.charts[lang].spec.text(lang)
    return {
        "title": text.headline,
        "subject": text.subtitle,
        "author": AUTHORS,
        "company": PROJECT,
        "category": bundle.chart_id,
        "keywords": f"{bundle.chart_id}, {__version__}",
        "comments": f"{text.note}\n{bundle.charts[lang].sources[lang]}",
        "created": datetime.fromisoformat(RELEASED),
    }


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """A text as text: never a formula, a link or a number, and never one when it is copied into a CSV."""
    safe = neutral(text)
    sheet.write_string(
        row, column, safe if len(safe) <= LONGEST_CELL else f"{safe[: LONGEST_CELL - 1]}…", style
    )


def _data_sheet(book: Workbook, sheet: Worksheet, bundle: Bundle, lang: str) -> None:
    """One row per mark under two header rows: what each column holds, and its name in the CSV."""
    data = bundle.charts[lang].spec.data
    wrapped = {"text_wrap": True, "bottom": 1, "bg_color": "#EEF2F7"}
    words, names = (
        book.add_format({"bold": True, **wrapped}),
        book.add_format({"italic": True, "font_color": "#4B5563", **wrapped}),
    )
    for place, name in enumerate(data.columns):
        values = list(data[name])
        said = column_words(bundle.chart_id, str(name), lang)
        style = book.add_format({"num_format": _number_format(str(name), values)})
        sheet.set_column(place, place, _width(said, str(name), values), style)
        _write(sheet, 0, place, said, words)
        _write(sheet, 1, place, str(name), names)
        for row, value in enumerate(values, HEADER_ROWS):
            _cell(sheet, (row, place), value, style, lang)
    sheet.freeze_panes(HEADER_ROWS, 0)
    sheet.autofilter(HEADER_ROWS - 1, 0, HEADER_ROWS - 1 + len(data), len(data.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADER_ROWS - 1)


def _cell(
    sheet: Worksheet, place: tuple[int, int], value: object, style: Format, lang: str
) -> None:
    if is_number(value) and math.isfinite(value):
        sheet.write_number(*place, float(f"{value:.{_DIGITS}g}"), style)
    elif is_number(value):
        if value == value:
            _write(sheet, *place, OPEN[lang][value > 0], style)
    elif str(value) in ("True", "False"):
        _write(sheet, *place, YES[lang][str(value) == "True"], style)
    elif value is not None and value == value and str(value):
        _write(sheet, *place, str(value), style)


def _number_format(name: str, values: list[object]) -> str:
    """Thousands apart where a column holds large numbers; years and decimals as they are."""
    sizes = [abs(value) for value in values if is_number(value) and math.isfinite(value)]
    return "#,##0" if sizes and max(sizes) >= THOUSANDS and name not in TIMES else "General"


def _width(said: str, name: str, values: list[object]) -> float:
    """Wide enough for the name and the cells; the words above may wrap."""
    cells = [14 if isinstance(value, float) else display_width(str(value)) for value in values]
    narrowest, widest = WIDTHS
    return min(max(narrowest, display_width(said) / 3, display_width(name) + 4, *cells), widest)


def _notes_sheet(book: Workbook, sheet: Worksheet, bundle: Bundle, lang: str) -> None:
    """What must be known to read and to cite the data, one matter a row."""
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True}),
    )
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
    for column, width in enumerate(NOTE_WIDTHS):
        sheet.set_column(column, column, width)
    for row, (label, text) in enumerate(_notes(bundle, lang)):
        if text is None:
            _write(sheet, row, 0, label, heading)
            sheet.write_blank(row, 1, None, heading)
        else:
            _write(sheet, row, 0, label, bold)
            _write(sheet, row, 1, text, wrap)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _notes(bundle: Bundle, lang: str) -> Iterator[tuple[str, str | None]]:
    """Label and text of each note; a heading has no text."""
    chart, words = bundle.charts[lang], _LABELS[lang]
    spec, text = chart.spec, chart.spec.text(lang)
    cited = cite_chart(chart)
    yield from ((words[name], getattr(text, name)) for name in ("headline", "subtitle", "note"))
    yield words["source"], chart.sources[lang]
    yield words["alt"], text.alt
    yield words["unit"], unit_label(spec.unit, lang)
    yield words["price"], price_words(spec.price_basis, lang)
    yield words["processing"], processing(bundle, lang)
    yield words["licence"], f"{LICENCE_TITLE[lang]} {LICENCE_ADDRESS}"
    yield words["cite"], cited.text if lang == "en" else cited.text_zh
    yield words["id"], bundle.chart_id
    yield words["digest"], words["data"].format(digest=spec.digest())
    yield words["cells"], words["read"].format(low=OPEN[lang][0], high=OPEN[lang][1])
    yield words["columns"], None
    for name in map(str, spec.data.columns):
        said = column_words(bundle.chart_id, name, lang)
        yield name, words["plotted"].format(said=said) if name in spec.values else said
    if codes := codes_in(bundle, lang):
        yield words["codes"], None
    yield from codes.items()
    yield from _sources(bundle, lang)


def _sources(bundle: Bundle, lang: str) -> Iterator[tuple[str, str | None]]:
    """Claims with document, paragraph and address; series with publishers and references."""
    words = _LABELS[lang]
    if claims := claims_used(bundle):
        yield words["claims"], None
    for claim, source in ((one.claim, one.source) for one in claims):
        document = getattr(source, f"short_{lang}")
        why = grade_words(claim.grade, lang)
        said = words["said"].format(
            quoted=claim.as_stated,
            said=stated(claim, lang),
            document=document,
            paragraph=claim.paragraph,
            date=source.event_date,
            grade=claim.grade,
            why=why,
        )
        yield claim.claim_id, f"{said}\n{source.title}. {source.publisher}. {source.url}"
    if series := series_used(bundle):
        yield words["series"], None
    for one in series:
        yield (
            one.series_id,
            "\n".join(
                [
                    words["by"].format(title=one.called(lang), unit=unit_label(one.unit, lang)),
                    *map(str, one.references),
                ]
            ),
        )
    if studies := studies_used(bundle):
        yield words["studies"], None
    for citation, address in studies:
        yield citation, address
