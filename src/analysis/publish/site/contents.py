"""All pages of the site, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.publish.exhibit import Exhibit
from analysis.publish.site import (
    chart_pages,
    claim_pages,
    documents,
    gallery,
    list_pages,
    reference,
    search,
)
from analysis.publish.site.downloads import ChartFiles
from analysis.publish.site.notebooks import Notebook
from analysis.publish.site.page import Page
from analysis.publish.site.render import render
from analysis.publish.site.sharing import sitemap
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES

UNLISTED = ("retired.html", "embed.html")  # lead to another page, or are part of one


def all_pages(
    records: Records,
    exhibits: Sequence[Exhibit],
    notebooks: Sequence[Notebook] = (),
    *,
    files: Mapping[str, ChartFiles],
    texts: Mapping[str, Mapping[str, str]],
    repository: str = "",
) -> list[Page]:
    """Every page, the gallery first.

    Parameters
    ----------
    records : Records
    exhibits : sequence of Exhibit
        Charts that get a page, in the order of the notebooks.
    notebooks : sequence of Notebook
    files : mapping
        The files beside the page of each chart.
    texts : mapping
        Pages of text, such as the glossary: Markdown by name and language.
    repository : str
        Address of the repository, for links to its files.
    """
    found = search.documents(records, exhibits, notebooks, texts)
    return [
        gallery.page(records, exhibits, files),
        *gallery.topics(records, exhibits, notebooks, files),
        *chart_pages.pages(exhibits, files, notebooks),
        *chart_pages.retired_pages(exhibits),
        *claim_pages.pages(records, exhibits),
        *list_pages.pages(records, exhibits, notebooks, texts),
        *documents.pages(repository),
        *reference.pages(),
        search.page(found),
    ]


def rendered(
    pages: Sequence[Page], done: Callable[[int], None] = lambda total: None, base: str = ""
) -> Iterator[tuple[str, bytes]]:
    """Path from the site's root and bytes of every page, and of what it needs; ``done`` is called with their number after each."""
    for page in pages:
        for lang in LANGUAGES:
            yield render(page, lang, base)
            if base and page.answers:
                yield page.answers(lang, base)
        yield from page.files()
        done(len(pages))
    if base:
        listed = [page for page in pages if page.template not in UNLISTED]
        yield "sitemap.xml", sitemap(listed, base)
