"""A review of candidates: decisions, undo, changed ends, accepted rows, text and chart."""

from __future__ import annotations

import csv
import html
import io
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis
from analysis.exploring.review import (
    ACCEPTED,
    BOUNDS,
    CHANGED,
    COLUMNS,
    FIELDS,
    OPEN,
    REJECTED,
    Decision,
    Review,
    amount,
    changed,
    review_of,
    said,
    unit_words,
)
from analysis.exploring.review_chart import MOST_ROWS
from analysis.exploring.review_html import WINDOW, highlighted
from analysis.reading.model import Candidate
from analysis.records.errors import AnalysisError
from analysis.records.paths import PROJECT
from analysis.words.catalogue import words

TEXT = "County report\n\nSome 1,150 people found work.\nNo more than 450 shops opened; 46 firms signed deals of US$1.7 million."
STEPS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "change", "undo", "move"]), st.integers(1, 4)),
    max_size=12,
)


def page() -> Review:
    return review_of(TEXT)


def after(review: Review, steps: list[tuple[str, int]]) -> Review:
    """The review after steps named by what they do and a candidate."""
    for name, number in steps:
        match name:
            case "undo":
                review = review.undo()
            case "move":
                review = review.move(number)
            case "change":
                review = review.change(number, unit="people asked", period="2023")
            case _:
                review = getattr(review, name)(number)
    return review


# laws


@given(STEPS, st.integers(1, 4), st.sampled_from(["accept", "reject", "change"]))
def test_a_decision_never_changes_another(steps, number, name):
    before = after(page(), steps)
    done = after(before, [(name, number)])
    for place, (one, other) in enumerate(zip(before.decisions, done.decisions, strict=True), 1):
        assert one == other or place == number
    assert done.candidates == before.candidates
    assert done.text == before.text


@given(STEPS, st.integers(1, 4), st.sampled_from(["accept", "reject", "change"]))
def test_undo_restores_what_was_before_a_decision(steps, number, name):
    before = after(page(), steps)
    assert after(before, [(name, number)]).undo() == before


@given(st.lists(st.tuples(st.sampled_from(["accept", "reject", "change"]), st.integers(1, 4))))
def test_as_many_undos_as_decisions_lead_to_the_beginning(steps):
    assert after(after(page(), steps), [("undo", 0)] * len(steps)) == page()


@given(STEPS)
def test_what_is_taken_along_is_what_was_accepted(steps):
    review = after(page(), steps)
    taken = [one.candidate for one in review.decisions if one.status in (ACCEPTED, CHANGED)]
    assert [row["start"] for row in review.accepted] == [one.start for one in taken]
    assert sum(review.counts.values()) == len(review.candidates)
    assert 1 <= review.at <= len(review.candidates)
    assert len(list(csv.reader(io.StringIO(review.csv())))) == len(taken) + 1


@given(
    st.sampled_from(BOUNDS),
    st.floats(-1e15, 1e15).map(lambda number: round(number, 3)),
    st.sampled_from(BOUNDS),
)
def test_ends_fit_their_bound_whatever_it_was(before, value, bound):
    one = changed(Candidate(0, 1, "", value, value, "exact"), {})
    if before != "range":
        one = changed(one, {"bound": before})
    if bound == "range":
        with pytest.raises(AnalysisError, match="a range needs two numbers"):
            changed(one, {"bound": bound})
        return
    made = changed(one, {"bound": bound})
    assert {made.low, made.high} - {None} == {value}
    assert (made.low is None) == (bound in ("fewer_than", "nearly", "at_most"))
    assert (made.high is None) == (bound in ("more_than", "at_least"))


@given(st.text(max_size=200))
def test_any_text_is_shown_escaped_and_in_full(text):
    shown = highlighted(review_of(f"{text} 46 firms <script>"))
    assert "<script>" not in shown
    body = re.search(r'<div class="review-text[^>]*>(.*)</div><p', shown, re.S)[1]
    plain = html.unescape(re.sub(r"<sup>[^<]*</sup>|<[^>]*>", "", body))
    assert plain == f"{text} 46 firms <script>"


# known answers


def test_the_current_candidate_is_the_next_open_one():
    review = page()
    assert len(review.candidates) == 4
    assert review.at == 1
    assert review.accept().at == 2
    assert review.go(4).reject().at == 1
    assert review.accept(2).go(1).accept().at == 3
    assert review.accept(1, 2, 3, 4).at == 4
    assert review.move(-1).at == 4


def test_candidates_are_named_by_number_or_figure():
    review = page().accept("1,150").reject(2).change("46", unit="enterprises")
    assert [one.status for one in review.decisions] == [ACCEPTED, REJECTED, CHANGED, OPEN]
    assert review.counts == {"open": 1, "accepted": 1, "changed": 1, "rejected": 1}
    for wrong, told in {
        5: "no candidate 5; allowed are 1 to 4",
        "47": "holds no candidate '47'",
    }.items():
        with pytest.raises(AnalysisError, match=told):
            review.accept(wrong)
    with pytest.raises(AnalysisError, match="holds 2 candidates '46'"):
        review_of("46 firms and 46 shops").accept("46")


