"""The words of findings: one entry for each in ``findings.toml`` of its theme, in both languages, and no other."""

from __future__ import annotations

import importlib
import string

import pytest

from analysis.bounds.finding import Finding
from analysis.records.errors import UnknownIdError
from analysis.themes import themes
from analysis.words.catalogue import words_beside
from analysis.words.findings import FILE, FURTHER, PERIODS, SHARED, WORDS, keys_beside

THEMES = [one.folder for one in themes() if one.folder != "register"]  # it has no findings

FINDINGS = """
from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.words.findings import as_findings, count, result

DEALS = "scio-2021.canton-deals"  # graded B

@as_findings
def findings(records):
    two = Bounds.of(Input("two", 2, 2, 2, "", sources=(DEALS,)))
    yield result("made-up.plain", two)
    yield result("made-up.of-{year}", two, year=2020)
    yield result("made-up.doubtful", two, at_best="D")
    yield result("made-up.better", two, at_best="A", grade="C")
    yield count("made-up.deals", [DEALS])
    yield count("made-up.parts", [DEALS], 7, grade="")
    yield count("made-up.none", [])
"""
PLAIN = '[shared]\nonce = "Once."\n[periods]\n"in 2020" = "2020年"\n' + "".join(
    f'[made-up.{slug}]\nlabel = "{slug}"\nlabel_zh = "甲"\nperiod = "in 2020"\nnote = "{{once}} {{once}}"\n'
    for slug in ("plain", "doubtful", "better", "deals", "parts", "none")
)
FAMILY = (
    '["made-up"."of-{year}"]\nlabel = "in {year}"\nlabel_zh = "{year}年"\nperiod = "to {year}"\n'
)


def package(folder: str) -> str:
    return f"analysis.themes.{folder}"


def made_up(records) -> dict[str, Finding]:
    found = importlib.import_module(f"{package('made_up')}.findings").findings(records)
    return {one.value_id: one for one in found}


def places(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def chinese_places(text: str) -> frozenset[str]:
    return frozenset(name.removesuffix("_zh") for name in places(text))


@pytest.mark.parametrize("folder", THEMES)
def test_each_result_has_words_and_all_words_a_result(records, folder):
    (theme,) = (one for one in themes() if one.folder == folder)
    keys = {
        one.key
        for module in theme.modules("findings")
        if hasattr(module, "findings")
        for one in module.findings.__wrapped__(records)
    }
    known = set(keys_beside(package(folder)))
    assert (keys - known, known - keys) == (set(), set())


@pytest.mark.parametrize("folder", THEMES)
def test_each_entry_has_a_label_in_both_languages(folder):
    words = words_beside(package(folder), FILE)
    entries = {
        key: words[key.partition(".")[0]][key.partition(".")[2]]
        for key in keys_beside(package(folder))
    }
    assert [key for key, entry in entries.items() if not entry.get("label")] == []
    without = [
        key
        for key, entry in entries.items()
        if not entry.get("label_zh") and not places(entry["label"])  # of words of the data
    ]
    assert without == []
    notes = {
        key: (entry.get("note", ""), entry.get("note_zh", "")) for key, entry in entries.items()
    }
    assert [key for key, (note, note_zh) in notes.items() if bool(note) != bool(note_zh)] == []
    differ = [key for key, said in notes.items() if len({chinese_places(one) for one in said}) > 1]
    assert differ == []
    assert [
        key for key, entry in entries.items() if not set(entry) <= {*WORDS, *FURTHER, "across"}
    ] == []


@pytest.mark.parametrize("folder", THEMES)
def test_shared_words_and_periods_are_used(records, folder):
    words = words_beside(package(folder), FILE)
    texts = [
        text
        for topic, entries in words.items()
        if topic not in (SHARED, PERIODS)
        for entry in entries.values()
        for text in entry.values()
    ]
    used = set().union(*(places(text) for text in texts))
    assert set(words.get(SHARED, {})) - used == set()
    (theme,) = (one for one in themes() if one.folder == folder)
    periods = {
        one.period
        for module in theme.modules("findings")
        if hasattr(module, "findings")
        for one in module.findings(records)
    }
    assert set(words.get(PERIODS, {})) - periods == set()


def test_results_become_findings_with_words_and_grade(records, new_theme):
    new_theme(FINDINGS, words=PLAIN + FAMILY)
    found = made_up(records)
    plain = found["made-up.plain"]
    assert (plain.label, plain.label_zh, plain.note) == ("plain", "甲", "Once. Once.")
    assert (plain.period, plain.period_zh, plain.evidence_grade) == (
        "in 2020",
        "2020年",
        records.claim("scio-2021.canton-deals").grade,
    )
    family = found["made-up.of-2020"]
    assert (family.label, family.label_zh) == ("in 2020", "2020年")
    assert (family.period, family.period_zh, family.note) == ("to 2020", "", "")
    assert found["made-up.doubtful"].evidence_grade == "D"
    assert found["made-up.better"].evidence_grade == "C"


@pytest.mark.parametrize(
    ("slug", "value", "inputs", "grade"),
    [
        ("deals", 1, ("scio-2021.canton-deals",), "B"),
        ("parts", 7, ("scio-2021.canton-deals",), ""),
        ("none", 0, (), ""),
    ],
)
def test_a_count_remembers_what_it_counts(records, new_theme, slug, value, inputs, grade):
    new_theme(FINDINGS, words=PLAIN + FAMILY)
    found = made_up(records)[f"made-up.{slug}"]
    assert (found.value, found.inputs, found.evidence_grade) == (value, inputs, grade)


def test_a_result_without_words_is_named_with_the_file_and_the_nearest(records, new_theme):
    new_theme(FINDINGS, words=PLAIN + FAMILY.replace("of-{year}", "of-{yaer}"))
    with pytest.raises(UnknownIdError, match=r"findings\.toml.*made-up\.of-\{year\}.*yaer"):
        made_up(records)
