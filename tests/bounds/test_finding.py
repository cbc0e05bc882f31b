"""Findings: one contract for every export; grade, openness and inputs follow from the bounds."""

from __future__ import annotations

import dataclasses
import math

import pytest

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.finding import COLUMNS, Finding, finding, findings_frame, stable
from analysis.bounds.rates import usd_cny
from analysis.themes.canton_fair import findings as canton
from analysis.themes.ecommerce import findings as ecommerce
from analysis.themes.labor_export import findings as labor

CONTRACT = "value_id, topic, label, value, low, high, open_ended, unit, currency, price_basis, formula, inputs, period, evidence_grade, note"
JOBS, SESSIONS, TOP, INCOME = (
    f"scio-2021.{slug}"
    for slug in ("ecommerce-jobs", "canton-sessions", "labor-income-top", "labor-income")
)


def frozen(records, bounds: Bounds) -> Finding:
    return finding(
        records, bounds, "topic.slug", label="what it is", period="2021", note="beside it"
    )


def test_the_columns_are_those_of_the_contract(records):
    assert ", ".join(COLUMNS) == CONTRACT
    assert ", ".join(findings_frame(()).columns) == CONTRACT
    frame = findings_frame((frozen(records, bounds_of(records, TOP) / bounds_of(records, INCOME)),))
    assert frame.to_dict("records") == [
        {
            "value_id": "topic.slug",
            "topic": "topic",
            "label": "what it is",
            "value": 3.5,
            "low": 0.0,
            "high": 4.0,
            "open_ended": "low",
            "unit": "",
            "currency": "",
            "price_basis": "",
            "formula": f"{TOP} ÷ {INCOME}",
            "inputs": f"{INCOME}; {TOP}",
            "period": "2021",
            "evidence_grade": "D",
            "note": "beside it",
        }
    ]


@pytest.mark.parametrize(
    ("calculate", "open_ended", "unit", "currency", "price_basis", "grade"),
    [
        (lambda r: bounds_of(r, SESSIONS), "", "session", "", "", "B"),
        (lambda r: bounds_of(r, JOBS), "", "person", "", "", "C"),
        (
            lambda r: bounds_of(r, JOBS) / bounds_of(r, SESSIONS),
            "",
            "person / session",
            "",
            "",
            "C",
        ),
        (lambda r: bounds_of(r, INCOME), "high", "CNY / person / year", "CNY", "nominal", "C"),
        (lambda r: 1 / bounds_of(r, INCOME), "low", "person * year / CNY", "CNY", "nominal", "C"),
        (
            lambda r: bounds_of(r, INCOME) / usd_cny(r, "2021-08"),
            "high",
            "USD / person / year",
            "USD",
            "nominal",
            "C",
        ),
        (
            lambda r: bounds_of(r, INCOME) * assume("share", 0.5, low=0, high=1, open_low=True),
            "both",
            "CNY / person / year",
            "CNY",
            "nominal",
            "C",
        ),
        (lambda r: usd_cny(r, "2021-08"), "", "CNY / USD", "CNY/USD", "nominal", "A"),
        (lambda r: assume("share", 0.5, low=0, high=1), "", "", "", "", ""),
        (lambda r: bounds_of(r, INCOME) / bounds_of(r, INCOME), "", "", "", "", ""),
    ],
)
def test_openness_currency_and_grade_follow_from_the_inputs(
    records, calculate, open_ended, unit, currency, price_basis, grade
):
    found = frozen(records, calculate(records))
    assert (
        found.open_ended,
        found.unit,
        found.currency,
        found.price_basis,
        found.evidence_grade,
    ) == (open_ended, unit, currency, price_basis, grade)


@pytest.mark.parametrize(
    ("grades", "weakest"),
    [("AB", "B"), ("BA", "B"), ("AC", "C"), ("DC", "D"), ("XA", "X"), ("DX", "X")],
)
def test_the_weakest_claim_sets_the_grade(records, grades, weakest):
    claims = records.claims.copy()
    for claim_id, grade in zip((JOBS, SESSIONS), grades, strict=True):
        claims.loc[claims["claim_id"] == claim_id, "grade"] = grade
    graded = dataclasses.replace(records, claims=claims)
    assert (
        frozen(graded, bounds_of(graded, JOBS) / bounds_of(graded, SESSIONS)).evidence_grade
        == weakest
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.3),
        (1 / 3, 0.333333333333),
        (13_900_000.0, 13_900_000.0),
        (0.0, 0.0),
        (-1e-20, -1e-20),
        (math.inf, math.inf),
        (123456789012345.0, 123456789012000.0),
    ],
)
def test_numbers_keep_the_digits_that_every_machine_agrees_on(value, expected):
    assert stable(value) == expected


@pytest.mark.parametrize("topic", [canton, ecommerce, labor], ids=["canton", "ecommerce", "labor"])
def test_findings_of_a_topic_keep_the_contract(records, topic):
    found = topic.findings(records)
    known = set(records.claims["claim_id"])
    known |= {f"published:{one}" for one in records.evidence["estimate_id"]}
    rows = {
        f"{row.series_id}@{row.period_start}{end}"
        for row in records.series.itertuples()
        for end in ("", f"/{row.period_end}")
    } | {f"usd-cny@{start[:7]}" for start in records.series_rows("usd-cny-mean")["period_start"]}
    assert len({one.value_id for one in found}) == len(found)
    assert len({one.topic for one in found}) == 1
    for one in found:
        assert one.low <= one.value <= one.high
        assert one.label
        assert one.period
        assert one.inputs
        assert one.evidence_grade in tuple("ABCDX")
        assert (one.price_basis == "nominal") == bool(one.currency)
        assert [
            name
            for name in one.inputs
            if name not in known | rows and not name.startswith("assumed:")
        ] == []
        assert math.isinf(one.high) == (one.open_ended in ("high", "both"))
        assert one.note == "" or one.note.endswith(".")
    assert topic.findings(records) == found
