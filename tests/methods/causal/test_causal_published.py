"""Estimators of the causal design against published output: R's did and bacondecomp, pyfixest, linearmodels."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis import causal_study
from analysis.methods.causal import (
    NEVER,
    Panel,
    aggregate,
    bacon,
    group_time,
    imputation,
    pretrends,
    two_way,
    wild_bootstrap,
)
from analysis.methods.causal.estimators import EARLIER, LATER, UNTREATED, by_kind

DATA = Path(__file__).parents[2] / "data"
OLD_PANDAS = pytest.mark.filterwarnings(
    "ignore:The inplace keyword"
)  # pyfixest calls pandas as before

# R package did on mpdta, without covariates, as stored with the tests of csdid
# (csdid/test_csdid/r_ref/ref_attgt.csv, scenarios mpdta_nev_dr and mpdta_nyt_dr)
ATT_GT = {
    "never": """2004,2004,-0.0105032462209624,0.0232510363681664 2004,2005,-0.0704231581031467,0.0309847667572767 2004,2006,-0.137258738889403,0.0364356642876865
        2004,2007,-0.100811363085404,0.0343592258346732 2006,2004,0.00652011242423301,0.0233268051418047 2006,2005,-0.00275081875051882,0.0195585610358817
        2006,2006,-0.00459460695286304,0.0177551966592763 2006,2007,-0.0412244715462175,0.0202291807041068 2007,2004,0.0305066555832928,0.01503356028013
        2007,2005,-0.00272589288611625,0.0163958328955344 2007,2006,-0.0310871193896889,0.0178775113133435 2007,2007,-0.0260544107191966,0.0166554353492522""",
    "not yet": """2004,2004,-0.0193723636759221,0.0223101128836806 2004,2005,-0.0783190990620607,0.0303902285433973 2004,2006,-0.136274346328678,0.03540338496891
        2004,2007,-0.100811363085404,0.0343592258346732 2006,2004,-0.00256255094261098,0.0225302351453388 2006,2005,-0.00193924609578875,0.019042158605819
        2006,2006,0.00466087631997615,0.0163355842468236 2006,2007,-0.0412244715462175,0.0202291807041068 2007,2004,0.0297593647610311,0.0145335416386514
        2007,2005,-0.0024106128000969,0.0160312963755178 2007,2006,-0.0310871193896889,0.0178775113133435 2007,2007,-0.0260544107191966,0.0166554353492522""",
}
# the same, ref_aggte.csv: overall average and its standard error
OVERALL = {
    ("never", "simple"): (-0.0399512751551763, 0.0120340127701854),
    ("never", "group"): (-0.0310182822287484, 0.0124460593209979),
    ("never", "event"): (-0.0772398214573151, 0.0199649890618494),
    ("never", "calendar"): (-0.0417004321312822, 0.01597185188456),
    ("not yet", "simple"): (-0.0397636256230437, 0.0120524247873419),
    ("not yet", "group"): (-0.030462228112565, 0.0125751201316818),
    ("not yet", "event"): (-0.0773993139705847, 0.0195601769463944),
    ("not yet", "calendar"): (-0.0442670834758837, 0.0155709044211449),
}
BY_EVENT = {  # the same, never treated, by years since treatment
    -3: (0.0305066555832928, 0.01503356028013),
    -2: (-0.000563084626385429, 0.01329164473655),
    -1: (-0.0244587449711696, 0.0142364022105193),
    0: (-0.0199318167892593, 0.0118263640580582),
    1: (-0.0509573670651939, 0.016893476268678),
    2: (-0.137258738889403, 0.0364356642876865),
    3: (-0.100811363085404, 0.0343592258346733),
}
PRETEST = {
    "never": (7.79123662720035, 0.16812),
    "not yet": (7.79092771882739, 0.16814),
}  # ref_pretest.csv


@pytest.fixture(scope="module")
def mpdta():
    with (DATA / "mpdta.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    years, table = tuple(map(int, header[2:])), np.array(rows, dtype=float)
    return Panel(
        tuple(row[0] for row in rows),
        years,
        table[:, 1].astype(int),
        np.log(table[:, 2:]),
        np.arange(len(rows)),
    )


@pytest.fixture(scope="module")
def castle():
    from causaldata import castle

    frame = castle.load_pandas().data
    return frame.assign(
        l_homicide=frame["l_homicide"].astype(float),
        sid=frame["sid"].astype(int),
        year=frame["year"].astype(int),
    )


def castle_panel(frame, *, earlier=0):
    """States and years; ``earlier`` moves each first year that many years back."""
    outcome, post = (
        frame.pivot(index="sid", columns="year", values=name) for name in ("l_homicide", "post")
    )
    first = np.array(
        [
            next((year - earlier for year in post.columns if row[year] > 0), NEVER)
            for _, row in post.iterrows()
        ]
    )
    return Panel(
        tuple(map(str, outcome.index)),
        tuple(outcome.columns),
        first,
        outcome.to_numpy(),
        np.arange(len(first)),
    )


# group-time effects


def test_the_test_data_have_the_groups_of_the_original(mpdta):
    assert {group: int((mpdta.first == group).sum()) for group in np.unique(mpdta.first)} == {
        0: 309,
        2004: 20,
        2006: 40,
        2007: 131,
    }


@pytest.mark.parametrize("comparison", ATT_GT)
def test_group_time_effects_are_those_of_r(mpdta, comparison):
    found = group_time(mpdta, comparison=comparison).table
    expected = [tuple(map(float, row.split(","))) for row in ATT_GT[comparison].split()]
    assert found[["group", "year"]].to_numpy().tolist() == [
        [group, year] for group, year, _, _ in expected
    ]
    assert found["att"].to_numpy() == pytest.approx([att for _, _, att, _ in expected], abs=1e-12)
    assert found["se"].to_numpy() == pytest.approx([se for _, _, _, se in expected], abs=1e-12)


@pytest.mark.parametrize(("comparison", "way"), OVERALL)
def test_overall_averages_are_those_of_r(mpdta, comparison, way):
    found = aggregate(group_time(mpdta, comparison=comparison), way)
    assert found.plain < found.overall.se < found.plain * 1.05
    assert (found.att, found.plain) == pytest.approx(OVERALL[comparison, way], abs=1e-12)


def test_an_event_study_is_that_of_r(mpdta):
    found = aggregate(group_time(mpdta, comparison="never"), "event")
    rows = zip(found.table["key"], found.table["att"], found.spread.plain, strict=True)
    assert {event: (att, se) for event, att, se in rows} == {
        event: pytest.approx(pair, abs=1e-12) for event, pair in BY_EVENT.items()
    }


@pytest.mark.parametrize("comparison", PRETEST)
def test_the_joint_test_before_treatment_is_that_of_r(mpdta, comparison):
    found = pretrends(group_time(mpdta, comparison=comparison))
    assert found.wald == pytest.approx(PRETEST[comparison][0], abs=1e-9)
    assert stats.chi2.sf(found.wald, found.df) == pytest.approx(PRETEST[comparison][1], abs=5e-6)
    assert found.df == 5
    assert found.p == pytest.approx(stats.f.sf(found.f, 5, found.rest))
    assert found.p > PRETEST[comparison][1]


# two-way fixed effects on castle (Cheng and Hoekstra 2013)


def test_the_two_way_coefficient_and_its_clustered_error(castle):
    found = two_way(castle_panel(castle))
    assert (found.value, found.se) == pytest.approx((0.06939843, 0.05859153), abs=5e-9)
    assert (found.n, found.clusters, found.df) == (550, 50, 49)


def test_statsmodels_with_every_dummy_gives_the_same(castle):
    import statsmodels.formula.api as smf

    fit = smf.ols("l_homicide ~ post + C(sid) + C(year)", castle).fit()
    clustered = smf.ols("l_homicide ~ post + C(sid) + C(year)", castle)
    dummies = np.asarray(clustered.exog)
    scores = np.array(
        [
            dummies[rows].T @ fit.resid.to_numpy()[rows]
            for rows in (np.flatnonzero(castle["sid"] == sid) for sid in castle["sid"].unique())
        ]
    )
    bread = np.linalg.inv(dummies.T @ dummies)
    place, (n, k), groups = list(fit.params.index).index("post"), dummies.shape, len(scores)
    variance = (
        (bread @ scores.T @ scores @ bread)[place, place]
        * groups
        / (groups - 1)
        * (n - 1)
        / (n - k)
    )
    naive = two_way(castle_panel(castle), errors="naive")
    assert two_way(castle_panel(castle)).se == pytest.approx(variance**0.5, rel=1e-9)
    assert (naive.se, naive.df) == (pytest.approx(fit.bse["post"], rel=1e-9), fit.df_resid)


@OLD_PANDAS
@pytest.mark.parametrize(("errors", "options"), [("full", {"k_fixef": "full"}), ("nested", {})])
def test_pyfixest_gives_the_same_with_the_corrections_named(castle, errors, options):
    import pyfixest

    fit = pyfixest.feols(
        "l_homicide ~ post | sid + year", castle, vcov={"CRV1": "sid"}, ssc=pyfixest.ssc(**options)
    )
    found = two_way(castle_panel(castle), errors=errors)
    assert (found.value, found.se) == pytest.approx(
        (fit.coef()["post"], fit.se()["post"]), rel=1e-7
    )


def test_linearmodels_gives_the_same_with_group_debias(castle):
    from linearmodels.panel import PanelOLS

    frame = castle.set_index(["sid", "year"])
    fit = PanelOLS(
        frame["l_homicide"], frame[["post"]], entity_effects=True, time_effects=True
    ).fit(cov_type="clustered", cluster_entity=True, group_debias=True)
    found = two_way(castle_panel(castle))
    assert (found.value, found.se) == pytest.approx(
        (fit.params["post"], fit.std_errors["post"]), rel=1e-7
    )


def test_the_wild_cluster_bootstrap_has_the_stated_p(castle):
    """Rademacher weights, drawn as clusters by replications by default_rng(1); 234 of 999 are as large."""
    assert wild_bootstrap(castle_panel(castle), seed=1, replications=999).p == pytest.approx(
        234 / 999, abs=1e-12
    )
    assert round(wild_bootstrap(castle_panel(castle), seed=1).p, 4) == 0.2342
    assert (
        wild_bootstrap(castle_panel(castle), seed=2).p
        != wild_bootstrap(castle_panel(castle), seed=1).p
    )


# the Goodman-Bacon decomposition


def test_the_decomposition_is_that_of_bacondecomp(castle):
    """The vignette of R's bacondecomp (Flack and Jee); its castle data date each law one year before those of causaldata."""
    panel = castle_panel(castle, earlier=1)
    table = bacon(panel)
    published = {
        EARLIER: (0.05976, -0.00554),
        LATER: (0.03190, 0.07032),
        UNTREATED: (0.90834, 0.08796),
    }
    assert {row.kind: (row.weight, row.estimate) for row in by_kind(table).itertuples()} == {
        kind: pytest.approx(pair, abs=5e-6) for kind, pair in published.items()
    }
    assert table["weight"] @ table["estimate"] == pytest.approx(0.0818116169306475, abs=1e-12)


