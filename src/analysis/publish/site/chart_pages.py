"""A page for each chart: picture, downloads, data, sources, how it was computed, how to cite it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from analysis.bounds.finding import Finding
from analysis.plotting.style import SIZES
from analysis.provenance.citation import cite_chart
from analysis.provenance.lineage import Trace, trace
from analysis.publish.chart_basis import SeriesUsed, series_used
from analysis.publish.file_guide import may_not_say, may_say
from analysis.publish.reader_table import reading_table
from analysis.publish.site.downloads import (
    DATA,
    OTHER,
    TEXT,
    downloads,
    file_rows,
    of_language,
    picture_rows,
)
from analysis.publish.site.material import Material
from analysis.publish.site.notebooks import cell_of
from analysis.publish.site.page import Page, Place
from analysis.publish.site.words import Words
from analysis.records.load import Records
from analysis.themes import prefix_of
from analysis.words.columns import unit_words
from analysis.words.notebook_titles import notebook_title
from analysis.words.wording import say, stated

FOLDER = "charts"
FIRST = {
    "report": "page.png",
    "web": "web.svg",
    "slide": "slide.png",
    "data": "xlsx",
}  # what a writer needs at once
PRINTED_ROWS = 40  # of the data, on paper


def folder(chart_id: str) -> str:
    """Folder of a chart's page and of its files."""
    return f"{FOLDER}/{chart_id}"


def pages(material: Material) -> Iterator[Page]:
    """The page of each chart."""
    for chart_id in material.chart_ids:
        yield Page(
            folder(chart_id),
            "chart.html",
            lambda lang, name=chart_id: context(material, name, lang),
        )


def context(material: Material, chart_id: str, lang: str) -> dict[str, Any]:
    """What the page of a chart shows in one language."""
    words, exhibit = Words(lang), material.exhibits[chart_id]
    chart, place = exhibit.charts[lang], Place(lang, folder(chart_id))
    return {
        "chart_id": chart_id,
        "theme": prefix_of(chart_id),
        "words": chart.spec.text(lang),
        "source": chart.sources[lang],
        "picture": picture(chart_id, lang),
        "has_svg": f"{chart_id}.{lang}.web.svg" in material.files.get(chart_id, {}),
        "files": folder(chart_id),
        "first": _first(material, chart_id, lang),
        "downloads": _downloads(material, chart_id, words),
        "snippet": material.snippets.get((chart_id, lang), ""),
        "unit": unit_words(chart.spec.unit, lang),
        "table": reading_table(exhibit, lang),
        "columns": [str(name) for name in chart.spec.data.columns],
        "printed_rows": PRINTED_ROWS,
        "may_say": list(may_say(exhibit, lang)),
        "may_not_say": list(may_not_say(exhibit, lang)),
        "claims": _claims(material, chart_id, lang),
        "whole_register": material.definition(chart_id).whole_register,
        "series": [series_cited(material, one, lang) for one in series_used(exhibit)],
        "computed": _computed(material, chart_id, place),
        "citation": _citation(material, chart_id, lang),
        "grade": material.grade_of(chart_id),
        **_neighbours(material, chart_id, lang),
    }


def picture(chart_id: str, lang: str, variant: str = "") -> dict[str, Any]:
    """The picture of a chart for a page: its files from the site's root, and its size."""
    stem = f"{folder(chart_id)}/{chart_id}.{lang}.web{variant}"
    width, height = SIZES["web"].pixels
    return {"png": f"{stem}.png", "svg": f"{stem}.svg", "width": width, "height": height}


def _first(material: Material, chart_id: str, lang: str) -> list[dict[str, str]]:
    """The few downloads that most readers come for, as far as they are there."""
    names = ((use, f"{chart_id}.{lang}.{end}") for use, end in FIRST.items())
    return [
        {"use": f"for_{use}", "name": name}
        for use, name in names
        if name in material.files.get(chart_id, {})
    ]


def _downloads(material: Material, chart_id: str, words: Words) -> dict[str, list[dict]]:
    found = of_language(downloads(chart_id, material.files.get(chart_id, {})), words.lang)
    return {"pictures": picture_rows(found, words)} | {
        group: file_rows(found, group, words) for group in (DATA, TEXT, OTHER)
    }


def _claims(material: Material, chart_id: str, lang: str) -> list[dict[str, Any]]:
    rows = []
    for name in (
        () if material.definition(chart_id).whole_register else material.claims_of(chart_id)
    ):
        claim = material.records.claim(name)
        rows.append(
            {
                "claim": claim,
                "stated": stated(claim, lang),
                "source": material.records.source(claim.source_id),
            }
        )
    return rows


