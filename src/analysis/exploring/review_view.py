"""A review with buttons and keys: the text, the current candidate with its fields, the accepted rows."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as ipw

from analysis.exploring.review import AMOUNTS, BOUNDS, FIELDS, Decision, Review, said
from analysis.exploring.review_html import STYLE, highlighted
from analysis.exploring.widgets import CONTROL, VIEW, refusal
from analysis.exploring.widgets import STYLE as OWN_STYLE
from analysis.records.errors import AnalysisError
from analysis.records.files import for_spreadsheet
from analysis.words.catalogue import check_language, locale, word, words
from analysis.words.wording import Table

KEYS = {"a": "accept", "c": "change", "r": "reject", "u": "undo", "n": "next", "p": "previous"}
SHOWN = 30  # accepted rows in the table: the CSV has them all
ACCEPTED_COLUMNS = ("paragraph", "text", "low", "high", "bound", "unit", "counted", "period")


class ReviewView:
    """A review as widgets; every button and key is one step of :class:`Review`, which ``state`` holds.

    All of it works without a mouse: Tab and Enter reach every button, and in the field of keys a letter
    is a decision (``KEYS``).

    Parameters
    ----------
    review : Review
    """

    def __init__(self, review: Review) -> None:
        self.state, self.lang = review, review.lang
        self.status, self.text, self.table, self.link, self.refused = (ipw.HTML() for _ in range(5))
        self.buttons = {name: ipw.Button() for name in KEYS.values()}
        self.keys = ipw.Text(value="")
        self.inputs: dict[str, Any] = {
            name: ipw.Dropdown(options=BOUNDS)
            if name == "bound"
            else ipw.Text(continuous_update=False)
            for name in FIELDS
        }
        self._typed = ""
        steps: dict[str, Callable[[], None]] = {
            "accept": self.accept,
            "change": self.focus_fields,
            "reject": lambda: self.show(self.state.reject()),
            "undo": lambda: self.show(self.state.undo()),
            "next": lambda: self.show(self.state.move(1)),
            "previous": lambda: self.show(self.state.move(-1)),
        }
        self.steps = steps
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self.take(name))
        for widget in self.inputs.values():
            widget.add_class(CONTROL)
        self.keys.observe(lambda change: self._keyed(change["new"]), "value")
        self.box = ipw.VBox(self._parts())
        self.box.add_class("explorer-view")
        self.say_in(self.lang)

    def _parts(self) -> list[Any]:
        wrapped = ipw.Layout(flex_flow="row wrap")
        return [
            ipw.HTML(OWN_STYLE + STYLE),
            self.text,
            self.status,
            self.refused,
            ipw.HBox([*self.buttons.values(), self.keys], layout=wrapped),
            ipw.HBox([*self.inputs.values()], layout=wrapped),
            self.link,
            self.table,
        ]

    # decisions

    def take(self, step: str) -> None:
        """Take a step by its name; what is refused is answered with its sentence, and nothing changes."""
        self.refused.value = ""
        try:
            self.steps[step]()
        except AnalysisError as error:
            self.refused.value = refusal(error, self.lang)

    def accept(self) -> None:
        """Accept the current candidate with the fields as they stand."""
        given = {name: widget.value for name, widget in self.inputs.items()}
        self.show(self.state.change(**given))

    def focus_fields(self) -> None:
        """Put the cursor into the first field."""
        self.inputs[AMOUNTS[0]].focus()

    def _keyed(self, typed: str) -> None:
        """Take the letters that are new: the browser may send several at once, or one taken away."""
        new = typed[len(self._typed) :] if typed.startswith(self._typed) else ""
        self._typed = typed
        for letter in new.lower():
            if letter in KEYS:
                self.take(KEYS[letter])

    # what is shown

    def show(self, review: Review) -> None:
        """Show a review."""
        self.state = review
        current = review.current
        if current:
            self._fill(current)
        self.text.value = f'<div lang="{_language(review.text)}">{highlighted(review)}</div>'
        self.status.value = self._status(current)
        self._show_accepted()

    def _fill(self, current: Decision) -> None:
        for name, widget in self.inputs.items():
            value = getattr(current.candidate, name)
            widget.value = as_field(value) if name in AMOUNTS else value

    def _status(self, current: Decision | None) -> str:
        lines = [word("review", "none", self.lang)]
        if current:
            one = current.candidate
            known = {"at": self.state.at, "said": said(one, self.lang)}
            told = {"score": f"{one.score:g}", "why": one.why}
            figure = word("review", "figure", self.lang).format(**known, **told)
            lines = [self.state.summary, figure]
        body = "<br>".join(map(escape, lines))
        return f'<p role="status" lang="{locale(self.lang)}">{body}</p>'

    def _show_accepted(self) -> None:
        frame = self.state.frame
        self.table.value = self.link.value = ""
        if frame.empty:
            return
        part = {"shown": min(SHOWN, len(frame)), "count": len(frame)}
        caption = word("review", "accepted", self.lang)
        if len(frame) > SHOWN:
            caption += f" ({word('review', 'latest', self.lang).format(**part)})"
        shown = Table(frame[list(ACCEPTED_COLUMNS)].tail(SHOWN), caption)._repr_html_()
        region = f'tabindex="0" role="region" aria-label="{escape(caption)}"'
        self.table.value = f'<div class="scroll" {region}>{shown}</div>'
        self.link.value = download(self.state, self.lang)

    def say_in(self, lang: str) -> None:
        """Say everything in another language; the decisions stay."""
        self.lang = check_language(lang)
        self.refused.value = ""
        for name, button in self.buttons.items():
            button.description = word("review", name, lang)
            button.tooltip = word("review", f"{name}_help", lang)
        self.keys.description = word("review", "keys", lang)
        self.keys.placeholder = self.keys.tooltip = word("review", "keys_help", lang)
        for name, widget in self.inputs.items():
            widget.description = word("review", name, lang)
        self._options(lang)
        self.show(dataclasses.replace(self.state, lang=lang))

    def _options(self, lang: str) -> None:
        says = words("review.says", lang)
        named = [(str(says[one]).format(low="…", high="…"), one) for one in BOUNDS]
        named[0] = (word("publish.term.bound", BOUNDS[0], lang), BOUNDS[0])
        kept = self.inputs["bound"].value
        self.inputs["bound"].options = named
        self.inputs["bound"].value = kept

    def __repr__(self) -> str:
        return repr(self.state)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id},
        }


def as_field(value: float | None) -> str:
    """A number as a field shows it, with all its digits; an open end is empty.

    Examples
    --------
    >>> as_field(12_400.0), as_field(2.5), as_field(None)
    ('12400', '2.5', '')
    """
    return "" if value is None else repr(float(value)).removesuffix(".0")


def download(review: Review, lang: str) -> str:
    """A link that holds the accepted rows as CSV: no file is served."""
    data = base64.b64encode(for_spreadsheet(review.csv())).decode()
    told = word("review", "take", lang).format(count=len(review.accepted))
    link = (
        f'class="download" download="accepted.csv" href="data:text/csv;charset=utf-8;base64,{data}"'
    )
    return f'<p><a {link} lang="{locale(lang)}">{escape(told)}</a></p>'


def _language(text: str) -> str:
    """What a screen reader should read the text as: Chinese where it holds many characters of it."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text[:2000])
    return locale("zh" if chinese > len(text[:2000]) / 10 else "en")
