"""What an explorer is, and what it shows in one state: a table, a chart and a sentence, all from the same numbers."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.finding import ASSUMED, Finding, finding
from analysis.exploring.controls import Control, Limits, State, Value, code, complete, nearest
from analysis.plotting.explorer_charts import draw_rows
from analysis.plotting.keys import drawn_note
from analysis.plotting.registry import ChartDefinition, has_claims
from analysis.plotting.source_line import source_lines
from analysis.plotting.spec import DIGEST_LENGTH, ChartSpec, Text
from analysis.plotting.view import Chart
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES, check_language, word, words
from analysis.words.wording import Sentence, Table, brief, say

REPORTED, CALCULATED, SCENARIO = "reported", "calculated", "scenario"
SIZES = {"framed": "notebook", "plain": "explorer", "narrow": "phone"}  # of a picture on a screen


@dataclass(frozen=True)
class Row:
    """One result of a state, with its label in both languages.

    Parameters
    ----------
    item : str
        Name of the row, the same in every state.
    en, zh : str
    found : Finding
        Value, ends, unit, formula and grade.
    """

    item: str
    en: str
    zh: str
    found: Finding

    @property
    def kind(self) -> str:
        """Whether the value is as reported, calculated from reported ones, or rests on an assumption."""
        if any(name.startswith(ASSUMED) for name in self.found.inputs):
            return SCENARIO
        return REPORTED if self.found.formula in self.found.inputs else CALCULATED

    def label(self, lang: str) -> str:
        """Its label in one language."""
        return {"en": self.en, "zh": self.zh}[lang]


def row(
    records: Records, bounds: Bounds, item: str, labels: tuple[str, str], *, period: str = ""
) -> Row:
    """A row from bounds; openness and grade follow from what they rest on."""
    found = finding(records, bounds, f"explorers.{item}", label=labels[0], period=period)
    return Row(item, *labels, found)


def rows_of(records: Records, *given: tuple[Bounds, str, str, str]) -> tuple[Row, ...]:
    """Rows from bounds, item, and label in English and Chinese, as ``row`` makes them."""
    return tuple(row(records, bounds, item, (en, zh)) for bounds, item, en, zh in given)


def rows_data(rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as the data of a dot plot: ``item``, ``value``, ``low``, ``high``, ``open_ended``, ``kind``."""
    return pd.DataFrame(
        [
            {"item": one.item}
            | {name: getattr(one.found, name) for name in ("value", "low", "high", "open_ended")}
            | {"kind": one.kind}
            for one in rows
        ]
    )


