"""Shapes of an uncertain quantity: its quantiles, its probabilities, and nodes that integrate over it."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from analysis.records.errors import QuantityError

NODES = 32  # of a Gauss rule for each smooth piece: exact far beyond the digits shown
FEWEST_DEVIATIONS = 5.0  # a normal mean lies so many standard deviations above zero


@dataclass(frozen=True)
class Distribution:
    """A quantity between two ends.

    Parameters
    ----------
    low, central, high : float
        Ends and central value; for ``normal`` and ``log-normal`` the ends of the 95 % interval.
    """

    low: float
    central: float
    high: float

    shape: ClassVar[str] = ""

    def __post_init__(self) -> None:
        """Refuse ends that the shape cannot have."""

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles: the value below which the share ``u`` lies; overwrites ``u``."""
        raise NotImplementedError

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probability of a value at or below ``x``."""
        raise NotImplementedError

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Values and weights whose weighted sum is an expectation."""
        raise NotImplementedError

    def at(self, u: float) -> float:
        """One quantile."""
        return float(self.ppf(np.array([u]))[0])


class Fixed(Distribution):
    """Exactly one value."""

    shape = "fixed"

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        u.fill(self.central)
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        return (x >= self.central).astype(float)

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        return np.array([self.central]), np.ones(1)


class Uniform(Distribution):
    """Every value between the ends alike."""

    shape = "uniform"

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        u *= self.high - self.low
        u += self.low
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        scaled = (x - self.low) * (1 / (self.high - self.low))
        return np.clip(scaled, 0, 1, out=scaled)

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        return _piece(self.low, self.high)


class LogUniform(Distribution):
    """Every ratio between the ends alike."""

    shape = "log-uniform"

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        u *= math.log(self.high / self.low)
        np.exp(u, out=u)
        u *= self.low
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        return np.log(np.clip(x, self.low, self.high) / self.low) / math.log(self.high / self.low)

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        logs, weights = _piece(math.log(self.low), math.log(self.high))
        return np.exp(logs), weights


class Triangular(Distribution):
    """Most likely at the central value, falling to nothing at both ends."""

    shape = "triangular"

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        width, left = self.high - self.low, self.central - self.low
        rising = u * (width * left)
        u -= 1
        u *= -width * (width - left)
        below = rising < left * left
        np.sqrt(rising, out=rising)
        np.sqrt(u, out=u)
        np.subtract(width, u, out=u)
        np.copyto(u, rising, where=below)
        u += self.low
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        width, left = self.high - self.low, self.central - self.low
        from_low = np.clip(x - self.low, 0, width)
        from_high = width - from_low
        falling = (
            1 - from_high * from_high / (width * (width - left))
            if left < width
            else np.ones_like(from_low)
        )
        return np.where(
            from_low < left, from_low * from_low / (width * left) if left > 0 else 0.0, falling
        )

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        pieces = []
        for end in (self.low, self.high):
            if end != self.central:
                x, weights = _piece(*sorted((end, self.central)))
                pieces.append((x, weights * 2 * np.abs((x - end) / (self.high - self.low))))
        return np.concatenate([x for x, _ in pieces]), np.concatenate([w for _, w in pieces])


@functools.cache
def _z_95() -> float:
    """Half the width of a 95 % interval, in standard deviations; scipy.special is imported when it is used."""
    from scipy.special import ndtri

    return float(ndtri(0.975))


class Normal(Distribution):
    """Normal, with the ends as its 95 % interval."""

    shape = "normal"

    def __post_init__(self) -> None:
        if self.central < FEWEST_DEVIATIONS * self._deviation:
            raise QuantityError(
                f"a normal quantity between {self.low:.6g} and {self.high:.6g} may fall below zero; state it as log-normal"
            )

    @property
    def _deviation(self) -> float:
        return (self.high - self.low) / (2 * _z_95())

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        from scipy.special import ndtri

        ndtri(u, out=u)
        u *= self._deviation
        u += self.central
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        from scipy.special import ndtr

        return ndtr((x - self.central) / self._deviation)

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        z, weights = _normal_nodes()
        return self.central + self._deviation * z, weights


class LogNormal(Distribution):
    """Log-normal, with the ends as its 95 % interval and their geometric mean as its median."""

    shape = "log-normal"

    @property
    def _deviation(self) -> float:
        return math.log(self.high / self.low) / (2 * _z_95())

    @property
    def _median(self) -> float:
        return math.sqrt(self.low * self.high)

    def ppf(self, u: np.ndarray) -> np.ndarray:
        """Quantiles; see ``Distribution``."""
        from scipy.special import ndtri

        ndtri(u, out=u)
        u *= self._deviation
        np.exp(u, out=u)
        u *= self._median
        return u

    def cdf(self, x: np.ndarray) -> np.ndarray:
        """Probabilities; see ``Distribution``."""
        from scipy.special import ndtr

        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(x, 0) / self._median)
        return ndtr(logs / self._deviation)

    def nodes(self) -> tuple[np.ndarray, np.ndarray]:
        """Nodes of integration; see ``Distribution``."""
        z, weights = _normal_nodes()
        return self._median * np.exp(self._deviation * z), weights


SHAPES = {kind.shape: kind for kind in (Fixed, Uniform, Triangular, LogUniform, Normal, LogNormal)}


def distribution(shape: str, low: float, central: float, high: float) -> Distribution:
    """A distribution by the name of its shape; equal ends make it fixed.

    Parameters
    ----------
    shape : {"fixed", "uniform", "triangular", "log-uniform", "normal", "log-normal"}
    low, central, high : float
        Finite, in order.

    Raises
    ------
    QuantityError
        If the shape is unknown or the ends do not fit it.

    Examples
    --------
    >>> distribution("triangular", 0, 1, 4).at(0.25)
    1.0
    """
    if shape not in SHAPES:
        raise QuantityError(f"{shape!r} is no shape; allowed are {', '.join(SHAPES)}")
    if not (low <= central <= high and math.isfinite(high - low)):
        raise QuantityError(
            f"low <= central <= high, all finite, does not hold for {low}, {central}, {high}"
        )
    if low == high:
        return Fixed(low, central, high)
    if shape == "fixed":
        raise QuantityError(f"a fixed quantity has equal ends, not {low} and {high}")
    if shape.startswith("log") and not low > 0:
        raise QuantityError(f"a {shape} quantity lies above 0; its low end is {low}")
    return SHAPES[shape](low, central, high)


@functools.cache
def _gauss() -> tuple[np.ndarray, np.ndarray]:
    return np.polynomial.legendre.leggauss(NODES)


def _piece(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Legendre nodes between two ends, weights adding to one."""
    nodes, weights = _gauss()
    return (low + high) / 2 + (high - low) / 2 * nodes, weights / 2


@functools.cache
def _normal_nodes() -> tuple[np.ndarray, np.ndarray]:
    """Gauss-Hermite nodes of the standard normal distribution."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
    return nodes, weights / weights.sum()
