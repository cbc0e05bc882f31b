"""Charts by identifier: each is defined once, and notebook, command line and tests use that one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from analysis.plotting.spec import ChartSpec
from analysis.records.load import Records

# what a chart may rest on besides claims and series
EVIDENCE, SIMULATION = "published estimates", "simulation"
Make = Callable[[Records], ChartSpec]
_registered: dict[str, ChartDefinition] = {}


def has_claims(records: Records) -> bool:
    """Whether the records hold a claim."""
    return len(records.claims) > 0


@dataclass(frozen=True)
class ChartDefinition:
    """A registered chart: its identifier, what it rests on, and the function that makes its spec.

    Parameters
    ----------
    chart_id : str
        Kebab-case, topic first.
    notebook : str
        Stem of the notebook that it belongs to.
    claims, series : tuple of str
        Claims and series that it uses.
    make : callable
        From records to ChartSpec.
    basis : {"", "published estimates", "simulation"}
        What else it rests on; the data of a chart of published estimates name them in ``estimate_id``.
    applies : callable
        From records to whether they hold something for it to show; by default, a claim.
    """

    chart_id: str
    notebook: str
    claims: tuple[str, ...]
    series: tuple[str, ...]
    make: Make
    basis: str = ""
    applies: Callable[[Records], bool] = has_claims

    @property
    def whole_register(self) -> bool:
        """Whether the chart rests on every claim: it names neither claims nor series, nor anything else."""
        return not self.claims and not self.series and not self.basis

    @property
    def function(self) -> str:
        """Name of the function with its module."""
        return f"{self.make.__module__}.{self.make.__name__}"


def chart(
    chart_id: str,
    *,
    notebook: str = "",
    claims: tuple[str, ...] = (),
    series: tuple[str, ...] = (),
    basis: str = "",
    applies: Callable[[Records], bool] = has_claims,
) -> Callable[[Make], Make]:
    """Register the decorated function as the one definition of a chart.

    Parameters
    ----------
    chart_id, notebook, claims, series, basis, applies
        As in ChartDefinition; without a notebook it is that of the theme, and none of claims, series and basis
        means that the chart uses the whole register.
    """

    def register(make: Make) -> Make:
        if chart_id in _registered and _registered[chart_id].make.__qualname__ != make.__qualname__:
            raise ValueError(
                f"chart {chart_id!r} is defined twice: {_registered[chart_id].function} and {make.__name__}"
            )
        own = notebook or sys.modules[make.__module__.rpartition(".")[0]].NOTEBOOK
        _registered[chart_id] = ChartDefinition(chart_id, own, claims, series, make, basis, applies)
        return make

    return register


def registered() -> dict[str, ChartDefinition]:
    """The charts of the modules that are loaded, in order of notebooks and identifiers."""
    return dict(sorted(_registered.items(), key=lambda item: (item[1].notebook, item[0])))
