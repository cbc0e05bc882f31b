"""A panel refuses what cannot be compared, and each estimator says what it needs."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from analysis.methods.causal import (
    NEVER,
    Panel,
    aggregate,
    bacon,
    group_time,
    imputation,
    panel_of,
    pretrends,
    randomisation,
    sun_abraham,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.specifications import (
    SPECIFICATIONS,
    Specification,
    curve,
    estimate,
    identified,
    part,
)
from analysis.methods.causal.wild import wild_interval
from analysis.records.errors import QuantityError

YEARS = (2010, 2011, 2012, 2013)


def made(first, *, years=YEARS, seed=1, cluster=None):
    outcome = np.random.default_rng(seed).normal(0, 1, (len(first), len(years)))
    return Panel(
        tuple(f"c{number}" for number in range(len(first))),
        years,
        np.array(first),
        outcome,
        np.arange(len(first)) if cluster is None else np.array(cluster),
    )


def flat(first):
    """The same with outcomes that never change."""
    panel = made(first)
    return panel.with_outcome(panel.outcome * 0.0)


def holed():
    """A panel whose untreated counties of early and late years are not the same ones."""
    panel = made([2011, 2013, NEVER, NEVER])
    seen = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]], bool)
    return panel.with_outcome(np.where(seen, panel.outcome, np.nan))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"years": (2010, 2012, 2011, 2014)}, "not in ascending order"),
        (
            {"first": np.array([2010, NEVER])},
            "treated in 2010, the first year of the panel, or before: a; a comparison needs a year before",
        ),
        ({"first": np.array([2012])}, "outcomes have the shape"),
        ({"outcome": np.array([[1, 2, np.inf, 4], [1, 2, 3, 4.0]])}, "an outcome is infinite: a"),
        (
            {
                "units": (),
                "first": np.array([], int),
                "outcome": np.zeros((0, 4)),
                "cluster": np.array([], int),
            },
            "outcomes have the shape",
        ),
    ],
)
def test_a_panel_that_cannot_be_is_refused(change, message):
    whole = {
        "units": ("a", "b"),
        "years": YEARS,
        "first": np.array([2012, NEVER]),
        "outcome": np.ones((2, 4)),
        "cluster": np.arange(2),
    }
    with pytest.raises(QuantityError, match=message):
        Panel(**(whole | change))


def test_a_panel_copies_what_it_is_given_and_nobody_changes_it():
    outcome = np.ones((2, 4))
    panel = Panel(("a", "b"), YEARS, np.array([2012, NEVER]), outcome, np.arange(2))
    outcome[0, 0] = 7
    assert panel.outcome[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        panel.outcome[0, 0] = 7


def test_treatment_counties_and_years_of_a_panel():
    panel = made([2012, 2013, 2015, NEVER])
    assert panel.treated.astype(int).tolist() == [[0, 0, 1, 1], [0, 0, 0, 1], [0] * 4, [0] * 4]
    assert panel.groups == (2012, 2013)
    assert panel.place(2011) == 1
    assert panel.untreated()["untreated"].tolist() == [4, 4, 3, 2]
    assert panel.between(2011, 2012).years == (2011, 2012)
    assert panel.of(panel.first == 2013).units == ("c1",)
    with pytest.raises(QuantityError, match="no year from 1990 to 1991"):
        panel.between(1990, 1991)


def test_two_tables_become_a_panel_whatever_their_order():
    roster = pd.DataFrame({"county": ["b", "a"], "first_treated": [0, 2011], "cluster": ["x", "x"]})
    outcomes = pd.DataFrame(
        {
            "county": ["a", "b", "b", "a"],
            "year": [2011, 2010, 2011, 2010],
            "outcome": [4.0, 1.0, 2.0, 3.0],
        }
    )
    panel = panel_of(roster, outcomes)
    assert panel.units == ("b", "a")
    assert panel.outcome.tolist() == [[1, 2], [3, 4]]
    assert panel.clusters == 1


def test_not_yet_treated_counties_are_compared_until_they_are_treated():
    table = group_time(made([2011, 2012, 2013, 2013, 2013]), comparison="not yet").table
    assert table[table["event"] >= 0].set_index(["group", "year"])["compared"].to_dict() == {
        (2011, 2011): 4,
        (2011, 2012): 3,
        (2012, 2012): 3,
    }


def test_years_may_be_left_out_and_the_base_is_the_last_one_measured():
    panel = made([2013, 2013, NEVER, NEVER], years=(2004, 2007, 2010, 2014))
    table = group_time(panel).table.set_index("year")
    change = panel.outcome[:, 3] - panel.outcome[:, 2]
    assert table.loc[2014, "att"] == pytest.approx(change[:2].mean() - change[2:].mean())
    assert table["event"].to_dict() == {2007: -6, 2010: -3, 2014: 1}


def test_a_cell_rests_on_the_counties_seen_in_both_of_its_years():
    whole = made([2013] * 3 + [NEVER] * 3)
    outcome = whole.outcome.copy()
    outcome[0, 3], outcome[5, 2], outcome[4, 0] = np.nan, np.nan, np.nan
    table = group_time(whole.with_outcome(outcome)).table.set_index("year")
    change = whole.outcome[:, 3] - whole.outcome[:, 2]
    assert table.loc[2013, ["treated", "compared"]].tolist() == [2, 2]
    assert table.loc[2013, "att"] == pytest.approx(change[1:3].mean() - change[3:5].mean())


def test_randomisation_with_gaps_is_the_permuted_two_way_coefficient():
    panel = made([2012, 2012, 2013, NEVER, NEVER, NEVER])
    outcome = panel.outcome.copy()
    outcome[0, 1], outcome[4, 3] = np.nan, np.nan
    panel = panel.with_outcome(outcome)
    found = randomisation(panel, seed=5, replications=3)
    generator = np.random.default_rng(5)
    for other in found.others:
        places = generator.permutation(6)
        again = dataclasses.replace(panel, first=panel.first[places])
        assert other == pytest.approx(two_way(again).value)


def test_a_universal_base_compares_with_the_last_year_before_treatment():
    panel = made([2013, 2013, NEVER, NEVER, NEVER])
    found = group_time(panel, comparison="never", base="universal").table.set_index("year")["att"]
    for year in (2010, 2011, 2013):
        change = panel.outcome[:, panel.place(year)] - panel.outcome[:, panel.place(2012)]
        assert found[year] == pytest.approx(change[:2].mean() - change[2:].mean())
    assert 2012 not in found.index


def test_anticipation_moves_the_base_and_averages_count_from_treatment():
    panel = made([2013, 2013, NEVER, NEVER, NEVER])
    found = group_time(panel, comparison="never", anticipation=1)
    change = panel.outcome[:, 3] - panel.outcome[:, 1]
    assert aggregate(found).att == pytest.approx(change[:2].mean() - change[2:].mean())
    assert found.table.loc[found.before, "event"].tolist() == [-2]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: group_time(made([2012, 2012])), "no group has a comparison"),
        (
            lambda: group_time(made([2012, NEVER]), comparison="all"),
            "comparisons are never, not yet",
        ),
        (
            lambda: aggregate(group_time(made([2012, NEVER, NEVER])), "mean"),
            "allowed are simple, event, group, calendar",
        ),
        (
            lambda: pretrends(group_time(made([2011, 2011, NEVER]))),
            "each group has one year before it",
        ),
        (
            lambda: pretrends(group_time(made([2013, 2013, NEVER, NEVER], cluster=[0, 0, 1, 1]))),
            "with 2 clusters",
        ),
        (
            lambda: pretrends(group_time(flat([2013, 2013, NEVER, NEVER, NEVER]))),
            "too few that differ before treatment",
        ),
        (lambda: two_way(made([NEVER, NEVER])), "leave nothing of it"),
        (lambda: two_way(made([2012, NEVER]), errors="HC3"), "allowed are full, nested, naive"),
        (lambda: bacon(made([2012, 2012])), "no comparison to decompose"),
        (lambda: imputation(made([2012, 2013])), "every county is treated in 2013"),
        (lambda: imputation(made([NEVER, NEVER])), "no county is treated"),
        (lambda: imputation(holed()), "fall apart into parts that share no year"),
        (lambda: sun_abraham(made([2012, 2013])), "no county is untreated throughout"),
        (lambda: bacon(holed()), "needs an outcome of every county in every year"),
        (lambda: identified(made([2012, 2012])), "no effect is identified"),
        (lambda: identified(made([NEVER, NEVER])), "no effect is identified"),
        (
            lambda: wild_bootstrap(made([2012, NEVER, NEVER]), seed=1, weights="normal"),
            "allowed are rademacher, webb",
        ),
        (
            lambda: randomisation(made([2012, NEVER, NEVER, NEVER], cluster=[0, 0, 1, 1]), seed=1),
            "exchange whole clusters",
        ),
        (
            lambda: wild_interval(
                made([2012, NEVER, NEVER, NEVER], cluster=[0, 1, 1, 1]), seed=1, replications=19
            ),
            "too few for an interval",
        ),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_the_reason(call, message):
    with pytest.raises(QuantityError, match=message):
        call()


def test_the_error_of_imputation_leaves_each_county_out_of_its_own_mean():
    panel = made([2011] * 4 + [NEVER] * 5, years=(2010, 2011))
    change = panel.outcome[:, 1] - panel.outcome[:, 0]
    treated, other = change[:4], change[4:]
    apart = (treated - treated.mean()) / (4 - 1), (other - other.mean()) / 5
    found = imputation(panel)
    assert found.value == pytest.approx(treated.mean() - other.mean())
    assert found.se == pytest.approx(np.sqrt(sum(float(one @ one) for one in apart)))
    assert "leave-one-out" in found.errors


def test_the_error_of_a_batch_of_one_county_is_said_to_be_unknown():
    for first in ([2011, NEVER, NEVER, NEVER], [2011, 2012, 2012, NEVER, NEVER]):
        assert "a group of a single county" in imputation(made(first)).errors, first


def test_if_all_are_treated_in_the_end_the_years_with_a_comparison_are_used():
    panel = made([2011, 2012, 2013, 2013], years=(2010, 2011, 2012, 2013, 2014))
    assert identified(panel).years == (2010, 2011, 2012)
    assert identified(made([2012, NEVER])).years == YEARS


# specifications


def test_the_list_names_each_specification_once():
    assert len({one.name for one in SPECIFICATIONS}) == len(SPECIFICATIONS) == 22


def test_a_specification_uses_the_counties_and_years_that_it_says():
    panel = made([2011, 2012, 2013, 2013, 2013], years=(2010, 2011, 2012, 2013))
    assert part(panel, Specification("two-way", window="all years")).years == panel.years
    assert part(panel, Specification("two-way")).years == (2010, 2011, 2012)
    later = part(panel, Specification("two-way", window="without the first year"))
    assert later.years == (2011, 2012)
    assert 2011 not in later.first
    assert 2011 not in part(panel, Specification("two-way", without_first_batch=True)).first


def test_the_curve_keeps_the_list_and_gives_reasons():
    panel = made([2012, 2012, 2013, 2013, 2015, 2015, 2015], years=tuple(range(2009, 2016)))
    table = curve(panel)
    assert table["specification"].tolist() == [one.name for one in SPECIFICATIONS]
    refused = table[table["refused"] != ""]
    assert refused["estimate"].isna().all()
    assert refused["specification"].str.contains("never treated|imputation, all years").all()
    assert len(refused) == 5
    given = table[table["refused"] == ""].set_index("specification")
    assert (given["low"] < given["estimate"]).all()
    assert (given["estimate"] < given["high"]).all()
    assert given.loc["two-way", "estimate"] == pytest.approx(two_way(identified(panel)).value)
    assert estimate(panel, SPECIFICATIONS[0])[0] == pytest.approx(
        aggregate(group_time(identified(panel))).att
    )