def series_cited(material: Material, used: SeriesUsed, lang: str) -> dict[str, Any]:
    """A series with its span and every publication that its rows cite."""
    rows = material.records.series_rows(used.series_id)
    return {
        "id": used.series_id,
        "title": used.called(lang),
        "rows": len(rows),
        "from": rows["period_start"].min()[:4],
        "to": rows["period_end"].max()[:4],
        "grades": sorted(set(rows["grade"])),
        "publications": used.references,
    }


def _computed(material: Material, chart_id: str, place: Place) -> dict[str, Any]:
    """The way back: function, notebook cell, findings with their formulas, records used."""
    found, words = _trace(material.records, chart_id), Words(place.lang)
    shown = cell_of(material.notebooks, chart_id, found["notebook"], place.lang)
    notebook = (
        {
            "href": place.to(shown[0].folder, shown[1]),
            "title": notebook_title(shown[0].name, words.lang),
        }
        if shown
        else None
    )
    return {
        "function": found["function"],
        "digest": found["data_sha256"],
        "notebook": notebook,
        "findings": [_finding(material, one, place) for one in material.findings_of(chart_id)],
        "records": [_node(material, one, place) for one in found["inputs"]],
    }


@functools.lru_cache(maxsize=512)
def _trace(records: Records, name: str) -> Trace:
    """A trace, once for both languages."""
    return trace(records, name)


def _finding(material: Material, one: Finding, place: Place) -> dict[str, Any]:
    """A finding as a node: what it says, its formula, and below it its inputs."""
    found = _trace(material.records, one.value_id)
    return {
        "name": one.label,
        "href": place.to("findings", one.value_id),
        "facts": [("text", say(one, place.lang)), ("code", one.formula)],
        "nodes": [_node(material, node, place) for node in found["inputs"]],
    }


def _node(material: Material, node: dict[str, Any], place: Place) -> dict[str, Any]:
    """A claim, an observation, an assumption, a published estimate or a series of a trace."""
    words, name = Words(place.lang), node["id"]
    match node["kind"]:
        case "claim":
            source = material.records.source(node["source"]["id"])
            where = words.joined(
                [getattr(source, f"short_{place.lang}"), words("paragraph", n=node["paragraph"])]
            )
            return {
                "name": name,
                "href": place.to(f"claims/{name}"),
                "facts": [
                    ("text", stated(material.records.claim(name), place.lang)),
                    ("text", where),
                ],
                "nodes": [],
            }
        case "observation":
            return {
                "name": name,
                "href": "",
                "facts": [],
                "nodes": [_row(row) for row in node["rows"]],
            }
        case "series":
            return {
                "name": name,
                "href": _series_link(material, name, place),
                "facts": [
                    ("text", f"{node['from']} – {node['to']}"),
                    ("text", words("n_rows", n=node["rows"])),
                ],
                "nodes": [],
            }
    facts = [
        ("text", str(node.get(key, "")))
        for key in ("label_en", "citation", "basis", "source_title", "publisher", "note")
    ]
    return {
        "name": name,
        "href": "",
        "facts": [*facts, ("address", node.get("url") or node.get("seen_at", ""))],
        "nodes": [],
    }


def _row(row: dict[str, Any]) -> dict[str, Any]:
    period = (
        row["period_start"]
        if row["period_start"] == row["period_end"]
        else f"{row['period_start']} – {row['period_end']}"
    )
    facts = [
        ("text", period),
        ("text", f"{row['value']:.12g} {row['unit']}"),
        ("text", row["publisher"]),
        ("address", row["url"]),
    ]
    return {"name": row["series_id"], "href": "", "facts": facts, "nodes": []}


def _series_link(material: Material, name: str, place: Place) -> str:
    """To the series of this name, or to the first of those that it stands for."""
    known = list(material.records.series_index["series_id"])
    first = next((one for one in known if one == name or one.startswith(f"{name}-")), "")
    return place.to("series", first) if first else ""


def _citation(material: Material, chart_id: str, lang: str) -> dict[str, str]:
    found = cite_chart(material.exhibits[chart_id].charts["en"])
    return {"text": found.text_zh if lang == "zh" else found.text, "bibtex": found.bibtex}


def _neighbours(material: Material, chart_id: str, lang: str) -> dict[str, Any]:
    """The charts before and after, and the file in the other language."""
    place = material.chart_ids.index(chart_id)
    around = {
        "previous": material.chart_ids[place - 1] if place else "",
        "next": material.chart_ids[place + 1] if place + 1 < len(material.chart_ids) else "",
    }
    return {
        key: {"id": name, "headline": headline(material, name, lang)} if name else None
        for key, name in around.items()
    }


def headline(material: Material, chart_id: str, lang: str) -> str:
    """The headline of a chart."""
    return material.exhibits[chart_id].charts[lang].spec.text(lang).headline
