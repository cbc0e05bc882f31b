"""Price indexes by year, fiscal year or month, each with its vintage; what is missing stays missing."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.records.errors import QuantityError
from analysis.records.files import rows_of

Period = Any  # int for a year; text for a fiscal year, 2013-14, and for a month, 2013-07
YEAR, FISCAL, MONTH = "year", "fiscal year", "month"
ALLOWED = (
    "allowed are years (2013), fiscal years (2013-14) and months (2013-07), one kind in an index"
)
_FORM = re.compile(r"(?:FY ?)?(\d{4})(?:[-–/](\d{2}|\d{4}))?")


@dataclass(frozen=True)
class Index:
    """A price index by period, in any base, with the publisher and date that it was taken from.

    Parameters
    ----------
    name : str
        Which prices: for example ``"PIP rural deflator"``.
    vintage : str
        Publisher and date; two vintages of one index are two indexes.
    values : tuple of (int or str, float)
        Period and level, in order of time. A period without a published level is left out.
    """

    name: str
    vintage: str
    values: tuple[tuple[Period, float], ...]

    def __post_init__(self) -> None:
        periods = [period for period, _ in self.values]
        if not (self.name and self.vintage and periods):
            raise QuantityError(
                "an index needs a name, a vintage (publisher and date) and at least one year"
            )
        if periods != sorted(set(periods)):
            raise QuantityError(
                f"index {self.name}: the years must rise, each once; given are {', '.join(map(str, periods))}"
            )
        for period, level in self.values:
            if not (math.isfinite(level) and level > 0):
                raise QuantityError(
                    f"index {self.name}: the level of {period} is {level}; a level is above zero, and a year without one is left out"
                )

    @classmethod
    def from_levels(cls, name: str, levels: Mapping[Period, float], *, vintage: str) -> Index:
        """An index from its published levels, in any base.

        Parameters
        ----------
        name : str
            Which prices.
        levels : mapping of int or str to float
            Year, fiscal year or month to its level; one kind only.
        vintage : str
            Publisher and date.

        Raises
        ------
        QuantityError
            If a period or a level is none.

        Examples
        --------
        >>> Index.from_levels("line", {2010: 2300, 2011: 2536}, vintage="NBS, 2017").factor(2010, to=2011)
        1.102608695652174
        >>> Index.from_levels("CPI-IW", {"2013-14": 236, "2014/15": 250.83}, vintage="by hand").values
        (('2013-14', 236.0), ('2014-15', 250.83))
        """
        kind = _kind(name, levels)
        known = {_numbered(kind, period): float(level) for period, level in levels.items()}
        return cls(name, vintage, tuple((_named(kind, one), known[one]) for one in sorted(known)))

    @classmethod
    def from_changes(
        cls, name: str, changes: Mapping[Period, float], *, base_year: Period, vintage: str
    ) -> Index:
        """An index chained from changes on the period before, as shares; its level is 1 in the base period.

        Parameters
        ----------
        name : str
            Which prices.
        changes : mapping of int or str to float
            Change on the period before, as a share: 0.058 for 5.8 percent.
        base_year : int or str
            A period with a change, or the one before the first.
        vintage : str
            Publisher and date.

        Raises
        ------
        QuantityError
            If a period is missing in between, if a change is not between -1 and 1 (a percentage, say),
            or if the base period is outside.

        Examples
        --------
        >>> Index.from_changes("CPI", {2011: 0.25, 2012: 0.2}, base_year=2010, vintage="NBS, 2013").values
        ((2010, 1.0), (2011, 1.25), (2012, 1.5))
        """
        if not changes:
            raise QuantityError(f"index {name}: there is no change to chain")
        kind = _kind(name, changes)
        known = {_numbered(kind, period): value for period, value in changes.items()}
        first, last = min(known), max(known)
        level, levels = 1.0, {_named(kind, first - 1): 1.0}
        for one in range(first, last + 1):
            period = _named(kind, one)
            level *= 1 + _change(name, known.get(one), period)
            levels[period] = level
        return cls(name, vintage, tuple(levels.items())).rebased(base_year)

    @classmethod
    def from_ratios(
        cls, name: str, ratios: Mapping[Period, float], *, base_year: Period, vintage: str
    ) -> Index:
        """An index chained from levels where the period before is 100, as statistics offices print them.

        Examples
        --------
        >>> Index.from_ratios("CPI", {2011: 125, 2012: 120}, base_year=2010, vintage="NBS, 2013").values
        ((2010, 1.0), (2011, 1.25), (2012, 1.5))
        """
        changes = {period: ratio / 100 - 1 for period, ratio in ratios.items()}
        return cls.from_changes(name, changes, base_year=base_year, vintage=vintage)

    @classmethod
    def from_file(cls, path: str | Path, *, name: str, vintage: str) -> Index:
        """An index from a CSV of two columns, period and level, with a header; an empty level is a gap.

        Raises
        ------
        QuantityError
            If a row holds something else: with file and row.
        """
        levels: dict[Period, float] = {}
        for number, row in enumerate(rows_of(Path(path))[1:], 2):
            cells = [*(cell.strip() for cell in row), ""][:2]
            try:
                level = float(cells[1]) if cells[1] else None
            except ValueError:
                raise QuantityError(f"{path}, row {number}: {cells[1]!r} is no level") from None
            if level is not None:
                levels[cells[0]] = level
        return cls.from_levels(name, levels, vintage=vintage)

    @property
    def gaps(self) -> tuple[Period, ...]:
        """Periods between the first and the last that have no level.

        Examples
        --------
        >>> Index.from_levels("CPI", {"2012-13": 1, "2015-16": 2}, vintage="by hand").gaps
        ('2013-14', '2014-15')
        """
        known = {period for period, _ in self.values}
        kind = _kind(self.name, known)
        first, last = (_numbered(kind, self.values[place][0]) for place in (0, -1))
        between = (_named(kind, one) for one in range(first, last))
        return tuple(period for period in between if period not in known)

    def by_year(self, first_month: int = 1) -> Index:
        """The mean of the twelve months of each whole year; from another month than January, of each fiscal year.

        Examples
        --------
        >>> months = {f"{2013 + n // 12}-{n % 12 + 1:02}": 100 + n for n in range(3, 15)}
        >>> Index.from_levels("CPI", months, vintage="by hand").by_year(first_month=4).values
        (('2013-14', 108.5),)
        """
        if _kind(self.name, dict(self.values)) != MONTH:
            raise QuantityError(f"index {self.name} is not monthly: its periods are means already")
        years: dict[int, list[float]] = {}
        for period, level in self.values:
            years.setdefault((_numbered(MONTH, period) - first_month + 1) // 12, []).append(level)
        kind = YEAR if first_month == 1 else FISCAL
        whole = {_named(kind, year): sum(of) / 12 for year, of in years.items() if len(of) == 12}
        return Index.from_levels(self.name, whole, vintage=self.vintage)

    def level(self, year: Period) -> float:
        """Level of the index in a period; raises QuantityError for one that it does not have."""
        levels = dict(self.values)
        if year in levels:
            return levels[year]
        first, last = self.values[0][0], self.values[-1][0]
        gap = " in it: gaps stay gaps" if year in self.gaps else ""
        raise QuantityError(
            f"index {self.name} runs from {first} to {last}; there is no {year}{gap}"
        )

    def factor(self, year: Period, *, to: Period) -> float:
        """What an amount of ``year`` is multiplied by to stand in prices of the year ``to``."""
        return self.level(to) / self.level(year)

    def rebased(self, year: Period) -> Index:
        """The same index with level 1 in another period; the vintage stays."""
        base = self.level(year)
        return dataclasses.replace(
            self, values=tuple((one, level / base) for one, level in self.values)
        )


def _kind(name: str, periods: Any) -> str:
    """What the periods of an index are: years, fiscal years or months, all of one kind.

    2011-12 alone could be either: then it is the fiscal year.
    """
    found: set[str] | None = None
    for period in periods:
        form = _FORM.fullmatch(str(period).strip())
        if not form:
            raise QuantityError(f"index {name}: {period!r} is no period; {ALLOWED}")
        first, second = int(form[1]), form[2]
        kinds = {YEAR} if second is None else set()
        if second is not None and int(second) in (first + 1, (first + 1) % 100):
            kinds.add(FISCAL)
        if second is not None and len(second) == 2 and 1 <= int(second) <= 12:
            kinds.add(MONTH)
        found = kinds if found is None else found & kinds
        if not found:
            raise QuantityError(
                f"index {name}: {period!r} is no period that goes with the others; {ALLOWED}"
            )
    return FISCAL if found and FISCAL in found else MONTH if found and MONTH in found else YEAR


def _numbered(kind: str, period: Period) -> int:
    """The place of a period in the count of its kind."""
    form = _FORM.fullmatch(str(period).strip())
    first, second = (int(form[1]), form[2]) if form else (0, None)
    return first * 12 + int(second or 1) - 1 if kind == MONTH else first


def _named(kind: str, number: int) -> Period:
    if kind == MONTH:
        return f"{number // 12}-{number % 12 + 1:02}"
    return number if kind == YEAR else f"{number}-{(number + 1) % 100:02}"


def _change(name: str, change: float | None, period: Period) -> float:
    if change is None:
        raise QuantityError(
            f"index {name} has no change for {period}: nothing is chained across a gap"
        )
    if not -1 < change < 1:
        raise QuantityError(
            f"index {name}: the change of {period} is {change}; it is a share between -1 and 1, such as 0.058 for 5.8 percent"
        )
    return change
