"""Boxes of words: those that are remembered are those that matplotlib measures."""

import matplotlib as mpl
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from analysis.plotting.marks import label, numbers_on
from analysis.plotting.style import rc
from analysis.plotting.text_boxes import TextBoxes, shown_ticks, union
from analysis.themes.charts import definitions, make_chart

ONE_EACH = {
    one.notebook: name for name, one in definitions().items()
}  # the last chart of each notebook
MORE = (
    "audit-tile-map",
    "measures-heat-map",
    "context-denominators",
    "labor-net-uplift",
)  # ticks above, rows, an axis from a scale


@pytest.fixture
def axes():
    with mpl.rc_context(rc()):
        figure = Figure(figsize=(6, 4), dpi=100)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.2, 0.2, 0.6, 0.6))
        axes.set_xlim(0, 10)
        axes.set_ylim(0, 10)
        yield axes


@pytest.mark.parametrize("chart_id", sorted({*ONE_EACH.values(), *MORE}))
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_hull_is_what_matplotlib_finds(records, chart_id, lang):
    with mpl.rc_context(rc()):
        axes = make_chart(chart_id, records, lang).figure("page").axes[0]
        measured = TextBoxes(axes)
        for box in (
            (0.2, 0.3, 0.6, 0.5),
            (0.25, 0.3, 0.5, 0.4),
        ):  # the second time everything is remembered
            axes.set_position(box)
            found = measured.hull(measured.ticks(axes.xaxis), measured.ticks(axes.yaxis))
            wanted = axes.get_tightbbox(axes.figure.canvas.get_renderer()).extents
            assert found == pytest.approx(tuple(wanted), abs=1e-6)


def test_a_text_that_moves_or_changes_has_another_box(axes):
    label(axes, 2, 2, "some words")
    text, measured = axes.texts[0], TextBoxes(axes)
    before = measured.of(text)
    text.stand(text.places[1])
    moved = measured.of(text)
    text.set_text("other and more words")
    changed = measured.of(text)
    assert before != moved
    assert changed[2] - changed[0] > 1.2 * (moved[2] - moved[0])
    assert changed == pytest.approx(tuple(Text.get_window_extent(text).extents))


def test_a_text_is_laid_out_once(axes, monkeypatch):
    label(axes, 2, 2, "some words")
    text, measured, calls = axes.texts[0], TextBoxes(axes), []
    real = Text.get_window_extent
    monkeypatch.setattr(
        Text, "get_window_extent", lambda self, *rest: calls.append(self) or real(self, *rest)
    )
    boxes = []
    for left in (0.2, 0.3, 0.4):
        axes.set_position((left, 0.2, 0.5, 0.6))
        boxes.append(measured.of(text))
    assert calls == [text]
    steps = [box[0] - boxes[0][0] for box in boxes]
    assert steps == pytest.approx([0, 60, 120]), "a tenth of 600 pixels each time"


def test_ticks_beyond_the_ends_are_not_seen_and_those_at_the_ends_are(axes):
    numbers_on(axes.xaxis, "en")
    axes.set_xticks([-1, 0, 0.1 + 0.2, 5, 10.000000000001, 11])  # which widens the axis
    axes.set_xlim(0, 10)
    assert len(shown_ticks(axes.xaxis)) == 4
    axes.set_xlim(10, 0)
    assert len(shown_ticks(axes.xaxis)) == 4, "an axis may run the other way"


def test_a_legend_outside_belongs_to_the_chart(axes):
    axes.plot([1, 2], [1, 2], label="a line")
    measured = TextBoxes(axes)
    bare = measured.hull([], [])
    legend = axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    full = TextBoxes(axes).hull([], [])
    assert full[2] == pytest.approx(legend.get_tightbbox().x1)
    assert full[2] > bare[2]


def test_union_of_boxes():
    assert union([(0.0, 0.0, 1.0, 1.0), (0.5, -1.0, 0.75, 3.0)]) == (0.0, -1.0, 1.0, 3.0)
