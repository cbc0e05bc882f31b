"""Agreement of two coders: observed, and beyond chance."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.records.errors import QuantityError


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa with its 95 % confidence interval, a pure number.

    Parameters
    ----------
    kappa, low, high : float
        NaN where chance alone agrees always, because both coders used one category only. With full
        agreement the large-sample interval has no width.
    observed : float
        Share of the pairs that agree.
    n, agreed : int
        Pairs compared, and pairs that agree.
    """

    kappa: float
    low: float
    high: float
    observed: float
    n: int
    agreed: int


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> Agreement:
    """Agreement of two coders over the same items beyond what chance gives, a pure number.

    Parameters
    ----------
    first, second : sequence
        The category that each coder gave to each item, in one order.

    Returns
    -------
    Agreement

    Raises
    ------
    QuantityError
        If the two differ in length, or there is no item.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological
    Measurement 20, 37-46; interval by the large-sample variance of Fleiss, Cohen and Everitt (1969),
    as statsmodels computes it.

    Examples
    --------
    >>> found = cohen_kappa("aaabbb", "aabbbb")
    >>> found.n, found.agreed, round(found.kappa, 4)
    (6, 5, 0.6667)
    """
    if len(first) != len(second) or not first:
        raise QuantityError(
            f"{len(first)} and {len(second)} codings cannot be compared; both coders code the same items, at least one"
        )
    from statsmodels.stats.inter_rater import cohens_kappa

    pairs = list(zip(first, second, strict=True))
    values = sorted({value for pair in pairs for value in pair}, key=str)
    agreed = sum(a == b for a, b in pairs)
    if len(values) == 1:
        return Agreement(math.nan, math.nan, math.nan, 1.0, len(pairs), agreed)
    if agreed == len(pairs):
        return Agreement(1.0, 1.0, 1.0, 1.0, len(pairs), agreed)
    found = cohens_kappa([[sum(pair == (a, b) for pair in pairs) for b in values] for a in values])
    return Agreement(
        float(found.kappa),
        float(found.kappa_low),
        min(float(found.kappa_upp), 1.0),
        agreed / len(pairs),
        len(pairs),
        agreed,
    )


def agreement_table(cells: pd.DataFrame, *, categorical: Collection[str]) -> pd.DataFrame:
    """Agreement of two coders by column of what they coded.

    Parameters
    ----------
    cells : DataFrame
        ``column``, ``first``, ``second``: one row per cell that both coded.
    categorical : collection of str
        Columns of categories, for which kappa is computed.

    Returns
    -------
    DataFrame
        ``column``, ``n``, ``agreed``, ``observed`` (share), ``kappa``, ``low``, ``high`` (95 % interval; empty where the column holds no categories).
    """
    rows = []
    for column, own in cells.groupby("column", sort=False):
        found = cohen_kappa(list(own["first"]), list(own["second"]))
        ends = (found.kappa, found.low, found.high) if column in categorical else (math.nan,) * 3
        rows.append((column, found.n, found.agreed, found.observed, *ends))
    return pd.DataFrame(rows, columns=["column", "n", "agreed", "observed", "kappa", "low", "high"])
