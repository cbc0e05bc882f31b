"""The cells of a chart's data as a reader sees them: words for codes, numbers with their marks, open ends named."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from numbers import Real

import numpy as np

from analysis.publish.exhibit import Bundle
from analysis.words.catalogue import check_language
from analysis.words.labels import TIMES, column_words, unit_label
from analysis.words.wording import READ_DIGITS, display_width, number, plain

TIME_DIGITS = 7  # of a year with decimals
ONE_LINE = 36  # letters of a cell that stay on one line
OPEN = {"en": ("no lower end", "no upper end"), "zh": ("无下限", "无上限")}
YES = {"en": ("no", "yes"), "zh": ("否", "是")}
_CODES = {
    "at least": ("at least", "至少"),
    "at most": ("at most", "至多"),
    "direction unknown": ("direction unknown", "方向不明"),
    "closed": ("both ends known", "两端均已知"),
    "high": ("upper end open", "上端无限"),
    "low": ("lower end open", "下端无限"),
    "both": ("both ends open", "两端均无限"),
    "China": ("China", "全国"),
    "poor counties": ("poor counties", "贫困县"),
    "rounding": ("within rounding", "在取整范围内"),
    "revised": ("revised", "已修订"),
    "printed": ("printed", "原文所印"),
    "difference": ("from a difference", "由差额推得"),
    "signed": ("signed", "签约"),
    "sold": ("sold", "售出"),
    "scale": ("for scale", "参照规模"),
    "reported": ("reported", "所述"),
    "planned": ("planned", "计划"),
    "part": ("in part", "部分"),
    "with": ("with central money", "有中央资金"),
    "without": ("without central money", "无中央资金"),
    "year": ("year", "年"),
    "month": ("month", "月"),
    "day": ("day", "日"),
    "step": ("other step", "其他步骤"),
    "measures": ("measures", "措施"),
    "pass": ("passed", "通过"),
    "warn": ("doubt", "存疑"),
    "conflict": ("conflict", "冲突"),
    "impact": ("impact", "成效"),
    "input": ("input", "投入"),
}


@dataclass(frozen=True)
class ReadingTable:
    """A chart's data for reading: headers in words, rows of text, which columns are numbers and which hold long texts."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    long: tuple[bool, ...]


def reading_table(bundle: Bundle, lang: str) -> ReadingTable:
    """The data of a chart in a language: numbers with six digits, codes in the words of the chart."""
    data, names = bundle.charts[lang].spec.data, _names(bundle, lang)
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
        tuple(column_words(bundle.chart_id, str(name), lang) for name in data.columns),
        rows,
        numeric,
        long,
    )


def _names(bundle: Bundle, lang: str) -> dict[str, str]:
    """Words for codes: those of the chart first, then short names of documents and titles of series, then the common ones."""
    records, labels = bundle.records, bundle.charts[lang].spec.text(lang).labels
    names = {code: words[lang == "zh"] for code, words in _CODES.items()}
    names |= records.series_titles(lang)
    names |= dict(zip(records.sources["source_id"], records.sources[f"short_{lang}"], strict=True))
    return (
        names
        | {
            name.removeprefix("name:"): words
            for name, words in labels.items()
            if name.startswith("name:")
        }
        | labels
    )


def codes_in(bundle: Bundle, lang: str) -> dict[str, str]:
    """Codes that stand in the data, with the words that a reader sees in their place."""
    data, names = bundle.charts[lang].spec.data, _names(bundle, lang)
    texts = dict.fromkeys(
        value for column in data.columns for value in data[column] if isinstance(value, str)
    )
    return {
        text: words
        for text in texts
        if (words := _words(text, names, lang)) != " ".join(text.split())
    }


def _cells(
    columns: Iterable[str], row: tuple[object, ...], names: Mapping[str, str], lang: str
) -> Iterator[str]:
    for name, value in zip(columns, row, strict=True):
        if is_number(value):
            yield number_words(value, lang, time=name in TIMES)
        elif isinstance(value, (bool, np.bool_)):
            yield YES[lang][bool(value)]
        else:
            yield "" if value is None or value != value else _words(str(value), names, lang)


def _words(text: str, names: Mapping[str, str], lang: str) -> str:
    """A text cell in words, on one line."""
    words = names.get(text) or unit_label(text, lang)
    return " ".join(words.replace("\n", "" if lang == "zh" else " ").split())


def is_number(value: object) -> bool:
    """Whether a cell is a number; yes and no are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def number_words(value: object, lang: str, *, time: bool = False) -> str:
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
    known = float(value)  # type: ignore[arg-type]
    if math.isnan(known):
        return ""
    if math.isinf(known):
        return OPEN[check_language(lang)][known > 0]
    if time:
        return plain(float(f"{known:.{TIME_DIGITS}g}"), "zh")
    kept = known if known.is_integer() else float(f"{known:.{READ_DIGITS}g}")
    return number(kept, lang) if lang == "zh" else plain(kept)
