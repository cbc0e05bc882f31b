"""Claims held against other figures: series, the other language, other documents, and lists of measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit import stated
from analysis.audit.claims_table import numbered
from analysis.audit.outcome import Outcome, Row, outcome
from analysis.audit.pairs import CONTAINS, CUMULATIVE, RUNNING, SAME, drift, judged, related, told
from analysis.audit.series_table import CUMULATIVE as ADDING_UP
from analysis.audit.totals import OUR_CODING, enumerated, slip_of_ten, standing_still
from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import RESTATEMENT, as_restated, claim_bounds, in_languages
from analysis.bounds.intervals import Interval
from analysis.bounds.observed import observed
from analysis.methods.consistency import Check, monotone
from analysis.records.definitions import counted_by_claim, counted_by_row
from analysis.records.load import Records
from analysis.records.periods import first_day, last_day

LISTED = "list of the same"
ORIGINAL = "original"  # what a claim is held against, in the subject of an outcome
NOT_NAMED = "announced but not named"
TWICE = ["indicator", "geography", "unit", "counted", "period_end"]


def places(records: Records) -> dict[str, Row]:
    """The row of every claim and of every document."""
    return {
        row.key: row
        for row, _ in (
            *numbered(records.claims, "claims.csv", "claim_id"),
            *numbered(records.sources, "sources.csv", "source_id"),
        )
    }


def against_series(records: Records, rows: list[tuple[Row, dict[str, Any]]]) -> Iterator[Outcome]:
    """Whether the claim and the figure of the series can be true together, for each pair of ``comparisons.csv``.

    Parameters
    ----------
    records : Records
    rows : list of (Row, dict)
        Rows of the series with their places, as ``numbered_series`` gives them.
    """
    own = places(records)
    natures = dict(records.series_index[["series_id", "nature"]].itertuples(index=False, name=None))
    for pair in records.comparisons.to_dict("records"):
        claim_id, series_id, relation = pair["claim_id"], pair["series_id"], pair["relation"]
        start, _, end = pair["period"].partition("/")
        subject = f"{claim_id} / {series_id}@{pair['period']}"
        if relation == LISTED:
            used = [
                (place, row)
                for place, row in rows
                if row["series_id"] == series_id
                and first_day(start) <= first_day(row["period_start"]) <= last_day(end or start)
            ]
            listed = len({row["value"] for _, row in used})
            stated = records.claim(claim_id).value_low
            found = {"enumeration": enumerated(stated, listed=listed, where="in the series")}
        else:
            (name,) = observed(records, series_id, start, last=end or None).inputs
            used = [
                (place, row)
                for place, row in rows
                if place.key == name.partition("/")[0] and (not end or row["period_end"] == end)
            ]
            found = {"outside figure": _pair(records, pair, used[0][1])}
        if relation == CUMULATIVE:
            found["power of ten"] = slip_of_ten(_told(records, pair, used[0][1]))
        if relation == SAME and natures[series_id] == ADDING_UP:
            found["standing still"] = _still(records, claim_id, [row for _, row in used])
        for check, result in found.items():
            yield outcome(check, subject, result, own[claim_id], *(place for place, _ in used))


def _pair(records: Records, pair: dict[str, Any], row: dict[str, Any]) -> Check:
    """What the two figures say, and what their definitions leave of it."""
    relation = pair["relation"]
    if relation in RUNNING:
        check = monotone(_told(records, pair, row))
    else:
        claim, other = _both(records, pair)
        check = related(_ends(claim), _ends(other), relation, tolerance=pair["tolerance"])
    counted = counted_by_claim(records, pair["claim_id"]), counted_by_row(records, row)
    return judged(check, *counted, relation)


def _ends(bounds: Bounds) -> Interval:
    return Interval(bounds.low, bounds.high)


def _both(records: Records, pair: dict[str, Any]) -> tuple[Bounds, Bounds]:
    start, _, end = pair["period"].partition("/")
    return claim_bounds(records.claim(pair["claim_id"])), observed(
        records, pair["series_id"], start, last=end or None
    )


def _told(records: Records, pair: dict[str, Any], row: dict[str, Any]) -> pd.DataFrame:
    """The claim and the other figure as one running total."""
    claim, other = _both(records, pair)
    claimed = records.claim(pair["claim_id"])
    until = claimed.period_end or records.source(claimed.source_id).event_date
    return told(
        (_ends(claim), _ends(other)),
        values=(claim.value, other.value),
        ends=(until, row["period_end"]),
    )


def _still(records: Records, claim_id: str, rows: list[dict[str, Any]]) -> Check:
    claim = records.claim(claim_id)
    said = [
        (records.source(claim.source_id).event_date, claim.value_low),
        *((row["published"], row["value"]) for row in rows if row["published"]),
    ]
    return standing_still(pd.DataFrame(said, columns=["said", "value"]))


def against_originals(records: Records) -> Iterator[Outcome]:
    """Whether the Chinese original says its row's figure, the English one's too, and counts the same thing."""
    own = places(records)
    for place, row in numbered(records.originals, "originals.csv", "claim_id"):
        claim, words = records.claim(row["claim_id"]), row["stated_zh"]
        values = row["value_low"], row["value_high"]
        english, chinese = (_ends(claim_bounds(one)) for one in in_languages(claim).values())
        number = related(english, chinese, SAME)
        thing = drift(f"{claim.counted}; {claim.as_stated}", row["counted"])
        found = {
            "parse": stated.parse(words, *values),
            "bound": stated.bound(words, row["bound"], *values),
            "translation": number if number.status == "conflict" else thing,
        }
        for check, result in found.items():
            subject = f"{claim.claim_id} / {ORIGINAL}"
            yield outcome(check, subject, result, own[claim.claim_id], place)


def against_restatements(records: Records) -> Iterator[Outcome]:
    """Whether each other wording of ``benchmarks.csv`` has the same number, and counts the same thing."""
    own = places(records)
    for place, row in numbered(records.benchmarks, "benchmarks.csv", "benchmark_id"):
        claim, restated = records.claim(row["claim_id"]), row["relation"] == RESTATEMENT
        other = as_restated(claim, row)
        ends = _ends(claim_bounds(claim)), _ends(claim_bounds(other))
        found = {"between documents": related(*ends, SAME if restated else CONTAINS)}
        if restated:
            counted = f"{claim.counted}; {claim.as_stated}"
            found["translation"] = drift(counted, row["what"])
        subject = f"{claim.claim_id} / {row['benchmark_id']}"
        for check, result in found.items():
            yield outcome(check, subject, result, own[claim.claim_id], place)


def against_other_documents(records: Records) -> Iterator[Outcome]:
    """Whether the figures of two documents on one thing, place and time meet."""
    own = places(records)
    for _, rows in records.claims.groupby(TWICE, sort=False):
        if rows["source_id"].nunique() < 2:
            continue
        first, *others = rows["claim_id"]
        ends = {name: _ends(claim_bounds(records.claim(name))) for name in rows["claim_id"]}
        for other in others:
            check, subject = related(ends[first], ends[other], SAME), f"{first} / {other}"
            yield outcome("between documents", subject, check, own[first], own[other])


def against_lists(records: Records) -> Iterator[Outcome]:
    """Claims that count measures, against the measures that their document lists."""
    own = places(records)
    listed = list(numbered(records.measures, "measures.csv", "measure_id"))
    for claim in records.claims[records.claims["kind"] == "count_of_measures"].itertuples():
        items = [(place, row) for place, row in listed if row["counted_by"] == claim.claim_id]
        unnamed = sum(row["status"] == NOT_NAMED for _, row in items)
        named = _named(records, claim.claim_id)
        found = len(items) - unnamed if items else len(named)
        where = "in the sentence" if named and not items else OUR_CODING
        check = enumerated(claim.value_low, listed=found, unnamed=unnamed, where=where)
        used = own[claim.claim_id], *(place for place, _ in items)
        yield outcome("enumeration", claim.claim_id, check, *used)


def _named(records: Records, claim_id: str) -> list[str]:
    """What the sentence of a claim that counts things names, as ``definitions.csv`` has it."""
    rows = records.definitions.loc[records.definitions["definition_id"] == claim_id, "named"]
    return [one for named in rows for one in named.split("; ") if one]
