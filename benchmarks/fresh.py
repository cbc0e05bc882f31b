"""One case in a fresh process of the project's environment: seconds and memory, printed as JSON.

.venv/bin/python benchmarks/fresh.py engine 1000000
"""

from __future__ import annotations

import json
import sys

import plain
from footprint import growth
from scenario import READING, scenario, specification

from analysis.methods.scenarios import draw
from analysis.records.load import load

WARM_UP = 16_384


def main(who: str, draws: int) -> dict[str, float]:
    """Seconds and MB beyond what imports, data and a small draw hold.

    Parameters
    ----------
    who : {"engine", "numpy"}
    draws : int
    """
    records = load()
    model, inputs = scenario(records), specification(records)
    ways = {
        "engine": lambda n: draw(records, model, reading=READING, draws=n),
        "numpy": lambda n: plain.quantiles(inputs, n),
    }
    ways[who](WARM_UP)
    seconds, memory = growth(lambda: ways[who](draws))
    return {"seconds": seconds, "memory": memory}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
