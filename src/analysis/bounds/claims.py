"""From a figure as stated to bounds: rounding, openness, and the unit of the last digit."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError
from analysis.records.load import Claim, Original, Records
from analysis.records.printed import EXACT, FIGURES, figure, last_digit

READINGS = ("as stated", "next digit")
RESTATEMENT = "restatement"  # of benchmarks.csv: the same statement in other words


def read_from(claim: Claim) -> Claim:
    """The claim with the figure that is read: the Chinese original's where it prints more digits.

    The bound is then the original's too. With as many digits or fewer, the coded figure stands.

    References
    ----------
    docs/method.md, "The text that is read".
    """
    if claim.original is None or claim.bound == "exact":
        return claim
    chinese = _in_words_of(claim, claim.original)
    units = [last_digit(one.value_low, one.last_digit)[0] for one in (chinese, claim)]
    return chinese if units[0] < units[1] else claim


def read_otherwise(claim: Claim) -> Claim | None:
    """The claim with the figure of the other text than the one read; None without an original."""
    texts = in_languages(claim)
    if len(texts) == 1:
        return None
    return texts["Chinese" if read_from(claim) is claim else "English"]


def in_languages(claim: Claim) -> dict[str, Claim]:
    """The claim with the figure of each text: the English, and the Chinese original if one is known."""
    english = dataclasses.replace(claim, original=None)
    if claim.original is None:
        return {"English": english}
    return {"English": english, "Chinese": _in_words_of(claim, claim.original)}


def _in_words_of(claim: Claim, one: Original) -> Claim:
    """The claim with what its original states, and nothing beside it to be read instead."""
    return dataclasses.replace(
        claim,
        value_low=one.value_low,
        value_high=one.value_high,
        printed=one.figure,
        last_digit=_printed_digit(one.figure),
        bound=one.bound,
        counted=one.counted,
        original=None,
    )


def _printed_digit(words: str) -> str:
    """What one unit of the last digit of a figure in words is worth; "" where it does not show."""
    known = [found for text in FIGURES.findall(words) if (found := figure(text))]
    shown = len(known) == 1 and not (words[-1].isdecimal() and words[-1] == "0")
    return f"{known[0][1]:f}" if shown else ""


def claim_bounds(claim: Claim, *, reading: str = "as stated") -> Bounds:
    """What an official figure can mean, in the claim's unit.

    Parameters
    ----------
    claim : Claim
        The figure as stated; read from its Chinese original where that prints more digits.
    reading : {"as stated", "next digit"}
        ``"next digit"`` closes "more than v" at one unit of its last digit above v; it serves
        sensitivity only.

    Returns
    -------
    Bounds
        One input named by the claim's id.

    Raises
    ------
    QuantityError
        If the reading is unknown.

    References
    ----------
    docs/method.md, "A claim is an interval".
    """
    if reading not in READINGS:
        raise QuantityError(
            f"unknown interpretation {reading!r}; allowed are {', '.join(READINGS)}"
        )
    claim = read_from(claim)
    value = (claim.value_low + claim.value_high) / 2
    low, high = stated_ends(claim.bound, claim.value_low, claim.value_high, claim.last_digit)
    if reading == "next digit" and math.isinf(high):
        high = value + last_digit(value, claim.last_digit)[0]
    open_low, open_high = claim.bound in ("fewer_than", "at_most"), math.isinf(high)
    return Bounds.of(
        Input(
            claim.claim_id,
            value,
            low,
            high,
            parse_unit(claim.unit),
            open_low,
            open_high,
            last_digit=claim.last_digit,
        )
    )


def bounds_of(records: Records, claim_id: str, *, reading: str = "as stated") -> Bounds:
    """What the claim with this id can mean; raises UnknownIdError if there is none."""
    return claim_bounds(records.claim(claim_id), reading=reading)


def as_restated(claim: Claim, row: Mapping[str, Any]) -> Claim:
    """A claim with the figure of another wording of it: a row of ``benchmarks.csv``."""
    figure = {name: row[name] for name in ("printed", "last_digit", "bound")}
    return dataclasses.replace(claim, value_low=row["value"], value_high=row["value"], **figure)


def stated_ends(
    bound: str, low: float, high: float, last_digit_stated: str = ""
) -> tuple[float, float]:
    """The lowest and the highest value that a figure stated in this way can mean.

    Examples
    --------
    >>> stated_ends("rounded", 1150, 1150), stated_ends("nearly", 1, 1, "1/12")
    ((1145.0, 1155.0), (0.9166666666666666, 1))
    """
    match bound:
        case "exact" | "range":
            return low, high
        case "rounded" | "about":
            half = last_digit(low, last_digit_stated)[0] / 2
            return low - half, high + half
        case "more_than" | "at_least":
            return low, math.inf
        case "nearly":
            return low - last_digit(low, last_digit_stated)[0], high
        case "fewer_than" | "at_most":
            return 0.0, high
    raise QuantityError(f"{bound!r} is no bound")


def interval_table(records: Records, claim_ids: Iterable[str]) -> pd.DataFrame:
    """Claims with what they can mean: the ends, and the rule that gave the unit of the last digit.

    Returns
    -------
    DataFrame
        Columns ``claim_id``, ``stated``, ``bound``, ``low``, ``high``, ``unit``, ``direction``,
        ``rounding_unit``, ``rule``, ``grade``; an open high end is infinite.
    """
    rows = []
    for claim_id in claim_ids:
        claim, bounds = read_from(records.claim(claim_id)), bounds_of(records, claim_id)
        counted = claim.bound in ("exact", "range")
        unit, rule = last_digit(claim.value_low, EXACT if counted else claim.last_digit)
        rows.append(
            (
                claim_id,
                claim.as_stated,
                claim.bound,
                bounds.low,
                bounds.high,
                claim.unit,
                bounds.direction,
                unit if rule != EXACT else "",
                rule,
                claim.grade,
            )
        )
    columns = [
        "claim_id",
        "stated",
        "bound",
        "low",
        "high",
        "unit",
        "direction",
        "rounding_unit",
        "rule",
        "grade",
    ]
    return pd.DataFrame(rows, columns=columns)


def other_wordings(records: Records) -> pd.DataFrame:
    """Claims as another text words them: their Chinese originals, then the rows of ``benchmarks.csv``.

    Returns
    -------
    DataFrame
        ``claim_id``, ``relation``, ``bound``, ``value`` (in the claim's unit; the low end of a range),
        ``unit``, ``what`` (who or what is counted), ``grade``, ``published``, ``note``.
    """
    units = dict(records.claims[["claim_id", "unit"]].itertuples(index=False, name=None))
    names = {"counted": "what", "value_low": "value"}
    originals = records.originals.drop(columns="note").rename(
        columns=names | {"difference": "note"}
    )
    own = originals.assign(relation=RESTATEMENT, unit=originals["claim_id"].map(units))
    columns = [
        "claim_id",
        "relation",
        "bound",
        "value",
        "unit",
        "what",
        "grade",
        "published",
        "note",
    ]
    return pd.concat([own[columns], records.benchmarks[columns]], ignore_index=True)


def assume(
    name: str, value: float, *, low: float, high: float, unit: str = "", open_low: bool = False
) -> Bounds:
    """An assumption as an input of its own, marked as such in every formula and trace.

    Parameters
    ----------
    name : str
        Short name; the identifier becomes ``assumed:name``.
    value, low, high : float
        Central value and range, in ``unit``.
    open_low : bool
        Whether nothing bounds it from below.

    Examples
    --------
    >>> assume("household", 4, low=3, high=5, unit="person").formula
    'assumed:household'
    """
    return Bounds.of(Input(f"assumed:{name}", value, low, high, parse_unit(unit), open_low))
