"""Drawing: known answers, identity, shared inputs, openness, limits, seeds, any number of draws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume as given_that
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.bounds.bounds import Bounds, largest
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import over
from analysis.bounds.rates import usd_cny
from analysis.methods.scenarios import Scenario, assumption, compare_readings, draw
from analysis.methods.scenarios.draw import rounded_to_error
from analysis.records.errors import QuantityError

DEALS, FEES = "scio-2021.canton-deals", "scio-2021.canton-fees"


@pytest.fixture(scope="module")
def made(records, with_assumptions):
    return with_assumptions(
        records,
        ("a", "uniform", 0, 1, 2, "CNY"),
        ("b", "uniform", 0, 1, 2, "CNY"),
        ("c", "triangular", 1, 2, 4, "person"),
        ("d", "log-normal", 1, 2, 4, ""),
        ("e", "log-normal", 1, 3, 9, ""),
        ("z", "fixed", 3, 3, 3, "CNY"),
        ("n", "normal", 11, 15, 19, ""),
    )


def drawn(records, outputs, **options):
    return draw(records, Scenario("made.up", "for a test", outputs), **options)


def points_of(result, output):
    (one,) = (one for one in result.ranges if one.output == output)
    return one.points


def holds(result, output, wanted):
    """Whether known quantiles lie within a few of the stated Monte Carlo errors, and these are small."""
    (one,) = (one for one in result.ranges if one.output == output)
    found, errors = np.array(one.points), np.array(one.errors)
    width = found[-1] - found[0]
    assert errors.max() < 0.005 * width
    return (np.abs(found - wanted) <= 5 * errors + 1e-6 * width).all()


def test_a_single_input_has_its_own_quantiles(made):
    a, d = assumption(made, "a"), assumption(made, "d")
    result = drawn(made, {"a": a, "d": d})
    assert holds(result, "a", (0.1, 1.0, 1.9))
    deviation = math.log(2) / stats.norm.ppf(0.975)
    assert holds(result, "d", stats.lognorm(deviation, scale=2).ppf([0.05, 0.5, 0.95]))
    assert result.table()["mc_error"].max() < 1e-4


def test_the_sum_of_two_uniform_inputs_is_triangular(made):
    result = drawn(made, {"sum": assumption(made, "a") + assumption(made, "b")})
    assert holds(result, "sum", stats.triang(0.5, 0, 4).ppf([0.05, 0.5, 0.95]))


def test_products_and_quotients_of_log_normal_inputs(made):
    d, e = assumption(made, "d"), assumption(made, "e")
    sigma = math.hypot(math.log(2), math.log(3)) / stats.norm.ppf(0.975)
    result = drawn(
        made, {"product": d * e, "quotient": d / e, "inverse square": Bounds.exactly(1) / (d * d)}
    )
    for name, median, deviation in (
        ("product", 6, sigma),
        ("quotient", 2 / 3, sigma),
        ("inverse square", 1 / 4, 2 * math.log(2) / stats.norm.ppf(0.975)),
    ):
        assert holds(result, name, stats.lognorm(deviation, scale=median).ppf([0.05, 0.5, 0.95]))


def test_a_falling_output_is_the_rising_one_turned_round(made):
    a, c = assumption(made, "a"), assumption(made, "c") * Bounds.exactly(1, "CNY/person")
    result = drawn(made, {"up": c + a, "down": Bounds.exactly(9, "CNY") - c - a})
    assert points_of(result, "down") == pytest.approx(
        tuple(9 - x for x in reversed(points_of(result, "up"))), rel=1e-6
    )


def test_a_plain_sample_has_the_same_quantiles(made):
    """Five million draws of numpy's generator, whose own error is a third of what is allowed."""
    a, b, c = (assumption(made, name) for name in "abc")
    cost = c * Bounds.exactly(1, "CNY/person")
    result = drawn(made, {"net": a * Bounds.exactly(3) - b * 0.5 + cost})
    rng = np.random.default_rng(7)
    plain = 6 * rng.random(5_000_000) - rng.random(5_000_000) + rng.triangular(1, 2, 4, 5_000_000)
    assert points_of(result, "net") == pytest.approx(
        tuple(np.quantile(plain, [0.05, 0.5, 0.95])), abs=0.006
    )


@given(st.floats(0.01, 100), st.floats(0.01, 100))
def test_identity_an_input_is_itself_wherever_it_occurs(made, k, m):
    a = assumption(made, "c")
    result = drawn(
        made,
        {
            "difference": a * k - a * k,
            "ratio": (a * k) / (a * m),
            "square over itself": (a * a) / a - a,
        },
    )
    assert points_of(result, "difference") == (0, 0, 0)
    assert points_of(result, "ratio") == pytest.approx((k / m,) * 3, rel=1e-12)
    assert points_of(result, "square over itself") == (0, 0, 0)


