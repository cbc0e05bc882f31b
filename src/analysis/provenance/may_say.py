"""What a writer may say: sentences with their verdict, held against findings and grades."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from analysis.bounds.finding import GRADES
from analysis.methods.scenarios.draw import draw
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.load import Records
from analysis.themes import one_finding, one_scenario
from analysis.words import wording

WITH_BOTH = "only with both"  # the figure and the official one that differs
VERDICTS = ("may", WITH_BOTH, "may not")
CONTRADICTED = "X"  # grade of a figure that another official figure contradicts
OUTPUT = "#"  # between a scenario's identifier and the name of its output
_PLACE = re.compile(r"\{(?P<id>[^{}|]+)(?:\|(?P<how>value|grade))?\}")


def filled(records: Records, text: str, lang: str = "en") -> str:
    """A text whose ``{id}`` is what ``say`` says, ``{id|value}`` the value only, ``{id|grade}`` nothing.

    ``{scenario#output}`` is the middle and the range of a scenario's output, drawn with the defaults.

    Raises
    ------
    UnknownIdError
        If an identifier is neither a claim's nor a finding's.
    """

    def said(found: re.Match[str]) -> str:
        if found["how"] == "grade":
            return ""
        if OUTPUT in found["id"]:
            return _scenario(records, found["id"], lang)
        if found["id"] in set(records.claims["claim_id"]):
            return wording.stated(records.claim(found["id"]), lang)
        return wording.say(
            one_finding(records, found["id"]), lang, value_only=found["how"] == "value"
        )

    return _PLACE.sub(said, text).strip()


def _scenario(records: Records, name: str, lang: str) -> str:
    scenario_id, _, output = name.partition(OUTPUT)
    drawn = draw(records, one_scenario(records, scenario_id))
    ranges = {one.output: one for one in drawn.ranges}
    if output not in ranges:
        raise UnknownIdError(f"output of {scenario_id}", output, ranges)
    return wording.scenario_range(ranges[output].points, ranges[output].unit, lang)


def named(text: str) -> list[str]:
    """Identifiers that a text names in braces, in order."""
    return [found["id"] for found in _PLACE.finditer(text)]


def may_say(records: Records, rows: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Sentences that a writer may or may not write, with the reason and the weakest grade behind them.

    Parameters
    ----------
    records : Records
    rows : iterable of (sentence, verdict, why)
        Sentence and reason name claims or findings in braces; the verdict is "may", "may not", or, of a
        figure that is contradicted or contested, "only with both".

    Returns
    -------
    DataFrame
        Columns ``sentence``, ``verdict``, ``why``, ``grade``; what may not be said has no grade.

    Raises
    ------
    AnalysisError
        If a verdict is unknown, a row names no figure, or a sentence that may be written names a
        finding without a direction or a figure that is contradicted.
    """
    table = []
    for sentence, verdict, why in rows:
        if verdict not in VERDICTS:
            raise AnalysisError(f"{verdict!r} is no verdict; allowed are {', '.join(VERDICTS)}")
        ids = named(sentence + why)
        if not ids:
            raise AnalysisError(
                f"the row {sentence!r} names no claim or finding; a verdict rests on one, as in {{id}} or {{id|grade}}"
            )
        grades, open_ended = zip(*(_evidence(records, name) for name in ids), strict=True)
        if verdict == "may" and CONTRADICTED in grades:
            raise AnalysisError(
                f"{ids[grades.index(CONTRADICTED)]} is contradicted by another official figure (grade {CONTRADICTED}): {WITH_BOTH!r} or 'may not', never {sentence!r} alone"
            )
        if verdict != "may not" and "both" in open_ended:
            raise AnalysisError(
                f"{ids[open_ended.index('both')]} has no direction: nobody may say {sentence!r}"
            )
        grade = "" if verdict == "may not" else max(grades, key=_rank)
        table.append((filled(records, sentence), verdict, filled(records, why), grade))
    return pd.DataFrame(table, columns=["sentence", "verdict", "why", "grade"])


def _rank(grade: str) -> int:
    return GRADES.find(grade)  # none at all comes first


def _evidence(records: Records, name: str) -> tuple[str, str]:
    """Grade and openness of a claim or finding."""
    if name in set(records.claims["claim_id"]):
        return records.claim(name).grade, ""
    if OUTPUT in name:
        return _of_scenario(records, name.partition(OUTPUT)[0])
    try:
        one = one_finding(records, name)
    except UnknownIdError:
        raise UnknownIdError("claim or finding", name, [*records.claims["claim_id"]]) from None
    return one.evidence_grade, one.open_ended


def _of_scenario(records: Records, scenario_id: str) -> tuple[str, str]:
    """Weakest grade of the claims in a scenario; "" where it rests on none."""
    inputs = {
        name
        for bounds in one_scenario(records, scenario_id).outputs.values()
        for name in bounds.inputs
    }
    grades = records.claims.loc[records.claims["claim_id"].isin(inputs), "grade"]
    return max(grades, key=GRADES.index, default=""), ""
