"""The table of measures: its rules, its lists against the claims that count them, and two codings behind every cell."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from analysis.records.descriptor import descriptor
from analysis.records.load import problems
from analysis.records.paths import PROJECT
from analysis.records.texts import paragraphs

CODING = PROJECT / "docs/coding"
TEXTS = PROJECT.parent / "shared/sources"
COMPARED = [
    "paragraph",
    "level",
    "status",
    "themes",
    "instrument",
    "target_group",
    "channel",
    "announced",
    "precision",
    "names_money",
]
BOTH = (
    "themes",
    "instrument",
    "target_group",
    "channel",
)  # columns of which data/measures.csv keeps both codings
ROW = "(row)"
ASPECT, TASK, CREDIT = (
    "scio-2021.aspect-4",
    "rural-ecommerce-opinions-2015.task-1",
    "state-council-2015.measure-6.sub-2",
)

Table = dict[str, dict[str, str]]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(path: Path, key: str = "measure_id") -> Table:
    return {row[key]: row for row in rows(path)}


FIRST = table(CODING / "measures_first_coder.csv")
SECOND = table(CODING / "measures_second_coder.csv")
MATCHING = {row["measure_id"]: row["second_id"] for row in rows(CODING / "measures_matching.csv")}
DECIDED = {
    (row["measure_id"], row["column"]): row for row in rows(CODING / "measures_disagreements.csv")
}
AMENDED = rows(CODING / "measures_amendments.csv")
RENAMED = {row["before"]: row["after"] for row in AMENDED if row["column"] == "measure_id"}
LATER = {(row["measure_id"], row["column"]): row for row in AMENDED}
KEPT = {name for name in MATCHING if DECIDED.get((name, ROW), {}).get("adjudicated") != "not coded"}


def coded(name: str) -> list[dict[str, str]]:
    """The row of each coder that has the measure."""
    return [coder[key] for coder, key in ((FIRST, name), (SECOND, MATCHING[name])) if key in coder]


def expected(name: str, column: str) -> str:
    """What a cell holds: as both coders have it, or as decided, unless a later edition amended that."""
    before = decided(name, column)
    later = LATER.get((name, column))
    if later is None:
        return before
    return later["after"] if later["before"] == before else f"amended from {later['before']!r}"


def decided(name: str, column: str) -> str:
    values = list(dict.fromkeys(row[column] for row in coded(name)))
    return (
        values[0]
        if len(values) == 1
        else DECIDED.get(
            (name, column), {"adjudicated": f"undecided between {' and '.join(values)}"}
        )["adjudicated"]
    )


def departures(measures: Table) -> list[str]:
    """Cells of the table that are neither what both coders have, nor what was decided or amended."""
    measures = {old: measures[new] for old, new in RENAMED.items() if new in measures} | {
        name: row for name, row in measures.items() if name not in RENAMED.values()
    }
    found = [f"{name}: in measures.csv and not coded" for name in measures.keys() - KEPT] + [
        f"{name}: coded and not in measures.csv" for name in KEPT - measures.keys()
    ]
    found += [
        f"{name}, {column}: measures.csv has {measures[name][column]!r}, the coding says {expected(name, column)!r}"
        for name in MATCHING
        if name in KEPT & measures.keys()
        for column in COMPARED
        if measures[name][column] != expected(name, column)
    ]
    for name in KEPT & measures.keys():
        one, two = FIRST.get(name, {}), SECOND.get(MATCHING[name], {})
        found += [
            f"{name}, {column}: the table's copy of a coding differs"
            for column in BOTH
            if (measures[name][f"{column}_first"], measures[name][f"{column}_second"])
            != (one.get(column, ""), two.get(column, ""))
        ]
    return sorted(found)


def test_every_measure_is_what_two_coders_found_or_what_was_decided():
    assert departures(table(PROJECT / "data/measures.csv")) == []


@pytest.mark.parametrize(
    ("name", "column", "value", "message"),
    [
        (
            ASPECT,
            "themes",
            "consumption",
            f"{ASPECT}, themes: measures.csv has 'consumption', the coding says 'platforms_partnerships; consumption; trade_fair'",
        ),
        (
            TASK,
            "announced",
            "2015-09-07",
            f"{TASK}, announced: measures.csv has '2015-09-07', the coding says '2015-09'",
        ),
        (
            CREDIT,
            "instrument_first",
            "event",
            f"{CREDIT}, instrument: the table's copy of a coding differs",
        ),
    ],
)
def test_a_changed_cell_is_named(data_copy, edit, name, column, value, message):
    edit(data_copy / "measures.csv", name, column, value)
    assert departures(table(data_copy / "measures.csv")) == [message]


def test_the_record_of_disagreements_is_whole_and_every_decision_has_its_reason():
    differing = {
        (one, column): (FIRST[one][column], SECOND[two][column])
        for one, two in MATCHING.items()
        if one in FIRST and two in SECOND
        for column in COMPARED
        if FIRST[one][column] != SECOND[two][column]
    }
    assert {
        place: (row["first"], row["second"]) for place, row in DECIDED.items() if place[1] != ROW
    } == differing
    once = {
        name: (
            "coded" if name in FIRST else "not coded",
            "coded" if MATCHING[name] in SECOND else "not coded",
        )
        for name in MATCHING
        if len(coded(name)) == 1
    }
    assert {
        name: (row["first"], row["second"])
        for (name, column), row in DECIDED.items()
        if column == ROW
    } == once
    assert [place for place, row in DECIDED.items() if not row["reason"].endswith(".")] == []
    assert {row["second_id"] for row in DECIDED.values()} <= set(MATCHING.values())
    assert sorted(MATCHING[name] for name in MATCHING if MATCHING[name]) == sorted(SECOND)
    assert set(FIRST) <= set(MATCHING)


def test_every_row_that_was_decided_says_why_in_the_table():
    measures = table(PROJECT / "data/measures.csv")
    assert [
        place
        for place, row in DECIDED.items()
        if place[0] in measures and row["reason"] not in measures[place[0]]["reason"]
    ] == []


def test_every_amendment_is_named_in_the_table_with_edition_and_reason():
    measures = table(PROJECT / "data/measures.csv")
    of = {}
    for row in AMENDED:
        of.setdefault(RENAMED.get(row["measure_id"], row["measure_id"]), []).append(row["column"])
        assert row["before"] != row["after"]
        assert row["edition"] == "2"
        assert row["by"]
        assert row["reason"].endswith(".")
    assert {name: "; ".join(columns) for name, columns in of.items()} == {
        name: row["amended"] for name, row in measures.items() if row["amended"]
    }


def test_both_coders_have_the_same_headlines_and_so_many_of_each_level(records):
    assert [name for name, row in FIRST.items() if row["level"] == "headline"] == [
        name for name, row in SECOND.items() if row["level"] == "headline"
    ]
    assert records.measures["level"].value_counts().to_dict() == {
        "headline": 45,
        "sub": 65,
        "other": 12,
    }


def test_lists_are_as_long_as_the_documents_say(records):
    lists = (
        records.measures[records.measures["counted_by"] != ""]
        .groupby("counted_by")
        .size()
        .to_dict()
    )
    assert lists == {
        "scio-2021.policy-aspects": 5,
        "scio-2021.next-aspects": 3,
        "rural-ecommerce-opinions-2015.five-tasks": 5,
        "rural-ecommerce-opinions-2015.ten-measures": 10,
        "state-council-2015.six-measures": 6,
        "covid-notice-2020.twelve-measures": 12,
    }
    assert {name: records.claim(name).value_low for name in lists} == lists
    counts = set(records.claims.loc[records.claims["kind"] == "count_of_measures", "claim_id"])
    named = records.definitions.set_index("definition_id")["named"]
    for name in counts - set(
        lists
    ):  # no list of measures: the sentence itself names what it counts
        assert len(named[name].split("; ")) == records.claim(name).value_low, name
    alone = records.measures[
        (records.measures["level"] == "headline") & (records.measures["counted_by"] == "")
    ]
    assert alone["measure_id"].tolist() == [
        "hunan-2017.action-1",
        "hunan-2017.action-2",
        "hunan-2017.action-3",
        "hunan-2017.action-4",
    ]


def test_three_of_the_ten_measures_are_named(records):
    ten = records.measures[
        records.measures["counted_by"] == "rural-ecommerce-opinions-2015.ten-measures"
    ]
    assert ten["status"].value_counts().to_dict() == {
        "announced but not named": 7,
        "named but unnumbered": 3,
    }


@pytest.mark.parametrize(
    ("name", "column", "value", "message"),
    [
        (
            ASPECT,
            "themes",
            "comsumption",
            "row 5 (scio-2021.aspect-4), column themes: 'comsumption' is no theme; known are border_trade, branding, consumption, ",
        ),
        (
            ASPECT,
            "themes",
            "a_b, c",
            "column themes: 'a_b, c' does not fit; allowed: codes of small letters",
        ),
        (
            ASPECT,
            "themes",
            "finance; training; branding; logistics; publicity",
            "column themes: 5 themes; one measure has at most 4",
        ),
        (ASPECT, "themes_second", "finance; finance", "column themes_second: names a theme twice"),
        (
            ASPECT,
            "themes",
            "not_stated",
            "column themes: 'not_stated' stands alone, and only where the status is 'announced but not named'",
        ),
        (ASPECT, "themes", "finance; not_stated", "column themes: 'not_stated' stands alone"),
        (ASPECT, "themes", "", "column themes: is empty; a value is required"),
        (
            ASPECT,
            "instrument",
            "",
            "column instrument: '' does not fit the status; it is empty where the status is 'announced but not named', and only there",
        ),
        (
            "rural-ecommerce-opinions-2015.measure-4",
            "target_group",
            "enterprises",
            "column target_group: 'enterprises' does not fit the status; it is empty where the status is 'announced but not named', and only there",
        ),
        (
            ASPECT,
            "instrument",
            "law",
            "column instrument: 'law' is not known; allowed are fund, regulation, ",
        ),
        (
            ASPECT,
            "announced",
            "2021-08",
            "column announced: '2021-08' is not as precise as 'day' says",
        ),
        (
            ASPECT,
            "announced",
            "2021-08-32",
            "column announced: '2021-08-32' has the form of a date, but there is no such day: August 2021 has 31 days",
        ),
        (TASK, "precision", "year", "column announced: '2015-09' is not as precise as 'year' says"),
        (ASPECT, "names_money", "no", "column money_of: 'measure' does not fit names_money 'no'"),
        (ASPECT, "money_of", "", "column money_of: '' does not fit names_money 'yes'"),
        (
            ASPECT,
            "source_id",
            "hunan-2017",
            "column measure_id: must begin with the source_id and a dot: hunan-2017.",
        ),
        (
            ASPECT,
            "counted_by",
            "scio-2021.aspects",
            "column counted_by: 'scio-2021.aspects' is not in claims.csv",
        ),
        (
            ASPECT,
            "counted_by",
            "",
            "measures.csv (scio-2021.policy-aspects), column counted_by: scio-2021.policy-aspects states 5 items, and 4 rows name it",
        ),
        (
            ASPECT,
            "summary",
            "word " * 14 + "word",
            "column summary: has 15 words; at most 14 are allowed",
        ),
        (CREDIT, "level", "other", "column measure_id: does not fit the level 'other'"),
        (
            CREDIT,
            "measure_id",
            "state-council-2015.measure-7.sub-1",
            "column measure_id: does not fit the level 'sub'; an act inside a measure",
        ),
        (
            CREDIT,
            "counted_by",
            "state-council-2015.six-measures",
            "column counted_by: a row of the level 'sub' is not counted by a claim",
        ),
    ],
)
def test_a_wrong_cell_is_named_with_what_is_allowed(data_copy, edit, name, column, value, message):
    edit(data_copy / "measures.csv", name, column, value)
    found = [str(problem) for problem in problems(data_copy)]
    assert any(message in line and line.startswith("measures.csv") for line in found), found


def test_the_themes_of_the_schema_are_those_of_the_codebook():
    resource = next(
        one for one in descriptor(PROJECT / "data")["resources"] if one["name"] == "measures"
    )
    codes = [
        field["codes"]
        for field in resource["schema"]["fields"]
        if field["name"].startswith("themes")
    ]
    assert codes == [codes[0]] * 3
    assert len(set(codes[0])) == 17, "the codebook's sixteen and demonstration"


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


@pytest.mark.parametrize(("column", "longest"), [("summary", 4), ("doubt", 6), ("reason", 6)])
def test_no_words_of_a_source_are_copied(records, column, longest):
    if not TEXTS.is_dir():
        pytest.skip(
            "there is no folder shared/sources beside the project: the summaries were not compared with the source texts"
        )
    copied = set().union(
        *(
            runs((TEXTS / file).read_text("utf-8"), longest + 1)
            for file in records.sources["text_file"]
        )
    )
    assert [
        name
        for name, text in records.measures[["measure_id", column]].itertuples(index=False)
        if runs(text, longest + 1) & copied
    ] == []


def test_every_paragraph_is_there(records):
    if not TEXTS.is_dir():
        pytest.skip(
            "there is no folder shared/sources beside the project: the paragraphs were not compared with the source texts"
        )
    length = {
        name: len(paragraphs((TEXTS / file).read_text("utf-8")))
        for name, file in records.sources[["source_id", "text_file"]].itertuples(index=False)
    }
    assert [
        row.measure_id
        for row in records.measures.itertuples()
        if row.paragraph > length[row.source_id]
    ] == []
