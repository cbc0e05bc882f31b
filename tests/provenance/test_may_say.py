"""What a writer may say: verdicts are held against grades and directions."""

from __future__ import annotations

import dataclasses

import pytest

import analysis
from analysis.provenance.may_say import may_say
from analysis.records.errors import AnalysisError, UnknownIdError

PEOPLE, TOP, GROSS = "scio-2021.labor-people", "scio-2021.labor-income-top", "labor.gross-earnings"


def test_a_row_is_filled_in_and_has_the_weakest_grade_of_its_figures(records):
    table = may_say(
        records,
        [
            (f"Sent abroad: {{{PEOPLE}}}", "may", f"cumulative; {{{TOP}|grade}}"),
            (f"They earn {{{GROSS}|value}}", "may not", "no direction"),
        ],
    )
    assert table.to_dict("records") == [
        {
            "sentence": "Sent abroad: about 146,000 people",
            "verdict": "may",
            "why": "cumulative;",
            "grade": "D",
        },
        {
            "sentence": "They earn 14.6 billion yuan a year",
            "verdict": "may not",
            "why": "no direction",
            "grade": "",
        },
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            (f"They earn {{{GROSS}}}", "may", "no"),
            "labor.gross-earnings has no direction: nobody may say",
        ),
        (("Incomes rose", "may not", "no"), "names no claim or finding"),
        (
            (f"{{{PEOPLE}}}", "perhaps", "no"),
            "unknown verdict 'perhaps'; allowed are may, only with both, may not",
        ),
    ],
)
def test_a_verdict_that_the_evidence_does_not_carry_is_refused(records, row, message):
    with pytest.raises(AnalysisError, match=message):
        may_say(records, [row])


def test_a_contradicted_figure_may_not_be_said(records):
    claims = records.claims.assign(
        grade=records.claims["grade"].where(records.claims["claim_id"] != PEOPLE, "X")
    )
    contradicted = dataclasses.replace(records, claims=claims)
    with pytest.raises(AnalysisError, match="contradicted by another official figure"):
        may_say(contradicted, [(f"{{{PEOPLE}}} went", "may", "")])
    for verdict, grade in (("may not", ""), ("only with both", "X")):
        table = may_say(contradicted, [(f"{{{PEOPLE}}} went", verdict, "")])
        assert table["grade"].tolist() == [grade]


def test_an_unknown_figure_is_named():
    with pytest.raises(UnknownIdError, match=r"labor\.luck"):
        analysis.may_say([("{labor.luck} went", "may", "")])
