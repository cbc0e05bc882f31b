"""Claims audit: which rows each check gets, which conflicts are known, and what follows for the grades."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit.against import (
    LISTED,
    against_lists,
    against_originals,
    against_other_documents,
    against_restatements,
    against_series,
)
from analysis.audit.claims_table import COUNTED_UP, claim_outcomes, source_outcomes
from analysis.audit.dates import page_date
from analysis.audit.growth import growth_outcomes
from analysis.audit.outcome import CHECKS, OUTSIDE, Outcome, outcomes_frame, worst
from analysis.audit.pairs import SAME
from analysis.audit.series_table import numbered_series, series_outcomes
from analysis.bounds.claims import bounds_of, read_from
from analysis.bounds.finding import GRADES
from analysis.bounds.observed import observed
from analysis.bounds.rates import monthly_rates
from analysis.records.errors import Problem
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, count, result
from analysis.words.wording import cardinal

JOBS, FUNDS, FEES = (
    "scio-2021.ecommerce-jobs",
    "rural-ecommerce-opinions-2015.special-funds",
    "scio-2021.canton-fees",
)
FIRST_SESSION, END_OF_125 = "2017-10", "2019-05"  # as the cumulative fees of the fair are dated
JOBS_BEFORE, FUNDS_OTHER, FEES_CUM = (
    "pc-ecom-labour-claim",
    "demo-funds",
    "canton-poverty-fee-exempted-cum",
)
SERIES = (
    JOBS_BEFORE,
    FUNDS_OTHER,
    FEES_CUM,
    "rural-ecom-jobs-claim",
    "poor-ecom-claim",
    "housekeeping-employment",
    "labour-dispatched-total",
    "mofcom-labour-income-stated",
    "canton-fair-session",
    "canton-poverty-deals-cum",
    "canton-export-turnover-usd",
    "cn-border-pop",
    "wb-lifted",
    "cn-povvillages",
    "cn-rpov-n-2010std",
    "demo-counties-batch",
    "longnan-shops",
    "hn-povcounties",
    "hunan-prov-fund",
    "cn-povarea-inc-growth-stated",
    "cn-regpoor-n",
    "rural-online-retail",
    "agri-online-retail",
    "pc-online-retail",
)
UNRESOLVED, UNDECLARED, DIFFERS = "unresolved", "undeclared", "differs"
CONFLICT, UNDECIDED, PASSED = "conflict", "ambiguous", "pass"
AGREED, CONTRADICTED = "A", "X"
ABOUT_FIGURES = tuple(name for name, origin in CHECKS.items() if origin == OUTSIDE)
SHOWN = ("impact", "input")  # kinds of the tile map
QUOTED = ("impact", "input", "coverage", "context")  # kinds that a writer quotes as facts
NO_NOTE = "A single case, undated, or in doubt."
AGREEING = ("outside figure", "enumeration")
WEAK = ("D", CONTRADICTED)


@functools.lru_cache(maxsize=8)
def outcomes(records: Records) -> tuple[Outcome, ...]:
    """Every outcome of every check of claims, documents, series and pairs of figures."""
    rates, index = monthly_rates(records), records.series_index
    rows = numbered_series(
        records.series, dict(zip(index["series_id"], index["theme"], strict=True))
    )
    return (
        *claim_outcomes(records.claims, records.sources, rates),
        *source_outcomes(records.claims, records.sources, rates),
        *against_lists(records),
        *against_originals(records),
        *against_restatements(records),
        *against_other_documents(records),
        *against_series(records, rows),
        *series_outcomes(
            rows, dict(zip(index["series_id"], index["nature"], strict=True)), _kinds(records)
        ),
        *growth_outcomes(records, rows),
    )


def _kinds(records: Records) -> dict[str, tuple[str, str, str]]:
    rows = records.definitions[["definition_id", "population_en", "measure", "place_en"]]
    return {name: (people, how, where) for name, people, how, where in rows.itertuples(index=False)}


def outcome_table(records: Records) -> pd.DataFrame:
    """Outcomes as a table: ``check``, ``subject``, ``status``, ``reason``, ``rows``, ``origin``."""
    return outcomes_frame(outcomes(records))


def differences(records: Records) -> pd.DataFrame:
    """Every conflict found, and every known difference in which both figures can be true.

    Returns
    -------
    DataFrame
        ``conflict_id`` ("" if undeclared), ``check``, ``subject``, ``status``, ``origin``, ``reason``,
        ``rows``, ``declared`` (or "undeclared"), ``explanation``, ``source``.
    """
    found = outcome_table(records).query("status != @PASSED")
    known = records.conflicts.rename(columns={"declared_status": "declared"})[
        ["conflict_id", "check", "subject", "declared", "explanation", "source"]
    ]
    joined = found.merge(known, on=["check", "subject"], how="left")
    joined = joined.astype(dict.fromkeys(known.columns, "str"))  # also where nothing is declared
    joined = joined[(joined["status"] == CONFLICT) | joined["declared"].notna()]
    columns = ["conflict_id", "check", "subject", "status", "origin", "reason", "rows", "declared"]
    data = joined.fillna({"declared": UNDECLARED}).fillna("")
    return data[[*columns, "explanation", "source"]].reset_index(drop=True)


def conflict_problems(records: Records) -> list[Problem]:
    """Conflicts that nobody declared, and declared differences that the audit no longer finds."""
    known = set(records.conflicts[["check", "subject"]].itertuples(index=False, name=None))
    noted = {(one.check, one.subject): one for one in outcomes(records) if one.status != PASSED}
    found = {pair: one for pair, one in noted.items() if one.status == CONFLICT}
    problems = [
        Problem(
            one.rows[0].file,
            f"{one.check}: {one.subject}: {one.reason}; mend it, or declare it in conflicts.csv with its explanation",
            one.rows[0].number,
            key=one.rows[0].key,
            kind=f"fails the check '{one.check}'; mend it, or declare it in conflicts.csv with its explanation",
        )
        for pair, one in found.items()
        if pair not in known
    ]
    return problems + [
        Problem(
            "conflicts.csv",
            f"{row.check}: {row.subject}: is declared, but the audit finds no such difference; take it out",
            number,
            "subject",
            row.conflict_id,
            "is declared, but the audit finds no such difference; take it out",
        )
        for number, row in enumerate(records.conflicts.itertuples(), 2)
        if (row.check, row.subject) not in noted
    ]


def known_differences(records: Records) -> tuple[list[str], list[str]]:
    """One line for each declared conflict that the audit finds, and for each declared difference that is none."""
    table = differences(records).query("declared != @UNDECLARED")
    struck = table["status"] == CONFLICT
    conflicts, others = (
        [
            f"{row.conflict_id} ({row.declared}): {row.subject}: {row.reason}"
            for row in rows.itertuples()
        ]
        for rows in (table[struck], table[~struck])
    )
    return conflicts, others


def claim_of(records: Records, subject: str) -> str:
    """The claim that a subject is about; "" if it is about a document or a series."""
    name = subject.split(" / ")[0]
    return name if name in set(records.claims["claim_id"]) else ""


def tiles(records: Records) -> pd.DataFrame:
    """Claims × checks: the worst outcome of each check of each claim; what holds of a document holds of its claims.

    Returns
    -------
    DataFrame
        ``claim_id``, ``source_id``, ``kind``, ``check``, ``status``; a pair without an outcome has no row.
    """
    table = outcome_table(records)
    own = table.assign(claim_id=[claim_of(records, one) for one in table["subject"]]).query(
        "claim_id != ''"
    )
    claims = records.claims[["claim_id", "source_id", "kind"]]
    documents = (
        table[table["check"].isin(["page date", "event date"])]
        .rename(columns={"subject": "source_id"})
        .merge(claims[["claim_id", "source_id"]], on="source_id")
    )
    both = pd.concat(
        [own[["claim_id", "check", "status"]], documents[["claim_id", "check", "status"]]]
    )
    found = both.groupby(["claim_id", "check"], sort=False)["status"].agg(worst).reset_index()
    return claims.merge(found, on="claim_id")


def by_origin(records: Records) -> pd.DataFrame:
    """How many checks of each origin end how.

    Returns
    -------
    DataFrame
        ``origin`` (document, metadata, outside), ``check``, and the number of outcomes of each status.
    """
    table = outcome_table(records)
    counts = (
        table.groupby(["origin", "check", "status"])
        .size()
        .unstack(fill_value=0)
        .reindex(columns=["pass", "ambiguous", "warn", CONFLICT], fill_value=0)
    )
    return counts.reset_index().rename_axis(columns=None)


def audited_grades(records: Records) -> pd.DataFrame:
    """What the audit makes of the coded grades; ``data/audited_grades.csv`` holds what it changes.

    X: an unresolved or undeclared conflict with another official figure. A: a figure that another
    body counted by its own means agrees. Else the coded grade stands.

    Returns
    -------
    DataFrame
        ``claim_id``, ``coded``, ``audited``, ``changed`` (bool), ``why``.
    """
    rows, contradicted = [], _contradictions(records)
    for claim in records.claims.itertuples():
        against, agreeing = (
            contradicted.get(claim.claim_id, ""),
            _agreements(records, claim.claim_id),
        )
        grade, why = (
            (CONTRADICTED, against)
            if against
            else (AGREED, agreeing[0])
            if agreeing and claim.coded_grade in "BC"
            else (claim.coded_grade, "")
        )
        rows.append((claim.claim_id, claim.coded_grade, grade, grade != claim.coded_grade, why))
    return pd.DataFrame(rows, columns=["claim_id", "coded", "audited", "changed", "why"])


def _contradictions(records: Records) -> dict[str, str]:
    """Claim -> the first figure that contradicts it and that nothing resolves."""
    table = differences(records)
    own = table[
        (table["status"] == CONFLICT)
        & table["check"].isin(ABOUT_FIGURES)
        & table["declared"].isin([UNRESOLVED, UNDECLARED])
    ]
    return {
        name: f"{row.subject}: {row.reason}"
        for row in reversed(list(own.itertuples()))
        if (name := claim_of(records, row.subject))
    }


def _agreements(records: Records, claim_id: str) -> list[str]:
    """Independent figures that agree: also with an open claim only up to its next digit, or it would agree with anything."""
    pairs = records.comparisons
    chosen = pairs[
        (pairs["claim_id"] == claim_id)
        & pairs["relation"].isin([SAME, LISTED])
        & (pairs["independent"] == "yes")
    ]
    subjects = {
        f"{row.claim_id} / {row.series_id}@{row.period}": row for row in chosen.itertuples()
    }
    passed = [
        one.subject
        for one in outcomes(records)
        if one.subject in subjects and one.check in AGREEING and one.status == "pass"
    ]
    return [
        f"{name}: {subjects[name].reason}"
        for name in passed
        if subjects[name].relation == LISTED or _near(records, subjects[name])
    ]


def _near(records: Records, pair: Any) -> bool:
    start, _, end = pair.period.partition("/")
    claim, other = (
        bounds_of(records, pair.claim_id, reading="next digit"),
        observed(records, pair.series_id, start, last=end or None),
    )
    return claim.low <= other.high and other.low <= claim.high


def needs_note(records: Records) -> pd.DataFrame:
    """What nobody should quote without a note: claims that differ from another figure or wording, stand still, or have the weakest grade.

    Returns
    -------
    DataFrame
        ``claim_id``, ``audited`` (grade), ``why`` (the checks, or the grade), ``note`` (explanation or reason).
    """
    table = outcome_table(records)
    told = {(row.check, row.subject): row.explanation for row in differences(records).itertuples()}
    known = [(row.check, row.subject) in told for row in table.itertuples()]
    differing = pd.Series(known, index=table.index)
    flagged = table[
        differing | (table["check"].isin(["standing still"]) & (table["status"] == "warn"))
    ]
    rows = []
    grades = audited_grades(records).set_index("claim_id")["audited"]
    for claim in records.claims[records.claims["kind"].isin(QUOTED)].itertuples():
        own = [
            row for row in flagged.itertuples() if claim_of(records, row.subject) == claim.claim_id
        ]
        if own:
            notes = [
                told.get((row.check, row.subject), f"{row.reason[0].upper()}{row.reason[1:]}.")
                for row in own
            ]
            rows.append(
                (
                    claim.claim_id,
                    grades[claim.claim_id],
                    "; ".join(dict.fromkeys(row.check for row in own)),
                    " ".join(dict.fromkeys(notes)),
                )
            )
        elif grades[claim.claim_id] in WEAK:
            rows.append((claim.claim_id, grades[claim.claim_id], "grade", claim.note or NO_NOTE))
    return pd.DataFrame(rows, columns=["claim_id", "audited", "why", "note"])


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings of the audit: how many claims, and how far official figures stand apart."""
    if records.claims.empty:
        return
    coded = records.claims.set_index("claim_id")["coded_grade"]
    years, number = records.sources["event_date"].str[:4], len(records.sources)
    covered = f"{cardinal(number)} documents, {years.min()} to {years.max()}"
    for slug, claims in _counts(records).items():
        grade = max(coded[claims], key=GRADES.index, default=None)
        one = count(f"audit.{slug}", claims, grade=grade)
        yield dataclasses.replace(one, values={"covered": covered})
    for slug, group in _differing(records).items():
        keys = _keys(records, group)
        grade = max(coded[coded.index.isin(keys)], key=GRADES.index, default=None)
        one = count(f"audit.{slug}", keys, len(group), grade=grade)
        yield dataclasses.replace(one, values={"covered": covered})
    if {JOBS, FUNDS, FEES} <= set(records.claims["claim_id"]):
        yield from _apart(records)


