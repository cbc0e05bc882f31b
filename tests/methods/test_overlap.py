"""Jaccard's index and its bootstrap: known sets, laws, and the same draws for the same names."""

import numpy as np
import pytest

from analysis.methods.overlap import BATCHES, OF_A_BATCH, jaccard, overlap, resampled
from analysis.records.errors import QuantityError

ONE = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]])
TWO = np.array([[0, 1, 1, 0], [0, 0, 1, 0]])


def test_two_sets_that_share_one_of_three_codes():
    found = overlap(ONE, TWO, names=("one", "two"))
    assert (found.shared, found.union, found.value) == (1, 3, pytest.approx(1 / 3))
    assert found.resamples == BATCHES * OF_A_BATCH
    assert found.error >= 0
    assert found.low <= found.middle <= found.high


def test_the_bootstrap_has_the_shares_that_can_be_counted():
    # the second group keeps its code 1 unless both draws take the other row: one in four loses it
    kept = resampled(TWO, "two")
    assert kept[:, 2].all()
    assert not kept[:, 3].any()
    assert kept[:, 1].mean() == pytest.approx(3 / 4, abs=0.01)
    # the first group loses code 0 if all three draws take row 1: one in 27
    assert resampled(ONE, "one")[:, 0].mean() == pytest.approx(26 / 27, abs=0.005)


def test_a_resample_never_gains_a_code_and_a_group_of_one_row_does_not_move():
    assert not (resampled(ONE, "x") & ~ONE.any(axis=0)).any()
    assert (resampled(ONE[:1], "x") == ONE[:1].astype(bool)).all()


def test_names_alone_decide_the_draws():
    assert (resampled(ONE, "a") == resampled(ONE, "a")).all()
    assert (resampled(ONE, "a") != resampled(ONE, "b")).any()
    both = overlap(ONE, TWO, names=("a", "b")), overlap(TWO, ONE, names=("b", "a"))
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("one", "two", "value"),
    [([1, 1], [1, 1], 1), ([1, 0], [0, 1], 0), ([1, 1, 0], [0, 1, 1], 1 / 3)],
)
def test_jaccard_of_known_sets(one, two, value):
    assert jaccard(np.array(one), np.array(two)) == pytest.approx(value)


def test_empty_sets_and_empty_groups_are_refused():
    with pytest.raises(QuantityError, match="two empty sets of codes"):
        jaccard(np.zeros(3), np.zeros(3))
    with pytest.raises(QuantityError, match="nobody has no rows to resample"):
        resampled(np.zeros((0, 3)), "nobody")
