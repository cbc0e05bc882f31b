"""Charts of how estimators fare on simulated panels: bias against the planted truth, and power."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.causal.calibration import POOR_INCOME, RURAL_INCOME
from analysis.methods.causal.power import percent_change
from analysis.plotting.marks import curve_axes, interval, label, numbers_on, row_labels
from analysis.plotting.registry import SIMULATION, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import DASHED, DOTTED, INK, MUTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.causal_design import estimators as causal_estimators
from analysis.themes.causal_design import findings as causal
from analysis.words.wording import percent, rounded

ROWS = {  # estimator: name in English, name in Chinese
    "group-time": ("Group-time, to 2018", "分批分年，至2018年"),
    "imputation": ("Imputation, to 2018", "插补法，至2018年"),
    "two-way, to 2018": ("Two-way, to 2018", "双向固定效应，至2018年"),
    "two-way, all years": ("Two-way, all years", "双向固定效应，全部年份"),
    "other counties as comparison": ("Compared with\nother counties", "与名单外的县\n相比"),
}
SERIES = (causal.BATCH, causal.POOR_COUNTIES)
TICK = 0.28  # half the height of the mark of the truth, in rows


@chart("causal-bias", series=(*SERIES, POOR_INCOME, RURAL_INCOME), basis=SIMULATION)
def bias(records: Records) -> ChartSpec:
    """Means of the estimates over simulated panels, beside the planted truth."""
    found = causal_estimators.bias(records).set_index("estimator").loc[list(ROWS)]
    shares = found[["mean", "low", "high", "truth"]].map(percent_change).round(5)
    data = pd.concat([shares, found[["replications"]]], axis=1).reset_index()
    at = data.set_index("estimator")
    said = {
        name: (percent(rounded(row["mean"])), percent(rounded(row["truth"])))
        for name, row in at.iterrows()
    }
    (two, truth), (right, right_truth), (other, _) = (
        said["two-way, all years"],
        said["group-time"],
        said["other counties as comparison"],
    )
    panels = int(data["replications"].iloc[0])
    return ChartSpec(
        data=data,
        values=("mean", "truth"),
        unit="share of income",
        draw=_draw_bias,
        en=Text(
            headline=f"Simulated: two-way fixed effects give {two} where the truth is {truth}",
            subtitle="Mean estimate and planted truth, simulated panels of poverty counties, China, 2014 to 2019",
            note=f"Simulated: {panels} panels. Bars: 5 to 95% of the estimates; upright line: truth over the county-years used. Two-way over all years has nobody untreated from 2019. Counties off the list grew more slowly, by what was reported for 2013 to 2019.",
            alt=f"Dot plot of simulated mean estimates beside the truth. Group-time: {right}, truth {right_truth}. Two-way over all years: {two}, truth {truth}. Compared with counties off the list: {other}, truth {truth}.",
        ),
        zh=Text(
            headline=f"模拟：真值为{truth}时，双向固定效应的估计为{two}",
            subtitle="收入差异的平均估计值与预设真值，模拟的贫困县面板，中国，2014—2019年各批",
            note=f"模拟数据：{panels}个面板。横条：估计值的5%至95%；竖线：所用县年的真值。用全部年份时，2019年起没有尚未纳入的县。名单以外的县增长较慢，差距按公布的2013—2019年数字设定。",
            alt=f"点图，比较模拟的平均估计值与真值。分批分年估计：{right}，真值{right_truth}。双向固定效应用全部年份：{two}，真值{truth}。与名单以外的县相比：{other}，真值{truth}。全部为模拟数据，不是对示范项目的结论。",
        ),
        labels={"x": ("difference of income", "收入差异"), "truth": ("planted truth", "预设真值")}
        | ROWS
        | {f"mean:{name}": mean for name, (mean, _) in said.items()},
    )


def _draw_bias(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for y, row in enumerate(data.itertuples()):
        axes.plot([row.truth] * 2, [y - TICK, y + TICK], color=INK, linewidth=1.6)
        interval(axes, y, row.mean, (row.low, row.high), color=SCENARIO)
        edge, way = (row.low, -8) if row.mean < row.truth else (row.high, 8)
        label(axes, edge, y, words[f"mean:{row.estimator}"], color=SCENARIO, offset=(way, 0))
    row_labels(axes, [words[name] for name in data["estimator"]])
    label(axes, data["truth"].iloc[-2], 3, words["truth"], color=INK, offset=(8, 0))
    axes.set(xlim=(0, 0.11), xlabel=words["x"])
    numbers_on(axes.xaxis, lang, as_percent=True)


@chart("causal-power", series=SERIES, basis=SIMULATION)
def power(records: Records) -> ChartSpec:
    """Smallest difference that the simulated design finds, by number of counties with outcomes."""
    data = causal_estimators.power(records)[["noise", "counties", "share"]].rename(
        columns={"share": "smallest"}
    )
    at = data.set_index(["noise", "counties"])["smallest"]
    few, all_of_them = 100, int(data["counties"].max())
    most = data["noise"].max()
    said = {
        name: percent(rounded(at[name]))
        for name in ((1, few), (1, all_of_them), (most, few), (most, all_of_them))
    }
    return ChartSpec(
        data=data,
        values=("smallest",),
        unit="share of income",
        draw=_draw_power,
        en=Text(
            headline=f"Simulated: {few} counties can show {said[1, few]} or more, {all_of_them} can show {said[1, all_of_them]}",
            subtitle="Smallest difference of income found with a power of 80%, by counties, simulated, China, 2014 to 2019",
            note="Simulated data, group-time average to 2018, errors clustered by county, tests at 5%. Noise of a county as assumed, twice or three times as large; what it really is, nobody has published, so that the lower line is the best case.",
            alt=f"Simulated power, line chart: the smallest difference found falls from {said[1, few]} with {few} counties to {said[1, all_of_them]} with {all_of_them}; with three times the noise from {said[most, few]} to {said[most, all_of_them]}.",
        ),
        zh=Text(
            headline=f"模拟：{few}个县可发现的最小差异为{said[1, few]}，{all_of_them}个县为{said[1, all_of_them]}",
            subtitle="功效为80%时可发现的最小平均收入差异，按有结果数据的县数，模拟数据，中国，2014—2019年各批",
            note="模拟数据，分批分年平均，至2018年，标准误按县聚类，检验水平5%。单县波动按假设值，或为其两倍、三倍；实际大小没有公布，因此下方的线是最有利的情形。",
            alt=f"模拟的功效折线图：可发现的最小差异由{few}个县时的{said[1, few]}降至{all_of_them}个县时的{said[1, all_of_them]}；若单县波动为假设值的三倍，则由{said[most, few]}降至{said[most, all_of_them]}。全部为模拟数据，实际波动的大小没有公布。",
        ),
        said={"power": 0.8},
        labels={
            "x": ("poverty counties with outcomes", "有结果数据的贫困县数"),
            "y": ("smallest difference found", "可发现的最小差异"),
            "1": ("noise as assumed", "波动按假设值"),
            "2": ("twice the noise", "波动为两倍"),
            "3": ("three times the noise", "波动为三倍"),
        },
    )


def _draw_power(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    look: Looks = {"color": SCENARIO, "marker": "D", "markersize": 4.5, "linewidth": 1.4}
    for noise, style in ((1, "-"), (2, DOTTED), (3, DASHED)):
        own = spec.data[spec.data["noise"] == noise]
        axes.plot(own["counties"], own["smallest"], linestyle=style, **look)
        second = own["counties"].iloc[1], own["smallest"].iloc[1]
        label(axes, *second, words[str(noise)], color=SCENARIO, offset=(8, 6))
    axes.set(xscale="log", xlim=(45, 950), ylim=(0, 0.0235))
    sizes = sorted(set(spec.data["counties"]))
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.set_xticks([], minor=True)
    axes.spines["left"].set_color(MUTED)
    curve_axes(axes, words, lang, y="percent")
