"""Charts of published estimates by question and design: rural e-commerce, work abroad, export promotion."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.marks import numbers_on
from analysis.plotting.registry import EVIDENCE, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import MUTED
from analysis.records.load import Records
from analysis.themes.evidence.charts_rows import dot_rows, draw_rows, label_words
from analysis.words.wording import number, percent, rounded


@chart("evidence-ecommerce-income", basis=EVIDENCE)
def ecommerce_income(records: Records) -> ChartSpec:
    """Estimates of rural income beside demonstration counties, e-commerce villages and online selling, by design."""
    data = dot_rows(records, ("demonstration_income", "ecommerce_income"), "percent")
    shown = data[
        (data["unit"] == "percent") & (data["question"] == "demonstration_income")
    ].set_index("design")
    two, one = (
        shown.loc["difference_in_differences", "value"],
        shown[shown["part"] == "robustness"]["value"],
    )
    ends = [percent(rounded(value)) for value in (two.min(), two.max(), one.min(), one.max())]
    parts = shown[shown["part"] == "subgroup"]["value"]
    wide = [percent(rounded(value)) for value in (parts.min(), parts.max())]
    silent = int((data["value"].isna() & (data["direction"] == "positive")).sum())
    nulls = int((data["direction"] == "null").sum())
    years = [f"{year:.0f}" for year in (data["year"].min(), data["year"].max())]
    return ChartSpec(
        data=data,
        values=("low", "high"),
        unit="share",
        draw=_draw_percent,
        published=True,
        said={"nulls": nulls, "without a number": silent},
        en=Text(
            headline=f"Studies: demonstration counties' income {ends[0]} and {ends[1]} higher; no standard error seen",
            subtitle=f"Rural income in China, demonstration counties and e-commerce, studies of {years[0]} to {years[1]}",
            note=f"The {ends[0]} is of two-way fixed effects on a staggered roll-out, which can be biased. Square: as cited elsewhere. Line: 1.96 printed errors, of predicted means and much too small. Direction only: no number was found, or one in another unit. The experiment is of a company's programme.",
            alt=f"Dot plot of published estimates by design. Rural income in demonstration counties: {ends[0]} and {ends[1]} higher in staggered differences, {ends[2]} to {ends[3]} in a switching regression, {wide[0]} to {wide[1]} in parts of its sample. {silent} studies say more without a number that was found; {nulls}, one an experiment, find no difference.",
        ),
        zh=Text(
            headline=f"示范县农村收入：两项研究称高{ends[0]}和{ends[1]}，均未见标准误",
            subtitle=f"中国农村收入差异，示范县及其他农村电商，研究发表于{years[0]}—{years[1]}年",
            note=f"{ends[0]}为分批推行下的双向固定效应估计，可能有偏。方块：转引。线：所列标准误的1.96倍，此处为预测均值的误差，明显偏小。只有方向：未查到数字，或单位不同。随机试验针对企业项目。",
            alt=f"点图，按研究设计列出已发表的估计。示范县农村收入：多期双重差分高{ends[0]}和{ends[1]}，转换回归高{ends[2]}至{ends[3]}，其各子样本高{wide[0]}至{wide[1]}。另有{silent}项研究称更高，但未查到数字；{nulls}项研究未发现差异，其中一项为随机试验。各研究的地区、年份和样本不同，不能合并成一个数。",
        ),
        labels={"x": ("difference in rural income", "农村收入差异")} | label_words(data, "percent"),
    )


def _draw_percent(axes: Axes, spec: ChartSpec, lang: str) -> None:
    if not narrow(axes):
        axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    draw_rows(axes, spec, lang, "percent")
    numbers_on(axes.xaxis, lang, as_percent=True)


@chart("evidence-work-abroad", basis=EVIDENCE)
def work_abroad(records: Records) -> ChartSpec:
    """Estimates of what households of workers abroad have more, by design."""
    data = dot_rows(records, ("work_abroad",), "percent")
    income = data[(data["outcome"] == "income") & data["value"].notna()]
    low, high = (percent(rounded(value)) for value in (income["low"].min(), income["high"].max()))
    saved = [
        percent(rounded(value)) for value in sorted(data.loc[data["outcome"] == "savings", "value"])
    ]
    quoted = int((data["second_hand"] == "yes").sum())
    years = [f"{year:.0f}" for year in (data["year"].min(), data["year"].max())]
    return ChartSpec(
        data=data,
        values=("low", "high"),
        unit="share",
        draw=_draw_abroad,
        published=True,
        said={
            "quoted": quoted,
            "lowest income": income["low"].min(),
            "highest income": income["high"].max(),
        },
        en=Text(
            headline=f"Seasonal work abroad: income {low} to {high} higher, but not by lottery",
            subtitle=f"Households with a worker abroad, countries other than China, studies of {years[0]} to {years[1]}",
            note="No study is of workers from China, and none has a standard error that was found. Square: as cited elsewhere. Bar: printed range over estimators or countries, no interval. Cross-section: one worker's wages in two countries. Logarithmic axis.",
            alt=f"Dot plot on a logarithmic axis. Income per head of households with a seasonal worker abroad is {low} to {high} higher in differences and in a matched comparison, savings {saved[0]} and {saved[1]}. The visa lottery says more without a number that was found; {quoted} rows are as cited elsewhere.",
        ),
        zh=Text(
            headline=f"季节性出国务工：人均收入高{low}至{high}，均非抽签研究",
            subtitle=f"有人出国务工的家庭比其他家庭高出的百分比，中国以外各国，研究发表于{years[0]}—{years[1]}年，对数坐标",
            note="没有一项研究针对中国的派出人员，均未查到标准误。方块：转引。横条：所列各估计方法或各国的范围，并非置信区间。截面一行是同一劳动者在两国的工资比较，不涉及任何项目。",
            alt=f"对数坐标点图。家中有人季节性出国务工的家庭，人均收入在双重差分和匹配比较中高{low}至{high}，储蓄高{saved[0]}和{saved[1]}。签证抽签研究称更高，但未查到数字；{quoted}行为转引。各研究均不涉及中国派出人员，也没有查到标准误，因此不能合并。",
        ),
        labels={"x": ("percent more than without", "高出的百分比")} | label_words(data, "percent"),
    )


def _draw_abroad(axes: Axes, spec: ChartSpec, lang: str) -> None:
    axes.set_xscale("log")
    axes.set_xlim(0.06, 30)
    draw_rows(axes, spec, lang, "percent")
    axes.set_xticks([0.1, 0.3, 1, 3, 10])
    numbers_on(axes.xaxis, lang, as_percent=True)


@chart("evidence-export-promotion", basis=EVIDENCE)
def export_promotion(records: Records) -> ChartSpec:
    """What is found of export promotion and trade fairs, per unit of money spent where that is printed."""
    unit = "per unit spent"
    data = dot_rows(records, ("export_promotion",), unit, outcomes=("exports",))
    at = data.set_index("estimate_id")
    one, two = at.loc["olarreaga-2015"], at.loc["lederman-2007"]
    value, low, high, other = (
        number(one["value"]),
        number(one["ci_low"]),
        number(one["ci_high"]),
        number(two["value"]),
    )
    spent = int((data["unit"] == unit).sum())
    years = [f"{year:.0f}" for year in (data["year"].min(), data["year"].max())]
    return ChartSpec(
        data=data,
        values=("low", "high"),
        unit="per unit spent",
        draw=lambda axes, spec, lang: _draw_spent(axes, spec, lang, unit),
        published=True,
        said={"with spending": spent},
        en=Text(
            headline=f"Exports per dollar of promotion: {value} ({low} to {high}) in one study, {other} in another",
            subtitle=f"Exports per unit of money spent on promotion and fairs, China and elsewhere, studies of {years[0]} to {years[1]}",
            note="Both figures are of one team. Line: 95 % interval as printed. Direction only: no number was found, or one in another unit. The study without a comparison is of the Canton Fair.",
            alt=f"Dot plot by design; {spent} rows have exports per unit of money spent: {value} ({low} to {high}) and {other}. Others state a percentage, an elasticity or no number; one finds less and one no difference. A study of the Canton Fair compares nothing.",
        ),
        zh=Text(
            headline=f"出口促进每花1美元对应的出口：一项{value}美元（{low}至{high}），另一项{other}美元",
            subtitle=f"出口促进与展会每花费一个货币单位对应的出口，中国和其他国家；研究发表于{years[0]}—{years[1]}年",
            note="两个数字出自同一团队。线：所列95%置信区间。只有方向：未查到数字，或单位不同。没有比较的一项研究针对广交会。",
            alt=f"点图，按研究设计排列；{spent}行给出每单位经费对应的出口：{value}（{low}至{high}）和{other}。其余研究只给出百分比、弹性或方向，其中一项为更低，一项无差异；关于广交会的研究没有任何比较，因此不能说明展会对出口有何作用。",
        ),
        labels={"x": ("per unit of money spent", "每单位经费")} | label_words(data, unit),
    )


def _draw_spent(axes: Axes, spec: ChartSpec, lang: str, unit: str) -> None:
    draw_rows(axes, spec, lang, unit)
    axes.set_xlim(0, 50)
