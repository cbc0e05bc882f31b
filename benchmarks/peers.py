"""One peer calculates the model; runs in the peers' environment, prints JSON.

    build/peers/bin/python benchmarks/peers.py squigglepy 16384 3 < build/bench/inputs.json

Each peer is used as its documentation shows: vectorised where it can be, with the defaults that it has.
"""

from __future__ import annotations

import functools
import importlib.metadata
import json
import sys
import warnings

from footprint import growth, seconds_of
from formulas import OUTPUTS, UNITS, evaluate

SHARES = (0.05, 0.5, 0.95)
WARM_UP = 2048


def numpy_(inputs: dict, draws: int) -> dict:
    """Plain numpy, as ``plain`` writes it."""
    import plain

    return plain.quantiles(inputs, draws)


def squigglepy(inputs: dict, draws: int) -> dict:
    """Distributions combined by operators, sampled with ``@``."""
    import squigglepy as sq

    sq.set_seed(1)
    make = {
        "uniform": lambda one: sq.uniform(one["low"], one["high"]),
        "triangular": lambda one: sq.triangular(one["low"], one["central"], one["high"]),
    }
    found = {}
    for output, names in OUTPUTS.items():
        samples = sq.sample(
            evaluate(output, {name: make[inputs[name]["shape"]](inputs[name]) for name in names}),
            n=draws,
            verbose=False,
        )
        points = sq.get_percentiles(samples, [share * 100 for share in SHARES], digits=None)
        found[output] = [float(value) for value in points.values()]
    return found


def pint(inputs: dict, draws: int) -> dict:
    """Quantities with units around numpy arrays."""
    import numpy as np
    import plain

    registry = _units()
    rng = np.random.default_rng(1)
    x = {
        name: registry.Quantity(plain.sample(rng, one, draws), UNITS[name])
        for name, one in inputs.items()
    }
    return {
        output: np.quantile(evaluate(output, x).to(""), SHARES).magnitude.tolist()
        for output in OUTPUTS
    }


@functools.cache
def _units() -> object:
    """The registry of units that a program makes once."""
    from pint import UnitRegistry

    registry = UnitRegistry()
    for unit in ("CNY", "USD", "person"):
        registry.define(f"{unit} = [{unit.lower()}]")
    return registry


def mcerp(inputs: dict, draws: int) -> dict:
    """Uncertain variables by Latin hypercube sampling."""
    import mcerp
    import numpy as np

    np.random.seed(1)
    mcerp.npts = draws
    make = {
        "uniform": lambda one: mcerp.U(one["low"], one["high"]),
        "triangular": lambda one: mcerp.Tri(one["low"], one["central"], one["high"]),
    }
    x = {name: make[one["shape"]](one) for name, one in inputs.items()}
    return {
        output: [float(value) for value in evaluate(output, x).percentile(SHARES)]
        for output in OUTPUTS
    }


def monaco(inputs: dict, draws: int) -> dict:
    """One case for each draw: a simulation with preprocess, run and postprocess."""
    import monaco as mc
    from scipy.stats import triang, uniform

    def preprocess(case: mc.Case) -> tuple[dict]:
        return ({name: case.invals[name].val for name in inputs},)

    def run(x: dict) -> tuple[dict]:
        return ({output: evaluate(output, x) for output in OUTPUTS},)

    def postprocess(case: mc.Case, made: dict) -> None:
        for output, value in made.items():
            case.addOutVal(output, value)

    simulation = mc.Sim(
        name="benchmark",
        ndraws=draws,
        fcns=mc.SimulationFunctions(preprocess, run, postprocess),
        seed=1,
        verbose=False,
    )
    for name, one in inputs.items():
        width = one["high"] - one["low"]
        if one["shape"] == "uniform":
            simulation.addInVar(name, dist=uniform, distkwargs={"loc": one["low"], "scale": width})
        else:
            simulation.addInVar(
                name,
                dist=triang,
                distkwargs={
                    "c": (one["central"] - one["low"]) / width,
                    "loc": one["low"],
                    "scale": width,
                },
            )
    simulation.runSim()
    found = {}
    for output in OUTPUTS:
        statistic = simulation.outvars[output].addVarStat("percentile", {"p": SHARES})
        statistic = statistic or simulation.outvars[output].varstats[-1]
        found[output] = [float(value) for value in statistic.vals]
    return found


PEERS = {"numpy": numpy_, "squigglepy": squigglepy, "pint": pint, "mcerp": mcerp, "monaco": monaco}


def main(name: str, draws: int, repetitions: int) -> dict:
    """Seconds of each repetition, MB of the first, and the points."""
    inputs, run = json.load(sys.stdin), PEERS[name]
    run(inputs, WARM_UP)
    kept: dict = {}
    first, memory = growth(lambda: kept.update(run(inputs, draws)))
    seconds = [first, *(seconds_of(lambda: run(inputs, draws)) for _ in range(repetitions - 1))]
    return {
        "version": importlib.metadata.version(name),
        "seconds": seconds,
        "memory": memory,
        "points": kept,
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
