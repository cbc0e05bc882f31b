"""Everything that is done with a panel, real or simulated, by one call."""

from __future__ import annotations

from collections.abc import Iterator
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
FEW_FOR_JOINT = 100  # clusters up to which the joint test was measured to miss its size
UNSURE = "; unreliable: with so few clusters it rejects true equal trends too often (benchmarks/causal_coverage.py)"
FEW_TREATED = 5  # fewer treated counties than this, and an effect has no error worth the name
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
        ``estimator``, ``estimate`` and ``se`` (unit of the outcome), ``low``, ``high`` (95 %), ``percent`` (the estimate as a share, only
        if the outcome is declared a logarithm), ``errors``.
    effects : GroupTime
        Every group-time effect.
    events : DataFrame
        By years since treatment, as ``aggregate``, with ``treated`` (counties that each rests on) and ``rests_on`` (a warning where they
        are fewer than ``FEW_TREATED``).
    comparisons : DataFrame
        Kinds of comparison in the two-way coefficient: ``kind``, ``weight``, ``estimate``, ``pairs``; of the counties with an outcome in
        every year, and empty if there is no comparison between them.
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


def study(
    panel: Panel, *, seed: int, replications: int = REPLICATIONS, log_outcome: bool = False
) -> Study:
    """Estimate, test and describe; the same for real and for simulated panels.

    Parameters
    ----------
    panel : Panel
    seed : int
        Of the bootstrap or of the randomisation.
    replications : int
    log_outcome : bool
        The outcome is a natural logarithm, so that estimates are also given as a share: nothing guesses it.

    Raises
    ------
    QuantityError
        If no effect is identified: nobody is treated, or no year has counties with and without treatment.
    """
    used = identified(panel)
    effects = group_time(used)
    average, events = aggregate(effects), _events(effects)
    return Study(
        panel=panel,
        used=used,
        estimates=_estimates(used, effects, log_outcome=log_outcome),
        effects=effects,
        events=events,
        comparisons=_comparisons(used),
        tests=_tests(used, effects, seed, replications),
        specifications=curve(panel),
        smallest=smallest_detectable(average.se, used.clusters - 1),
        notes=(*notes(panel, used), *_thin(events)),
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
    if not used.balanced:
        found.append(
            f"{int((~used.seen).sum()):,} of {used.outcome.size:,} county-years have no outcome, and nothing is filled in: each group-time effect rests on the counties seen in both of its years; the comparisons in the two-way coefficient are those of the {int(used.seen.all(axis=1).sum()):,} counties seen in every year."
        )
    return tuple(found)


def _thin(events: pd.DataFrame) -> Iterator[str]:
    """What must be said of effects that rest on a handful of treated counties."""
    if few := [str(key) for key in events.loc[events["rests_on"] != "", "key"]]:
        yield f"Effects {', '.join(few)} years since treatment rest on fewer than {FEW_TREATED} treated counties: their standard errors and intervals are too small, and are not to be believed."


def _events(effects: GroupTime) -> pd.DataFrame:
    table = aggregate(effects, "event").table
    treated = effects.table.groupby("event")["treated"].sum().loc[table["key"]].to_numpy()
    said = [f"{many} treated: unreliable" if many < FEW_TREATED else "" for many in treated]
    return table.assign(treated=treated, rests_on=said)


def _comparisons(used: Panel) -> pd.DataFrame:
    try:
        return by_kind(bacon(used.of(np.asarray(used.seen.all(axis=1)))))
    except QuantityError:
        return pd.DataFrame(columns=["kind", "weight", "estimate", "pairs"])


def _estimates(used: Panel, effects: GroupTime, *, log_outcome: bool) -> pd.DataFrame:
    rows: list[tuple[str, float, float, float, float, str]] = []
    for way, name in (
        ("simple", "group-time, every treated county-year alike"),
        ("event", "group-time, every year since treatment alike"),
        ("group", "group-time, by size of group"),
        ("calendar", "group-time, every calendar year alike"),
    ):
        over = aggregate(effects, way)
        rows.append((name, over.att, over.se, *over.interval, GROUP_TIME_ERRORS))
    try:
        one = imputation(used)
        rows.append(("imputation", one.value, one.se, *one.interval, GARDNER))
    except QuantityError as refused:  # gaps may leave a year without an untreated county
        rows.append(("imputation", np.nan, np.nan, np.nan, np.nan, str(refused)))
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
    if log_outcome:
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
                f"Hotelling, F({before.df}, {before.clusters - before.df}) = {before.f:.2f}{UNSURE if before.clusters <= FEW_FOR_JOINT else ''}",
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
