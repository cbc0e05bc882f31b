"""What Word files and slide decks share: checked texts, properties, legend, source lines, pictures, and bytes that never change."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

from analysis import RELEASED, __version__
from analysis.plotting.pictures import pictures
from analysis.plotting.source_line import LICENCE
from analysis.plotting.spec import Text
from analysis.plotting.style import CALCULATED, CATEGORIES, INK, MUTED, REPORTED, SCENARIO
from analysis.publish.archive import zipped
from analysis.publish.chart_basis import documents_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases
from analysis.records.collection import collection
from analysis.records.errors import ExportError
from analysis.words.wording import display_width

LATIN_FONT = "Arial"
EAST_ASIAN_FONT = "Microsoft YaHei"
# width of a column of text over letter height: half a Chinese character, a wide Latin letter
HALF = 0.54
LONGEST_TITLE = 200
SWATCH = "\u25a0 "
COLOURS = (REPORTED, CALCULATED, SCENARIO, MUTED)  # in the order of their meanings in the catalogue
# of the theme: what colours say, then two of the categories
ACCENTS = (REPORTED, CALCULATED, SCENARIO, MUTED, *CATEGORIES[:2])
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Commerce Poverty Notebooks</Application></Properties>'
)
# what XML 1.0 does not allow
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# kinds of relations of the templates
LEFTOVERS = ("thumbnail", "customXml", "printerSettings", "stylesWithEffects")


@dataclass(frozen=True)
class Piece:
    """A piece of text: where it leads, its colour, and whether it is bold."""

    text: str
    url: str = ""
    color: str = ""
    bold: bool = False


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
    chosen = xml_text(Phrases("office", lang)("title") if title is None else title).strip()
    if not 0 < len(chosen) <= LONGEST_TITLE:
        raise ExportError(
            f"the title has {len(chosen)} characters; allowed are 1 to {LONGEST_TITLE}"
        )
    return chosen


def set_properties(package: Any, title: str | None, exhibits: Sequence[Exhibit], lang: str) -> str:
    """Put title, authors, keywords, licence, language and date into the properties; returns the title.

    Raises
    ------
    ExportError
        If there is no chart, or the title is empty or too long.
    """
    chosen = checked_title(title, lang)
    if not exhibits:
        raise ExportError("a report or deck needs at least one chart")
    core, said = package.core_properties, Phrases("office", lang)
    notebooks = dict.fromkeys(one.definition.notebook for one in exhibits)
    keywords = (name.partition("_")[2].replace("_", " ") for name in notebooks)
    core.title, core.subject = chosen, said("subject")
    core.author = core.last_modified_by = collection().authors
    core.keywords = "; ".join(keywords)[:255]
    core.comments = f"{collection().title}, version {__version__}. {LICENCE}"
    core.category, core.language = "charts", said("tag")
    core.revision, core.version = 1, __version__
    core.created = core.modified = datetime.fromisoformat(RELEASED)
    return chosen


def colour_legend(said: Phrases) -> list[Piece]:
    """A square in each colour of the charts, and what the colour means."""
    return [
        piece
        for color, meaning in zip(COLOURS, said.each("colours"), strict=True)
        for piece in (Piece(SWATCH, color=color), Piece(f"{meaning}\u2003"))
    ]


def source_line(exhibit: Exhibit, lang: str, color: str = "") -> list[Piece]:
    """The source line of a chart; the names of its documents lead to their addresses."""
    links = {getattr(one, f"short_{lang}"): one.url for one in documents_used(exhibit)}
    return [Piece(text, url, color) for text, url in linked(exhibit.source(lang), links)]


def picture(exhibit: Exhibit, lang: str, size: str) -> io.BytesIO:
    """The marks of a chart as PNG: its words stand beside it."""
    chart = exhibit.charts[lang]
    return io.BytesIO(pictures(chart, ["png"], size=size, variant="plain")["png"])


def describe(properties: Any, text: Text) -> None:
    """Give a picture the alt text and the headline of its chart."""
    properties.set("descr", xml_text(text.alt))
    properties.set("title", xml_text(text.headline))


def own_theme(theme: bytes) -> bytes:
    """A theme with the project's Latin and Chinese fonts and its colours."""
    root = parse_xml(theme)
    for kind in ("majorFont", "minorFont"):
        for fonts in root.iter(f"{{{DRAWING}}}{kind}"):
            fonts.find(f"{{{DRAWING}}}latin").set("typeface", LATIN_FONT)
            fonts.find(f"{{{DRAWING}}}ea").set("typeface", EAST_ASIAN_FONT)
            for script in fonts.findall(f"{{{DRAWING}}}font"):
                if script.get("script") == "Hans":
                    script.set("typeface", EAST_ASIAN_FONT)
    named = {f"accent{place}": color for place, color in enumerate(ACCENTS, 1)}
    for name, color in (named | {"hlink": REPORTED, "dk2": INK}).items():
        for one in root.iter(f"{{{DRAWING}}}{name}"):
            for value in one.iter(f"{{{DRAWING}}}srgbClr"):
                value.set("val", color[1:])
    return serialize_part_xml(root)


def packed(document: Any, *ties: tuple[Iterable[Any], Callable[[str], object]]) -> bytes:
    """The bytes of a document or presentation, the same every time.

    Parameters
    ----------
    document : Document or Presentation
    *ties : tuple of relations and what cuts one by its identifier
        Those to what a template holds of another document (preview, printer, bibliography) are cut.
    """
    for relations, cut in ties:
        for one in list(relations):
            if one.reltype.rpartition("/")[2] in LEFTOVERS:
                cut(one.rId)
    buffer = io.BytesIO()
    document.save(buffer)
    parts = {str(one.partname)[1:]: one for one in document.part.package.iter_parts()}
    themes = {name: own_theme(one.blob) for name, one in parts.items() if "/theme/" in name}
    return repacked(buffer.getvalue(), themes)


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
