"""The cells of a chart's data as a reader sees them: words for codes, numbers with their marks, open ends named."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import TypeGuard

import numpy as np

from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases
from analysis.words.catalogue import LANGUAGES, words
from analysis.words.labels import TIMES, column_words
from analysis.words.units import unit_label
from analysis.words.wording import READ_DIGITS, display_width, number, plain

TIME_DIGITS = 7  # of a year with decimals
ONE_LINE = 36  # letters of a cell that stay on one line


@dataclass(frozen=True)
class ReadingTable:
    """A chart's data for reading: headers in words, rows of text, which columns are numbers and which hold long texts."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    long: tuple[bool, ...]


def columns_in(exhibit: Exhibit, lang: str) -> list[str]:
    """The columns of a chart's data but for those that hold the words of the other language."""
    others = tuple(f"_{code}" for code in LANGUAGES if code != lang)
    return [str(name) for name in exhibit.spec.data.columns if not str(name).endswith(others)]


def reading_table(
    exhibit: Exhibit, lang: str, columns: Sequence[str] | None = None
) -> ReadingTable:
    """The data of a chart in a language: numbers with six digits, codes in the words of the chart."""
    data, names = exhibit.spec.data, _names(exhibit, lang)
    data = data if columns is None else data[list(columns)]
    rows = tuple(
        tuple(_cells(data.columns, row, names, lang))
        for row in data.itertuples(index=False, name=None)
    )
    numeric = tuple(all(is_number(value) for value in data[name]) for name in data.columns)
    long = tuple(
        any(display_width(text) > ONE_LINE for text in set(column))
        for column in zip(*rows, strict=True)
    )
    return ReadingTable(
        tuple(column_words(exhibit.chart_id, str(name), lang) for name in data.columns),
        rows,
        numeric,
        long,
    )


def _names(exhibit: Exhibit, lang: str) -> dict[str, str]:
    """Words for codes: those of the chart first, then short names of documents and titles of series, then the common ones."""
    records, labels = exhibit.records, exhibit.text(lang).labels
    documents = dict(
        zip(records.sources["source_id"], records.sources[f"short_{lang}"], strict=True)
    )
    named = {
        name.removeprefix("name:"): said
        for name, said in labels.items()
        if name.startswith("name:")
    }
    return {
        **words("publish.code", lang),
        **records.series_titles(lang),
        **documents,
        **named,
        **labels,
    }


def words_for(exhibit: Exhibit, lang: str) -> Callable[[str], str]:
    """Says the words that a reader sees in place of a code of a chart."""
    names = _names(exhibit, lang)
    return lambda text: _words(text, names, lang)


def codes_in(exhibit: Exhibit, lang: str) -> dict[str, str]:
    """Codes that stand in the data, with the words that a reader sees in their place."""
    names = _names(exhibit, lang)
    cells = (value for name in exhibit.spec.data for value in exhibit.spec.data[name])
    said = {text: _words(text, names, lang) for text in cells if isinstance(text, str)}
    return {text: words for text, words in said.items() if words != " ".join(text.split())}


def _cells(
    columns: Iterable[str], row: tuple[object, ...], names: Mapping[str, str], lang: str
) -> Iterator[str]:
    for name, value in zip(columns, row, strict=True):
        if is_number(value):
            yield number_words(value, lang, time=name in TIMES)
        elif isinstance(value, (bool, np.bool_)):
            yield yes_or_no(bool(value), lang)
        else:
            yield "" if value is None or value != value else _words(str(value), names, lang)


def _words(text: str, names: Mapping[str, str], lang: str) -> str:
    """A text cell in words, on one line."""
    said = names.get(text) or unit_label(text, lang)
    return " ".join(said.replace("\n", "" if lang == "zh" else " ").split())


def yes_or_no(value: bool, lang: str) -> str:
    """What a cell of yes and no says."""
    return Phrases("cell", lang)("yes" if value else "no")


def open_end(value: float, lang: str) -> str:
    """What stands in a cell in place of an infinite end."""
    return Phrases("cell", lang)("no_high" if value > 0 else "no_low")


def is_number(value: object) -> TypeGuard[float]:
    """Whether a cell is a number; yes and no are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def number_words(value: float, lang: str, *, time: bool = False) -> str:
    """A number for reading: at most six digits unless whole, an open end in words, nothing where none is known.

    Chinese counts in wan (万) and yi (亿).

    Parameters
    ----------
    value : number
    lang : {"en", "zh"}
    time : bool
        Whether it is a year or another mark of time, which is never given a thousands separator.

    Examples
    --------
    >>> number_words(7_710_000.0, "en"), number_words(2015, "en", time=True), number_words(float("inf"), "zh")
    ('7,710,000', '2015', '无上限')
    """
    known = float(value)
    if math.isnan(known):
        return ""
    if math.isinf(known):
        return open_end(known, lang)
    if time:
        return plain(float(f"{known:.{TIME_DIGITS}g}"), "zh")
    kept = known if known.is_integer() else float(f"{known:.{READ_DIGITS}g}")
    return number(kept, lang) if lang == "zh" else plain(kept)
