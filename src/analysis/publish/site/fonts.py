"""The Chinese font of the pages: that of the charts, packed for the web."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from analysis.plotting.style import FILES
from analysis.records.files import text_of

STYLE = Path(__file__).parent / "static" / "site.css"
LICENCE = FILES["normal"].with_name("OFL.txt")


def web_fonts() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each weight as WOFF; the style sheet takes them where the reader has no Chinese font."""
    from fontTools.ttLib import TTFont

    for path in FILES.values():
        font, buffer = TTFont(path, recalcTimestamp=False), io.BytesIO()
        font.flavor = "woff"
        font.save(buffer)
        yield f"{path.stem}.woff", buffer.getvalue()


def font_rules() -> str:
    """The rules of the style sheet by which a page takes the font."""
    lines = text_of(STYLE).splitlines()
    return "\n".join(line for line in lines if line.startswith("@font-face"))
