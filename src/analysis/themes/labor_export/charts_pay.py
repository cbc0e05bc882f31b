"""Charts on labor-export incomes beside pay in Japan, and on what the ministry stated over time."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed
from analysis.bounds.rates import jpy_cny
from analysis.plotting.canvas import narrow
from analysis.plotting.marks import bar, curve_axes, label, open_end
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, DASHED, INK, MUTED, REPORTED, Looks
from analysis.records.load import Records
from analysis.records.series import yearly
from analysis.themes.labor_export import pay as labor_pay
from analysis.words.wording import number, percent, plain, rounded, stated

RATES = (0.045, 0.07)  # yuan per yen on the axis
TICKS = (0.05, 0.06, 0.07)
CASES = {  # year of the pay and whether net of fees; its names, its colour, its line
    "2019": ("2019", False, "before fees", "未扣费用", CALCULATED, "-"),
    "2019-net": ("2019", True, "after fees", "扣除费用", CALCULATED, DASHED),
}


def _pay_by_case(records: Records) -> pd.DataFrame:
    """Pay in yen of each case, the rate at which it is the stated average, and the rates of its year."""
    rows = []
    for name, (year, net, *_) in CASES.items():
        pay = labor_pay.trainee_pay(records, year, net_of_fees=net).value
        even = labor_pay.yen_break_even(records, year, net_of_fees=net).value
        rate = jpy_cny(records, year)
        rows.append((name, pay, even, rate.low, rate.value, rate.high, pay * rate.value))
    columns = ["case", "pay_jpy", "break_even", "rate_low", "rate", "rate_high", "pay_cny"]
    return pd.DataFrame(rows, columns=columns)


YEARS = range(2011, 2024)
WAGES = (labor_pay.OUTGOING_WAGE, labor_pay.ALL_MIGRANTS_WAGE)
BRACKET = 132e3  # yuan a year, over the two statements
FLOOR = 60e3  # yuan a year, lower end of the axis


@chart(
    "labor-yen-break-even",
    claims=(labor_pay.INCOME,),
    series=(labor_pay.TRAINEE_WAGE, labor_pay.TRAINEE_FEES, *labor_pay.YEN),
)
def yen_break_even(records: Records) -> ChartSpec:
    """Trainees' pay in yuan over the exchange rate, and where it is the stated average."""
    data = _pay_by_case(records)
    at = data.set_index("case")
    even = {name: plain(rounded(at.loc[name, "break_even"], unit="CNY / JPY")) for name in CASES}
    claim = records.claim(labor_pay.INCOME)
    mean = {lang: number(claim.value_low, lang) for lang in ("en", "zh")}
    paid = {
        lang: {name: number(rounded(at.loc[name, "pay_cny"]), lang) for name in CASES}
        for lang in ("en", "zh")
    }
    return ChartSpec(
        data=data,
        values=("pay_cny",),
        unit="CNY/person/year",
        draw=lambda axes, spec, lang: _draw_yen(axes, spec, lang, claim.value_low),
        price_basis="nominal",
        en=Text(
            headline=f"Trainees in Japan, 2019: pay is {mean['en']} yuan at {even['2019']} per yen, {even['2019-net']} after fees",
            subtitle="Scheduled yearly pay of technical interns in Japan in 2019, yuan, nominal, by exchange rate",
            note="Bar: lowest to highest day of 2019. Hollow: where pay equals the stated average, which is more than that. Scheduled pay, all nationalities, before overtime, tax, insurance and rent; fees as Chinese interns paid before arrival, over three years.",
            alt=f"Line chart of a trainee's scheduled pay in Japan over yuan per yen. Pay of 2019 equals {mean['en']} yuan at {even['2019']}, net of fees at {even['2019-net']}. At the mean rate of 2019 it was {paid['en']['2019']} yuan, {paid['en']['2019-net']} after fees.",
        ),
        zh=Text(
            headline=f"实习生2019年工资合{mean['zh']}元：1日元兑{even['2019']}元，扣费后{even['2019-net']}",
            subtitle="在日技能实习生2019年全年规定工资按各汇率折算，元，当年价",
            note="横条：2019年最低日至最高日汇率。空心：工资等于所述平均收入之处；所述为“超过”。规定工资不分国籍，未计加班费，未扣税费、保险和房租；费用为中国实习生赴日前支付额，按三年分摊。",
            alt=f"折线图，横轴为1日元兑人民币元数，纵轴为技能实习生全年规定工资折合的人民币。2019年的工资在汇率为{even['2019']}时等于{mean['zh']}元，扣除费用后为{even['2019-net']}。按当年平均汇率，2019年的工资折合{paid['zh']['2019']}元，扣除费用后为{paid['zh']['2019-net']}元。规定工资不含加班费，也未扣税费、保险和房租。",
        ),
        labels={
            "x": ("yuan per yen", "1日元兑人民币（元）"),
            "y": ("yuan a year", "元/年"),
            "mean": (f"stated average: more than {mean['en']}", f"所述平均收入：超过{mean['zh']}"),
        }
        | {name: (en, zh) for name, (_, _, en, zh, *_) in CASES.items()}
        | {f"even:{name}": word for name, word in even.items()},
    )


