"""A chart's metadata as JSON: for catalogues, scripts and readers who check. docs/export.md explains every field."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis import RELEASED, __version__
from analysis.publish.chart_basis import (
    LICENCE_ADDRESS,
    LICENCE_ID,
    SeriesUsed,
    claims_used,
    documents_used,
    findings_shown,
    licence_title,
    processing,
    series_used,
    sha256,
    weakest_grade,
)
from analysis.publish.exhibit import Exhibit
from analysis.publish.office.sheets import data_csv
from analysis.publish.reader_table import open_end
from analysis.records.collection import collection
from analysis.records.load import Claim, Source
from analysis.words.catalogue import LANGUAGES
from analysis.words.labels import column_words, price_words
from analysis.words.units import unit_label
from analysis.words.wording import stated

TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "bib": "application/x-bibtex",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CSL_TYPE = "application/vnd.citationstyles.csl+json"


def metadata_json(exhibit: Exhibit, files: Mapping[str, bytes | str]) -> bytes:
    """All that is known of a chart: words, data, claims, series, licence, citation, files.

    Parameters
    ----------
    exhibit : Exhibit
    files : mapping
        The other files of the folder by name: their bytes, or their SHA-256 in hexadecimal digits.

    Returns
    -------
    bytes
        JSON in UTF-8: keys in a fixed order, files by name; no NaN and no infinity (an open end is
        text, what is not known is null).
    """
    own, cited = exhibit.definition, exhibit.citation
    text = {lang: exhibit.text(lang) for lang in LANGUAGES}
    found = {
        "id": exhibit.chart_id,
        "title": {lang: text[lang].headline for lang in LANGUAGES},
        "subtitle": {lang: text[lang].subtitle for lang in LANGUAGES},
        "note": {lang: text[lang].note for lang in LANGUAGES},
        "alt": {lang: text[lang].alt for lang in LANGUAGES},
        "source": {lang: exhibit.source(lang) for lang in LANGUAGES},
        "processing": {lang: processing(exhibit, lang) for lang in LANGUAGES},
        "licenses": [{"name": LICENCE_ID, "path": LICENCE_ADDRESS, "title": licence_title("en")}],
        "project": {
            "title": collection().title,
            "version": __version__,
            "released": RELEASED,
            "contributors": [{"title": collection().authors, "role": "author"}],
        },
        "citation": {"en": cited.text, "zh": cited.text_zh, "csl": cited.csl},
        "notebook": own.notebook,
        "function": own.function,
        "data": _data(exhibit),
        "weakest_grade": weakest_grade(exhibit) or None,
        "numbers": {name: _number(value) for name, value in exhibit.spec.said.items()},
        "documents": [_document(one) for one in documents_used(exhibit)],
        "claims": [_claim(one.claim) for one in claims_used(exhibit)],
        "series": [_series(one) for one in series_used(exhibit)],
        "findings": list(findings_shown(exhibit)),
        "files": [_file(name, files[name]) for name in sorted(files)],
    }
    return f"{json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _data(exhibit: Exhibit) -> dict[str, Any]:
    """The CSV as a resource of a data package, with what is plotted."""
    spec, content = exhibit.spec, data_csv(exhibit)
    return {
        "path": f"{exhibit.chart_id}.csv",
        "format": "csv",
        "mediatype": TYPES["csv"],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content)}",
        "digest": spec.digest(),
        "rows": len(spec.data),
        "unit": spec.unit,
        "unit_words": {lang: unit_label(spec.unit, lang) for lang in LANGUAGES},
        "price_basis": spec.price_basis or None,
        "price_words": {lang: price_words(spec.price_basis, lang) for lang in LANGUAGES},
        "schema": {
            "fields": [_field(exhibit, str(name), spec.data[name]) for name in spec.data.columns],
            "missingValues": [""],
        },
    }


def _field(exhibit: Exhibit, name: str, column: pd.Series) -> dict[str, Any]:
    """A column: its type as a Table Schema names it, what it holds, and whether its values are plotted."""
    kinds = (
        (pd.api.types.is_bool_dtype, "boolean"),
        (pd.api.types.is_integer_dtype, "integer"),
        (pd.api.types.is_numeric_dtype, "number"),
    )
    return {
        "name": name,
        "type": next((kind for matches, kind in kinds if matches(column)), "string"),
        "title": column_words(exhibit.chart_id, name, "en"),
        "title_zh": column_words(exhibit.chart_id, name, "zh"),
        "plotted": name in exhibit.spec.values,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.claim_id,
        "as_stated": claim.as_stated,
        "stated_zh": claim.stated_zh or None,
        "said": {lang: stated(claim, lang) for lang in LANGUAGES},
        "value_low": _number(claim.value_low),
        "value_high": _number(claim.value_high),
        "bound": claim.bound,
        "unit": claim.unit,
        "grade": claim.grade,
        "document": claim.source_id,
        "paragraph": claim.paragraph,
        "speaker": claim.speaker,
        "said_on": claim.said_on or None,
    }


def _document(source: Source) -> dict[str, Any]:
    return {
        "id": source.source_id,
        "title": source.title,
        "short": {"en": source.short_en, "zh": source.short_zh},
        "publisher": source.publisher,
        "event_date": source.event_date,
        "page_date": source.page_date,
        "path": source.url,
        "text_sha256": source.text_sha256,
    }


def _series(one: SeriesUsed) -> dict[str, Any]:
    sources = [
        {
            "title": ref.title,
            "publisher": ref.publisher,
            "published": ref.published,
            **({"path": ref.address} if ref.address else {}),
        }
        for ref in one.references
    ]
    return {
        "id": one.series_id,
        "title": one.title,
        "title_zh": one.title_zh,
        "unit": one.unit,
        "publishers": list(one.publishers),
        "sources": sources,
    }


def _number(value: float | str) -> float | str | None:
    """A number as JSON can hold it: an open end as text, one that is not known as null; text as it is."""
    if isinstance(value, str):
        return value
    if math.isnan(value):
        return None
    return float(f"{value:.12g}") if math.isfinite(value) else open_end(value, "en")


def _file(name: str, content: bytes | str) -> dict[str, Any]:
    kind = (
        CSL_TYPE
        if name.endswith(".csl.json")
        else TYPES.get(name.rsplit(".", 1)[-1], "application/octet-stream")
    )
    size = {} if isinstance(content, str) else {"bytes": len(content)}
    return {"path": name, "mediatype": kind} | size | {"hash": f"sha256:{sha256(content)}"}
