"""Covariates, weights and clusters on public data, against other packages."""

import numpy as np
import pandas as pd
import pytest

from analysis import causal_study
from analysis.methods.causal import NEVER, Panel, aggregate, group_time, sun_abraham, two_way
from analysis.methods.causal.inference import covariance
from analysis.records.errors import DataError

OLD_PANDAS = pytest.mark.filterwarnings("ignore:The inplace keyword")


@pytest.fixture(scope="module")
def wages():
    """Wages of 545 men, 1980 to 1987 (Vella and Verbeek 1998); treatment is a first year in a union."""
    from linearmodels.datasets import wage_panel

    frame = wage_panel.load().astype({"nr": int, "year": int})
    first = frame[frame["union"] == 1].groupby("nr")["year"].min()
    frame["first"] = frame["nr"].map(first).fillna(NEVER).astype(int)
    return frame


def panel_of_men(frame, **more):
    wide = frame.pivot(index="nr", columns="year", values="lwage")
    first = frame.drop_duplicates("nr").set_index("nr")["first"].loc[wide.index]
    late = (first == NEVER) | (first > 1980)
    return Panel(
        tuple(map(str, wide.index[late])),
        tuple(wide.columns),
        first[late].to_numpy(),
        wide[late].to_numpy(),
        np.arange(int(late.sum())),
        **{
            name: one[late] if name == "weights" else {key: x[late] for key, x in one.items()}
            for name, one in more.items()
        },
    )


# csdid 0.4.3: average over treated unit-years and its error, against not yet and never treated
CSDID = {
    "wages": {
        "not yet": (0.037808579107785484, 0.05290824201508588),
        "never": (0.027551155104607875, 0.052698466883631466),
    },
    "training": {
        "not yet": (21.38760531231339, 3.1652825889432896),
        "never": (21.753579506649572, 3.2185402321978462),
    },
}


@pytest.fixture(scope="module")
def training():
    """Hours of training per employee of firms in Michigan, 1987 to 1989 (Holzer and others 1993); treatment is a first grant."""
    from linearmodels.datasets import jobtraining

    frame = jobtraining.load()[["fcode", "year", "grant", "hrsemp"]]
    frame = frame.astype({"fcode": int, "year": int})
    first = frame[frame["grant"] == 1].groupby("fcode")["year"].min()
    frame["first"] = frame["fcode"].map(first).fillna(NEVER).astype(int)
    return frame.drop(columns="grant")


def equals_csdid(panel, name):
    for comparison, expected in CSDID[name].items():
        found = aggregate(group_time(panel, comparison=comparison))
        assert (found.att, found.plain) == pytest.approx(expected, rel=1e-12)


def test_a_panel_with_always_treated_units_leaves_them_out_and_is_as_csdid_has_it(wages):
    names = {"unit": "nr", "outcome": "lwage", "first_treated": "first", "replications": 19}
    found = causal_study(wages, wages, log_outcome=True, **names)
    always = (wages.drop_duplicates("nr")["first"] == 1980).sum()
    assert any(f"Dropped: {always} counties, treated in 1980" in note for note in found.notes)
    equals_csdid(found.used, "wages")


def test_an_unbalanced_panel_uses_what_there_is_as_linearmodels_does(training):
    from linearmodels.panel import PanelOLS

    names = {"unit": "fcode", "outcome": "hrsemp", "first_treated": "first", "replications": 19}
    found = causal_study(training, training, **names)
    assert any("15 of 405 county-years are missing, in 11 of 135" in one for one in found.notes)
    kept = training.dropna(subset=["hrsemp"])
    kept = kept.assign(post=1.0 * ((kept["first"] > 0) & (kept["year"] >= kept["first"])))
    two = found.estimates.set_index("estimator").loc["two-way fixed effects"]
    data = kept.set_index(["fcode", "year"])
    model = PanelOLS(data["hrsemp"], data[["post"]], entity_effects=True, time_effects=True)
    fit = model.fit(cov_type="clustered", cluster_entity=True, group_debias=True)
    expected = fit.params["post"], fit.std_errors["post"]
    assert (two["estimate"], two["se"]) == pytest.approx(expected, rel=1e-7)
    dummies = pd.get_dummies(kept[["fcode", "year"]].astype(str), dtype=float).to_numpy()
    before = (kept["post"] == 0).to_numpy()
    effects = np.linalg.lstsq(dummies[before], kept["hrsemp"].to_numpy()[before], rcond=None)[0]
    by_regression = (kept["hrsemp"] - dummies @ effects)[~before].mean()
    imputed = found.estimates.set_index("estimator").loc["imputation", "estimate"]
    assert imputed == pytest.approx(by_regression, rel=1e-7)
    wide = kept.pivot(index="fcode", columns="year", values="hrsemp")
    change = (wide[1989] - wide[1988]).dropna()
    first = kept.drop_duplicates("fcode").set_index("fcode")["first"].loc[change.index]
    cell = found.effects.table.set_index(["group", "year"]).loc[(1989, 1989)]
    by_hand = change[first == 1989].mean() - change[first == NEVER].mean()
    assert (cell["att"], cell["compared"]) == (pytest.approx(by_hand), (first == NEVER).sum())