def row_words(rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    """The label of each row by its item, and ``value:item`` for the words behind its mark."""
    found = {}
    for one in rows:
        found[one.item] = (one.en, one.zh)
        found[f"value:{one.item}"] = (brief(one.found, "en"), brief(one.found, "zh"))
    return found


def rows_spec(
    rows: Iterable[Row],
    top: float,
    *,
    unit: str,
    x: tuple[str, str],
    en: Text,
    zh: Text,
    said: Mapping[str, float | str],
) -> ChartSpec:
    """The chart of a state as a row for each result in money, on an axis titled ``x`` from 0 to ``top``."""
    kept = tuple(rows)
    return ChartSpec(
        data=rows_data(kept),
        values=("value",),
        unit=unit,
        draw=lambda axes, spec, lang: draw_rows(axes, spec, lang, top),
        price_basis="nominal",
        said=said,
        en=en,
        zh=zh,
        labels=row_words(kept) | {"x": x},
    )


@dataclass(frozen=True, eq=False)
class Shown:
    """What the function of an explorer gives: rows, the chart's spec, and a sentence in each language.

    ``claims`` and ``series`` are those that the state rests on, where they are not all of the explorer's.
    """

    rows: tuple[Row, ...]
    spec: ChartSpec
    sentences: Mapping[str, str]
    claims: tuple[str, ...] | None = None
    series: tuple[str, ...] | None = None


@dataclass(frozen=True, eq=False)
class Explorer:
    """An explorer: what may be moved, and what follows.

    Parameters
    ----------
    explorer_id : str
        Kebab-case, topic first.
    en, zh : str
        Title.
    notebook : str
        Stem of the notebook that it stands in.
    claims, series : tuple of str
        What it rests on.
    controls : callable
        From records to the controls: limits and defaults are read, not typed.
    show : callable
        From records and a state to what is shown; it changes nothing and draws nothing.
    limits : callable
        From records and a state to what a control can be beside those before it, by its name; one that can
        be anything is left out.
    """

    explorer_id: str
    en: str
    zh: str
    notebook: str
    claims: tuple[str, ...]
    series: tuple[str, ...]
    controls: Callable[[Records], tuple[Control, ...]]
    show: Callable[[Records, State], Shown]
    applies: Callable[[Records], bool] = has_claims
    limits: Callable[[Records, State], Mapping[str, Limits]] = lambda _, __: {}

    def title(self, lang: str) -> str:
        """Its title in one language."""
        return {"en": self.en, "zh": self.zh}[lang]

    @property
    def chart(self) -> ChartDefinition:
        """The chart of the explorer, for its source line: it has a state, and is no exhibit of its own."""
        return ChartDefinition(
            f"explore-{self.explorer_id}", self.notebook, self.claims, self.series, self._default
        )

    def _default(self, records: Records) -> ChartSpec:
        return self.show(records, complete(self.explorer_id, self.controls(records), {})).spec


@dataclass(frozen=True, eq=False)
class Explored:
    """An explorer in one state: text in a terminal, text and picture in a notebook.

    Parameters
    ----------
    explorer : Explorer
    state : mapping
        Every control with its value.
    controls : tuple of Control
    said : mapping
        The state in words, by language.
    rows : tuple of Row
    chart : Chart
    sentences : mapping
        By language.
    lang : {"en", "zh"}
    """

    explorer: Explorer
    state: Mapping[str, Value]
    controls: tuple[Control, ...]
    said: Mapping[str, str]
    rows: tuple[Row, ...]
    chart: Chart
    sentences: Mapping[str, str]
    lang: str

    @property
    def frame(self) -> pd.DataFrame:
        """The results, tidy: ``item``, ``value``, ``low``, ``high``, ``open_ended``, ``unit``, ``formula``, ``grade``."""
        fields = ("value", "low", "high", "open_ended", "unit", "formula", "evidence_grade")
        made = pd.DataFrame(
            [
                {"item": one.item} | {name: getattr(one.found, name) for name in fields}
                for one in self.rows
            ]
        )
        return made.rename(columns={"evidence_grade": "grade"})

    @property
    def table(self) -> Table:
        """The results for reading; escaped HTML in a notebook."""
        rows = [
            (
                one.label(self.lang),
                one.found.value,
                one.found.low,
                one.found.high,
                say(one.found, self.lang),
            )
            for one in self.rows
        ]
        return Table(pd.DataFrame(rows, columns=words("explorers", self.lang)["columns"]))

    @property
    def sentence(self) -> Sentence:
        """What follows, with the numbers of the state."""
        return Sentence(self.sentences[self.lang])

    @property
    def code(self) -> str:
        """The call that shows the same again."""
        return code(self.explorer.explorer_id, self.state, self.lang)

    @property
    def digest(self) -> str:
        """First characters of the SHA-256 of the results as CSV."""
        text = self.frame.to_csv(index=False, lineterminator="\n")
        return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]

    @property
    def taken(self) -> dict[str, Chart]:
        """The chart in each language as it is taken along: what was chosen stands in its note."""
        spec = dataclasses.replace(self.chart.spec, en=self._chosen("en"), zh=self._chosen("zh"))
        return {lang: dataclasses.replace(self.chart, spec=spec, lang=lang) for lang in LANGUAGES}

    def _chosen(self, lang: str) -> Text:
        text, chosen = self.chart.spec.text(lang), word("explorers", "chosen", lang)
        note = text.note + {"en": " ", "zh": ""}[lang] + chosen.format(said=self.said[lang])
        return dataclasses.replace(text, note=note)

    def png(self, variant: str = "framed") -> bytes:
        """The chart as a picture, as in a notebook; ``plain`` has the marks only, lower, for where its words stand beside it, ``narrow`` those for a phone."""
        return self.drawn(variant)[0]

    def drawn(self, variant: str) -> tuple[bytes, str]:
        """The picture of ``png``, and the note of the chart with the explanations of marks that are drawn."""
        from analysis.plotting.pictures import written

        of = "framed" if variant == "framed" else "plain"
        figure = self.chart.figure(SIZES[variant], of)
        note = drawn_note(figure.axes[0], self.chart.spec.text(self.lang).note, "full", self.lang)
        return written(self.chart, figure, ["png"])["png"], note

    def __repr__(self) -> str:
        head = f"explored {self.explorer.explorer_id} ({self.lang})"
        state = ", ".join(f"{name}={value!r}" for name, value in self.state.items())
        text = self.chart.spec.text(self.lang)
        digest = f"sha256 of the results {self.digest}, of the data of the chart {self.chart.spec.digest()}"
        return "\n".join(
            [
                head,
                f"state {state}",
                f"headline {text.headline}",
                repr(self.sentence),
                "",
                repr(self.table),
                "",
                digest,
                f"again: {self.code}",
            ]
        )

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        return {"text/plain": repr(self), "image/png": self.png()}, {
            "image/png": {"alt": self.chart.spec.text(self.lang).alt}
        }


def _said(controls: Sequence[Control], state: State, lang: str) -> str:
    marks = words("language", lang)
    named = (
        f"{getattr(one, lang)}{marks['colon']}{one.said(state[one.name], lang)}" for one in controls
    )
    return str(marks["items"]).join(named)


def fitted(
    records: Records, explorer: Explorer, controls: Sequence[Control], given: State
) -> tuple[dict[str, Value], dict[str, Limits]]:
    """A state in which everything goes together, and the limits of its controls.

    Where two values cannot go together, the control that comes first keeps its own, and the other stands at
    what is nearest.
    """
    state, limits = dict(given), {}
    for one in controls:
        if found := explorer.limits(records, state).get(one.name):
            limits[one.name] = found
            state[one.name] = nearest(one, state[one.name], found)
    return state, limits


def explored(
    records: Records,
    explorer: Explorer,
    given: Mapping[str, object],
    *,
    lang: str = "en",
    controls: Sequence[Control] = (),
) -> Explored:
    """An explorer in the state that is given; what is not given stands at its default.

    Parameters
    ----------
    records : Records
    explorer : Explorer
    given : mapping
        Control to value.
    lang : {"en", "zh"}
    controls : sequence, optional
        The explorer's controls, if they are at hand.

    Raises
    ------
    AnalysisError
        If a name is none of a control, or a value is not allowed: with the name, the value and what is allowed.
    """
    check_language(lang)
    own = tuple(controls) or explorer.controls(records)
    state = complete(explorer.explorer_id, own, given)
    shown = explorer.show(records, state)
    chart = dataclasses.replace(
        explorer.chart,
        claims=explorer.claims if shown.claims is None else shown.claims,
        series=explorer.series if shown.series is None else shown.series,
    )
    sources = source_lines(records, chart, published=shown.spec.published)
    return Explored(
        explorer,
        state,
        own,
        {lang: _said(own, state, lang) for lang in LANGUAGES},
        shown.rows,
        Chart(chart, shown.spec, sources, lang),
        shown.sentences,
        lang,
    )
