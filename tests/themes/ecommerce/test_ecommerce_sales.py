"""Sales: every finding against arithmetic on the printed figures."""

from __future__ import annotations

import math

import pytest

from analysis.methods.scenarios import draw
from analysis.records.errors import QuantityError
from analysis.themes.ecommerce.sales import (
    break_even,
    catching_up,
    disputed_values,
    findings,
    local_gains,
    revisions,
    scenarios,
)

INF = math.inf
PEOPLE, HALF = 6_188_000, 500
# poor counties, 2020, yuan, printed in hundred millions with one decimal or billions with two: +- 5
# million
TOTAL, SERVICES, GOODS, FARM, CENT = 301.45e9, 124.48e9, 176.97e9, 40.66e9, 0.005e9
RURAL = {2015: 353e9, 2016: 894.54e9, 2017: 1_244.88e9, 2018: 1.37e12, 2019: 1.7e12, 2020: 1.79e12}


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "unit", "grade"),
    [
        (
            "sales-per-person",
            TOTAL / PEOPLE,
            (TOTAL - CENT) / (PEOPLE + HALF),
            (TOTAL + CENT) / (PEOPLE - HALF),
            "",
            "CNY / person",
            "C",
        ),
        (
            "services-per-person",
            SERVICES / PEOPLE,
            (SERVICES - CENT) / (PEOPLE + HALF),
            (SERVICES + CENT) / (PEOPLE - HALF),
            "",
            "CNY / person",
            "C",
        ),
        (
            "other-goods-per-person",
            (GOODS - FARM) / PEOPLE,
            (GOODS - FARM - 2 * CENT) / (PEOPLE + HALF),
            (GOODS - FARM + 2 * CENT) / (PEOPLE - HALF),
            "",
            "CNY / person",
            "C",
        ),
        (
            "services-share-of-sales",
            SERVICES / TOTAL,
            (SERVICES - CENT) / (TOTAL + CENT),
            (SERVICES + CENT) / (TOTAL - CENT),
            "",
            "",
            "B",
        ),
        (
            "farm-share-of-sales",
            FARM / TOTAL,
            (FARM - CENT) / (TOTAL + CENT),
            (FARM + CENT) / (TOTAL - CENT),
            "",
            "",
            "A",
        ),
        (
            "part-needed-longnan-2015",
            240 * PEOPLE / FARM,
            240 * (PEOPLE - HALF) / (FARM + CENT),
            INF,
            "high",
            "",
            "D",
        ),
        (
            "part-needed-sichuan",
            253 * PEOPLE / FARM,
            253 * (PEOPLE - HALF) / (FARM + CENT),
            253 * (PEOPLE + HALF) / (FARM - CENT),
            "",
            "",
            "C",
        ),
        (
            "gain-per-person-most",
            FARM / PEOPLE / 4,  # both shares anything from nothing to all
            0,
            (FARM + CENT) / (PEOPLE - HALF),
            "low",
            "CNY / person",
            "C",
        ),
        (
            "break-even-each-of-two",
            (840 * PEOPLE / FARM) ** 0.5,
            (835 * (PEOPLE - HALF) / (FARM + CENT)) ** 0.5,
            (845 * (PEOPLE + HALF) / (FARM - CENT)) ** 0.5,
            "",
            "",
            "C",
        ),
        (
            "part-needed-longnan-2019",
            840 * PEOPLE / FARM,
            835 * (PEOPLE - HALF) / (FARM + CENT),
            845 * (PEOPLE + HALF) / (FARM - CENT),
            "",
            "",
            "C",
        ),
        (
            "revision-rural-2017",
            1.37e12 / 1.304 / RURAL[2017],
            1.365e12 / 1.3045 / 1_244.885e9,
            1.375e12 / 1.3035 / 1_244.875e9,
            "",
            "",
            "B",
        ),
        (
            "revision-rural-2020",
            2.05e12 / 1.113 / 1.79e12,
            2.045e12 / 1.1135 / 1.795e12,
            2.055e12 / 1.1125 / 1.785e12,
            "",
            "",
            "A",
        ),
        (
            "revision-farm-2018",
            397.5 / 1.27 / 230.5,
            397.45 / 1.275 / 230.55,
            397.55 / 1.265 / 230.45,
            "",
            "",
            "B",
        ),
        (
            "revision-farm-2021",
            531.38 / 1.092 / 422.1,
            531.375 / 1.0925 / 422.15,
            531.385 / 1.0915 / 422.05,
            "",
            "",
            "A",
        ),
        (
            "revision-poor-counties-2018",
            239.2 / 1.33 / 69.79,
            239.15 / 1.335 / 69.795,
            239.25 / 1.325 / 69.785,
            "",
            "",
            "B",
        ),
        (
            "revision-rural-half-2016",
            537.62 / 1.381 / 310,
            0,
            537.625 / 1.3805 / 310,
            "low",
            "",
            "B",
        ),
        ("concept-change-2016", 894.54 / 353, 894.535 / 353.5, 894.545 / 352.5, "", "", "A"),
        (
            "poor-counties-relative-to-rural-2018-press",
            69.79 / 1_370,
            69.785 / 1_375,
            69.795 / 1_365,
            "",
            "",
            "B",
        ),
        (
            "poor-counties-relative-to-rural-2018-agriculture",
            86.76 / 1_370,
            86.755 / 1_375,
            86.765 / 1_365,
            "",
            "",
            "B",
        ),
        (
            "poor-counties-relative-to-rural-2018-implied",
            239.2 / 1.33 / 1_370,
            239.15 / 1.335 / 1_375,
            239.25 / 1.325 / 1_365,
            "",
            "",
            "B",
        ),
        (
            "poor-counties-relative-to-rural-2019",
            239.24 / 1_700,
            239.235 / 1_750,
            239.245 / 1_650,
            "",
            "",
            "A",
        ),
        (
            "poor-counties-relative-to-rural-2020",
            301.45 / 1_790,
            301.445 / 1_795,
            301.455 / 1_785,
            "",
            "",
            "A",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, unit, grade
):
    found = by_id["ecommerce." + slug]
    assert (found.value, found.low, found.high) == (
        pytest.approx(value, rel=1e-9),
        pytest.approx(low, rel=1e-9),
        pytest.approx(high, rel=1e-9),
    )
    assert (found.open_ended, found.unit, found.evidence_grade) == (open_ended, unit, grade)


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    assert sorted(f"ecommerce.{row[0]}" for row in marks.args[1]) == sorted(by_id)


def test_local_gains_are_those_reported(records):
    assert {place: (one.value, one.direction) for place, one in local_gains(records).items()} == {
        "Longnan, 2015": (240, "at least"),
        "Sichuan, to mid-2020": (253, "closed"),
        "Longnan, 2019": (840, "closed"),
    }


def test_break_even_falls_with_the_share_of_poor_sellers(records):
    frame = break_even(records, (0.25, 1.0)).set_index(["place", "poor_share"])
    assert frame.loc[("Longnan, 2019", 0.25), "part"] == pytest.approx(4 * 840 * PEOPLE / FARM)
    assert frame.loc[("Sichuan, to mid-2020", 1.0), "part"] == pytest.approx(253 * PEOPLE / FARM)
    assert frame.loc[("Longnan, 2015", 1.0), "part_high"] == INF


@pytest.mark.parametrize("share", [0.0, -0.1, 1.01])
def test_a_share_of_sales_outside_its_limits_is_refused(records, share):
    with pytest.raises(
        QuantityError, match=f"a share of sales must be above 0 and at most 1, got {share}"
    ):
        break_even(records, (0.5, share))


def test_revisions_say_which_levels_agree(records):
    frame = revisions(records)
    agree = frame[frame["verdict"] == "rounding"]
    assert list(zip(agree["series_id"], agree["year"], strict=True)) == [
        ("rural-online-retail", 2014),
        ("pc-online-retail", 2019),
    ]
    assert len(frame[frame["verdict"] != "not published"]) == 11


def test_three_values_for_one_year(records):
    assert [one.value for one in disputed_values(records).values()] == pytest.approx(
        [69.79e9, 86.76e9, 239.2e9 / 1.33]
    )


def test_catching_up_depends_on_the_value_of_2018(records):
    frame = catching_up(records)
    first = frame[frame["year"] == 2018]
    assert first["change_points"].tolist() == pytest.approx(
        [301.45 / 1_790 - x / 1_370 for x in (69.79, 86.76, 239.2 / 1.33)]
    )
    assert frame[frame["year"] > 2018].groupby("year")["ratio"].nunique().tolist() == [1, 1]


def test_the_scenario_lies_between_nothing_and_all_sales(records):
    (scenario,) = scenarios(records)
    drawn = draw(records, scenario, draws=4_096)
    sample = drawn.sample("gain per person")
    most = 40.66e9 / 6.188e6
    assert sample.min() >= 0
    assert sample.max() <= most * 1.002
    # the median of the product of two uniform numbers is the root of x (1 - ln x) = 1/2: 0.18668
    (found,) = drawn.ranges
    assert found.points[1] == pytest.approx(0.18668 * most, abs=4 * found.errors[1])