def test_without_the_firms_that_miss_a_year_it_is_as_csdid_has_it(training):
    names = {"unit": "fcode", "outcome": "hrsemp", "first_treated": "first", "replications": 19}
    found = causal_study(training, training, balanced="drop", **names)
    assert any("Dropped for a missing year: 11 of 135 counties" in note for note in found.notes)
    equals_csdid(found.used, "training")


def test_covariates_enter_doubly_robust_as_by_hand(wages):
    """Outcome regression and inverse probability weighting of Sant'Anna and Zhao (2020), one cell, by statsmodels."""
    import statsmodels.api as sm

    known = wages.pivot(index="nr", columns="year", values="educ").to_numpy(float)
    panel = panel_of_men(wages, covariates={"educ": known})
    cell = (
        group_time(panel, comparison="never").table.set_index(["group", "year"]).loc[(1984, 1985)]
    )
    used = (panel.first == 1984) | (panel.first == NEVER)
    change = (panel.outcome[:, panel.place(1985)] - panel.outcome[:, panel.place(1983)])[used]
    treated = (panel.first[used] == 1984).astype(float)
    x = sm.add_constant(panel.covariates["educ"][used, panel.place(1983)])
    score = sm.Logit(treated, x).fit(disp=0).predict(x)
    fitted = sm.OLS(change[treated == 0], x[treated == 0]).fit().predict(x)
    odds = score * (1 - treated) / (1 - score)
    outcome = np.average(change - fitted, weights=treated)
    expected = outcome - np.sum(odds * (change - fitted)) / treated.sum()
    assert cell["att"] == pytest.approx(expected, rel=1e-9)
    # csdid 0.4.3 and R's DRDID divide by the sum of the odds: 0.06974236062634956 by csdid
    normalised = outcome - np.average(change - fitted, weights=odds)
    assert normalised == pytest.approx(0.06974236062634956, rel=1e-9)
    assert expected == pytest.approx(normalised, rel=1e-3)


@OLD_PANDAS
def test_weights_and_covariates_in_the_two_way_coefficient_are_those_of_pyfixest(wages):
    import pyfixest

    known = wages.pivot(index="nr", columns="year", values="hours").to_numpy(float)
    panel = panel_of_men(wages, weights=1.0 + np.arange(545) % 4, covariates={"hours": known})
    frame = panel.frame().assign(post=panel.treated.ravel().astype(float))
    fit = pyfixest.feols(
        "outcome ~ post + x0 | unit + year",
        frame,
        vcov={"CRV1": "unit"},
        weights="weight",
        ssc=pyfixest.ssc(k_fixef="full"),
    )
    found = two_way(panel)
    assert (found.value, found.se) == pytest.approx((fit.coef()["post"], fit.se()["post"]), 1e-6)


def test_weights_of_group_time_effects_are_weighted_means(wages):
    weights = 1.0 + np.arange(545) % 4
    panel = panel_of_men(wages, weights=weights)
    cell = (
        group_time(panel, comparison="never").table.set_index(["group", "year"]).loc[(1984, 1985)]
    )
    change = panel.outcome[:, panel.place(1985)] - panel.outcome[:, panel.place(1983)]
    own, other = panel.first == 1984, panel.first == NEVER
    means = [np.average(change[side], weights=panel.weight[side]) for side in (own, other)]
    assert cell["att"] == pytest.approx(means[0] - means[1])


def test_sun_and_abraham_equal_group_time_against_never_treated(wages):
    panel = panel_of_men(wages)
    table = group_time(panel, comparison="never").table.query("event >= 0")
    expected = np.average(table["att"], weights=table["treated"])
    assert sun_abraham(panel).value == pytest.approx(expected)


def test_of_one_batch_against_one_other_the_error_is_that_of_welch():
    from scipy.stats import ttest_ind

    draws = np.random.default_rng(4)
    first = np.array([2012] * 7 + [NEVER] * 11)
    outcome = np.column_stack([np.zeros(18), draws.normal(0, 1 + (first > 0), 18)])
    panel = Panel(tuple(map(str, range(18))), (2011, 2012), first, outcome, np.arange(18))
    spread = covariance(group_time(panel).influence, panel)
    welch = ttest_ind(outcome[:7, 1], outcome[7:, 1], equal_var=False)
    assert spread.df[0] == pytest.approx(welch.df)
    assert spread.se[0] == pytest.approx(
        (outcome[:7, 1].mean() - outcome[7:, 1].mean()) / welch.statistic
    )


def test_weights_that_are_none_are_refused_by_kind(wages):
    wrong = wages.assign(w=np.where(wages["nr"] == 13, -1.0, 1.0))
    with pytest.raises(DataError, match="8 rows: w is no weight; allowed is a number above 0"):
        causal_study(wrong, wrong, unit="nr", outcome="lwage", first_treated="first", weights="w")
