"""The registry of denominators: the rule, the lookups, every refusal, and the project's own judgements."""

from __future__ import annotations

import dataclasses
import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.denominators import INSIDE, Denominator, Registry, verdict_of
from analysis.bounds.terms import Input
from analysis.bounds.units import factor, parse_unit
from analysis.records.errors import QuantityError
from analysis.records.paths import PROJECT

TABLE = pd.read_csv(PROJECT / "data/denominators.csv", keep_default_na=False, dtype=str)
REGISTRY = Registry.from_frame(TABLE)
JOBS, INCOME, POOR = (
    "scio-2021.ecommerce-jobs",
    "scio-2021.ecommerce-income",
    "rural-ecommerce-opinions-2015.poor-people",
)
RURAL_POOR = "cn-rpov-n-2010std"
SERIES = {
    "cn-rpov-n-2010std",
    "cn-regpoor-n",
    "cn-migrant-n",
    "cn-agrihukou-2010",
    "cn-pop-rural-wdi",
    "cn-povcounty-exits",
    "cn-povvillages",
    "cn-border-pop",
    "rural-shops",
    "pc-shops",
    "pc-online-retail",
    "agri-online-retail",
    "labour-dispatched-total",
    "labour-stock-abroad",
    "poor-labour-migrants",
    "cn-migrant-wage",
    "cn-migrant-wage-out",
    "cn-rural-inc",
    "cn-povarea-inc",
    "cn-povline-cur",
    "cn-wage-nonprivate",
    "canton-export-turnover-usd",
    "canton-export-turnover-cny",
    "canton-exhibitors",
    "canton-booths",
    "housekeeping-employment",
    "mara-contracted",
    "hn-povcounties",
    "hn-povvillages",
    "longnan-poor-pop",
    "demo-counties-cum",
    "demo-funds",
    "rural-ecom-jobs-claim",
    "canton-poverty-deals-cum",
    "canton-poverty-fee-exempted-cum",
    "canton-poverty-exhibitors-cum",
    "canton-poverty-booths-cum",
    "mofcom-labour-plan-people",
    "mofcom-labour-income-stated",
    "cn-migrant-wage-overseas",
    "japan-trainee-wage",
    "hn-poor-n",
    "hunan-prov-fund",
    "hunan-demo-counties-poor",
    "demo-funds-per-county",
    "longnan-shops",
    "longnan-rural-inc",
    "longnan-income-gain",
    "pc-ecom-labour-claim",
    "poor-ecom-claim",
    "pc-online-retail-services",
    "pc-online-retail-goods",
    "mofcom-ecommerce-target-people",
    "mofcom-housekeeping-plan-people",
    "mara-actual-sales",
    "poverty-relief-product-sales",
    "cn-agri-related-value-added",
    "border-trade-exports",
    "border-zones",
}


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(QuantityError) as caught:
        call(*args, **kwargs)
    return str(caught.value)


def row(claim: str = "a.b", series: str = "s", **changes: object) -> Denominator:
    made = {
        "inside": "yes",
        "same_year": True,
        "same_geography": True,
        "verdict": "allowed",
        "reason": "by hand",
    } | changes
    return Denominator(claim, series, **made)


def observed(series_id: str, value: float, unit: str = "person") -> Bounds:
    return Bounds.of(Input(f"{series_id}@2012-12", value, value, value, unit))


# -- the rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inside", "same_year", "same_geography", "verdict"),
    [
        ("yes", True, True, "allowed"),
        ("yes", False, True, "size only"),
        ("yes", True, False, "size only"),
        ("yes", False, False, "size only"),
        ("no", True, True, "size only"),
        ("no", False, False, "size only"),
        ("unknown", True, True, "size only"),
        ("unknown", False, True, "size only"),
    ],
)
def test_the_verdict_by_hand(inside, same_year, same_geography, verdict):
    assert verdict_of(inside, same_year=same_year, same_geography=same_geography) == verdict


@given(st.sampled_from(INSIDE), st.booleans(), st.booleans())
def test_law_a_share_needs_all_three_and_what_does_not_compare_is_forbidden(
    inside, same_year, same_geography
):
    assert (
        verdict_of(inside, same_year=same_year, same_geography=same_geography) == "allowed"
    ) == (inside == "yes" and same_year and same_geography)
    if inside != "yes":
        assert (
            verdict_of(inside, same_year=same_year, same_geography=same_geography, comparable=False)
            == "forbidden"
        )


def test_what_the_rule_cannot_judge_is_refused():
    assert (
        refusal(verdict_of, "maybe", same_year=True, same_geography=True)
        == "'maybe' does not say whether one lies inside the other; allowed are yes, no, unknown"
    )
    said = "what lies inside compares with what it lies in: it cannot be forbidden"
    assert refusal(verdict_of, "yes", same_year=True, same_geography=True, comparable=False) == said