def test_a_text_without_figures_holds_nothing_to_decide():
    review = review_of("Nothing to see.")
    assert (review.at, review.current, review.accepted, review.move(1)) == (0, None, [], review)
    assert review.undo() == review
    with pytest.raises(AnalysisError, match="no candidate to decide on"):
        review.accept()


def test_a_change_to_what_was_read_is_an_acceptance():
    review = page().change(1, low="1,150", bound="about", counted=page().candidates[0].counted)
    assert review.decisions[0].status == ACCEPTED
    assert page().change(1, low="1,200").decisions[0].candidate.high == 1200


@pytest.mark.parametrize(
    ("before", "fields", "wanted"),
    [
        (("exact", 5, 5), {"low": "6"}, (6, 6)),
        (("exact", 5, 5), {"bound": "range", "high": 7}, (5, 7)),
        (("range", 5, 7), {"bound": "at_least"}, (5, None)),
        (("range", 5, 7), {"bound": "at_most"}, (None, 7)),
        (("range", 5, 7), {"bound": "exact", "low": 6, "high": 6}, (6, 6)),
        (("more_than", 5, None), {"bound": "exact"}, (5, 5)),
        (("more_than", 5, None), {"high": 9, "bound": "fewer_than", "low": None}, (None, 9)),
        (("exact", 5, 5), {"low": "7.71 million", "high": "771万"}, (7.71e6, 7.71e6)),
    ],
)
def test_changed_ends(before, fields, wanted):
    bound, low, high = before
    made = changed(Candidate(0, 1, "", low, high, bound), fields)
    assert (made.low, made.high) == wanted


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"low": 9}, "a range needs two numbers: low below high"),
        ({"bound": "exact"}, "'exact' has one number"),
        ({"bound": "at_least", "low": 1, "high": 2}, "'at_least' has one number"),
        ({"low": None, "high": ""}, "a figure needs a number"),
        ({"low": "many"}, "'many' is no amount"),
        ({"low": "3 of 4"}, "'3 of 4' is no amount"),
        ({"high": "inf"}, "'inf' is no amount"),
        ({"bound": "roughly"}, "'roughly' is no bound; allowed are exact, about"),
        ({"kind": "money"}, "'kind' cannot be changed; allowed are low, high"),
    ],
)
def test_a_change_that_cannot_be_is_refused(fields, told):
    with pytest.raises(AnalysisError, match=re.escape(told)):
        changed(Candidate(0, 1, "", 5, 7, "range"), fields)


@pytest.mark.parametrize(
    ("unit", "kind", "currency"),
    [
        ("CNY", "money", "CNY"),
        ("persons", "count", ""),
        ("percent", "share", ""),
        ("", "number", ""),
    ],
)
def test_kind_and_currency_follow_the_unit(unit, kind, currency):
    one = Candidate(0, 1, "", 5, 5, "exact", "USD", "USD", kind="money")
    made = changed(one, {"unit": unit})
    assert (made.kind, made.currency) == (kind, currency)


def test_amounts():
    assert [amount(one) for one in ("12,400", 3, "", None)] == [12400, 3, None, None]


def test_accepted_rows_have_their_columns_and_paragraph():
    review = page().accept(1, 4)
    assert list(review.frame) == list(COLUMNS)
    assert [row["paragraph"] for row in review.accepted] == [2, 3]
    money = review.accepted[1]
    assert (money["low"], money["unit"], money["currency"]) == (1.7e6, "USD", "USD")
    assert TEXT[money["start"] : money["end"]] == "US$1.7 million"


def test_csv_is_read_by_machines_and_run_by_no_spreadsheet():
    review = review_of("46 firms; no more than 450 shops").accept(2)
    review = review.change(1, counted="=HYPERLINK(1)", low=66.5)
    first, second = csv.DictReader(io.StringIO(review.csv()))
    assert (first["low"], first["high"], first["counted"]) == ("66.5", "66.5", "'=HYPERLINK(1)")
    assert (second["low"], second["high"]) == ("", "450")


def test_large_and_long_numbers_keep_their_digits_in_csv():
    review = page().change(1, low=1_234_567_890_123, bound="exact")
    (row,) = csv.DictReader(io.StringIO(review.csv()))
    assert float(row["low"]) == 1_234_567_890_123


# how it is shown


def test_the_text_of_a_review_repeats_and_says_each_status():
    review = page().accept(1).reject(2).change(3, unit="enterprises")
    assert repr(review) == repr(after(page(), []).accept(1).reject(2).change(3, unit="enterprises"))
    for sign in "?✓✎✗":
        assert sum(line[5:6] == sign for line in repr(review).splitlines()) == 1
    assert repr(review).startswith("Candidate 4 of 4: 1 accepted, 1 changed, 1 rejected, 1 open")


