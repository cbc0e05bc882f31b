"""Charts of somebody's own study, in the looks of the notebooks: event study, groups, comparisons, honest bounds, cells used."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.causal.estimators import EARLIER, KINDS, LATER, UNTREATED
from analysis.methods.causal.power import percent_change
from analysis.methods.causal.study import Study
from analysis.plotting.marks import bar, bare_cells, cell, interval, numbers_on, row_labels
from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import MUTED, REPORTED, SCENARIO, TINT
from analysis.plotting.view import Chart
from analysis.records.load import Records
from analysis.themes.causal_design.charts import draw_events
from analysis.themes.causal_design.charts_comparisons import draw_weights
from analysis.words.wording import number, percent, rounded

YOURS = {"en": "Your data", "zh": "您的数据"}
SOURCES = {
    "en": "Source: your data, calculated here. No part of the published collection.",
    "zh": "来源：您的数据，由本程序计算，不属于已发布的资料集。",
}
MARKED = (" Fewer than five treated units: not to be believed.", "处理单位少于五个的估计不可信。")
KIND_WORDS = {
    UNTREATED: ("treated against untreated", "已处理的与未处理的相比"),
    EARLIER: ("earlier against batches not yet treated", "先加入的与尚未纳入的相比"),
    LATER: ("later against batches already treated", "后加入的与早已纳入的相比"),
}


def own_charts(found: Study, lang: str = "en") -> dict[str, Chart]:
    """The charts of a study by name, each labelled as the reader's own data; those that nothing is known for are left out."""
    made = {
        "event-study": (found.events, _events),
        "groups": (found.cohorts, _groups),
        "bacon-weights": (found.pairs, _weights),
        "honest-bounds": (found.bounds, _bounds),
        "cells-used": (found.effects.table, _cells),
    }
    charts = {}
    for name, (table, make) in made.items():
        if len(table):
            spec = make(found)
            known = ChartDefinition(f"your-data-{name}", "", (), (), _own, "your data")
            charts[name] = Chart(known, spec, SOURCES, lang, licence="")
    return charts


def _own(records: Records) -> ChartSpec:
    raise NotImplementedError("a chart of somebody's own data is not made from the records")


def _said(found: Study, value: float) -> str:
    """An effect in words: a percentage if the outcome is a logarithm."""
    own = rounded(percent_change(value) if found.is_log else value)
    return percent(own) if found.is_log else number(own)


def _shares(found: Study, table: pd.DataFrame, *names: str) -> pd.DataFrame:
    """Columns as they are shown: as shares if the outcome is a logarithm."""
    values = table[list(names)].astype(float)
    return (values.map(percent_change) if found.is_log else values).round(6)


def _text(lang: str, headline: str, subtitle: str, note: str) -> Text:
    mark = "：" if lang == "zh" else ": "
    return Text(f"{YOURS[lang]}{mark}{headline}", subtitle, note, f"{headline}. {subtitle}. {note}")


def _spec(
    found: Study,
    data: pd.DataFrame,
    draw: Callable[[Axes, ChartSpec, str], None],
    texts: tuple[tuple[str, str, str], tuple[str, str, str]],
    labels: dict[str, tuple[str, str]],
) -> ChartSpec:
    unit = "share of the outcome" if found.is_log else "unit of the outcome"
    values = ("weight",) if "weight" in data else tuple(data.columns[1:2])
    en, zh = _text("en", *texts[0]), _text("zh", *texts[1])
    y = {"y": ("effect", "效应")}
    return ChartSpec(data, values, unit, draw, en, zh, labels=y | labels)


def _events(found: Study) -> ChartSpec:
    table = found.events
    shown = _shares(found, table, "att", "low", "high", "band_low", "band_high")
    data = shown.rename(columns={"att": "estimate"}).assign(few=table["rests_on"] != "")
    data.insert(0, "event", table["key"])
    first = table.set_index("key").loc[0]
    effect, low, high = (_said(found, first[name]) for name in ("att", "low", "high"))
    en = "Thick bars: 95% interval of each; thin lines: band that holds all at once. Not rejecting equal trends before is no evidence for them later."
    zh = "粗线为各自的95%区间，细线为同时覆盖全部的区间带。此前未拒绝趋势相同，不等于此后也相同。"
    marked = bool(data["few"].any())
    return _spec(
        found,
        data,
        draw_events,
        (
            (
                f"{effect} in the first year of treatment ({low} to {high})",
                "Effect by years since treatment, against units not yet treated",
                en + MARKED[0] * marked,
            ),
            (
                f"处理首年的效应为{effect}（{low}至{high}）",
                "按处理后年数的效应，与尚未处理的单位相比",
                zh + MARKED[1] * marked,
            ),
        ),
        {
            "x": ("years since treatment", "处理后的年数"),
            "estimate": ("estimate", "估计值"),
            "before": ("before", "处理前"),
        },
    )


def _groups(found: Study) -> ChartSpec:
    table = found.cohorts
    data = _shares(found, table, "att", "low", "high")
    data.insert(0, "group", table["key"])
    data["few"] = table["rests_on"] != ""
    ends = tuple(_said(found, end) for end in (table["att"].min(), table["att"].max()))
    marked = bool(data["few"].any())
    return _spec(
        found,
        data,
        _draw_rows,
        (
            (
                f"groups differ from {ends[0]} to {ends[1]}",
                "Average effect by first year of treatment",
                "Bars: 95% interval of each." + MARKED[0] * marked,
            ),
            (
                f"各批效应由{ends[0]}至{ends[1]}",
                "按首次处理年份的平均效应",
                "横条为各自的95%区间。" + MARKED[1] * marked,
            ),
        ),
        {f"row:{n}": (str(key), str(key)) for n, key in enumerate(table["key"])},
    )


