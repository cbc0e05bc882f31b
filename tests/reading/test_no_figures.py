"""What is no figure: told apart, and named by kind."""

from __future__ import annotations

import pytest

from analysis.reading import read

NONE = [
    ("On 14 May 2020", "date"),
    ("Aug. 23", "date"),
    ("2024-09-19", "date"),
    ("since 2014", "date"),
    ("2016-2020", "date"),
    ("the 1990s", "date"),
    ("over the past five years", "date"),
    ("10:30", "time"),
    ("3 p.m.", "time"),
    ("the 128th fair", "ordinal"),
    ("First, we shall", "ordinal"),
    ("Four, continue the work", "list_marker"),
    ("\n2. Build roads", "list_marker"),
    ("(2) build roads", "list_marker"),
    ("No. 1 document", "identifier"),
    ("Article 5 of the law", "identifier"),
    ("page 12", "identifier"),
    ("COVID-19", "identifier"),
    ("5G networks", "identifier"),
    ("G20 leaders", "identifier"),
    ("tel: 010-65123456", "identifier"),
    ("+86 10 6512 3456", "identifier"),
    ("a 24/7 hotline", "identifier"),
    ("Resolution 2254", "identifier"),
    ("a two-way street", "name"),
    ("the two sessions", "name"),
    ("one of the largest", "name"),
    ("people aged 60 and above", "age"),
    ("children under 5 years old", "age"),
    ("\n< 1 2 3 4 >\n", "page"),
    ("2021年8月23日", "date"),
    ("1至8月", "date"),
    ("２０２１年", "date"),
    ("下午3时", "time"),
    ("第122届", "ordinal"),
    ("第三方", "ordinal"),
    ("中央1号文件", "identifier"),
    ("国发〔2015〕72号", "date"),
    ("热线12315", "identifier"),
    ("60岁以上老人", "age"),
    ("千方百计", "name"),
    ("一系列政策", "name"),
    ("一带一路", "name"),
    ("二次会议", "ordinal"),
    ("一、总体情况", "name"),
    ("首三季", "date"),
]
SILENT = [
    "The Belt and Road, the 14th Five-Year Plan, Agenda 2030 and the two countries.",
    "一些地方进一步统一思想，万众一心，十分重视，百姓满意。",
    "One is to build roads. The second is to train.",
    "京ICP备12345678号 电话：010-12345678",
    "see www.example.org/2020/05/12.html or mail a1@b2.org",
    "一个国家、一批企业、一户一策、第一百二十条、十四五规划、二十大报告",
]


@pytest.mark.parametrize(("text", "kind"), NONE)
def test_kinds_of_what_is_no_figure(text: str, kind: str) -> None:
    assert read(text) == []
    assert read(text, everything=True)[0].kind == kind


@pytest.mark.parametrize("text", SILENT)
def test_texts_without_a_figure(text: str) -> None:
    assert [text[one.start : one.end] for one in read(text)] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("more than 2000 schools", 2000), ("In 2019, 2000 villages joined", 2000), ("2020元", 2020)],
)
def test_numbers_that_look_like_years_and_are_figures(text: str, value: float) -> None:
    assert [one.low for one in read(text)] == [value]
