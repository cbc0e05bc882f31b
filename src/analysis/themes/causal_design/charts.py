"""Charts of what can be identified: poverty counties left to compare with, and a simulated event study."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.causal.power import percent_change
from analysis.plotting.form import Form
from analysis.plotting.marks import bar, curve_axes, label
from analysis.plotting.registry import SIMULATION, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import DASHED, DOTTED, MUTED, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.causal_design import findings as topic
from analysis.words.wording import number, percent, rounded

LAST_EVENT = 4  # years since treatment: the first batch, in the last year with a comparison


@chart("causal-identification", series=(topic.BATCH, topic.POOR_COUNTIES), basis=SIMULATION)
def identification(records: Records) -> ChartSpec:
    """Poverty counties without the demonstration, as reported and in the simulated roster, by date."""
    data = topic.left(records)
    by_date = data[data["source"] == "simulated"].set_index("when")
    whole, late = by_date["left"].max(), by_date.loc[2019.0, "left"]
    reported = data[data["source"] == "reported"].set_index("when")["left"]
    told: dict[str, str | tuple[str, str]] = {
        f"told:{when}": f"{left:.0f}" for when, left in reported.items()
    }
    return ChartSpec(
        data=data,
        values=("left",),
        unit="county",
        form=Form(
            "dots",
            "when",
            split="source",
            colors={"reported": REPORTED, "simulated": SCENARIO},
            names={"reported": ("reported", "按公布")},
        ),
        draw=_draw_left,
        en=Text(
            headline=f"Simulated: {late:.0f} poverty counties left untreated in 2018, none from 2019",
            subtitle="Poverty counties without the demonstration, China: simulated roster (2011 to 2020) and reported",
            note="Simulated: batches as reported; how the poverty counties of the first three batches spread over them is assumed. Squares: reported, at their date. Once nobody is left, no later outcome of a poverty county has a comparison, whatever the estimator; counties off the list grew more slowly.",
            alt=f"Step chart of poverty counties without the demonstration. In the simulated roster they fall from {whole:.0f} to {late:.0f} at the end of 2018 and to none at the end of 2019. Reported: {told['told:2017.0']} at the end of 2016, {told['told:2018.0']} at the end of 2017, {told['told:2018.74']} in September 2018, none at the end of 2019.",
        ),
        zh=Text(
            headline=f"模拟名单：2018年末{whole:.0f}个贫困县中有{late:.0f}个未纳入，2019年起全部纳入",
            subtitle="尚未纳入电商示范的贫困县数，中国：模拟名单（2011—2020年）与公布数",
            note="模拟数据：各批规模按公布数；前三批之间贫困县如何分布为假设。方块：公布数，按其日期。全部纳入之后，无论用何种估计方法，贫困县的结果都没有可比对象；名单以外的县增长较慢。",
            alt=f"阶梯图，表示尚未纳入示范的贫困县数。模拟名单中由{whole:.0f}个降至2018年末的{late:.0f}个，2019年末为零。公布数：2016年末{told['told:2017.0']}个，2017年末{told['told:2018.0']}个，2018年9月{told['told:2018.74']}个，2019年末为零。全部纳入之后，贫困县中再没有可以比较的对象。",
        ),
        labels={
            "x": ("end of the year", "年末"),
            "y": ("poverty counties left", "剩余贫困县"),
            "simulated": (f"simulated roster: {whole:.0f}", f"模拟名单：{whole:.0f}"),
            "late": (f"{late:.0f} left", f"剩{late:.0f}"),
            "reported": (" (reported)", "（公布数）"),
            "none": ("nobody\nleft to\ncompare", "已无可比\n对象"),
        }
        | told,
    )


def _draw_left(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, parts = spec.text(lang).labels, dict(list(spec.data.groupby("source")))
    simulated, reported = parts["simulated"], parts["reported"]
    axes.axvspan(2020, 2021, color=MUTED, alpha=0.12, linewidth=0)
    line: Looks = {"where": "post", "color": SCENARIO, "linewidth": 1.6, "linestyle": DASHED}
    axes.step(simulated["when"], simulated["left"], **line)
    axes.plot(reported["when"], reported["left"], "s", color=REPORTED, markersize=6, zorder=4)
    most = simulated["left"].max()
    label(axes, 2013, most, words["simulated"], color=SCENARIO, offset=(0, -5))
    late = simulated.set_index("when").loc[2019.0, "left"]
    bold: Looks = {"weight": "bold", "size": "value"}
    label(axes, 2019, late, words["late"], color=SCENARIO, offset=(4, 4), **bold)
    for row in reported.itertuples():
        text = words[f"told:{row.when}"] + (words["reported"] if row.left else "")
        way = -8 if 0 < row.left < 200 else 8
        label(axes, row.when, row.left, text, color=REPORTED, offset=(way, 3))
    axes.text(2020.5, 420, words["none"], color=MUTED, ha="center", va="center")
    axes.set(xlim=(2012, 2021), ylim=(0, 900))
    years = range(2012, 2022)
    axes.set_xticks(years, [str(year - 1) for year in years])
    curve_axes(axes, words, lang)


@chart("causal-event-study", series=(topic.BATCH, topic.POOR_COUNTIES), basis=SIMULATION)
def event_study(records: Records) -> ChartSpec:
    """Simulated estimates by years since treatment, beside the truth that was planted."""
    found = topic.events(records)
    shares = (
        found[["att", "low", "high", "truth"]]
        .map(percent_change)
        .round(5)
        .rename(columns={"att": "estimate"})
    )
    data = pd.concat([found[["event"]], shares], axis=1)
    last = data.set_index("event").loc[LAST_EVENT]
    estimate, truth = (percent(rounded(last[name])) for name in ("estimate", "truth"))
    ends = (percent(rounded(last["low"], "down")), percent(rounded(last["high"], "up")))
    p = topic.worked_example(records).tests.iloc[0]["p"]
    said = number(rounded(p))
    return ChartSpec(
        data=data,
        values=("estimate", "truth"),
        unit="share of income",
        form=Form(
            "dots",
            "event",
            ranges={"estimate": ("low", "high")},
            colors={"estimate": SCENARIO, "truth": MUTED},
        ),
        draw=draw_events,
        en=Text(
            headline=f"Simulated: {estimate} estimated four years after joining, {truth} planted as truth",
            subtitle="Simulated income against counties not yet treated, by years since joining, China, 2014 to 2019",
            note=f"Simulated data, no result on the programme. Group-time averages; bars: 95% intervals, errors clustered by county. Before joining the base is the year before; joint test of equal trends then: p = {said}. Not rejecting them is no evidence that they would have been equal later.",
            alt=f"Simulated event study, dot plot with intervals: estimates lie near zero before joining and rise with each year after. Four years after joining the estimate is {estimate} ({ends[0]} to {ends[1]}), and the planted truth {truth}.",
        ),
        zh=Text(
            headline=f"模拟：加入四年后的估计为{estimate}，预设真值为{truth}",
            subtitle="模拟的收入差异，与尚未纳入的贫困县相比，按加入后的年数，中国，2014—2019年各批",
            note=f"模拟数据，并非关于示范项目的结论。按批次和年份估计后平均；竖线为95%区间，标准误按县聚类。加入前以上一年为基期；加入前趋势相同的联合检验：p = {said}。未拒绝并不等于此后趋势会相同。",
            alt=f"模拟的事件研究点图，附区间：加入前各年的估计接近零，加入后逐年上升。加入四年后的估计为{estimate}（{ends[0]}至{ends[1]}），预设的真值为{truth}。全部为模拟数据，只用来检验方法，不说明示范项目本身的任何结果。",
        ),
        labels={
            "x": ("years since joining", "加入后的年数"),
            "y": ("difference of income", "收入差异"),
            "truth": (f"planted {truth}", f"预设{truth}"),
            "estimate": (f"estimated\n{estimate}", f"估计\n{estimate}"),
            "before": ("before joining", "加入前"),
        },
    )


def draw_events(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """Estimates by years since treatment: beside a planted truth, or with the band of a reader's own data."""
    words, data = spec.text(lang).labels, spec.data
    axes.axhline(0, color=MUTED, linewidth=0.8)
    axes.axvline(-0.5, color=MUTED, linewidth=0.8, linestyle=DASHED)
    truth: Looks = {"color": MUTED, "linewidth": 1.3, "linestyle": DOTTED, "zorder": 2}
    for own in (data[data["event"] < 0], data[data["event"] >= 0]):
        if "truth" in data:
            axes.plot(own["event"], own["truth"], **truth)
    for row in data.itertuples():
        color = SCENARIO if row.event >= 0 else MUTED
        bar(axes, [row.event] * 2, [row.low, row.high], color, width=2.2, alpha=0.5)
        if "band_low" in data:
            axes.plot([row.event] * 2, [row.band_low, row.band_high], color=color, linewidth=0.7)
        hollow: Looks = {"markerfacecolor": "white"} if getattr(row, "few", False) else {}
        axes.plot(row.event, row.estimate, "D", color=color, markersize=4.8, zorder=4, **hollow)
    events = range(int(data["event"].min()), int(data["event"].max()) + 1)
    shown = list(events)[:: 1 + len(events) // 16]
    axes.set_xticks(shown, [number(float(event)) for event in shown])
    if "truth" not in data:
        curve_axes(axes, words, lang, y="percent" if spec.unit.startswith("share") else "number")
        return
    last, estimate, true = data.iloc[-1][["event", "estimate", "truth"]]
    label(axes, last, true, words["truth"], color=MUTED, offset=(9, 8), va="center")
    bold: Looks = {"weight": "bold", "size": "value", "va": "center"}
    label(axes, last, estimate, words["estimate"], color=SCENARIO, offset=(9, -12), **bold)
    axes.set_xlim(right=last + 2.2)
    label(axes, -3.5, 0, words["before"], color=MUTED, offset=(0, 12))
    axes.set_ylim(-0.01, 0.085)
    curve_axes(axes, words, lang, y="percent")
