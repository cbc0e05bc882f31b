"""Texts of the data in Chinese: every note, reason, publisher and actor that Chinese pages show."""

from __future__ import annotations

import re

import pytest

from analysis.records.paths import PROJECT
from analysis.words.catalogue import catalogue
from analysis.words.chinese import FILE, from_english, in_chinese

HAN, ENGLISH = re.compile("[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{2}")
WORDS_IN_A_ROW = re.compile(r"(?:[A-Za-z'’]{2,}[ ,]+){3}")
COLUMNS = {  # section of the catalogue, and the columns whose texts it has
    "reason": {"denominators": ["reason"]},
    "claim_note": {"claims": ["note"]},
    "source": {"sources": ["note", "publisher"]},
    "retrieval": {"sources": ["retrieval"]},
    "actor": {"events": ["actor"]},
    "explanation": {"conflicts": ["explanation", "source"], "benchmarks": ["what", "note"]},
    "publisher": {
        "series": ["publisher"],
        "originals": ["publisher"],
        "assumptions": ["publisher"],
    },
}
ALSO = {  # texts that are made by code, with values of their own
    "claim_note": {"A single case, undated, or in doubt."}
}
FOREIGN = {  # names without a Chinese one in use
    "Agronet",
    "Fibre2Fashion",
    "Select Shandong",
    "TSNN",
    "VIETJO",
    "leiii/census",
    "macoyo2/Income-Inequality-in-China",
    "McKenzie, Stillman and Gibson, Journal of the European Economic Association 8(4)",
}

WRITTEN = (
    "src/analysis/themes/*/*.py",
    "src/analysis/themes/*/*.toml",
    "src/analysis/words/*.toml",
    "docs/*.zh.md",
)
STUMBLED_OVER = {  # by a first reader: what was written, and why it is not
    r"[一二两三四五六七八九十\d]个人数": "read as so many people: 项人数",
    r"至少为?\{[^{}]*\}[倍元]?至\{": "at least a range: no bound",
    "(?<!境)外派": "对外劳务, 派出",
    "农业户籍|常住人口(?!为分母)": "农业户口人口, 乡村人口: words of the statistics",
    "规定内工资|研修生": "规定工资, 实习生",
    "替代文字": "替代文本",
    "页面日期": "网页日期",
    "所印|远嫌|从不相加|界线不宽|不再剩余": "translated word by word",
}


def shown(records, section: str) -> set[str]:
    """The texts of the data that a section is for."""
    return {
        text
        for table, columns in COLUMNS[section].items()
        for column in columns
        for text in getattr(records, table)[column]
        if ENGLISH.search(text)
    }


@pytest.mark.parametrize("section", COLUMNS)
def test_each_text_that_pages_show_has_chinese_and_no_entry_is_left_over(records, section):
    texts = shown(records, section)
    assert [one for one in texts - FOREIGN if not HAN.search(in_chinese(one))] == []
    assert set(catalogue(FILE)[section]) - texts - ALSO.get(section, set()) == set()


def test_notes_of_studies_have_chinese(records):
    notes = [one for one in records.evidence["note"] if ENGLISH.search(one)]
    assert [one for one in notes if in_chinese(one) == one] == []


def test_a_chinese_title_has_no_english_remark(records):
    """Works in other languages keep their titles, as GB/T 7714 has it; remarks of ours are Chinese."""
    titles = {
        *records.series["source_title"],
        *records.events["source_title"],
        *records.benchmarks["source_title"],
    }
    remark = re.compile(
        r"\((?:[^()]*\b(?:not|report|news|copy|abstract|quotes|full text)\b)[^()]*\)"
    )
    left = [one for one in titles if remark.search(one) and not HAN.search(in_chinese(one))]
    assert left == []
    assert set(catalogue(FILE)["title"]) <= titles


def test_the_chinese_is_chinese():
    works = {one for text, one in catalogue(FILE)["title"].items() if not HAN.match(text)}
    said = [one for one in from_english().values() if WORDS_IN_A_ROW.search(one)]
    assert set(said) <= works
    punctuation = [
        one for one in from_english().values() if re.search("[\u3400-\u9fff][,;:.?!]", one)
    ]
    assert [one for one in punctuation if one not in catalogue(FILE)["title"].values()] == []


def test_sentences_and_lists_are_taken_part_by_part():
    assert in_chinese("No date set. Nobody knows.") == "No date set. Nobody knows."
    held = "the claim is 1 to 2, the other figure 3 to 4; nothing falls"
    assert in_chinese(held) == "官方数字为1至2，另一数字为3至4；没有数字下降"


def test_no_chinese_that_a_first_reader_stumbled_over():
    texts = {path.name: path.read_text("utf-8") for glob in WRITTEN for path in PROJECT.glob(glob)}
    del texts["synonyms.toml"]  # what people type into a search
    assert len(texts) > 40
    found = [
        f"{name}: {match.group()}: {why}"
        for name, text in texts.items()
        for pattern, why in STUMBLED_OVER.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []
