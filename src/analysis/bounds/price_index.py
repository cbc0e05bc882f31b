"""Price indexes by year, each with its vintage; what is missing stays missing."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.records.errors import QuantityError


@dataclass(frozen=True)
class Index:
    """A price index by year, in any base, with the publisher and date that it was taken from.

    Parameters
    ----------
    name : str
        Which prices: for example ``"PIP rural deflator"``.
    vintage : str
        Publisher and date; two vintages of one index are two indexes.
    values : tuple of (int, float)
        Year and level, in order of years. A year without a published level is left out.
    """

    name: str
    vintage: str
    values: tuple[tuple[int, float], ...]

    def __post_init__(self) -> None:
        years = [year for year, _ in self.values]
        if not (self.name and self.vintage and years):
            raise QuantityError(
                "an index needs a name, a vintage (publisher and date) and at least one year"
            )
        if years != sorted(set(years)):
            raise QuantityError(
                f"index {self.name}: the years must rise, each once; given are {', '.join(map(str, years))}"
            )
        for year, level in self.values:
            if not (math.isfinite(level) and level > 0):
                raise QuantityError(
                    f"index {self.name}: the level of {year} is {level}; a level is above zero, and a year without one is left out"
                )

    @classmethod
    def from_levels(cls, name: str, levels: Mapping[int, float], *, vintage: str) -> Index:
        """An index from its published levels, in any base.

        Examples
        --------
        >>> Index.from_levels("line", {2010: 2300, 2011: 2536}, vintage="NBS, 2017").factor(2010, to=2011)
        1.102608695652174
        """
        return cls(
            name,
            vintage,
            tuple(sorted((int(year), float(level)) for year, level in levels.items())),
        )

    @classmethod
    def from_changes(
        cls, name: str, changes: Mapping[int, float], *, base_year: int, vintage: str
    ) -> Index:
        """An index chained from changes on the year before, as shares; its level is 1 in the base year.

        Parameters
        ----------
        name : str
            Which prices.
        changes : mapping of int to float
            Change on the year before, as a share: 0.058 for 5.8 percent.
        base_year : int
            A year with a change, or the year before the first one.
        vintage : str
            Publisher and date.

        Raises
        ------
        QuantityError
            If a year is missing in between, if a change is not between -1 and 1 (a percentage, say),
            or if the base year is outside.

        Examples
        --------
        >>> Index.from_changes("CPI", {2011: 0.25, 2012: 0.2}, base_year=2010, vintage="NBS, 2013").values
        ((2010, 1.0), (2011, 1.25), (2012, 1.5))
        """
        years = sorted(changes)
        if not years:
            raise QuantityError(f"index {name}: there is no change to chain")
        level, levels = 1.0, {years[0] - 1: 1.0}
        for year in range(years[0], years[-1] + 1):
            level *= 1 + _change(name, changes, year)
            levels[year] = level
        return cls.from_levels(name, levels, vintage=vintage).rebased(base_year)

    def level(self, year: int) -> float:
        """Level of the index in a year; raises QuantityError for a year that it does not have."""
        levels = dict(self.values)
        if year in levels:
            return levels[year]
        first, last = self.values[0][0], self.values[-1][0]
        gap = " in it: gaps stay gaps" if first < year < last else ""
        raise QuantityError(
            f"index {self.name} runs from {first} to {last}; there is no {year}{gap}"
        )

    def factor(self, year: int, *, to: int) -> float:
        """What an amount of ``year`` is multiplied by to stand in prices of the year ``to``."""
        return self.level(to) / self.level(year)

    def rebased(self, year: int) -> Index:
        """The same index with level 1 in another year; the vintage stays."""
        base = self.level(year)
        return dataclasses.replace(
            self, values=tuple((one, level / base) for one, level in self.values)
        )


def _change(name: str, changes: Mapping[int, float], year: int) -> float:
    if year not in changes:
        raise QuantityError(
            f"index {name} has no change for {year}: nothing is chained across a gap"
        )
    if not -1 < changes[year] < 1:
        raise QuantityError(
            f"index {name}: the change of {year} is {changes[year]}; it is a share between -1 and 1, such as 0.058 for 5.8 percent"
        )
    return changes[year]
