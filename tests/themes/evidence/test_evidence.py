"""Published evidence against sums by hand from the printed numbers."""

from __future__ import annotations

import dataclasses
import math

import pytest

from analysis.bounds.finding import estimate_row
from analysis.provenance.lineage import trace
from analysis.records.errors import UnknownIdError
from analysis.themes.charts import make_chart
from analysis.themes.evidence import findings as evidence

SWITCHING = (
    100 * math.expm1(0.185),
    100 * math.expm1(0.166),
)  # log points of the two checks, as percent
MENG = 100 * (1.38 ** (1 / 6) - 1)  # 38 % from 1994 to 2000


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in evidence.findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "grade"),
    [
        ("estimates", 63, 63, 63, ""),
        ("studies", 46, 46, 46, ""),
        # couture, gao, qin, carrasco, mckenzie 2017 find nothing; couture (prices), clemens 2017,
        # makioka, levy-yeyati differ by group
        ("studies-null-or-mixed", 8, 8, 8, ""),
        ("demonstration-hanspub-127031", 0.037, 0.037, 0.037, "B"),
        ("demonstration-cn-2025-income", 0.0536, 0.0536, 0.0536, "C"),
        (
            "demonstration-hssc-2024-breadth",
            SWITCHING[0] / 100,
            SWITCHING[0] / 100,
            SWITCHING[0] / 100,
            "B",
        ),
        (
            "demonstration-hssc-2024-depth",
            SWITCHING[1] / 100,
            SWITCHING[1] / 100,
            SWITCHING[1] / 100,
            "B",
        ),
    ],
)
def test_every_finding_by_hand(by_id, slug, value, low, high, grade):
    found = by_id[f"evidence.{slug}"]
    assert (found.value, found.low, found.high) == tuple(
        pytest.approx(number, rel=1e-9) for number in (value, low, high)
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == ("", "", grade)


def test_log_points_become_percent_once_and_a_period_becomes_a_year(records):
    rows = evidence.estimates(records).set_index("estimate_id")
    assert rows.loc["hssc-2024-breadth", "value"] == pytest.approx(20.32, abs=0.005), (
        "as the authors print it"
    )
    assert (rows.loc["hssc-2024-breadth", "unit"], rows.loc["meng-2013", "unit"]) == (
        "percent",
        "percent a year",
    )
    assert rows.loc["meng-2013", "value"] == pytest.approx(MENG)
    assert pytest.approx(38) == 100 * ((1 + MENG / 100) ** 6 - 1)
    assert rows.loc["liu-2025-orange", ["low", "high"]].tolist() == [9.57, 12.47]
    assert math.isnan(rows.loc["couture-2021-income", "value"]), (
        "a null without a number stays without one"
    )


def test_only_the_same_question_outcome_and_unit_are_set_side_by_side(records):
    sets = evidence.comparable(records)
    assert set(sets["question"] + "/" + sets["outcome"]) == {
        "demonstration_income/rural_income",
        "poor_county/rural_income",
        "work_abroad/income",
        "export_promotion/exports",
    }
    assert sets.groupby(["question", "outcome"])["unit"].nunique().max() == 1
    shown = {one for ids in sets["estimate_ids"] for one in ids}
    # parts of samples, elasticities and biases are something else
    assert shown.isdisjoint({"hssc-2024-western", "zhang-2024", "mckenzie-2010"})


def test_estimates_do_not_always_grow_as_designs_weaken(records):
    found = evidence.weaker_over_stronger(records).set_index("question")["finds"]
    assert found.to_dict() == {
        "demonstration_income": "larger",
        "poor_county": "smaller",
        "work_abroad": "no clear difference",
        "export_promotion": "larger",
        "bias": "larger",
    }


def test_ratios_are_ranges_of_what_is_printed(records):
    # before: "1.51 times" and "2.7 times", the middle of a range and a ratio of two papers' numbers
    found = evidence.weaker_over_stronger(records).set_index("question")[["low", "high"]]
    for question, low, high in (
        ("demonstration_income", SWITCHING[1] / 5.36, SWITCHING[0] / 3.7),
        ("poor_county", 0.91 / MENG, 2.28 / MENG),
        ("work_abroad", 39 / 43, 39 / 34),
        ("export_promotion", 40 / 19, 40 / 11),  # 2.1 to 3.6: over the printed interval
        ("bias", 1.20, 1.82),
    ):
        assert found.loc[question].tolist() == pytest.approx([low, high])
    assert "value" not in evidence.weaker_over_stronger(records)


def test_a_changed_estimate_changes_the_verdict(records):
    rows = records.evidence.copy()
    rows.loc[rows["estimate_id"] == "lederman-2007", "effect"] = 10.0
    found = evidence.weaker_over_stronger(dataclasses.replace(records, evidence=rows)).set_index(
        "question"
    )["finds"]
    assert found["export_promotion"] == "smaller"


def test_by_question(records):
    data = evidence.by_question(records).set_index("question")
    assert list(data.index) == list(evidence.QUESTIONS)
    assert (data["estimates"].sum(), data["errors"].sum()) == (63, 10 + 1)
    # five by differences in differences, and one selection model with ten numbers
    assert data.loc["demonstration_income"].tolist() == [
        *("difference_in_differences", 5 + 1, 5 + 10, 2 + 10, 10, 0),
        0,
    ]
    # the lottery of visas; one study by differences in differences and two more are quoted
    assert data.loc["work_abroad", "strongest"] == "randomised"
    assert data.loc["work_abroad", "second_hand"] == 6 + 1 + 1


def test_every_code_of_the_table_has_its_place(records):
    assert set(records.evidence["design"]) <= set(evidence.DESIGNS)
    assert set(records.evidence["question"]) <= set(evidence.QUESTIONS)


def test_a_finding_leads_back_to_the_study(records):
    (one,) = trace(records, "evidence.demonstration-hanspub-127031")["inputs"]
    assert (one["id"], one["effect"]) == ("published:hanspub-127031", 3.7)
    assert "电商政策" in one["citation"]
    assert "se" not in one, "what was not seen is not shown"


def test_a_chart_of_estimates_leads_back_to_them_and_to_no_claim(records):
    found = trace(records, "evidence-design-strength")
    assert {one["kind"] for one in found["inputs"]} == {"published estimate"}
    assert len(found["inputs"]) == 13


def test_an_unknown_estimate_brings_the_nearest(records):
    with pytest.raises(
        UnknownIdError, match="there is no published estimate 'meng-2031'; did you mean meng-2013"
    ):
        estimate_row(records, "published:meng-2031")


def test_a_slide_with_many_rows_names_no_designs_and_keeps_the_count_of_studies(records):
    for lang, design, counted in (
        ("en", "Diff-in-diff: ", "3 studies: direction only"),
        ("zh", "双重差分：", "3项研究：只有方向"),
    ):
        chart = make_chart("evidence-work-abroad", records, lang)
        page, slide = (
            [
                one.get_text().replace("\n", " ")
                for one in chart.figure(size).axes[0].get_yticklabels()
            ]
            for size in ("page", "slide")
        )
        assert page[0].startswith(design)
        assert page[0].removeprefix(design).replace(" ", "") == slide[0].replace(" ", "")
        assert page[-1] == slide[-1] == counted
