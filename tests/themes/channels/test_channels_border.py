"""Border trade: every finding against arithmetic by hand, and the power of a comparison by drawing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.records.errors import QuantityError
from analysis.themes.channels.border import (
    findings,
    groups,
    power,
    power_curves,
    smallest_effect,
    smallest_effects,
)

# "some 500,000 people" (wan: +- 5,000), 24 and 19 zones (scio-2021); border counties: 21 million in
# 2005, about 23 million in 2021;
# customs 2019 in thousand dollars: exports 31,847,871, imports 9,180,122; 17 border zones in
# February 2020; 138 border counties
EXPORTS, IMPORTS, HALF = 31_847_871_000, 9_180_122_000, 500


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        ("border-people-over-counties-2005", 0.5 / 21, 0.495 / 21.5, 0.505 / 20.5, "", "", "C"),
        ("border-people-over-counties-2021", 0.5 / 23, 0.495 / 23.5, 0.505 / 22.5, "", "", "C"),
        (
            "border-trade-2019",
            EXPORTS + IMPORTS,
            EXPORTS + IMPORTS - 2 * HALF,
            EXPORTS + IMPORTS + 2 * HALF,
            "",
            "USD",
            "A",
        ),
        (
            "border-trade-per-resident",
            41_027_993_000 / 23e6,
            41_027_992_000 / 23.5e6,
            41_027_994_000 / 22.5e6,
            "",
            "USD / person",
            "B",
        ),
        ("border-zones-ratio", 24 / 19, 24 / 19, 24 / 19, "", "", "B"),
        ("border-cross-border-zones", 2, 2, 2, "", "zone", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["channels." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"channels.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_groups_and_smallest_effects(records):
    assert groups(records) == {"zones": (19, 119), "best split": (69, 69)}
    # (1.959964 + 0.841621) x sqrt(1 / 19 + 1 / 119) and x sqrt(2 / 69), times sqrt(1 - rho squared)
    after = 2.801585 * math.sqrt(1 / 19 + 1 / 119), 2.801585 * math.sqrt(2 / 69)
    found = smallest_effects(records).set_index("rho")
    for rho in (0.0, 0.5, 0.9, 0.95):
        wanted = [effect * math.sqrt(1 - rho**2) for effect in after]
        assert found.loc[rho, ["zones", "best split"]].tolist() == pytest.approx(wanted, rel=1e-6)
        for sizes in groups(records).values():
            assert power(smallest_effect(sizes, rho), sizes, rho) == pytest.approx(0.8, abs=1e-4)
    assert found["zones"].round(2).to_dict() == {
        0.0: 0.69,
        0.25: 0.67,
        0.5: 0.6,
        0.75: 0.46,
        0.9: 0.3,
        0.95: 0.22,
    }


def test_without_an_effect_the_test_errs_as_often_as_allowed():
    assert power(0, (19, 119)) == pytest.approx(0.05)


def test_power_is_what_drawing_gives():
    drawn = np.random.default_rng(2021)
    gap = 0.7 + drawn.standard_normal(200_000) * math.sqrt(
        1 / 19 + 1 / 119
    )  # difference of two means of unit spread
    seen = np.abs(gap) > 1.959964 * math.sqrt(1 / 19 + 1 / 119)
    assert seen.mean() == pytest.approx(power(0.7, (19, 119)), abs=0.004)


def test_an_adjusted_comparison_sees_what_the_formula_says():
    # outcomes that correlate with their baseline by 0.9, adjusted by least squares on it
    drawn, (with_, without), rho, effect = np.random.default_rng(2012), (19, 119), 0.9, 0.3
    treated = np.repeat([1.0, 0.0], [with_, without])
    seen, draws = 0, 4_000
    for _ in range(draws):
        before = drawn.standard_normal(with_ + without)
        noise = math.sqrt(1 - rho**2) * drawn.standard_normal(with_ + without)
        after = effect * treated + rho * before + noise
        design = np.column_stack([np.ones_like(before), treated, before])
        found = np.linalg.lstsq(design, after, rcond=None)[0][1]
        error = math.sqrt((1 - rho**2) * (1 / with_ + 1 / without))
        seen += abs(found) > 1.959964 * error
    assert seen / draws == pytest.approx(power(effect, (with_, without), rho), abs=0.025)


def test_curves_rise_with_the_effect_and_with_the_baseline(records):
    data = power_curves(records).pivot(index="effect_sd", columns="rho", values="power")
    assert data.columns.tolist() == [0.0, 0.5, 0.9, 0.95]
    assert all(data[rho].is_monotonic_increasing for rho in data)
    assert (data.diff(axis=1).iloc[1:, 1:] >= 0).all(axis=None)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-0.1, (19, 119)), "an effect is at least 0 here, not -0.1"),
        ((0.5, (0, 138)), "no group is empty"),
        ((0.5, (19, 119), 1.0), "at least 0 and below 1"),
    ],
)
def test_what_has_no_power_is_refused(arguments, message):
    with pytest.raises(QuantityError, match=message):
        power(*arguments)
