"""Chart of what was planned beside what was reported, each with its time."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.form import Form
from analysis.plotting.marks import label, log_ticks, open_end, row_labels
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import MUTED, REPORTED, Looks
from analysis.records.load import Records
from analysis.themes.channels import plans as channels_plans
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, stated

CLAIMS = (
    channels_plans.ECOMMERCE_JOBS,
    channels_plans.ECOMMERCE_INCOME,
    channels_plans.JOBS,
    channels_plans.LABOR_PEOPLE,
)
SERIES = (channels_plans.TARGET, channels_plans.PLAN, channels_plans.LABOR_PLAN)
UP_TO = ("up to {} in 2020", "2020年至多{}")
IN_2018 = ("{}, said in 2018", "2018年称{}")
NAMES = {  # the row, and how the planned figure is said
    "ecommerce-jobs": ("E-commerce: with work", "电商：创业就业", *UP_TO),
    "ecommerce-income": ("E-commerce: more income", "电商：增收", *UP_TO),
    "housekeeping-people": ("Housekeeping", "家政", "{} a year from 2018", "2018年起每年{}"),
    "labor-people": ("Labor export", "对外劳务", *IN_2018),
}
REPORTED_AS = {
    "more": ("more than {} by 8/2021", "至2021年8月超过{}"),
    "": ("{} by 8/2021", "至2021年8月{}"),
}
EMPHASISED = "housekeeping-people"
ARROW = 22  # points


@chart("channels-planned-and-reported", claims=CLAIMS, series=SERIES)
def planned_and_reported(records: Records) -> ChartSpec:
    """Plans and reports of the same channel, joined by a line."""
    data = channels_plans.planned_and_reported(records)
    data = data[data["unit"] == channels_plans.PEOPLE].reset_index(drop=True)
    plan = data.set_index("what")["planned"]
    jobs, sent = (
        records.claim(name) for name in (channels_plans.JOBS, channels_plans.LABOR_PEOPLE)
    )
    yearly, one = (
        {lang: number(plan[name], lang) for lang in ("en", "zh")}
        for name in ("housekeeping-people", "labor-people")
    )
    return ChartSpec(
        data=data,
        values=("planned", "reported"),
        unit="person",
        form=Form(
            "dots",
            "what",
            ranges={name: (f"{name}_low", f"{name}_high") for name in ("planned", "reported")},
            log=True,
            colors={"planned": MUTED, "reported": REPORTED},
        ),
        draw=_draw,
        published=True,
        en=Text(
            headline=f"Housekeeping: {stated(jobs)} reported, {yearly['en']} a year planned",
            subtitle="Planned (hollow) and reported (full), people, China, 2018 to 2021, log scale",
            note="Arrow: stated as more than. Reports are cumulative without a first year, plans are for a year or do not say: a longer line is no better result. The housekeeping plan counts people placed in cities, the report, in Chinese, new jobs in poor areas.",
            alt=f"Dumbbell chart on a log scale. Housekeeping: {yearly['en']} people a year planned from 2018, {stated(jobs)} reported by August 2021. Labor export: {one['en']} planned, {stated(sent)} reported. E-commerce: a target of up to {number(plan['ecommerce-jobs'])} for 2020.",
        ),
        zh=Text(
            headline=f"家政：商务部称{stated(jobs, 'zh')}，此前计划每年{yearly['zh']}人",
            subtitle="商务部的计划（空心）与所述成果（实心），人，中国，2018—2021年，对数坐标",
            note="箭头：表述为“超过”。成果为累计数，起始年份未说明；计划为一年或未说明年数：线段长并不表示成果大。家政计划为到城市从业的人数，成果的中文表述为贫困地区新增就业。",
            alt=f"哑铃图，对数坐标。家政：2018年起计划每年{yearly['zh']}人，至2021年8月所述{stated(jobs, 'zh')}。对外劳务：计划{one['zh']}人，所述{stated(sent, 'zh')}。电商：2020年目标为至多{number(plan['ecommerce-jobs'], 'zh')}人。计划与成果的口径和年限不同，不能直接相比。",
        ),
        labels=paired(lambda lang: _labels(data, lang)) | {"x": ("people", "人")},
    )


def _labels(data: pd.DataFrame, lang: str) -> dict[str, str]:
    place, words = LANGUAGES.index(lang), {}
    for row in data.itertuples():
        how = "more" if math.isinf(row.reported_high) else ""
        words[row.what], planned = NAMES[row.what][place::2]
        words[f"planned:{row.what}"] = planned.format(number(row.planned, lang))
        words[f"reported:{row.what}"] = REPORTED_AS[how][place].format(number(row.reported, lang))
    return words


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, names = spec.text(lang).labels, []
    axes.set(xscale="log", xlim=(8e2, 3e8), xlabel=words["x"])
    for y, row in enumerate(spec.data.itertuples()):
        planned, reported = (words[f"{what}:{row.what}"] for what in ("planned", "reported"))
        with group(axes, row.what):
            _pair(axes, y, row)
            if not narrow(axes):
                weight = "bold" if row.what == EMPHASISED else "normal"
                label(axes, row.planned, y, planned, color=MUTED, offset=(-7, 0), weight=weight)
                offset = (ARROW + 4 if math.isinf(row.reported_high) else 7, 0)
                label(axes, row.reported, y, reported, color=REPORTED, offset=offset, weight=weight)
        said = f"{words[row.what]}\n{planned} → {reported}"
        names.append(said if narrow(axes) else words[row.what])
    if narrow(axes):
        axes.set_xlim(1e4, 2e7)
    row_labels(axes, names, emphasised=list(spec.data["what"]).index(EMPHASISED))
    log_ticks(axes.xaxis, [1e4, 1e5, 1e6, 1e7], lang)


def _pair(axes: Axes, y: int, row: Any) -> None:
    """What was planned (hollow) and reported (full), joined."""
    line: Looks = {"linewidth": 2, "alpha": 0.35, "zorder": 1}
    axes.plot([row.planned, row.reported], [y, y], color=REPORTED, **line)
    hollow: Looks = {"markerfacecolor": "white", "markeredgewidth": 1.4}
    axes.plot(row.planned, y, "o", color=REPORTED, markersize=6, zorder=3, **hollow)
    axes.plot(row.reported, y, "o", color=REPORTED, markersize=6, zorder=3)
    if math.isinf(row.reported_high):
        open_end(axes, (row.reported, y), (ARROW, 0), REPORTED)
