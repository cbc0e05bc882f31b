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


def test_words_name_number_unit_range_documents_and_years(records):
    made = values_charts(records)
    claims = records.claims[records.claims["unit"] == "person"]
    many = made["register-values-person"].make(records)  # of 2015, March 2020 and 2021
    one = of_claims(OwnChart("register-deals", (DEALS,))).make(records)
    few = OwnChart("register-values-person", tuple(claims["claim_id"].head(2)))
    assert [(one.en.headline, one.en.subtitle), (one.zh.headline, one.zh.subtitle)] == [
        (
            "One reported figure in US dollars: more than US$1.7 billion",
            "Figures of one document of 2021, as stated, in US dollars, nominal",
        ),
        ("一个以美元计的公布数字：超过17亿美元", "1份文件（2021年）所述数字，单位：美元，当年价"),
    ]
    smallest, largest = claims["value_low"].min(), claims["value_high"].max()
    assert (smallest, largest, len(claims)) == (146_000, 6e8, 8)
    assert [(many.en.headline, many.en.subtitle), (many.zh.headline, many.zh.subtitle)] == [
        (
            "8 reported figures in people run from 146,000 to 600 million",
            "Figures of 3 documents of 2015 to 2021, as stated, in people",
        ),
        ("以人计的8个公布数字，从14.6万到6亿", "3份文件（2015—2021年）所述数字，单位：人"),
    ]
    assert (
        of_claims(few).make(records).en.headline.startswith("The 2 largest of 8 figures in people")
    )
    undated = records.sources.assign(event_date="", page_date="")
    without = of_claims(few).make(dataclasses.replace(records, sources=undated))
    assert without.en.subtitle == "Figures of one document, as stated, in people"
    assert without.zh.subtitle == "1份文件所述数字，单位：人"


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
