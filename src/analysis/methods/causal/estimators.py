"""Estimators for staggered treatment. The one module that knows the library behind them (diff-diff): decision 0016."""

from __future__ import annotations

import dataclasses
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods.causal.inference import Estimate, Joint, joint
from analysis.methods.causal.panel import NEVER, Panel
from analysis.records.errors import QuantityError

COMPARISONS = {"never": "never_treated", "not yet": "not_yet_treated"}
BASES = ("varying", "universal")
UNTREATED, EARLIER, LATER = KINDS = (
    "treated against untreated",
    "earlier against later treated",
    "later against already treated",
)
_KINDS = dict(zip(("treated_vs_never", "earlier_vs_later", "later_vs_earlier"), KINDS, strict=True))
_WHY_NONE = {
    "never": "no county is never treated",
    "not yet": "no county is treated later than another, and none is never treated",
}
IMPUTED = "clustered, each batch's own mean left out (Borusyak, Jaravel and Spiess, leave-one-out)"
SINGLE = "clustered; a group of a single county, of which no error is known: unreliable"
_SAID = {  # what the library warns of, and what is said of it
    "collinear|rank-deficient|singular": "Covariates that are constant, or follow from others, are left out of the comparisons in which they are.",
    "overlap|separation|did not converge": "Covariates tell treated from untreated counties apart in some comparisons: those effects rest on few counties that are alike, or on none.",
    "single positive-weight unit": SINGLE,
}
INTERACTED = "clustered; G/(G-1) · (n-1)/(n-k)"


@dataclass(frozen=True, eq=False)
class GroupTime:
    """Group-time effects.

    Parameters
    ----------
    table : DataFrame
        One row for each group and year: ``group``, ``year``, ``event`` (years since the first treated one), ``att`` and ``se`` in the
        unit of the outcome (clustered, no small-sample correction), ``treated`` and ``compared`` (numbers of counties).
    influence : ndarray, shape (units, rows)
        What each county adds to the error of each effect.
    panel : Panel
    comparison : {"never", "not yet"}
    anticipation : int
        Years before the first treated one that already count as treated.
    notes : tuple of str
        What the library warns of, in our words: covariates that add nothing, or leave nothing to compare.
    """

    table: pd.DataFrame
    influence: np.ndarray
    panel: Panel
    comparison: str
    anticipation: int
    notes: tuple[str, ...] = ()

    @property
    def after(self) -> np.ndarray:
        """Which rows are effects after treatment began."""
        return np.asarray(self.table["event"] >= 0)

    @property
    def before(self) -> np.ndarray:
        """Which rows are tests of the time before treatment, and before it was anticipated."""
        return np.asarray(self.table["event"] < -self.anticipation)


def group_time(
    panel: Panel, *, comparison: str = "not yet", base: str = "varying", anticipation: int = 0
) -> GroupTime:
    """Effect on the counties first treated in each year, in each year, in the unit of the outcome.

    With covariates each effect is doubly robust, given their values in the base year. In each cell the counties with an outcome in
    both years count, as in Stata's ``csdid`` with an unbalanced panel. Cells without a comparison are left out.

    Parameters
    ----------
    panel : Panel
    comparison : {"never", "not yet"}
        Counties that are never treated, or also those treated later than both years compared.
    base : {"varying", "universal"}
        Base year before treatment: the year before each (a test of one year's change), or the last year before treatment throughout.
    anticipation : int

    Raises
    ------
    QuantityError
        If no cell has a comparison, or an option is unknown.

    References
    ----------
    Callaway and Sant'Anna (2021), Journal of Econometrics 225(2), 200-230.
    """
    if comparison not in COMPARISONS or base not in BASES:
        raise QuantityError(
            f"{comparison!r} with {base!r} is not known; comparisons are {', '.join(COMPARISONS)}; bases are {', '.join(BASES)}"
        )
    nobody = not (panel.first == NEVER).any()
    if nobody and (comparison == "never" or len(np.unique(panel.first)) == 1):
        raise QuantityError(f"no group has a comparison: {_WHY_NONE[comparison]}")
    names = {"control_group": COMPARISONS[comparison], "base_period": base}
    found, notes = _fitted("CallawaySantAnna", panel, anticipation=anticipation, **names)
    rows, influence = [], []
    for row, spread in _cells(found, panel):
        before = [one for one in panel.years if one < row[0] - anticipation]
        if base == "varying" or row[1] != before[-1]:  # else the base year itself
            rows.append(row)
            influence.append(spread)
    if not rows:
        raise QuantityError(f"no group has a comparison: {_WHY_NONE[comparison]}")
    sums = np.zeros((panel.cluster.max() + 1, len(rows)))
    np.add.at(sums, panel.cluster, np.column_stack(influence))
    table = pd.DataFrame(rows, columns=["group", "year", "event", "att", "treated", "compared"])
    table.insert(4, "se", np.sqrt(np.sum(sums**2, axis=0)))
    return GroupTime(table, np.column_stack(influence), panel, comparison, anticipation, notes)


