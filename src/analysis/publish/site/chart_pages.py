"""A page for each chart: picture, downloads, data, sources, how it was computed, how to cite it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from analysis.bounds.finding import Finding
from analysis.plotting.style import SIZES
from analysis.provenance.catalog import meant
from analysis.provenance.citation import Citation
from analysis.provenance.lineage import Trace, trace
from analysis.publish.chart_basis import (
    ClaimUsed,
    SeriesUsed,
    claims_used,
    findings_shown,
    series_used,
    weakest_grade,
)
from analysis.publish.exhibit import Exhibit
from analysis.publish.file_guide import may_not_say, may_say
from analysis.publish.reader_table import columns_in, reading_table
from analysis.publish.site.downloads import (
    DATA,
    OTHER,
    TEXT,
    ChartFiles,
    downloads,
    file_rows,
    of_language,
    picture_rows,
)
from analysis.publish.site.inline_svg import inline, rows_said
from analysis.publish.site.notebooks import Notebook, cell_of
from analysis.publish.site.page import ROOTS, Page, Place, in_order
from analysis.publish.site.sharing import dataset, frame, oembed
from analysis.publish.site.words import Words
from analysis.records.load import Records
from analysis.records.retired import retired
from analysis.themes import all_findings, prefix_of
from analysis.words.labels import notebook_title
from analysis.words.units import unit_label
from analysis.words.wording import say, stated

FOLDER = "charts"
SERIES_ONLY, REGISTER = "none", "register"  # in place of a grade: no claim at all, and every claim
# what a writer needs at once
FIRST = {
    "report": "{lang}.page.png",
    "web": "{lang}.web.svg",
    "slide": "{lang}.pptx",
    "edit": "{lang}.page.svg",
    "data": "{lang}.xlsx",
    "all": "zip",
}
STABLE = ("csv", "json")  # data at addresses that stay
FRAME_ROOM = 60  # pixels for the link below the picture
EMBED, OEMBED = "embed", "oembed.json"
PRINTED_ROWS = 40  # of the data, on paper


def folder(chart_id: str) -> str:
    """Folder of a chart's page and of its files."""
    return f"{FOLDER}/{chart_id}"


def pages(
    exhibits: Sequence[Exhibit], files: Mapping[str, ChartFiles], notebooks: Sequence[Notebook]
) -> Iterator[Page]:
    """The page of each chart."""
    for exhibit, around in in_order(exhibits):
        shown = partial(context, exhibit, files[exhibit.chart_id], notebooks, around)
        yield Page(folder(exhibit.chart_id), "chart.html", shown)
        own = partial(_embedded, exhibit, files[exhibit.chart_id])
        place = f"{folder(exhibit.chart_id)}/{EMBED}"
        yield Page(
            place, "embed.html", own, answers=partial(_oembed, exhibit, files[exhibit.chart_id])
        )


def _embedded(exhibit: Exhibit, files: ChartFiles, lang: str) -> dict[str, Any]:
    """What the page shows that other sites put into theirs."""
    return {
        "words": exhibit.text(lang),
        "source": exhibit.source(lang),
        "picture": picture(exhibit.chart_id, lang, files),
        "inline": _inline(exhibit, files, lang),
        "chart": folder(exhibit.chart_id),
    }


def _frame_shape(chart_id: str, lang: str, files: ChartFiles) -> tuple[int, int]:
    """Width and height of the frame: those of the picture, whose words stand in it as text."""
    shown = picture(chart_id, lang, files)
    return shown["width"], shown["height"] + FRAME_ROOM


def _oembed(exhibit: Exhibit, files: ChartFiles, lang: str, base: str) -> tuple[str, bytes]:
    """Path and content of the answer to sites that ask how to show a chart."""
    chart_id, title = exhibit.chart_id, exhibit.text(lang).headline
    made = oembed(base, lang, chart_id, title, _frame_shape(chart_id, lang, files))
    return f"{ROOTS[lang]}{folder(chart_id)}/{OEMBED}", made


def retired_pages(exhibits: Sequence[Exhibit]) -> Iterator[Page]:
    """A page for each chart that is gone and was linked to: it leads to the chart in its place."""
    shown = {one.chart_id for one in exhibits}
    for name, (successor, *_) in retired().items():
        if successor in shown:
            yield Page(folder(name), "retired.html", partial(_leads_to, name, successor))


def _leads_to(name: str, successor: str, lang: str) -> dict[str, Any]:
    return {"name": name, "folder": folder(successor)}


