"""Growth curves: parameters of synthetic curves come back; the criteria by hand; every refusal."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.growth_curves import GrowthFit, criteria, fit_growth
from analysis.records.errors import QuantityError

YEARS = list(range(2014, 2022))


def logistic(t, ceiling, rate, midpoint):
    return ceiling / (1 + math.exp(-rate * (t - midpoint)))


def gompertz(t, ceiling, rate, midpoint):
    return ceiling * math.exp(-math.exp(-rate * (t - midpoint)))


CURVES = {"logistic": logistic, "Gompertz": gompertz}


@pytest.mark.parametrize("model", CURVES)
@pytest.mark.parametrize(
    ("ceiling", "rate", "midpoint"),
    [(1_500, 0.9, 2016.5), (1_500, 0.4, 2018.0), (8_000, 0.7, 2019.0)],
)
def test_known_parameters_come_back_with_the_ceiling_free(model, ceiling, rate, midpoint):
    found = fit_growth(
        YEARS, [CURVES[model](t, ceiling, rate, midpoint) for t in YEARS], model=model
    )
    assert (found.ceiling, found.rate, found.midpoint) == (
        pytest.approx(ceiling, rel=1e-4),
        pytest.approx(rate, rel=1e-4),
        pytest.approx(midpoint, abs=1e-3),
    )
    assert (found.n, found.parameters, found.ceiling_imposed) == (8, 4, False)


@pytest.mark.parametrize("model", CURVES)
def test_known_parameters_come_back_with_the_ceiling_imposed(model):
    found = fit_growth(
        YEARS, [CURVES[model](t, 900, 0.6, 2017.2) for t in YEARS], model=model, ceiling=900
    )
    assert (found.ceiling, found.rate, found.midpoint) == (
        900,
        pytest.approx(0.6, rel=1e-5),
        pytest.approx(2017.2, abs=1e-4),
    )
    assert (found.parameters, found.ceiling_imposed) == (3, True)


@given(ceiling=st.floats(500, 5_000), rate=st.floats(0.4, 1.5), midpoint=st.floats(2015.5, 2018.5))
def test_any_logistic_within_the_window_comes_back(ceiling, rate, midpoint):
    found = fit_growth(
        YEARS, [logistic(t, ceiling, rate, midpoint) for t in YEARS], model="logistic"
    )
    assert found.ceiling == pytest.approx(ceiling, rel=0.01)
    assert found.at(midpoint) == pytest.approx(ceiling / 2, rel=0.01)


def test_the_right_curve_has_the_lower_criterion():
    values = [round(gompertz(t, 1_500, 0.6, 2016.0)) for t in YEARS]
    assert (
        fit_growth(YEARS, values, model="Gompertz").aicc
        < fit_growth(YEARS, values, model="logistic").aicc
    )


def test_units_do_not_change_the_ranking():
    values = [60, 250, 500, 760, 1_010, 1_230]
    fits = {
        scale: [
            fit_growth(range(6), [value * scale for value in values], model=model).aic
            for model in CURVES
        ]
        for scale in (1, 1_000)
    }
    assert fits[1][0] - fits[1][1] == pytest.approx(fits[1_000][0] - fits[1_000][1], abs=1e-4)


def test_the_criteria_by_hand():
    # n ln(RSS/n) + 2k, and + 2k(k+1)/(n-k-1)
    assert criteria(600.0, n=6, parameters=4) == (
        pytest.approx(6 * math.log(100) + 8),
        pytest.approx(6 * math.log(100) + 8 + 40),
    )
    assert criteria(600.0, n=10, parameters=3) == (
        pytest.approx(10 * math.log(60) + 6),
        pytest.approx(10 * math.log(60) + 6 + 4),
    )


def test_at_gives_the_level_of_a_year():
    fit = GrowthFit("Gompertz", 100.0, True, 1.0, 2016.0, 1.0, 6, 3, 0.0, 0.0)
    assert fit.at(2016) == pytest.approx(100 / math.e)
    assert fit.at(2100) == pytest.approx(100)


@pytest.mark.parametrize(
    ("years", "values", "options", "message"),
    [
        (
            range(6),
            [1, 2, 3, 4, 5, 6],
            {"model": "cubic"},
            "'cubic' is no growth curve; allowed are logistic, Gompertz",
        ),
        (
            range(3),
            [261, 737, 832],
            {"model": "logistic"},
            "3 points are too few for a logistic curve with a free ceiling; at least 6 are needed",
        ),
        (
            range(3),
            [261, 737, 832],
            {"model": "Gompertz", "ceiling": 900},
            "3 points are too few for a Gompertz curve with an imposed ceiling; at least 5 are needed",
        ),
        (
            range(6),
            [56, 256, 496, 756, 1_016, 1_231],
            {"model": "logistic", "ceiling": 1_231},
            "a ceiling of 1231 is not above the largest value, 1231: such a curve never reaches it",
        ),
        (
            range(6),
            [0, 1, 2, 3, 4, 5],
            {"model": "logistic"},
            "a growth curve needs values above zero",
        ),
        (
            [1, 1, 2, 3, 4, 5],
            [1, 2, 3, 4, 5, 6],
            {"model": "logistic"},
            "every point has its own year: years and values are equally many, and no year stands twice",
        ),
        (
            range(8),
            [math.exp(0.7 * t) for t in range(8)],
            {"model": "logistic"},
            "the points show no ceiling: the fitted one is more than 50 times the largest value",
        ),
    ],
)
def test_what_cannot_be_fitted_is_refused(years, values, options, message):
    with pytest.raises(QuantityError) as caught:
        fit_growth(list(years), values, **options)
    assert str(caught.value) == message


def test_a_curve_that_does_not_converge_is_refused(monkeypatch):
    import scipy.optimize

    def never(*args, **kwargs):
        raise RuntimeError("maxfev")

    monkeypatch.setattr(scipy.optimize, "curve_fit", never)
    with pytest.raises(QuantityError, match="does not converge on these points"):
        fit_growth(range(6), [1, 2, 3, 4, 5, 6], model="logistic")


def test_too_few_points_and_exact_fits_have_no_criterion():
    with pytest.raises(
        QuantityError, match="5 points are too few for 4 parameters; at least 6 are needed"
    ):
        criteria(1.0, n=5, parameters=4)
    with pytest.raises(QuantityError, match="an exact fit has no criterion"):
        criteria(0.0, n=6, parameters=3)
