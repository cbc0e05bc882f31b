"""The generic checks against answers worked out by hand, and every refusal."""

import dataclasses
import datetime as dt
import math

import pandas as pd
import pytest

from analysis.audit.conversion import around, conversion
from analysis.audit.dates import event_date, page_date, period
from analysis.audit.growth import mean_growth
from analysis.audit.outcome import Outcome, worst
from analysis.audit.pairs import EARLIER, PART, SAME, drift, judged, related, told
from analysis.audit.totals import Span, adds_up, enumerated, slip_of_ten, standing_still, tilings
from analysis.bounds.intervals import Interval
from analysis.methods.consistency import Check, monotone
from analysis.records.definitions import Counted
from analysis.records.errors import QuantityError

INF = math.inf


@pytest.mark.parametrize(
    ("start", "end", "event", "counted_up", "ahead", "status"),
    [
        ("", "2021-08-23", "2021-08-23", True, False, "warn"),
        ("", "", "2021-08-23", True, False, "warn"),
        ("", "", "2021-08-23", False, False, "pass"),
        ("2016", "2016", "2016", True, False, "pass"),
        ("", "2024-09-19", "2015-09-07", False, False, "conflict"),
        ("2021-09", "", "2021-08-23", False, False, "conflict"),
        ("", "2020", "2015-09-07", False, True, "pass"),  # a target lies ahead
        ("2015", "2015", "2015-09-07", True, False, "pass"),  # the year holds the event
    ],
)
def test_period(start, end, event, counted_up, ahead, status):
    assert period(start, end, event, counted_up=counted_up, ahead=ahead).status == status


@pytest.mark.parametrize(
    ("event", "page", "status"),
    [
        ("2021-08-23", "2021-08-30", "pass"),  # 7 days
        ("2015-09-07", "2024-09-19", "conflict"),  # 9.0 years
        ("2016", "2017-10-11", "warn"),  # 0.8 years from 31 December, 1.8 from 1 January
        ("2020-03", "2020", "pass"),  # at most to 31 December: 0.8
        ("2020-03", "2019", "conflict"),  # before
        ("2015-01-01", "2016-12-30", "warn"),  # 1.99 years
        ("2015-01-01", "2017-01-02", "conflict"),  # 2.004
    ],
)
def test_page_date(event, page, status):
    assert page_date(event, page).status == status


@pytest.mark.parametrize(
    ("event", "ends", "status"),
    [
        ("2015-09-07", ["2015-09-07", "2015-06"], "pass"),
        ("2024-09-19", ["2015-09-07"], "conflict"),
        ("2016", ["2016", ""], "pass"),
        ("2016", [""], "ambiguous"),
        ("2020-05-18", ["2019"], "pass"),  # figures of the year before
        ("2021-08-23", ["2020", "2019"], "pass"),
        ("2021-08-23", ["2019-09"], "pass"),
        ("2021-08-23", ["2018"], "warn"),  # years older, and the page is of another day
        ("2015-09-07", ["2016"], "conflict"),  # from after the document
        ("2015-09", ["2015-09-30"], "pass"),
    ],
)
def test_event_date(event, ends, status):
    assert event_date(event, ends, "2024-09-19").status == status


def test_the_page_of_a_repost_has_a_date_of_its_own():
    assert page_date("2015-09-07", "2024-09-19", repost=True).status == "warn"
    assert page_date("2015-09-07", "2024-09-19").status == "conflict"
    assert (
        page_date("2015-09-07", "2015-09-06", repost=True).status == "conflict"
    )  # before the event


@pytest.mark.parametrize(
    ("stated", "listed", "unnamed", "status"),
    [
        (12, 12, 0, "pass"),
        (12, 11, 0, "conflict"),
        (12, 13, 0, "conflict"),
        (10, 3, 7, "ambiguous"),
        (10, 3, 6, "conflict"),
        (3, 0, 0, "ambiguous"),
    ],
)
def test_enumeration(stated, listed, unnamed, status):
    assert enumerated(stated, listed=listed, unnamed=unnamed).status == status


