"""Inputs that move together: rank correlations by a normal copula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.methods.scenarios.distributions import Fixed
from analysis.methods.scenarios.readings import Spread
from analysis.records.errors import QuantityError


@dataclass(frozen=True, eq=False)
class Correlated:
    """Names that are drawn together, and the lower triangular matrix that mixes their normal scores."""

    names: tuple[str, ...]
    factor: np.ndarray

    def mix(self, units: dict[str, np.ndarray]) -> None:
        """Correlate the points in (0, 1) of the names; the first name's stay as they are."""
        from scipy.special import ndtr, ndtri

        scores = [ndtri(units[name]) for name in self.names]
        for name, row in zip(self.names, self.factor, strict=True):
            units[name] = ndtr(
                sum(weight * score for weight, score in zip(row, scores, strict=True) if weight)
            )


def correlated(
    spreads: Mapping[str, Spread], ranks: Mapping[tuple[str, str], float]
) -> Correlated | None:
    """What draws inputs with the given rank correlations (Spearman), or None without any.

    A rank correlation r of a normal copula is the correlation 2 sin(pi r / 6) of the scores.

    Parameters
    ----------
    spreads : mapping
        The inputs.
    ranks : mapping
        ``(name, name)`` to a rank correlation between -1 and 1.

    Raises
    ------
    QuantityError
        If a name is no uncertain input, a correlation is not between -1 and 1 or is stated twice, or
        no such quantities exist because the matrix is not positive definite.

    References
    ----------
    Iman and Conover (1982), Commun. Stat. Simul. Comput. 11(3), 311-334; Pearson (1907) for the sine.
    """
    if not ranks:
        return None
    names = tuple(sorted({name for pair in ranks for name in pair}))
    for name in names:
        if name not in spreads or isinstance(spreads[name].distribution, Fixed):
            raise QuantityError(
                f"{name} is no uncertain input of the scenario; correlated can be {', '.join(n for n, one in spreads.items() if not isinstance(one.distribution, Fixed))}"
            )
    matrix = np.eye(len(names))
    seen: set[frozenset[str]] = set()
    for (a, b), rank in ranks.items():
        if a == b or frozenset((a, b)) in seen:
            raise QuantityError(
                f"the correlation of {a} and {b} is stated twice, or of an input with itself"
            )
        if not -1 < rank < 1:
            raise QuantityError(
                f"the rank correlation of {a} and {b} lies between -1 and 1, not at {rank}; what is the same is one input"
            )
        seen.add(frozenset((a, b)))
        i, j = names.index(a), names.index(b)
        matrix[i, j] = matrix[j, i] = 2 * math.sin(math.pi * rank / 6)
    try:
        return Correlated(names, np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        written = ", ".join(f"{a} and {b}: {rank}" for (a, b), rank in ranks.items())
        raise QuantityError(
            f"no quantities have these rank correlations together, the matrix is not positive definite: {written}"
        ) from None
