"""Pages as a reader meets them: parsed, with their links, pictures, headings and languages."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from analysis.publish.exhibit import make_exhibit
from analysis.publish.site.contents import all_pages
from analysis.publish.site.downloads import ORDER, ChartFiles
from analysis.publish.site.page import Page
from analysis.records.paths import PROJECT
from analysis.words.catalogue import LANGUAGES

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
FILE_BYTES = 120_000


@dataclass
class Tag:
    """An element: its name, attributes, and the languages and elements that it stands in."""

    name: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    lang: str


@dataclass
class Reading(HTMLParser):
    """A page, parsed; raises AssertionError where elements are not closed as they were opened."""

    tags: list[Tag] = field(default_factory=list)
    texts: list[tuple[str, Tag]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of {tag} stands twice"
        attributes = {name: value or "" for name, value in attrs}
        lang = attributes.get("lang", self._open[-1].lang if self._open else "")
        made = Tag(tag, attributes, tuple(one.name for one in self._open), lang)
        self.tags.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        assert tag in VOID, f"{tag} closes itself"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        opened = [one.name for one in self._open]
        assert opened[-1:] == [tag], f"{tag} closes {opened[-3:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((data, self._open[-1]))

    def all(self, *names: str) -> list[Tag]:
        """Elements of these names."""
        return [tag for tag in self.tags if tag.name in names]

    @property
    def ids(self) -> list[str]:
        """Identifiers in the order of the page."""
        return [tag.attributes["id"] for tag in self.tags if "id" in tag.attributes]


def parsed(content: bytes) -> Reading:
    """A page, parsed to its end."""
    page = Reading()
    page.feed(content.decode("utf-8"))
    page.close()
    assert not page._open, f"never closed: {[tag.name for tag in page._open]}"
    return page


def target(path: str, address: str) -> tuple[str, str]:
    """Where a relative address on a page leads: path from the site's root, and anchor."""
    parts = urlsplit(address)
    joined = (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if parts.path
        else path
    )
    return joined, unquote(parts.fragment)


def files_of(chart_id: str) -> ChartFiles:
    """The files that an export leaves beside a chart, as if they were there."""
    snippets = {
        lang: f'<figure>\n<img src="{chart_id}.{lang}.web.png" alt="">\n</figure>\n'
        for lang in LANGUAGES
    }
    return ChartFiles(dict.fromkeys(ORDER.names(chart_id), FILE_BYTES), snippets)


def pages_of(records, chart_ids: tuple[str, ...], notebooks=()) -> list[Page]:
    """Every page of a site with some charts, without any picture drawn."""
    return all_pages(
        records,
        [make_exhibit(name, records) for name in chart_ids],
        notebooks,
        files={name: files_of(name) for name in chart_ids},
        texts={
            "interpreting": {"en": "# Interpreting\n\n## First\n\nText.\n"},
            "glossary": {  # notebooks link to its terms
                lang: (PROJECT / f"docs/glossary.{lang}.md").read_text("utf-8")
                for lang in LANGUAGES
            },
        },
    )
