"""Staggered difference-in-differences: estimators, tests and power for a panel of counties and years, real or simulated."""

from analysis.quantities.causal.aggregate import Aggregate, aggregate
from analysis.quantities.causal.bacon import bacon
from analysis.quantities.causal.group_time import GroupTime, group_time
from analysis.quantities.causal.imputation import imputation
from analysis.quantities.causal.panel import NEVER, Panel, panel_of
from analysis.quantities.causal.pretrends import NOT_EVIDENCE, pretrends
from analysis.quantities.causal.randomisation import randomisation
from analysis.quantities.causal.two_way import Estimate, two_way
from analysis.quantities.causal.wild import FEW_CLUSTERS, wild_bootstrap

__all__ = [
    "FEW_CLUSTERS", "NEVER", "NOT_EVIDENCE", "Aggregate", "Estimate", "GroupTime", "Panel", "aggregate", "bacon", "group_time",
    "imputation", "panel_of", "pretrends", "randomisation", "two_way", "wild_bootstrap",
]  # fmt: skip
