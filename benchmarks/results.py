"""What the benchmark finds: tables, and targets that are reached or missed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Target:
    """A target, and what was measured.

    Parameters
    ----------
    what : str
        What is held against the limit, with its unit.
    measured, limit : float
    at_most : bool
        Whether the limit is an upper one.
    """

    what: str
    measured: float
    limit: float
    at_most: bool = True

    @property
    def reached(self) -> bool:
        """Whether the measured value keeps the limit; what was not measured does not."""
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


@dataclass(frozen=True)
class Section:
    """One part of the results.

    Parameters
    ----------
    title, method : str
        What is shown, and how it was measured.
    header : tuple of str
    rows : list
        Cells as text.
    targets : list of Target
    """

    title: str
    method: str
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    targets: list[Target] = field(default_factory=list)


def seconds(value: float) -> str:
    """A time in the unit that suits it.

    Examples
    --------
    >>> seconds(0.0634), seconds(4.4378)
    ('63 ms', '4.4 s')
    """
    return (
        f"{value:.1f} s"
        if value >= 1
        else f"{value * 1000:.2g} ms"
        if value < 0.1
        else f"{value * 1000:.0f} ms"
    )


def number(value: float) -> str:
    """Three digits.

    Examples
    --------
    >>> number(0.38123), number(446.2)
    ('0.381', '446')
    """
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
