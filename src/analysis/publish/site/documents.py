"""The project's documents as pages: how to use it, how it works, why it is so. They are in English."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from analysis.publish.site.markdown import headings, images, markdown
from analysis.publish.site.page import Page, Place
from analysis.publish.site.words import Words, marked, marked_html
from analysis.records.collection import collection
from analysis.records.files import bytes_of, png_size, text_of
from analysis.records.paths import PROJECT
from analysis.words.catalogue import LANGUAGES, words

FOLDER, DECISIONS = "docs", "docs/decisions"
PLACEHOLDER = "OWNER/REPOSITORY"  # what a document says where nobody knows who keeps the project
PUBLISHED = "../../deployments/github-pages"  # the README's link to this site, from its repository
TWO_LANGUAGES = re.compile(r"docs/(\w+)\.(en|zh)\.md")
NOTEBOOK = re.compile(r"notebooks/(\d\d_\w+)\.ipynb")
SCALE = 2  # pixels of a stored picture to a pixel of a page


@dataclass(frozen=True)
class Document:
    """A document of the repository.

    Parameters
    ----------
    path : str
        From the root of the repository.
    text : str
        Markdown, below its title.
    title : str
        Its first heading.
    """

    path: str
    text: str
    title: str

    @property
    def folder(self) -> str:
        """Folder of its page."""
        return folder_of(self.path)

    def called(self, lang: str) -> str:
        """Its name in a list, in this language; a decision has its own title in both."""
        named = {path: name for _, group in groups(lang) for path, name in group.items()}
        return named.get(self.path, self.title)

    def heading(self, lang: str) -> str:
        """The heading of its page."""
        if lang == LANGUAGES[0]:
            return self.title
        number = self.path.removeprefix(f"{DECISIONS}/")[:4]
        decided = self.path.startswith(DECISIONS)
        return Words(lang)("docs_decision", number=number) if decided else self.called(lang)


def groups(lang: str) -> list[tuple[str, dict[str, str]]]:
    """The documents that have a name in both languages, path and name, by what they are for."""
    return [(name, dict(found)) for name, found in words("publish.document", lang).items()]


def folder_of(path: str) -> str:
    """Folder of the page of a document.

    Examples
    --------
    >>> folder_of("README.md"), folder_of("docs/coding/README.md")
    ('docs/readme', 'docs/coding')
    """
    short = path.removeprefix("docs/").removesuffix(".md").removesuffix("/README")
    return f"{FOLDER}/{short.lower()}"


def read() -> tuple[Document, ...]:
    """The documents of the project, decisions last, as far as they are there.

    A wheel brings those of ``docs``; another collection has none.
    """
    return _stored() if collection().own else ()


@functools.cache
def _stored() -> tuple[Document, ...]:
    listed = [path for _, group in groups(LANGUAGES[0]) for path in group]
    decided = [f"{DECISIONS}/{one.name}" for one in sorted((PROJECT / DECISIONS).glob("*.md"))]
    found = []
    for path in (*listed, *decided):
        if not (PROJECT / path).is_file():
            continue
        title, _, text = text_of(PROJECT / path).partition("\n")
        found.append(Document(path, text.lstrip("\n"), title.removeprefix("# ").strip()))
    return tuple(found)


def page_of(address: str, document: str) -> tuple[str, str, str]:
    """Folder, anchor and language of the page that a link of a document leads to.

    Parameters
    ----------
    address : str
        A relative link.
    document : str
        Path of the document that links, from the root of the repository.

    Returns
    -------
    tuple of str
        The folder is "" where no page is made of the file; the language is "" for that of the
        page on which the link stands.
    """
    path, _, anchor = address.partition("#")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
    if found := NOTEBOOK.fullmatch(whole):
        return f"notebooks/{found[1]}", "", ""
    if found := TWO_LANGUAGES.fullmatch(whole):
        return found[1], anchor, "zh" if found[2] == "zh" else ""
    known = {one.path: one.folder for one in read()}
    return known.get(whole, ""), anchor, ""


def target(place: Place, document: str, repository: str, address: str) -> str:
    """Where a link of a document leads: to a page, else to the file in its repository; "" without one."""
    if address == PUBLISHED:
        return place.to("")
    folder, anchor, lang = page_of(address, document)
    if folder:
        return place.to(folder, anchor, lang)
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(document), address))
    return f"{repository}/blob/HEAD/{whole}" if repository else ""


def pages(repository: str = "") -> Iterator[Page]:
    """The list of the documents, and a page of each.

    Parameters
    ----------
    repository : str
        Address of the repository: files that have no page are linked there.
    """
    yield Page(FOLDER, "documents.html", _list)
    for one in read():
        shown = partial(_document, one, repository)
        yield Page(one.folder, "text.html", shown, partial(_pictures, one))


def _list(lang: str) -> dict[str, Any]:
    found = {one.path: one for one in read()}
    named = [
        (name, [(found[path].folder, said) for path, said in group.items() if path in found])
        for name, group in groups(lang)
    ]
    decided = [(one.folder, one.title) for one in read() if one.path.startswith(DECISIONS)]
    return {"groups": [one for one in (*named, ("decisions", decided)) if one[1]]}


def _document(one: Document, repository: str, lang: str) -> dict[str, Any]:
    place, text = Place(lang, one.folder), one.text
    if repository:
        text = text.replace(PLACEHOLDER, "/".join(repository.split("/")[-2:]))
    made = markdown(
        text,
        partial(target, place, one.path, repository),
        picture=partial(_picture, place, one.path),
        formulas=False,
    )
    return {
        "title": one.heading(lang),
        "lead": "" if lang == "en" else one.title,
        "crumbs": [(place.to(FOLDER), Words(lang)("docs"))],
        "body": Markup(marked_html(made, "en")),
        "headings": [(anchor, marked(said, "en")) for anchor, said in headings(text)],
        "spoken": "en",
        "is_there": True,
    }


def _picture(place: Place, document: str, address: str) -> tuple[str, int, int]:
    """Address, width and height of a picture of a document on its page."""
    path = posixpath.join(posixpath.dirname(document), address)
    width, height = (size // SCALE for size in png_size(bytes_of(PROJECT / path)))
    return place.asset(path), width, height


def _pictures(one: Document) -> Iterator[tuple[str, bytes]]:
    """The pictures that a document shows, by path from the site's root."""
    for address in images(one.text):
        path = posixpath.join(posixpath.dirname(one.path), address)
        yield path, bytes_of(PROJECT / path)
