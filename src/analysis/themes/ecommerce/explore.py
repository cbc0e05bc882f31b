"""Explorers of e-commerce: the overlap of the two counts, and what part of sales could be income."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.observed import over
from analysis.exploring.controls import Control, State, share
from analysis.exploring.definition import Explorer, Row, Shown, rows_of, rows_spec
from analysis.plotting.explorer_charts import draw_curve
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.themes.ecommerce import findings as ecommerce
from analysis.themes.ecommerce import sales
from analysis.themes.ecommerce.charts_sales import PLACES_ZH
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import brief, number, percent, say, short

STEPS = 20  # of the curve
ROOM = 1.15  # above the largest number of people


# -- overlap of the two counts ---------------------------------------------------------------------


def overlap_controls(records: Records) -> tuple[Control, ...]:
    """The overlap of the two counts."""
    return (share(records, "overlap", "ecommerce-overlap"),)


def show_overlap(records: Records, state: State) -> Shown:
    """Different people behind the two counts at an overlap."""
    chosen = float(state["overlap"])
    fewest, most = ecommerce.distinct_people(records)
    rows = rows_of(
        records,
        (
            ecommerce.people_at_overlap(records, chosen),
            "different-people",
            "Different people at this overlap",
            "按所选重叠比例的人数",
        ),
        (fewest, "fewest", "Fewest: one count contains the other", "最少：一数包含另一数"),
        (most, "most", "Most: nobody is in both", "最多：无人重叠"),
    )
    shares = sorted({*(step / STEPS for step in range(STEPS + 1)), chosen})
    data = ecommerce.people_by_overlap(records, tuple(shares))
    data.columns = ["x", "value", "low", "high"]
    return Shown(
        rows,
        _overlap_spec(rows, data, chosen),
        {lang: _overlap_sentence(rows, chosen, lang) for lang in LANGUAGES},
    )


def _overlap_sentence(rows: tuple[Row, ...], chosen: float, lang: str) -> str:
    people, (fewest, most) = (
        say(rows[0].found, lang),
        (say(one.found, lang, value_only=True) for one in rows[1:]),
    )
    if lang == "en":
        return f"If {percent(chosen)} of those with more income are also among the farmers with work, the two counts stand for {people}. Whatever the overlap, they are no fewer than the larger count ({fewest}) and no more than the sum ({most}). The overlap is not stated."
    return f"若收入增加者中有{percent(chosen)}同时计入创业就业的农民，两数去除重复后：{people}。无论重叠多少，不少于较大的一数（{fewest}），不多于两数之和（{most}）。重叠比例文件未说明。"


def _overlap_spec(rows: tuple[Row, ...], data: pd.DataFrame, chosen: float) -> ChartSpec:
    people, most = rows[0].found, rows[2].found
    said = {lang: short(people, lang) for lang in LANGUAGES}
    part, low, high = percent(chosen), rows[1].found, rows[2].found
    return ChartSpec(
        data=data,
        values=("value",),
        unit="person",
        draw=lambda axes, spec, lang: draw_curve(axes, spec, lang, chosen, ROOM * most.high),
        said={
            "overlap": chosen,
            "people": people.value,
            "low": people.low,
            "high": people.high,
            "fewest": low.value,
            "most": high.value,
        },
        en=Text(
            headline=f"With an overlap of {part}, two counts stand for {said['en']} different people",
            subtitle="Different people behind two e-commerce counts, by assumed overlap; China, cumulative to August 2021",
            note="Overlap: share of those with more income who are also among the farmers with work. It is not stated. Band: rounding of both counts.",
            alt=f"Line chart: different people behind the two e-commerce counts fall from {number(high.value)} without overlap to {number(low.value)} with full overlap. At the chosen overlap of {part} there are {said['en']}.",
        ),
        zh=Text(
            headline=f"重叠比例为{part}时，两数去除重复后为{said['zh']}人",
            subtitle="两项电商人数去除重复后的人数，按假定的重叠比例；中国，累计至2021年8月",
            note="重叠比例：收入增加者中同时属于创业就业农民的比例，文件未说明。色带：两项人数的取整范围。",
            alt=f"折线图：两项电商人数去除重复后的人数，随假定的重叠比例上升而减少，由无人重叠时的{number(high.value, 'zh')}人减至全部重叠时的{number(low.value, 'zh')}人。按所选的重叠比例{part}，为{said['zh']}人。实际的重叠比例文件没有说明。",
        ),
        labels={
            "x": ("assumed overlap", "假定的重叠比例"),
            "y": ("people", "人"),
            "point": (said["en"], said["zh"]),
        },
    )


# -- what part of sales could be income ------------------------------------------------------------


def pass_controls(records: Records) -> tuple[Control, ...]:
    """Part of sales that is extra income, and share of sales from poor households."""
    return (
        share(records, "part", "ecommerce-pass-through"),
        share(records, "poor_share", "ecommerce-poor-seller-share"),
    )


def show_pass(records: Records, state: State) -> Shown:
    """Extra income per person that the sales of one year allow, beside gains reported locally."""
    part, poor = float(state["part"]), float(state["poor_share"])
    gain = sales.gain_per_person(records, part=part, poor_share=poor)
    local = sales.local_gains(records)
    rows = rows_of(
        records,
        (gain, "your-assumptions", "Your assumptions", "所选假设"),
        *((one, f"local-{place}", place, PLACES_ZH[place]) for place, one in local.items()),
        (
            1 / over(records, sales.INCOME, sales.FARM, sales.YEAR),
            "all-sales",
            "All farm sales, per person",
            "全部农产品销售额，人均",
        ),
    )
    return Shown(
        rows,
        _pass_spec(rows, part, poor),
        {lang: _pass_sentence(rows, (part, poor), lang) for lang in LANGUAGES},
    )


def _pass_sentence(rows: tuple[Row, ...], shares: tuple[float, float], lang: str) -> str:
    gain, largest = say(rows[0].found, lang), say(rows[3].found, lang)
    part, poor = map(percent, shares)
    if lang == "en":
        return f"If {part} of the online farm sales of 2020 is extra income, and {poor} of these sales come from poor households, these sales allow {gain}. For Longnan, a gain of {largest} was reported for 2019. A condition, not an estimate: neither share is stated."
    return f"若2020年农产品网络零售额的{part}成为新增收入，且其中{poor}来自贫困户，则所述增收人员可得：{gain}。陇南2019年报告的增收：{largest}。这是条件，不是估计：两项比例文件均未说明。"


def _pass_spec(rows: tuple[Row, ...], part: float, poor: float) -> ChartSpec:
    gain, all_ = rows[0].found, rows[-1].found
    en, zh = (short(gain, lang) for lang in LANGUAGES)
    return rows_spec(
        rows,
        1.4 * all_.high,
        unit="CNY/person",
        x=("yuan per person", "元/人"),
        said={"part": part, "share of poor households": poor},
        en=Text(
            headline=f"The chosen shares of farm sales allow {en} yuan per person",
            subtitle=f"Extra income per person counted, {percent(part)} of online farm sales of 2020, {percent(poor)} of them of poor households, China, yuan, nominal",
            note="Diamonds: assumptions. One year's turnover over people of all years: a condition, no estimate. Gains reported locally stand beside it; Longnan, 2015, is stated as more than; Sichuan: unit in doubt.",
            alt=f"Dot plot in yuan per person: with your assumptions {en}; gains reported locally: {brief(rows[1].found, 'en')} in Longnan in 2015, {brief(rows[3].found, 'en')} there in 2019; all farm sales: {brief(all_, 'en')}.",
        ),
        zh=Text(
            headline=f"按所选比例，农产品网络零售额人均可对应{zh}元",
            subtitle=f"所计人员人均新增收入，2020年农产品网络零售额的{percent(part)}，其中贫困户占{percent(poor)}，中国，元，当年价",
            note="菱形：假设。一年的销售额除以历年累计的人数，只是条件，不是估计。旁列各地报告的增收额；陇南2015年表述为“超过”；四川的统计单位存疑。",
            alt=f"点图，单位为元/人。按所选假设：{zh}；各地报告的增收额：陇南2015年{brief(rows[1].found, 'zh')}，2019年{brief(rows[3].found, 'zh')}；全部农产品网络零售额人均：{brief(all_, 'zh')}。两项比例文件都没有说明，这只是数字成立所需的条件，不是对实际增收的估计。",
        ),
    )


EXPLORERS = (
    Explorer(
        "ecommerce-overlap",
        "E-commerce: how many different people",
        "电商：去除重复后的人数",
        "03_ecommerce_reach",
        (ecommerce.JOBS, ecommerce.INCOME),
        (),
        overlap_controls,
        show_overlap,
    ),
    Explorer(
        "ecommerce-pass-through",
        "E-commerce: what part of sales could be income",
        "电商：销售额中可成为收入的部分",
        "03_ecommerce_reach",
        (sales.INCOME, sales.LONGNAN),
        (sales.FARM, sales.LONGNAN_2019),
        pass_controls,
        show_pass,
    ),
)
