"""Choosing one row for each period of a context series, and saying what was not chosen."""

from __future__ import annotations

import functools
import math

import pandas as pd

from analysis.records.definitions import only_definition
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.periods import first_day, last_day
from analysis.records.printed import last_digit

LONGEST_EVENT = (
    62  # days: what is shorter is dated by its beginning, as a session of the Canton Fair
)


def all_rows(records: Records, series_id: str) -> pd.DataFrame:
    """Every row of a series in order of time; raises UnknownIdError with the nearest ids."""
    return records.series_rows(series_id)


def best(
    records: Records,
    series_id: str,
    *,
    geography: str | None = None,
    definition: str | None = None,
    across: bool = False,
) -> pd.DataFrame:
    """One row for each place and period: the best copy of a figure, never a mean of several.

    The better grade is taken; then what was printed before what was computed; then what is printed
    with more digits; then what was published later; then what stands first in the file. Periods
    without a row stay out.

    Parameters
    ----------
    records : Records
    series_id : str
    geography : str, optional
        Only this place, as the rows name it.
    definition : str, optional
        Only rows of this definition.
    across : bool
        Rows of several definitions are wanted: to list them, to take one of them, or to draw the break.

    Returns
    -------
    DataFrame
        The columns of the series files, in order of place and time, and ``alternatives``:
        how many other rows there are for the same place and period.

    Raises
    ------
    UnknownIdError
        If there is no such series.
    AnalysisError
        If the series has no rows for the place.
    QuantityError
        If the rows are of several definitions, and that is not declared.
    """
    rows = _best(records, series_id, geography, definition)
    if not across:
        only_definition(rows, series_id)
    return rows.copy()


@functools.lru_cache(maxsize=1024)
def _best(
    records: Records, series_id: str, geography: str | None, definition: str | None
) -> pd.DataFrame:
    rows = _of_place(all_rows(records, series_id), series_id, geography)
    if definition is not None:
        rows = of_definition(rows, series_id, definition)
    same = ["geography", "period_start", "period_end"]
    found = rows.assign(
        alternatives=rows.groupby(same)["value"].transform("size").astype("int64") - 1
    )
    found = found.sort_values("published", ascending=False, kind="stable")
    found["coarseness"] = [
        last_digit(value, stated)[0] if value or stated else math.inf
        for value, stated in zip(found["value"], found["last_digit"], strict=True)
    ]
    found = found.sort_values(["grade", "derived", "coarseness"], kind="stable")
    found = found.drop_duplicates(same).drop(columns="coarseness")
    return found.sort_values(same, kind="stable").reset_index(drop=True)


def yearly(
    records: Records,
    series_id: str,
    *,
    geography: str | None = None,
    definition: str | None = None,
    across: bool = False,
) -> pd.Series:
    """A series by year, one chosen source each; gaps stay gaps.

    Parameters
    ----------
    records : Records
    series_id : str
    geography, definition : str, optional
        As for :func:`best`.
    across : bool
        The break between several definitions is declared: who draws it shows it, and nothing is computed
        from one side to the other.

    Returns
    -------
    Series of float, indexed by year, in the unit of the series

    Raises
    ------
    QuantityError
        If the rows are of several definitions, and the break is not declared.
    """
    rows = best(records, series_id, geography=geography, definition=definition, across=across)
    years = rows["period_start"].str[:4].astype(int).to_numpy()
    return pd.Series(rows["value"].to_numpy(), index=years, name=series_id).sort_index()


