"""Chinese figures: a table of known answers, every phrase written for it."""

from __future__ import annotations

import pytest

from analysis.reading import read
from analysis.reading.figures_zh import value

VALUES = [
    ("帮助618.8万贫困人口", 6188000, 6188000, "exact", "persons"),
    ("成交17亿美元", 1.7e9, 1.7e9, "exact", "USD"),
    ("高的有三四十万元", 3e5, 4e5, "range", "CNY"),
    ("七八百家企业", 700, 800, "range", "enterprises"),
    ("十几万人", 110000, 190000, "range", "persons"),
    ("近六千家网店", None, 6000, "nearly", "stores"),
    ("七成农户", 70, 70, "exact", "percent"),
    ("三成五", 35, 35, "exact", "percent"),
    ("八九成", 80, 90, "range", "percent"),
    ("三分之二的县", 200 / 3, 200 / 3, "exact", "percent"),
    ("十分之一的县", 10, 10, "exact", "percent"),
    ("十五个县", 15, 15, "exact", "counties"),
    ("百分之七点二", 7.2, 7.2, "exact", "percent"),
    ("百分之10", 10, 10, "exact", "percent"),
    ("万分之三", 0.03, 0.03, "exact", "percent"),
    ("十万分之五", 0.005, 0.005, "exact", "percent"),
    ("百万分之一点五", 0.00015, 0.00015, "exact", "percent"),
    ("产值翻一番", 2, 2, "exact", "times"),
    ("产值翻两番", 4, 4, "exact", "times"),
    ("增长两倍", 2, 2, "exact", "times"),
    ("一半以上", 50, None, "at_least", "percent"),
    ("提高3.5个百分点", 3.5, 3.5, "exact", "percentage points"),
    ("十余个项目", 10, None, "more_than", "projects"),
    ("1300多万人", 1.3e7, None, "more_than", "persons"),
    ("数百万农民", 2e6, 9e6, "range", "persons"),
    ("上千名干部", 1000, None, "at_least", "persons"),
    ("过亿元", 1e8, None, "more_than", "CNY"),
    ("1亿8千万元", 1.8e8, 1.8e8, "exact", "CNY"),
    ("1.2万亿元人民币", 1.2e12, 1.2e12, "exact", "CNY"),
    ("2万至3万元", 20000, 30000, "range", "CNY"),
    ("30—40万人", 3e5, 4e5, "range", "persons"),
    ("三到五年", 3, 5, "range", "years"),
    ("1285个县级物流中心", 1285, 1285, "exact", "centers"),
    ("24个国家级经开区", 24, 24, "exact", "zones"),
    ("貧困村12.8萬個", 128000, 128000, "exact", "villages"),
    ("二萬三千多戶", 23000, None, "more_than", "households"),
    ("港幣5億元", 5e8, 5e8, "exact", "HKD"),
    ("2.3万公里公路", 23000, 23000, "exact", "kilometers"),
    ("环比-0.2%", -0.2, -0.2, "exact", "percent"),
]
HEDGES = [
    ("不少于500万元", 5e6, None, "at_least"),
    ("不低于30%", 30, None, "at_least"),
    ("不得低于30%", 30, None, "at_least"),
    ("不超过1万人", None, 1e4, "at_most"),
    ("不会超过1万人", None, 1e4, "at_most"),
    ("没有超过1万人", None, 1e4, "at_most"),
    ("不得高于1万元", None, 1e4, "at_most"),
    ("最高补贴500元", None, 500, "at_most"),
    ("单日最高达500万件", 5e6, 5e6, "exact"),
    ("超过17亿美元", 1.7e9, None, "more_than"),
    ("逾17亿美元", 1.7e9, None, "more_than"),
    ("至少17亿美元", 1.7e9, None, "at_least"),
    ("至少增加17亿美元", 1.7e9, None, "at_least"),
    ("不足17亿美元", None, 1.7e9, "fewer_than"),
    ("不到一年", None, 1, "fewer_than"),
    ("未达到80%", None, 80, "fewer_than"),
    ("约17亿美元", 1.7e9, 1.7e9, "about"),
    ("约占全省的17.4%", 17.4, 17.4, "about"),
    ("节约17亿美元", 1.7e9, 1.7e9, "exact"),
    ("高出3.2个百分点", 3.2, 3.2, "exact"),
    ("17亿美元左右", 1.7e9, 1.7e9, "about"),
    ("280个县左右", 280, 280, "about"),
    ("60个左右的县", 60, 60, "about"),
    ("1000万人以上", 1e7, None, "at_least"),
    ("600万人以下", None, 6e6, "at_most"),
    ("控制在5.5%以内", None, 5.5, "at_most"),
    ("近三年", 3, 3, "exact"),
    ("跌破6%", None, 6, "fewer_than"),
]


@pytest.mark.parametrize(("text", "low", "high", "bound", "unit"), VALUES)
def test_value_bound_and_unit(
    text: str, low: float | None, high: float | None, bound: str, unit: str
) -> None:
    (one,) = read(text)
    assert (one.low, one.high) == (pytest.approx(low), pytest.approx(high))
    assert (one.bound, one.unit) == (bound, unit)


@pytest.mark.parametrize(("text", "low", "high", "bound"), HEDGES)
def test_hedges_and_their_negations(
    text: str, low: float | None, high: float | None, bound: str
) -> None:
    one = read(text)[0]
    assert (one.low, one.high, one.bound) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8.2和6.4个百分点", [(8.2, "percentage points"), (6.4, "percentage points")]),
        ("超过3、4、5万人", [(3e4, "persons"), (4e4, "persons"), (5e4, "persons")]),
        ("由12.7%降到8.5%", [(12.7, "percent"), (8.5, "percent")]),
    ],
)
def test_members_of_a_list_share_unit_and_scale(
    text: str, expected: list[tuple[float, str]]
) -> None:
    assert [(one.low, one.unit) for one in read(text)] == expected


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("人均收入17131元", "per person"),
        ("每亩收入2000元", "per mu"),
        ("月均工资3500元", "per month"),
        ("年均收入超过10万元", "per year"),
    ],
)
def test_rates(text: str, rate: str) -> None:
    assert read(text)[0].rate == rate


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("一百零五万", 1050000),
        ("三百五", 350),
        ("三万五", 35000),
        ("二〇二一", 2021),
        ("八千六百六十九", 8669),
        ("一点五亿", 1.5e8),
        ("万亿", 1e12),
        ("十二万三千六百", 123600),
    ],
)
def test_values_of_number_words(word: str, expected: float) -> None:
    assert value(word) == expected


def test_phrases_around_a_figure() -> None:
    (one,) = read("截至2020年底，全省共有25.5万名驻村干部。")
    assert (one.counted, one.period, one.place) == ("驻村干部", "截至2020年底", "全省")
    assert len(one.text) <= 25
