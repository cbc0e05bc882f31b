"""A chart's picture as part of its page: the words are those of the page, and each mark says its row.

The picture is the SVG of the export, cut to its marks and labels. A mark carries the row of the data
that it shows: as a title, which needs no script, and as a name for readers who hear the page.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from analysis.plotting.source_line import processing, publisher_of
from analysis.plotting.style import FAMILY
from analysis.plotting.svg import FALLBACK, SVG
from analysis.publish.exhibit import Exhibit
from analysis.publish.reader_table import codes_in, columns_in, is_number, reading_table
from analysis.publish.site.words import Words
from analysis.words.wording import percent, stated

REFERENCE = re.compile(r"url\(#([^)]+)\)")
HREF = "{http://www.w3.org/1999/xlink}href"
LETTERS = re.compile(r"font-size: ([\d.]+)px")
FONTS = re.compile(r"font-family: '[^;]*?sans-serif;? ?")
OUTSIDE = ("headline", "notes")  # groups whose words the page has
KEPT = "unit"  # what stays of them: the unit over the marks
MOST_ROWS = 6  # of one mark, that are said one by one
BELOW = 0.45  # of the size of letters: how far they reach below their line


def inline(drawn: str, headline: str, rows: Mapping[str, list[str]], name: str) -> Markup:
    """The picture for a page.

    Parameters
    ----------
    drawn : str
        The SVG of the export.
    headline : str
        What the picture is called.
    rows : mapping
        What each mark says, as ``rows_said`` gives it.
    name : str
        What its identifiers begin with, as a page may hold several pictures.
    """
    root = ET.fromstring(drawn)
    for tag in ("metadata", "title", "desc"):
        for one in root.findall(f"{SVG}{tag}"):
            root.remove(one)
    _cut(root)
    marks = root.find(f".//{SVG}g[@id='marks']")
    for one in root.iter(f"{SVG}g"):
        if "data-id" in one.attrib:
            _named(one, rows.get(one.attrib["data-id"], []))
    for one in (*root.findall(f".//{SVG}g[@id='labels']"), *([] if marks is None else marks)):
        if "data-id" not in one.attrib:
            one.set("aria-hidden", "true")
    _renamed(root, name)
    _sized(root)
    root.set("role", "group")
    root.set("aria-label", headline)
    root.set("aria-describedby", "alt-text")
    for attribute in ("lang", "aria-labelledby", "version"):
        root.attrib.pop(attribute, None)
    family = f"{FAMILY} {name}"
    root.set("font-family", f"'{family}', {FALLBACK}")
    text = ET.tostring(root, encoding="unicode", short_empty_elements=False)
    text = FONTS.sub("", text).replace(f"font-family: '{FAMILY}'", f"font-family: '{family}'")
    return Markup(re.sub(r"\n\s*", "\n", text.replace(">*{", ">.chart svg *{")))


def _cut(root: ET.Element) -> None:
    """Take the words away that the page has, and the room that they had."""
    left, _, width, height = (float(one) for one in root.attrib["viewBox"].split())
    top, bottom = 0.0, height
    figure = root.find(f"{SVG}g")
    for group in list(figure) if figure is not None else []:
        if group.get("id") not in OUTSIDE:
            continue
        lines = [
            (float(text.get("y", 0)), float((LETTERS.search(text.get("style", "")) or [0, 9])[1]))
            for part in group
            if part.get("class") != KEPT
            for text in part.iter(f"{SVG}text")
        ]
        if group.get("id") == "headline":
            top = max((y + BELOW * size for y, size in lines), default=top)
        else:
            bottom = min((y - size for y, size in lines), default=bottom)
        for part in list(group):
            if part.get("class") != KEPT:
                group.remove(part)
    root.set("viewBox", f"{left:g} {top:g} {width:g} {bottom - top:g}")


def _sized(root: ET.Element) -> None:
    """As wide as the page lets it be; as an image it would have a size of its own."""
    for attribute in ("width", "height"):
        root.attrib.pop(attribute, None)


def _renamed(root: ET.Element, name: str) -> None:
    """Identifiers of this picture alone, and what refers to them."""
    for one in root.iter():
        for attribute, value in list(one.attrib.items()):
            if attribute == "id":
                one.set("id", f"{name}-{value}")
            elif attribute == HREF:
                one.set(HREF, f"#{name}-{value.removeprefix('#')}")
            elif "url(#" in value:
                one.set(attribute, REFERENCE.sub(rf"url(#{name}-\1)", value))


def _named(mark: ET.Element, lines: list[str]) -> None:
    """A mark that says its row; its words, if it has some, are among them."""
    if not lines:
        return
    mark.set("role", "img")
    mark.set("class", "mark")
    mark.set("aria-label", "; ".join(lines))
    title = ET.Element(f"{SVG}title")
    title.text = "\n".join(lines)
    mark.insert(0, title)


def rows_said(exhibit: Exhibit, lang: str) -> dict[str, list[str]]:
    """What each mark says: its name, its value in words, its row, and where it comes from."""
    return dict(_said(exhibit, lang))


def _said(exhibit: Exhibit, lang: str) -> Iterator[tuple[str, list[str]]]:
    columns, codes = columns_in(exhibit, lang), codes_in(exhibit, lang)
    headers, labels = reading_table(exhibit, lang, columns).headers, exhibit.text(lang).labels
    rows = _rows(exhibit, columns, lang)
    found: dict[str, list[int]] = {}
    for number, cells in enumerate(exhibit.spec.data[columns].map(str).itertuples(index=False)):
        for cell in dict.fromkeys(cells):
            found.setdefault(cell, []).append(number)
    between = Words(lang)
    for name, numbers in found.items():
        called = codes.get(name, name).replace("\n", " ")
        lines = [called, labels.get(f"value:{name}", "").replace("\n", " ")]
        shown = [
            [
                f"{header}{between('colon')}{cell}"
                for header, cell in zip(headers, rows[number], strict=True)
                if cell and cell != called
            ]
            for number in numbers
        ]
        if len(numbers) == 1:
            lines += shown[0]
        elif len(numbers) <= MOST_ROWS:
            lines += [between("joiner").join(cells) for cells in shown]
        else:
            lines.append(between("n_rows", n=len(numbers)))
        yield name, [*filter(None, lines), _source(exhibit, name, lang)]


def _rows(exhibit: Exhibit, columns: list[str], lang: str) -> list[list[str]]:
    """The cells of the data as a reader sees them; a share of one as percent."""
    spec, texts = exhibit.spec, reading_table(exhibit, lang, columns).rows
    of_one = spec.unit == "" or spec.unit.startswith(("share", "relative to"))
    shares = [of_one and name in spec.values for name in columns]
    return [
        [
            percent(float(f"{value:.3g}"), lang) if share and _is_share(value) else text
            for share, value, text in zip(shares, row, cells, strict=True)
        ]
        for row, cells in zip(spec.data[columns].itertuples(index=False), texts, strict=True)
    ]


def _is_share(value: object) -> bool:
    return is_number(value) and 0 < abs(value) < 1


def _source(exhibit: Exhibit, name: str, lang: str) -> str:
    """Where a row comes from: the paragraph of a document, the publisher of a series, or a calculation."""
    words, records = Words(lang), exhibit.records
    if name in set(records.claims["claim_id"]):
        claim = records.claim(name)
        where = words("joiner").join(
            [
                getattr(records.source(claim.source_id), f"short_{lang}"),
                words("paragraph", n=claim.paragraph),
            ]
        )
        said = f"{stated(claim, lang)}{words('left')}{where}{words('right')}"
    elif name in exhibit.definition.series:
        said = publisher_of(records, name, lang)
    else:
        said = processing(lang, published=exhibit.spec.published)
    return f"{words('mark_source')}{words('colon')}{said}"
