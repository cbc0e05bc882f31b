"""Sensitivity: indices against SALib and closed forms, the tornado against arithmetic by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.bounds.bounds import Bounds, largest
from analysis.methods.scenarios import Scenario, assumption
from analysis.methods.scenarios.sensitivity import sobol_indices, tornado
from analysis.records.errors import QuantityError


@pytest.fixture(scope="module")
def made(records, with_assumptions):
    return with_assumptions(
        records,
        ("a", "uniform", 0, 1, 2, ""),
        ("b", "uniform", 1, 2, 5, ""),
        ("c", "triangular", 1, 2, 4, ""),
        ("d", "log-normal", 1, 2, 4, ""),
        ("e", "log-uniform", 1, 2, 8, ""),
        ("n", "normal", 11, 15, 19, ""),
        ("z", "fixed", 3, 3, 3, ""),
        ("narrow", "uniform", 0.9999, 1, 1.0001, ""),
    )


def scenario(made, **expressions):
    return Scenario("made.up", "for a test", expressions)


def indices(made, expression, **options):
    table = sobol_indices(made, scenario(made, y=expression), **options)
    return {
        row.input.removeprefix("assumed:"): (row.first, row.total) for row in table.itertuples()
    }


def hold(made, expression, wanted):
    """Whether the indices are those of a closed form within a few of their stated errors, which are small."""
    table = sobol_indices(made, scenario(made, y=expression)).set_index("input")
    assert table["mc_error"].max() < 0.001
    assert set(table.index) == {f"assumed:{name}" for name in wanted}
    rows = {name: table.loc[f"assumed:{name}"] for name in wanted}
    return all(
        abs(rows[name][which] - index) <= 5 * rows[name]["mc_error"] + 1e-5
        for name, both in wanted.items()
        for which, index in zip(("first", "total"), both, strict=True)
    )


def by_salib(names, distributions, function):
    """First-order and total indices by SALib from 2**14 base points."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0, 1]] * len(names)}
    units = sample.sample(problem, 2**14, calc_second_order=False, seed=3)
    values = {
        name: one.ppf(units[:, i].copy())
        for i, (name, one) in enumerate(zip(names, distributions, strict=True))
    }
    found = analyze.analyze(
        problem, function(**values), calc_second_order=False, num_resamples=2, seed=3
    )
    return {name: (found["S1"][i], found["ST"][i]) for i, name in enumerate(names)}


MODELS = {
    "additive": lambda a, b, c, d, e, n: a * 3 + b + c * 0.5,
    "product": lambda a, b, c, d, e, n: a * b * c,
    "ratio": lambda a, b, c, d, e, n: n * c / b,
    "net": lambda a, b, c, d, e, n: b * c - b * c * a * 0.3 - b * d,
    "powers": lambda a, b, c, d, e, n: b * b * e - c * d + e * e,
}


@pytest.mark.parametrize("name", MODELS)
def test_indices_are_those_of_salib(made, name):
    expression = MODELS[name](**{letter: assumption(made, letter) for letter in "abcden"})
    used = [one.removeprefix("assumed:") for one in expression.inputs]
    model = scenario(made, y=expression).model(made)
    shapes = [model.distribution(f"assumed:{one}") for one in used]
    rest = {letter: np.zeros(1) for letter in "abcden"}
    wanted = by_salib(used, shapes, lambda **values: MODELS[name](**(rest | values)) + 0.0)
    found = indices(made, expression)
    assert found.keys() == wanted.keys()
    for one in used:
        assert found[one] == pytest.approx(wanted[one], abs=0.01)


def test_a_sum_of_independent_inputs_has_its_shares_of_the_variance(made):
    """Var(3a) = 9 x 4/12 = 3 and Var(b) = 16/12: 9/13 and 4/13, alone and in all."""
    known = {"a": (9 / 13, 9 / 13), "b": (4 / 13, 4 / 13)}
    assert hold(made, assumption(made, "a") * 3 + assumption(made, "b"), known)


