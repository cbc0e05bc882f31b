"""Pooling published estimates: equal and random effects, heterogeneity; refused where too few are comparable.

The arithmetic is statsmodels' (``statsmodels.stats.meta_analysis.combine_effects``). It offers two
estimators of the variance between studies, DerSimonian and Laird's and Paule and Mandel's; metafor's
default, restricted maximum likelihood, is not among them, and results must be compared like with like.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.records.errors import QuantityError

if TYPE_CHECKING:
    from statsmodels.stats.meta_analysis import CombineResults

# comparable standard errors: with two, the variance between studies has one degree of freedom
FEWEST = 3
METHODS = {"DL": "DerSimonian and Laird", "PM": "Paule and Mandel"}
BELOW = 1e-9  # so much below its root statsmodels' iteration begins, as a part of it
CLOSE = 1e-6  # of the estimating equation, where it ends


@dataclass(frozen=True)
class Estimate:
    """One estimate that may enter a pool.

    Parameters
    ----------
    name : str
        Identifier, for messages.
    effect : float
        In the unit of ``kind``.
    se : float
        Standard error of the effect, in the same unit; not a number where none was printed.
    kind : str
        Outcome, unit, and what the error is of: only one kind enters a pool.
    team : str
        Who made it: two estimates of one team share data or authors and are not independent.
    """

    name: str
    effect: float
    se: float
    kind: str = ""
    team: str = ""


@dataclass(frozen=True)
class Mean:
    """A pooled mean with its standard error and the ends of its interval."""

    value: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class Pooled:
    """Estimates pooled, in their own unit.

    Parameters
    ----------
    k : int
        Number of estimates.
    method : {"DL", "PM"}
        Estimator of the variance between studies.
    equal, random : Mean
        Mean if all studies estimate one effect, and mean of a distribution of effects; normal intervals.
    knapp_hartung : (low, high)
        Interval of the random-effects mean with Hartung and Knapp's error and t on k - 1.
    q, q_p : float
        Cochran's Q and its probability, chi-squared on k - 1, if there is one effect.
    tau2 : float
        Variance between studies, in the squared unit; not below 0.
    i2 : float
        Share of the variance that lies between studies, as a part of 1.
    predicted : (low, high)
        Where the effect of a further study would lie; t on k - 2.
    """

    k: int
    method: str
    equal: Mean
    random: Mean
    knapp_hartung: tuple[float, float]
    q: float
    q_p: float
    tau2: float
    i2: float
    predicted: tuple[float, float]


def pool(estimates: Sequence[Estimate], *, method: str = "DL", level: float = 0.95) -> Pooled:
    """Mean of comparable estimates, in their unit, with what differs between them.

    Parameters
    ----------
    estimates : sequence of Estimate
        Those without a standard error do not enter; at least three must remain, of one kind and of
        different teams.
    method : {"DL", "PM"}
    level : float
        Coverage of every interval.

    Returns
    -------
    Pooled

    Raises
    ------
    QuantityError
        If there are too few, of several kinds, of one team, or with an error that is not above zero.

    Examples
    --------
    >>> rows = [Estimate(name, effect, 0.1, team=name) for name, effect in (("a", 0.1), ("b", 0.2), ("c", 0.3))]
    >>> round(pool(rows).equal.value, 6), pool(rows).tau2
    (0.2, 0.0)
    >>> pool(rows[:2])
    Traceback (most recent call last):
    analysis.records.errors.QuantityError: 2 comparable standard errors are too few to pool; at least 3 are needed

    References
    ----------
    DerSimonian & Laird (1986), Controlled Clinical Trials 7; Paule & Mandel (1982), Journal of Research of
    the National Bureau of Standards 87; Higgins & Thompson (2002), Statistics in Medicine 21 (I-squared);
    Higgins, Thompson & Spiegelhalter (2009), J. R. Statist. Soc. A 172 (prediction interval).
    """
    usable = _usable(estimates, method, level)
    found = _combined(usable, method)
    homogeneity, k, tau2 = found.test_homogeneity(), len(usable), float(found.tau2)
    ends, knapp = found.conf_int(alpha=1 - level), found.conf_int(alpha=1 - level, use_t=True)
    random = Mean(float(found.mean_effect_re), float(found.sd_eff_w_re), *map(float, ends[1]))
    return Pooled(
        k=k,
        method=method,
        equal=Mean(float(found.mean_effect_fe), float(found.sd_eff_w_fe), *map(float, ends[0])),
        random=random,
        knapp_hartung=(float(knapp[3][0]), float(knapp[3][1])),
        q=float(homogeneity.statistic),
        q_p=float(homogeneity.pvalue),
        tau2=tau2,
        i2=between_share(tau2, [one.se**2 for one in usable]),
        predicted=prediction_interval(random.value, random.se, tau2, df=k - 2, level=level),
    )


def _combined(usable: Sequence[Estimate], method: str) -> CombineResults:
    """What statsmodels makes of estimates that may be pooled."""
    import numpy as np
    from statsmodels.stats.meta_analysis import combine_effects

    effects, variances = (
        np.array(values)
        for values in zip(*((one.effect, one.se**2) for one in usable), strict=True)
    )
    # with Q below its freedom both estimators are 0, but statsmodels does not cut DerSimonian and
    # Laird's at 0
    estimator = method if _q(usable) > len(usable) - 1 else "PM"
    # its iteration for Paule and Mandel's falls to 0 where rounding takes a step beyond the root,
    # so it begins there
    options = (
        {"tau2_start": _paule_mandel(usable) * (1 - BELOW), "atol": CLOSE}
        if estimator == "PM"
        else {}
    )
    with np.errstate(
        divide="ignore", invalid="ignore"
    ):  # its own share between studies divides by Q, which may be 0
        return combine_effects(
            effects, variances, method_re=estimator.lower(), use_t=False, **options
        )


def _paule_mandel(estimates: Sequence[Estimate]) -> float:
    """The variance between studies with which Q equals its freedom; 0 if it is below already."""
    from scipy.optimize import brentq

    df, spread = (
        len(estimates) - 1,
        max(one.effect for one in estimates) - min(one.effect for one in estimates),
    )
    if _q(estimates) <= df:
        return 0.0
    return float(
        brentq(
            lambda tau2: _q(estimates, tau2) - df,
            0.0,
            (df + 1) * spread**2,
            xtol=1e-300,
            rtol=1e-14,
        )
    )


def _q(estimates: Sequence[Estimate], tau2: float = 0.0) -> float:
    """Cochran's Q: squared distances from the mean, in errors that hold a variance between studies too."""
    weights = [1 / (one.se**2 + tau2) for one in estimates]
    mean = math.fsum(w * one.effect for w, one in zip(weights, estimates, strict=True)) / math.fsum(
        weights
    )
    return math.fsum(
        w * (one.effect - mean) ** 2 for w, one in zip(weights, estimates, strict=True)
    )


