"""Charts on labor-export incomes."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.marks import interval, label, light_grid, numbers_on, row_labels
from analysis.charts.registry import chart
from analysis.charts.spec import ChartSpec, Text
from analysis.charts.style import CALCULATED, MUTED, REPORTED, SCENARIO
from analysis.charts.tables import claim_rows
from analysis.records.load import Records
from analysis.topics import labor
from analysis.wording import number, percent, rounded, stated

NOTEBOOK = "04_labor_export_incomes"
STOCK_SHARES = tuple(step / 20 for step in range(1, 21))
MONTHS = (10.0, 12.0)
TOP_SHARES = tuple(step / 1000 for step in range(5, 70))


@chart("labor-stated-incomes", notebook=NOTEBOOK, claims=(labor.INCOME, labor.TOP))
def stated_incomes(records: Records) -> ChartSpec:
    """The stated incomes, and the average spread over a household."""
    claims = claim_rows(records, (labor.TOP, labor.INCOME))
    found = {one.value_id: one for one in labor.findings(records)}
    heads = [(size, found[f"labor.income-per-head-{size}"]) for size in labor.HOUSEHOLD_SIZES]
    rows = [{"row": f"household-of-{size}", "value": one.value, "low": one.low, "high": one.high} for size, one in heads]
    data = pd.concat([claims.rename(columns={"claim_id": "row"})[["row", "value", "low", "high"]], pd.DataFrame(rows)], ignore_index=True)
    said = {lang: [number(rounded(one.low, 2, "down"), lang) for _, one in heads] for lang in ("en", "zh")}
    top, mean = (records.claim(name) for name in (labor.TOP, labor.INCOME))
    return ChartSpec(
        data=data,
        values=("value",),
        unit="CNY/person/year",
        draw=_draw_incomes,
        price_basis="nominal",
        en=Text(
            headline=f"The stated average is at least {said['en'][0]} yuan per head in a household of three",
            subtitle="Yearly income of workers sent abroad, yuan per person, nominal; year not stated (said in August 2021)",
            note="Arrow: stated as more than, no upper end. Bar: stated range, for some. Household sizes are assumed, with no other income; gross or net of fees "
            "and living costs is not stated.",
            alt=f"Dot plot of yearly incomes of workers sent abroad: {stated(mean)} on average, {stated(top)} for some. Spread over a household of three, four or five "
            f"the average is at least {said['en'][0]}, {said['en'][1]} or {said['en'][2]} yuan per head.",
            labels={labor.TOP: "Some of the workers", labor.INCOME: "Average worker", **{f"household-of-{n}": f"Per head, household of {n}" for n in labor.HOUSEHOLD_SIZES}, "x": "yuan a year",
                    **_income_labels(heads, top, mean, "en")},
        ),
        zh=Text(
            headline=f"按三口之家计算，所述平均收入人均至少{said['zh'][0]}元",
            subtitle="贫困地区外派劳务人员年收入，元/人，名义值；年份未说明（2021年8月发布）",
            note="箭头：原文为“超过”，无上限。横条：原文给出的区间，仅为部分人。家庭规模为假定，且设无其他收入；是否扣除中介费和生活费，原文未说明。",
            alt=f"点图，列出外派劳务人员的年收入：平均{stated(mean, 'zh')}，部分人{stated(top, 'zh')}。若将平均收入分摊到三口、四口或五口之家，人均至少分别为"
            f"{said['zh'][0]}元、{said['zh'][1]}元和{said['zh'][2]}元。收入年份以及是否扣除费用，原文都没有说明，家庭规模为假定。",
            labels={labor.TOP: "部分人员", labor.INCOME: "人均收入", **{f"household-of-{n}": f"分摊到{n}口之家，人均" for n in labor.HOUSEHOLD_SIZES}, "x": "元/年",
                    **_income_labels(heads, top, mean, "zh")},
        ),
    )  # fmt: skip


def _income_labels(heads: list, top: object, mean: object, lang: str) -> dict[str, str]:
    least = {"en": "at least {}", "zh": "至少{}"}[lang]
    per_head = {f"value:household-of-{size}": least.format(number(rounded(one.low, 2, "down"), lang)) for size, one in heads}
    bare = {"en": (" yuan a year", ""), "zh": ("每年", "")}[lang]
    return per_head | {f"value:{claim.claim_id}": stated(claim, lang).replace(*bare).removesuffix("元") for claim in (top, mean)}


def _draw_incomes(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for y, row in enumerate(spec.data.itertuples()):
        color = REPORTED if row.row.startswith("scio") else SCENARIO
        is_open = row.high == float("inf")
        interval(axes, y, row.value, (row.low, row.high), open_ends=(False, is_open), text=words[f"value:{row.row}"], color=color)
    row_labels(axes, [words[name] for name in spec.data["row"]])
    axes.set_xlim(0, 400e3)
    numbers_on(axes.xaxis, lang)
    axes.set_xlabel(words["x"])


@chart("labor-typical-earnings", notebook=NOTEBOOK, claims=(labor.INCOME, labor.TOP))
def typical_earnings(records: Records) -> ChartSpec:
    """Median income of a log-normal with the stated mean, for each share of top earners."""
    limit = labor.largest_top_share(records)
    data = labor.medians(records, (*TOP_SHARES, limit))
    one = data.loc[data["top_share"] == 0.01].iloc[0]
    mean, top = records.claim(labor.INCOME).value_low, records.claim(labor.TOP).value_low
    median = {lang: number(rounded(one["median_cny"], 2), lang) for lang in ("en", "zh")}
    most = percent(rounded(limit, 2, "down"))
    above = percent(rounded(one["above_mean_share"], 2))
    return ChartSpec(
        data=data,
        values=("median_cny",),
        unit="CNY/person/year",
        draw=lambda axes, spec, lang: _draw_typical(axes, spec, lang, mean),
        price_basis="nominal",
        en=Text(
            headline=f"If 1% earn above {number(top)} yuan, the median worker earns about {median['en']}",
            subtitle=f"Median yearly income of workers sent abroad, yuan, nominal, if incomes are log-normal with a mean of {number(mean)}",
            note=f"A model, not data: the share of top earners is not stated. No log-normal with this mean has more than {most} above {number(top)} yuan. "
            "The mean is stated as more than, so the median scales up with it.",
            alt=f"Line chart of a model: with a mean of {number(mean)} yuan a year, the median falls as the share above {number(top)} yuan grows; it is about {median['en']} yuan "
            f"at a share of 1%, where {above} earn more than the mean. Beyond {most} no such distribution exists.",
            labels={"x": f"assumed share of workers above {number(top)} yuan", "y": "yuan a year", "mean": f"stated mean, more than {number(mean)}", "median": f"median {median['en']}", "limit": f"no solution beyond {most}"},
        ),
        zh=Text(
            headline=f"若1%的人超过{number(top, 'zh')}元，中位收入约为{median['zh']}元",
            subtitle=f"外派劳务人员年收入中位数，元，名义值，假定收入服从均值为{number(mean, 'zh')}元的对数正态分布",
            note=f"这是模型，不是数据：高收入者的比例原文未说明。均值如此的对数正态分布，超过{number(top, 'zh')}元者不可能多于{most}。均值原文为“超过”，中位数随之按比例上升。",
            alt=f"模型折线图：年收入均值为{number(mean, 'zh')}元时，收入超过{number(top, 'zh')}元的人所占比例越大，中位数越低；比例为1%时中位数约为{median['zh']}元，"
            f"此时有{above}的人收入高于均值。比例超过{most}时，这样的分布并不存在。高收入者的实际比例原文没有说明。",
            labels={"x": f"假定的收入超过{number(top, 'zh')}元者的比例", "y": "元/年", "mean": f"所述均值：超过{number(mean, 'zh')}", "median": f"中位数{median['zh']}", "limit": f"超过{most}无解"},
        ),
    )


def _draw_typical(axes: Axes, spec: ChartSpec, lang: str, mean: float) -> None:
    words, data = spec.text(lang).labels, spec.data
    one, limit = data.loc[data["top_share"] == 0.01].iloc[0], data["top_share"].iloc[-1]
    axes.plot(data["top_share"], data["median_cny"], color=SCENARIO)
    axes.axhline(mean, color=REPORTED, linewidth=1.1, linestyle=(0, (4, 2)))
    axes.axvline(limit, color=MUTED, linewidth=1.1, linestyle=(0, (1, 1.5)))
    axes.plot([0.01], [one["median_cny"]], "o", color=SCENARIO, markersize=5.5)
    label(axes, 0.01, one["median_cny"], words["median"], color=SCENARIO, offset=(8, 1), ha="left", va="bottom")
    label(axes, 0.0, mean, words["mean"], color=REPORTED, offset=(2, 3), ha="left")
    label(axes, limit, 8e3, words["limit"], color=MUTED, offset=(-5, 0), ha="right")
    axes.set_xlim(0, 0.075)
    axes.set_ylim(0, 1.15 * mean)
    numbers_on(axes.xaxis, lang, as_percent=True)
    numbers_on(axes.yaxis, lang)
    light_grid(axes)
    axes.set_xlabel(words["x"])
    axes.set_ylabel(words["y"])


@chart("labor-gross-earnings", notebook=NOTEBOOK, claims=(labor.PEOPLE, labor.INCOME))
def gross_earnings(records: Records) -> ChartSpec:
    """Gross earnings in a year against the share of all ever sent who are abroad at one time."""
    rows = [(share, months, labor.gross_earnings(records, stock_share=share, months=months).value) for months in MONTHS for share in STOCK_SHARES]
    data = pd.DataFrame(rows, columns=["stock_share", "months_paid", "gross_cny_per_year"])
    half = data[(data["stock_share"] == 0.5) & (data["months_paid"] == 12)]["gross_cny_per_year"].iloc[0]
    full = data["gross_cny_per_year"].max()
    people = records.claim(labor.PEOPLE)
    said = {lang: (number(rounded(half, 2), lang), number(rounded(full, 2), lang)) for lang in ("en", "zh")}
    return ChartSpec(
        data=data,
        values=("gross_cny_per_year",),
        unit="CNY/year",
        draw=_draw_gross,
        price_basis="nominal",
        en=Text(
            headline=f"Earnings abroad at {said['en'][1]} yuan a year assume that all were away together",
            subtitle="Gross yearly earnings of workers sent abroad, yuan, nominal, by assumed share abroad at one time",
            note=f"Direction unknown: the average income is stated as more than, so every point may lie higher; {stated(people)} were sent over the years, and how many are abroad "
            "at one time is not stated. Not a lower or an upper bound.",
            alt=f"Line chart: gross yearly earnings of workers sent abroad rise with the assumed share abroad at one time, from {said['en'][0]} yuan at one half to "
            f"{said['en'][1]} yuan if all were abroad together for 12 months. The share is not stated, the income is stated as more than: direction unknown.",
            labels={"x": "assumed share of all ever sent who are abroad at one time", "y": "yuan a year", "12": "12 months", "10": "10 months", "all": said["en"][1]},
        ),
        zh=Text(
            headline=f"全年收入{said['zh'][1]}元的前提是所有外派人员同时在外",
            subtitle="外派劳务人员全年总收入，元，名义值，按假定的同期在外比例",
            note=f"方向不明：平均收入原文为“超过”，各点都可能更高；{stated(people, 'zh')}为历年累计派出，同期在外人数原文未说明。既不是下限，也不是上限。",
            alt=f"折线图：外派劳务人员的全年总收入随假定的同期在外比例上升。若有一半人同期在外，为{said['zh'][0]}元；若全部人员同时在外并领薪12个月，为{said['zh'][1]}元。"
            "同期在外的比例原文没有说明，平均收入原文为“超过”，因此这一数字的方向不明，既不是下限，也不是上限。",
            labels={"x": "假定的同期在外人数占历年派出人数的比例", "y": "元/年", "12": "12个月", "10": "10个月", "all": said["zh"][1]},
        ),
    )


def _draw_gross(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for months, style in ((12, "-"), (10, (0, (4, 2)))):
        rows = spec.data[spec.data["months_paid"] == months]
        axes.plot(rows["stock_share"], rows["gross_cny_per_year"], color=SCENARIO, linestyle=style)
        end = rows["gross_cny_per_year"].iloc[-1]
        label(axes, 1, end, words[str(months)], color=SCENARIO, offset=(5, 0), ha="left", va="center")
    axes.plot([1], [spec.data["gross_cny_per_year"].max()], "o", color=CALCULATED, markersize=5.5)
    label(axes, 1, spec.data["gross_cny_per_year"].max(), words["all"], offset=(-6, 5), ha="right")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 17e9)
    numbers_on(axes.xaxis, lang, as_percent=True)
    numbers_on(axes.yaxis, lang)
    light_grid(axes)
    axes.set_xlabel(words["x"])
    axes.set_ylabel(words["y"])


COMPARED = {
    "income-over-migrant-wage-10": ("Migrant workers' pay, ten months", "农民工工资，10个月"),
    "income-over-migrant-wage-12": ("Migrant workers' pay, twelve months", "农民工工资，12个月"),
    "income-over-urban-wage": ("Urban wage, non-private units", "城镇非私营单位工资"),
    "income-over-rural-income": ("Rural income per person", "农村居民人均收入"),
    "income-over-area-income": ("Income per person, poverty areas", "贫困地区人均收入"),
}


@chart("labor-income-compared", notebook=NOTEBOOK, claims=(labor.INCOME,), series=(labor.MIGRANT_WAGE, labor.URBAN_WAGE, labor.RURAL_INCOME, labor.AREA_INCOME))
def income_compared(records: Records) -> ChartSpec:
    """The stated average income relative to pay and income at home in 2020."""
    found = {one.value_id.removeprefix("labor."): one for one in labor.findings(records)}
    rows = sorted(((name, found[name]) for name in COMPARED), key=lambda pair: pair[1].value)
    data = pd.DataFrame([{"compared_with": name, "ratio": one.value, "ratio_low": one.low, "ratio_high": one.high} for name, one in rows])
    said = {name: f"{rounded(one.low, 2, 'down'):g}" for name, one in rows}
    migrant = (said["income-over-migrant-wage-12"], said["income-over-migrant-wage-10"])
    return ChartSpec(
        data=data,
        values=("ratio",),
        unit="CNY per CNY",
        draw=_draw_compared,
        price_basis="nominal",
        en=Text(
            headline=f"The stated income abroad is at least {migrant[0]} to {migrant[1]} times migrant workers' pay",
            subtitle="Stated average yearly income of workers sent abroad (year not stated) over yearly pay and income in China in 2020",
            note="Arrow: stated as more than. A worker's gross income beside pay, or beside income per person of whole families: a size, not a gain. Fees and living costs abroad are not known.",
            alt=f"Dot plot of the stated income of workers sent abroad relative to figures of 2020: at least {said['income-over-urban-wage']} times the urban wage, {migrant[0]} times migrant "
            f"workers' pay over twelve months and {migrant[1]} over ten, {said['income-over-rural-income']} times rural income per person.",
            labels={name: words[0] for name, words in COMPARED.items()} | {f"value:{name}": f"at least {value}" for name, value in said.items()} | {"x": "times"},
        ),
        zh=Text(
            headline=f"所述外派收入至少为农民工工资的{migrant[0]}至{migrant[1]}倍",
            subtitle="外派劳务人员所述平均年收入（年份未说明）与2020年中国工资和收入之比",
            note="箭头：原文为“超过”。以一名劳动者的毛收入与工资或全家人均收入相比，只是规模对比，不是增收；在外费用和生活费未知。",
            alt=f"点图，列出外派劳务人员所述平均年收入与2020年各项数字之比：至少为城镇非私营单位工资的{said['income-over-urban-wage']}倍；农民工全年12个月工资的{migrant[0]}倍，10个月的{migrant[1]}倍；"
            f"农村居民人均收入的{said['income-over-rural-income']}倍。收入年份未说明，这只是规模对比，并不是增收。",
            labels={name: words[1] for name, words in COMPARED.items()} | {f"value:{name}": f"至少{value}" for name, value in said.items()} | {"x": "倍"},
        ),
    )


def _draw_compared(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for y, row in enumerate(spec.data.itertuples()):
        interval(axes, y, row.ratio, (row.ratio_low, row.ratio_high), open_ends=(False, True), text=words[f"value:{row.compared_with}"])
    axes.axvline(1, color=MUTED, linewidth=1.1, linestyle=(0, (1, 1.5)))
    row_labels(axes, [words[name] for name in spec.data["compared_with"]])
    axes.set_xlim(0, 9)
    axes.set_xlabel(words["x"])
