"""Bytes into text: which encoding a file was saved in, found and said."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = ("gb18030", "big5hkscs")
_WESTERN = "cp1252"
_SAMPLE = 1 << 16
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过民产经定量"
)
_COMMON_TRADITIONAL = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過民產經定量"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that its bytes were read in.

    Attributes
    ----------
    text : str
        The text, without a byte order mark.
    encoding : str
        Name of the encoding: utf-8, utf-16, gb18030, big5hkscs, …
    certain : bool
        Whether the bytes themselves say so (a mark, or valid UTF-8); a guess else.
    replaced : int
        Characters that could not be read and stand as U+FFFD.
    """

    text: str
    encoding: str
    certain: bool
    replaced: int = 0

    @property
    def note(self) -> str:
        """What a person should know of the encoding, "" for plain UTF-8.

        Examples
        --------
        >>> decode("带动贫困人口增收".encode("gb18030")).note
        'read as gb18030 (detected); save it as UTF-8 to be sure'
        """
        if self.encoding.startswith("utf-8") and not self.replaced:
            return ""
        lost = f", {self.replaced} characters unreadable" if self.replaced else ""
        sure = "by its byte order mark" if self.certain else "detected"
        return f"read as {self.encoding} ({sure}{lost}); save it as UTF-8 to be sure"


def decode(content: bytes) -> Decoded:
    """Return the text of some bytes: UTF-8 or UTF-16, GB18030, Big5, else what fits best.

    Examples
    --------
    >>> decode("超过17亿美元".encode("utf-16")).encoding
    'utf-16'
    >>> decode("經濟市道改善，失業率下跌".encode("big5")).text
    '經濟市道改善，失業率下跌'
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _read(content, name, certain=True)
    try:
        if not _wide(content):
            return Decoded(content.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError:
        pass
    return _read(content, _wide(content) or _guess(content), certain=False)


def _read(content: bytes, name: str, *, certain: bool) -> Decoded:
    text = content.decode(name, errors="replace")
    return Decoded(text.removeprefix("\ufeff"), name, certain, text.count("\ufffd"))


def _wide(content: bytes) -> str:
    """Return UTF-16 without a mark: NUL or one high byte in every second place."""
    sample = content[:4096]
    if len(sample) < 4 or len(content) % 2:
        return ""
    half = len(sample) // 2
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        plain = high.count(0)
        han = sum(0x4E <= byte <= 0x9F for byte in high)
        if plain > 0.3 * half or (plain > 0 and plain + han > 0.9 * half):
            return name
    return ""


def _guess(content: bytes) -> str:
    """Return the Chinese encoding with the more common characters, else what the library finds."""
    sample = content[:_SAMPLE]
    scores = {name: _commonness(sample, name) for name in _CHINESE}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > 0.04:
        return best
    found = from_bytes(sample).best()
    name = found.encoding if found else _WESTERN
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name).replace(
        "_", "-"
    )


def _commonness(sample: bytes, name: str) -> float:
    """Return the share of the most common characters, less what cannot be read."""
    text = sample.decode(name, errors="replace")
    wide = [char for char in text if ord(char) > 0x7F]
    if not wide or len(wide) < 2:
        return 0.0
    common = sum(char in _COMMON or char in _COMMON_TRADITIONAL for char in wide)
    broken = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in wide)
    return (common - 2 * broken) / len(wide)
