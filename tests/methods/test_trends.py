"""Trends: exact data give their answer back, normal equations agree, and what is too little is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.trends import FEWEST, log_trend
from analysis.records.errors import QuantityError

# made up: rises by about 5 % a year, falls by about a third in 2009, then by about 2 % a year; two
# years missing
YEARS = np.array(
    [2002, 2003, 2004, 2005, 2007, 2008, 2009, 2010, 2011, 2013, 2014, 2015], dtype=float
)
VALUES = np.array([100, 104, 112, 115, 128, 134, 92, 89, 88, 86, 83, 82.5])


def least_squares(design: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients, HC3 covariance and sum of squares, from the normal equations."""
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    error, leverage = y - design @ beta, np.einsum("ij,jk,ik->i", design, inverse, design)
    meat = design.T @ np.diag((error / (1 - leverage)) ** 2) @ design
    return beta, inverse @ meat @ inverse, float(error @ error)


def line(x: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(x)), x - x[0]])


@given(st.floats(-0.3, 0.5), st.floats(0.1, 1e9))
def test_exact_growth_is_found_again(growth, start):
    found = log_trend(
        [2000, 2001, 2003, 2004, 2007], [start * (1 + growth) ** t for t in (0, 1, 3, 4, 7)]
    )
    assert found.per_year == pytest.approx(growth, abs=1e-9)
    assert found.n == 5
    assert found.se == pytest.approx(0, abs=1e-9)
    assert found.fitted["low"].to_numpy() == pytest.approx(
        found.fitted["value"].to_numpy(), rel=1e-6
    )


def test_the_trend_is_that_of_the_normal_equations():
    found = log_trend(YEARS, VALUES)
    design, y = line(YEARS), np.log(VALUES)
    beta, covariance, squares = least_squares(design, y)
    assert (found.slope, found.se) == (
        pytest.approx(beta[1]),
        pytest.approx(math.sqrt(covariance[1, 1])),
    )
    assert found.per_year == pytest.approx(math.exp(beta[1]) - 1)
    assert found.fitted["fitted"].to_numpy() == pytest.approx(np.exp(design @ beta))
    spread = np.sqrt(squares / (len(y) - 2) + np.einsum("ij,jk,ik->i", design, covariance, design))
    # Student's t with ten degrees of freedom: 2.228139
    assert found.fitted["high"].to_numpy() == pytest.approx(
        np.exp(design @ beta + 2.2281388520 * spread)
    )
    assert found.fitted["low"].to_numpy() == pytest.approx(
        np.exp(design @ beta - 2.2281388520 * spread)
    )


def test_order_does_not_matter_and_inputs_stay():
    years, values = list(YEARS[::-1]), list(VALUES[::-1])
    assert log_trend(years, values).slope == pytest.approx(
        log_trend(YEARS, VALUES).slope, rel=1e-12
    )
    assert years == list(YEARS[::-1])
    assert values == list(VALUES[::-1])


def test_hac_errors_by_hand():
    values = VALUES[:10]
    found = log_trend(range(10), values, errors="HAC")
    design, y = line(np.arange(10.0)), np.log(values)
    inverse = np.linalg.inv(design.T @ design)
    scores = design * (y - design @ (inverse @ design.T @ y))[:, None]
    lags = int(4 * 0.1 ** (2 / 9))  # 2
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        cross = scores[lag:].T @ scores[:-lag]
        meat = meat + (1 - lag / (lags + 1)) * (cross + cross.T)
    covariance = inverse @ meat @ inverse * 10 / (10 - 2)
    assert lags == 2
    assert found.errors == "HAC"
    assert found.se == pytest.approx(math.sqrt(covariance[1, 1]))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: log_trend([1, 2, 3], [1, 2, 3]), "no trend from 3 points; it needs 4"),
        (lambda: log_trend([1, 2, 3, 3], [1, 2, 3, 4]), "one value above zero at each time"),
        (lambda: log_trend([1, 2, 3, 4], [1, 0, 3, 4]), "one value above zero at each time"),
        (lambda: log_trend([1, 2, 3, 4], [1, math.nan, 3, 4]), "leave gaps out"),
        (
            lambda: log_trend(YEARS, VALUES, errors="HC9"),
            "'HC9' is no kind of error; allowed are HC3, HAC",
        ),
        (lambda: log_trend(YEARS, VALUES, errors="HAC"), "here are gaps; take HC3"),
    ],
)
def test_what_is_too_little_or_wrong_is_refused(call, message):
    with pytest.raises(QuantityError, match=message):
        call()


def test_the_fewest_points_leave_something_to_err():
    assert FEWEST > 2