def _counts(records: Records) -> dict[str, list[str]]:
    """Groups of claims that are counted."""
    named, grades = tiles(records), audited_grades(records).groupby("audited")["claim_id"]
    late = (named["check"] == "page date") & named["status"].isin(["warn", CONFLICT])
    shown = records.claims[records.claims["kind"].isin(SHOWN)]
    counted = records.claims[records.claims["kind"].isin(COUNTED_UP)]
    graded = {grade: list(ids) for grade, ids in grades}
    groups = {
        "claims": records.claims["claim_id"],
        "claims-held-against-figures": named.loc[named["check"].isin(ABOUT_FIGURES), "claim_id"],
        "claims-in-conflict": named.loc[named["status"] == CONFLICT, "claim_id"],
        "claims-contradicted": graded.get(CONTRADICTED, []),
        "claims-contested": contested(records),
        "claims-agreed": graded.get(AGREED, []),
        "claims-on-late-pages": named.loc[late & _years_late(records, named), "claim_id"],
        "impact-and-input": shown["claim_id"],
        "impact-and-input-confirmed": [
            name for name in shown["claim_id"] if name in graded.get(AGREED, [])
        ],
        "impact-and-input-contested": [
            name for name in shown["claim_id"] if name in contested(records)
        ],
        "claims-without-start": counted.loc[counted["period_start"] == "", "claim_id"],
        "claims-that-add-up": counted["claim_id"],
        "claims-to-note": needs_note(records)["claim_id"],
        "claims-with-original": records.originals["claim_id"],
        "claims-worded-otherwise": _worded_otherwise(records),
        "claims-of-fewer-people": _worded_otherwise(records, "people"),
        "claims-with-digits-lost": _worded_otherwise(records, "digits"),
    }
    return {slug: list(dict.fromkeys(ids)) for slug, ids in groups.items()}


