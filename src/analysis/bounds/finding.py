"""A finding: a result with its formula, its inputs and its grade; one contract for every export."""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.records.definitions import break_problem, definition
from analysis.records.errors import QuantityError, UnknownIdError
from analysis.records.load import Records
from analysis.records.views import fields_html

GRADES = "ABCDX"  # from strong to contradicted
ASSUMED = "assumed:"
COUNTED = "number of "  # begins the formula of a number of claims, series or estimates
PUBLISHED = "published:"  # before the identifier of an estimate of evidence.csv
STABLE_DIGITS = 12  # digits that do not depend on the machine


@dataclass(frozen=True)
class Finding:
    """A result, in the contract of ``findings.csv``.

    Parameters
    ----------
    value_id : str
        Stable identifier, topic first.
    value, low, high : float
        Value at the stated figures, and the ends that they allow, in ``unit``.
    open_ended : str
        ``""``, ``"low"``, ``"high"`` or ``"both"`` (then the direction is unknown).
    formula : str
        Calculation with the identifiers of its inputs.
    inputs : tuple of str
        Claim ids, ``series@period``, ``published:`` estimates and ``assumed:`` names.
    evidence_grade : str
        Grade of the weakest claim used; without claims, of the weakest copy of a series or estimate.
    label_zh, period_zh : str
        Label and period in Chinese; "" where they are words of the data.
    counted : (int, int), optional
        Of a share of things counted: how many, and of how many.
    noun, noun_zh : str
        What it is within a sentence, where the label is no noun phrase.
    note_zh : str
        The note in Chinese.
    """

    value_id: str
    topic: str
    label: str
    value: float
    low: float
    high: float
    open_ended: str
    unit: str
    currency: str
    price_basis: str
    formula: str
    inputs: tuple[str, ...]
    period: str
    evidence_grade: str
    note: str
    label_zh: str = ""
    period_zh: str = ""
    counted: tuple[int, int] | None = None
    noun: str = ""
    noun_zh: str = ""
    note_zh: str = ""

    def _repr_html_(self) -> str:
        return fields_html(self)


COLUMNS = tuple(
    field.name
    for field in dataclasses.fields(Finding)
    if field.name not in ("label_zh", "period_zh", "counted", "noun", "noun_zh", "note_zh")
)
OPEN_ENDED = {"closed": "", "at least": "high", "at most": "low", "direction unknown": "both"}


def finding(
    records: Records,
    bounds: Bounds,
    value_id: str,
    *,
    label: str,
    period: str,
    note: str = "",
    label_zh: str = "",
    period_zh: str = "",
    across: tuple[str, ...] = (),
) -> Finding:
    """Freeze bounds into a finding; grade and inputs follow from what the bounds rest on.

    Parameters
    ----------
    records : Records
        Holds the claims that are graded.
    bounds : Bounds
        The result.
    value_id : str
        ``topic.slug``.
    label, period, note, label_zh, period_zh : str
        What it is, for which time, what must be said with it; the first two in Chinese.
    across : tuple of str
        Series whose break of definition the result crosses, and says so.

    Raises
    ------
    QuantityError
        If it crosses a break of definition undeclared, or is a ratio of two populations without a note.
    """
    if not bounds.formula.startswith(COUNTED):
        _check_definitions(records, bounds, value_id, across, note)
    currency = "/".join(code for code in ("CNY", "USD") if code in bounds.unit)
    return Finding(
        value_id=value_id,
        topic=value_id.split(".")[0],
        label=label,
        value=stable(bounds.value),
        low=stable(bounds.low),
        high=stable(bounds.high),
        open_ended=OPEN_ENDED[bounds.direction],
        unit=bounds.unit,
        currency=currency,
        price_basis="nominal" if currency else "",
        formula=bounds.formula,
        inputs=bounds.inputs,
        period=period,
        evidence_grade=_evidence_grade(records, bounds.inputs),
        note=note,
        label_zh=label_zh,
        period_zh=period_zh,
    )


