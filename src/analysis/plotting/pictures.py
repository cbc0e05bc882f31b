"""A chart as the bytes of a picture: the same commit gives the same bytes."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import numpy as np
from PIL import Image
from PIL.Image import Dither, Quantize
from PIL.PngImagePlugin import PngInfo, putchunk

from analysis.plotting.canvas import ChartFigure
from analysis.plotting.font_files import cut_in_pdf
from analysis.plotting.style import SIZES, Looks, Size, rc
from analysis.plotting.svg import finished
from analysis.plotting.view import Chart
from analysis.words.catalogue import locale

COMPRESSION = 3  # of PNG
SIGNATURE = b"\x89PNG\r\n\x1a\n"
STORED_COMPRESSION = 8  # of pictures in the notebooks, which stay in the history of the repository
AREA = 400  # pixels of one colour that are an area, not an edge
SHADE = 3  # of 255: a difference that nobody sees
_PACKED = np.array([1 << 16, 1 << 8, 1], dtype=np.int32)  # three channels as one number


def pictures(
    chart: Chart, formats: Sequence[str], *, size: str = "page", variant: str = "framed"
) -> dict[str, bytes]:
    """A chart as files of several formats; it is laid out once.

    Parameters
    ----------
    formats : sequence of {"svg", "pdf", "png"}
    size : str
        A named size.
    variant : {"framed", "plain"}
        With headline, note and source inside the picture, or marks only.

    Returns
    -------
    dict of str to bytes
        By format. Every picture carries headline, alt text, source line and licence.

    Raises
    ------
    ExportError
        If the font lacks a character of the chart.
    """
    return written(chart, chart.figure(size, variant), formats)


def written(chart: Chart, figure: ChartFigure, formats: Sequence[str]) -> dict[str, bytes]:
    """A figure of a chart as files of several formats, by format."""
    draw = {"svg": _svg, "pdf": _pdf, "png": _png}
    with mpl.rc_context(rc()):
        return {name: draw[name](figure, chart, figure.size) for name in formats}


def _png(figure: ChartFigure, chart: Chart, size: Size) -> bytes:
    figure.canvas.draw()
    words, buffer, language = PngInfo(), io.BytesIO(), locale(chart.lang)
    text = chart.spec.text(chart.lang)
    for key, value in (
        ("Title", text.headline),
        ("Description", text.alt),
        ("Source", chart.sources[chart.lang]),
        ("Copyright", chart.licence),
    ):
        words.add_itxt(key, value, lang=language)
    canvas: Any = figure.canvas  # of Agg, whose methods have no annotations
    pixels = np.asarray(canvas.buffer_rgba())[..., :3]
    if size == SIZES["notebook"]:
        looks: Looks = {"compress_level": STORED_COMPRESSION, "dpi": (size.dpi, size.dpi)}
        indexed(Image.fromarray(pixels.copy())).save(buffer, format="png", pnginfo=words, **looks)
        return buffer.getvalue()
    return _unfiltered(pixels, size.dpi, words)


def _unfiltered(pixels: np.ndarray, dpi: int, words: PngInfo) -> bytes:
    """A PNG whose lines are compressed as they are: flat areas need no filter.

    Pillow tries five filters on every line, which takes twice as long and gives a larger file.
    """
    height, width = pixels.shape[:2]
    lines = np.zeros((height, 1 + 3 * width), dtype=np.uint8)  # 0: not filtered
    lines[:, 1:] = pixels.reshape(height, -1)
    buffer, per_metre = io.BytesIO(SIGNATURE), round(dpi / 0.0254)
    buffer.seek(0, io.SEEK_END)
    putchunk(buffer, b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
    putchunk(buffer, b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1))
    for name, content, *_ in words.chunks:
        putchunk(buffer, name, content)
    putchunk(buffer, b"IDAT", zlib.compress(lines.tobytes(), COMPRESSION))
    putchunk(buffer, b"IEND", b"")
    return buffer.getvalue()


def indexed(picture: Image.Image) -> Image.Image:
    """A picture with at most 256 colours, for what is stored: a third of the bytes.

    Colours are grouped as Pillow's octree groups them. Each group takes its most frequent colour, and an
    area that would be shown in another shade keeps its own, so that only the blends at the edges of
    letters and marks change.
    """
    groups = np.asarray(picture.quantize(method=Quantize.FASTOCTREE, dither=Dither.NONE))
    pixels = np.asarray(picture) @ _PACKED
    group_of = np.zeros(1 << 24, dtype=np.uint8)
    group_of[pixels] = groups
    colours, counts = np.unique(pixels, return_counts=True)
    spare = np.setdiff1d(np.arange(256), group_of[colours]).tolist()
    palette = np.zeros((256, 3), dtype=np.uint8)
    taken: set[int] = set()
    for place in np.argsort(-counts, kind="stable"):
        channels = colours[place] // _PACKED % 256
        group = int(group_of[colours[place]])
        if group in taken:
            seen = np.abs(channels - palette[group]).max() > SHADE and counts[place] >= AREA
            if not (seen and spare):
                continue
            group = group_of[colours[place]] = spare.pop()
        taken.add(group)
        palette[group] = channels
    found = Image.fromarray(group_of[pixels])
    found.putpalette(palette.tobytes())
    return found


def _pdf(figure: ChartFigure, chart: Chart, size: Size) -> bytes:
    # with what they need of fontTools, a third of a second
    from matplotlib.backends import backend_mixed, backend_pdf

    cut_in_pdf()
    pdf: Any = backend_pdf  # their functions have no annotations
    mixed: Any = backend_mixed
    text, buffer, dpi = chart.spec.text(chart.lang), io.BytesIO(), figure.dpi
    info = {
        "Title": text.headline,
        "Subject": text.alt,
        "Keywords": chart.sources[chart.lang],
        "Creator": None,
        "Producer": None,
        "CreationDate": None,
    }
    file = pdf.PdfFile(buffer, metadata=info)
    width, height = figure.get_size_inches()
    file.newPage(width * size.scale, height * size.scale)
    file.output(
        size.scale, 0, 0, size.scale, 0, 0, pdf.Op.concat_matrix
    )  # the canvas fills the page
    file.currentstream.write(b"/Figure <</MCID 0>> BDC\n")
    figure.dpi = 72
    page = pdf.RendererPdf(file, dpi, height, width)
    renderer = mixed.MixedModeRenderer(figure, width, height, dpi, page)
    figure.draw(renderer)
    renderer.finalize()
    file.currentstream.write(b"EMC\n")
    _tag(file, pdf, text.alt, locale(chart.lang))
    file.finalize()
    file.close()
    figure.dpi = dpi
    return buffer.getvalue()


def _tag(file: Any, pdf: Any, alt: str, language: str) -> None:
    """Say in a PDF in which language it is, and that what its page shows is one figure with an alt text.

    matplotlib writes catalogue and page before anything is drawn; they are written again, whole.
    """
    name, content, (page,) = pdf.Name, pdf.Reference(file.currentstream.id), file.pageList
    file.endStream()
    tree, whole, shown, parents = (
        file.reserveObject(one) for one in ("tree", "whole", "shown", "parents")
    )
    box = [0, 0, 72 * file.width, 72 * file.height]
    element, layout = {"Type": name("StructElem")}, {"O": name("Layout"), "BBox": box}
    parts = {
        file.rootObject: {
            "Type": name("Catalog"),
            "Pages": file.pagesObject,
            "Lang": language,
            "MarkInfo": {"Marked": True},
            "ViewerPreferences": {"DisplayDocTitle": True},
            "StructTreeRoot": tree,
        },
        page: {
            "Type": name("Page"),
            "Parent": file.pagesObject,
            "Resources": file.resourceObject,
            "MediaBox": box,
            "Contents": content,
            "StructParents": 0,
        },
        tree: {"Type": name("StructTreeRoot"), "K": [whole], "ParentTree": parents},
        whole: element | {"S": name("Document"), "P": tree, "K": [shown]},
        shown: element
        | {"S": name("Figure"), "P": whole, "Pg": page, "K": 0, "Alt": alt, "A": layout},
        parents: {"Nums": [0, [shown]]},
    }
    for one, said in parts.items():
        file.writeObject(one, said)


def _svg(figure: ChartFigure, chart: Chart, size: Size) -> bytes:
    buffer = io.StringIO()
    metadata = {
        "Source": chart.sources[chart.lang],
        "Rights": chart.licence,
        "Language": locale(chart.lang),
        "Date": None,
        "Creator": None,
    }
    figure.halo = False
    figure.savefig(buffer, format="svg", metadata=metadata)
    figure.halo = True
    return finished(buffer.getvalue(), chart, figure, size)
