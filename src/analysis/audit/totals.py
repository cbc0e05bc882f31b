"""Running totals: whether they fall, whether a slip of the decimal point explains it, whether they stand still."""

from __future__ import annotations

import math

import pandas as pd

from analysis.methods.consistency import Check, monotone, power_of_ten

SAID_DIGITS = 3
HALF_A_DECADE = math.sqrt(
    10
)  # a fall beyond this factor is nearer to a slip of the point than to a change


def running_total(told: pd.DataFrame) -> Check:
    """Whether a running total never falls: see :func:`analysis.methods.consistency.monotone`."""
    return monotone(told)


def slip_of_ten(told: pd.DataFrame) -> Check:
    """Whether one power of ten mends the first fall of a running total.

    A fall by more than half a decade is nearer to a slip of the decimal point than to a change; a
    smaller fall is not, and the two figures contradict each other as printed.

    Parameters
    ----------
    told : DataFrame
        ``period``, ``value``, ``low``, ``high`` as ``monotone`` takes them; all above zero.

    Returns
    -------
    Check
        ``pass``: nothing falls, or no power of ten mends it. ``warn``: one does; ``rows`` holds it.

    Examples
    --------
    >>> told = pd.DataFrame({"period": [125, 128], "value": [670, 86.69], "low": [670, 86.685], "high": [float("inf"), 86.695]})
    >>> slip_of_ten(told).reason
    '670 at 125 does not fit between 27.4 and 86.695; only 10**-1 fits: 67'
    """
    falls = monotone(told)
    if falls.status != "conflict":
        return Check("pass", "nothing falls")
    first, second = falls.rows[0]
    earlier, later = (told[told["period"] == one] for one in (first, second))
    high = float(later["high"].max())
    found = power_of_ten(
        float(earlier["low"].max()),
        lower=float(f"{high / HALF_A_DECADE:.{SAID_DIGITS}g}"),
        upper=high,
    )
    if found.status != "warn":
        return Check("pass", "a slip of the decimal point does not explain the fall")
    return Check(
        "warn", found.reason.replace(" does not fit", f" at {first} does not fit", 1), found.rows
    )


def standing_still(said: pd.DataFrame) -> Check:
    """Whether a running total was given again at a later date without having moved.

    Parameters
    ----------
    said : DataFrame
        ``said`` (date, as text that sorts in order of time) and ``value``.

    Returns
    -------
    Check
        ``warn`` with the dates, if equal values stand at different dates; else ``pass``.

    Examples
    --------
    >>> standing_still(pd.DataFrame({"said": ["2021-04", "2021-08-23"], "value": [86.69e6, 86.69e6]})).reason
    'the same figure, 86,690,000, at 2021-04 and 2021-08-23: it did not move, or was not counted anew'
    """
    for value, rows in said.groupby("value", sort=True):
        if len(dates := sorted(set(rows["said"]))) > 1:
            return Check(
                "warn",
                f"the same figure, {value:,.12g}, at {' and '.join(dates)}: it did not move, or was not counted anew",
                tuple(dates),
            )
    return Check("pass", "the figure differs at every date")
