"""Shapes against scipy.stats."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.methods.scenarios.readings import PRIORS, SHAPES, distribution
from analysis.records.errors import QuantityError

U = np.linspace(0.001, 0.999, 401)
Z = 1.959963984540054
REFERENCE = {  # whole numbers would hide a division that is rounded down
    "uniform": (distribution("uniform", 2.5, 3, 5.2), stats.uniform(2.5, 2.7)),
    "triangular": (distribution("triangular", 2.2, 3, 7.5), stats.triang(0.8 / 5.3, 2.2, 5.3)),
    "triangular, peak at the low end": (
        distribution("triangular", 2.2, 2.2, 7.5),
        stats.triang(0, 2.2, 5.3),
    ),
    "triangular, peak at the high end": (
        distribution("triangular", 2.2, 7.5, 7.5),
        stats.triang(1, 2.2, 5.3),
    ),
    "log-uniform": (distribution("log-uniform", 0.3, 4, 8), stats.loguniform(0.3, 8)),
    "normal": (distribution("normal", 11.5, 15, 18.5), stats.norm(15, 3.5 / Z)),
    "log-normal": (
        distribution("log-normal", 0.7, 2, 4.1),
        stats.lognorm(math.log(4.1 / 0.7) / (2 * Z), scale=math.sqrt(0.7 * 4.1)),
    ),
}


@pytest.mark.parametrize("name", REFERENCE)
def test_quantiles_are_those_of_scipy(name):
    ours, theirs = REFERENCE[name]
    np.testing.assert_allclose(ours.ppf(U), theirs.ppf(U), rtol=1e-12)
    assert ours.at(0.25) == pytest.approx(float(theirs.ppf(0.25)), rel=1e-12)


@pytest.mark.parametrize(
    ("prior", "theirs"),
    [
        ("uniform", stats.uniform(0, 1)),
        ("Beta(1/2, 1/2)", stats.beta(0.5, 0.5)),
        ("Beta(2, 2)", stats.beta(2, 2)),
        ("uniform, one share for all", stats.uniform(0, 1)),
    ],
)
def test_priors_are_those_of_their_names(prior, theirs):
    np.testing.assert_allclose(PRIORS[prior](U), theirs.ppf(U), rtol=1e-9)


def test_equal_ends_are_exact_whatever_the_shape():
    for shape in SHAPES:
        one = distribution(shape, 3, 3, 3)
        assert one.shape == "fixed"
        assert one.ppf(U).tolist() == [3.0] * len(U)


@given(
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.floats(0, 1),
    st.sampled_from(["uniform", "triangular"]),
)
def test_quantiles_stay_between_the_ends_and_rise(low, width, at, shape):
    if width < 1e-9 * (low + 1):
        return
    one = distribution(shape, low, low + at * width, low + width)
    found = one.ppf(U)
    slack = 1e-9 * (low + width)
    assert (found >= low - slack).all()
    assert (found <= low + width + slack).all()
    assert (np.diff(found) >= -slack).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bell", 1, 2, 3), "'bell' is no shape; allowed are fixed, uniform"),
        (("uniform", 3, 2, 1), "low <= central <= high"),
        (("uniform", 1, 2, math.inf), "all finite"),
        (("fixed", 1, 2, 3), "a fixed quantity has equal ends"),
        (("log-uniform", 0, 1, 2), "must be above 0"),
        (("normal", 0, 5, 10), "may fall below zero"),
    ],
)
def test_what_is_no_distribution_is_refused(arguments, message):
    with pytest.raises(QuantityError, match=message):
        distribution(*arguments)
