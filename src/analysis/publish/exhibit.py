"""A chart with all that its files are made from, made once for both languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.plotting.registry import ChartDefinition
from analysis.plotting.view import Chart
from analysis.records.load import Records
from analysis.themes.charts import make_chart
from analysis.words.catalogue import LANGUAGES


@dataclass(frozen=True, eq=False)
class Bundle:
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


def make_bundle(chart_id: str, records: Records) -> Bundle:
    """Make a registered chart in both languages; raises UnknownIdError if no chart has the identifier."""
    chart = make_chart(chart_id, records)
    return Bundle({lang: dataclasses.replace(chart, lang=lang) for lang in LANGUAGES}, records)
