"""Shares, months and years at the edge of what is allowed are taken, and refused beyond it."""

from __future__ import annotations

from functools import partial

import pytest

from analysis.records.errors import QuantityError
from analysis.themes.channels.border import power, smallest_effect
from analysis.themes.ecommerce.findings import people_at_overlap
from analysis.themes.ecommerce.sales import break_even, gain_per_person
from analysis.themes.labor_export.findings import (
    gross_earnings,
    largest_top_share,
    median_at_most,
    median_income,
    mixture,
)
from analysis.themes.labor_export.stock import sent_within
from analysis.themes.labor_export.uplift import kept_income

MEAN, TOP = 100_000, 300_000  # yuan a year, as stated of all and of the highest paid


def test_values_at_the_edge_are_taken_and_beyond_it_refused(records):
    most = largest_top_share(records)
    edges = {
        "stock share": (
            lambda x: gross_earnings(records, stock_share=x),
            (0.01, 1),
            (-0.01, 0, 1.01),
        ),
        "months": (lambda x: gross_earnings(records, months=x), (0.5, 12), (-1, 0, 12.1)),
        "months kept": (
            lambda x: kept_income(records, months=x, cost_share=0.5),
            (0.5, 12),
            (-1, 0, 12.1),
        ),
        "cost share": (
            lambda x: kept_income(records, months=12, cost_share=x),
            (0, 1),
            (-0.01, 1.01),
        ),
        "top share": (partial(median_at_most, MEAN, TOP), (0, MEAN / TOP), (-0.01, 0.34)),
        "half": (partial(median_at_most, MEAN, 150_000), (0.49,), (0.5,)),
        "top": (lambda x: largest_top_share(records, top=x), (MEAN + 1,), (MEAN - 1, MEAN)),
        "log-normal": (partial(median_income, records), (0.001, most), (0, 1.01 * most)),
        "mixture": (lambda x: mixture(records, (0.01, x)), (0.3,), (0, MEAN / TOP)),
        "years abroad": (lambda x: sent_within(records, "2019-12", years=x), (0.1,), (0, -1)),
        "effect": (lambda x: power(x, (19, 119)), (0,), (-0.01,)),
        "correlation": (partial(smallest_effect, (19, 119)), (0, 0.99), (-0.01, 1)),
        "size of a group": (lambda x: smallest_effect((x, 119)), (1,), (0,)),
        "part": (lambda x: gain_per_person(records, part=x, poor_share=0.5), (0, 1), (-0.01, 1.01)),
        "poor share": (
            lambda x: gain_per_person(records, part=0.5, poor_share=x),
            (0, 1),
            (-0.01, 1.01),
        ),
        "break-even": (lambda x: break_even(records, (0.5, x)), (0.01, 1), (-0.01, 0, 1.01)),
        "overlap": (partial(people_at_overlap, records), (0, 1), (-0.01, 1.01)),
    }
    for name, (call, allowed, refused) in edges.items():
        for value in allowed:
            assert call(value) is not None, (name, value)
        for value in refused:
            with pytest.raises(QuantityError):
                print(name, value, call(value))
