"""Every registered chart keeps the contract, in both languages."""

import re

import matplotlib as mpl
import pytest

from analysis.charts.layout import MARGIN, WIDE
from analysis.charts.registry import chart as register
from analysis.charts.registry import definitions
from analysis.charts.style import SIZES, rc
from analysis.charts.view import make_chart
from analysis.records.errors import UnknownIdError
from analysis.topics import all_findings
from analysis.wording import LANGUAGES

CAUSAL = {
    "en": re.compile(r"\b(caus\w+|lift\w*|creat\w+|thanks to|prov(es?|ed|ing)|led to|boost\w*|generat\w+|due to|because)\b", re.I),
    "zh": re.compile("导致|造成|归功|得益|创造了|证明|促成|推动了|帮助"),
}
CHARTS = [(chart_id, lang) for chart_id in definitions() for lang in LANGUAGES]


@pytest.fixture(scope="module", params=CHARTS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def chart(request, records):
    return make_chart(request.param[0], records, request.param[1])


def test_words_are_there_short_and_not_causal(chart):
    text = chart.spec.text(chart.lang)
    assert all([text.headline, text.subtitle, text.note])
    assert len(text.headline.split()) <= 15 and len(text.headline) <= 90
    for part in (text.headline, text.subtitle, text.alt):
        assert not CAUSAL[chart.lang].search(part), part
    assert 80 <= len(text.alt) <= 400


def test_headline_has_its_number(chart):
    assert re.search(r"\d", chart.spec.text(chart.lang).headline)


def test_languages_do_not_mix(chart):
    text = chart.spec.text(chart.lang)
    words = " ".join([text.headline, text.subtitle, text.note, text.alt, *text.labels.values()])
    if chart.lang == "en":
        assert not re.search(f"[{WIDE}]", words)
    else:
        assert not re.search(r"[A-Za-z]{4,}", words), "English words in a Chinese text"
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff]", words), "half-width punctuation between Chinese characters"


def test_source_line_names_documents_processing_and_licence(chart, records):
    line = chart.sources[chart.lang]
    used = {claim_id.split(".")[0] for claim_id in chart.definition.claims} or (set(records.sources["source_id"]) if chart.definition.whole_register else set())
    for source_id in used:
        assert getattr(records.source(source_id), f"short_{chart.lang}") in line
    assert line.startswith({"en": "Source: ", "zh": "资料来源："}[chart.lang])
    assert chart.definition.chart_id in line and "CC\u00a0BY\u00a04.0" in line
    assert any(done in line for done in ("As published", "Our calculation", "按原文数字", "本项目计算"))


def test_claims_exist_and_values_are_columns(chart, records):
    for claim_id in chart.definition.claims:
        records.claim(claim_id)
    assert set(chart.spec.values) <= set(chart.spec.data.columns)
    assert len(chart.spec.data) > 0 and chart.spec.unit


def test_money_says_its_price_basis(chart):
    assert bool(chart.spec.price_basis) == ("CNY" in chart.spec.unit)


def test_nothing_leaves_the_canvas_and_no_words_overlap(chart):
    size = SIZES["page"]
    with mpl.rc_context(rc()):
        figure = chart.figure("page")
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in _texts(figure)]
    width, height, slack = size.width * size.dpi, size.height * size.dpi, 0.03 * size.dpi
    edge = MARGIN * size.dpi - slack
    for words, box in boxes:
        assert box.x0 >= edge and box.x1 <= width - edge and box.y0 >= edge and box.y1 <= height - edge, words
    for i, (words, box) in enumerate(boxes):
        for other, with_box in boxes[i + 1 :]:
            across = min(box.x1, with_box.x1) - max(box.x0, with_box.x0)
            along = min(box.y1, with_box.y1) - max(box.y0, with_box.y0)
            assert across <= slack or along <= slack, f"{words!r} overlaps {other!r}"


def test_tick_labels_keep_their_distance(chart):
    with mpl.rc_context(rc()):
        figure = chart.figure("page")
        renderer = figure.canvas.get_renderer()
        axis = figure.axes[0].xaxis
        low, high = sorted(axis.get_view_interval())
        shown = [tick.label1 if tick.label1.get_visible() else tick.label2 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
        boxes = sorted((label.get_window_extent(renderer) for label in shown if label.get_text()), key=lambda box: box.x0)
    gaps = [right.x0 - left.x1 for left, right in zip(boxes, boxes[1:], strict=False)]
    assert all(gap > 0.03 * SIZES["page"].dpi for gap in gaps), f"labels stand {min(gaps):.0f} pixels apart"


def _texts(figure):
    import matplotlib.text

    axes = figure.axes[0]
    unseen = set()  # ticks beyond the ends of an axis exist, but are not drawn
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        unseen |= {part for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high for part in (tick.label1, tick.label2)}
    found = [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip() and text.get_visible()]
    return [text for text in found if text not in unseen]


def test_text_form_is_deterministic_and_names_data_and_claims(chart, records):
    again = make_chart(chart.definition.chart_id, records, chart.lang)
    assert repr(again) == repr(chart)
    assert chart.spec.digest() in repr(chart)
    assert "0x" not in repr(chart)


def test_making_a_chart_leaves_the_records_as_they_were(chart, records):
    before = records.claims.copy(), records.series.copy()
    make_chart(chart.definition.chart_id, records, chart.lang).figure("notebook")
    assert before[0].equals(records.claims) and before[1].equals(records.series)


def test_ids_are_kebab_case_and_topic_first(records):
    topics = {one.topic for one in all_findings(records)} | {"register"}
    for chart_id in definitions():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", chart_id)
        assert any(chart_id.startswith(f"{topic}-") for topic in topics)


def test_unknown_chart_names_the_nearest(records):
    with pytest.raises(UnknownIdError, match="canton-fair-break-even"):
        make_chart("canton-fair-breakeven", records)


def test_one_id_cannot_be_defined_twice():
    def another(records):
        raise AssertionError

    with pytest.raises(ValueError, match="defined twice"):
        register(next(iter(definitions())), notebook="x")(another)
