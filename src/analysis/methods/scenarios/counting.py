"""Quantiles of a stream of draws in bounded memory: counts in narrow bins, for each repetition."""

from __future__ import annotations

import numpy as np

BINS = 8192
MARGIN = 0.05  # beyond the first draws, as a part of their range
OUTER = (0.001, 0.999)  # quantiles of the first draws that the bins span


class Counts:
    """Draws of one output, counted in bins between ends that the first draws set.

    Parameters
    ----------
    first : ndarray
        The first draws; they only set the ends.
    groups : int
        Repetitions that are counted apart.
    """

    def __init__(self, first: np.ndarray, groups: int) -> None:
        low, high = np.quantile(first, OUTER)
        pad = MARGIN * (high - low) or abs(low) * 1e-12 or 1e-12
        self.low, self.width = float(low - pad), float(high - low + 2 * pad) / (BINS - 2)
        self.counts = np.zeros((groups, BINS), dtype=np.int64)

    def add(self, group: int, values: np.ndarray) -> None:
        """Count draws of one repetition; ``values`` is overwritten. What lies beyond the ends falls into the outer bins."""
        values -= self.low - self.width
        values *= 1 / self.width
        np.clip(values, 0, BINS - 1, out=values)
        self.counts[group] += np.bincount(values.ravel().astype(np.int32), minlength=BINS)

    def quantiles(self, shares: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Quantiles of all repetitions together, and those of each, by straight lines within bins."""
        return self._of(self.counts.sum(axis=0), shares), np.array(
            [self._of(row, shares) for row in self.counts]
        )

    def _of(self, counts: np.ndarray, shares: np.ndarray) -> np.ndarray:
        cumulated = np.concatenate([[0], np.cumsum(counts)]) / counts.sum()
        inside = np.searchsorted(cumulated, shares, side="right") - 1
        if (inside <= 0).any() or (inside >= BINS - 1).any():
            raise ArithmeticError("a quantile lies beyond the bins that the first draws set")
        edges = self.low + (inside - 1) * self.width
        return edges + self.width * (shares - cumulated[inside]) / (
            cumulated[inside + 1] - cumulated[inside]
        )
