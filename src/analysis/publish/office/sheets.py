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
from analysis.publish.chart_basis import (
    LICENCE_ADDRESS,
    claims_used,
    licence_title,
    processing,
    series_used,
    studies_used,
)
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases, grade_words, quotation, said_on, speaker
from analysis.publish.reader_table import codes_in, is_number, open_end, yes_or_no
from analysis.records.collection import collection
from analysis.words.catalogue import locale
from analysis.words.labels import TIMES, column_words, price_words
from analysis.words.units import unit_label
from analysis.words.wording import display_width, stated

LONGEST_CELL = 32_767  # characters that a cell of Excel can hold
WIDTHS = (9, 42)  # narrowest and widest column of data, in characters
NOTE_WIDTHS = (36, 110)
HEADER_ROWS = 2  # words, then the names of the CSV
THOUSANDS = 1000
_DIGITS = 12  # as in the CSV: those that every machine agrees on


def data_csv(exhibit: Exhibit) -> bytes:
    """The data as CSV, in UTF-8 without a byte-order mark.

    Without it the SHA-256 of the file begins with the digest that the citation names, and every tool
    reads the first column's name right. Excel takes such a file for another encoding when it is opened
    by a double click; for Excel there is the workbook.
    """
    return exhibit.spec.csv().encode("utf-8")


def data_xlsx(exhibit: Exhibit, lang: str) -> bytes:
    """The data and all notes as a workbook: the same bytes every time, no formula and no link in any cell.

    Parameters
    ----------
    exhibit : Exhibit
    lang : {"en", "zh"}
        Language of everything but the names of columns, codes and titles of sources.
    """
    buffer, said = io.BytesIO(), Phrases("workbook", lang)
    base = {"font_name": said("font"), "font_size": 10, "valign": "top"}
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": base,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(_properties(exhibit, lang))
        book.set_custom_property("Language", locale(lang))
        book.set_custom_property("Licence", LICENCE_ADDRESS)
        data, notes = map(book.add_worksheet, said.each("sheets"))
        _data_sheet(book, data, exhibit, lang)
        _notes_sheet(book, notes, exhibit, lang)
    return buffer.getvalue()


def _properties(exhibit: Exhibit, lang: str) -> dict[str, object]:
    text = exhibit.text(lang)
    return {
        "title": text.headline,
        "subject": text.subtitle,
        "author": collection().authors,
        "company": collection().title,
        "category": exhibit.chart_id,
        "keywords": f"{exhibit.chart_id}, {__version__}",
        "comments": f"{text.note}\n{exhibit.source(lang)}",
        "created": datetime.fromisoformat(RELEASED),
    }


def _write(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """A text as text: never a formula, a link or a number, and never one when it is copied into a CSV."""
    safe = neutral(text)
    sheet.write_string(
        row, column, safe if len(safe) <= LONGEST_CELL else f"{safe[: LONGEST_CELL - 1]}…", style
    )


def _data_sheet(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    """One row per mark under two header rows: what each column holds, and its name in the CSV."""
    data = exhibit.spec.data
    wrapped = {"text_wrap": True, "bottom": 1, "bg_color": "#EEF2F7"}
    words = book.add_format({"bold": True, **wrapped})
    names = book.add_format({"italic": True, "font_color": "#4B5563", **wrapped})
    for place, name in enumerate(data.columns):
        values = list(data[name])
        said = column_words(exhibit.chart_id, str(name), lang)
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
            _write(sheet, *place, open_end(value, lang), style)
    elif str(value) in ("True", "False"):
        _write(sheet, *place, yes_or_no(str(value) == "True", lang), style)
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


def _notes_sheet(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    """What must be known to read and to cite the data, one matter a row."""
    bold, wrap = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"text_wrap": True}),
    )
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
    for column, width in enumerate(NOTE_WIDTHS):
        sheet.set_column(column, column, width)
    for row, (label, text) in enumerate(_notes(exhibit, lang)):
        if text is None:
            _write(sheet, row, 0, label, heading)
            sheet.write_blank(row, 1, None, heading)
        else:
            _write(sheet, row, 0, label, bold)
            _write(sheet, row, 1, text, wrap)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _notes(exhibit: Exhibit, lang: str) -> Iterator[tuple[str, str | None]]:
    """Label and text of each note; a heading has no text."""
    said, spec, text = Phrases("workbook", lang), exhibit.spec, exhibit.text(lang)
    yield from {
        said("headline"): text.headline,
        said("subtitle"): text.subtitle,
        said("note"): text.note,
        said("source"): exhibit.source(lang),
        said("alt"): text.alt,
        said("unit"): unit_label(spec.unit, lang),
        said("price"): price_words(spec.price_basis, lang),
        said("processing"): processing(exhibit, lang),
        said("licence"): f"{licence_title(lang)} {LICENCE_ADDRESS}",
        said("cite"): exhibit.citation.text_in(lang),
        said("id"): exhibit.chart_id,
        said("digest"): said("data", digest=spec.digest()),
        said("cells"): said("read", low=open_end(-math.inf, lang), high=open_end(math.inf, lang)),
        said("columns"): None,
    }.items()
    for name in map(str, spec.data.columns):
        column = column_words(exhibit.chart_id, name, lang)
        yield name, said("plotted", said=column) if name in spec.values else column
    if codes := codes_in(exhibit, lang):
        yield said("codes"), None
    yield from codes.items()
    yield from _sources(exhibit, lang)


def _sources(exhibit: Exhibit, lang: str) -> Iterator[tuple[str, str | None]]:
    """Claims with document, paragraph and address; series with publishers and references."""
    said = Phrases("workbook", lang)
    if claims := claims_used(exhibit):
        yield said("claims"), None
    for claim, source in ((one.claim, one.source) for one in claims):
        words = said(
            "said",
            quotation=quotation(claim, lang),
            said=stated(claim, lang),
            document=getattr(source, f"short_{lang}"),
            paragraph=claim.paragraph,
            speaker=speaker(lang, claim.speaker),
            date=said_on(lang, claim.said_on),
            grade=claim.grade,
            why=grade_words(claim.grade, lang),
        )
        yield claim.claim_id, f"{words}\n{source.title}. {source.publisher}. {source.url}"
    if series := series_used(exhibit):
        yield said("series"), None
    for one in series:
        words = said("by", title=one.called(lang), unit=unit_label(one.unit, lang))
        yield one.series_id, "\n".join([words, *map(str, one.references)])
    if studies := studies_used(exhibit):
        yield said("studies"), None
    yield from studies
