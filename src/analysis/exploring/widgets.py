"""Explorers with sliders, made from their definitions."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets as ipw

from analysis.exploring.controls import Choice, Control, Limits, Value
from analysis.exploring.definition import Explored, Explorer, explored, fitted
from analysis.plotting.source_line import drawn_line
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES, check_language, locale, word, words
from analysis.words.wording import Table

VIEW = "application/vnd.jupyter.widget-view+json"
CONTROL = "explorer-control"
WIDE = 900  # pixels of the picture at most, as it is drawn
STYLE = """<style>
.explorer-view {max-width: 920px}
.explorer-view .explorer-control {
  flex-direction: column; align-items: flex-start; height: auto; width: 260px; max-width: 100%;
  margin: 2px 14px 6px 2px}
.explorer-view .explorer-control > .widget-label {
  text-align: left; white-space: normal; width: 100%; max-width: 100%; line-height: 1.3;
  height: auto; overflow: visible; margin: 0}
.explorer-view .explorer-control > .slider-container {width: 92%; flex: 0 0 24px; margin: 6px 4% -6px}
.explorer-view :is(.widget-label, th)::first-letter {text-transform: uppercase}
.explorer-view .moved:empty {margin: 0}
.explorer-view .explorer-control > select {width: 100%; flex: 0 0 28px; margin: 0}
.explorer-view .explorer-control > .widget-readout {
  margin: 0; text-align: left; line-height: 1.3; height: auto; padding: 0 2px; max-width: none}
