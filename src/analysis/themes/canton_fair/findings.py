"""Canton Fair: deals against booth fees waived, per session, and what would repay the fees."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, root
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import estimated
from analysis.bounds.rates import usd_cny
from analysis.bounds.terms import Input
from analysis.methods.scenarios import Scenario, assumption
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.themes.canton_fair.sessions import (
    CALENDAR,
    DEALS,
    END_OF_128,
    FEES,
    FREE_FOR_ALL,
    counted_to,
    rate_of_sessions,
    session_calendar,
)
from analysis.words.findings import Result, as_findings, result

SESSIONS = "scio-2021.canton-sessions"
DEALS_CUM = "canton-poverty-deals-cum"
FEES_CUM = "canton-poverty-fee-exempted-cum"
SERIES = (CALENDAR, FREE_FOR_ALL, DEALS_CUM, FEES_CUM, "usd-cny")
SHARES = (
    "canton-fair-realised-share",
    "canton-fair-value-added-share",
    "canton-fair-additional-share",
)
RETURN, UPPER_RETURN = "olarreaga-2015", "lederman-2007"  # of evidence.csv, exports per dollar
INCOME = "extra local income, yuan per yuan"
NOT_A_RATIO = "Not a benefit-cost ratio: freight, travel, stand building, staff time and what the booths would have earned are missing."


def _charged_sessions(records: Records) -> Bounds:
    calendar = session_calendar(records)
    number = float((~calendar["free_for_all"]).sum())
    rows = [f"{CALENDAR}@{row.period_start}" for row in calendar.itertuples()]
    rows += [
        f"{FREE_FOR_ALL}@{row.period_start}"
        for row in calendar[calendar["free_for_all"]].itertuples()
    ]
    return Bounds.of(
        Input(
            "sessions-at-which-others-paid", number, number, number, "session", sources=tuple(rows)
        )
    )


def deals_per_yuan(
    records: Records, *, reading: str = "as stated", charged_only: bool = False
) -> Bounds:
    """Reported deals, in yuan, per yuan of booth fees waived. Not a return.

    Parameters
    ----------
    records : Records
    reading : {"as stated", "next digit"}
        Reading of "more than US$1.7 billion".
    charged_only : bool
        Match the windows: the fees can only cover sessions at which others paid (122-126), the deals
        are stated for seven. The part of the deals signed there is not stated: the central value
        takes an equal part per session, the range anything from nothing to all.

    Returns
    -------
    Bounds
        A pure number.

    References
    ----------
    Claims scio-2021.canton-deals and scio-2021.canton-fees; series usd-cny, canton-fair-session,
    canton-fair-session-free-for-all.
    """
    deals = bounds_of(records, DEALS, reading=reading)
    fees = bounds_of(records, FEES)
    ratio = deals * rate_of_sessions(records, charged_only=charged_only) / fees
    if not charged_only:
        return ratio
    calendar = session_calendar(records)
    part = float((~calendar["free_for_all"]).mean())
    return ratio * assume("part-of-deals-at-charged-sessions", part, low=0, high=1, open_low=True)


def deals_per_yuan_of(
    records: Records, sessions: int, *, month: str = "", reading: str = "as stated"
) -> Bounds:
    """Reported deals of the first sessions, taken in equal parts, per yuan of booth fees waived: a pure number, not a return.

    Parameters
    ----------
    records : Records
    sessions : int
        How many sessions from 122 on have their deals set against the fees. Fewer than all are an assumption: the part of the
        deals signed there is not stated, and the range is anything from nothing to all.
    month : str
        Month of one session, to convert all deals at its exchange rate; without it, the months of the sessions counted.
    reading : {"as stated", "next digit"}
        Reading of "more than US$1.7 billion".

    Raises
    ------
    QuantityError
        If there are not so many sessions.

    References
    ----------
    Claims scio-2021.canton-deals and scio-2021.canton-fees; series usd-cny and canton-fair-session.
    """
    numbers = session_calendar(records)["session"]
    every = len(numbers)
    if not 1 <= sessions <= every:
        raise QuantityError(f"sessions must be between 1 and {every}, got {sessions}")
    last = int(numbers.iloc[sessions - 1])
    rate = usd_cny(records, month) if month else rate_of_sessions(records, last=last)
    ratio = bounds_of(records, DEALS, reading=reading) * rate / bounds_of(records, FEES)
    return (
        ratio
        if sessions == every
        else ratio
        * assume("part-of-deals-of-the-sessions", sessions / every, low=0, high=1, open_low=True)
    )


def deals_per_yuan_organiser(records: Records) -> Bounds:
    """Deals per yuan waived from the organiser's own totals for seven sessions: a pure number, not a return."""
    deals, fees = (counted_to(records, name, END_OF_128) for name in (DEALS_CUM, FEES_CUM))
    return deals * rate_of_sessions(records) / fees


