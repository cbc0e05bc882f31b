"""Canton Fair: turnover since 2002, in dollars and in yuan, and growth beside the poverty-area deals."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.observed import observed
from analysis.bounds.rates import usd_cny
from analysis.bounds.terms import Input
from analysis.methods.stated_growth import printed
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.series import all_rows, best, value_at
from analysis.words.findings import Result, as_findings, result

USD = "canton-export-turnover-usd"
CNY = "canton-export-turnover-cny"
FIRMS_OF_125 = "canton-poverty-exhibitors"
SERIES = (USD, CNY, FIRMS_OF_125, "usd-cny")
SESSION = re.compile(r"Session (\d+)\.")
GROWTH = re.compile(
    r"\b(?P<way>up|down) (?P<percent>\d+(?:\.\d+)?)\s?(?:%|percent)(?: on session (?P<base>\d+)|(?P<year> y/y)|(?P<last> from the last one)|)"
)
A_YEAR = 2  # sessions
A_POINT = 0.01  # one percentage point
ON_125, ON_123, ON_122, ON_126 = "2019-04-15", "2018-04-15", "2017-10-15", "2019-10-15"


def turnover(records: Records) -> pd.DataFrame:
    """Export deals by session since 2002, in dollars and in yuan as published; gaps stay gaps.

    Returns
    -------
    DataFrame
        ``session``, ``x`` (year and half-year), ``usd``, ``cny`` (empty where not published),
        ``computed`` (whether the dollars follow from a printed growth and another session).
    """
    usd, cny = (
        best(records, name, across=True)  # intended deals from 2023 on are drawn apart
        .assign(session=lambda rows: rows["note"].map(_session))
        .set_index("session")
        for name in (USD, CNY)
    )
    sessions = sorted(set(usd.index) | set(cny.index))
    starts = pd.concat([usd["period_start"], cny["period_start"]])
    return pd.DataFrame(
        {
            "session": sessions,
            "x": [_time(starts[~starts.index.duplicated()][number]) for number in sessions],
            "usd": [float(usd["value"].get(number, math.nan)) for number in sessions],
            "cny": [float(cny["value"].get(number, math.nan)) for number in sessions],
            "computed": [usd["derived"].get(number, "no") == "yes" for number in sessions],
        }
    )


def _session(note: str) -> int:
    found = SESSION.search(note)
    return int(found[1]) if found else 0


def _time(day: str) -> float:
    """Spring fairs at a quarter of the year, autumn fairs at three quarters."""
    return int(day[:4]) + (0.25 if int(day[5:7]) <= 6 else 0.75)


def growth_in_both(records: Records) -> pd.DataFrame:
    """Every growth stated on an earlier session, beside that of the levels in dollars and in yuan.

    Returns
    -------
    DataFrame
        ``session``, ``base`` (the earlier session), ``stated``, ``usd``, ``cny`` (shares; empty where a
        level is not published), ``fits`` (the currency whose growth is nearer; "not yuan" where only
        yuan are published and differ by more than a point).
    """
    levels = turnover(records).set_index("session")[["usd", "cny"]]
    rows = []
    for session, base, stated in sorted(_statements(records)):
        usd, cny = (
            levels[name].get(session, math.nan) / levels[name].get(base, math.nan) - 1
            for name in ("usd", "cny")
        )
        rows.append((session, base, stated, usd, cny, _nearer(stated, usd, cny)))
    return pd.DataFrame(rows, columns=["session", "base", "stated", "usd", "cny", "fits"])


def _nearer(stated: float, usd: float, cny: float) -> str:
    if math.isnan(cny):
        return ""
    if math.isnan(usd):
        return "not yuan" if abs(cny - stated) > A_POINT else ""
    return "US dollars" if abs(usd - stated) < abs(cny - stated) else "yuan"


def _statements(records: Records) -> set[tuple[int, int, float]]:
    """Session, earlier session and growth as a share, as the rows print them."""
    found, numbers = set(), set(turnover(records)["session"])
    for row in (row for name in (USD, CNY) for row in all_rows(records, name).to_dict("records")):
        session = _session(row["note"])
        for match in GROWTH.finditer(row["qualifier"]):
            base = int(
                match["base"]
                or (session - A_YEAR if match["year"] else session - 1 if match["last"] else 0)
            )
            if session and base and base in numbers:
                sign = 1 if match["way"] == "up" else -1
                found.add((session, base, math.copysign(printed(match["percent"])[0], sign)))
    return found


def stated_change(
    records: Records, series_id: str, period: str, *, field: str = "qualifier"
) -> Bounds:
    """The size of the growth or fall that the row of a period prints, as a share without its sign.

    Parameters
    ----------
    records : Records
    series_id, period : str
        Which row.
    field : {"qualifier", "note"}
        Where it stands.

    Raises
    ------
    AnalysisError
        If the row prints none.
    """
    row = value_at(records, series_id, period)
    if not (found := GROWTH.search(str(row[field]))):
        raise AnalysisError(f"the row of {series_id} at {period} prints no growth")
    value, low, high = printed(found["percent"])
    source = f"{series_id}@{row['period_start']}"
    return Bounds.of(Input(f"change stated at {source}", value, low, high, "", sources=(source,)))


def turnover_125(records: Records) -> tuple[Bounds, Bounds]:
    """Turnover of session 125 in dollars, which is printed in yuan only: by stated growth, and by conversion.

    Returns
    -------
    Bounds, Bounds
        Session 123 in yuan at its month's rate less the stated fall; and session 125 in yuan at its own.
    """
    grown = (
        observed(records, CNY, ON_123)
        / usd_cny(records, ON_123[:7])
        * (1 - stated_change(records, CNY, ON_125))
    )
    return grown, observed(records, CNY, ON_125) / usd_cny(records, ON_125[:7])


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the turnover of the fair and its growth."""
    grown, converted = turnover_125(records)
    in_usd, in_cny = (
        observed(records, name, ON_126) / observed(records, name, ON_122) for name in (USD, CNY)
    )
    found = {
        "turnover-125-usd": grown,
        "turnover-125-usd-converted": converted,
        "turnover-fall-usd": 1 - in_usd,
        "turnover-rise-cny": in_cny - 1,
        "turnover-fall-125-stated": stated_change(records, CNY, ON_125),
        "poverty-deals-rise-125-stated": stated_change(records, FIRMS_OF_125, ON_125, field="note"),
    }
    for slug, one in found.items():
        yield result(f"canton-fair.{slug}", one)
