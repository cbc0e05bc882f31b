"""An observation of a context series as bounds: a printed number is rounded to its last digit."""

from __future__ import annotations

import functools
import math

import pandas as pd

from analysis.quantities.bounds import Bounds
from analysis.quantities.claims import bounds_of, last_digit_unit, significant_digits
from analysis.quantities.denominators import Registry
from analysis.quantities.terms import Input
from analysis.quantities.units import parse_unit
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.series import best, value_at

LOWER = {"over", "more than"}  # words of a qualifier that leave a figure open upwards
UPPER = {"nearly", "almost"}


def observed(records: Records, series_id: str, period: str, *, last: str | None = None, geography: str | None = None) -> Bounds:
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

    Returns
    -------
    Bounds
        One input named ``series_id@period_start``, within half a unit of its last printed digit; open
        upwards where the source says "over" or "more than".

    Raises
    ------
    AnalysisError
        If there is no such observation.
    """
    row = _span(records, series_id, (period, last)) if last else value_at(records, series_id, period, geography=geography)
    value, unit = float(row["value"]), last_digit_unit(float(row["value"]))[0]
    words = {part.strip() for part in str(row["qualifier"]).split(";")}
    low, high = (value, math.inf) if words & LOWER else (value - unit, value) if words & UPPER else (value - unit / 2, value + unit / 2)
    name = f"{series_id}@{row['period_start']}"
    return Bounds.of(Input(name, value, low, high, parse_unit(str(row["unit"])), open_high=math.isinf(high), digits=significant_digits(value)))


def _span(records: Records, series_id: str, span: tuple[str, str]) -> pd.Series:
    rows = best(records, series_id)
    found = rows[(rows["period_start"] == span[0]) & (rows["period_end"] == span[1])]
    if found.empty:
        raise AnalysisError(f"there is no value of {series_id} from {span[0]} to {span[1]}")
    return found.iloc[0]


@functools.lru_cache(maxsize=4)
def registry(records: Records) -> Registry:
    """The register of denominators of these records, read once."""
    return Registry.from_frame(records.denominators)


def over(records: Records, claim_id: str, series_id: str, period: str, *, geography: str | None = None) -> Bounds:
    """A claim relative to a statistic, if the register of denominators lets it be said.

    Parameters
    ----------
    records : Records
    claim_id, series_id : str
        Numerator and denominator; the pair must be registered and not forbidden.
    period, geography : str
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
    return judged.ratio(bounds_of(records, claim_id), claim_id, observed(records, series_id, period, geography=geography), series_id)
