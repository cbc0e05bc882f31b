"""Channels: what was planned beside what was reported, and housekeeping in detail."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.bounds.bounds import Bounds, ends
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed, over, registry
from analysis.methods.scenarios import assumption
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

JOBS = "scio-2021.housekeeping-jobs"
CENTERS = "scio-2021.housekeeping-centers"
ECOMMERCE_JOBS = "scio-2021.ecommerce-jobs"
ECOMMERCE_INCOME = "scio-2021.ecommerce-income"
LABOR_PEOPLE = "scio-2021.labor-people"
LABOR_INCOME = "scio-2021.labor-income"
TARGET = "mofcom-ecommerce-target-people"
PLAN = "mofcom-housekeeping-plan-people"
PAY_PLAN = "mofcom-housekeeping-income-stated"
PAY_PART = "housekeeping-income-ethnic-areas"
LABOR_PLAN = "mofcom-labour-plan-people"
LABOR_PAY_PLAN = "mofcom-labour-income-stated"
EMPLOYMENT = "housekeeping-employment"
SERIES = (TARGET, PLAN, PAY_PLAN, PAY_PART, LABOR_PLAN, LABOR_PAY_PLAN, EMPLOYMENT)
PLAN_YEARS = "channels-housekeeping-plan-years"
PEOPLE, PAY = "person", "CNY/person/year"
EMPLOYED = "2021"  # the number of 2018 and of 2024 is the same
# name, unit, series of the plan, its year, claim or series of the report, year of the report
COMPARED = (
    ("ecommerce-jobs", PEOPLE, TARGET, "2020", ECOMMERCE_JOBS, "2021"),
    ("ecommerce-income", PEOPLE, TARGET, "2020", ECOMMERCE_INCOME, "2021"),
    ("housekeeping-people", PEOPLE, PLAN, "2018", JOBS, "2021"),
    ("labor-people", PEOPLE, LABOR_PLAN, "2018", LABOR_PEOPLE, "2021"),
    ("labor-income", PAY, LABOR_PAY_PLAN, "2018", LABOR_INCOME, "2021"),
    ("housekeeping-income", PAY, PAY_PLAN, "2018", PAY_PART, "2020"),
)


def planned_and_reported(records: Records) -> pd.DataFrame:
    """Plans beside reports: people in persons, incomes in yuan a year, each with the time it is for.

    Returns
    -------
    DataFrame
        ``what``, ``unit``, ``planned``, ``planned_low``, ``planned_high`` (of housekeeping, persons a
        year), ``planned_for``, ``reported``, ``reported_low``, ``reported_high``, ``reported_in``.
    """
    rows = []
    for name, unit, plan, year, report, said in COMPARED:
        planned = observed(records, plan, year)
        reported = (
            observed(records, report, said) if report == PAY_PART else bounds_of(records, report)
        )
        rows.append((name, unit, *ends(planned), year, *ends(reported), said))
    columns = [f"{what}{end}" for what in ("planned", "reported") for end in ("", "_low", "_high")]
    names = ["what", "unit", *columns[:3], "planned_for", *columns[3:], "reported_in"]
    return pd.DataFrame(rows, columns=names)


def housekeeping_over_plan(records: Records) -> Bounds:
    """Jobs reported, relative to the people planned a year times the years since the plan: a pure number."""
    registry(records).ratio_word(JOBS, PLAN)
    return bounds_of(records, JOBS) / (
        observed(records, PLAN, "2018") * assumption(records, PLAN_YEARS)
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding on plans and on housekeeping."""
    yield from _targets(records)
    yield from _housekeeping(records)


def _targets(records: Records) -> Iterator[Result]:
    yield result(
        "channels.ecommerce-jobs-over-target", over(records, ECOMMERCE_JOBS, TARGET, "2020")
    )
    yield result(
        "channels.ecommerce-income-over-target", over(records, ECOMMERCE_INCOME, TARGET, "2020")
    )
    yield result(
        "channels.housekeeping-income-over-plan",
        observed(records, PAY_PART, "2020") / observed(records, PAY_PLAN, "2018"),
    )


def _housekeeping(records: Records) -> Iterator[Result]:
    yield result(
        "channels.housekeeping-jobs-per-center",
        bounds_of(records, JOBS) / bounds_of(records, CENTERS),
    )
    yield result("channels.housekeeping-plan-years", over(records, JOBS, PLAN, "2018"))
    yield result("channels.housekeeping-over-plan", housekeeping_over_plan(records))
    yield result("channels.housekeeping-over-employment", over(records, JOBS, EMPLOYMENT, EMPLOYED))


def plan_gap(records: Records) -> pd.DataFrame:
    """Reported over planned for every row, as pure numbers with the openness that the two figures leave.

    Returns
    -------
    DataFrame
        ``what``, ``ratio``, ``low``, ``high``; an open end is infinite, or zero below.
    """
    data = planned_and_reported(records)
    return pd.DataFrame(
        {
            "what": data["what"],
            "ratio": data["reported"] / data["planned"],
            "low": data["reported_low"] / data["planned_high"],
            "high": (data["reported_high"] / data["planned_low"]).where(
                data["planned_low"] > 0, math.inf
            ),
        }
    )
