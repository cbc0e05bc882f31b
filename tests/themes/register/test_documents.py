"""Documents on charts: their number is counted, and a new one has a name at once."""

import csv

import pytest
from chart_support import support_of
from chart_word_rules import problems

from analysis.plotting.pictures import pictures
from analysis.records.load import load
from analysis.themes.charts import definitions, make_chart
from analysis.themes.claims_audit import findings as audit
from analysis.themes.measures.charts import DOCUMENTS
from analysis.themes.register.charts_documents import NAMES, document_names, documents

ENGLISH, HAN = (
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    "零一两三四五六七八九",
)
REGISTER = [name for name, one in definitions().items() if one.notebook == "01_claims_register"]


@pytest.fixture
def one_more(data_copy):
    """Records with a sixth document and a claim of it."""
    for file, key, new, changed in (
        (
            "sources.csv",
            "hunan-2017",
            "one-more-document",
            {
                "short_en": "Trial report, May 2019",
                "short_zh": "试验报告，2019年5月",
                "event_date": "2019-05-02",
                "page_date": "2019-05-03",
                "text_file": "trial.txt",
                "text_sha256": "0" * 64,
                "url": "https://example.org/trial",
            },
        ),
        (
            "claims.csv",
            "scio-2021.labor-people",
            "one-more-document.people-sent",
            {"source_id": "one-more-document"},
        ),
        ("denominators.csv", "scio-2021.labor-people", "one-more-document.people-sent", {}),
    ):
        with (data_copy / file).open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        first = next(iter(rows[0]))
        row = next(row for row in rows if row[first] == key) | {first: new} | changed
        with (data_copy / file).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows([*rows, row])
    return load(str(data_copy))


def test_documents_are_counted(records, one_more):
    before, after, count = documents(records), documents(one_more), len(records.sources)
    assert (before.en, before.zh, after.en, after.zh) == (
        ENGLISH[count],
        HAN[count],
        ENGLISH[count + 1],
        HAN[count + 1],
    )
    assert (before.first, before.last) == (2015, 2021)
    assert f"{after.en} documents, 2015 to 2021" in {one.period for one in audit.findings(one_more)}


def test_every_document_has_a_name(records, one_more):
    assert set(NAMES) <= set(records.sources["source_id"])
    assert document_names(one_more, "en")["one-more-document"] == "Trial report, May 2019"
    assert document_names(one_more, "zh")["one-more-document"] == "试验报告，2019年5月"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("chart_id", REGISTER)
def test_charts_of_the_register_can_show_one_more(one_more, chart_id, lang):
    chart = make_chart(chart_id, one_more, lang)
    assert (
        problems(chart.spec.text(lang), support_of(chart.spec, chart.definition, one_more), lang)
        == []
    )
    assert pictures(chart, ["png"], size="column")["png"]


def test_every_document_with_measures_has_a_column():
    assert set(load().measures["source_id"]) == set(DOCUMENTS) - {"all"}, (
        "a document whose measures are coded needs a column in charts/measures.py, and its words say five"
    )
