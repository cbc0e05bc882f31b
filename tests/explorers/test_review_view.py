"""Buttons, keys and fields of a review without a browser: each is one step of the review."""

from __future__ import annotations

import base64
import re

import pytest

import analysis
from analysis.exploring.review import BOUNDS, CHANGED, review_of
from analysis.exploring.review_view import KEYS, SHOWN, ReviewView
from analysis.exploring.widgets import VIEW
from analysis.publish.app.parts import BRIEFING, LONGEST_TEXT, Dashboard, Pasted
from analysis.words.catalogue import LANGUAGES

TEXT = "Some 1,150 people found work; no more than 450 shops opened; 46 firms signed."


@pytest.fixture
def view():
    return ReviewView(review_of(TEXT))


def test_buttons_are_steps(view):
    view.buttons["accept"].click()
    view.buttons["reject"].click()
    assert view.state == review_of(TEXT).accept().reject()
    view.buttons["undo"].click()
    assert view.state == review_of(TEXT).accept()
    view.buttons["next"].click()
    assert view.state.at == 3
    view.buttons["previous"].click()
    assert view.state.at == 2


def test_fields_show_the_current_candidate_and_change_it(view):
    assert (view.inputs["low"].value, view.inputs["high"].value) == ("1150", "1150")
    assert view.inputs["bound"].value == "about"
    view.inputs["unit"].value = "households"
    view.inputs["place"].value = "the county"
    view.buttons["accept"].click()
    assert view.state.decisions[0].status == CHANGED
    assert view.state.accepted[0]["unit"] == "households"
    assert (view.inputs["low"].value, view.inputs["high"].value) == ("", "450")


def test_fields_as_read_are_an_acceptance(view):
    for _ in range(3):
        view.take("accept")
    assert view.state == review_of(TEXT).accept(1).accept(2).accept(3)


def test_a_field_that_is_wrong_is_answered_and_nothing_changes(view):
    view.inputs["low"].value = "<many>"
    view.buttons["accept"].click()
    assert "&lt;many&gt;" in view.refused.value
    assert view.state == review_of(TEXT)
    view.buttons["reject"].click()
    assert view.refused.value == ""


def test_letters_are_steps_however_they_arrive(view):
    view.keys.value = "a"
    view.keys.value = "arx"
    assert view.state == review_of(TEXT).accept().reject()
    view.keys.value = "ar"  # one taken away
    assert view.state == review_of(TEXT).accept().reject()
    view.keys.value = "arUU"
    assert view.state == review_of(TEXT)


def test_change_goes_to_the_first_field(view, monkeypatch):
    sent = []
    monkeypatch.setattr(view.inputs["low"], "send", sent.append)
    view.keys.value = "c"
    assert sent == [{"do": "focus"}]


def test_every_key_has_its_button_and_its_help(view):
    assert set(view.buttons) == set(KEYS.values())
    for lang in LANGUAGES:
        view.say_in(lang)
        for key, name in KEYS.items():
            assert key in view.buttons[name].tooltip
            assert view.buttons[name].description
            assert key in view.keys.placeholder


def test_accepted_rows_are_taken_along_as_csv(view):
    assert view.link.value == view.table.value == ""
    view.take("accept")
    found = re.search(r'base64,([^"]+)"', view.link.value)[1]
    assert base64.b64decode(found).decode("utf-8-sig") == view.state.csv()
    assert 'download="accepted.csv"' in view.link.value
    assert "1,150" in view.table.value


def test_a_table_of_many_rows_is_cut_and_says_so():
    review = review_of("".join(f"{number} firms; " for number in range(100, 150)))
    view = ReviewView(review.accept(*review.open))
    assert view.table.value.count("<tr>") == SHOWN + 1
    assert f"the last {SHOWN} of 50" in view.table.value


def test_a_text_without_figures_has_buttons_that_answer():
    view = ReviewView(review_of("Nothing to see."))
    assert "No figure was found" in view.status.value
    for name in KEYS.values():
        view.take(name)
    assert view.state.accepted == []


def test_a_language_says_everything_and_keeps_the_decisions(view):
    view.take("accept")
    view.inputs["unit"].value = "shops opened"
    view.say_in("zh")
    assert view.buttons["accept"].description == "接受"
    assert "第2条，共3条" in view.status.value
    assert [value for _, value in view.inputs["bound"].options] == list(BOUNDS)
    assert view.state.counts["accepted"] == 1


def test_what_is_pasted_is_escaped():
    view = ReviewView(
        review_of("<img src=x onerror=alert(1)> 46 <b>firms</b> & $5 million").accept(1)
    )
    shown = view.text.value + view.status.value + view.table.value + view.link.value
    assert "<img" not in shown
    assert "<b>" not in shown


def test_a_notebook_gets_the_plain_twin(view):
    data = view._repr_mimebundle_()
    assert set(data) == {"text/plain", VIEW}
    assert data["text/plain"] == repr(analysis.read(TEXT))
    assert repr(analysis.review(TEXT)) == repr(view)


# the dashboard


def test_a_pasted_text_is_read_and_keeps_its_decisions_in_the_other_language():
    pasted = Pasted()
    pasted.text.value = TEXT
    pasted.button.click()
    pasted.view.take("accept")
    pasted.say_in("zh")
    assert pasted.view.state.counts["accepted"] == 1
    assert pasted.button.description == "读取"
    assert pasted.place.children == (pasted.view.box,)


def test_a_text_that_is_too_long_is_answered_with_a_sentence():
    pasted = Pasted()
    pasted.text.value = "x" * (LONGEST_TEXT + 1)
    pasted.button.click()
    assert "200,001 characters; at most 200,000" in pasted.refused.value
    assert pasted.view is None
    pasted.text.value = "46 firms " + "x" * (LONGEST_TEXT - 9)
    pasted.button.click()
    assert pasted.refused.value == ""
    assert len(pasted.view.state.candidates) == 1


def test_the_dashboard_has_a_section_for_a_briefing(records):
    board = Dashboard(records)
    board.sections.value = BRIEFING
    board.made[BRIEFING].text.value = TEXT
    board.made[BRIEFING].read()
    board.language.value = "zh"
    assert board.made[BRIEFING].view.lang == "zh"
    assert ("读一份简报", BRIEFING) in board.sections.options