def test_quarters_add_up_to_the_year_and_a_gap_does_not():
    day = dt.date
    year, nine, last, gap = (
        Span(day(2020, a, 1), day(2020, b, c), Interval(v - 0.005, v + 0.005))
        for a, b, c, v in (
            (1, 12, 31, 301.45),
            (1, 9, 30, 206.88),
            (10, 12, 31, 94.57),
            (11, 12, 31, 60),
        )
    )
    ((whole, parts),) = tilings([year, nine, last, gap])
    assert whole is year
    assert parts == (nine, last)
    assert (
        adds_up(year.interval, {"nine": nine.interval, "last": last.interval}).status == "pass"
    )  # 206.88 + 94.57 = 301.45
    assert (
        adds_up(year.interval, {"nine": nine.interval, "last": Interval(95.5, 95.6)}).status
        == "conflict"
    )
    with pytest.raises(QuantityError, match="two parts"):
        adds_up(year.interval, {"nine": nine.interval})
    with pytest.raises(QuantityError, match="no fewer than 0"):
        enumerated(3, listed=-1)


def totals(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["period", "value", "low", "high"])


FEES = totals(("2019-05", 670e6, 670e6, INF), ("2020-10", 86.69e6, 86.685e6, 86.695e6))
JOBS = totals(("2020-03", 9e6, 9e6, INF), ("2021-08", 7.71e6, 7.705e6, 7.715e6))


def test_a_tenfold_slip_is_told_from_a_fall():
    # 670/86.695 = 7.73, a tenth of it is 0.77: nearer. 9/7.715 = 1.17, a tenth is 0.12: not nearer.
    assert (monotone(FEES).status, slip_of_ten(FEES).status, slip_of_ten(FEES).rows) == (
        "conflict",
        "warn",
        (-1,),
    )
    assert (monotone(JOBS).status, slip_of_ten(JOBS).status) == ("conflict", "pass")
    assert slip_of_ten(totals(("1", 5, 5, 5), ("2", 6, 6, 6))).reason == "nothing falls"


def test_a_running_total_that_stands_still():
    said = pd.DataFrame(
        {"said": ["2021-08-23", "2021-04", "2020"], "value": [86.69e6, 86.69e6, 50e6]}
    )
    assert (standing_still(said).status, standing_still(said).rows) == (
        "warn",
        ("2021-04", "2021-08-23"),
    )
    assert standing_still(said.drop(index=1)).status == "pass"


@pytest.mark.parametrize(
    ("claim", "other", "relation", "tolerance", "status"),
    [
        ((1.5, 2.5), (3.65, 3.75), "same quantity", 0, "conflict"),
        ((1.5, 2.5), (2.4, 2.6), "same quantity", 0, "pass"),
        ((1.5, 2.5), (2.6, 2.7), "same quantity", 0.1, "warn"),  # 2.6 x 0.9 = 2.34
        ((70, INF), (70.165, 70.175), "same quantity", 0, "pass"),
        ((100, INF), (55, 65), "same at another time", 0.2, "warn"),  # 65 x 1.2 = 78
        ((5, 6), (6.354, INF), "same at another time", 0.1, "pass"),  # 6.354 x 0.9 = 5.72
        ((6.185, 6.195), (3, INF), "contains", 0, "pass"),
        ((2, 2.5), (3, INF), "contains", 0, "conflict"),
        ((104.5, 105.5), (3550, 3650), "part of", 0, "pass"),
        ((4000, 4001), (3550, 3650), "part of", 0, "conflict"),
    ],
)
def test_two_related_figures(claim, other, relation, tolerance, status):
    assert (
        related(Interval(*claim), Interval(*other), relation, tolerance=tolerance).status == status
    )


def test_a_relation_that_is_none_is_refused():
    with pytest.raises(
        QuantityError, match="'cumulative of the same' is no relation of two intervals"
    ):
        related(Interval(1, 2), Interval(1, 2), "cumulative of the same")
    with pytest.raises(QuantityError, match="tolerance of 1"):
        related(Interval(1, 2), Interval(1, 2), "same quantity", tolerance=1)
    assert told((Interval(1, 2),), values=(1.5,), ends=("2019-05",))["period"].tolist() == [
        "2019-05-31"
    ]


RATES = pd.DataFrame(
    {
        "month": ["2015-06", "2016-06", "2016-12", "2017-03"],
        "mean": [6.2, 6.59, 6.92, 6.89],
        "low": [6.19, 6.55, 6.88, 6.86],
        "high": [6.21, 6.65, 6.96, 6.92],
    }
)


