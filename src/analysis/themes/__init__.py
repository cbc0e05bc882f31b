"""A folder for each theme: what follows from its records, how it is drawn, what can be moved.

A theme is found by its folder. Its ``__init__`` names the notebook it belongs to and the prefixes of
its identifiers; its modules are distinguished by name: ``charts...`` draw, ``explore...`` hold explorers,
all others hold ``findings(records)`` and perhaps ``scenarios(records)``. Where the order in which they
are presented is not that of their names, ``PARTS`` gives it. ``NEEDS`` names rows of the tables without
which a theme has nothing to say: it is skipped in a collection that lacks them. A module that works
on any collection says so with a ``NEEDS`` of its own.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from analysis.records.errors import AnalysisError, UnknownIdError

if TYPE_CHECKING:
    from analysis.bounds.finding import Finding
    from analysis.methods.scenarios.draw import Scenario
    from analysis.records.load import Records

STEPS = ("findings", "charts", "explore")  # in the order in which they may use each other


@dataclass(frozen=True)
class Theme:
    """A theme: its folder, its notebook, and what its identifiers begin with.

    Parameters
    ----------
    folder : str
        Name of the folder under ``themes/``.
    notebook : str
        Stem of the notebook that it belongs to.
    prefixes : tuple of str
        What the identifiers of its charts, findings, scenarios and explorers begin with.
    parts : tuple of str
        Modules that come first, after the main one of their step.
    needs : tuple of str
        Identifiers of the documents, claims, series or estimates that it is about.
    """

    folder: str
    notebook: str
    prefixes: tuple[str, ...]
    parts: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    def modules(self, step: str) -> tuple[ModuleType, ...]:
        """Load the modules of one step, ``findings``, ``charts`` or ``explore``, the main one first."""
        package = importlib.import_module(f"analysis.themes.{self.folder}")
        names = [
            one.name for one in pkgutil.iter_modules(package.__path__) if step_of(one.name) == step
        ]
        place = {name: number for number, name in enumerate((step, *self.parts))}
        ordered = sorted(names, key=lambda name: (place.get(name, len(place)), name))
        return tuple(
            importlib.import_module(f"analysis.themes.{self.folder}.{name}") for name in ordered
        )


def step_of(module: str) -> str:
    """The step of a theme that a module belongs to.

    Examples
    --------
    >>> step_of("charts_share"), step_of("window")
    ('charts', 'findings')
    """
    return next((step for step in STEPS[1:] if module.startswith(step)), STEPS[0])


@functools.cache
def themes() -> tuple[Theme, ...]:
    """Every theme, in the order of the notebooks."""
    folders = (one.name for one in pkgutil.iter_modules(__path__) if one.ispkg)
    found = {name: importlib.import_module(f"analysis.themes.{name}") for name in folders}
    made = (
        Theme(name, one.NOTEBOOK, one.PREFIXES, getattr(one, "PARTS", ()), one.NEEDS)
        for name, one in found.items()
    )
    return tuple(sorted(made, key=lambda one: one.notebook))


def missing(records: Records, theme: Theme, module: ModuleType | None = None) -> list[str]:
    """What a theme, or one of its modules, needs and the records do not have."""
    known = _identifiers(records)
    return [name for name in getattr(module, "NEEDS", theme.needs) if name not in known]


@functools.lru_cache(maxsize=16)
def _identifiers(records: Records) -> frozenset[str]:
    tables = records.sources, records.claims, records.series_index, records.evidence
    return frozenset(name for table in tables if len(table) for name in table.iloc[:, 0])


def no_such(records: Records, what: str, wanted: str, known: Iterable[str]) -> AnalysisError:
    """Why there is no finding, scenario or explorer: its theme is skipped, or nothing has this identifier."""
    theme = theme_of(wanted)
    if theme and (absent := missing(records, theme)):
        return AnalysisError(
            f"the {what} {wanted!r} is about {', '.join(absent)}, which this collection does not have"
        )
    return UnknownIdError(what, wanted, known)


def set_aside(records: Records) -> str:
    """Which themes are skipped in these records, and why, as a sentence; "" where none does."""
    lacking = {one.folder: names for one in themes() if (names := missing(records, one))}
    if not lacking:
        return ""
    absent = dict.fromkeys(name for names in lacking.values() for name in names)
    return f"The themes {', '.join(lacking)} are skipped: they need {', '.join(absent)}, which this collection does not have."


def prefixes() -> tuple[str, ...]:
    """What identifiers begin with, in the order of the notebooks."""
    return tuple(prefix for one in themes() for prefix in one.prefixes)


def prefix_of(identifier: str) -> str:
    """The longest known prefix that an identifier begins with, or nothing.

    Examples
    --------
    >>> prefix_of("canton-fair-shares"), prefix_of("local.longnan-gain"), prefix_of("weather")
    ('canton-fair', 'local', '')
    """
    fits = (
        one
        for one in prefixes()
        if identifier == one or identifier.startswith((f"{one}-", f"{one}."))
    )
    return max(fits, key=len, default="")


def theme_of(identifier: str) -> Theme | None:
    """The theme of a chart, finding, scenario or explorer, known by its prefix alone."""
    prefix = prefix_of(identifier)
    return next((one for one in themes() if prefix in one.prefixes), None)


def all_findings(records: Records, prefix: str | None = None) -> tuple[Finding, ...]:
    """Every finding, or those whose identifier has one prefix.

    Parameters
    ----------
    records : Records
    prefix : str, optional
        Such as ``"labor"``; only its theme is loaded.

    Raises
    ------
    UnknownIdError
        If no finding has such a prefix.
    """
    if prefix is None:
        return tuple(finding for one in themes() for finding in findings_of(records, one))
    theme = theme_of(prefix)
    found = (
        tuple(one for one in findings_of(records, theme) if one.topic == prefix) if theme else ()
    )
    if not found:
        known = dict.fromkeys(one.topic for one in all_findings(records))
        raise UnknownIdError("topic", prefix, known)
    return found


def one_finding(records: Records, value_id: str) -> Finding:
    """The finding with this identifier; raises UnknownIdError with the nearest ids."""
    theme = theme_of(value_id)
    found = {one.value_id: one for one in findings_of(records, theme)} if theme else {}
    if value_id not in found:
        known = (one.value_id for one in all_findings(records))
        raise no_such(records, "finding", value_id, known)
    return found[value_id]


def all_scenarios(records: Records) -> tuple[Scenario, ...]:
    """Every scenario."""
    return tuple(scenario for one in themes() for scenario in scenarios_of(records, one))


def one_scenario(records: Records, scenario_id: str) -> Scenario:
    """The scenario with this identifier; raises UnknownIdError with the nearest ids."""
    theme = theme_of(scenario_id)
    found = {one.scenario_id: one for one in scenarios_of(records, theme)} if theme else {}
    if scenario_id not in found:
        known = [one.scenario_id for one in all_scenarios(records)]
        raise no_such(records, "scenario", scenario_id, known)
    return found[scenario_id]


@functools.lru_cache(maxsize=128)
def findings_of(records: Records, theme: Theme) -> tuple[Finding, ...]:
    """The findings of one theme, in the order in which its parts tell them."""
    modules = theme.modules("findings")
    return tuple(
        one
        for module in modules
        if hasattr(module, "findings") and not missing(records, theme, module)
        for one in module.findings(records)
    )


@functools.lru_cache(maxsize=128)
def scenarios_of(records: Records, theme: Theme) -> tuple[Scenario, ...]:
    """The scenarios of one theme."""
    modules = theme.modules("findings")
    return tuple(
        one
        for module in modules
        if hasattr(module, "scenarios") and not missing(records, theme, module)
        for one in module.scenarios(records)
    )
