"""Joint test that treated and compared counties moved alike before treatment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.group_time import GroupTime
from analysis.records.errors import QuantityError

NOT_EVIDENCE = "Not rejecting equal trends before treatment is no evidence that they would have been equal after it."


@dataclass(frozen=True)
class Pretrends:
    """Hotelling's test of all effects before treatment.

    Parameters
    ----------
    statistic : float
        Wald's W, as R's ``did`` prints it.
    df : int
        Number of effects tested.
    clusters : int
    """

    statistic: float
    df: int
    clusters: int

    @property
    def f(self) -> float:
        """Hotelling's F, W·(G - df)/(df·(G - 1)) of G clusters."""
        return self.statistic * (self.clusters - self.df) / (self.df * (self.clusters - 1))

    @property
    def p(self) -> float:
        """Probability of so large an F if trends were equal, with df and G - df degrees of freedom."""
        from scipy.stats import f

        return float(f.sf(self.f, self.df, self.clusters - self.df))

    def __str__(self) -> str:
        verdict = "is rejected" if self.p < 0.05 else "is not rejected"
        return f"Equal trends before treatment: {verdict} at 5 % (F({self.df}, {self.clusters - self.df}) = {self.f:.2f}, p = {self.p:.3f}). {NOT_EVIDENCE}"


def pretrends(found: GroupTime) -> Pretrends:
    """Test all effects before treatment at once, with their joint clustered covariance.

    Parameters
    ----------
    found : GroupTime
        By a varying base, each effect is the change of one year; by a universal one, the change to the last year before.

    Raises
    ------
    QuantityError
        If there is no year before treatment but the base, fewer clusters than effects to test, or effects without an error of their own.

    References
    ----------
    Callaway and Sant'Anna (2021), remark 4: the same statistic as R's ``did`` prints, which takes it for chi-squared. With few
    clusters that rejects true equal trends nearly always; Hotelling (1931), Annals of Mathematical Statistics 2(3), 360-378.
    """
    before = found.before
    df = int(before.sum())
    if df == 0:
        raise QuantityError(
            "no test of trends before treatment: each group has one year before it, and that is its base"
        )
    if found.panel.clusters <= df:
        raise QuantityError(
            f"no joint test of {df} effects with {found.panel.clusters} clusters; it needs more clusters than effects"
        )
    effects = found.table.loc[before, "att"].to_numpy()
    sums = np.column_stack(
        [
            np.bincount(found.panel.cluster, weights=spread)
            for spread in found.influence[:, before].T
        ]
    )
    if np.linalg.matrix_rank(sums) < df:
        raise QuantityError(
            f"no joint test of {df} effects: counties do not differ before treatment, or too few do, so that an error cannot be known"
        )
    statistic = float(effects @ np.linalg.solve(sums.T @ sums, effects))
    return Pretrends(statistic, df, found.panel.clusters)
