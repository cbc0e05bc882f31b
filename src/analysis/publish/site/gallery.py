"""The first page: a card for each chart, by theme, with what a search looks in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from analysis.bounds.finding import GRADES
from analysis.publish.site.chart_pages import folder, picture
from analysis.publish.site.material import REGISTER, SERIES_ONLY, Material
from analysis.publish.site.page import Page
from analysis.themes import prefix_of, prefixes
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import stated


def pages(material: Material) -> Iterator[Page]:
    """The gallery."""
    yield Page("", "gallery.html", lambda lang: context(material, lang))


def context(material: Material, lang: str) -> dict[str, Any]:
    """What the gallery shows in one language."""
    cards = [_card(material, name, lang) for name in material.chart_ids]
    named = {claim for card in cards for claim in card["claims"]}
    grades = {card["grade"] for card in cards}
    themes = [
        {"theme": theme, "cards": [card for card in cards if card["theme"] == theme]}
        for theme in prefixes()
    ]
    return {
        "themes": [one for one in themes if one["cards"]],
        "count": len(cards),
        "claims": [
            (name, stated(material.records.claim(name), lang), material.records.claim(name).counted)
            for name in material.records.claims["claim_id"]
            if name in named
        ],
        "claim_count": len(material.records.claims),
        "grades": [grade for grade in (*GRADES, SERIES_ONLY, REGISTER) if grade in grades],
    }


def _card(material: Material, chart_id: str, lang: str) -> dict[str, Any]:
    own = material.definition(chart_id)
    return {
        "id": chart_id,
        "folder": folder(chart_id),
        "theme": prefix_of(chart_id),
        "headline": material.exhibits[chart_id].charts[lang].spec.text(lang).headline,
        "subtitle": material.exhibits[chart_id].charts[lang].spec.text(lang).subtitle,
        "picture": picture(chart_id, lang),
        "grade": material.grade_of(chart_id),
        "claims": own.claims,
        "whole_register": own.whole_register,
        "search": _searched(material, chart_id),
    }


def _searched(material: Material, chart_id: str) -> str:
    """What a search looks in: the words of the chart in both languages, and its claims."""
    texts = [material.exhibits[chart_id].charts[lang].spec.text(lang) for lang in LANGUAGES]
    parts = [chart_id, *(part for one in texts for part in (one.headline, one.subtitle, one.note))]
    for name in material.definition(chart_id).claims:
        claim = material.records.claim(name)
        parts += [
            name,
            claim.as_stated,
            claim.counted,
            claim.geography,
            *(stated(claim, lang) for lang in LANGUAGES),
        ]
    parts += material.series_of(chart_id)
    return " ".join(parts).casefold()
