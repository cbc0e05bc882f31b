"""Prices: amounts of money that know their price year, and the indexes that move them.

An amount is nominal (in the prices of its own year) or real (in the prices of a stated year, by a
named index of a named vintage). What does not stand in the same prices neither adds nor compares.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass

from analysis.bounds.price_index import Index, Period
from analysis.bounds.units import factor, parse_unit
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.records.series import best
from analysis.records.units import PPP_DOLLAR, PRICE_YEAR, money_of

PPP_A_DAY = "intl_USD / day / person"  # as parse_unit writes it
TIMES = ("year", "month", "week", "day")


@dataclass(frozen=True)
class Amount:
    """An amount of money in one unit, with the prices that it stands in.

    Parameters
    ----------
    value : float
        The amount, in ``unit``.
    unit : str
        For example ``"CNY/person/year"``, without price year.
    year : int or str, optional
        Year, fiscal year (2013-14) or month (2013-07) that the nominal amount belongs to; None for a sum over several years.
    price_year : int or str, optional
        Period whose prices it stands in; None says nominal.
    index, vintage : str
        Name and vintage of the index that deflated it; "" for a nominal amount.
    """

    value: float
    unit: str
    year: Period | None
    price_year: Period | None = None
    index: str = ""
    vintage: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise QuantityError(f"{self.value} is no amount; an amount is a finite number")
        if PRICE_YEAR.search(self.unit):
            raise QuantityError(
                f"{self.unit!r} holds a price year; it is stated as price_year, and the unit without it"
            )
        object.__setattr__(self, "unit", parse_unit(self.unit))
        if self.is_real != bool(self.index and self.vintage) or (
            not self.is_real and self.index + self.vintage
        ):
            raise QuantityError(
                "a real amount names its index and vintage, a nominal one has neither"
            )
        if not self.is_real and self.year is None:
            raise QuantityError("a nominal amount needs the year that it belongs to")

    @property
    def is_real(self) -> bool:
        """Whether it stands in the prices of a stated year."""
        return self.price_year is not None

    @property
    def basis(self) -> str:
        """The prices in words: ``2013 nominal``, or ``2020 prices by PIP rural deflator (World Bank, 2024-09)``."""
        return (
            f"{self.price_year} prices by {self.index} ({self.vintage})"
            if self.is_real
            else f"{self.year} nominal"
        )

    def in_same_prices(self, other: Amount) -> None:
        """Raises QuantityError if the other amount stands in other prices."""
        if self.basis != other.basis:
            raise QuantityError(
                f"{self.basis} and {other.basis} are different prices: deflate both to one year by one index first"
            )


def deflate(amount: Amount, *, index: Index, to: Period) -> Amount:
    """A nominal amount in the prices of the year ``to``, in its own unit.

    Parameters
    ----------
    amount : Amount
        Nominal.
    index : Index
        Must have the amount's year and the year ``to``.
    to : int or str
        Year or other period whose prices are wanted.

    Returns
    -------
    Amount
        value × level(to) ÷ level(year), naming index and vintage.

    Raises
    ------
    QuantityError
        If the amount is real already, or if the index lacks one of the years.

    Examples
    --------
    >>> line = Index.from_levels("line", {2010: 2300, 2016: 2952}, vintage="NBS, 2017")
    >>> deflate(Amount(1000, "CNY/person/year", 2010), index=line, to=2016).value
    1283.478...
    """
    if amount.is_real or amount.year is None:  # a nominal amount has a year
        raise QuantityError(
            f"the amount stands in {amount.basis} already; restate() moves it to another year, and nothing is deflated twice"
        )
    value = amount.value * index.factor(amount.year, to=to)
    return dataclasses.replace(
        amount, value=value, price_year=to, index=index.name, vintage=index.vintage
    )


def restate(amount: Amount, *, index: Index, to: Period) -> Amount:
    """A real amount in the prices of another year, by the index that deflated it."""
    if amount.price_year is None:
        raise QuantityError("the amount is nominal; deflate() puts it into the prices of a year")
    if (amount.index, amount.vintage) != (index.name, index.vintage):
        raise QuantityError(
            f"the amount stands in {amount.basis}; {index.name} ({index.vintage}) is another index"
        )
    return dataclasses.replace(
        amount, value=amount.value * index.factor(amount.price_year, to=to), price_year=to
    )


def nominal(amount: Amount, *, index: Index) -> Amount:
    """A real amount back in the money of its own year: the inverse of ``deflate``."""
    if amount.year is None:
        raise QuantityError("a sum over several years has no year of its own to go back to")
    value = restate(amount, index=index, to=amount.year).value
    return Amount(value, amount.unit, amount.year)


def add(first: Amount, second: Amount) -> Amount:
    """The sum of two amounts in the same prices, in the first one's unit."""
    first.in_same_prices(second)
    year = first.year if first.year == second.year else None
    return dataclasses.replace(
        first, value=first.value + second.value * factor(second.unit, first.unit), year=year
    )


