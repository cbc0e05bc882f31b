"""Charts by identifier: each is defined once, and notebook, command line and tests use that one."""

from __future__ import annotations

import sys

from analysis.plotting.registry import ChartDefinition, registered
from analysis.plotting.source_line import source_lines
from analysis.plotting.view import Chart
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.load import Records
from analysis.themes import Theme, missing, theme_of, themes
from analysis.words.catalogue import check_language


def definitions(records: Records | None = None) -> dict[str, ChartDefinition]:
    """Every chart by identifier, in order of notebooks and identifiers; with records, those that they can show."""
    for theme in themes():
        theme.modules("charts")
    known = registered()
    return {name: own for name, own in known.items() if not (records and lacking(records, own))}


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
    )


def definition(chart_id: str) -> ChartDefinition:
    """One chart; raises UnknownIdError with the nearest ids."""
    theme = theme_of(chart_id)
    if theme:
        theme.modules("charts")
    if chart_id not in registered():
        raise UnknownIdError("chart", chart_id, definitions())
    return registered()[chart_id]


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
    own = definition(chart_id)
    if why := lacking(records, own):
        raise AnalysisError(why)
    spec = own.make(records)
    return Chart(own, spec, source_lines(records, own, published=spec.published), lang)
