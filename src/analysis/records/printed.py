"""How precisely a figure is printed: its text, and what one unit of its last digit is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from analysis.records.errors import QuantityError, shortened

EXACT = "exact"
NOISE = 1e-9
LONGEST = (
    40  # characters of a printed figure: eighteen digits on each side of the point, and a scale
)
SCALES = {
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
    "lakh": 5,
    "crore": 7,
    "lakh crore": 12,
    "万": 4,
    "亿": 8,
    "万亿": 12,
    "%": -2,
}
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_FIGURE = re.compile(rf"(-?\d[\d,]*(?:\.\d+)?) ?({_SCALE})?")
FIGURES = re.compile(rf"\d[\d,]*(?:\.\d+)?(?: ?(?:{_SCALE}))?")  # in a sentence


def last_digit(value: float, stated: str = "") -> tuple[float, str]:
    """What one unit of the last digit of a figure is worth, and the rule that says so.

    The one rule for claims, series and conversions, wherever a figure is read.

    Parameters
    ----------
    value : float
        In its unit; may be negative.
    stated : str
        The column ``last_digit``: a number, ``1/12`` (a month of a year) or ``exact``. Where it is
        empty, trailing zeros of the value do not count.

    Returns
    -------
    float, str
        The unit, zero for an exact figure, and ``"as printed"``, ``"exact"`` or ``"trailing zeros"``.

    Raises
    ------
    QuantityError
        If the value is zero and nothing is stated.

    Examples
    --------
    >>> last_digit(2_900_000, "10000"), last_digit(2300, "exact"), last_digit(6000)
    ((10000.0, 'as printed'), (0.0, 'exact'), (1000.0, 'trailing zeros'))
    """
    if stated == EXACT:
        return 0.0, EXACT
    if stated:
        return float(Fraction(stated)), "as printed"
    if value == 0:
        raise QuantityError("0 does not show its last digit; state the unit, or low and high")
    exponent = int(Decimal(repr(float(value))).normalize().as_tuple().exponent)
    return float(Decimal(1).scaleb(exponent)), "trailing zeros"


def figure(printed: str) -> tuple[Decimal, Decimal] | None:
    """The number that a printed figure is, and the unit of its last digit, zeros counted; None for words.

    Examples
    --------
    >>> [str(part) for part in figure("2.90 million")], [str(part) for part in figure("1660万")]
    (['2.90E+6', '1E+4'], ['1.660E+7', '1E+4'])
    """
    found = _FIGURE.fullmatch(printed)
    if not found:
        return None
    number = Decimal(found[1].replace(",", "")).scaleb(SCALES.get(found[2], 0))
    return number, Decimal(1).scaleb(int(number.as_tuple().exponent))


def printed_problems(row: dict[str, Any], values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What does not fit in a row with ``printed`` and ``last_digit``: column and message.

    Parameters
    ----------
    row : dict
    values : sequence of str
        Names of the columns of which one holds the same figure; none where the audit compares the two.
    """
    known = figure(row["printed"])
    if known is None:
        return
    if len(row["printed"]) > LONGEST:
        yield "printed", f"{shortened(row['printed'])!r} is longer than {LONGEST} characters"
        return
    number, unit = known
    held = [float(row[name]) for name in values]
    if held and not any(abs(float(number) - one) <= NOISE * abs(one) for one in held):
        yield "printed", f"{row['printed']} is not the {values[0]} {held[0]:.12g}"
    if row["last_digit"] in ("", EXACT):
        return
    stated = float(Fraction(row["last_digit"]))
    coarsest = Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))
    if not float(unit) * (1 - NOISE) <= stated <= float(coarsest) * (1 + NOISE):
        ends = f"{unit:f} to {coarsest:f}"
        yield "last_digit", f"{row['last_digit']} is no digit of {row['printed']}: {ends}"