def value_at(
    records: Records,
    series_id: str,
    period: str,
    geography: str | None = None,
    definition: str | None = None,
) -> pd.Series:
    """The best row of one period.

    Parameters
    ----------
    records : Records
    series_id, period : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: what covers exactly this period is taken; without
        such a row what lies within it, or an event of at most two months that begins in it.
    geography, definition : str, optional
        Needed where the series has several in the period.

    Returns
    -------
    Series
        One row of :func:`best`.

    Raises
    ------
    AnalysisError
        If nothing, or more than one thing, was observed in the period: gaps stay gaps.
    """
    rows = best(records, series_id, geography=geography, definition=definition, across=True)
    try:
        wanted = (first_day(period), last_day(period))
    except (ValueError, TypeError):
        raise AnalysisError(f"{period!r} is no period; write YYYY, YYYY-MM or YYYY-MM-DD") from None
    spans = [
        (first_day(start), last_day(end))
        for start, end in zip(rows["period_start"], rows["period_end"], strict=True)
    ]
    exact = [span == wanted for span in spans]
    inside = [wanted[0] <= start and end <= wanted[1] for start, end in spans]
    begun = [
        wanted[0] <= start <= wanted[1] and (end - start).days <= LONGEST_EVENT
        for start, end in spans
    ]
    found = rows[next((fit for fit in (exact, inside, begun) if any(fit)), begun)]
    if len(found) == 1:
        return found.iloc[0]
    if found.empty:
        raise AnalysisError(f"there is no value of {series_id} for {period}; {span_of(rows)}")
    where = sorted(set(found["geography"]))
    if len(where) > 1:
        raise AnalysisError(
            f"{series_id} has values for {len(where)} places in {period}: name one of {'; '.join(where)}"
        )
    dates = ", ".join(
        f"{start} to {end}" if start != end else start
        for start, end in zip(found["period_start"], found["period_end"], strict=True)
    )
    raise AnalysisError(
        f"{series_id} has {len(found)} values within {period}: ask for one of {dates}"
    )


def gaps(rows: pd.DataFrame) -> tuple[int, ...]:
    """Years without a row, between the first and the last, of a series that has rows for years.

    Empty for rows that are dated otherwise: sessions, months, quarters, steps.
    """
    starts, ends = rows["period_start"].map(first_day), rows["period_end"].map(last_day)
    whole = [
        (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
        for start, end in zip(starts, ends, strict=True)
    ]
    dated = pd.Series([start == end for start, end in zip(starts, ends, strict=True)]) & (
        ends.map(lambda day: (day.month, day.day)).nunique() == 1
    )
    months = pd.Series(
        [
            start.replace(day=1) == end.replace(day=1)
            for start, end in zip(starts, ends, strict=True)
        ]
    ) & (ends.map(lambda day: day.month).nunique() == 1)
    annual = pd.Series(whole) | dated | months
    years = set(ends[annual.to_numpy()].map(lambda day: day.year))
    return tuple(sorted(set(range(min(years), max(years) + 1)) - years)) if len(years) > 1 else ()


def span_of(rows: pd.DataFrame) -> str:
    """From when to when rows run, and which years are missing between, in words."""
    return f"it runs from {rows['period_start'].min()} to {rows['period_end'].max()}; gaps: {years_in_words(gaps(rows)) or 'none'}"


def years_in_words(years: tuple[int, ...]) -> str:
    """Years as runs.

    Examples
    --------
    >>> years_in_words((1979, 1980, 1981, 2010))
    '1979-1981, 2010'
    """
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _of_place(rows: pd.DataFrame, series_id: str, geography: str | None) -> pd.DataFrame:
    if geography is None:
        return rows
    known = sorted(set(rows["geography"]))
    if geography not in known:
        raise AnalysisError(
            f"{series_id} has no rows for {geography!r}; known are {'; '.join(known)}"
        )
    return rows[rows["geography"] == geography]


def of_definition(rows: pd.DataFrame, series_id: str, definition: str) -> pd.DataFrame:
    """The rows of one definition; raises AnalysisError with those that there are."""
    if definition not in (known := sorted(set(rows["definition"]))):
        raise AnalysisError(
            f"{series_id} has no rows of the definition {definition!r}; known are {', '.join(known)}"
        )
    return rows[rows["definition"] == definition]
