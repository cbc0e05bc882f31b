"""What a chart rests on, for every file beside its pictures: documents, claims, series, licence, processing."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from analysis.bounds.finding import GRADES
from analysis.plotting import source_line
from analysis.plotting.registry import EVIDENCE
from analysis.provenance.catalog import meant
from analysis.provenance.citation import Citation, cite_document
from analysis.publish.exhibit import Exhibit
from analysis.publish.manifest import digest
from analysis.publish.phrases import Phrases
from analysis.records.load import Claim, Records, Source

LICENCE_ID = "CC-BY-4.0"
LICENCE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"
KEPT = 4  # charts whose facts are kept: one chart's files are made together


@dataclass(frozen=True)
class ClaimUsed:
    """An official figure that a chart rests on, and its document."""

    claim: Claim
    source: Source


@dataclass(frozen=True)
class Reference:
    """Where a value of a series was published; no address where only a copy was read."""

    title: str
    publisher: str
    published: str
    address: str

    def __str__(self) -> str:
        where = self.address or "Quoted from a copy"
        return ". ".join(
            part for part in (self.title, self.publisher, self.published, where) if part
        )


@dataclass(frozen=True)
class SeriesUsed:
    """A context series that a chart rests on; each of its references once."""

    series_id: str
    title: str
    title_zh: str
    unit: str
    references: tuple[Reference, ...]

    def called(self, lang: str) -> str:
        """Its title in a language."""
        return self.title_zh if lang == "zh" else self.title

    @property
    def publishers(self) -> tuple[str, ...]:
        """Its publishers, each once."""
        return tuple(dict.fromkeys(one.publisher for one in self.references))


@functools.lru_cache(maxsize=KEPT)
def claims_used(exhibit: Exhibit) -> tuple[ClaimUsed, ...]:
    """The claims of a chart with their documents; all of the register where the chart names neither claims nor series."""
    own, records = exhibit.definition, exhibit.records
    names = tuple(records.claims["claim_id"]) if own.whole_register else own.claims
    claims = [records.claim(name) for name in names]
    sources = {
        name: records.source(name) for name in dict.fromkeys(claim.source_id for claim in claims)
    }
    return tuple(ClaimUsed(claim, sources[claim.source_id]) for claim in claims)


def documents_used(exhibit: Exhibit) -> tuple[Source, ...]:
    """The documents of a chart, each once."""
    return tuple({one.source.source_id: one.source for one in claims_used(exhibit)}.values())


@functools.lru_cache(maxsize=KEPT)
def series_used(exhibit: Exhibit) -> tuple[SeriesUsed, ...]:
    """The context series of a chart; a name that stands for several, such as ``usd-cny``, gives each of them."""
    index = exhibit.records.series_index.set_index("series_id")
    known = list(index.index)
    names = dict.fromkeys(one for name in exhibit.definition.series for one in meant(name, known))
    return tuple(
        SeriesUsed(
            name,
            index.at[name, "title"],
            index.at[name, "title_zh"],
            index.at[name, "unit"],
            references(exhibit.records, name),
        )
        for name in names
    )


def references(records: Records, series_id: str) -> tuple[Reference, ...]:
    """Where the values of a series were published, each publication once."""
    columns = ["source_title", "publisher", "published", "url"]
    rows = records.series_rows(series_id)[columns].fillna("").astype(str).drop_duplicates()
    return tuple(Reference(*row) for row in rows.itertuples(index=False, name=None))


def studies_used(exhibit: Exhibit) -> tuple[tuple[str, str], ...]:
    """Citation and address of each study whose estimates a chart shows, once; none for other charts."""
    if exhibit.definition.basis != EVIDENCE:
        return ()
    rows = exhibit.records.evidence
    rows = rows[rows["estimate_id"].isin(exhibit.spec.data["estimate_id"])]
    return tuple(dict.fromkeys(rows[["citation", "url"]].itertuples(index=False, name=None)))


def findings_shown(exhibit: Exhibit) -> tuple[str, ...]:
    """Identifiers of the findings that the data name in a column ``value_id``."""
    return tuple(dict.fromkeys(exhibit.spec.data.get("value_id", ())))


def licence_title(lang: str) -> str:
    """The full name of the licence."""
    return Phrases("texts", lang)("licence_title")


def weakest_grade(exhibit: Exhibit) -> str:
    """The weakest evidence grade of a chart's claims; "" where it rests on none."""
    return max((one.claim.grade for one in claims_used(exhibit)), key=GRADES.index, default="")


def processing(exhibit: Exhibit, lang: str) -> str:
    """Whether the values are shown as published or calculated here, in words."""
    return source_line.processing(lang, published=exhibit.spec.published)


def cited_sources(exhibit: Exhibit) -> tuple[Citation, ...]:
    """How to cite the chart, then each of its documents."""
    used = claims_used(exhibit)
    documents = (
        cite_document(source, [one.claim for one in used if one.source == source])
        for source in documents_used(exhibit)
    )
    return (exhibit.citation, *documents)


def sha256(content: bytes | str) -> str:
    """The SHA-256 of a file in hexadecimal digits: of its bytes, or as it is known already."""
    return content if isinstance(content, str) else digest(content)
