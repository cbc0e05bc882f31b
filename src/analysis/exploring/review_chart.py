"""The accepted figures of a text as a chart in the style of the collection: a row for each, its range, an arrow at an open end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.bounds.claims import stated_ends
from analysis.exploring.review import TAKEN, Review, said, unit_words
from analysis.plotting.explorer_charts import draw_stated
from analysis.plotting.layout import drawable
from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.view import Chart
from analysis.reading.model import Candidate
from analysis.records.errors import AnalysisError
from analysis.words.catalogue import LANGUAGES, check_language, word, words
from analysis.words.wording import number

if TYPE_CHECKING:
    from analysis.records.load import Records

CHART, NOTEBOOK, BASIS = "review-accepted", "12_read_a_briefing", "accepted figures of a text"
MOST_ROWS = 15
LABEL = 40  # characters of a label
Rows = Sequence[tuple[int, Candidate]]


def accepted_chart(review: Review, unit: str = "", *, source: str = "", lang: str = "en") -> Chart:
    """The accepted figures of one unit, with its rate ("CNY per month"): the first ``MOST_ROWS`` of them, as a chart.

    Raises
    ------
    AnalysisError
        If no figure of the unit is accepted.
    """
    check_language(lang)
    taken = [(n, one.candidate) for n, one in enumerate(review.decisions, 1) if one.status in TAKEN]
    units = Counter(_per(one) for _, one in taken if one.unit)
    chosen = unit or next((name for name, _ in units.most_common(1)), "")
    rows = [(n, one) for n, one in taken if _per(one) == chosen][:MOST_ROWS]
    if not rows or not chosen:
        known = ", ".join(units) or "none"
        raise AnalysisError(f"no figure in {chosen or 'any unit'} is accepted; there are: {known}")
    spec = _spec(rows, chosen)
    paragraphs = ", ".join(map(str, dict.fromkeys(review.paragraph(one.start) for _, one in rows)))
    sources = {
        one: word("review.chart", "source", one).format(
            text=source or word("review.chart", "text", one), paragraphs=paragraphs
        )
        for one in LANGUAGES
    }

    def make(_: Records) -> ChartSpec:
        return spec

    return Chart(ChartDefinition(CHART, NOTEBOOK, (), (), make, BASIS), spec, sources, lang)


def _per(one: Candidate) -> str:
    """A unit with its rate: pay for a month does not stand beside a total."""
    return f"{one.unit} {one.rate}".strip()


def _spec(rows: Rows, unit: str) -> ChartSpec:
    return ChartSpec(
        data=pd.DataFrame([_row(number, one) for number, one in rows]),
        values=("value",),
        unit=unit,
        draw=draw_stated,
        published=True,
        en=_text(rows, "en"),
        zh=_text(rows, "zh"),
    )


def _row(number: int, one: Candidate) -> dict[str, str | float]:
    ends = [end for end in (one.low, one.high) if end is not None]
    roughly = one.bound in ("about", "nearly") and ends[0] <= 0  # which has no last digit
    low, high = stated_ends("exact" if roughly else one.bound, ends[0], ends[-1])
    value = sum(ends) / len(ends)
    return {"item": str(number), "value": value, "low": low, "high": high, "kind": "reported"}


def _text(rows: Rows, lang: str) -> Text:
    labels = {str(n): _label(n, one) for n, one in rows}
    values = {f"value:{n}": said(one, lang, with_unit=False) for n, one in rows}
    marks = sorted(float(str(_row(n, one)["value"])) for n, one in rows)
    unit = _drawable(_unit(rows[0][1], lang)) or word("review", "unit", lang)
    known = {
        "unit": unit,
        "count": len(rows),
        "first": number(marks[0], lang),
        "last": number(marks[-1], lang),
        "rows": word("language", "items", lang).join(
            f"{labels[str(n)]}: {values[f'value:{n}']}" for n, _ in rows
        ),
    }
    headline = "headline" if len(rows) > 1 else "headline_one"
    told = {
        key: word("review.chart", name, lang).format(**known)
        for key, name in (("headline", headline), ("subtitle", "subtitle"), ("alt", "alt"))
    }
    note = word("review.chart", "note", lang)
    return Text(**told, note=note, labels=labels | values | {"x": unit})


def _unit(one: Candidate, lang: str) -> str:
    known = {"number": "", "unit": unit_words(one.unit, lang)}
    rates = words("review.rates", lang)
    per = " ".join(rates.get(rate, rate) for rate in one.rate.split(", ") if rate)
    return word("review", "amount", lang).format(**known, rate=per).strip().replace("  ", " ")


def _label(number: int, one: Candidate) -> str:
    """The words as stated, cut where they are long."""
    words = " ".join(one.text.split())
    short = words if len(words) <= LABEL else f"{words[: LABEL - 1].rstrip()}…"
    return f"{number}. {_drawable(short)}".rstrip()


def _drawable(words: str) -> str:
    """Words of the text reviewed, or none where the font lacks a character of them."""
    return words if drawable(words) else ""
