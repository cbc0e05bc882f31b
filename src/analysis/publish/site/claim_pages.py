"""A page for each claim: what was stated, what it can mean, how it was checked, what rests on it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.bounds.claims import bounds_of, interval_table
from analysis.methods.scenarios.readings import READINGS, read
from analysis.provenance.citation import cite
from analysis.publish.site.chart_pages import folder as chart_folder
from analysis.publish.site.chart_pages import headline
from analysis.publish.site.material import Material
from analysis.publish.site.page import Page
from analysis.publish.site.words import Words
from analysis.records.load import Claim, Records
from analysis.themes.claims_audit import findings as audit
from analysis.words.wording import amount, percent, say, stated

FOLDER = "claims"
AUDIT = "audit"  # the topic whose findings count claims
LONG_NUMBER = re.compile(r"(?<![\w.@/-])\d{5,}(?![\w.@/-])")
OF_DOCUMENTS = ("page date", "event date")  # checks of a document hold for each of its claims


def folder(claim_id: str) -> str:
    """Folder of a claim's page."""
    return f"{FOLDER}/{claim_id}"


def pages(material: Material) -> Iterator[Page]:
    """The list of claims, and the page of each."""
    yield Page(FOLDER, "claims.html", lambda lang: _list(material, lang))
    for claim_id in material.records.claims["claim_id"]:
        yield Page(
            folder(claim_id),
            "claim.html",
            lambda lang, name=claim_id: context(material, name, lang),
        )


def _list(material: Material, lang: str) -> dict[str, Any]:
    """Claims by document."""
    records, words = material.records, Words(lang)
    groups = []
    for source_id, rows in records.claims.groupby("source_id", sort=False):
        claims = [records.claim(name) for name in rows["claim_id"]]
        groups.append(
            {
                "source": records.source(str(source_id)),
                "claims": [
                    {"claim": one, "stated": stated(one, lang), "period": _period(one, words)}
                    for one in claims
                ],
            }
        )
    return {"groups": groups, "count": len(records.claims)}


def context(material: Material, claim_id: str, lang: str) -> dict[str, Any]:
    """What the page of a claim shows in one language."""
    records, words = material.records, Words(lang)
    claim = records.claim(claim_id)
    source = records.source(claim.source_id)
    return {
        "claim": claim,
        "source": source,
        "stated": stated(claim, lang),
        "period": _period(claim, words),
        "interval": _interval(records, claim, lang),
        "readings": _readings(records, claim, lang),
        "why": _why(records, claim),
        "quote_note": _noted(records).get(claim_id, ""),
        "checks": _checks(records, claim),
        "conflicts": _conflicts(records).get(claim_id, []),
        "restated": _restated(records, claim_id, lang),
        "denominators": _denominators(material, claim_id, lang),
        "charts": [_chart(material, name, lang) for name in material.charts_of(claim_id)],
        "register_charts": [_chart(material, name, lang) for name in material.register_charts],
        "findings": [
            {"finding": one, "says": say(one, lang), "counts": one.topic == AUDIT}
            for one in material.findings_with(claim_id)
        ],
        "citation": _citation(records, claim_id, lang),
        **_neighbours(records, claim_id, lang),
    }


def _period(claim: Claim, words: Words) -> str:
    match bool(claim.period_start), bool(claim.period_end):
        case True, True:
            same = claim.period_start == claim.period_end
            return (
                claim.period_start
                if same
                else words("period_from_to", start=claim.period_start, end=claim.period_end)
            )
        case True, False:
            return words("period_from", start=claim.period_start)
        case False, True:
            return words("period_until", end=claim.period_end)
    return words("period_none")


def value_in_words(value: float, unit: str, lang: str) -> str:
    """An end of an interval with its unit; "" where there is no end."""
    if value in (float("inf"), float("-inf")):
        return ""
    return (
        percent(value, lang) if unit == "share" else amount(value, unit.replace("/", " / "), lang)
    )


def _interval(records: Records, claim: Claim, lang: str) -> dict[str, str]:
    row = interval_table(records, [claim.claim_id]).iloc[0]
    unit = row["rounding_unit"]
    rounding = value_in_words(unit, claim.unit, lang) if unit != "" else ""
    return {
        "low": value_in_words(row["low"], claim.unit, lang),
        "high": value_in_words(row["high"], claim.unit, lang),
        "rounding": rounding,
        "rule": row["rule"],
    }