def _usable(estimates: Sequence[Estimate], method: str, level: float) -> list[Estimate]:
    """Estimates with a standard error, if they may be pooled."""
    if method not in METHODS:
        raise QuantityError(
            f"unknown method {method!r}; allowed are {' and '.join(f'{key} ({name})' for key, name in METHODS.items())}"
        )
    if not 0 < level < 1:
        raise QuantityError(f"a level of {level:g} is not between 0 and 1")
    usable = [one for one in estimates if not math.isnan(one.se)]
    for one in usable:
        if not (one.se > 0 and math.isfinite(one.se) and math.isfinite(one.effect)):
            raise QuantityError(
                f"{one.name}: an effect of {one.effect:g} with a standard error of {one.se:g} cannot be pooled; the error must be above 0, and both finite"
            )
    kinds = list(dict.fromkeys(one.kind for one in usable))
    if len(kinds) > 1:
        raise QuantityError(
            f"the estimates are not of one kind and cannot be pooled: {'; '.join(kinds)}"
        )
    teams: dict[str, str] = {}
    for one in usable:
        if one.team and one.team in teams:
            raise QuantityError(
                f"{teams[one.team]} and {one.name} are of one team ({one.team}) and not independent; keep one of them"
            )
        teams[one.team] = one.name
    if len(usable) < FEWEST:
        raise QuantityError(
            f"{len(usable)} comparable standard errors are too few to pool; at least {FEWEST} are needed"
        )
    return usable


def between_share(tau2: float, variances: Sequence[float]) -> float:
    """I-squared: the share of the variance that lies between studies, as a part of 1, for any estimate of it.

    Parameters
    ----------
    tau2 : float
        Variance between studies.
    variances : sequence of float
        Squared standard errors.

    Returns
    -------
    float
        ``tau2 / (tau2 + s2)`` with Higgins and Thompson's typical variance s2; with DerSimonian and
        Laird's tau2 this is (Q - df) / Q.

    Examples
    --------
    >>> between_share(1.0, [1.0, 1.0, 1.0])
    0.5
    """
    weights = [1 / one for one in variances]
    total, squares = math.fsum(weights), math.fsum(one**2 for one in weights)
    typical = (len(weights) - 1) * total / (total**2 - squares)
    return tau2 / (tau2 + typical)


def prediction_interval(
    mean: float, se: float, tau2: float, *, df: int | None = None, level: float = 0.95
) -> tuple[float, float]:
    """Where the effect of a further study would lie, in the unit of the mean.

    Parameters
    ----------
    mean, se : float
        Random-effects mean and its standard error.
    tau2 : float
        Variance between studies.
    df : int, optional
        Degrees of freedom of t; without them, the normal distribution, as metafor does by default.
    level : float
        Coverage.

    Examples
    --------
    >>> low, high = prediction_interval(0.0, 0.3, 0.16)
    >>> round(low, 4), round(high, 4)
    (-0.98, 0.98)
    """
    from scipy import stats

    reach = float(
        stats.norm.ppf((1 + level) / 2) if df is None else stats.t.ppf((1 + level) / 2, df)
    ) * math.sqrt(se**2 + tau2)
    return mean - reach, mean + reach
