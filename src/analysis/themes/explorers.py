"""Explorers by identifier: notebook, plain function and dashboard use the same definitions."""

from __future__ import annotations

from analysis.explorers.definition import Explorer
from analysis.records.errors import UnknownIdError
from analysis.themes import Theme, theme_of, themes


def explorers() -> dict[str, Explorer]:
    """Every explorer by identifier, in the order of the notebooks."""
    return {name: one for theme in themes() for name, one in _explorers(theme).items()}


def explorer_of(explorer_id: str) -> Explorer:
    """One explorer; raises UnknownIdError with the nearest identifiers."""
    theme = theme_of(explorer_id)
    found = _explorers(theme) if theme else {}
    if explorer_id not in found:
        raise UnknownIdError("explorer", explorer_id, explorers())
    return found[explorer_id]


def _explorers(theme: Theme) -> dict[str, Explorer]:
    return {one.explorer_id: one for module in theme.modules("explore") for one in module.EXPLORERS}
