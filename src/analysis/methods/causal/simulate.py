"""Simulated panels with a known truth: batches of counties, log incomes, an effect that grows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.panel import NEVER, Panel
from analysis.records.errors import QuantityError


@dataclass(frozen=True)
class Batch:
    """Counties of one kind that are treated from one year on.

    Parameters
    ----------
    first : int
        First year treated; ``NEVER`` for none.
    counties : int
    listed : bool
        Whether they are on the list of poverty counties.
    """

    first: int
    counties: int
    listed: bool = True


@dataclass(frozen=True)
class Design:
    """What a simulated panel is drawn from; log points throughout.

    Parameters
    ----------
    batches : tuple of Batch
    years : tuple of int
        Consecutive.
    growth : float
        Mean growth a year of listed counties.
    growth_other : float
        Mean growth a year of the others.
    growth_sd : float
        Standard deviation of the growth of a county in a year: shocks common to all, and its own.
    residual_sd : float
        Standard deviation of a county's own deviation from its level and the common path.
    persistence : float
        Autocorrelation of that deviation from year to year.
    level_sd : float
        Standard deviation of levels between counties.
    effect_first, effect_growth : float
        Effect in the first year treated, and what each further year adds.
    """

    batches: tuple[Batch, ...]
    years: tuple[int, ...]
    growth: float
    growth_other: float
    growth_sd: float
    residual_sd: float
    persistence: float
    level_sd: float
    effect_first: float
    effect_growth: float

    def __post_init__(self) -> None:
        if not -1 < self.persistence < 1:
            raise QuantityError(
                f"an autocorrelation of {self.persistence:g} is not between -1 and 1"
            )
        if self.common_sd**2 < 0 or np.isnan(self.common_sd):
            raise QuantityError(
                f"growth with a standard deviation of {self.growth_sd:g} cannot hold deviations of {self.residual_sd:g} a county; raise the first or lower the second"
            )

    @property
    def common_sd(self) -> float:
        """Standard deviation of the shocks common to all counties in a year: what a county's own deviations leave of its growth."""
        rest = self.growth_sd**2 - 2 * self.residual_sd**2 * (1 - self.persistence)
        return float(np.sqrt(rest)) if rest >= 0 else float("nan")

    @property
    def first(self) -> np.ndarray:
        """First year treated of each county."""
        return np.repeat(
            [batch.first for batch in self.batches], [batch.counties for batch in self.batches]
        )

    @property
    def listed(self) -> np.ndarray:
        """Whether each county is on the list of poverty counties."""
        return np.repeat(
            [batch.listed for batch in self.batches], [batch.counties for batch in self.batches]
        )


@dataclass(frozen=True, eq=False)
class Simulated:
    """A simulated panel and its truth.

    Parameters
    ----------
    panel : Panel
    effect : ndarray, shape (units, years)
        True effect of each county in each year, in log points; 0 before treatment.
    listed : ndarray of bool, shape (units,)
        Whether the county is on the list of poverty counties.
    """

    panel: Panel
    effect: np.ndarray
    listed: np.ndarray

    def truth(self, panel: Panel) -> float:
        """True average effect over the treated county-years of a part of the panel, in log points."""
        rows = np.isin(self.panel.units, panel.units)
        columns = np.isin(self.panel.years, panel.years)
        return float(self.effect[np.ix_(rows, columns)][panel.treated].mean())


def true_effect(design: Design) -> np.ndarray:
    """True effect of each county in each year, in log points, shape (units, years)."""
    first, years = design.first[:, None], np.array(design.years)[None, :]
    since = years - first
    return np.where(
        (first != NEVER) & (since >= 0), design.effect_first + design.effect_growth * since, 0.0
    )


def simulate(design: Design, *, seed: int | np.random.SeedSequence) -> Simulated:
    """Draw a panel.

    Parameters
    ----------
    design : Design
    seed : int or SeedSequence
        The same seed gives the same panel on every machine.

    Examples
    --------
    >>> design = Design((Batch(2012, 2), Batch(0, 3)), (2011, 2012), 0.09, 0.09, 0.014, 0.0085, 0.5, 0.08, 0.02, 0.01)
    >>> simulate(design, seed=1).panel.groups
    (2012,)
    """
    draws, first, listed = np.random.default_rng(seed), design.first, design.listed
    units, years = len(first), len(design.years)
    level = draws.normal(0, design.level_sd, units)
    path = np.concatenate([[0.0], np.cumsum(draws.normal(0, design.common_sd, years - 1))])
    own = np.empty((units, years))
    own[:, 0] = draws.normal(0, design.residual_sd, units)
    shocks = draws.normal(
        0, design.residual_sd * np.sqrt(1 - design.persistence**2), (units, years)
    )
    for year in range(1, years):
        own[:, year] = design.persistence * own[:, year - 1] + shocks[:, year]
    trend = np.where(listed, design.growth, design.growth_other)[:, None] * np.arange(years)
    effect = true_effect(design)
    names = tuple(f"county-{number:04d}" for number in range(1, units + 1))
    panel = Panel(
        names, design.years, first, level[:, None] + trend + path + own + effect, np.arange(units)
    )
    return Simulated(panel, effect, listed)