def _check_definitions(
    records: Records, bounds: Bounds, value_id: str, across: tuple[str, ...], note: str
) -> None:
    used = definitions_used(records, bounds.inputs)
    if said := break_problem(used, across):
        raise QuantityError(f"{value_id}: {said}")
    if (
        not bounds.unit
        and not note
        and len(used) > 1
        and (found := _two_populations(records, used))
    ):
        raise QuantityError(
            f"{value_id}: a ratio of {' and '.join(found)} needs a note that says what is set against what"
        )


def definitions_used(records: Records, inputs: tuple[str, ...]) -> dict[str, list[frozenset[str]]]:
    """Series -> the definitions that each of its observations among the inputs of a result may be of."""
    used: dict[str, list[frozenset[str]]] = {}
    for name in (one for one in inputs if "@" in one):
        rows = observation_rows(records, name)
        used.setdefault(name.partition("@")[0], []).append(frozenset(rows["definition"]))
    return used


def _two_populations(records: Records, used: dict[str, list[frozenset[str]]]) -> list[str]:
    """What the series of one unit count, where a result rests on several and it is not one thing."""
    rows = records.series_index[records.series_index["series_id"].isin(used)]
    for _, alike in rows.groupby("unit")["series_id"]:
        found = {
            definition(records, name).population_en
            for series_id in alike
            for one in used[series_id]
            for name in one
        }
        if len(alike) > 1 and len(found) > 1:
            return sorted(found)
    return []


def _evidence_grade(records: Records, inputs: tuple[str, ...]) -> str:
    """Grade of the weakest claim among the inputs; without claims, of the weakest copy."""
    claims = [
        records.claim(name).grade
        for name in inputs
        if "@" not in name and not name.startswith((ASSUMED, PUBLISHED))
    ]
    grades = claims or [
        _copy_grade(records, name) for name in inputs if "@" in name or name.startswith(PUBLISHED)
    ]
    return max(grades, key=GRADES.index, default="")


def _copy_grade(records: Records, name: str) -> str:
    """Grade of the best copy of an observation, or of a published estimate, for findings that rest on no claim."""
    if name.startswith(PUBLISHED):
        return str(estimate_row(records, name)["grade"])
    return min(map(str, observation_rows(records, name)["grade"]), key=GRADES.index)


def estimate_row(records: Records, name: str) -> pd.Series:
    """The row of evidence.csv behind an input named ``published:estimate_id``; raises UnknownIdError with the nearest ids."""
    wanted, known = name.removeprefix(PUBLISHED), _estimates(records)
    if wanted not in known:
        raise UnknownIdError("published estimate", wanted, known)
    return known[wanted]


@functools.lru_cache(maxsize=16)
def _estimates(records: Records) -> dict[str, pd.Series]:
    return {str(row["estimate_id"]): row for _, row in records.evidence.iterrows()}


@functools.lru_cache(maxsize=4096)
def observation_rows(records: Records, name: str) -> pd.DataFrame:
    """The rows of series behind an input named ``series@start`` or ``series@start/end``.

    A rate stands for its mean, its lowest and its highest day. The rows are shared: read them only.
    """
    series_id, _, period = name.partition("@")
    start, _, end = period.partition("/")
    parts = [f"{series_id}-{what}" for what in ("mean", "low", "high")]
    rows = records.series[records.series["series_id"].isin([series_id, *parts])]
    rows = rows[rows["period_start"].str.startswith(start)]
    return rows[rows["period_end"] == end] if end else rows


def stable(value: float) -> float:
    """A number rounded to the digits that every machine agrees on.

    Examples
    --------
    >>> stable(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{STABLE_DIGITS}g}")


def findings_frame(found: tuple[Finding, ...]) -> pd.DataFrame:
    """Findings as a table in the contract's columns; inputs joined by "; "."""
    rows = [
        {name: getattr(one, name) for name in COLUMNS} | {"inputs": "; ".join(one.inputs)}
        for one in found
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
