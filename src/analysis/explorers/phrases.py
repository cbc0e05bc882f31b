"""Words that several explorers use: a result beside its mark, and the rows of a chart."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.bounds.finding import Finding
from analysis.explorers.definition import Row
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import FEWEST_DIGITS, number, percent, rounded

_BRIEF = {
    "en": {
        "": "{v}",
        "range": "{v} ({l} to {h})",
        "high": "at least {l}",
        "low": "at most {h}",
        "both": "{v}, direction unknown",
    },
    "zh": {
        "": "{v}",
        "range": "{v}（{l}至{h}）",
        "high": "至少{l}",
        "low": "至多{h}",
        "both": "{v}，方向不明",
    },
}


def brief(found: Finding, lang: str) -> str:
    """A result without its unit, rounded so that the words stay true: for a label beside its mark."""
    digits = max(found.digits, FEWEST_DIGITS)
    key = found.open_ended or ("range" if found.low != found.high else "")
    digits += key == "range"
    word = percent if found.unit == "" and abs(found.value) < 1 else number
    ends = {
        name: word(rounded(value, digits, way), lang)
        for name, value, way in (
            ("v", found.value, "nearest"),
            ("l", found.low, "down"),
            ("h", found.high, "up"),
        )
    }
    return _BRIEF[lang][key].format(**ends)


def short(found: Finding, lang: str) -> str:
    """A result without unit and without range: for a headline; "about" where it has one."""
    if found.open_ended or found.low == found.high:
        return brief(found, lang)
    word = percent if found.unit == "" and abs(found.value) < 1 else number
    return {"en": "about ", "zh": "约"}[lang] + word(
        rounded(found.value, max(found.digits, FEWEST_DIGITS)), lang
    )


def rows_data(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as the data of a dot plot: ``item``, ``value``, ``low``, ``high``, ``open_ended``, ``kind``."""
    return pd.DataFrame(
        [
            {
                "item": one.item,
                "value": one.found.value,
                "low": one.found.low,
                "high": one.found.high,
                "open_ended": one.found.open_ended,
                "kind": one.kind,
            }
            for one in rows
        ]
    )


def row_words(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """By language: the label of each row by its item, and ``value:item`` for the words behind its mark."""
    kept = tuple(rows)
    return {
        lang: {one.item: one.label(lang) for one in kept}
        | {f"value:{one.item}": brief(one.found, lang) for one in kept}
        for lang in LANGUAGES
    }
