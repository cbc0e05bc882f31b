"""Canton Fair: which sessions the waived fees cover, from cumulative figures at sessions 125 and 128."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, not_below_zero
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import stable
from analysis.bounds.observed import observed, registry
from analysis.bounds.terms import Input
from analysis.methods.consistency import Check, monotone, power_of_ten
from analysis.records.load import Records
from analysis.themes.canton_fair.sessions import (
    CALENDAR,
    DEALS,
    END_OF_125,
    END_OF_128,
    FEES,
    counted_to,
    sessions_between,
)
from analysis.words.findings import Result, as_findings, result

FEES_CUM = "canton-poverty-fee-exempted-cum"
FEES_OF_125 = "canton-poverty-fee-exempted"
DEALS_CUM = "canton-poverty-deals-cum"
FIRMS_CUM = "canton-poverty-exhibitors-cum"
FIRMS_OF_125 = "canton-poverty-exhibitors"
BOOTHS_CUM = "canton-poverty-booths-cum"
SERIES = (FEES_CUM, FEES_OF_125, DEALS_CUM, FIRMS_CUM, FIRMS_OF_125, BOOTHS_CUM, CALENDAR)
AT_125 = "2019-04-15"
POWERS = (0, -1, -2, -3)
DOUBT = "D"  # best grade of what rests on a figure that had to be corrected


def cumulative_fees(records: Records, *, power: int = 0) -> pd.DataFrame:
    """Booth fees waived since session 122, in yuan, at the two sessions with a total.

    Parameters
    ----------
    records : Records
    power : int
        Power of ten by which the amount printed at session 125 is multiplied.

    Returns
    -------
    DataFrame
        ``period`` (session), ``value``, ``low``, ``high``, as ``consistency.monotone`` takes them.
    """
    printed, later = counted_to(records, FEES_CUM, END_OF_125), bounds_of(records, FEES)
    shift = 10.0**power
    rows = [
        (125, stable(printed.value * shift), stable(printed.low * shift), printed.high * shift),
        (128, later.value, later.low, later.high),
    ]
    return pd.DataFrame(rows, columns=["period", "value", "low", "high"])


def power_checks(records: Records) -> dict[str, Check]:
    """Which power of ten lets the amount printed at session 125 stand beside the later total.

    Returns
    -------
    dict
        ``as printed``: whether the cumulative falls. ``cannot fall``: the powers that a cumulative
        alone leaves. ``same fee``: those left if fees per exhibitor to session 125 were no lower
        than their mean over all seven sessions, at two of which nobody paid.
    """
    printed, later = counted_to(records, FEES_CUM, END_OF_125).value, bounds_of(records, FEES)
    least = (later * _firms(records, END_OF_125) / _firms(records, END_OF_128)).value
    return {
        "as printed": monotone(cumulative_fees(records)),
        "cannot fall": power_of_ten(printed, lower=0, upper=later.high),
        "same fee": power_of_ten(printed, lower=least, upper=later.high),
    }


def powers(records: Records) -> pd.DataFrame:
    """What each power of ten would mean for the fees, in yuan, before and after session 125.

    Returns
    -------
    DataFrame
        ``power``, ``to_125`` and ``after`` (fees, the second what is left of the later total),
        ``per_exhibitor_to_125`` and ``per_exhibitor_after`` (yuan per exhibitor and session),
        ``sessions_worth`` (what is left, in sessions of the mean before), ``falls`` (whether the
        cumulative would fall).
    """
    before, total = _firms(records, END_OF_125).value, bounds_of(records, FEES).value
    after = _firms(records, END_OF_128).value - before
    sessions = sessions_between(records, 122, 125, name="sessions-to-125").value
    printed = counted_to(records, FEES_CUM, END_OF_125).value
    data = pd.DataFrame({"power": POWERS})
    data["to_125"] = [stable(printed * 10.0**power) for power in POWERS]
    data["after"] = total - data["to_125"]
    return data.assign(
        per_exhibitor_to_125=data["to_125"] / before,
        per_exhibitor_after=data["after"] / after,
        sessions_worth=data["after"] / (data["to_125"] / sessions),
        falls=[
            monotone(cumulative_fees(records, power=power)).status == "conflict" for power in POWERS
        ],
    )


def fees_to_125(records: Records) -> Bounds:
    """Booth fees waived at sessions 122 to 125, in yuan, with the power of ten that the checks leave.

    They are stated as more than a figure; from above only the later total bounds them.
    """
    power = _power(records)
    printed, later = counted_to(records, FEES_CUM, END_OF_125), bounds_of(records, FEES)
    value, formula = stable(printed.value * 10.0**power), f"{printed.formula} × 10^{power}"
    return Bounds.of(
        Input(
            formula,
            value,
            value,
            later.low,
            later.unit,
            open_high=True,
            sources=printed.inputs,
            formula=formula,
        )
    )


def _power(records: Records) -> int:
    """The one power of ten that the checks leave."""
    (power,) = power_checks(records)["same fee"].rows
    return int(str(power))


def _firms(records: Records, end: str) -> Bounds:
    return counted_to(records, FIRMS_CUM, end)


def _fees_of_125(records: Records) -> Bounds:
    return observed(records, FEES_OF_125, AT_125) * 10.0 ** _power(records)


def deals_per_session_after_over_before(records: Records) -> Bounds:
    """Reported deals per session after session 125, relative to those before: a pure number, 0 or more, open on both sides."""
    before, after = (
        sessions_between(records, *ends, name=name)
        for ends, name in (((122, 125), "sessions-to-125"), ((126, 128), "sessions-after-125"))
    )
    over = _over(records, DEALS, DEALS_CUM, counted_to(records, DEALS_CUM, END_OF_125))
    return not_below_zero(over - 1) * before / after  # a cumulative never falls


def _over(records: Records, claim_id: str, series_id: str, below: Bounds) -> Bounds:
    """A claim over a cumulative figure, if the register of denominators lets it be said."""
    return registry(records).ratio(bounds_of(records, claim_id), claim_id, below, series_id)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the window of the fees, and on exhibitors, booths and deals before and after session 125."""
    yield from _fees(records)
    yield from _per_exhibitor(records)
    yield from _deals(records)


