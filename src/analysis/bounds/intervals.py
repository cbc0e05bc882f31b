"""Intervals: what a rounded figure can mean, and what several of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.bounds.finding import stable
from analysis.records.errors import QuantityError
from analysis.records.printed import last_digit


@dataclass(frozen=True)
class Interval:
    """A closed interval; the high end may be infinite."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise QuantityError(
                f"[{self.low}, {self.high}] is no interval: the low end comes first"
            )


@dataclass(frozen=True)
class Common:
    """What several intervals share, and which of them set its ends.

    Parameters
    ----------
    interval : Interval or None
        None if nothing is shared.
    low_from, high_from : str
        The interval with the highest low end and the one with the lowest high end; where nothing is
        shared, the two that exclude each other.
    """

    interval: Interval | None
    low_from: str
    high_from: str

    @property
    def shared(self) -> Interval:
        """The interval that is shared; raises QuantityError if there is none."""
        if self.interval is None:
            raise QuantityError(f"{self.low_from} and {self.high_from} exclude each other")
        return self.interval


def rounded(value: float, *, unit: float | None = None) -> Interval:
    """What a rounded figure can mean: half a unit of the last digit to either side, in its own unit.

    Parameters
    ----------
    value : float
        As printed; may be negative.
    unit : float, optional
        Unit of the last printed digit (2.90 million: 10,000; zero: exact). Where it is not given,
        trailing zeros do not count.

    Examples
    --------
    >>> rounded(118_000_000)
    Interval(low=117500000.0, high=118500000.0)
    >>> rounded(2_900_000, unit=10_000)
    Interval(low=2895000.0, high=2905000.0)
    """
    if unit is not None and unit < 0:
        raise QuantityError(f"a last digit worth {unit} is none; it is zero (exact) or above")
    half = (last_digit(stable(value))[0] if unit is None else unit) / 2
    return Interval(value - half, value + half)


def intersect(intervals: Mapping[str, Interval]) -> Common:
    """What named intervals share, in their common unit, and which of them bind.

    Examples
    --------
    >>> intersect({"a": Interval(1, 3), "b": Interval(2, 5)})
    Common(interval=Interval(low=2, high=3), low_from='b', high_from='a')
    >>> intersect({"a": Interval(1, 2), "b": Interval(3, 5)}).interval is None
    True
    """
    if not intervals:
        raise QuantityError("nothing is shared by no intervals; give at least one")
    low_from = max(intervals, key=lambda name: intervals[name].low)
    high_from = min(intervals, key=lambda name: intervals[name].high)
    low, high = intervals[low_from].low, intervals[high_from].high
    return Common(Interval(low, high) if low <= high else None, low_from, high_from)
