"""The model in plain vectorised numpy: all draws of an input in one array."""

from __future__ import annotations

import numpy as np
from formulas import OUTPUTS, evaluate

SHARES = (0.05, 0.5, 0.95)
Specification = dict[str, dict]


def sample(rng: np.random.Generator, one: dict, draws: int) -> np.ndarray:
    """Draws of one input."""
    match one["shape"]:
        case "uniform":
            return rng.uniform(one["low"], one["high"], draws)
        case "triangular":
            return rng.triangular(one["low"], one["central"], one["high"], draws)
    raise ValueError(f"the peers have no {one['shape']} input")


def quantiles(inputs: Specification, draws: int, seed: int = 1) -> dict[str, list[float]]:
    """The 5, 50 and 95 % points of every output."""
    rng = np.random.default_rng(seed)
    x = {name: sample(rng, one, draws) for name, one in inputs.items()}
    return {output: np.quantile(evaluate(output, x), SHARES).tolist() for output in OUTPUTS}
