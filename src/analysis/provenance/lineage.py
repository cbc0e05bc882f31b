"""From a finding, a scenario, a chart or a claim back to formula, inputs, documents and paragraphs."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from typing import Any

from analysis.bounds.finding import ASSUMED, PUBLISHED, Finding, estimate_row, observation_rows
from analysis.bounds.rates import RATE_PREFIX
from analysis.methods.scenarios.draw import SEEDED, Scenario, draw
from analysis.methods.scenarios.model import REPETITIONS
from analysis.plotting.registry import EVIDENCE
from analysis.provenance.citation import said
from analysis.records.errors import UnknownIdError
from analysis.records.load import Original, Records
from analysis.themes import Theme, findings_of, scenarios_of, theme_of, themes

Traceable = dict[str, tuple[Callable[[Records, Any], dict[str, Any]], Any]]

ROW = (
    "series_id",
    "period_start",
    "period_end",
    "value",
    "unit",
    "source_title",
    "publisher",
    "url",
)


class Trace(dict[str, Any]):
    """A trace as nested data; its text is a tree."""

    def __repr__(self) -> str:
        return "\n".join(_tree(self))

    def _repr_html_(self) -> str:
        return f'<pre class="tex2jax_ignore">{html.escape(repr(self))}</pre>'


def trace(records: Records, wanted: str) -> Trace:
    """The way from a finding, scenario, chart or claim back to its sources.

    Parameters
    ----------
    records : Records
    wanted : str
        Identifier of a finding, a scenario, a chart or a claim; the unambiguous beginning of one will do.

    Returns
    -------
    Trace
        A dict with ``id``, ``kind``, what it is, and ``inputs`` with their documents and paragraphs.

    Raises
    ------
    UnknownIdError
        If nothing, or more than one thing, has the identifier.
    """
    known: Traceable = {name: (_claim, name) for name in records.claims["claim_id"]}
    own = theme_of(wanted)
    for among in ((), (own,) if own else (), themes()):  # a theme that is not meant is not loaded
        for theme in among:
            known |= _traceable(records, theme)
            known |= {} if wanted in known else _charts(records, theme)
        matches = [wanted] if wanted in known else [one for one in known if one.startswith(wanted)]
        if len(matches) == 1 and (among or matches == [wanted]):
            describe, one = known[matches[0]]
            return Trace(describe(records, one))
    raise UnknownIdError("finding, scenario, chart or claim", wanted, matches or known)


def _traceable(records: Records, theme: Theme) -> Traceable:
    """What a theme has by identifier, each with the function that describes it."""
    found: Traceable = {one.value_id: (_finding, one) for one in findings_of(records, theme)}
    found |= {one.scenario_id: (_scenario, one) for one in scenarios_of(records, theme)}
    return found


def _charts(records: Records, theme: Theme) -> Traceable:
    """The charts of a theme; to draw them, and so to know them, matplotlib is loaded."""
    from analysis.themes.charts import charts_of

    return {name: (_chart, name) for name in charts_of(theme, records)}


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


def _scenario(records: Records, one: Scenario) -> dict[str, Any]:
    """A scenario as it is drawn by default: readings, seeds, draws, and every input with its source."""
    drawn = draw(records, one)
    return {
        "id": one.scenario_id,
        "kind": "scenario",
        "label": one.label,
        "reading": drawn.reading,
        "draws": drawn.draws,
        "repetitions": REPETITIONS,
        "seed": SEEDED,
        "note": one.note,
        "outputs": [_drawn_output(one, row) for row in drawn.table().to_dict("records")],
        "inputs": [_drawn_input(records, row) for row in drawn.inputs().to_dict("records")],
    }


def _drawn_output(one: Scenario, row: dict[str, Any]) -> dict[str, Any]:
    shown = ("p5", "p50", "p95", "mc_error", "unit", "direction")
    return (
        {"id": row["output"], "kind": "output"}
        | {key: row[key] for key in shown}
        | {"formula": one.outputs[row["output"]].formula}
    )


def _drawn_input(records: Records, row: dict[str, Any]) -> dict[str, Any]:
    """One input of a scenario: how it is drawn, then where it comes from."""
    name = row["input"]
    how = f"{row['shape']}, {row['low']:.12g} to {row['high']:.12g} {row['unit']}".rstrip()
    if name in set(records.claims["claim_id"]) or name.startswith(ASSUMED):
        known = _input(records, name)
    else:
        known = {
            "id": name,
            "kind": "observation",
            "inputs": [_observation(records, part) for part in row["source"].split("; ")],
        }
    return {
        "id": known.pop("id"),
        "kind": known.pop("kind"),
        "drawn": how,
        "read as": row["reading"],
    } | known


def _chart(records: Records, chart_id: str) -> dict[str, Any]:
    from analysis.themes.charts import make_chart

    chart = make_chart(chart_id, records)
    own, spec = chart.definition, chart.spec
    claims = tuple(records.claims["claim_id"]) if own.whole_register else own.claims
    estimates = tuple(dict.fromkeys(spec.data["estimate_id"])) if own.basis == EVIDENCE else ()
    return {
        "id": chart_id,
        "kind": "chart",
        "headline": spec.en.headline,
        "function": own.function,
        "notebook": own.notebook,
        "data_sha256": spec.digest(),
        "inputs": [_claim(records, name) for name in claims]
        + [_series(records, name) for name in own.series]
        + [_estimate(records, name) for name in estimates],
    }


def _input(records: Records, name: str) -> dict[str, Any]:
    if name.startswith(ASSUMED):
        return _assumption(records, name)
    if name.startswith(PUBLISHED):
        return _estimate(records, name)
    if "@" in name:
        return _observation(records, name)
    return _claim(records, name)


def _assumption(records: Records, name: str) -> dict[str, Any]:
    """An assumption with its range, basis and source, if it is registered."""
    found = records.assumptions[ASSUMED + records.assumptions["assumption_id"] == name]
    row = found.iloc[0].to_dict() if len(found) else {}
    shown = ("label_en", "basis", "source_title", "publisher", "published", "url", "note")
    return {"id": name, "kind": "assumption"} | {key: row[key] for key in shown if row.get(key)}


def _estimate(records: Records, name: str) -> dict[str, Any]:
    """A published estimate with its study, and where it was read."""
    row = estimate_row(records, name).to_dict()
    shown = (
        "citation",
        "design",
        "outcome",
        "effect",
        "effect_low",
        "effect_high",
        "effect_unit",
        "se",
        "ci_low",
        "ci_high",
        "second_hand",
        "grade",
        "url",
        "note",
    )
    return {"id": name, "kind": "published estimate"} | {
        key: row[key] for key in shown if row[key] == row[key] and row[key] != ""
    }


def _claim(records: Records, claim_id: str) -> dict[str, Any]:
    claim = records.claim(claim_id)
    source = records.source(claim.source_id)
    value = (
        claim.value_low
        if claim.value_low == claim.value_high
        else [claim.value_low, claim.value_high]
    )
    return {
        "id": claim_id,
        "kind": "claim",
        "as_stated": claim.as_stated,
        "stated_zh": claim.stated_zh,
        "chinese_text": _chinese_text(claim.original),
        "value": value,
        "bound": claim.bound,
        "unit": claim.unit,
        "grade": claim.grade,
        "paragraph": claim.paragraph,
        "speaker": claim.speaker,
        "said_on": claim.said_on,
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


def _chinese_text(one: Original | None) -> str:
    """Where the Chinese words of a claim were read; "" without them."""
    if one is None:
        return ""
    where = f", paragraph {one.paragraph} of {one.paragraph_of}" if one.paragraph else ""
    return f"{one.publisher}, {one.published}: {one.title}{where}; copy of grade {one.grade}"


def _observation(records: Records, name: str) -> dict[str, Any]:
    """One period of a series; a rate stands for its mean, lowest and highest day."""
    rows = observation_rows(records, name).to_dict("records")
    return {
        "id": name,
        "kind": "observation",
        "rows": [{key: row[key] for key in ROW} for row in rows],
    }


def _series(records: Records, name: str) -> dict[str, Any]:
    found = (
        records.series[records.series["series_id"].str.startswith(name)]
        if name == RATE_PREFIX[:-1]
        else records.series_rows(name)
    )
    return {
        "id": name,
        "kind": "series",
        "rows": len(found),
        "from": found["period_start"].min(),
        "to": found["period_end"].max(),
        "publishers": sorted(set(found["publisher"])),
        "urls": sorted(set(found["url"]) - {""}),
    }


def _tree(node: dict[str, Any], indent: str = "") -> Iterator[str]:
    yield f"{indent}{node['kind']} {node['id']}"
    inner = indent + "  "
    for key, value in node.items():
        if key in ("id", "kind"):
            continue
        if key in ("outputs", "inputs"):
            for one in value:
                yield from _tree(one, inner)
        elif key == "source":
            when = said([node["said_on"]], "en").lower()
            yield f"{inner}paragraph {node['paragraph']} of {value['id']}: {value['title']} ({value['publisher']}), {node['speaker']}, {when}, {value['url']}"
        elif key == "rows" and isinstance(value, list):
            for row in value:
                yield f"{inner}{row['series_id']} {row['period_start']} to {row['period_end']}: {row['value']:.12g} {row['unit']} ({', '.join(filter(None, (row['publisher'], row['url'])))})"
        elif key not in ("paragraph", "speaker", "said_on") and value not in ("", None):
            values = value if isinstance(value, list) else [value]
            yield f"{inner}{key.replace('_', ' ')}: {', '.join(f'{v:.12g}' if isinstance(v, float) else str(v) for v in values)}"
