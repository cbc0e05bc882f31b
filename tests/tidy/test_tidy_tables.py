"""The tidy tables: names and types that people's own scripts rest on, and cells that are those of the records."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.bounds.finding import ASSUMED
from analysis.records.errors import UnknownIdError
from analysis.records.periods import first_day, last_day
from analysis.themes import all_findings
from analysis.tidy.columns import TYPES
from analysis.tidy.described import META
from analysis.tidy.tables import descriptions, table

LETTERS = {
    "T": "text",
    "C": "category",
    "D": "date",
    "N": "number",
    "I": "integer",
    "B": "yes or no",
}
# Every column with its type. Other people's scripts rest on these names: change one only with a
# line in CHANGELOG.md.
COLUMNS = {
    "claims": "claim_id:T source_id:T paragraph:I channel:C indicator:T value_low:N value_high:N printed:T last_digit:T bound:C unit:T currency:T counted:T geography:T period_start:D period_start_precision:C period_end:D period_end_precision:C "
    "as_stated:T stated_usd:T kind:C speaker:T said_on:D said_on_precision:C grade:C coded_grade:C note:T stated_zh:T",
    "intervals": "claim_id:T stated:T bound:C low:N high:N unit:T direction:C rounding_unit:N rule:C grade:C",
    "findings": "value_id:T topic:T label:T value:N low:N high:N open_ended:C unit:T currency:T price_basis:T formula:T inputs:T period:T evidence_grade:C note:T",
    "finding_inputs": "value_id:T position:I input:T kind:C claim_id:T series_id:T estimate_id:T period:T",
    "series": "series_id:T title:T nature:C theme:T period_start:D period_start_precision:C period_end:D period_end_precision:C value:N printed:T last_digit:T unit:T qualifier:T geography:T grade:C derived:B recheck:B source_title:T "
    "publisher:T published:D published_precision:C url:T seen_at:T note:T definition:T",
    "series_index": "series_id:T title:T title_zh:T unit:T nature:C theme:T",
    "definitions": "definition_id:T population_en:T population_zh:T measure:C basis:C standard_en:T standard_zh:T place_en:T place_zh:T "
    "since:D since_precision:C until:D until_precision:C named:T note_en:T note_zh:T",
    "denominators": "claim_id:T series_id:T inside:C same_year:B same_geography:B verdict:C reason:T",
    "sources": "source_id:T title:T short_en:T short_zh:T publisher:T speaker:T event_date:D event_date_precision:C page_date:D page_date_precision:C url:T text_file:T text_sha256:T retrieval:C note:T",
    "events": "event_id:T date:D precision:C event:T actor:T source_id:T paragraph:I source_title:T url:T seen_at:T note:T",
    "measures": "measure_id:T source_id:T paragraph:I level:C status:C themes:T instrument:C target_group:C channel:C announced:D precision:C names_money:B money_of:C counted_by:T summary:T themes_first:T themes_second:T "
    "instrument_first:C instrument_second:C target_group_first:C target_group_second:C channel_first:C channel_second:C amended:T doubt:T reason:T",
    "measure_themes": "measure_id:T position:I theme:T",
    "assumptions": "assumption_id:T topic:T label_en:T label_zh:T shape:C low:N central:N high:N unit:T basis:C source_title:T publisher:T published:D published_precision:C url:T seen_at:T note:T",
    "originals": "claim_id:T stated_zh:T figure:T value_low:N value_high:N bound:C counted:T differs:T difference:T difference_zh:T publisher:T title:T published:D published_precision:C url:T "
    "seen_at:T paragraph:I paragraph_of:C grade:C verified:C note:T",
    "benchmarks": "benchmark_id:T claim_id:T relation:C bound:C value:N printed:T last_digit:T unit:C period:D period_precision:C what:T grade:C recheck:B source_title:T publisher:T published:D published_precision:C url:T seen_at:T note:T",
    "comparisons": "claim_id:T series_id:T period:T relation:C tolerance:N independent:B reason:T",
    "conflicts": "conflict_id:T check:T subject:T declared_status:C explanation:T source:T url:T seen_at:T",
    "evidence": "estimate_id:T study_id:T team:T label_en:T label_zh:T citation:T url:T question:C treatment:T design:C design_detail:T sample:T period:T outcome:C part:C direction:C effect:N effect_low:N effect_high:N range_of:C "
    "effect_unit:C printed_percent:N se:N se_of:C se_from_means:N ci_low:N ci_high:N p_below:N stars:C as_stated:T where_seen:C seen_at:T grade:C second_hand:B recheck:B note:T",
    "tables": "table_name:T rows:I holds:T",
    "columns": "table_name:T column_name:T type:C holds:T allowed:T",
}


@pytest.fixture(scope="module")
def tidy(records):
    return {name: table(records, name) for name in descriptions()}


def test_names_and_types_are_the_ones_that_others_rest_on():
    found = {
        name: " ".join(
            f"{column.name}:{next(letter for letter, kind in LETTERS.items() if kind == column.type)}"
            for column in one.columns
        )
        for name, one in descriptions().items()
    }
    assert found == COLUMNS


def test_every_frame_has_the_types_that_are_declared(tidy):
    for name, one in descriptions().items():
        assert {column: str(dtype) for column, dtype in tidy[name].dtypes.items()} == {
            column.name: TYPES[column.type][0] for column in one.columns
        }, name
        for column in one.columns:
            if column.type == "category":
                assert tuple(tidy[name][column.name].cat.categories) == column.allowed, (
                    name,
                    column.name,
                )


def test_every_table_and_column_says_what_it_holds_and_no_two_rows_share_a_key(tidy):
    for name, one in descriptions().items():
        assert one.holds.endswith("."), name
        assert all(column.holds.endswith((".", ")")) for column in one.columns), name
        assert len(tidy[name]) > 0, name
        assert not tidy[name].duplicated(list(one.key)).any(), name
        assert not tidy[name][list(one.key)[:1]].isna().any(axis=None), name


def text(value: object) -> object:
    return {True: "yes", False: "no"}[bool(value)] if pd.api.types.is_bool(value) else value


@pytest.mark.parametrize(
    "name",
    [
        "claims",
        "sources",
        "events",
        "denominators",
        "measures",
        "assumptions",
        "originals",
        "benchmarks",
        "definitions",
        "comparisons",
        "conflicts",
        "evidence",
        "series_index",
    ],
)
def test_no_cell_is_lost_or_changed(tidy, records, name):
    """What the records state is there with the same meaning, and what they do not state is missing."""
    raw, kinds = (
        getattr(records, name),
        {column.name: column for column in descriptions()[name].columns},
    )
    assert len(raw) == len(tidy[name])
    for column in raw.columns:
        for before, after in zip(raw[column], tidy[name][column], strict=True):
            if before == "" or before != before:
                assert pd.isna(after), (column, before, after)
            elif kinds[column].type == "date":
                assert after.date() == (last_day if column.endswith("_end") else first_day)(before)
            else:
                assert text(after) == (
                    int(before) if kinds[column].type == "integer" else before
                ), (column, before, after)


@pytest.mark.parametrize(
    ("name", "key", "cells"),
    [
        (
            "claims",
            "scio-2021.ecommerce-jobs",
            {
                "value_low": 7_710_000,
                "bound": "about",
                "grade": "C",
                "coded_grade": "C",
                "paragraph": 11,
                "period_end": pd.Timestamp(2021, 8, 23),
                "period_end_precision": "day",
            },
        ),
        (
            "intervals",
            "scio-2021.canton-deals",
            {
                "low": 1.7e9,
                "high": math.inf,
                "direction": "at least",
                "rounding_unit": 1e8,
                "rule": "as printed",
            },
        ),
        (
            "sources",
            "rural-ecommerce-opinions-2015",
            {"event_date": pd.Timestamp(2015, 9, 7), "page_date": pd.Timestamp(2024, 9, 19)},
        ),
        (
            "events",
            "circulation-information-2014",
            {"date": pd.Timestamp(2014, 1, 1), "precision": "year", "paragraph": 8},
        ),
    ],
)
def test_known_cells(tidy, name, key, cells):
    row = tidy[name].set_index(tidy[name].columns[0]).loc[key]
    assert {column: row[column] for column in cells} == cells


def test_a_year_and_a_month_stand_as_days_and_say_so(tidy, records):
    rows, raw = tidy["series"], records.series
    lengths = {"year": 4, "month": 7, "day": 10}
    assert (
        rows["period_start_precision"].map(lengths).astype("int64").tolist()
        == raw["period_start"].str.len().tolist()
    )
    whole = rows[
        (rows["period_start_precision"] == "year") & (rows["period_end_precision"] == "year")
    ]
    assert len(whole) > 10
    assert set(whole["period_start"].dt.strftime("%m-%d")) == {"01-01"}
    assert set(whole["period_end"].dt.strftime("%m-%d")) == {"12-31"}
    assert (rows["period_start"] <= rows["period_end"]).all()


def test_every_observation_is_there_with_what_the_index_says(tidy, records):
    rows = tidy["series"]
    assert rows["value"].tolist() == records.series["value"].tolist()
    assert dict(zip(rows["series_id"], rows["nature"], strict=True)) == dict(
        zip(records.series_index["series_id"], records.series_index["nature"], strict=True)
    )


def test_the_inputs_of_a_finding_one_by_one(tidy, records):
    rows = tidy["finding_inputs"]
    for one in all_findings(records):
        own = rows[rows["value_id"] == one.value_id]
        assert own["input"].tolist() == list(one.inputs)
        assert own["position"].tolist() == list(range(1, len(one.inputs) + 1))
    assert set(rows["claim_id"].dropna()) <= set(records.claims["claim_id"])
    assert rows.loc[rows["kind"] == "assumption", "input"].str.startswith(ASSUMED).all()
    assert set(rows["estimate_id"].dropna()) <= set(records.evidence["estimate_id"])
    assert rows["estimate_id"].notna().any()
    ratio = rows[rows["value_id"] == "canton-fair.deals-per-yuan-waived"]
    assert ratio["kind"].value_counts().to_dict() == {
        "observation": 14,
        "claim": 2,
        "assumption": 0,
        "estimate": 0,
    }


def test_the_tables_about_the_tables(tidy):
    counted = dict(zip(tidy["tables"]["table_name"], tidy["tables"]["rows"], strict=True))
    assert counted == {name: len(frame) for name, frame in tidy.items()}
    assert set(META) < set(counted)
    named = tidy["columns"].groupby("table_name", sort=False)["column_name"].agg(list).to_dict()
    assert named == {name: list(frame.columns) for name, frame in tidy.items()}


def test_a_table_is_a_copy_that_may_be_changed(records):
    first = table(records, "claims")
    first.loc[0, "value_low"] = -1.0
    assert table(records, "claims").loc[0, "value_low"] == 5
    assert records.claims.loc[0, "value_low"] == 5


def test_an_unknown_table_names_the_nearest(records):
    with pytest.raises(UnknownIdError, match="there is no table 'claim'; did you mean claims"):
        table(records, "claim")
