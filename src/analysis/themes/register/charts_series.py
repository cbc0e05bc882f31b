"""The chart of any series over time: the best copies, a line for each place and definition."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.observed import printed_ends
from analysis.plotting.fitting import room
from analysis.plotting.form import Form
from analysis.plotting.layout import drawable, text_width
from analysis.plotting.marks import label, light_grid, numbers_on, open_end, whole_years
from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, POINTS
from analysis.records.load import Records
from analysis.records.periods import (
    FISCAL,
    TO,
    YEAR,
    decimal_year,
    first_day,
    last_day,
    of_years,
    period_words,
)
from analysis.records.series import best
from analysis.themes.register import NOTEBOOK
from analysis.themes.register.charts_values import price_basis
from analysis.words.catalogue import word
from analysis.words.chinese import in_chinese
from analysis.words.dates import day
from analysis.words.units import unit_on_chart
from analysis.words.wording import number, percent, rounded, unit_parts

PREFIX = "register-series-"
FROM_ZERO = ("stock", "flow", "cumulative")  # natures whose axis begins at zero
MOST_PLACES = len(CATEGORIES)
LONGEST = {"en": (90, 15), "zh": (40, 99)}  # characters and words of a headline
GAP = 1.5  # usual distances between two values, beyond which a line is not drawn
ARROW = 16  # points
NEAR = 2  # years: where all values lie within them, periods are said instead of years
MOST_TICKS = 4  # of such periods


def series_charts(records: Records) -> dict[str, ChartDefinition]:
    """A chart for each series with values at two times or more."""
    several = records.series.groupby("series_id", sort=False)["period_end"].nunique() > 1
    made = (of_series(str(name)) for name in several.index[several])
    return {one.chart_id: one for one in made}


def of_series(series_id: str, definition: str | None = None) -> ChartDefinition:
    """The definition of the chart of a series, or of its rows of one definition."""

    def over_time(records: Records) -> ChartSpec:
        return _spec(records, series_id, definition)

    return ChartDefinition(f"{PREFIX}{series_id}", NOTEBOOK, (), (series_id,), over_time)


def _spec(records: Records, series_id: str, definition: str | None) -> ChartSpec:
    rows = best(records, series_id, definition=definition, across=True)
    places = rows["geography"].value_counts(sort=True).index[:MOST_PLACES]
    rows = rows[rows["geography"].isin(places)].reset_index(drop=True)
    ends = [_ends(row) for row in rows.to_dict("records")]
    every, unit = of_years(_spans(rows)), str(rows["unit"].iloc[0])
    data = pd.DataFrame(
        {
            "place": rows["geography"],
            "definition": rows["definition"],
            "period": [period_words(*one) for one in _spans(rows)],
            "when": [_year(*one) if every else _middle(*one) for one in _spans(rows)],
            "value": rows["value"],
            "low": [low for _, low, _ in ends],
            "high": [high for _, _, high in ends],
        }
    ).sort_values(["place", "when"], kind="stable", ignore_index=True)
    index = records.series_index.set_index("series_id").loc[series_id]
    return ChartSpec(
        data=data,
        values=("value",),
        unit=unit,
        form=Form("dots", "when", ranges={"value": ("low", "high")}, split="place"),
        draw=lambda axes, spec, lang: _draw(axes, spec, lang, str(index["nature"]), every=every),
        price_basis=price_basis(unit),
        published=True,
        en=_text(data, index, unit, "en", every=every),
        zh=_text(data, index, unit, "zh", every=every),
    )


def _ends(row: dict[str, Any]) -> tuple[float, float, float]:
    """Value and ends of a row; a zero whose last digit is not stated is what it says."""
    return printed_ends(row) if row["value"] or row["last_digit"] else (0.0, 0.0, 0.0)


def _spans(rows: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = zip(rows["period_start"], rows["period_end"], strict=True)
    return [(start or end, end or start) for start, end in pairs]


def _year(start: str, end: str) -> float:
    return float((start if len(start) == 4 or start != end else end)[:4])


def _middle(start: str, end: str) -> float:
    days = (first_day(start), last_day(end) + dt.timedelta(days=1))
    return round(sum(decimal_year(day.isoformat()) for day in days) / 2 - 1 / 365.25, 3)


def _short(period: str, lang: str, *, every: str) -> str:
    """A period for a headline: its year, or its last month where it is dated otherwise."""
    end = period.split(TO)[-1]
    short = period if every == FISCAL else end[: 4 if every else 7]
    if lang == "en":
        return short
    if every == FISCAL:
        return f"{short}年度"
    return day(lang, short)


def _text(data: pd.DataFrame, index: pd.Series, unit: str, lang: str, *, every: str) -> Text:
    title = str(index["title" if lang == "en" else "title_zh"])
    one = data[data["place"] == data["place"].iloc[-1]]
    one = one[one["definition"] == one["definition"].iloc[-1]]
    first, last = one.iloc[0], one.iloc[-1]
    places = {
        name: in_chinese(name) if lang == "zh" else name for name in dict.fromkeys(data["place"])
    }
    start = data.loc[data["when"].idxmin(), "period"].split(TO)[0]
    end = data.loc[data["when"].idxmax(), "period"].split(TO)[-1]
    said = every or (YEAR if start[:4] != end[:4] else "")
    known = {
        "title": title,
        "place": places[one["place"].iloc[0]],
        "places": next(iter(places.values()))
        if len(places) == 1
        else word("over_time", "places", lang).format(len(places)),
        "start": _short(start, lang, every=said),
        "end": _short(end, lang, every=said),
        "unit": unit_on_chart(unit, lang),
        "money": word("values", "nominal", lang) if price_basis(unit) else "",
        "from": _amount(first, unit, lang),
        "number": _amount(first, unit, lang, whole=False),
        "to": _amount(last, unit, lang),
        "begin": _short(first["period"], lang, every=every),
        "until": _short(last["period"], lang, every=every),
        "count": len(data),
    }
    shape = "one" if len(one) == 1 else "several" if len(places) > 1 else "all"
    texts = [
        word("over_time", f"{name}_{shape}", lang).format(**known) for name in ("long", "short")
    ]
    most, words = LONGEST[lang]
    fits = [text for text in texts if len(text) <= most and len(text.split()) <= words]
    single = {
        "subtitle": "_one" if known["start"] == known["end"] else "",
        "alt": "_one" if len(data) == 1 else "",
    }
    parts = {
        name: word("over_time", f"{name}{single.get(name, '')}", lang).format(**known)
        for name in ("subtitle", "note", "alt")
    }
    names = {
        name: text if drawable(text) else str(n) for n, (name, text) in enumerate(places.items(), 1)
    }
    return Text(
        headline=(fits or texts)[-1 if not fits else 0],
        **parts,
        labels=names | {"y": known["unit"]},
    )


def _amount(row: pd.Series, unit: str, lang: str, *, whole: bool = True) -> str:
    """A value with its unit and its openness; or with no more of the unit than stands before a number."""
    bound = "more_than" if math.isinf(row["high"]) else "at_most" if _open_low(row) else "exact"
    known = "" if unit in ("index", "share") else unit.replace("/", " / ")
    before, after = unit_parts(known, lang)
    said = (percent if unit == "share" else number)(rounded(float(row["value"])), lang)
    parts = {"before": before, "low": said, "unit": after if whole else ""}
    if lang == "en":
        parts["low"] = f"{before}{said}"
    pattern = word("qualifiers", bound, lang)
    return pattern.format(**parts, high=parts["low"])


def _open_low(row: pd.Series) -> bool:
    return bool(row["low"] == 0 < row["value"])


def _draw(axes: Axes, spec: ChartSpec, lang: str, nature: str, *, every: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    places = dict(zip(dict.fromkeys(data["place"]), CATEGORIES, strict=False))
    for (place, _), rows in data.groupby(["place", "definition"], sort=False):
        color = places[str(place)]
        for piece in _pieces(rows):
            axes.plot(piece["when"], piece["value"], "-o", color=color, markersize=3.6)
        for row in rows.itertuples():
            for end, way in ((row.low, -ARROW), (row.high, ARROW)):
                if math.isinf(end) or (way < 0 and end == 0 < row.value):
                    open_end(axes, (row.when, row.value), (0, way), color)
    if nature in FROM_ZERO and data["value"].min() >= 0:
        axes.set_ylim(0, 1.12 * float(data["value"].max()) or 1)
    if len(places) > 1:
        _name_places(axes, data, words, places)
    numbers_on(axes.yaxis, lang, as_percent=spec.unit == "share")
    light_grid(axes)
    axes.set_ylabel(words["y"])
    _say_periods(axes, data, lang, every=every)


def _pieces(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Rows of one place and definition without a gap between."""
    steps = rows["when"].diff()
    parts = (steps > GAP * steps.median()).cumsum()
    return [piece for _, piece in rows.groupby(parts)]


