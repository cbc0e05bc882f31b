"""Charts on Hunan's money per county, and on the national fund per county."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding
from analysis.plotting.form import Form
from analysis.plotting.marks import cell, coloured_words, label, numbers_on
from analysis.plotting.registry import chart
from analysis.plotting.rows import interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import (
    CALCULATED,
    DASHED,
    INK,
    REPORTED,
    REPORTED_LIGHT,
    SCENARIO,
    Looks,
)
from analysis.records.load import Records
from analysis.themes.hunan import findings as hunan
from analysis.themes.hunan import funds as hunan_funds
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import amount, number, percent, plain, rounded

COLORS = {hunan.COMMERCE: REPORTED, hunan.OFFICE: REPORTED_LIGHT, hunan.CENTRAL: CALCULATED}
ROW_COLORS = {
    hunan_funds.DOCUMENT: CALCULATED,
    hunan_funds.SPOKESMAN: REPORTED,
    hunan_funds.SECOND_YEAR: CALCULATED,
    hunan_funds.HUNAN: SCENARIO,
}
ROW_NAMES = {
    hunan_funds.DOCUMENT: ("2015, document", "2015年，文件"),
    hunan_funds.SPOKESMAN: ("2015, ministry", "2015年，商务部"),
    hunan_funds.SECOND_YEAR: ("2016, nation", "2016年，全国"),
    hunan_funds.HUNAN: ("2016, Hunan (inferred)", "2016年，湖南（推断）"),
}
TOP = 20e6  # yuan per county, end of the axis
FUNDS_END = 20e6  # yuan per county, end of the axis of funds


def _found(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {one.value_id: one for one in findings}


@chart(
    "hunan-funding",
    claims=(hunan.COMMERCE, hunan.CENTRAL, hunan.OFFICE, hunan.COUNTIES),
    series=(hunan.DEMONSTRATION,),
)
def funding(records: Records) -> ChartSpec:
    """Money of 2016 by payer as areas: number of counties across, yuan per county upwards."""
    data, found = hunan.two_kinds_of_county(records), _found(hunan.findings(records))
    few, all_ = (plain(value) for value in (data["last"].min(), data["last"].max()))
    without = data["last"].max() - data["last"].min()
    others = plain(without)
    en, zh = (_amounts(records, found, lang) for lang in LANGUAGES)
    return ChartSpec(
        data=data.assign(mean=found["hunan.funds-per-county"].value),
        values=("top",),
        unit="CNY / county",
        draw=_draw_funding,
        price_basis="nominal",
        said={"total": found["hunan.funds-total"].value, "other counties": without},
        en=Text(
            headline=f"A mean of {en['mean']} yuan per county may hide {en['having']} and {en['rest']}",
            subtitle=f"Money named for e-commerce in {all_} poverty counties of Hunan, 2016, yuan, nominal; in all {en['total']}",
            note=f"The document names three amounts and no county. That the central money went to {few} demonstration counties is inferred (counted in November 2017); the rest is drawn as if spread evenly. What counties raised themselves is not stated.",
            alt=f"Area chart of blocks, whose areas are amounts. {en[hunan.COMMERCE]} of the department of commerce and {en[hunan.OFFICE]} of the poverty office lie across {all_} counties, {en['rest']} each; {en[hunan.CENTRAL]} of central money stands on {few} counties, {en['each']} each. The mean of {en['mean']} fits neither kind.",
        ),
        zh=Text(
            headline=f"县均{zh['mean']}元，可能是{few}个县各{zh['having']}元、{others}个县各{zh['rest']}元",
            subtitle=f"2016年湖南{all_}个贫困县电商扶贫所列资金，元/县，当年价；面积为金额，合计{zh['total']}",
            note=f"文件列出三笔资金，未列各县。中央资金归{few}个示范县是推断（示范县数为2017年11月统计），其余资金按各县均分绘制。各县自筹资金未说明。",
            alt=f"面积图，面积代表金额。省商务厅{zh[hunan.COMMERCE]}和省扶贫办{zh[hunan.OFFICE]}按{all_}个县平摊，每县{zh['rest']}元；中央资金{zh[hunan.CENTRAL]}分给{few}个示范县，每县{zh['each']}元。全部县的平均数{zh['mean']}元与两类县都不相符。示范县归属为推断，文件没有列出各县。",
        ),
        labels={
            "x": (f"{all_} poverty counties side by side", f"{all_}个贫困县并列"),
            "mean": (f"mean of all {all_}: {en['mean']}", f"全部{all_}县平均：{zh['mean']}元"),
            hunan.COMMERCE: (
                f"department of commerce: {en[hunan.COMMERCE]}",
                f"省商务厅：{zh[hunan.COMMERCE]}",
            ),
            hunan.OFFICE: (f"poverty office: {en[hunan.OFFICE]}", f"省扶贫办：{zh[hunan.OFFICE]}"),
            hunan.CENTRAL: (
                f"central budget: {en[hunan.CENTRAL]}",
                f"中央财政：{zh[hunan.CENTRAL]}",
            ),
            "with": (f"{few} counties:\n{en['having']} each", f"{few}县：\n各{zh['having']}元"),
            "without": (f"{others} counties: {en['rest']} each", f"{others}县：各{zh['rest']}元"),
        },
    )


def _amounts(records: Records, found: dict[str, Finding], lang: str) -> dict[str, str]:
    """Amounts of the chart of funding in words: per county, in all, and of each payer."""
    values = {
        "mean": found["hunan.funds-per-county"].value,
        "having": found["hunan.funds-per-county-with-demonstration"].value,
        "rest": found["hunan.provincial-funds-per-county"].value,
    }
    return (
        {name: number(rounded(value), lang) for name, value in values.items()}
        | {"each": number(found["hunan.central-funds-per-demonstration-county"].value, lang)}
        | {"total": amount(found["hunan.funds-total"].value, "CNY", lang)}
        | {name: amount(bounds_of(records, name).value, "CNY", lang) for name in hunan.PAYERS}
    )


def _draw_funding(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for row in data.itertuples():
        size = (row.last - row.first, row.top - row.bottom)
        look: Looks = {"facecolor": COLORS[row.payer], "edgecolor": "white", "linewidth": 0.6}
        axes.add_patch(Rectangle((row.first, row.bottom), *size, **look))
    few, all_, mean = data["last"].min(), data["last"].max(), data["mean"].iloc[0]
    tops = data.groupby(["kind", "payer"])["top"].first()
    axes.plot([0, all_], [mean, mean], color=INK, linewidth=1.1, linestyle=DASHED)
    label(axes, all_, mean, words["mean"], color=INK, offset=(0, 4), ha="right")
    top, rest = tops["with", hunan.CENTRAL], tops["without", hunan.COMMERCE] / 2
    label(axes, few, top, words["with"], color=INK, offset=(8, -4), weight="bold", size="value")
    cell(axes, (few + all_) / 2, rest, words["without"], weight="bold")
    coloured_words(axes, [(words[payer], color) for payer, color in COLORS.items()])
    axes.set(xlim=(0, all_), ylim=(0, TOP), xlabel=words["x"])
    axes.set_xticks([0, few, all_], [plain(place) for place in (0, few, all_)])
    numbers_on(axes.yaxis, lang)


def _row_values(data: pd.DataFrame, lang: str) -> dict[str, str]:
    """The value of each row, with how it is made."""
    made, named = {
        "en": ("{} ({} over {})", "{} (as named; {} in all)"),
        "zh": ("{}（{}除以{}县）", "{}（按县公布；共{}）"),
    }[lang]
    return {
        f"value:{row.row}": (named if row.row == hunan_funds.SPOKESMAN else made).format(
            number(rounded(row.per_county), lang), number(row.amount, lang), plain(row.counties)
        )
        for row in data.itertuples()
    }


@chart(
    "hunan-fund-per-county",
    claims=(hunan_funds.FUNDS, hunan_funds.LISTED, hunan_funds.CENTRAL),
    series=(
        hunan_funds.PER_COUNTY,
        hunan_funds.NATIONAL,
        hunan_funds.BATCH,
        hunan_funds.HUNAN_COUNTIES,
    ),
)
def fund_per_county(records: Records) -> ChartSpec:
    """Fund per demonstration county: two official values for 2015, the nation and Hunan in 2016."""
    data, found = (
        hunan_funds.per_county(records).drop(columns="rests_on"),
        _found(hunan_funds.findings(records)),
    )
    at = data.set_index("row")["per_county"]
    said = {
        lang: {name: number(rounded(at[name]), lang) for name in at.index} for lang in ("en", "zh")
    }
    changes = {
        slug.replace("-", ", "): found[f"hunan.fund-per-county-{slug}"].value
        for slug in ("rise-document", "fall-ministry")
    }
    rise, fall = (percent(rounded(value)) for value in changes.values())
    first, second = hunan_funds.DOCUMENT, hunan_funds.SPOKESMAN
    return ChartSpec(
        data=data,
        values=("per_county", "low", "high"),
        unit="CNY / county",
        form=Form(
            "dots", "row", ("per_county",), {"per_county": ("low", "high")}, color=_row_color
        ),
        draw=_draw_funds,
        price_basis="nominal",
        said=changes,
        en=Text(
            headline=f"Two official values for 2015: {said['en'][first]} or {said['en'][second]} yuan per county",
            subtitle="Central fund for rural e-commerce per demonstration county, yuan, nominal; China 2015 and 2016, Hunan 2016",
            note="Bar: rounding of the amount as stated. The ministry named the amount per county itself in July 2015, and a province repeats it; the document of September 2015 names a total. Hunan: over the demonstration counties counted in November 2017, an inference.",
            alt=f"Dot plot of the central fund per county. 2015: {said['en'][first]} yuan by the document, {said['en'][second]} by the ministry; their ranges do not meet. 2016: {said['en'][hunan_funds.SECOND_YEAR]} for the nation and, by inference, for Hunan. To 2016 that is a rise of {rise} by one, a fall of {fall} by the other.",
        ),
        zh=Text(
            headline=f"2015年每县资金有两个官方数字：{said['zh'][first]}元或{said['zh'][second]}元",
            subtitle="电子商务进农村综合示范中央资金，元/示范县，当年价；全国2015年、2016年，湖南2016年",
            note="横条：所述金额的取整范围。商务部2015年7月自行公布每县金额，有一个省也作同样表述；2015年9月的文件只给总额。湖南一行按2017年11月统计的示范县数计算，属推断。",
            alt=f"点图，列出每个示范县的中央资金。2015年：按文件为{said['zh'][first]}元，按商务部为{said['zh'][second]}元，两者的取整范围不相交。2016年全国为{said['zh'][hunan_funds.SECOND_YEAR]}元，湖南按推断也是这一数。到2016年，按前者上升{rise}，按后者下降{fall}。较小的数额是否为较大数额的一部分，文件没有说明。",
        ),
        labels=ROW_NAMES
        | {"x": ("yuan per county", "元/县")}
        | paired(lambda lang: _row_values(data, lang)),
    )


def _row_color(row: Any) -> str:
    return ROW_COLORS[row.row]


def _draw_funds(axes: Axes, spec: ChartSpec, lang: str) -> None:
    values = ("per_county", "low", "high")
    interval_rows(axes, spec, lang, "row", values=values, color=_row_color)
    axes.set(xlim=(0, FUNDS_END), xticks=[0, 5e6, 10e6, 15e6, 20e6])
    numbers_on(axes.xaxis, lang)
