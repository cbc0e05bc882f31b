"""The simulation study counts what it says: coverage, bias, and a target for each claim."""

import sys

import numpy as np
import pytest

from analysis.records.paths import PROJECT


@pytest.fixture(scope="module")
def bench():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "benchmarks"))
        import causal_coverage

        yield causal_coverage
        for name in ("causal_coverage", "report", "results"):
            sys.modules.pop(name, None)


def test_coverage_bias_and_spread_are_counted(bench):
    rows = [
        ("growing effect", ("group-time", error, covered, 2.0))
        for error, covered in ((-1.0, False), (1.0, True), (3.0, True), (1.0, True))
    ]
    found = bench.summary(rows).iloc[0]
    assert (found["bias"], found["covered"], found["length"], found["panels"]) == (
        1.0,
        75.0,
        2.0,
        4,
    )
    assert found["spread"] == pytest.approx(np.std([-1, 1, 3, 1], ddof=1))


def test_an_interval_that_holds_the_truth_is_told_from_one_that_does_not(bench):
    assert bench.row("a", 1.0, (0.5, 1.5), 0.6)[2]
    assert not bench.row("a", 1.0, (0.5, 1.5), 0.4)[2]


def test_targets_catch_too_little_and_too_much_coverage_and_a_naive_one_that_does_not_fail(bench):
    def reached(case, who, covered):
        found = bench.summary([(case, (who, 0.0, number < covered, 1.0)) for number in range(100)])
        return [
            target.reached
            for section in bench.sections(found, 10.0)
            for target in section.targets
            if who in target.what
        ]

    assert [reached("constant effect", "group-time", covered) for covered in (92, 95, 98)] == [
        [False],
        [True],
        [False],
    ]
    assert [
        reached("constant effect", "two-way, naive errors", covered) for covered in (88, 95)
    ] == [[True], [False]]
    assert reached("no effect", "randomisation inference", 90) == [False]
    assert reached("few places", "group-time", 80) == []  # makes no claim


def test_a_replication_is_the_same_again_and_another_is_another(bench):
    one, again, other = (bench.replicate("few places", which) for which in (1, 1, 2))
    assert repr(one) == repr(again)
    assert [row[1] for row in one] != [row[1] for row in other]
    assert {row[0] for row in one} >= {
        "group-time",
        "imputation",
        "two-way, wild bootstrap",
        "two-way, naive errors",
    }


def test_the_stored_results_reached_their_targets():
    text = (PROJECT / "benchmarks/RESULTS.md").read_text("utf-8")
    part = text.partition("# Simulation study of the causal design")[2]
    assert part
    assert "**missed**" not in part.split("\n# ")[0]
