"""The metadata: valid, complete, in agreement with the CSV and the register, the same in every process."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re

import pytest
from frictionless import Resource, Schema

from analysis import RELEASED, __version__
from analysis.publish.exhibit import Exhibit
from analysis.publish.metadata import metadata_json
from analysis.publish.office.sheets import data_csv
from analysis.themes import all_findings
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES
from analysis.words.labels import column_words, price_words
from analysis.words.units import unit_label

KEYS = "id title subtitle note alt source processing licenses project citation notebook function data weakest_grade numbers documents claims series findings files"
FILES = {"b.csv": b"1,2\n", "a.png": "0" * 64, "c.csl.json": b"[]"}


def strict(content):
    """What JSON itself allows: no NaN, no infinity, no key twice."""

    def refuse(word):
        raise AssertionError(f"{word} is no JSON")

    def once(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)

    return json.loads(content.decode("utf-8"), parse_constant=refuse, object_pairs_hook=once)


@pytest.mark.parametrize("chart_id", definitions())
def test_every_chart_has_all_fields_in_both_languages(chart_id, exhibit_of):
    exhibit = exhibit_of(chart_id)
    found, own, spec = (
        strict(metadata_json(exhibit, FILES)),
        exhibit.definition,
        exhibit.charts["en"].spec,
    )
    assert " ".join(found) == KEYS
    for name in ("title", "subtitle", "note", "alt", "source", "processing"):
        assert list(found[name]) == list(LANGUAGES)
        assert all(found[name].values())
    assert found["title"]["zh"] == spec.zh.headline
    assert found["alt"]["en"] == spec.en.alt
    assert {one["id"] for one in found["claims"]} == (
        set(exhibit.records.claims["claim_id"]) if own.whole_register else set(own.claims)
    )
    assert all(len(one["as_stated"].split()) <= 8 for one in found["claims"])
    assert {one["document"] for one in found["claims"]} == {one["id"] for one in found["documents"]}
    for name in own.series:
        assert any(one["id"] == name or one["id"].startswith(f"{name}-") for one in found["series"])
    assert all(source["publisher"] for one in found["series"] for source in one["sources"])
    assert [one["name"] for one in found["data"]["schema"]["fields"] if one["plotted"]] == [
        name for name in spec.data.columns if name in spec.values
    ]


@pytest.mark.parametrize("chart_id", definitions())
def test_columns_unit_and_prices_have_words_in_both_languages(chart_id, exhibit_of):
    spec = exhibit_of(chart_id).charts["en"].spec
    for name in spec.data.columns:
        assert any("\u4e00" <= char <= "\u9fff" for char in column_words(chart_id, name, "zh")), (
            f"{name} has no words in columns.py"
        )
        assert column_words(chart_id, name, "en")
    for words, known in ((unit_label, spec.unit), (price_words, spec.price_basis)):
        assert any("\u4e00" <= char <= "\u9fff" for char in words(known, "zh")), (
            f"{known!r} has no words in columns.py"
        )
        assert not any(code in words(known, "en") for code in ("CNY", "USD"))


def test_units_of_series_and_findings_have_words_in_both_languages(records):
    for unit in {
        *records.series_index["unit"],
        *(one.unit for one in all_findings(records) if one.unit),
    }:
        assert not re.search("[A-Za-z_]", unit_label(unit, "zh")), (
            f"{unit!r} has no words in columns.py"
        )
        assert not re.search("[A-Z]{3}|[_/]", unit_label(unit, "en").replace("US dollar", "")), unit


@pytest.mark.parametrize(
    ("unit", "en", "zh"),
    [
        ("CNY / year", "yuan a year", "元/年"),
        ("person/household", "people per household", "人/户"),
        ("JPY/person/month", "yen per person and month", "日元/人/月"),
        ("brand/county", "brands per county", "品牌/县"),
    ],
)
def test_a_compound_unit_is_said_from_its_parts(unit, en, zh):
    assert (unit_label(unit, "en"), unit_label(unit, "zh")) == (en, zh)


@pytest.mark.parametrize(
    "chart_id",
    [
        "channels-scorecard",
        "context-six-hundred-million",
        "canton-fair-turnover",
        "register-event-and-page-dates",
    ],
)
def test_the_schema_describes_the_csv(chart_id, exhibit_of, tmp_path, monkeypatch):
    exhibit = exhibit_of(chart_id)
    data, content = strict(metadata_json(exhibit, {}))["data"], data_csv(exhibit)
    assert (data["rows"], data["bytes"], data["hash"]) == (
        content.count(b"\n") - 1,
        len(content),
        f"sha256:{hashlib.sha256(content).hexdigest()}",
    )
    assert data["hash"].startswith(f"sha256:{data['digest']}")
    (tmp_path / data["path"]).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    report = Resource(path=data["path"], schema=Schema.from_descriptor(data["schema"])).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "note"])


def test_known_answers(scorecard):
    found = strict(metadata_json(scorecard, FILES))
    assert found["id"] == "channels-scorecard"
    assert found["function"] == "analysis.themes.channels.charts.scorecard"
    assert found["notebook"] == "06_other_channels"
    assert found["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/",
            "title": "Creative Commons Attribution 4.0 International (CC BY 4.0)",
        }
    ]
    assert (found["project"]["version"], found["project"]["released"]) == (__version__, RELEASED)
    assert found["weakest_grade"] == "C"
    assert found["processing"] == {"en": "Our calculation", "zh": "本项目计算"}
    (income,) = (one for one in found["claims"] if one["id"] == "scio-2021.labor-income")
    assert (
        income["value_low"],
        income["bound"],
        income["unit"],
        income["grade"],
        income["paragraph"],
        income["document"],
    ) == (100_000, "more_than", "CNY/person/year", "C", 13, "scio-2021")
    assert income["said"] == {"en": "more than 100,000 yuan a year", "zh": "每年超过10万元"}
    (document,) = found["documents"]
    assert (document["event_date"], document["page_date"]) == ("2021-08-23", "2021-08-30")
    assert document["path"].startswith("http://english.scio.gov.cn/")
    assert found["data"]["price_basis"] == "nominal"
    assert found["data"]["unit_words"]["zh"] == "人；元/人/年"
    assert found["citation"]["csl"]["id"] == "channels-scorecard"
    assert found["data"]["digest"] in found["citation"]["zh"]


def test_series_that_stand_for_several_are_named_one_by_one_and_findings_too(exhibit_of):
    found = strict(metadata_json(exhibit_of("canton-fair-shares"), {}))
    names = [one["id"] for one in found["series"]]
    assert {"usd-cny-mean", "usd-cny-low", "usd-cny-high"} <= set(names)
    assert len(names) == len(set(names))
    assert "canton-fair.share-of-exhibitors-to-125" in found["findings"]
    for one in found["series"]:
        kept = [tuple(source.values()) for source in one["sources"]]
        assert len(kept) == len(set(kept))


def test_files_are_sorted_with_digest_and_size(scorecard):
    files = strict(metadata_json(scorecard, FILES))["files"]
    assert files == [
        {"path": "a.png", "mediatype": "image/png", "hash": f"sha256:{'0' * 64}"},
        {
            "path": "b.csv",
            "mediatype": "text/csv",
            "bytes": 4,
            "hash": f"sha256:{hashlib.sha256(FILES['b.csv']).hexdigest()}",
        },
        {
            "path": "c.csl.json",
            "mediatype": "application/vnd.citationstyles.csl+json",
            "bytes": 2,
            "hash": f"sha256:{hashlib.sha256(b'[]').hexdigest()}",
        },
    ]
    assert metadata_json(scorecard, dict(reversed(FILES.items()))) == metadata_json(
        scorecard, FILES
    )


def test_hostile_words_and_numbers_stay_what_they_are(hostile):
    odd = {
        lang: dataclasses.replace(
            chart,
            spec=dataclasses.replace(
                chart.spec, said={"open": math.inf, "none": math.nan, "day": "2021-08"}
            ),
        )
        for lang, chart in hostile.charts.items()
    }
    found = strict(metadata_json(Exhibit(odd, hostile.records), {}))
    assert found["title"]["en"] == hostile.charts["en"].spec.en.headline
    assert "\u202e" in found["title"]["zh"]
    assert found["numbers"] == {"open": "no upper end", "none": None, "day": "2021-08"}
    assert [one["type"] for one in found["data"]["schema"]["fields"]] == [
        "string",
        "number",
        "number",
        "boolean",
    ]
