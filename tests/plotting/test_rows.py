"""Rows that charts draw alike, against rows made by hand."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.plotting.marks import curve_axes, log_ticks, whole_years
from analysis.plotting.placement import Label
from analysis.plotting.rows import cross_counts, interval_rows, stacked_rows
from analysis.plotting.spec import ChartSpec, Text

INF = float("inf")
TEXT = Text("headline", "subtitle", "note", "alt")


def spec_of(data, labels, values=("value",)):
    return ChartSpec(data, values, "person", lambda *_: None, TEXT, TEXT, labels=labels)


@pytest.fixture
def axes():
    return Figure().add_subplot()


def arrows(axes):
    """Row and direction of each open end."""
    drawn = (one for one in axes.texts if getattr(one, "arrow_patch", None) is not None)
    return {(one.xy[1], one.xyann[0] > 0) for one in drawn}


def names_of_rows(axes):
    return [one.get_text() for one in axes.get_yticklabels()]


def test_labels_stand_in_both_languages_or_in_each():
    spec = spec_of(pd.DataFrame(), {"x": ("people", "人"), "year": "2021"})
    assert spec.text("en").labels == {"x": "people", "year": "2021"}
    assert spec.text("zh").labels == {"x": "人", "year": "2021"}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"low": 4.0, "high": 6.0}, set()),
        ({"low": 4.0, "high": INF}, {(0, True)}),
        ({"low": 0.0, "high": 6.0}, {(0, False)}),
        ({"low": float("nan"), "high": 6.0}, {(0, False)}),
        ({"low": 4.0, "high": 6.0, "open_ended": "both"}, {(0, True), (0, False)}),
        ({"low": 0.0, "high": 6.0, "open_ended": ""}, set()),
    ],
)
def test_an_arrow_stands_at_each_open_end(axes, row, expected):
    data = pd.DataFrame([{"name": "a", "value": 5.0} | row])
    interval_rows(axes, spec_of(data, {"a": "A", "value:a": "5", "x": "people"}), "en", "name")
    assert arrows(axes) == expected
    assert names_of_rows(axes) == ["A"]
    assert axes.get_xlabel() == "people"


def test_rows_without_a_name_are_known_by_their_place(axes):
    data = pd.DataFrame({"ratio": [1.0, 2.0], "low": [0.5, 1.5], "high": [2.0, 3.0]})
    labels = {"0": "first", "value:0": "one", "1": "second", "value:1": "two", "x": "times"}
    interval_rows(axes, spec_of(data, labels), "en", "Index", values=("ratio", "low", "high"))
    assert names_of_rows(axes) == ["first", "second"]
    assert [one.get_text() for one in axes.findobj(Label)] == ["one", "two"]


def test_counts_of_two_columns_have_their_zeros_and_their_order():
    data = pd.DataFrame({"kind": ["b", "a", "b"], "grade": ["X", "X", "Y"]})
    table, long = cross_counts(data, {"kind": ["a", "b"], "grade": ["Y", "X"]}, "claims")
    assert table.to_numpy().tolist() == [[0, 1], [1, 1]]
    assert long["claims"].tolist() == [0.0, 1.0, 1.0, 1.0]
    assert list(long.columns) == ["kind", "grade", "claims"]


def test_parts_of_a_row_are_added_and_stand_end_to_end(axes):
    data = pd.DataFrame({"row": ["a", "a", "a"], "part": ["p", "q", "p"], "value": [2.0, 3.0, 1.0]})
    labels = {"a": "A", "b": "B", "p": "P", "q": "Q", "x": "claims"}
    colors = {"p": "#111111", "q": "#222222"}
    spec = spec_of(data, labels)
    stacked_rows(axes, spec, "en", ("row", "part"), rows=["a", "b"], colors=colors)
    assert [(one.get_x(), one.get_width()) for one in axes.patches] == [(0.0, 3.0), (3.0, 3.0)]
    assert names_of_rows(axes) == ["A", "B"]


def test_scales_say_their_ticks(axes):
    axes.set(xscale="log", xlim=(1e4, 1e7), ylim=(0, 1))
    log_ticks(axes.xaxis, [1e5, 1e6], "zh")
    curve_axes(axes, {"y": "share"}, "zh", y="percent")
    axes.figure.canvas.draw()
    assert [one.get_text() for one in axes.get_xticklabels()] == ["10万", "100万"]
    assert axes.get_yticklabels()[-1].get_text() == "100%"
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "share")


def test_years_have_no_comma(axes):
    axes.set_xlim(2014, 2016)
    whole_years(axes)
    axes.figure.canvas.draw()
    assert [one.get_text() for one in axes.get_xticklabels()] == ["2014", "2015", "2016"]
