"""Simulated panels have the calibration that they are given, and the truth that was planted."""

import dataclasses

import numpy as np
import pytest

from analysis.methods.causal.calibration import (
    ASSUMED,
    BATCH,
    batches,
    design,
    example,
    growth_gap,
    listed,
    shared,
)
from analysis.methods.causal.panel import NEVER
from analysis.methods.causal.simulate import Batch, Design, simulate, true_effect
from analysis.methods.causal.specifications import identified
from analysis.records.batches import printed_listed
from analysis.records.errors import AnalysisError, QuantityError
from analysis.records.load import load

LARGE = Design(
    (Batch(2014, 1500), Batch(NEVER, 1500, listed=False)),
    tuple(range(2011, 2017)),
    0.09,
    0.07,
    0.014,
    0.0085,
    0.55,
    0.08,
    0.02,
    0.01,
)


def test_a_seed_gives_the_same_panel_and_another_one_another():
    one, again, other = (simulate(LARGE, seed=seed).panel.outcome for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).all()


def test_deviations_have_the_spread_and_the_memory_that_were_asked_for():
    drawn = simulate(LARGE, seed=3)
    bare = drawn.panel.outcome - drawn.effect
    growth = np.diff(bare, axis=1)
    for is_listed, mean in ((True, LARGE.growth), (False, LARGE.growth_other)):
        own = growth[drawn.listed == is_listed]
        assert own.std(axis=0).mean() == pytest.approx(np.sqrt(2 * 0.0085**2 * 0.45), rel=0.03)
        assert own.mean() == pytest.approx(mean, abs=3 * LARGE.common_sd / np.sqrt(5))
    assert (
        growth[drawn.listed].mean(axis=0) - growth[~drawn.listed].mean(axis=0)
    ) == pytest.approx(0.02, abs=0.002)
    assert bare[:, 0].std() == pytest.approx(np.hypot(0.08, 0.0085), rel=0.05)
    ahead = np.array(
        [
            np.corrcoef(growth[drawn.listed][:, year], growth[drawn.listed][:, year + 2])[0, 1]
            for year in range(3)
        ]
    )
    assert ahead.mean() == pytest.approx(
        -0.55 * (1 - 0.55) / 2, abs=0.03
    )  # of changes of an AR(1), two years apart


def test_common_shocks_take_what_is_left_of_the_spread_of_growth():
    drawn = [
        np.diff(simulate(LARGE, seed=seed).panel.outcome[1500:].mean(axis=0)) for seed in range(60)
    ]
    assert np.std(drawn) == pytest.approx(LARGE.common_sd, rel=0.1)
    assert LARGE.common_sd**2 + 2 * 0.0085**2 * 0.45 == pytest.approx(0.014**2)


def test_the_planted_effect_begins_with_treatment_and_grows():
    effect = true_effect(LARGE)
    assert effect[0] == pytest.approx([0, 0, 0, 0.02, 0.03, 0.04])
    assert (effect[-1] == 0).all()
    drawn = simulate(LARGE, seed=1)
    assert drawn.truth(drawn.panel) == pytest.approx(0.03)
    assert drawn.truth(drawn.panel.between(2011, 2014)) == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"persistence": 1.0}, "not between -1 and 1"),
        ({"residual_sd": 0.03}, "cannot hold deviations"),
    ],
)
def test_a_design_that_contradicts_itself_is_refused(change, message):
    with pytest.raises(QuantityError, match=message):
        dataclasses.replace(LARGE, **change)


# calibration


def test_batches_are_the_reported_ones_and_cover_every_poverty_county(records):
    found = batches(records)
    assert [
        sum(one.counties for one in found if one.first == year) for year in range(2014, 2020)
    ] == [56, 200, 240, 260, 260, 215]
    poor = {one.first: one.counties for one in found if one.listed}
    assert sum(poor.values()) == 832
    covered = np.cumsum([poor[year] for year in sorted(poor)])
    assert covered[2:].tolist() == [261, 499, 737, 832]  # as reported for 2016 to 2019
    assert poor[2017] == printed_listed(records, BATCH, 2017) + 1 == 238
    assert poor[2019] == 95 < printed_listed(records, BATCH, 2019) == 138
    assert sum(one.counties for one in found if one.first == NEVER) == sum(
        one.counties for one in found if not one.listed and one.first != NEVER
    )


def test_the_design_has_the_values_of_the_data(records):
    found = design(records)
    assert (
        found.growth,
        found.growth_sd,
        found.residual_sd,
        found.persistence,
        found.level_sd,
    ) == (0.092, 0.014, 0.0085, 0.55, 0.08)
    assert set(ASSUMED.values()) == {
        name for name in records.assumptions["assumption_id"] if name.startswith("causal-")
    }
    assert growth_gap(records) == pytest.approx(
        (np.log(11567 / 6079) - np.log(16021 / 9429.59)) / 6
    )
    assert found.growth_other == pytest.approx(found.growth - growth_gap(records))


def test_changed_coverage_changes_the_roster_and_an_unreadable_list_is_refused(data_copy, edit):
    path = data_copy / "series/ecommerce.csv"
    for column in ("value", "printed"):
        edit(path, "demo-pc-cum@2017-12-31", column, "490")
    edit(path, f"{BATCH}@2017-01-01", "qualifier", "")
    found = load(data_copy)
    poor = {one.first: one.counties for one in batches(found) if one.listed}
    assert [poor[year] for year in (2017, 2018, 2019)] == [490 - 261, 737 - 490, 832 - 737]
    with pytest.raises(AnalysisError, match="the batch of 2017 does not say"):
        printed_listed(found, BATCH, 2017)


def test_whole_numbers_are_divided_without_a_rest():
    assert shared(261, [56, 200, 240]) == [30, 105, 126]
    assert shared(2, [1, 1, 1]) == [1, 1, 0]


def test_the_example_is_the_poverty_counties_of_the_whole_panel(records):
    drawn = example(records, seed=5)
    panel = listed(drawn)
    assert len(panel.units) == 832
    assert panel.years == tuple(range(2011, 2021))
    assert identified(panel).years[-1] == 2018
