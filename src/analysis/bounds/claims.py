"""From a figure as stated to bounds: rounding, openness, and the unit of the last digit."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import QuantityError
from analysis.records.load import Claim, Original, Records

WAN = 10_000
EXACT_DIGITS = 15
READINGS = ("as stated", "next digit")
RESTATEMENT = "restatement"  # of benchmarks.csv: the same statement in other words


def last_digit_unit(value: float) -> tuple[float, str]:
    """Unit of the last stated digit of a rounded figure, and the rule that gave it.

    Trailing zeros count as not stated, but for six-digit figures: Chinese states those as a
    two-digit number of wan (100,000 is 10 wan), so that their unit is at most one wan.

    Parameters
    ----------
    value : float
        Stated value in base units, above zero.

    Returns
    -------
    float, str
        The unit, and ``"last digit"`` or ``"wan"``.

    Examples
    --------
    >>> last_digit_unit(850_000)
    (10000.0, 'last digit')
    >>> last_digit_unit(100_000)
    (10000.0, 'wan')
    """
    if value <= 0:
        raise QuantityError(f"{value} has no last stated digit; a stated figure is above zero")
    exponent = int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    unit = float(Decimal(1).scaleb(exponent))
    if 10 * WAN <= value < 100 * WAN and unit > WAN:
        return float(WAN), "wan"
    return unit, "last digit"


def significant_digits(value: float) -> int:
    """Significant digits of a stated figure under the same rule.

    Examples
    --------
    >>> significant_digits(7_710_000), significant_digits(100_000)
    (3, 2)
    """
    return math.floor(math.log10(value) - math.log10(last_digit_unit(value)[0]) + 1e-9) + 1


def read_from(claim: Claim) -> Claim:
    """The claim with the figure that is read: the Chinese original's where it prints more digits.

    The bound is then the original's too. With as many digits or fewer, the coded figure stands.

    References
    ----------
    docs/method.md, "The text that is read".
    """
    one = claim.original
    if one and significant_digits(one.value_low) > significant_digits(claim.value_low):
        return _in_words_of(claim, one)
    return claim


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
        bound=one.bound,
        counted=one.counted,
        original=None,
    )


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
        raise QuantityError(f"{reading!r} is no reading; allowed are {', '.join(READINGS)}")
    claim = read_from(claim)
    value = (claim.value_low + claim.value_high) / 2
    low, high = stated_ends(claim.bound, claim.value_low, claim.value_high)
    if reading == "next digit" and math.isinf(high):
        high = value + last_digit_unit(value)[0]
    digits = EXACT_DIGITS if claim.bound == "exact" else significant_digits(claim.value_low)
    open_low, open_high = claim.bound == "fewer_than", math.isinf(high)
    return Bounds.of(
        Input(
            claim.claim_id,
            value,
            low,
            high,
            parse_unit(claim.unit),
            open_low,
            open_high,
            digits=digits,
        )
    )


def bounds_of(records: Records, claim_id: str, *, reading: str = "as stated") -> Bounds:
    """What the claim with this id can mean; raises UnknownIdError if there is none."""
    return claim_bounds(records.claim(claim_id), reading=reading)


def stated_ends(bound: str, low: float, high: float) -> tuple[float, float]:
    """The lowest and the highest value that a figure stated in this way can mean.

    Examples
    --------
    >>> stated_ends("about", 1150, 1150), stated_ends("more_than", 46, 46)
    ((1145.0, 1155.0), (46, inf))
    """
    match bound:
        case "exact" | "range":
            return low, high
        case "about":
            half = last_digit_unit(low)[0] / 2
            return low - half, high + half
        case "more_than" | "at_least":
            return low, math.inf
        case "nearly":
            return low - last_digit_unit(low)[0], high
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
        unit, rule = ("", "as counted") if counted else last_digit_unit(claim.value_low)
        rows.append(
            (
                claim_id,
                claim.as_stated,
                claim.bound,
                bounds.low,
                bounds.high,
                claim.unit,
                bounds.direction,
                unit,
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
    return Bounds.of(
        Input(f"assumed:{name}", value, low, high, parse_unit(unit), open_low, digits=EXACT_DIGITS)
    )
