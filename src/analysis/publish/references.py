"""What charts rest on, as a list of references: documents with paragraphs, statistics with addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.finding import GRADES
from analysis.bounds.rates import RATE_PREFIX
from analysis.plotting.registry import ChartDefinition
from analysis.publish.chart_basis import claims_used, studies_used
from analysis.publish.exhibit import Bundle
from analysis.publish.office.phrases import day, paragraphs, phrases
from analysis.records.load import Records, Source
from analysis.records.series import best

COPY = ["publisher", "source_title", "published", "url"]  # what makes one publication


@dataclass(frozen=True)
class Document:
    """A document, the paragraphs that charts use, and the numbers of these charts."""

    source: Source
    paragraphs: tuple[int, ...]
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Publication:
    """A publication that holds statistics: who published what, when and where, and the charts that use it."""

    publisher: str
    title: str
    published: str
    url: str
    figures: tuple[int, ...]


@dataclass(frozen=True)
class Statistic:
    """A series that a chart uses, or the three of the exchange rate: title, years, and the grades of its copies."""

    name: str
    title: str
    years: tuple[str, str]
    grades: tuple[str, ...]


def documents(bundles: Sequence[Bundle]) -> list[Document]:
    """Documents that charts rest on, in the order of the register; charts are numbered from 1."""
    used = [
        (one.source, one.claim.paragraph, number)
        for number, bundle in enumerate(bundles, 1)
        for one in claims_used(bundle)
    ]
    order = list(bundles[0].records.sources["source_id"]) if bundles else []
    sources = sorted(
        {source.source_id: source for source, _, _ in used}.values(),
        key=lambda one: order.index(one.source_id),
    )
    return [Document(one, _places(used, one, 1), _places(used, one, 2)) for one in sources]


def _places(
    used: Sequence[tuple[Source, int, int]], source: Source, column: int
) -> tuple[int, ...]:
    return tuple(sorted({row[column] for row in used if row[0] == source}))


def statistics(bundle: Bundle, lang: str) -> list[Statistic]:
    """Series that a chart uses, in the order in which it names them, called as in a language."""
    titles = bundle.records.series_titles(lang)
    found = []
    for name in bundle.definition.series:
        group = _group(bundle.records, name)
        rows = pd.concat([best(bundle.records, one) for one in group])
        title = re.split("[,，]", titles[group[0]])[0] if len(group) > 1 else titles[name]
        years = rows["period_start"].min()[:4], rows["period_end"].max()[:4]
        found.append(
            Statistic(name, title, years, tuple(sorted(set(rows["grade"]), key=GRADES.index)))
        )
    return found


def publications(bundles: Sequence[Bundle]) -> list[Publication]:
    """Publications of all statistics that charts use, by publisher and title; of each figure the best copy.

    Charts are numbered from 1.
    """
    figures: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(bundles, 1):
        for name in _series(one.records, one.definition):
            for row in best(one.records, name)[COPY].drop_duplicates().itertuples(index=False):
                figures.setdefault(tuple(row), []).append(number)
    return [Publication(*copy, tuple(dict.fromkeys(figures[copy]))) for copy in sorted(figures)]


def addresses(bundle: Bundle) -> list[str]:
    """Every address behind a chart, once: documents first, then statistics and studies."""
    studies = (address for _, address in studies_used(bundle) if address)
    return list(
        dict.fromkeys(
            [
                *(one.source.url for one in documents([bundle])),
                *(one.url for one in publications([bundle])),
                *studies,
            ]
        )
    )


def _series(records: Records, chart: ChartDefinition) -> list[str]:
    return [one for name in chart.series for one in _group(records, name)]


def _group(records: Records, name: str) -> list[str]:
    """The series itself; for the exchange rate its mean, lowest and highest day."""
    return (
        [one for one in records.series_index["series_id"] if one.startswith(name)]
        if name == RATE_PREFIX[:-1]
        else [name]
    )


def reference(lang: str, document: Document) -> str:
    """A document as a list of sources names it, up to its address."""
    source, where = document.source, paragraphs(lang, document.paragraphs)
    words = {
        "short": source.short_zh,
        "title": source.title,
        "speaker": source.speaker,
        "publisher": source.publisher,
    }
    return phrases(lang).document.format(
        **words,
        said=day(lang, source.event_date),
        dated=day(lang, source.page_date),
        paragraphs=where[:1].upper() + where[1:],
    )


def used_in(lang: str, figures: tuple[int, ...]) -> str:
    """In which figures a source is used."""
    said = phrases(lang)
    return (said.used_in if len(figures) == 1 else said.used_in_many).format(
        numbers=said.comma.join(map(str, figures))
    )
