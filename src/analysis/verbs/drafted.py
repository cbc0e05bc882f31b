"""Drafts held against their words and against the register, before anybody accepts them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pandas as pd

from analysis.audit.against import against_lists, against_other_documents, against_restatements
from analysis.audit.claims_table import claim_outcomes
from analysis.audit.outcome import Outcome
from analysis.bounds.rates import monthly_rates
from analysis.records.drafts import CLAIMS, SOURCES, Row, drafts
from analysis.records.load import Records, load
from analysis.records.paths import data_folder
from analysis.records.schema import BLANK

NUMBERS = ("value_low", "value_high")
RESTS_ON = {"bound": "bound", "unit": "unit", "period": "period_end"}  # check -> column


@dataclasses.dataclass(frozen=True)
class Audited:
    """What the audit says of the drafts of claims.

    Parameters
    ----------
    found : tuple of Outcome
        All but what passes: ``conflict``, ``warn`` and ``ambiguous``, each about a draft.
    passed : int
        Checks passed.
    unread : tuple of str
        Drafts without words or value, or of a source without a date, which cannot be checked yet.
    """

    found: tuple[Outcome, ...]
    passed: int
    unread: tuple[str, ...]

    @property
    def conflicts(self) -> int:
        """How many outcomes are conflicts."""
        return sum(one.status == "conflict" for one in self.found)


def audited_drafts(data: Path | None = None) -> Audited:
    """Run the checks of ``analysis check`` on the drafts as if they stood in the register.

    What is still a blank is not checked; everything else is: value, bound and unit against the
    words, period, restatements and other documents.

    Parameters
    ----------
    data : Path, optional
        The data folder; by default that of the records.
    """
    data = data or data_folder()
    known = drafts(data).values()
    claims = {row["claim_id"]: row for one in known for row in one.rows.get(CLAIMS, {}).values()}
    sources = [row for one in known for row in one.rows.get(SOURCES, {}).values()]
    undated = {row["source_id"] for row in sources if row["event_date"] in ("", BLANK)}
    ready = {
        name: row for name, row in claims.items() if _ready(row) and row["source_id"] not in undated
    }
    records = _with(load(data), list(ready.values()), sources)
    own = records.claims[records.claims["claim_id"].isin(list(ready))]
    about = [
        one
        for one in (
            *claim_outcomes(own, records.sources, monthly_rates(records)),
            *against_lists(records),
            *against_restatements(records),
            *against_other_documents(records),
        )
        if (own_ones := [name for name in one.subject.split() if name in ready])
        and not any(_blank(one, ready[name]) for name in own_ones)
    ]
    found = tuple(one for one in about if one.status != "pass")
    return Audited(found, len(about) - len(found), tuple(sorted({*claims} - {*ready})))


def _ready(row: Row) -> bool:
    """Whether a draft has words and values to check."""
    try:
        values = [float(row[name]) for name in NUMBERS]
    except ValueError:
        return False
    return all(values) and row["as_stated"] not in ("", BLANK)


def _blank(one: Outcome, row: Row) -> bool:
    """Whether an outcome rests on a cell that is still to be filled in."""
    column = RESTS_ON.get(one.check, "")
    return bool(column) and row[column] == BLANK


def _with(records: Records, claims: list[Row], sources: list[Row]) -> Records:
    """The records with drafts among them; a blank is an empty cell."""
    return dataclasses.replace(
        records,
        claims=_appended(records.claims, claims),
        sources=_appended(records.sources, sources),
    )


def _appended(table: pd.DataFrame, rows: list[Row]) -> pd.DataFrame:
    if not rows:
        return table
    cells = [{name: row.get(name, "").replace(BLANK, "") for name in table} for row in rows]
    more = pd.DataFrame(cells, dtype=object)
    for name, kind in table.dtypes.items():
        if kind.kind in "fi":
            more[name] = pd.to_numeric(more[name], errors="coerce").astype(float)
            more[name] = more[name].fillna(0).astype(kind) if kind.kind == "i" else more[name]
    return pd.concat([table, more.astype(table.dtypes)], ignore_index=True)
