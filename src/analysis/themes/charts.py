"""Charts by identifier: each is defined once, and notebook, command line and tests use that one."""

from __future__ import annotations

from analysis.plotting.registry import ChartDefinition, registered
from analysis.plotting.source_line import source_lines
from analysis.plotting.view import Chart
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.themes import Theme, theme_of, themes
from analysis.words.catalogue import check_language


def definitions() -> dict[str, ChartDefinition]:
    """Every chart by identifier, in order of notebooks and identifiers."""
    for theme in themes():
        theme.modules("charts")
    return registered()


def charts_of(theme: Theme) -> tuple[str, ...]:
    """Identifiers of the charts of one theme."""
    modules = {one.__name__ for one in theme.modules("charts")}
    return tuple(name for name, own in registered().items() if own.make.__module__ in modules)


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
        If no chart has this identifier, or the chart names a claim that is not in the records.
    """
    check_language(lang)
    own = definition(chart_id)
    for claim_id in own.claims:
        records.claim(claim_id)
    spec = own.make(records)
    return Chart(own, spec, source_lines(records, own, published=spec.published), lang)
