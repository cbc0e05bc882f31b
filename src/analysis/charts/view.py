"""A chart as a notebook shows it: deterministic text beside the picture."""

from __future__ import annotations

import io
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.charts.layout import check_glyphs, frame
from analysis.charts.registry import ChartDefinition, definition
from analysis.charts.source_line import source_line
from analysis.charts.spec import ChartSpec
from analysis.charts.style import SIZES, rc
from analysis.records.load import Records
from analysis.wording import LANGUAGES, check_language


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart made from records: its definition, its spec, and the language it is shown in."""

    definition: ChartDefinition
    spec: ChartSpec
    sources: dict[str, str]
    lang: str = "en"

    def figure(self, size: str = "page") -> Figure:
        """The framed figure at a named size, words and marks inside the canvas."""
        chosen, text = SIZES[size], self.spec.text(self.lang)
        for words in (text.headline, text.subtitle, text.note, self.sources[self.lang], *text.labels.values()):
            check_glyphs(words)
        with mpl.rc_context(rc()):
            figure = Figure(figsize=(chosen.width, chosen.height), dpi=chosen.dpi)
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            self.spec.draw(axes, self.spec, self.lang)
            frame(figure, axes, chosen, above=(text.headline, text.subtitle), below=(text.note, self.sources[self.lang]))
            return figure

    def __repr__(self) -> str:
        spec, own = self.spec, self.definition
        return "\n".join(
            [
                f"chart {own.chart_id} ({self.lang})",
                f"headline {spec.text(self.lang).headline}",
                f"data {len(spec.data)} rows, {', '.join(spec.values)}: {spec.range()} {spec.unit}".rstrip(),
                *([f"claims {', '.join(own.claims) or 'all of the register'}"] if own.claims or own.whole_register else []),
                *([f"series {', '.join(own.series)}"] if own.series else []),
                f"sha256 of the data {spec.digest()}",
            ]
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict, dict]:
        buffer = io.BytesIO()
        with mpl.rc_context(rc()):
            self.figure("notebook").savefig(buffer, format="png", metadata={"Software": None})
        alt = self.spec.text(self.lang).alt
        return {"text/plain": repr(self), "image/png": buffer.getvalue()}, {"image/png": {"alt": alt}}


def make_chart(chart_id: str, records: Records, lang: str = "en") -> Chart:
    """Make a registered chart from records.

    Raises
    ------
    UnknownIdError
        If no chart has this identifier, or the chart names a claim that is not in the records.
    """
    check_language(lang)
    own = definition(chart_id)
    for claim_id in own.claims:
        records.claim(claim_id)
    spec = own.make(records)
    lines = {code: source_line(records, own, code, published=spec.published) for code in LANGUAGES}
    return Chart(own, spec, lines, lang)
