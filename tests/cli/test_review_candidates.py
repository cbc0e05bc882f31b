"""The review in a terminal, with answers instead of a person."""

from __future__ import annotations

import pytest

from analysis.cli.review_candidates import HELP, review_in_terminal
from analysis.exploring.review import COLUMNS
from analysis.reading import read

TEXT = "Title\n\nSome 1,150 people found work; no more than 450 shops opened; 46 firms signed."


def reviewed(*answers, text=TEXT):
    """The accepted rows and what was said, for answers; after the last one the input ends."""
    given, lines = iter(answers), []

    def ask(question):
        lines.append(question)
        try:
            return next(given)
        except StopIteration:
            raise EOFError from None

    return review_in_terminal(read(text), text, ask, lines.append).accepted, lines


def test_accepted_rows_are_handed_over():
    rows, lines = reviewed("a", "r", "A")
    assert [(row["low"], row["paragraph"]) for row in rows] == [(1150, 2), (46, 2)]
    assert list(rows[0]) == list(COLUMNS)
    assert lines[-1].endswith("2 accepted, 0 changed, 1 rejected, 0 open")


@pytest.mark.parametrize(
    "answers",
    [
        ("c low=1,200 bound=exact counted=new workers period=", "q"),
        ("c", "counted = new workers  period= low=1,200 bound=exact", "q"),
    ],
)
def test_a_change_names_its_fields(answers):
    rows, _ = reviewed(*answers)
    (row,) = rows
    assert (row["low"], row["high"], row["bound"]) == (1200, 1200, "exact")
    assert (row["counted"], row["period"]) == ("new workers", "")
    assert row["unit"] == "persons", "what is not named stays"


def test_a_change_that_cannot_be_is_said_and_asked_again():
    rows, lines = reviewed("c low=many", "c", "", "c 1200", "a", "q")
    assert any(line.startswith("Not changed: 'many' is no amount") for line in lines)
    assert sum(line.startswith("Not changed: name a field") for line in lines) == 2
    assert rows[0]["low"] == 1150


def test_back_skip_quit_and_the_end_of_input():
    rows, _ = reviewed("a", "b", "r", "s", "a")
    assert [row["low"] for row in rows] == [46]
    assert reviewed("s", "s", "s")[0] == []
    assert len(reviewed("a", "q")[0]) == 1
    assert len(reviewed("a")[0]) == 1
    assert reviewed("b", "b", "a", "q")[0][0]["low"] == 1150


def test_an_answer_that_is_none_is_explained():
    rows, lines = reviewed("", "x", "a", "q")
    assert lines[0] == HELP, "the keys are told before the first question"
    assert lines.count(HELP) == 3
    assert len(rows) == 1


def test_a_figure_is_shown_in_its_line_without_what_steers_a_terminal():
    _, lines = reviewed(text="\x1bRed:\n46 firms\x07 signed.")
    assert "[[46]] firms  signed." in lines[1]
    assert "\x1b" not in "".join(lines)
    assert "\x07" not in "".join(lines)


def test_a_text_without_figures_asks_nothing():
    rows, lines = reviewed("a", text="Nothing to see.")
    assert rows == []
    assert len(lines) == 1
