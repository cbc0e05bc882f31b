"""An observation of a context series as bounds: a printed number is rounded to its last digit."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Mapping

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.denominators import Registry
from analysis.bounds.finding import PUBLISHED, estimate_row
from analysis.bounds.terms import Input
from analysis.bounds.units import parse_unit
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.printed import last_digit
from analysis.records.series import best, value_at

LOWER = {"over", "more than", "exceeded"}  # words of a qualifier that leave a figure open upwards
UPPER = {"nearly", "almost"}
CEILING = {"up to"}  # leaves a figure open downwards


@functools.lru_cache(maxsize=4096)
def observed(
    records: Records,
    series_id: str,
    period: str,
    *,
    last: str | None = None,
    geography: str | None = None,
    definition: str | None = None,
) -> Bounds:
    """What a published statistic of one period can mean, in the unit of its series.

    Parameters
    ----------
    records : Records
    series_id : str
    period : str
        Year, month or day; with ``last``, the beginning of a longer span.
    last : str, optional
        End of the span, as the row has it: for cumulative figures.
    geography : str, optional
        Needed where the series has several.
    definition : str, optional
        Only a row of this definition, where the period has several.

    Returns
    -------
    Bounds
        One input named ``series_id@period_start``, with a span ``series_id@period_start/period_end``, within half a unit of its last printed digit; open
        upwards where the source says "over" or "more than", downwards where it says "up to".

    Raises
    ------
    AnalysisError
        If there is no such observation.
    """
    row = (
        _span(records, series_id, (period, last))
        if last
        else value_at(records, series_id, period, geography=geography, definition=definition)
    )
    value, low, high = printed_ends(row)
    name = f"{series_id}@{row['period_start']}" + (f"/{last}" if last else "")
    return Bounds.of(
        Input(
            name,
            value,
            low,
            high,
            parse_unit(str(row["unit"])),
            bool(_words(row) & CEILING),
            math.isinf(high),
            last_digit=str(row["last_digit"]),
        )
    )


def printed_ends(row: Mapping[str, object]) -> tuple[float, float, float]:
    """Value, low and high end of a row of a series, in its unit: rounded, or open where its words say so.

    Parameters
    ----------
    row : mapping
        With ``value``, ``qualifier`` and perhaps ``last_digit``, as in the files of series.
    """
    value = float(str(row["value"]))
    unit = last_digit(value, str(row.get("last_digit", "")))[0]
    words = _words(row)
    if words & LOWER:
        return value, value, math.inf
    if words & CEILING:
        return value, 0.0, value
    return (
        (value, value - unit, value)
        if words & UPPER
        else (value, value - unit / 2, value + unit / 2)
    )


def _words(row: Mapping[str, object]) -> set[str]:
    return {part.strip() for part in re.split("[;,]", str(row["qualifier"]))}


def _span(records: Records, series_id: str, span: tuple[str, str]) -> pd.Series:
    rows = best(records, series_id, across=True)
    found = rows[(rows["period_start"] == span[0]) & (rows["period_end"] == span[1])]
    if found.empty:
        raise AnalysisError(f"there is no value of {series_id} from {span[0]} to {span[1]}")
    return found.iloc[0]


def estimated(records: Records, estimate_id: str, *, interval: bool = False) -> Bounds:
    """A published estimate as a number, in the unit that its study prints; percentages as parts of 1.

    Parameters
    ----------
    records : Records
    estimate_id : str
        Row of ``evidence.csv``.
    interval : bool
        With the confidence interval that the study prints. Bounds refuse to combine it with a range of
        rounding; without it the estimate is its central value.

    Raises
    ------
    AnalysisError
        If no number, or no interval, was seen.
    """
    name = PUBLISHED + estimate_id
    row = estimate_row(records, name)
    wanted = ["ci_low", "effect", "ci_high"] if interval else ["effect"] * 3
    scale = 100 if str(row["effect_unit"]).startswith("percent") else 1
    low, value, high = (float(row[column]) / scale for column in wanted)
    if not math.isfinite(low + value + high):
        raise AnalysisError(f"no {'interval' if interval else 'number'} of {estimate_id} was seen")
    return Bounds.of(Input(name, value, low, high, "", interval=interval))


@functools.lru_cache(maxsize=4)
def registry(records: Records) -> Registry:
    """The register of denominators of these records, read once."""
    return Registry.from_frame(records.denominators)


def over(
    records: Records,
    claim_id: str,
    series_id: str,
    period: str,
    *,
    geography: str | None = None,
    definition: str | None = None,
) -> Bounds:
    """A claim relative to a statistic, if the register of denominators lets it be said.

    Parameters
    ----------
    records : Records
    claim_id, series_id : str
        Numerator and denominator; the pair must be registered and not forbidden.
    period, geography, definition : str
        Which observation of the series.

    Returns
    -------
    Bounds
        A pure number: a share where the register says so, otherwise a size.

    Raises
    ------
    QuantityError
        If the pair is forbidden or not registered, with the reason.

    References
    ----------
    data/denominators.csv.
    """
    judged = registry(records)
    judged.ratio_word(claim_id, series_id)  # refuses the pair before anything is looked up
    return judged.ratio(
        bounds_of(records, claim_id),
        claim_id,
        observed(records, series_id, period, geography=geography, definition=definition),
        series_id,
    )