@OLD_PANDAS
def test_with_gaps_both_estimators_are_those_of_pyfixest(castle):
    import pyfixest

    kept = castle[np.random.default_rng(3).random(len(castle)) > 0.08].astype({"post": float})
    whole = castle_panel(castle)
    seen = kept.pivot(index="sid", columns="year", values="l_homicide").notna().to_numpy()
    panel = whole.with_outcome(np.where(seen, whole.outcome, np.nan))
    fit = pyfixest.feols(
        "l_homicide ~ post | sid + year",
        kept,
        vcov={"CRV1": "sid"},
        ssc=pyfixest.ssc(k_fixef="full"),
    )
    other = pyfixest.did2s(
        kept,
        yname="l_homicide",
        first_stage="~0 | sid + year",
        second_stage="~post",
        treatment="post",
        cluster="sid",
    )
    found, imputed = two_way(panel), imputation(panel)
    assert (found.value, found.se) == pytest.approx((fit.coef()["post"], fit.se()["post"]), 1e-5)
    assert imputed.value == pytest.approx(other.coef()["post"], rel=1e-5)
    assert found.n == imputed.n == len(kept) < 550


def test_castle_and_mpdta_come_in_by_the_front_door_as_published(castle):
    post = causal_study(castle, castle, unit="sid", outcome="l_homicide", treated="post")
    found = post.estimates.set_index("estimator").loc["two-way fixed effects"]
    assert (found["estimate"], found["se"]) == pytest.approx((0.06939843, 0.05859153), abs=5e-9)
    assert post.events.set_index("key").loc[4, ["treated", "rests_on"]].tolist() == [
        1,
        "1 treated: unreliable",
    ]
    roster = DATA / "mpdta.csv"
    wide = pd.read_csv(roster).drop(columns="first_treated")
    long = wide.melt("county", var_name="year", value_name="employment")
    long["lemp"] = np.log(long["employment"])
    other = causal_study(roster, long, outcome="lemp", log_outcome=True, replications=19)
    simple = other.estimates.iloc[0]
    assert simple["estimate"] == pytest.approx(OVERALL["not yet", "simple"][0], abs=1e-9)
    assert aggregate(other.effects).plain == pytest.approx(
        OVERALL["not yet", "simple"][1], abs=1e-9
    )
    assert any("Read as never treated: 309 with 0." in note for note in other.notes)


