"""SQL over the tidy tables: one SELECT in, a frame out, and no way to a file, a setting or a variable."""

from __future__ import annotations

import datetime as dt
import json
import math

import pandas as pd
import pytest

import analysis
from analysis.records.errors import QueryError
from analysis.tidy import database
from analysis.tidy.database import sql
from analysis.tidy.texts import as_csv, as_json, as_table


def test_a_query_answers_as_pandas_does(records):
    found = sql(records, "select bound, count(*) as n from claims group by bound order by bound")
    assert (
        dict(zip(found["bound"], found["n"], strict=True))
        == records.claims["bound"].value_counts().to_dict()
    )
    assert found["bound"].dtype == "category"
    assert found["n"].dtype == "int64"


def test_tables_join_and_dates_compare(records):
    found = sql(
        records,
        "select claim_id, high from claims join intervals using (claim_id) where period_start >= date '2017-10-01' and direction = 'closed' order by claim_id",
    )
    wanted = records.claims[records.claims["period_start"] >= "2017-10"]["claim_id"]
    assert len(found)
    assert set(found["claim_id"]) <= set(wanted)
    assert sql(records, "select value_id from findings where isinf(high)")["value_id"].tolist()
    assert sql(records, "select max(event_date) as last from sources")[
        "last"
    ].item() == pd.Timestamp(2021, 8, 23)


@pytest.mark.parametrize(
    "query",
    [
        "show tables",
        "SELECT table_name AS name FROM Tables",
        "from tables select table_name as name",
        "select table_name as name from information_schema.tables",
    ],
)
def test_a_query_can_ask_which_tables_there_are(records, query):
    assert set(sql(records, query)["name"]) == set(analysis.tables()["table_name"])


def test_rows_come_in_the_order_of_the_table(records):
    assert sql(records, "from claims")["claim_id"].tolist() == records.claims["claim_id"].tolist()
    assert sql(records, "select distinct series_id from series").equals(
        sql(records, "select distinct series_id from series")
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selec 1", "syntax error at or near"),
        ("select no_such from claims", "no_such.*Candidate bindings"),
        ("select * from claim", r'Table with name claim does not exist. Did you mean "claims"\?'),
        ("select * from frame", "frame does not exist; the tables are"),
        ("select cast('x' as integer)", "Could not convert string"),
        ("", "a query is one SELECT"),
        ("select 1; select 2", "a query is one SELECT"),
        ("create table x as select 1", "a query is one SELECT"),
        ("drop table claims", "a query is one SELECT"),
        ("set threads = 2", "a query is one SELECT"),
        ("attach 'x.db'", "a query is one SELECT"),
        ("install httpfs", "a query is one SELECT"),
        ("copy claims to 'x.csv'", "a query is one SELECT"),
        ("pragma enable_profiling", "a query is one SELECT"),
    ],
)
def test_a_query_that_cannot_be_answered_says_why_and_names_the_tables(records, query, message):
    with pytest.raises(QueryError, match=message) as caught:
        sql(records, query)
    assert "the tables are claims, intervals, findings," in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "reader",
    [
        "'{path}'",
        "read_csv('{path}')",
        "read_text('{path}')",
        "read_blob('{path}')",
        "parquet_scan('{path}')",
        "glob('{path}')",
        "read_json('{path}')",
        "duckdb_extensions() where installed and not loaded and install_path <> ''",
    ],
)
def test_a_query_reads_no_file(records, tmp_path, monkeypatch, reader):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\nsecret\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    for path in (secret, secret.name):
        try:
            said = sql(records, f"select * from {reader.format(path=path)}").to_string()
        except QueryError as error:
            said = str(error).replace(str(secret), "").replace(secret.name, "")
        assert "secret" not in said


def test_a_query_writes_nothing_even_if_it_needs_much_memory(records, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert sql(
        records,
        "select current_setting('temp_directory') as at, current_setting('enable_external_access') as out, current_setting('lock_configuration') as locked",
    ).values.tolist() == [["", False, True]]
    sql(
        records,
        "select count(*) from (select distinct a.range, b.range from range(600) a, range(600) b)",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_query_sees_no_variable_of_the_caller(records):
    hidden = pd.DataFrame({"a": [1]})
    with pytest.raises(QueryError, match="hidden does not exist"):
        sql(records, "select * from hidden")
    assert len(hidden) == 1


def test_the_verbs_are_the_same_functions(records):
    assert analysis.sql("select count(*) as n from claims")["n"].item() == len(records.claims)
    assert analysis.tables("intervals").equals(
        analysis.sql("from intervals").astype(analysis.tables("intervals").dtypes)
    )


ODD = pd.DataFrame(
    {
        "text": ["=cmd()", '就业, "x"', None, "a\rb"],
        "day": pd.to_datetime(["2017-10-15", None, "2020-01-01", "2020-01-02"]),
        "open": pd.array([True, False, None, True], dtype="boolean"),
        "number": [0.1 + 0.2, math.inf, math.nan, -math.inf],
        "n": pd.array([1, None, 3, 4], dtype="Int64"),
        "list": [[1, 2], None, {"a": dt.date(2020, 1, 1)}, dt.time(10, 5)],
    }
)


def test_an_answer_as_csv():
    assert as_csv(ODD) == (
        "text,day,open,number,n,list\n"
        '\'=cmd(),2017-10-15,true,0.3,1,"[1, 2]"\n'
        '"就业, ""x""",,false,,,\n'
        ',2020-01-01,,,3,"{""a"": ""2020-01-01""}"\n'
        '"a\nb",2020-01-02,true,,4,10:05:00\n'
    )
    assert as_csv(pd.DataFrame({"=1+1": [1]})).startswith("'=1+1\n")


def test_an_answer_as_json_and_as_a_table():
    rows = json.loads(as_json(ODD))
    assert rows[0] == {
        "text": "=cmd()",
        "day": "2017-10-15",
        "open": True,
        "number": 0.3,
        "n": 1,
        "list": [1, 2],
    }
    assert rows[1] == {
        "text": '就业, "x"',
        "day": None,
        "open": False,
        "number": None,
        "n": None,
        "list": None,
    }
    lines = as_table(ODD.iloc[[0, 1], 1:5]).splitlines()
    assert lines[2:] == ["2017-10-15  true   0.3     1", "            false  ∞"]


def test_the_texts_leave_the_frame_alone():
    before = ODD.copy(deep=True)
    as_csv(ODD), as_json(ODD), as_table(ODD)
    pd.testing.assert_frame_equal(ODD, before)


def test_a_query_that_asks_for_too_much_is_one_sentence(records, monkeypatch):
    monkeypatch.setattr(database, "SECONDS", 0.3)
    with pytest.raises(
        QueryError, match=r"^the query takes longer than 0\.3 seconds; ask for less"
    ):
        sql(records, "select count(*) from range(1000000000) a, range(1000000) b")
    monkeypatch.setattr(database, "SECONDS", 60.0)
    monkeypatch.setattr(database, "MOST_ROWS", 10)
    assert len(sql(records, "select * from range(10)")) == 10
    with pytest.raises(QueryError, match=r"^the answer has more than 10 rows; add a LIMIT$"):
        sql(records, "select * from range(11)")
    monkeypatch.setitem(database.CLOSED, "memory_limit", "20MB")
    with pytest.raises(
        QueryError, match=r"^the query takes more than 20MB of memory; ask for less"
    ):
        sql(records, "select list(range) from range(50000000)")
