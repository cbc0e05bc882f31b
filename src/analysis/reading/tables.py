"""The tables of words, and the patterns made from them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

Languages = tuple[str, ...]
_Tree = dict[str, "_Tree"]
LANGUAGES: Languages = ("en", "zh")
# to what a number counts: columns set with spaces, indented lines
GAP = r"(?: {3,40}\n? {0,40}|\s? {0,2}\n {1,40}|[\s-]{0,2})"
_FILES = {"en": "english", "zh": "chinese"}


@cache
def table(name: str) -> dict[str, Any]:
    """Return one table of words, such as ``english`` or ``units``."""
    path = resources.files("analysis.reading") / "words" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def language(lang: str) -> dict[str, Any]:
    """Return the words of a language, by its code ``en`` or ``zh``.

    Examples
    --------
    >>> language("en")["scales"]["crore"]
    10000000.0
    """
    return table(_FILES[lang])


def alternation(words: Iterable[str]) -> str:
    r"""Return a pattern of the words, longest first; a space in a word is any white space.

    What words begin with alike is looked at once.

    Examples
    --------
    >>> alternation(["no", "no more", "not"])
    'no(?:\\s+more|t)?'
    """
    tree: _Tree = {}
    for word in sorted(set(words)):
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _ways(tree)


def _ways(tree: _Tree) -> str:
    ways = [
        (r"\s+" if char == " " else re.escape(char)) + _ways(rest)
        for char, rest in tree.items()
        if char
    ]
    if len(ways) == 1 and "" not in tree:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + "?" * ("" in tree) if ways else ""


@cache
def units() -> tuple[dict[str, Any], ...]:
    """Return the rows of the table of units."""
    return tuple(table("units")["unit"])


@cache
def kind_of_unit() -> dict[str, str]:
    """Return the kind (money, share, measure, duration, count, multiple) of each unit."""
    kinds = {row["id"]: row["kind"] for row in units()}
    return kinds | dict.fromkeys(set(english_units().values()) - kinds.keys(), "count")


@cache
def english_units() -> dict[str, str]:
    """Return the unit of each English noun or sign that stands behind a number.

    Counted things keep the noun as said (firms are no companies); persons are one unit.
    """
    return {word: _unit_said(row, word) for row in units() for word in row["en"]}


def _unit_said(row: dict[str, Any], word: str) -> str:
    said = row["kind"] == "count" and row["id"] != "persons" and word.endswith("s")
    return word if said else str(row["id"])


@cache
def signs_before() -> dict[str, str]:
    """Return the currency of each sign that stands before a number."""
    return {sign: row["id"] for row in units() for sign in row.get("before", ())}


@cache
def letters_before() -> dict[str, str]:
    """Return the currency of each capital letter that may stand before a number."""
    return {row["letter"]: row["id"] for row in units() if "letter" in row}


@cache
def chinese_units() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return words and units that follow a Chinese number, by first character, longest first."""
    return _by_first((word, row["id"]) for row in units() for word in row["zh"])


@cache
def chinese_nouns() -> dict[str, str]:
    """Return the unit of each Chinese noun that says what is counted."""
    return {noun: row["id"] for row in units() for noun in row.get("nouns", ())}


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for word, unit in pairs:
        found.setdefault(word[0], []).append((word, unit))
    return {first: tuple(sorted(row, key=lambda one: -len(one[0]))) for first, row in found.items()}
