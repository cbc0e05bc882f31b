"""Points of a name: stratified, reproducible, undisturbed by others, and as even as scipy's Latin hypercubes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import qmc

from analysis.methods.scenarios.model import REPETITIONS, points

NAMES = st.text(min_size=1, max_size=20)


@given(NAMES, st.integers(1, 500))
def test_every_repetition_has_one_point_in_each_of_its_slices(name, each):
    found = points(name, each * REPETITIONS)
    assert found.shape == (REPETITIONS, each)
    assert (np.sort((found * each).astype(int), axis=1) == np.arange(each)).all()
    assert found.max() < 1


@given(NAMES)
def test_a_name_has_its_points_whenever_it_is_asked(name):
    assert (points(name, 800) == points(name, 800)).all()


@pytest.mark.parametrize(("draws", "each"), [(1, 1), (16, 2), (17, 3), (16_384, 2_048)])
def test_there_are_at_least_so_many_draws(draws, each):
    assert points("deals", draws).shape == (REPETITIONS, each)


def test_names_and_repetitions_are_independent_streams():
    a, b = points("deals", 16_384), points("fees", 16_384)
    streams = np.corrcoef(np.vstack([a, b]))
    assert np.abs(streams - np.eye(len(streams))).max() < 0.1


@pytest.mark.parametrize("dimensions", [2, 3])
def test_names_together_are_as_even_as_the_latin_hypercubes_of_scipy(dimensions):
    """Median centred discrepancy over the repetitions, beside scipy's and beside random points."""
    each = 512
    columns = [points(f"input {number}", each * REPETITIONS) for number in range(dimensions)]
    samples = {
        "ours": list(np.stack(columns, axis=-1)),
        "scipy": [qmc.LatinHypercube(dimensions, rng=k).random(each) for k in range(REPETITIONS)],
        "plain": [np.random.default_rng(k).random((each, dimensions)) for k in range(REPETITIONS)],
    }
    at = {
        name: float(np.median([qmc.discrepancy(one) for one in many]))
        for name, many in samples.items()
    }
    assert at["ours"] < 1.5 * at["scipy"]
    assert at["ours"] < at["plain"] / 1.5
