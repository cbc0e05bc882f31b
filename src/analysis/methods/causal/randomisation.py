"""Randomisation inference: what the coefficient would be had the same years been given to other counties."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.methods.causal.two_way import remainder, two_way
from analysis.records.errors import QuantityError


@dataclass(frozen=True, eq=False)
class Randomised:
    """A test against other assignments.

    Parameters
    ----------
    value : float
        The coefficient, in the unit of the outcome.
    p : float
        Share of the assignments, that of the data among them, with a coefficient at least as large on either side.
    others : ndarray, shape (replications,)
        Coefficients under the other assignments.
    seed : int
    """

    value: float
    p: float
    others: np.ndarray
    seed: int


def randomisation(
    panel: Panel, *, seed: int, replications: int = 999, strata: np.ndarray | None = None
) -> Randomised:
    """Test that treatment changed no county, by giving the years of treatment to the counties at random.

    Parameters
    ----------
    panel : Panel
        Years are exchanged between counties: each county must be its own cluster, the level of assignment.
    seed : int
    replications : int
    strata : ndarray, shape (units,), optional
        Years are exchanged within each stratum only, if they were given so.

    Raises
    ------
    QuantityError
        If clusters hold several counties.

    References
    ----------
    Fisher (1935), The Design of Experiments. Young (2019), Quarterly Journal of Economics 134(2), 557-598.
    """
    if panel.clusters < len(panel.units):
        raise QuantityError(
            f"treatment was assigned to {panel.clusters} clusters of {len(panel.units)} counties; exchange whole clusters, or take the wild bootstrap"
        )
    left, weight = remainder(panel), panel.weight[:, None]
    outcome, dummy = weight * left(panel.outcome), left(panel.treated.astype(float))
    generator, parts = np.random.default_rng(seed), _parts(panel, strata)
    places = np.tile(np.arange(len(panel.units)), (replications, 1))
    for row in places:
        for part in parts:
            row[part] = generator.permutation(part)
    if panel.balanced and not panel.covariates and panel.weights is None:
        # means of counties and years move along with the years of treatment
        products = dummy @ outcome.T
        others = products[places, np.arange(len(panel.units))].sum(axis=1) / np.sum(dummy**2)
    else:
        given = (left(panel.treated[row].astype(float)) for row in places)
        others = np.array([np.sum(one * outcome) / np.sum(weight * one**2) for one in given])
    value = two_way(panel).value
    as_large = np.sum(np.abs(others) >= abs(value) * (1 - 1e-12))
    return Randomised(value, float((1 + as_large) / (1 + replications)), others, seed)


def _parts(panel: Panel, strata: np.ndarray | None) -> list[np.ndarray]:
    own = np.zeros(len(panel.units), int) if strata is None else np.asarray(strata)
    return [np.flatnonzero(own == stratum) for stratum in np.unique(own)]
