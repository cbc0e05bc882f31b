"""A list of specifications, written before any outcome is seen, and what each gives."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.methods.causal.aggregate import aggregate
from analysis.methods.causal.estimators import group_time, imputation
from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.two_way import two_way
from analysis.records.errors import QuantityError

ESTIMATORS = ("group-time", "imputation", "two-way")


@dataclass(frozen=True)
class Specification:
    """One way to estimate the average effect on treated county-years.

    Parameters
    ----------
    estimator : {"group-time", "imputation", "two-way"}
    comparison : {"never", "not yet"}
        Of ``group-time``; the others use every untreated county-year.
    anticipation : int
        Of ``group-time``: years before the first treated one that are not used as base.
    window : {"identified", "all years", "without the first year"}
        Years that are used: those in which some county is untreated, every year, or the first without its first year.
    without_first_batch : bool
        Leave out the counties treated first, chosen by other rules.
    """

    estimator: str
    comparison: str = "not yet"
    anticipation: int = 0
    window: str = "identified"
    without_first_batch: bool = False

    @property
    def name(self) -> str:
        """The specification in words."""
        parts = [self.estimator]
        if self.estimator == "group-time":
            parts += [
                f"{self.comparison} treated" if self.comparison == "never" else "not yet treated"
            ]
            parts += ["one year anticipated"] * self.anticipation
        return ", ".join(
            parts
            + [self.window] * (self.window != "identified")
            + ["without the first batch"] * self.without_first_batch
        )


# written before any real outcome was seen; a specification that is added later is named as added
SPECIFICATIONS = (
    *tuple(
        Specification(estimator, comparison, anticipation, window, without)
        for without in (False, True)
        for window in ("identified", "without the first year")
        for estimator, comparison, anticipation in (
            ("group-time", "not yet", 0),
            ("group-time", "not yet", 1),
            ("group-time", "never", 0),
            ("imputation", "not yet", 0),
            ("two-way", "not yet", 0),
        )
    ),
    Specification("two-way", window="all years"),
    Specification("imputation", window="all years"),
)


def identified(panel: Panel) -> Panel:
    """The panel up to the last year in which some county is untreated.

    Raises
    ------
    QuantityError
        If no year has both treated and untreated counties.
    """
    counts = panel.untreated()
    both = counts[(counts["untreated"] > 0) & (counts["treated"] > 0)]
    if both.empty:
        raise QuantityError(
            "no year has counties with and without treatment: there is no comparison, and no effect is identified"
        )
    return panel.between(panel.years[0], int(counts.loc[counts["untreated"] > 0, "year"].max()))


def part(panel: Panel, specification: Specification) -> Panel:
    """The counties and years that a specification uses.

    Raises
    ------
    QuantityError
        If it leaves no treated county.
    """
    used = panel if specification.window == "all years" else identified(panel)
    if specification.window == "without the first year":
        used = used.of((used.first == NEVER) | (used.first > used.years[1])).between(
            used.years[1], used.years[-1]
        )
    left = used.groups[1:] if specification.without_first_batch else used.groups
    if not left:
        raise QuantityError("no treated county is left")
    return used.of((used.first == NEVER) | (used.first >= left[0]))


def estimate(panel: Panel, specification: Specification) -> tuple[float, float, float, float]:
    """Estimate, standard error and ends of the 95 % interval by one specification, in the unit of the outcome."""
    used = part(panel, specification)
    if specification.estimator == "group-time":
        found = aggregate(
            group_time(
                used, comparison=specification.comparison, anticipation=specification.anticipation
            )
        )
        return found.att, found.overall.se, *found.overall.interval
    one = imputation(used) if specification.estimator == "imputation" else two_way(used)
    return one.value, one.se, *one.interval


def curve(panel: Panel, specifications: tuple[Specification, ...] = SPECIFICATIONS) -> pd.DataFrame:
    """Every specification with its estimate, or with the reason why it has none.

    Returns
    -------
    DataFrame
        ``specification``, ``estimator``, ``estimate``, ``se``, ``low``, ``high`` (in the unit of the outcome), ``refused``: in the order of the list.
    """
    rows: list[tuple[str, str, float, float, float, float, str]] = []
    for one in specifications:
        try:
            rows.append((one.name, one.estimator, *estimate(panel, one), ""))
        except QuantityError as refused:
            nothing = math.nan, math.nan, math.nan, math.nan
            rows.append((one.name, one.estimator, *nothing, str(refused)))
    return pd.DataFrame(
        rows, columns=["specification", "estimator", "estimate", "se", "low", "high", "refused"]
    )
