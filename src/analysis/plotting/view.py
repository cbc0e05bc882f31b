"""A chart as a notebook shows it: deterministic text beside the picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.plotting.canvas import ChartFigure
from analysis.plotting.fitting import fit, give_room, grow
from analysis.plotting.keys import drawn_note
from analysis.plotting.layout import MARGIN, Frame, check_glyphs, frame_of, numbers_of, place
from analysis.plotting.marks import corner_tag
from analysis.plotting.registry import SIMULATION, ChartDefinition
from analysis.plotting.source_line import LICENCE, drawn_line
from analysis.plotting.spec import ChartSpec
from analysis.plotting.style import SIZES, rc
from analysis.words.catalogue import word
from analysis.words.units import unit_on_chart

UNIT_ABOVE = ("zh",)  # languages whose pictures say the unit at the top right


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart made from records: its definition, its spec, and the language it is shown in."""

    definition: ChartDefinition
    spec: ChartSpec
    sources: dict[str, str]
    lang: str = "en"
    licence: str = LICENCE
    _heights: dict[tuple[str, str, str], float] = field(default_factory=dict, repr=False)

    def figure(self, size: str = "page", variant: str = "framed") -> ChartFigure:
        """The chart at a named size, everything inside the canvas.

        Parameters
        ----------
        size : str
            A key of ``SIZES``.
        variant : {"framed", "plain"}
            With headline, note and source inside the picture, or marks only.
        """
        chosen, text = SIZES[size], self.spec.text(self.lang)
        source = self.sources[self.lang]
        for words in (text.headline, text.subtitle, text.note, source, *text.labels.values()):
            check_glyphs(words)
        with mpl.rc_context(rc()):
            figure = ChartFigure(chosen)
            figure.said = numbers_of(text.headline)
            FigureCanvasAgg(figure)
            axes = figure.add_subplot()
            frame = self._frame(figure) if variant == "framed" else Frame((), ())
            over, under = frame.heights if variant == "framed" else (MARGIN, MARGIN)
            grow(figure, over + under)
            give_room(axes, under, figure.get_figheight() - over)
            self.spec.draw(axes, self.spec, self.lang)
            if self.definition.basis == SIMULATION:
                corner_tag(axes, word("source_line", "tag", self.lang))
            if self.lang in UNIT_ABOVE and variant == "framed":
                for axis in (axes.xaxis, axes.yaxis):  # said once, over the marks
                    if set(axis.label.get_text().split("/")) <= set(self._unit().split("/")):
                        axis.label.set_text("")
            if variant == "framed":
                note = drawn_note(axes, text.note, chosen.words, self.lang)
                frame = self._frame(figure, note)
                over, under = frame.heights
            grow(figure, over + under)
            fit(figure, axes, under, figure.get_figheight() - over)
            if variant == "framed":
                place(figure, frame)
        self._heights[self.lang, size, variant] = figure.get_figheight() * chosen.scale
        return figure

    def pixels(self, size: str = "page", variant: str = "framed") -> tuple[int, int]:
        """Width and height of the picture, which is as tall as its rows need; remembered once it was drawn."""
        if (self.lang, size, variant) not in self._heights:
            self.figure(size, variant)
        height = self._heights[self.lang, size, variant]
        return SIZES[size].pixels[0], round(height * SIZES[size].dpi)

    def _frame(self, figure: ChartFigure, note: str | None = None) -> Frame:
        """The words of the picture, by its medium; the whole note as long as nobody knows what is drawn."""
        text, lang = self.spec.text(self.lang), self.lang
        short = figure.size.words != "full"
        return frame_of(
            figure,
            headline=text.headline,
            subtitle=text.subtitle,
            unit=self._unit_line(),
            note=text.note if note is None else note,
            source=drawn_line(self.sources[lang], self.definition.chart_id, lang, short=short),
        )

    def _unit_line(self) -> str:
        unit = self._unit() if self.lang in UNIT_ABOVE else ""
        return word("source_line", "unit", self.lang).format(unit=unit) if unit else ""

    def _unit(self) -> str:
        """The unit over the marks: of the labels, or of the spec."""
        given = self.spec.text(self.lang).labels.get("unit above")
        return unit_on_chart(self.spec.unit, self.lang) if given is None else given

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
