"""Claims against the texts that they were coded from: right words, right paragraph, right bytes."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pandas as pd
import pytest

from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.paths import PROJECT
from analysis.records.texts import paragraphs, text_problems

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


def test_a_text_that_is_not_utf8_is_a_problem_not_a_crash(tmp_path):
    (tmp_path / "s.txt").write_bytes(TEXT.encode("utf-16"))
    assert "text_sha256" in [
        problem.column for problem in text_problems(made_up(TEXT, 2, "30 people"), tmp_path)
    ]


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
