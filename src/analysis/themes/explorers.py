"""Explorers by identifier: notebook, plain function and dashboard use the same definitions."""

from __future__ import annotations

import importlib

from analysis.explorers.definition import Explorer
from analysis.records.errors import UnknownIdError

MODULES = ("canton_fair.explore", "labor_export.explore", "ecommerce.explore", "context.explore_denominators", "context.explore_deflators")


def explorers() -> dict[str, Explorer]:
    """Every explorer by identifier, in the order in which they are shown."""
    return {one.explorer_id: one for module in MODULES for one in importlib.import_module(f"analysis.themes.{module}").EXPLORERS}


def explorer_of(explorer_id: str) -> Explorer:
    """One explorer; raises UnknownIdError with the nearest identifiers."""
    known = explorers()
    if explorer_id not in known:
        raise UnknownIdError("explorer", explorer_id, known)
    return known[explorer_id]
