"""Labor-export incomes: gross earnings, how typical the average is, and what it is per head."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd
from scipy.special import ndtr, ndtri  # the normal distribution and its inverse

from analysis.bounds.bounds import Bounds, total
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.bounds.rates import usd_cny
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

PEOPLE = "scio-2021.labor-people"
INCOME = "scio-2021.labor-income"
TOP = "scio-2021.labor-income-top"
ECOMMERCE_JOBS = "scio-2021.ecommerce-jobs"
OUTGOING_WAGE = "cn-migrant-wage-out"  # of those who leave their township, as people sent abroad do
ALL_MIGRANTS_WAGE = "cn-migrant-wage"  # the named alternative
RURAL_INCOME = "cn-rural-inc"
AREA_INCOME = "cn-povarea-inc"
URBAN_WAGE = "cn-wage-nonprivate"
DISPATCHED = "labour-dispatched-total"
ABROAD = "labour-stock-abroad"
SERIES = (
    OUTGOING_WAGE,
    ALL_MIGRANTS_WAGE,
    RURAL_INCOME,
    AREA_INCOME,
    URBAN_WAGE,
    DISPATCHED,
    ABROAD,
    "usd-cny",
)
COMPARED = {  # with pay or income in 2020, over so many months
    "labor.income-over-migrant-wage-12": (OUTGOING_WAGE, 12),
    "labor.income-over-migrant-wage-10": (OUTGOING_WAGE, 10),
    "labor.income-over-all-migrants-wage-12": (ALL_MIGRANTS_WAGE, 12),
    "labor.income-over-all-migrants-wage-10": (ALL_MIGRANTS_WAGE, 10),
    "labor.income-over-urban-wage": (URBAN_WAGE, 1),
    "labor.income-over-rural-income": (RURAL_INCOME, 1),
    "labor.income-over-area-income": (AREA_INCOME, 1),
}
EVENT_MONTH = "2021-08"
HOUSEHOLD_SIZES = (3, 4, 5)


def gross_earnings(records: Records, *, stock_share: float = 1.0, months: float = 12.0) -> Bounds:
    """Yearly earnings of all workers abroad, in yuan: people x stock share x income x months / 12.

    The income is open upwards (more than) and the stock share open downwards (how many of those ever
    sent are abroad at one time is not stated), so that the product is neither a lower nor an upper
    bound, whatever share is assumed.

    Parameters
    ----------
    records : Records
    stock_share : float
        Share of all people ever sent who are abroad at one time, in (0, 1].
    months : float
        Months of pay in a year, in (0, 12].

    Raises
    ------
    QuantityError
        If a parameter is outside its range.

    References
    ----------
    Claims scio-2021.labor-people and scio-2021.labor-income.
    """
    if not 0 < stock_share <= 1:
        raise QuantityError(f"the stock share must be above 0 and at most 1, got {stock_share}")
    _check_months(months)
    share = assume("stock-share", stock_share, low=0, high=1, open_low=True)
    paid = assume("months-paid", months, low=months, high=months, unit="month")
    yearly = bounds_of(records, INCOME) * paid.to("year") / Bounds.exactly(1, "year")
    return bounds_of(records, PEOPLE) * share * yearly


def spread_over_household(records: Records, size: int) -> Bounds:
    """The stated income spread over a household of an assumed size without other income, in CNY/person/year."""
    return bounds_of(records, INCOME) / assume(f"household-of-{size}", size, low=size, high=size)


def _check_months(months: float) -> None:
    if not 0 < months <= 12:
        raise QuantityError(f"the months of pay lie above 0 and are at most 12, not {months}")


def median_at_most(mean: float, top: float, top_share: float) -> float:
    """Largest median that incomes with a mean and a share above a top can have, whatever their distribution.

    Half of all earn at least the median M, the share p of them at least the top t, and nobody less than
    nothing: m ≥ p t + (1/2 − p) M. It is attained where the share p earns t, others up to half of all earn
    M, and the other half nothing. From below nothing but 0 bounds the median.

    Parameters
    ----------
    mean, top : float
        In one unit, above zero.
    top_share : float
        Share at the top or above, at least 0, below one half, and no more than the mean allows.

    Raises
    ------
    QuantityError
        If the share is outside its range.

    Examples
    --------
    >>> round(median_at_most(100_000, 300_000, 0.01))
    197959
    """
    if not (0 <= top_share < 0.5 and top_share * top <= mean):
        raise QuantityError(
            f"a share of {top_share:.2%} at {top:.0f} or above: it is at least 0, below one half, and at most {mean / top:.2%}, or the top alone exceeds the mean"
        )
    return min((mean - top_share * top) / (0.5 - top_share), top)


def largest_top_share(records: Records, *, top: float | None = None) -> float:
    """Largest share of earners above ``top`` that a log-normal with the stated mean allows.

    With mean ``m`` and ``P(X > t) = p``, sigma solves a quadratic whose root is real only while
    ``z(p)**2 >= 2 ln(t / m)``.

    Returns
    -------
    float
        The share p, between 0 and 1.

    Raises
    ------
    QuantityError
        If the top is not above the mean.
    """
    mean = records.claim(INCOME).value_low
    above = records.claim(TOP).value_low if top is None else top
    if not above > mean:
        raise QuantityError(f"the top must be above the stated mean of {mean:.0f}, got {above:.0f}")
    ratio = above / mean
    return float(ndtr(-math.sqrt(2 * math.log(ratio))))


def median_income(records: Records, top_share: float) -> tuple[float, float]:
    """Median yearly income and sigma of a log-normal with the stated mean and top.

    The mean is the stated 100,000 yuan and ``top_share`` of the workers earn more than the low end
    of the stated top range; of the two roots for sigma the smaller is taken.

    Parameters
    ----------
    records : Records
    top_share : float
        Share of workers above the top, in (0, 1).

    Returns
    -------
    float, float
        Median in CNY/person/year, and sigma of log income.

    Raises
    ------
    QuantityError
        If no real root exists: the share is too large for the mean.

    References
    ----------
    Claims scio-2021.labor-income and scio-2021.labor-income-top; docs/method.md.
    """
    mean, top = records.claim(INCOME).value_low, records.claim(TOP).value_low
    limit = largest_top_share(records)
    if not 0 < top_share <= limit:
        raise QuantityError(
            f"no log-normal has a mean of {mean:.0f} and {top_share:.2%} above {top:.0f}: the share must be above 0 and at most {limit:.2%}"
        )
    z = -float(ndtri(top_share))
    sigma = z - math.sqrt(max(z * z - 2 * math.log(top / mean), 0.0))
    return mean * math.exp(-sigma * sigma / 2), sigma


def mixture(records: Records, top_shares: tuple[float, ...]) -> pd.DataFrame:
    """The median by a share at the top: its bound, and two models, of which the second has all others alike.

    The others' income is (m - p t) / (1 - p), so that the mean m holds; it is their median too, as long
    as they are more than half. The top t is taken at the low end of the stated range.

    Parameters
    ----------
    records : Records
    top_shares : tuple of float
        Shares p of workers at the top, each above 0 and below a third.

    Returns
    -------
    DataFrame
        ``top_share``, ``others_cny`` (CNY/person/year, also the median), ``log_normal_cny`` (median of the
        log-normal; not a number where there is none), ``most_cny`` (no distribution has a larger median).

    Raises
    ------
    QuantityError
        If a share is outside its range: the top alone would then exceed the mean.

    References
    ----------
    Claims scio-2021.labor-income and scio-2021.labor-income-top.
    """
    mean, top = records.claim(INCOME).value_low, records.claim(TOP).value_low
    limit = largest_top_share(records)
    for share in top_shares:
        if not 0 < share < min(mean / top, 0.5):
            raise QuantityError(
                f"a share of {share:.2%} at {top:.0f} leaves the others no income or no majority: it must be above 0 and below {min(mean / top, 0.5):.2%}"
            )
    rows = [
        (
            share,
            (mean - share * top) / (1 - share),
            median_income(records, share)[0] if share <= limit else math.nan,
            median_at_most(mean, top, share),
        )
        for share in top_shares
    ]
    return pd.DataFrame(rows, columns=["top_share", "others_cny", "log_normal_cny", "most_cny"])


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on labor export."""
    yield from _alone(records)
    yield from _compared(records)


