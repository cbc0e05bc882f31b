"""What a worker abroad keeps over pay at home: the gap, the cost at which nothing is left, the bias, the scenario."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import observed, registry
from analysis.methods.scenarios import Scenario, assumption
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

PEOPLE = "scio-2021.labor-people"
INCOME = "scio-2021.labor-income"
MIGRANT_WAGE = "cn-migrant-wage"
SERIES = (MIGRANT_WAGE,)
YEAR = "2020"  # of the pay at home that the income is held against; its own year is not stated
BIAS = "labor-selection-bias"
MONTHS = (12, 10)  # of pay at home: a full year, and the mean of the survey of migrant workers
UPLIFT, TOTAL, GROSS = (
    "net uplift of a worker-year",
    "net uplift of all in a year",
    "gross earnings of all in a year",
)


def at_home(records: Records, months: Bounds) -> Bounds:
    """What a migrant worker earns in the country in a year of so many months' pay, in CNY/person/year.

    Parameters
    ----------
    records : Records
    months : Bounds
        Months of pay.

    References
    ----------
    Series cn-migrant-wage.
    """
    registry(records).ratio_word(INCOME, MIGRANT_WAGE)
    return observed(records, MIGRANT_WAGE, YEAR) * months / Bounds.exactly(1, "year")


def raw_gap(records: Records, months_at_home: int = 12) -> Bounds:
    """The stated income less a migrant worker's pay at home, in CNY/person/year: gross, and no gain.

    Parameters
    ----------
    records : Records
    months_at_home : int
        Months of pay at home.
    """
    return bounds_of(records, INCOME) - at_home(records, Bounds.exactly(months_at_home, "month"))


def corrected_gap(records: Records, months_at_home: int = 12) -> Bounds:
    """The raw gap over one plus the overstatement that a lottery study found, in CNY/person/year.

    An illustration: the study is of other people in another place. See ``labor-selection-bias``.

    References
    ----------
    McKenzie, Stillman and Gibson (2010), Journal of the European Economic Association 8(4), 913-945.
    """
    return raw_gap(records, months_at_home) / (assumption(records, BIAS) + 1)


def break_even_cost_share(records: Records, months_at_home: int = 12) -> Bounds:
    """Share of the income that costs may take before nothing is left over pay at home, a pure number.

    From w(1 − c) = d follows c = 1 − d/w.
    """
    return 1 - at_home(records, Bounds.exactly(months_at_home, "month")) / bounds_of(
        records, INCOME
    )


def net_uplift(records: Records) -> Bounds:
    """Net uplift of a worker-year, in CNY/person/year: U = m(w(1 − c) − d).

    Months of pay abroad over twelve (m), stated income (w), share of costs (c), pay at home (d). Costs
    may be anything, so that it has no sign.

    References
    ----------
    Claim scio-2021.labor-income; assumptions labor-months-paid, labor-cost-share, labor-months-at-home.
    """
    part = assumption(records, "labor-months-paid").to("year") / Bounds.exactly(1, "year")
    kept = bounds_of(records, INCOME) * (1 - assumption(records, "labor-cost-share"))
    return part * (kept - at_home(records, assumption(records, "labor-months-at-home")))


def kept_income(records: Records, *, months: float, cost_share: float) -> Bounds:
    """What is left of the stated income after costs, in CNY/person/year: w × m ÷ 12 × (1 − c).

    Parameters
    ----------
    records : Records
    months : float
        Months of pay in a year, in (0, 12].
    cost_share : float
        Share of the income spent on fees, travel, living, tax and insurance, in [0, 1].

    Raises
    ------
    QuantityError
        If a parameter is outside its range.

    References
    ----------
    Claim scio-2021.labor-income.
    """
    if not (0 < months <= 12 and 0 <= cost_share <= 1):
        raise QuantityError(
            f"months lie above 0 and are at most 12, and a share of costs lies between 0 and 1, not {months} and {cost_share}"
        )
    paid = assume("months-paid", months, low=months, high=months, unit="month").to(
        "year"
    ) / Bounds.exactly(1, "year")
    return (
        bounds_of(records, INCOME)
        * paid
        * (1 - assume("cost-share", cost_share, low=cost_share, high=cost_share))
    )


def yearly_total(records: Records) -> Bounds:
    """Net uplift of all workers abroad at one time, in CNY/year: people × stock share × uplift.

    References
    ----------
    Claim scio-2021.labor-people; assumption labor-stock-share.
    """
    return (
        bounds_of(records, PEOPLE) * assumption(records, "labor-stock-share") * net_uplift(records)
    )


def uplift_grid(records: Records, cost_shares: tuple[float, ...]) -> pd.DataFrame:
    """Net uplift of a full year abroad by cost share and months of pay at home.

    Returns
    -------
    DataFrame
        ``cost_share``, ``months_at_home``, ``uplift_cny_low`` (at least so many yuan a year: below zero means
        that less may be left than at home).
    """
    income, rows = bounds_of(records, INCOME), []
    for months in MONTHS:
        home = at_home(records, Bounds.exactly(months, "month"))
        for share in cost_shares:
            cost = assume("cost-share", share, low=share, high=share)
            rows.append((share, months, (income * (1 - cost) - home).low))
    return pd.DataFrame(rows, columns=["cost_share", "months_at_home", "uplift_cny_low"])


def scenarios(records: Records) -> tuple[Scenario, ...]:
    """The net uplift of a worker-year and of all workers in a year, with the gross amount beside it."""
    abroad = bounds_of(records, PEOPLE) * assumption(records, "labor-stock-share")
    paid = (
        bounds_of(records, INCOME)
        * assumption(records, "labor-months-paid").to("year")
        / Bounds.exactly(1, "year")
    )
    outputs = {UPLIFT: net_uplift(records), TOTAL: yearly_total(records), GROSS: abroad * paid}
    note = "Costs, months and the share abroad at one time are not stated; the range is what they allow, not what is likely."
    return (Scenario("labor.net-uplift", "net uplift over pay at home", outputs, note=note),)


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Findings on the gap to pay at home."""
    for months in MONTHS:
        yield result("labor.raw-gap-{months}", raw_gap(records, months), months=months)
        yield result(
            "labor.break-even-cost-share-{months}",
            break_even_cost_share(records, months),
            months=months,
        )
        yield result("labor.corrected-gap-{months}", corrected_gap(records, months), months=months)