def _weights(found: Study) -> ChartSpec:
    data = found.pairs.assign(share=_shares(found, found.pairs, "estimate")["estimate"])
    kinds = found.comparisons.set_index("kind")["weight"]
    wrong = percent(rounded(float(kinds.get(LATER, 0.0))))
    data = data[["kind", "share", "weight", "group", "against"]]
    en = "Each mark compares two groups (Goodman-Bacon). Where effects grow, groups already treated are a wrong comparison. Weights sum to one."
    zh = "每个标记为两批之间的一次比较（古德曼-培根分解）。效应随时间扩大时，早已处理的批次不是恰当的比较对象。权重之和为一。"
    return _spec(
        found,
        data,
        draw_weights,
        (
            (
                f"{wrong} of the two-way weight compares with groups already treated",
                "Comparisons within the two-way coefficient: weight and estimate",
                en,
            ),
            (
                f"双向系数中{wrong}的权重来自与早已处理的批次的比较",
                "双向固定效应系数中各次比较的权重与估计值",
                zh,
            ),
        ),
        {"x": ("weight in the coefficient", "在系数中的权重"), "y": ("estimate", "估计值")}
        | {kind: KIND_WORDS[kind] for kind in KINDS},
    )


def _bounds(found: Study) -> ChartSpec:
    table = found.bounds
    data = _shares(
        found,
        table.assign(att=(table["lower"] + table["upper"]) / 2),
        "att",
        "lower",
        "upper",
        "low",
        "high",
    )
    data.insert(0, "times", table["times"])
    once = table[(table["times"] == 1.0)].iloc[0]
    low, high = _said(found, once["low"]), _said(found, once["high"])
    words = {"in the first year": "首年"}
    rows = {
        f"row:{n}": (
            f"{one.effect}, {one.times:g}×",
            f"{words.get(one.effect, '前几年平均')}，{one.times:g}倍",
        )
        for n, one in enumerate(table.itertuples())
    }
    en = "By how many times the largest difference of trends before treatment trends may differ after it (Rambachan and Roth). Thin line: 95% confidence set."
    zh = "处理后趋势差异最多为处理前最大差异的所示倍数（Rambachan与Roth）。细线为95%置信集。"
    return _spec(
        found,
        data,
        _draw_rows,
        (
            (
                f"{low} to {high} in the first year if trends differ as much as before",
                "Honest bounds on the effect",
                en,
            ),
            (f"若趋势差异不大于此前，首年效应为{low}至{high}", "效应的稳健界限", zh),
        ),
        rows,
    )


def _cells(found: Study) -> ChartSpec:
    data = found.effects.table[["group", "year", "treated", "compared", "event"]]
    least = data.loc[data["compared"].idxmin()]
    en = "Numbers: units treated and units they are compared with. Dark: after treatment began. Empty: no comparison, no effect."
    zh = "数字为处理单位数与对照单位数。深色为处理开始之后；空白处没有对照，也没有估计。"
    said = int(least["compared"])
    return _spec(
        found,
        data,
        _draw_cells,
        (
            (
                f"the thinnest comparison rests on {said} units",
                "Cells used: first year of treatment, by year",
                en,
            ),
            (f"对照最少的比较只有{said}个对照单位", "所用的单元格：首次处理年份与年份", zh),
        ),
        {"x": ("year", "年份"), "y": ("first treated", "首次处理")},
    )


def _draw_rows(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for y, row in enumerate(data.itertuples()):
        color = MUTED if getattr(row, "few", False) else SCENARIO
        if "lower" in data:
            axes.plot([row.low, row.high], [y, y], color=color, linewidth=1)
            interval(axes, y, row.att, (row.lower, row.upper), color=color)
        else:
            interval(axes, y, row.att, (row.low, row.high), color=color)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    row_labels(axes, [words[f"row:{y}"] for y in range(len(data))])
    axes.set_xlabel(words["y"])
    numbers_on(axes.xaxis, lang, as_percent=spec.unit.startswith("share"))


def _draw_cells(axes: Axes, spec: ChartSpec, lang: str) -> None:
    data = spec.data
    groups, years = sorted(set(data["group"])), sorted(set(data["year"]))
    crowded = len(years) * len(groups) > 120 or len(years) > 14
    for row in data.itertuples():
        x, y = years.index(row.year), groups.index(row.group)
        color = REPORTED if row.event >= 0 else MUTED
        bar(
            axes,
            [x - 0.42, x + 0.42],
            [y, y],
            color,
            width=max(4.0, 110 / len(groups)),
            alpha=1 if row.event >= 0 else TINT,
        )
        if not crowded:
            ink = "white" if row.event >= 0 else MUTED
            cell(axes, x, y, f"{row.treated} | {row.compared}", color=ink, size="small")
    row_labels(axes, list(map(str, groups)))
    step = int(np.ceil(len(years) / 10))
    axes.set_xticks(range(0, len(years), step), [str(year) for year in years[::step]])
    axes.set_xlim(-0.6, len(years) - 0.4)
    bare_cells(axes)
