"""Scrambled Sobol points, one stream for each name: adding an input leaves the others' points where they are.

A Sobol sequence multiplies the binary digits of the point's number by one matrix for each dimension.
Where a dimension's primitive polynomial has a degree of at least ``BITS_OF_INDEX``, those matrices are
free: upper triangular, with ones on the diagonal. Here they are drawn by the name of the input, together
with the lower triangular matrix of Matousek's scramble; a random digital shift makes each net an
independent repetition. scipy's ``qmc.Sobol`` gives a dimension to a *position*, so that a new input
would move the others; it is the reference in the tests. See decision 0009.

References
----------
Sobol (1967), USSR Comput. Math. Math. Phys. 7(4), 86-112. Matousek (1998), J. Complexity 14(4), 527-556.
Joe and Kuo (2008), SIAM J. Sci. Comput. 30(5), 2635-2654.
"""

from __future__ import annotations

import functools
import hashlib

import numpy as np

BITS_OF_INDEX = 14  # a net has at most 2**14 points
BITS = 32  # of a coordinate
NETS = 8  # independent repetitions, at least
SCALE = 2.0**-BITS


def generator(name: str, purpose: str = "points") -> np.random.Generator:
    """The random generator that belongs to a name, the same on every machine."""
    digest = hashlib.sha256(f"{purpose}:{name}".encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


@functools.lru_cache(maxsize=256)
def table(name: str, bits: int) -> np.ndarray:
    """The unshifted net of a name: ``2**bits`` whole numbers below ``2**32``, read-only."""
    draws = generator(name, "matrix")
    upper = np.triu(
        draws.integers(0, 2, (BITS_OF_INDEX, BITS_OF_INDEX), dtype=np.uint64), 1
    ) + np.eye(BITS_OF_INDEX, dtype=np.uint64)
    lower = np.tril(draws.integers(0, 2, (BITS, BITS_OF_INDEX), dtype=np.uint64), -1)
    lower[:BITS_OF_INDEX] += np.eye(BITS_OF_INDEX, dtype=np.uint64)
    weights = np.uint64(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint64)
    directions = (weights @ (lower @ upper % 2)).astype(np.uint32)
    points = np.zeros(1 << bits, dtype=np.uint32)
    for k in range(bits):
        points[1 << k : 2 << k] = points[: 1 << k] ^ directions[k]
    points.flags.writeable = False
    return points


@functools.lru_cache(maxsize=256)
def shifts(name: str, nets: int) -> np.ndarray:
    """One digital shift for each net of a name; more nets leave the first ones as they are."""
    return generator(name, "shift").integers(0, 1 << BITS, size=nets, dtype=np.uint32)


def layout(draws: int) -> tuple[int, int]:
    """Number of nets, a multiple of ``NETS``, and bits of each net's index, for at least so many draws.

    Examples
    --------
    >>> layout(16_384), layout(1_000_000)
    ((8, 11), (64, 14))
    """
    bits = min(max((-(-draws // NETS) - 1).bit_length(), 0), BITS_OF_INDEX)
    nets = -(-draws // (NETS << bits)) * NETS
    return nets, bits


def fill(out: np.ndarray, name: str, shift: np.ndarray, scratch: np.ndarray) -> np.ndarray:
    """Points in (0, 1) of one name for some nets, written into ``out`` (nets by points).

    Parameters
    ----------
    out, scratch : ndarray
        Of float64 and uint32, shape (len(shift), points of a net).
    """
    np.bitwise_xor(table(name, out.shape[1].bit_length() - 1), shift[:, None], out=scratch)
    np.multiply(scratch, SCALE, out=out)
    out += SCALE / 2
    return out
