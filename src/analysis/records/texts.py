"""Paragraphs of the texts that claims are coded from."""

from __future__ import annotations


def paragraphs(text: str) -> list[str]:
    r"""Non-empty lines of a text; the first is paragraph 1.

    Examples
    --------
    >>> paragraphs("Title\n\n  \nFirst words.\n")
    ['Title', 'First words.']
    """
    return [line for line in text.splitlines() if line.strip()]
