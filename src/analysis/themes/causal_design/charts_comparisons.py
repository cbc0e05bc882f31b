"""Charts of what is inside a two-way coefficient, and of a list of specifications: simulated data."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.causal.estimators import EARLIER, LATER, UNTREATED, by_kind
from analysis.methods.causal.power import percent_change
from analysis.plotting.canvas import row as group
from analysis.plotting.canvas import tall
from analysis.plotting.fitting import room
from analysis.plotting.form import Form
from analysis.plotting.marks import bar, curve_axes, label
from analysis.plotting.registry import SIMULATION, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, DOTTED, INK, MUTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.causal_design import estimators as causal_estimators
from analysis.themes.causal_design import findings as causal
from analysis.words.wording import percent, rounded

SERIES = (causal.BATCH, causal.POOR_COUNTIES)
MARKS = {UNTREATED: ("D", CATEGORIES[0]), EARLIER: ("o", MUTED), LATER: ("s", SCENARIO)}
CHOICES = {  # the rows of the matrix: words in a specification, and what they are called
    "group-time": ("group-time", "组别—时期"),
    "imputation": ("imputation", "插补法"),
    "two-way": ("two-way fixed effects", "双向固定效应"),
    "one year anticipated": ("one year anticipated", "提前一年"),
    "without the first year": ("no first year", "不含首年"),
    "without the first batch": ("no first batch", "不含首批"),
    "all years": ("all years", "全部年份"),
}
SHOWN, STEP = (0.015, 0.032), 0.0016  # estimates, and from one row of the matrix to the next
MATRIX_TALL = 2.3  # inches: in less there is no room for the choices behind the estimates


@chart("causal-bacon-weights", series=SERIES, basis=SIMULATION)
def bacon_weights(records: Records) -> ChartSpec:
    """Two-by-two comparisons in the simulated two-way coefficient over all years: weight and estimate of each."""
    found = causal_estimators.comparisons(records)
    data = found.assign(share=found["estimate"].map(percent_change).round(5)).drop(
        columns="estimate"
    )
    kinds = by_kind(found).set_index("kind")
    wrong, mean, right = (
        kinds.loc[LATER, "weight"],
        percent_change(kinds.loc[LATER, "estimate"]),
        percent_change(kinds.loc[EARLIER, "estimate"]),
    )
    weight, low, high = (percent(rounded(wrong)), percent(rounded(mean)), percent(rounded(right)))
    least = percent(rounded(data["share"].min()))
    return ChartSpec(
        data=data,
        values=("share", "weight"),
        unit="share of income",
        form=Form("dots", "weight", ("share",), split="kind"),
        draw=draw_weights,
        said={
            "weight of comparisons with counties already treated": wrong,
            "their mean estimate": mean,
            "mean estimate of the others": right,
            "lowest estimate": data["share"].min(),
        },
        en=Text(
            headline=f"Simulated: {weight} of the weight is on comparisons with counties already treated",
            subtitle="Comparisons within a two-way coefficient: weight and estimate, simulated, China, 2014 to 2019",
            note="Simulated data on poverty counties, all years. Each mark compares two batches (Goodman-Bacon). Where the planted difference grows with time, batches already treated are a wrong comparison: their own growth is taken off. Weights sum to one.",
            alt=f"Scatter plot of simulated comparisons by weight and estimate. Later batches against batches already treated have {weight} of the weight and a mean estimate of {low}, the lowest {least}; earlier against later batches have a mean of {high}.",
        ),
        zh=Text(
            headline=f"模拟：双向固定效应系数中{weight}的权重来自与早已纳入的县的比较",
            subtitle="双向固定效应系数中各批次两两比较的权重与估计值，模拟数据，中国，2014—2019年各批",
            note="模拟的贫困县数据，全部年份。每个标记为两批之间的一次比较（古德曼-培根分解）。预设差异随时间扩大时，早已纳入的批次不是恰当的比较对象，其自身的增长会被扣除。权重之和为一。",
            alt=f"散点图，横轴为权重，纵轴为估计值，均为模拟数据。后加入的批次与早已纳入的批次相比，占权重的{weight}，平均估计值为{low}，最低为{least}；先加入的批次与尚未纳入的批次相比，平均估计值为{high}。",
        ),
        labels={
            "x": ("weight in the coefficient", "在系数中的权重"),
            "y": ("estimate", "估计值"),
            EARLIER: ("earlier against batches not yet treated", "先加入的与尚未纳入的相比"),
            LATER: (
                f"later against batches already treated: {weight} of the weight",
                f"后加入的与早已纳入的相比：占权重{weight}",
            ),
        },
    )


def draw_weights(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """Each comparison by weight and estimate, its kind shown by colour, marker and words."""
    words = spec.text(lang).labels
    axes.axhline(0, color=MUTED, linewidth=0.8)
    look: Looks = {"markersize": 5.5, "alpha": 0.85, "linestyle": "none"}
    widest = spec.data.groupby("kind")["weight"].max()
    for kind, (marker, color) in MARKS.items():
        own = spec.data[spec.data["kind"] == kind]
        axes.plot(own["weight"], own["share"], marker, color=color, **look)
    if spec.unit != "share of income":  # a reader's own data: no place is known to be free
        low, high = axes.get_ylim()
        step, most = 0.09 * (high - low), float(widest.max())
        for line, kind in enumerate(dict.fromkeys(spec.data["kind"]), 1):
            place, (marker, color) = high + line * step, MARKS[kind]
            axes.plot(0.04 * most, place, marker, color=color, **look)
            label(axes, 0.04 * most, place, words[kind], color=color, offset=(9, 0))
        axes.set(xlim=(0, most * 1.1), ylim=(low, high + step * (line + 1)))
        said = "percent" if spec.unit.startswith("share") else "number"
        curve_axes(axes, words, lang, x="percent", y=said)
        return
    earlier: Looks = {"color": MUTED, "offset": (0, 0), "ha": "right", "va": "bottom"}
    label(axes, widest[EARLIER], 0.041, words[EARLIER], **earlier)
    later: Looks = {"color": SCENARIO, "offset": (0, 0), "ha": "right", "va": "top"}
    label(axes, 0.094, -0.009, words[LATER], weight="bold", **later)
    axes.set(xlim=(0, 0.095), ylim=(-0.026, 0.062))
    curve_axes(axes, words, lang, x="percent", y="percent")


@chart("causal-specifications", series=SERIES, basis=SIMULATION)
def specifications(records: Records) -> ChartSpec:
    """A list of specifications, written beforehand, on simulated data: estimates in order of size, beside the truth."""
    found = causal_estimators.specifications(records)
    shares = found[["estimate", "low", "high", "truth"]].map(percent_change).round(5)
    data = pd.concat([found[["specification", "estimator"]], shares], axis=1).sort_values(
        ["estimate", "specification"], kind="stable", ignore_index=True
    )
    given = data.dropna(subset=["estimate"])
    least, most, truth = (
        percent(rounded(value))
        for value in (given["estimate"].min(), given["estimate"].max(), given["truth"].iloc[0])
    )
    refused = len(data) - len(given)
    largest = given.loc[given["estimator"] == "two-way", "estimate"].max()
    two_way = percent(rounded(largest, "up"))
    return ChartSpec(
        data=data,
        values=("estimate",),
        unit="share of income",
        draw=_draw_specifications,
        said={
            "specifications with an estimate": len(given),
            "specifications without one": refused,
            "largest two-way estimate": rounded(largest, "up"),
        },
        en=Text(
            headline=f"Simulated: {len(given)} specifications estimate {least} to {most}; the true effect is {truth}",
            subtitle="Estimates by specifications written beforehand, simulated poverty counties, China, 2014 to 2019",
            note=f"Simulated data. Under the estimates: the choices behind each. Bars: 95% intervals, errors clustered by county. {refused} more specifications on the list have no estimate: nobody is never treated, and nobody is untreated from 2019. Truth: county-years to 2018; a few specifications use fewer or more.",
            alt=f"Simulated specification curve, dot plot in order of size: {len(given)} estimates from {least} to {most} beside a planted truth of {truth}. Every two-way estimate is {two_way} or lower; {refused} specifications have no estimate.",
        ),
        zh=Text(
            headline=f"模拟：{len(given)}种设定的估计为{least}至{most}，真值为{truth}",
            subtitle="按事先写定的设定清单所得的估计值，模拟的贫困县收入，中国，2014—2019年各批",
            note=f"模拟数据。估计值下方的圆点为各设定的选择。竖线为95%区间，标准误按县聚类。清单中另有{refused}种设定没有估计值：没有始终未纳入的县，2019年起也没有尚未纳入的县。真值按2018年以前已纳入的“县—年”观测计算，个别设定所用观测略有不同。",
            alt=f"模拟的设定曲线，点图，按估计值大小排列：{len(given)}个估计值由{least}至{most}，预设的真值为{truth}。双向固定效应的估计值都不高于{two_way}；另有{refused}种设定没有估计值。全部为模拟数据，不是关于示范项目的结论。",
        ),
        labels={
            "truth": (f"planted truth {truth}", f"预设真值{truth}"),
            "least": (least, least),
            "most": (most, most),
            "count": (f"{len(given)} specifications", f"{len(given)}种设定"),
        }
        | CHOICES,
    )


def _draw_specifications(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """The curve of the estimates in order of size, and under it the choices behind each."""
    words, data = spec.text(lang).labels, spec.data.dropna(subset=["estimate"])
    truth = data["truth"].iloc[0]
    axes.axhline(truth, color=MUTED, linewidth=1.3, linestyle=DOTTED)
    choices = CHOICES if room(axes)[1] > MATRIX_TALL else ()
    rows = {name: SHOWN[0] - STEP * (place + 1) for place, name in enumerate(choices)}
    for place, row in enumerate(data.itertuples(), 1):
        with group(axes, row.specification):
            bar(axes, [place] * 2, [row.low, row.high], SCENARIO, width=2.2, alpha=0.5)
            axes.plot(place, row.estimate, "o", color=SCENARIO, markersize=5, zorder=4)
            for name, y in rows.items():
                chosen = name in (row.estimator, *row.specification.split(", "))
                looks: Looks = {"markersize": 4.5 if chosen else 2, "alpha": 1 if chosen else 0.4}
                axes.plot(place, y, "o", color=INK if chosen else MUTED, **looks)
    first, last = data.iloc[0], data.iloc[-1]
    bold: Looks = {"color": SCENARIO, "weight": "bold", "size": "value"}
    label(axes, 1, first["high"], words["least"], offset=(0, 4), **bold)
    label(axes, len(data), last["low"], words["most"], offset=(0, -4), **bold)
    label(axes, 1, truth, words["truth"], color=MUTED, offset=(0, 4), ha="left")
    label(axes, len(data) / 2, first["low"], words["count"], color=SCENARIO, offset=(0, -4))
    axes.set(
        xlim=(0, len(data) + 1),
        xticks=[],
        ylim=(min(rows.values(), default=SHOWN[0]) - STEP, 0.0345),
    )
    ticks = (0.02, 0.025, 0.03)
    names = [*(percent(tick) for tick in ticks), *(words[name] for name in rows)]
    axes.set_yticks([*ticks, *rows.values()], names)
    axes.spines["bottom"].set_visible(False)
    tall(axes, 3.2)
