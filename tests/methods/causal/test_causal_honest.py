"""Honest bounds against the manual of R's HonestDiD and its Stata version, and against what must hold of any bounds."""

import numpy as np
import pytest
from scipy.stats import truncnorm

from analysis.methods.causal.honest import exceeded_between, honest
from analysis.records.errors import QuantityError

# Event study of Medicaid expansion, the example of the manuals: ehec_data.dta of
# Mixtape-Sessions/Advanced-DID, years to 2015 without the states that began in 2015,
# `dins ~ i(year, D, ref=2013) | stfips + year` clustered by state, by pyfixest 0.60:
# 2008 to 2012, then 2014 and 2015.
EFFECTS = np.array(
    [
        -0.005285354533,
        -0.01129732465,
        -0.002675991812,
        -0.001419312252,
        0.000339663519,
        0.04644685416,
        0.06920617548,
    ]
)
SPREAD = np.array(
    [
        [
            7.488483636e-05,
            6.039874096e-05,
            4.444619818e-05,
            3.385764706e-05,
            4.328011255e-05,
            4.765880479e-05,
            2.4251287e-05,
        ],
        [
            6.039874096e-05,
            7.266500617e-05,
            3.789330221e-05,
            2.866578025e-05,
            4.543320628e-05,
            4.428850119e-05,
            2.824655043e-05,
        ],
        [
            4.444619818e-05,
            3.789330221e-05,
            5.05205194e-05,
            2.673679432e-05,
            2.778193568e-05,
            3.060644109e-05,
            9.637533883e-06,
        ],
        [
            3.385764706e-05,
            2.866578025e-05,
            2.673679432e-05,
            4.003222026e-05,
            2.412859976e-05,
            2.380868209e-05,
            2.923878143e-06,
        ],
        [
            4.328011255e-05,
            4.543320628e-05,
            2.778193568e-05,
            2.412859976e-05,
            5.462662207e-05,
            3.682531052e-05,
            9.722947502e-06,
        ],
        [
            4.765880479e-05,
            4.428850119e-05,
            3.060644109e-05,
            2.380868209e-05,
            3.682531052e-05,
            8.375668825e-05,
            6.321397963e-05,
        ],
        [
            2.4251287e-05,
            2.824655043e-05,
            9.637533883e-06,
            2.923878143e-06,
            9.722947502e-06,
            6.321397963e-05,
            0.000107123523,
        ],
    ]
)
FIRST = {
    0.5: (0.0241, 0.0673),
    1.0: (0.0171, 0.0720),
    1.5: (0.00859, 0.0796),
    2.0: (-0.00107, 0.0883),
}
AVERAGE = {0.5: (0.033, 0.080), 1.0: (0.020, 0.090), 1.5: (0.006, 0.103), 2.0: (-0.008, 0.117)}
STEP = 4.2e-4  # of the grid on which confidence sets end


@pytest.mark.parametrize(
    ("target", "published", "digits"), [([1, 0], FIRST, 0), ([0.5, 0.5], AVERAGE, 5e-4)]
)
def test_confidence_sets_are_those_of_the_manuals_within_a_step_of_the_grid(
    target, published, digits
):
    found = honest(EFFECTS, SPREAD, 5, target=np.array(target, float)).set_index("times")
    for times, ends in published.items():
        assert found.loc[times, ["low", "high"]].tolist() == pytest.approx(ends, abs=STEP + digits)


def test_bounds_are_the_largest_difference_before_times_what_is_allowed():
    found = honest(EFFECTS, SPREAD, 5, target=np.array([1.0, 0.0]), times=[0.0, 2.0])
    largest = np.abs(np.diff([*EFFECTS[:5], 0.0])).max()
    assert found["lower"].tolist() == pytest.approx([EFFECTS[5], EFFECTS[5] - 2 * largest])
    assert (found["low"] < found["lower"]).all()
    assert (found["upper"] < found["high"]).all()


def test_without_two_years_before_treatment_there_is_no_bound():
    with pytest.raises(QuantityError, match="no two years before treatment"):
        honest(EFFECTS[5:], SPREAD[5:, 5:], 0, target=np.array([1.0, 0.0]))


def test_a_normal_between_two_ends_is_that_of_scipy():
    low = np.array([-np.inf, -1.0, 0.0, 1.0, 6.0, -8.0])
    high = np.array([np.inf, 0.5, np.inf, 1.2, 6.1, -7.9])
    for level in (0.05, 0.3):
        wanted = truncnorm.isf(level, low, high)
        assert exceeded_between(level, low, high) == pytest.approx(wanted, rel=1e-9)
