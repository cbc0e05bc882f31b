"""A snapshot of all that the project says, as plain values that a reviewer can compare."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import fields

from analysis.bounds.finding import Finding
from analysis.methods.scenarios.draw import Scenario, draw
from analysis.plotting.view import Chart
from analysis.records.load import Records
from analysis.themes import all_findings, all_scenarios
from analysis.themes.charts import definitions, make_chart
from analysis.words import wording
from analysis.words.catalogue import LANGUAGES

Value = str | int | float | None
Items = dict[str, dict[str, Value]]  # by identifier, then by field
STORED = "tests/snapshot.json"
COMMAND = "make update-known"
SHOWN = ("p5", "p50", "p95", "unit")  # of an output of a scenario
WORDS = ("headline", "subtitle", "note", "alt")


def snapshot(records: Records) -> dict[str, Items]:
    """Counts of every table, and every claim, finding, scenario and chart with its values and its words.

    Parameters
    ----------
    records : Records

    Returns
    -------
    dict
        By kind (``counts``, ``claims``, ``findings``, ``scenarios``, ``charts``), identifier and field. An open end is
        None. The first field of each claim, finding and chart is its main text in English.

    Examples
    --------
    >>> from analysis.records.load import load
    >>> snapshot(load())["claims"]["scio-2021.canton-deals"]["en"]
    'more than US$1.7 billion'
    """
    found = {one.value_id: _finding(one) for one in all_findings(records)}
    charts = {name: _chart(make_chart(name, records)) for name in definitions(records)}
    tables = {one.name: len(getattr(records, one.name)) for one in fields(records)}
    made = {"findings": len(found), "scenarios": len(all_scenarios(records)), "charts": len(charts)}
    return {
        "counts": {name: {"rows": rows} for name, rows in {**tables, **made}.items()},
        "claims": {str(name): _claim(records, name) for name in records.claims["claim_id"]},
        "findings": found,
        "scenarios": dict(
            item for one in all_scenarios(records) for item in _outputs(records, one)
        ),
        "charts": charts,
    }


def as_text(taken: dict[str, Items]) -> str:
    """A snapshot as JSON, one value a line, so that a version control system shows what changed."""
    return json.dumps(taken, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _claim(records: Records, claim_id: str) -> dict[str, Value]:
    claim = records.claim(claim_id)
    said = {lang: wording.stated(claim, lang) for lang in LANGUAGES}
    return {**said, "as stated": claim.as_stated, "audited grade": claim.grade}


def _finding(one: Finding) -> dict[str, Value]:
    numbers = {"value": one.value, "low": one.low, "high": one.high}
    return {
        **{lang: wording.say(one, lang) for lang in LANGUAGES},
        **{name: number if math.isfinite(number) else None for name, number in numbers.items()},
        "open ended": one.open_ended,
        "unit": one.unit,
        "grade": one.evidence_grade,
    }


def _outputs(records: Records, one: Scenario) -> Iterator[tuple[str, dict[str, Value]]]:
    """Each output of a scenario as it is drawn by default, rounded to its Monte Carlo error."""
    for row in draw(records, one).table().to_dict("records"):
        points = (row["p5"], row["p50"], row["p95"])
        said = {lang: wording.scenario_range(points, row["unit"], lang) for lang in LANGUAGES}
        yield f"{one.scenario_id}#{row['output']}", {**said, **{k: row[k] for k in SHOWN}}


def _chart(chart: Chart) -> dict[str, Value]:
    texts = {lang: chart.spec.text(lang) for lang in LANGUAGES}
    said = {f"{name} {lang}": getattr(texts[lang], name) for name in WORDS for lang in LANGUAGES}
    return {**said, "data": chart.spec.digest()}