def ratio(first: Amount, second: Amount) -> float:
    """First over second, a pure number; both in the same prices."""
    first.in_same_prices(second)
    if second.value == 0:
        raise QuantityError("the second amount is zero: nothing is divided by it")
    return first.value / (second.value * factor(second.unit, first.unit))


def per_head(amount: Amount, *, household_size: float) -> Amount:
    """An amount per person and time, of what a household, or one earner for his household, has in it.

    Parameters
    ----------
    amount : Amount
        Money of a household, or of a person, then the income of the only earner; per year, month, week or day.
    household_size : float
        Persons who share it, at least one.

    Examples
    --------
    >>> per_head(Amount(90000, "CNY/household/year", 2020), household_size=3)
    Amount(value=30000.0, unit='CNY / person / year', year=2020, price_year=None, index='', vintage='')
    """
    if not (household_size >= 1 and math.isfinite(household_size)):
        raise QuantityError(
            f"a household of {household_size} is none; allowed is one person or more"
        )
    unit = _of_person(amount.unit, "household") or _of_person(amount.unit, "person")
    if not unit:
        raise QuantityError(
            f"{amount.unit} is not shared in a household; allowed is money such as CNY/household/year and INR/person/month"
        )
    return dataclasses.replace(amount, value=amount.value / household_size, unit=unit)


def _of_person(unit: str, whose: str) -> str:
    """The unit of money of one person in the same time; "" where it is not money of such a one."""
    for time in TIMES:
        if unit == parse_unit(f"{money_of(unit) or 'share'}/{whose}/{time}"):
            return parse_unit(f"{money_of(unit)}/person/{time}")
    return ""


def to_ppp_per_day(amount: Amount, *, ppp: float, index: Index, ppp_year: Period) -> Amount:
    """International dollars per person and day, in prices of ``ppp_year``, of money per person and time.

    Parameters
    ----------
    amount : Amount
        In a currency per person and year, month, week or day: nominal, or real by the same index.
    ppp : float
        Units of the currency per international dollar in ``ppp_year``; see ``ppp_factor``.
    index : Index
        D in x ÷ D(year) × D(ppp_year) ÷ ppp ÷ 365.
    ppp_year : int
        Year of the purchasing-power parity.

    References
    ----------
    World Bank, Poverty and Inequality Platform: purchasing-power parities and deflators, rural China.
    """
    currency = money_of(amount.unit)
    if not _of_person(amount.unit, "person"):
        raise QuantityError(
            f"{amount.unit} has no daily purchasing power per person; allowed is money such as CNY/person/year and INR/person/month"
        )
    if not (ppp > 0 and math.isfinite(ppp)):
        raise QuantityError(
            f"a purchasing-power parity of {ppp} is none; it is above zero, in {currency} per international dollar"
        )
    moved = (restate if amount.is_real else deflate)(amount, index=index, to=ppp_year)
    days = factor(parse_unit(f"{currency}/person/day"), amount.unit)
    return dataclasses.replace(moved, value=moved.value / ppp / days, unit=PPP_A_DAY)


def ppp_factor(
    records: Records, currency: str, year: int, *, geography: str | None = None
) -> float:
    """Units of a currency per international dollar in a year, from a series of the collection.

    Raises
    ------
    QuantityError
        If no series has the unit, or it has no such year.

    Examples
    --------
    >>> from analysis.records.load import load
    >>> round(ppp_factor(load(), "CNY", 2017, geography="China (rural)"), 3)
    3.495
    """
    unit = f"{currency}/{PPP_DOLLAR}"
    index = records.series_index
    for series_id in index.loc[index["unit"] == unit, "series_id"]:
        rows = best(records, series_id, geography=geography)
        found = rows.loc[rows["period_start"].str[:4] == str(year), "value"]
        if len(found):
            return float(found.iloc[0])
    raise QuantityError(
        f"the collection has no purchasing-power parity of {currency} in {year}: add it to a series with the unit {unit}, for example from the World Bank's Poverty and Inequality Platform"
    )


def poverty_line_multiple(amount: Amount, *, line: Amount) -> float:
    """How many poverty lines an amount is, a pure number; line and amount of the same year and prices."""
    if amount.year != line.year:
        raise QuantityError(
            f"the amount is of {amount.year}, the line of {line.year}: a line measures the incomes of its own year"
        )
    return ratio(amount, line)