def test_marks_have_a_sign_and_a_class_and_the_current_one_a_frame():
    shown = highlighted(page().accept(1).reject(2))
    assert '<mark class="accepted"' in shown
    assert "<sup>1✓</sup>" in shown
    assert '<mark class="rejected"' in shown
    assert '<mark class="open current" aria-current="true"' in shown
    assert shown.count('aria-current="true"') == 1
    for status in words("review.status", "en").values():
        assert status in shown


def test_a_long_text_is_shown_around_the_current_candidate():
    line = "46 firms signed and nothing else happened here.\n"
    review = review_of(line * 1000)
    for at in (1, 500, 1000):
        shown = highlighted(review.go(at))
        assert len(shown) < 12 * WINDOW
        assert shown.count('aria-current="true"') == 1
        assert "more characters of the text" in shown
    assert "more characters" not in highlighted(review_of(line))


@pytest.mark.parametrize("bound", BOUNDS)
def test_every_bound_is_said_in_both_languages(bound):
    one = Candidate(0, 1, "", 5.0, 7.0, bound, "persons")
    assert re.search(r"\d", said(one, "en"))
    assert said(one, "zh").endswith("人")


def test_changeable_fields_have_words():
    for lang in ("en", "zh"):
        assert set(FIELDS) <= words("review", lang).keys()


# the chart


def test_the_chart_shows_accepted_figures_of_one_unit_with_their_ends():
    review = review_of(
        "Some 1,150 people came; no fewer than 3,000 people stayed; fewer than 90 people left; pay was 4,500 yuan a month."
    )
    chart = review.accept(*review.open).chart("persons")
    ends = chart.spec.data.set_index("item")[["value", "low", "high"]].T.to_dict("list")
    assert ends == {"1": [1150, 1145, 1155], "2": [3000, 3000, math.inf], "3": [90, 0, 90]}
    assert "3 accepted figures in persons" in chart.spec.en.headline
    assert "人" in chart.spec.zh.headline
    assert chart._repr_mimebundle_()[0]["image/png"][:4] == b"\x89PNG"
    assert review.accept(4).chart().spec.data["value"].tolist() == [4500]
    assert review.accept(4).chart("CNY per month").spec.en.labels["x"] == "yuan per month"
    shown = review.accept(4).chart(source="a page of the county")
    assert shown.sources["en"].startswith("Source: a page of the county, paragraphs 1;")
    with pytest.raises(AnalysisError, match=r"no figure in USD is accepted; there are: persons"):
        review.accept(1).chart("USD")
    with pytest.raises(AnalysisError, match="there are: none"):
        review.chart()


def test_a_chart_of_many_rows_or_of_unknown_letters_is_drawn():
    text = "".join(f"ꙮꙮ {n} firms ꙮ; " for n in range(100, 140))
    review = review_of(text)
    chart = review.accept(*review.open).chart()
    assert len(chart.spec.data) == MOST_ROWS
    assert chart.spec.en.labels["1"] == "1."
    assert chart.figure("notebook")


def test_about_nothing_has_no_last_digit():
    review = Review(
        "0",
        (one := Candidate(0, 1, "0", 0.0, 0.0, "about", "times"),),
        (Decision(ACCEPTED, one),),
        1,
    )
    assert review.chart().spec.data[["low", "high"]].iloc[0].tolist() == [0, 0]


# the verbs


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_file_is_read_in_its_encoding(tmp_path, encoding):
    path = tmp_path / "page.txt"
    text = "全县累计培训农民1.24万人，其中不少于3000人开设网店，带动就业增收，成效明显。"
    path.write_bytes(text.encode(encoding))
    for given_as in (path, str(path)):
        assert analysis.read(given_as).text == text
    assert [one.low for one in analysis.read(path).candidates] == [12400, 3000]


def test_a_page_of_the_web_is_read_without_its_markup(tmp_path):
    path = tmp_path / "page.html"
    words = "In 2023 some 1,150 people of the county found work through its new offices. " * 3
    path.write_text(f"<html><body><article><p>{words}</p></article></body></html>", "utf-8")
    assert "<p>" not in analysis.read(path).text
    assert {one.low for one in analysis.read(str(path)).candidates} == {1150}


def test_a_text_is_no_file_and_a_missing_file_is_said(tmp_path):
    assert analysis.read("see page.txt").text == "see page.txt"
    with pytest.raises(AnalysisError, match="cannot read"):
        analysis.read("missing.txt")
    with pytest.raises(AnalysisError, match="unknown language"):
        analysis.read("46 firms", "fr")


def test_the_table_of_a_chinese_page_holds_no_english():
    path = PROJECT / "data" / "practice" / "briefing_zh.txt"
    assert re.findall("[A-Za-z]+", repr(analysis.read(path, "zh"))) == []
    units = ("firms", "shops", "townships", "person-times", "households", "days", "sheep")
    assert [unit_words(one, "zh") for one in units] == [
        *("家企业", "家网店", "个乡镇", "人次", "户", "天"),
        "sheep",  # no table knows it
    ]
