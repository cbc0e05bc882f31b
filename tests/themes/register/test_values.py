"""Charts of claims of one unit: which claims, in which order, and their words, against the tables by hand."""

import csv
import dataclasses

import pandas as pd
import pytest

from analysis.records.errors import AnalysisError
from analysis.records.own_charts import OwnChart
from analysis.records.paths import PROJECT
from analysis.themes.register.charts_values import (
    marks_note,
    of_claims,
    price_basis,
    slug,
    values_charts,
)

DEALS, TOP = "scio-2021.canton-deals", "scio-2021.labor-income-top"
PAY = "scio-2021.labor-income"


def test_each_unit_has_a_chart_of_its_fifteen_largest_claims(records):
    with (PROJECT / "data/claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    made = values_charts(records)
    for unit in {row["unit"] for row in rows}:
        values = [float(row["value_high"]) for row in rows if row["unit"] == unit]
        claims = made[f"register-values-{slug(unit)}"].claims
        highs = [records.claim(name).value_high for name in claims]
        assert highs == sorted(values, reverse=True)[:15], unit
    again = records.claims.assign(claim_id=records.claims["claim_id"] + "-again")
    twice = dataclasses.replace(records, claims=pd.concat([records.claims, again]))
    assert len(values_charts(twice)["register-values-person"].claims) == 15  # of 18


def test_words_in_one_language_stand_in_both_and_claims_are_filled_in(records):
    own = OwnChart("register-two", (DEALS,), {DEALS: "deals"}, {"en": {"headline": "So {" + DEALS}})
    assert of_claims(own).make(records).zh.headline == "So {" + DEALS  # no place without its end
    closed = dataclasses.replace(own, words={"en": {"headline": "So {" + DEALS + "}"}})
    spec = of_claims(closed).make(records)
    assert spec.en.headline == "So more than US$1.7 billion"
    assert spec.zh.headline == "So 超过17亿美元"
    own_zh = {**closed.words, "zh": {"headline": "共{" + DEALS + "}"}}
    assert (
        of_claims(dataclasses.replace(own, words=own_zh)).make(records).zh.headline
        == "共超过17亿美元"
    )
    assert spec.en.labels[DEALS].startswith("deals\n")


def test_the_alternative_text_says_each_claim_without_its_document(records):
    text = of_claims(OwnChart("register-pay", (TOP, PAY), {TOP: "at most"})).make(records)
    counted = records.claim(PAY).counted
    said = f"at most: 300,000 to 400,000 yuan a year; {counted}: more than 100,000 yuan a year."
    assert f"{said} They are shown" in text.en.alt
    assert text.en.labels[TOP] == f"at most\n{records.source('scio-2021').short_en}"


def test_values_are_the_middle_of_what_is_printed(records):
    spec = of_claims(OwnChart("register-pay", (TOP, PAY))).make(records)
    assert [*spec.data["value"]] == [
        350_000,
        100_000,
    ]  # of 300,000 to 400,000, and of more than 100,000
    assert [*spec.data["open_ended"]] == ["", "high"]
    with pytest.raises(AnalysisError, match="CNY/person/year and USD, and one scale has one unit"):
        of_claims(OwnChart("register-mixed", (TOP, DEALS))).make(records)


def test_a_note_says_the_marks_that_are_there(records):
    exact, about = "scio-2021.canton-sessions", "scio-2021.border-people"
    assert marks_note(records, [exact], "en") == "Dot: figure as stated."
    assert marks_note(records, [about], "zh") == "圆点：所述数字。横条：按取整和措辞可能的范围。"
    assert marks_note(records, [DEALS], "en").endswith(
        "stated. Arrow: no limit is stated on that side."
    )


def test_money_of_its_own_time_and_ratios_of_money():
    assert [price_basis(unit) for unit in ("CNY", "CNY/person", "CNY/USD", "person")] == [
        *("nominal", "nominal"),
        *("", ""),
    ]
