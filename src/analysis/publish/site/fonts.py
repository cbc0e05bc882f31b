"""The Chinese font of the pages: that of the charts, packed for the web."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fontTools.ttLib import TTFont

from analysis.plotting.style import FILES

LICENCE = FILES["normal"].with_name("OFL.txt")


def web_fonts() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each weight as WOFF; the style sheet takes them where the reader has no Chinese font."""
    for path in FILES.values():
        font, buffer = TTFont(path, recalcTimestamp=False), io.BytesIO()
        font.flavor = "woff"
        font.save(buffer)
        yield f"{path.stem}.woff", buffer.getvalue()
