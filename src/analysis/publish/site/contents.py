"""All pages of the site, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analysis.publish.site import chart_pages, claim_pages, gallery, list_pages
from analysis.publish.site.material import Material
from analysis.publish.site.page import Page
from analysis.publish.site.render import render
from analysis.words.catalogue import LANGUAGES

MODULES = (gallery, chart_pages, claim_pages, list_pages)


def all_pages(material: Material) -> list[Page]:
    """Every page, the gallery first."""
    return [page for module in MODULES for page in module.pages(material)]


def pages(
    material: Material, done: Callable[[int], None] = lambda total: None
) -> Iterator[tuple[str, bytes]]:
    """Path from the site's root and bytes of every page; ``done`` is called with their number after each."""
    found = all_pages(material)
    for page in found:
        for lang in LANGUAGES:
            yield render(page, lang)
        done(len(found))
