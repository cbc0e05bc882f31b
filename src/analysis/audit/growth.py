"""Growth chains: levels of series against the growth that their rows state, year by year and over spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit.outcome import Outcome, Row, outcome
from analysis.bounds.observed import printed_ends
from analysis.methods.chains import growth_between
from analysis.methods.consistency import Check, growth_chain
from analysis.methods.stated_growth import ON_YEAR_BEFORE, published_levels, stated_growth
from analysis.records.load import Records
from analysis.records.series import best

TOLERANCE = 0.02  # share by which a level may have been revised without a mark
BASIS = "the basis of the growth is not stated, and on a comparable basis both can be true"
MEAN_GROWTH = (
    "-growth-stated"  # a series of this ending states the mean growth of the series before it
)
Figure = tuple[Row, dict[str, Any]]


def growth_outcomes(
    records: Records, rows: list[Figure], *, tolerance: float = TOLERANCE
) -> Iterator[Outcome]:
    """Every level that the growth stated for the next year implies, beside the level published.

    Parameters
    ----------
    records : Records
    rows : list of (Row, dict)
        Rows of the series with their places.
    tolerance : float
        Share by which an implied level may differ from the published one without a conflict.
    """
    by_series: dict[str, list[Figure]] = {}
    for place, row in rows:
        by_series.setdefault(row["series_id"], []).append((place, row))
    for series_id, own in by_series.items():
        if series_id.endswith(MEAN_GROWTH):
            yield from _mean_growth(records, series_id, own)
        elif (
            any(ON_YEAR_BEFORE.search(row["qualifier"]) for _, row in own)
            and len({row["geography"] for _, row in own}) == 1
        ):
            yield from _yearly(records, series_id, own, tolerance)


def _yearly(
    records: Records, series_id: str, own: list[Figure], tolerance: float
) -> Iterator[Outcome]:
    levels, growth = published_levels(records, series_id), stated_growth(records, series_id)
    for year in growth["year"]:
        pair = levels[levels["year"].isin([year - 1, year])]
        if len(pair) < 2:
            continue
        check = growth_chain(
            pair,
            growth.loc[growth["year"] == year, ["year", "value", "low", "high"]],
            tolerance=tolerance,
        )
        if check.status == "conflict":
            check = Check("ambiguous", f"{check.reason}; {BASIS}", check.rows)
        used = [
            place
            for place, row in own
            if row["period_end"] in (f"{year}-12-31", f"{year - 1}-12-31")
        ]
        yield outcome("growth chain", f"{series_id}@{year}", check, *reversed(used))


def _mean_growth(records: Records, series_id: str, own: list[Figure]) -> Iterator[Outcome]:
    """A mean yearly growth stated over a span, against the levels at its ends."""
    every = best(records, series_id.removesuffix(MEAN_GROWTH), across=True)
    years = every["period_start"].str[:4].astype(int)
    for _, row in best(records, series_id).iterrows():
        first, last = int(row["period_start"][:4]), int(row["period_end"][:4])
        alike = every["definition"].isin(every.loc[years == last, "definition"])
        levels = pd.Series(every.loc[alike, "value"].to_numpy(), index=years[alike])
        if {first, last} <= set(levels.index):
            used = [place for place, one in own if one["period_start"] == row["period_start"]]
            yield outcome(
                "growth chain",
                f"{series_id}@{first}/{last}",
                mean_growth(
                    printed_ends(row),
                    (levels[first], levels[last]),
                    years=last - first,
                    before=levels.get(first - 1),
                ),
                *used,
            )


def mean_growth(
    said: tuple[float, float, float],
    levels: tuple[float, float],
    *,
    years: int,
    before: float | None = None,
) -> Check:
    """Whether a mean growth a year, stated as a share for years from first to last, is that between two levels.

    Growth "from 2013 to 2020" may begin with the level of 2013 or with the growth of 2013 itself, on the
    level of the year before.

    Parameters
    ----------
    said : tuple of float
        As stated, a share, with the ends of its last digit.
    levels : tuple of float
        Of the first and of the last year.
    years : int
        Between the two.
    before : float, optional
        Level of the year before the first; without it the second reading cannot be excluded.

    Examples
    --------
    >>> mean_growth((0.116, 0.1155, 0.1165), (6_079, 12_588), years=7).reason
    'stated 11.6% a year, the levels give 10.957% to 10.960% over 7 years; if it begins one year earlier, with a level that was not found, both can be true'
    """
    (stated, low, high), found = said, growth_between(*levels, years=years)
    reason = f"stated {stated:.1%} a year, the levels give {found.low:.3%} to {found.high:.3%} over {years} years"
    fits = found.low <= high and low <= found.high
    if not fits and before is None:
        later = "if it begins one year earlier, with a level that was not found, both can be true"
        return Check("ambiguous", f"{reason}; {later}")
    if not fits and before is not None:
        longer = growth_between(before, levels[1], years=years + 1)
        fits = longer.low <= high and low <= longer.high
    return Check("pass" if fits else "conflict", reason)
