"""The stored snapshot of what the project says is that of today's data and code."""

from __future__ import annotations

import copy
import json

import pytest

from analysis.provenance import snapshot as snapshots
from analysis.publish.changes import KINDS, Change, item_changes
from analysis.records.paths import PROJECT

STORED = PROJECT / snapshots.STORED
FIRST = "canton-fair.deals-per-session"


@pytest.fixture(scope="module")
def taken(records):
    return snapshots.snapshot(records)


def report(stored, now) -> str:
    """What changed, a line each, and the command that stores it."""
    lines = [
        f"{one.kind} {one.name}, {one.field}: {one.before or 'nothing'} -> {one.after or 'nothing'}"
        for kind in KINDS
        for one in item_changes(KINDS[kind], stored[kind], now[kind])
    ]
    return "\n".join([*lines, f"if all of it is meant, run '{snapshots.COMMAND}' and commit"])


def test_the_stored_snapshot_is_that_of_data_and_code(taken):
    stored = json.loads(STORED.read_text("utf-8"))
    assert stored == json.loads(snapshots.as_text(taken)), report(stored, taken)


def test_it_is_stored_as_the_command_writes_it(taken):
    assert STORED.read_text("utf-8") == snapshots.as_text(taken)


def test_the_failure_names_each_change_and_the_command(taken):
    stored = copy.deepcopy(taken)
    stored["findings"][FIRST]["low"] = 1.0
    stored["counts"]["claims"]["rows"] -= 1
    del stored["charts"]["canton-fair-break-even"]
    lines = report(stored, taken).splitlines()
    claims = taken["counts"]["claims"]["rows"]
    assert lines == [
        f"count claims, rows: {claims - 1} -> {claims}",
        f"finding {FIRST}, low: 1 -> 242857142.857",
        "chart canton-fair-break-even, added: nothing -> "
        + taken["charts"]["canton-fair-break-even"]["headline en"],
        "if all of it is meant, run 'make update-known' and commit",
    ]


def test_it_says_values_ends_units_grades_and_words_in_both_languages(taken):
    assert taken["findings"][FIRST] == {
        "en": "at least US$242 million per session",
        "zh": "每届至少2.42亿美元",
        "value": 242857142.857,
        "low": 242857142.857,
        "high": None,
        "open ended": "high",
        "unit": "USD / session",
        "grade": "B",
    }
    assert taken["claims"]["scio-2021.canton-deals"]["zh"] == "超过17亿美元"
    assert set(taken["charts"]["canton-fair-break-even"]) == {
        *(f"{name} {lang}" for name in snapshots.WORDS for lang in ("en", "zh")),
        "data",
    }


def test_every_item_is_there(taken, records):
    for kind in ("findings", "charts"):
        assert taken["counts"][kind]["rows"] == len(taken[kind])
    assert [*taken["claims"]] == [*records.claims["claim_id"]]
    assert taken["counts"]["series"] == {"rows": len(records.series)}


def test_one_change_is_a_value():
    assert [*item_changes("claim", {"a": {"en": "x"}}, {"a": {"en": "y"}})] == [
        Change("claim", "a", "en", "x", "y")
    ]
