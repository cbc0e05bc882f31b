"""Accepted rows as drafts of claims: units, bounds, periods, and what is left blank."""

from __future__ import annotations

import pandas as pd

import analysis
from analysis.audit.accepted import as_claims
from analysis.audit.claims_table import claim_outcomes
from analysis.records.paths import data_folder
from analysis.records.schema import BLANK

TEXT = "By the end of 2023 over 1,150 people had work. In 2022, 40 percent of 46 firms paid 4,500 to 6,000 yuan a month, up to 2 million yuan in all."


def drafts():
    page = analysis.read(TEXT)
    return as_claims(page.accept(*page.open).accepted, "practice")


def test_drafts_have_the_columns_of_the_register_and_its_blanks():
    header = (data_folder() / "claims.csv").read_text("utf-8").split("\n", 1)[0]
    assert list(drafts()) == header.strip().split(",")
    assert (drafts()[["channel", "indicator", "kind", "speaker", "grade"]] == BLANK).all(axis=None)
    assert as_claims([], "practice").empty


def test_values_bounds_units_and_periods():
    columns = ["value_low", "value_high", "bound", "unit", "period_start", "period_end"]
    assert drafts()[columns].values.tolist() == [
        [1150, 1150, "more_than", "person", "", "2023"],
        [0.4, 0.4, "rounded", "share", "2022", "2022"],
        [46, 46, "exact", "enterprise", "2022", "2022"],
        [4500, 6000, "range", "CNY/month", "2022", "2022"],
        [2e6, 2e6, "at_most", "CNY", "2022", "2022"],
    ]


def test_the_audit_takes_drafts():
    source = ("practice", "a county", "2024", "2024", "page seen again", "")
    columns = ["source_id", "publisher", "event_date", "page_date", "retrieval", "note"]
    found = claim_outcomes(drafts(), pd.DataFrame([source], columns=columns), pd.DataFrame())
    said = {(one.check, one.subject): one.status for one in found}
    assert said["parse", "practice.figure-1"] == said["bound", "practice.figure-1"] == "pass"
    wrong = drafts().assign(value_low=1.0, value_high=1.0)
    found = claim_outcomes(wrong, pd.DataFrame([source], columns=columns), pd.DataFrame())
    said = {(one.check, one.subject): one.status for one in found}
    assert said["parse", "practice.figure-1"] == "conflict"