def test_a_shared_exchange_rate_moves_two_ratios_together(records):
    rate = usd_cny(records, "2020-10")
    deals, fees = bounds_of(records, DEALS), bounds_of(records, FEES)
    two = {"deals per fee": deals * rate / fees, "twice": deals * rate * 2 / fees}
    result = drawn(records, two)
    np.testing.assert_allclose(
        result.sample("twice"), 2 * result.sample("deals per fee"), rtol=1e-12
    )
    assert points_of(
        drawn(records, {"ratio of ratios": two["twice"] / two["deals per fee"]}), "ratio of ratios"
    ) == pytest.approx((2, 2, 2), rel=1e-12)


def test_zero_width_is_exact(made):
    z = assumption(made, "z")
    result = drawn(made, {"fixed": z * z})
    assert points_of(result, "fixed") == (9, 9, 9)
    assert result.ranges[0].errors == (0, 0, 0)


@given(st.floats(0.5, 20), st.floats(0.001, 5))
def test_a_wider_assumption_never_gives_narrower_ends(records, with_assumptions, middle, half):
    given_that(half < middle / 2)
    narrow, wide = (
        with_assumptions(
            records,
            ("x", "uniform", middle - h, middle, middle + h, ""),
            ("y", "uniform", 1, 2, 3, ""),
        )
        for h in (half / 2, half)
    )
    ends = [
        drawn(
            data, {"xy": assumption(data, "x") * assumption(data, "y"), "x": assumption(data, "x")}
        ).ranges
        for data in (narrow, wide)
    ]
    for inner, outer in zip(*ends, strict=True):
        assert outer.bounds.low < inner.bounds.low <= inner.points[0]
        assert inner.points[2] <= inner.bounds.high < outer.bounds.high
    assert ends[1][1].points[0] < ends[0][1].points[0]
    assert ends[1][1].points[2] > ends[0][1].points[2]


@given(st.sampled_from(["half unit", "next digit"]), st.floats(0.1, 10))
def test_quantiles_lie_within_the_ends_that_the_reading_allows(records, reading, k):
    result = drawn(
        records,
        {
            "ratio": bounds_of(records, DEALS)
            * usd_cny(records, "2019-04")
            * k
            / bounds_of(records, FEES)
        },
        reading=reading,
    )
    (one,) = result.ranges
    assert one.bounds.low <= one.points[0] < one.points[1] < one.points[2] <= one.bounds.high
    assert one.bounds.direction == "closed"


def test_openness_is_carried_through(records):
    people, income = (
        bounds_of(records, "scio-2021.labor-people"),
        bounds_of(records, "scio-2021.labor-income"),
    )
    jobs = bounds_of(records, "scio-2021.housekeeping-jobs")
    outputs = {
        "earnings": people * income,
        "per income": people / income,
        "two open ends": income / jobs,
    }
    directions = {
        one.output: one.bounds.direction
        for one in drawn(records, outputs, reading="one-sided").ranges
    }
    assert directions == {
        "earnings": "at least",
        "per income": "at most",
        "two open ends": "direction unknown",
    }
    assert {
        one.bounds.direction for one in drawn(records, outputs, reading="half unit").ranges
    } == {"closed"}


def test_adding_an_input_leaves_the_draws_of_the_others_unchanged(made):
    a, b, c = (assumption(made, name) for name in "abc")
    alone = drawn(made, {"a": a})
    with_more = drawn(made, {"others": b * c, "a": a})
    assert (alone.sample("a") == with_more.sample("a")).all()
    assert points_of(alone, "a") == points_of(with_more, "a")


def test_the_same_scenario_is_drawn_the_same_and_other_names_otherwise(made):
    outputs = {"sum": assumption(made, "a") + assumption(made, "b")}
    assert (drawn(made, outputs).sample("sum") == drawn(made, outputs).sample("sum")).all()
    one, other = (drawn(made, {"x": assumption(made, name)}).sample("x") for name in "ab")
    assert not (one == other).any()


def test_closed_calculations_are_drawn_with_their_inputs(made):
    a, c = assumption(made, "a"), assumption(made, "c") * Bounds.exactly(1, "CNY/person")
    result = drawn(
        made, {"share": a / (a + c), "rest": c / (a + c), "most": largest(a, c), "a": a, "c": c}
    )
    np.testing.assert_allclose(result.sample("share") + result.sample("rest"), 1, rtol=1e-12)
    assert (result.sample("most") == np.maximum(result.sample("a"), result.sample("c"))).all()
    np.testing.assert_allclose(
        result.sample("share"),
        result.sample("a") / (result.sample("a") + result.sample("c")),
        rtol=1e-12,
    )


