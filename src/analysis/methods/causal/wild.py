"""The wild cluster bootstrap of a two-way fixed effects coefficient, null imposed: for few clusters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.methods.causal.two_way import remainder, two_way
from analysis.records.errors import QuantityError

FEW_CLUSTERS = 40  # fewer than this, and clustered standard errors are not trusted
WEIGHTS = {
    "rademacher": (-1.0, 1.0),
    "webb": tuple(sign * np.sqrt(size) for sign in (-1, 1) for size in (0.5, 1.0, 1.5)),
}
WIDEST, STEPS = (
    20,
    40,
)  # standard errors within which the ends of an interval are looked for, and halvings


@dataclass(frozen=True)
class Wild:
    """A wild cluster bootstrap test.

    Parameters
    ----------
    value : float
        The coefficient, in the unit of the outcome.
    null : float
        The effect that is tested.
    p : float
        Share of the replications whose t is at least as large as that of the data, on either side.
    replications, clusters, seed : int
    """

    value: float
    null: float
    p: float
    replications: int
    clusters: int
    seed: int


def wild_bootstrap(
    panel: Panel,
    *,
    seed: int,
    null: float = 0.0,
    replications: int = 999,
    weights: str = "rademacher",
) -> Wild:
    """Test an effect by multiplying the residuals of each cluster, under that effect, by random weights.

    Parameters
    ----------
    panel : Panel
    seed : int
        Weights are drawn by ``numpy.random.default_rng(seed)`` as a table of clusters by replications.
    null : float
        The effect that is tested, in the unit of the outcome.
    replications : int
    weights : {"rademacher", "webb"}
        Two points; or six points, for fewer than about ten clusters, where two give few different tables.

    References
    ----------
    Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90(3), 414-427.
    """
    drawn = _weights(panel, seed, replications, weights)
    return Wild(
        two_way(panel).value, null, _p(panel, null, drawn), replications, panel.clusters, seed
    )


def wild_interval(
    panel: Panel, *, seed: int, replications: int = 999, weights: str = "rademacher"
) -> tuple[float, float]:
    """Ends of the effects that the bootstrap does not reject at 5 %, all tested with the same weights."""
    drawn, found = _weights(panel, seed, replications, weights), two_way(panel)
    ends = []
    for way in (-1, 1):
        inside, outside = found.value, found.value + way * WIDEST * found.se
        if _p(panel, outside, drawn) > 0.05:
            raise QuantityError(
                f"the bootstrap rejects no effect within {WIDEST} standard errors; {panel.clusters} clusters are too few for an interval"
            )
        for _ in range(STEPS):
            middle = (inside + outside) / 2
            inside, outside = (
                (middle, outside) if _p(panel, middle, drawn) > 0.05 else (inside, middle)
            )
        ends.append((inside + outside) / 2)
    return ends[0], ends[1]


def _weights(panel: Panel, seed: int, replications: int, weights: str) -> np.ndarray:
    if weights not in WEIGHTS:
        raise QuantityError(f"{weights!r} are no weights; allowed are {', '.join(WEIGHTS)}")
    points = np.array(WEIGHTS[weights])
    return points[
        np.random.default_rng(seed).integers(0, len(points), size=(panel.clusters, replications))
    ]


def _p(panel: Panel, null: float, drawn: np.ndarray) -> float:
    left, clusters = remainder(panel), np.unique(panel.cluster, return_inverse=True)[1]
    dummy = left(panel.treated.astype(float))
    residual = left(panel.outcome - null * panel.treated)
    weighted = panel.weight[:, None] * dummy
    own = _t(dummy, weighted, residual[..., None], clusters)[0]
    resampled = left(residual[..., None] * drawn[clusters][:, None, :])
    drawn_t = _t(dummy, weighted, resampled, clusters)
    return float(np.mean(np.abs(drawn_t) >= abs(own) * (1 - 1e-12)))


def _t(
    dummy: np.ndarray, weighted: np.ndarray, outcome: np.ndarray, clusters: np.ndarray
) -> np.ndarray:
    """T of each outcome, shape (units, years, many), up to a factor that all share."""
    square = np.sum(weighted * dummy, axis=1)
    moments = np.einsum("it,itr->ir", weighted, outcome)
    effect = moments.sum(axis=0) / square.sum()
    sums = np.zeros((clusters.max() + 1, moments.shape[1]))
    np.add.at(sums, clusters, moments - square[:, None] * effect)
    # A draw may leave nothing to an error: its statistic is infinite, or none.
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(effect / np.sqrt(np.sum(sums**2, axis=0)))
