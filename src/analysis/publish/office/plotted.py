"""What a chart shows, as series of points with words: the same for a slide and for a workbook."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.plotting.form import INDEX, Form, open_ends
from analysis.plotting.registry import SIMULATION
from analysis.plotting.style import CALCULATED, CATEGORIES, MUTED, REPORTED, SCENARIO
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases
from analysis.publish.reader_table import is_number, words_for
from analysis.words.catalogue import LANGUAGES
from analysis.words.labels import TIMES, column_words
from analysis.words.units import unit_on_chart
from analysis.words.wording import number, percent, rounded

SHARE = "share"  # how units of parts of 1 begin
SERIES_COLORS = (*CATEGORIES, MUTED)


@dataclass(frozen=True)
class Point:
    """A point of a series: its name or place, value, ends (None where open or unknown), words and colour."""

    at: str | float
    value: float | None
    low: float | None = None
    high: float | None = None
    words: str = ""
    color: str = ""


@dataclass(frozen=True)
class Series:
    """Points of one name and colour; ``ranged`` if their ends are a part of the chart."""

    name: str
    color: str
    points: tuple[Point, ...]
    ranged: bool


@dataclass(frozen=True)
class Plotted:
    """All series of a chart in a language.

    Parameters
    ----------
    form : Form
    series : tuple of Series
    numeric : bool
        Whether points stand over numbers; otherwise all series have the same names.
    times : bool
        Whether these numbers are years.
    share : bool
        Whether values are parts of 1, said as percentages.
    x, y : str
        What stands along the bottom and what is measured.
    """

    form: Form
    series: tuple[Series, ...]
    numeric: bool
    times: bool
    share: bool
    x: str
    y: str


def plotted(exhibit: Exhibit, lang: str) -> Plotted | None:
    """What a chart shows in a language; None if it is handed on as a picture."""
    spec = exhibit.spec
    if spec.form is None:
        return None
    form, labels = spec.form, exhibit.text(lang).labels
    numeric = form.kind != "bars" and form.by != INDEX and all(map(is_number, spec.data[form.by]))
    x = (labels.get("x") or column_words(exhibit.chart_id, form.by, lang)) if numeric else ""
    y = labels.get("y") or ("" if numeric else labels.get("x"))
    if "y" in form.names:
        y = form.names["y"][LANGUAGES.index(lang)]
    series = tuple(_Reading(exhibit, form, words_for(exhibit, lang), numeric, lang).series())
    return Plotted(
        form,
        _level(series) if numeric and form.kind == "dots" else series,
        numeric,
        numeric and form.by in TIMES,
        spec.unit.startswith(SHARE),
        _tidy(x, lang),
        _tidy(y or unit_on_chart(spec.unit, lang), lang),
    )


def _level(series: tuple[Series, ...]) -> tuple[Series, ...]:
    """Dots of all series over the same numbers, without a value where a series has none; as they are where one has two."""
    found = [{point.at: point for point in one.points} for one in series]
    if any(len(own) < len(one.points) for own, one in zip(found, series, strict=True)):
        return series
    places = sorted({float(at) for own in found for at in own})
    return tuple(
        dataclasses.replace(one, points=tuple(own.get(at, Point(at, None)) for at in places))
        for own, one in zip(found, series, strict=True)
    )


def drawn(shown: Plotted, lang: str) -> str:
    """What the marks are, as the note speaks of those of the picture; nothing of stacked bars, which are alike."""
    if shown.form.stacked:
        return ""
    name = "drawn_ranges" if any(one.ranged for one in shown.series) else "drawn"
    return Phrases("native", lang)(name)


def _tidy(text: str, lang: str) -> str:
    """A label on one line, without the colon that leads to what stood behind it."""
    return " ".join(text.replace("\n", "" if lang == "zh" else " ").split()).rstrip(":：")


def _finite(value: Any) -> float | None:
    return float(value) if math.isfinite(value) else None


@dataclass(frozen=True)
class _Reading:
    """A chart whose data are read as series."""

    exhibit: Exhibit
    form: Form
    said: Callable[[str], str]  # words of a code
    numeric: bool
    lang: str

    def series(self) -> Iterator[Series]:
        """A series for each column of values, or for each part of the rows."""
        form, rows = self.form, self.exhibit.spec.data.reset_index(drop=True)
        parts = self._order(rows[form.split]) if form.split else [None]
        columns = form.values or self.exhibit.spec.values
        keys = [(column, part) for part in parts for column in columns]
        for place, (column, part) in enumerate(keys):
            own = rows if part is None else rows[rows[form.split] == part]
            points = tuple(self._points(column, own))
            if part is not None and not self.numeric:
                points = self._added(points, rows)
            key = column if part is None else part
            color = form.colors.get(key) or self._color(place, len(keys))
            yield Series(self._name(key), color, points, column in form.ranges)

    def _order(self, column: pd.Series) -> list[Any]:
        found, first = list(dict.fromkeys(column)), list(self.form.colors)
        return [one for one in first if one in found] + [one for one in found if one not in first]

    def _color(self, place: int, count: int) -> str:
        """By what the values are; several series have the colours of categories."""
        if count > 1:
            return str(SERIES_COLORS[place % len(SERIES_COLORS)])
        if self.exhibit.definition.basis == SIMULATION:
            return SCENARIO
        return str(REPORTED if self.exhibit.spec.published else CALCULATED)

    def _name(self, key: object) -> str:
        name, lang = str(key), self.lang
        if name in self.form.names:
            return str(self.form.names[name][LANGUAGES.index(lang)])
        if label := self.exhibit.text(lang).labels.get(name, ""):
            return _tidy(label, lang)
        if name in self.exhibit.spec.data.columns:
            return column_words(self.exhibit.chart_id, name, lang)
        return self.said(name)

    def _points(self, column: str, rows: pd.DataFrame) -> Iterator[Point]:
        form, labels = self.form, self.exhibit.text(self.lang).labels
        names, single = form.ranges.get(column), len(form.values or self.exhibit.spec.values) == 1
        for row in rows.itertuples():
            key, value = getattr(row, form.by), _finite(getattr(row, column))
            words = labels.get(f"{column}:{key}") or (single and labels.get(f"value:{key}")) or ""
            low, high = None, None
            if names:
                ends = [float(getattr(row, name)) for name in names]
                opens = open_ends(row, *ends)
                low, high = (
                    None if is_open else _finite(end)
                    for is_open, end in zip(opens, ends, strict=True)
                )
                words = words or ("" if value is None else self._open(low, high))
            at = float(key) if self.numeric else self.said(str(key))
            color = form.color(row) if form.color else ""
            yield Point(at, value, low, high, _tidy(words, self.lang), color)

    def _open(self, low: float | None, high: float | None) -> str:
        """What must be said of a point with an open end."""
        if (low is None) == (high is None):
            return "" if high is not None else Phrases("native", self.lang)("neither")
        way, end = ("down", low) if low is not None else ("up", high)
        in_words = percent if self.exhibit.spec.unit.startswith(SHARE) else number
        value = in_words(rounded(end or 0.0, way), self.lang)
        return Phrases("native", self.lang)("at_least" if way == "down" else "at_most", value=value)

    def _added(self, points: tuple[Point, ...], rows: pd.DataFrame) -> tuple[Point, ...]:
        """A point for every name: values of one name added, 0 where the series has none."""
        total: dict[str | float, float] = {}
        for one in points:
            total[one.at] = total.get(one.at, 0.0) + (one.value or 0.0)
        names = dict.fromkeys(self.said(str(key)) for key in rows[self.form.by])
        return tuple(Point(name, total.get(name, 0.0)) for name in names)
