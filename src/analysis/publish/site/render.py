"""Pages as HTML: every text is escaped, every link is relative, nothing is loaded from elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined, select_autoescape

from analysis import RELEASED, __version__
from analysis.plotting.source_line import LICENCE
from analysis.publish.office.shared import is_address
from analysis.publish.site.page import Page, Place
from analysis.publish.site.words import Words, loader
from analysis.words.catalogue import LANGUAGES, locale

TABLE = r"\.(?:csv|xlsx|fst)\b"  # in the title of a source that is a file of data
NAVIGATION = {
    "": "charts",
    "claims": "claims",
    "findings": "findings",
    "series": "series",
    "notebooks": "notebooks",
    "interpreting": "interpreting",
    "glossary": "glossary",
    "about": "about",
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


def render(page: Page, lang: str) -> tuple[str, bytes]:
    """One language of a page: its path from the site's root, and its bytes."""
    place, words = Place(lang, page.folder), Words(lang)
    return place.path, render_at(place, words, page.template, page.context(lang)).encode("utf-8")


def render_at(place: Place, words: Words, template: str, context: Mapping[str, Any]) -> str:
    """A template with what every page knows: its language, its words, its links."""
    other = next(code for code in LANGUAGES if code != place.lang)
    shared = {
        "lang": place.lang,
        "tag": locale(place.lang),
        "other_lang": other,
        "other_tag": locale(other),
        "place": place,
        "t": words,
        "data": words.data,
        "called": words.called,
        "label_of": words.label,
        "note_of": words.note,
        "period_of": words.period,
        "term": words.term,
        "grade_words": words.grade,
        "navigation": NAVIGATION,
        "licence": LICENCE,
        "version": __version__,
        "released": RELEASED,
    }
    return environment().get_template(template).render(shared | dict(context))
