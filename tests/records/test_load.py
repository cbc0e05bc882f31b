"""Reading all records: where from, every problem in one run, and the same values however a file was saved."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis.records.errors import AnalysisError, DataError, UnknownIdError
from analysis.records.load import load, problems
from analysis.records.paths import PROJECT
from analysis.records.periods import first_day, last_day, month_of

JOBS = "scio-2021.ecommerce-jobs"  # row 4 of claims.csv, as a spreadsheet counts it
RATES = "series/exchange_rates.csv"
SESSIONS = "series/canton_fair_sessions.csv"
FIRST_RATE = "usd-cny-mean@2014-01-01"


def said(folder: Path) -> list[str]:
    """Every problem of a folder, as the user reads it."""
    return [str(problem) for problem in problems(folder)]


def test_a_folder_without_descriptor_is_no_data_folder(tmp_path, data_copy, monkeypatch):
    for load_it in (lambda: load(tmp_path / "nowhere"), lambda: load(tmp_path)):
        with pytest.raises(
            AnalysisError, match=r"is no data folder: it holds no datapackage\.json"
        ):
            load_it()
    monkeypatch.setenv("ANALYSIS_DATA", str(data_copy / "series"))
    with pytest.raises(AnalysisError, match="series is no data folder"):
        load()


def test_the_environment_variable_names_another_data_folder(data_copy, edit, monkeypatch):
    edit(data_copy / "claims.csv", JOBS, "note", "From the copy.")
    monkeypatch.setenv("ANALYSIS_DATA", str(data_copy))
    assert load().claim(JOBS).note == "From the copy."


def test_several_problems_are_all_reported_in_one_run(data_copy, edit):
    claims = data_copy / "claims.csv"
    edit(claims, "scio-2021.policy-aspects", "value_low", "five")
    edit(claims, "scio-2021.ecommerce-county-coverage", "unit", "percentage")
    edit(claims, JOBS, "value_low", "9000000")
    edit(claims, "scio-2021.ecommerce-income", "source_id", "scio-2022")
    edit(data_copy / "sources.csv", "hunan-2017", "page_date", "2015")
    edit(data_copy / RATES, FIRST_RATE, "value", "6,05")
    (data_copy / SESSIONS).write_bytes(b"")
    places = [line.split(": ")[0] for line in said(data_copy)]
    assert sorted(places) == sorted(
        [
            "claims.csv, row 2 (scio-2021.policy-aspects), column value_low",
            "claims.csv, row 3 (scio-2021.ecommerce-county-coverage), column unit",
            f"claims.csv, row 4 ({JOBS}), column value_low",
            "claims.csv, row 5 (scio-2021.ecommerce-income), column source_id",
            "sources.csv, row 5 (hunan-2017), column page_date",
            f"{RATES}, row 2 (usd-cny-mean), column value",
            SESSIONS,
        ]
    )
    with pytest.raises(DataError) as caught:
        load(data_copy)
    assert [str(problem) for problem in caught.value.problems] == said(data_copy)
    assert str(caught.value).splitlines() == [
        *said(data_copy)[:3],
        f"and 4 more kinds of problem; `analysis --data {data_copy} check --all` lists everything",
    ]


def test_a_blank_line_does_not_shift_the_row_numbers(data_copy, edit):
    claims = data_copy / "claims.csv"
    edit(claims, JOBS, "value_low", "9000000")
    lines = claims.read_bytes().split(b"\n")
    claims.write_bytes(b"\n".join([*lines[:2], b"", *lines[2:]]))
    assert [line.split(": ")[0] for line in said(data_copy)] == [
        f"claims.csv, row 5 ({JOBS}), column value_low"
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda old: codecs.BOM_UTF8 + old.replace(b"\n", b"\r\n"),
        lambda old: old.replace(b"\n", b"\r"),
        lambda old: old.rstrip(b"\n"),
        lambda old: old + b"\n\n",
    ],
    ids=[
        "Windows line ends and byte-order mark",
        "old Macintosh line ends",
        "no last line end",
        "blank lines at the end",
    ],
)
def test_what_spreadsheets_do_to_a_file_changes_nothing(data_copy, records, change):
    for file in ("claims.csv", "sources.csv", RATES, SESSIONS):
        (data_copy / file).write_bytes(change((data_copy / file).read_bytes()))
    found = load(data_copy)
    for name in ("sources", "claims", "series"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(records, name))


def test_the_order_of_columns_and_rows_changes_no_value(data_copy, records):
    written = pd.read_csv(data_copy / "claims.csv", dtype=str, keep_default_na=False)
    written.iloc[::-1, ::-1].to_csv(data_copy / "claims.csv", index=False)
    found = load(data_copy).claims.sort_values("claim_id").reset_index(drop=True)
    pd.testing.assert_frame_equal(
        found, records.claims.sort_values("claim_id").reset_index(drop=True)
    )


def test_columns_are_typed_and_empty_text_stays_text(records):
    assert records.claims.dtypes.astype(str).loc[
        ["paragraph", "value_low", "last_digit", "currency"]
    ].tolist() == ["int64", "float64", "str", "str"]
    jobs = records.claim(JOBS)
    assert (jobs.value_low, jobs.paragraph, jobs.currency, jobs.period_start) == (
        7_710_000.0,
        11,
        "",
        "",
    )
    printed = records.claims["stated_usd"]
    assert printed[printed != ""].tolist() == ["17 million", "15 million", "2.90 million"]
    for frame, name, least in (
        (records.sources, "sources", 5),
        (records.claims, "claims", 55),
    ):  # every row of the file, and none of the first ones lost
        with (PROJECT / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(frame) == sum(1 for _ in csv.reader(file)) - 1 >= least
    assert set(records.series["series_id"]) == set(records.series_index["series_id"])
    assert [len(frame) for frame in (records.events,)] == [21]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda r: r.claim("scio-2021.ecomerce-jobs"),
            "there is no claim 'scio-2021.ecomerce-jobs'; did you mean scio-2021.ecommerce-jobs",
        ),
        (
            lambda r: r.claim("xyz"),
            f"there is no claim 'xyz'; {len(load().claims)} are known: see 'analysis list claims'",
        ),
        (lambda r: r.source("scio"), "there is no source 'scio'; did you mean scio-2021?"),
        (lambda r: r.series_rows("usd-cny"), "there is no series 'usd-cny'; did you mean usd-cny-"),
    ],
)
def test_an_unknown_identifier_brings_the_nearest(records, ask, message):
    with pytest.raises(UnknownIdError) as caught:
        ask(records)
    assert str(caught.value).startswith(message)


def test_series_rows_come_in_order_of_time(records):
    assert records.series_rows("canton-fair-session")["value"].tolist() == [
        122,
        123,
        124,
        125,
        126,
        127,
        128,
    ]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2017-10", "2017-10-01", "2017-10-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2100-02", "2100-02-01", "2100-02-28"),
        ("2021-08-23", "2021-08-23", "2021-08-23"),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_day(period, first, last):
    assert (first_day(period).isoformat(), last_day(period).isoformat(), month_of(period)) == (
        first,
        last,
        first[:7],
    )
