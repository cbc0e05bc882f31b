"""The plausibility check of printed errors: what it catches, row by row, and what it leaves alone."""

from __future__ import annotations

import dataclasses

import pytest

from analysis.themes.evidence import errors


@pytest.fixture(scope="module")
def table(records):
    return errors.checked(records).set_index("estimate_id")


@pytest.mark.parametrize(
    ("row", "checks", "tenfold"),
    [
        ("hssc-2024-breadth", "", False),
        ("hssc-2024-depth", "", False),
        ("hssc-2024-ethnic", "", False),
        ("hssc-2024-non-ethnic", "means", False),  # 0.079 printed, the means give 0.0106
        ("hssc-2024-central", "means", True),  # 0.014 printed, the means give 0.141
        (
            "hssc-2024-western",
            "stars; means",
            True,
        ),  # z = 1.4 with three stars; 0.08 printed, the means give 0.0078
        ("hssc-2024-low-industry", "", False),
        ("hssc-2024-high-industry", "stars; means", False),  # z = 0.9 with three stars
        ("hssc-2024-elsewhere", "no star", False),  # z = 8.7
        ("hssc-2024-three-regions", "no star", False),  # z = 10.4
        ("olarreaga-2015", "", False),
    ],
)
def test_each_row(table, row, checks, tenfold):
    assert (table.loc[row, "checks"], table.loc[row, "tenfold"]) == (checks, tenfold)


def test_nothing_else_is_checked(table):
    assert len(table) == 11


def test_findings_count_them(records):
    found = {one.value_id.removeprefix("evidence."): one.value for one in errors.findings(records)}
    assert found == {
        "errors-checked": 11,
        "errors-contradicted": 6,
        "errors-against-stars": 4,
        "errors-against-means": 4,
        "errors-tenfold": 2,
        "errors-of-means": 10,
    }


def test_what_stars_stand_for_is_read_from_the_same_study(records):
    assert errors.star_limits(records) == {"hssc-2024": 0.01}


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("printed_percent", 12.6, "percentage"),
        ("se", 0.08, "stars; means"),
        ("stars", "none", "no star"),
    ],
)
def test_a_planted_slip_is_caught(records, column, value, check):
    """In a row that is sound: 0.126 with an error of 0.012 and 13.43 %."""
    rows = records.evidence.copy()
    place = rows["estimate_id"] == "hssc-2024-low-industry"
    rows.loc[place, column] = value
    if column == "stars":
        rows.loc[place, "p_below"] = float("nan")
    found = errors.checked(dataclasses.replace(records, evidence=rows)).set_index("estimate_id")
    assert found.loc["hssc-2024-low-industry", "checks"] == check


def test_a_planted_interval_is_caught(records):
    rows = records.evidence.copy()
    rows.loc[rows["estimate_id"] == "olarreaga-2015", "ci_high"] = 29.0
    found = errors.checked(dataclasses.replace(records, evidence=rows)).set_index("estimate_id")
    assert found.loc["olarreaga-2015", "checks"] == "interval"
    assert "the middle of the interval is 20" in found.loc["olarreaga-2015", "reasons"]
