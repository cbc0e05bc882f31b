"""Chart of designs: what weaker ones find relative to stronger ones."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.marks import bar, log_ticks, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import EVIDENCE, chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, INK, TINT
from analysis.records.load import Records
from analysis.themes.evidence import findings as evidence
from analysis.themes.evidence.charts_rows import CODES, DESIGN_NAMES
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import percent, plain, rounded

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


@chart("evidence-design-strength", basis=EVIDENCE)
def design_strength(records: Records) -> ChartSpec:
    """What the weaker design finds, relative to the stronger, for comparable outcomes."""
    found = evidence.weaker_over_stronger(records)
    data = (
        found.explode("estimate_ids")
        .rename(columns={"estimate_ids": "estimate_id"})
        .merge(records.evidence[["estimate_id", "citation"]], on="estimate_id")
    )
    ends = found.set_index("question").loc[evidence.BIAS, ["low", "high"]] - 1
    least, most = (percent(rounded(end)) for end in ends)
    en, zh = (_times(found, lang) for lang in LANGUAGES)
    return ChartSpec(
        data=data,
        values=("low", "high"),
        unit="ratio",
        draw=_draw_strength,
        said={"least overstatement": ends["low"], "largest overstatement": ends["high"]}
        | {
            f"{row.question}, {end}": getattr(row, end)
            for row in found.itertuples()
            for end in ("low", "high")
        },
        en=Text(
            headline=f"On one data set other methods find {least} to {most} more than a lottery does",
            subtitle="Incomes and exports, weaker design over stronger, China and elsewhere, 2002 to 2025",
            note="Bars: from the lowest to the highest ratio of what is printed, an interval included; no means of papers. Same question, outcome and unit. Only the last row holds the data fixed: between studies everything else differs too. Of the experiment on e-commerce no number was found.",
            alt=f"Range plot on a logarithmic axis of weaker over stronger designs. Other estimators over a lottery {en['bias']}, on one data set. Between studies: demonstration counties {en['demonstration_income']}, export promotion {en['export_promotion']}, seasonal work abroad {en['work_abroad']}, poor counties {en['poor_county']}.",
        ),
        zh=Text(
            headline=f"用同一数据，其他方法的估计比抽签结果高{least}至{most}",
            subtitle="收入和出口，较弱设计的估计与较强设计之比，中国及其他国家，研究发表于2002—2025年",
            note="横条：所列数字（含区间）最低之比至最高之比，不取各文的平均。问题、指标和单位相同。只有最后一行使用同一数据；其余各行地区、年份、研究均不同，不能作检验。电商随机试验未查到数字。",
            alt=f"对数坐标范围图，为较弱设计与较强设计的估计之比。其他估计方法与抽签之比{zh['bias']}，使用同一数据。各研究之间：示范县{zh['demonstration_income']}，出口促进{zh['export_promotion']}，季节性出国务工{zh['work_abroad']}，贫困县{zh['poor_county']}。各组研究的地区和年份不同，不能作为对设计的检验。",
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
        }
        | {f"said:{evidence.BIAS}": (f"{least} to {most} larger", f"高{least}至{most}")},
    )


def _times(found: pd.DataFrame, lang: str) -> dict[str, str]:
    """Lowest to highest ratio of each question, in words."""
    to, times = {"en": (" to ", "{} times"), "zh": ("至", "{}倍")}[lang]
    ends = {
        row.question: (plain(rounded(row.low)), plain(rounded(row.high)))
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
    if not narrow(axes):
        axes.axvline(1, color=INK, linewidth=0.8)
    for y, row in enumerate(rows.itertuples()):
        bold, right = row.question == evidence.BIAS, max(row.high, 1.0)
        with group(axes, row.question):
            bar(axes, [row.low, row.high], [y, y], CALCULATED, width=8, alpha=1 if bold else TINT)
            place = Place((right, y), (7, 0), "left", "center")
            weight = "bold" if bold else "normal"
            put(axes, words[f"said:{row.question}"], [place], color=CALCULATED, weight=weight)
    emphasised = list(rows["question"]).index(evidence.BIAS)
    row_labels(axes, [words[name] for name in rows["question"]], emphasised=emphasised)
    log_ticks(axes.xaxis, [0.2, 0.5, 1, 2, 5], lang)
