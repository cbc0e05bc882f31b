"""Explorers by identifier: notebook, plain function and dashboard use the same definitions."""

from __future__ import annotations

from analysis.exploring.definition import Explorer
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.themes import Theme, missing, no_such, theme_of, themes


def explorers(records: Records | None = None) -> dict[str, Explorer]:
    """Every explorer by identifier, in the order of the notebooks; with records, those that they can show."""
    return {name: one for theme in themes() for name, one in _explorers(records, theme).items()}


def explorer_of(explorer_id: str, records: Records | None = None) -> Explorer:
    """One explorer; raises UnknownIdError with the nearest identifiers."""
    theme = theme_of(explorer_id)
    found = _explorers(records, theme) if theme else {}
    if explorer_id not in found and records:
        raise no_such(records, "explorer", explorer_id, explorers(records))
    if explorer_id not in found:
        raise UnknownIdError("explorer", explorer_id, explorers(records))
    return found[explorer_id]


def _explorers(records: Records | None, theme: Theme) -> dict[str, Explorer]:
    modules = theme.modules("explore")
    return {
        one.explorer_id: one
        for module in modules
        for one in module.EXPLORERS
        if records is None or (not missing(records, theme, module) and one.applies(records))
    }
