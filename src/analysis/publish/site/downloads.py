"""The files beside a chart, in words: what each is made for, its size, its kilobytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from analysis.plotting.style import PICTURES, SIZES, VARIANTS
from analysis.publish.order import Order, Picture
from analysis.publish.phrases import Phrases
from analysis.publish.site.words import Words
from analysis.words.catalogue import LANGUAGES, locale

PICTURE, DATA, TEXT, OTHER = "pictures", "data", "words", "other"
FORMATS = ("png", "svg", "pdf")  # in this order in a row
DATA_FILES, TEXT_FILES = (
    ("zip", "xlsx", "pptx", "csv", "json"),
    ("alt.txt", "html", "md", "citation.txt", "bib", "csl.json", "README.md", "MANIFEST"),
)
ON_PAGES = (".web.png", ".phone.svg")  # pictures that the page of a chart shows
PARTS = (".web.svg", ".phone.svg")  # those that become a part of it
LONGEST_SNIPPET = 12_000  # characters; what is longer nobody pastes
TABLE = re.compile(r"<details\b.*?</details>\n?", re.DOTALL)
MEGABYTE = 1_000_000
FRAMED, PLAIN = VARIANTS
MORE = (
    ("page", FRAMED, "svg"),
    ("page", FRAMED, "pdf"),
    ("page", FRAMED, "png"),
    ("column", FRAMED, "png"),
    ("full", FRAMED, "pdf"),
    ("card", FRAMED, "png"),
    ("slide", FRAMED, "png"),
    ("page", PLAIN, "svg"),
    ("phone", FRAMED, "svg"),
)
# what lies beside each chart's page: for the web, for reports, for cards and slides; data; texts
ORDER = Order(
    formats=("png", "svg", "csv", "json", "xlsx", "pptx", "html", "md", "txt"),
    sizes=("web",),
    more=tuple(
        Picture(lang, size, variant, form) for lang in LANGUAGES for size, variant, form in MORE
    ),
)


@dataclass(frozen=True)
class ChartFiles:
    """The files beside a chart's page.

    Parameters
    ----------
    sizes : mapping
        Bytes of each file by name.
    snippets : mapping
        The code to embed the chart, by language.
    seen : mapping
        Width and height of the pictures that a page shows, in pixels of the page, by name.
    drawn : mapping
        The SVG pictures that become a part of a page, by name.
    """

    sizes: Mapping[str, int]
    snippets: Mapping[str, str] = field(default_factory=dict)
    seen: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    drawn: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Download:
    """One file to download.

    Parameters
    ----------
    name : str
        Name of the file.
    group : {"pictures", "data", "words", "other"}
    kind : str
        Size and variant of a picture (``page``, ``page.plain``), else what follows the chart's name.
    format : str
        Extension of a picture.
    lang : str
        Its language; "" if it serves both.
    bytes : int
    """

    name: str
    group: str
    kind: str
    format: str
    lang: str
    bytes: int


def downloads(chart_id: str, files: Mapping[str, int]) -> list[Download]:
    """What the files of a chart's folder are, from their names."""
    return [_download(chart_id, name, size) for name, size in sorted(files.items())]


def _download(chart_id: str, name: str, size: int) -> Download:
    rest = name.removeprefix(f"{chart_id}.")
    lang = rest.partition(".")[0] if rest.partition(".")[0] in LANGUAGES else ""
    kind = rest.removeprefix(f"{lang}.") if lang else rest
    stem, _, extension = kind.rpartition(".")
    named, _, variant = stem.partition(".")
    if extension in PICTURES and named in SIZES and variant in ("", *VARIANTS):
        return Download(name, PICTURE, stem, extension, lang, size)
    group = DATA if kind in DATA_FILES else TEXT if kind in TEXT_FILES else OTHER
    return Download(name, group, kind, "", lang, size)


def of_language(found: list[Download], lang: str) -> list[Download]:
    """Files of one language and files that serve both."""
    return [one for one in found if one.lang in ("", lang)]


def picture_rows(found: list[Download], words: Words) -> list[dict[str, Any]]:
    """Pictures by size, the order of ``SIZES``: what for, how large, and a file of each format."""
    pictures = sorted((one for one in found if one.group == PICTURE), key=_order)
    purposes, rows = Phrases("purpose", words.lang), []
    for kind, group in groupby(pictures, key=lambda one: one.kind):
        use = purposes(kind)
        files = [_file(one, one.format.upper(), words, use) for one in group]
        rows.append({"made_for": use, "size": size_in_words(kind, words), "files": files})
    return rows


def _order(one: Download) -> tuple[str, int, int]:
    named, _, variant = one.kind.partition(".")
    return variant, list(SIZES).index(named), FORMATS.index(one.format)


def file_rows(found: list[Download], group: str, words: Words) -> list[dict[str, Any]]:
    """Files of a group other than pictures, with their label and kilobytes."""
    order, labels = (*DATA_FILES, *TEXT_FILES), Phrases("term.file", words.lang)
    chosen = sorted(
        (one for one in found if one.group == group),
        key=lambda one: (order.index(one.kind) if one.kind in order else len(order), one.name),
    )
    return [
        _file(one, labels(one.kind) if one.kind in labels else one.name, words) for one in chosen
    ]


def _file(one: Download, label: str, words: Words, context: str = "") -> dict[str, Any]:
    return {
        "name": one.name,
        "label": label,
        "bytes": kilobytes(one.bytes, words),
        "context": context,
        "tag": locale(one.lang) if one.lang else "",
    }


def shortened(snippet: str) -> str:
    r"""The figure to paste into a page, without its table of data where that makes it long; the file has both.

    Examples
    --------
    >>> shortened("<figure>\n<details>" + "<td></td>" * 2000 + "</details>\n</figure>")
    '<figure>\n</figure>'
    """
    return TABLE.sub("", snippet) if len(snippet) > LONGEST_SNIPPET else snippet


def size_in_words(kind: str, words: Words) -> str:
    """Inches of a size for paper, pixels of one for the screen."""
    size = SIZES[kind.partition(".")[0]]
    if size.dpi >= SIZES["page"].dpi:
        return words("inches", width=f"{size.width:g}", height=f"{size.height:g}")
    width, height = size.pixels
    return words("pixels", width=str(width), height=str(height))


def kilobytes(size: int, words: Words) -> str:
    """Bytes as whole kilobytes, at least one; from a thousand on as megabytes."""
    if size >= MEGABYTE:
        return words("megabytes", n=f"{size / MEGABYTE:.1f}")
    return words("kilobytes", n=str(max(1, round(size / 1000))))
