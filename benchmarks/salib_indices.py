"""SALib calculates first-order and total Sobol indices of the model; runs in the peers' environment, prints JSON.

build/peers/bin/python benchmarks/salib_indices.py 8192 3 < build/bench/inputs.json
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import sys
import warnings

from footprint import seconds_of
from formulas import OUTPUTS, evaluate
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

DEFAULT_RESAMPLES = 100
FEWEST_RESAMPLES = 1  # none at all is an error
WARM_UP = 64


def _problem(inputs: dict, names: tuple[str, ...]) -> dict:
    """Names, shapes and ends as SALib takes them: the mode of a triangle as a share of its width."""
    bounds, kinds = [], []
    for name in names:
        low, middle, high = (inputs[name][end] for end in ("low", "central", "high"))
        triangular = inputs[name]["shape"] == "triangular"
        bounds.append([low, high, (middle - low) / (high - low)] if triangular else [low, high])
        kinds.append("triang" if triangular else "unif")
    problem = {"num_vars": len(names), "names": list(names), "bounds": bounds}
    return problem | {"dists": kinds} if "triang" in kinds else problem


def indices(
    inputs: dict, points: int, options: dict, *, together: bool
) -> dict[str, dict[str, float]]:
    """Total index of every input of every output.

    Parameters
    ----------
    inputs : dict
    points : int
        Of each of the two matrices, a power of two.
    options : dict
        Passed to the analysis.
    together : bool
        One sample of all nine inputs for the three outputs, or one for each output with its own inputs.
    """
    found: dict[str, dict[str, float]] = {}
    groups = (
        [(tuple(inputs), tuple(OUTPUTS))]
        if together
        else [(names, (output,)) for output, names in OUTPUTS.items()]
    )
    for names, outputs in groups:
        problem = _problem(inputs, names)
        sample = sampling.sample(problem, points, calc_second_order=False, seed=1)
        x = dict(zip(names, sample.T, strict=True))
        for output in outputs:
            made = analysis.analyze(
                problem, evaluate(output, x), calc_second_order=False, seed=1, **options
            )
            found[output] = {
                name: float(one)
                for name, one in zip(names, made["ST"], strict=True)
                if name in OUTPUTS[output]
            }
    return found


def main(points: int, repetitions: int) -> list[dict]:
    """Seconds and total indices of every way: with and without bootstrap, one sample or several."""
    inputs = json.load(sys.stdin)
    indices(inputs, WARM_UP, {}, together=True)
    made = []
    for together in (True, False):
        for resamples, options in (
            (DEFAULT_RESAMPLES, {}),
            (FEWEST_RESAMPLES, {"num_resamples": FEWEST_RESAMPLES}),
        ):
            totals: dict = {}
            work = functools.partial(indices, inputs, points, options, together=together)
            seconds = [seconds_of(lambda: totals.update(work())) for _ in range(repetitions)]  # noqa: B023  called at once
            made.append(
                {
                    "version": importlib.metadata.version("salib"),
                    "together": together,
                    "resamples": resamples,
                    "seconds": seconds,
                    "totals": totals,
                }
            )
    return made


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
