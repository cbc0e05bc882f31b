"""Charts that a collection of one's own names: a file of the folder ``charts`` for each, with its claims and its words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import Any

from analysis.records.errors import AnalysisError
from analysis.records.files import text_of
from analysis.records.paths import data_folder

FOLDER = "charts"
WORDS = ("headline", "subtitle", "note", "alt")


@dataclass(frozen=True)
class OwnChart:
    """A chart of claims of one unit: which, and its words where they are not those that every such chart has.

    Parameters
    ----------
    chart_id : str
    claims : tuple of str
    names : mapping
        What a claim is called, by its identifier.
    words : mapping
        By language: headline, subtitle, note and alt text; ``{claim_id}`` stands for what the claim says.
    """

    chart_id: str
    claims: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)


def own_charts() -> tuple[OwnChart, ...]:
    """The charts of the data folder in use, in the order of their names.

    Raises
    ------
    AnalysisError
        If a file is no such chart: with the file, and what it may hold.
    """
    folder = data_folder() / FOLDER
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            given = tomllib.loads(text_of(path))
        except tomllib.TOMLDecodeError as error:
            raise AnalysisError(f"{FOLDER}/{path.name} is no TOML: {error}") from None
        found.append(_chart(path.stem, given))
    return tuple(found)


def _chart(chart_id: str, given: dict[str, Any]) -> OwnChart:
    where = f"{FOLDER}/{chart_id}.toml"
    claims, names = given.get("claims"), given.get("names", {})
    if not isinstance(claims, list) or not claims:
        raise AnalysisError(f'{where} names no claims; allowed is claims = ["source.claim", …]')
    sections = {name: given[name] for name in given if name not in ("claims", "names")}
    for name, own in sections.items():
        if name not in ("en", "zh") or not isinstance(own, dict):
            raise AnalysisError(
                f"{where}: {name!r} is not known; allowed are claims, and the sections names, en and zh"
            )
        if wrong := [key for key in own if key not in WORDS]:
            raise AnalysisError(
                f"{where}: {wrong[0]!r} is none of the words of a chart; allowed are {', '.join(WORDS)}"
            )
    return OwnChart(chart_id, tuple(map(str, claims)), dict(names), sections)