def test_a_state_that_is_always_treated_is_left_out_and_the_rest_is_as_without_it(castle):
    moved = castle.assign(post=castle["post"].where(castle["sid"] != 10, 1))
    names = {"unit": "sid", "outcome": "l_homicide", "treated": "post", "replications": 19}
    found = causal_study(moved, moved, **names)
    assert found.notes[-1] == (
        "Dropped: 1 county, treated in 2000, the first year of the outcomes, or before: 10."
    )
    rest = castle[castle["sid"] != 10]
    assert found.estimates.equals(causal_study(rest, rest, **names).estimates)


# pyfixest's df_het: effects that grow and differ


@pytest.fixture(scope="module")
def het():
    import pyfixest

    return pd.read_csv(Path(pyfixest.__file__).parent / "did/data/df_het.csv")


@OLD_PANDAS
def test_imputation_and_two_way_on_effects_that_differ(het):
    import pyfixest

    outcome, treat = (
        het.pivot(index="unit", columns="year", values=name) for name in ("dep_var", "treat")
    )
    first = np.where(
        treat.any(axis=1), np.array(treat.columns)[treat.to_numpy().argmax(axis=1)], NEVER
    )
    states = het.drop_duplicates("unit").set_index("unit")["state"].loc[outcome.index]
    panel = Panel(
        tuple(map(str, outcome.index)),
        tuple(map(int, outcome.columns)),
        first.astype(int),
        outcome.to_numpy(),
        pd.factorize(states)[0],
    )
    treated = het[het["treat"]]
    found = imputation(panel)
    assert round((treated["te"] + treated["te_dynamic"]).mean(), 4) == 2.2202
    assert (round(two_way(panel).value, 4), round(found.value, 4)) == (1.9825, 2.2305)
    other = pyfixest.did2s(
        het,
        yname="dep_var",
        first_stage="~0 | unit + year",
        second_stage="~i(treat, ref=False)",
        treatment="treat",
        cluster="state",
    )
    assert found.value == pytest.approx(other.coef().iloc[0], rel=1e-5)
