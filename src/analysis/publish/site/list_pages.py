"""Pages that list: findings, statistics, notebooks; and the pages of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from analysis.bounds.finding import GRADES, Finding
from analysis.provenance.catalog import users
from analysis.provenance.citation import AUTHORS, PROJECT
from analysis.provenance.may_say import filled
from analysis.publish.chart_basis import LICENCE_ADDRESS, LICENCE_TITLE, Reference
from analysis.publish.site import notebooks
from analysis.publish.site.chart_pages import folder as chart_folder
from analysis.publish.site.chart_pages import headline
from analysis.publish.site.markdown import headings, markdown
from analysis.publish.site.material import Material
from analysis.publish.site.page import Page, Place
from analysis.publish.site.words import Words, marked_html
from analysis.records.series import gaps, years_in_words
from analysis.themes import prefixes, themes
from analysis.themes.charts import definitions
from analysis.words.labels import notebook_title, unit_label
from analysis.words.wording import number, percent, say

FINDINGS, SERIES, NOTEBOOKS, INTERPRETING, ABOUT = (
    "findings",
    "series",
    "notebooks",
    "interpreting",
    "about",
)
THEME = "theme "  # how the catalog marks a user that is no chart
FEW = 5  # publications that a list shows without being opened


def pages(material: Material) -> Iterator[Page]:
    """Every page that is neither a chart's nor a claim's."""
    yield Page(FINDINGS, "findings.html", lambda lang: _findings(material, lang))
    yield Page(SERIES, "series.html", lambda lang: _series(material, lang))
    yield Page(NOTEBOOKS, "notebooks.html", lambda lang: _notebooks(material, lang))
    for one in material.notebooks:
        yield Page(
            one.folder,
            "notebook.html",
            lambda lang, notebook=one: _notebook(material, notebook, lang),
        )
    yield Page(INTERPRETING, "text.html", lambda lang: _interpreting(material, lang))
    yield Page(ABOUT, "about.html", lambda lang: _about(material, lang))


def _findings(material: Material, lang: str) -> dict[str, Any]:
    """Findings by topic."""
    every = list(material.findings.values())
    return {
        "groups": [
            {
                "topic": topic,
                "findings": [_finding(one, lang) for one in every if one.topic == topic],
            }
            for topic in prefixes()
            if any(one.topic == topic for one in every)
        ],
        "count": len(every),
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
    absent = {
        "low": one.open_ended in ("low", "both"),
        "high": one.open_ended in ("high", "both"),
        "value": False,
    }
    return {
        key: "" if absent[key] or abs(value) == float("inf") else word(float(f"{value:.6g}"), lang)
        for key, value in shown.items()
    }


def _series(material: Material, lang: str) -> dict[str, Any]:
    """Series by theme, with span, grades, gaps, publications and users."""
    used, records, titles = (
        users(material.records),
        material.records,
        material.records.series_titles(lang),
    )
    groups = []
    for theme, rows in records.series_index.groupby("theme", sort=False):
        groups.append(
            {
                "theme": theme,
                "series": [
                    {"title": titles[row["series_id"]]}
                    | _one_series(material, row, used[row["series_id"]], lang)
                    for row in rows.to_dict("records")
                ],
            }
        )
    return {"groups": groups, "count": len(records.series_index), "few": FEW}


def _one_series(
    material: Material, row: dict[str, Any], used: tuple[str, ...], lang: str
) -> dict[str, Any]:
    rows = material.records.series_rows(row["series_id"])
    grades = rows["grade"].value_counts()
    charts = [
        name
        for user in used
        if not user.startswith(THEME) and (name := user.rpartition(": ")[2]) in material.chart_ids
    ]
    cited = (
        rows[["source_title", "publisher", "published", "url"]]
        .fillna("")
        .astype(str)
        .drop_duplicates()
    )
    return {
        "row": row,
        "unit": unit_label(row["unit"], lang),
        "from": rows["period_start"].min()[:7],
        "to": rows["period_end"].max()[:7],
        "rows": len(rows),
        "grades": [(grade, int(grades[grade])) for grade in GRADES if grade in grades],
        "gaps": years_in_words(gaps(rows)),
        "publications": [Reference(*values) for values in cited.itertuples(index=False, name=None)],
        "charts": [
            {"folder": chart_folder(name), "headline": headline(material, name, lang)}
            for name in charts
        ],
        "notebooks": [
            {"folder": f"{NOTEBOOKS}/{name}", "title": notebook_title(name, lang)}
            for name in _homes(material, used)
        ],
    }


def _homes(material: Material, used: tuple[str, ...]) -> list[str]:
    """Notebooks of the themes among the users of a series, as far as they have a page."""
    homes = {one.notebook for one in themes() if f"{THEME}{one.folder}" in used}
    return sorted(homes & {one.name for one in material.notebooks})


def _notebooks(material: Material, lang: str) -> dict[str, Any]:
    rows = [
        {
            "notebook": one,
            "title": notebook_title(one.name, lang),
            "question": markdown(one.question),
            "charts": len({name for name, _, _ in one.charts}),
        }
        for one in material.notebooks
    ]
    return {"notebooks": rows}


def _notebook(material: Material, notebook: notebooks.Notebook, lang: str) -> dict[str, Any]:
    place = Place(lang, notebook.folder)
    return {
        "title": notebook_title(notebook.name, lang),
        "name": notebook.name,
        "body": notebooks.body(notebook, place, material.chart_ids),
        "headings": notebook.headings,
    }


def _interpreting(material: Material, lang: str) -> dict[str, Any]:
    text = filled(material.records, material.texts.get(lang, ""), lang).replace(
        "$", r"\$"
    )  # a dollar is money here, never a formula
    title, _, rest = text.partition("\n") if text.startswith("# ") else ("", "", text)
    place = Place(lang, INTERPRETING)
    return {
        "title": title.removeprefix("# ").strip() or Words(lang)("interpreting_long"),
        "body": Markup(
            marked_html(markdown(rest, lambda address: notebooks.target(place, address)), lang)
        ),
        "headings": headings(rest),
        "is_there": bool(text),
    }


def _about(material: Material, lang: str) -> dict[str, Any]:
    return {
        "authors": AUTHORS,
        "project": PROJECT,
        "licence_title": LICENCE_TITLE[lang],
        "licence_address": LICENCE_ADDRESS,
        "sources": [
            material.records.source(name) for name in material.records.sources["source_id"]
        ],
        "counts": {
            "claims": len(material.records.claims),
            "series": len(material.records.series_index),
            "findings": len(material.findings),
            "charts": len(definitions()),
        },
    }
