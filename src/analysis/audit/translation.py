"""Whether two wordings of one statement count the same thing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.methods.consistency import Check

QUALIFIERS = {  # what narrows or changes who is counted -> how it is written
    "poor": r"\bpoor (?!areas|regions|counties|villages)(?:\w+ )?(?:people|persons|residents|farmers|households|labou?rers)",
    "new": r"\bnew\b",
    "jobs": r"\bjobs\b",
}


def drift(first: str, second: str, qualifiers: Mapping[str, str] = QUALIFIERS) -> Check:
    """Which qualifiers stand in one wording of a statement and not in the other.

    Parameters
    ----------
    first, second : str
        What the two versions count, in one language.
    qualifiers : mapping
        Word -> pattern.

    Returns
    -------
    Check
        ``conflict``: the two give one number to different things; ``rows`` holds the words.

    Examples
    --------
    >>> drift("people whose income rose", "poor people with more income").reason
    "one number for two things: 'poor' stands in one version only"
    """
    held = [
        {word for word, pattern in qualifiers.items() if re.search(pattern, text, re.IGNORECASE)}
        for text in (first, second)
    ]
    if not (differ := sorted(held[0] ^ held[1])):
        return Check("pass", "both versions count the same")
    words = " and ".join(repr(word) for word in differ)
    return Check(
        "conflict",
        f"one number for two things: {words} stand{'s' if len(differ) == 1 else ''} in one version only",
        tuple(differ),
    )
