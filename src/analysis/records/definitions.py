"""Definitions: of whom or of what a figure is, and whether two figures are of one definition."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.records.errors import Problem, QuantityError, UnknownIdError
from analysis.records.load import Records
from analysis.records.periods import first_day, last_day

NOT_STATED = "not stated"
COMPARED = ("population", "measure", "place")
OVER_TIME = ("flow", "cumulative")  # measures that mean little without a beginning
PERSON = "person"


@dataclass(frozen=True)
class Definition:
    """One row of ``definitions.csv``."""

    definition_id: str
    population_en: str
    population_zh: str
    measure: str
    basis: str
    standard_en: str
    standard_zh: str
    place_en: str
    place_zh: str
    since: str
    until: str
    named: str
    note_en: str
    note_zh: str


@dataclass(frozen=True)
class Counted:
    """What a figure counts, as the data say it; "not stated" where they do not.

    Parameters
    ----------
    population, measure, place : str
        Who or what; stock, flow or cumulative; where.
    since, until : str
        From when to when; a stock has only the day that it is of.
    """

    population: str
    measure: str
    place: str
    since: str
    until: str


@functools.lru_cache(maxsize=8)
def _by_id(records: Records) -> dict[str, Definition]:
    return {
        row["definition_id"]: Definition(**row) for row in records.definitions.to_dict("records")
    }


def definition(records: Records, definition_id: str) -> Definition:
    """One definition; a claim's has the identifier of the claim. Raises UnknownIdError with the nearest ids."""
    known = _by_id(records)
    if definition_id not in known:
        raise UnknownIdError("definition", definition_id, known)
    return known[definition_id]


def counted_by_claim(records: Records, claim_id: str) -> Counted:
    """What a claim counts: its definition, and the period of the claim where the definition adds none."""
    own, claim = definition(records, claim_id), records.claim(claim_id)
    return Counted(
        own.population_en,
        own.measure,
        own.place_en or claim.geography,
        own.since or claim.period_start or NOT_STATED,
        own.until or claim.period_end or NOT_STATED,
    )


def counted_by_row(records: Records, row: pd.Series | dict[str, str]) -> Counted:
    """What a row of a series counts."""
    own = definition(records, row["definition"])
    return Counted(
        own.population_en,
        own.measure,
        own.place_en or row["geography"],
        row["period_start"],
        row["period_end"],
    )


def doubts(first: Counted, second: Counted, *, one_period: bool = True) -> list[str]:
    """In what two figures differ, or may differ because one of them does not say it; empty if in nothing.

    Parameters
    ----------
    first, second : Counted
    one_period : bool
        Whether they must be of one period; otherwise only of one beginning, as running totals are.

    Examples
    --------
    >>> total = Counted("farmers with work", "cumulative", "not stated", "not stated", "2021-08-23")
    >>> stock = Counted("workers", "stock", "832 counties", "2020-03-31", "2020-03-31")
    >>> doubts(total, stock)[0]
    "population: 'farmers with work' and 'workers'"
    """
    pairs = {name: (getattr(first, name), getattr(second, name)) for name in COMPARED}
    if {first.measure, second.measure} & set(OVER_TIME):
        pairs["since"] = first.since, second.since
    if one_period:
        pairs["until"] = first.until, second.until
    return [
        f"{name}: {a!r} and {b!r}"
        for name, (a, b) in pairs.items()
        if NOT_STATED in (a, b) or not _alike(name, a, b)
    ]


def _alike(name: str, first: str, second: str) -> bool:
    """Whether two words are the same, or two dates share a day."""
    if name in COMPARED:
        return first == second
    return first_day(first) <= last_day(second) and first_day(second) <= last_day(first)


def only_definition(rows: pd.DataFrame, series_id: str) -> None:
    """Refuse rows of a series that are of several definitions: no line is drawn and no growth computed across them.

    Raises
    ------
    QuantityError
        With the definitions and their years.
    """
    years = rows.groupby("definition", sort=False)["period_end"].agg(["min", "max"])
    if len(years) > 1:
        said = "; ".join(
            f"{name} ({low[:4]} to {high[:4]})" for name, low, high in years.itertuples()
        )
        raise QuantityError(
            f"{series_id} is of {len(years)} definitions: {said}; name one with definition=, or declare the break with across=True and draw it"
        )


def break_problem(used: Mapping[str, Sequence[frozenset[str]]], across: Iterable[str]) -> str:
    """Why observations may not stand in one result, as a phrase; "" if they may.

    Parameters
    ----------
    used : mapping
        Series -> for each of its observations that the result rests on, the definitions that it may be of.
    across : iterable of str
        Series whose break the result declares.
    """
    broken = {
        name: sets
        for name, sets in used.items()
        if len(sets) > 1 and not frozenset.intersection(*sets)
    }
    declared = set(across)
    for name, sets in broken.items():
        if name not in declared:
            said = " and ".join(dict.fromkeys(one for found in sets for one in sorted(found)))
            return f"{name} changes its definition between the periods used ({said}); a result across the break declares it with across = {name!r} beside its words, and its note says so"
    if idle := sorted(declared - set(broken)):
        return f"across names {', '.join(idle)}, and the result crosses no break of it"
    return ""


def definition_problems(records: Records) -> list[Problem]:
    """Claims that count people, or that are held against a series, without a definition; and words that mean two things."""
    known = _by_id(records)
    people = records.claims.loc[records.claims["unit"] == PERSON, "claim_id"]
    needed = dict.fromkeys([*people, *records.comparisons["claim_id"]])
    kind = "counts people or is held against a series, and has no definition in definitions.csv"
    found = [
        Problem("claims.csv", kind, key=name, kind=kind) for name in needed if name not in known
    ]
    translated: dict[str, str] = {}
    for row in records.definitions.itertuples():
        said = translated.setdefault(row.population_en, row.population_zh)
        if said != row.population_zh:
            kind = "has other Chinese words elsewhere; one population has one name in each language"
            found.append(
                Problem(
                    "definitions.csv",
                    f"{row.population_en!r} {kind}",
                    column="population_zh",
                    key=row.definition_id,
                    kind=kind,
                )
            )
    used = {*records.series["definition"], *records.claims["claim_id"]}
    kind = "is the definition of no row of a series and of no claim"
    return found + [
        Problem("definitions.csv", kind, key=name, kind=kind) for name in known if name not in used
    ]
