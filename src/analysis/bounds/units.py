"""Units of the claims: what is counted and each currency are dimensions of their own."""

from __future__ import annotations

import functools
import re
from tokenize import TokenError
from typing import TYPE_CHECKING, Any

from analysis.records.errors import QuantityError
from analysis.records.units import COUNTED, DEFINED, PPP_DOLLAR, is_currency, unit_problem

if TYPE_CHECKING:
    from pint import UnitRegistry

_CURRENCY = re.compile(r"\b([A-Z]{3})((?:_\d{4})?)\b")


@functools.cache
def registry() -> UnitRegistry[float]:
    """The project's pint registry: nothing but its own units, so that a slip cannot find a meaning.

    Persons, households, counties and every other counted thing are different dimensions; so are
    yuan and dollars, and so are yuan of different price years (``CNY_2020``): none of them add.
    """
    from pint import UnitRegistry

    units: UnitRegistry[float] = UnitRegistry(None)
    for name in (*COUNTED, PPP_DOLLAR):
        units.define(f"{name} = [{name}]")
    for name, made_of in DEFINED.items():
        units.define(f"{name} = {made_of}")
    return units


def _read(text: str) -> Any:
    """A unit of pint; a currency is defined when it is first met."""
    units = registry()
    for currency, year in _CURRENCY.findall(text):
        name = f"{currency}{year}"
        if is_currency(currency) and name not in units:
            units.define(f"{name} = [{name}]")
    return units.parse_units(text)


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
        If it is no unit, with the nearest that are.

    Examples
    --------
    >>> parse_unit("CNY/person/year")
    'CNY / person / year'
    >>> parse_unit("share")
    ''
    """
    from pint.errors import PintError

    if text and (wrong := unit_problem(text)):
        raise QuantityError(f"{text!r} {wrong}")
    try:
        parsed = _read(text)
    except (PintError, ValueError, TypeError, AssertionError, TokenError):  # its parser raises all
        raise QuantityError(f"{text!r} is no unit; write it as in CNY/person/year") from None
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

    try:
        return float(registry().convert(1.0, _read(unit), _read(target)))
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
    found = registry().dimensionless
    for unit, exponent in factors:
        found = found * _read(unit) ** exponent
    return _written(found)


def _written(unit: object) -> str:
    return "" if unit in (registry().dimensionless, registry().share) else str(unit)