.explorer-view .widget-readout::after {content: attr(data-unit)}
.explorer-view option:disabled {color: #6b7280}
.explorer-view details > summary {cursor: pointer; line-height: 1.5}
.explorer-view .widget-html {width: auto; max-width: 100%; height: auto; overflow: visible}
.explorer-view .widget-html > .widget-html-content {
  width: 100%; max-width: 100%; overflow: visible; line-height: 1.5}
.explorer-view img {width: 100%; height: auto; max-width: 900px}
.explorer-view figure {margin: 10px 0}
.explorer-view figcaption {line-height: 1.4}
.explorer-view figcaption strong {font-size: 1.2em}
.explorer-view figure .note, .explorer-view figure .source {font-size: 12px; margin: 2px 0}
.explorer-view figure .source {color: #6b7280}
.explorer-view .scroll {overflow-x: auto}
.explorer-view table {border-collapse: collapse; font-size: 13px; line-height: 1.4}
.explorer-view th, .explorer-view td {padding: 2px 10px; border-bottom: 1px solid #ddd}
.explorer-view pre {
  white-space: pre-wrap; user-select: all; background: #f5f5f5; color: #1f2937; padding: 6px 8px;
  margin: 2px 0; font-size: 12px; line-height: 1.4}
.explorer-view h3 {margin: 8px 0 4px; line-height: 1.3}
.explorer-view p {line-height: 1.5; margin: 6px 0; max-width: 70em; white-space: normal}
.explorer-view .refused {border-left: 4px solid #c2410c; padding-left: 8px}
</style>"""


class View:
    """Sliders, table, chart, sentence and code of one explorer; nothing rests on it that its plain function does not give.

    Parameters
    ----------
    records : Records
    explorer : Explorer
    lang : {"en", "zh"}
    own_language : bool
        Whether it has a switch of its own.
    then : callable
        Called whenever it has shown something else.
    narrow : bool
        Whether its picture is one for a phone.

    Notes
    -----
    The browser sends a move only when the one before is done, and of those between only the last: moves
    never queue up.
    """

    def __init__(
        self,
        records: Records,
        explorer: Explorer,
        lang: str = "en",
        *,
        own_language: bool = True,
        then: Callable[[], None] = lambda: None,
        narrow: bool = False,
    ) -> None:
        self.records, self.explorer, self.lang = records, explorer, check_language(lang)
        self.controls = explorer.controls(records)
        self.inputs: dict[str, Any] = {one.name: _input(one, lang) for one in self.controls}
        self.title, self.told, self.sentence, self.picture, self.table, self.code = (
            ipw.HTML() for _ in range(6)
        )
        self.reset = ipw.Button(description=word("explorers", "reset", lang))
        self.language = language_switch(lang, self.say_in)
        self.shown: Explored | None = None
        self.then, self.narrow = then, narrow
        self._details = "details open" if own_language else "details"  # open in a notebook
        self.limits: dict[str, Limits] = {}
        self._still = False  # while several controls are set at once
        for widget in self.inputs.values():
            widget.add_class(CONTROL)
            widget.observe(self._moved, "value")
        self.reset.on_click(lambda _: self.set({one.name: one.default for one in self.controls}))
        row = ipw.HBox([*self.inputs.values()], layout=ipw.Layout(flex_flow="row wrap"))
        buttons = ipw.HBox(
            [self.reset, *([self.language] if own_language else [])],
            layout=ipw.Layout(flex_flow="row wrap"),
        )
        self.box = ipw.VBox(
            [
                ipw.HTML(STYLE),
                self.title,
                row,
                buttons,
                self.told,
                self.sentence,
                self.picture,
                self.table,
                self.code,
            ]
        )
        self.box.add_class("explorer-view")
        self.redraw()

    @property
    def state(self) -> dict[str, Value]:
        """Every control with its value, as the plain function takes it."""
        return {name: widget.value for name, widget in self.inputs.items()}

    def set(self, state: Mapping[str, Value]) -> None:
        """Move several controls at once, and draw once."""
        self._still = True
        try:
            for one in self.controls:
                if not isinstance(one, Choice):
                    _between(self.inputs[one.name], one.low, one.high)
            for name, value in state.items():
                self.inputs[name].value = value
        finally:
            self._still = False
        self.redraw()

    def say_in(self, lang: str) -> None:
        """Say everything in another language; the state stays."""
        self.lang = check_language(lang)
        self._still = True
        try:
            for one in self.controls:
                self.inputs[one.name].description = getattr(one, lang)
        finally:
            self._still = False
        self.reset.description = word("explorers", "reset", lang)
        self.redraw()

    def redraw(self) -> None:
        """Show what follows from the state; a state that is refused is answered with its sentence, and nothing stale stays."""
        self.title.value = (
            f'<h3 lang="{locale(self.lang)}">{escape(self.explorer.title(self.lang))}</h3>'
        )
        self._fit()
        self._show()
        self.then()

    def _fit(self) -> None:
        """Let only what goes together be chosen; what stood there and does not is moved, which is said."""
        wish, before = dict(self.state), dict(self.state)
        for one in self.controls:
            widget = self.inputs[one.name]
            if not isinstance(one, Choice) and widget.value == widget.max:
                wish[one.name] = one.high  # at the end it stays at the end
        state, self.limits = fitted(self.records, self.explorer, self.controls, wish)
        self._still = True
        try:
            for one in self.controls:
                _limit(self.inputs[one.name], one, self.limits.get(one.name), self.lang)
                self.inputs[one.name].value = state[one.name]
        finally:
            self._still = False
        moved = [
            one for one in self.controls if not _stands(before[one.name], self.limits.get(one.name))
        ]
        said = "".join(
            word("explorers", "moved", self.lang).format(
                label=getattr(one, self.lang), value=one.said(state[one.name], self.lang)
            )
            for one in moved
        )
        tag = locale(self.lang)
        self.told.value = (
            f'<p class="moved" aria-live="polite" lang="{tag}">{escape(said)}</p>'
            f"{_for_the_page(self.controls, self.lang)}"
        )

    def _show(self) -> None:
        try:
            self.shown = explored(
                self.records, self.explorer, self.state, lang=self.lang, controls=self.controls
            )
        except AnalysisError as error:
            self.shown = None
            self.sentence.value = refusal(error, self.lang)
            self.picture.value = self.table.value = self.code.value = ""
            return
        tag = locale(self.lang)
        self.sentence.value = (
            f'<p role="status" lang="{tag}">{escape(self.shown.sentence.text)}</p>'
        )
        name, frame = escape(self.explorer.title(self.lang)), self.shown.table.frame
        columns = words("explorers", self.lang)["columns"]
        table = Table(frame[[columns[0], columns[-1]]])._repr_html_()
        region = f'tabindex="0" role="region" aria-label="{name}" lang="{tag}"'
        self.table.value = f'<div class="scroll" {region}>{table}</div>'
        call = f"<code>import analysis\n{escape(self.shown.code)}</code>"
        copy = word("explorers", "code", self.lang)
        self.code.value = f'<{self._details} lang="{tag}"><summary>{copy}</summary><pre tabindex="0">{call}</pre></details>'
        self.picture.value = figure(self.shown, self.lang, narrow=self.narrow)

    def _moved(self, _: object) -> None:
        if not self._still:
            self.redraw()

    def __repr__(self) -> str:
        said = [
            f"  {one.name}: {getattr(one, self.lang)} ({one.said(one.default, self.lang)})"
            for one in self.controls
        ]
        alone = word("explorers", "alone", self.lang)
        call = f'analysis.explore("{self.explorer.explorer_id}")'
        return "\n".join(
            [f"explorer {self.explorer.explorer_id} ({self.lang}): {alone}{call}", *said]
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id},
        }


def _input(control: Control, lang: str) -> Any:
    """The widget of a control."""
    words = {"description": getattr(control, lang), "style": {"description_width": "initial"}}
    if isinstance(control, Choice):
        return ipw.Dropdown(options=_options(control, lang), value=control.default, **words)
    ends = {"min": control.low, "max": control.high, "step": control.step, "value": control.default}
    if control.whole:
        return ipw.IntSlider(**{name: int(value) for name, value in ends.items()}, **words)
    digits = max(0, len(f"{control.step:g}".partition(".")[2]) - 2)
    shown = f".{digits}%" if control.as_percent else ".12"  # without zeros at its end
    return ipw.FloatSlider(**ends, readout_format=shown, **words)


def _options(control: Choice, lang: str, limits: Limits | None = None) -> list[tuple[str, str]]:
    """Words and value of each option; one that does not go with what is chosen before says so."""
    closed = word("explorers", "closed", lang)
    return [
        (words[lang == "zh"] + ("" if _stands(value, limits) else closed), value)
        for value, words in control.options.items()
    ]


def _stands(value: Value, limits: Limits | None) -> bool:
    """Whether a value is within limits."""
    if limits is None or isinstance(value, str):
        return limits is None or value in limits
    low, high = map(float, limits)
    return low <= value <= high


def _limit(widget: Any, control: Control, limits: Limits | None, lang: str) -> None:
    """Let a widget stand within limits only; its value may be another afterwards."""
    if isinstance(control, Choice):
        options = _options(control, lang, limits)
        if widget.options != tuple(options):
            widget.options = options
    elif limits and float(limits[0]) < float(limits[1]):  # a slider without a way is none
        _between(widget, float(limits[0]), float(limits[1]))
    else:
        _between(widget, control.low, control.high)


def _between(widget: Any, low: float, high: float) -> None:
    whole = isinstance(widget, ipw.IntSlider)
    with widget.hold_sync():
        widget.max = max(widget.max, int(high) if whole else high)  # never below the other end
        widget.min, widget.max = (int(low), int(high)) if whole else (low, high)


def _for_the_page(controls: Sequence[Control], lang: str) -> str:
    """What the program of a page needs to know of controls: units of sliders, and how an option ends that is closed."""
    units = {
        getattr(one, lang): one.unit[2:] * 2 if lang == "zh" else one.unit[:2]
        for one in controls
        if not isinstance(one, Choice)
    }
    known = json.dumps({"units": units, "closed": word("explorers", "closed", lang)})
    return f'<span class="known" hidden data-known="{escape(known)}"></span>'


def language_switch(lang: str, then: Callable[[str], None]) -> Any:
    """Two buttons, English and Chinese; ``then`` is called with the language."""
    switch = ipw.ToggleButtons(
        options=[(word("language", "name", one), one) for one in LANGUAGES],
        value=lang,
        tooltips=[word("language", "name", one) for one in LANGUAGES],
    )
    switch.style.button_width = "90px"
    switch.observe(lambda change: then(change["new"]), "value")
    return switch


def refusal(error: AnalysisError, lang: str) -> str:
    """The sentence of an error as HTML."""
    said = getattr(error, lang, str(error))
    said_in = "" if said != str(error) or lang == "en" else ' lang="en"'
    head = f'<p role="alert" class="refused" lang="{locale(lang)}">'
    return f"{head}{word('explorers', 'refused', lang)}<span{said_in}>{escape(said)}</span></p>"


def figure(shown: Explored, lang: str, *, narrow: bool = False) -> str:
    """A chart as HTML: its marks as a picture, its words as text, which is drawn sooner and can be read aloud, enlarged and copied."""
    text = shown.chart.spec.text(lang)
    said = f"<strong>{escape(text.headline)}</strong><br>{escape(text.subtitle)}"
    head = f"<figcaption>{said}</figcaption>"
    chart = shown.chart
    source = drawn_line(chart.sources[lang], chart.definition.chart_id, lang, short=False)
    png, note = shown.drawn("narrow" if narrow else "plain")
    foot = f'<p class="note">{escape(note)}</p><p class="source">{escape(source)}</p>'
    picture = image(png, text.alt, lang)
    return f'<figure lang="{locale(lang)}">{head}{picture}{foot}</figure>'


def image(png: bytes, alt: str, lang: str) -> str:
    """A picture as HTML with its alt text, which the library's own widget for pictures does not have."""
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return f'<img alt="{escape(alt)}" lang="{locale(lang)}" src="{source}" width="{WIDE}">'
