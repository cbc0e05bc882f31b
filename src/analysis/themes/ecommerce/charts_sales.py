"""Charts on sales: what part of them would have to be income, and where growth and levels differ."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from analysis.plotting.fitting import room
from analysis.plotting.layout import text_width
from analysis.plotting.marks import curve_axes, label, log_ticks
from analysis.plotting.registry import chart
from analysis.plotting.rows import interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, DASHED, MUTED, POINTS, REPORTED, SCENARIO
from analysis.records.load import Records
from analysis.themes.ecommerce import sales
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, percent, rounded

SHARES = tuple(step / 100 for step in range(4, 101))
HALF = 0.5  # of the sales
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
LOOKS: dict[
    str, tuple[str, str, int]
] = {  # value taken for 2018: its name in Chinese, its colour, points that its label is moved
    "report quoted by the press": ("媒体转引报告", REPORTED, -8),
    "agriculture ministry": ("农业部门", SCENARIO, 8),
    "implied by growth stated for 2019": ("按2019年增速推算", CALCULATED, 0),
}


@chart(
    "ecommerce-break-even",
    claims=(sales.INCOME, sales.LONGNAN),
    series=(sales.FARM, sales.LONGNAN_2019),
)
def break_even(records: Records) -> ChartSpec:
    """Part of farm sales that must be extra income, by the share that comes from poor households."""
    data = sales.break_even(records, SHARES)
    at_all, at_half = (
        data[data["poor_share"] == 1].set_index("place")["part_low"],
        data[data["poor_share"] == HALF].set_index("place")["part_low"],
    )
    gains = {place: rows["gain_cny"].iloc[0] for place, rows in data.groupby("place", sort=False)}
    most, least = (
        max(gains, key=lambda place: gains[place]),
        min(gains, key=lambda place: gains[place]),
    )
    part, half, small = (
        percent(rounded(value, "down")) for value in (at_all[most], at_half[most], at_all[least])
    )
    top = number(gains[most])
    return ChartSpec(
        data=data.drop(columns=["part_low", "part_high"]),
        values=("part",),
        unit="share of sales",
        draw=_draw_break_even,
        said={
            "part if all sales are theirs": at_all[most],
            "part if half are": at_half[most],
            "part at the lowest gain": at_all[least],
            "half": HALF,
        },
        en=Text(
            headline=f"Gains of {top} yuan each would be at least {part} of online farm sales",
            subtitle="Part of poor counties' online farm sales of 2020 that would have to be extra income of the people counted, China",
            note=f"Conditions, not estimates: each curve gives every one of the people with more income (2021) the gain reported locally. Longnan, 2015, is stated as more than {number(gains[least])} yuan: at least this part. Sichuan: unit in doubt. The axis ends at half.",
            alt=f"Line chart of three falling curves: the part of online farm sales that must be extra income, by the share of sales from poor households. For a gain of {top} yuan per person it is at least {part} if all sales are theirs and {half} if half are; for {number(gains[least])} yuan it is at least {small}.",
        ),
        zh=Text(
            headline=f"若人人增收{top}元，农产品网络零售额至少须有{part}成为新增收入",
            subtitle="2020年贫困县农产品网络零售额中须成为所计人员新增收入的部分，中国",
            note=f"仅为条件，不是估计：每条曲线表示使2021年所述增收人员人人都得到当地报告的增收额。陇南2015年表述为“超过{number(gains[least])}元”，故为至少。四川的统计单位存疑。纵轴截至一半。",
            alt=f"曲线图，三条曲线均下降，表示农产品网络零售额中须成为新增收入的部分，随来自贫困户的销售比例变化。人均增收{top}元时，若全部由贫困户销售至少须为{part}，若一半由其销售至少须为{half}；人均增收{number(gains[least])}元时，若全部由贫困户销售至少须为{small}。这些只是数字成立所需的条件，不是对实际情况的估计。",
        ),
        labels={
            "x": (
                "share of farm sales that come from poor households",
                "农产品销售额中来自贫困户的比例",
            ),
            "y": ("part of these sales that is extra income", "其中成为新增收入的部分"),
        }
        | {
            place: (f"{number(gain)} yuan ({place})", f"{number(gain)}元（{PLACES_ZH[place]}）")
            for place, gain in gains.items()
        },
    )


def _draw_break_even(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for place, rows in spec.data.groupby("place", sort=False):
        color, style, at, offset = {
            "Longnan, 2019": (CALCULATED, "-", 0.45, (6, 4)),
            "Sichuan, to mid-2020": (SCENARIO, "-", 0.35, (4, 4)),
            "Longnan, 2015": (REPORTED, DASHED, 0.36, (-4, -5)),
        }[str(place)]
        axes.plot(rows["poor_share"], rows["part"], color=color, linestyle=style)
        one = rows.iloc[(rows["poor_share"] - at).abs().argmin()]
        label(axes, one["poor_share"], one["part"], words[str(place)], color=color, offset=offset)
    axes.set(xlim=(0, 1.0), ylim=(0, 0.5))
    curve_axes(axes, words, lang, x="percent", y="percent")


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
        draw=_draw_revisions,
        en=Text(
            headline=f"Levels implied by later growth are {least} to {times} times the published ones",
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


def _draw_revisions(axes: Axes, spec: ChartSpec, lang: str) -> None:
    axes.set_xscale("log")
    interval_rows(
        axes,
        spec,
        lang,
        "Index",
        values=("ratio", "low", "high"),
        color=lambda row: CALCULATED if row.verdict == "differs" else MUTED,
    )
    axes.axvline(1, color=REPORTED, linewidth=1)
    axes.set_xlim(0.75, 3.4)
    log_ticks(axes.xaxis, [0.75, 1, 1.5, 2, 3], lang)


@chart("ecommerce-catching-up", series=(sales.TOTAL, sales.RURAL))
def catching_up(records: Records) -> ChartSpec:
    """Poor counties' online sales relative to all rural ones, under each of the three values for 2018."""
    data = sales.catching_up(records)
    first = data[data["year"] == sales.DISPUTED].set_index("value_2018")
    end = percent(rounded(data["ratio"].iloc[-1]))
    said = {name: percent(rounded(value)) for name, value in first["ratio"].items()}
    ends = first["change_points"].agg(["min", "max"])
    rise = [f"{rounded(value * 100):g}" for value in ends]
    return ChartSpec(
        data=data,
        values=("ratio",),
        unit="relative to rural online sales",
        draw=_draw_catching_up,
        en=Text(
            headline=f"Poor counties' online sales gained {rise[0]} to {rise[1]} percentage points on rural ones",
            subtitle="Online sales of poor counties relative to rural online sales, China, 2018 to 2020, by value taken for 2018",
            note="Three values for one year: two published, one that follows from the growth stated for 2019. Bars: rounding. Sizes, not shares: whether all these sales count as rural is not stated. Both series changed base without notice.",
            alt=f"Line chart of three lines that begin apart and end together: online sales of poor counties relative to rural ones are {', '.join(list(said.values())[:2])} or {list(said.values())[2]} in 2018, depending on the value taken, and {end} in 2020.",
        ),
        zh=Text(
            headline=f"贫困县与农村网络零售额之比上升{rise[0]}至{rise[1]}个百分点，视2018年取值而定",
            subtitle="国家级贫困县网络零售额与全国农村网络零售额之比，2018—2020年",
            note="同一年份有三个数值：两个为公布值，一个由2019年增速推算。竖条：取整范围。仅为规模对比，不是占比：这些销售是否全部计入农村，文件未说明。两个序列的口径均有未加说明的变动。",
            alt=f"折线图，三条线起点不同、终点相同：贫困县网络零售额与农村网络零售额之比，2018年因取值不同分别为{'、'.join(said.values())}，2020年均为{end}。上升幅度为{rise[0]}至{rise[1]}个百分点，因此不能只用一条线来说明追赶的快慢。",
        ),
        labels={"y": ("relative to rural online sales", "与农村网络零售额之比"), "end": (end, end)}
        | {
            name: (f"{name}: {value}", f"{LOOKS[name][0]}：{value}") for name, value in said.items()
        },
    )


