"""Contact sheets: many charts in one picture, to look at them side by side."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from analysis.plotting.pictures import pictures
from analysis.publish.order import Order
from analysis.records.files import check_folder, write_whole
from analysis.records.load import Records
from analysis.themes.charts import make_chart

COLUMNS, WIDE, APART = 6, 480, 16  # pictures side by side; pixels of one, and between them
GROUND = (170, 170, 170)


def sheet(shown: Sequence[Image.Image]) -> Image.Image:
    """Pictures in rows, in their order, each as wide as the others and as tall as it is then."""
    small = [
        one.convert("RGB").resize(
            (WIDE, round(one.height * WIDE / one.width)), Image.Resampling.LANCZOS
        )
        for one in shown
    ]
    rows = [small[start : start + COLUMNS] for start in range(0, len(small), COLUMNS)]
    heights = [max(one.height for one in row) for row in rows]
    width = len(rows[0]) * (WIDE + APART) + APART
    whole = Image.new("RGB", (width, sum(heights) + APART * (len(rows) + 1)), GROUND)
    top = APART
    for row, height in zip(rows, heights, strict=True):
        for place, one in enumerate(row):
            whole.paste(one, (APART + place * (WIDE + APART), top))
        top += height + APART
    return whole


def write_sheets(
    chart_ids: Sequence[str], records: Records, out: Path, order: Order
) -> Iterator[Path]:
    """Write one sheet for each language, size and variant wanted; yields each as it is done.

    Raises
    ------
    ExportError
        Folder that cannot be written, missing glyph.
    """
    check_folder(out)
    shapes = dict.fromkeys((one.lang, one.size, one.variant) for one in order.pictures())
    for lang, size, variant in shapes:
        drawn = []
        for chart_id in chart_ids:
            made = pictures(
                make_chart(chart_id, records, lang), ["png"], size=size, variant=variant
            )
            drawn.append(PngImageFile(io.BytesIO(made["png"])))
        target = io.BytesIO()
        sheet(drawn).save(target, "png")
        plain = "" if variant == "framed" else f".{variant}"
        yield write_whole(out / f"sheet.{lang}.{size}{plain}.png", target.getvalue())
