"""Which input matters: tornado, and first-order and total Sobol indices."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.methods.scenarios.draw import READING, SHARES, Scenario, rounded_to_error
from analysis.methods.scenarios.model import REPETITIONS, Array, Model, generator, leaves_and_closed
from analysis.records.errors import QuantityError
from analysis.records.load import Records

INDEX_DRAWS = 65_536


def tornado(
    records: Records, scenario: Scenario, output: str | None = None, *, reading: str = READING
) -> pd.DataFrame:
    """What one input alone moves: the output with the input at its 5 and 95 % point, the others at their medians.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    output : str, optional
        Name of one of its outputs; by default the first.
    reading : str
        How figures as stated are read.

    Returns
    -------
    DataFrame
        ``input``, ``input_p5``, ``input_p95``, ``at_p5``, ``at_p95`` (output, in its unit), ``middle``, ``swing``;
        the largest swing first.
    """
    output = scenario.known(output or next(iter(scenario.outputs)))
    model = scenario.model(records, reading=reading)
    quantiles = {
        name: one.distribution.ppf(np.array(SHARES)) for name, one in model.spreads.items()
    }
    medians = {name: found[[1]] for name, found in quantiles.items()}
    middle, rows = model.output(output, medians).item(), []
    for name in model.uncertain(output):
        low, _, high = model.output(output, medians | {name: quantiles[name]}).tolist()
        rows.append((name, *quantiles[name][[0, -1]].tolist(), low, high, middle, abs(high - low)))
    table = pd.DataFrame(
        rows, columns=["input", "input_p5", "input_p95", "at_p5", "at_p95", "middle", "swing"]
    )
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def sobol_indices(
    records: Records,
    scenario: Scenario,
    output: str | None = None,
    *,
    reading: str = READING,
    draws: int = INDEX_DRAWS,
) -> pd.DataFrame:
    """First-order and total Sobol indices: the part of an output's variance that an input holds alone, and in all.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    output : str, optional
        Name of one of its outputs; by default all of them.
    reading : str
        How figures as stated are read.
    draws : int
        At least so many Sobol points for each of the two matrices, in ``REPETITIONS`` scrambles.

    Returns
    -------
    DataFrame
        ``output``, ``input``, ``first``, ``total``, ``mc_error`` (the larger of the two indices'); largest
        total first. The indices are rounded to their Monte Carlo error.

    Raises
    ------
    QuantityError
        If a variance is not finite.

    References
    ----------
    Sobol (2001), Math. Comput. Simul. 55, 271-280; Saltelli et al. (2010), Comput. Phys. Commun. 181,
    259-270, by ``scipy.stats.sobol_indices``.
    """
    model = scenario.model(records, reading=reading)
    rows: list[tuple[str, str, float, float, float]] = []
    for one in scenario.outputs if output is None else (scenario.known(output),):
        if names := model.uncertain(one):
            _refuse_zero_divisors(model, one)
            first, total, errors = _indices(model, one, scenario.scenario_id, draws)
            shown = zip(names, first, total, errors, strict=True)
            rows += sorted(((one, *row) for row in shown), key=lambda row: -row[3])
    return pd.DataFrame(rows, columns=["output", "input", "first", "total", "mc_error"])


def _indices(model: Model, output: str, seed: str, draws: int) -> tuple[list[float], ...]:
    """First-order and total indices of the uncertain inputs of an output, and the larger of their errors."""
    from scipy.stats import sobol_indices as estimated  # when it is used: imports cost

    names = model.uncertain(output)
    if len(names) == 1:  # it holds all of the variance, and scipy takes no single input
        return [1.0], [1.0], [0.0]
    medians = {name: np.array([one.distribution.at(0.5)]) for name, one in model.spreads.items()}
    bits = max(-(-draws // REPETITIONS) - 1, 1).bit_length()

    def outcome(x: Array) -> Array:
        return model.output(output, medians | dict(zip(names, x, strict=True)))

    dists: list[Any] = [model.distribution(name) for name in names]  # of which scipy asks a ppf
    found = [
        estimated(func=outcome, n=1 << bits, dists=dists, rng=generator(seed, f"{output} {number}"))
        for number in range(REPETITIONS)
    ]
    made = np.array([(one.first_order, one.total_order) for one in found]).reshape(
        REPETITIONS, 2, -1
    )
    errors = made.std(axis=0, ddof=1) / np.sqrt(REPETITIONS)
    first, total = np.vectorize(rounded_to_error)(made.mean(axis=0), errors).tolist()
    return first, total, [float(f"{error:.1g}") for error in errors.max(axis=0)]


def _refuse_zero_divisors(model: Model, output: str) -> None:
    bounds = model.outputs[output]
    closed = [part for one in leaves_and_closed(bounds) if one.join for part in one.parts]
    for terms in (bounds.terms, *(part.terms for part in closed)):
        for name, exponent in (factor for monomial in terms for factor in monomial):
            if exponent < 0 and name in model.spreads and model.distribution(name).low <= 0:
                raise QuantityError(
                    f"{name} may be zero and is divided by: the variance is not finite"
                )
