"""What identification the roll-out leaves: reported counts, the simulated roster, and an event study with its truth."""

import numpy as np
import pytest

from analysis import causal_study
from analysis.methods.causal import NOT_EVIDENCE
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
