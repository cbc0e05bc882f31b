"""A page for each claim: what was stated, what it can mean, how it was checked, what rests on it."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import pandas as pd

from analysis.bounds.claims import bounds_of, interval_table, read_from
from analysis.bounds.denominators import Registry
from analysis.methods.scenarios.readings import READINGS, read
from analysis.provenance.citation import cite
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases
from analysis.publish.site.chart_pages import chart_link, citation_in
from analysis.publish.site.page import Page, in_order
from analysis.publish.site.sharing import claim_review
from analysis.publish.site.words import Words
from analysis.records.load import Claim, Records
from analysis.themes import all_findings
from analysis.themes.claims_audit import findings as audit
from analysis.words.wording import amount, percent, say, stated

FOLDER = "claims"
AUDIT = "audit"  # the topic whose findings count claims
LONG_NUMBER = re.compile(r"(?<![\w.@/-])\d{5,}(?![\w.@/-])")
OF_DOCUMENTS = ("page date", "event date")  # checks of a document hold for each of its claims


def folder(claim_id: str) -> str:
    """Folder of a claim's page."""
    return f"{FOLDER}/{claim_id}"


def pages(records: Records, exhibits: Sequence[Exhibit]) -> Iterator[Page]:
    """The list of claims, and the page of each."""
    yield Page(FOLDER, "claims.html", partial(_list, records))
    for claim_id, around in in_order(list(records.claims["claim_id"])):
        shown = partial(context, records, claim_id, exhibits, around)
        yield Page(folder(claim_id), "claim.html", shown)


def _list(records: Records, lang: str) -> dict[str, Any]:
    """Claims by document."""
    groups = []
    for source_id, rows in records.claims.groupby("source_id", sort=False):
        claims = [records.claim(name) for name in rows["claim_id"]]
        said = [{"claim": one, "stated": stated(one, lang)} for one in claims]
        groups.append({"source": records.source(str(source_id)), "claims": said})
    return {"groups": groups, "count": len(records.claims)}


def context(
    records: Records,
    claim_id: str,
    exhibits: Sequence[Exhibit],
    around: tuple[str | None, str | None],
    lang: str,
) -> dict[str, Any]:
    """What the page of a claim shows in one language.

    Parameters
    ----------
    records : Records
    claim_id : str
    exhibits : sequence of Exhibit
        Charts that have a page.
    around : tuple of two
        Identifiers of the claims before and after it.
    lang : {"en", "zh"}
    """
    claim, before_and_after = (
        records.claim(claim_id),
        zip(("previous", "next"), around, strict=True),
    )
    own = [one for one in exhibits if claim_id in one.definition.claims]
    whole = [one for one in exhibits if one.definition.whole_register]
    findings = [one for one in all_findings(records) if claim_id in one.inputs]
    return {
        "claim": claim,
        "source": records.source(claim.source_id),
        "stated": stated(claim, lang),
        "from_original": read_from(claim) is not claim,
        "said_on": claim.said_on or Phrases("date", lang)("undated"),
        "period": _period(claim, Words(lang)),
        "interval": _interval(records, claim, lang),
        "readings": _readings(records, claim, lang),
        "why": _why(records, claim),
        "quote_note": _noted(records).get(claim_id, ""),
        "checks": _checks(records, claim),
        "conflicts": _conflicts(records).get(claim_id, []),
        "restated": _restated(records, claim_id, lang),
        "denominators": _denominators(records, claim_id, lang),
        "charts": [chart_link(one, lang) for one in own],
        "register_charts": [chart_link(one, lang) for one in whole],
        "findings": [
            {"finding": one, "says": say(one, lang), "counts": one.topic == AUDIT}
            for one in findings
        ],
        "structured": partial(claim_review, records, claim_id, lang)
        if is_contested(records, claim_id)
        else lambda base: None,
        "citation": citation_in(cite(records, claim_id), lang),
        **{key: name and _named(records, name, lang) for key, name in before_and_after},
    }


def is_contested(records: Records, claim_id: str) -> bool:
    """Whether a check finds that a claim and another figure cannot both be true."""
    return any(one["status"] == "conflict" for one in _checks(records, records.claim(claim_id)))


def _named(records: Records, claim_id: str, lang: str) -> dict[str, str]:
    return {"id": claim_id, "stated": stated(records.claim(claim_id), lang)}


def _period(claim: Claim, words: Words) -> str:
    start, end = claim.period_start, claim.period_end
    if start and start == end:
        return start
    known = "from_to" if start and end else "from" if start else "until" if end else "none"
    return words(f"period_{known}", start=start, end=end)


def value_in_words(value: float, unit: str, lang: str) -> str:
    """An end of an interval with its unit; "" where there is no end."""
    if math.isinf(value):
        return ""
    if unit == "share":
        return percent(value, lang)
    return amount(value, unit.replace("/", " / "), lang)


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
    found = {"as stated": as_stated}
    found |= {name: read(records, as_stated, name).one for name in READINGS}
    return [
        {
            "reading": name,
            "ends": tuple(value_in_words(end, claim.unit, lang) for end in (one.low, one.high)),
        }
        for name, one in found.items()
    ]


def _why(records: Records, claim: Claim) -> str:
    """Why the audit changed the grade, without the names before the colon; "" if it did not."""
    grades = _grades(records)
    changed = claim.claim_id in grades.index and grades.loc[claim.claim_id, "changed"]
    return readable(str(grades.loc[claim.claim_id, "why"]).partition(": ")[2]) if changed else ""


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
    """Conflicts and known differences by the claim that they are about."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in audit.differences(records).to_dict("records"):
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


@functools.lru_cache(maxsize=4)
def _registry(records: Records) -> Registry:
    return Registry.from_frame(records.denominators)


def _denominators(records: Records, claim_id: str, lang: str) -> list[dict[str, Any]]:
    titles = records.series_titles(lang)
    own = [row for row in _registry(records).rows if row.claim_id == claim_id]
    return [{"row": row, "title": titles.get(row.series_id, row.series_id)} for row in own]
