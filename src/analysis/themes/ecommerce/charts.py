"""Charts on e-commerce reach."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED
from analysis.records.load import Records
from analysis.themes.ecommerce import findings as ecommerce
from analysis.words.wording import number, rounded

SHARES = tuple(step / 20 for step in range(21))


@chart("ecommerce-distinct-people", claims=(ecommerce.JOBS, ecommerce.INCOME))
def distinct_people(records: Records) -> ChartSpec:
    """Different people behind the two counts, for every overlap between them."""
    data = ecommerce.people_by_overlap(records, SHARES)
    fewest, most = (rounded(one.value) for one in ecommerce.distinct_people(records))
    ends = {lang: (number(fewest, lang), number(most, lang)) for lang in ("en", "zh")}
    at_full = data["people"].iloc[-1]
    return ChartSpec(
        data=data,
        values=("people",),
        unit="person",
        draw=_draw_distinct,
        en=Text(
            headline=f"Two e-commerce counts stand for {ends['en'][0]} to {ends['en'][1]} different people",
            subtitle="Different people behind the two counts, by assumed overlap; China, cumulative to August 2021",
            note="Overlap: share of those with more income who are also among the farmers with work. It is not stated. Both counts rest on incomplete statistics and are rounded; the band is that rounding.",
            alt=f"Line chart: the number of different people behind the two e-commerce counts falls from {ends['en'][1]} if nobody is in both counts to {ends['en'][0]} if everybody with more income is also among the farmers with work. The overlap is not stated.",
        ),
        zh=Text(
            headline=f"两个电商人数去除重复后为{ends['zh'][0]}至{ends['zh'][1]}人",
            subtitle="两个电商人数去除重复后的人数，按假定的重叠比例；中国，累计至2021年8月",
            note="重叠比例：收入增加者中同时属于就业创业农民的比例，文件未说明。两个人数均为不完全统计，色带为取整范围。",
            alt=f"折线图：两个电商人数去除重复后的人数，随假定的重叠比例上升而减少。若没有人同时计入两数，为{ends['zh'][1]}人；若收入增加者全部属于就业创业的农民，为{ends['zh'][0]}人。文件没有说明实际的重叠比例，因此只能给出上下限，而不能给出一个确定的数字。",
        ),
        labels={
            "x": ("assumed overlap", "假定的重叠比例"),
            "y": ("people", "人"),
            "none": (f"nobody in both: {ends['en'][1]}", f"无人重叠：{ends['zh'][1]}"),
            "all": (f"all in both: {number(at_full)}", f"全部重叠：{number(at_full, 'zh')}"),
        },
    )


def _draw_distinct(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    x, y = data["overlap_share"], data["people"]
    low, high = data["people_low"], data["people_high"]
    axes.fill_between(x, low, high, color=CALCULATED, alpha=0.25, linewidth=0)
    axes.plot(x, y, color=CALCULATED)
    axes.plot(x.iloc[[0, -1]], y.iloc[[0, -1]], "o", color=CALCULATED, markersize=5.5)
    label(axes, 0, y.iloc[0], words["none"], offset=(8, 2))
    label(axes, 1, y.iloc[-1], words["all"], offset=(0, -8), ha="right")
    axes.set(xlim=(-0.02, 1.02), ylim=(0, 16e6))
    curve_axes(axes, words, lang, x="percent")
