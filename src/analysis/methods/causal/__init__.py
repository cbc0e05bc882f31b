"""Staggered difference-in-differences: estimators, tests and power for a panel of counties and years, real or simulated."""

from analysis.methods.causal.aggregate import Aggregate, aggregate
from analysis.methods.causal.estimators import (
    GroupTime,
    bacon,
    group_time,
    imputation,
    pretrends,
    sun_abraham,
)
from analysis.methods.causal.inference import NOT_EVIDENCE, Estimate
from analysis.methods.causal.panel import NEVER, Panel, panel_of
from analysis.methods.causal.randomisation import randomisation
from analysis.methods.causal.two_way import two_way
from analysis.methods.causal.wild import FEW_CLUSTERS, wild_bootstrap

__all__ = [
    "FEW_CLUSTERS",
    "NEVER",
    "NOT_EVIDENCE",
    "Aggregate",
    "Estimate",
    "GroupTime",
    "Panel",
    "aggregate",
    "bacon",
    "group_time",
    "imputation",
    "panel_of",
    "pretrends",
    "randomisation",
    "sun_abraham",
    "two_way",
    "wild_bootstrap",
]
