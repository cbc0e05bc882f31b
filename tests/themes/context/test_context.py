"""Context and benchmarks against answers worked out by hand from the printed figures."""

import dataclasses
import math

import pytest

from analysis.bounds.observed import observed, over
from analysis.records.errors import AnalysisError, QuantityError
from analysis.themes.context import findings as context

INF = math.inf
# rural poor at the end of 2012: 98.99 million +- 5,000; incidence 10.2 % +- 0.05; census 2010:
# 956,977,361
# with agricultural registration; World Bank: 653,193,546 rural residents in 2012
HEAD, RATE, HUKOU, RESIDENTS = 98_990_000, 0.102, 956_977_361, 653_193_546
LINE_2010, EXIT, PIP_GROWTH = 2_300, 4_000, 3_245.401452 / 2_300


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in context.findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "unit"),
    [
        (
            "implied-denominator-2012",
            HEAD / RATE,
            98_985_000 / 0.1025,
            98_995_000 / 0.1015,
            "person",
        ),
        (
            "implied-over-hukou",
            HEAD / RATE / HUKOU,
            98_985_000 / 0.1025 / (HUKOU + 0.5),
            98_995_000 / 0.1015 / (HUKOU - 0.5),
            "",
        ),
        (
            "implied-over-residents",
            HEAD / RATE / RESIDENTS,
            98_985_000 / 0.1025 / (RESIDENTS + 0.5),
            98_995_000 / 0.1015 / (RESIDENTS - 0.5),
            "",
        ),
        ("poor-people-stated", 70.17 / 70, 0, 70.175 / 70, ""),
        ("area-income-multiple", 12588 / 6079, 12587.5 / 6079.5, 12588.5 / 6078.5, ""),
        (
            "exit-line-over-updated-line",
            EXIT / (LINE_2010 * PIP_GROWTH),
            3_500 / (2_300 * PIP_GROWTH),
            4_500 / (2_300 * PIP_GROWTH),
            "",
        ),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(by_id, slug, value, low, high, unit):
    found = by_id[f"context.{slug}"]
    assert (found.value, found.low, found.high) == tuple(
        pytest.approx(number, rel=1e-5) for number in (value, low, high)
    )
    assert found.unit == unit


def test_the_official_rate_is_over_the_registered_agricultural_population(records):
    data = context.implied_denominators(records)
    assert data["year"].tolist() == list(range(2011, 2020))
    near = (data["implied_low"] < data["hukou_2010"] * 1.03) & (
        data["implied_high"] > data["hukou_2010"] * 0.97
    )
    assert near.all(), "every year's range comes within 3 % of the 957 million"
    assert (data["implied_low"] > 1.4 * data["rural_residents"]).all()
    outside = (data["implied_low"] > HUKOU) | (data["implied_high"] < HUKOU)
    assert outside.sum() == 6, "in six of nine years the census figure is outside the rounding"
    first, last, least, most = context.implied_range(records)
    assert (first, last) == (2011, 2016)
    assert (least, most) == pytest.approx((43_350_000 / 0.045, 55_750_000 / 0.057))


def test_the_world_bank_deflator_is_the_poverty_line_until_2016(records):
    data = context.deflator_is_line(records)
    assert data["year"].tolist() == list(range(2010, 2017))
    # the yearbook's lines over 2,300
    assert data["line"].tolist() == pytest.approx(
        [line / 2300 for line in (2300, 2536, 2625, 2736, 2800, 2855, 2952)]
    )
    assert data["difference"].abs().max() < 1e-5


def test_the_stated_growth_fits_one_more_year(records):
    data = context.area_growth(records).set_index("what")
    assert (
        data["growth"].iloc[0]
        == pytest.approx((12588 / 6079) ** (1 / 7) - 1)
        == pytest.approx(0.1096, abs=5e-5)
    )
    assert data["growth"].tolist()[1:] == [0.116, 0.116]
    assert data["implied_base_cny"].tolist() == pytest.approx(
        [6079, 12588 / 1.116**7, 12588 / 1.116**8]
    )


# rural consumer prices of 2014 to 2020 on the year before: printed or implied, 2016 in poverty
# areas, 2020 by the World Bank's deflator (1.085282 over 1.053672)
RURAL_PRICES = 1.018 * 1.013 * 1.018 * 1.013 * 1.021 * 1.032 * (1.085282 / 1.053672)
NATIONAL_PRICES = 1.019216 * 1.01437 * 1.02 * 1.015931 * 1.020748 * 1.028992 * 1.024194


def test_real_growth_is_one_number_by_each_index(by_id):
    national, rural = (
        by_id[f"context.area-income-growth-{which}-prices"] for which in ("national", "rural")
    )
    assert national.value == pytest.approx(12588 / 6079 / NATIONAL_PRICES - 1, rel=1e-6)
    assert rural.value == pytest.approx(12588 / 6079 / RURAL_PRICES - 1, rel=1e-6)
    assert [round(100 * one.value) for one in (rural, national)] == [79, 80]
    low = 1.0185 * 1.0135 * 1.0185 * 1.0135 * 1.0215 * 1.0325 * 1.085282 / 1.053672
    assert rural.low == pytest.approx(12587.5 / 6079.5 / low - 1, rel=1e-5)


def test_the_ratio_rose_and_the_gap_widened(by_id, records):
    ratio = [by_id[f"context.income-ratio-{year}"].value for year in (2013, 2020)]
    assert ratio == pytest.approx([6079 / 9429.59, 12588 / 17131])
    gap = [by_id[f"context.income-gap-{year}"].value for year in (2013, 2020)]
    assert gap == pytest.approx([3350.59, 4543])
    assert by_id["context.income-gap-growth"].value == pytest.approx(4543 / 3350.59 - 1)
    for which, prices in (("national", NATIONAL_PRICES), ("rural", RURAL_PRICES)):
        grown = by_id[f"context.income-gap-growth-{which}-prices"].value
        assert grown == pytest.approx(4543 / 3350.59 / prices - 1, rel=1e-5), which
    years = [2013, 2016, 2017, 2018, 2019, 2020]
    ratios = [
        one / all_
        for one, all_ in zip(
            [6079, 8452, 9377, 10371, 11567, 12588],
            [9429.59, 12363.41, 13432, 14617, 16021, 17131],
            strict=True,
        )
    ]
    mean, middle = sum(ratios) / 6, sum(years) / 6
    slope = sum((y - middle) * (r - mean) for y, r in zip(years, ratios, strict=True))
    slope /= sum((y - middle) ** 2 for y in years)
    assert context.ratio_slope(records) == pytest.approx(slope) == pytest.approx(0.0129, abs=5e-5)


def test_the_official_real_growth_stands_beside_the_computed(records):
    data = context.official_real_growth(records).set_index("year")
    assert data["official"].to_dict() == {2017: 0.091, 2018: 0.083, 2019: 0.08}
    assert data.loc[2018, "computed"] == pytest.approx(10371 / 9377 / 1.021 - 1)
    # of 2016 the bureau takes 9377 - 894 = 8,483, not the 8,452 that it had published
    assert pytest.approx(0.091, abs=5e-4) == 9377 / 8483 / 1.013 - 1
    assert data.loc[2017, "computed"] == pytest.approx(9377 / 8452 / 1.013 - 1)


def test_gaps_stay_gaps(records):
    data = context.real_area_income(records)
    assert not set(data["year"]) & {2014, 2015}
    assert set(data["deflator"]) == {"nominal", "national CPI", "rural CPI"}
    known = data.set_index(["deflator", "year"])["income_cny"]
    assert known["rural CPI", 2019] == pytest.approx(11567 / (1.013 * 1.021 * 1.032))
    assert known["national CPI", 2013] == pytest.approx(6079 * 1.019216 * 1.01437 * 1.02)
    with pytest.raises(AnalysisError, match="there is no value of cn-povarea-inc for 2014"):
        observed(records, "cn-povarea-inc", "2014")


def test_the_line_in_dollars(records):
    data = context.line_in_dollars(records).set_index("year")
    assert data.loc[2010, "ppp_per_day"] == pytest.approx(2.34, abs=5e-3)
    assert data.loc[2020, "ppp_per_day"] == pytest.approx(2.89, abs=5e-3)
    assert data.loc[2020, "updated_cny"] == pytest.approx(3245, abs=1)
    rural = 2300 * 1.058 * 1.026 * 1.028 * RURAL_PRICES
    assert data.loc[2020, "rural_prices_cny"] == pytest.approx(rural)
    assert data.loc[2020, "definition"] != data.loc[2019, "definition"]


def test_the_grid_of_lines_and_years(records):
    data = context.lifted_grid(records)
    falls = data.set_index(["line", "start", "end"])["fall"]
    assert falls["$1.25 (2005 PPP)", 1981, 2005] == 835e6 - 207e6
    assert falls["$2.15 (2017 PPP)", 1981, 2005] == pytest.approx(622e6, abs=1e6)
    assert falls["$2.15 (2017 PPP)", 1990, 2010] == pytest.approx(638e6, abs=1e6)
    between = data["fall"].between(600e6, 700e6)
    assert (data["inside"] == between).all()
    assert data["end"].max() == 2014, "the claim is of September 2015"
    assert len(data) == 6 * math.comb(15, 2) + 1
    inside = data[data["inside"]].groupby("line").size()
    of_surveys = inside.drop("$1.25 (2005 PPP)")
    assert (of_surveys.sum(), len(of_surveys)) == (43, 4)
    assert inside["$1.25 (2005 PPP)"] == 1
    one = data.set_index(["line", "start", "end"])["one_survey"]
    assert one["$2.15 (2017 PPP)", 1990, 2012], "both of consumption"
    assert not one["$2.15 (2017 PPP)", 1987, 1990], "income, then consumption"
    assert not one["$3.00 (2021 PPP)", 2012, 2013], "the integrated survey begins in 2013"
    letters = [f"{name} "[:-1] for name in records.series["definition"]]  # each a text of its own
    other = dataclasses.replace(records, series=records.series.assign(definition=letters))
    assert context.lifted_grid(other).equals(data)


def test_no_count_is_a_share_and_one_checks_a_figure_by_its_source(records):
    data = context.people_verdicts(records).set_index(["claim_id", "series_id"])["verdict"]
    assert "allowed" not in set(data)
    assert data[data == "check"].index.tolist() == [
        ("rural-ecommerce-opinions-2015.poor-people", "cn-rpov-n-2010std")
    ]


@pytest.mark.parametrize(
    ("claim_id", "series_id", "reason"),
    [
        ("scio-2021.ecommerce-jobs", "poor-labour-migrants", "forbidden"),
        ("scio-2021.ecommerce-jobs", "cn-hhsize", "not registered"),
        ("scio-2021.policy-aspects", "cn-rpov-n-2010std", "a count of measures"),
    ],
)
def test_a_pair_that_may_not_be_formed_is_refused_with_the_reason(
    records, claim_id, series_id, reason
):
    with pytest.raises(QuantityError, match=reason):
        over(
            records, claim_id, series_id, "2019" if series_id == "poor-labour-migrants" else "2012"
        )


def test_restatements_agree_and_add_what_the_english_drops(records):
    data = context.restatements(records).set_index("claim_id")
    assert data["agrees"].all()
    assert len(data) == 7
    assert data.loc["scio-2021.ecommerce-income", "restated"] == 6_188_000
    assert "poor" in data.loc["scio-2021.ecommerce-income", "what"]
