"""How estimators fare on simulated panels: known signs of their bias, comparisons, few places, power."""

import dataclasses

import numpy as np
import pytest

from analysis.bounds.finding import ASSUMED as PREFIX
from analysis.methods.causal import NEVER, two_way
from analysis.methods.causal.calibration import ASSUMED, design, example, growth_gap, listed
from analysis.methods.causal.estimators import EARLIER, LATER
from analysis.methods.causal.power import smallest_detectable
from analysis.methods.causal.simulate import simulate
from analysis.methods.causal.specifications import SPECIFICATIONS
from analysis.themes.causal_design import estimators as topic


@pytest.fixture(scope="module")
def bias(records):
    return topic.bias(records, replications=4).set_index("estimator")


def test_estimators_that_compare_with_untreated_counties_are_near_the_truth(bias):
    for name in ("group-time", "imputation"):
        assert abs(bias.loc[name, "bias"]) < 0.001
    assert bias.loc["group-time", "truth"] == pytest.approx(0.0293, abs=1e-4)


def test_the_two_way_coefficient_is_too_low_and_lower_with_years_without_a_comparison(bias):
    assert bias.loc["two-way, all years", "bias"] < bias.loc["two-way, to 2018", "bias"] < -0.005


def test_wrong_comparisons_give_too_much_by_the_growth_that_they_miss(records, bias):
    """Before and after takes growth for effect; other counties take the gap of growth, by the mean number of years since the base."""
    drawn = example(records, seed=1)
    panel = listed(drawn)
    since = np.where(panel.treated, np.array(panel.years) - panel.first[:, None] + 1, 0)
    assert bias.loc["other counties as comparison", "bias"] == pytest.approx(
        growth_gap(records) * since[panel.treated].mean(), rel=0.03
    )
    to_2018 = panel.between(2011, 2018)
    since = np.where(to_2018.treated, np.array(to_2018.years) - to_2018.first[:, None] + 1, 0)
    assert bias.loc["before and after", "bias"] == pytest.approx(
        design(records).growth * since[to_2018.treated].mean(), rel=0.15
    )


def test_bias_is_the_same_again_and_leaves_no_trace(records):
    assert topic.bias(records, replications=2).equals(topic.bias(records, replications=2))


def test_comparisons_add_up_to_the_coefficient_over_all_years(records):
    table = topic.comparisons(records)
    panel = listed(example(records, seed=topic.SEED))
    assert table["weight"].sum() == pytest.approx(1, abs=1e-5)
    assert table["weight"] @ table["estimate"] == pytest.approx(two_way(panel).value, abs=1e-6)
    assert set(table["kind"]) == {EARLIER, LATER}
    assert (table["against"] != NEVER).all()


def test_specifications_keep_the_list_and_the_truth(records):
    table = topic.specifications(records)
    assert table["specification"].tolist() == [one.name for one in SPECIFICATIONS]
    assert table["truth"].nunique() == 1
    assert (table["refused"] != "").sum() == 5


def test_few_places_have_one_estimate_and_four_verdicts(records):
    table = topic.few_clusters(records).set_index("way")
    assert table["estimate"].nunique() == 1
    assert table["p"].between(0, 1).all()
    width = table["high"] - table["low"]
    assert width["naive errors"] < width["clustered errors, t distribution"]
    drawn = simulate(topic.few(design(records), effect=0.5), seed=3)
    assert drawn.panel.clusters == 15
    assert set(np.round(drawn.effect, 6).ravel()) == {0.0, 0.5}


def test_power_needs_larger_effects_with_fewer_counties_and_more_noise(records):
    table = topic.power(records)
    for _, own in table.groupby("noise"):
        assert own["smallest"].is_monotonic_decreasing
    by_noise = table.pivot(index="counties", columns="noise", values="se")
    for noise in (2, 3):
        assert (by_noise[noise] / by_noise[1]).between(0.83 * noise, 1.04 * noise).all()
    row = table.iloc[0]
    assert row["smallest"] == pytest.approx(smallest_detectable(row["se"], 49), abs=1e-5)
    assert row["share"] == pytest.approx(np.expm1(row["smallest"]), abs=1e-5)


def test_a_thinned_design_keeps_the_batches_in_proportion(records):
    whole = design(records)
    own = topic.thinned(whole, 100)
    assert sum(batch.counties for batch in own.batches) == 100
    assert all(batch.listed for batch in own.batches)
    shares = {batch.first: batch.counties / 832 for batch in whole.batches if batch.listed}
    assert all(abs(batch.counties / 100 - shares[batch.first]) < 0.01 for batch in own.batches)
    assert topic.thinned(whole, 832).batches == tuple(
        batch for batch in whole.batches if batch.listed
    )
    noisy = topic.thinned(whole, 832, noise=3)
    assert noisy.residual_sd == pytest.approx(3 * whole.residual_sd)
    assert dataclasses.replace(
        noisy, residual_sd=whole.residual_sd, growth_sd=whole.growth_sd
    ) == topic.thinned(whole, 832)


def test_the_smallest_effect_is_found_as_often_as_promised(records):
    share, promised = topic.found_again(records, 100, replications=60)
    assert promised == pytest.approx(0.8, abs=0.01)
    assert abs(share - promised) < 3 * np.sqrt(0.8 * 0.2 / 60)


def test_findings_rest_on_the_conventions_alone(records):
    found = topic.findings(records)
    used = {name for one in found for name in one.inputs}
    assert used == {PREFIX + row for row in ASSUMED.values()}
    own = design(records)
    values = {one.value_id: one.value for one in found}
    assert values["causal.growth-variance-own"] == pytest.approx(
        2 * own.residual_sd**2 * (1 - own.persistence)
    )
    assert values["causal.growth-variance-common"] == pytest.approx(own.common_sd**2)
