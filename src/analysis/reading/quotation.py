"""Where a quotation stands in a text that is set a little differently."""

from __future__ import annotations

import re
from functools import cache

from analysis.records.quotation import CJK

_CHARACTER = re.compile(rf"[{CJK}]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACE = rf"[\s{_INVISIBLE}]"
_PIECE = re.compile(
    rf"{_SPACE}+|[{CJK}\u3000-\u303f\"()\[\],.;:!?-]|[^\s{_INVISIBLE}{CJK}\u3000-\u303f\"()\[\],.;:!?-]+"
)
_QUOTES = "“”„‟‘’‚‛«»‹›「」『』〝〞′″`´'"
_DASHES = "‐‑‒–—―−－﹣"


@cache
def _folding() -> dict[int, str]:
    folded = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    folded |= dict.fromkeys(map(ord, _QUOTES), '"') | dict.fromkeys(map(ord, _DASHES), "-")
    folded |= {ord("，"): ",", ord("。"): ".", ord("、"): ",", ord("；"): ";", ord("："): ":"}
    return folded | {ord("（"): "(", ord("）"): ")", ord("！"): "!", ord("？"): "?", ord("～"): "~"}


def find(quotation: str, text: str, start: int = 0) -> tuple[int, int] | None:
    r"""Return where a quotation stands in a text, tolerant of how the text is set.

    Spaces, line breaks, full and half width, kinds of dash and quotation mark make no difference;
    letters, figures and their order do.

    Returns
    -------
    tuple of int or None
        Start and end in the text as given.

    Examples
    --------
    >>> find('the "export  centers"', 'A total of the “export\ncenters” was')
    (11, 31)
    >>> find("618.8万贫困人口", "带动６１８.８ 万\n贫困人口增收")
    (2, 14)
    """
    pattern = _pattern(quotation)
    found = pattern.search(text.translate(_folding()), start) if pattern else None
    return found.span() if found else None


def find_all(quotation: str, text: str) -> list[tuple[int, int]]:
    """Return every place of a quotation in a text.

    Examples
    --------
    >>> find_all("10 %", "10% and 10 %")
    [(0, 3), (8, 12)]
    """
    pattern = _pattern(quotation)
    return (
        [found.span() for found in pattern.finditer(text.translate(_folding()))] if pattern else []
    )


def _pattern(quotation: str) -> re.Pattern[str] | None:
    """Return the pattern of a quotation: its pieces in order, spaces between them free."""
    pieces = [
        piece
        for piece in _PIECE.findall(quotation.translate(_folding()))
        if piece.strip(_INVISIBLE)
    ]
    parts: list[str] = []
    last = ""
    for piece in pieces:
        if piece.isspace():
            last = " "
            continue
        if parts:
            parts.append(_between(parts[-1], last, piece))
        parts.append(_piece(piece))
        last = ""
    if not parts:
        return None
    first, last = pieces[0].strip()[:1], pieces[-1].strip()[-1:]
    before = r"(?<![A-Za-z0-9])" if _plain(first) and first.isascii() else ""
    after = r"(?![A-Za-z0-9])" if _plain(last) and last.isascii() else ""
    return re.compile(before + "".join(parts) + after)


def _between(before: str, space: str, piece: str) -> str:
    """Return what may stand between two pieces: nothing or spaces beside marks and Chinese."""
    tight = space and _plain(before[-1:]) and _plain(piece[:1])
    return rf"{_SPACE}+" if tight else rf"{_SPACE}*"


def _plain(char: str) -> bool:
    """Whether a character is a letter or figure that makes words, no Chinese one."""
    return char.isalnum() and not _CHARACTER.match(char)


def _piece(piece: str) -> str:
    """Return the pattern of a piece; figures and Chinese that touch may be parted by a space."""
    spaced = re.sub(r"(?<=\d)(?=[%A-Za-z])|(?<=[%$£€¥])(?=\d)", "\0", piece)
    return rf"{_SPACE}*".join(re.escape(part) for part in spaced.split("\0"))
