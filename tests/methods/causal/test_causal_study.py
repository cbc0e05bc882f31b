"""Everything by one call: what it holds, what it notes, and that it is the same whoever brings the panel."""

import numpy as np
import pytest

from analysis.methods.causal import (
    NEVER,
    NOT_EVIDENCE,
    Panel,
    aggregate,
    group_time,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.estimators import KINDS
from analysis.methods.causal.study import INTENTION, study
from analysis.records.errors import QuantityError

YEARS = tuple(range(2010, 2017))


def made(first, *, cluster=None):
    outcome = np.random.default_rng(1).normal(0, 0.1, (len(first), len(YEARS)))
    panel = Panel(
        tuple(f"c{number}" for number in range(len(first))),
        YEARS,
        np.array(first),
        outcome,
        np.arange(len(first)) if cluster is None else np.array(cluster),
    )
    return panel.with_outcome(outcome + 0.5 * panel.treated)


def test_a_study_with_many_clusters():
    panel = made([2012] * 15 + [2014] * 15 + [NEVER] * 20)
    found = study(panel, seed=1, replications=99, log_outcome=True)
    estimates = found.estimates.set_index("estimator")
    average = aggregate(group_time(panel))
    assert estimates.loc[
        "group-time, every treated county-year alike", ["estimate", "se"]
    ].tolist() == pytest.approx([average.att, average.overall.se])
    assert estimates.loc["two-way fixed effects", "estimate"] == pytest.approx(two_way(panel).value)
    assert estimates["share"].to_numpy() == pytest.approx(np.expm1(estimates["estimate"]))
    assert estimates["estimate"].between(0.4, 0.6).all()
    assert (estimates["errors"] != "").all()
    assert found.tests["test"].tolist() == [
        "equal trends before treatment",
        "no effect, two-way coefficient",
        "no effect on any county",
    ]
    assert found.tests["p"].tolist()[1:] == [0, 0.01]
    assert found.tests["how"][0].startswith(
        "Hotelling for batches with their own covariance, F(4, "
    )
    assert "50 clusters" in found.tests["how"][1]
    assert found.comparisons["weight"].sum() == pytest.approx(1)
    assert found.comparisons["kind"].tolist() == list(KINDS)  # those against untreated first
    assert found.notes == (INTENTION, NOT_EVIDENCE)
    assert 0 < found.smallest < 0.2


def test_few_clusters_get_the_wild_bootstrap_and_a_note():
    panel = made([2012] * 10 + [2014] * 10 + [NEVER] * 20, cluster=np.repeat(np.arange(8), 5))
    found = study(panel, seed=3, replications=99)
    assert found.tests["p"][1] == pytest.approx(
        wild_bootstrap(panel, seed=3, replications=99).p, abs=1e-6
    )
    assert "wild cluster bootstrap, null imposed" in found.tests["how"][1]
    assert len(found.tests) == 2
    assert any("8 clusters are fewer than 40" in note for note in found.notes)


def test_all_treated_in_the_end_is_stated():
    found = study(made([2012] * 10 + [2014] * 10 + [2015] * 20), seed=1, replications=19)
    assert found.used.years[-1] == 2014
    text = " ".join(found.notes)
    assert "From 2015 on every county is treated. Effects of 2015, 2016 are not identified" in text
    assert "No county is untreated throughout" in text
    assert "20 counties are treated after the last year used, 2014" in text
    assert found.effects.table["year"].max() == 2014


def test_effects_of_few_treated_counties_are_marked_and_the_others_not():
    panel = made([2012] * 4 + [2014] * 5 + [2015] * 3 + [NEVER] * 40)
    found = study(panel, seed=0, replications=19)
    events = found.events.set_index("key")
    counties = {-4: 3, -3: 8, -2: 8, -1: 12, 0: 12, 1: 12, 2: 9, 3: 4, 4: 4}
    assert events["treated"].to_dict() == counties
    assert events.loc[[2, 3, 4], "rests_on"].tolist() == ["", *["4 treated: unreliable"] * 2]
    assert any(
        note.startswith("Effects -4, 3, 4 years since treatment rest on fewer than 5 treated")
        for note in found.notes
    )
    bounds_leave_few_counties_out(found.bounds, group_time(panel, base="universal"))


def bounds_leave_few_counties_out(bounds, effects):
    """What trends may hide in the first year, by the years before that rest on five or more: not by -5."""
    att = aggregate(effects, "event").table.set_index("key")["att"]
    most = np.abs(np.diff([att[-4], att[-3], att[-2], 0.0])).max()
    for row in bounds[bounds["effect"] == "in the first year"].itertuples():
        assert (row.lower, row.upper) == pytest.approx(
            (att[0] - row.times * most, att[0] + row.times * most)
        )


def gaps(panel, *cells):
    outcome = panel.outcome.copy()
    outcome[tuple(np.array(cells).T)] = np.nan
    return panel.with_outcome(outcome)


def test_a_study_with_gaps_uses_what_there_is_and_says_so():
    panel = made([2012] * 15 + [2014] * 15 + [NEVER] * 20)
    found = study(gaps(panel, (0, 0), (1, 3), (40, 6)), seed=1, replications=99)
    assert found.estimates["estimate"].between(0.4, 0.6).all()
    assert found.comparisons["weight"].sum() == pytest.approx(1)
    assert any(note.startswith("3 of 350 county-years have no outcome") for note in found.notes)
    assert any("47 counties seen in every year" in note for note in found.notes)
    assert found.tests["p"].tolist()[1:] == [0, 0.01]


def test_a_study_of_which_no_county_is_seen_in_every_year():
    panel = made([2012] * 15 + [2014] * 15 + [NEVER] * 20)
    cells = [(row, row % 7) for row in range(50)]
    found = study(gaps(panel, *cells), seed=1, replications=19)
    assert found.comparisons.empty
    assert found.estimates["estimate"].between(0.4, 0.6).all()


def test_a_study_without_a_test_before_treatment_says_why():
    panel = made([2011] * 25 + [NEVER] * 25)
    row = study(panel, seed=1, replications=19).tests.iloc[0]
    assert np.isnan(row["p"])
    assert "one year before it" in row["how"]


@pytest.mark.parametrize("first", [[NEVER] * 4, [2012] * 4])
def test_a_study_without_a_comparison_is_refused(first):
    with pytest.raises(QuantityError, match="no effect is identified"):
        study(made(first), seed=1)
