"""Charts on labor-export incomes."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.form import Form
from analysis.plotting.marks import curve_axes, label, numbers_on
from analysis.plotting.registry import chart
from analysis.plotting.rows import claim_rows, finding_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, DASHED, DOTTED, MUTED, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.labor_export import findings as labor
from analysis.words.wording import number, percent, rounded, stated

MEDIANS = ("most_cny", "log_normal_cny", "others_cny")  # the bound first
ONE = 0.01  # share of top earners that the headline is about
TOP_SHARES = tuple(step / 1000 for step in range(5, 101))


@chart("labor-stated-incomes", claims=(labor.INCOME, labor.TOP))
def stated_incomes(records: Records) -> ChartSpec:
    """The stated incomes, and the average spread over a household."""
    claims = claim_rows(records, (labor.TOP, labor.INCOME)).rename(columns={"claim_id": "row"})
    found = {one.value_id: one for one in labor.findings(records)}
    heads = [found[f"labor.income-per-head-{size}"] for size in labor.HOUSEHOLD_SIZES]
    spread = finding_rows(heads).assign(row=[f"household-of-{n}" for n in labor.HOUSEHOLD_SIZES])
    claims.loc[claims["row"] == labor.TOP, "value"] = (
        math.nan
    )  # nobody states the middle of the range
    columns = ["row", "value", "low", "high"]
    data = pd.concat([claims[columns], spread[columns]], ignore_index=True)
    said = {
        lang: [number(rounded(one.low, "down"), lang) for one in heads] for lang in ("en", "zh")
    }
    top, mean = (records.claim(name) for name in (labor.TOP, labor.INCOME))
    return ChartSpec(
        data=data,
        values=("value",),
        unit="CNY/person/year",
        draw=_draw_incomes,
        price_basis="nominal",
        en=Text(
            headline=f"The stated average is at least {said['en'][0]} yuan per head in a household of three",
            subtitle="Yearly income of workers sent abroad, China, yuan, nominal; stated in August 2021, year of the income not said",
            note="Arrow: stated as more than, no upper end. Bar: stated range, for some. Household sizes are assumed, with no other income; gross or net of fees and living costs is not stated.",
            alt=f"Dot plot of yearly incomes of workers sent abroad: {stated(mean)} on average, {stated(top)} for some. Spread over a household of three, four or five the average is at least {said['en'][0]}, {said['en'][1]} or {said['en'][2]} yuan per head.",
        ),
        zh=Text(
            headline=f"按三口之家分摊，所述平均年收入每人至少{said['zh'][0]}元",
            subtitle="中国贫困地区派出劳务人员年收入，元/人，当年价；2021年8月发布，收入年份未说明",
            note="箭头：表述为“超过”，无上限。横条：“三四十万”所指的范围，仅为部分人。家庭规模为假设，并假设没有其他收入；是否扣除中介费和生活费，文件未说明。",
            alt=f"点图，列出派出劳务人员的年收入：平均{stated(mean, 'zh')}，部分人{stated(top, 'zh')}。若将平均收入分摊到三口、四口或五口之家，每人至少分别为{said['zh'][0]}元、{said['zh'][1]}元和{said['zh'][2]}元。收入年份以及是否扣除费用，文件都没有说明，家庭规模为假设。",
        ),
        labels={
            labor.TOP: ("Some of the workers", "部分人员"),
            labor.INCOME: ("Average worker", "人均收入"),
            "x": ("yuan a year", "元/年"),
        }
        | {
            f"household-of-{n}": (f"Per head, household of {n}", f"分摊到{n}口之家，人均")
            for n in labor.HOUSEHOLD_SIZES
        }
        | paired(lambda lang: _income_labels(records, data, lang)),
    )


def _income_labels(records: Records, data: pd.DataFrame, lang: str) -> dict[str, str]:
    least = {"en": "at least {}", "zh": "至少{}"}[lang]
    bare = {"en": (" yuan a year", ""), "zh": ("每年", "")}[lang]
    return {
        f"value:{row.row}": stated(records.claim(row.row), lang).replace(*bare).removesuffix("元")
        if row.row in (labor.TOP, labor.INCOME)
        else least.format(number(rounded(row.low, "down"), lang))
        for row in data.itertuples()
    }


def _draw_incomes(axes: Axes, spec: ChartSpec, lang: str) -> None:
    claims = (labor.TOP, labor.INCOME)
    interval_rows(
        axes, spec, lang, "row", color=lambda row: REPORTED if row.row in claims else SCENARIO
    )
    axes.set_xlim(0, 400e3)
    numbers_on(axes.xaxis, lang)


@chart("labor-typical-earnings", claims=(labor.INCOME, labor.TOP))
def typical_earnings(records: Records) -> ChartSpec:
    """Largest median that any distribution with the stated mean has, and two models, by the share of top earners."""
    limit = labor.largest_top_share(records)
    data = labor.mixture(records, tuple(sorted((*TOP_SHARES, limit))))
    one = data.loc[data["top_share"] == ONE].iloc[0]
    mean, top = records.claim(labor.INCOME).value_low, records.claim(labor.TOP).value_low
    medians = {
        lang: [number(rounded(one[name]), lang) for name in MEDIANS] for lang in ("en", "zh")
    }
    most = percent(rounded(limit, "down"))
    declared = {
        "share of top earners": one["top_share"],
        "median, log-normal": one["log_normal_cny"],
        "median, others alike": one["others_cny"],
        "median, at most": one["most_cny"],
        "largest share for a log-normal": rounded(limit, "down"),
    }
    return ChartSpec(
        data=data,
        values=MEDIANS,
        unit="CNY/person/year",
        form=Form(
            "lines",
            "top_share",
            colors={"most_cny": CALCULATED, "log_normal_cny": SCENARIO, "others_cny": MUTED},
        ),
        draw=lambda axes, spec, lang: _draw_typical(axes, spec, lang, (mean, limit)),
        price_basis="nominal",
        said=declared,
        en=Text(
            headline=f"With 1% above {number(top)} yuan, the median is at most {medians['en'][0]} yuan",
            subtitle="Median yearly income of workers sent abroad, China, yuan, nominal, by share of top earners, at the mean stated in 2021",
            note=f"The share of top earners is not stated. Solid: no distribution has a larger median. Dashed: two models, as examples; no log-normal with this mean has more than {most} above {number(top)} yuan. From below only 0 bounds the median. The mean is stated as more than: all lines rise with it.",
            alt=f"Line chart for a mean of {number(mean)} yuan a year. With 1% above {number(top)} yuan the median is at most {medians['en'][0]}, whatever the distribution. Two examples: {medians['en'][1]} if incomes are log-normal, {medians['en'][2]} if all others earn alike. Beyond {most} no such log-normal exists.",
        ),
        zh=Text(
            headline=f"若1%的人收入超过{number(top, 'zh')}元，中位数至多为{medians['zh'][0]}元",
            subtitle="中国派出劳务人员年收入中位数，元，当年价，按高收入者比例；均值为2021年所述平均收入",
            note=f"高收入者的比例文件未说明。实线：任何分布的中位数都不会高于此线。虚线：两种模型，仅为举例；按此均值的对数正态分布，收入超过{number(top, 'zh')}元者不可能多于{most}。中位数的下限为0。均值表述为“超过”，如均值更高，各线随之上移。",
            alt=f"折线图，均值为{number(mean, 'zh')}元。若1%的人收入超过{number(top, 'zh')}元，无论分布如何，中位数至多为{medians['zh'][0]}元。两种模型为例：若收入服从对数正态分布，约为{medians['zh'][1]}元；若其余的人收入都相同，约为{medians['zh'][2]}元。比例超过{most}时，这样的对数正态分布并不存在。",
        ),
        labels={
            "x": (
                f"assumed share of workers above {number(top)} yuan",
                f"假定的收入超过{number(top, 'zh')}元者的比例",
            ),
            "y": ("yuan a year", "元/年"),
            "mean": (
                f"stated mean, more than {number(mean)}",
                f"所述均值：超过{number(mean, 'zh')}",
            ),
            "top": (medians["en"][0], medians["zh"][0]),
            "most_cny": ("at most, any distribution", "任何分布：至多"),
            "log_normal_cny": ("example: log-normal", "举例：对数正态分布"),
            "others_cny": ("example: two groups", "举例：两组"),
            "limit": (f"no log-normal beyond {most}", f"超过{most}，对数正态无解"),
        },
    )


def _draw_typical(axes: Axes, spec: ChartSpec, lang: str, marks: tuple[float, float]) -> None:
    words, data, (mean, limit) = spec.text(lang).labels, spec.data, marks
    shares = data["top_share"]
    one = data.loc[shares == ONE].iloc[0]
    for name, style, share in zip(MEDIANS, ("-", DASHED, DASHED), (0.06, 0.03, 0.1), strict=True):
        color = CALCULATED if name == MEDIANS[0] else SCENARIO
        axes.plot(shares, data[name], color=color, linestyle=style)
        axes.plot(ONE, one[name], "o", color=color, markersize=5.5)
        at = data.iloc[(shares - share).abs().argmin()]
        place = (at["top_share"], at[name])
        text = words[name]
        if narrow(axes) and style == DASHED:  # in two lines, clear of the other curve
            text = text.replace(": ", ":\n").replace("：", "：\n")
        label(axes, *place, text, color=color, offset=(0, -5), ha="right")
    look: Looks = {"weight": "bold", "size": "value", "ha": "left"}
    label(axes, ONE, one[MEDIANS[0]], words["top"], offset=(-4, 5), **look)
    axes.axhline(mean, color=REPORTED, linewidth=1.1, linestyle=DASHED)
    axes.axvline(limit, color=MUTED, linewidth=1.1, linestyle=DOTTED)
    label(axes, 0.1, mean, words["mean"], color=REPORTED, offset=(-2, 3), ha="right")
    label(axes, limit, 8e3, words["limit"], color=MUTED, offset=(-5, 0), va="bottom")
    axes.set(xlim=(0, TOP_SHARES[-1] + 0.001), ylim=(0, 2.4 * mean))
    curve_axes(axes, words, lang, x="percent")
    axes.set_xticks([ONE, 0.04, 0.07, 0.1])


COMPARED = {
    "income-over-migrant-wage-10": ("Outgoing migrants' pay, ten months", "外出农民工工资，10个月"),
    "income-over-migrant-wage-12": ("Outgoing migrants' pay, a year", "外出农民工工资，12个月"),
    "income-over-all-migrants-wage-12": ("All migrants' pay, a year", "全部农民工工资，12个月"),
    "income-over-urban-wage": ("Urban wage, non-private units", "城镇非私营单位年平均工资"),
    "income-over-rural-income": ("Rural income per person", "农村居民人均收入"),
    "income-over-area-income": ("Income per person, poverty areas", "贫困地区人均收入"),
}


@chart(
    "labor-income-compared",
    claims=(labor.INCOME,),
    series=(
        labor.OUTGOING_WAGE,
        labor.ALL_MIGRANTS_WAGE,
        labor.URBAN_WAGE,
        labor.RURAL_INCOME,
        labor.AREA_INCOME,
    ),
)
def income_compared(records: Records) -> ChartSpec:
    """The stated average income relative to pay and income at home in 2020."""
    found = {one.value_id.removeprefix("labor."): one for one in labor.findings(records)}
    rows = sorted(((name, found[name]) for name in COMPARED), key=lambda pair: pair[1].value)
    data = pd.DataFrame(
        [(name, one.value, one.low, one.high) for name, one in rows],
        columns=["compared_with", "ratio", "ratio_low", "ratio_high"],
    )
    said = {name: f"{rounded(one.low, 'down'):g}" for name, one in rows}
    migrant = (said["income-over-migrant-wage-12"], said["income-over-migrant-wage-10"])
    return ChartSpec(
        data=data,
        values=("ratio",),
        unit="CNY per CNY",
        form=Form("dots", "compared_with", ranges={"ratio": ("ratio_low", "ratio_high")}),
        draw=_draw_compared,
        price_basis="nominal",
        en=Text(
            headline=f"The stated income abroad is at least {migrant[0]} to {migrant[1]} times outgoing migrants' pay",
            subtitle="Stated yearly income of workers sent abroad (year not said) over yearly pay and income in China, 2020, nominal",
            note="Arrow: stated as more than. A worker's gross income beside pay, or beside income per person of whole families: a size, not a gain. Fees and living costs abroad are not known. Outgoing: working outside their home township.",
            alt=f"Dot plot of the stated income of workers sent abroad relative to figures of 2020: at least {said['income-over-urban-wage']} times the urban wage, at least {migrant[0]} times outgoing migrants' pay over twelve months and at least {migrant[1]} over ten, at least {said['income-over-rural-income']} times rural income per person.",
        ),
        zh=Text(
            headline=f"所述境外收入至少为外出农民工工资的{migrant[0]}倍或{migrant[1]}倍，视月数而定",
            subtitle="派出劳务人员所述平均年收入（年份未说明）与2020年中国工资和收入之比，当年价",
            note="箭头：表述为“超过”。以一名劳动者的毛收入与工资或全家人均收入相比，只是规模对比，不是增收；在外费用和生活费未知。外出：在户籍所在乡镇以外从业。",
            alt=f"点图，列出派出劳务人员所述平均年收入与2020年各项数字之比：与外出农民工工资之比，按12个月计至少为{migrant[0]}，按10个月计至少为{migrant[1]}；与城镇非私营单位就业人员年平均工资之比至少为{said['income-over-urban-wage']}；与农村居民人均收入之比至少为{said['income-over-rural-income']}。收入年份未说明，这只是规模对比，并不是增收。",
        ),
        labels=COMPARED
        | {f"value:{name}": (f"at least {value}", f"至少{value}") for name, value in said.items()}
        | {"x": ("times", "倍")},
    )


def _draw_compared(axes: Axes, spec: ChartSpec, lang: str) -> None:
    interval_rows(axes, spec, lang, "compared_with", values=("ratio", "ratio_low", "ratio_high"))
    if not narrow(axes):
        axes.axvline(1, color=MUTED, linewidth=1.1, linestyle=DOTTED)
    axes.set_xlim(0, 9)