# -- one judgement ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"verdict": "fine"},
            "a.b over s: unknown verdict 'fine'; allowed are allowed, size only, per, forbidden, none",
        ),
        ({"reason": ""}, "a.b over s: a verdict needs its reason"),
        (
            {"inside": "no"},
            "a.b over s: the verdict is 'allowed', and the rule gives 'size only'; 'allowed' stands where inside, same_year, same_geography are all yes, and only there",
        ),
        (
            {"same_year": False},
            "a.b over s: the verdict is 'allowed', and the rule gives 'size only'; 'allowed' stands where inside, same_year, same_geography are all yes, and only there",
        ),
        (
            {"verdict": "size only"},
            "a.b over s: the verdict is 'size only', and the rule gives 'allowed'; 'allowed' stands where inside, same_year, same_geography are all yes, and only there",
        ),
        (
            {"verdict": "forbidden"},
            "a.b over s: what lies inside compares with what it lies in: it cannot be forbidden",
        ),
        (
            {"inside": ""},
            "'' does not say whether one lies inside the other; allowed are yes, no, unknown",
        ),
        (
            {"series": ""},
            "a.b over nothing: the verdict 'none' stands without a series, and every other one with one",
        ),
        (
            {"verdict": "none"},
            "a.b over s: the verdict 'none' stands without a series, and every other one with one",
        ),
        (
            {"verdict": "none", "series": ""},
            "a.b over nothing: the verdict 'none' stands without a series, and every other one with one",
        ),
    ],
)
def test_a_judgement_that_contradicts_itself_is_refused(changes, said):
    assert refusal(row, **changes) == said


def test_a_judgement_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        row().verdict = "forbidden"


# -- the registry ----------------------------------------------------------------------------------

SMALL = Registry(
    [
        row("d.in", "all"),
        row("d.in", "near", inside="unknown", verdict="size only"),
        row("d.in", "wage", inside="no", verdict="forbidden", reason="persons over a wage"),
        row(
            "d.first",
            "",
            inside="",
            verdict="none",
            same_year=False,
            same_geography=False,
            reason="an ordinal number",
        ),
    ]
)


def test_the_word_follows_from_the_verdict():
    assert (SMALL.ratio_word("d.in", "all"), SMALL.ratio_word("d.in", "near")) == (
        "share of",
        "size relative to",
    )


@pytest.mark.parametrize(
    ("claim", "series", "said"),
    [
        ("d.in", "wage", "d.in over wage is forbidden: persons over a wage"),
        ("d.in", "other", "other is not registered under d.in; registered are all, near, wage"),
        ("d.first", "all", "d.first has no denominator: an ordinal number"),
        ("d.first", "", "d.first over nothing is none: an ordinal number"),
        ("d.none", "all", "d.none is not in the registry of denominators"),
    ],
)
def test_what_may_not_be_said_is_refused_with_the_reason(claim, series, said):
    assert refusal(SMALL.ratio_word, claim, series) == said
    assert refusal(SMALL.ratio, observed("d.in", 1), claim, observed("all", 2), series) == said


def test_a_ratio_is_a_pure_number_with_both_ends():
    # from 1/4 to 3/4, 2/4 at the stated value
    part = Bounds.of(Input("d.in", 2, 1, 3, "person"))
    found = SMALL.ratio(part, "d.in", observed("all", 4), "all")
    assert (found.low, found.value, found.high, found.unit) == (0.25, 0.5, 0.75, "")
    assert found.inputs == ("all@2012-12", "d.in")


def test_a_year_is_turned_into_months_and_persons_are_not_turned_into_yuan():
    yearly, monthly = (
        Bounds.of(Input("d.in", 24, 24, 24, "CNY / year")),
        observed("all", 4, "CNY / month"),
    )
    assert SMALL.ratio(yearly, "d.in", monthly, "all").value == pytest.approx(0.5)
    said = refusal(
        SMALL.ratio,
        Bounds.of(Input("d.in", 2, 1, 3, "person")),
        "d.in",
        observed("all", 4, "CNY"),
        "all",
    )
    assert said == "CNY and person are different units: they neither add nor compare"


def test_the_registry_judges_only_what_the_bounds_rest_on():
    part = Bounds.of(Input("d.in", 2, 1, 3, "person"))
    assert (
        refusal(SMALL.ratio, part, "d.in", observed("all-of-it", 4), "all")
        == "all-of-it@2012-12 does not rest on all: the registry judges no other pair"
    )
    assert refusal(SMALL.ratio, observed("d.out", 4), "d.in", observed("all", 4), "all").startswith(
        "d.out@2012-12 does not rest on d.in"
    )


def test_a_pair_stands_once_and_none_stands_alone():
    assert refusal(Registry, [row(), row()]) == "these pairs stand twice: a.b over s"
    none = row(series="", inside="", verdict="none")
    assert (
        refusal(Registry, [row(), none])
        == "these claims have the verdict 'none' and a denominator: a.b"
    )


def test_a_table_needs_its_columns_and_yes_or_no():
    assert refusal(Registry.from_frame, TABLE.drop(columns="reason")).endswith("reason is missing")
    wrong = TABLE.assign(same_year="perhaps")
    assert refusal(Registry.from_frame, wrong).endswith(
        "same_year is 'perhaps'; allowed are yes and no"
    )


