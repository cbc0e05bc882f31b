"""How to cite a claim, a document, a chart or a finding: as text and as BibTeX."""

from __future__ import annotations

from dataclasses import dataclass

from analysis import RELEASED, __version__
from analysis.charts.registry import definitions
from analysis.charts.view import make_chart
from analysis.records.errors import UnknownIdError
from analysis.records.load import Claim, Records, Source
from analysis.topics import all_findings

AUTHORS = "The Commerce Poverty Notebooks authors"
PROJECT = "Commerce Poverty Notebooks: official claims on China's commerce-led poverty reduction"
_LATEX = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"})


@dataclass(frozen=True)
class Citation:
    """A citation in two forms."""

    text: str
    bibtex: str

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}"


def cite(records: Records, wanted: str) -> Citation:
    """Citation of a claim, a document, a chart or a finding.

    Raises
    ------
    UnknownIdError
        If nothing has this identifier.
    """
    charts = definitions()
    findings = {one.value_id: one for one in all_findings(records)}
    if wanted in charts:
        chart = make_chart(wanted, records)
        return _own(wanted, f"{chart.spec.en.headline} [chart {wanted}, data sha256 {chart.spec.digest()}]")
    if wanted in findings:
        return _own(wanted, f"{findings[wanted].label} [finding {wanted}]")
    if wanted in set(records.claims["claim_id"]):
        claim = records.claim(wanted)
        return _document(records.source(claim.source_id), claim)
    if wanted in set(records.sources["source_id"]):
        return _document(records.source(wanted))
    raise UnknownIdError("claim, source, chart or finding", wanted, [*charts, *findings, *records.claims["claim_id"], *records.sources["source_id"]])


def _own(key: str, title: str) -> Citation:
    text = f"{AUTHORS} ({RELEASED[:4]}). {title}. In {PROJECT}, version {__version__}. CC BY 4.0."
    fields = {"author": f"{{{AUTHORS}}}", "title": title, "howpublished": f"{PROJECT}, version {__version__}", "year": RELEASED[:4], "note": "CC BY 4.0"}
    return Citation(text, _bibtex(key, fields))


def _document(source: Source, claim: Claim | None = None) -> Citation:
    where = f", paragraph {claim.paragraph}" if claim else ""
    text = f"{source.speaker}. {source.title}. Said {source.event_date}; page dated {source.page_date}. {source.publisher}{where}. {source.url}"
    note = f"Said {source.event_date}{where}; coded from a text copy with sha256 {source.text_sha256[:12]}"
    fields = {
        "author": f"{{{source.speaker}}}",
        "title": source.title,
        "howpublished": source.publisher,
        "year": source.page_date[:4],
        "url": source.url,
        "note": note,
    }
    return Citation(text, _bibtex(claim.claim_id if claim else source.source_id, fields))


def _bibtex(key: str, fields: dict[str, str]) -> str:
    def escaped(name: str, value: str) -> str:
        return value if name in ("url", "author") else value.translate(_LATEX)

    lines = [f"  {name} = {{{escaped(name, value)}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"])
