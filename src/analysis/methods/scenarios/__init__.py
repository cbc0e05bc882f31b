"""Scenarios: named, sourced assumptions drawn together with the figures as they can be read."""

from analysis.methods.scenarios.draw import (
    DRAWS,
    Drawn,
    Scenario,
    compare_priors,
    compare_readings,
    draw,
)
from analysis.methods.scenarios.readings import READINGS, assumption

__all__ = [
    "DRAWS",
    "READINGS",
    "Drawn",
    "Scenario",
    "assumption",
    "compare_priors",
    "compare_readings",
    "draw",
]
