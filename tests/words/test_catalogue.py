"""The two languages of the catalogue hold the same keys, and what is missing is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from analysis.records.errors import AnalysisError
from analysis.words.catalogue import LANGUAGES, catalogue, word, words


def keys(table: dict[str, Any], before: str = "") -> Iterator[str]:
    """Every key with its section; of lists their length counts, and the kind of each text."""
    for name, value in table.items():
        if name == "from_english":  # keyed by texts of the data, which are their own English
            continue
        if isinstance(value, dict):
            yield from keys(value, f"{before}{name}.")
        else:
            shape = f"[{len(value)}]" if isinstance(value, list) else ""
            yield f"{before}{name}{shape}"


def test_both_languages_have_every_key():
    en, zh = (set(keys(catalogue(lang))) for lang in LANGUAGES)
    assert sorted(en - zh) == [], "missing in zh.toml"
    assert sorted(zh - en) == [], "missing in en.toml"


def test_a_missing_word_is_named_with_its_file():
    with pytest.raises(
        AnalysisError, match=r"words/zh\.toml has no 'nothing' in section \[language\]"
    ):
        word("language", "nothing", "zh")
    with pytest.raises(AnalysisError, match=r"words/en\.toml has no section \[no\.such\]"):
        words("no.such", "en")
    with pytest.raises(AnalysisError, match="'fr' is no language"):
        words("language", "fr")
