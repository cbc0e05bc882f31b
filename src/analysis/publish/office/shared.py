"""What Word files and slide decks share: checked texts, properties, theme fonts, and bytes that never change."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from analysis import RELEASED, __version__
from analysis.plotting.source_line import LICENCE
from analysis.plotting.style import REPORTED
from analysis.plotting.view import Chart
from analysis.provenance.citation import AUTHORS, PROJECT, cite_chart
from analysis.publish.archive import zipped
from analysis.publish.exhibit import Bundle
from analysis.publish.office.phrases import phrases
from analysis.records.errors import ExportError
from analysis.words.wording import display_width

LATIN_FONT = "Arial"
EAST_ASIAN_FONT = "Microsoft YaHei"
HALF = 0.54  # width of a column of text over letter height: half a Chinese character, a wide Latin letter
LONGEST_TITLE = 200
SWATCH = "\u25a0 "
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Commerce Poverty Notebooks</Application></Properties>'
)
FORBIDDEN = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what XML 1.0 does not allow
LEFTOVERS = (
    "thumbnail",
    "customXml",
    "printerSettings",
    "stylesWithEffects",
)  # kinds of relations of the templates


def xml_text(text: str) -> str:
    """A text for one paragraph: line breaks and tabs become spaces.

    Raises
    ------
    ExportError
        If it holds a character that XML forbids.
    """
    if found := FORBIDDEN.search(text):
        words = text[max(found.start() - 20, 0) : found.start()]
        raise ExportError(
            f"the text {FORBIDDEN.sub('?', words)!r}… holds the control character U+{ord(found[0]):04X}, which no office file may hold; remove it"
        )
    return re.sub(r"[\t\n\r]+", " ", text)


def checked_title(title: str | None, lang: str) -> str:
    """The title of a report or deck, or the default one; raises ExportError if it is empty or too long."""
    chosen = xml_text(phrases(lang).title if title is None else title).strip()
    if not 0 < len(chosen) <= LONGEST_TITLE:
        raise ExportError(
            f"the title has {len(chosen)} characters; allowed are 1 to {LONGEST_TITLE}"
        )
    return chosen


def checked_bundles(bundles: Sequence[Bundle]) -> tuple[Bundle, ...]:
    """The charts of a report or deck; raises ExportError if there are none."""
    if not bundles:
        raise ExportError("a report or deck needs at least one chart")
    return tuple(bundles)


def citation_text(chart: Chart) -> str:
    """How to cite a chart, in the chart's language."""
    found = cite_chart(chart)
    return found.text_zh if chart.lang == "zh" else found.text


def set_properties(package: Any, title: str, lang: str, bundles: Sequence[Bundle]) -> None:
    """Title, authors, keywords, licence, language and date in the properties of a document or presentation."""
    core, day = package.core_properties, datetime.fromisoformat(RELEASED)
    core.title, core.subject, core.author, core.last_modified_by = (
        title,
        phrases(lang).subject,
        AUTHORS,
        AUTHORS,
    )
    core.keywords = "; ".join(
        dict.fromkeys(
            one.definition.notebook.partition("_")[2].replace("_", " ") for one in bundles
        )
    )[:255]
    core.comments = f"{PROJECT}, version {__version__}. {LICENCE}"
    core.category, core.language, core.revision, core.version = (
        "charts",
        phrases(lang).tag,
        1,
        __version__,
    )
    core.created = core.modified = day


def own_theme(theme: bytes) -> bytes:
    """A theme with the project's Latin and Chinese fonts and its colour for links."""
    root = parse_xml(theme)
    for kind in ("majorFont", "minorFont"):
        for fonts in root.iter(f"{{{DRAWING}}}{kind}"):
            fonts.find(f"{{{DRAWING}}}latin").set("typeface", LATIN_FONT)
            fonts.find(f"{{{DRAWING}}}ea").set("typeface", EAST_ASIAN_FONT)
            for script in fonts.findall(f"{{{DRAWING}}}font"):
                if script.get("script") == "Hans":
                    script.set("typeface", EAST_ASIAN_FONT)
    for link in root.iter(f"{{{DRAWING}}}hlink"):
        for color in link.iter(f"{{{DRAWING}}}srgbClr"):
            color.set("val", REPORTED[1:])
    return serialize_part_xml(root)


def cut_leftovers(relations: Iterable[Any], cut: Callable[[str], object]) -> None:
    """Cut the ties to what a template holds of another document: preview, printer, bibliography."""
    for one in list(relations):
        if one.reltype.rpartition("/")[2] in LEFTOVERS:
            cut(one.rId)


def repacked(content: bytes, replaced: Mapping[str, bytes]) -> bytes:
    """A package with its entries in order of their names and dated by the release; some may be replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = {name: package.read(name) for name in sorted(package.namelist())}
    return zipped(entries | {"docProps/app.xml": APPLICATION.encode()} | dict(replaced))


def linked(line: str, links: Mapping[str, str]) -> list[tuple[str, str]]:
    """A line cut at the names that have an address: pairs of text and address, which is empty for other text.

    Examples
    --------
    >>> linked("Source: A (paragraph 1); B.", {"A": "https://a.org"})
    [('Source: ', ''), ('A', 'https://a.org'), (' (paragraph 1); B.', '')]
    """
    names = sorted((name for name in links if name), key=len, reverse=True)
    if not names:
        return [(line, "")]
    pieces = re.split(f"({'|'.join(map(re.escape, names))})", line)
    return [(piece, links.get(piece, "")) for piece in pieces if piece]


def is_address(url: str) -> bool:
    """Whether a text of the data may become a link: only whole http and https addresses may.

    Examples
    --------
    >>> is_address("https://mysheen.com/a2580"), is_address("javascript:alert(1)")
    (True, False)
    """
    return bool(re.fullmatch(r"https?://[^\s<>\"'{}|\\^`]+", url, re.IGNORECASE))


def lines_needed(text: str, width: float, points: float) -> int:
    """Lines that a paragraph takes in a width in inches, rather one too many than one too few."""
    columns = max(int(width * 72 / (HALF * points)), 2)
    return max(math.ceil(display_width(text) / columns), 1)
