"""Every chart in both languages, drawn once at a size: apart, readable, real text, its number on the marks."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, QuadMesh
from matplotlib.colors import to_hex, to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Annotation, Text
from pypdf import PdfReader

from analysis.plotting import style
from analysis.plotting.fitting import fit, give_room
from analysis.plotting.layout import MARGIN, OPENING
from analysis.plotting.marks import interval, label, numbers_on, open_end, put, row_labels, stack
from analysis.plotting.pictures import written
from analysis.plotting.placement import Place
from analysis.plotting.style import SIZES, rc
from analysis.plotting.svg import SVG
from analysis.themes import themes
from analysis.themes.charts import charts_of, definitions, make_chart
from analysis.words.catalogue import LANGUAGES

NAMED = [size for size in SIZES if size not in style.ON_SCREEN]
OTHERS = [(size, "framed") for size in ("phone", *NAMED) if size != "page"]
OTHERS += [("column", "plain"), ("page", "plain")]
SLACK = 0.005  # inches
# of the letters' height, above and below: boxes of lines are taller than the letters in them
TRIM = 0.1
TICKS_APART, TURNED_APART = 0.03, 0.01  # inches
LEAST = (0.3, 0.2)  # axes as parts of the canvas
FAINT = 0.15  # opacity of a background, on which words may stand
THICK = 3  # points: a line so thick is a bar
PALETTE = np.array(
    [to_rgb(one) for one in (*style.STATUS.values(), *style.CATEGORIES, style.MUTED, style.INK)]
)
STEMS = [one.folder for one in themes()]


def of_theme(records, stem: str) -> tuple[str, ...]:
    definitions()
    return charts_of(next(one for one in themes() if one.folder == stem), records)


@pytest.mark.parametrize("stem", STEMS)
def test_every_chart_of_a_theme_is_readable(records, stem):
    before = records.claims.copy(), records.series.copy()
    assert problems(records, stem, "page", "framed") == []
    assert before[0].equals(records.claims)
    assert before[1].equals(records.series)


@pytest.mark.full
@pytest.mark.parametrize(("size", "variant"), OTHERS)
@pytest.mark.parametrize("stem", STEMS)
def test_every_chart_of_a_theme_is_readable_at_every_size(records, stem, size, variant):
    assert problems(records, stem, size, variant) == []


def problems(records, stem: str, size: str, variant: str) -> list[str]:
    """What is wrong with the charts of a theme at one size; each is drawn once."""
    found = []
    for chart_id, lang in itertools.product(of_theme(records, stem), LANGUAGES):
        chart = make_chart(chart_id, records, lang)
        figure = chart.figure(size, variant)
        with mpl.rc_context(rc()):
            wrong = [*faults(figure), *small(figure), *in_files(chart, figure, size)]
            wrong += unsaid(chart, figure) if variant == "framed" else []
        found += [f"{chart_id} {lang} {size} {variant}: {one}" for one in wrong]
    return found


def small(figure):
    """Words smaller than the medium allows, in the finished picture."""
    size = figure.size
    for text in shown_texts(figure):
        seen = size.letters(text.get_fontsize())
        if seen < size.floor - 0.05:
            yield f"{text.get_text()!r} is {seen:.1f} {size.unit} high, less than {size.floor:g}"


def squeezed_out(text: str) -> str:
    return re.sub(r"\s+", "", text)


def in_files(chart, figure, size):
    """Words that a file does not have as text, in letters of the size that they should have."""
    wanted = {line for text in shown_texts(figure) for line in text.get_text().split("\n")}
    made = written(chart, figure, ["svg", "pdf"] if size == "page" else ["svg"])
    root = ET.fromstring(made["svg"])
    texts = {}
    for one in root.iter(f"{SVG}text"):
        points = float(re.search(r"([\d.]+)px", one.get("style"))[1])
        texts["".join(one.itertext())] = figure.size.letters(points)
    for line in sorted(wanted - {""}):
        if line.strip() and line.strip() not in {known.strip() for known in texts}:
            yield f"{line!r} is no text in SVG"
    if min(texts.values()) < figure.size.floor - 0.05:
        yield f"letters of {min(texts.values()):.1f} {figure.size.unit} in SVG"
    if [one.get("id") for one in root.find(f"{SVG}g")][-4:] != GROUPS:
        yield "the groups of the SVG are others"
    if "pdf" in made:
        (page,) = PdfReader(io.BytesIO(made["pdf"])).pages
        said = squeezed_out(page.extract_text())
        for line in sorted(wanted):
            if squeezed_out(line) not in said:
                yield f"{line!r} is no text in PDF"


GROUPS = ["headline", "marks", "labels", "notes"]
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
YEAR = r"(?:19|20)\d\d"


def unsaid(chart, figure):
    """Numbers of the headline that no mark, label or tick shows; years and what names the data apart."""
    framing = set(figure.texts)
    drawn = " ".join(text.get_text() for text in shown_texts(figure) if text not in framing)
    shown = set(re.findall(NUMBER, drawn))
    for number in re.findall(NUMBER, chart.spec.text(chart.lang).headline):
        if number not in shown and not re.fullmatch(YEAR, number):
            yield f"the headline's {number} is not drawn"


def faults(figure: Figure) -> list[str]:
    """What is wrong with a figure, in words."""
    with mpl.rc_context(rc()):
        if figure.axes[0].get_legend():
            figure.draw_without_rendering()  # a legend takes its place when it is drawn
        words = [(text, letters(text)) for text in shown_texts(figure)]
        found = [
            check(figure, words)
            for check in (leaving, overlapping, hidden, struck, crowded, squeezed, foreign_colours)
        ]
        return [fault for each in found for fault in each]


def shown_texts(figure):
    unseen = set()  # ticks beyond the ends of an axis exist, but are not drawn
    for axis in (figure.axes[0].xaxis, figure.axes[0].yaxis):
        axis.get_majorticklabels()
        low, high = sorted(axis.get_view_interval())
        unseen |= {
            part
            for tick in axis.get_major_ticks()
            if not low <= tick.get_loc() <= high
            for part in (tick.label1, tick.label2)
        }
    return [
        text
        for text in figure.findobj(Text)
        if text.get_text().strip() and text.get_visible() and text not in unseen
    ]


def box(artist) -> np.ndarray:
    """Left, bottom, right, top in inches."""
    return np.array(artist.get_window_extent().extents) / artist.get_figure(root=True).dpi


def letters(text) -> np.ndarray:
    trim = TRIM * text.get_fontsize() / 72
    return box(text) + (
        np.array([0, trim, 0, -trim]) if text.get_rotation() == 0 else np.array([trim, 0, -trim, 0])
    )


def overlaps(boxes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Inches by which each pair of boxes overlaps, in the direction where it overlaps least."""
    low, high = (
        np.maximum(boxes[:, None, :2], others[None, :, :2]),
        np.minimum(boxes[:, None, 2:], others[None, :, 2:]),
    )
    return (high - low).min(axis=2)


