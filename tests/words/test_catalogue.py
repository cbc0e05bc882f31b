"""The two languages of the catalogue hold the same keys, what is used has words, and what is missing is named."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

import pytest

from analysis.records.descriptor import descriptor
from analysis.records.errors import AnalysisError
from analysis.records.paths import data_folder, notebook_paths
from analysis.themes import all_findings
from analysis.themes.charts import definitions
from analysis.words.catalogue import (
    LANGUAGES,
    catalogue,
    locale,
    publisher,
    publishers,
    word,
    words,
)

ONLY_IN_CHINESE = {
    "before",
    "label",
    "short",
}  # a place that its word order needs, or an error names too

SAID_BY_SILENCE = {  # what one of the languages says, and the other leaves out
    "en": [
        "publish.office.undated",
        "publish.site.english_data",
        "publish.site.translated",
        "publish.site.notebook_english",
    ],
    "zh": ["numbers.thousands", "publish.office.before_number"],
}

OWN = "hedges."  # each language has as many as it has

both = pytest.mark.parametrize("lang", LANGUAGES)


def texts(table: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every key with its section, and what it holds; of lists the length belongs to the key."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from texts(value, f"{before}{name}.")
        else:
            yield (
                f"{before}{name}{f'[{len(value)}]' if isinstance(value, list) and before != OWN else ''}",
                value,
            )


def missing(section: str, wanted: set[str], lang: str) -> list[str]:
    """What a section has no words for."""
    return sorted(wanted - set(words(section, lang)))


def test_both_languages_have_every_key():
    en, zh = ({key for key, _ in texts(catalogue(lang))} for lang in LANGUAGES)
    assert sorted(en - zh) == [], "missing in zh.toml"
    assert sorted(zh - en) == [], "missing in en.toml"


def test_original_words_are_named_only_where_an_original_is_quoted():
    """原文 is the words that were spoken, in Chinese: no translation, no document, no figure as coded."""
    named = {key for key, said in texts(catalogue("zh")) if "原文" in str(said)}
    assert named == {"publish.quotation.original", "publish.site.original"}


def test_both_languages_have_the_same_places_to_fill():
    en, zh = (dict(texts(catalogue(lang))) for lang in LANGUAGES)
    for key in en.keys() & zh.keys():
        if isinstance(en[key], str) and not key.startswith(
            "publish."
        ):  # whole sentences, shown in full by tests/publish
            places = [
                {name for _, name, _, _ in Formatter().parse(one[key]) if name is not None}
                for one in (en, zh)
            ]
            assert places[0] - ONLY_IN_CHINESE == places[1] - ONLY_IN_CHINESE, key


@both
def test_no_text_is_empty(lang):
    empty = [key for key, value in texts(catalogue(lang)) if value == ""]
    assert empty == SAID_BY_SILENCE[lang]


@both
def test_every_qualifier_unit_and_notebook_has_words(records, lang):
    (claims,) = (one for one in descriptor(data_folder())["resources"] if one["name"] == "claims")
    (bound,) = (one for one in claims["schema"]["fields"] if one["name"] == "bound")
    assert list(words("qualifiers", lang)) == bound["constraints"]["enum"]
    units = {unit.replace("/", " / ") for unit in records.claims["unit"]}
    units |= {one.unit for one in all_findings(records)}
    assert missing("units.amount", units - {"", "share"}, lang) == []
    assert missing("notebooks", {path.stem for path in notebook_paths()}, lang) == []


@both
def test_every_column_of_a_chart_has_words(records, lang):
    shown = {name: set(own.make(records).data.columns) for name, own in definitions().items()}
    closer = words("column_of", lang)
    assert set(closer) <= set(shown), "words for columns of a chart that is not there"
    for chart_id, columns in shown.items():
        own = closer.get(chart_id, {})
        assert set(own) <= columns, f"words for a column that {chart_id} does not have"
        assert missing("columns", columns - set(own), lang) == [], chart_id


@both
def test_names_of_claims_are_of_claims(records, lang):
    assert sorted(set(words("claims", lang)) - set(records.claims["claim_id"])) == []


def test_every_series_of_a_chart_has_a_publisher_and_no_publisher_is_left_over():
    groups = catalogue("series_publishers")
    used = {series_id for own in definitions().values() for series_id in own.series}
    assert sorted(used - set(publishers())) == []
    assert sum(map(len, groups.values())) == len(publishers()), "a series has two publishers"
    for lang in LANGUAGES:
        assert set(words("publishers", lang)) == set(groups)


def test_a_missing_word_is_named_with_its_file():
    with pytest.raises(
        AnalysisError, match=r"words/zh\.toml has no 'nothing' in section \[language\]"
    ):
        word("language", "nothing", "zh")
    with pytest.raises(AnalysisError, match=r"words/en\.toml has no section \[no\.such\]"):
        words("no.such", "en")
    with pytest.raises(AnalysisError, match="unknown language 'fr'"):
        words("language", "fr")
    with pytest.raises(AnalysisError, match=r"series_publishers\.toml names no publisher of 'x'"):
        publisher("x", "en")


def test_a_language_is_called_alike_everywhere():
    assert [locale(lang) for lang in LANGUAGES] == ["en", "zh-CN"]