def _cells(found: Any, panel: Panel) -> Iterator[tuple[tuple[float, ...], np.ndarray]]:
    """Each effect that has a comparison, with its numbers of counties, and what each county adds to it."""
    known = found._aggregation_kit  # what each county adds is in no public attribute of 3.13
    for (group, year), one in sorted(found.group_time_effects.items()):
        cell = known.influence.get((group, year))
        if group not in panel.groups or cell is None:
            continue
        if not np.isfinite(one["effect"]) or not len(cell["control_idx"]):
            continue
        spread = np.zeros(len(panel.units))
        for side in ("treated", "control"):
            places = known.bookkeeping["all_units"][cell[f"{side}_idx"]]
            np.add.at(spread, places, cell[f"{side}_inf"])
        counts = len(cell["treated_idx"]), len(cell["control_idx"])
        yield (int(group), int(year), int(year - group), float(one["effect"]), *counts), spread


def pretrends(found: GroupTime) -> Joint:
    """Test all effects before treatment at once; of a varying base each is the change of one year.

    Raises
    ------
    QuantityError
        If there is no year before treatment but the base, or clusters are too few.
    """
    before = found.before
    return joint(found.table.loc[before, "att"].to_numpy(), found.influence[:, before], found.panel)


def imputation(panel: Panel) -> Estimate:
    """Average effect on treated county-years, from fixed effects that untreated county-years alone give.

    Parameters
    ----------
    panel : Panel

    Raises
    ------
    QuantityError
        If nobody is treated, or a year has no untreated county: its effect is then not identified.

    References
    ----------
    Borusyak, Jaravel and Spiess (2024), Review of Economic Studies 91(6), 3253-3285.
    """
    from scipy.sparse.csgraph import connected_components

    untreated = (~panel.treated & panel.seen).any(axis=0)
    if not panel.groups:
        raise QuantityError("no county is treated; there is no effect to estimate")
    if not untreated.all():
        years = ", ".join(map(str, np.array(panel.years)[~untreated]))
        raise QuantityError(
            f"every county is treated in {years}; what would have been in such a year cannot be imputed"
        )
    shared = (~panel.treated & panel.seen).astype(float)
    if connected_components((shared.T @ shared) > 0)[0] > 1:  # the library would print a number
        raise QuantityError(
            "untreated counties fall apart into parts that share no year; what would have been cannot be carried from one to the other"
        )
    found, said = _fitted("ImputationDiD", panel, cluster="cluster", leave_one_out=True)
    return _estimate(found, panel, SINGLE if SINGLE in said else IMPUTED)


