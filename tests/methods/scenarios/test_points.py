"""Points of a name: stratified, reproducible, undisturbed by others, and as even as scipy's Sobol points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from analysis.methods.scenarios import points

NAMES = st.text(min_size=1, max_size=20)


def net(name: str, bits: int, shift: int = 0) -> np.ndarray:
    shape = (1, 1 << bits)
    return points.fill(
        np.empty(shape), name, np.array([shift], dtype=np.uint32), np.empty(shape, dtype=np.uint32)
    )[0]


@given(NAMES, st.integers(1, points.BITS_OF_INDEX), st.integers(0, 2**32 - 1))
def test_every_net_has_one_point_in_each_of_its_slices(name, bits, shift):
    found = net(name, bits, shift)
    assert sorted((found * (1 << bits)).astype(int)) == list(range(1 << bits))
    assert found.min() > 0
    assert found.max() < 1


@given(NAMES)
def test_a_shorter_net_is_the_beginning_of_a_longer_one_and_more_nets_leave_the_first(name):
    assert (net(name, 8) == net(name, 12)[:256]).all()
    assert (points.shifts(name, 8) == points.shifts(name, 64)[:8]).all()


def test_two_names_are_independent_streams():
    a, b = net("deals", 11), net("fees", 11)
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.05
    assert not np.array_equal(a, b)


@pytest.mark.parametrize("dimensions", [2, 3])
def test_nets_are_as_even_as_the_scrambled_sobol_points_of_scipy(dimensions):
    """Median centred discrepancy over twelve sets, beside scipy's and beside random points."""
    bits, sets = 9, 12
    ours = [
        np.column_stack([net(f"input {d} of {k}", bits, 7919 * (k + 1)) for d in range(dimensions)])
        for k in range(sets)
    ]
    sobol = [qmc.Sobol(dimensions, rng=k).random_base2(bits) for k in range(sets)]
    plain = [np.random.default_rng(k).random((1 << bits, dimensions)) for k in range(sets)]
    at = {
        name: float(np.median([qmc.discrepancy(one) for one in many]))
        for name, many in {"ours": ours, "sobol": sobol, "plain": plain}.items()
    }
    assert at["ours"] < 6 * at["sobol"]
    assert at["ours"] < at["plain"] / 4


@pytest.mark.parametrize(
    ("draws", "expected"),
    [
        (1, (8, 0)),
        (16, (8, 1)),
        (16_384, (8, 11)),
        (16_385, (8, 12)),
        (131_072, (8, 14)),
        (131_073, (16, 14)),
        (1_000_000, (64, 14)),
        (100_000_000, (6104, 14)),
    ],
)
def test_layout_has_at_least_so_many_draws_in_whole_nets(draws, expected):
    nets, bits = points.layout(draws)
    assert (nets, bits) == expected
    assert nets << bits >= draws
    assert nets % points.NETS == 0
