"""The dashboard: explorers and a chooser of charts with download, in two languages, for people who do not code."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets as ipw

from analysis.exploring.controls import Value
from analysis.exploring.definition import Explorer
from analysis.exploring.review import review_of
from analysis.exploring.review_view import ReviewView
from analysis.exploring.widgets import CONTROL, STYLE, View, image, language_switch, refusal
from analysis.plotting.pictures import pictures
from analysis.publish.app.address import ROOM, Parts, ignored, parts_of, query_of, state_of
from analysis.publish.app.taking import Taking, link, word_file
from analysis.publish.order import SIZE_NAMES
from analysis.records.collection import collection
from analysis.records.errors import AnalysisError
from analysis.records.load import Records, load
from analysis.themes.charts import definitions, make_chart
from analysis.themes.explorers import explorers
from analysis.words.catalogue import LANGUAGES, check_language, locale, word
from analysis.words.labels import notebook_title

if TYPE_CHECKING:
    from analysis.publish.chart_file import ChartFile

FORMS = ("png", "svg", "pdf", "csv", "xlsx", "txt")  # files that stand alone
WORD_FORM = "docx"  # made here, as an export has one Word file of all charts
CHARTS = "charts"  # the section of the chooser, beside those of the explorers
BRIEFING = "briefing"  # the section where a text is pasted and reviewed
# inputs of the chooser, by their names in an address, where "lang" is the language of the page
ADDRESSED = {"chart": "chart", "size": "size", "form": "form", "in": "lang"}
LONGEST_TEXT = 200_000  # characters of a text that is pasted
PAGE = """<style>
.dashboard {max-width: 960px; margin: 0 auto; overflow: visible}
.dashboard .widget-html, .dashboard .widget-vbox, .dashboard .widget-box {overflow: visible}
.dashboard h2 {font-size: 1.35em; line-height: 1.3; margin: 4px 0; white-space: normal}
.dashboard .widget-toggle-buttons {width: 100%; margin: 4px 0}
.dashboard .widget-toggle-buttons .widget-toggle-button.mod-active {background: #12436d; color: white}
.dashboard .asked {display: none}
.dashboard .explorer-control.wide {width: 534px}
.dashboard .refused {border-left: 4px solid #c2410c; padding-left: 8px; white-space: normal; line-height: 1.5}
.dashboard :is(button, select, input, textarea) {font-family: inherit}
.dashboard .widget-textarea {margin: 2px 0}
.dashboard .widget-textarea > textarea {box-sizing: border-box; width: 100%}
.dashboard .widget-toggle-buttons .widget-toggle-button {
  width: auto; padding: 0 8px; height: auto; white-space: normal; line-height: 1.3;
  min-height: 30px; max-width: 100%}
.dashboard a.download {
  display: inline-block; padding: 6px 12px; background: #12436d; color: white;
  border-radius: 3px; text-decoration: underline; white-space: normal; overflow-wrap: anywhere}
</style>"""


class Chooser:
    """One chart, in the language, size and format that are chosen, with a link to download it.

    The file is the same to the byte as the one that ``analysis export`` writes.
    """

    def __init__(
        self,
        records: Records,
        lang: str = "en",
        then: Callable[[], None] = lambda: None,
        *,
        narrow: bool = False,
        waiting: bool = False,
    ) -> None:
        self.records, self.lang, self.then = records, check_language(lang), then
        self.narrow, self.waiting = narrow, waiting
        first = self._topics()[0][1]
        self.inputs = {
            "topic": ipw.Dropdown(options=self._topics(), value=first),
            "chart": ipw.Dropdown(options=self._charts(first)),
            "lang": ipw.Dropdown(
                options=[(word("language", "name", one), one) for one in LANGUAGES], value=lang
            ),
            "size": ipw.Dropdown(options=self._sizes(), value="page"),
            "form": ipw.Dropdown(options=self._forms(), value="png"),
        }
        self.link, self.picture = ipw.HTML(), ipw.HTML()
        self.file: ChartFile | None = None
        for widget in self.inputs.values():
            widget.add_class(CONTROL)
            widget.observe(self._chosen, "value")
        for name in ("topic", "chart"):
            self.inputs[name].add_class("wide")
        self.inputs["topic"].unobserve(self._chosen, "value")
        self.inputs["topic"].observe(self._topic_chosen, "value")
        self.box = ipw.VBox(
            [
                ipw.HBox([*self.inputs.values()], layout=ipw.Layout(flex_flow="row wrap")),
                self.link,
                self.picture,
            ]
        )
        self.box.add_class("explorer-view")
        self._still = False
        self.say_in(lang)

    def _topics(self) -> list[tuple[str, str]]:
        return [
            (notebook_title(name, self.lang), name)
            for name in sorted({one.notebook for one in definitions(self.records).values()})
        ]

    def _sizes(self) -> list[tuple[str, str]]:
        return [(word("publish.purpose", name, self.lang), name) for name in SIZE_NAMES]

    def _forms(self) -> list[tuple[str, str]]:
        return [(word("dashboard.forms", name, self.lang), name) for name in (*FORMS, WORD_FORM)]

    def _charts(self, topic: str) -> list[tuple[str, str]]:
        """Headlines of the charts of one notebook: to make all of them takes seconds."""
        return [
            (make_chart(name, self.records).spec.text(self.lang).headline, name)
            for name, one in definitions(self.records).items()
            if one.notebook == topic
        ]

    def _topic_chosen(self, change: dict[str, str]) -> None:
        if not self._still:
            self._still = True
            self.inputs["chart"].options = self._charts(change["new"])
            self._still = False
            self.show()

    def _chosen(self, _: object) -> None:
        if not self._still:
            self.show()

    def show(self) -> None:
        """Draw the chart and make its file; a choice that is refused is answered with its sentence."""
        if self.waiting:
            return
        self.then()
        chosen = {name: widget.value for name, widget in self.inputs.items()}
        try:
            self.file = self._file(chosen)
        except AnalysisError as error:
            self.file, self.picture.value, self.link.value = None, "", refusal(error, self.lang)
            return
        chart = make_chart(chosen["chart"], self.records, chosen["lang"])
        self.link.value = link(self.file, self.lang)
        self.picture.value = image(
            pictures(chart, ["png"], size="phone" if self.narrow else "notebook")["png"],
            chart.spec.text(chosen["lang"]).alt,
            chosen["lang"],
        )

    def _file(self, chosen: dict[str, str]) -> ChartFile:
        from analysis.publish.chart_file import chart_file
        from analysis.publish.exhibit import make_exhibit

        chart, lang = chosen["chart"], chosen["lang"]
        if chosen["form"] == WORD_FORM:
            exhibit = make_exhibit(chart, self.records)
            return word_file(exhibit, lang, exhibit.text(lang).headline)
        return chart_file(self.records, chart, lang=lang, form=chosen["form"], size=chosen["size"])

    @property
    def parts(self) -> dict[str, Value]:
        """What stands in an address; the topic follows from the chart."""
        return {name: self.inputs[of].value for name, of in ADDRESSED.items()}

    def follow(self, parts: Parts) -> Parts:
        """Show what an address asks for; the parts are given back that ask for nothing there is."""
        left, self._still, self.waiting = dict(parts), True, False
        if found := definitions(self.records).get(left.get("chart", "")):
            self.inputs["topic"].value = found.notebook
            self.inputs["chart"].options = self._charts(found.notebook)
        for name, of in ADDRESSED.items():
            if left.get(name) in [value for _, value in self.inputs[of].options]:
                self.inputs[of].value = left.pop(name)
        self._still = False
        self.show()
        return left

    def say_in(self, lang: str) -> None:
        """Say everything in another language; the chart is then shown in it too."""
        self.lang, self._still = check_language(lang), True
        for name, widget in self.inputs.items():
            widget.description = word("dashboard", name, lang)
        kept = {name: widget.value for name, widget in self.inputs.items()} | {"lang": lang}
        named = {
            "topic": self._topics(),
            "chart": self._charts(kept["topic"]),
            "size": self._sizes(),
            "form": self._forms(),
        }
        for name, options in named.items():
            self.inputs[name].options = options
        for name, value in kept.items():
            self.inputs[name].value = value
        self._still = False
        self.show()


class Pasted:
    """A text that somebody pastes, read and reviewed: it is kept in this session only, and no file is served."""

    def __init__(self, lang: str = "en") -> None:
        self.lang, self.waiting = check_language(lang), False
        self.intro, self.refused, self.place = ipw.HTML(), ipw.HTML(), ipw.VBox()
        self.text = ipw.Textarea(rows=10, layout=ipw.Layout(width="100%"), continuous_update=False)
        self.button = ipw.Button()
        self.button.on_click(lambda _: self.read())
        self.view: ReviewView | None = None
        self.box = ipw.VBox([self.intro, self.text, self.button, self.refused, self.place])
        self.box.add_class("explorer-view")
        self.say_in(lang)

    def read(self) -> None:
        """Read what was pasted; a text that is too long is answered with a sentence."""
        size = len(self.text.value)
        self.refused.value = ""
        if size > LONGEST_TEXT:
            known = {"count": f"{size:,}", "most": f"{LONGEST_TEXT:,}"}
            told = escape(word("review", "too_long", self.lang).format(**known))
            alert = f'role="alert" class="refused" lang="{locale(self.lang)}"'
            self.refused.value = f"<p {alert}>{told}</p>"
            self.view, self.place.children = None, ()
            return
        self.view = ReviewView(review_of(self.text.value, self.lang))
        self.place.children = (self.view.box,)

    @property
    def parts(self) -> dict[str, Value]:
        """Nothing of a text stands in an address."""
        return {}

    def follow(self, parts: Parts) -> Parts:
        """An address can ask for nothing here."""
        return parts

    def say_in(self, lang: str) -> None:
        """Say everything in another language; the decisions stay."""
        self.lang, self.refused.value = check_language(lang), ""
        told = escape(word("review", "intro", lang))
        self.intro.value = f'<p lang="{locale(lang)}">{told}</p>'
        self.text.placeholder = word("review", "paste", lang)
        self.button.description = word("review", "read", lang)
        if self.view:
            self.view.say_in(lang)


class Section(View):
    """An explorer with buttons that take along what it shows; while it waits for an address, nothing is drawn."""

    def __init__(
        self,
        records: Records,
        explorer: Explorer,
        lang: str,
        then: Callable[[], None],
        *,
        narrow: bool,
        waiting: bool,
    ) -> None:
        self.shown, self.waiting = None, waiting
        self.taking = Taking(records, lang, lambda: self.shown)
        super().__init__(records, explorer, lang, own_language=False, then=then, narrow=narrow)
        *rest, code = self.box.children
        self.box.children = (*rest, self.taking.box, code)

    def redraw(self) -> None:
        """Show what follows from the state; a file of another is taken away."""
        if self.waiting:
            return
        self.taking.clear()
        super().redraw()
        self.taking.allow(self.shown is not None)

    def say_in(self, lang: str) -> None:
        """Say everything in another language; the state stays."""
        self.taking.say_in(lang)
        super().say_in(lang)

    @property
    def parts(self) -> dict[str, Value]:
        """What stands in an address."""
        return self.state

    def follow(self, parts: Parts) -> Parts:
        """Show what an address asks for; the parts are given back that ask for nothing there is."""
        state, left = state_of(self.controls, parts)
        self.waiting = False
        self.set(state)
        return left


class Dashboard:
    """Title, language, sections: one explorer each, a text to review, and the chooser of charts. A section is made when it is first opened."""

    def __init__(self, records: Records, lang: str = "en") -> None:
        self.records, self.lang = records, check_language(lang)
        self.made: dict[str, Section | Chooser | Pasted] = {}
        self._still = False  # while sections are named anew
        self.narrow, self.opened, self._following = False, "", False
        self.head, self.address, self.ignored, self.place = (
            *(ipw.HTML() for _ in range(3)),
            ipw.VBox(),
        )
        self.asked = ipw.Text()  # the program of the page writes its address into it
        self.asked.add_class("asked")
        self.asked.observe(lambda change: self.follow(change["new"]), "value")
        self.language = language_switch(
            lang, lambda lang: self.say_in(lang) if not self._still else None
        )
        self.sections = ipw.ToggleButtons(options=self._names(), value=self._names()[0][1])
        self.sections.observe(
            lambda change: self.enter(change["new"]) if not self._still else None, "value"
        )
        self.box = ipw.VBox(
            [
                ipw.HTML(STYLE + PAGE),
                self.head,
                self.asked,
                self.address,
                self.language,
                self.sections,
                self.ignored,
                self.place,
            ]
        )
        self.box.add_class("dashboard")
        self._say_head()
        self.enter(self.sections.value)

    def _names(self) -> list[tuple[str, str]]:
        return [
            *((one.title(self.lang), name) for name, one in explorers(self.records).items()),
            *((word("dashboard", name, self.lang), name) for name in (BRIEFING, CHARTS)),
        ]

    def _say_head(self) -> None:
        own = collection()
        title = word("dashboard", "title", self.lang) if own.own else own.title
        intro = word("dashboard", "intro" if own.own else "intro_any", self.lang)
        intro = f'<p style="line-height:1.5;white-space:normal">{escape(intro)}</p>'
        self.head.value = (
            f'<div class="head" lang="{locale(self.lang)}"><h2>{escape(title)}</h2>{intro}'
            f"{self._ended()}</div>"
        )

    def _ended(self) -> str:
        """What the page says when its kernel is gone and can no longer say anything (templates/connection.js)."""
        words = {name: escape(word("dashboard", name, self.lang)) for name in ("ended", "reload")}
        return (
            '<div class="connection-ended" hidden>'
            f"<p>{words['ended']}</p><button>{words['reload']}</button></div>"
        )

    def enter(self, section: str) -> None:
        """Show a section."""
        if section not in self.made:
            self.made[section] = self._section(section)
        elif self.made[section].lang != self.lang:
            self.made[section].say_in(self.lang)
        self.place.children = (self.made[section].box,)
        self._say_address()

    def _section(self, section: str) -> Section | Chooser | Pasted:
        if section == BRIEFING:
            return Pasted(self.lang)
        if section == CHARTS:
            return Chooser(
                self.records,
                self.lang,
                self._say_address,
                narrow=self.narrow,
                waiting=self._following,
            )
        return Section(
            self.records,
            explorers(self.records)[section],
            self.lang,
            self._say_address,
            narrow=self.narrow,
            waiting=self._following,
        )

    def follow(self, query: str) -> None:
        """Show what an address asks for; what it asks for and there is not is left out, with a sentence."""
        parts = parts_of(query)
        narrow = parts.pop(ROOM, "") == "narrow"
        if narrow != self.narrow:
            self.narrow, self.made = narrow, {}  # with pictures of another width
        lang, section = self.lang, self.sections.value
        if parts.get("lang") in LANGUAGES:
            lang = parts.pop("lang")
        if parts.get("show") in [name for _, name in self.sections.options]:
            section = parts.pop("show")
        self._following = True
        if section in self.made:
            self.made[section].waiting = True
        self._turn(section, lang)
        self._following = False
        left = self.made[self.sections.value].follow(parts)
        self.opened = query
        self._say_address()
        tag, said = locale(self.lang), escape(ignored(left, self.lang))
        self.ignored.value = (
            f'<p role="alert" class="refused" lang="{tag}">{said}</p>' if said else ""
        )

    def _say_address(self) -> None:
        """Let the page's program write the address of what is shown; a sentence on the one before is of the past."""
        if (shown := self.made.get(self.sections.value)) is None:
            return
        parts = {"show": self.sections.value, **shown.parts, "lang": self.lang}
        address, opened = escape(query_of(parts)), escape(self.opened)
        said = (
            f'<span class="address" hidden data-address="{address}" data-opened="{opened}"></span>'
        )
        if said != self.address.value:
            self.address.value, self.ignored.value = said, ""

    def say_in(self, lang: str) -> None:
        """Say everything in another language; every state stays."""
        self._turn(self.sections.value, lang)

    def _turn(self, section: str, lang: str) -> None:
        """Show a section in a language; nothing is drawn besides."""
        self.lang, self._still = check_language(lang), True
        self.sections.options = self._names()
        self.sections.value, self.language.value = section, lang
        self._still = False
        self._say_head()
        self.enter(section)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": "dashboard",
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.box.model_id,
            },
        }


def dashboard() -> Dashboard:
    """The dashboard on the project's records."""
    return Dashboard(load())
