"""The source line of a chart: the documents, publishers and studies that it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.plotting.registry import ChartDefinition
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES, publisher, publishers, word

PARAGRAPHS = {"en": r" \(paragraphs?\s[^)]*\)", "zh": r"（英文稿第[^）]*段）"}
LICENCE = "CC\u00a0BY\u00a04.0"


def source_lines(records: Records, chart: ChartDefinition, *, published: bool) -> dict[str, str]:
    """What a chart rests on, processing, licence and the chart's identifier, by language.

    The identifier stands in files; a picture shows the line of ``drawn_line``.

    Parameters
    ----------
    published : bool
        Whether the values are shown as published or calculated here.
    """
    return {
        lang: word("source_line", "line", lang).format(
            parts=word("language", "items", lang).join(_rests_on(records, chart, lang)),
            processing=processing(lang, published=published),
            licence=LICENCE,
            chart=chart.chart_id,
        )
        for lang in LANGUAGES
    }


def drawn_line(line: str, chart_id: str, lang: str, *, short: bool) -> str:
    """The source line as a picture shows it: without the identifier; where it is short, also without paragraphs.

    Examples
    --------
    >>> drawn_line("Source: A (paragraph 3), B. As published. CC BY 4.0. x-y", "x-y", "en", short=True)
    'Source: A, B. As published. CC BY 4.0'
    """
    shown = line.removesuffix(chart_id).rstrip(" .。")
    shown = re.sub(r"\((paragraphs?) ", "(\\1\u00a0", shown)  # its number stays with it
    return re.sub(PARAGRAPHS[lang], "", shown) if short else shown


def _rests_on(records: Records, chart: ChartDefinition, lang: str) -> list[str]:
    """Documents with the paragraphs of the claims, publishers of the series, anything else."""
    claims = records.claims
    used = claims if chart.whole_register else claims[claims["claim_id"].isin(chart.claims)]
    parts = [
        getattr(records.source(str(source_id)), f"short_{lang}")
        + (_paragraphs(sorted(set(rows["paragraph"])), lang) if chart.claims else "")
        for source_id, rows in used.groupby("source_id", sort=False)
    ]
    parts += dict.fromkeys(publisher_of(records, name, lang) for name in chart.series)  # each once
    return parts + ([word("source_line", chart.basis, lang)] if chart.basis else [])


def publisher_of(records: Records, series_id: str, lang: str) -> str:
    """Who published a series: as the catalogue says it, or as its rows do in a user's own collection."""
    if series_id in publishers():
        return publisher(series_id, lang)
    return word("language", "items", lang).join(
        dict.fromkeys(one for one in records.series_rows(series_id)["publisher"] if one)
    )


def processing(lang: str, *, published: bool) -> str:
    """Whether values are shown as published or calculated here, in words."""
    return word("source_line", "published" if published else "calculated", lang)


def _paragraphs(numbers: Sequence[int], lang: str) -> str:
    pattern = word("source_line", "paragraphs" if len(numbers) > 1 else "paragraph", lang)
    return pattern.format(numbers=word("language", "list", lang).join(map(str, numbers)))
