"""What other sites and programs read of a page: its address, its picture, what it is about.

Everything here names the site's own address, and is left out of a build without one.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from analysis import RELEASED, __version__
from analysis.publish.chart_basis import LICENCE_ADDRESS, documents_used, weakest_grade
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import grade_words
from analysis.publish.site.page import INDEX, ROOTS, Page, Place, other_language
from analysis.publish.site.words import Words
from analysis.records.collection import collection
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES, locale
from analysis.words.wording import stated

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
CONTESTED = "X"  # what is said of a claim that a check contradicts
TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def address(base: str, place: Place) -> str:
    """The whole address of a page, without the name of its file.

    Examples
    --------
    >>> address("https://example.org/", Place("zh", "claims"))
    'https://example.org/zh/claims/'
    """
    return base + quote(place.path.removesuffix(INDEX))


def frame(source: str, title: str, shape: tuple[int, int]) -> Markup:
    """The code that shows a chart's page of its own within another page, as wide as there is room."""
    width, height = shape
    return Markup(
        '<iframe src="{}" title="{}" loading="lazy" style="width:100%;max-width:{}px;aspect-ratio:{}/{};border:0"></iframe>'
    ).format(source, title, width, width, height)


def in_script(made: dict[str, Any]) -> Markup:
    """JSON for a script element: no text of the data can end it."""
    text = json.dumps(made, ensure_ascii=False, indent=1)
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def dataset(exhibit: Exhibit, files: Iterable[str], lang: str, base: str) -> dict[str, Any]:
    """A chart's data in the words of schema.org."""
    text, folder = exhibit.text(lang), f"charts/{exhibit.chart_id}"
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": text.headline,
        "description": text.alt,
        "identifier": exhibit.chart_id,
        "url": address(base, Place(lang, folder)),
        "inLanguage": locale(lang),
        "license": LICENCE_ADDRESS,
        "version": __version__,
        "datePublished": RELEASED,
        "creator": {"@type": "Organization", "name": collection().authors},
        "isAccessibleForFree": True,
        "isBasedOn": [one.url for one in documents_used(exhibit) if one.url],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": TYPES[kind],
                "contentUrl": f"{base}{folder}/{name}",
            }
            for name in sorted(files)
            if (kind := name.rpartition(".")[2]) in TYPES
            and not name.endswith("csl.json")
            and f".{other_language(lang)}." not in name
        ],
    } | ({"creditText": grade_words(grade, lang)} if (grade := weakest_grade(exhibit)) else {})


def claim_review(records: Records, claim_id: str, lang: str, base: str) -> dict[str, Any]:
    """A claim that a check contradicts, in the words of schema.org."""
    claim = records.claim(claim_id)
    source, words = records.source(claim.source_id), Words(lang)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": address(base, Place(lang, f"claims/{claim_id}")),
        "datePublished": RELEASED,
        "author": {"@type": "Organization", "name": collection().authors},
        "claimReviewed": f"{stated(claim, lang)}{words('comma')}{words.called(claim.counted).striptags()}",
        "itemReviewed": {
            "@type": "Claim",
            "author": {
                "@type": "Organization",
                "name": words.called(claim.speaker or source.publisher).striptags(),
            },
            "appearance": {
                "@type": "CreativeWork",
                "name": getattr(source, f"short_{lang}"),
                "url": source.url,
            },
        },
        "reviewRating": {"@type": "Rating", "alternateName": grade_words(CONTESTED, lang)},
    }


def oembed(base: str, lang: str, chart_id: str, title: str, shape: tuple[int, int]) -> bytes:
    """What a site asks for that shows a chart by its address, as oEmbed 1.0."""
    width, height = shape
    place = Place(lang, f"charts/{chart_id}/embed")
    made = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": Words(lang)("site"),
        "provider_url": base + ROOTS[lang],
        "html": str(frame(address(base, place), title, shape)),
        "width": width,
        "height": height,
        "thumbnail_url": f"{base}charts/{chart_id}/{chart_id}.{lang}.web.png",
        "thumbnail_width": width,
        "thumbnail_height": height,
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def sitemap(pages: Iterable[Page], base: str) -> bytes:
    """Every page in both languages, each with the other."""
    root = ET.Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for page in pages:
        addresses = {lang: address(base, Place(lang, page.folder)) for lang in LANGUAGES}
        for one in addresses.values():
            entry = ET.SubElement(root, "url")
            ET.SubElement(entry, "loc").text = one
            for lang, other in addresses.items():
                said = {"rel": "alternate", "hreflang": locale(lang), "href": other}
                ET.SubElement(entry, "xhtml:link", said)
    ET.indent(root, " ")
    made: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"
