"""Pages that list: findings, statistics, notebooks; and the pages of text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from typing import Any

from markupsafe import Markup

from analysis.bounds.finding import GRADES, Finding
from analysis.provenance.catalog import users
from analysis.provenance.places import filled
from analysis.publish.chart_basis import LICENCE_ADDRESS, licence_title, references
from analysis.publish.exhibit import Exhibit
from analysis.publish.site.chart_pages import chart_link
from analysis.publish.site.documents import target
from analysis.publish.site.markdown import headings, markdown
from analysis.publish.site.notebooks import Notebook, body
from analysis.publish.site.page import TEXTS, Page, Place
from analysis.publish.site.words import Words, marked, marked_html
from analysis.records.collection import collection
from analysis.records.load import Records
from analysis.records.series import gaps, years_in_words
from analysis.themes import all_findings, prefixes, themes
from analysis.themes.charts import definitions
from analysis.words.labels import notebook_title
from analysis.words.units import unit_label
from analysis.words.wording import number, percent, say

FINDINGS, SERIES, NOTEBOOKS = "findings", "series", "notebooks"
ABOUT = "about"
THEME = "theme "  # how the catalog marks a user that is no chart


def pages(
    records: Records,
    exhibits: Sequence[Exhibit],
    notebooks: Sequence[Notebook],
    texts: Mapping[str, Mapping[str, str]],
) -> Iterator[Page]:
    """Every page that is neither a chart's nor a claim's."""
    yield Page(FINDINGS, "findings.html", partial(_findings, records))
    names = {one.name for one in notebooks}
    yield Page(SERIES, "series.html", partial(_series, records, exhibits, names))
    yield Page(NOTEBOOKS, "notebooks.html", partial(_notebooks, notebooks))
    chart_ids = tuple(one.chart_id for one in exhibits)
    for one in notebooks:
        yield Page(one.folder, "notebook.html", partial(_notebook, one, chart_ids))
    for name in TEXTS:
        yield Page(name, "text.html", partial(_text, records, name, texts.get(name, {})))
    yield Page(ABOUT, "about.html", partial(_about, records))


def _findings(records: Records, lang: str) -> dict[str, Any]:
    """Findings by topic."""
    groups: dict[str, list[dict[str, Any]]] = {topic: [] for topic in prefixes()}
    for one in all_findings(records):
        groups[one.topic].append(_finding(one, lang))
    return {
        "groups": [{"topic": name, "findings": found} for name, found in groups.items() if found],
        "count": len(all_findings(records)),
    }


def _finding(one: Finding, lang: str) -> dict[str, Any]:
    inputs = [
        {
            "name": name,
            "claim": "@" not in name and ":" not in name,
            "series": name.partition("@")[0] if "@" in name else "",
        }
        for name in one.inputs
    ]
    return {
        "finding": one,
        "says": say(one, lang),
        "inputs": inputs,
        "unit": unit_label(one.unit, lang),
        "ends": _ends(one, lang),
    }


def _ends(one: Finding, lang: str) -> dict[str, str]:
    """The value and the ends with all their digits; an open end is ""."""
    word = percent if one.unit == "" and 0 < abs(one.value) < 1 else number
    shown = {"value": one.value, "low": one.low, "high": one.high}
    absent = {"low", "high"} if one.open_ended == "both" else {one.open_ended}
    return {
        key: "" if key in absent or math.isinf(value) else word(float(f"{value:.6g}"), lang)
        for key, value in shown.items()
    }


def _series(
    records: Records, exhibits: Sequence[Exhibit], notebooks: Set[str], lang: str
) -> dict[str, Any]:
    """Series by theme, with span, grades, gaps, publications and users."""
    used, links = users(records), {one.chart_id: chart_link(one, lang) for one in exhibits}
    groups = []
    for theme, rows in records.series_index.groupby("theme", sort=False):
        series = []
        for row in rows.to_dict("records"):
            by = used[row["series_id"]]
            charts = [links[name] for user in by if (name := user.rpartition(": ")[2]) in links]
            books = sorted(
                {one.notebook for one in themes() if f"{THEME}{one.folder}" in by} & notebooks
            )
            series.append(
                _one_series(records, row, lang)
                | {"charts": charts, "notebooks": [_notebook_link(name, lang) for name in books]}
            )
        groups.append({"theme": theme, "series": series})
    return {"groups": groups, "count": len(records.series_index)}


def _one_series(records: Records, row: dict[str, Any], lang: str) -> dict[str, Any]:
    rows = records.series_rows(row["series_id"])
    grades = rows["grade"].value_counts()
    return {
        "title": row[{"en": "title", "zh": "title_zh"}[lang]],
        "row": row,
        "unit": unit_label(row["unit"], lang),
        "from": rows["period_start"].min()[:7],
        "to": rows["period_end"].max()[:7],
        "rows": len(rows),
        "grades": [(grade, int(grades[grade])) for grade in GRADES if grade in grades],
        "gaps": years_in_words(gaps(rows)),
        "publications": references(records, row["series_id"]),
    }


def _notebook_link(name: str, lang: str) -> dict[str, str]:
    return {"folder": f"{NOTEBOOKS}/{name}", "title": notebook_title(name, lang)}


def _notebooks(notebooks: Sequence[Notebook], lang: str) -> dict[str, Any]:
    rows = [
        {
            "notebook": one,
            "title": notebook_title(one.name, lang),
            "question": markdown(one.question),
            "charts": len({name for name, _, _ in one.charts}),
        }
        for one in notebooks
    ]
    return {"notebooks": rows}


def _notebook(notebook: Notebook, chart_ids: tuple[str, ...], lang: str) -> dict[str, Any]:
    return {
        "title": notebook_title(notebook.name, lang),
        "name": notebook.name,
        "body": body(notebook, Place(lang, notebook.folder), chart_ids),
        "headings": [(anchor, marked(words, "en")) for anchor, words in notebook.headings],
    }


def _text(records: Records, name: str, texts: Mapping[str, str], lang: str) -> dict[str, Any]:
    """A text of ``docs``; the same heading has the same anchor in both languages."""
    text = filled(records, texts.get(lang, ""), lang)
    title, _, rest = text.partition("\n") if text.startswith("# ") else ("", "", text)
    own, first = headings(rest), headings(texts.get("en", ""))
    anchors = dict(zip((one for one, _ in own), (one for one, _ in first), strict=False))
    resolve = partial(target, Place(lang, name), f"docs/{name}.{lang}.md", "")
    made = markdown(rest, resolve, anchors=anchors, formulas=False)
    return {
        "title": title.removeprefix("# ").strip() or Words(lang)(f"{name}_long"),
        "body": Markup(marked_html(made, lang)),
        "headings": [(anchors.get(one, one), marked(words, lang)) for one, words in own],
        "is_there": bool(text),
        "crumbs": [],
        "spoken": lang,
        "lead": "",
    }


def _about(records: Records, lang: str) -> dict[str, Any]:
    return {
        "own": collection().own,
        "authors": collection().authors,
        "project": collection().title,
        "licence_title": licence_title(lang),
        "licence_address": LICENCE_ADDRESS,
        "sources": [records.source(name) for name in records.sources["source_id"]],
        "counts": {
            "claims": len(records.claims),
            "series": len(records.series_index),
            "findings": len(all_findings(records)),
            "charts": len(definitions(records)),
        },
    }
