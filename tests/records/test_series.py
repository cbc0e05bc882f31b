"""Context series: known answers, the choice among sources, gaps, and wrong input planted in a copy."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from analysis.records.errors import AnalysisError, DataError, UnknownIdError
from analysis.records.load import Records, load, problems
from analysis.records.paths import PROJECT
from analysis.records.series import all_rows, best, gaps, span_of, value_at

POVERTY = "series/poverty.csv"
FIRST_POOR = "cn-rpov-n-2010std@2014-12-31"
FILES = sorted((PROJECT / "data/series").glob("*.csv"))


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.parametrize(
    ("series_id", "period", "geography", "value", "unit"),
    [
        ("cn-rpov-n-2010std", "2014", None, 70_170_000, "person"),
        ("cn-rpov-n-2010std", "2020", None, 0, "person"),
        ("cn-rpov-rate-2010std", "2016-12-31", None, 0.045, "share"),
        ("canton-export-turnover-cny", "2017-10", None, 198_650_000_000, "CNY"),
        ("canton-export-turnover-usd", "2017-10", None, 30_160_000_000, "USD"),
        ("canton-export-turnover-usd", "2012-04", None, 36_030_000_000, "USD"),
        ("wb-pip-hc-215", "2010", "China (rural)", None, "share"),
        ("cn-migrant-wage", "2020", None, 4072, "CNY/person/month"),
        ("rural-online-retail", "2017", None, 1_244_880_000_000, "CNY"),
        ("rural-online-retail", "2020", None, 1_790_000_000_000, "CNY"),
        ("rural-netizens", "2015-12-31", None, 195_000_000, "person"),
        ("rural-parcels", "2021", None, 37_000_000_000, "parcel"),
        ("village-ecom-point-share", "2020", "China (832 poor counties)", 0.627, "share"),
        ("cn-wage-nonprivate", "2014", None, 56_360, "CNY/person/year"),
        ("japan-trainee-wage", "2019", None, 156_900, "JPY/person/month"),
        ("cn-hhsize", "2020", None, 2.62, "person/household"),
        ("cn-agrihukou-2010", "2010", None, 956_977_361, "person"),
        ("border-counties", "2024", None, 138, "county"),
    ],
)
def test_known_answers(records, series_id, period, geography, value, unit):
    row = value_at(records, series_id, period, geography)
    assert row["unit"] == unit
    if value is not None:
        assert row["value"] == value


def test_session_122_stands_in_both_currencies_as_printed(records):
    row = value_at(records, "canton-export-turnover-cny", "2017-10-15")
    assert (row["printed"], row["qualifier"], row["note"]) == (
        "198.65 billion",
        "up 8.2% y/y",
        "Session 122.",
    )
    assert value_at(records, "canton-export-turnover-cny", "2017-10")["period_end"] == "2017-11-04"


def test_exits_of_counties_add_up_to_832(records):
    assert best(records, "cn-povcounty-exits")["value"].sum() == 832


def made_up(*rows: dict[str, object]) -> Records:
    """Records of one series ``s``."""
    base = {
        "series_id": "s",
        "period_start": "2017",
        "period_end": "2017",
        "value": 1.0,
        "last_digit": "",
        "unit": "person",
        "geography": "A",
        "definition": "d",
        "grade": "B",
        "derived": "no",
        "published": "",
    }
    return Records(
        sources=pd.DataFrame(),
        claims=pd.DataFrame(),
        series=pd.DataFrame([base | row for row in rows]),
    )


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([{"value": 1, "grade": "C"}, {"value": 2, "grade": "B"}, {"value": 3, "grade": "D"}], 2),
        (
            [
                {"value": 1, "grade": "B", "published": "2020"},
                {"value": 2, "grade": "A", "published": "2018"},
            ],
            2,
        ),
        (
            [
                {"value": 1, "derived": "yes", "published": "2020"},
                {"value": 2, "published": "2018"},
            ],
            2,
        ),
        (
            [
                {"value": 1, "published": "2018"},
                {"value": 2, "published": "2019-05"},
                {"value": 3, "published": ""},
            ],
            2,
        ),
        ([{"value": 1, "published": "2019"}, {"value": 2, "published": "2019"}], 1),
        ([{"value": 29.3, "published": "2020"}, {"value": 29.288, "published": "2019"}], 29.288),
        ([{"value": 2.9, "published": "2020"}, {"value": 2.9, "last_digit": "0.01"}], 2.9),
        ([{"value": 30, "published": "2020"}, {"value": 40, "last_digit": "exact"}], 40),
        ([{"value": 29.288, "grade": "C"}, {"value": 29.3}], 29.3),
    ],
    ids=[
        "grade",
        "grade before date",
        "printed before computed",
        "later",
        "first in the file",
        "more digits",
        "a printed zero",
        "an exact count",
        "grade before digits",
    ],
)
def test_the_best_row_is_chosen_and_the_others_counted(rows, chosen):
    (found,) = best(made_up(*rows), "s").to_dict("records")
    assert (found["value"], found["alternatives"]) == (chosen, len(rows) - 1)


def test_places_and_periods_are_kept_apart(records):
    found = best(
        made_up({}, {"geography": "B"}, {"period_start": "2018", "period_end": "2018"}), "s"
    )
    assert found[["geography", "period_start", "alternatives"]].to_numpy().tolist() == [
        ["A", "2017", 0],
        ["A", "2018", 0],
        ["B", "2017", 0],
    ]
    for series_id in records.series_index["series_id"]:
        chosen = best(records, series_id, across=True)
        assert not chosen.duplicated(["geography", "period_start", "period_end"]).any()
        assert len(chosen) + chosen["alternatives"].sum() == len(all_rows(records, series_id))
        assert chosen["alternatives"].dtype == "int64"


@pytest.mark.parametrize(
    ("series_id", "period", "geography", "message"),
    [
        (
            "rural-online-retail",
            "2023",
            None,
            "there is no value of rural-online-retail for 2023; it runs from 2014-01-01 to 2025-12-31; gaps: 2023-2024",
        ),
        (
            "cn-povline-cur",
            "2017",
            None,
            "there is no value of cn-povline-cur for 2017; it runs from 2010-01-01 to 2020-12-31; gaps: 2017-2018",
        ),
        (
            "usdcny-fed",
            "2001",
            None,
            "there is no value of usdcny-fed for 2001; it runs from 2005-01-01 to 2025-12-31; gaps: none",
        ),
        ("demo-funds", "2014", None, "there is no value of demo-funds for 2014; it runs"),
        (
            "wb-pip-hc-215",
            "2019",
            None,
            "wb-pip-hc-215 has values for 3 places in 2019: name one of China; China (rural); China (urban)",
        ),
        (
            "wb-pip-hc-215",
            "2019",
            "Japan",
            "wb-pip-hc-215 has no rows for 'Japan'; known are China; China (rural); China (urban)",
        ),
        (
            "demo-pc-cum",
            "2020",
            None,
            "demo-pc-cum has 2 values within 2020: ask for one of 2020-05-12, 2020-10-26",
        ),
        (
            "usdcny-fed",
            "last year",
            None,
            "'last year' is no period; write YYYY, YYYY-MM or YYYY-MM-DD",
        ),
    ],
)
def test_what_was_not_observed_is_refused(records, series_id, period, geography, message):
    with pytest.raises(AnalysisError) as caught:
        value_at(records, series_id, period, geography)
    assert str(caught.value).startswith(message)


def test_an_unknown_series_brings_the_nearest(records):
    with pytest.raises(
        UnknownIdError, match="there is no series 'usdcny-fad'; did you mean usdcny-fed"
    ):
        best(records, "usdcny-fad")


def test_gaps_are_the_missing_years_of_annual_rows_only(records):
    assert gaps(all_rows(records, "cn-urban-inc")) == (2017,)
    assert gaps(all_rows(records, "canton-booths")) == ()
    assert gaps(all_rows(records, "usd-cny-mean")) == ()
    assert (
        span_of(all_rows(records, "cn-migrant-n"))
        == "it runs from 2008-01-01 to 2023-12-31; gaps: 2014"
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_enters_keeps_the_rules_of_the_research(file):
    documents = {row["url"] for row in rows_of(PROJECT / "data/sources.csv")}
    for row in rows_of(file):
        assert row["grade"] in "ABC"
        assert row["url"] or row["seen_at"]
        if row["grade"] == "C":  # a copy is cited only where it stands on the outlet's own site
            assert row["recheck"] == "yes"
            assert row["seen_at"]
            assert row["url"] in ("", row["seen_at"])
        assert not {row["url"], row["seen_at"]} & documents
        assert len(row["note"].split()) <= 20
        assert "forecast" not in row["qualifier"]
        assert "phase 1" not in row["qualifier"].lower()


def test_values_are_plain_numbers_without_dust():
    assert [
        row["value"]
        for file in FILES
        for row in rows_of(file)
        if "e" in row["value"].lower() or len(row["value"].split(".")[-1]) > 14
    ] == []


def test_every_series_stands_in_one_file_and_in_the_index(records):
    found = Counter(name for file in FILES for name in {row["series_id"] for row in rows_of(file)})
    assert set(found.values()) == {1}
    assert set(found) == set(records.series_index["series_id"])


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("source_title", "", "column source_title: is empty; a value is required"),
        ("publisher", "", "column publisher: is empty; a value is required"),
        (
            "url",
            "",
            "column url: is empty, and so is seen_at; one of them says where the figure was read",
        ),
        (
            "url",
            "www.cri.cn",
            "column url: 'www.cri.cn' is no web address; it begins with http:// or https://",
        ),
        (
            "unit",
            "people",
            "column unit: 'people' is not known; allowed are CNY/person/year, county, person, share, village",
        ),
        (
            "unit",
            "village",
            "column unit: 'village' is not the unit of the series; series.csv says person",
        ),
        (
            "period_end",
            "2014-13-31",
            "column period_end: '2014-13-31' has the form of a date, but there is no such month: months go from 01 to 12",
        ),
        (
            "period_end",
            "2013-12-31",
            "column period_end: 2013-12-31 is before period_start 2014-12-31",
        ),
        (
            "value",
            "70.17 million",
            "column value: '70.17 million' is not a number; allowed is a plain decimal number such as 7710000",
        ),
        ("value", "-1", "column value: -1 is below 0"),
        ("grade", "E", "column grade: 'E' is not known; allowed are A, B, C, D"),
        ("derived", "", "column derived: is empty; a value is required"),
    ],
)
def test_a_wrong_cell_is_named(data_copy, edit, column, value, message):
    edit(data_copy / POVERTY, FIRST_POOR, column, value)
    (line,) = said(data_copy)
    place, _, rest = line.partition("), ")
    assert place.startswith(f"{POVERTY}, row ")
    assert place.endswith(" (cn-rpov-n-2010std")
    assert rest == message
    with pytest.raises(DataError):
        load(data_copy)


def test_an_unknown_series_id_is_named_with_the_nearest(data_copy, edit):
    edit(data_copy / POVERTY, FIRST_POOR, "series_id", "cn-rpov-n-2010st")
    (line,) = said(data_copy)
    assert "column series_id: 'cn-rpov-n-2010st' is not in series.csv; " in line
    assert " are known, the nearest are cn-rpov-n-2010std, " in line


def test_a_share_above_one_is_named(data_copy, edit):
    edit(data_copy / POVERTY, "cn-rpov-rate-2010std@2014", "value", "7.2")
    (line,) = said(data_copy)
    assert line.endswith("column value: 7.2 is above 1; a share is written as a part of 1")


def test_a_duplicate_row_is_named(data_copy):
    path = data_copy / POVERTY
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[-1]]), "utf-8")
    (line,) = said(data_copy)
    assert f"stands already in row {len(lines)}; it must be unique" in line


def test_a_series_without_rows_or_file_is_named(data_copy):
    path = data_copy / "series.csv"
    last = len(path.read_text("utf-8").splitlines())
    path.write_text(
        path.read_text("utf-8")
        + "none,Nothing,无,person,stock,poverty\nlost,Lost,失,person,stock,nowhere\n",
        "utf-8",
    )
    found = said(data_copy)
    assert (
        found[0]
        == f"series.csv, row {last + 1} (none), column theme: the series has no rows in series/poverty.csv"
    )
    assert found[1].startswith(
        f"series.csv, row {last + 2} (lost), column theme: 'nowhere' is no file of series; known are canton_fair, "
    )


def test_a_whole_series_in_another_unit_is_one_problem(data_copy, edit):
    edit(data_copy / "series.csv", "usdcny-fed", "unit", "CNY")
    assert said(data_copy) == [
        "series/exchange_rates_annual.csv, row 2 (usdcny-fed), column unit: 'CNY/USD' is not the unit of the series; series.csv says CNY (and 20 more rows)"
    ]


def test_an_event_is_dated_as_precisely_as_it_says(data_copy, edit, records):
    first = {
        "covid-notice-2020",
        "hunan-2017",
        "rural-ecommerce-opinions-2015",
        "scio-2021",
        "state-council-2015",
    }
    assert first <= set(records.events["source_id"]) - {""} <= set(records.sources["source_id"])
    edit(data_copy / "events.csv", "scio-briefing-2021", "date", "2021-08")
    assert said(data_copy) == [
        "events.csv, row 22 (scio-briefing-2021), column date: '2021-08' is not as precise as 'day' says"
    ]