def leaving(figure, words):
    width, height = figure.get_size_inches()
    edge = MARGIN - 0.03
    for text, at in words:
        hung = at[0] + text.get_fontsize() / 144 if text.get_text()[:1] in OPENING else at[0]
        if hung < edge or at[1] < edge or at[2] > width - edge or at[3] > height - edge:
            yield f"{text.get_text()!r} leaves the canvas"
    for text in figure.axes[0].texts:
        if isinstance(text, Annotation) and text.arrow_patch is not None:
            text.get_window_extent()  # brings the arrow to its place
            left, low, right, top = box(text.arrow_patch)
            if left < 0 or low < 0 or right > width or top > height:
                yield f"an arrow leaves the canvas at {right:.2f} by {top:.2f}"


def overlapping(figure, words):
    boxes = np.array([at for _, at in words])
    for one, other in np.argwhere(np.triu(overlaps(boxes, boxes) > SLACK, 1)):
        yield f"{words[one][0].get_text()!r} overlaps {words[other][0].get_text()!r}"


def marks(axes) -> np.ndarray:
    """Boxes of dots and bars, in inches."""
    inch, found = axes.figure.dpi, []
    for line in axes.lines:
        points = line.get_transform().transform(line.get_xydata()) / inch
        if line.get_marker() not in ("None", None, "", " "):
            half = line.get_markersize() / 144
            found += [np.array([x - half, y - half, x + half, y + half]) for x, y in points]
        if line.get_linewidth() >= THICK and line.get_linestyle() != "None":
            half, (low, high) = line.get_linewidth() / 144, (points.min(axis=0), points.max(axis=0))
            level = (
                np.array([0, half])
                if np.ptp(points[:, 0]) > np.ptp(points[:, 1])
                else np.array([half, 0])
            )
            found.append(np.concatenate([low - level, high + level]))
    bars = [
        patch
        for patch in axes.patches
        if isinstance(patch, Rectangle) and (patch.get_alpha() or 1) > FAINT
    ]
    return np.array(found + [box(patch) for patch in bars]).reshape(-1, 4)


