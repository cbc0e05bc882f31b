"""Official claims on China's commerce-led poverty reduction: what they can mean, and how they are shown.

The verbs, each with an example in its help:

``claims()``, ``claim(id)``, ``sources()``, ``series(id)``, ``charts()``, ``scenarios()``
    what was published
``intervals()``
    what it can mean
``findings()``, ``finding(id)``
    what follows from it
``scenario(id)``, ``compare_priors(id)``, ``compare_readings(id)``, ``tornado(id)``, ``sobol_indices(id)``
    what would follow under named assumptions
``explore(id, …)``, ``explorer(id)``, ``explorers()``
    the same with assumptions to move: a plain function, and sliders
``causal_study(roster, outcomes)``
    what a roster of counties and their outcomes would show
``say(id)``, ``sentence(text)``, ``may_say(rows)``, ``table(frame)``, ``chart(id)``
    how it is said and shown
``style(size)``
    the look of the charts for figures of your own
``read(text)``, ``review(text)``
    the figures of any text, for a person to accept, change or reject; the same with buttons
``tables()``, ``sql(query)``
    all of it as tidy tables, for people who bring their own tools
``trace(id)``, ``cite(id)``, ``check()``
    where it comes from, how to cite it, whether the data are sound
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"
RELEASED = "2026-11-22"

__all__ = [
    "causal_study",
    "chart",
    "charts",
    "check",
    "cite",
    "claim",
    "claims",
    "compare_priors",
    "compare_readings",
    "explore",
    "explorer",
    "explorers",
    "finding",
    "findings",
    "intervals",
    "may_say",
    "read",
    "review",
    "say",
    "scenario",
    "scenarios",
    "sentence",
    "series",
    "sobol_indices",
    "sources",
    "sql",
    "style",
    "table",
    "tables",
    "tornado",
    "trace",
]


def __getattr__(name: str) -> Any:
    """Load the verbs when one is first used, so that ``import analysis`` stays light."""
    if name in __all__:
        return getattr(importlib.import_module("analysis.verbs"), name)
    raise AttributeError(
        f"module 'analysis' has no attribute {name!r}; its verbs are {', '.join(__all__)}"
    )


def __dir__() -> list[str]:
    """What tab completion offers: the verbs, and the version."""
    return sorted([*__all__, "__version__"])
