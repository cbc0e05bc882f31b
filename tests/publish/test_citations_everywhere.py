"""Whatever leaves the project: no address of a copy, and every claim with its own speaker and date."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile

import pytest

from analysis.provenance import lineage
from analysis.provenance.citation import cite
from analysis.publish.metadata import metadata_json
from analysis.publish.office.report import word_report
from analysis.publish.office.sheets import data_xlsx
from analysis.publish.office.slides import slide_deck
from analysis.publish.phrases import Phrases, said_on, speaker
from analysis.publish.references import addresses as behind
from analysis.publish.references import documents, reference
from analysis.publish.site import claim_pages
from analysis.publish.site.render import render
from analysis.publish.texts import citations, markdown, readme
from analysis.records.outlets import addresses, institution
from analysis.themes.charts import definitions

OURS = ("creativecommons.org", "scripts.sil.org", "openfontlicense.org")  # licences
LANGS = ("en", "zh")
SOME = (  # on claims, on statistics with many copies, on studies, on the register
    "canton-fair-shares",
    "labor-income-over-time",
    "evidence-ecommerce-income",
    "register-evidence-grades",
)


def strange(text: str) -> set[str]:
    """Addresses in a text that no citation may give."""
    found = {one.rstrip(").,;\"'>]*`_\\") for one in addresses(text)}
    whole = {one if "//" in one else f"http://{one}" for one in found}
    return {
        one
        for one in whole
        if not institution(one) and not any(f"//{ours}" in one for ours in OURS)
    }


def in_archive(content: bytes) -> str:
    """The words and the links outwards of a Word file, deck or workbook."""
    said = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels"):
                links = re.findall(
                    r'Target="([^"]+)"[^>]*TargetMode="External"', archive.read(name).decode()
                )
                said += links
            elif name.endswith(".xml") and "/theme/" not in name:
                text = archive.read(name).decode()
                said += re.findall(r"<(?:w|a)?:?t(?: [^>]*)?>([^<]*)</", text)
    return html.unescape("\n".join(said))


@pytest.mark.parametrize("chart_id", definitions())
def test_no_file_beside_a_chart_gives_the_address_of_a_copy(chart_id, exhibit_of, records):
    exhibit = exhibit_of(chart_id)
    texts = [readme(exhibit, {}), metadata_json(exhibit, {})]
    texts += [markdown(exhibit, lang, f"{chart_id}.{lang}.page.png") for lang in LANGS]
    texts += [content for _, content in citations(exhibit)]
    way = lineage.trace(records, chart_id)
    said = [text.decode() for text in texts] + [repr(way)]
    said += [json.dumps(way, ensure_ascii=False), *behind(exhibit)]
    for text in said:
        assert strange(text) == set()


def test_no_office_file_gives_the_address_of_a_copy(exhibit_of, white):
    some = [exhibit_of(name) for name in SOME]
    for lang in LANGS:
        papers = [word_report(some, lang), slide_deck(some, lang)]
        papers += [data_xlsx(one, lang) for one in some]
        for paper in papers:
            said = in_archive(paper)
            assert "http" in said
            assert strange(said) == set()


def test_a_copy_in_an_export_would_be_seen():
    assert strange("Xinhua. http://lwja.top/a, and see renminnet.cn.") == {
        "http://lwja.top/a",
        "http://renminnet.cn",
    }
    assert strange("https://www.gov.cn/a; https://creativecommons.org/licenses/by/4.0/") == set()


def test_every_claim_has_its_own_speaker_and_date_in_every_form(records, exhibit_of):
    register = exhibit_of(SOME[-1])
    kept = {one["id"]: one for one in json.loads(metadata_json(register, {}))["claims"]}
    workbook = {lang: in_archive(data_xlsx(register, lang)) for lang in LANGS}
    pages = {page.folder: page for page in claim_pages.pages(records, [])}
    assert set(kept) == set(records.claims["claim_id"])
    for claim_id in kept:
        claim = records.claim(claim_id)
        assert kept[claim_id]["speaker"] == claim.speaker
        assert kept[claim_id]["said_on"] == (claim.said_on or None)
        trace = lineage.trace(records, claim_id)
        assert (trace["speaker"], trace["said_on"]) == (claim.speaker, claim.said_on)
        one = cite(records, claim_id)
        assert one.text.startswith(claim.speaker)
        assert one.csl["author"] == [{"literal": claim.speaker}]
        for lang in LANGS:
            who, when = speaker(lang, claim.speaker), said_on(lang, claim.said_on)
            quoted = (claim.stated_zh if lang == "zh" else "") or claim.as_stated
            lines = [text for text in workbook[lang].split("\n") if quoted in text]
            _, page = render(pages[f"claims/{claim_id}"], lang)
            assert any(who in line and when in line for line in lines)
            assert who in html.unescape(page.decode())
            assert (claim.said_on or Phrases("date", lang)("undated")) in page.decode()


def test_a_document_of_several_speakers_names_each(records, exhibit_of):
    register = exhibit_of(SOME[-1])
    for lang in LANGS:
        for one in documents([register]):
            said = reference(lang, one)
            for claim in one.claims:
                assert speaker(lang, claim.speaker) in said
