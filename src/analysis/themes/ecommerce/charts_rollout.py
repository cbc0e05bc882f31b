"""Chart on the roll-out of the demonstration beside online retail."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.form import Form
from analysis.plotting.marks import coloured_words, definition_break, label, light_grid, numbers_on
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, MUTED, Looks
from analysis.records.load import Records
from analysis.themes.ecommerce import rollout as topic
from analysis.words.wording import number, percent, rounded

POOR, SALES = CATEGORIES[0], CATEGORIES[2]


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
        form=Form("dots", "when", split="what"),
        draw=_draw,
        en=Text(
            headline=f"In 2016, {covered[2016]} of poor counties were covered; rural online sales were {early} of 2020's",
            subtitle="Rural online sales, poor counties covered and demonstration counties, China, 2014 to 2020; last level = 100%",
            note="Square: coverage is known for four dates, the ends of 2016, 2017 and 2019, and September 2018. Hollow: sales of 2014 and 2015 were described as purchases. Batches to 2019 are added up; they and national sales stand at the end of their year. Order in time says nothing of a cause.",
            alt=f"Step chart, each line over its last level: demonstration counties rise from 2014 to 2019; poor counties covered are {covered[2016]} at the end of 2016, {covered[2017]} at the end of 2017, {covered[2018]} in September 2018 and all in 2019; rural online sales are {early} of their 2020 level in 2016 and {late} in 2018.",
        ),
        zh=Text(
            headline=f"2016年农村网络零售额约为2020年的{early}，同年末已覆盖的贫困县占{covered[2016]}",
            subtitle="农村网络零售额、已覆盖的贫困县、示范县累计数，中国，2014—2020年，以各自末期水平为100%",
            note="方块：贫困县覆盖数只有四个日期，即2016年、2017年、2019年年末和2018年9月。空心：2014年和2015年的数字当时称为网购额。示范县为至2019年各批相加，与全国零售额均标在当年年末。先后顺序不说明因果。",
            alt=f"阶梯图，各条线均以各自末期水平为100%：示范县数自2014年至2019年逐年上升；已覆盖的贫困县2016年末为{covered[2016]}，2017年末为{covered[2017]}，2018年9月为{covered[2018]}，2019年为全部；农村网络零售额2016年为2020年水平的{early}，2018年为{late}。2014年和2015年的零售额口径不同，单独标出；先后顺序不说明因果关系。",
        ),
        labels={
            "counties": (
                f"{number(float(counties))} demonstration counties",
                f"示范县{counties}个",
            ),
            "poor": (f"{poor} poor counties covered", f"已覆盖贫困县{poor}个"),
            "retail": ("rural online sales of 2020", "2020年农村网络零售额"),
            "2016:poor": (covered[2016], covered[2016]),
            "2016:retail": (early, early),
            "x": ("end of the year", "年末"),
        },
    )


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, parts = spec.text(lang).labels, dict(list(spec.data.groupby("what")))
    counties, poor, retail = parts["counties"], parts["poor counties"], parts["retail"]
    axes.step(counties["when"], counties["over_last"], where="post", color=MUTED, linewidth=1.2)
    before = retail["when"] <= topic.PURCHASES + 1
    bought, sold = retail[before], retail[~before]
    hollow: Looks = {"markersize": 4, "linewidth": 1, "fillstyle": "none"}
    axes.plot(bought["when"], bought["over_last"], "--o", color=SALES, **hollow)
    axes.plot(sold["when"], sold["over_last"], "-o", color=SALES, markersize=4.5)
    axes.plot(poor["when"], poor["over_last"], "s", color=POOR, markersize=6.5, zorder=4)
    for one, name, color, offset in (
        (sold.iloc[0], "retail", SALES, (-6, 4)),
        (poor.iloc[0], "poor", POOR, (8, -4)),
    ):
        look: Looks = {"color": color, "offset": offset, "weight": "bold", "size": "value"}
        label(axes, one["when"], one["over_last"], words[f"2016:{name}"], **look)
    keys = (("retail", SALES), ("poor", POOR), ("counties", MUTED))
    coloured_words(axes, [(words[name], color) for name, color in keys])
    years = range(2015, 2022, 2 if narrow(axes) else 1)
    axes.set_xticks(years, [str(year - 1) for year in years])
    axes.set_xlabel(words["x"])
    axes.set(xlim=(2014.3, 2021.3), ylim=(0, 1.08))
    definition_break(axes, topic.PURCHASES + 1.5, "", (0, 0.3))
    numbers_on(axes.yaxis, lang, as_percent=True)
    light_grid(axes)
