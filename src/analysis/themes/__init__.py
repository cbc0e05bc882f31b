"""What follows, one theme per notebook: pure functions from records to frozen findings."""

from __future__ import annotations

import functools
import importlib
from types import ModuleType

from analysis.bounds.finding import Finding
from analysis.methods.scenarios.draw import Scenario
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records

MODULES = {  # topic -> its modules, each with ``findings(records)`` and perhaps ``scenarios(records)``
    "context": ("context.findings",),
    "ecommerce": ("ecommerce.findings", "ecommerce.jobs", "ecommerce.sales", "ecommerce.rollout",),
    "labor": ("labor_export.findings", "labor_export.pay", "labor_export.uplift", "labor_export.stock",),
    "canton-fair": ("canton_fair.findings", "canton_fair.window", "canton_fair.share", "canton_fair.turnover",),
    "hunan": ("hunan.findings", "hunan.rates", "hunan.funds",),
    "local": ("hunan.local",),
    "channels": ("channels.findings", "channels.plans", "channels.purchases", "channels.border",),
    "measures": ("measures.findings",),
    "audit": ("claims_audit.findings",),
    "causal": ("causal_design.findings", "causal_design.estimators",),
    "evidence": ("evidence.findings", "evidence.errors", "evidence.pooling",),
}


@functools.lru_cache(maxsize=32)
def all_findings(records: Records, topic: str | None = None) -> tuple[Finding, ...]:
    """Every finding, or those of one topic.

    Parameters
    ----------
    records : Records
    topic : {"context", "ecommerce", "labor", "canton-fair", "channels"}, optional

    Raises
    ------
    UnknownIdError
        If there is no such topic.
    """
    if topic is not None and topic not in MODULES:
        raise UnknownIdError("topic", topic, MODULES)
    return tuple(one for module in modules(topic) for one in module.findings(records))


def modules(topic: str | None = None) -> tuple[ModuleType, ...]:
    """The modules of one topic, or of all, the main one first."""
    wanted = [topic] if topic else list(MODULES)
    return tuple(importlib.import_module(f"analysis.themes.{name}") for one in wanted for name in MODULES[one])


def one_finding(records: Records, value_id: str) -> Finding:
    """The finding with this identifier; raises UnknownIdError with the nearest ids."""
    topic = value_id.partition(".")[0]
    of_topic = {one.value_id: one for one in all_findings(records, topic)} if topic in MODULES else {}
    if value_id not in of_topic:
        raise UnknownIdError("finding", value_id, [one.value_id for one in all_findings(records)])
    return of_topic[value_id]


@functools.lru_cache(maxsize=32)
def all_scenarios(records: Records, topic: str | None = None) -> tuple[Scenario, ...]:
    """Every scenario, or those of one topic."""
    return tuple(one for module in modules(topic) for one in getattr(module, "scenarios", lambda _: ())(records))


def one_scenario(records: Records, scenario_id: str) -> Scenario:
    """The scenario with this identifier; raises UnknownIdError with the nearest ids."""
    topic = scenario_id.partition(".")[0]
    of_topic = {one.scenario_id: one for one in all_scenarios(records, topic)} if topic in MODULES else {}
    if scenario_id not in of_topic:
        raise UnknownIdError("scenario", scenario_id, [one.scenario_id for one in all_scenarios(records)])
    return of_topic[scenario_id]