def _draw_yen(axes: Axes, spec: ChartSpec, lang: str, mean: float) -> None:
    words, ends, last = spec.text(lang).labels, np.array(RATES), RATES[1]
    axes.axhline(mean, color=REPORTED, linewidth=1.1, linestyle=DASHED)
    label(axes, last, mean, words["mean"], color=REPORTED, offset=(-3, -17))
    for row, offset in zip(
        spec.data.itertuples(), ((4, 7) if narrow(axes) else (-8, 4), (8, -6)), strict=True
    ):
        *_, color, style = CASES[row.case]
        axes.plot(ends, row.pay_jpy * ends, color=color, linestyle=style)
        own = np.array([row.rate_low, row.rate_high])
        bar(axes, own.tolist(), (row.pay_jpy * own).tolist(), color, width=9)
        axes.plot(row.break_even, mean, "o", color=color, markerfacecolor="white", markersize=7)
        look: Looks = {"offset": offset, "weight": "bold", "size": "value"}
        label(axes, row.break_even, mean, words[f"even:{row.case}"], **look)
        label(axes, last, row.pay_jpy * last, words[row.case], color=color, offset=(5, 0))
    axes.set(xlim=RATES, ylim=(FLOOR, 140e3), xticks=TICKS)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.2f}"))
    curve_axes(axes, words, lang)


@chart(
    "labor-income-over-time",
    claims=(labor_pay.INCOME,),
    series=(labor_pay.STATED_2018, *WAGES, labor_pay.OVERSEAS_WAGE),
)
def income_over_time(records: Records) -> ChartSpec:
    """What the ministry stated in 2018 and 2021, beside migrant workers' pay of each year."""
    found = {one.value_id.removeprefix("labor."): one for one in labor_pay.findings(records)}
    wages, everybody = (yearly(records, name) for name in WAGES)
    then, now = (
        observed(records, labor_pay.STATED_2018, "2018"),
        bounds_of(records, labor_pay.INCOME),
    )
    grown = found["migrant-wage-2021-over-2018"].value - 1
    wage = percent(rounded(grown))
    said = {
        lang: (number(then.value, lang), stated(records.claim(labor_pay.INCOME), lang))
        for lang in ("en", "zh")
    }
    last = {lang: number(rounded(everybody[2021] * 12), lang) for lang in ("en", "zh")}
    return ChartSpec(
        data=_incomes(records, wages, everybody, then, now),
        values=("low",),
        unit="CNY/person/year",
        draw=_draw_over_time,
        price_basis="nominal",
        said={
            "rise of migrant workers' pay": grown,
            "income stated in 2018": then.value,
            "migrant workers' pay in 2021": everybody[2021] * 12,
        },
        en=Text(
            headline=f"Stated averages, not growth: about {said['en'][0]} yuan in 2018, more than {number(now.low)} in 2021",
            subtitle="Yearly income of workers sent abroad as stated, and migrant workers' pay, China, 2011 to 2023, yuan, nominal",
            note="Band and bar: ten to twelve months of pay; outgoing migrants' pay of 2018 was not found. Dashed: all migrants, a full year. Bar of 2018: rounding; arrow of 2021: stated as more than. What each statement averages over, and for which year, is not said: no growth of anybody's income.",
            alt=f"Line chart with ranges, 2011 to 2023: the ministry stated about {said['en'][0]} yuan a year in 2018 and {said['en'][1]} in 2021, of whom is not said; all migrant workers' pay over a full year rose by {wage} to {last['en']} yuan, and that of outgoing ones, a band with a gap in 2018, is higher. A survey of 2012 gives pay outside the mainland.",
        ),
        zh=Text(
            headline=f"前后所述收入之差不是增长：2018年约{said['zh'][0]}元，2021年超过{number(now.low, 'zh')}元",
            subtitle="商务部所述派出劳务人员年收入（按发布年份）与全国农民工工资，2011—2023年，元/年，当年价",
            note="色带和竖条：按10个月至12个月计算的工资；2018年外出农民工工资未查到。虚线：全部农民工全年工资。2018年的竖条为取整范围，2021年的箭头表示“超过”。两次表述各指哪些人、哪一年，均未说明，不能视为收入增长。",
            alt=f"折线图，附区间，2011年至2023年：商务部2018年表示派出人员年收入约{said['zh'][0]}元，2021年表示{said['zh'][1]}；同期全部农民工按全年计算的工资上升{wage}，达到{last['zh']}元；外出农民工工资更高，2018年空缺。另有2012年调查的境外就业农民工工资。前后表述的口径，文件都没有说明。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "break": ("of whom, for which year: not said", "所指人群和年份均未说明"),
            "at home": ("outgoing migrants", "外出农民工"),
            "all migrants": ("all migrants", "全部农民工"),
            "survey 2012": ("abroad, 2012", "境外就业者，\n2012年调查"),
            "stated 2018": (f"2018:\nabout {said['en'][0]}", f"2018年：\n约{said['zh'][0]}"),
            "stated 2021": (
                f"2021:\nmore than {number(now.low)}",
                f"2021年：\n超过{number(now.low, 'zh')}",
            ),
        },
    )