def test_a_conversion_needs_a_rate_that_there_was():
    own, near = around(RATES, "2016", "2016")
    assert (own["month"].tolist(), len(near)) == (["2016-06", "2016-12"], 4)
    # 118/17: 117.5/17.5 = 6.714 to 118.5/16.5 = 7.182; 118/27: 4.27 to 4.47
    assert conversion([("fund", (118e6, 1e6), (17e6, 1e6))], own, near).status == "pass"
    assert conversion([("fund", (118e6, 1e6), (27e6, 1e6))], own, near).status == "conflict"
    assert (
        conversion(
            [("fund", (62.1e6, 1e5), (10.01e6, 1e4))], *around(RATES, "2017", "2017"), exact=True
        ).status
        == "conflict"
    )  # 6.201 to 6.207: June 2015 only
    # 6.82/0.995 = 6.854 to 6.82/0.985 = 6.924: December 2016 or March 2017
    found = conversion(
        [("fund", (6_820_000, 1e4), (990_000, 1e4))], *around(RATES, "2017", "2017"), exact=True
    )
    assert found.status == "pass"
    assert "2017-03" in found.rows
    assert (
        conversion(
            [("a", (118e6, 1e6), (17e6, 1e6)), ("b", (118e6, 1e6), (27e6, 1e6))], own, near
        ).reason
        == "a and b imply rates that exclude each other"
    )
    assert (
        conversion([("fund", (118e6, 1e6), (17e6, 1e6))], own, near.iloc[:0]).status == "ambiguous"
    )


def test_a_rate_of_another_year_is_a_warning():
    # 62,100/10,015 = 6.201 to 62,100/10,005 = 6.207: June 2015 only
    found = conversion(
        [("fund", (62_100, 100), (10_010, 10))], *around(RATES, "2016", "2016"), exact=True
    )
    assert found.status == "warn"
    assert found.rows == ("2015-06",)


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("people whose income rose", "poor people with more income", ("poor",)),
        (
            "people of poverty-stricken areas",
            "people of poor areas sent abroad",
            (),
        ),  # the areas are poor, not the people
        ("people of the border regions", "poor border residents", ("poor",)),
        ("people in work through the scheme", "new jobs in poor areas", ("jobs", "new")),
    ],
)
def test_a_word_that_one_version_drops(first, second, words):
    found = drift(first, second)
    assert (found.rows, found.status) == (words, "ambiguous" if words else "pass")


FARMERS = Counted("farmers", "cumulative", "China", "2014", "2020")


@pytest.mark.parametrize(
    ("change", "relation", "status"),
    [
        ({}, SAME, "conflict"),
        ({"population": "workers"}, SAME, "ambiguous"),
        ({"measure": "stock"}, SAME, "ambiguous"),
        ({"place": "Hunan"}, SAME, "ambiguous"),
        ({"until": "2021"}, SAME, "ambiguous"),
        ({"until": "2021"}, EARLIER, "conflict"),  # a running total is told at two dates
        ({"since": "not stated"}, EARLIER, "ambiguous"),
        ({"population": "people", "place": "Hunan"}, PART, "conflict"),  # a part differs by design
        ({"place": "not stated"}, PART, "ambiguous"),
    ],
)
def test_a_contradiction_needs_the_same_people_measure_place_and_time(change, relation, status):
    struck = Check("conflict", "they exclude each other")
    other = dataclasses.replace(FARMERS, **change)
    assert judged(struck, FARMERS, other, relation).status == status
    passed = Check("pass", "they meet")
    assert judged(passed, FARMERS, other, relation) == passed


def test_mean_growth_over_a_span():
    # (12588/6079)^(1/7) - 1 = 10.96 %, over 8 years 9.53 %
    assert mean_growth((0.116, 0.1155, 0.1165), (6_079, 12_588), years=7).status == "ambiguous"
    # with the level of 2012: 12588/1.116^8 = 5232 fits eight years, 6000 neither seven nor eight
    assert (
        mean_growth((0.116, 0.1155, 0.1165), (6_079, 12_588), years=7, before=5_232).status
        == "pass"
    )
    assert (
        mean_growth((0.116, 0.1155, 0.1165), (6_079, 12_588), years=7, before=6_000).status
        == "conflict"
    )
    assert mean_growth((0.11, 0.105, 0.115), (6_079, 12_588), years=7).status == "pass"


def test_the_worst_status_and_an_unknown_check():
    assert [worst(["pass", "conflict"]), worst(["ambiguous", "pass"]), worst([])] == [
        "conflict",
        "ambiguous",
        "",
    ]
    with pytest.raises(QuantityError, match="'smell' is no check"):
        Outcome("smell", "x", "pass", "", ())
    with pytest.raises(QuantityError, match="'fine' is no outcome"):
        Outcome("parse", "x", "fine", "", ())