def test_a_product_of_two_has_its_interaction(made):
    """a and b with squared coefficients of variation 1/3 and (16/12)/9: first u, total u(1 + v), over u + v + uv."""
    u, v = 1 / 3, 16 / 12 / 9
    all_ = u + v + u * v
    known = {"a": (u / all_, u * (1 + v) / all_), "b": (v / all_, v * (1 + u) / all_)}
    assert hold(made, assumption(made, "a") * assumption(made, "b"), known)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.floats(0.1, 9)),
        min_size=1,
        max_size=4,
    )
)
def test_first_order_never_exceeds_total_and_they_add_as_they_must(made, terms):
    expression = sum(
        (assumption(made, x) * assumption(made, y) * k for x, y, k in terms[1:]),
        start=assumption(made, terms[0][0]) * assumption(made, terms[0][1]) * terms[0][2],
    )
    table = sobol_indices(made, scenario(made, y=expression))
    slack = 5 * table["mc_error"] + 1e-4
    assert (table["first"] >= -slack).all()
    assert (table["first"] <= table["total"] + slack).all()
    assert (table["total"] <= 1 + slack).all()
    assert table["first"].sum() <= 1 + slack.sum()
    assert table["total"].sum() >= 1 - slack.sum()


def test_what_is_fixed_has_no_index_and_narrow_inputs_keep_theirs(made):
    found = indices(
        made, assumption(made, "z") * assumption(made, "narrow") * assumption(made, "a")
    )
    assert set(found) == {"narrow", "a"}
    u, v = 1 / 3, (2e-4) ** 2 / 12
    assert found["narrow"][1] == pytest.approx(v * (1 + u) / (u + v + u * v), rel=0.005)
    assert indices(made, assumption(made, "z") * 2) == {}


def test_closed_calculations_have_indices_too(made):
    a, b = assumption(made, "a"), assumption(made, "b")
    table = sobol_indices(made, scenario(made, share=a / (a + b), most=largest(a, b), plain=a * b))
    assert list(table["output"].unique()) == ["share", "most", "plain"]
    share = table[table["output"] == "share"].set_index("input")
    wanted = by_salib(
        ["a", "b"],
        [scenario(made, y=a + b).model(made).distribution(f"assumed:{n}") for n in "ab"],
        lambda a, b: a / (a + b),
    )
    for name in "ab":
        assert tuple(share.loc[f"assumed:{name}", ["first", "total"]]) == pytest.approx(
            wanted[name], abs=0.02
        )


def test_an_output_without_a_finite_variance_has_no_indices(records):
    share = assumption(records, "labor-stock-share")  # its low end 0 is open: none may be abroad
    refused = scenario(records, y=Bounds.exactly(1) / share)
    with pytest.raises(QuantityError, match="labor-stock-share may be zero and is divided by"):
        sobol_indices(records, refused)


def test_a_tornado_by_hand(made):
    """y = a b with medians 1 and 3; a from 0.1 to 1.9, b from 1.2 to 4.8."""
    table = tornado(
        made,
        scenario(made, y=assumption(made, "a") * assumption(made, "b") * assumption(made, "z")),
        "y",
    )
    assert table["input"].tolist() == ["assumed:a", "assumed:b"]
    assert table.loc[
        0, ["input_p5", "input_p95", "at_p5", "at_p95", "middle", "swing"]
    ].tolist() == pytest.approx([0.1, 1.9, 0.9, 17.1, 9, 16.2])
    assert table.loc[1, ["at_p5", "at_p95", "swing"]].tolist() == pytest.approx([3.6, 14.4, 10.8])


def test_an_unknown_output_is_refused(made):
    with pytest.raises(QuantityError, match=r"'x' is no output of made\.up; there are y"):
        tornado(made, scenario(made, y=assumption(made, "a") * 1), "x")