def test_more_draws_agree_with_fewer_and_have_smaller_errors(made):
    outputs = {
        "net": assumption(made, "a") * 3 - assumption(made, "b") * 0.5,
        "product": assumption(made, "d") * assumption(made, "e"),
    }
    few, many = drawn(made, outputs, draws=16_001), drawn(made, outputs, draws=400_000)
    assert (few.draws, many.draws) == (16_008, 400_000)
    for one, other in zip(few.ranges, many.ranges, strict=True):
        assert max(other.errors) < max(one.errors)
        assert holds(many, one.output, other.points)
        gap = np.abs(np.array(one.points) - other.points)
        assert (gap <= 5 * (np.array(one.errors) + other.errors)).all()


def test_the_stated_error_is_the_error(made):
    """The sum of two uniform inputs is triangular: exact quantiles lie within a few of the stated errors."""
    wanted = stats.triang(0.5, 0, 4).ppf([0.05, 0.5, 0.95])
    (one,) = drawn(
        made, {"sum": assumption(made, "a") + assumption(made, "b")}, draws=400_000
    ).ranges
    assert (np.abs(np.array(one.points) - wanted) <= 5 * np.array(one.errors) + 1e-6).all()
    assert max(one.errors) < 0.004


@given(st.floats(1e-6, 1e9), st.floats(1e-9, 1e3))
def test_rounding_to_the_error_moves_a_result_by_less_than_its_error(value, error):
    given_that(error < value)
    assert abs(rounded_to_error(value, error) - value) <= error * 1.0000001 + 1e-8 * value


def test_readings_stand_side_by_side(records):
    scenario = Scenario(
        "made.up",
        "for a test",
        {"deals": bounds_of(records, DEALS), "fees": bounds_of(records, FEES)},
    )
    table = compare_readings(records, scenario)
    assert table[["output", "reading"]].to_records(index=False).tolist() == [
        (o, r) for o in ("deals", "fees") for r in ("half unit", "next digit", "one-sided")
    ]
    assert table.loc[table["output"] == "deals", "p50"].tolist() == pytest.approx(
        [1.7e9, 1.75e9, 1.7e9]
    )
    assert table.loc[table["output"] == "deals", "direction"].tolist() == [
        "closed",
        "closed",
        "at least",
    ]


def test_one_input_may_have_another_reading(records):
    result = drawn(
        records,
        {"deals": bounds_of(records, DEALS)},
        reading="next digit",
        readings={DEALS: "half unit"},
    )
    assert result.inputs()["reading"].tolist() == ["half unit"]
    assert points_of(result, "deals")[1] == pytest.approx(1.7e9)


def test_a_result_knows_what_it_was_drawn_from(made):
    result = drawn(made, {"sum": assumption(made, "a") + assumption(made, "b")})
    assert result.inputs()[["input", "shape", "low", "high", "unit", "source"]].to_records(
        index=False
    ).tolist() == [
        ("assumed:a", "uniform", 0, 2, "CNY", "convention"),
        ("assumed:b", "uniform", 0, 2, "CNY", "convention"),
    ]
    assert repr(result).startswith(
        "scenario made.up: next digit, 131072 draws in 8 repetitions, seeded by the name of each input"
    )


def test_units_hold(made):
    a, c = assumption(made, "a"), assumption(made, "c")
    assert drawn(made, {"per head": a / c}).ranges[0].unit == "CNY / person"
    with pytest.raises(QuantityError, match="neither add nor compare"):
        a + c


def test_price_years_do_not_mix(records, with_assumptions):
    data = with_assumptions(
        records, ("x", "uniform", 1, 2, 3, "CNY_2015"), ("y", "uniform", 1, 2, 3, "CNY_2020")
    )
    with pytest.raises(QuantityError, match="neither add nor compare"):
        assumption(data, "x") + assumption(data, "y")


def test_currencies_do_not_add(records):
    with pytest.raises(QuantityError, match="neither add nor compare"):
        bounds_of(records, DEALS) + bounds_of(records, FEES)


def test_a_forbidden_denominator_is_refused_before_anything_is_drawn(records):
    rows = records.denominators
    forbidden = rows[rows["verdict"] == "forbidden"].iloc[0]
    with pytest.raises(QuantityError, match="forbidden"):
        over(records, forbidden["claim_id"], forbidden["series_id"], "2020")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"draws": 3}, "3 draws are too few"),
        ({"reading": "whole unit"}, "unknown interpretation 'whole unit'"),
        (
            {"readings": {"scio-2021.canton-deals": "half unit"}},
            "scio-2021.canton-deals is no input of made.up",
        ),
    ],
)
def test_wrong_use_is_refused(made, options, message):
    with pytest.raises(QuantityError, match=message):
        drawn(
            made, {"d": assumption(made, "d") * 1}, **options
        ) if "reading" not in options else drawn(made, {"deals": bounds_of(made, DEALS)}, **options)


def test_a_scenario_has_outputs():
    with pytest.raises(QuantityError, match="at least one output"):
        Scenario("made.up", "for a test", {})
