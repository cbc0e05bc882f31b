"""Everything that is done with a panel, real or simulated, by one call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.causal.aggregate import aggregate
from analysis.methods.causal.bacon import bacon, by_kind
from analysis.methods.causal.group_time import GroupTime, group_time
from analysis.methods.causal.imputation import GARDNER, imputation
from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.power import percent_change, smallest_detectable
from analysis.methods.causal.pretrends import NOT_EVIDENCE, pretrends
from analysis.methods.causal.randomisation import randomisation
from analysis.methods.causal.specifications import curve, identified
from analysis.methods.causal.two_way import ERRORS, two_way
from analysis.methods.causal.wild import FEW_CLUSTERS, wild_bootstrap
from analysis.records.errors import QuantityError

REPLICATIONS = 999
GROUP_TIME_ERRORS = "clustered, with the error of the groups' sizes; no small-sample correction"
INTENTION = "Every figure is an intention to treat: being on the list, whatever was done there."


@dataclass(frozen=True, eq=False)
class Study:
    """What a panel shows.

    Parameters
    ----------
    panel : Panel
        As given.
    used : Panel
        Its years in which some county is untreated: nothing else is identified.
    estimates : DataFrame
        ``estimator``, ``estimate`` and ``se`` (unit of the outcome), ``low``, ``high`` (95 %), ``percent`` (the estimate as a share, if the
        outcome is a logarithm), ``errors``.
    effects : GroupTime
        Every group-time effect.
    events : DataFrame
        By years since treatment, as ``aggregate``.
    comparisons : DataFrame
        Kinds of comparison in the two-way coefficient: ``kind``, ``weight``, ``estimate``, ``pairs``.
    tests : DataFrame
        ``test``, ``p`` (to six decimals), ``how``.
    specifications : DataFrame
        As ``curve``.
    smallest : float
        Smallest effect that would be found with a power of 80 %, in the unit of the outcome.
    notes : tuple of str
        What must be said with the figures.
    """

    panel: Panel
    used: Panel
    estimates: pd.DataFrame
    effects: GroupTime
    events: pd.DataFrame
    comparisons: pd.DataFrame
    tests: pd.DataFrame
    specifications: pd.DataFrame
    smallest: float
    notes: tuple[str, ...]


def study(panel: Panel, *, seed: int, replications: int = REPLICATIONS) -> Study:
    """Estimate, test and describe; the same for real and for simulated panels.

    Parameters
    ----------
    panel : Panel
    seed : int
        Of the bootstrap or of the randomisation.
    replications : int

    Raises
    ------
    QuantityError
        If no effect is identified: nobody is treated, or no year has counties with and without treatment.
    """
    used = identified(panel)
    effects = group_time(used)
    average = aggregate(effects)
    return Study(
        panel=panel,
        used=used,
        estimates=_estimates(used, effects),
        effects=effects,
        events=aggregate(effects, "event").table,
        comparisons=by_kind(bacon(used)),
        tests=_tests(used, effects, seed, replications),
        specifications=curve(panel),
        smallest=smallest_detectable(average.se, used.clusters - 1),
        notes=notes(panel, used),
    )


def notes(panel: Panel, used: Panel) -> tuple[str, ...]:
    """What must be said with the figures of a panel, of which some years are used."""
    found = [INTENTION, NOT_EVIDENCE]
    if lost := [str(year) for year in panel.years if year > used.years[-1]]:
        found.append(
            f"From {lost[0]} on every county is treated. Effects of {', '.join(lost)} are not identified and are left out; two-way fixed effects would still print a number."
        )
    if not (used.first == NEVER).any():
        found.append(
            "No county is untreated throughout: counties are compared with those treated later, so that no effect is known for the last of them."
        )
    if late := int((used.first > used.years[-1]).sum()):
        found.append(
            f"{late} counties are treated after the last year used, {used.years[-1]}; until then they count as untreated."
        )
    if used.clusters < FEW_CLUSTERS:
        found.append(
            f"{used.clusters} clusters are fewer than {FEW_CLUSTERS}: clustered errors are too small, and the wild bootstrap is to be believed."
        )
    return tuple(found)


def _estimates(used: Panel, effects: GroupTime) -> pd.DataFrame:
    rows = []
    for way, name in (
        ("simple", "group-time, every treated county-year alike"),
        ("event", "group-time, every year since treatment alike"),
        ("group", "group-time, by size of group"),
        ("calendar", "group-time, every calendar year alike"),
    ):
        over = aggregate(effects, way)
        rows.append((name, over.att, over.se, *over.interval, GROUP_TIME_ERRORS))
    one = imputation(used)
    rows.append(("imputation", one.value, one.se, *one.interval, GARDNER))
    for kind in ("full", "naive"):
        one = two_way(used, errors=kind)
        rows.append(
            (
                "two-way fixed effects" + (", naive errors" if kind == "naive" else ""),
                one.value,
                one.se,
                *one.interval,
                ERRORS[kind],
            )
        )
    table = pd.DataFrame(rows, columns=["estimator", "estimate", "se", "low", "high", "errors"])
    table.insert(5, "percent", table["estimate"].map(percent_change))
    return table


def _tests(used: Panel, effects: GroupTime, seed: int, replications: int) -> pd.DataFrame:
    rows: list[tuple[str, float, str]] = []
    try:
        before = pretrends(effects)
        rows.append(
            (
                "equal trends before treatment",
                before.p,
                f"Wald, chi-squared {before.statistic:.2f}, {before.df} degrees of freedom",
            )
        )
    except QuantityError as refused:
        rows.append(("equal trends before treatment", np.nan, str(refused)))
    if used.clusters < FEW_CLUSTERS:
        wild = wild_bootstrap(used, seed=seed, replications=replications)
        rows.append(
            (
                "no effect, two-way coefficient",
                wild.p,
                f"wild cluster bootstrap, null imposed, {replications} replications, seed {seed}",
            )
        )
    else:
        rows.append(
            ("no effect, two-way coefficient", two_way(used).p, f"t, {used.clusters} clusters")
        )
    if used.clusters == len(used.units):
        other = randomisation(used, seed=seed, replications=replications)
        rows.append(
            (
                "no effect on any county",
                other.p,
                f"randomisation inference, {replications} other assignments, seed {seed}",
            )
        )
    return pd.DataFrame(rows, columns=["test", "p", "how"]).round({"p": 6})