def context(
    exhibit: Exhibit,
    files: ChartFiles,
    notebooks: Sequence[Notebook],
    around: tuple[Exhibit | None, Exhibit | None],
    lang: str,
) -> dict[str, Any]:
    """What the page of a chart shows in one language.

    Parameters
    ----------
    exhibit : Exhibit
    files : ChartFiles
        The files beside the page.
    notebooks : sequence of Notebook
        Those that may show the chart.
    around : tuple of two
        The charts before and after it.
    lang : {"en", "zh"}
    """
    chart_id, spec, columns = exhibit.chart_id, exhibit.spec, columns_in(exhibit, lang)
    whole, before_and_after = (
        exhibit.definition.whole_register,
        zip(("previous", "next"), around, strict=True),
    )
    return {
        "chart_id": chart_id,
        "theme": prefix_of(chart_id),
        "words": exhibit.text(lang),
        "source": exhibit.source(lang),
        "picture": picture(chart_id, lang, files),
        "inline": _inline(exhibit, files, lang),
        "has_svg": f"{chart_id}.{lang}.web.svg" in files.sizes,
        "files": folder(chart_id),
        "first": _first(chart_id, files, lang),
        "downloads": _downloads(chart_id, files, Words(lang)),
        **_shared(exhibit, files, lang),
        "snippet": files.snippets.get(lang, ""),
        "unit": unit_label(spec.unit, lang),
        "table": reading_table(exhibit, lang, columns),
        "columns": columns,
        "printed_rows": PRINTED_ROWS,
        "may_say": list(may_say(exhibit, lang)),
        "may_not_say": list(may_not_say(exhibit, lang)),
        "claims": [] if whole else [_claim(one, lang) for one in claims_used(exhibit)],
        "whole_register": whole,
        "series": [series_cited(exhibit.records, one, lang) for one in series_used(exhibit)],
        "computed": _computed(exhibit, notebooks, Place(lang, folder(chart_id))),
        "citation": citation_in(exhibit.citation, lang),
        "grade": grade_of(exhibit),
        **{key: one and chart_link(one, lang) for key, one in before_and_after},
    }


def grade_of(exhibit: Exhibit) -> str:
    """Grade of the weakest claim that a chart uses; of no claim or of all, a word for that."""
    if exhibit.definition.whole_register:
        return REGISTER
    return weakest_grade(exhibit) or SERIES_ONLY


def chart_link(exhibit: Exhibit, lang: str) -> dict[str, str]:
    """A chart as other pages name it."""
    return {"folder": folder(exhibit.chart_id), "headline": exhibit.text(lang).headline}


def citation_in(found: Citation, lang: str) -> dict[str, str]:
    """A citation as a page shows it."""
    return {"text": found.text_in(lang), "bibtex": found.bibtex}


def picture(chart_id: str, lang: str, files: ChartFiles) -> dict[str, Any]:
    """The pictures of a chart for a page, from the site's root, with their sizes: for any screen, and for a phone."""
    stem = f"{chart_id}.{lang}"
    found = {name: files.seen.get(f"{stem}.{name}") for name in ("web.png", "phone.svg")}
    width, height = found["web.png"] or SIZES["web"].pixels
    whole = {"png": f"{stem}.web.png", "svg": f"{stem}.web.svg", "phone": f"{stem}.phone.svg"}
    paths = {name: f"{folder(chart_id)}/{file}" for name, file in whole.items()}
    return paths | {"width": width, "height": height, "on_phone": found["phone.svg"]}


def _inline(exhibit: Exhibit, files: ChartFiles, lang: str) -> dict[str, Markup]:
    """The picture as a part of the page, for a wide screen and for a phone."""
    names = {size: f"{exhibit.chart_id}.{lang}.{size}.svg" for size in ("web", "phone")}
    if not set(names.values()) <= set(files.drawn):
        return {}
    said, headline = rows_said(exhibit, lang), exhibit.text(lang).headline
    return {size: inline(files.drawn[name], headline, said, size) for size, name in names.items()}


def _shared(exhibit: Exhibit, files: ChartFiles, lang: str) -> dict[str, Any]:
    """What other sites and programs take of a chart: preview, data, the chart in a frame."""
    chart_id = exhibit.chart_id
    return {
        "preview": _there(files, f"{chart_id}.{lang}.card.png"),
        "structured": partial(dataset, exhibit, files.sizes, lang),
        "oembed": f"{ROOTS[lang]}{folder(chart_id)}/{OEMBED}",
        "stable": {
            kind: f"data/{chart_id}.{kind}"
            for kind in STABLE
            if f"{chart_id}.{kind}" in files.sizes
        },
        "frame": str(
            frame(
                Place(lang, folder(chart_id)).to(f"{folder(chart_id)}/{EMBED}"),
                exhibit.text(lang).headline,
                _frame_shape(chart_id, lang, files),
            )
        ),
    }


def _there(files: ChartFiles, name: str) -> str:
    """Path of a file from the site's root, "" if it was not made."""
    return f"{folder(name.partition('.')[0])}/{name}" if name in files.sizes else ""