def hidden(figure, words):
    """Words over a dot or a bar, unless they stand in it; white ones always do."""
    dark, found = (
        [(text, at) for text, at in words if to_hex(text.get_color()) != "#ffffff"],
        marks(figure.axes[0]),
    )
    boxes = np.array([at for _, at in dark]).reshape(-1, 4)
    middle, wide = (
        (boxes[:, None, :2] + boxes[:, None, 2:]) / 2,
        boxes[:, None, 2] - boxes[:, None, 0],
    )
    held = ((middle > found[None, :, :2]) & (middle < found[None, :, 2:])).all(axis=2) & (
        wide <= 1.2 * (found[None, :, 2] - found[None, :, 0])
    )
    for one, _ in np.argwhere((overlaps(boxes, found) > SLACK) & ~held):
        yield f"{dark[one][0].get_text()!r} lies over a dot or bar"


def struck(figure, words):
    """Direct labels with a line through the middle of their letters along two fifths of their length."""
    axes = figure.axes[0]
    labels = [
        (text, at)
        for text, at in words
        if isinstance(text, Annotation) and to_hex(text.get_color()) != "#ffffff"
    ]
    for line in axes.lines:
        if line.get_linestyle() == "None" or line.get_linewidth() >= THICK:
            continue
        points = line.get_transform().transform_path(line.get_path()).vertices / figure.dpi
        points = points[np.isfinite(points).all(axis=1)]
        for (text, at), (start, end) in itertools.product(labels, itertools.pairwise(points)):
            (x0, y0), (x1, y1) = sorted([tuple(start), tuple(end)])
            if x0 == x1 or x0 >= at[2] or x1 <= at[0]:
                continue
            x = np.linspace(at[0], at[2], 40)
            y = np.interp(x[(x >= x0) & (x <= x1)], [x0, x1], [y0, y1])
            quarter = (at[3] - at[1]) / 4
            if np.sum((y > at[1] + quarter) & (y < at[3] - quarter)) > 16:
                yield f"{text.get_text()!r} is struck through"


def crowded(figure, words):
    axis = figure.axes[0].xaxis
    low, high = sorted(axis.get_view_interval())
    ticks = [
        tick.label1 if tick.label1.get_visible() else tick.label2
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high
    ]
    boxes = sorted((letters(tick) for tick in ticks if tick.get_text()), key=lambda at: at[0])
    apart = TURNED_APART if any(tick.get_rotation() for tick in ticks) else TICKS_APART
    for left, right in itertools.pairwise(boxes):
        if right[0] - left[2] < apart:
            yield f"two ticks stand {right[0] - left[2]:.3f} inches apart"


def squeezed(figure, words):
    axes = box(figure.axes[0])
    parts = (axes[2:] - axes[:2]) / figure.get_size_inches()
    if (parts < LEAST).any():
        yield f"the axes fill {parts[0]:.0%} by {parts[1]:.0%} of the canvas"


