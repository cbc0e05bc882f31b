"""Wrong input: every mistake has its own message with file, row, column and what is allowed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from analysis.records.errors import DataError
from analysis.records.forms import FORMS, form_in_words
from analysis.records.load import load, problems
from analysis.records.paths import PROJECT
from analysis.records.schema import allowed_in, cell_problems

JOBS = "scio-2021.ecommerce-jobs"  # row 4 of claims.csv, as a spreadsheet counts it
RATES = "series/exchange_rates.csv"
SESSIONS = "series/canton_fair_sessions.csv"
FIRST_RATE = "usd-cny-mean@2014-01-01"


def said(folder: Path) -> list[str]:
    """Every problem of a folder, as the user reads it."""
    return [str(problem) for problem in problems(folder)]


def rewrite(path: Path, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.reader(file)))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def rebyte(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


@pytest.mark.parametrize(
    ("column", "value", "place", "allowed"),
    [
        (
            "value_low",
            "many",
            "column value_low",
            ["'many' is not a number", "a plain decimal number such as 7710000"],
        ),
        (
            "value_low",
            "7,710,000",
            "column value_low",
            ["'7,710,000' is not a number", "a plain decimal number"],
        ),
        (
            "value_low",
            "7.71e6",
            "column value_low",
            ["'7.71e6' is not a number", "a plain decimal number"],
        ),
        ("value_high", "inf", "column value_high", ["'inf' is not a number"]),
        ("value_high", "", "column value_high", ["is empty; a value is required"]),
        (
            "last_digit",
            "-1",
            "column last_digit",
            ["exact, 1/12 (a month of a year), or a plain number such as 10000"],
        ),
        ("paragraph", "11.5", "column paragraph", ["'11.5' is not a number", "a whole number"]),
        ("paragraph", "0", "column paragraph", ["0 is below 1"]),
        ("value_low", "7720000", "column value_low", ["7720000 is above value_high 7710000"]),
        (
            "value_high",
            "7720000",
            "column bound",
            ["'about' has one value", "only a range has two"],
        ),
        ("bound", "range", "column bound", ["a range needs two ends"]),
        (
            "bound",
            "roughly",
            "column bound",
            [
                "'roughly' is not known",
                "exact, rounded, about, more_than, at_least, nearly, fewer_than, at_most, range",
            ],
        ),
        (
            "unit",
            "people",
            "column unit",
            ["'people' is no unit; nearest are person; another is added as CONTRIBUTING.md says"],
        ),
        (
            "unit",
            "share",
            "column value_high",
            ["7710000 is above 1; a share is written as a part of 1"],
        ),
        ("unit", "CNY", "column currency", ["'' does not fit the unit CNY; it must be 'CNY'"]),
        (
            "currency",
            "USD",
            "column currency",
            ["'USD' does not fit the unit person; it must be ''"],
        ),
        ("grade", "E", "column grade", ["'E' is not known; allowed are A, B, C, D, X"]),
        (
            "channel",
            " ecommerce",
            "column channel",
            ["' ecommerce' begins or ends with white space"],
        ),
        (
            "period_end",
            "2021-02-30",
            "column period_end",
            [
                "'2021-02-30' has the form of a date, but there is no such day: February 2021 has 28 days"
            ],
        ),
        (
            "period_end",
            "2021-13",
            "column period_end",
            [
                "'2021-13' has the form of a date, but there is no such month: months go from 01 to 12"
            ],
        ),
        (
            "period_end",
            "0000",
            "column period_end",
            ["'0000' has the form of a date, but there is no such year"],
        ),
        (
            "period_end",
            "23 August 2021",
            "column period_end",
            ["'23 August 2021' is no date; allowed are YYYY, YYYY-MM and YYYY-MM-DD"],
        ),
        (
            "period_end",
            "2021-8-23",
            "column period_end",
            ["'2021-8-23' is no date; allowed are YYYY, YYYY-MM and YYYY-MM-DD"],
        ),
        (
            "period_start",
            "2021-09",
            "column period_end",
            ["2021-08-23 is before period_start 2021-09"],
        ),
        (
            "as_stated",
            "one two three four five six seven eight nine",
            "column as_stated",
            ["9 words are quoted; at most 8"],
        ),
        ("as_stated", "贫" * 26, "column as_stated", ["26 characters are quoted; at most 25"]),
        (
            "indicator",
            "Two Words",
            "column indicator",
            [
                "'Two Words' does not fit; allowed: small letters, digits and underscores, such as county_coverage"
            ],
        ),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(data_copy, edit, column, value, place, allowed):
    edit(data_copy / "claims.csv", JOBS, column, value)
    (message,) = said(data_copy)
    assert message.startswith(f"claims.csv, row 4 ({JOBS}), {place}: ")
    assert [part for part in allowed if part not in message] == []


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        (
            "claim_id",
            "scio-2021.ecommerce-income",
            "claims.csv, row 5, column claim_id: 'scio-2021.ecommerce-income' stands already in row 4; it must be unique",
        ),
        (
            "claim_id",
            "hunan-2017.jobs",
            "claims.csv, row 4 (hunan-2017.jobs), column claim_id: must begin with the source_id and a dot: scio-2021.",
        ),
        (
            "claim_id",
            "hunan-2017.poverty-counties",
            "claims.csv, row 43, column claim_id: 'hunan-2017.poverty-counties' stands already in row 4; it must be unique",
        ),
        (
            "claim_id",
            "scio-2021/jobs",
            "claims.csv, row 4 (scio-2021/jobs), column claim_id: 'scio-2021/jobs' does not fit; allowed: small letters, digits and hyphens, with one dot after the source, such as gansu-2018.villages",
        ),
    ],
)
def test_an_identifier_is_unique_and_named_after_its_source(
    data_copy, edit, column, value, message
):
    edit(data_copy / "claims.csv", JOBS, column, value)
    found = [
        line for line in said(data_copy) if line.startswith("claims.csv")
    ]  # tables that name the claim miss its id too
    assert [line[: len(message)] for line in found] == [message]


@pytest.mark.parametrize(
    ("cells", "places"),
    [
        (
            {"value_low": "1.5", "value_high": "1.5"},
            ["column value_high: 1.5 is above 1; a share is written as a part of 1"],
        ),
        (
            {"value_low": "0.5", "value_high": "1.5"},
            ["column bound: 'exact' has one value", "column value_high: 1.5 is above 1"],
        ),
        ({"value_low": "0.5", "value_high": "1", "bound": "range"}, []),
        (
            {"period_start": "2021-08-24"},
            ["column period_end: 2021-08-23 is before period_start 2021-08-24"],
        ),
        ({"period_start": "2021-08-23"}, []),
        ({"period_start": "2021-08-23", "period_end": "2021"}, []),
        ({"period_start": "2021", "period_end": "2021-01"}, []),
    ],
)
def test_cells_of_a_row_are_checked_against_each_other(data_copy, edit, cells, places):
    for column, value in cells.items():
        edit(data_copy / "claims.csv", "scio-2021.ecommerce-county-coverage", column, value)
    lines = [
        line.removeprefix("claims.csv, row 3 (scio-2021.ecommerce-county-coverage), ")
        for line in said(data_copy)
    ]
    assert [line[: len(start)] for line, start in zip(lines, places, strict=True)] == places


def test_an_unknown_source_is_named_with_the_known_ones(data_copy, edit, records):
    edit(data_copy / "claims.csv", JOBS, "source_id", "scio-2022")
    lines = said(data_copy)
    known = ", ".join(sorted(records.sources["source_id"]))
    assert "hunan-2017, rural-ecommerce-opinions-2015, scio-2021" in known
    assert lines == [
        f"claims.csv, row 4 ({JOBS}), column source_id: 'scio-2022' is not in sources.csv; known are {known}"
    ]


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (
            lambda rows: [row[:3] + row[4:] for row in rows],
            ["claims.csv, row 1, column channel: is missing; the columns are claim_id, "],
        ),
        (
            lambda rows: [[*row, "x"] for row in rows],
            ["claims.csv, row 1, column x: is not in the schema; the columns are claim_id, "],
        ),
        (
            lambda rows: [[*row, row[-1]] for row in rows],
            ["claims.csv, row 1, column note: stands twice in the header"],
        ),
        (
            lambda rows: [["Bound" if cell == "bound" else cell for cell in rows[0]], *rows[1:]],
            [
                "claims.csv, row 1, column bound: is missing",
                "claims.csv, row 1, column Bound: is not in the schema",
            ],
        ),
        (
            lambda rows: [*rows[:3], rows[3][:-2], *rows[4:]],
            [f"claims.csv, row 4 ({JOBS}): has 21 cells, the header has 23"],
        ),
        (
            lambda rows: [*rows[:3], [*rows[3], "x"], *rows[4:]],
            [f"claims.csv, row 4 ({JOBS}): has 24 cells, the header has 23"],
        ),
        (lambda rows: rows[:1], ["claims.csv: has a header and no rows"]),
        (
            lambda rows: [rows[0], rows[1][:-1], rows[2], *rows[2:]],
            [
                "claims.csv, row 2 (scio-2021.policy-aspects): has 22 cells",
                "claims.csv, row 4, column claim_id: 'scio-2021.ecommerce-county-coverage' stands already in row 3",
            ],
        ),
    ],
    ids=[
        "column missing",
        "column too many",
        "column twice",
        "column misspelt",
        "cells missing",
        "cells too many",
        "header only",
        "row numbers after a short row",
    ],
)
def test_a_wrong_shape_is_named(data_copy, change, messages):
    rewrite(data_copy / "claims.csv", change)
    lines = said(data_copy)
    assert [line[: len(start)] for line, start in zip(lines, messages, strict=True)] == messages


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda old: b"", "claims.csv: is empty; it needs a header and rows"),
        (lambda old: b"\n\n", "claims.csv: is empty; it needs a header and rows"),
        (
            lambda old: old.replace(b"some 7.71 million", "près de".encode("latin-1")),
            "claims.csv, row 4: is not UTF-8; save it as UTF-8",
        ),
        (
            lambda old: old.decode().encode("utf-16"),
            "claims.csv, row 1: is not UTF-8; save it as UTF-8",
        ),
        (lambda old: old + b'"open quote', "claims.csv: is not readable as CSV"),
    ],
    ids=["empty", "blank lines only", "latin-1", "utf-16", "open quote"],
)
def test_an_unreadable_file_is_named(data_copy, change, message):
    rebyte(data_copy / "claims.csv", change)
    (line,) = said(data_copy)
    assert line.startswith(message)


def test_a_missing_file_is_named(data_copy):
    (data_copy / SESSIONS).unlink()
    assert said(data_copy) == [f"{SESSIONS}: is missing from the data folder"]
    (data_copy / SESSIONS).mkdir()
    assert said(data_copy) == [f"{SESSIONS}: cannot be read: Is a directory"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "",
        "[]",
        "{}",
        '{"resources": []}',
        '{"resources": [{"name": "claims"}]}',
        '{"resources": [{"name": "claims", "path": "claims.csv", "schema": {}}]}',
    ],
)
def test_a_broken_descriptor_is_an_error_of_its_file(data_copy, text):
    (data_copy / "datapackage.json").write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"^datapackage\.json"):
        load(data_copy)


@pytest.mark.parametrize(
    ("file", "key", "column", "value", "message"),
    [
        (
            RATES,
            FIRST_RATE,
            "unit",
            "CNY/EUR",
            f"{RATES}, row 2 (usd-cny-mean), column unit: 'CNY/EUR' is not known; allowed are CNY/USD",
        ),
        (
            RATES,
            FIRST_RATE,
            "period_end",
            "2013-12-31",
            f"{RATES}, row 2 (usd-cny-mean), column period_end: 2013-12-31 is before period_start 2014-01-01",
        ),
        (
            RATES,
            FIRST_RATE,
            "url",
            "",
            f"{RATES}, row 2 (usd-cny-mean), column url: is empty; a value is required",
        ),
        (
            RATES,
            FIRST_RATE,
            "url",
            "the bank's site",
            f'{RATES}, row 2 (usd-cny-mean), column url: "the bank\'s site" is no web address; it begins with http:// or https://',
        ),
        (
            RATES,
            FIRST_RATE,
            "publisher",
            "",
            f"{RATES}, row 2 (usd-cny-mean), column publisher: is empty; a value is required",
        ),
        (
            RATES,
            FIRST_RATE,
            "period_start",
            "2014-02-01",
            f"{RATES}, row 3, column series_id, period_start: 'usd-cny-mean, 2014-02-01' stands already in row 2; it must be unique",
        ),
        (
            SESSIONS,
            "canton-fair-session@2018-04-15",
            "source_title",
            "",
            f"{SESSIONS}, row 3 (canton-fair-session), column source_title: is empty; a value is required",
        ),
        (
            "sources.csv",
            "scio-2021",
            "page_date",
            "2021-08-22",
            "sources.csv, row 2 (scio-2021), column page_date: 2021-08-22 is before the event date 2021-08-23",
        ),
    ],
)
def test_series_and_sources_are_checked_alike(data_copy, edit, file, key, column, value, message):
    edit(data_copy / file, key, column, value)
    assert [line for line in said(data_copy) if line == message] == [message]


def test_a_series_keeps_one_unit(data_copy, edit):
    descriptor = json.loads((data_copy / "datapackage.json").read_text("utf-8"))
    resource = next(one for one in descriptor["resources"] if one["path"] == RATES)
    next(field for field in resource["schema"]["fields"] if field["name"] == "unit")["constraints"][
        "enum"
    ].append("CNY/EUR")
    (data_copy / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert said(data_copy) == []
    edit(data_copy / RATES, FIRST_RATE, "unit", "CNY/EUR")
    assert said(data_copy) == [
        f"{RATES}, row 2 (usd-cny-mean), column unit: 'CNY/EUR' is not the unit of the series; series.csv says CNY/USD"
    ]


def fields() -> list[dict]:
    package = json.loads((PROJECT / "data/datapackage.json").read_text("utf-8"))
    return [
        field
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "pattern" in field.get("constraints", {})
    ]


def test_every_pattern_of_the_data_is_said_in_words_and_no_word_is_left_over():
    patterns = {field["constraints"]["pattern"] for field in fields()}
    assert patterns == set(FORMS)
    assert [
        allowed_in(field)
        for field in fields()
        if field["constraints"]["pattern"] in allowed_in(field)
    ] == []
    assert form_in_words("^x+$") == "text of the form ^x+$"


@pytest.mark.parametrize("pattern", sorted(set(FORMS) - {r"^[0-9a-f]{64}$"}))
def test_the_example_in_the_words_has_the_form(pattern):
    words = FORMS[pattern]
    example = "2021-08" if "YYYY" in words else words.partition("such as ")[2].partition(",")[0]
    assert re.fullmatch(pattern, example), example


def test_a_pattern_is_never_shown_to_the_reader(data_copy, edit):
    edit(data_copy / "sources.csv", "hunan-2017", "text_sha256", "ABC")
    edit(data_copy / "events.csv", "circulation-information-2014", "event_id", "Line-2011")
    assert (
        "sources.csv, row 5 (hunan-2017), column text_sha256: 'ABC' does not fit; allowed: 64 characters, each a digit or a letter from a to f"
        in said(data_copy)
    )
    assert [line for line in said(data_copy) if "^" in line] == []
    assert any(
        "'Line-2011' does not fit; allowed: small letters, digits and single hyphens between them"
        in line
        for line in said(data_copy)
    )


# -- grammar of a number and of a text ---------------------------------------------------------

NUMBER = {"name": "value", "type": "number", "constraints": {"required": True, "minimum": 0}}
WHOLE = {"name": "paragraph", "type": "integer"}
WORDS = {"name": "note", "type": "string", "description": "A note."}


@pytest.mark.parametrize("text", ["0", "7710000", "0.5", "9" * 18, "0." + "1" * 18])
def test_a_plain_number_is_read(text):
    assert cell_problems("a.csv", NUMBER, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9" * 400, "has too many digits; allowed are 18"),
        ("9" * 5000, "has too many digits; allowed are 18"),
        ("0." + "0" * 400 + "1", "has too many digits; allowed are 18"),
        ("-0", "is a zero with a sign; write 0"),
        ("007", "is not a number; allowed is a plain decimal number"),
        ("0000", "is not a number; allowed is a plain decimal number"),
        ("-0.00", "is a zero with a sign; write 0"),
        ("\u0667\u0667", "is not a number"),  # Arabic-Indic digits
        ("\uff17", "is not a number"),  # a full-width digit
        ("1e5", "is not a number"),
        ("inf", "is not a number"),
        ("-1", "is below 0"),
    ],
)
def test_a_number_of_another_form_is_refused(text, said):
    (problem,) = cell_problems("a.csv", NUMBER, text)
    assert said in str(problem)
    assert len(str(problem)) < 200


def test_a_whole_number_fits_into_64_bits():
    assert cell_problems("a.csv", WHOLE, "9" * 18) == []
    assert cell_problems("a.csv", WHOLE, "9" * 19) != []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\x00b", "U+0000 (CONTROL CHARACTER) at character 2"),
        ("\x1b[31mred", "U+001B (CONTROL CHARACTER) at character 1"),
        ("a\u202eb", "U+202E (RIGHT-TO-LEFT OVERRIDE) at character 2"),
        ("a\u200bb", "U+200B (ZERO WIDTH SPACE) at character 2"),
        ("a\u2028b", "U+2028 (LINE SEPARATOR) at character 2"),
        ("a\nb", "U+000A (CONTROL CHARACTER) at character 2"),
        ("a\u200db", "U+200D (ZERO WIDTH JOINER) at character 2"),
        ("\u8d2b\u200d\u56f0", "U+200D (ZERO WIDTH JOINER) at character 2"),
    ],
)
def test_an_invisible_character_is_named_with_its_place(text, said):
    (problem,) = cell_problems("a.csv", WORDS, text)
    assert said in str(problem)
    assert str(problem).isprintable()


@pytest.mark.parametrize(
    "text", ["10\u00a0%", "\u8d2b\u3000\u56f0", "\u0915\u094d\u200d\u0937", "caf\u00e9"]
)
def test_what_is_seen_or_joins_letters_stays(text):
    assert cell_problems("a.csv", WORDS, text) == []


def test_a_rate_is_above_zero(data_copy, edit):
    edit(data_copy / RATES, FIRST_RATE, "value", "0")
    assert any("column value: 0 is below 0.0001" in line for line in said(data_copy))
