"""Claims against the texts that they were coded from: right words, right paragraph, right bytes."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.audit.texts import encoding_notes, quoted_in, text_problems
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.paths import PROJECT
from analysis.records.texts import paragraphs

TEXTS = PROJECT.parent / "shared/sources"
TEXT = "Title\n\n   \nThe scheme helped 30 people — some said more.\nIt cost 5 yuan.\nIt cost 5 yuan.\n"


def made_up(text: str, paragraph: int, as_stated: str, sha256: str = "") -> Records:
    """Records of one source with one claim."""
    sources = pd.DataFrame(
        {
            "source_id": ["s"],
            "text_file": ["s.txt"],
            "text_sha256": [sha256 or hashlib.sha256(text.encode()).hexdigest()],
        }
    )
    claims = pd.DataFrame(
        {
            "claim_id": ["s.people"],
            "source_id": ["s"],
            "paragraph": [paragraph],
            "as_stated": [as_stated],
        }
    )
    return Records(sources=sources, claims=claims, series=pd.DataFrame())


@pytest.mark.parametrize(
    ("paragraph", "as_stated", "where"),
    [
        (2, "helped 30 people — some", None),
        (1, "Title", None),
        (4, "5 yuan", None),
        (
            3,
            "helped 30 people",
            "'helped 30 people' does not stand in paragraph 3 of s; it stands in paragraph 2",
        ),
        (1, "5 yuan", "'5 yuan' does not stand in paragraph 1 of s; it stands in paragraph 3, 4"),
        (
            2,
            "helped 31 people",
            "'helped 31 people' does not stand in paragraph 2 of s; it stands in none",
        ),
        (
            1,
            "helped 30 people",
            "'helped 30 people' does not stand in paragraph 1 of s; it stands in paragraph 2",
        ),
        (
            2,
            "Helped 30 people",
            "'Helped 30 people' does not stand in paragraph 2 of s; it stands in none",
        ),
        (9, "Title", "'Title' does not stand in paragraph 9 of s; it stands in paragraph 1"),
    ],
)
def test_words_must_stand_in_the_paragraph_named(tmp_path, paragraph, as_stated, where):
    (tmp_path / "s.txt").write_bytes(TEXT.encode())
    found = [
        str(problem) for problem in text_problems(made_up(TEXT, paragraph, as_stated), tmp_path)
    ]
    assert found == ([f"claims.csv, row 2 (s.people), column as_stated: {where}"] if where else [])


@pytest.mark.parametrize(
    "content", [TEXT.replace("\n", "\r\n").encode(), TEXT.encode() + b" ", TEXT.encode("utf-8-sig")]
)
def test_another_text_than_the_one_coded_from_is_named(tmp_path, content):
    (tmp_path / "s.txt").write_bytes(content)
    (problem,) = text_problems(made_up(TEXT, 2, "30 people"), tmp_path)
    assert (problem.file, problem.key, problem.column) == ("sources.csv", "s", "text_sha256")
    assert hashlib.sha256(content).hexdigest() in problem.message
    assert hashlib.sha256(TEXT.encode()).hexdigest() in problem.message


CHINESE = "标题\n\n该计划带动了618.8万贫困人口增收，成交额超过１７亿美元。\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("gb18030", "read as gb18030 (detected); save it as UTF-8 to be sure"),
        ("utf-16", "read as utf-16 (by its byte order mark); save it as UTF-8 to be sure"),
        ("utf-16-le", "read as utf-16-le (detected); save it as UTF-8 to be sure"),
    ],
)
def test_a_text_in_another_encoding_is_read_and_named(tmp_path, encoding, said):
    """F19: a page saved by Windows is the same text, and the words stand in it."""
    (tmp_path / "s.txt").write_bytes(CHINESE.encode(encoding))
    records = made_up(CHINESE, 2, "618.8万贫困人口")
    (problem,) = text_problems(records, tmp_path)
    assert problem.column == "text_sha256"
    assert problem.message.endswith(
        f"the words of the text coded from, saved in another encoding ({said})"
    )
    assert encoding_notes(records, tmp_path) == [f"s.txt: {said}"]
    digest = hashlib.sha256(CHINESE.encode(encoding)).hexdigest()
    assert text_problems(made_up(CHINESE, 2, "618.8万贫困人口", digest), tmp_path) == []
    missing, *_ = text_problems(made_up(CHINESE, 2, "619.8万贫困人口", digest), tmp_path)
    assert missing.message.endswith("it stands in none")


def test_another_text_in_another_encoding_is_both(tmp_path):
    (tmp_path / "s.txt").write_bytes((CHINESE + "附记").encode("gb18030"))
    (problem,) = text_problems(made_up(CHINESE, 2, "618.8万贫困人口"), tmp_path)
    assert "another text than the one coded from (read as gb18030 (detected)" in problem.message


def test_nothing_is_said_of_utf8(tmp_path):
    (tmp_path / "s.txt").write_bytes(TEXT.encode("utf-8-sig"))
    assert encoding_notes(made_up(TEXT, 2, "30 people"), tmp_path) == []
    assert encoding_notes(made_up(TEXT, 2, "30 people"), tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ('the "export centers"', "the “export\u00a0 centers” were"),
        ("618.8万贫困人口", "带动了６１８.８ 万贫困人口"),  # noqa: RUF001 - full width, as set
        ("2013-2020", "in 2013–2020 they"),
        ("it's here", "it’s here"),
    ],
)
def test_the_setting_of_words_makes_no_difference(words, line):
    assert quoted_in(words, ["Title", line]) == [2]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("30 people", "130 people"),
        ("30 people", "3.30 peoples"),
        ("618.8万", "1618.8万"),
        ("Export centers", "export centers"),
        ("more than 30", "no more than 300"),
    ],
)
def test_letters_and_figures_do(words, line):
    assert quoted_in(words, [line]) == []


def test_words_over_a_line_break_stand_where_they_begin(tmp_path):
    text = "Title\nThe scheme helped 30\npeople in all\n"
    (tmp_path / "s.txt").write_bytes(text.encode())
    assert text_problems(made_up(text, 2, "helped 30 people in"), tmp_path) == []
    (problem,) = text_problems(made_up(text, 3, "helped 30 people in"), tmp_path)
    assert problem.message.endswith("it stands in paragraph 2")


def test_a_missing_text_and_a_missing_folder_are_named(tmp_path):
    assert [str(problem) for problem in text_problems(made_up(TEXT, 2, "30 people"), tmp_path)] == [
        "sources.csv (s), column text_file: s.txt is not in the folder of texts"
    ]
    with pytest.raises(
        AnalysisError, match="nowhere is no folder; give the folder that holds the source texts"
    ):
        text_problems(made_up(TEXT, 2, "30 people"), tmp_path / "nowhere")


def test_paragraphs_are_lines_with_words_whatever_the_line_ends():
    assert paragraphs(TEXT) == paragraphs(TEXT.replace("\n", "\r\n"))
    assert [line.split()[0] for line in paragraphs(TEXT)] == ["Title", "The", "It", "It"]
    assert paragraphs(" \n\t\n") == []


@pytest.fixture(scope="module")
def texts() -> Path:
    if not TEXTS.is_dir():
        pytest.skip(
            "there is no folder shared/sources beside the project: the claims were not compared with the source texts"
        )
    return TEXTS


def test_every_claim_stands_word_for_word_in_its_text(records, texts):
    assert text_problems(records, texts) == []


def test_a_claim_moved_or_reworded_is_found_in_the_real_texts(records, texts):
    for column, value in {"paragraph": 12, "as_stated": "some 7.72 million farmers"}.items():
        claims = records.claims.copy()
        claims.loc[claims["claim_id"] == "scio-2021.ecommerce-jobs", column] = value
        (problem,) = text_problems(dataclasses.replace(records, claims=claims), texts)
        assert (problem.row, problem.key) == (4, "scio-2021.ecommerce-jobs")
