"""The reader on public pages, where a folder with their texts is given in READING_PAGES.

The texts are no part of the repository: ``pages.csv`` has their addresses and digests, ``gold.csv``
the figures, settled from two codings (``coded_first.csv``, ``coded_second.csv``).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.reading import scorer

from analysis.reading import read

LEAST = {"en": 0.92, "zh": 0.90}
FOLDER = os.environ.get("READING_PAGES", "")


@pytest.mark.skipif(not FOLDER, reason="READING_PAGES names no folder with the texts")
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("held_out", ["no", "yes", "fresh"])
def test_value_and_unit_on_public_pages(language: str, held_out: str) -> None:
    scores = scorer.score(Path(FOLDER), read)
    total = scorer.total(scores, language, held_out)
    if not total.must:
        pytest.skip("the folder has none of these texts")
    assert total.magnitude == 0
    assert total.f1(total.values) >= LEAST[language], total.line()
    if held_out == "no":
        assert total.f1(total.units) >= LEAST[language], total.line()


def test_two_codings_agree_on_values_and_bounds() -> None:
    first, second = scorer.rows("coded_first.csv"), scorer.rows("coded_second.csv")
    alike = scorer.agreement(first, second)
    assert alike["spans"] / len(second) > 0.95
    assert alike["values"] == alike["bounds"] == alike["spans"]


def test_a_second_coder_agrees() -> None:
    """Five of the pages, coded by somebody who had seen neither the codes nor what the reader says."""
    second = scorer.rows("coded_independent.csv")
    alike = scorer.agreement(scorer.rows("gold.csv"), second)
    assert alike["spans"] == alike["values"] == alike["bounds"] == len(second) == 79
    assert alike["units"] == 77, "家 and 项, which the second coder named in English"


def test_gold_holds_spans_and_values_only() -> None:
    assert set(scorer.rows("gold.csv")[0]) == {
        "page",
        "start",
        "end",
        "low",
        "high",
        "bound",
        "unit",
        "score",
    }
    assert {row["page"] for row in scorer.rows("gold.csv")} == {
        row["page"] for row in scorer.rows("pages.csv")
    }
