"""How to cite a claim, a document, a chart or a finding: as text in English and Chinese, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis import RELEASED, __version__
from analysis.records.collection import collection
from analysis.records.errors import UnknownIdError
from analysis.records.load import Claim, Records, Source
from analysis.words.catalogue import check_language, word

if TYPE_CHECKING:
    from analysis.plotting.view import Chart

LICENCE = "CC BY 4.0"
FORMATS = ("text", "bibtex", "csl")
_LATEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


@dataclass(frozen=True)
class Citation:
    """A citation in several forms.

    Parameters
    ----------
    text : str
        In English.
    bibtex : str
        An entry of BibTeX.
    text_zh : str
        In Chinese, in the order and with the marks of GB/T 7714-2015. The date on which a reader opened
        the page, which that standard wants in brackets after the date of the page, is the reader's to add.
    csl : mapping
        An item of CSL-JSON, as Zotero, Word and pandoc read it; its fields are those of the BibTeX entry.
    """

    text: str
    bibtex: str
    text_zh: str = ""
    csl: dict[str, Any] = field(default_factory=dict, hash=False)

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}"

    def text_in(self, lang: str) -> str:
        """The text in a language, ``en`` or ``zh``."""
        return {"en": self.text, "zh": self.text_zh}[check_language(lang)]

    def csl_json(self) -> str:
        """The CSL-JSON of this item alone: a list of one."""
        return csl_json([self])


def csl_json(citations: list[Citation]) -> str:
    """Several citations as one CSL-JSON list."""
    return json.dumps([one.csl for one in citations], ensure_ascii=False, indent=2, allow_nan=False)


def cite(records: Records, wanted: str) -> Citation:
    """Citation of a claim, a document, a chart or a finding.

    Raises
    ------
    UnknownIdError
        If nothing has this identifier.
    """
    if wanted in set(records.claims["claim_id"]):
        claim = records.claim(wanted)
        return cite_claim(records.source(claim.source_id), claim)
    if wanted in set(records.sources["source_id"]):
        own = records.claims.loc[records.claims["source_id"] == wanted, "claim_id"]
        return cite_document(records.source(wanted), [records.claim(name) for name in own])
    from analysis.themes import all_findings, findings_of, one_finding, theme_of

    theme = theme_of(wanted)
    if theme and wanted in {one.value_id for one in findings_of(records, theme)}:
        one = one_finding(records, wanted)
        return _own(
            wanted,
            f"{one.label} [finding {wanted}]",
            title_zh=f"{one.label_zh or one.label}（计算结果{wanted}）",
            kind="dataset",
        )
    from analysis.themes.charts import charts_of, definitions, make_chart

    if theme and wanted in charts_of(theme, records):
        return cite_chart(make_chart(wanted, records))
    raise UnknownIdError(
        "claim, source, chart or finding",
        wanted,
        [
            *definitions(records),
            *(one.value_id for one in all_findings(records)),
            *records.claims["claim_id"],
            *records.sources["source_id"],
        ],
    )


def cite_chart(chart: Chart) -> Citation:
    """Citation of a chart: its headline, and the digest that tells which data it shows."""
    chart_id, spec = chart.definition.chart_id, chart.spec
    digest = spec.digest()
    return _own(
        chart_id,
        f"{spec.en.headline} [chart {chart_id}, data sha256 {digest}]",
        title_zh=f"{spec.zh.headline}（图表{chart_id}，数据SHA-256：{digest}）",
        kind="graphic",
    )


def cite_claim(source: Source, claim: Claim) -> Citation:
    """Citation of the paragraph that holds a claim: who said it, and when it was said."""
    return _document(claim.claim_id, source, [claim], f", paragraph {claim.paragraph}")


def cite_document(source: Source, claims: Sequence[Claim]) -> Citation:
    """Citation of a document for some of its claims: all who say them, and when."""
    return _document(source.source_id, source, claims)


def said(dates: Iterable[str], lang: str) -> str:
    """When something was said: each date once, or that the text does not say.

    Examples
    --------
    >>> said(["2015-09-08", "2015-09-07", "2015-09-08"], "en"), said([""], "zh")
    ('Said 2015-09-07, 2015-09-08', '日期未注明')
    """
    known = sorted(set(filter(None, dates)))
    if not known:
        undated = word("publish.date", "undated", lang)
        return undated[0].upper() + undated[1:]
    return f"Said {', '.join(known)}" if lang == "en" else f"({', '.join(known)})"


def _document(key: str, source: Source, claims: Sequence[Claim], where: str = "") -> Citation:
    speakers = list(dict.fromkeys(claim.speaker for claim in claims))
    dates = [claim.said_on for claim in claims]
    issued = _common(dates)
    when = f"{said(dates, 'en')}; page dated {source.page_date}"
    note = f"{when}{where}; coded from a text copy with sha256 {source.text_sha256[:12]}"
    fields: dict[str, str | list[str]] = {
        "author": speakers,
        "title": source.title,
        "howpublished": source.publisher,
        "year": issued[:4],
        "url": source.url,
        "note": note,
    }
    csl = {
        "id": key,
        "type": "webpage",
        "title": source.title,
        "author": [{"literal": one} for one in speakers],
        **({"issued": _date(issued)} if issued else {}),
        "publisher": source.publisher,
        "URL": source.url,
        "note": note,
    }
    by = "; ".join(speakers)
    text = f"{by}. {source.title}. {when}. {source.publisher}{where}. {source.url}"
    place = "".join(f"，英文稿第{claim.paragraph}段" for claim in claims if where)
    by_zh = ", ".join(map(_responsible, speakers))
    text_zh = f"{by_zh}. {source.title}[EB/OL]. {said(dates, 'zh')}. {source.url}. {source.short_zh}{place}，网页日期{source.page_date}。"
    return Citation(text, _bibtex(key, fields), text_zh, csl)


def _common(dates: Sequence[str]) -> str:
    """The date that all share: itself, or only its year; "" where one is not stated or the years differ.

    Examples
    --------
    >>> _common(["2015", "2015-09-07"]), _common(["2021-08-23"]), _common(["2015", ""])
    ('2015', '2021-08-23', '')
    """
    if len(set(dates)) == 1:
        return dates[0]
    years = {one[:4] for one in dates}
    return years.pop() if len(years) == 1 else ""


def _own(key: str, title: str, *, title_zh: str, kind: str) -> Citation:
    """Citation of something made here; a chart is a graphic, a finding a dataset."""
    whole = collection()
    text = f"{whole.authors} ({RELEASED[:4]}). {title}. In {whole.title}, version {__version__}. {LICENCE}."
    fields: dict[str, str | list[str]] = {
        "author": [whole.authors],
        "title": title,
        "howpublished": f"{whole.title}, version {__version__}",
        "year": RELEASED[:4],
        "note": LICENCE,
    }
    csl = {
        "id": key,
        "type": kind,
        "title": title,
        "author": [{"literal": whole.authors}],
        "issued": _date(RELEASED),
        "container-title": whole.title,
        "version": __version__,
        "note": LICENCE,
    }
    text_zh = (
        f"{whole.authors}. {title_zh}[DS]//{whole.title}. {__version__}版. ({RELEASED}). {LICENCE}."
    )
    return Citation(text, _bibtex(key, fields), text_zh, csl)


def _responsible(speaker: str) -> str:
    """Who answers for a document, as GB/T 7714 writes it: a person's family name in capitals and no office.

    Examples
    --------
    >>> _responsible("Qian Keming, vice minister of commerce"), _responsible("Ministry of Commerce")
    ('QIAN Keming', 'Ministry of Commerce')
    """
    name, _, office = speaker.partition(", ")
    words = name.split()
    return f"{words[0].upper()} {words[1]}" if office and len(words) == 2 else speaker


def _date(day: str) -> dict[str, list[list[int]]]:
    """A date as far as it is known: year, year and month, or the whole day."""
    return {"date-parts": [[int(part) for part in day.split("-")]]}


def _bibtex(key: str, fields: Mapping[str, str | list[str]]) -> str:
    """An entry; each author is one whole in braces, an address stays as it is, an empty field is left out."""

    def escaped(name: str, value: str | list[str]) -> str:
        if isinstance(value, list):
            return " and ".join(f"{{{one.translate(_LATEX)}}}" for one in value)
        return value if name == "url" else value.translate(_LATEX)

    lines = [f"  {name} = {{{escaped(name, value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}"])
