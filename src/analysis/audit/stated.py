"""Whether the words quoted say the number, the bound and the unit that the row of a claims table holds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.audit.counted import (
    RANK,
    in_units_of_rows,
    is_known,
    is_named,
    synonyms,
    units_said,
    written,
)
from analysis.methods.consistency import Check
from analysis.reading import Said, fits, numbers
from analysis.reading.tables import kind_of_unit

CLOSE, REPEATING = 1e-9, 1e-3  # no row can hold two thirds in full
CLOSED = ("exact", "rounded")
VAGUE, ORDINAL = "vague", "ordinal"


def parse(words: str, low: float, high: float) -> Check:
    """Whether the numbers of a row stand in its words, English or Chinese.

    Two ordinals are also read as a span with both ends counted ("from the 122nd to the 128th" is 7).

    Returns
    -------
    Check
        ``conflict``: the words hold numbers, and the row's is not among them. ``warn``: it stands
        there as a plural only. ``ambiguous``: there is no number in the words.

    Examples
    --------
    >>> parse("some 7.71 million farmers either start a business", 7_710_000, 7_710_000).status
    'pass'
    >>> parse("带动了618.8万贫困人口增收", 61_880_000, 61_880_000).reason
    'the words say 618.8万, the row 61,880,000'
    """
    found = numbers(words)
    if not found:
        return Check("ambiguous", "there is no number in the words quoted")
    ordinals = [one for one in found if one.kind == ORDINAL]
    if low == high and _span(ordinals) == low:
        ends = " to ".join(written(words, one) for one in ordinals)
        return Check("pass", f"{ends}, both counted, are {low:,.12g}")
    saying = {end: [one for one in found if says(one, end, low)] for end in (low, high)}
    said = ", ".join(written(words, one) for one in found)
    if absent := [end for end, ones in saying.items() if not ones]:
        return Check("conflict", f"the words say {said}, the row {absent[0]:,.12g}")
    if any(all(one.kind == VAGUE for one in ones) for ones in saying.values()):
        text = saying[low][0].text
        return Check("warn", f"{text!r} names a magnitude; {low:,.12g} is its lowest reading")
    return Check("pass", f"the words say {said}")


def says(one: Said, value: float, low: float | None = None) -> bool:
    """Whether a number is the value of a row; a magnitude ("hundreds") only from its lowest reading on.

    Examples
    --------
    >>> (half,) = numbers("0.5 percent")
    >>> says(half, 0.005), says(half, 0.5)
    (True, False)
    """
    if one.kind == VAGUE and one.low != (value if low is None else low):
        return False
    return any(
        math.isclose(value, end, rel_tol=CLOSE if end == round(end, 9) else REPEATING)
        for end in in_units_of_rows(one)
    )


def _span(found: Sequence[Said]) -> float:
    """How many two ordinals count from one to the other; nan of more or fewer."""
    if len(found) != 2:
        return math.nan
    return found[1].values[0] - found[0].values[0] + 1


def bound(words: str, coded: str, *values: float) -> Check:
    """Whether the words around a number say the bound that the row holds.

    Parameters
    ----------
    words, coded : str
        The words quoted, and the bound of the row.
    *values : float
        Of the row; the words around the number that says them count.

    Returns
    -------
    Check
        ``conflict``: the words say another one. ``warn``: they say another one of the same side, or
        none where the row is open. Without a word, a figure is exact or rounded.

    Examples
    --------
    >>> bound("deals worth more than $1.7 billion", "about").reason
    "the words say 'more_than', the row 'about'"
    >>> bound("no less than 5 million yuan", "fewer_than").status
    'conflict'
    """
    one = _quoted(words, values)
    said = "exact" if one is None else "at_least" if one.kind == VAGUE else one.bound
    if one and said != "exact" and coded == said:
        return Check("pass", f"the words say {said!r}")
    if one and said == "exact" and coded in one.allowed - set(CLOSED):
        return Check("pass", f"the words say {coded!r}")
    if said == "exact":
        return Check(
            "pass" if coded in CLOSED else "warn",
            f"no word at the number says more or less; the row has {coded!r}",
        )
    near = one is not None and coded not in ("about", "rounded") and fits(one, coded)
    return Check("warn" if near else "conflict", f"the words say {said!r}, the row {coded!r}")


def _quoted(words: str, values: Sequence[float]) -> Said | None:
    """The number in words that says the values of a row; of others, the first that is no ordinal."""
    found = numbers(words)
    low = min(values, default=None)
    return min(
        found,
        key=lambda one: (
            -sum(says(one, value, low) for value in values),
            one.kind == ORDINAL,
            one.start,
        ),
        default=None,
    )


def unit(words: str, coded: str, *values: float) -> Check:
    """Whether the currency or the noun of the number in the words fits the unit of the row.

    Parameters
    ----------
    words : str
    coded : str
        Unit of the row, such as ``person`` or ``CNY/person``; what stands before the stroke is checked.
    *values : float
        Of the row, as of ``bound``.

    Returns
    -------
    Check
        ``conflict``: another currency, or the noun of another unit. ``ambiguous``: the words name
        neither, or the unit is unknown.

    Examples
    --------
    >>> unit("contracted purchases reaching 42 billion yuan", "USD").status
    'conflict'
    >>> unit("不少于500万户", "household").status
    'pass'
    """
    one, own = _quoted(words, values), coded.partition("/")[0]
    said = [] if one is None else [RANK] if one.kind == ORDINAL else units_said(words, one.unit)
    money, names = kind_of_unit().get(own) == "money", synonyms(own)
    if names & set(said) or (said in ([], [RANK]) and any(is_named(words, name) for name in names)):
        return Check("pass", f"the words name {own if money else f'what {coded} counts'}")
    if said and said != [RANK] and is_known(own):
        return Check("conflict", f"the words name {said[0]}, the row {coded}")
    if money:
        return Check("ambiguous", f"the words name no currency, the row {coded}")
    return Check("ambiguous", f"the words quoted do not name what {coded} counts")
