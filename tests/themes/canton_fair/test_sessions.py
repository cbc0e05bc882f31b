"""Canton Fair sessions: the calendar's counts, the rate over some of them, totals that stay apart."""

from __future__ import annotations

import pytest

from analysis.records.errors import AnalysisError
from analysis.themes.canton_fair.sessions import (
    END_OF_125,
    END_OF_128,
    counted_to,
    rate_of_sessions,
    session_calendar,
    sessions_between,
)

FIRMS = "canton-poverty-exhibitors-cum"


def test_sessions_are_counted_with_both_ends(records):
    found = sessions_between(records, 122, 125, name="early")
    assert (found.value, found.low, found.high, found.unit, found.formula) == (
        4,
        4,
        4,
        "session",
        "early",
    )
    assert found.inputs == tuple(
        f"canton-fair-session@{day}"
        for day in ("2017-10-15", "2018-04-15", "2018-10-15", "2019-04-15")
    )
    assert (
        sessions_between(records, 122, 128, name="all").value == len(session_calendar(records)) == 7
    )


@pytest.mark.parametrize(("last", "months"), [(122, 1), (125, 4), (126, 5), (128, 7), (None, 7)])
def test_the_rate_is_that_of_the_sessions_up_to_the_last(records, last, months):
    found = rate_of_sessions(records, last=last)
    assert len([name for name in found.inputs if name.startswith("usd-cny@")]) == months
    if last == 122:
        assert (found.value, found.low, found.high) == (6.6258, 6.5787, 6.6545)


def test_totals_to_different_ends_are_different_quantities(records):
    early, later = counted_to(records, FIRMS, END_OF_125), counted_to(records, FIRMS, END_OF_128)
    assert (early.value, later.value, (later - early).value) == (2_784, 6_084, 3_300)
    assert (later - early).low == 3_300
    assert (early - early).value == 0
    assert early.formula == "canton-poverty-exhibitors-cum@2017-10/2019-05"
    assert early.inputs == ("canton-poverty-exhibitors-cum@2017-10/2019-05",)


def test_a_total_that_was_not_stated_is_refused(records):
    with pytest.raises(
        AnalysisError,
        match="there is no value of canton-poverty-exhibitors-cum from 2017-10 to 2019-11",
    ):
        counted_to(records, FIRMS, "2019-11")
