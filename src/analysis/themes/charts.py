"""Charts by identifier: each is defined once, and notebook, command line and tests use that one."""

from __future__ import annotations

import importlib

from analysis.plotting.registry import ChartDefinition, registered
from analysis.plotting.source_line import source_line
from analysis.plotting.view import Chart
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.words.wording import LANGUAGES, check_language

MODULES = ("register.charts", "context.charts", "context.charts_denominators", "ecommerce.charts", "ecommerce.charts_jobs", "ecommerce.charts_rollout", "ecommerce.charts_sales", "labor_export.charts", "labor_export.charts_pay", "labor_export.charts_stock", "labor_export.charts_uplift", "canton_fair.charts", "canton_fair.charts_share", "canton_fair.charts_window", "canton_fair.charts_turnover", "channels.charts", "channels.charts_plans", "channels.charts_purchases", "channels.charts_border", "hunan.charts", "hunan.charts_rates", "hunan.charts_local", "measures.charts", "claims_audit.charts", "evidence.charts", "evidence.charts_design", "evidence.charts_errors", "causal_design.charts", "causal_design.charts_comparisons", "causal_design.charts_estimators")


def definitions() -> dict[str, ChartDefinition]:
    """Every chart by identifier, in order of notebooks and identifiers."""
    for module in MODULES:
        importlib.import_module(f"analysis.themes.{module}")
    return registered()


def definition(chart_id: str) -> ChartDefinition:
    """One chart; raises UnknownIdError with the nearest ids."""
    known = definitions()
    if chart_id not in known:
        raise UnknownIdError("chart", chart_id, known)
    return known[chart_id]


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
    lines = {code: source_line(records, own, code, published=spec.published) for code in LANGUAGES}
    return Chart(own, spec, lines, lang)
