"""The table of published estimates: every rule between its cells, and what may enter."""

from __future__ import annotations

import re

import pytest

from analysis.records.load import problems

FILE = "evidence.csv"
HANS, HSSC, RANGE, TONGA = (
    "hanspub-127031",
    "hssc-2024-western",
    "liu-2025-orange",
    "gibson-mckenzie-2014-tonga-income",
)


def said(folder) -> list[str]:
    return [str(problem) for problem in problems(folder)]


@pytest.mark.parametrize(
    ("row", "cells", "column", "message"),
    [
        (
            HANS,
            {"effect": "3,7"},
            "effect",
            "'3,7' is not a number; allowed is a plain decimal number such as 7710000",
        ),
        (
            HANS,
            {"design": "did"},
            "design",
            "'did' is not known; allowed are randomised, discontinuity, difference_in_differences",
        ),
        (HANS, {"question": ""}, "question", "is empty; a value is required"),
        (HANS, {"p_below": "5"}, "p_below", "5 is above 1"),
        (
            HANS,
            {"as_stated": "one two three four five six seven eight nine"},
            "as_stated",
            "9 words are quoted; at most 8 are allowed",
        ),
        (HANS, {"url": "www.hanspub.org"}, "url", "is no web address"),
        (
            HANS,
            {"effect_unit": ""},
            "effect_unit",
            "a number needs its unit, and a row without number has none",
        ),
        (HANS, {"effect": ""}, "effect_unit", "'percent' does not fit"),
        (HANS, {"direction": "negative"}, "direction", "'negative' contradicts the estimate 3.7"),
        (HANS, {"effect_low": "3"}, "effect_high", "is empty; a printed range has two ends"),
        (
            HANS,
            {"effect_low": "3", "effect_high": "4", "range_of": "outcomes"},
            "effect",
            "3.7 stands beside a range",
        ),
        (HANS, {"range_of": "outcomes"}, "range_of", "'outcomes' does not fit"),
        (
            HANS,
            {"printed_percent": "3.8"},
            "printed_percent",
            "stands beside 'percent'; only log points have a percentage beside them",
        ),
        (HANS, {"se": "0.5"}, "se_of", "'' does not fit; it says what a standard error is of"),
        (
            HANS,
            {"se": "0", "se_of": "effect"},
            "se",
            "0 is not above 0; leave it empty where none was seen",
        ),
        (HANS, {"ci_low": "1"}, "ci_high", "is empty; an interval has two ends"),
        (HANS, {"ci_low": "4", "ci_high": "6"}, "effect", "3.7 lies outside its interval, 4 to 6"),
        (
            HANS,
            {"estimate_id": "hans"},
            "estimate_id",
            "must be the study_id, or begin with it and a hyphen: hanspub-127031-",
        ),
        (HANS, {"second_hand": "yes"}, "recheck", "must be yes for what is quoted second-hand"),
        (
            HANS,
            {"where_seen": "quoted elsewhere"},
            "second_hand",
            "'no' does not fit where_seen 'quoted elsewhere'",
        ),
        (HANS, {"url": ""}, "url", "is empty, and so is seen_at; only grade D may have no address"),
        (RANGE, {"effect_low": "13"}, "effect_low", "13 is not below effect_high 12.47"),
        (
            RANGE,
            {"se": "1", "se_of": "effect"},
            "se",
            "stands without an estimate in the column effect",
        ),
        (
            TONGA,
            {"effect_low": "-34", "effect_high": "38"},
            "direction",
            "'positive' contradicts the estimate -34",
        ),
    ],
)
def test_a_broken_row_is_named_with_file_row_column_and_what_is_allowed(
    data_copy, edit, row, cells, column, message
):
    key = row
    for name, value in cells.items():
        edit(data_copy / FILE, key, name, value)
        key = value if name == "estimate_id" else key
    found = [line for line in said(data_copy) if f"column {column}:" in line]
    assert len(found) == 1, said(data_copy)
    assert re.match(rf"{FILE}, row \d+ \({key}\), column {column}: ", found[0])
    assert message in found[0]


def test_an_estimate_stands_once(data_copy, edit):
    edit(data_copy / FILE, HSSC, "estimate_id", "hssc-2024-central")
    assert any("'hssc-2024-central' stands already in row" in line for line in said(data_copy))


def test_blanks_stay_blank_and_nulls_are_in(records):
    rows = records.evidence.set_index("estimate_id")
    assert rows.loc["couture-2021-income", ["effect", "se", "ci_low", "p_below"]].isna().all()
    assert (
        rows.loc["couture-2021-income", "direction"],
        rows.loc["carrasco-2016", "direction"],
    ) == ("null", "null")
    assert rows["se"].notna().sum() == 10
    assert set(rows.loc[rows["se"].notna(), "study_id"]) == {"hssc-2024"}
    assert rows["ci_low"].notna().sum() == 1
    assert rows.loc["olarreaga-2015", ["effect", "ci_low", "ci_high"]].tolist() == [15, 11, 19]


def test_what_is_quoted_by_others_is_marked_and_a_weak_copy_is_to_be_checked(records):
    rows = records.evidence
    quoted = rows[rows["second_hand"] == "yes"]
    assert set(quoted["study_id"]) == {
        "li-2025",
        "gibson-mckenzie-2014",
        "clemens-2019",
        "cgd-2010",
    }
    assert set(quoted["grade"]) <= {"C", "D"}
    assert (rows.loc[rows["grade"].isin(["C", "D"]), "recheck"] == "yes").all()
    assert set(rows.loc[rows["grade"] == "D", "study_id"]) == {"li-2025"}


def test_notes_are_short_and_in_own_words(records):
    assert records.evidence["note"].str.split().str.len().max() <= 25
    assert (
        not records.evidence[["note", "treatment", "design_detail"]]
        .apply(lambda column: column.str.contains("[\"“”']", regex=True))
        .any(axis=None)
    )
