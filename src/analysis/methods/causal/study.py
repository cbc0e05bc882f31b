"""Everything that is done with a panel, real or simulated, by one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.causal.aggregate import Aggregate, aggregate
from analysis.methods.causal.estimators import (
    GroupTime,
    bacon,
    by_kind,
    group_time,
    imputation,
    pretrends,
    sun_abraham,
)
from analysis.methods.causal.honest import honest
from analysis.methods.causal.inference import NOT_EVIDENCE, Estimate, band
from analysis.methods.causal.panel import NEVER, Panel
from analysis.methods.causal.power import percent_change, smallest_detectable
from analysis.methods.causal.randomisation import randomisation
from analysis.methods.causal.specifications import curve, identified
from analysis.methods.causal.two_way import ERRORS, two_way
from analysis.methods.causal.wild import FEW_CLUSTERS, wild_bootstrap
from analysis.records.errors import QuantityError

REPLICATIONS = 999
MEASURED = 22  # fewest clusters of the simulation study
FEW_TREATED = 5  # fewer treated counties than this, and an effect has no error worth the name
FIRST_YEARS = 3  # years of treatment over which honest bounds average
INTENTION = "Every figure is an intention to treat: being on the list, whatever was done there."
GROUP_TIME = {
    "simple": "group-time, every treated county-year alike",
    "event": "group-time, every year since treatment alike",
    "group": "group-time, by size of group",
    "calendar": "group-time, every calendar year alike",
}
OTHERS: dict[str, Callable[[Panel], Estimate]] = {
    "imputation": imputation,
    "Sun and Abraham": sun_abraham,
    "two-way fixed effects": two_way,
}


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
        ``estimator``, ``estimate`` and ``se`` (unit of the outcome), ``low``, ``high`` (95 %), ``share`` (the estimate as a share, only
        if the outcome is declared a logarithm), ``errors`` (their kind, or why there is no estimate).
    effects : GroupTime
        Every group-time effect: ``effects.table`` is also the map of cells used, with the counties treated and compared in each.
    events, cohorts : DataFrame
        By years since treatment and by group, as ``aggregate``, with ``treated`` (counties that each rests on) and ``rests_on`` (a
        warning where they are fewer than ``FEW_TREATED``); of events also ``band_low`` and ``band_high``, which hold all at once.
    comparisons : DataFrame
        Kinds of comparison in the two-way coefficient: ``kind``, ``weight``, ``estimate``, ``pairs``; of the counties with an outcome in
        every year, and empty if there is no comparison between them.
    pairs : DataFrame
        Each comparison, as ``bacon``.
    bounds : DataFrame
        Honest bounds, as ``honest``, of the ``effect`` in the first year and on average over the first years; empty if trends before
        treatment are not known.
    tests : DataFrame
        ``test``, ``p`` (to six decimals), ``how``.
    specifications : DataFrame
        As ``curve``.
    smallest : float
        Smallest effect that would be found with a power of 80 %, in the unit of the outcome.
    notes : tuple of str
        What must be said with the figures.
    is_log : bool
        Whether the outcome is declared a natural logarithm.
    """

    panel: Panel
    used: Panel
    estimates: pd.DataFrame
    effects: GroupTime
    events: pd.DataFrame
    cohorts: pd.DataFrame
    comparisons: pd.DataFrame
    pairs: pd.DataFrame
    bounds: pd.DataFrame
    tests: pd.DataFrame
    specifications: pd.DataFrame
    smallest: float
    notes: tuple[str, ...]
    is_log: bool


def study(
    panel: Panel,
    *,
    seed: int,
    replications: int = REPLICATIONS,
    log_outcome: bool = False,
    step: Callable[[str], None] = lambda _: None,
) -> Study:
    """Estimate, test and describe; the same for real and for simulated panels.

    Parameters
    ----------
    panel : Panel
    seed : int
        Of the bands, the bootstrap and the randomisation.
    replications : int
    log_outcome : bool
        The outcome is a natural logarithm, so that estimates are also given as a share: nothing guesses it.
    step : callable
        Told the name of each part before it begins.

    Raises
    ------
    QuantityError
        If no effect is identified: nobody is treated, or no year has counties with and without treatment.
    """
    _check(panel, seed, replications)
    used = identified(panel)
    step("group-time effects")
    effects = group_time(used)
    found = {way: aggregate(effects, way) for way in GROUP_TIME}
    events = _counted(found["event"], effects, seed=seed)
    step("other estimators")
    estimates = _estimates(used, found, log_outcome=log_outcome)
    step("comparisons and bounds")
    pairs, comparisons = _comparisons(used)
    bounds = _bounds(used)
    step("tests")
    tests = _tests(used, effects, seed, replications)
    step("specifications")
    overall = found["simple"].overall
    return Study(
        panel=panel,
        used=used,
        estimates=estimates,
        effects=effects,
        events=events,
        cohorts=_counted(found["group"], effects),
        comparisons=comparisons,
        pairs=pairs,
        bounds=bounds,
        tests=tests,
        specifications=curve(panel),
        smallest=smallest_detectable(overall.se, overall.df),
        notes=(*notes(panel, used), *effects.notes, *_thin(events)),
        is_log=log_outcome,
    )


