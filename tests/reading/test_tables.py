"""The tables of words: well formed, and each Chinese word reachable from traditional characters."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import analysis.reading as package
from analysis.reading import Bound
from analysis.reading.fold import fold
from analysis.reading.tables import LANGUAGES, language, table, units


def test_traditional_characters_stand_beside_one_simplified_each() -> None:
    pairs = table("characters")
    assert len(pairs["traditional"]) == len(pairs["simplified"])
    assert fold(pairs["traditional"]) == pairs["simplified"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_hedge_says_a_bound(lang: str) -> None:
    for row in language(lang)["hedges"]:
        assert {row["bound"], row.get("negated", "exact")} <= set(get_args(Bound))
        assert row.get("before") or row.get("after")


def test_every_unit_has_a_kind_and_words() -> None:
    kinds = {"money", "share", "measure", "duration", "count", "multiple"}
    for row in units():
        assert row["kind"] in kinds
        assert row["en"] or row["zh"] or row.get("nouns")
        assert all(word == word.lower() for word in row["en"])
    names = [row["id"] for row in units()]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_words_is_read(lang: str) -> None:
    code = "\n".join(path.read_text("utf-8") for path in Path(package.__file__).parent.glob("*.py"))
    unread = [name for name in language(lang) if name not in re.findall(r"[\"'](\w+)[\"']", code)]
    assert unread == []
