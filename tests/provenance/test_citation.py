"""Citations: the same facts as text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest

from analysis import RELEASED
from analysis.provenance.citation import (
    FORMATS,
    Citation,
    cite,
    cite_chart,
    cite_document,
    csl_json,
)
from analysis.records.errors import UnknownIdError
from analysis.themes.charts import definitions, make_chart

CSL_TYPES = {"graphic", "dataset", "webpage"}  # of those that CSL 1.0.2 knows
CSL_NAMES = {
    "id",
    "type",
    "title",
    "author",
    "issued",
    "event-date",
    "publisher",
    "URL",
    "note",
    "container-title",
    "version",
}
PLAIN = {r"\textbackslash{}": "\\", r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def fields_of(bibtex):
    """Key and fields of an entry, as BibTeX reads them."""
    key = re.match(r"@misc\{([^,\s]+),\n", bibtex)[1]
    fields = {}
    for name, value in re.findall(r"^  (\w+) = \{(.*)\},$", bibtex, re.M):
        for code, char in PLAIN.items():
            value = value.replace(code, char)
        fields[name] = re.sub(r"\\([&%$#_{}])", r"\1", value)
    return key, fields


def agree(one):
    """Whether BibTeX and CSL say the same."""
    key, fields = fields_of(one.bibtex)
    csl = one.csl
    assert set(csl) <= CSL_NAMES
    assert csl["type"] in CSL_TYPES
    assert key == csl["id"]
    assert fields["title"] == csl["title"]
    assert fields["note"] == csl["note"]
    assert fields["author"] == " and ".join(f"{{{who['literal']}}}" for who in csl["author"])
    issued = csl.get("issued", {"date-parts": [[None]]})["date-parts"][0][0]
    assert fields.get("year") == (str(issued) if issued else None)
    assert fields.get("url") == csl.get("URL")
    where = (
        csl["publisher"]
        if "publisher" in csl
        else f"{csl['container-title']}, version {csl['version']}"
    )
    assert fields["howpublished"] == where
    for part in (csl["title"], csl["author"][0]["literal"]):
        assert part in one.text


@pytest.mark.parametrize(
    "wanted",
    [
        "scio-2021.labor-income",
        "scio-2021",
        "covid-notice-2020",
        "canton-fair-break-even",
        "canton-fair.deals-per-session",
    ],
)
def test_all_forms_agree(wanted, records):
    one = cite(records, wanted)
    agree(one)
    assert json.loads(one.csl_json()) == [one.csl]


def test_every_document_and_chart_is_cited_alike_in_all_forms(records):
    for source_id in records.sources["source_id"]:
        agree(cite(records, source_id))
    for chart_id in list(definitions())[::9]:
        agree(cite_chart(make_chart(chart_id, records)))


def test_kinds_and_dates_as_far_as_they_are_known(records):
    document, notice = cite(records, "scio-2021").csl, cite(records, "covid-notice-2020").csl
    assert (document["type"], document["issued"]) == ("webpage", {"date-parts": [[2021, 8, 23]]})
    assert notice["issued"] == {"date-parts": [[2020]]}
    chart, finding = (
        cite(records, name).csl
        for name in ("canton-fair-break-even", "canton-fair.deals-per-session")
    )
    assert (chart["type"], finding["type"]) == ("graphic", "dataset")
    assert chart["issued"] == {"date-parts": [[int(part) for part in RELEASED.split("-")]]}
    assert "URL" not in chart


def test_chinese_text_follows_gbt_7714(records):
    assert cite(records, "scio-2021.labor-income").text_zh == (
        "QIAN Keming. SCIO briefing on advancing commerce development for moderate prosperity in all respects[EB/OL]. (2021-08-23). "
        "http://english.scio.gov.cn/pressroom/2021-08/30/content_77722158_7.htm. 国务院新闻办公室新闻发布会，2021年8月23日，英文稿第13段，网页日期2021-08-30。"
    )
    assert cite(records, "covid-notice-2020").text_zh.startswith("Ministry of Commerce. ")
    spec = make_chart("canton-fair-break-even", records).spec
    chart = cite(records, "canton-fair-break-even").text_zh
    assert (
        f". {spec.zh.headline}（图表canton-fair-break-even，数据SHA-256：{spec.digest()}）[DS]//Commerce Poverty Notebooks: "
        in chart
    )
    assert f". ({RELEASED}). CC BY 4.0." in chart


SPOKEN = {  # claim -> begin of the text, year of BibTeX, date of CSL, read in the texts by hand
    "rural-ecommerce-opinions-2015.farm-sales-share": ("Zhang Li, ", "Said 2015;", "2015", [2015]),
    "rural-ecommerce-opinions-2015.people-lifted": (
        "Daily Economic News, ",
        "Said 2015-09-08;",
        "2015",
        [2015, 9, 8],
    ),
    "rural-ecommerce-opinions-2015.ten-measures": (
        "Shen Danyang, ",
        "Said 2015-09-07;",
        "2015",
        [2015, 9, 7],
    ),
    "state-council-2015.six-measures": ("Wang Bingnan, ", "Date not stated;", None, None),
    "hunan-2017.funds-commerce": ("Hunan Provincial ", "Said 2017;", "2017", [2017]),
    "covid-notice-2020.twelve-measures": ("Ministry of Commerce", "Said 2020;", "2020", [2020]),
    "scio-2021.labor-income": ("Qian Keming, ", "Said 2021-08-23;", "2021", [2021, 8, 23]),
}


@pytest.mark.parametrize("claim_id", SPOKEN)
def test_a_claim_is_cited_by_who_said_it_and_when(claim_id, records):
    who, when, year, parts = SPOKEN[claim_id]
    one = cite(records, claim_id)
    _, fields = fields_of(one.bibtex)
    assert one.text.startswith(who)
    assert f". {when} page dated " in one.text
    assert fields.get("year") == year
    assert one.csl.get("issued") == ({"date-parts": [parts]} if parts else None)
    assert ("日期未注明" in one.text_zh) == (year is None)


def test_every_claim_is_cited_by_its_own_speaker_and_date(records):
    assert len(records.claims) >= 55
    for claim_id in records.claims["claim_id"]:
        claim, one = records.claim(claim_id), cite(records, claim_id)
        agree(one)
        assert one.csl["author"] == [{"literal": claim.speaker}]
        parts = one.csl.get("issued", {"date-parts": [[]]})["date-parts"][0]
        written = "-".join(f"{part:02d}" for part in parts)
        assert written == claim.said_on
        page_year = records.source(claim.source_id).page_date[:4]
        if page_year != claim.said_on[:4]:
            assert page_year not in (fields_of(one.bibtex)[1].get("year"), written[:4])


def test_the_date_of_a_repost_is_nobody_s_date(records):
    reposts = records.sources[records.sources["publisher"].str.startswith("MySheen")]
    assert len(reposts) == 2
    for source_id in reposts["source_id"]:
        assert "2024" not in str(cite(records, source_id).csl.get("issued"))
    report = cite(records, "rural-ecommerce-opinions-2015").csl
    assert [one["literal"].partition(",")[0] for one in report["author"]] == [
        "Shen Danyang",
        "Daily Economic News",
        "Zhang Li",
    ]
    assert "issued" not in cite(records, "state-council-2015").csl


def test_hostile_words_stay_inside_their_field(records):
    source = dataclasses.replace(
        records.source("scio-2021"), title="100% {of} \\input{x} ~ ^ _a_ & #1 $x$"
    )
    claim = dataclasses.replace(records.claim("scio-2021.labor-income"), speaker="A {B} & \\C")
    one = cite_document(source, [claim])
    agree(one)
    assert one.bibtex.count("{") == one.bibtex.count("}")
    assert r"\textbackslash{}input\{x\}" in one.bibtex


def test_several_make_one_list(records):
    found = [cite(records, "scio-2021"), cite(records, "hunan-2017")]
    assert [one["id"] for one in json.loads(csl_json(found))] == ["scio-2021", "hunan-2017"]


def test_text_form_is_text_and_bibtex():
    assert repr(Citation("a", "b")) == "a\n\nb"
    assert FORMATS == ("text", "bibtex", "csl")


def test_unknown_identifiers_are_named(records):
    with pytest.raises(UnknownIdError, match=r"did you mean scio-2021\.canton-deals"):
        cite(records, "scio-2021.canton-dals")
