"""Canton Fair: what part of the fair firms from poverty counties were, in deals, exhibitors and booths."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, spread, total
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed
from analysis.bounds.terms import Input
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.printed import last_digit
from analysis.themes.canton_fair.sessions import (
    CALENDAR,
    DEALS,
    END_OF_125,
    END_OF_128,
    FREE_FOR_ALL,
    counted_to,
    rate_of_sessions,
    session_calendar,
)
from analysis.words.findings import Result, as_findings, result

TURNOVER = "canton-export-turnover-cny"
EXHIBITORS = "canton-exhibitors"
BOOTHS = "canton-booths"
DEALS_CUM = "canton-poverty-deals-cum"
FIRMS_CUM = "canton-poverty-exhibitors-cum"
BOOTHS_CUM = "canton-poverty-booths-cum"
SERIES = (
    TURNOVER,
    EXHIBITORS,
    BOOTHS,
    DEALS_CUM,
    FIRMS_CUM,
    BOOTHS_CUM,
    CALENDAR,
    FREE_FOR_ALL,
    "usd-cny",
)


def turnover_to(records: Records, last: int) -> Bounds:
    """Export deals of the whole fair from session 122 to ``last``, in yuan.

    Raises
    ------
    AnalysisError
        If a session has no published turnover, as the two online ones of 2020.
    """
    return total(observed(records, TURNOVER, start) for start in _starts(records, last))


def exhibitors_to(records: Records, last: int) -> Bounds:
    """Exhibitors of the whole fair from session 122 to ``last``, counted once a session.

    Where none are printed for a session, those of session 122 are taken.
    """
    return _added(records, EXHIBITORS, last)


def booths_to(records: Records, last: int) -> Bounds:
    """Booths of the whole fair from session 122 to ``last``: those of session 122 are taken where none are printed."""
    return _added(records, BOOTHS, last)


def deals_to_126(records: Records) -> Bounds:
    """Deals of poverty-area firms to session 126, in dollars: between the totals stated to 125 and to 128."""
    return spread(counted_to(records, DEALS_CUM, END_OF_125), bounds_of(records, DEALS))


def share_of_fair(records: Records) -> tuple[Bounds, Bounds]:
    """Poverty-area firms of sessions 122 to 125 at the fair: their share of turnover, and of exhibitors.

    Returns
    -------
    Bounds, Bounds
        Pure numbers; the deals are stated as more than.
    """
    return _deals_share(records), counted_to(records, FIRMS_CUM, END_OF_125) / exhibitors_to(
        records, 125
    )


def _deals_share(records: Records, *, next_digit: bool = False) -> Bounds:
    deals = counted_to(records, DEALS_CUM, END_OF_125)
    if next_digit:
        (stated,) = deals.variables.values()
        high = deals.value + last_digit(deals.value, stated.last_digit)[0]
        deals = Bounds.of(
            Input(
                f"{deals.formula} below the next digit",
                deals.value,
                deals.low,
                high,
                deals.unit,
                sources=deals.inputs,
            )
        )
    return deals * rate_of_sessions(records, last=125) / turnover_to(records, 125)


def printed_sizes(records: Records) -> pd.DataFrame:
    """What is printed of the whole fair for each session of the scheme; empty where nothing is.

    Returns
    -------
    DataFrame
        ``session``, ``turnover_cny``, ``exhibitors``, ``booths``.
    """
    calendar = session_calendar(records)
    sizes = {"turnover_cny": TURNOVER, "exhibitors": EXHIBITORS, "booths": BOOTHS}
    printed = {
        name: [_printed(records, series_id, start) for start in calendar["period_start"]]
        for name, series_id in sizes.items()
    }
    values = {
        name: [one.value if one else math.nan for one in found] for name, found in printed.items()
    }
    return pd.DataFrame({"session": calendar["session"]} | values)


def _starts(records: Records, last: int) -> list[str]:
    calendar = session_calendar(records)
    return list(calendar.loc[calendar["session"] <= last, "period_start"])


def _printed(records: Records, series_id: str, start: str) -> Bounds | None:
    try:
        return observed(records, series_id, start)
    except AnalysisError:
        return None


def _added(records: Records, series_id: str, last: int) -> Bounds:
    starts = _starts(records, last)
    first = observed(records, series_id, starts[0])
    return total(_printed(records, series_id, start) or first for start in starts)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the part of the fair that firms from poverty counties were."""
    yield from _of_turnover(records)
    yield from _of_exhibitors(records)
    yield from _of_booths(records)


def _of_turnover(records: Records) -> Iterator[Result]:
    turnover, firms = share_of_fair(records)
    to_126 = deals_to_126(records) * rate_of_sessions(records, last=126) / turnover_to(records, 126)
    yield result("canton-fair.share-of-turnover-to-125", turnover)
    yield result("canton-fair.share-of-turnover-to-126", to_126)
    yield result("canton-fair.deals-per-firm-relative", turnover / firms)
    yield result(
        "canton-fair.deals-per-firm-relative-next-digit",
        _deals_share(records, next_digit=True) / firms,
    )


def _of_exhibitors(records: Records) -> Iterator[Result]:
    _, to_125 = share_of_fair(records)
    firms = {end: counted_to(records, FIRMS_CUM, end) for end in (END_OF_125, END_OF_128)}
    to_126 = spread(*firms.values()) / exhibitors_to(records, 126)
    yield result("canton-fair.share-of-exhibitors-to-125", to_125)
    yield result("canton-fair.share-of-exhibitors-to-126", to_126)
    yield result(
        "canton-fair.share-of-exhibitors-to-128", firms[END_OF_128] / exhibitors_to(records, 128)
    )


def _of_booths(records: Records) -> Iterator[Result]:
    booths = counted_to(records, BOOTHS_CUM, END_OF_128)
    yield result("canton-fair.share-of-booths-to-128", booths / booths_to(records, 128))
    yield result("canton-fair.share-of-booths-if-on-site", booths / booths_to(records, 126))
