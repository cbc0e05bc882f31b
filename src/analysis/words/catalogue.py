"""The words that several places share, in English and Chinese: one file for each language, loaded once."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from analysis.records.errors import AnalysisError

LANGUAGES = ("en", "zh")


def check_language(lang: str) -> str:
    """The language, if it is one of the two."""
    if lang not in LANGUAGES:
        raise AnalysisError(
            f"{lang!r} is no language of this project; allowed are {', '.join(LANGUAGES)}"
        )
    return lang


def words(section: str, lang: str) -> Mapping[str, Any]:
    """The words of one section of the catalogue, by key.

    Examples
    --------
    >>> words("language", "zh")["locale"]
    'zh-CN'
    """
    found: Any = catalogue(check_language(lang))
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


@functools.cache
def catalogue(lang: str) -> dict[str, Any]:
    """The whole catalogue of one language, by section and key."""
    return tomllib.loads((files("analysis.words") / f"{lang}.toml").read_text("utf-8"))
