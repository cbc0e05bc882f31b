"""Charts of any series over time: values, open ends, gaps, periods and words, of tables made up here."""

from __future__ import annotations

import dataclasses
import math

import pandas as pd
import pytest

from analysis.themes.charts import series_chart
from analysis.themes.register.charts_series import series_charts
from analysis.words.catalogue import LANGUAGES

SHOPS = [  # place, from, to, value, last digit, qualifier
    ("North", "2015-01-01", "2015-12-31", 100, "1", ""),
    ("North", "2016-01-01", "2016-12-31", 120, "1", ""),
    ("North", "2017-01-01", "2017-12-31", 150, "1", "more than"),
    ("North", "2020-01-01", "2020-12-31", 0, "", ""),  # two years without a value before
    ("South", "2015-01-01", "2015-12-31", 40, "1", "up to"),
    ("South", "2016-01-01", "2016-12-31", 50, "1", ""),
]
RAIN = [  # of fiscal years
    ("North", "2013-04-01", "2014-03-31", 0.5, "0.1", ""),
    ("North", "2014-04-01", "2015-03-31", 0.7, "0.1", ""),
]
PAY = [  # of months
    ("North", "2020-01-01", "2020-01-31", 900, "10", ""),
    ("North", "2020-03-01", "2020-03-31", 950, "10", ""),
]
FUNDS = [  # since October 2017
    ("North", "2017-10-01", "2019-05-31", 7_000_000, "1000000", ""),
    ("North", "2017-10-01", "2020-10-31", 9_000_000, "1000000", ""),
]
ONCE = [("North", "2020-01-01", "2020-12-31", 3, "1", "")]
SERIES = {
    "shops": ("Shops", "商店", "shop", "stock", SHOPS),
    "rain": ("Shares", "比例", "share", "level", RAIN),
    "pay": ("Pay", "工资", "CNY/person/month", "price", PAY),
    "funds": ("Funds", "资金", "USD", "cumulative", FUNDS),
    "once": ("New shops", "商店二", "shop", "stock", ONCE),
}


@pytest.fixture(scope="module")
def made(records):
    columns = ("geography", "period_start", "period_end", "value", "last_digit", "qualifier")
    rows, index = [], []
    for name, (title, title_zh, unit, nature, of) in SERIES.items():
        index.append((name, title, title_zh, unit, nature, "context"))
        for row in of:
            same = {"series_id": name, "unit": unit, "definition": name, "grade": "B"}
            empty = dict.fromkeys(records.series.columns, "")
            rows.append(empty | dict(zip(columns, row, strict=True)) | same)
    series = pd.DataFrame(rows).astype({"value": float})
    kinds = pd.DataFrame(index, columns=records.series_index.columns)
    return dataclasses.replace(records, series=series, series_index=kinds)


def data(made, name):
    return series_chart(made, name, None, "en").spec.data


def test_a_series_of_two_periods_or_more_has_a_chart(made):
    several = [f"register-series-{name}" for name in SERIES if name != "once"]
    assert [*series_charts(made)] == several


def test_rows_stand_at_their_year_or_in_the_middle_of_their_months(made):
    assert data(made, "shops")["when"].tolist() == [2015, 2016, 2017, 2020, 2015, 2016]
    assert data(made, "shops")["period"].tolist()[:2] == ["2015", "2016"]
    assert data(made, "rain")[["period", "when"]].to_numpy().tolist() == [
        ["2013-14", 2013],
        ["2014-15", 2014],
    ]
    january, march = data(made, "pay")["when"]
    assert january == pytest.approx(2020 + 15.5 / 366, abs=1e-3)
    assert march == pytest.approx(2020 + (31 + 29 + 15.5) / 366, abs=1e-3)


def test_ends_are_those_of_rounding_or_open(made):
    assert data(made, "shops")[["value", "low", "high"]].to_numpy().tolist() == [
        [100, 99.5, 100.5],
        [120, 119.5, 120.5],
        [150, 150, math.inf],
        [0, 0, 0],  # whose last digit is not stated
        [40, 0, 40],
        [50, 49.5, 50.5],
    ]


