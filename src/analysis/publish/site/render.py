"""Pages as HTML: every text is escaped, every link is relative, nothing is loaded from elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from analysis import RELEASED, __version__
from analysis.plotting.source_line import LICENCE
from analysis.publish.office.shared import is_address
from analysis.publish.site.page import Page, Place, other_language
from analysis.publish.site.sharing import address, in_script
from analysis.publish.site.words import Words, loader
from analysis.words.catalogue import LANGUAGES, locale

TABLE = r"\.(?:csv|xlsx|fst)\b"  # in the title of a source that is a file of data
# nothing from elsewhere, no form that sends anything, no script within a page
POLICY = Markup(
    "default-src 'none'; img-src 'self' file: data:; style-src 'self' file: 'unsafe-inline'; script-src 'self' file:; font-src 'self' file: data:; base-uri 'none'; form-action 'none'"
)
NAVIGATION = {
    "": "charts",
    "claims": "claims",
    "findings": "findings",
    "series": "series",
    "notebooks": "notebooks",
    "interpreting": "interpreting",
    "glossary": "glossary",
    "docs": "docs",
    "reference": "reference",
    "about": "about",
    "search": "search",
}


@functools.cache
def environment() -> Environment:
    """Jinja with autoescape on, and an error for every name that is not given."""
    made = Environment(
        loader=loader(),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.tests["address"] = is_address
    made.tests["table"] = lambda title: re.search(TABLE, title) is not None
    return made


def render(page: Page, lang: str, base: str = "") -> tuple[str, bytes]:
    """One language of a page: its path from the site's root, and its bytes; ``base`` is the site's address."""
    place, words = Place(lang, page.folder), Words(lang)
    return place.path, render_at(
        place, words, page.template, {**page.context(lang), "base": base}
    ).encode("utf-8")


def render_at(place: Place, words: Words, template: str, context: Mapping[str, Any]) -> str:
    """A template with what every page knows: its language, its words, its links."""
    other = other_language(place.lang)
    shared = {
        "lang": place.lang,
        "tag": locale(place.lang),
        "other_lang": other,
        "other_tag": locale(other),
        "place": place,
        "base": "",
        "preview": "",
        "structured": lambda base: None,
        "oembed": "",
        "address_of": address,
        "in_script": in_script,
        "default_lang": LANGUAGES[0],
        "t": words,
        "data": words.data,
        "called": words.called,
        "label_of": words.label,
        "note_of": words.note,
        "period_of": words.period,
        "term": words.term,
        "grade_words": words.grade,
        "navigation": NAVIGATION,
        "policy": POLICY,
        "licence": LICENCE,
        "version": __version__,
        "released": RELEASED,
    }
    return environment().get_template(template).render(shared | dict(context))
