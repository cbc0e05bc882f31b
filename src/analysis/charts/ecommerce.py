"""Charts on e-commerce reach."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator

from analysis.charts.marks import interval, label, light_grid, numbers_on, row_labels
from analysis.charts.registry import chart
from analysis.charts.spec import ChartSpec, Text
from analysis.charts.style import CALCULATED, REPORTED
from analysis.charts.tables import claim_rows
from analysis.records.load import Records
from analysis.topics import ecommerce
from analysis.wording import number, percent, rounded, say, stated

SHARES = tuple(step / 20 for step in range(21))
NOTEBOOK = "03_ecommerce_reach"


@chart("ecommerce-distinct-people", notebook=NOTEBOOK, claims=(ecommerce.JOBS, ecommerce.INCOME))
def distinct_people(records: Records) -> ChartSpec:
    """Different people behind the two counts, for every overlap between them."""
    data = ecommerce.people_by_overlap(records, SHARES)
    fewest, most = (one.value for one in ecommerce.distinct_people(records))
    ends = {lang: (number(fewest, lang), number(most, lang)) for lang in ("en", "zh")}
    at_full = data["people"].iloc[-1]
    return ChartSpec(
        data=data,
        values=("people",),
        unit="person",
        draw=_draw_distinct,
        en=Text(
            headline=f"Two e-commerce counts: {ends['en'][0]} to {ends['en'][1]} different people",
            subtitle="Different people behind the two counts, by assumed overlap; China, cumulative to August 2021",
            note="Overlap: share of those with more income who are also among the farmers with work. It is not stated. Both counts are preliminary and rounded; "
            "the band is that rounding.",
            alt=f"Line chart: the number of different people behind the two e-commerce counts falls from {ends['en'][1]} if nobody is in both counts "
            f"to {ends['en'][0]} if everybody with more income is also among the farmers with work. The overlap is not stated.",
            labels={"x": "assumed overlap", "y": "people", "none": f"nobody in both: {ends['en'][1]}", "all": f"all in both: {number(at_full)}"},
        ),
        zh=Text(
            headline=f"两个电商人数合计代表{ends['zh'][0]}至{ends['zh'][1]}名不同的人",
            subtitle="两个人数所代表的不同的人，按假定的重叠比例；中国，累计至2021年8月",
            note="重叠比例：收入增加者中同时属于就业创业农民的比例，原文未说明。两个人数均为初步统计的约数，色带为取整范围。",
            alt=f"折线图：两个电商人数所代表的不同的人数，随假定的重叠比例上升而减少。若没有人同时计入两数，为{ends['zh'][1]}人；若收入增加者全部属于就业创业的农民，"
            f"为{ends['zh'][0]}人。原文没有说明实际的重叠比例，因此只能给出上下限，而不能给出一个确定的数字。",
            labels={"x": "假定的重叠比例", "y": "人", "none": f"无人重叠：{ends['zh'][1]}", "all": f"全部重叠：{number(at_full, 'zh')}"},
        ),
    )


def _draw_distinct(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    x, y = data["overlap_share"], data["people"]
    axes.fill_between(x, data["people_low"], data["people_high"], color=CALCULATED, alpha=0.25, linewidth=0)
    axes.plot(x, y, color=CALCULATED)
    axes.plot([x.iloc[0], x.iloc[-1]], [y.iloc[0], y.iloc[-1]], "o", color=CALCULATED, markersize=5.5)
    label(axes, 0, y.iloc[0], words["none"], offset=(8, 2), ha="left", va="bottom")
    label(axes, 1, y.iloc[-1], words["all"], offset=(0, -8), ha="right", va="top")
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(0, 16e6)
    numbers_on(axes.xaxis, lang, as_percent=True)
    numbers_on(axes.yaxis, lang)
    light_grid(axes)
    axes.set_xlabel(words["x"])
    axes.set_ylabel(words["y"])


ROWS = {
    ecommerce.POOR_2015: ("Poor people, as stated in 2015", "2015年所述贫困人口"),
    ecommerce.JOBS: ("Farmers with work through e-commerce, 2021", "2021年电商带动就业创业的农民"),
    ecommerce.INCOME: ("People with more income, 2021", "2021年电商带动增收的人"),
}


@chart("ecommerce-relative-to-poor-2015", notebook=NOTEBOOK, claims=tuple(ROWS))
def relative_to_poor(records: Records) -> ChartSpec:
    """The two counts of 2021 beside the poor people that the 2015 report states."""
    found = {one.value_id: one for one in ecommerce.findings(records)}
    jobs, income = found["ecommerce.jobs-relative-to-poor"], found["ecommerce.income-relative-to-poor"]
    data = claim_rows(records, ROWS)
    most = percent(rounded(jobs.high, 2, "up"))
    return ChartSpec(
        data=data,
        values=("value",),
        unit="person",
        draw=_draw_relative,
        published=True,
        en=Text(
            headline=f"The e-commerce counts of 2021 equal at most {most} of the poor stated in 2015",
            subtitle="Number of people, China: poor people in 2015; e-commerce counts, cumulative to August 2021",
            note=f"Size relative to, not a share: farmers with work {say(jobs)}, people with more income {say(income)}. The English text of 2021 does not say that "
            "they were poor. Arrow: stated as more than.",
            alt=f"Dot plot of three numbers of people: more than 70 million poor people stated in 2015, and the e-commerce counts of 2021, {stated(records.claim(ecommerce.JOBS))} "
            f"with work and {stated(records.claim(ecommerce.INCOME))} with more income. Relative to the poor of 2015 they are {say(jobs)} and {say(income)}.",
            labels={name: words[0] for name, words in ROWS.items()} | {"x": "people"},
        ),
        zh=Text(
            headline=f"2021年电商人数至多相当于2015年所述贫困人口的{most}",
            subtitle="人数，中国：2015年贫困人口；电商人数累计至2021年8月",
            note=f"仅为规模对比，不是占比：就业创业农民{say(jobs, 'zh')}，增收人员{say(income, 'zh')}。2021年英文稿未说明其为贫困人口。箭头：原文为“超过”。",
            alt=f"点图，列出三个人数：2015年所述贫困人口{stated(records.claim(ecommerce.POOR_2015), 'zh')}；2021年电商带动就业创业的农民{stated(records.claim(ecommerce.JOBS), 'zh')}；"
            f"带动增收的人{stated(records.claim(ecommerce.INCOME), 'zh')}。与2015年贫困人口相比，后两者分别为{say(jobs, 'zh')}和{say(income, 'zh')}，只是规模对比。",
            labels={name: words[1] for name, words in ROWS.items()} | {"x": "人"},
        ),
    )


def _draw_relative(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for y, row in enumerate(spec.data.itertuples()):
        is_open = row.high == float("inf")
        axes.barh(y, row.value, color=REPORTED, alpha=0.16, height=0.5, linewidth=0)
        said = getattr(row, f"stated_{lang}")
        interval(axes, y, row.value, (row.low, row.high), open_ends=(False, is_open), text="" if is_open else said, color=REPORTED)
        if is_open:
            label(axes, row.value, y, said, color=REPORTED, offset=(-8, 0), ha="right", va="center")
    row_labels(axes, [words[name] for name in spec.data["claim_id"]])
    axes.set_xlim(0, 80e6)
    axes.xaxis.set_major_locator(MultipleLocator(20e6))
    numbers_on(axes.xaxis, lang)
    axes.set_xlabel(words["x"])
