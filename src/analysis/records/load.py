"""All records at once: what was published, read and checked."""

from __future__ import annotations

import functools
import os
import shlex
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.records import rules
from analysis.records.denominator_rules import judgement_problems, register_problems
from analysis.records.descriptor import SERIES, descriptor
from analysis.records.errors import DataError, Problem, UnknownIdError
from analysis.records.evidence_rules import evidence_problems
from analysis.records.paths import PROJECT, data_folder
from analysis.records.schema import read_table
from analysis.records.views import fields_html

TABLES = (
    "sources",
    "claims",
    "originals",
    "series",
    "events",
    "definitions",
    "denominators",
    "benchmarks",
    "assumptions",
    "measures",
    "comparisons",
    "conflicts",
    "evidence",
    "audited_grades",
)  # what the package must describe besides files of series


@dataclass(frozen=True)
class Original:
    """A claim in the Chinese of its speaker: one row of ``originals.csv``."""

    claim_id: str
    stated_zh: str
    figure: str
    value_low: float
    value_high: float
    bound: str
    counted: str
    differs: str
    difference: str
    difference_zh: str
    publisher: str
    title: str
    published: str
    url: str
    seen_at: str
    paragraph: str
    paragraph_of: str
    grade: str
    verified: str
    note: str


@dataclass(frozen=True)
class Claim:
    """An official figure as stated: one row of ``claims.csv``, with its Chinese original where one is known."""

    claim_id: str
    source_id: str
    paragraph: int
    channel: str
    indicator: str
    value_low: float
    value_high: float
    printed: str
    last_digit: str  # see records.printed
    bound: str
    unit: str
    currency: str
    counted: str
    geography: str
    period_start: str
    period_end: str
    as_stated: str
    stated_usd: str  # as printed
    kind: str
    speaker: str
    said_on: str  # "" where the text does not say
    grade: str  # audited where the audit changes it
    note: str
    coded_grade: str = ""
    stated_zh: str = ""
    original: Original | None = None

    def _repr_html_(self) -> str:
        return fields_html(self)


@dataclass(frozen=True)
class Source:
    """A document: one row of ``sources.csv``."""

    source_id: str
    title: str
    short_en: str
    short_zh: str
    publisher: str
    speaker: str
    event_date: str
    page_date: str
    url: str
    text_file: str
    text_sha256: str
    retrieval: str
    note: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Records:
    """The tables of the data package.

    Parameters
    ----------
    sources, claims : DataFrame
        Documents, and official figures as stated; columns as in ``datapackage.json``.
    originals : DataFrame
        Claims in the Chinese of their speakers, where a Chinese text was read.
    series : DataFrame
        Context series of every file in ``data/series``, a citation on each row.
    series_index : DataFrame
        One row per series: title, unit, nature, theme (the file that holds it).
    events : DataFrame
        Dated steps of policy, 2014-2021.
    definitions : DataFrame
        Of whom or of what a figure is, stock or flow, how it came about, and where.
    denominators : DataFrame
        Which series is a valid denominator for which claim, and why.
    benchmarks : DataFrame
        Other official wordings of the same figures.
    assumptions : DataFrame
        What scenarios assume, each row with its source or with the reason why it has none.
    measures : DataFrame
        Policy measures of the documents: two codings and the adjudicated one.
    comparisons : DataFrame
        Which figure of a series says something of a claim, and how the two are related.
    conflicts : DataFrame
        Conflicts that the audit finds and that are known, each with its explanation.
    evidence : DataFrame
        Estimates that studies print, nulls included; a blank was not seen.
    """

    sources: pd.DataFrame
    claims: pd.DataFrame
    series: pd.DataFrame
    originals: pd.DataFrame = field(default_factory=pd.DataFrame)
    series_index: pd.DataFrame = field(default_factory=pd.DataFrame)
    events: pd.DataFrame = field(default_factory=pd.DataFrame)
    definitions: pd.DataFrame = field(default_factory=pd.DataFrame)
    denominators: pd.DataFrame = field(default_factory=pd.DataFrame)
    benchmarks: pd.DataFrame = field(default_factory=pd.DataFrame)
    assumptions: pd.DataFrame = field(default_factory=pd.DataFrame)
    measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    comparisons: pd.DataFrame = field(default_factory=pd.DataFrame)
    conflicts: pd.DataFrame = field(default_factory=pd.DataFrame)
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)

    def claim(self, claim_id: str) -> Claim:
        """One claim; raises UnknownIdError with the nearest ids."""
        one: Claim = _one(self, "claim", claim_id)
        return one

    def source(self, source_id: str) -> Source:
        """One document; raises UnknownIdError with the nearest ids."""
        one: Source = _one(self, "source", source_id)
        return one

    def series_rows(self, series_id: str) -> pd.DataFrame:
        """Rows of one series in order of time; raises UnknownIdError with the nearest ids."""
        known = _by_series(self)
        if series_id not in known:
            raise UnknownIdError("series", series_id, known)
        return known[series_id].copy()

    def series_titles(self, lang: str) -> dict[str, str]:
        """Title of each series by its identifier, in a language."""
        column = {"en": "title", "zh": "title_zh"}[lang]
        return dict(zip(self.series_index["series_id"], self.series_index[column], strict=True))


