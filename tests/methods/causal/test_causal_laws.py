"""Laws that every panel keeps: weights sum to one, names and constants do not matter, a scale does what it should."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.methods.causal import (
    NEVER,
    Panel,
    aggregate,
    bacon,
    group_time,
    imputation,
    randomisation,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.wild import wild_interval

FEW = settings(max_examples=25)  # a panel takes 20 ms and more
YEARS = tuple(range(2010, 2016))


@st.composite
def panels(draw, *, least=6, most=14, never=True):
    """Panels with at least two groups, some counties never treated, and outcomes of ordinary size."""
    size = draw(st.integers(least, most))
    first = draw(st.lists(st.sampled_from([NEVER, 2012, 2013, 2015]), min_size=size, max_size=size))
    assume(len(set(first)) >= 2 and (NEVER in first or not never) and set(first) != {NEVER})
    outcome = np.random.default_rng(draw(st.integers(0, 10**6))).normal(0, 1, (size, len(YEARS)))
    return Panel(
        tuple(f"c{number}" for number in range(size)),
        YEARS,
        np.array(first),
        outcome,
        np.arange(size),
    )


def answers(panel):
    """Estimates and errors of every estimator."""
    found = aggregate(group_time(panel))
    two, other = two_way(panel), imputation(panel)
    return np.array([found.att, found.plain, two.value, two.se, other.value, other.se])


@FEW
@given(panels(never=False))
def test_bacon_weights_sum_to_one_and_their_estimates_to_the_coefficient(panel):
    table = bacon(panel)
    assert (table["weight"] > 0).all()
    assert table["weight"].sum() == pytest.approx(1)
    assert table["weight"] @ table["estimate"] == pytest.approx(two_way(panel).value)


@FEW
@given(panels(), st.randoms(use_true_random=False))
def test_the_order_and_the_names_of_counties_change_nothing(panel, random):
    order = list(range(len(panel.units)))
    random.shuffle(order)
    shuffled = Panel(
        tuple(f"x{number}" for number in order),
        panel.years,
        panel.first[order],
        panel.outcome[order],
        np.arange(len(order)) + 100,
    )
    assert answers(shuffled) == pytest.approx(answers(panel))
    assert bacon(shuffled)["weight"].to_numpy() == pytest.approx(bacon(panel)["weight"].to_numpy())


@FEW
@given(panels(), st.floats(-100, 100))
def test_a_constant_and_fixed_effects_change_nothing(panel, constant):
    of_units, of_years = np.linspace(-3, 5, len(panel.units)), np.linspace(2, -1, len(panel.years))
    moved = panel.with_outcome(panel.outcome + constant + of_units[:, None] + of_years)
    assert answers(moved) == pytest.approx(answers(panel), abs=1e-9)


@FEW
@given(panels(), st.floats(0.1, 50))
def test_a_scale_scales_estimates_and_errors(panel, scale):
    assert answers(panel.with_outcome(panel.outcome * scale)) == pytest.approx(
        answers(panel) * scale
    )


@FEW
@given(panels(), st.floats(-5, 5))
def test_a_constant_effect_is_added_to_every_estimate(panel, effect):
    moved = answers(panel.with_outcome(panel.outcome + effect * panel.treated))
    assert moved - answers(panel) == pytest.approx([effect, 0, effect, 0, effect, 0], abs=1e-8)


@FEW
@given(panels(), st.integers(1, 99))
def test_without_noise_group_time_and_imputation_find_every_effect_exactly(panel, seed):
    effect = np.random.default_rng(seed).normal(0, 1, panel.outcome.shape)
    by_group = {group: effect[panel.first == group][:1] for group in panel.groups}
    truth = sum(
        np.where((panel.first == group)[:, None] & panel.treated, rows, 0)
        for group, rows in by_group.items()
    )
    bare = panel.with_outcome(
        np.linspace(0, 1, len(panel.units))[:, None] + np.linspace(0, 2, len(panel.years)) + truth
    )
    average = truth[panel.treated].mean()
    assert aggregate(group_time(bare)).att == pytest.approx(average, abs=1e-9)
    assert imputation(bare).value == pytest.approx(average, abs=1e-9)
    assert two_way(bare).value == pytest.approx(
        float(bacon(bare).eval("weight * estimate").sum()), abs=1e-9
    )


@FEW
@given(panels(least=8, most=10), st.integers(0, 99))
def test_a_bootstrap_is_the_same_for_a_seed_and_its_interval_holds_the_estimate(panel, seed):
    assert wild_bootstrap(panel, seed=seed, replications=49) == wild_bootstrap(
        panel, seed=seed, replications=49
    )
    null = wild_bootstrap(panel, seed=seed, replications=49, null=two_way(panel).value)
    assert (
        null.p > 0.8
    )  # the estimate itself has a t of zero; so have the weights that are all alike


def test_a_wild_interval_ends_where_the_test_begins_to_reject():
    panel = Panel(
        tuple("abcdefghijkl"),
        YEARS,
        np.array([NEVER] * 6 + [2012, 2012, 2013, 2013, 2015, 2015]),
        np.random.default_rng(5).normal(0, 1, (12, 6)),
        np.arange(12),
    )
    low, high = wild_interval(panel, seed=3, replications=199)
    assert low < two_way(panel).value < high
    for end, way in ((low, -1), (high, 1)):
        assert (
            wild_bootstrap(panel, seed=3, replications=199, null=end - way * 1e-6).p
            > 0.05
            >= wild_bootstrap(panel, seed=3, replications=199, null=end + way * 1e-6).p
        )


@FEW
@given(panels(least=6, most=10), st.integers(0, 99))
def test_randomisation_is_the_same_for_a_seed_and_never_says_zero(panel, seed):
    found = randomisation(panel, seed=seed, replications=39)
    assert found.p == randomisation(panel, seed=seed, replications=39).p
    assert 1 / 40 <= found.p <= 1
