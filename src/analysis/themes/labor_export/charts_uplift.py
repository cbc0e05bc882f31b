"""Chart on what the net uplift of workers abroad depends on."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.scenarios import draw
from analysis.methods.scenarios.sensitivity import sobol_indices, tornado
from analysis.plotting.marks import bar, label, numbers_on, row_labels
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import DOTTED, MUTED, SCENARIO
from analysis.records.load import Records
from analysis.themes.labor_export import uplift as labor_uplift
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, percent, plain, rounded

SHOWN = {  # input -> row label in English and Chinese, and how its ends are said
    "assumed:labor-cost-share": ("costs, share of income", "费用占收入的比例", "share"),
    "assumed:labor-stock-share": ("share abroad at one time", "同时在外的比例", "share"),
    "assumed:labor-months-at-home": ("months of pay at home", "国内务工领薪月数", "month"),
    labor_uplift.INCOME: ("stated income, next digit", "所述收入（至下一位数）", "CNY"),
    "assumed:labor-months-paid": ("months of pay abroad", "在外领薪月数", "month"),
}
MONTHS = {"en": " months", "zh": "个月"}


@chart(
    "labor-net-uplift",
    claims=(labor_uplift.PEOPLE, labor_uplift.INCOME),
    series=(labor_uplift.MIGRANT_WAGE,),
)
def net_uplift(records: Records) -> ChartSpec:
    """Net uplift of all workers in a year, each input moved between its 5 and 95 percent points."""
    (scenario,) = labor_uplift.scenarios(records)
    data = tornado(records, scenario, labor_uplift.TOTAL)
    data = data[data["input"].isin(SHOWN)].reset_index(drop=True)
    indices = sobol_indices(records, scenario)
    total = indices[indices["output"] == labor_uplift.TOTAL].set_index("input")["total"]
    costs = data.set_index("input").loc["assumed:labor-cost-share"]
    range_ = draw(records, scenario).table().set_index("output").loc[labor_uplift.TOTAL]
    overall = {"scenario range, 5%": range_["p5"], "scenario range, 95%": range_["p95"]}
    ends = {
        lang: [
            number(rounded(value, 2), lang)
            for value in (costs["at_p5"], costs["at_p95"], *overall.values())
        ]
        for lang in ("en", "zh")
    }
    share = [
        plain(rounded(total[f"assumed:labor-{name}"], 2)) for name in ("cost-share", "stock-share")
    ]
    en, zh = ends["en"], ends["zh"]
    return ChartSpec(
        data=data,
        values=("at_p5", "at_p95"),
        unit="CNY/year",
        draw=_draw_uplift,
        price_basis="nominal",
        said=overall,
        en=Text(
            headline=f"Costs alone move the yearly net uplift from {en[0]} to {en[1]} yuan",
            subtitle="Net uplift of workers abroad in a year over pay in China, figures of 2021, yuan, nominal; inputs at 5% and 95%",
            note=f"A scenario, no estimate: costs and the share abroad at one time are not stated and may be anything from 0 to 1. Scenario range of all draws, 5% to 95%: {en[2]} to {en[3]}. Sobol total index: costs {share[0]}, share abroad {share[1]}. Income read up to its next digit.",
            alt=f"Tornado chart of the net uplift of all workers sent abroad in a year: moving the share of costs alone takes it from {en[0]} to {en[1]} yuan, more than any other input. The scenario range of all draws runs from {en[2]} to {en[3]} yuan.",
        ),
        zh=Text(
            headline=f"仅费用一项不同，全年净增收就由{zh[0]}元变为{zh[1]}元",
            subtitle="中国贫困地区全部外派劳务人员（2021年所述）一年比国内务工多得的净收入，元，名义值；各项取5%和95%分位",
            note=f"这是情景，不是估计：费用和同时在外的比例原文未说明，可以是0到1之间的任何值。全部抽样的情景区间（5%至95%）：{zh[2]}元至{zh[3]}元。索博尔总指数：费用{share[0]}，同时在外比例{share[1]}。收入按至下一位数解读。",
            alt=f"龙卷风图，列出全部外派劳务人员一年净增收随各项的变动：仅费用占收入的比例一项不同，净增收就由{zh[0]}元变为{zh[1]}元，幅度大于其他各项。全部抽样的情景区间为{zh[2]}元至{zh[3]}元。费用和同时在外的比例原文都没有说明，因此这是情景，不是估计。",
        ),
        labels=paired(lambda lang: _labels(data, lang)) | {"x": ("yuan a year", "元/年")},
    )


def _labels(data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Row labels, and what each input is at the two ends."""
    words = {name: shown[LANGUAGES.index(lang)] for name, shown in SHOWN.items()}
    say: dict[str, Callable[[float], str]] = {
        "share": percent,
        "month": lambda value: plain(value) + MONTHS[lang],
        "CNY": lambda value: number(value, lang),
    }
    for row in data.itertuples():
        word = say[SHOWN[row.input][2]]
        words[f"{row.input}:p5"] = word(row.input_p5)
        words[f"{row.input}:p95"] = word(row.input_p95)
    return words


def _draw_uplift(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    middle = data["middle"].iloc[0]
    for y, row in enumerate(data.itertuples()):
        bar(axes, [row.at_p5, row.at_p95], [y, y], SCENARIO, width=9, alpha=0.55)
        for end, value in (("p5", row.at_p5), ("p95", row.at_p95)):
            offset = (5 if value > middle else -5, 0)
            label(axes, value, y, words[f"{row.input}:{end}"], color=SCENARIO, offset=offset)
    axes.axvline(0, color=MUTED, linewidth=1.1, linestyle=DOTTED)
    axes.axvline(middle, color=SCENARIO, linewidth=0.8)
    row_labels(axes, [words[name] for name in data["input"]])
    axes.set(xlim=(-3.6e9, 4.6e9), xlabel=words["x"])
    numbers_on(axes.xaxis, lang)
