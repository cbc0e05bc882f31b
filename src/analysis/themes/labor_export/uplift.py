"""What a worker abroad keeps over pay at home: the gap, the costs, the bias."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import assume, bounds_of
from analysis.bounds.observed import observed, registry
from analysis.methods.scenarios import Scenario, assumption
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

INCOME = "scio-2021.labor-income"
OUTGOING_WAGE = "cn-migrant-wage-out"
ALL_MIGRANTS_WAGE = "cn-migrant-wage"  # the named alternative
SERIES = (OUTGOING_WAGE, ALL_MIGRANTS_WAGE)
YEAR = "2020"  # of the pay at home that the income is held against; its own year is not stated
BIAS = "labor-selection-bias"
MONTHS = (12, 10)  # of pay at home: a full year, and the mean of the survey of migrant workers
FEE_CEILING = "labor-fee-ceiling"
UPLIFT = "net uplift of a worker-year"


def at_home(records: Records, months: Bounds, *, wage: str = OUTGOING_WAGE) -> Bounds:
    """What a migrant worker earns in the country in a year of so many months' pay, in CNY/person/year.

    Those sent abroad leave their township, and so do outgoing migrants; local ones do not.

    Parameters
    ----------
    records : Records
    months : Bounds
        Months of pay.
    wage : str
        Series of monthly pay: of outgoing migrants, or of all.

    References
    ----------
    Series cn-migrant-wage-out and cn-migrant-wage.
    """
    registry(records).ratio_word(INCOME, wage)
    return observed(records, wage, YEAR) * months / Bounds.exactly(1, "year")


def raw_gap(records: Records, months_at_home: int = 12, *, wage: str = OUTGOING_WAGE) -> Bounds:
    """The stated income less a migrant worker's pay at home, in CNY/person/year: gross, and no gain.

    Parameters
    ----------
    records : Records
    months_at_home : int
        Months of pay at home.
    wage : str
        As for :func:`at_home`.
    """
    home = at_home(records, Bounds.exactly(months_at_home, "month"), wage=wage)
    return bounds_of(records, INCOME) - home


def corrected_gap(records: Records, months_at_home: int = 12) -> Bounds:
    """The raw gap over one plus the overstatement that a lottery study found, in CNY/person/year.

    An illustration: the study is of other people in another place. See ``labor-selection-bias``.

    References
    ----------
    McKenzie, Stillman and Gibson (2010), Journal of the European Economic Association 8(4), 913-945.
    """
    return raw_gap(records, months_at_home) / (assumption(records, BIAS) + 1)


def break_even_cost_share(
    records: Records, months_at_home: int = 12, *, wage: str = OUTGOING_WAGE
) -> Bounds:
    """Share of the income that costs may take before nothing is left over pay at home, a pure number.

    From w(1 − c) = d follows c = 1 − d/w.
    """
    home = at_home(records, Bounds.exactly(months_at_home, "month"), wage=wage)
    return 1 - home / bounds_of(records, INCOME)


def net_uplift(records: Records) -> Bounds:
    """Net uplift of a worker-year, in CNY/person/year: U = w(1 − c) − d.

    Stated average income of a year (w), share of costs (c), pay at home (d). Costs may be anything, so
    that it has no sign.

    References
    ----------
    Claim scio-2021.labor-income; assumptions labor-cost-share and labor-months-at-home.
    """
    kept = bounds_of(records, INCOME) * (1 - assumption(records, "labor-cost-share"))
    return kept - at_home(records, assumption(records, "labor-months-at-home"))


def gap_after_fees(records: Records, months_at_home: int = 12) -> Bounds:
    """The raw gap if the service fee takes its ceiling every year and nothing else costs anything, in CNY/person/year.

    References
    ----------
    Assumption labor-fee-ceiling: the ministry's ceiling is a share of all contract wages, not a mean.
    """
    kept = bounds_of(records, INCOME) * (1 - assumption(records, FEE_CEILING))
    return kept - at_home(records, Bounds.exactly(months_at_home, "month"))


def kept_income(records: Records, *, months: float, cost_share: float) -> Bounds:
    """What is left of the stated income after costs, in CNY/person/year: w × m ÷ 12 × (1 − c).

    The income is stated as an average of a year: fewer than twelve months assume that it is twelve times a
    month's pay instead.

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
            f"months must be above 0 and at most 12, and a share of costs between 0 and 1, got {months} and {cost_share}"
        )
    paid = assume("months-paid", months, low=months, high=months, unit="month").to(
        "year"
    ) / Bounds.exactly(1, "year")
    return (
        bounds_of(records, INCOME)
        * paid
        * (1 - assume("cost-share", cost_share, low=cost_share, high=cost_share))
    )


def by_cost_share(records: Records, cost_shares: Mapping[str, float]) -> pd.DataFrame:
    """What is left over pay at home in a year, for costs that take so much of the income.

    Parameters
    ----------
    records : Records
    cost_shares : mapping
        Name of each to the share, in [0, 1].

    Returns
    -------
    DataFrame
        ``costs``, ``cost_share``, ``months_at_home``, ``left_cny`` (whole yuan a year, at least; below zero less may
        be left than at home).
    """
    rows = []
    for months in MONTHS:
        home = at_home(records, Bounds.exactly(months, "month"))
        for name, share in cost_shares.items():
            kept = kept_income(records, months=12, cost_share=share)
            rows.append((name, share, months, math.floor((kept - home).low)))
    return pd.DataFrame(rows, columns=["costs", "cost_share", "months_at_home", "left_cny"])


def scenarios(records: Records) -> tuple[Scenario, ...]:
    """The net uplift of a worker-year, with costs of which nothing is known."""
    note = "Costs are not stated; the range is what they allow, not what is likely."
    return (
        Scenario(
            "labor.net-uplift",
            "net uplift over pay at home",
            {UPLIFT: net_uplift(records)},
            note=note,
        ),
    )


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
        yield result(
            "labor.gap-after-fee-ceiling-{months}", gap_after_fees(records, months), months=months
        )
        yield result("labor.corrected-gap-{months}", corrected_gap(records, months), months=months)
        all_migrants = {
            "raw-gap": raw_gap(records, months, wage=ALL_MIGRANTS_WAGE),
            "break-even-cost-share": break_even_cost_share(records, months, wage=ALL_MIGRANTS_WAGE),
        }
        for name, bounds in all_migrants.items():
            yield result(f"labor.{name}-all-migrants-{{months}}", bounds, months=months)