def ratio_by_month(records: Records) -> pd.DataFrame:
    """The ratio if all deals were converted at one session's month.

    Returns
    -------
    DataFrame
        Columns ``session``, ``month``, ``rate_cny_per_usd``, ``deals_per_yuan_low`` (at least).
    """
    deals, fees = (bounds_of(records, name) for name in (DEALS, FEES))
    calendar = session_calendar(records)
    rates = [usd_cny(records, month) for month in calendar["month"]]
    return pd.DataFrame(
        {
            "session": calendar["session"],
            "month": calendar["month"],
            "rate_cny_per_usd": [rate.value for rate in rates],
            "deals_per_yuan_low": [(deals * rate / fees).low for rate in rates],
        }
    )


def break_even_share(records: Records) -> Bounds:
    """Share of the deal value that would have to be extra net income to equal the fees waived."""
    return Bounds.exactly(1) / deals_per_yuan(records)


def break_even_each_share(records: Records) -> Bounds:
    """What each of three equal shares must be for extra local income to equal the fees waived.

    Realised, left as local income, additional: their product is the break-even share, so that each is
    its cube root.
    """
    return root(break_even_share(records), len(SHARES))


def break_even_additional(records: Records, realised: float, value_added: float) -> float:
    """Additional share at most needed to equal the fees, given the other two; above 1 they are never equalled."""
    return break_even_share(records).high / (realised * value_added)


def extra_income_per_yuan(records: Records, *, reading: str = "as stated") -> Bounds:
    """Extra local income per yuan of booth fees waived: deals times three shares that may be anything, a pure number.

    Parameters
    ----------
    records : Records
    reading : {"as stated", "next digit"}
        Reading of the deals, which are stated as more than.

    Returns
    -------
    Bounds
        Not a benefit-cost ratio: freight, stand building, travel, staff time and what the booths
        would have earned are missing.
    """
    ratio = deals_per_yuan(records, reading=reading)
    return math.prod((assumption(records, name) for name in SHARES), start=ratio)


def scenarios(records: Records) -> tuple[Scenario, ...]:
    """Extra local income per yuan waived, with shares of which nothing is known."""
    return (
        Scenario(
            "canton-fair.extra-income-limits",
            "extra local income per yuan of fees waived, nothing known of the shares",
            {INCOME: extra_income_per_yuan(records)},
            note=NOT_A_RATIO,
        ),
    )


def additional_share_at(records: Records, estimate_id: str) -> Bounds:
    """Share of the deals that would have to be additional exports to equal a published return of promotion.

    The estimate without its interval: a confidence interval has no common ends with a range of rounding.
    """
    return estimated(records, estimate_id) / deals_per_yuan(records)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on the Canton Fair."""
    yield from _ratios(records)
    yield from _thresholds(records)
    yield from _per_session(records)


def _ratios(records: Records) -> Iterator[Result]:
    deals, rate = bounds_of(records, DEALS), rate_of_sessions(records)
    yield result("canton-fair.deals-cny", deals * rate)
    yield result("canton-fair.deals-per-yuan-waived", deals_per_yuan(records))
    yield result(
        "canton-fair.deals-per-yuan-waived-next-digit",
        deals_per_yuan(records, reading="next digit"),
    )
    yield result(
        "canton-fair.deals-per-yuan-waived-charged-sessions",
        deals_per_yuan(records, charged_only=True),
    )
    yield result("canton-fair.deals-per-yuan-waived-organiser", deals_per_yuan_organiser(records))


def _thresholds(records: Records) -> Iterator[Result]:
    yield result("canton-fair.break-even-share", break_even_share(records))
    yield result("canton-fair.break-even-each-of-three", break_even_each_share(records))
    yield result(
        "canton-fair.extra-income-most", extra_income_per_yuan(records, reading="next digit")
    )
    for slug, estimate_id in (("published", RETURN), ("upper", UPPER_RETURN)):
        yield result(
            f"canton-fair.additional-share-at-{slug}-return",
            additional_share_at(records, estimate_id),
            dollars=f"{estimated(records, estimate_id).value:g}",
        )


def _per_session(records: Records) -> Iterator[Result]:
    deals, fees, sessions = (bounds_of(records, name) for name in (DEALS, FEES, SESSIONS))
    charged = _charged_sessions(records)
    yield result("canton-fair.deals-per-session", deals / sessions)
    yield result("canton-fair.fees-per-session", fees / sessions)
    yield result("canton-fair.fees-per-charged-session", fees / charged)