# -- the project's judgements ----------------------------------------------------------------------


def test_every_claim_is_judged_and_no_other(records):
    assert {one.claim_id for one in REGISTRY.rows} == set(records.claims["claim_id"])


def test_claims_stand_in_the_order_of_the_claims_table(records):
    order = [claim for claim, _ in itertools.groupby(TABLE["claim_id"])]
    assert order == records.claims["claim_id"].tolist()


def test_every_series_asked_for_is_judged_and_no_other(records):
    assert set(TABLE["series_id"]) - {""} == SERIES | {"pc-agri-online-retail"}
    assert set(records.series_index["series_id"]) >= SERIES


def test_reasons_are_phrases():
    assert [
        reason
        for reason in TABLE["reason"]
        if reason != reason.strip() or reason.endswith(".") or len(reason) < 10
    ] == []


def test_only_the_same_count_is_called_a_share():
    allowed = {
        (one.claim_id.split(".")[1], one.series_id)
        for one in REGISTRY.rows
        if one.verdict == "allowed"
    }
    assert allowed == {
        ("poor-people", RURAL_POOR),
        ("poor-villages", "cn-povvillages"),
        ("poverty-counties", "hn-povcounties"),
    }


@pytest.mark.parametrize(
    ("claim", "series", "verdict"),
    [
        (JOBS, RURAL_POOR, "size only"),  # farmers with work are not all poor
        (JOBS, "cn-wage-nonprivate", "forbidden"),
        (INCOME, RURAL_POOR, "size only"),  # the English text drops "poor"
        (INCOME, "cn-regpoor-n", "size only"),  # whether they were registered is not stated
        (POOR, "cn-regpoor-n", "size only"),  # the survey's poor are no part of the register's
        (
            "scio-2021.labor-income",
            "cn-migrant-wage-out",
            "size only",
        ),  # pay abroad is no part of pay at home
        (
            "scio-2021.labor-people",
            "labour-dispatched-total",
            "size only",
        ),  # inside, but the period is not stated
        ("scio-2021.housekeeping-jobs", "labour-dispatched-total", "forbidden"),
        (
            "scio-2021.canton-deals",
            "canton-export-turnover-usd",
            "size only",
        ),  # seven sessions over five
        (
            "hunan-2017.poverty-counties",
            "cn-povcounty-exits",
            "size only",
        ),  # eleven are on the province's list only
    ],
)
def test_judgements_of_the_design(claim, series, verdict):
    assert REGISTRY.judgement(claim, series).verdict == verdict


def test_what_may_be_said_has_one_dimension_but_for_what_the_reason_says_comes_first(records):
    claims, series = (
        frame.set_index(frame.columns[0])["unit"].map(parse_unit)
        for frame in (records.claims, records.series_index)
    )
    apart = set()
    for one in REGISTRY.rows:
        if one.verdict in ("allowed", "size only"):
            try:
                factor(series[one.series_id], claims[one.claim_id])
            except QuantityError:
                apart.add((one.claim_id.split(".")[1], one.series_id))
    a_year_is_an_assumption = {
        ("longnan-income-gain", series_id)
        for series_id in ("cn-rural-inc", "cn-povarea-inc", "cn-povline-cur", "longnan-rural-inc")
    }
    assert apart == a_year_is_an_assumption | {("canton-deals", "canton-export-turnover-cny")}


def test_people_with_more_income_over_the_rural_poor_of_2012(records):
    # the Chinese text prints 618.8 wan: 6.188 / 98.99 = 0.06251, +- 0.0005 / 98.99
    found = REGISTRY.ratio(
        bounds_of(records, INCOME), INCOME, observed(RURAL_POOR, 98_990_000), RURAL_POOR
    )
    assert (round(found.low, 5), round(found.value, 5), round(found.high, 5)) == (
        0.06251,
        0.06251,
        0.06252,
    )
    assert REGISTRY.ratio_word(INCOME, RURAL_POOR) == "size relative to"


def test_the_poor_left_in_2015_are_those_of_the_end_of_2014(records):
    # more than 70 / 70.17 = at least 0.9976
    found = REGISTRY.ratio(
        bounds_of(records, POOR), POOR, observed(RURAL_POOR, 70_170_000), RURAL_POOR
    )
    assert (round(found.low, 4), found.direction) == (0.9976, "at least")
    assert REGISTRY.ratio_word(POOR, RURAL_POOR) == "share of"


def test_the_urban_wage_under_farmers_is_refused_with_the_reason(records):
    said = refusal(
        REGISTRY.ratio,
        bounds_of(records, JOBS),
        JOBS,
        observed("cn-wage-nonprivate", 97_379, "CNY / year"),
        "cn-wage-nonprivate",
    )
    assert (
        said
        == "scio-2021.ecommerce-jobs over cn-wage-nonprivate is forbidden: a number of persons over a wage: different dimensions"
    )
