"""Chart of what was planned beside what was reported, each with its time."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, NullLocator

from analysis.plotting.marks import label, numbers_on, row_labels
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import MUTED, REPORTED
from analysis.records.load import Records
from analysis.themes.channels import plans as channels_plans
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, stated

CLAIMS = (
    channels_plans.ECOMMERCE_JOBS,
    channels_plans.ECOMMERCE_INCOME,
    channels_plans.JOBS,
    channels_plans.LABOR_PEOPLE,
    channels_plans.LABOR_INCOME,
)
SERIES = (
    channels_plans.TARGET,
    channels_plans.PLAN,
    channels_plans.LABOR_PLAN,
    channels_plans.LABOR_PAY_PLAN,
    channels_plans.PAY_PLAN,
    channels_plans.PAY_PART,
)
NAMES = {
    "ecommerce-jobs": ("E-commerce: with work", "电商：创业就业"),
    "ecommerce-income": ("E-commerce: more income", "电商：增收"),
    "housekeeping-people": ("Housekeeping: people", "家政：人数"),
    "labor-people": ("Labor export: people", "外派劳务：人数"),
    "labor-income": ("Labor export: yuan a year", "外派劳务：元/年"),
    "housekeeping-income": ("Housekeeping: yuan a year", "家政：元/年"),
}
PEOPLE_ROWS = 4
PLANNED = {  # what stands before and after the planned figure
    "ecommerce-jobs": ("up to {} in 2020", "2020年至多{}"),
    "ecommerce-income": ("up to {} in 2020", "2020年至多{}"),
    "housekeeping-people": ("{} a year from 2018", "2018年起每年{}"),
    "labor-people": ("{}, said in 2018", "2018年称{}"),
    "labor-income": ("{}, said in 2018", "2018年称{}"),
    "housekeeping-income": ("{}, said in 2018", "2018年称{}"),
}
REPORTED_AS = {
    "more": ("more than {} by 8/2021", "至2021年8月超过{}"),
    "": ("{} by 8/2021", "至2021年8月{}"),
    "part": ("{}, ethnic areas, 2020", "2020年民族地区{}"),
}
ARROW = 22  # points


@chart("channels-planned-and-reported", claims=CLAIMS, series=SERIES)
def planned_and_reported(records: Records) -> ChartSpec:
    """Plans and reports of the same channel, joined by a line."""
    data = channels_plans.planned_and_reported(records)
    plan = data.set_index("what")["planned"]
    jobs, sent, pay = (
        records.claim(name)
        for name in (channels_plans.JOBS, channels_plans.LABOR_PEOPLE, channels_plans.LABOR_INCOME)
    )
    yearly, one = (
        {lang: number(plan[name], lang) for lang in ("en", "zh")}
        for name in ("housekeeping-people", "labor-people")
    )
    income = {lang: number(plan["labor-income"], lang) for lang in ("en", "zh")}
    return ChartSpec(
        data=data,
        values=("planned", "reported"),
        unit="person; CNY/person/year",
        draw=_draw,
        price_basis="nominal",
        published=True,
        en=Text(
            headline=f"Housekeeping: {stated(jobs)} reported, {yearly['en']} a year planned",
            subtitle="Planned (hollow) and reported (full), China, 2018 to 2021: people, and yuan a year, nominal; log scale",
            note="Arrow: stated as more than. Reports are cumulative without a first year, plans are for a year or do not say: a longer line is no better result. The housekeeping plan counts people placed in cities, the report, in Chinese, new jobs in poor areas.",
            alt=f"Dumbbell chart on a log scale. Housekeeping: {yearly['en']} people a year planned from 2018, {stated(jobs)} reported by August 2021. Labor export: {one['en']} planned, {stated(sent)} reported; income {income['en']} yuan, later {stated(pay)}. E-commerce: a target of up to {number(plan['ecommerce-jobs'])} for 2020.",
        ),
        zh=Text(
            headline=f"家政：商务部称{stated(jobs, 'zh')}，此前计划每年{yearly['zh']}人",
            subtitle="商务部的计划（空心）与所述成果（实心），中国，2018—2021年：人数，以及元/年（名义值）；对数坐标",
            note="箭头：原文为“超过”。成果为累计数，起始年份未说明；计划为一年或未说明年数：线段长并不表示成果大。家政计划为到城市从业的人数，成果的中文表述为贫困地区新增就业。",
            alt=f"哑铃图，对数坐标。家政：2018年起计划每年{yearly['zh']}人，至2021年8月所述{stated(jobs, 'zh')}。外派劳务：计划{one['zh']}人，所述{stated(sent, 'zh')}；年收入先称{income['zh']}元，后称{stated(pay, 'zh')}。电商：2020年目标为至多{number(plan['ecommerce-jobs'], 'zh')}人。计划与成果的口径和年限不同，不能直接相比。",
        ),
        labels=paired(lambda lang: _labels(data, lang))
        | {"x": ("people; in the last two rows yuan a year", "人；最后两行为元/年")},
    )


def _labels(data: pd.DataFrame, lang: str) -> dict[str, str]:
    place, words = LANGUAGES.index(lang), {}
    for row in data.itertuples():
        how = (
            "part"
            if row.what == "housekeeping-income"
            else "more"
            if math.isinf(row.reported_high)
            else ""
        )
        words[row.what] = NAMES[row.what][place]
        words[f"planned:{row.what}"] = PLANNED[row.what][place].format(number(row.planned, lang))
        words[f"reported:{row.what}"] = REPORTED_AS[how][place].format(number(row.reported, lang))
    return words


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    axes.set_xscale("log")
    for y, row in enumerate(spec.data.itertuples()):
        is_open = math.isinf(row.reported_high)
        axes.plot(
            [row.planned, row.reported], [y, y], color=REPORTED, linewidth=2, alpha=0.35, zorder=1
        )
        axes.plot(
            [row.planned],
            [y],
            "o",
            color=REPORTED,
            markersize=6,
            markerfacecolor="white",
            markeredgewidth=1.4,
            zorder=3,
        )
        axes.plot([row.reported], [y], "o", color=REPORTED, markersize=6, zorder=3)
        if is_open:
            style = {
                "arrowstyle": "<|-",
                "color": REPORTED,
                "linewidth": 1.3,
                "shrinkA": 0,
                "shrinkB": 0,
                "mutation_scale": 8,
            }
            axes.annotate(
                "",
                xy=(row.reported, y),
                xytext=(ARROW, 0),
                textcoords="offset points",
                arrowprops=style,
            )
        label(axes, row.planned, y, words[f"planned:{row.what}"], color=MUTED, offset=(-7, 0))
        label(
            axes,
            row.reported,
            y,
            words[f"reported:{row.what}"],
            color=REPORTED,
            offset=(ARROW + 4 if is_open else 7, 0),
            ha="left",
        )
    row_labels(axes, [words[name] for name in spec.data["what"]])
    axes.axhline(PEOPLE_ROWS - 0.5, color=MUTED, linewidth=0.5)
    axes.set_xlim(8e2, 3e8)
    axes.xaxis.set_major_locator(FixedLocator([1e4, 1e5, 1e6, 1e7]))
    axes.xaxis.set_minor_locator(NullLocator())
    numbers_on(axes.xaxis, lang)
    axes.set_xlabel(words["x"])
