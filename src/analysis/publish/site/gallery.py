"""The first page: the question, charts to begin with, a card for each chart by theme; and the page of each theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from analysis.bounds.finding import GRADES
from analysis.publish.exhibit import Exhibit
from analysis.publish.site.chart_pages import REGISTER, SERIES_ONLY, folder, grade_of, picture
from analysis.publish.site.downloads import ChartFiles
from analysis.publish.site.notebooks import Notebook
from analysis.publish.site.page import Page
from analysis.records.load import Records
from analysis.themes import all_findings, prefix_of, prefixes, themes
from analysis.words.catalogue import words
from analysis.words.labels import notebook_title
from analysis.words.wording import say, stated

TOPICS = "topics"


def topics(
    records: Records,
    exhibits: Sequence[Exhibit],
    notebooks: Sequence[Notebook],
    files: Mapping[str, ChartFiles],
) -> Iterator[Page]:
    """A page for each theme that has a chart: its charts, and its findings in words."""
    for theme in prefixes():
        own = [one for one in exhibits if prefix_of(one.chart_id) == theme]
        if own:
            name = next(one.notebook for one in themes() if theme in one.prefixes)
            notebook = next((one for one in notebooks if one.name == name), None)
            pairs = [(one, files[one.chart_id]) for one in own]
            shown = partial(_topic, records, theme, pairs, notebook)
            yield Page(f"{TOPICS}/{theme}", "topic.html", shown)


def _topic(
    records: Records,
    theme: str,
    charts: Sequence[tuple[Exhibit, ChartFiles]],
    notebook: Notebook | None,
    lang: str,
) -> dict[str, Any]:
    return {
        "theme": theme,
        "cards": [_card(*one, lang) | {"number": 0} for one in charts],
        "findings": [one for one in all_findings(records) if one.topic == theme],
        "says": partial(say, lang=lang),
        "claim_count": len(records.claims),
        "notebook": notebook
        and {"folder": notebook.folder, "title": notebook_title(notebook.name, lang)},
    }


def _stories(exhibits: Sequence[Exhibit], lang: str) -> list[dict[str, str]]:
    """The charts to begin with, each with the question that it answers."""
    headlines = {one.chart_id: one.text(lang).headline for one in exhibits}
    return [
        {"folder": folder(name), "story": story, "headline": headlines[name]}
        for name, story in words("publish.story", lang).items()
        if name in headlines
    ]


def page(records: Records, exhibits: Sequence[Exhibit], files: Mapping[str, ChartFiles]) -> Page:
    """The gallery."""
    return Page("", "gallery.html", partial(context, records, exhibits, files))


def context(
    records: Records, exhibits: Sequence[Exhibit], files: Mapping[str, ChartFiles], lang: str
) -> dict[str, Any]:
    """What the gallery shows in one language."""
    cards = [
        _card(one, files[one.chart_id], lang) | {"number": number}
        for number, one in enumerate(exhibits)  # as in the index of the search
    ]
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
        "stories": _stories(exhibits, lang),
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
    }