def _draw_catching_up(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for name, rows in spec.data.groupby("value_2018", sort=False):
        _, color, shift = LOOKS[str(name)]
        axes.vlines(rows["year"], rows["low"], rows["high"], color=MUTED, alpha=0.3, linewidth=6)
        axes.plot(rows["year"][:2], rows["ratio"][:2], "-o", color=color, markersize=5)
        year, ratio = rows["year"].iloc[0], rows["ratio"].iloc[0]
        said = words[str(name)]
        label(axes, year, ratio, said, color=color, offset=(-8, shift), va="center")
    last, common = spec.data.iloc[-1], spec.data.iloc[-2:]
    axes.plot(common["year"], common["ratio"], "-o", color=MUTED, markersize=5.5, zorder=5)
    label(axes, last["year"], last["ratio"], words["end"], color=MUTED, offset=(0, 8))
    long = max(text_width(words[name], POINTS["label"]) for name in LOOKS) + 0.3
    wide = room(axes)[0] - 0.5
    axes.set_xlim(sales.DISPUTED - 2.4 * long / (wide - long), sales.DISPUTED + 2.4)
    axes.set(xticks=[2018, 2019, 2020], ylim=(0, 0.2))
    axes.yaxis.set_major_locator(MultipleLocator(0.05))
    curve_axes(axes, words, lang, y="percent")
