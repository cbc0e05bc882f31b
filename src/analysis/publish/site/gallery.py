"""The first page: a card for each chart, by theme, with what a search looks in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from analysis.bounds.finding import GRADES
from analysis.publish.chart_basis import series_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.site.chart_pages import REGISTER, SERIES_ONLY, folder, grade_of, picture
from analysis.publish.site.downloads import ChartFiles
from analysis.publish.site.page import Page
from analysis.records.load import Records
from analysis.themes import prefix_of, prefixes
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import stated


def page(records: Records, exhibits: Sequence[Exhibit], files: Mapping[str, ChartFiles]) -> Page:
    """The gallery."""
    return Page("", "gallery.html", partial(context, records, exhibits, files))


def context(
    records: Records, exhibits: Sequence[Exhibit], files: Mapping[str, ChartFiles], lang: str
) -> dict[str, Any]:
    """What the gallery shows in one language."""
    cards = [_card(one, files[one.chart_id], lang) for one in exhibits]
    named = {claim for card in cards for claim in card["claims"]}
    claims = [records.claim(name) for name in records.claims["claim_id"] if name in named]
    grades = {card["grade"] for card in cards}
    themes = [
        {"theme": theme, "cards": [card for card in cards if card["theme"] == theme]}
        for theme in prefixes()
    ]
    return {
        "themes": [one for one in themes if one["cards"]],
        "count": len(cards),
        "claims": [(one.claim_id, stated(one, lang), one.counted) for one in claims],
        "claim_count": len(records.claims),
        "grades": [grade for grade in (*GRADES, SERIES_ONLY, REGISTER) if grade in grades],
    }


def _card(exhibit: Exhibit, files: ChartFiles, lang: str) -> dict[str, Any]:
    chart_id, text = exhibit.chart_id, exhibit.text(lang)
    return {
        "id": chart_id,
        "folder": folder(chart_id),
        "theme": prefix_of(chart_id),
        "headline": text.headline,
        "subtitle": text.subtitle,
        "picture": picture(chart_id, lang, files),
        "grade": grade_of(exhibit),
        "claims": exhibit.definition.claims,
        "whole_register": exhibit.definition.whole_register,
        "search": _searched(exhibit),
    }


def _searched(exhibit: Exhibit) -> str:
    """What a search looks in: the words of the chart in both languages, and its claims."""
    texts = [exhibit.text(lang) for lang in LANGUAGES]
    parts = [exhibit.chart_id]
    parts += [part for one in texts for part in (one.headline, one.subtitle, one.note)]
    for name in exhibit.definition.claims:
        claim = exhibit.records.claim(name)
        parts += [name, claim.as_stated, claim.counted, claim.geography]
        parts += [stated(claim, lang) for lang in LANGUAGES]
    parts += [one.series_id for one in series_used(exhibit)]
    return " ".join(parts).casefold()