def _incomes(
    records: Records,
    wages: Mapping[int, float],
    everybody: Mapping[int, float],
    then: Bounds,
    now: Bounds,
) -> pd.DataFrame:
    """Ten to twelve months of outgoing migrants' pay by year, twelve of all migrants', and the incomes stated."""
    abroad = observed(records, labor_pay.OVERSEAS_WAGE, "2012").value
    rows = [
        ("at home", year, wages[year] * 10, wages[year] * 12) for year in YEARS if year in wages
    ]
    rows += [
        ("all migrants", year, everybody[year] * 12, everybody[year] * 12)
        for year in YEARS
        if year in everybody
    ]
    rows += [
        ("survey 2012", 2012, abroad * 10, abroad * 12),
        ("stated 2018", 2018, then.low, then.high),
        ("stated 2021", 2021, now.low, now.high),
    ]
    return pd.DataFrame(rows, columns=["what", "year", "low", "high"])


def _draw_over_time(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    home = (
        data[data["what"] == "at home"].set_index("year").reindex(list(YEARS))
    )  # a gap stays a gap
    axes.fill_between(home.index, home["low"], home["high"], color=MUTED, alpha=0.22, linewidth=0)
    axes.plot(home.index, home["high"], color=MUTED, linewidth=1.2)
    everybody = data[data["what"] == "all migrants"]
    axes.plot(everybody["year"], everybody["high"], color=MUTED, linewidth=1.2, linestyle=DASHED)
    label(axes, 2022, home["high"][2022], words["at home"], color=MUTED, offset=(0, 6))
    place = everybody[everybody["year"] == 2020].iloc[0]
    label(
        axes, place["year"], home["low"][2020], words["all migrants"], color=MUTED, offset=(0, -8)
    )
    for row in data[~data["what"].isin(["at home", "all migrants"])].itertuples():
        said, surveyed = words[row.what], row.what == "survey 2012"
        color = CALCULATED if surveyed else REPORTED
        if np.isfinite(row.high):
            bar(axes, [row.year, row.year], [row.low, row.high], color, alpha=0.5)
        else:
            open_end(axes, (row.year, row.low), (0, 24), color)
            axes.plot(row.year, row.low, "o", color=color, markersize=5.5)
        if surveyed:
            label(axes, row.year, row.high, said, color=color, offset=(-14, 7), ha="left")
        else:
            label(axes, row.year, row.low, said, color=color, offset=(-9, 4), va="center")
    bracket = [BRACKET - 4e3, BRACKET, BRACKET, BRACKET - 4e3]
    axes.plot([2018, 2018, 2021, 2021], bracket, color=INK, linewidth=1)
    label(axes, 2021, BRACKET, words["break"], color=INK, offset=(0, 4), ha="right")
    axes.set(xlim=(2010.4, 2023.6), ylim=(0, 1.25 * BRACKET))
    curve_axes(axes, words, lang, x="whole")
