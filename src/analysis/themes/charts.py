"""Charts by identifier: each is defined once, and notebook, command line and tests use that one."""

from __future__ import annotations

import dataclasses
import sys

from analysis.plotting.registry import ChartDefinition, registered
from analysis.plotting.source_line import source_lines
from analysis.plotting.view import Chart
from analysis.records.collection import collection
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.load import Records, load
from analysis.records.paths import notebooks_folder
from analysis.themes import Theme, missing, theme_of, themes
from analysis.words.catalogue import check_language


def definitions(records: Records | None = None) -> dict[str, ChartDefinition]:
    """Every chart by identifier, in order of notebooks and identifiers; with records, those that they can show."""
    for theme in themes():
        theme.modules("charts")
    known = registered()
    if records is None:
        return known
    shown = {name: own for name, own in known.items() if not lacking(records, own)}
    return {name: _at_home(own) for name, own in (shown | own_ones(records)).items()}


def _at_home(own: ChartDefinition) -> ChartDefinition:
    """A chart of any collection, said to be in the first notebook of the one in use."""
    if collection().own:
        return own
    books = notebooks_folder().glob("[0-9]*.ipynb")
    return dataclasses.replace(own, notebook=min((one.stem for one in books), default=""))


def own_ones(records: Records) -> dict[str, ChartDefinition]:
    """Charts of a user's own collection: of the claims of each unit, of each series, and those that it names."""
    if collection().own:
        return {}
    from analysis.records.own_charts import own_charts
    from analysis.themes.register import charts_series, charts_values

    named = {one.chart_id: charts_values.of_claims(one) for one in own_charts()}
    return charts_values.values_charts(records) | charts_series.series_charts(records) | named


def series_chart(records: Records, series_id: str, definition: str | None, lang: str) -> Chart:
    """The chart of a series over time, of any collection."""
    from analysis.themes.register.charts_series import of_series

    return _made(of_series(series_id, definition), records, check_language(lang))


def lacking(records: Records, own: ChartDefinition) -> str:
    """Why the records cannot show a chart, as a sentence; "" where they can."""
    theme, module = theme_of(own.chart_id), sys.modules[own.make.__module__]
    known = set(records.claims["claim_id"])
    absent = missing(records, theme, module) if theme else []
    absent += [name for name in own.claims if name not in known]
    if absent:
        shown = ", ".join(dict.fromkeys(absent))
        return f"the chart {own.chart_id!r} is about {shown}, which this collection does not have"
    if not own.applies(records):
        return f"the chart {own.chart_id!r} has nothing to show in this collection"
    return ""


def charts_of(theme: Theme, records: Records) -> tuple[str, ...]:
    """Identifiers of the charts of one theme that the records can show."""
    modules = {one.__name__ for one in theme.modules("charts")}
    return tuple(
        name
        for name, own in registered().items()
        if own.make.__module__ in modules and not lacking(records, own)
    ) + tuple(name for name in own_ones(records) if theme_of(name) == theme)


def definition(chart_id: str, records: Records | None = None) -> ChartDefinition:
    """One chart, of these records or those of the data folder in use; raises UnknownIdError with the nearest ids."""
    theme = theme_of(chart_id)
    if theme:
        theme.modules("charts")
    if chart_id in registered():
        return _at_home(registered()[chart_id])
    own = own_ones(records or load())
    if chart_id not in own:
        raise UnknownIdError("chart", chart_id, [*definitions(), *own])
    return _at_home(own[chart_id])


def make_chart(chart_id: str, records: Records, lang: str = "en") -> Chart:
    """Make a registered chart from records.

    Raises
    ------
    UnknownIdError
        If no chart has this identifier.
    AnalysisError
        If the records lack what it shows.
    """
    check_language(lang)
    own = definition(chart_id, records)
    if why := lacking(records, own):
        raise AnalysisError(why)
    return _made(own, records, lang)


def _made(own: ChartDefinition, records: Records, lang: str) -> Chart:
    spec = own.make(records)
    return Chart(own, spec, source_lines(records, own, published=spec.published), lang)
