"""The words that several places share, in English and Chinese: a file for each language, loaded once."""

from __future__ import annotations

import functools
import tomllib
from importlib.resources import files
from typing import Any

from analysis.records.errors import AnalysisError

LANGUAGES = ("en", "zh")


def check_language(lang: str) -> str:
    """The language, if it is one of the two."""
    if lang not in LANGUAGES:
        raise AnalysisError(f"unknown language {lang!r}; allowed are {', '.join(LANGUAGES)}")
    return lang


def words(section: str, lang: str) -> dict[str, Any]:
    """The words of one section of the catalogue, by key.

    Examples
    --------
    >>> words("units.amount", "zh")["person"]
    '{}人'
    """
    found: dict[str, Any] = catalogue(check_language(lang))
    for part in section.split("."):
        if part not in found:
            raise AnalysisError(f"words/{lang}.toml has no section [{section}]")
        found = found[part]
    return found


def word(section: str, key: str, lang: str) -> str:
    """One text of the catalogue; raises AnalysisError with file, section and key if it is not there.

    Examples
    --------
    >>> word("language", "name", "en"), word("language", "name", "zh")
    ('English', '中文')
    """
    found = words(section, lang)
    if key not in found:
        raise AnalysisError(f"words/{lang}.toml has no {key!r} in section [{section}]")
    return str(found[key])


def locale(lang: str) -> str:
    """The language as HTML, SVG and PNG name it.

    Examples
    --------
    >>> locale("en"), locale("zh")
    ('en', 'zh-CN')
    """
    return word("language", "locale", lang)


@functools.cache
def publishers() -> dict[str, str]:
    """The code of the publisher of each series that a chart uses, by the identifier of the series."""
    groups = catalogue("series_publishers")
    return {series_id: code for code, names in groups.items() for series_id in names}


def publisher(series_id: str, lang: str) -> str:
    """Who published a series, as a source line names it.

    Examples
    --------
    >>> publisher("cn-pop-wdi", "en"), publisher("cn-pop-wdi", "zh")
    ('World Bank', '世界银行')
    """
    if series_id not in publishers():
        raise AnalysisError(f"words/series_publishers.toml names no publisher of {series_id!r}")
    return word("publishers", publishers()[series_id], lang)


def catalogue(name: str) -> dict[str, Any]:
    """One file of the catalogue, such as "en", by section and key."""
    return words_beside("analysis.words", f"{name}.toml")


@functools.cache
def words_beside(package: str, file: str) -> dict[str, Any]:
    """The words of a TOML file that stands in a package, such as those of the findings of a theme."""
    return tomllib.loads((files(package) / file).read_text("utf-8"))