def _worded_otherwise(records: Records, what: str = "") -> list[str]:
    """Claims whose Chinese original differs from the English text: in anything, or in one respect."""
    kinds = records.originals["differs"].str.split("; ")
    differs = records.originals["differs"] != ""
    return list(
        records.originals.loc[
            kinds.map(lambda found: what in found) if what else differs, "claim_id"
        ]
    )


def originals(records: Records) -> pd.DataFrame:
    """Each claim whose Chinese original differs from the English text: in what, and which figure is read.

    Returns
    -------
    DataFrame
        ``claim_id``, ``english`` and ``chinese`` (the words), ``differs`` (the respects), ``difference``
        (in words), ``read`` (English or Chinese: the text whose figure is read).
    """
    rows = []
    for claim in map(records.claim, _worded_otherwise(records)):
        one, read = claim.original, "English" if read_from(claim) is claim else "Chinese"
        if one:
            words = (claim.as_stated, one.stated_zh, one.differs, one.difference)
            rows.append((claim.claim_id, *words, read))
    columns = ["claim_id", "english", "chinese", "differs", "difference", "read"]
    return pd.DataFrame(rows, columns=columns)


def _differing(records: Records) -> dict[str, list[Outcome]]:
    """Groups of differences that are counted: all, contradictions, and those in which both figures can be true."""
    noted = set(differences(records)[["check", "subject"]].itertuples(index=False, name=None))
    found = [one for one in outcomes(records) if (one.check, one.subject) in noted]
    return {
        "differences": found,
        "differences-outside": [one for one in found if one.origin == OUTSIDE],
        "conflicts": [one for one in found if one.status == CONFLICT],
    }


