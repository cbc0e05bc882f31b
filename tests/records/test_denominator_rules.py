"""The register of denominators, row by row: ``analysis check`` names file, row and column, once for each mistake."""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest

from analysis.bounds.denominators import Registry
from analysis.records.denominator_rules import INSIDE, RULED, judgement_problems
from analysis.records.errors import QuantityError
from analysis.records.load import problems

NONE, SIZE, SHARE = (
    "scio-2021.policy-aspects",
    "scio-2021.ecommerce-jobs@cn-rpov-n-2010std",
    "rural-ecommerce-opinions-2015.poor-villages@cn-povvillages",
)
AT = {
    NONE: "denominators.csv, row 2 (scio-2021.policy-aspects), column ",
    SIZE: "denominators.csv, row 5 (scio-2021.ecommerce-jobs), column ",
    SHARE: "denominators.csv, row 122 (rural-ecommerce-opinions-2015.poor-villages), column ",
}
SHARES = "'allowed' stands where inside, same_year, same_geography are all yes, and only there"


def said(folder: Path) -> list[str]:
    return [str(problem) for problem in problems(folder)]


@pytest.mark.parametrize(
    ("row", "cells", "messages"),
    [
        (
            SIZE,
            {"verdict": "allowed"},
            [f"verdict: the verdict is 'allowed', and the rule gives 'size only'; {SHARES}"],
        ),
        (
            SHARE,
            {"verdict": "size only"},
            [f"verdict: the verdict is 'size only', and the rule gives 'allowed'; {SHARES}"],
        ),
        (
            SHARE,
            {"same_year": "no"},
            [f"verdict: the verdict is 'allowed', and the rule gives 'size only'; {SHARES}"],
        ),
        (
            SHARE,
            {"verdict": "forbidden"},
            ["verdict: what lies inside compares with what it lies in: it cannot be forbidden"],
        ),
        (
            SIZE,
            {"inside": "", "same_year": "", "same_geography": ""},
            [
                "inside: is empty; a row with a series needs yes, no or unknown",
                "same_year: is empty; a row with a series needs yes or no",
                "same_geography: is empty; a row with a series needs yes or no",
            ],
        ),
        (
            SIZE,
            {"verdict": "per", "same_year": ""},
            ["same_year: is empty; a row with a series needs yes or no"],
        ),
        (
            NONE,
            {"series_id": "cn-povcounty-exits"},
            [
                "series_id: 'cn-povcounty-exits' stands beside the verdict 'none', which leaves series_id, inside, same_year, same_geography empty"
            ],
        ),
        (
            NONE,
            {"same_year": "no"},
            [
                "same_year: 'no' stands beside the verdict 'none', which leaves series_id, inside, same_year, same_geography empty"
            ],
        ),
        (
            NONE,
            {"verdict": "per"},
            [
                "series_id: is empty beside the verdict 'per'; name a series, or take the verdict 'none'"
            ],
        ),
        (
            NONE,
            {"verdict": "maybe"},
            ["verdict: 'maybe' is not known; allowed are allowed, size only, per, forbidden, none"],
        ),
        (
            SHARE,
            {"inside": "perhaps"},
            ["inside: 'perhaps' is not known; allowed are yes, no, unknown"],
        ),
    ],
)
def test_a_row_that_contradicts_itself_is_named_once(data_copy, edit, row, cells, messages):
    for column, value in cells.items():
        edit(data_copy / "denominators.csv", row, column, value)
    assert said(data_copy) == [AT[row] + message for message in messages]


def test_none_is_the_only_row_of_its_claim(data_copy):
    path = data_copy / "denominators.csv"
    path.write_text(
        path.read_text("utf-8")
        + "scio-2021.policy-aspects,cn-povcounty-exits,no,yes,yes,forbidden,a count of measures over counties\n",
        "utf-8",
    )
    assert said(data_copy) == [
        AT[NONE]
        + "verdict: is 'none', and another row gives the claim a series; 'none' is the only row of its claim"
    ]


def test_a_claim_without_a_row_is_named_and_one_whose_row_is_broken_is_not(data_copy):
    path = data_copy / "denominators.csv"
    header, first, *rest = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *rest]), "utf-8")
    assert said(data_copy) == [
        "denominators.csv (scio-2021.policy-aspects), column claim_id: has no row; every claim is registered with a denominator, or with the verdict none and the reason"
    ]
    path.write_text("".join([header, first.replace(",none,", ",none,,"), *rest]), "utf-8")
    assert said(data_copy) == [
        "denominators.csv, row 2 (scio-2021.policy-aspects): has 8 cells, the header has 7"
    ]


def test_law_the_check_refuses_what_the_registry_refuses():
    """Every combination of judgements and verdict: the two readers of the rule agree."""
    for inside, year, place, verdict in itertools.product(
        INSIDE, ("yes", "no"), ("yes", "no"), (*RULED, "per")
    ):
        row = {
            "claim_id": "a.b",
            "series_id": "s",
            "inside": inside,
            "same_year": year,
            "same_geography": place,
            "verdict": verdict,
            "reason": "by hand",
        }
        try:
            Registry.from_frame(pd.DataFrame([row]))
            sound = True
        except QuantityError:
            sound = False
        assert (judgement_problems(pd.DataFrame([row])) == []) == sound, row
