"""Chart of the channels side by side: people reached and income per person, with the grade of each figure."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from analysis.plotting.canvas import row as group
from analysis.plotting.marks import bare_cells, cell, row_labels, thickness
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import MUTED, REPORTED, Looks
from analysis.plotting.text_boxes import figure_of
from analysis.records.load import Records
from analysis.themes.channels import findings as channels
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, stated

SERIES = (
    channels.LABOR_PLAN,
    channels.LABOR_INCOME_PLAN,
    channels.HOUSEKEEPING_PLAN,
    channels.HOUSEKEEPING_INCOME_PLAN,
    channels.HOUSEKEEPING_INCOME_PART,
)
NAMES = {
    "ecommerce-jobs": ("E-commerce, work", "电商，创业就业"),
    "ecommerce-income": ("E-commerce, more income", "电商，增收"),
    "housekeeping": ("Housekeeping", "家政"),
    "labor-export": ("Labor export", "对外劳务"),
    "contracted-purchases": ("Contracted purchases", "签约采购"),
    "canton-fair": ("Canton Fair deals", "广交会成交"),
    "border-trade": ("Border trade", "边境贸易"),
    "labor-export-plan": ("Plan: labor export", "计划：对外劳务"),
    "housekeeping-plan": ("Plan: housekeeping", "计划：家政"),
    "housekeeping-part": ("Part: housekeeping", "部分：家政"),
}
BOTH, HEAD = "labor-export", 6  # points between the head and the cells
CELLS = {"people": (0.0, 0.42), "income": (0.43, 0.86), "grade": (0.87, 1.0)}  # of the width


@chart("channels-scorecard", claims=channels.CLAIMS, series=SERIES)
def scorecard(records: Records) -> ChartSpec:
    """A table of people and income per person, with empty cells for what no document states."""
    data = channels.reach_and_intensity(records)
    reported = data[data["kind"] == "reported"]
    both, total = len(reported.dropna(subset=["people", "income"])), len(reported)
    people, income = (
        records.claim(name)
        for name in (channels.CHANNELS[3].people, channels.CHANNELS[3].per_person)
    )
    moneyless = int(reported["income"].isna().sum() - reported["people"].isna().sum())
    grades = "、".join(sorted(set(reported["grade"])))
    return ChartSpec(
        data=data,
        values=("people", "income"),
        unit="person; CNY/person/year",
        draw=_draw,
        price_basis="nominal",
        en=Text(
            headline=f"Of {total} reported results, only {both} gives both people and money per person",
            subtitle="People (to August 2021) and income per person, China, yuan a year, nominal; evidence grades",
            note="Empty cells: no document states the figure; grey: money whose people nobody states. Paler, without a grade: plans of March 2018 (housekeeping: people a year), and workers of ethnic areas to 2020. The counts may overlap and are never added.",
            alt=f"Table of people and yearly income per person. Of {total} reported results only labor export has both: {stated(people)}, {stated(income)}. {moneyless} state people without money, {total - moneyless - both} money without people. Evidence grades: {grades.replace('、', ', ')}.",
        ),
        zh=Text(
            headline=f"{total}项所述成果中，仅{both}项同时说明人数和人均金额",
            subtitle="所述人数（累计至2021年8月）与人均年收入，中国，元，当年价；证据等级",
            note="空格：文件未说明；灰字：只说明金额，未说明人数。色浅、无等级：2018年3月的计划（家政为每年人数），以及民族地区从业人员（截至2020年）。各项人数可能重叠，不可相加。",
            alt=f"表格，列出人数和人均年收入。{total}项所述成果中，只有对外劳务两者都有：{stated(people, 'zh')}，{stated(income, 'zh')}。另有{moneyless}项只有人数而没有人均金额，{total - moneyless - both}项只有金额而没有人数，没有作任何推算。证据等级为{grades}。",
        ),
        labels=paired(lambda lang: _words(records, data, lang))
        | {
            "head:people": (
                f"People: {both + moneyless} of {total}",
                f"人数：{total}项中{both + moneyless}项",
            ),
            "head:income": (
                f"and yuan a year: {both} of {total}",
                f"并有元/人/年：{total}项中{both}项",
            ),
            "head:grade": ("Grade", "等级"),
        },
    )


def _words(records: Records, data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Names of the rows, and the figures in their own wording."""
    place, said = LANGUAGES.index(lang), {}
    card = {one.name: one for one in channels.CHANNELS}
    in_all = {"en": "{} in all", "zh": "共{}"}[lang]
    over, people = {"en": ("more than {}", " people"), "zh": ("超过{}", "人")}[lang]
    for row in data.itertuples():
        one = card.get(row.what)
        said[row.what] = NAMES[row.what][place]
        if one and one.money:
            said[f"money:{row.what}"] = in_all.format(stated(records.claim(one.money), lang))
        for what in ("people", "income"):
            value, high = getattr(row, what), getattr(row, f"{what}_high")
            if not math.isnan(value):
                text = number(value, lang)
                said[f"{what}:{row.what}"] = over.format(text) if math.isinf(high) else text
        if one and one.people:
            said[f"people:{row.what}"] = stated(records.claim(one.people), lang).removesuffix(
                people
            )
    return said


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, rows = spec.text(lang).labels, list(spec.data.itertuples())
    for y, row in enumerate(rows):
        figures = {what: words.get(f"{what}:{row.what}", "") for what in ("people", "income")}
        with group(axes, row.what):
            for what, text in (figures | {"grade": row.grade}).items():
                _fill(axes, y, CELLS[what], text, row)
        if total := words.get(f"money:{row.what}"):
            cell(axes, CELLS["income"][1] / 2, y, total, color=MUTED)
    for what, (left, right) in CELLS.items():
        over = axes.transAxes + ScaledTranslation(0, HEAD / 72, figure_of(axes).dpi_scale_trans)
        place: Looks = {"transform": over, "va": "baseline", "weight": "bold"}
        cell(axes, (left + right) / 2, 1, words[f"head:{what}"], color=REPORTED, **place)
    names = [words[row.what] for row in rows]
    row_labels(axes, names, emphasised=[row.what for row in rows].index(BOTH))
    axes.set(xlim=(0, 1), xticks=())
    bare_cells(axes)


def _fill(axes: Axes, y: int, ends: tuple[float, float], text: str, row: Any) -> None:
    """A cell with its words; one without any stays empty."""
    if not text:
        return
    left, right = ends
    alone, pale = row.what == BOTH, 0.12 if row.kind == "reported" else 0.05
    alpha = 1.0 if alone else pale
    axes.barh(
        y,
        right - left,
        left=left,
        height=thickness(axes) * 1.2,
        color=REPORTED,
        alpha=alpha,
        linewidth=0,
    )
    color, weight = ("white", "bold") if alone else (REPORTED, "normal")
    cell(axes, (left + right) / 2, y, text, color=color, weight=weight)
