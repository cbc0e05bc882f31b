"""Which input matters: tornado, and first-order and total Sobol indices."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods.scenarios import points
from analysis.methods.scenarios.draw import READING, SHARES, Scenario
from analysis.methods.scenarios.model import Model, Values, total
from analysis.records.errors import QuantityError
from analysis.records.load import Records

INDEX_DRAWS = 8192


def tornado(
    records: Records, scenario: Scenario, output: str, *, reading: str = READING
) -> pd.DataFrame:
    """What one input alone moves: the output with the input at its 5 and 95 % point, the others at their medians.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    output : str
        Name of one of its outputs.
    reading : str
        How figures as stated are read.

    Returns
    -------
    DataFrame
        ``input``, ``input_p5``, ``input_p95``, ``at_p5``, ``at_p95`` (output, in its unit), ``middle``, ``swing``;
        the largest swing first.
    """
    model = _model(records, scenario, output, reading)
    medians = {
        name: np.array([one.distribution.at(SHARES[1])]) for name, one in model.spreads.items()
    }

    def at(changed: Values) -> float:
        return float(total(model.outputs[output].terms, model.completed(medians | changed))[0])

    middle, rows = at({}), []
    for name in model.uncertain(output):
        ends = [model.distribution(name).at(share) for share in (SHARES[0], SHARES[-1])]
        reached = [at({name: np.array([end])}) for end in ends]
        rows.append((name, *ends, *reached, middle, abs(reached[1] - reached[0])))
    table = pd.DataFrame(
        rows, columns=["input", "input_p5", "input_p95", "at_p5", "at_p95", "middle", "swing"]
    )
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def sobol_indices(
    records: Records, scenario: Scenario, *, reading: str = READING, draws: int | None = None
) -> pd.DataFrame:
    """First-order and total Sobol indices: the part of an output's variance that an input holds alone, and in all.

    An output that is a sum of products of independent inputs has indices that follow from the moments of
    its inputs: they are calculated, not drawn. Where a calculation is closed (a maximum, a sum that is
    divided by) they are drawn.

    Parameters
    ----------
    records : Records
    scenario : Scenario
        Its inputs must be independent.
    reading : str
        How figures as stated are read.
    draws : int, optional
        Draw all indices, with so many points for each of the two matrices, instead of calculating them.

    Returns
    -------
    DataFrame
        ``output``, ``input``, ``first``, ``total``, ``method`` ("calculated" or "drawn"); largest total first.

    Raises
    ------
    QuantityError
        If inputs are correlated (the indices are then not defined), or a variance is not finite.

    References
    ----------
    Sobol (2001), Math. Comput. Simul. 55, 271-280; Jansen (1999), Comput. Phys. Commun. 117, 35-43;
    Saltelli et al. (2010), Comput. Phys. Commun. 181, 259-270.
    """
    if scenario.correlations:
        raise QuantityError(
            f"{scenario.scenario_id}: Sobol indices are defined for independent inputs, and some are correlated"
        )
    model = scenario.model(records, reading=reading)
    rows: list[tuple[str, str, float, float, str]] = []
    moving = [name for name in model.outputs if model.uncertain(name)]
    to_draw = [
        name
        for name in moving
        if draws or any(one.join for one in model.outputs[name].variables.values())
    ]
    drawn = _drawn(model, to_draw, draws or INDEX_DRAWS) if to_draw else {}
    for output in moving:
        found = drawn.get(output) or _calculated(model, output)
        method = "drawn" if output in drawn else "calculated"
        rows += [
            (output, name, first, all_, method)
            for name, (first, all_) in sorted(found.items(), key=lambda item: -item[1][1])
        ]
    return pd.DataFrame(rows, columns=["output", "input", "first", "total", "method"])


def _model(records: Records, scenario: Scenario, output: str, reading: str) -> Model:
    if output not in scenario.outputs:
        raise QuantityError(
            f"{output!r} is no output of {scenario.scenario_id}; there are {', '.join(scenario.outputs)}"
        )
    return scenario.model(records, reading=reading)


@dataclass(frozen=True)
class _Pair:
    """Two products of one sum: the product of their means, and for each input how far it ties them together.

    With independent inputs, E[fg] = E[f] E[g] x (1 + r1)(1 + r2)..., where r = cov(x^a, x^b) / (E[x^a] E[x^b]).
    """

    size: float
    ties: dict[str, float]  # log(1 + r)

    def covariance(self, names: frozenset[str]) -> float:
        """What the named inputs alone would give."""
        return self.size * math.expm1(
            math.fsum(tie for name, tie in self.ties.items() if name in names)
        )


def _calculated(model: Model, output: str) -> dict[str, tuple[float, float]]:
    terms = list(model.outputs[output].terms.items())
    powers = {(name, exponent) for monomial, _ in terms for name, exponent in monomial}
    moments = {key: _mean(model, *key) for key in powers}
    pairs = []
    for m, c in terms:
        for n, d in terms:
            ties = {
                name: _tie(model, name, dict(m)[name], dict(n)[name], moments)
                for name in dict(m).keys() & dict(n).keys()
            }
            means = math.prod(moments[key] for key in (*m, *n))
            pairs.append(_Pair(c * d * means, ties))
    names = frozenset(model.uncertain(output))
    variance = math.fsum(pair.covariance(names) for pair in pairs)
    if not 0 < variance < math.inf:
        raise QuantityError(f"{output}: its variance is {variance}, and has no parts")
    alone = {
        name: math.fsum(pair.covariance(frozenset({name})) for pair in pairs) for name in names
    }
    without = {name: math.fsum(pair.covariance(names - {name}) for pair in pairs) for name in names}
    return {name: (alone[name] / variance, (variance - without[name]) / variance) for name in names}


def _mean(model: Model, name: str, power: int) -> float:
    x, weights = model.distribution(name).nodes()
    if power < 0 and model.distribution(name).low <= 0:
        raise QuantityError(f"{name} may be zero and is divided by: the variance is not finite")
    return float(weights @ x**power)


def _tie(model: Model, name: str, a: int, b: int, moments: dict[tuple[str, int], float]) -> float:
    x, weights = model.distribution(name).nodes()
    first, second = moments[name, a], moments[name, b]
    return math.log1p(float(weights @ ((x**a / first - 1) * (x**b / second - 1))))


def _drawn(
    model: Model, outputs: list[str], draws: int
) -> dict[str, dict[str, tuple[float, float]]]:
    """Indices from two sets of points: one with, for each input, its values from the other."""
    names = sorted({name for output in outputs for name in model.uncertain(output)})
    first, second = (_values(model, draws, purpose) for purpose in ("", " (second)"))
    at_first = {output: total(model.outputs[output].terms, first) for output in outputs}
    at_second = {output: total(model.outputs[output].terms, second) for output in outputs}
    found: dict[str, dict[str, tuple[float, float]]] = {output: {} for output in outputs}
    for name in names:
        mixed = model.completed(
            {other: first[other] for other in model.spreads} | {name: second[name]}
        )
        for output in outputs:
            if name in model.uncertain(output):
                found[output][name] = _indices(
                    at_first[output], at_second[output], total(model.outputs[output].terms, mixed)
                )
    return found


def _values(model: Model, draws: int, purpose: str) -> Values:
    nets, bits = points.layout(draws)
    shape = (nets, 1 << bits)
    scratch = np.empty(shape, dtype=np.uint32)
    units = {
        name: points.fill(
            np.empty(shape), name + purpose, points.shifts(name + purpose, nets), scratch
        )
        for name in model.spreads
    }
    return model.values(units)


def _indices(first: np.ndarray, second: np.ndarray, mixed: np.ndarray) -> tuple[float, float]:
    """First-order (Saltelli) and total (Jansen) index; ``mixed`` is ``first`` with one input as in ``second``."""
    both = np.concatenate([first, second])
    variance = float(both.var())
    of_first = float(((second - both.mean()) * (mixed - first)).mean()) / variance
    return of_first, float(np.square(first - mixed).mean()) / (2 * variance)
