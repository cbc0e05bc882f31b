"""Canton Fair sessions: when each was held, who paid, the dollar in yuan, and figures counted up to a session."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.bounds import Bounds, spread
from analysis.bounds.observed import observed
from analysis.bounds.rates import usd_cny
from analysis.bounds.terms import Input
from analysis.records.load import Records
from analysis.records.periods import month_of

DEALS = "scio-2021.canton-deals"
FEES = "scio-2021.canton-fees"
CALENDAR = "canton-fair-session"
FREE_FOR_ALL = "canton-fair-session-free-for-all"
FIRST_MONTH = "2017-10"  # cumulative figures begin with session 122
END_OF_125, END_OF_128 = "2019-05", "2020-10"  # as the cumulative figures are dated


def session_calendar(records: Records) -> pd.DataFrame:
    """Sessions with their month, and whether the fair was free for everybody.

    Returns
    -------
    DataFrame
        Columns ``session`` (ordinal), ``period_start`` (date), ``month`` (YYYY-MM), ``free_for_all`` (bool).
    """
    rows = records.series_rows(CALENDAR)
    free = set(records.series_rows(FREE_FOR_ALL)["value"])
    return pd.DataFrame(
        {
            "session": rows["value"].astype(int),
            "period_start": rows["period_start"],
            "month": rows["period_start"].map(month_of),
            "free_for_all": rows["value"].isin(free),
        }
    )


def rate_of_sessions(
    records: Records, *, charged_only: bool = False, last: int | None = None
) -> Bounds:
    """Yuan per dollar over the sessions, with unknown weights: how deals spread is not stated.

    Parameters
    ----------
    records : Records
    charged_only : bool
        Leave out the sessions that were free for everybody.
    last : int, optional
        Number of the last session counted.
    """
    calendar = session_calendar(records)
    if charged_only:
        calendar = calendar[~calendar["free_for_all"]]
    if last is not None:
        calendar = calendar[calendar["session"] <= last]
    rates = [
        usd_cny(records, row.month, because=f"{CALENDAR}@{row.period_start}")
        for row in calendar.itertuples()
    ]
    return spread(*rates)


def sessions_between(records: Records, first: int, last: int, *, name: str) -> Bounds:
    """Number of sessions from one to another, both included: an exact count under a name of its own."""
    calendar = session_calendar(records)
    rows = calendar[calendar["session"].between(first, last)]
    sources = tuple(f"{CALENDAR}@{start}" for start in rows["period_start"])
    return Bounds.of(Input(name, len(rows), len(rows), len(rows), "session", sources=sources))


def counted_to(records: Records, series_id: str, end: str) -> Bounds:
    """A cumulative figure from session 122 to the month ``end``, in the unit of its series."""
    return observed(records, series_id, FIRST_MONTH, last=end)