def _one(records: Records, what: str, wanted: str) -> Any:
    known = _by_id(records, what)
    if wanted not in known:
        raise UnknownIdError(what, wanted, known)
    return known[wanted]


@functools.lru_cache(maxsize=16)
def _by_series(records: Records) -> dict[str, pd.DataFrame]:
    """Rows of each series in order of time; a copy is handed out, so that nobody changes them."""
    ordered = records.series.sort_values("period_start", kind="stable")
    return {
        str(name): rows.reset_index(drop=True)
        for name, rows in ordered.groupby("series_id", sort=False)
    }


@functools.lru_cache(maxsize=16)
def _by_id(records: Records, what: str) -> dict[str, Any]:
    """The claims or the sources as frozen objects: looked up some thousand times for all charts."""
    if what == "source":
        return {row["source_id"]: Source(**row) for row in records.sources.to_dict("records")}
    originals = {row["claim_id"]: Original(**row) for row in records.originals.to_dict("records")}
    return {
        row["claim_id"]: Claim(**row, original=originals.get(row["claim_id"]))
        for row in records.claims.to_dict("records")
    }


def problems(folder: str | os.PathLike[str] | None = None) -> list[Problem]:
    """Every problem of the data folder in one run; an empty list means that all is well."""
    return _read(folder)[1]


def load(folder: str | os.PathLike[str] | None = None) -> Records:
    """Read and check all tables.

    Parameters
    ----------
    folder : path, optional
        Another data folder than the project's.

    Returns
    -------
    Records

    Raises
    ------
    DataError
        With every problem found: file, row, column, and what is allowed. Its message gives the first three
        kinds, and the command that lists everything.
    """
    chosen = data_folder(folder)
    return _load(
        chosen,
        tuple(
            (file, file.stat().st_mtime_ns, file.stat().st_size)
            for file in sorted(chosen.rglob("*.*"))
        ),
    )


@functools.lru_cache(maxsize=4)
def _load(folder: Path, stamp: tuple[tuple[Path, int, int], ...]) -> Records:
    """Read once for as long as no file changes: the stamp holds their times and sizes."""
    tables, found = _read(folder)
    if found:
        raise DataError(
            found,
            listed_by=f"analysis{'' if folder == PROJECT / 'data' else f' --data {shlex.quote(str(folder))}'} check --all",
        )
    tables = {name: _both(frame.reset_index(drop=True)) for name, frame in tables.items()}
    series = [
        tables[resource["name"]]
        for resource in descriptor(folder)["resources"]
        if resource["path"].startswith(SERIES)
    ]
    claims = _audited(tables["claims"], tables["audited_grades"])
    claims = claims.assign(stated_zh=_in_chinese(claims["claim_id"], tables["originals"]))
    own = {field.name: tables[field.name] for field in fields(Records) if field.name in tables}
    made = {"claims": claims, "series": pd.concat(series, ignore_index=True)}
    return Records(**own | made, series_index=tables["series"])


def _both(frame: pd.DataFrame) -> pd.DataFrame:
    """A table whose empty Chinese cells hold the English ones, as in a collection of one language."""
    for column in frame.columns:
        name = column.removesuffix("_zh")
        other = next((one for one in (name, f"{name}_en") if one in frame.columns), "")
        if column.endswith("_zh") and other and len(frame):
            frame[column] = frame[column].where(frame[column] != "", frame[other])
    return frame


