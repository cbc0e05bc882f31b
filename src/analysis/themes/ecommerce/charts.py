"""Chart on the different people behind two counts."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.claims import bounds_of
from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.marks import bar, bare_cells, coloured_words, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, CATEGORIES
from analysis.records.load import Records
from analysis.themes.ecommerce import findings as ecommerce
from analysis.words.wording import number, rounded

COUNTS = (ecommerce.JOBS, ecommerce.INCOME)  # the larger first
LOOKS = dict(zip(COUNTS, CATEGORIES, strict=False))
CASES = ("none", "all")  # who is in both counts


@chart("ecommerce-distinct-people", claims=(ecommerce.JOBS, ecommerce.INCOME))
def distinct_people(records: Records) -> ChartSpec:
    """Two counts end to end, and one inside the other: the most and the fewest different people."""
    fewest, most = (rounded(one.value) for one in ecommerce.distinct_people(records))
    ends = {lang: (number(fewest, lang), number(most, lang)) for lang in ("en", "zh")}
    counts = {name: bounds_of(records, name).value for name in COUNTS}
    said = {
        lang: {name: number(rounded(value), lang) for name, value in counts.items()}
        for lang in ("en", "zh")
    }
    starts = {"none": counts[ecommerce.JOBS], "all": 0.0}
    data = pd.DataFrame(
        [
            (case, name, start if name == ecommerce.INCOME else 0.0, counts[name], people)
            for (case, start), people in zip(starts.items(), (most, fewest), strict=True)
            for name in COUNTS
        ],
        columns=["in_both", "claim_id", "start", "people", "different_people"],
    )
    return ChartSpec(
        data=data,
        values=("people",),
        unit="person",
        draw=_draw_distinct,
        en=Text(
            headline=f"Two e-commerce counts stand for {ends['en'][0]} to {ends['en'][1]} different people",
            subtitle="People in two counts of the same briefing, China, cumulative to August 2021: the most and the fewest there can be",
            note="How many people are in both counts is not stated. Both rest on incomplete statistics and are rounded.",
            alt=f"Bar chart with two rows. End to end, the counts of people with more income, {said['en'][ecommerce.INCOME]}, and of farmers with work, {said['en'][ecommerce.JOBS]}, come to {ends['en'][1]} different people if nobody is in both. One inside the other they come to {ends['en'][0]}. The overlap is not stated.",
        ),
        zh=Text(
            headline=f"两项电商人数去除重复后为{ends['zh'][0]}至{ends['zh'][1]}人",
            subtitle="同一发布会的两项人数，中国，累计至2021年8月：去除重复后最多和最少的人数",
            note="同时计入两数的人有多少，文件未说明。两项人数均为不完全统计，且已取整。",
            alt=f"两行条形图。若没有人同时计入两数，收入增加的{said['zh'][ecommerce.INCOME]}人与创业就业的{said['zh'][ecommerce.JOBS]}人互不重复，共{ends['zh'][1]}人；若收入增加者全部属于创业就业者，一条包含另一条，共{ends['zh'][0]}人。文件没有说明实际的重叠人数，因此只能给出上下限，而不能给出一个确定的数字。",
        ),
        labels={
            "none": ("At most: nobody is in both", "最多：无人重叠"),
            "all": ("At least: all with more income also have work", "最少：增收者均属就业者"),
            "value:none": (ends["en"][1], f"{ends['zh'][1]}人"),
            "value:all": (ends["en"][0], f"{ends['zh'][0]}人"),
            ecommerce.INCOME: (
                f"with more income: {said['en'][ecommerce.INCOME]}",
                f"收入增加：{said['zh'][ecommerce.INCOME]}人",
            ),
            ecommerce.JOBS: (
                f"farmers with work: {said['en'][ecommerce.JOBS]}",
                f"农民创业就业：{said['zh'][ecommerce.JOBS]}人",
            ),
        },
    )


def _draw_distinct(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for y, case in enumerate(CASES):
        rows = spec.data[spec.data["in_both"] == case]
        with group(axes, case):
            for row in rows.itertuples():
                inner = case == "all" and row.claim_id == ecommerce.INCOME
                thick = (10 if narrow(axes) else 18) * (0.4 if inner else 1)
                x = [row.start, row.start + row.people]
                bar(axes, x, [y, y], LOOKS[row.claim_id], width=thick, alpha=1)
            end = float(rows["different_people"].iloc[0])
            size = "label" if narrow(axes) else "value"
            place = Place((end, y), (6, 0), "left", "center")
            put(axes, words[f"value:{case}"], [place], color=CALCULATED, weight="bold", size=size)
    row_labels(axes, [words[case] for case in CASES])
    coloured_words(axes, [(words[name], LOOKS[name]) for name in COUNTS])
    axes.set_xlim(0, float(spec.data["different_people"].max()) * 1.02)
    bare_cells(axes)
    axes.set_xticks([])
