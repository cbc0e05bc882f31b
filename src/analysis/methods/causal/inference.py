"""Standard errors, intervals, bands and joint tests that hold with few clusters, from what each county adds to an estimate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.methods.causal.panel import Panel
from analysis.records.errors import QuantityError

LEVEL = 0.05
BAND_DRAWS = 20_000
CORRECTED = "clustered, corrected within batches, degrees of freedom by Welch and Satterthwaite"
NOT_EVIDENCE = "Not rejecting equal trends before treatment is no evidence that they would have been equal after it."


@dataclass(frozen=True)
class Estimate:
    """One coefficient.

    Parameters
    ----------
    value, se : float
        In the unit of the outcome.
    df : float
        Degrees of freedom of its t distribution.
    n : int
        County-years.
    clusters : int
    errors : str
        Kind of the standard error.
    """

    value: float
    se: float
    df: float
    n: int
    clusters: int
    errors: str

    @property
    def p(self) -> float:
        """Two-sided probability of so large a t if the effect were zero."""
        from scipy.stats import t

        if not self.se:  # a fit without any error
            return float(not self.value)
        return float(2 * t.sf(abs(self.value / self.se), self.df))

    @property
    def interval(self) -> tuple[float, float]:
        """Ends of the 95 % interval."""
        half = float(within(np.array(self.df))) * self.se
        return self.value - half, self.value + half


def within(df: np.ndarray) -> np.ndarray:
    """Standard errors to each end of a 95 % interval."""
    from scipy.stats import t

    return np.asarray(t.ppf(1 - LEVEL / 2, df))


@dataclass(frozen=True, eq=False)
class Covariance:
    """Covariance of several estimates.

    Parameters
    ----------
    parts : ndarray, shape (batches, estimates, estimates)
        What the clusters of each batch add.
    freedom : ndarray, shape (batches,)
        Clusters of each batch, less one.
    between : ndarray, shape (estimates, estimates)
        What the unknown sizes of the batches add.
    plain : ndarray, shape (estimates,)
        Standard errors without any correction, as R's ``did`` prints them.
    """

    parts: np.ndarray
    freedom: np.ndarray
    between: np.ndarray
    plain: np.ndarray

    @property
    def total(self) -> np.ndarray:
        """The covariance, shape (estimates, estimates)."""
        return np.asarray(self.parts.sum(axis=0) + self.between)

    @property
    def se(self) -> np.ndarray:
        """Standard error of each."""
        return np.sqrt(np.diag(self.total))

    @property
    def df(self) -> np.ndarray:
        """Degrees of freedom of each by Welch and Satterthwaite: batches are samples of their own, with a spread of their own."""
        own = np.diagonal(self.parts, axis1=1, axis2=2)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = own.sum(axis=0) ** 2 / np.sum(own**2 / self.freedom[:, None], axis=0)
        return np.where(np.isfinite(found), found, 1.0)


def covariance(influence: np.ndarray, panel: Panel) -> Covariance:
    """Covariance of estimates from what each county adds to them.

    Sums over clusters vary around the mean of their batch, and each batch of n clusters counts n/(n-1) of that. Where a cluster holds
    counties of several batches, all such clusters are one sample.

    Parameters
    ----------
    influence : ndarray, shape (units, estimates)
    panel : Panel

    References
    ----------
    Welch (1947), Biometrika 34(1/2), 28-35. For one estimate of one batch against one other without covariates this is Welch's t test.
    """
    places, cluster = np.unique(panel.cluster, return_inverse=True)
    sums = np.zeros((len(places), influence.shape[1]))
    np.add.at(sums, cluster, influence)
    least, most = (np.full(len(places), start, float) for start in (np.inf, -np.inf))
    np.minimum.at(least, cluster, panel.first)
    np.maximum.at(most, cluster, panel.first)
    batch = np.where(least == most, least, -1)
    parts, freedom, between = [], [], np.zeros((influence.shape[1],) * 2)
    for one in np.unique(batch):
        own = sums[batch == one]
        n, mean = len(own), own.mean(axis=0)
        spread = own - mean if n > 1 else own  # of a single cluster nothing is known but its size
        parts.append(spread.T @ spread * (n / max(n - 1, 1)))
        freedom.append(max(n - 1, 1))
        between += n * np.outer(mean, mean) * (n > 1)
    plain = np.sqrt(np.sum(sums**2, axis=0))
    return Covariance(np.array(parts), np.array(freedom, float), between, plain)


@dataclass(frozen=True)
class Joint:
    """A test that several effects are all zero.

    Parameters
    ----------
    wald : float
        W without a correction, as R's ``did`` prints it and takes for chi-squared.
    f, df, rest : float
        Its F with small-sample correction, and the degrees of freedom.
    """

    wald: float
    f: float
    df: int
    rest: float

    @property
    def p(self) -> float:
        """Probability of so large an F if all effects were zero."""
        from scipy.stats import f

        return float(f.sf(self.f, self.df, self.rest))

    def __str__(self) -> str:
        verdict = "is rejected" if self.p < LEVEL else "is not rejected"
        return f"Equal trends before treatment: {verdict} at 5 % (F({self.df}, {self.rest:.1f}) = {self.f:.2f}, p = {self.p:.3f}). {NOT_EVIDENCE}"


def joint(values: np.ndarray, influence: np.ndarray, panel: Panel) -> Joint:
    """Test several effects at once, as Hotelling's test of samples that each have a covariance of their own.

    Parameters
    ----------
    values : ndarray, shape (estimates,)
    influence : ndarray, shape (units, estimates)
    panel : Panel

    Raises
    ------
    QuantityError
        If there is nothing to test, or clusters are too few for so many effects.

    References
    ----------
    Krishnamoorthy and Yu (2004), Statistics and Probability Letters 66(2), 161-169.
    """
    df, spread = len(values), covariance(influence, panel)
    if df == 0:
        raise QuantityError(
            "no test of trends before treatment: each group has one year before it, and that is its base"
        )
    sums = np.zeros((panel.cluster.max() + 1, df))
    np.add.at(sums, panel.cluster, influence)
    if (
        panel.clusters - len(spread.freedom) <= df
        or min(map(np.linalg.matrix_rank, (sums, spread.total))) < df
    ):
        raise QuantityError(
            f"no joint test of {df} effects with {panel.clusters} clusters in {len(spread.freedom)} batches: too few clusters, or too few that differ before treatment"
        )
    inverse = np.linalg.inv(spread.total)
    shares = [part @ inverse for part in spread.parts]
    loss = [float(np.trace(one @ one) + np.trace(one) ** 2) for one in shares]
    rest = (df + df**2) / float(np.sum(np.array(loss) / spread.freedom)) - df + 1
    if rest <= 0:
        raise QuantityError(
            f"no joint test of {df} effects with {panel.clusters} clusters: the smallest batches have too few"
        )
    f = float(values @ inverse @ values) * rest / (df * (rest + df - 1))
    return Joint(float(values @ np.linalg.solve(sums.T @ sums, values)), f, df, rest)


def band(spread: Covariance, *, seed: int, draws: int = BAND_DRAWS) -> np.ndarray:
    """Standard errors to each end of a 95 % band that holds all effects at once: the sup-t band, each effect with its own t distribution.

    References
    ----------
    Montiel Olea and Plagborg-Møller (2019), Journal of Applied Econometrics 34(1), 1-17.
    """
    from scipy.stats import chi2, t

    se = np.where(spread.se > 0, spread.se, np.inf)
    alike = spread.total / np.outer(se, se)
    values, vectors = np.linalg.eigh(alike)
    generator = np.random.default_rng(seed)
    normal = (
        generator.normal(size=(draws, len(se))) @ (vectors * np.sqrt(np.clip(values, 0, None))).T
    )
    common = generator.random((draws, 1))
    scaled = np.abs(normal) / np.sqrt(chi2.ppf(common, spread.df) / spread.df)
    least = np.asarray(2 * t.sf(scaled, spread.df)).min(axis=1)
    return np.asarray(t.ppf(1 - float(np.quantile(least, LEVEL)) / 2, spread.df))