def _name_places(
    axes: Axes, data: pd.DataFrame, words: Mapping[str, str], places: dict[str, str]
) -> None:
    ends = data.loc[data.groupby("place", sort=False)["when"].idxmax()]
    for row in ends.itertuples():
        label(axes, row.when, row.value, words[row.place], color=places[row.place], offset=(8, 0))
    wide = max(text_width(words[name], POINTS["label"]) for name in places) + 0.3
    low, high = float(data["when"].min()), float(data["when"].max())
    span, space = high - low or 1.0, room(axes)[0]
    axes.set_xlim(low - span * 0.04, high + span * min(0.8, wide / max(space - wide, 0.5)))


def _say_periods(axes: Axes, data: pd.DataFrame, lang: str, *, every: str) -> None:
    """Whole or fiscal years below; the periods themselves where all lie near each other."""
    whole_years(axes)
    ends = data.drop_duplicates("when").sort_values("when")
    if len(ends) == 1 or (not every and ends["when"].iloc[-1] - ends["when"].iloc[0] < NEAR):
        ends = ends.iloc[:: math.ceil(len(ends) / MOST_TICKS)]
        axes.set_xticks(ends["when"], [_short(one, lang, every=every) for one in ends["period"]])
    elif every == FISCAL:
        axes.xaxis.set_major_formatter(lambda year, _: f"{year:.0f}-{(year + 1) % 100:02.0f}")
