"""Bootstrap, randomisation and power against brute force."""

from itertools import permutations

import numpy as np
import pytest

from analysis.methods.causal import NEVER, Panel, randomisation, two_way, wild_bootstrap
from analysis.methods.causal.inference import Estimate
from analysis.methods.causal.power import adjusted, percent_change, power_of, smallest_detectable
from analysis.methods.causal.wild import WEIGHTS

YEARS = (2010, 2011, 2012, 2013)


def made(first, *, seed=1, cluster=None):
    outcome = np.random.default_rng(seed).normal(0, 1, (len(first), len(YEARS)))
    return Panel(
        tuple(f"c{number}" for number in range(len(first))),
        YEARS,
        np.array(first),
        outcome,
        np.arange(len(first)) if cluster is None else np.array(cluster),
    )


def by_dummies(panel, outcome):
    """Coefficient and clustered t (no correction) of treatment, with a dummy for every county and year."""
    units, years = panel.outcome.shape
    dummies = np.column_stack(
        [
            panel.treated.ravel(),
            np.kron(np.eye(units), np.ones((years, 1))),
            np.kron(np.ones((units, 1)), np.eye(years))[:, 1:],
        ]
    ).astype(float)
    inverse = np.linalg.pinv(dummies.T @ dummies)
    beta = inverse @ dummies.T @ outcome.ravel()
    residual, cluster = outcome.ravel() - dummies @ beta, np.repeat(panel.cluster, years)
    meat = sum(
        np.outer(score, score)
        for score in (
            dummies[cluster == one].T @ residual[cluster == one] for one in np.unique(cluster)
        )
    )
    return beta[0], beta[0] / np.sqrt((inverse @ meat @ inverse)[0, 0])


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("null", [0.0, 0.4])
def test_the_bootstrap_is_that_of_regressions_with_every_dummy(weights, null):
    panel = made(
        [2012, 2012, 2013, NEVER, NEVER, NEVER, NEVER, NEVER], cluster=[0, 0, 1, 2, 2, 3, 4, 5]
    )
    replications, seed = 30, 4
    points = np.array(WEIGHTS[weights])
    drawn = points[
        np.random.default_rng(seed).integers(0, len(points), size=(panel.clusters, replications))
    ]
    units, years = panel.outcome.shape
    fixed = np.column_stack(
        [
            np.kron(np.eye(units), np.ones((years, 1))),
            np.kron(np.ones((units, 1)), np.eye(years))[:, 1:],
        ]
    )
    restricted = panel.outcome - null * panel.treated
    fitted = (fixed @ np.linalg.lstsq(fixed, restricted.ravel(), rcond=None)[0]).reshape(
        units, years
    )
    own = abs(by_dummies(panel, restricted)[1])
    others = [
        abs(
            by_dummies(
                panel, fitted + (restricted - fitted) * drawn[panel.cluster, number][:, None]
            )[1]
        )
        for number in range(replications)
    ]
    found = wild_bootstrap(panel, seed=seed, null=null, replications=replications, weights=weights)
    assert found.p == pytest.approx(np.mean(np.array(others) >= own * (1 - 1e-9)))
    assert (found.clusters, found.value) == (6, pytest.approx(by_dummies(panel, panel.outcome)[0]))


def test_webb_weights_have_mean_zero_and_variance_one():
    for points in WEIGHTS.values():
        assert np.mean(points) == pytest.approx(0)
        assert np.mean(np.square(points)) == pytest.approx(1)


def test_randomisation_comes_near_the_share_over_all_assignments():
    panel = made([2012, 2012, 2013, NEVER, NEVER, NEVER], seed=8)
    own = abs(two_way(panel).value)
    every = [
        abs(
            by_dummies(
                Panel(panel.units, YEARS, np.array(first), panel.outcome, panel.cluster),
                panel.outcome,
            )[0]
        )
        for first in set(permutations(panel.first.tolist()))
    ]
    assert len(every) == 60
    exact = np.mean(np.array(every) >= own - 1e-9)
    assert randomisation(panel, seed=2, replications=4000).p == pytest.approx(exact, abs=0.03)


def test_randomisation_within_strata_keeps_their_years_apart():
    first = [2012, NEVER, 2013, NEVER]
    panel = made(first)
    found = randomisation(panel, seed=1, replications=200, strata=np.array([0, 0, 1, 1]))
    assert len(randomisation(panel, seed=0).others) == 999  # as many as are printed of it
    assert len(np.unique(found.others.round(12))) == 4  # two orders in each of two strata
    assert len(np.unique(randomisation(panel, seed=1, replications=400).others.round(12))) == 12


def test_power_at_the_smallest_detectable_effect_is_the_power_asked_for():
    for df, power in ((831, 0.8), (11, 0.8), (49, 0.9)):
        assert power_of(smallest_detectable(0.01, df, power=power), 0.01, df) == pytest.approx(
            power, abs=0.01
        )
    assert smallest_detectable(0.01, 10**6) == pytest.approx(0.01 * (1.959964 + 0.841621), rel=1e-5)
    assert power_of(0.0, 0.01, 40) == pytest.approx(0.05)


def test_log_points_become_percent_once():
    assert percent_change(np.log(1.25)) == pytest.approx(0.25)
    assert percent_change(0) == 0


def test_a_fit_without_any_error_leaves_no_doubt():
    (none, some) = (Estimate(value, 0.0, 8, 20, 9, "clustered") for value in (0.0, 0.3))
    assert (none.p, none.interval) == (1, (0, 0))
    assert (some.p, some.interval) == (0, (0.3, 0.3))


def test_several_tests_are_adjusted_for_their_number():
    assert adjusted([0.01, 0.02, 0.9]) == pytest.approx((0.03, 0.04, 0.9))
    assert adjusted([0.04]) == pytest.approx((0.04,))


def test_the_two_way_coefficient_of_many_counties_is_that_of_demeaned_values():
    draws = np.random.default_rng(2)
    first = np.repeat([2011, 2012, 2013, NEVER], 300)
    outcome = draws.normal(0, 1, (len(first), len(YEARS)))
    panel = Panel(tuple(map(str, range(1200))), YEARS, first, outcome, np.arange(1200))

    def demeaned(values):
        means = values.mean(axis=1, keepdims=True) + values.mean(axis=0, keepdims=True)
        return values - means + values.mean()

    dummy = demeaned(panel.treated.astype(float))
    expected = np.sum(dummy * outcome) / np.sum(dummy**2)
    assert two_way(panel).value == pytest.approx(expected, rel=1e-10)
