"""Rules between the cells of a published estimate, beyond what a Table Schema can say."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.records.errors import Problem

SIGNS = {"positive": 1, "negative": -1}
LOGS = "log points"


def evidence_problems(evidence: pd.DataFrame, file: str = "evidence.csv") -> list[Problem]:
    """Estimates whose numbers contradict each other, or that nobody could find again.

    Parameters
    ----------
    evidence : DataFrame
        Rows of ``evidence.csv``, indexed by their row in the file.
    file : str
        Name of the file in the messages.

    Returns
    -------
    list of Problem
    """
    problems: list[Problem] = []
    for number, row in zip(evidence.index, evidence.to_dict("records"), strict=True):
        found = [*_estimate_rules(row), *_error_rules(row), *_origin_rules(row)]
        problems += [
            Problem(file, message, number, column, row["estimate_id"]) for column, message in found
        ]
    return problems


def _estimate_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    effect, low, high = row["effect"], row["effect_low"], row["effect_high"]
    ends = [not math.isnan(end) for end in (low, high)]
    numbers = not math.isnan(effect) or any(ends)
    if ends[0] != ends[1]:
        yield ("effect_high" if ends[0] else "effect_low"), "is empty; a printed range has two ends"
    elif ends[0] and not low < high:
        yield "effect_low", f"{low:.12g} is not below effect_high {high:.12g}"
    if any(ends) and not math.isnan(effect):
        yield (
            "effect",
            f"{effect:.12g} stands beside a range; a row has one estimate or a range of them",
        )
    if any(ends) != bool(row["range_of"]):
        yield (
            "range_of",
            f"{row['range_of']!r} does not fit; it says over what a printed range goes, and only there",
        )
    if numbers != bool(row["effect_unit"]):
        yield (
            "effect_unit",
            f"{row['effect_unit']!r} does not fit; a number needs its unit, and a row without number has none",
        )
    if not math.isnan(row["printed_percent"]) and row["effect_unit"] != LOGS:
        yield (
            "printed_percent",
            f"stands beside {row['effect_unit']!r}; only {LOGS} have a percentage beside them",
        )
    sign = SIGNS.get(row["direction"], 0)
    known = [value for value in (effect, low, high) if not math.isnan(value)]
    if sign and any(value * sign < 0 for value in known):
        yield (
            "direction",
            f"'{row['direction']}' contradicts the estimate {min(known, key=lambda value: value * sign):.12g}",
        )


def _error_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    effect, low, high = row["effect"], row["ci_low"], row["ci_high"]
    if not math.isnan(row["se"]) and not row["se"] > 0:
        yield "se", f"{row['se']:.12g} is not above 0; leave it empty where none was seen"
    if math.isnan(row["se"]) == bool(row["se_of"]):
        yield (
            "se_of",
            f"{row['se_of']!r} does not fit; it says what a standard error is of, and only there",
        )
    if math.isnan(effect):
        for column in ("se", "se_from_means", "ci_low"):
            if not math.isnan(row[column]):
                yield column, "stands without an estimate in the column effect"
    if math.isnan(low) != math.isnan(high):
        yield ("ci_low" if math.isnan(low) else "ci_high"), "is empty; an interval has two ends"
    elif effect < low or effect > high:
        yield "effect", f"{effect:.12g} lies outside its interval, {low:.12g} to {high:.12g}"


def _origin_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if row["estimate_id"] != row["study_id"] and not row["estimate_id"].startswith(
        row["study_id"] + "-"
    ):
        yield (
            "estimate_id",
            f"must be the study_id, or begin with it and a hyphen: {row['study_id']}-",
        )
    if row["second_hand"] == "yes" and row["recheck"] != "yes":
        yield "recheck", "must be yes for what is quoted second-hand"
    if (row["where_seen"] == "quoted elsewhere") != (row["second_hand"] == "yes"):
        yield "second_hand", f"{row['second_hand']!r} does not fit where_seen '{row['where_seen']}'"
    if not row["url"] and not row["seen_at"] and row["grade"] != "D":
        yield "url", "is empty, and so is seen_at; only grade D may have no address"