SAID = {  # headline and subtitle
    ("shops", "en"): (
        "Shops, South: at most 40 shops in 2015, 50 shops in 2016",
        "Shops; 2 places, 2015 to 2020, in shops",
    ),
    ("shops", "zh"): (
        "商店，South：2015年为不超过40家网店，2016年为50家网店",
        "商店，2个地方，2015年至2020年，单位：家",
    ),
    ("rain", "en"): (
        "Shares: 50% in 2013-14, 70% in 2014-15",
        "Shares; North, 2013-14 to 2014-15, in %",
    ),
    ("rain", "zh"): (
        "比例：2013-14年度为50%，2014-15年度为70%",
        "比例，North，2013-14年度至2014-15年度，单位：%",
    ),
    ("funds", "en"): (
        "Funds: US$7 million in 2019-05, US$9 million in 2020-10",
        "Funds; North, 2017 to 2020, in US dollars, nominal",
    ),
    ("funds", "zh"): (
        "资金：2019年5月为700万美元，2020年10月为900万美元",
        "资金，North，2017年至2020年，单位：美元，当年价",
    ),
    ("pay", "en"): (
        "900 in 2020-01, 950 yuan per person per month in 2020-03",  # the long one has 16 words
        "Pay; North, 2020-01 to 2020-03, in yuan per person and month, nominal",
    ),
    ("pay", "zh"): (
        "工资：2020年1月为900元/人/月，2020年3月为950元/人/月",
        "工资，North，2020年1月至2020年3月，单位：元/人/月，当年价",
    ),
}


def test_words_name_place_periods_unit_and_openness(made):
    for (name, lang), said in SAID.items():
        text = series_chart(made, name, None, lang).spec.text(lang)
        assert (text.headline, text.subtitle) == said, (name, lang)
    alt = series_chart(made, "shops", None, "en").spec.en.alt
    assert alt.startswith(
        "Line chart of 6 published values from 2015 to 2020, 2 places: Shops. "
        "In South, at most 40 shops in 2015 and 50 shops in 2016."
    )
    texts = [series_chart(made, "shops", None, lang).spec.text(lang) for lang in LANGUAGES]
    assert [text.labels["y"] for text in texts] == ["shops", "家"]


def test_lines_end_at_a_gap_and_arrows_stand_at_open_ends(made):
    axes = series_chart(made, "shops", None, "en").figure("page").axes[0]
    assert [line.get_xdata().tolist() for line in axes.lines] == [
        [2015, 2016, 2017],
        [2020],
        [2015, 2016],
    ]
    arrows = [(one.xy, one.xyann) for one in axes.texts if one.arrow_patch]
    assert arrows == [((2017, 150), (0, 16)), ((2015, 40), (0, -16))]  # points up, and down
    names = {one.get_text(): one for one in axes.texts if not one.arrow_patch}
    assert {name: one.xy for name, one in names.items()} == {
        "North": (2020, 0),
        "South": (2016, 50),
    }
    colors = [line.get_color() for line in axes.lines]
    assert colors == [names[one].get_color() for one in ("North", "North", "South")]
    assert colors[0] != colors[2]
    assert axes.get_ylim() == (0, pytest.approx(1.12 * 150))
    low, high = axes.get_xlim()
    assert low == pytest.approx(2015 - 0.04 * 5)
    assert 2020 < high < 2021  # room for the names


def test_fiscal_years_are_called_so_and_shares_are_percentages(made):
    axes = series_chart(made, "rain", None, "en").figure("page").axes[0]
    assert {one.get_text() for one in axes.get_xticklabels()} >= {"2013-14", "2014-15"}
    assert {one.get_text() for one in axes.get_yticklabels()} >= {"50%", "70%"}
    assert axes.get_ylim()[0] > 0.4  # a level need not begin at zero
    assert len(axes.texts) == 0  # of a single place the subtitle says the name


def test_periods_that_lie_within_two_years_are_said_themselves(made):
    ticks = {
        name: [
            (one.get_position()[0], one.get_text())
            for one in series_chart(made, name, None, "en").figure("page").axes[0].get_xticklabels()
        ]
        for name in ("pay", "funds", "once")
    }
    assert [words for _, words in ticks["pay"]] == ["2020-01", "2020-03"]
    assert [words for _, words in ticks["funds"]] == ["2019-05", "2020-10"]
    assert ticks["once"] == [(2020, "2020")]
    assert [at for at, _ in ticks["pay"]] == data(made, "pay")["when"].tolist()


def test_a_series_of_one_value_says_one_value(made):
    english, chinese = (
        series_chart(made, "once", None, lang).spec.text(lang) for lang in LANGUAGES
    )
    assert english.headline == "New shops: 3 shops in 2020"
    assert english.subtitle == "New shops; North, 2020, in shops"
    assert (
        "the one published value of this series, New shops: 3 shops in 2020, North" in english.alt
    )
    assert chinese.subtitle.startswith("商店二，North，2020年，")
    assert "公布的唯一数值：North，2020年为3家" in chinese.alt


def test_a_place_of_the_project_is_chinese_in_chinese(records):
    english, chinese = (
        series_chart(records, "border-counties", None, lang).spec.text(lang) for lang in LANGUAGES
    )
    assert english.subtitle == "Counties on the land border; China, 2024, in counties"
    assert chinese.subtitle == "陆地边境县，中国，2024年，单位：个"