def _check(panel: Panel, seed: int, replications: int) -> None:
    """Refuse what nothing can be drawn from, and a panel without an error to know."""
    if not isinstance(seed, int) or seed < 0 or replications < 1:
        raise QuantityError(
            f"seed {seed!r} with {replications!r} replications; allowed are a whole number from 0 on, and at least 1 replication"
        )
    if panel.clusters < 2:
        raise QuantityError(
            "all counties are in one cluster, and no error can be known; allowed are two clusters or more"
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
            f"{used.clusters} clusters are fewer than {FEW_CLUSTERS}: the two-way coefficient is tested by the wild cluster bootstrap; how often the intervals miss with so few is measured in benchmarks/RESULTS.md, from {MEASURED} clusters."
        )
    if used.clusters < MEASURED:
        found.append(
            f"With {used.clusters} clusters every interval and p-value is unreliable: fewer than {MEASURED} were not measured."
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


def _counted(found: Aggregate, effects: GroupTime, *, seed: int | None = None) -> pd.DataFrame:
    """Averages with the counties that each rests on, and a band of all of them if a seed is given."""
    column = "event" if found.way == "event" else "group"
    per_group = effects.table.groupby([column, "group"])["treated"].max()
    treated = per_group.groupby(level=0).sum().loc[found.table["key"]].to_numpy()
    table = found.table
    if seed is not None:
        half = band(found.spread, seed=seed) * found.spread.se
        table = table.assign(band_low=table["att"] - half, band_high=table["att"] + half)
    said = [f"{many} treated: unreliable" if many < FEW_TREATED else "" for many in treated]
    return table.assign(treated=treated, rests_on=said)


def _comparisons(used: Panel) -> tuple[pd.DataFrame, pd.DataFrame]:
    try:
        pairs = bacon(used.of(np.asarray(used.seen.all(axis=1))))
    except QuantityError:
        pairs = pd.DataFrame(columns=["kind", "group", "against", "estimate", "weight"])
    return pairs, by_kind(pairs)


def _bounds(used: Panel) -> pd.DataFrame:
    """Bounds of the first year's effect and of the average over the first years, from what rests on enough counties."""
    empty = pd.DataFrame(columns=["effect", "times", "lower", "upper", "low", "high"])
    try:
        effects = group_time(used, base="universal")
        found = aggregate(effects, "event")
    except QuantityError:
        return empty
    table = _counted(found, effects)
    events = table["key"].to_numpy()
    enough = dict(zip(events, table["rests_on"] == "", strict=True))
    before = next(n for n in range(2, 100) if not enough.get(-n, False)) - 2
    after = min(next(n for n in range(100) if not enough.get(n, False)), FIRST_YEARS)
    if not (before and after):
        return empty
    kept = np.flatnonzero((events >= -before - 1) & (events < after))
    rows = []
    for years in sorted({1, after}):
        own = kept[: before + years]
        values, spread = found.table["att"].to_numpy()[own], found.spread.total[np.ix_(own, own)]
        target = np.full(years, 1 / years)
        name = "in the first year" if years == 1 else f"on average over {years} years"
        rows.append(honest(values, spread, before, target=target).assign(effect=name))
    return pd.concat(rows, ignore_index=True)[empty.columns]


def _estimates(used: Panel, found: dict[str, Aggregate], *, log_outcome: bool) -> pd.DataFrame:
    rows: list[tuple[str, float, float, float, float, str]] = []
    for way, name in GROUP_TIME.items():
        one = found[way].overall
        rows.append((name, one.value, one.se, *one.interval, one.errors))
    for name, estimator in OTHERS.items():
        try:
            one = estimator(used)
            said = ERRORS.get(one.errors, one.errors)
            rows.append((name, one.value, one.se, *one.interval, said))
        except QuantityError as refused:  # gaps may leave a year without an untreated county
            rows.append((name, np.nan, np.nan, np.nan, np.nan, str(refused)))
    table = pd.DataFrame(rows, columns=["estimator", "estimate", "se", "low", "high", "errors"])
    if log_outcome:
        table.insert(5, "share", table["estimate"].map(percent_change))
    return table


def _tests(used: Panel, effects: GroupTime, seed: int, replications: int) -> pd.DataFrame:
    rows: list[tuple[str, float, str]] = []
    try:
        before = pretrends(effects)
        how = f"Hotelling for batches with their own covariance, F({before.df}, {before.rest:.1f}) = {before.f:.2f}"
        rows.append(("equal trends before treatment", before.p, how))
    except QuantityError as refused:
        rows.append(("equal trends before treatment", np.nan, str(refused)))
    name = "no effect, two-way coefficient"
    if used.clusters < FEW_CLUSTERS:
        wild = wild_bootstrap(used, seed=seed, replications=replications)
        how = f"wild cluster bootstrap, null imposed, {replications} replications, seed {seed}"
        rows.append((name, wild.p, how))
    else:
        rows.append((name, two_way(used).p, f"t, {used.clusters} clusters"))
    if used.clusters == len(used.units):
        other = randomisation(used, seed=seed, replications=replications)
        how = f"randomisation inference, {replications} other assignments, seed {seed}"
        rows.append(("no effect on any county", other.p, how))
    return pd.DataFrame(rows, columns=["test", "p", "how"]).round({"p": 6})
