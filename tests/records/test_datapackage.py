"""The descriptor against the Data Package rules, and our reader against the frictionless validator."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from frictionless import Package

from analysis.bounds.units import factor, parse_unit
from analysis.records.descriptor import descriptor
from analysis.records.drafts import FOLDER
from analysis.records.load import problems
from analysis.records.lock import LOCK
from analysis.records.paths import PROJECT

RATES = "series/exchange_rates.csv"
JOBS = "scio-2021.ecommerce-jobs"
DESCRIPTOR = descriptor(PROJECT / "data")
RESOURCES = {resource["path"]: resource for resource in DESCRIPTOR["resources"]}


def by_frictionless(folder: Path) -> set[tuple[str, int | None]]:
    """File and row of every error that frictionless finds."""
    report = Package(str(folder / "datapackage.json")).validate()
    found = {(task.place, row) for task in report.tasks for (row,) in task.flatten(["rowNumber"])}
    return found | {("datapackage.json", None) for _ in report.errors}


def by_us(folder: Path) -> set[tuple[str, int | None]]:
    return {(problem.file, problem.row) for problem in problems(folder)}


def test_frictionless_accepts_the_descriptor_and_every_table():
    report = Package(str(PROJECT / "data/datapackage.json")).validate()
    assert report.flatten(["place", "rowNumber", "fieldName", "note"]) == []
    assert sorted(task.place for task in report.tasks) == sorted(RESOURCES)
    # frictionless counts no rows of a table that has none
    rows = {task.place: task.stats.get("rows", 0) for task in report.tasks}
    for path, number in rows.items():
        with (PROJECT / "data" / path).open(encoding="utf-8", newline="") as file:
            assert number == sum(1 for _ in csv.reader(file)) - 1, path
    assert rows["sources.csv"] >= 5
    assert rows["claims.csv"] >= 55
    assert rows["events.csv"] >= 21


REFUSED = (
    ("claims.csv", JOBS, "value_low", "many"),
    ("claims.csv", "scio-2021.ecommerce-income", "value_low", "7,710,000"),
    ("claims.csv", "scio-2021.housekeeping-centers", "value_low", "-1"),
    ("claims.csv", "scio-2021.housekeeping-jobs", "paragraph", "11.5"),
    ("claims.csv", "scio-2021.labor-people", "paragraph", "0"),
    ("claims.csv", "scio-2021.labor-income", "bound", "roughly"),
    ("claims.csv", "scio-2021.labor-income-top", "grade", ""),
    ("claims.csv", "scio-2021.contracted-purchases", "period_end", "23 August 2021"),
    ("claims.csv", "scio-2021.canton-deals", "claim_id", "scio-2021.canton-fees"),
    ("sources.csv", "hunan-2017", "text_sha256", ""),
    (RATES, "usd-cny-mean@2014-02-01", "period_start", "2014-01-01"),
    (RATES, "usd-cny-mean@2014-03-01", "url", "the bank's site"),
    (RATES, "usd-cny-mean@2014-04-01", "unit", "CNY/EUR"),
)


def test_both_refuse_a_row_of_an_unknown_source(data_copy, edit):
    edit(data_copy / "claims.csv", JOBS, "source_id", "scio-2022")
    for found in (by_us(data_copy), by_frictionless(data_copy)):
        assert {place for place in found if place[0] == "claims.csv"} == {("claims.csv", 4)}


def test_frictionless_refuses_the_rows_that_our_reader_refuses(data_copy, edit):
    wanted = set()
    for file, key, column, value in REFUSED:
        lines = (data_copy / file).read_text("utf-8").splitlines()
        edit(data_copy / file, key, column, value)
        changed = (data_copy / file).read_text("utf-8").splitlines()
        (row,) = [
            at for at, two in enumerate(zip(lines, changed, strict=True), 1) if len(set(two)) > 1
        ]
        wanted.add((file, row))
    touched = {file for file, *_ in REFUSED}
    assert len(wanted) == len(REFUSED)
    for found in (by_us(data_copy), by_frictionless(data_copy)):
        assert {place for place in found if place[0] in touched} == wanted


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("note\n", "remark\n", 1),
        lambda text: "\n".join(line.split(",", 1)[1] for line in text.splitlines()),
        lambda text: "",
    ],
    ids=["column renamed", "column missing", "empty file"],
)
def test_frictionless_refuses_the_shapes_that_our_reader_refuses(data_copy, change):
    path = data_copy / "sources.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    assert {file for file, _ in by_us(data_copy)} == {"sources.csv"}
    assert {file for file, _ in by_frictionless(data_copy)} >= {"sources.csv"}


def test_the_descriptor_keeps_the_rules_of_the_data_package_standard():
    Package.from_descriptor(DESCRIPTOR)  # raises with every breach of the standard's own schema
    assert re.fullmatch(r"[a-z0-9._-]+", DESCRIPTOR["name"])
    names = [resource["name"] for resource in DESCRIPTOR["resources"]]
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z0-9_-]+", name)] == []
    for path, resource in RESOURCES.items():
        assert (PROJECT / "data" / path).is_file()
        assert not path.startswith(("/", ".."))
        assert (
            resource["profile"],
            resource["format"],
            resource["mediatype"],
            resource["encoding"],
        ) == ("tabular-data-resource", "csv", "text/csv", "utf-8")
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert set(resource["schema"]["primaryKey"]) <= set(columns)
        for key in resource["schema"].get("foreignKeys", []):
            assert set(key["fields"]) <= set(columns)
            assert key["reference"]["resource"] in names


def test_every_table_of_the_folder_is_declared():
    found = {
        path.relative_to(PROJECT / "data").as_posix()
        for path in (PROJECT / "data").rglob("*.csv")
        if path.parent != PROJECT / "data" / FOLDER and path.name != LOCK
    }
    assert found == set(RESOURCES)


@pytest.mark.parametrize("resource", RESOURCES.values(), ids=RESOURCES)
def test_every_table_states_what_it_holds_whose_it_is_and_where_from(resource):
    assert resource["title"]
    assert resource["description"].endswith(".")
    assert [
        field["name"]
        for field in resource["schema"]["fields"]
        if not field.get("description", "").endswith(".")
    ] == []
    for licence in resource["licenses"]:
        assert licence["name"] == "CC-BY-4.0"
        assert licence["path"].startswith("https://")
    assert resource["licenses"]
    assert resource["sources"]
    assert all(source["title"] for source in resource["sources"])


@pytest.mark.parametrize("path", [path for path in RESOURCES if path.startswith("series/")])
def test_every_series_row_needs_a_citation_a_grade_and_a_unit(path):
    required = {
        field["name"]
        for field in RESOURCES[path]["schema"]["fields"]
        if field.get("constraints", {}).get("required")
    }
    assert required >= {
        "series_id",
        "period_start",
        "period_end",
        "value",
        "unit",
        "geography",
        "grade",
        "derived",
        "recheck",
        "source_title",
        "publisher",
    }


SERIES_UNITS = {
    unit
    for path, one in RESOURCES.items()
    if path.startswith("series/")
    for field in one["schema"]["fields"]
    if field["name"] == "unit"
    for unit in field["constraints"]["enum"]
}


def test_every_unit_that_a_series_may_have_is_known_to_the_units():
    for unit in SERIES_UNITS:
        written = parse_unit(unit)
        assert factor(unit, written) == 1.0
        assert parse_unit(written) == written
