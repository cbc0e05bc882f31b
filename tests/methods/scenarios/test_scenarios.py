"""Scenarios of the topics: every one is drawn, traced and said; assumptions are used, and none is without a source."""

from __future__ import annotations

import math

import pytest
from typer.testing import CliRunner

import analysis
from analysis.bounds.finding import ASSUMED
from analysis.cli import app
from analysis.methods.scenarios import READINGS, compare_priors, compare_readings, draw
from analysis.methods.scenarios.draw import DRAWS
from analysis.records.errors import UnknownIdError
from analysis.records.load import load
from analysis.themes import all_findings, all_scenarios, one_scenario, theme_of
from analysis.themes.explorers import explorers

NET = "labor.net-uplift"
IDS = [one.scenario_id for one in all_scenarios(load())]


@pytest.mark.parametrize("scenario_id", IDS)
def test_every_scenario_is_drawn_under_every_reading(records, scenario_id):
    one = one_scenario(records, scenario_id)
    assert theme_of(scenario_id)
    assert one.label
    for reading in READINGS:
        for found in draw(records, one, reading=reading).ranges:
            low, middle, high = found.points
            assert low <= middle <= high
            assert math.isfinite(high)
            assert found.bounds.low - 1e-9 * abs(found.bounds.low) <= low
            assert high <= found.bounds.high + 1e-9 * abs(found.bounds.high)


@pytest.mark.parametrize("scenario_id", IDS)
def test_every_trace_names_reading_seed_draws_and_a_source_for_each_input(records, scenario_id):
    found = analysis.trace(scenario_id)
    assert (found["kind"], found["draws"], found["repetitions"], found["seed"]) == (
        "scenario",
        DRAWS,
        8,
        "by the name of each input",
    )
    drawn = draw(records, one_scenario(records, scenario_id))
    assert [one["id"] for one in found["inputs"]] == drawn.inputs()["input"].tolist()
    assert [one["id"] for one in found["outputs"]] == list(
        one_scenario(records, scenario_id).outputs
    )
    for one in found["inputs"]:
        assert one["read as"]
        assert one["drawn"]
        assert (
            one.get("source")
            or one.get("inputs")
            or one.get("basis") in ("logical limits", "convention")
            or one.get("url")
            or (one["basis"] == "cited" and one["source_title"] and one["publisher"])
        ), one["id"]
    text = repr(found)
    assert "seed: by the name of each input" in text
    assert f"draws: {DRAWS}" in text


def test_no_scenario_has_the_name_of_a_finding_and_no_name_twice(records):
    assert len(set(IDS)) == len(IDS)
    assert not set(IDS) & {one.value_id for one in all_findings(records)}


def test_every_assumption_is_used(records):
    used = {
        name
        for one in all_scenarios(records)
        for bounds in one.outputs.values()
        for name in bounds.inputs
    }
    used |= {name for one in all_findings(records) for name in one.inputs}
    controls = [control for one in explorers().values() for control in one.controls(records)]
    used |= {
        ASSUMED + control.source.removeprefix("assumption ")
        for control in controls
        if control.source.startswith("assumption ")
    }
    assert (
        sorted(
            ASSUMED + name
            for name in records.assumptions["assumption_id"]
            if ASSUMED + name not in used
        )
        == []
    )


def test_the_verbs_say_what_the_library_draws(records):
    one = one_scenario(records, NET)
    assert analysis.scenario(NET).table().equals(draw(records, one).table())
    assert analysis.compare_readings(NET).equals(compare_readings(records, one))
    assert analysis.compare_priors(NET).equals(compare_priors(records, one))


def test_a_sentence_says_a_scenario_with_its_range():
    output = next(iter(one_scenario(load(), NET).outputs))
    text = repr(analysis.sentence(f"Net: {{{NET}#{output}}}."))
    assert "scenario range" in text
    assert "yuan" in text
    with pytest.raises(UnknownIdError, match="luck"):
        analysis.sentence(f"{{{NET}#luck}}")


def test_the_command_lists_and_traces_scenarios():
    listed = CliRunner().invoke(app, ["list", "scenarios"])
    assert listed.exit_code == 0
    assert all(name in listed.output for name in IDS)
    traced = CliRunner().invoke(app, ["trace", NET])
    assert traced.exit_code == 0
    assert "basis: logical limits" in traced.output


def test_wrong_names_are_refused():
    with pytest.raises(UnknownIdError, match=r"labor\.net-uplif"):
        analysis.scenario("labor.net-uplif")
