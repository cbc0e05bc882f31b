"""How long a quotation is: words in English, characters in Chinese."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_WORDS, MOST_CHARACTERS = 8, 25  # of a source that a row may carry
CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CHARACTER = re.compile(rf"[{CJK}]")
_WORD = re.compile(rf"[^\W{CJK}_]+(?:[.,'’&/-]+[^\W{CJK}_]+)*%?")


class Length(NamedTuple):
    """How long a quotation is: words in English, characters in Chinese."""

    words: int
    characters: int


def length(quotation: str) -> Length:
    """Return the words and the Chinese characters of a quotation.

    A number, or words joined by hyphens, is one word; Chinese digits in figures count as words.

    Examples
    --------
    >>> length("some 7.71 million farmers in poverty-stricken areas")
    Length(words=7, characters=0)
    >>> length("带动618.8万贫困人口增收")
    Length(words=1, characters=9)
    """
    return Length(len(_WORD.findall(quotation)), len(_CHARACTER.findall(quotation)))


def too_long(quotation: str, words: int = MOST_WORDS, characters: int = MOST_CHARACTERS) -> str:
    """Return what is too long about a quotation, "" where nothing is.

    Examples
    --------
    >>> too_long("one two three four five six seven eight nine")
    '9 words; at most 8 are allowed'
    """
    found = length(quotation)
    if not found.characters:
        return f"{found.words} words; at most {words} are allowed" if found.words > words else ""
    size = len(re.sub(r"\s", "", quotation))
    return f"{size} characters; at most {characters} are allowed" if size > characters else ""
