"""What a visitor takes along of an explorer: the picture in its frame, the results as CSV, a Word file; what was chosen stands in each."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape

import ipywidgets as ipw
import numpy as np

from analysis.exploring.definition import Explored
from analysis.plotting.pictures import pictures
from analysis.plotting.spec import neutral
from analysis.plotting.style import PICTURES
from analysis.publish.chart_file import MIME, ChartFile
from analysis.publish.exhibit import Exhibit
from analysis.records.files import for_spreadsheet
from analysis.records.load import Records
from analysis.words.catalogue import locale, word, words
from analysis.words.units import unit_label

TAKEN = ("png", "svg", "csv", "docx")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file(exhibit: Exhibit, lang: str, title: str) -> ChartFile:
    """A chart as a Word file with its note, sources and evidence."""
    from analysis.publish.office.report import word_report  # python-docx, which few visitors need

    content = word_report([exhibit], lang, title=title)
    return ChartFile(f"{exhibit.chart_id}.{lang}.docx", content, WORD)


def results_csv(shown: Explored) -> bytes:
    """The results as CSV for a spreadsheet: one row for each, and what was chosen in a column for each control.

    An end that is open is empty.
    """
    lang, known = shown.lang, words("explorers", shown.lang)
    frame = shown.table.frame
    units = [unit_label(one.found.unit, lang) for one in shown.rows]
    frame.insert(1, known["unit"], units)
    frame = frame.replace([np.inf, -np.inf], np.nan)
    chosen = {getattr(one, lang): one.said(shown.state[one.name], lang) for one in shown.controls}
    made = frame.assign(**{label: value for label, value in chosen.items() if label not in frame})
    safe = made.map(lambda cell: neutral(cell) if isinstance(cell, str) else cell)
    text: str = safe.rename(columns=neutral).to_csv(
        index=False, lineterminator="\r\n", float_format="%.12g"
    )
    return for_spreadsheet(text)


def taken(records: Records, shown: Explored, form: str) -> ChartFile:
    """What an explorer shows as a file.

    Parameters
    ----------
    records : Records
    shown : Explored
    form : {"png", "svg", "csv", "docx"}
    """
    lang, charts = shown.lang, shown.taken
    name = f"{shown.explorer.explorer_id}.{lang}.{form}"
    if form in PICTURES:
        return ChartFile(name, pictures(charts[lang], [form])[form], MIME[form])
    if form == "csv":
        return ChartFile(name, results_csv(shown), MIME[form])
    made = word_file(Exhibit(charts, records), lang, shown.explorer.title(lang))
    return ChartFile(name, made.content, made.mime)


def link(file: ChartFile, lang: str, *, now: bool = False) -> str:
    """A link that holds a file; ``now`` the program of the page follows it by itself."""
    form = word("dashboard.forms", file.name.rpartition(".")[2], lang)
    size = max(1, round(len(file.content) / 1000))
    said = word("dashboard", "get", lang).format(form=form, kb=f"{size:,}")
    data = base64.b64encode(file.content).decode()
    named = f'class="download" download="{escape(file.name)}" lang="{locale(lang)}"'
    at_once = " data-now" if now else ""
    return f'<p><a {named}{at_once} href="data:{file.mime};base64,{data}">{escape(said)}</a></p>'


class Taking:
    """Buttons that make a file of what is shown, and a link to it until something else is shown."""

    def __init__(self, records: Records, lang: str, shown: Callable[[], Explored | None]) -> None:
        self.records, self.lang, self.shown = records, lang, shown
        self.file: ChartFile | None = None
        self.intro, self.link = ipw.HTML(), ipw.HTML()
        self.buttons = {form: ipw.Button() for form in TAKEN}
        for form, button in self.buttons.items():
            button.on_click(lambda _, form=form: self.take(form))
        row = ipw.HBox([*self.buttons.values()], layout=ipw.Layout(flex_flow="row wrap"))
        self.box = ipw.VBox([self.intro, row, self.link])
        self.say_in(lang)

    def take(self, form: str) -> None:
        """Make a file of what is shown now."""
        if shown := self.shown():
            self.file = taken(self.records, shown, form)
            self.link.value = link(self.file, self.lang, now=True)

    def clear(self) -> None:
        """Something else is to be shown: the file is not of it."""
        self.file, self.link.value = None, ""

    def allow(self, whether: bool) -> None:
        """Let a file be made where there is something to make it of."""
        for button in self.buttons.values():
            button.disabled = not whether

    def say_in(self, lang: str) -> None:
        """Name everything in another language."""
        self.lang = lang
        take = escape(word("dashboard", "take", lang))
        self.intro.value = f'<p lang="{locale(lang)}">{take}</p>'
        for form, button in self.buttons.items():
            button.description = word("dashboard.forms", form, lang)
        self.clear()
