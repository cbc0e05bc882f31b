"""Chart on the roll-out of the demonstration beside online retail."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.marks import curve_axes, definition_break, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.ecommerce import rollout as topic
from analysis.words.wording import number, percent, rounded


@chart("ecommerce-rollout", series=(topic.BATCH, topic.POOR_COUNTIES, topic.RETAIL))
def rollout(records: Records) -> ChartSpec:
    """Counties taken in, poor counties covered, and rural online retail, each over its last level."""
    data = topic.rollout_marks(records)
    found = {one.value_id: one for one in topic.findings(records)}
    early, late = (
        percent(rounded(found[f"ecommerce.retail-{year}-relative-to-2020"].value))
        for year in (2016, 2018)
    )
    covered = {
        year: percent(rounded(found[f"ecommerce.poor-counties-covered-{year}"].value))
        for year in (2016, 2017, 2018)
    }
    last = {what: rows["value"].iloc[-1] for what, rows in data.groupby("what")}
    counties, poor = (f"{last[what]:.0f}" for what in ("counties", "poor counties"))
    return ChartSpec(
        data=data,
        values=("over_last",),
        unit="share of the last level",
        draw=_draw,
        en=Text(
            headline=f"2016: {covered[2016]} of poor counties covered, rural online sales {early} of 2020's",
            subtitle="Demonstration counties, poor counties covered, rural online sales, China, 2014 to 2020, over the last level",
            note=f"Last levels: {number(float(counties))} counties (batches to 2019 added up), {poor} poor counties, sales of 2020. Batches and sales stand at the end of their year. Coverage is known for four dates: the ends of 2016, 2017 and 2019, and September 2018. Gap: sales of 2014 and 2015 were described as purchases. National sales; order in time says nothing of a cause.",
            alt=f"Step chart, each line over its last level: demonstration counties rise from 2014 to 2019; poor counties covered are {covered[2016]} at the end of 2016, {covered[2017]} at the end of 2017, {covered[2018]} in September 2018 and all in 2019; rural online sales are {early} of their 2020 level in 2016 and {late} in 2018.",
        ),
        zh=Text(
            headline=f"2016年农村网络零售额约为2020年的{early}，其时已覆盖贫困县{covered[2016]}",
            subtitle="示范县累计数、已覆盖的贫困县数、当年农村网络零售额，中国，2014—2020年，各占其最后水平的比例",
            note=f"最后水平：示范县{counties}个（至2019年各批相加），贫困县{poor}个，零售额为2020年值。各批示范县和零售额标在当年年末。贫困县覆盖数有四个日期：2016年、2017年、2019年年末和2018年9月。断开处：2014年和2015年的数字当时称为网购额。零售额为全国数，先后顺序不说明因果。",
            alt=f"阶梯图，各条线均为占其最后水平的比例：示范县数自2014年至2019年逐年上升；已覆盖的贫困县2016年末为{covered[2016]}，2017年末为{covered[2017]}，2018年9月为{covered[2018]}，2019年为全部；农村网络零售额2016年为2020年水平的{early}，2018年为{late}。2014年和2015年的零售额口径不同，单独标出；先后顺序不说明因果关系。",
        ),
        labels={
            "counties": ("all demonstration counties", "全部示范县"),
            "poor": ("poor counties covered", "已覆盖的贫困县"),
            "retail": ("rural online sales", "农村网络零售额"),
            "before": ("as purchases", "网购额口径"),
            "y": ("share of the last level", "占最后水平的比例"),
        },
    )


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, parts = spec.text(lang).labels, dict(list(spec.data.groupby("what")))
    counties, poor, retail = parts["counties"], parts["poor counties"], parts["retail"]
    axes.step(counties["when"], counties["over_last"], where="post", color=REPORTED, linewidth=1.6)
    axes.plot(poor["when"], poor["over_last"], "s", color=SCENARIO, markersize=6)
    steps: Looks = {"where": "post", "linewidth": 1, "linestyle": (0, (3, 2))}
    axes.step(poor["when"], poor["over_last"], color=SCENARIO, **steps)
    before = retail["when"] <= topic.PURCHASES + 1
    bought, sold = retail[before], retail[~before]
    hollow: Looks = {"markersize": 4, "linewidth": 1, "fillstyle": "none"}
    axes.plot(bought["when"], bought["over_last"], "--o", color=CALCULATED, **hollow)
    axes.plot(sold["when"], sold["over_last"], "-o", color=CALCULATED, markersize=4.5)
    for one, key, color, offset, ha in (
        (sold.iloc[0], "retail", CALCULATED, (-6, 6), ""),
        (bought.iloc[0], "before", CALCULATED, (8, 6), "right"),
        (poor.iloc[0], "poor", SCENARIO, (7, -4), ""),
        (counties.iloc[1], "counties", REPORTED, (4, -6), ""),
    ):
        label(axes, one["when"], one["over_last"], words[key], color=color, offset=offset, ha=ha)
    years, end_of = range(2015, 2022), {"en": "end of {}", "zh": "{}年末"}[lang]
    axes.set_xticks(years, [end_of.format(year - 1) for year in years])
    axes.set(xlim=(2014.3, 2021.3), ylim=(0, 1.08))
    definition_break(axes, topic.PURCHASES + 1.5, "", (0, 0.3))
    curve_axes(axes, words, lang, y="percent")
