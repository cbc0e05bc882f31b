"""Charts of designs: what weaker ones find relative to stronger ones, and which designs report nothing."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.marks import interval, log_ticks, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import EVIDENCE, chart
from analysis.plotting.rows import stacked_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import INK, MUTED, REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.evidence import findings as evidence
from analysis.themes.evidence.charts_rows import CODES, DESIGN_NAMES
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import plain, rounded

SETS = {
    "demonstration_income": ("Demonstration counties", "示范县"),
    "poor_county": ("Poor counties, a year", "贫困县，每年"),
    "work_abroad": ("Seasonal work abroad", "季节性出国务工"),
    "export_promotion": ("Export promotion", "出口促进"),
    "bias": ("Emigrants, one data set", "移民，同一数据"),
}
FINDS = {
    evidence.LARGER: ("larger", "更大"),
    evidence.SMALLER: ("smaller", "更小"),
    evidence.ALIKE: ("no clear difference", "无明显差异"),
}
SHADES = {"positive": REPORTED, "negative": REPORTED_LIGHT, "mixed": MUTED, "null": INK}
SAID = {
    "positive": ("more", "更高"),
    "negative": ("less", "更低"),
    "mixed": ("mixed", "不一"),
    "null": ("no difference", "无差异"),
}


@chart("evidence-design-strength", basis=EVIDENCE)
def design_strength(records: Records) -> ChartSpec:
    """What the weaker design finds, relative to the stronger, for comparable outcomes."""
    found = evidence.weaker_over_stronger(records)
    data = (
        found.explode("estimate_ids")
        .rename(columns={"estimate_ids": "estimate_id"})
        .drop(columns="ratio")
        .merge(records.evidence[["estimate_id", "citation"]], on="estimate_id")
    )
    sets = len(found)
    larger, smaller = (
        int((found["finds"] == finds).sum()) for finds in (evidence.LARGER, evidence.SMALLER)
    )
    en, zh = (_times(found, lang) for lang in LANGUAGES)
    return ChartSpec(
        data=data,
        values=("low", "value", "high"),
        unit="ratio",
        draw=_draw_strength,
        said={"sets": sets, "larger": larger, "smaller": smaller}
        | {
            f"{row.question}, {end}": getattr(row, end)
            for row in found.itertuples()
            for end in ("low", "high")
        },
        en=Text(
            headline=f"Weaker designs find more in {larger} of {sets} comparisons, and less in {smaller}",
            subtitle="Incomes and exports, weaker design over stronger, China and elsewhere, 2002 to 2025",
            note="Dot: ratio of mean estimates; bar: outermost ratios of what is printed, no interval. Same question, outcome and unit. Only the last row holds the data fixed; five rows are no test. Of the experiment on e-commerce no number was seen.",
            alt=f"Dot plot on a logarithmic axis of weaker over stronger designs. Demonstration counties {en['demonstration_income']}, export promotion {en['export_promotion']}, other estimators over a lottery {en['bias']}; seasonal work abroad {en['work_abroad']}, no clear difference; poor counties {en['poor_county']}, where a discontinuity finds more than a panel.",
        ),
        zh=Text(
            headline=f"{sets}组比较中，较弱的设计有{larger}组数值更大，{smaller}组更小",
            subtitle="收入和出口，较弱设计的估计与较强设计之比，中国及其他国家，研究发表于2002—2025年",
            note="点：估计均值之比；横条：所印数字的最外侧之比，并非置信区间。问题、指标和单位相同。只有最后一行使用同一数据；其余各行地区、年份、研究均不同，五行不能作检验。电商随机试验未见数字。",
            alt=f"对数坐标点图，为较弱设计与较强设计的估计之比。示范县{zh['demonstration_income']}，出口促进{zh['export_promotion']}，其他估计方法与抽签之比{zh['bias']}；季节性出国务工{zh['work_abroad']}，无明显差异；贫困县{zh['poor_county']}，断点设计反而大于面板。各组研究的地区和年份不同。",
        ),
        labels=CODES
        | FINDS
        | {"x": ("weaker design, times the stronger", "较弱设计为较强设计的倍数")}
        | paired(lambda lang: _names(found, lang))
        | {
            f"said:{row.question}": (
                f"{en[row.question]}: {FINDS[row.finds][0]}",
                f"{zh[row.question]}，{FINDS[row.finds][1]}",
            )
            for row in found.itertuples()
        },
    )


def _times(found: pd.DataFrame, lang: str) -> dict[str, str]:
    """Lowest to highest ratio of each question, in words."""
    to, times = {"en": (" to ", "{} times"), "zh": ("至", "{}倍")}[lang]
    ends = {
        row.question: (plain(rounded(row.low, 2)), plain(rounded(row.high, 2)))
        for row in found.itertuples()
    }
    return {name: times.format(to.join(dict.fromkeys(words))) for name, words in ends.items()}


def _names(found: pd.DataFrame, lang: str) -> dict[str, str]:
    """Names of the rows, with both designs."""
    place, over = LANGUAGES.index(lang), {"en": "{}:\n{} over {}", "zh": "{}：\n{}比{}"}[lang]
    return {
        row.question: over.format(
            SETS[row.question][place], *(words[place].lower() for words in _designs(row))
        )
        for row in found.itertuples()
    }


def _designs(row: Any) -> tuple[tuple[str, str], tuple[str, str]]:
    """Names of the weaker and of the stronger design."""
    if row.question == "bias":
        return ("other estimators", "其他方法"), ("lottery", "抽签")
    return DESIGN_NAMES[row.weak], DESIGN_NAMES[row.strong]


def _draw_strength(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, rows = spec.text(lang).labels, spec.data.drop_duplicates("question")
    axes.set(xscale="log", xlim=(0.12, 12), xlabel=words["x"])
    axes.axvline(1, color=INK, linewidth=0.8)
    row_labels(axes, [words[name] for name in rows["question"]])
    for y, row in enumerate(rows.itertuples()):
        said, before = words[f"said:{row.question}"], row.high < 1
        interval(axes, y, row.value, (row.low, row.high), text="" if before else said)
        if before:  # beside its bar it could cross the line at 1
            put(axes, said, [Place((row.low, y), (-14, 7), "left", "bottom")])
    log_ticks(axes.xaxis, [0.2, 0.5, 1, 2, 5], lang)


@chart("evidence-directions", basis=EVIDENCE)
def directions(records: Records) -> ChartSpec:
    """What studies say, by design."""
    rows = evidence.told(records)
    data = (
        rows[["estimate_id", "citation", "design", "outcome", "direction"]]
        .assign(findings=1.0)
        .reset_index(drop=True)
    )
    strong, weak = (
        data[data["design"].isin(designs)] for designs in (evidence.STRONG, evidence.WEAK)
    )
    counts = [
        (int(part["direction"].isin(evidence.NOTHING).sum()), len(part)) for part in (strong, weak)
    ]
    middle = data[data["design"] == "difference_in_differences"]
    between = int(middle["direction"].isin(evidence.NOTHING).sum()), len(middle)
    return ChartSpec(
        data=data,
        values=("findings",),
        unit="findings",
        draw=_draw_directions,
        published=True,
        said={
            f"{what} {name}": number
            for name, pair in zip(("strong", "weak", "between"), (*counts, between), strict=True)
            for what, number in zip(("nothing", "all"), pair, strict=True)
        }
        | {"of": len(data)},
        en=Text(
            headline=f"Null or mixed findings: {counts[0][0]} of {counts[0][1]} by strong designs, {counts[1][0]} of {counts[1][1]} by weak",
            subtitle="Published findings by design, the strongest first, China and elsewhere, studies of 2002 to 2025",
            note="Strong: experiments and discontinuities; weak: selection models, matching, cross-sections; diff-in-diff: difference-in-differences. One count for each study, outcome and direction; less may be good, as of a gap. A study without a difference may never be published, and a table found by searching is no census.",
            alt=f"Stacked bar chart of {len(data)} published findings by design and direction. Of experiments and discontinuities {counts[0][0]} of {counts[0][1]} report no difference or different ones, of difference-in-differences {between[0]} of {between[1]}, of selection models and cross-sections {counts[1][0]} of {counts[1][1]}.",
        ),
        zh=Text(
            headline=f"较强设计{counts[0][1]}项结果中{counts[0][0]}项无差异或不一，较弱设计{counts[1][1]}项中{counts[1][0]}项",
            subtitle="已发表的结果按设计（由强到弱）和方向分列，中国及其他国家，研究发表于2002—2025年",
            note="较强：随机试验和断点；较弱：选择模型、匹配和截面。每项研究、指标和方向各计一次；更低未必不好，例如差距。没有发现差异的研究可能从未发表；检索所得的表也不是普查。",
            alt=f"堆积条形图，按设计和方向列出{len(data)}项已发表的结果。随机试验和断点{counts[0][1]}项中有{counts[0][0]}项称无差异或各组不一，双重差分{between[1]}项中有{between[0]}项，选择模型和截面{counts[1][1]}项中有{counts[1][0]}项。没有发现差异的研究可能从未发表，这张表也不是普查。",
        ),
        labels={"x": ("findings", "项")} | (DESIGN_NAMES | SAID),
    )


def _draw_directions(axes: Axes, spec: ChartSpec, lang: str) -> None:
    designs = [name for name in evidence.DESIGNS if name in set(spec.data["design"])]
    stacked_rows(axes, spec, lang, ("design", "direction"), rows=designs, colors=SHADES)
