"""All pages of the site, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from analysis.publish.exhibit import Exhibit
from analysis.publish.site import chart_pages, claim_pages, gallery, list_pages
from analysis.publish.site.downloads import ChartFiles
from analysis.publish.site.notebooks import Notebook
from analysis.publish.site.page import Page
from analysis.publish.site.render import render
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES


def all_pages(
    records: Records,
    exhibits: Sequence[Exhibit],
    notebooks: Sequence[Notebook] = (),
    *,
    files: Mapping[str, ChartFiles],
    texts: Mapping[str, Mapping[str, str]],
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
    """
    return [
        gallery.page(records, exhibits, files),
        *chart_pages.pages(exhibits, files, notebooks),
        *chart_pages.retired_pages(exhibits),
        *claim_pages.pages(records, exhibits),
        *list_pages.pages(records, exhibits, notebooks, texts),
    ]


def rendered(
    pages: Sequence[Page], done: Callable[[int], None] = lambda total: None
) -> Iterator[tuple[str, bytes]]:
    """Path from the site's root and bytes of every page; ``done`` is called with their number after each."""
    for page in pages:
        for lang in LANGUAGES:
            yield render(page, lang)
        done(len(pages))