def _fees(records: Records) -> Iterator[Result]:
    early, total = fees_to_125(records), bounds_of(records, FEES)
    sessions = sessions_between(records, 122, 125, name="sessions-to-125")
    yield result("canton-fair.fees-to-125", early, at_best=DOUBT)
    yield result("canton-fair.fees-per-session-to-125", early / sessions, at_best=DOUBT)
    yield result("canton-fair.fees-after-125", total - early, at_best=DOUBT)
    yield result(
        "canton-fair.sessions-worth-after-125",
        (_over(records, FEES, FEES_CUM, early) - 1) * sessions,
        at_best=DOUBT,
    )


def _per_exhibitor(records: Records) -> Iterator[Result]:
    early, total = fees_to_125(records), bounds_of(records, FEES)
    to_125, to_128 = _firms(records, END_OF_125), _firms(records, END_OF_128)
    booths, later = counted_to(records, BOOTHS_CUM, END_OF_128), to_128 - to_125
    yield result("canton-fair.fees-per-exhibitor", _over(records, FEES, FIRMS_CUM, to_128))
    yield result("canton-fair.fees-per-booth", _over(records, FEES, BOOTHS_CUM, booths))
    yield result("canton-fair.booths-per-exhibitor", booths / to_128)
    yield result("canton-fair.fees-per-exhibitor-to-125", early / to_125, at_best=DOUBT)
    yield result(
        "canton-fair.fees-per-exhibitor-at-125",
        _fees_of_125(records) / observed(records, FIRMS_OF_125, AT_125),
        at_best=DOUBT,
    )
    yield result("canton-fair.fees-per-exhibitor-after-125", (total - early) / later, at_best=DOUBT)
    yield result("canton-fair.exhibitors-after-125", later)


def _deals(records: Records) -> Iterator[Result]:
    early = counted_to(records, DEALS_CUM, END_OF_125)
    yield result(
        "canton-fair.deals-per-exhibitor",
        _over(records, DEALS, FIRMS_CUM, _firms(records, END_OF_128)),
    )
    yield result("canton-fair.deals-per-exhibitor-to-125", early / _firms(records, END_OF_125))
    yield result(
        "canton-fair.deals-per-session-after-over-before",
        deals_per_session_after_over_before(records),
    )
