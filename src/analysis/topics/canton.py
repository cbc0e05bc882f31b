"""Canton Fair: deals against booth fees waived, per session, and what would repay the fees."""

from __future__ import annotations

import itertools

import pandas as pd

from analysis.quantities.bounds import Bounds, spread
from analysis.quantities.claims import assume, bounds_of
from analysis.quantities.finding import Finding, finding
from analysis.quantities.observed import observed
from analysis.quantities.rates import usd_cny
from analysis.quantities.terms import Input
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.periods import month_of

DEALS = "scio-2021.canton-deals"
FEES = "scio-2021.canton-fees"
SESSIONS = "scio-2021.canton-sessions"
CALENDAR = "canton-fair-session"
FREE_FOR_ALL = "canton-fair-session-free-for-all"
TURNOVER = "canton-export-turnover-cny"
DEALS_TO_125 = "canton-poverty-deals-cum"
FIRMS_TO_125 = "canton-poverty-exhibitors-cum"
EXHIBITORS = "canton-exhibitors"
SERIES = (TURNOVER, DEALS_TO_125, FIRMS_TO_125, EXHIBITORS, CALENDAR, FREE_FOR_ALL, "usd-cny")
PERIOD = "sessions 122-128, 2017-10 to 2020-10"
NOT_A_RETURN = "Not a return: deals are signed, not profit, and would partly have been signed without the waiver."


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


def rate_of_sessions(records: Records, *, charged_only: bool = False) -> Bounds:
    """Yuan per dollar over the sessions, with unknown weights: how deals spread is not stated.

    Parameters
    ----------
    records : Records
    charged_only : bool
        Leave out the sessions that were free for everybody.
    """
    calendar = session_calendar(records)
    if charged_only:
        calendar = calendar[~calendar["free_for_all"]]
    rates = [usd_cny(records, row.month, because=f"{CALENDAR}@{row.period_start}") for row in calendar.itertuples()]
    return spread(*rates)


def _charged_sessions(records: Records) -> Bounds:
    calendar = session_calendar(records)
    number = float((~calendar["free_for_all"]).sum())
    rows = [f"{CALENDAR}@{row.period_start}" for row in calendar.itertuples()]
    rows += [f"{FREE_FOR_ALL}@{row.period_start}" for row in calendar[calendar["free_for_all"]].itertuples()]
    return Bounds.of(Input("sessions-at-which-others-paid", number, number, number, "session", sources=tuple(rows)))


def deals_per_yuan(records: Records, *, reading: str = "as stated", charged_only: bool = False) -> Bounds:
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


def extra_income_per_yuan(records: Records, *, realised: float, value_added: float, additional: float) -> float:
    """Scenario: extra local income per yuan of fees waived, at the stated deal value.

    Parameters
    ----------
    records : Records
    realised : float
        Share of signed deals that is shipped and paid, in [0, 1].
    value_added : float
        Share of the shipped value that stays as local income, in [0, 1].
    additional : float
        Share of that income that would not have been earned without the waiver, in [0, 1].

    Returns
    -------
    float
        Yuan per yuan; not a benefit-cost ratio: freight, stand building, travel, staff time and
        what the booths would have earned are missing.

    Raises
    ------
    QuantityError
        If a share is outside [0, 1].
    """
    for name, share in {"realised": realised, "value_added": value_added, "additional": additional}.items():
        if not 0 <= share <= 1:
            raise QuantityError(f"{name} is a share between 0 and 1, not {share}")
    return deals_per_yuan(records).value * realised * value_added * additional


def scenario_grid(records: Records, realised: tuple[float, ...], value_added: tuple[float, ...], additional: tuple[float, ...]) -> pd.DataFrame:
    """Every combination of assumed shares.

    Returns
    -------
    DataFrame
        Columns ``realised``, ``value_added``, ``additional``, ``extra_income_per_yuan``.
    """
    rows = [
        (r, v, a, extra_income_per_yuan(records, realised=r, value_added=v, additional=a))
        for r, v, a in itertools.product(realised, value_added, additional)
    ]
    return pd.DataFrame(rows, columns=["realised", "value_added", "additional", "extra_income_per_yuan"])