def _first(chart_id: str, files: ChartFiles, lang: str) -> list[dict[str, str]]:
    """The few downloads that most readers come for, as far as they are there."""
    names = {use: f"{chart_id}.{end.format(lang=lang)}" for use, end in FIRST.items()}
    return [
        {"use": f"for_{use}", "name": name} for use, name in names.items() if name in files.sizes
    ]


def _downloads(chart_id: str, files: ChartFiles, words: Words) -> dict[str, list[dict[str, Any]]]:
    found = of_language(downloads(chart_id, files.sizes), words.lang)
    return {"pictures": picture_rows(found, words)} | {
        group: file_rows(found, group, words) for group in (DATA, TEXT, OTHER)
    }


def _claim(used: ClaimUsed, lang: str) -> dict[str, Any]:
    return {"claim": used.claim, "source": used.source, "stated": stated(used.claim, lang)}


def series_cited(records: Records, used: SeriesUsed, lang: str) -> dict[str, Any]:
    """A series with its span and every publication that its rows cite."""
    rows = records.series_rows(used.series_id)
    return {
        "id": used.series_id,
        "title": used.called(lang),
        "rows": len(rows),
        "from": rows["period_start"].min()[:4],
        "to": rows["period_end"].max()[:4],
        "grades": sorted(set(rows["grade"])),
        "publications": used.references,
    }


def _computed(exhibit: Exhibit, notebooks: Sequence[Notebook], place: Place) -> dict[str, Any]:
    """The way back: function, notebook cell, findings with their formulas, records used."""
    records, found = exhibit.records, _trace(exhibit.records, exhibit.chart_id)
    shown = cell_of(notebooks, exhibit.chart_id, found["notebook"], place.lang)
    findings = {one.value_id: one for one in all_findings(records)}
    notebook = shown and {
        "href": place.to(shown[0].folder, shown[1]),
        "title": notebook_title(shown[0].name, place.lang),
    }
    return {
        "function": found["function"],
        "digest": found["data_sha256"],
        "notebook": notebook,
        "findings": [
            _finding(records, findings[name], place)
            for name in findings_shown(exhibit)
            if name in findings
        ],
        "records": [_node(records, one, place) for one in found["inputs"]],
    }


@functools.lru_cache(maxsize=512)
def _trace(records: Records, name: str) -> Trace:
    """A trace, once for both languages."""
    return trace(records, name)


Fact = tuple[str, str]  # kind of a text (text, code or address), and the text


def _tree(
    name: str, facts: Sequence[Fact], href: str = "", nodes: Sequence[Any] = ()
) -> dict[str, Any]:
    """A node of the way back: what it is called, where it leads, what is known of it, what is below it."""
    is_id = name.isascii() and " " not in name
    return {"name": name, "is_id": is_id, "href": href, "facts": facts, "nodes": nodes}


def _finding(records: Records, one: Finding, place: Place) -> dict[str, Any]:
    """A finding as a node: what it says, its formula, and below it its inputs."""
    facts = [("text", say(one, place.lang)), ("code", one.formula)]
    inputs = _trace(records, one.value_id)["inputs"]
    nodes = [_node(records, node, place) for node in inputs]
    label = Words(place.lang).label(one)
    return _tree(label, facts, place.to("findings", one.value_id), nodes)


def _node(records: Records, node: dict[str, Any], place: Place) -> dict[str, Any]:
    """A claim, an observation, an assumption, a published estimate or a series of a trace."""
    words, name = Words(place.lang), node["id"]
    match node["kind"]:
        case "claim":
            source = records.source(node["source"]["id"])
            paragraph = words("paragraph", n=node["paragraph"])
            where = words("joiner").join([getattr(source, f"short_{place.lang}"), paragraph])
            said = stated(records.claim(name), place.lang)
            return _tree(name, [("text", said), ("text", where)], place.to(f"claims/{name}"))
        case "observation":
            return _tree(name, [], nodes=[_row(row, place.lang) for row in node["rows"]])
        case "series":
            rows, span = words("n_rows", n=node["rows"]), f"{node['from']} – {node['to']}"
            return _tree(name, [("text", span), ("text", rows)], _series_link(records, name, place))
    known = (f"label_{place.lang}", "citation", "basis", "source_title", "publisher", "note")
    facts = [("text", str(node.get(key, ""))) for key in known]
    return _tree(name, [*facts, ("address", node.get("url", ""))])


def _row(row: dict[str, Any], lang: str) -> dict[str, Any]:
    period = " – ".join(dict.fromkeys((row["period_start"], row["period_end"])))
    value = f"{row['value']:.12g} {unit_label(row['unit'], lang)}"
    texts = [("text", text) for text in (period, value, row["publisher"])]
    return _tree(row["series_id"], [*texts, ("address", row["url"])])


def _series_link(records: Records, name: str, place: Place) -> str:
    """To the series of this name, or to the first of those that it stands for."""
    known = meant(name, list(records.series_index["series_id"]))
    return place.to("series", known[0]) if known else ""
