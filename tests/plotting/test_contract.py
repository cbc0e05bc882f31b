"""Every registered chart keeps the contract, in both languages."""

import re

import pytest

from analysis.plotting.layout import WIDE
from analysis.plotting.registry import chart as register
from analysis.records.errors import UnknownIdError
from analysis.themes import theme_of
from analysis.themes.charts import definitions, make_chart
from analysis.words.catalogue import LANGUAGES

CHARTS = [(chart_id, lang) for chart_id in definitions() for lang in LANGUAGES]


@pytest.fixture(scope="module", params=CHARTS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
def chart(request, records):
    return make_chart(request.param[0], records, request.param[1])


def test_languages_do_not_mix(chart):
    text = chart.spec.text(chart.lang)
    words = " ".join([text.headline, text.subtitle, text.note, text.alt, *text.labels.values()])
    if chart.lang == "en":
        assert not re.search(f"[{WIDE}]", words)
    else:
        assert not re.search(r"[A-Za-z]{4,}", words), "English words in a Chinese text"
        assert not re.search(r"[\u4e00-\u9fff][,;:?!()][\u4e00-\u9fff]", words), (
            "half-width punctuation between Chinese characters"
        )


def test_source_line_names_documents_processing_and_licence(chart, records):
    line = chart.sources[chart.lang]
    used = {claim_id.split(".")[0] for claim_id in chart.definition.claims} or (
        set(records.sources["source_id"]) if chart.definition.whole_register else set()
    )
    for source_id in used:
        assert getattr(records.source(source_id), f"short_{chart.lang}") in line
    assert line.startswith({"en": "Source: ", "zh": "资料来源："}[chart.lang])
    assert chart.definition.chart_id in line
    assert "CC\u00a0BY\u00a04.0" in line
    assert any(
        done in line for done in ("As published", "Our calculation", "按所述数字", "本项目计算")
    )


def test_claims_exist_and_values_are_columns(chart, records):
    for claim_id in chart.definition.claims:
        records.claim(claim_id)
    assert set(chart.spec.values) <= set(chart.spec.data.columns)
    rows = len(chart.spec.data)
    assert rows > 0
    assert [*chart.spec.data.index] == [*range(rows)], "rows are numbered as they are shown"
    assert chart.spec.unit


def test_money_says_its_price_basis(chart):
    assert bool(chart.spec.price_basis) == ("CNY" in chart.spec.unit)


def test_text_form_is_deterministic_and_names_data_and_claims(chart, records):
    again = make_chart(chart.definition.chart_id, records, chart.lang)
    assert repr(again) == repr(chart)
    assert chart.spec.digest() in repr(chart)
    assert "0x" not in repr(chart)


def test_making_a_chart_leaves_the_records_as_they_were(chart, records):
    before = records.claims.copy(), records.series.copy()
    make_chart(chart.definition.chart_id, records, chart.lang).figure("notebook")
    assert before[0].equals(records.claims)
    assert before[1].equals(records.series)


def test_ids_are_kebab_case_and_prefix_first():
    for chart_id in definitions():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", chart_id)
        assert theme_of(chart_id)


def test_unknown_chart_names_the_nearest(records):
    with pytest.raises(UnknownIdError, match="canton-fair-break-even"):
        make_chart("canton-fair-breakeven", records)


def test_one_id_cannot_be_defined_twice():
    def another(records):
        raise AssertionError

    with pytest.raises(ValueError, match="defined twice"):
        register(next(iter(definitions())), notebook="x")(another)
