"""What charts rest on, as a list of references: documents with paragraphs, statistics with addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.finding import GRADES
from analysis.bounds.rates import RATE_PREFIX
from analysis.publish.chart_basis import claims_used, studies_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases, paragraphs, said_on, speaker
from analysis.records.load import Claim, Records, Source
from analysis.records.series import best
from analysis.words.dates import day

COPY = ["publisher", "source_title", "published", "url"]  # what makes one publication


@dataclass(frozen=True)
class Document:
    """A document, the claims and paragraphs that charts use, and the numbers of these charts."""

    source: Source
    claims: tuple[Claim, ...]
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


def documents(exhibits: Sequence[Exhibit]) -> list[Document]:
    """Documents that charts rest on, in the order of the register; charts are numbered from 1."""
    used = [
        (one, number) for number, exhibit in enumerate(exhibits, 1) for one in claims_used(exhibit)
    ]
    order = list(exhibits[0].records.sources["source_id"]) if exhibits else []
    sources = sorted(
        {one.source.source_id: one.source for one, _ in used}.values(),
        key=lambda one: order.index(one.source_id),
    )
    return [
        Document(
            source,
            tuple(dict.fromkeys(one.claim for one, _ in used if one.source == source)),
            tuple(sorted({one.claim.paragraph for one, _ in used if one.source == source})),
            tuple(sorted({figure for one, figure in used if one.source == source})),
        )
        for source in sources
    ]


def statistics(exhibit: Exhibit, lang: str) -> list[Statistic]:
    """Series that a chart uses, in the order in which it names them, called as in a language."""
    titles = exhibit.records.series_titles(lang)
    found = []
    for name in exhibit.definition.series:
        group = _group(exhibit.records, name)
        rows = pd.concat([best(exhibit.records, one, across=True) for one in group])
        title = re.split("[,，]", titles[group[0]])[0] if len(group) > 1 else titles[name]
        years = rows["period_start"].min()[:4], rows["period_end"].max()[:4]
        found.append(
            Statistic(name, title, years, tuple(sorted(set(rows["grade"]), key=GRADES.index)))
        )
    return found


def publications(exhibits: Sequence[Exhibit]) -> list[Publication]:
    """Publications of all statistics that charts use, by publisher and title; of each figure the best copy.

    Charts are numbered from 1.
    """
    figures: dict[tuple[str, ...], list[int]] = {}
    for number, one in enumerate(exhibits, 1):
        names = (name for used in one.definition.series for name in _group(one.records, used))
        for name in names:
            for row in (
                best(one.records, name, across=True)[COPY].drop_duplicates().itertuples(index=False)
            ):
                figures.setdefault(tuple(row), []).append(number)
    return [
        Publication(publisher, title, published, url, tuple(dict.fromkeys(numbers)))
        for (publisher, title, published, url), numbers in sorted(figures.items())
    ]


def addresses(exhibit: Exhibit) -> list[str]:
    """Every address behind a chart, once: documents first, then statistics and studies."""
    found = [
        *(one.source.url for one in documents([exhibit])),
        *(one.url for one in publications([exhibit]) if one.url),
        *(address for _, address in studies_used(exhibit) if address),
    ]
    return list(dict.fromkeys(found))


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
    said = Phrases("office", lang)
    speakers = dict.fromkeys(speaker(lang, one.speaker) for one in document.claims)
    when = said_on(lang, *(one.said_on for one in document.claims))
    return said(
        "document",
        short=source.short_zh,
        title=source.title,
        speaker="; ".join(speakers) if lang == "en" else "、".join(speakers),
        publisher=source.publisher,
        said=when[:1].upper() + when[1:],
        dated=day(lang, source.page_date),
        paragraphs=where[:1].upper() + where[1:],
    )


def used_in(lang: str, figures: tuple[int, ...]) -> str:
    """In which figures a source is used."""
    said = Phrases("office", lang)
    key = "used_in" if len(figures) == 1 else "used_in_many"
    return said(key, numbers=said("comma").join(map(str, figures)))
