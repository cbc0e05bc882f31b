"""Two editions side by side: what differs, and how it is shown."""

from __future__ import annotations

import json

import pytest

from analysis.publish.changes import Change, as_text, changes, excerpts, item_changes
from analysis.publish.edition import Cell, Edition

LONG = "one two three four five six seven {} nine ten eleven twelve thirteen"


def edition(*cells: tuple[str, str], **items) -> Edition:
    said = [Cell(place, *cell) for place, cell in enumerate(cells)]
    return Edition(items, {"05_fair": said} if said else {}, has_snapshot=True)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ({}, {"a": {"en": "text", "low": 1.0}}, [("added", "", "text")]),
        ({"a": {"en": "text"}}, {}, [("removed", "text", "")]),
        ({"a": {"low": 1.5}}, {"a": {"low": None}}, [("low", "1.5", "open")]),
        ({"a": {"low": 0.1}}, {"a": {"low": 0.1, "unit": "m"}}, [("unit", "", "m")]),
        ({"a": {"low": 0.1}}, {"a": {"low": 0.1}}, []),
    ],
)
def test_items_are_compared_by_identifier_and_field(before, after, found):
    got = [*item_changes("finding", before, after)]
    assert got == [Change("finding", "a", *one) for one in found]


def test_kinds_that_one_edition_does_not_hold_are_not_compared():
    old, new = edition(claims={}), edition(claims={"a": {"en": "x"}}, charts={"b": {"en": "y"}})
    assert changes(old, new) == (Change("claim", "a", "added", "", "x"),)


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ([("s(1)", "x")], [("s(1)", "y")], [("cell 0", "text", "x", "y")]),
        ([("s(1)", "x")], [("s(1b)", "y")], [("cell 0", "text", "x", "y")]),
        ([("s(1)", "x")], [("s(1b)", "x")], []),
        ([("s(1)", "x")], [("t", "new"), ("s(1)", "x")], [("cell 0", "added", "", "new")]),
        ([("s(1)", "x"), ("t", "old")], [("s(1)", "x")], [("cell 1", "removed", "old", "")]),
    ],
    ids=["number", "wording", "code only", "added", "removed"],
)
def test_sentences_are_paired_by_their_code_not_their_place(before, after, found):
    got = changes(edition(*before), edition(*after))
    assert got == tuple(Change("sentence", f"05_fair, {place}", *rest) for place, *rest in found)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (LONG.format("x"), LONG.format("y"), "… five six seven {} nine ten eleven …"),
        ("at least 1", "at least 2", "at least {}"),
    ],
)
def test_long_texts_are_cut_to_where_they_differ(before, after, shown):
    sign = {"x": "y", "1": "2"}
    old, new = excerpts(before, after)
    (first,) = [one for one in sign if shown.format(one) == old]
    assert new == shown.format(sign[first])


@pytest.mark.parametrize(
    ("before", "after", "cut"),
    [
        ("a b", "a b c", ("a b", "a b c")),
        ("a a", "a", ("a a", "a")),
        ("", "new text", ("", "new text")),
        ("约7百万人", "约8百万人", ("约7百万人", "约8百万人")),
    ],
)
def test_words_are_added_removed_or_not_parted(before, after, cut):
    assert excerpts(before, after) == cut


def test_markdown_is_a_table_in_which_no_text_breaks_out():
    text = as_text(
        [Change("claim", "a.b", "note", "a | b\n<b>", "US$1 *and* `x`")], "markdown", base="main"
    )
    assert text.splitlines() == [
        "Changes since main: 1 in claims.",
        "",
        "| kind | name | field | before | after |",
        "| --- | --- | --- | --- | --- |",
        r"| claim | a.b | note | a \| b \<b\> | US\$1 \*and\* \`x\` |",
    ]


def test_json_holds_whole_texts():
    change = Change("sentence", "05_fair, cell 3", "text", LONG.format("x"), LONG.format("约"))
    assert json.loads(as_text([change], "json", base="main", missing=["claims"])) == {
        "base": "main",
        "not_compared": ["claims"],
        "changes": [
            {
                "kind": "sentence",
                "name": "05_fair, cell 3",
                "field": "text",
                "before": LONG.format("x"),
                "after": LONG.format("约"),
            }
        ],
    }


def test_no_change_is_said_and_so_is_what_was_not_compared():
    assert as_text([], "table", base="old", missing=["claims", "sentences"]) == (
        "Changes since old: none.\n"
        "Not compared, because old does not hold them: claims, sentences.\n"
    )
