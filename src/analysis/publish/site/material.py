"""What the pages are made from: records, charts, findings, notebooks, and the files beside each chart."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.bounds.denominators import Registry
from analysis.bounds.finding import Finding
from analysis.plotting.registry import ChartDefinition
from analysis.publish import chart_basis as facts
from analysis.publish.exhibit import Exhibit, make_exhibit
from analysis.publish.site.notebooks import Notebook
from analysis.records.load import Records
from analysis.themes import all_findings
from analysis.themes.charts import definitions

SERIES_ONLY, REGISTER = "none", "register"  # in place of a grade: no claim at all, and every claim


@dataclass(frozen=True, eq=False)
class Material:
    """Everything the pages show, read once.

    Parameters
    ----------
    records : Records
    chart_ids : tuple of str
        Charts that get a page, in the order of the notebooks.
    notebooks : tuple of Notebook
    files : mapping
        For each chart, names and bytes of the files in its folder.
    snippets : mapping
        The text to embed, by chart and language.
    texts : mapping
        "Interpreting these figures" as Markdown, by language.
    """

    records: Records
    chart_ids: tuple[str, ...]
    notebooks: tuple[Notebook, ...] = ()
    files: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    snippets: Mapping[tuple[str, str], str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    @functools.cached_property
    def exhibits(self) -> dict[str, Exhibit]:
        """Each chart in both languages."""
        return {name: make_exhibit(name, self.records) for name in self.chart_ids}

    @functools.cached_property
    def findings(self) -> dict[str, Finding]:
        """Every finding by identifier."""
        return {one.value_id: one for one in all_findings(self.records)}

    @functools.cached_property
    def registry(self) -> Registry:
        """What may stand under what."""
        return Registry.from_frame(self.records.denominators)

    def definition(self, chart_id: str) -> ChartDefinition:
        """The registered definition of a chart."""
        return definitions()[chart_id]

    def claims_of(self, chart_id: str) -> tuple[str, ...]:
        """Claims that a chart uses; of a chart of the whole register, all."""
        own = self.definition(chart_id)
        return tuple(self.records.claims["claim_id"]) if own.whole_register else own.claims

    def series_of(self, chart_id: str) -> list[str]:
        """Series that a chart uses, each by its own name."""
        return [one.series_id for one in facts.series_used(self.exhibits[chart_id])]

    def findings_of(self, chart_id: str) -> list[Finding]:
        """Findings that a chart's data name."""
        return [
            self.findings[name]
            for name in facts.findings_shown(self.exhibits[chart_id])
            if name in self.findings
        ]

    def grade_of(self, chart_id: str) -> str:
        """Grade of the weakest claim that a chart uses; of no claim or of all, a word for that."""
        return (
            REGISTER
            if self.definition(chart_id).whole_register
            else facts.weakest_grade(self.exhibits[chart_id]) or SERIES_ONLY
        )

    def charts_of(self, claim_id: str) -> list[str]:
        """Charts that name a claim."""
        return [name for name in self.chart_ids if claim_id in self.definition(name).claims]

    @functools.cached_property
    def register_charts(self) -> list[str]:
        """Charts of the whole register."""
        return [name for name in self.chart_ids if self.definition(name).whole_register]

    def findings_with(self, claim_id: str) -> list[Finding]:
        """Findings that rest on a claim."""
        return [one for one in self.findings.values() if claim_id in one.inputs]
