"""The data of a chart as CSV, and with its words and sources as a workbook."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from analysis import RELEASED, __version__
from analysis.plotting.spec import ChartSpec
from analysis.plotting.style import MUTED, SIZES
from analysis.publish.chart_basis import (
    LICENCE_ADDRESS,
    claims_used,
    licence_title,
    processing,
    series_used,
    studies_used,
)
from analysis.publish.exhibit import Exhibit
from analysis.publish.office.native import cell_text, native_chart, new_book, write_points
from analysis.publish.office.plotted import SHARE, drawn, plotted
from analysis.publish.office.shared import picture
from analysis.publish.phrases import Phrases, grade_words, quotation, said_on, speaker
from analysis.publish.reader_table import codes_in, columns_in, is_number, open_end, yes_or_no
from analysis.records.collection import collection
from analysis.records.files import png_size
from analysis.words.catalogue import locale
from analysis.words.labels import TIMES, column_words, price_words
from analysis.words.units import unit_label
from analysis.words.wording import digits_format, display_width, stated

WIDTHS = (9, 42)  # narrowest and widest column of data, in characters
NOTE_WIDTHS = (36, 110)
ALL_WIDTHS, LONGEST_SHEET = (6, 70, 70, 24, 8, 36), 31  # of the contents; letters of a name
HEADER_ROWS = 3  # words, units, then the names of the CSV
TABLE_GAP = 3  # rows before what follows the titles or the notes
CHART_PIXELS, ROW_PIXELS = (960, 440), 20
_DIGITS = 12  # as in the CSV: those that every machine agrees on


def data_csv(exhibit: Exhibit) -> bytes:
    """The data as CSV, in UTF-8 without a byte-order mark.

    Without it the SHA-256 of the file begins with the digest that the citation names, and every tool
    reads the first column's name right. Excel takes such a file for another encoding when it is opened
    by a double click; for Excel there is the workbook.
    """
    return exhibit.spec.csv().encode("utf-8")


def data_xlsx(exhibit: Exhibit, lang: str) -> bytes:
    """The chart, its data and all notes as a workbook: the same bytes every time, no formula and no link in any cell.

    Parameters
    ----------
    exhibit : Exhibit
    lang : {"en", "zh"}
        Language of everything but the names of columns, codes and titles of sources.
    """
    buffer, said = io.BytesIO(), Phrases("workbook", lang)
    with new_book(buffer, said("font")) as book:
        book.set_properties(_properties(exhibit, lang))
        book.set_custom_property("Language", locale(lang))
        book.set_custom_property("Licence", LICENCE_ADDRESS)
        contents, chart, data, notes = map(book.add_worksheet, said.each("sheets"))
        contents.fit_to_pages(1, 0)
        _contents_sheet(book, contents, exhibit, lang)
        _chart_sheet(book, chart, exhibit, lang)
        _data_sheet(book, data, exhibit, lang)
        _notes_sheet(book, notes, exhibit, lang)
    return buffer.getvalue()


def all_xlsx(exhibits: Sequence[Exhibit], lang: str) -> bytes:
    """The data of all charts in one workbook: a sheet of contents that leads to the others, and a sheet for each chart."""
    buffer, said = io.BytesIO(), Phrases("workbook", lang)
    with new_book(buffer, said("font")) as book:
        book.set_properties({"title": said("all_title"), "comments": said("all_holds")})
        book.set_custom_property("Language", locale(lang))
        contents = book.add_worksheet(said.each("sheets")[0])
        bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7"})
        wrap, link = book.add_format({"text_wrap": True}), book.get_default_url_format()
        for column, (name, width) in enumerate(zip(said.each("all_head"), ALL_WIDTHS, strict=True)):
            contents.set_column(column, column, width)
            _write(contents, 0, column, name, bold)
        for row, exhibit in enumerate(exhibits, 1):
            sheet = book.add_worksheet(f"{row:02} {exhibit.chart_id}"[:LONGEST_SHEET])
            text = exhibit.text(lang)
            contents.write_url(row, 0, f"internal:'{sheet.name}'!A1", link, str(row))
            unit = unit_label(exhibit.spec.unit, lang)
            for column, cell in enumerate((text.headline, text.subtitle, unit), 1):
                _write(contents, row, column, cell, wrap)
            contents.write_number(row, 4, len(exhibit.spec.data))
            _write(contents, row, 5, exhibit.chart_id)
            _data_sheet(book, sheet, exhibit, lang)
        contents.freeze_panes(1, 0)
        contents.fit_to_pages(1, 0)
        contents.set_landscape()
    return buffer.getvalue()


def _contents_sheet(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    """What the workbook is about, and what each sheet holds."""
    said = Phrases("workbook", lang)
    _titles(book, sheet, exhibit, lang)
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet.set_column(0, 0, NOTE_WIDTHS[0])
    sheet.set_column(1, 1, NOTE_WIDTHS[1])
    rows = zip(said.each("sheets"), said.each("holds"), strict=True)
    for row, (name, holds) in enumerate(rows, TABLE_GAP):
        _write(sheet, row, 0, name, bold)
        _write(sheet, row, 1, holds, wrap)


def _titles(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    text = exhibit.text(lang)
    _write(sheet, 0, 0, text.headline, book.add_format({"bold": True, "font_size": 14}))
    _write(sheet, 1, 0, text.subtitle, book.add_format({"font_color": MUTED}))


def _chart_sheet(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    """Title and subtitle, the chart under them, then note, source and the values; a picture where Excel cannot draw it."""
    text, shown = exhibit.text(lang), plotted(exhibit, lang)
    _titles(book, sheet, exhibit, lang)
    width, height = CHART_PIXELS
    if shown is None:
        made, dpi = picture(exhibit, lang, "page"), SIZES["page"].dpi
        wide, tall = png_size(made.getvalue())
        scale, height = width / wide * dpi / 96, round(tall * width / wide)
        options = {"image_data": made, "x_scale": scale, "y_scale": scale}
        sheet.insert_image(TABLE_GAP, 0, "chart.png", options | {"description": text.alt})
    row = TABLE_GAP + math.ceil(height / ROW_PIXELS) + 1
    _write(sheet, row, 0, Phrases("office", lang)("note") + text.note)
    _write(sheet, row + 1, 0, exhibit.source(lang))
    if shown is not None:
        _write(sheet, row + 2, 0, drawn(shown, lang))
        blocks = write_points(book, sheet, shown, lang, row + TABLE_GAP + 1)
        chart = native_chart(book, sheet, shown, blocks)
        chart.set_size({"width": width, "height": height})
        sheet.insert_chart(TABLE_GAP, 0, chart, {"description": text.alt})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


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
    """A text as text: never a formula, a link or a number."""
    sheet.write_string(row, column, cell_text(text), style)


def _data_sheet(book: Workbook, sheet: Worksheet, exhibit: Exhibit, lang: str) -> None:
    """One row per mark under three header rows: what each column holds, its unit, and its name in the CSV."""
    wrapped = {"text_wrap": True, "bottom": 1, "bg_color": "#EEF2F7"}
    words = book.add_format({"bold": True, **wrapped})
    small = book.add_format({"italic": True, "font_color": "#4B5563", **wrapped})
    columns = _columns(exhibit, lang)
    for place, one in enumerate(columns):
        style = book.add_format({"num_format": one.format})
        sheet.set_column(place, place, _width(one.said, one.name, one.values), style)
        for row, (text, look) in enumerate(
            ((one.said, words), (one.unit, small), (one.name, small))
        ):
            _write(sheet, row, place, text, look)
        for row, value in enumerate(one.values, HEADER_ROWS):
            _cell(sheet, (row, place), value, style, lang)
    count = len(exhibit.spec.data)
    sheet.freeze_panes(HEADER_ROWS, 1)
    sheet.autofilter(HEADER_ROWS - 1, 0, HEADER_ROWS - 1 + count, len(columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEADER_ROWS - 1)


@dataclass(frozen=True)
class Column:
    """A column of the data sheet: its name, words, unit, number format and cells."""

    name: str
    said: str
    unit: str
    format: str
    values: list[object]


def _columns(exhibit: Exhibit, lang: str) -> list[Column]:
    """Words of codes first, then values and texts, and last codes and the texts of the other language."""
    spec, own = exhibit.spec, set(columns_in(exhibit, lang))
    codes = codes_in(exhibit, lang)
    labels: list[Column] = []
    middle: list[Column] = []
    last: list[Column] = []
    units = _units(spec)
    for name in map(str, spec.data.columns):
        values, said = list(spec.data[name]), column_words(exhibit.chart_id, name, lang)
        unit = units.get(name, "")
        share = unit.startswith(SHARE)
        coded = any(isinstance(value, str) and value in codes for value in values)
        if coded:
            in_words = [
                codes.get(value, value) if isinstance(value, str) else value for value in values
            ]
            labels.append(Column(f"{name}.{lang}", said, "", "General", in_words))
        column = Column(
            name,
            said,
            unit and unit_label(unit, lang),
            _number_format(name, values, share=share),
            values,
        )
        (last if coded or name not in own else middle).append(column)
    return [*labels, *middle, *last]


def _units(spec: ChartSpec) -> dict[str, str]:
    """The unit of each column that is plotted, and of the ends of its ranges."""
    given = spec.unit.split("; ")
    units = dict(
        zip(spec.values, given if len(given) > 1 else given * len(spec.values), strict=True)
    )
    ranges = spec.form.ranges if spec.form else {}
    return units | {end: units[name] for name, pair in ranges.items() for end in pair}


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


def _number_format(name: str, values: list[object], *, share: bool) -> str:
    """Thousands apart, three digits, parts of 1 as percentages; years as they are."""
    numbers = [value for value in values if is_number(value) and math.isfinite(value)]
    return digits_format(numbers, share=share) if numbers and name not in TIMES else "General"


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
