"""A chart with all that its files are made from, made once for both languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.view import Chart
from analysis.provenance.citation import Citation, cite_chart
from analysis.records.load import Records
from analysis.themes.charts import make_chart
from analysis.words.catalogue import LANGUAGES, check_language


@dataclass(frozen=True, eq=False)
class Exhibit:
    """A chart in both languages, and the records it was made from."""

    charts: Mapping[str, Chart]
    records: Records

    @property
    def definition(self) -> ChartDefinition:
        """The registered definition."""
        return self.charts[LANGUAGES[0]].definition

    @property
    def chart_id(self) -> str:
        """The chart's identifier."""
        return self.definition.chart_id

    @property
    def spec(self) -> ChartSpec:
        """Data, unit and price basis, the same in every language."""
        return self.charts[LANGUAGES[0]].spec

    @property
    def citation(self) -> Citation:
        """How to cite the chart."""
        return cite_chart(self.charts[LANGUAGES[0]])

    def text(self, lang: str) -> Text:
        """Headline, subtitle, note and alt text in a language."""
        return self.charts[check_language(lang)].spec.text(lang)

    def source(self, lang: str) -> str:
        """The source line in a language."""
        return self.charts[lang].sources[lang]


def make_exhibit(chart_id: str, records: Records) -> Exhibit:
    """Make a registered chart in both languages; raises UnknownIdError if no chart has the identifier."""
    chart = make_chart(chart_id, records)
    return Exhibit({lang: dataclasses.replace(chart, lang=lang) for lang in LANGUAGES}, records)
