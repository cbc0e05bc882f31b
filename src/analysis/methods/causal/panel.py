"""A panel of counties and years, and the year in which each county was first treated."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.records.errors import QuantityError

NEVER = 0  # first year of a county that is not treated within the panel or after it
SHOWN = 5  # counties that a message names


@dataclass(frozen=True, eq=False)
class Panel:
    """Outcomes of counties by year.

    Parameters
    ----------
    units : tuple of str
        Names of the counties.
    years : tuple of int
        In ascending order; a year in which nothing was measured may be left out.
    first : ndarray of int, shape (units,)
        First year treated; ``NEVER`` for a county that never is. Treatment stays once it has begun.
    outcome : ndarray of float, shape (units, years)
        In its own unit; for incomes, the natural logarithm. NaN where there is none.
    cluster : ndarray of int, shape (units,)
        Number of the cluster, the level at which treatment was assigned; by default each county its own.
    weights : ndarray of float, shape (units,), optional
        How much each county counts, such as its population; above 0.
    covariates : mapping of str to ndarray of float, shape (units, years)
        What trends may depend on; known wherever the outcome is.

    Raises
    ------
    QuantityError
        If shapes do not fit, years are not in order, an outcome is infinite, or a county has no year before its treatment.
    """

    units: tuple[str, ...]
    years: tuple[int, ...]
    first: np.ndarray
    outcome: np.ndarray
    cluster: np.ndarray
    weights: np.ndarray | None = None
    covariates: Mapping[str, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays = ("first", "outcome", "cluster") + ("weights",) * (self.weights is not None)
        for name in arrays:
            own = np.array(getattr(self, name))  # a copy: nobody changes it from outside
            own.setflags(write=False)
            object.__setattr__(self, name, own)
        if problem := _problem(self):
            raise QuantityError(problem)

    @property
    def treated(self) -> np.ndarray:
        """Whether each county is treated in each year, shape (units, years)."""
        begun = np.array(self.years) >= self.first[:, None]
        return np.asarray((self.first != NEVER)[:, None] & begun)

    @property
    def seen(self) -> np.ndarray:
        """Whether each county has an outcome in each year, shape (units, years)."""
        return np.asarray(~np.isnan(self.outcome))

    @property
    def balanced(self) -> bool:
        """Whether every county has an outcome in every year."""
        return bool(self.seen.all())

    @property
    def groups(self) -> tuple[int, ...]:
        """Years in which counties of the panel are first treated, up to its last year."""
        return tuple(
            int(year) for year in np.unique(self.first) if year != NEVER and year <= self.years[-1]
        )

    @property
    def clusters(self) -> int:
        """Number of clusters."""
        return len(np.unique(self.cluster))

    @property
    def weight(self) -> np.ndarray:
        """How much each county counts: 1 if nothing else is given."""
        return np.ones(len(self.units)) if self.weights is None else self.weights

    def frame(self) -> pd.DataFrame:
        """A row for each county and year with an outcome: ``unit`` (its number), ``year``, ``first``, ``outcome``, ``cluster``, ``weight`` and the covariates."""
        units, years = np.nonzero(self.seen)
        return pd.DataFrame(
            {
                "unit": units,
                "year": np.array(self.years)[years],
                "first": self.first[units],
                "outcome": self.outcome[units, years],
                "cluster": self.cluster[units],
                "weight": self.weight[units],
            }
            | {f"x{n}": one[units, years] for n, one in enumerate(self.covariates.values())}
        )

    def place(self, year: int) -> int:
        """Column of a year."""
        return self.years.index(year)

    def of(self, wanted: np.ndarray) -> Panel:
        """The panel of some counties.

        Parameters
        ----------
        wanted : ndarray of bool, shape (units,)
        """
        names = tuple(name for name, is_in in zip(self.units, wanted, strict=True) if is_in)
        return dataclasses.replace(
            self,
            units=names,
            first=self.first[wanted],
            outcome=self.outcome[wanted],
            cluster=self.cluster[wanted],
            weights=None if self.weights is None else self.weights[wanted],
            covariates={name: one[wanted] for name, one in self.covariates.items()},
        )

    def between(self, start: int, end: int) -> Panel:
        """The panel of the years from ``start`` to ``end``; counties treated later keep their year."""
        kept = [year for year in self.years if start <= year <= end]
        if not kept:
            raise QuantityError(
                f"the panel has no year from {start} to {end}; it runs from {self.years[0]} to {self.years[-1]}"
            )
        used = slice(self.place(kept[0]), self.place(kept[-1]) + 1)
        return dataclasses.replace(
            self,
            years=tuple(kept),
            outcome=self.outcome[:, used],
            covariates={name: one[:, used] for name, one in self.covariates.items()},
        )

    def with_outcome(self, outcome: np.ndarray) -> Panel:
        """The same counties and treatment with other outcomes."""
        return dataclasses.replace(self, outcome=outcome)

    def untreated(self) -> pd.DataFrame:
        """Counties with an outcome by year: ``year``, ``untreated`` (number not yet treated) and ``treated`` (number)."""
        counts = (self.treated & self.seen).sum(axis=0)
        return pd.DataFrame(
            {"year": self.years, "untreated": self.seen.sum(axis=0) - counts, "treated": counts}
        )


def panel_of(roster: pd.DataFrame, outcomes: pd.DataFrame) -> Panel:
    """A panel from two tables.

    Parameters
    ----------
    roster : DataFrame
        ``county``, ``first_treated`` (``NEVER`` if it is not), perhaps ``cluster`` and ``weight``.
    outcomes : DataFrame
        ``county``, ``year``, ``outcome``; every other column is a covariate.

    Raises
    ------
    QuantityError
        As in ``Panel``.

    Examples
    --------
    >>> roster = pd.DataFrame({"county": ["a", "b"], "first_treated": [2015, 0]})
    >>> outcomes = pd.DataFrame({"county": ["a", "a", "b", "b"], "year": [2014, 2015] * 2, "outcome": [1.0, 3.0, 1.0, 2.0]})
    >>> panel_of(roster, outcomes).groups
    (2015,)
    """
    wide = outcomes.pivot(index="county", columns="year").reindex(roster["county"])
    extra = [name for name in outcomes.columns if name not in ("county", "year", "outcome")]
    return Panel(
        tuple(roster["county"]),
        tuple(int(year) for year in wide["outcome"].columns),
        roster["first_treated"].to_numpy(int),
        wide["outcome"].to_numpy(float),
        pd.factorize(roster["cluster"] if "cluster" in roster else roster["county"])[0],
        roster["weight"].to_numpy(float) if "weight" in roster else None,
        {name: wide[name].to_numpy(float) for name in extra},
    )


def _problem(panel: Panel) -> str:
    shape = (len(panel.units), len(panel.years))
    if (
        panel.outcome.shape != shape
        or panel.first.shape != shape[:1]
        or panel.cluster.shape != shape[:1]
        or 0 in shape
    ):
        return f"outcomes have the shape {panel.outcome.shape}, and there are {shape[0]} counties and {shape[1]} years"
    if any(later <= year for year, later in itertools.pairwise(panel.years)):
        return f"the years {', '.join(map(str, panel.years))} are not in ascending order, each once"
    if np.isinf(wrong := panel.outcome).any():
        return f"an outcome is infinite: {_named(panel.units, np.isinf(wrong).any(axis=1))}"
    if panel.weights is not None and not (panel.weights > 0).all():
        return f"weights are above 0: {_named(panel.units, ~(panel.weights > 0))}"
    for name, one in panel.covariates.items():
        if one.shape != shape or not np.isfinite(one[panel.seen]).all():
            return f"covariate {name!r} is not known for every county and year with an outcome"
    early = (panel.first != NEVER) & (panel.first <= panel.years[0])
    if early.any():
        return f"treated in {panel.years[0]}, the first year of the panel, or before: {_named(panel.units, early)}; a comparison needs a year before"
    return ""


def _named(units: Sequence[str], which: np.ndarray) -> str:
    names = [name for name, is_in in zip(units, which, strict=True) if is_in]
    return ", ".join(names[:SHOWN]) + (
        f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    )
