"""The catalog: fresh, complete, and without a series that nothing uses."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from analysis.cli import app
from analysis.provenance import catalog
from analysis.records.paths import PROJECT


def test_the_stored_catalog_is_fresh(records):
    assert (PROJECT / "data" / catalog.CATALOG).read_text("utf-8") == catalog.catalog_text(
        records
    ), "run 'analysis catalog --write'"


def test_every_series_has_its_line(records):
    text = catalog.catalog_text(records)
    lines = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(lines) == len(records.series_index)
    for line, series_id in zip(
        sorted(lines),
        sorted(f"| `{name}`" for name in records.series_index["series_id"]),
        strict=True,
    ):
        assert line.startswith(series_id)
        assert line.count(" | ") == len(catalog.COLUMNS) - 1
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == list(
        dict.fromkeys(records.series_index["theme"])
    )


@pytest.mark.parametrize(
    ("series_id", "cells"),
    [
        (
            "cn-povarea-inc",
            ["CNY/person/year", "level", "2013 to 2021", "9", "5 B, 4 C", "2014-2015"],
        ),
        ("usdcny-fed", ["CNY/USD", "price", "2005 to 2025", "21", "21 A", "–"]),
        (
            "cn-rpov-n-2010std",
            ["person", "stock", "1978 to 2020", "20", "1 A, 7 B, 12 C", "1979-2010"],
        ),
    ],
)
def test_known_lines(records, series_id, cells):
    (line,) = (
        line
        for line in catalog.catalog_text(records).splitlines()
        if line.startswith(f"| `{series_id}`")
    )
    assert f"| {' | '.join(cells)} |" in line


def test_uses_are_read_from_charts_and_themes(records, new_theme):
    new_theme("SERIES = ('usd-cny', 'cn-hhsize', 'cn-h')")
    found = catalog.users(records)
    assert "theme made_up" in found["cn-hhsize"]
    assert [name for name in found if "theme made_up" in found[name]] == [
        "usd-cny-mean",
        "usd-cny-low",
        "usd-cny-high",
        "cn-hhsize",
    ]
    assert "05_canton_fair_deals: canton-fair-break-even" in found["usd-cny-low"]


def test_every_declared_series_exists(records):
    known = list(records.series_index["series_id"])
    assert [
        (user, name)
        for user, names in catalog._declared(records)
        for name in names
        if not catalog.meant(name, known)
    ] == []


def test_a_series_nobody_uses_is_not_carried(records):
    assert catalog.unused(records) == []


def test_the_command_prints_and_writes(data_copy, records):
    run = CliRunner().invoke(app, ["--data", str(data_copy), "catalog"])
    assert (run.exit_code, run.output) == (0, catalog.catalog_text(records))
    (data_copy / catalog.CATALOG).unlink()
    assert CliRunner().invoke(app, ["--data", str(data_copy), "catalog", "--write"]).exit_code == 0
    assert (data_copy / catalog.CATALOG).read_text("utf-8") == catalog.catalog_text(records)


def test_an_unused_series_and_an_unknown_unit_are_problems(records):
    import dataclasses

    index = records.series_index.copy()
    index.loc[len(index)] = ["never-used", "A title", "题名", "furlong", "level", "poverty_new"]
    found = [
        str(problem)
        for problem in catalog.use_problems(dataclasses.replace(records, series_index=index))
    ]
    assert len(found) == 2
    assert "never-used" in found[0]
    assert "'furlong' is no unit" in found[1]
    assert catalog.use_problems(records) == []
