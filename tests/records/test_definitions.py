"""Definitions: what a figure counts is data, and what differs is set side by side only by declaration."""

from __future__ import annotations

import dataclasses

import pytest

from analysis.bounds.bounds import Bounds
from analysis.bounds.finding import finding
from analysis.bounds.observed import observed
from analysis.records.definitions import (
    Counted,
    counted_by_claim,
    counted_by_row,
    definition_problems,
    doubts,
)
from analysis.records.errors import AnalysisError, QuantityError, UnknownIdError
from analysis.records.series import best, value_at, yearly

INCOME = "cn-rural-inc"
NET, DISPOSABLE = "cn-rural-inc-net", "cn-rural-inc-disposable"
SAME = Counted("farmers", "cumulative", "China", "2014", "2020")


def test_every_definition_is_whole_and_in_use(records):
    assert definition_problems(records) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"population": "workers"}, "population: 'farmers' and 'workers'"),
        ({"measure": "stock"}, "measure: 'cumulative' and 'stock'"),
        ({"place": "not stated"}, "place: 'China' and 'not stated'"),
        ({"since": "2015"}, "since: '2014' and '2015'"),
        ({"since": "not stated"}, "since: '2014' and 'not stated'"),
        ({"until": "2021"}, "until: '2020' and '2021'"),
    ],
)
def test_what_differs_or_is_not_stated_is_a_doubt(change, said):
    assert doubts(SAME, dataclasses.replace(SAME, **change)) == [said]


def test_dates_that_share_a_day_are_one_and_running_totals_have_two_ends():
    inside = dataclasses.replace(SAME, since="2014-03", until="2020-12-31")
    assert doubts(SAME, inside) == []
    assert doubts(SAME, dataclasses.replace(SAME, until="2021"), one_period=False) == []
    stock = Counted("farmers", "stock", "China", "2013", "2020")
    assert doubts(stock, dataclasses.replace(stock, since="2019")) == []  # a stock has no beginning


def test_the_counts_of_work_differ_in_who_how_and_where(records):
    claim = counted_by_claim(records, "scio-2021.ecommerce-jobs")
    march = counted_by_row(records, value_at(records, "pc-ecom-labour-claim", "2020-03-31"))
    assert (claim.measure, march.measure) == ("cumulative", "stock")
    assert [one.partition(":")[0] for one in doubts(claim, march, one_period=False)] == [
        "population",
        "measure",
        "place",
        "since",
    ]


def test_a_line_across_two_definitions_is_refused_unless_declared(records):
    with pytest.raises(
        QuantityError, match=r"cn-rural-inc is of 2 definitions: .* declare the break"
    ):
        yearly(records, INCOME)
    both = yearly(records, INCOME, across=True)
    net, disposable = (yearly(records, INCOME, definition=one) for one in (NET, DISPOSABLE))
    assert (net.index.min(), disposable.index.min()) == (1978, 2013)
    assert (net[2013], disposable[2013], both[2013]) == (8_896, 9_429.59, 9_429.59)
    with pytest.raises(
        AnalysisError, match=r"no rows of the definition 'net'; known are cn-rural-inc-d"
    ):
        best(records, INCOME, definition="net")


def test_two_reports_of_one_register_are_both_to_be_had(records):
    first = observed(records, "cn-regpoor-n", "2014", definition="cn-regpoor-n-first-report")
    assert (observed(records, "cn-regpoor-n", "2014").value, first.value) == (
        88_620_000,
        92_000_000,
    )


def test_a_ratio_or_growth_across_a_break_is_refused_unless_declared(records):
    ends = [observed(records, INCOME, year, geography="China (rural)") for year in ("2012", "2020")]
    growth = ends[1] / ends[0] - 1
    with pytest.raises(QuantityError, match=r"income\.growth: cn-rural-inc changes its definition"):
        finding(records, growth, "income.growth", label="growth", period="2012-2020")
    told = {
        "label": "growth",
        "period": "2012-2020",
        "note": "Net income before, disposable after.",
    }
    assert finding(records, growth, "income.growth", across=(INCOME,), **told).value > 0.9
    later = observed(records, INCOME, "2014", geography="China (rural)")
    finding(records, ends[1] / later, "income.growth", **told)  # one definition
    with pytest.raises(QuantityError, match="crosses no break of it"):
        finding(records, ends[1] / later, "income.growth", across=(INCOME,), **told)


def test_a_ratio_of_two_populations_needs_a_note(records):
    pay = [observed(records, f"cn-migrant-wage{which}", "2020") for which in ("-out", "")]
    told = {"label": "ratio", "period": "2020"}
    with pytest.raises(
        QuantityError, match="a ratio of migrant workers outside their home township and"
    ):
        finding(records, pay[0] / pay[1], "labor.ratio", **told)
    assert finding(records, pay[0] / pay[1], "labor.ratio", note="Outgoing over all.", **told)
    assert isinstance(pay[0] / pay[1], Bounds)


def test_a_claim_of_people_without_definition_and_a_word_with_two_meanings_are_named(records):
    rows = records.definitions
    without = rows[rows["definition_id"] != "scio-2021.border-people"]
    (found,) = definition_problems(dataclasses.replace(records, definitions=without))
    assert str(found).startswith("claims.csv (scio-2021.border-people): counts people")
    fees = rows["definition_id"] == "canton-poverty-fee-exempted-cum"
    said = rows.assign(population_zh=rows["population_zh"].where(~fees, "别的"))
    (found,) = definition_problems(dataclasses.replace(records, definitions=said))
    assert "one population has one name in each language" in str(found)
    with pytest.raises(UnknownIdError):
        counted_by_claim(
            dataclasses.replace(records, definitions=without), "scio-2021.border-people"
        )


def test_outgoing_pay_is_one_series_with_one_definition(records):
    out, everybody = (yearly(records, name) for name in ("cn-migrant-wage-out", "cn-migrant-wage"))
    assert out.index.tolist() == [*range(2011, 2018), *range(2019, 2024)]  # 2018 was not found
    assert (out[2012], out[2020], everybody.index.min(), everybody[2020]) == (
        2_290,
        4_549,
        2014,
        4_072,
    )