def _readings(records: Records, claim: Claim, lang: str) -> list[dict[str, Any]]:
    """The ends under each reading; none of a count, which is read as it is."""
    if claim.bound in ("exact", "range"):
        return []
    (as_stated,) = bounds_of(records, claim.claim_id).variables.values()
    found = [
        ("as stated", as_stated),
        *((name, read(records, as_stated, name).one) for name in READINGS),
    ]
    return [
        {
            "reading": name,
            "ends": (
                value_in_words(one.low, claim.unit, lang),
                value_in_words(one.high, claim.unit, lang),
            ),
        }
        for name, one in found
    ]


def _why(records: Records, claim: Claim) -> str:
    """Why the audit changed the grade; "" if it did not."""
    grades = _grades(records)
    changed = claim.claim_id in grades.index and grades.loc[claim.claim_id, "changed"]
    return (
        readable(str(grades.loc[claim.claim_id, "why"]).partition(": ")[2]) if changed else ""
    )  # without the names before the colon


def readable(text: str) -> str:
    """A text whose long numbers are separated by thousands.

    Examples
    --------
    >>> readable("9000000 or more at 2020-03-31, at most 7715000")
    '9,000,000 or more at 2020-03-31, at most 7,715,000'
    """
    return LONG_NUMBER.sub(lambda found: f"{int(found[0]):,}", text)


@functools.lru_cache(maxsize=4)
def _grades(records: Records) -> pd.DataFrame:
    return audit.audited_grades(records).set_index("claim_id")


@functools.lru_cache(maxsize=4)
def _noted(records: Records) -> dict[str, str]:
    return dict(audit.needs_note(records)[["claim_id", "note"]].itertuples(index=False, name=None))


@functools.lru_cache(maxsize=4)
def _outcomes(records: Records) -> dict[str, list[dict[str, Any]]]:
    """Outcomes by the claim, document or series that they are about."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in audit.outcome_table(records).to_dict("records"):
        found.setdefault(audit.claim_of(records, row["subject"]) or row["subject"], []).append(row)
    return found


def _checks(records: Records, claim: Claim) -> list[dict[str, Any]]:
    """Outcomes of a claim and of its document's dates, with what it was held against."""
    table = _outcomes(records)
    own = [
        *table.get(claim.claim_id, []),
        *(row for row in table.get(claim.source_id, []) if row["check"] in OF_DOCUMENTS),
    ]
    return [
        row | {"against": row["subject"].partition(" / ")[2], "reason": readable(row["reason"])}
        for row in own
    ]


@functools.lru_cache(maxsize=4)
def _conflicts(records: Records) -> dict[str, list[dict[str, Any]]]:
    """Conflicts by the claim that they are about."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in audit.conflicts(records).to_dict("records"):
        found.setdefault(audit.claim_of(records, row["subject"]), []).append(
            row | {"reason": readable(row["reason"])}
        )
    return found


def _restated(records: Records, claim_id: str, lang: str) -> list[dict[str, Any]]:
    rows = records.benchmarks[records.benchmarks["claim_id"] == claim_id]
    return [
        row | {"says": value_in_words(row["value"], row["unit"], lang)}
        for row in rows.to_dict("records")
    ]


def _denominators(material: Material, claim_id: str, lang: str) -> list[dict[str, Any]]:
    titles = material.records.series_titles(lang)
    own = [row for row in material.registry.rows if row.claim_id == claim_id]
    return [{"row": row, "title": titles.get(row.series_id, row.series_id)} for row in own]


def _chart(material: Material, chart_id: str, lang: str) -> dict[str, str]:
    return {"folder": chart_folder(chart_id), "headline": headline(material, chart_id, lang)}


def _citation(records: Records, claim_id: str, lang: str) -> dict[str, str]:
    found = cite(records, claim_id)
    return {"text": found.text_zh if lang == "zh" else found.text, "bibtex": found.bibtex}


def _neighbours(records: Records, claim_id: str, lang: str) -> dict[str, Any]:
    names = list(records.claims["claim_id"])
    place = names.index(claim_id)
    around = {
        "previous": names[place - 1] if place else "",
        "next": names[place + 1] if place + 1 < len(names) else "",
    }
    return {
        key: {"id": name, "stated": stated(records.claim(name), lang)} if name else None
        for key, name in around.items()
    }