def _compared(records: Records) -> Iterator[Result]:
    """The stated income against pay and income at home, and the people against all sent abroad."""
    for key, (series_id, months) in COMPARED.items():
        yield result(key, _relative(records, series_id, months))
    sent = total(observed(records, DISPATCHED, year) for year in ("2017", "2018", "2019"))
    yield result("labor.people-over-dispatched-2017-2019", bounds_of(records, PEOPLE) / sent)
    yield result("labor.people-over-stock-2019", over(records, PEOPLE, ABROAD, "2019"))


def _relative(records: Records, series_id: str, months: int) -> Bounds:
    geography = {RURAL_INCOME: "China (rural)", URBAN_WAGE: "China (urban)"}.get(series_id)
    registry(records).ratio_word(INCOME, series_id)
    at_home = observed(records, series_id, "2020", geography=geography)
    if series_id in (OUTGOING_WAGE, ALL_MIGRANTS_WAGE):
        at_home = at_home * Bounds.exactly(months, "month") / Bounds.exactly(1, "year")
    return bounds_of(records, INCOME) / at_home


def _alone(records: Records) -> Iterator[Result]:
    income = bounds_of(records, INCOME)
    yield result("labor.gross-earnings", gross_earnings(records))
    yield result("labor.income-usd", income / usd_cny(records, EVENT_MONTH))
    yield result("labor.top-relative-to-average", bounds_of(records, TOP) / income)
    for size in HOUSEHOLD_SIZES:
        yield result(
            "labor.income-per-head-{size}", spread_over_household(records, size), size=size
        )
    yield result(
        "labor.people-relative-to-ecommerce",
        bounds_of(records, PEOPLE) / bounds_of(records, ECOMMERCE_JOBS),
    )
