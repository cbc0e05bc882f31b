"""The simulation study counts what it says: coverage, bias, and a target for each claim."""

import sys
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.methods.causal import group_time
from analysis.methods.causal.specifications import identified
from analysis.records.paths import PROJECT
from analysis.themes.causal_design.by_hand import group_time_by_hand


@pytest.fixture(scope="module")
def bench():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "benchmarks"))
        import causal_coverage

        yield causal_coverage
        for name in ("causal_coverage", "report", "results"):
            sys.modules.pop(name, None)


def test_misses_and_lengths_are_counted_over_blocks(bench, tmp_path, monkeypatch):
    rows = iter([("a", True, 2.0), ("a", False, 4.0), ("a", False, 6.0), ("a", False, 8.0)])
    monkeypatch.setattr(bench, "CASES", {"22 clusters": ""})
    monkeypatch.setattr(bench, "BLOCK", 2)
    monkeypatch.setattr(bench, "replicate", lambda *_: [next(rows)])
    console = bench.Console(quiet=True)
    for _ in range(2):  # the second time from what stands in the folder
        found = bench.study(4, bench.PARTS[0], tmp_path, console).iloc[0]
        assert (found["misses"], found["length"], found["panels"]) == (25.0, 5.0, 4)


def row(who, misses, panels=2000):
    return SimpleNamespace(who=who, misses=misses, length=1.0, panels=panels)


def test_targets_catch_too_little_and_too_much(bench):
    def reached(case, who, misses):
        return [one.reached for one in bench.target(case, row(who, misses))]

    of_group = [reached("60 clusters", "group-time, simple", misses) for misses in (8, 5, 2)]
    assert of_group == [[False], [True], [False]]
    of_band = [reached("60 clusters", "band of all event times", misses) for misses in (8, 5, 0)]
    assert of_band == [[False], [True], [True]]
    assert reached("832 clusters", "two-way, interval", 99) == []  # makes no claim there
    assert bench.target("60 clusters", row("imputation", 40.0, panels=500)) == []  # too few


@pytest.mark.parametrize("case", ["31 clusters", "832 clusters", "31 provinces, batches mixed"])
def test_effects_by_hand_are_those_of_the_library(bench, case):
    panel = identified(bench.drawn(case, 3).panel)
    for how in ({}, {"base": "universal"}, *bench.LISTED.values()):
        if how.get("comparison") == "never" and case == bench.TRUE_EFFECT:
            continue  # there nobody is
        by_hand, found = group_time_by_hand(panel, **how), group_time(panel, **how)
        pd.testing.assert_frame_equal(by_hand.table, found.table, rtol=1e-9, atol=1e-12)
        assert by_hand.influence == pytest.approx(found.influence, abs=1e-12)


def test_a_replication_is_the_same_again_and_another_is_another(bench):
    part = bench.PARTS[0]
    one, again, other = (list(bench.replicate("31 provinces", n, part)) for n in (1, 1, 2))
    assert repr(one) == repr(again) != repr(other)
    assert {who for who, *_ in one} == {
        *(f"group-time, {way}" for way in ("simple", "event", "group", "calendar")),
        *("each event", "each group", "band of all event times", "equal trends before treatment"),
        *("two-way, interval", "no effect, two-way", "no effect, wild bootstrap"),
    }


def test_the_stored_results_reached_their_targets():
    text = (PROJECT / "benchmarks/RESULTS.md").read_text("utf-8")
    part = text.partition("# Simulation study of the causal design")[2]
    assert part
    assert "**missed**" not in part.split("\n# ")[0]
