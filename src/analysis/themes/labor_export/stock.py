"""Scale of labor export: flows and stocks of all workers abroad, and whether the claim fits 2020."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, total
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.bounds.terms import Input
from analysis.methods.scenarios import assumption
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

PEOPLE = "scio-2021.labor-people"
DISPATCHED = "labour-dispatched-total"
ABROAD = "labour-stock-abroad"
POOR_MIGRANTS = "poor-labour-migrants"
SERIES = (DISPATCHED, ABROAD, POOR_MIGRANTS)
# years in a row with a published flow; the one before is known at grade D only
FULL_YEARS = (2016, 2017, 2018, 2019)
# months with a published stock, and flows for the years before
DATES = ("2018-12", "2019-12", "2020-02", "2020-07", "2020-10")
LAST = "2020-10"
MONTHS = 12
YEARS_BACK = ("2018", "2019")  # with a published flow before them


def _time(month: str) -> float:
    """End of a month as a decimal year."""
    year, number = month.split("-")
    return int(year) + int(number) / MONTHS


def flows(records: Records, month: str) -> list[tuple[float, float, float]]:
    """Published flows up to the end of a month: from, to (decimal years) and workers sent.

    Full years, and for a month within a year the flow of that year to date.

    Returns
    -------
    list of (float, float, float)
        In order of time, without a gap.
    """
    end = _time(month)
    spans = [
        (float(year), year + 1.0, observed(records, DISPATCHED, str(year)).value)
        for year in FULL_YEARS
        if year + 1 <= end + 1e-9
    ]
    if end > spans[-1][1] + 1e-9:
        start = f"{month[:4]}-01"
        spans.append((spans[-1][1], end, observed(records, DISPATCHED, start, last=month).value))
    return spans


def sent_within(records: Records, month: str, *, years: float) -> float:
    """Workers sent abroad in the last ``years`` years before the end of a month, evenly within each flow.

    Returns
    -------
    float
        Persons; not a number if the published flows do not reach back so far.

    Raises
    ------
    QuantityError
        If ``years`` is not above zero.
    """
    if not years > 0:
        raise QuantityError(f"a stay abroad lasts longer than no time, not {years} years")
    spans, start = flows(records, month), _time(month) - years
    if start < spans[0][0] - 1e-9:
        return math.nan
    return math.fsum(
        people * (to - max(since, start)) / (to - since)
        for since, to, people in spans
        if to > start
    )


def modelled_stock(records: Records, lengths: tuple[float, ...]) -> pd.DataFrame:
    """Workers abroad if everybody stays exactly so many years, beside the published stock.

    Parameters
    ----------
    records : Records
    lengths : tuple of float
        Years that a worker stays.

    Returns
    -------
    DataFrame
        ``month``, ``length``, ``modelled``, ``published`` (persons), ``ratio`` (modelled over published). Not a
        number where the flows do not reach back so far: gaps stay gaps.
    """
    rows = [
        (month, length, sent_within(records, month, years=length), published)
        for month in DATES
        for published in (observed(records, ABROAD, month).value,)
        for length in lengths
    ]
    data = pd.DataFrame(rows, columns=["month", "length", "modelled", "published"])
    return data.assign(ratio=data["modelled"] / data["published"])


def mean_stay(records: Records, year: str) -> Bounds:
    """Years that a worker stays on average, by Little's law: the stock at the end of a year over the mean flow of it and the year before.

    It holds for any mixture of stays while flow and stock are steady; in 2020 neither was.

    Parameters
    ----------
    records : Records
    year : str
        One of ``YEARS_BACK``.

    References
    ----------
    Little (1961), Operations Research 9(3), 383-387.
    """
    flows_ = [observed(records, DISPATCHED, one) for one in (str(int(year) - 1), year)]
    return observed(records, ABROAD, f"{year}-12") * 2 / total(flows_) * Bounds.exactly(1, "year")


def expected_in_2020(records: Records) -> Bounds:
    """Workers abroad at the end of October 2020, had everybody stayed as long as the mean of 2019.

    The flows of ten months and of 2019, and of 2018 the part that is less than so many years ago.
    """
    part = mean_stay(records, "2019") / Bounds.exactly(1, "year") - 1 - int(LAST[5:]) / MONTHS
    return (
        observed(records, DISPATCHED, "2020-01", last=LAST)
        + observed(records, DISPATCHED, "2019")
        + observed(records, DISPATCHED, "2018") * part
    )


def returned(records: Records, period: str) -> Bounds:
    """Workers who came back in a period: stock before, plus flow, less stock after.

    Parameters
    ----------
    records : Records
    period : {"2019", "2020-10"}
        The year 2019, or January to October 2020.
    """
    before = observed(records, ABROAD, f"{int(period[:4]) - 1}-12")
    after = observed(records, ABROAD, LAST if period == LAST else f"{period}-12")
    sent = (
        observed(records, DISPATCHED, "2020-01", last=LAST)
        if period == LAST
        else observed(records, DISPATCHED, period)
    )
    return before + sent - after


def _at_least(bounds: Bounds) -> Bounds:
    """A flow to date as what it says of the whole year: nobody is sent a negative number of times."""
    return Bounds.of(
        Input(
            f"year({bounds.formula})",
            bounds.value,
            bounds.low,
            math.inf,
            bounds.unit,
            open_high=True,
            sources=bounds.inputs,
            formula=bounds.formula,
        )
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on scale, on the flow–stock model, and on 2020."""
    yield from _scale(records)
    yield from _model(records)


def _scale(records: Records) -> Iterator[Result]:
    people = bounds_of(records, PEOPLE)
    to_date = observed(records, DISPATCHED, "2020-01", last=LAST)
    registry(records).ratio_word(PEOPLE, DISPATCHED)
    years = (observed(records, DISPATCHED, year) for year in ("2018", "2019"))
    three = total((*years, _at_least(to_date)))
    yield result("labor.people-over-dispatched-2018-2020", people / three)
    yield result("labor.people-over-stock-2020", over(records, PEOPLE, ABROAD, LAST))
    yield result("labor.people-over-poor-migrants", people / _poor_migrants(records))


def _poor_migrants(records: Records) -> Bounds:
    registry(records).ratio_word(PEOPLE, POOR_MIGRANTS)
    return observed(records, POOR_MIGRANTS, "2020-01", last="2020-09-30")


def _model(records: Records) -> Iterator[Result]:
    stock = observed(records, ABROAD, LAST)
    expected = expected_in_2020(records)
    for year in YEARS_BACK:
        yield result("labor.mean-stay-{year}", mean_stay(records, year), year=year)
    sent_over = assumption(records, "labor-sending-years")
    yield result(
        "labor.poor-area-abroad-at-mean-stay",
        bounds_of(records, PEOPLE) * mean_stay(records, "2019") / sent_over,
    )
    yield result("labor.returned-2019", returned(records, "2019"))
    yield result("labor.returned-2020-to-october", returned(records, LAST))
    yield result("labor.stock-october-2020-over-2019", stock / observed(records, ABROAD, "2019-12"))
    yield result("labor.stock-expected-october-2020", expected)
    yield result("labor.missing-october-2020", expected - stock)
