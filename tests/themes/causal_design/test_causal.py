"""What identification the roll-out leaves: reported counts, the simulated roster, and an event study with its truth."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis import causal_study
from analysis.methods.causal import NEVER, NOT_EVIDENCE, Panel
from analysis.methods.causal.study import study
from analysis.plotting.style import MUTED, SCENARIO
from analysis.themes.causal_design import findings as causal
from analysis.themes.causal_design.charts_own import own_charts
from analysis.themes.charts import make_chart


def test_reported_counties_left_are_the_whole_list_less_those_covered(records):
    left = causal.left(records)
    reported = left[left["source"] == "reported"]
    assert reported[["year", "covered", "left"]].to_numpy().tolist() == [
        [2016, 261, 571],
        [2017, 499, 333],
        [2018, 737, 95],
        [2019, 832, 0],
    ]
    assert (left["covered"] + left["left"] == 832).all()
    assert reported["when"].tolist() == pytest.approx(
        [2017, 2018, 2018 + 270 / 365, 2020], abs=1e-3
    )


def test_the_simulated_roster_meets_what_is_reported(records):
    left = causal.left(records)
    simulated = left[left["source"] == "simulated"].set_index("year")["left"]
    reported = left[left["source"] == "reported"].set_index("year")["left"]
    assert simulated.loc[2016:2019].tolist() == reported.tolist() == [571, 333, 95, 0]
    assert (simulated.diff().dropna() <= 0).all()


def test_the_tables_that_the_notebook_brings_are_the_panel(records):
    found = causal_study(*causal.example_tables(records), outcome="log_income", replications=9)
    panel = causal.poverty_counties(records)
    assert found.panel.units == panel.units
    assert (found.panel.first == panel.first).all()
    assert (found.panel.outcome == panel.outcome).all()
    assert found.used.years[-1] == 2018


def test_the_event_study_is_near_its_truth_and_flat_before(records):
    events = causal.events(records).set_index("event")
    assert events.loc[0:, "truth"].tolist() == pytest.approx([0.02, 0.03, 0.04, 0.05, 0.06])
    assert (events.loc[:-1, "truth"] == 0).all()
    assert (abs(events["att"] - events["truth"]) < 0.004).all()
    assert (events["low"] < events["att"]).all()
    assert (events["att"] < events["high"]).all()


def test_the_worked_example_says_what_must_be_said(records):
    found = causal.worked_example(records)
    assert found.used.years[-1] == 2018
    assert len(found.panel.units) == 832
    assert NOT_EVIDENCE in found.notes
    assert any("From 2019 on every county is treated" in note for note in found.notes)


def test_another_seed_is_another_panel_with_the_same_roster(records):
    one, other = causal.poverty_counties(records), causal.poverty_counties(records, seed=1)
    assert (one.first == other.first).all()
    assert (one.outcome != other.outcome).all()


def test_findings_are_reported_counts(records):
    found = {one.value_id: one for one in causal.findings(records)}
    assert {name: one.value for name, one in found.items()} == {
        "causal.poverty-counties-left-2016": 571,
        "causal.poverty-counties-left-2017": 333,
        "causal.poverty-counties-left-2018": 95,
        "causal.poverty-counties-covered-2019": 832,
    }
    assert all(
        one.low == one.high == one.value and one.unit == "county" and "not simulated" in one.note
        for one in found.values()
    )


def test_incomes_grew_faster_on_the_list(records):
    assert causal.gap(records) == pytest.approx(np.log(11567 / 6079 / (16021 / 9429.59)) / 6)


def test_the_choices_behind_the_estimates_stand_on_a_page_and_not_on_a_slide(records):
    chart = make_chart("causal-specifications", records)
    page, slide = (
        [one.get_text() for one in chart.figure(size).axes[0].get_yticklabels()]
        for size in ("page", "slide")
    )
    assert slide == ["2%", "2.5%", "3%"]
    assert page[:3] == slide
    assert page[3:6] == ["group-time", "imputation", "two-way fixed effects"]
    assert len(page) == 3 + 7  # three estimators and four choices of sample and timing


def test_the_chart_of_bounds_says_those_for_trends_that_differ_as_much_as_before(records):
    found = causal.worked_example(records)
    once = found.bounds.query("times == 1 and effect == 'in the first year'").iloc[0]
    low, high = (f"{100 * np.expm1(once[end]):.3g}%" for end in ("low", "high"))
    words = own_charts(found)["honest-bounds"].spec
    assert words.en.headline.startswith(f"Your data: {low} to {high} in the first year if ")
    assert words.zh.headline.endswith(f"首年效应为{low}至{high}")


# charts of a reader's own data


@pytest.fixture(scope="module")
def own():
    """Four units treated in 2012, six in 2014 and twelve never."""
    years, first = tuple(range(2010, 2017)), np.array([2012] * 4 + [2014] * 6 + [NEVER] * 12)
    noise = np.random.default_rng(1).normal(0, 0.1, (22, 7))
    panel = Panel(tuple(f"u{n}" for n in range(22)), years, first, noise, np.arange(22))
    return study(panel.with_outcome(noise + 0.5 * panel.treated), seed=1, replications=9)


def shown(found):
    """Unit and shown values of each chart of a study."""
    charts = own_charts(found)
    return {name: (one.spec.unit, one.spec.data) for name, one in charts.items()}, charts


def test_own_charts_show_shares_of_a_logarithm_and_the_unit_of_anything_else(own):
    level, charts = shown(own)
    log, _ = shown(dataclasses.replace(own, is_log=True))
    values = ("event-study", ["estimate", "low", "high", "band_low", "band_high"])
    for name, columns in (values, ("groups", ["att", "low", "high"])):
        unit, data = level[name]
        assert unit == "unit of the outcome"
        assert log[name][0] == "share of the outcome"
        assert log[name][1][columns].to_numpy() == pytest.approx(
            np.expm1(data[columns].to_numpy()), abs=2e-6
        )
    assert level["groups"][1]["att"].tolist() == pytest.approx(own.cohorts["att"], abs=1e-6)
    assert {name: one.spec.values for name, one in charts.items()} == {
        "event-study": ("estimate",),
        "groups": ("att",),
        "bacon-weights": ("weight",),
        "honest-bounds": ("att",),
        "cells-used": ("year",),
    }


def test_own_charts_mark_what_rests_on_fewer_than_five_units(own):
    data, charts = shown(own)
    assert data["groups"][1][["group", "few"]].to_numpy().tolist() == [[2012, True], [2014, False]]
    few = data["event-study"][1].set_index("event")["few"]
    assert [*few[few].index] == [3, 4]  # 2012 alone has a third and a fourth year
    for name in ("event-study", "groups"):
        assert charts[name].spec.en.note.endswith("units: not to be believed.")
        assert charts[name].spec.zh.note.endswith("处理单位少于五个的估计不可信。")
    alone = dataclasses.replace(own, cohorts=own.cohorts.assign(rests_on=""))
    assert own_charts(alone)["groups"].spec.en.note == "Bars: 95% interval of each."
    axes = charts["groups"].figure("page").axes[0]
    dots = [one.get_color() for one in axes.lines if one.get_marker() not in ("", "None", None)]
    assert dots == [MUTED, SCENARIO]


def test_own_charts_say_whose_data_they_are_in_both_languages(own):
    low, high = (f"{end:.3g}" for end in sorted(own.cohorts["att"]))
    charts = own_charts(own)
    assert charts["groups"].spec.en.headline == f"Your data: groups differ from {low} to {high}"
    assert charts["groups"].spec.zh.headline == f"您的数据：各批效应由{low}至{high}"
    assert all(one.spec.zh.headline.startswith("您的数据：") for one in charts.values())
    cells = charts["cells-used"].spec
    assert cells.en.headline.endswith(
        "the thinnest comparison rests on 12 units"
    )  # in 2014 to 2016


def test_the_cells_of_a_study_have_numbers_as_long_as_there_is_room(own):
    def numbers(table):
        found = dataclasses.replace(own, effects=dataclasses.replace(own.effects, table=table))
        axes = own_charts(found)["cells-used"].figure("page").axes[0]
        labels = [one.get_text() for one in axes.get_xticklabels()]
        return [one.get_text() for one in axes.texts], labels

    table = own.effects.table
    told, years = numbers(table)
    assert years == [str(year) for year in range(2011, 2017)]
    assert len(told) == len(table) == 12
    count = {words: told.count(words) for words in told}
    assert count == {"4 | 18": 3, "4 | 12": 3, "6 | 16": 1, "6 | 12": 5}
    for groups, across, wanted in ((1, 14, 14), (1, 15, 0), (12, 10, 120), (13, 10, 0)):
        cells = [(2001 + a, 2001 + b) for a in range(groups) for b in range(across)]
        many = pd.DataFrame(cells, columns=["group", "year"]).assign(treated=6, compared=9)
        told, years = numbers(many.assign(event=many["year"] - many["group"]))
        assert len(told) == wanted, (groups, across)
        assert years[1] == ("2003" if across > 10 else "2002"), "every second one of more than ten"