def _audited(claims: pd.DataFrame, audited: pd.DataFrame) -> pd.DataFrame:
    """Claims with the audited grade in place of the coded one where there is one; the coded one beside it."""
    changed = dict(zip(audited["claim_id"], audited["grade"], strict=True))
    pairs = zip(claims["claim_id"], claims["grade"], strict=True)
    grades = pd.Series([changed.get(name, grade) for name, grade in pairs], index=claims.index)
    return claims.assign(coded_grade=claims["grade"], grade=grades.astype(claims["grade"].dtype))


def _in_chinese(claim_ids: pd.Series, originals: pd.DataFrame) -> pd.Series:
    """The words of the Chinese original of each claim; "" where none is known."""
    words = dict(zip(originals["claim_id"], originals["stated_zh"], strict=True))
    said = [words.get(name, "") for name in claim_ids]
    return pd.Series(said, index=claim_ids.index, dtype=originals["stated_zh"].dtype)


def _read(folder: str | os.PathLike[str] | None) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    chosen = data_folder(folder)
    resources = descriptor(chosen)["resources"]
    tables: dict[str, pd.DataFrame] = {}
    found: list[Problem] = []
    broken: dict[
        str, frozenset[str]
    ] = {}  # a table with problems, and the identifiers of its rows that have one
    for resource in resources:
        name = resource["name"]
        tables[name], wrong = read_table(chosen, resource)
        found += wrong
        if wrong:
            broken[name] = frozenset(problem.key for problem in wrong if problem.key)
    if absent := sorted(set(TABLES) - tables.keys()):
        found.append(Problem("datapackage.json", f"describes no table named {' or '.join(absent)}"))
        return tables, found
    found += _undeclared(chosen, {resource["path"] for resource in resources})
    themes = {resource["name"] for resource in resources if resource["path"].startswith(SERIES)}
    for resource in resources:
        found += _between_cells(resource, tables, broken, themes)
        found += rules.foreign_key_problems(tables, resource, set(broken))
    return tables, found


def _undeclared(folder: Path, declared: set[str]) -> list[Problem]:
    """Files of series that the descriptor does not name, so that nothing reads them."""
    files = (f"{SERIES}{path.name}" for path in sorted((folder / SERIES).glob("*.csv")))
    said = "is not described in datapackage.json, so that nothing reads it; describe it there, or take it away"
    return [Problem(file, said) for file in files if file not in declared]


def _between_cells(
    resource: dict[str, Any],
    tables: dict[str, pd.DataFrame],
    broken: dict[str, frozenset[str]],
    themes: set[str],
) -> list[Problem]:
    frame, path = tables[resource["name"]], resource["path"]
    match resource["name"]:
        case "claims":
            return rules.claim_problems(frame, set(tables["sources"]["source_id"]), path)
        case "originals":
            return rules.original_problems(frame, path)
        case "sources":
            return rules.source_problems(frame, path)
        case "events":
            return rules.event_problems(frame, path) + rules.address_problems(frame, path)
        case "benchmarks":
            return rules.benchmark_problems(frame, path) + rules.address_problems(frame, path)
        case "conflicts":
            return rules.address_problems(frame, path)
        case "comparisons" | "definitions" | "audited_grades":
            return []
        case "assumptions":
            return rules.assumption_problems(frame, path)
        case "evidence":
            return evidence_problems(frame, path)
        case "measures":
            if "claims" in broken:
                return []
            claims = tables["claims"]
            stated = dict(zip(claims["claim_id"], claims["value_low"], strict=True))
            (themes_field,) = (
                field for field in resource["schema"]["fields"] if field["name"] == "themes"
            )
            return rules.measure_problems(frame, stated, themes_field["codes"], path)
        case "denominators":
            known, judged = set(tables["claims"]["claim_id"]), set(tables["series"]["series_id"])
            return judgement_problems(frame, path) + (
                []
                if {"claims", "series"} & broken.keys()
                else register_problems(
                    frame, known, judged, file=path, failed=broken.get("denominators", frozenset())
                )
            )
        case "series":
            return (
                []
                if broken.keys() & themes
                else rules.index_problems(
                    frame, {name: set(tables[name]["series_id"]) for name in themes}, path
                )
            )
    if resource["name"] not in themes:
        return []
    index = tables["series"]
    units = {} if "series" in broken else dict(zip(index["series_id"], index["unit"], strict=True))
    return rules.address_problems(frame, path) + rules.series_problems(frame, path, units)
