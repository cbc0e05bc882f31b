"""From a finding, a chart or a claim back to formula, inputs, documents and paragraphs."""

from __future__ import annotations

from typing import Any

from analysis.charts.registry import definitions
from analysis.charts.view import make_chart
from analysis.quantities.finding import ASSUMED, Finding
from analysis.quantities.rates import RATE_PREFIX
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.topics import all_findings

ROW = ("series_id", "period_start", "period_end", "value", "unit", "source_title", "publisher", "url")


def trace(records: Records, wanted: str) -> dict[str, Any]:
    """The way from a finding, chart or claim back to its sources.

    Parameters
    ----------
    records : Records
    wanted : str
        Identifier of a finding, a chart or a claim; the unambiguous beginning of one will do.

    Returns
    -------
    dict
        ``id``, ``kind``, what it is, and ``inputs`` with their documents and paragraphs.

    Raises
    ------
    UnknownIdError
        If nothing, or more than one thing, has the identifier.
    """
    findings = {one.value_id: one for one in all_findings(records)}
    charts = definitions()
    known = [*findings, *charts, *records.claims["claim_id"]]
    found = wanted if wanted in known else _completed(wanted, known)
    if found in findings:
        return _finding(records, findings[found])
    if found in charts:
        return _chart(records, found)
    return _claim(records, found)


def _completed(wanted: str, known: list[str]) -> str:
    matches = [name for name in known if name.startswith(wanted)]
    if len(matches) != 1:
        raise UnknownIdError("finding, chart or claim", wanted, matches or known)
    return matches[0]


def _finding(records: Records, one: Finding) -> dict[str, Any]:
    return {
        "id": one.value_id,
        "kind": "finding",
        "label": one.label,
        "value": one.value,
        "low": one.low,
        "high": one.high if one.high != float("inf") else "open",
        "open_ended": one.open_ended,
        "unit": one.unit,
        "period": one.period,
        "evidence_grade": one.evidence_grade,
        "note": one.note,
        "formula": one.formula,
        "inputs": [_input(records, name) for name in one.inputs],
    }


def _chart(records: Records, chart_id: str) -> dict[str, Any]:
    chart = make_chart(chart_id, records)
    own, spec = chart.definition, chart.spec
    claims = own.claims or tuple(records.claims["claim_id"])
    return {
        "id": chart_id,
        "kind": "chart",
        "headline": spec.en.headline,
        "function": own.function,
        "notebook": own.notebook,
        "data_sha256": spec.digest(),
        "inputs": [_claim(records, name) for name in claims] + [_series(records, name) for name in own.series],
    }


def _input(records: Records, name: str) -> dict[str, Any]:
    if name.startswith(ASSUMED):
        return {"id": name, "kind": "assumption"}
    if "@" in name:
        return _observation(records, name)
    return _claim(records, name)


def _claim(records: Records, claim_id: str) -> dict[str, Any]:
    claim = records.claim(claim_id)
    source = records.source(claim.source_id)
    value = claim.value_low if claim.value_low == claim.value_high else [claim.value_low, claim.value_high]
    return {
        "id": claim_id,
        "kind": "claim",
        "as_stated": claim.as_stated,
        "value": value,
        "bound": claim.bound,
        "unit": claim.unit,
        "grade": claim.grade,
        "paragraph": claim.paragraph,
        "source": {
            "id": source.source_id,
            "title": source.title,
            "publisher": source.publisher,
            "event_date": source.event_date,
            "page_date": source.page_date,
            "url": source.url,
            "text_sha256": source.text_sha256,
        },
    }


def _observation(records: Records, name: str) -> dict[str, Any]:
    """One period of a series; a rate of a month stands for its mean, lowest and highest day."""
    series_id, period = name.split("@")
    names = ["usd-cny-mean", "usd-cny-low", "usd-cny-high"] if name.startswith(RATE_PREFIX) else [series_id]
    rows = [row for one in names for row in records.series_rows(one).to_dict("records") if row["period_start"].startswith(period)]
    return {"id": name, "kind": "observation", "rows": [{key: row[key] for key in ROW} for row in rows]}


def _series(records: Records, name: str) -> dict[str, Any]:
    found = records.series[records.series["series_id"].str.startswith(name)] if name == RATE_PREFIX[:-1] else records.series_rows(name)
    return {
        "id": name,
        "kind": "series",
        "rows": len(found),
        "from": found["period_start"].min(),
        "to": found["period_end"].max(),
        "publishers": sorted(set(found["publisher"])),
        "urls": sorted(set(found["url"])),
    }