def foreign_colours(figure, words):
    """Colours that are neither of the palette, nor white, nor a mixture of white and one of the palette."""
    drawn = np.unique(np.concatenate([painted(artist) for artist in figure.findobj()]), axis=0)
    seen = drawn[drawn[:, 3] > 0, :3]
    towards, white = PALETTE - 1, np.ones(3)
    part = np.clip(((seen[:, None] - white) * towards).sum(axis=2) / (towards**2).sum(axis=1), 0, 1)
    nearest = np.abs(white + part[:, :, None] * towards - seen[:, None]).max(axis=2)
    for colour in seen[nearest.min(axis=1) > 1.5 / 255]:
        yield f"{to_hex(colour)} is no colour of the palette"
    inked = seen.min(axis=1) < 1  # white is no colour
    if len(set(nearest[inked].argmin(axis=1))) > 6:
        yield "more than six colours"


def painted(artist) -> np.ndarray:
    """Colours of an artist that is drawn, as rows of red, green, blue and opacity."""
    if not artist.get_visible() or artist.get_alpha() == 0:
        return np.zeros((0, 4))
    found: list = []
    if isinstance(artist, Text):
        found = [artist.get_color()] if artist.get_text() else []
    elif isinstance(artist, Line2D):
        found = [artist.get_color()] if artist.get_linestyle() != "None" else []
        found += (
            [artist.get_markerfacecolor(), artist.get_markeredgecolor()]
            if artist.get_marker() not in ("None", None, "", " ")
            else []
        )
    elif isinstance(artist, Patch):
        found = [artist.get_facecolor()] + (
            [artist.get_edgecolor()] if artist.get_linewidth() else []
        )
    elif isinstance(artist, Collection):
        if isinstance(artist, QuadMesh):
            artist.update_scalarmappable()
        found = [*artist.get_facecolor(), *artist.get_edgecolor()]
    return to_rgba_array(found) if found else np.zeros((0, 4))


# the checks and the placing of labels, on figures made by hand


def figure_with(draw) -> Figure:
    """A bare figure of a page's size on which ``draw(axes)`` has put something; nothing is moved or fitted."""
    with mpl.rc_context(rc()):
        figure = Figure(figsize=(6, 4), dpi=100)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.15, 0.15, 0.7, 0.7))
        axes.set_xlim(0, 10)
        axes.set_ylim(0, 10)
        draw(axes)
    return figure


def fitted(draw) -> Figure:
    figure = figure_with(draw)
    with mpl.rc_context(rc()):
        give_room(figure.axes[0], MARGIN, 4 - MARGIN)
        fit(figure, figure.axes[0], MARGIN, 4 - MARGIN)
    return figure


