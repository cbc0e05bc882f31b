"""Charts on sales: what part of them would have to be income, and where growth and levels differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.form import INDEX, Form
from analysis.plotting.marks import bar, coloured_words, log_ticks, numbers_on, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.rows import bar_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, MUTED, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.ecommerce import sales
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, percent, rounded

HALF = 0.5  # of the sales
SHARES = (1.0, HALF)
PLACES_ZH = {
    "Longnan, 2015": "陇南，2015年",
    "Sichuan, to mid-2020": "四川，至2020年年中",
    "Longnan, 2019": "陇南，2019年",
}
NAMES = {
    sales.RURAL: ("Rural online sales", "农村网络零售额"),
    sales.NATIONAL_FARM: ("Farm products online", "农产品网络零售额"),
    sales.TOTAL: ("Poor counties' online sales", "贫困县网络零售额"),
    sales.RURAL_SHOPS: ("Rural online shops", "农村网店数"),
}
BY = {  # value taken for 2018
    "report quoted by the press": ("a report in the press", "媒体转引报告"),
    "agriculture ministry": ("the agriculture ministry", "农业部门"),
    "implied by growth stated for 2019": ("growth stated for 2019", "按2019年增速推算"),
}


@chart(
    "ecommerce-break-even",
    claims=(sales.INCOME, sales.LONGNAN),
    series=(sales.FARM, sales.LONGNAN_2019),
)
def break_even(records: Records) -> ChartSpec:
    """Part of farm sales that must be extra income, if all or half of them come from poor households."""
    found = sales.break_even(records, SHARES)
    data = found.assign(row=[f"{row.place}: {row.poor_share:g}" for row in found.itertuples()])
    data = data.sort_values(["poor_share", "gain_cny"], ascending=False, ignore_index=True)
    part = {row.row: percent(rounded(row.part_low, "down")) for row in data.itertuples()}
    gains = data.groupby("place")["gain_cny"].first()
    most, least = gains.idxmax(), gains.idxmin()
    all_, half, small = (
        part[f"{place}: {share:g}"] for place, share in ((most, 1), (most, HALF), (least, 1))
    )
    top = number(gains[most])
    low = data.set_index("row")["part_low"]
    return ChartSpec(
        data=data.drop(columns=["part_low", "part_high"]),
        values=("part",),
        unit="share of sales",
        form=Form("bars", "row", color=_color),
        draw=lambda axes, spec, lang: bar_rows(
            axes, spec, lang, "row", value="part", color=_color, emphasised=[f"{most}: 1"]
        ),
        said={
            "part if all sales are theirs": low[f"{most}: 1"],
            "part if half are": low[f"{most}: {HALF:g}"],
            "part at the lowest gain": low[f"{least}: 1"],
            "half": HALF,
        },
        en=Text(
            headline=f"Gains of {top} yuan each would be at least {all_} of online farm sales",
            subtitle="Part of poor counties' online farm sales of 2020 that would have to be extra income of the people counted, China",
            note=f"Conditions, not estimates: every one of the people with more income (2021) is given the gain reported locally, and all or half of the sales come from them. Longnan, 2015: stated as more than {number(gains[least])} yuan. Sichuan: unit in doubt.",
            alt=f"Bar chart of the part of online farm sales that must be extra income. For a gain of {top} yuan per person it is at least {all_} if all sales are theirs and {half} if half are; for {number(gains[least])} yuan it is at least {small} if all are.",
        ),
        zh=Text(
            headline=f"若人人增收{top}元，农产品网络零售额至少须有{all_}成为新增收入",
            subtitle="2020年贫困县农产品网络零售额中须成为所计人员新增收入的部分，中国",
            note=f"仅为条件，不是估计：假设2021年所述增收人员人人都达到当地报告的增收额，且全部或一半销售来自他们。陇南2015年表述为“超过{number(gains[least])}元”。四川的统计单位存疑。",
            alt=f"条形图，表示农产品网络零售额中须成为新增收入的部分。人均增收{top}元时，若全部由他们销售，至少须为{all_}，若一半由他们销售，至少须为{half}；人均增收{number(gains[least])}元时，若全部由他们销售，至少须为{small}。这些只是数字成立所需的条件，不是对实际情况的估计。",
        ),
        labels=paired(lambda lang: _break_even_words(data, part, lang)),
    )


def _color(row: Any) -> str:
    return CALCULATED if row.poor_share == 1 else SCENARIO


def _break_even_words(data: pd.DataFrame, parts: Mapping[str, str], lang: str) -> dict[str, str]:
    named, sold, least = {
        "en": ("{} yuan ({})", "{}\nif {} of the sales are theirs", "at least {}"),
        "zh": ("{}元（{}）", "{}\n若销售{}来自他们", "至少{}"),
    }[lang]
    share = {"en": {1: "all", HALF: "half"}, "zh": {1: "全部", HALF: "一半"}}[lang]
    words = {}
    for row in data.itertuples():
        place = row.place if lang == "en" else PLACES_ZH[row.place]
        gain = named.format(number(row.gain_cny, lang), place)
        words[row.row] = sold.format(gain, share[row.poor_share])
        words[f"value:{row.row}"] = least.format(parts[row.row])
    return words


@chart("ecommerce-revisions", series=tuple(NAMES))
def revisions(records: Records) -> ChartSpec:
    """Level that the growth stated a year later implies, over the level published before."""
    found = sales.revisions(records)
    data = found[found["verdict"] != "not published"].assign(
        ratio=lambda d: d["revision"] + 1,
        low=lambda d: d["revision_low"] + 1,
        high=lambda d: d["revision_high"] + 1,
    )
    columns = ["series_id", "year", "published", "implied", "growth", "growth_by_levels"]
    columns += ["ratio", "low", "high", "verdict", "stated"]
    data = data[columns].reset_index(drop=True)
    top = data.loc[data["ratio"].idxmax()]
    times, year = f"{rounded(top['ratio']):g}", int(top["year"])
    low = data.loc[data["ratio"].idxmin()]
    least = f"{rounded(low['ratio']):g}"
    fitting, n = int((data["verdict"] == "rounding").sum()), len(data)
    return ChartSpec(
        data=data,
        values=("ratio",),
        unit="implied over published",
        form=Form("dots", INDEX, ranges={"ratio": ("low", "high")}, color=_agreement),
        draw=_draw_revisions,
        en=Text(
            headline=f"Sales and shops implied by later growth are {least} to {times} times those published",
            subtitle="Level implied by the growth stated for the next year over the level published, China, 2014 to 2021; log scale",
            note=f"Implied: level of the next year over one plus its stated growth. Bar: rounding of both levels and of the growth. Poor counties, {year}: the lower of two published values. Rural sales, 2019: growth from a stated difference in points. The basis of the growth is not stated.",
            alt=f"Dot plot of {n} levels implied by the growth stated a year later, over the published ones. {fitting} agree within rounding; the poor counties' sales of {year} are {times} times the published value, rural sales of {int(low['year'])} are {least} times.",
        ),
        zh=Text(
            headline=f"按次年增速推算的水平为公布值的{least}至{times}倍",
            subtitle="按次年增速推算的当年水平与当年公布值之比，中国，2014—2021年；对数刻度",
            note=f"推算值：次年水平除以1加次年增速。横条：两个水平和增速的取整范围。贫困县{year}年取两个公布值中较低者。农村网络零售额2019年的增速由所述百分点之差得出。增速的基数未说明。",
            alt=f"点图，列出{n}个按次年增速推算的水平与公布值之比。其中{fitting}个在取整范围内相符；贫困县{year}年网络零售额的推算值为公布值的{times}倍，农村网络零售额{int(low['year'])}年的推算值为公布值的{least}倍。增速的基数没有公开说明，可能为可比口径，因此用公布的水平直接计算增长并不可靠。",
        ),
        labels={"x": ("implied ÷ published (1: they agree)", "推算值÷公布值（1表示相符）")}
        | paired(lambda lang: _revision_words(data, lang)),
    )


def _revision_words(data: pd.DataFrame, lang: str) -> dict[str, str]:
    place, words = LANGUAGES.index(lang), {}
    named = {"en": "{}, {}", "zh": "{}，{}年"}[lang]
    fits = {"en": "within rounding", "zh": "在取整范围内"}[lang]
    for row in data.itertuples():
        ratio = f"{rounded(row.ratio):g}"
        words[f"{row.Index}"] = named.format(NAMES[row.series_id][place], row.year)
        words[f"value:{row.Index}"] = ratio if row.verdict == "differs" else fits
    return words


def _agreement(row: Any) -> str:
    return CALCULATED if row.verdict == "differs" else MUTED


def _draw_revisions(axes: Axes, spec: ChartSpec, lang: str) -> None:
    axes.set_xscale("log")
    interval_rows(axes, spec, lang, "Index", values=("ratio", "low", "high"), color=_agreement)
    if not narrow(axes):
        axes.axvline(1, color=REPORTED, linewidth=1)
    axes.set_xlim(0.75, 3.4)
    log_ticks(axes.xaxis, [0.75, 1, 1.5, 2, 3], lang)


@chart("ecommerce-catching-up", series=(sales.TOTAL, sales.RURAL))
def catching_up(records: Records) -> ChartSpec:
    """Poor counties' online sales relative to all rural ones, 2018 and 2020, under each value for 2018."""
    found = sales.catching_up(records)
    last = found[found["year"] == found["year"].max()]
    data = found[found["year"] == sales.DISPUTED].rename(columns={"ratio": "ratio_2018"})
    data = data.assign(ratio_2020=last["ratio"].to_numpy()).drop(columns="year")
    data = data.sort_values("change_points", ascending=False, ignore_index=True)
    end = percent(rounded(data["ratio_2020"].iloc[0]))
    said = {row.value_2018: percent(rounded(row.ratio_2018)) for row in data.itertuples()}
    points = {row.value_2018: f"{rounded(row.change_points * 100):g}" for row in data.itertuples()}
    rise = [points[data["value_2018"].iloc[place]] for place in (-1, 0)]
    return ChartSpec(
        data=data,
        values=("ratio_2018", "ratio_2020"),
        unit="relative to rural online sales",
        form=Form(
            "dots",
            "value_2018",
            ranges={"ratio_2018": ("low", "high")},
            colors={"ratio_2018": MUTED, "ratio_2020": CALCULATED},
        ),
        draw=_draw_catching_up,
        said={
            "fewest points": data["change_points"].min(),
            "most points": data["change_points"].max(),
        },
        en=Text(
            headline=f"Poor counties' online sales gained {rise[0]} to {rise[1]} percentage points on rural ones",
            subtitle="Online sales of poor counties relative to rural online sales, China, 2018 to 2020, by value taken for 2018",
            note="Three values for 2018: two published, one that follows from the growth stated for 2019. Bar: rounding. Sizes, not shares: whether all these sales count as rural is not stated. Both series changed base without notice.",
            alt=f"Dot plot of online sales of poor counties relative to rural ones in 2018 and 2020: {', '.join(list(said.values())[:2])} or {list(said.values())[2]} in 2018, depending on the value taken, and {end} in 2020. The gain is {rise[0]} to {rise[1]} percentage points.",
        ),
        zh=Text(
            headline=f"贫困县与农村网络零售额之比上升{rise[0]}至{rise[1]}个百分点，视2018年取值而定",
            subtitle="国家级贫困县网络零售额与全国农村网络零售额之比，2018年和2020年",
            note="2018年有三个数值：两个为公布值，一个由2019年增速推算。横条：取整范围。仅为规模对比，不是占比：这些销售是否全部计入农村，文件未说明。两个序列的口径均有未加说明的变动。",
            alt=f"点图，三行起点不同、终点相同：贫困县网络零售额与农村网络零售额之比，2018年因取值不同分别为{'、'.join(said.values())}，2020年均为{end}。上升幅度为{rise[0]}至{rise[1]}个百分点，因此不能只用一个数字来说明比值变动的快慢。",
        ),
        labels={
            "x": ("relative to rural online sales", "与农村网络零售额之比"),
            "start": ("hollow: 2018", "空心：2018年"),
            "end": (f"full: 2020, {end}", f"实心：2020年，{end}"),
        }
        | {
            name: (f"2018 by {BY[name][0]}: {value}", f"2018年{BY[name][1]}：{value}")
            for name, value in said.items()
        }
        | {
            f"value:{name}": (f"+{value} points", f"+{value}个百分点")
            for name, value in points.items()
        },
    )


def _draw_catching_up(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for y, row in enumerate(data.itertuples()):
        with group(axes, row.value_2018):
            axes.plot([row.ratio_2018, row.ratio_2020], [y, y], color=CALCULATED, linewidth=1.6)
            bar(axes, [row.low, row.high], [y, y], CALCULATED)
            look: Looks = {"color": CALCULATED, "markersize": 6.5, "zorder": 4}
            axes.plot(row.ratio_2018, y, "o", markerfacecolor="white", **look)
            axes.plot(row.ratio_2020, y, "o", **look)
            weight = "bold" if y in (0, len(data) - 1) else "normal"
            place = Place((row.ratio_2020, y), (8, 0), "left", "center")
            put(axes, words[f"value:{row.value_2018}"], [place], weight=weight)
    row_labels(axes, [words[name] for name in data["value_2018"]])
    coloured_words(axes, [(words["start"], CALCULATED), (words["end"], CALCULATED)])
    axes.set_xlim(0, 0.2)
    axes.xaxis.set_major_locator(MultipleLocator(0.05))
    numbers_on(axes.xaxis, lang, as_percent=True)
    axes.set_xlabel(words["x"])
