"""How alike two sets of codes are: Jaccard's index, with a bootstrap over the rows that carry the codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.scenarios.model import generator
from analysis.records.errors import QuantityError

BATCHES, OF_A_BATCH = 8, 4_096  # resamples; the spread between batches is the error of the result
ENDS = (5, 95)  # percentiles


@dataclass(frozen=True)
class Overlap:
    """Jaccard's index of two sets of codes, a pure number between 0 and 1.

    Parameters
    ----------
    shared, union : int
        Codes in both sets, and in at least one.
    value : float
        shared ÷ union.
    low, middle, high : float
        5, 50 and 95 % points over resamples of the rows.
    error : float
        Largest standard error of the three points, from the spread between batches.
    resamples : int
    """

    shared: int
    union: int
    value: float
    low: float
    middle: float
    high: float
    error: float
    resamples: int


def jaccard(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Jaccard's index of pairs of code sets given as rows of 0 and 1; a pure number.

    Examples
    --------
    >>> jaccard(np.array([1, 1, 0]), np.array([1, 0, 1])).round(3).item()
    0.333
    """
    one, two = np.asarray(one, dtype=bool), np.asarray(two, dtype=bool)
    union = (one | two).sum(axis=-1)
    if not np.all(union):
        raise QuantityError("two empty sets of codes are neither alike nor different")
    return np.asarray((one & two).sum(axis=-1) / union)


def resampled(rows: np.ndarray, name: str) -> np.ndarray:
    """Code sets of resamples: as many rows as there are, drawn with replacement by the random stream of a name.

    Parameters
    ----------
    rows : ndarray
        Rows by codes, 0 and 1.
    name : str
        The same name draws the same resamples on every machine.

    Returns
    -------
    ndarray of bool
        Resamples by codes. A resample can lose a code and never gains one.
    """
    rows = np.asarray(rows, dtype=bool)
    if rows.ndim != 2 or not len(rows):
        raise QuantityError(f"{name} has no rows to resample")
    draws = generator(name, "bootstrap").integers(
        0, len(rows), size=(BATCHES * OF_A_BATCH, len(rows))
    )
    return np.asarray(rows[draws].any(axis=1))


def overlap(one: np.ndarray, two: np.ndarray, *, names: tuple[str, str]) -> Overlap:
    """Jaccard's index of two groups of rows, with its bootstrap range; a pure number.

    Parameters
    ----------
    one, two : ndarray
        Rows by codes, 0 and 1; the columns are the same codes.
    names : (str, str)
        Names of the groups: they seed the resamples.

    References
    ----------
    Jaccard (1912), New Phytologist 11(2), 37-50. Efron (1979), Annals of Statistics 7(1), 1-26.
    """
    sets = [np.any(np.asarray(rows, dtype=bool), axis=0) for rows in (one, two)]
    drawn = jaccard(resampled(one, names[0]), resampled(two, names[1]))
    low, middle, high = map(float, np.percentile(drawn, [ENDS[0], 50, ENDS[1]]))
    of_batches = np.percentile(drawn.reshape(BATCHES, OF_A_BATCH), [ENDS[0], 50, ENDS[1]], axis=1)
    error = float(of_batches.std(axis=1, ddof=1).max() / BATCHES**0.5)
    return Overlap(
        int((sets[0] & sets[1]).sum()),
        int((sets[0] | sets[1]).sum()),
        float(jaccard(*sets)),
        low,
        middle,
        high,
        error,
        drawn.size,
    )
