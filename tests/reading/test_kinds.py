"""What was once misread, kind by kind: each line is a text, and its figures as low, high, bound, unit."""

from __future__ import annotations

import pytest

from analysis.reading import numbers, read

# low..high (one number where both are alike, nothing where an end is open), bound, unit
KINDS = """
a fall of 11.09 million in the number of poor people | 11090000 exact persons
It fell to 5.51 million people, a fall of 11.09 million. | 5510000 exact persons; 11090000 exact persons
We trained 41,500 people, a rise of 6,300. | 41500 exact persons; 6300 exact persons
贫困人口551万人，比上年减少1109万 | 5510000 exact persons; 11090000 exact persons
The number of stores rose from 1.2 million to over 3 million. | 1200000 exact stores; 3000000.. more_than stores
推进三大方面工作；四大板块、十大工程 |
一年多来，一个多月来 | 1.. more_than years; 1.. more_than months
两年多来，三年多时间 | 2.. more_than years; 3.. more_than years
6年减贫8千多万人 | 6 exact years; 80000000.. more_than persons
8百多万户，3千余万元 | 8000000.. more_than households; 30000000.. more_than CNY
数以百万计的农民 | 1000000.. at_least persons
four hundred and twenty-five thousand people | 425000 exact persons
one hundred and twenty-five villages | 125 exact villages
less than a fifth in 1980; a third in a row | ..20 fewer_than percent
a 25,000-strong workforce; a 2-percentage-point cut | 25000 exact persons; 2 exact percentage points
2 1/2 times; 500 sq. m; as few as 3 villages | 2.5 exact times; 500 exact square meters; 3.. at_least villages
2000亩果园；2019全国平均 | 2000 exact mu
120个服务站点覆盖全县 | 120 exact stations
大陸對台出口，陆续返乡，队伍；伍佰元 | 500 exact CNY
48家龙头企业落户园区 | 48 exact enterprises
十项具体措施推行农村电商 | 10 exact measures
1+N政策体系，12345热线，110报警，3·15晚会，985高校 |
二线城市，三级医院，四级书记，七国集团，24小时 |
the 1+N policy, a 3+2 scheme, 24/7, 9-to-5 jobs, a 50-50 split, 4K video, Week 3, Day 1 |
1,240 village delivery points in 36 counties | 1240 exact points; 36 exact counties
100+ schools, 12,000+ people | 100.. more_than schools; 12000.. more_than persons
1.2 mil\u00adlion learn\u00aders, 3,\u00ad400 villages | 1200000 exact persons; 3400 exact villages
"""
# what is counted, without the verb that follows it
COUNTED = {
    "全省帮助3000户贫困户脱贫": "贫困户",
    "带动就业850万人增收": "人",
    "有3000多名大学生返乡创业": "大学生",
    "组织1500名医生下乡义诊": "医生",
    "500辆冷链车投入运营": "冷链车",
    "60条产业带初步形成": "产业带",
    "新增5个创业基地挂牌运营": "创业基地",
    "23家医院对口帮扶县医院": "医院",
    "16个国家级示范县退出": "国家级示范县",
    "惠及26种农产品上线销售": "农产品",
}


def _figure(said: str) -> tuple[float | None, float | None, str, str]:
    ends, bound, unit = said.split(" ", 2)
    low, _, high = ends.partition("..")
    if ".." not in ends:
        high = low
    return float(low) if low else None, float(high) if high else None, bound, unit


def test_figures_of_every_kind() -> None:
    for line in KINDS.strip().splitlines():
        text, _, known = line.partition(" |")
        wanted = [_figure(one) for one in known.strip().split("; ") if one]
        found = [(one.low, one.high, one.bound, one.unit) for one in read(text)]
        assert found == wanted, text


def test_what_is_counted_ends_before_its_verb() -> None:
    assert {text: read(text)[0].counted for text in COUNTED} == COUNTED


def test_offsets_of_unseen_characters_are_those_of_the_text() -> None:
    text = "It reached 1.2 mil\u00adlion learn\u00aders."
    (one,) = read(text)
    assert text[one.start : one.end] == "1.2 mil\u00adlion"
    (said,) = numbers(text)
    assert said.values == pytest.approx((1.2e6,))
