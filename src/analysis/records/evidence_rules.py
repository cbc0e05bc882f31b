"""Rules between the cells of a published estimate, beyond what a Table Schema can say."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pandas as pd

from analysis.records.errors import Problem
from analysis.records.rules import Found, Row, of_value, row_problems

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
    return row_problems(
        evidence,
        file,
        "estimate_id",
        lambda row: (*_estimate_rules(row), *_error_rules(row), *_origin_rules(row)),
    )


def _estimate_rules(row: Row) -> Iterator[Found]:
    effect, low, high = row["effect"], row["effect_low"], row["effect_high"]
    ends = [not math.isnan(end) for end in (low, high)]
    numbers = not math.isnan(effect) or any(ends)
    if ends[0] != ends[1]:
        yield ("effect_high" if ends[0] else "effect_low"), "is empty; a printed range has two ends"
    elif ends[0] and not low < high:
        said = f"{low:.12g} is not below effect_high {high:.12g}"
        yield "effect_low", said, "is not below effect_high"
    if any(ends) and not math.isnan(effect):
        yield of_value(
            "effect",
            f"{effect:.12g}",
            "stands beside a range; a row has one estimate or a range of them",
        )
    if any(ends) != bool(row["range_of"]):
        yield of_value(
            "range_of",
            repr(row["range_of"]),
            "does not fit; it says over what a printed range goes, and only there",
        )
    if numbers != bool(row["effect_unit"]):
        yield of_value(
            "effect_unit",
            repr(row["effect_unit"]),
            "does not fit; a number needs its unit, and a row without number has none",
        )
    if not math.isnan(row["printed_percent"]) and row["effect_unit"] != LOGS:
        yield (
            "printed_percent",
            f"stands beside {row['effect_unit']!r}; only {LOGS} have a percentage beside them",
        )
    sign = SIGNS.get(row["direction"], 0)
    known = [value for value in (effect, low, high) if not math.isnan(value)]
    if sign and any(value * sign < 0 for value in known):
        against = min(known, key=lambda value: value * sign)
        said = f"'{row['direction']}' contradicts the estimate {against:.12g}"
        yield "direction", said, "contradicts the estimate"


def _error_rules(row: Row) -> Iterator[Found]:
    effect, low, high = row["effect"], row["ci_low"], row["ci_high"]
    if not math.isnan(row["se"]) and not row["se"] > 0:
        yield of_value(
            "se", f"{row['se']:.12g}", "is not above 0; leave it empty where none was seen"
        )
    if math.isnan(row["se"]) == bool(row["se_of"]):
        yield of_value(
            "se_of",
            repr(row["se_of"]),
            "does not fit; it says what a standard error is of, and only there",
        )
    if math.isnan(effect):
        for column in ("se", "se_from_means", "ci_low"):
            if not math.isnan(row[column]):
                yield column, "stands without an estimate in the column effect"
    if math.isnan(low) != math.isnan(high):
        yield ("ci_low" if math.isnan(low) else "ci_high"), "is empty; an interval has two ends"
    elif effect < low or effect > high:
        said = f"{effect:.12g} lies outside its interval, {low:.12g} to {high:.12g}"
        yield "effect", said, "lies outside its interval"


def _origin_rules(row: Row) -> Iterator[Found]:
    name, study = row["estimate_id"], row["study_id"]
    if name != study and not name.startswith(f"{study}-"):
        kind = "must be the study_id, or begin with it and a hyphen"
        yield "estimate_id", f"{kind}: {study}-", kind
    if row["second_hand"] == "yes" and row["recheck"] != "yes":
        yield "recheck", "must be yes for what is quoted second-hand"
    if (row["where_seen"] == "quoted elsewhere") != (row["second_hand"] == "yes"):
        kind = f"does not fit where_seen '{row['where_seen']}'"
        yield of_value("second_hand", repr(row["second_hand"]), kind)
    if not row["url"] and not row["seen_at"] and row["grade"] != "D":
        yield "url", "is empty, and so is seen_at; only grade D may have no address"
