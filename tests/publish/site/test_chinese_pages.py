"""Lists on Chinese pages: citations by GB/T 7714, and no English but titles, names and what is the same in both."""

from __future__ import annotations

import re

import pytest
from site_reading import Reading, parsed

from analysis.publish.site import list_pages
from analysis.publish.site.render import render
from analysis.words.chinese import in_chinese

WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z]+[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def readings(records) -> dict[tuple[str, str], Reading]:
    """The pages that list, in both languages, by folder and language."""
    pages = [one for one in list_pages.pages(records, [], [], {}) if one.folder in SEEN]
    return {(one.folder, lang): parsed(render(one, lang)[1]) for one in pages for lang in SPOKEN}


SEEN, SPOKEN = ("findings", "series", "about"), ("en", "zh")


def text_of(page: Reading, name: str) -> list[str]:
    """The words of each element of a name."""
    return [said for said, tag in page.texts if name in (tag.name, *tag.inside)]


def test_statistics_are_cited_as_the_standard_has_it(readings):
    said = "".join(text_of(readings["series", "zh"], "li"))
    assert "世界银行，datasets/cpi转载. data/cpi.csv[DS/OL]. (2025-07-01)." in said
    assert "新华社. " in said
    assert said.count("[EB/OL].") > 100
    assert "/OL]" not in "".join(text_of(readings["series", "en"], "li"))


def test_documents_are_cited_as_the_standard_has_it(readings):
    said = "".join(text_of(readings["about", "zh"], "li"))
    assert said.count("[EB/OL]. (") == 5


def test_english_on_lists_is_a_title_or_a_name(readings, records):
    """Of findings nothing is left in English; of statistics and documents, titles of works and names."""
    kept = {
        *records.series["source_title"],
        *records.sources["title"],
        *map(in_chinese, records.series["publisher"]),
        *map(in_chinese, records.series["source_title"]),
        "The Commerce Poverty Notebooks authors",
    }
    for name in SEEN:
        page = readings[name, "zh"]
        switch = {"English"}
        left = {said.strip() for said, tag in page.texts if tag.lang == "en"} - switch
        english = [one for one in left if WORDS.search(one) and not any(one in two for two in kept)]
        assert english == [], name
    assert not {said for said, tag in readings["findings", "zh"].texts if tag.lang == "en"} - switch