def sun_abraham(panel: Panel) -> Estimate:
    """Average effect on treated county-years, from a saturated event study with an effect for each batch and year since treatment.

    References
    ----------
    Sun and Abraham (2021), Journal of Econometrics 225(2), 175-199.
    """
    if not (panel.first == NEVER).any() and (panel.first <= panel.years[-1]).all():
        raise QuantityError("no county is untreated throughout to compare with")
    last = dataclasses.replace(panel, first=_within(panel))
    found, _ = _fitted("SunAbraham", last, cluster="cluster")
    return _estimate(found, panel, INTERACTED)


def bacon(panel: Panel) -> pd.DataFrame:
    """Every two-by-two comparison in a two-way fixed effects coefficient, with its weight.

    Parameters
    ----------
    panel : Panel
        Counties treated after its last year count as untreated. Weights and covariates are left out of account.

    Returns
    -------
    DataFrame
        ``kind``, ``group`` and ``against`` (first treated years; 0 is untreated), ``estimate`` in the unit of the outcome,
        ``weight``. Weights sum to one, and the weighted estimates to the coefficient.

    Raises
    ------
    QuantityError
        If there is nothing to compare, or a county misses a year.

    References
    ----------
    Goodman-Bacon (2021), Journal of Econometrics 225(2), 254-277, equation 10.
    """
    if not panel.balanced:
        raise QuantityError("the decomposition needs an outcome of every county in every year")
    first = _within(panel)
    if len(np.unique(first)) < 2:
        raise QuantityError(
            "every county is first treated in the same year; there is no comparison to decompose"
        )
    plain = Panel(panel.units, panel.years, first, panel.outcome, panel.cluster)
    found = _fitted("BaconDecomposition", plain, weights="exact")[0].to_dataframe()
    against = found["control_group"].replace("never_treated", NEVER).astype(int)
    rows = found.assign(kind=found["comparison_type"].map(_KINDS), against=against)
    rows = rows.rename(columns={"treated_group": "group"}).astype({"group": int})
    rows["order"] = rows["kind"].map(KINDS.index)
    rows = rows.sort_values(["order", "group", "against"], ignore_index=True)
    return rows[["kind", "group", "against", "estimate", "weight"]]


def by_kind(table: pd.DataFrame) -> pd.DataFrame:
    """Weight and average estimate of each kind of comparison: ``kind``, ``weight``, ``estimate``, ``pairs``."""
    parts = table.assign(part=table["weight"] * table["estimate"]).groupby("kind", sort=False)
    found = parts.agg(weight=("weight", "sum"), part=("part", "sum"), pairs=("part", "size"))
    found.insert(1, "estimate", found.pop("part") / found["weight"])
    return found.reset_index()


def _within(panel: Panel) -> np.ndarray:
    """First years treated; ``NEVER`` for those after the last year of the panel."""
    return np.where(np.isin(panel.first, panel.groups), panel.first, NEVER)


def _estimate(found: Any, panel: Panel, errors: str) -> Estimate:
    value, se, seen = float(found.overall_att), float(found.overall_se), int(panel.seen.sum())
    if not np.isfinite([value, se]).all():
        raise QuantityError(
            "no average effect: counties and years do not hang together, or too few are left"
        )
    return Estimate(value, se, panel.clusters - 1, seen, panel.clusters, errors)


def _fitted(name: str, panel: Panel, **options: Any) -> tuple[Any, tuple[str, ...]]:
    """A model of the library, fitted, and what of its warnings concerns the data."""
    import diff_diff

    given: dict[str, Any] = {}
    if panel.covariates:
        given["covariates"] = [f"x{n}" for n in range(len(panel.covariates))]
    if panel.weights is not None:
        given["survey_design"] = diff_diff.SurveyDesign(weights="weight")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            model = getattr(diff_diff, name)(**options)
            found = model.fit(panel.frame(), "outcome", "unit", "year", "first", **given)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError) as refused:
            raise QuantityError(f"{name} gives no estimate: {refused}") from None
    heard = "\n".join(str(one.message) for one in said)
    return found, tuple(text for key, text in _SAID.items() if re.search(key, heard, re.I))
