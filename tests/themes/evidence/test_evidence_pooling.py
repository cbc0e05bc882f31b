"""Why nothing is pooled: counted from the table, and different if the table were."""

from __future__ import annotations

import dataclasses
import math

import pytest

from analysis.themes.evidence import pooling


def test_no_group_can_be_pooled_and_each_says_why(records):
    data = pooling.groups(records)
    assert len(data) == 22
    assert (data["refused"] != "").all()
    assert data["comparable"].max() == 1
    assert data.loc[data["comparable"] == 1, "estimate_ids"].tolist() == [
        ("olarreaga-2015", "lederman-2007")
    ]
    assert set(data["refused"].str.partition(" ")[0]) == {"0", "1"}
    assert (data["missing"] == 3 - data["comparable"]).all()


def test_ten_errors_of_one_study_are_not_errors_of_an_effect(records):
    row = pooling.groups(records).iloc[0]
    assert (row["question"], row["numbers"], row["errors"], row["comparable"], row["teams"]) == (
        "demonstration_income",
        10,
        10,
        0,
        1,
    )


def test_an_interval_gives_the_error(records):
    rows = records.evidence.set_index("estimate_id")
    assert pooling.error_of(rows.loc["olarreaga-2015"].to_dict()) == pytest.approx(
        4 / 1.959964, rel=1e-6
    )
    assert math.isnan(pooling.error_of(rows.loc["hssc-2024-western"].to_dict()))
    assert math.isnan(pooling.error_of(rows.loc["meng-2013"].to_dict()))


def test_with_three_errors_of_different_teams_the_group_would_be_pooled(records):
    rows = records.evidence.copy()
    spent = (rows["question"] == "export_promotion") & (rows["effect_unit"] == "per unit spent")
    rows.loc[spent, "outcome"] = "exports"
    rows.loc[spent & rows["ci_low"].isna(), ["se", "se_of"]] = [1.0, "effect"]
    data = pooling.groups(dataclasses.replace(records, evidence=rows)).set_index(
        ["question", "outcome", "effect_unit"]
    )
    assert (
        data.loc[("export_promotion", "exports", "per unit spent"), "refused"]
        == "olarreaga-2015 and lederman-2007 are of one team (export-agencies) and not independent; keep one of them"
    )
    rows = rows[rows["estimate_id"] != "lederman-2007"]
    data = pooling.groups(dataclasses.replace(records, evidence=rows)).set_index(
        ["question", "outcome", "effect_unit"]
    )
    assert data.loc[
        ("export_promotion", "exports", "per unit spent"), ["refused", "comparable", "missing"]
    ].tolist() == ["", 3, 0]


def test_findings(records):
    found = {one.value_id.removeprefix("evidence."): one.value for one in pooling.findings(records)}
    assert found == {
        "studies-with-error": 2,
        "most-comparable-errors": 1,
        "groups-with-number": 22,
        "groups-pooled": 0,
    }