def findings(records: Records) -> tuple[Finding, ...]:
    """Every finding on the Canton Fair."""
    return (*_ratios(records), *_per_session(records), *_against_fair(records))


def _ratios(records: Records) -> tuple[Finding, ...]:
    deals, rate = bounds_of(records, DEALS), rate_of_sessions(records)
    return (
        finding(records, deals * rate, "canton-fair.deals-cny", label="reported deals in yuan", period=PERIOD, note="Converted at the months of the sessions; how deals spread over them is not stated."),
        finding(records, deals_per_yuan(records), "canton-fair.deals-per-yuan-waived", label="reported deals per yuan of booth fees waived", period=PERIOD, note=NOT_A_RETURN),
        finding(records, deals_per_yuan(records, reading="next digit"), "canton-fair.deals-per-yuan-waived-next-digit", label="the same, if the deals were below the next digit", period=PERIOD, note=f"For sensitivity only. {NOT_A_RETURN}"),
        finding(records, deals_per_yuan(records, charged_only=True), "canton-fair.deals-per-yuan-waived-charged-sessions", label="the same, with deals of the sessions at which others paid fees", period="sessions 122-126, 2017-10 to 2019-10", note=f"The part of the deals signed at these sessions is assumed in proportion to their number; it is not stated. {NOT_A_RETURN}"),
        finding(records, break_even_share(records), "canton-fair.break-even-share", label="share of deal value that would repay the fees as extra net income", period=PERIOD, note="At most; other costs are missing."),
    )


def _per_session(records: Records) -> tuple[Finding, ...]:
    deals, fees, sessions = (bounds_of(records, name) for name in (DEALS, FEES, SESSIONS))
    charged = _charged_sessions(records)
    return (
        finding(records, deals / sessions, "canton-fair.deals-per-session", label="reported deals per session, seven sessions", period=PERIOD, note="An average; no session is stated apart."),
        finding(records, fees / sessions, "canton-fair.fees-per-session", label="booth fees waived per session, seven sessions", period=PERIOD, note="At two of the seven nobody paid fees."),
        finding(records, fees / charged, "canton-fair.fees-per-charged-session", label="booth fees waived per session, sessions at which others paid", period="sessions 122-126, 2017-10 to 2019-10", note="If the whole amount belongs to these sessions."),
    )


def share_of_fair(records: Records) -> tuple[Bounds, Bounds]:
    """Poverty-area firms of sessions 122 to 125 at the fair: their share of turnover, and of exhibitors.

    The organiser's cumulative figures to session 125 are set against turnover and exhibitors of the
    same four sessions; the number of exhibitors is printed for session 122 and taken for all four.

    Returns
    -------
    Bounds, Bounds
        Pure numbers; the deals are stated as more than.
    """
    calendar = session_calendar(records)
    rows = calendar[calendar["session"] <= 125]
    turnover = [observed(records, TURNOVER, row.period_start) for row in rows.itertuples()]
    total = sum(turnover[1:], start=turnover[0])
    deals = observed(records, DEALS_TO_125, "2017-10", last="2019-05")
    rate = spread(*(usd_cny(records, row.month, because=f"{CALENDAR}@{row.period_start}") for row in rows.itertuples()))
    exhibitors = observed(records, EXHIBITORS, rows["period_start"].iloc[0]) * len(rows)
    return deals * rate / total, observed(records, FIRMS_TO_125, "2017-10", last="2019-05") / exhibitors


def _against_fair(records: Records) -> tuple[Finding, ...]:
    turnover, firms = share_of_fair(records)
    period = "sessions 122-125, 2017-10 to 2019-05"
    return (
        finding(records, turnover, "canton-fair.share-of-turnover-to-125", label="deals of poverty-area firms, share of the fair's turnover", period=period, note="The organiser's cumulative deals to session 125, over the turnover of the same sessions."),
        finding(records, firms, "canton-fair.share-of-exhibitors-to-125", label="poverty-area firms, share of all exhibitors", period=period, note="Firm-sessions over about 25,000 exhibitors at each of the four sessions, as printed for session 122."),
        finding(records, turnover / firms, "canton-fair.deals-per-firm-relative", label="deals per poverty-area firm, relative to the average exhibitor", period=period, note="Share of turnover over share of exhibitors."),
    )