def contested(records: Records) -> list[str]:
    """Claims beside which another official figure stands that could be true only if it counts something else."""
    table = differences(records)
    own = table[
        table["check"].isin(ABOUT_FIGURES)
        & (table["status"] == UNDECIDED)
        & (table["declared"] == DIFFERS)
    ]
    return [name for one in own["subject"] if (name := claim_of(records, one))]


def _years_late(records: Records, named: pd.DataFrame) -> pd.Series:
    """Whether the page of each claim is dated years after the event, as a repost is."""
    rows = records.sources.itertuples()
    late = {
        row.source_id for row in rows if page_date(row.event_date, row.page_date).status == CONFLICT
    }
    return named["source_id"].isin(late)


def _keys(records: Records, group: list[Outcome]) -> list[str]:
    """Claims and observations that outcomes rest on; of a document, its claims."""
    keys: set[str] = set()
    for row in (row for one in group for row in one.rows):
        if row.file == "sources.csv":
            keys |= set(records.claims.loc[records.claims["source_id"] == row.key, "claim_id"])
        elif row.file != "benchmarks.csv":
            keys.add(row.key)
    return sorted(keys)


def _apart(records: Records) -> Iterator[Result]:
    jobs, funds, fees = (bounds_of(records, name) for name in (JOBS, FUNDS, FEES))
    yield result(
        "audit.funds-of-2015-other-over-stated", observed(records, FUNDS_OTHER, "2015") / funds
    )
    yield result("audit.jobs-2020-over-2021", observed(records, JOBS_BEFORE, "2020-03-31") / jobs)
    yield result(
        "audit.fees-to-125-over-128",
        observed(records, FEES_CUM, FIRST_SESSION, last=END_OF_125) / fees,
    )