PLANTED = {
    "leaves": lambda axes: label(axes, 9.5, 5, "a label much too long for its place", ha="left"),
    "an arrow leaves": lambda axes: open_end(axes, (10, 5), (80, 0)),
    "overlaps": lambda axes: [label(axes, 5, 5, "one label"), label(axes, 5.2, 5, "another")],
    "lies over a dot": lambda axes: [
        axes.plot([5], [5], "o", markersize=6),
        label(axes, 5, 5, "a label", offset=(0, 0), va="center"),
    ],
    "struck": lambda axes: [
        axes.plot([0, 10], [5, 5]),
        label(axes, 5, 5, "a label", offset=(0, 0), va="center"),
    ],
    "ticks stand": lambda axes: axes.set_xticks(
        [1, 2], ["a tick with words", "another with words"]
    ),
    "the axes fill": lambda axes: axes.set_position((0.4, 0.4, 0.2, 0.2)),
    "no colour of the palette": lambda axes: axes.plot([1, 2], [1, 2], color="#00FF00"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    assert any(fault in one for one in faults(figure_with(PLANTED[fault]))), fault


def test_a_figure_in_order_has_no_fault():
    def draw(axes):
        axes.plot([2, 5], [5, 5], "o", color=style.CALCULATED, markersize=6, linestyle="none")
        axes.axvspan(7, 8, color=style.MUTED, alpha=0.1, linewidth=0)
        label(axes, 2, 5, "a label")
        label(axes, 7.5, 5, "on a background")

    assert faults(figure_with(draw)) == []


def words_of(figure, start: str) -> np.ndarray:
    return next(box(text) for text in figure.axes[0].texts if text.get_text().startswith(start))


def test_long_labels_shrink_the_axes_and_stay_inside():
    def draw(axes):
        for y in range(3):
            interval(
                axes,
                y,
                2 + 3 * y,
                (1 + 3 * y, 3 + 3 * y),
                text="a label of this row, with many words",
            )
        row_labels(axes, ["one", "two", "three"])

    figure = fitted(draw)
    assert faults(figure) == []
    assert words_of(figure, "a label")[0] > box(figure.axes[0])[0]


def test_a_label_moves_to_the_other_side_if_its_place_is_taken():
    def draw(axes, taken):
        axes.plot([2], [5], "o", color=style.CALCULATED)
        if taken:
            axes.plot([2.4], [5], "o", color=style.MUTED, markersize=10)
        label(axes, 2, 5, "label", offset=(9, 0), ha="left", va="center")

    free, moved = (fitted(lambda axes, taken=taken: draw(axes, taken)) for taken in (False, True))
    assert faults(moved) == []
    dots = [figure.axes[0].transData.transform((2, 5))[0] / figure.dpi for figure in (free, moved)]
    assert words_of(free, "label")[0] > dots[0]
    assert words_of(moved, "label")[2] < dots[1]


def test_labels_at_the_ends_of_curves_keep_their_order():
    def draw(axes):
        for y in (5.0, 5.2, 5.1, 5.3):
            axes.plot([0, 10], [0, y], color=style.CALCULATED)
            label(axes, 10, y, f"curve to {y}", offset=(5, 0), ha="left", va="center")

    figure = fitted(draw)
    assert faults(figure) == []
    heights = [words_of(figure, f"curve to {y}")[1] for y in (5.0, 5.1, 5.2, 5.3)]
    assert heights == sorted(heights)


def test_names_of_rows_make_room_for_labels_that_reach_out():
    def draw(axes):
        row_labels(axes, ["a row", "another row"])
        for y in range(2):
            axes.plot([0.2], [y], "o", color=style.CALCULATED)
            label(axes, 0.2, y, "said before it", offset=(-7, 0), ha="right", va="center")

    figure = fitted(draw)
    assert faults(figure) == []
    assert all(
        box(text)[2] < figure.axes[0].transData.transform((0.2, 0))[0] / figure.dpi
        for text in figure.axes[0].texts
    )


def test_ticks_of_a_scale_become_fewer_and_ticks_with_words_stay():
    def draw(axes):
        axes.set_xlim(0, 400e6)
        numbers_on(axes.xaxis, "en")

    crowd = figure_with(
        lambda axes: [
            draw(axes),
            axes.set_position((0.15, 0.15, 0.34, 0.7)),
            axes.set_xticks(range(0, 400_000_001, 25_000_000)),
        ]
    )
    assert any("ticks stand" in one for one in faults(crowd))
    assert faults(fitted(draw)) == []
    words = fitted(
        lambda axes: axes.set_xticks(
            [1, 2, 3], ["some words here", "more words here", "and words here"]
        )
    )
    assert len(words.axes[0].get_xticks()) == 3
    assert any("ticks stand" in one for one in faults(words))


def test_parts_of_a_bar_say_their_number_without_those_that_are_nothing():
    parts = [(2, style.REPORTED), (0, style.MUTED), (3, style.CALCULATED)]
    figure = fitted(lambda axes: stack(axes, 5, parts))
    assert [text.get_text() for text in figure.axes[0].texts] == ["2", "3"]


def test_a_label_needs_a_place_on_the_chart():
    with pytest.raises(ValueError, match="inf"):
        put(
            figure_with(lambda axes: None).axes[0],
            "words",
            [Place((float("inf"), 1), (0, 0), "left", "top")],
        )
