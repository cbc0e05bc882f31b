"""Units of the claims: what is counted and each currency are dimensions of their own."""

from __future__ import annotations

import functools
import re
from tokenize import TokenError
from typing import TYPE_CHECKING

from analysis.records.errors import QuantityError

if TYPE_CHECKING:
    from pint import UnitRegistry

COUNTED = [
    "person",
    "household",
    "county",
    "village",
    "center",
    "zone",
    "store",
    "station",
    "enterprise",
    "session",
    "training_session",
    "attendance",
    "measure",
    "aspect",
    "task",
    "department",
    "policy",
    "tier",
    "rank",
    "brand",
    "booth",
    "exhibitor",
    "parcel",
]
CURRENCIES = (
    "JPY",
    "intl_USD",
    "CNY",
    "USD",
)  # intl_USD: the international dollar of purchasing-power parities
PRICE_YEAR = re.compile(r"\b(CNY|USD)_(\d{4})\b")


@functools.cache
def registry() -> UnitRegistry[float]:
    """The project's pint registry: nothing but its own units, so that a slip cannot find a meaning.

    Persons, households, counties and every other counted thing are different dimensions; so are
    yuan and dollars, and so are yuan of different price years (``CNY_2020``): none of them add.
    """
    from pint import UnitRegistry

    units: UnitRegistry[float] = UnitRegistry(None)
    for name in (*COUNTED, *CURRENCIES):
        units.define(f"{name} = [{name}]")
    for line in (
        "year = [time]",
        "month = year / 12",
        "day = year / 365",
        "share = []",
        "percent = 0.01 share",
        "index = []",
        "shop = store",
    ):
        units.define(line)
    return units


@functools.cache
def parse_unit(text: str) -> str:
    """A unit in the one way it is written here.

    Parameters
    ----------
    text : str
        For example ``"CNY/person/year"``; a price year makes a unit of its own, as in ``CNY_2020``.

    Returns
    -------
    str
        The canonical form; "" for a pure number and for a share.

    Raises
    ------
    QuantityError
        If pint does not know the unit.

    Examples
    --------
    >>> parse_unit("CNY/person/year")
    'CNY / person / year'
    >>> parse_unit("share")
    ''
    """
    from pint.errors import PintError

    units = registry()
    for currency, year in PRICE_YEAR.findall(text):
        if f"{currency}_{year}" not in units:
            units.define(f"{currency}_{year} = [{currency}_{year}]")
    try:
        parsed = units.parse_units(text)
    except (
        PintError,
        ValueError,
        TypeError,
        AssertionError,
        TokenError,
    ):  # pint's parser raises them all
        allowed = ", ".join(
            (*COUNTED, *CURRENCIES, "year", "month", "share", "percent", "day", "index", "shop")
        )
        raise QuantityError(
            f"{text!r} is no unit; allowed are {allowed}, and their ratios"
        ) from None
    return _written(parsed)


@functools.cache
def factor(unit: str, target: str) -> float:
    """What a value in ``unit`` is multiplied by to stand in ``target``.

    Raises
    ------
    QuantityError
        If the two are different dimensions: persons are not households, yuan are not dollars.

    Examples
    --------
    >>> factor("year", "month")
    12.0
    """
    from pint.errors import DimensionalityError

    units = registry()
    try:
        return float(units.convert(1.0, units.parse_units(unit), units.parse_units(target)))
    except DimensionalityError:
        raise QuantityError(
            f"{unit or 'a number'} and {target or 'a number'} are different units: they neither add nor compare"
        ) from None


@functools.cache
def product(*factors: tuple[str, int]) -> str:
    """The unit of a product of units, each raised to a whole power.

    Examples
    --------
    >>> product(("CNY/person", 1), ("person", 1))
    'CNY'
    """
    units = registry()
    found = units.dimensionless
    for unit, exponent in factors:
        found = found * units.parse_units(unit) ** exponent
    return _written(found)


def _written(unit: object) -> str:
    return "" if unit in (registry().dimensionless, registry().share) else str(unit)
