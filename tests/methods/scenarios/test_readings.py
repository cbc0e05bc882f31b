"""Readings: what a figure as stated becomes, by hand; and what cannot be drawn."""

from __future__ import annotations

import math

import pytest

from analysis.bounds.bounds import Bounds, largest, spread
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import observed
from analysis.bounds.rates import usd_cny
from analysis.bounds.terms import Input
from analysis.methods.scenarios.readings import READINGS, assumption, read
from analysis.records.errors import DataError, QuantityError, UnknownIdError
from analysis.records.load import load

DEALS, FEES, INCOME, SESSIONS, TOP, SHOPS, PURCHASES = (
    "scio-2021.canton-deals",
    "scio-2021.canton-fees",
    "scio-2021.ecommerce-income",
    "scio-2021.canton-sessions",
    "scio-2021.labor-income-top",
    "rural-ecommerce-opinions-2015.longnan-stores",
    "hunan-2017.training-sessions",
)


def variable(bounds: Bounds) -> Input:
    (one,) = bounds.variables.values()
    return one


@pytest.mark.parametrize(
    ("claim_id", "reading", "shape", "low", "high", "named", "direction"),
    [
        # "more than $1.7 billion": the last digit stands for 100 million
        (DEALS, "half unit", "uniform", 1.65e9, 1.75e9, "half unit", "closed"),
        (DEALS, "next digit", "uniform", 1.7e9, 1.8e9, "next digit", "closed"),
        (DEALS, "one-sided", "fixed", 1.7e9, 1.7e9, "one-sided", "at least"),
        (DEALS, "other language", "uniform", 1.7e9, 1.8e9, "other language", "closed"),
        # "86.69 million yuan": half of ten thousand to either side, whatever is said of "more than"
        (FEES, "half unit", "uniform", 86_685_000, 86_695_000, "half unit", "closed"),
        (FEES, "one-sided", "uniform", 86_685_000, 86_695_000, "one-sided", "closed"),
        # 618.8 ten thousands in Chinese, which is read; 6.19 million in English
        (INCOME, "next digit", "uniform", 6_187_500, 6_188_500, "next digit", "closed"),
        (INCOME, "other language", "uniform", 6_185_000, 6_195_000, "other language", "closed"),
        (SESSIONS, "half unit", "fixed", 7, 7, "as counted", "closed"),
        (TOP, "one-sided", "uniform", 300_000, 400_000, "as counted", "closed"),
        (SHOPS, "half unit", "uniform", 5_000, 6_000, "half unit", "closed"),
        # not printed in another language that is known here: named as what it is
        (PURCHASES, "other language", "uniform", 300, 400, "next digit", "closed"),
    ],
)
def test_a_reading_by_hand(records, claim_id, reading, shape, low, high, named, direction):
    found = read(records, variable(bounds_of(records, claim_id)), reading)
    assert (found.distribution.shape, found.distribution.low, found.distribution.high) == (
        shape,
        pytest.approx(low),
        pytest.approx(high),
    )
    assert found.reading == named
    assert Bounds.of(found.one).direction == direction


def test_every_claim_can_be_drawn_under_every_reading(records):
    for claim_id in records.claims["claim_id"]:
        for reading in READINGS:
            found = read(records, variable(bounds_of(records, claim_id)), reading)
            assert math.isfinite(found.distribution.high)
            assert found.distribution.low >= 0


def test_observations_stay_within_their_printed_digit_and_rates_within_their_month(records):
    poor = read(records, variable(observed(records, "cn-rpov-n-2010std", "2012")), "half unit")
    assert (poor.distribution.low, poor.distribution.high, poor.reading) == (
        98_985_000,
        98_995_000,
        "as printed",
    )
    rate = read(records, variable(usd_cny(records, "2021-08")), "half unit")
    assert (rate.distribution.low, rate.distribution.high, rate.one.unit) == (
        6.4603,
        6.4994,
        "CNY / USD",
    )


def test_a_mean_with_unknown_weights_is_drawn_between_its_ends(records):
    rates = spread(usd_cny(records, "2017-10"), usd_cny(records, "2020-10"))
    found = read(records, variable(rates), "half unit")
    assert found.reading == "weights unknown"
    assert (found.distribution.low, found.distribution.high) == (rates.low, rates.high)


def test_an_assumption_has_its_registered_shape_unit_and_source(records):
    one = assumption(records, "labor-stock-share")
    found = read(records, variable(one), "half unit")
    assert (one.inputs, one.unit, found.source) == (
        ("assumed:labor-stock-share",),
        "",
        "logical limits",
    )
    assert (found.distribution.shape, found.distribution.low, found.distribution.high) == (
        "uniform",
        0,
        1,
    )


def test_a_reading_that_does_not_exist_is_refused(records):
    with pytest.raises(
        QuantityError,
        match="unknown interpretation 'whole unit'; allowed are half unit, next digit",
    ):
        read(records, variable(bounds_of(records, DEALS)), "whole unit")


def test_an_assumption_without_a_source_is_refused(records):
    with pytest.raises(UnknownIdError, match="labor-luck"):
        assumption(records, "labor-luck")
    with pytest.raises(QuantityError, match="assumed:luck has no source"):
        read(records, variable(assume("luck", 1, low=0, high=2)), "half unit")


def test_what_has_no_upper_end_is_refused(records):
    highest = largest(bounds_of(records, DEALS), bounds_of(records, DEALS) * 2)
    with pytest.raises(QuantityError, match="has no upper end"):
        read(records, Input("made-up@2020", 0, 0, math.inf, ""), "half unit")
    assert highest.direction == "at least"


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("central", "2", "low <= central <= high does not hold for 0, 2, 1"),
        ("shape", "fixed", "'fixed' does not fit the ends 0 and 1"),
        ("shape", "log-uniform", "'log-uniform' needs a low end above 0"),
        ("topic", "canton-fair", "must begin with the topic and a hyphen: canton-fair-"),
        ("basis", "cited", "a cited range names source_title, publisher, published, url"),
        ("basis", "guess", "guess"),
        ("low", "some", "some"),
        ("note", "", "note"),
    ],
)
def test_a_wrong_assumption_names_file_row_and_column(data_copy, edit, column, value, message):
    edit(data_copy / "assumptions.csv", "labor-stock-share", column, value)
    with pytest.raises(DataError) as caught:
        load(data_copy)
    assert "assumptions.csv" in str(caught.value)
    assert message in str(caught.value)
