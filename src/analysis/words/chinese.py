"""Chinese for texts that the data hold in English, from ``from_english.toml``."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from analysis.words.catalogue import catalogue

FILE, PATTERNS = "from_english", "pattern"
SENTENCE = re.compile(r"(?<=[.]) (?=[A-Z])")


@functools.cache
def from_english() -> dict[str, str]:
    """The Chinese of each text."""
    sections = catalogue(FILE).values()
    return {text: said for section in sections for text, said in section.items()}


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Sentences that the data make of figures and dates, with the Chinese of each."""
    return [
        (re.compile(re.sub(r"\\\{(\w)\\\}", r"(?P<\1>[^;]+?)", re.escape(text))), said)
        for text, said in catalogue(FILE)[PATTERNS].items()
    ]


def in_chinese(text: str) -> str:
    """A text of the data in Chinese, whole or part by part; itself where there are no Chinese words.

    Examples
    --------
    >>> in_chinese("the words say 'nearly'"), in_chinese("unknown; 12 are stated and listed")
    ('文字所述为“近”', 'unknown; 12 are stated and listed')
    >>> in_chinese("imputation, all years"), in_chinese("No date set. Rounded; no end date.")
    ('插补估计，全部年份', '没有设定日期。取整数；没有截止日期。')
    """
    return (
        from_english().get(text)
        or _all(text.split("; "), "；", _one)
        or _all(SENTENCE.split(text), "", _one)
        or _all(text.split(", "), "，", from_english().get)
        or text
    )


def _all(parts: list[str], mark: str, one: Callable[[str], str | None]) -> str:
    """The parts in Chinese, joined; "" if one has none."""
    said = [one(part) for part in parts]
    return mark.join(filter(None, said)) if all(said) else ""


def _one(text: str) -> str:
    """A text or clause in Chinese; "" if it has none."""
    if text in from_english():
        return from_english()[text]
    for pattern, said in _patterns():
        if found := pattern.fullmatch(text):
            known = from_english()
            return said.format(
                **{key: known.get(one, one) for key, one in found.groupdict().items()}
            )
    return ""
