"""A chart as a notebook shows it: deterministic text beside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.plotting.fitting import fit, give_room
from analysis.plotting.layout import MARGIN, check_glyphs, frame
from analysis.plotting.registry import ChartDefinition
from analysis.plotting.source_line import LICENCE
from analysis.plotting.spec import ChartSpec
from analysis.plotting.style import SIZES, rc


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart made from records: its definition, its spec, and the language it is shown in."""

    definition: ChartDefinition
    spec: ChartSpec
    sources: dict[str, str]
    lang: str = "en"
    licence: str = LICENCE

    def figure(self, size: str = "page", variant: str = "framed") -> Figure:
        """The chart at a named size, everything inside the canvas.

        Parameters
        ----------
        size : str
            A key of ``SIZES``.
        variant : {"framed", "plain"}
            With headline, note and source inside the picture, or marks only.
        """
        chosen, text, source = SIZES[size], self.spec.text(self.lang), self.sources[self.lang]
        for words in (text.headline, text.subtitle, text.note, source, *text.labels.values()):
            check_glyphs(words)
        with mpl.rc_context(rc()):
            figure = Figure(figsize=chosen.canvas, dpi=chosen.dpi * chosen.scale)
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            ends = (MARGIN, chosen.canvas[1] - MARGIN)
            if variant == "framed":
                ends = frame(
                    figure, above=(text.headline, text.subtitle), below=(text.note, source)
                )
            give_room(axes, *ends)
            self.spec.draw(axes, self.spec, self.lang)
            fit(figure, axes, *ends)
            return figure

    def __repr__(self) -> str:
        spec, own = self.spec, self.definition
        values = f"{', '.join(spec.values)}: {spec.range()} {spec.unit}".rstrip()
        return "\n".join(
            [
                f"chart {own.chart_id} ({self.lang})",
                f"headline {spec.text(self.lang).headline}",
                f"data {len(spec.data)} rows, {values}",
                *(
                    [f"claims {', '.join(own.claims) or 'all of the register'}"]
                    if own.claims or own.whole_register
                    else []
                ),
                *([f"series {', '.join(own.series)}"] if own.series else []),
                *([f"rests on {own.basis}"] if own.basis else []),
                f"sha256 of the data {spec.digest()}",
            ]
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        from analysis.plotting.pictures import pictures

        picture = pictures(self, ["png"], size="notebook")["png"]
        return {"text/plain": repr(self), "image/png": picture}, {
            "image/png": {"alt": self.spec.text(self.lang).alt}
        }
