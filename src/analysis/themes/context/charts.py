"""Charts on context and benchmarks."""

from __future__ import annotations

import re
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, DASHED, MUTED, POINTS, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.context import findings as context
from analysis.words.wording import number, percent, rounded, stated

MARKERS = ("o", "s", "^", "D", "v", "P")
LINE_COLOURS = (REPORTED, CALCULATED, SCENARIO)
AREA_LOOKS = {  # deflator: its names, its colour, its mark, points that its label is moved
    "nominal": ("nominal", "名义值", MUTED, "o", 2),
    "national CPI": ("national consumer prices", "全国居民消费价格", REPORTED, "s", 6),
    "PIP rural": ("World Bank rural deflator", "世界银行农村平减指数", CALCULATED, "^", -5),
    "rural CPI": ("rural consumer prices", "农村居民消费价格", SCENARIO, "D", -8),
}


@chart(
    "context-implied-denominator",
    series=(context.HEADCOUNT, context.INCIDENCE, context.RURAL, context.HUKOU),
)
def implied_denominator(records: Records) -> ChartSpec:
    """People that the official headcount over the official rate implies, beside two populations."""
    data = context.implied_denominators(records)
    first = data.iloc[0]
    hukou = {lang: number(rounded(first["hukou_2010"]), lang) for lang in ("en", "zh")}
    low, high = data["rural_residents"].min(), data["rural_residents"].max()
    residents = {
        lang: to.join(number(rounded(end), lang) for end in (low, high))
        for lang, to in (("en", " to "), ("zh", "至"))
    }
    year = int(first["year"])
    return ChartSpec(
        data=data,
        values=("implied", "rural_residents"),
        unit="person",
        draw=_draw_denominator,
        en=Text(
            headline=f"The poverty rate divides by some {hukou['en']} people, not rural residents",
            subtitle="People implied by rural poor over poverty rate (2010 standard), and population, China, year-end, 2011 to 2019",
            note="Bar: rounding of the headcount and of the rate, which is printed with one decimal and widens as the rate falls. Registered agricultural population: 2010 census.",
            alt=f"Dot plot by year from {year}: the number of people implied by the official headcount over the official rate lies near the registered agricultural population of {hukou['en']}, far above the number of rural residents, {residents['en']}.",
        ),
        zh=Text(
            headline=f"官方贫困发生率的分母约为{hukou['zh']}人，而非农村常住人口",
            subtitle="由农村贫困人口除以贫困发生率（2010年标准）推算的人数，以及人口数，中国，2011—2019年各年末",
            note="竖条：贫困人口和发生率的取整范围；发生率只有一位小数，数值越低范围越宽。农业户籍人口为2010年人口普查数。",
            alt=f"点图，自{year}年起逐年列出由官方贫困人口除以官方贫困发生率推算的人数，各年均接近2010年人口普查的农业户籍人口{hukou['zh']}，远高于农村常住人口的{residents['zh']}。可见官方贫困发生率与以农业户籍人口为分母相符，与以农村常住人口为分母不符。",
        ),
        labels={
            "hukou": (
                f"registered agricultural population, 2010: {hukou['en']}",
                f"2010年农业户籍人口：{hukou['zh']}",
            ),
            "residents": ("rural residents", "农村常住人口"),
            "implied": ("implied by the official rate", "由官方发生率推算"),
            "y": ("people", "人"),
        },
    )


def _draw_denominator(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    years = data["year"]
    look: Looks = {"color": CALCULATED, "linewidth": 6, "alpha": 0.25}
    axes.vlines(years, data["implied_low"], data["implied_high"], **look)
    axes.plot(years, data["implied"], "o", color=CALCULATED, markersize=5)
    hukou = data["hukou_2010"].iloc[0]
    axes.axhline(hukou, color=REPORTED, linewidth=1.1, linestyle=DASHED)
    axes.plot(years, data["rural_residents"], "-s", color=MUTED, markersize=4, linewidth=1.2)
    year, implied, residents = data.loc[3, ["year", "implied_high", "rural_residents"]]
    label(axes, year, implied, words["implied"], offset=(0, 8))
    label(axes, years.iloc[0], hukou, words["hukou"], color=REPORTED, offset=(-8, -6), ha="left")
    label(axes, year, residents, words["residents"], color=MUTED, offset=(0, -7))
    axes.set(ylim=(0, 1.18e9), xlim=(years.min() - 0.6, years.max() + 0.6))
    curve_axes(axes, words, lang, x="whole")


@chart(
    "context-poverty-area-income",
    series=(context.AREA_INCOME, context.CPI, context.RURAL_CPI, context.PIP_CPI),
)
def poverty_area_income(records: Records) -> ChartSpec:
    """Poverty-area income, nominal and in 2016 prices under three deflators."""
    data = context.real_area_income(records)
    at = {name: rows.set_index("year")["income_cny"] for name, rows in data.groupby("deflator")}
    rise = {
        name: round(series[context.LAST] / series[context.FIRST] - 1, 2)
        for name, series in at.items()
        if context.LAST in series.index
    }
    growth = {name: percent(value) for name, value in rise.items()}
    real = [growth["national CPI"], growth["PIP rural"]]
    low, high = (percent(end) for end in sorted((rise["national CPI"], rise["PIP rural"])))
    return ChartSpec(
        data=data,
        values=("income_cny",),
        unit="CNY/person/year",
        draw=_draw_area_income,
        price_basis="nominal and 2016 prices",
        said={f"rise, {name}": value for name, value in rise.items()},
        en=Text(
            headline=f"Poverty-area income rose {growth['nominal']} nominally, {low} to {high} in real terms",
            subtitle="Income per person in rural poverty areas, China, yuan a year, 2013 to 2020: nominal, and in 2016 prices",
            note="Left out, not estimated: income of 2014 and 2015, and rural consumer prices, published without a break only for 2017 to 2019. Poverty areas, not the poor.",
            alt=f"Line chart of income per person in poverty areas from 2013 to 2020: nominal {growth['nominal']} higher, in 2016 prices {real[0]} with national consumer prices and {real[1]} with the World Bank rural deflator. Years without data are left out.",
        ),
        zh=Text(
            headline=f"贫困地区人均收入名义增长{growth['nominal']}，实际增长{low}至{high}",
            subtitle="贫困地区农村居民人均可支配收入，中国，2013—2020年，元/年；名义值，以及按各价格指数折算的2016年价",
            note="空缺而不作估计：2014年和2015年的收入；农村居民消费价格仅2017—2019年连续。为贫困地区居民，并非贫困人口。",
            alt=f"折线图，列出2013年至2020年贫困地区农村居民人均可支配收入：名义值增长{growth['nominal']}；按2016年价格，用全国居民消费价格折算增长{real[0]}，用世界银行农村平减指数折算增长{real[1]}。没有公布数据的年份保持空缺，没有作任何插补。",
        ),
        labels={"y": ("yuan a year", "元/年")}
        | {name: (en, zh) for name, (en, zh, *_) in AREA_LOOKS.items()},
    )


def _draw_area_income(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for name, (*_, color, marker, shift) in AREA_LOOKS.items():
        rows = spec.data[spec.data["deflator"] == name]
        axes.plot(rows["year"], rows["income_cny"], marker, color=color, markersize=4.5)
        for (year, income), (later, then) in pairwise(
            zip(rows["year"], rows["income_cny"], strict=True)
        ):
            if later - year == 1:  # a gap stays a gap
                axes.plot([year, later], [income, then], color=color, linewidth=1.3)
        last = rows["year"].iloc[-1], rows["income_cny"].iloc[-1]
        label(axes, *last, words[name], color=color, offset=(8, shift), va="center")
    axes.set(xlim=(context.FIRST - 0.3, context.LAST + 0.3), ylim=(5000, 13500))
    curve_axes(axes, words, lang, x="whole")


@chart("context-relative-income", series=(context.AREA_INCOME, context.RURAL_INCOME))
def relative_income(records: Records) -> ChartSpec:
    """Poverty-area income relative to all rural income, with a trend."""
    data, trend = context.relative_income(records), context.relative_trend(records)
    first, last = (percent(rounded(data["ratio"].iloc[place])) for place in (0, -1))
    rate = percent(rounded(trend["per_year"]))
    n = trend["n"]
    years = [
        str(year) for year in range(context.FIRST, context.LAST) if year not in set(data["year"])
    ]
    return ChartSpec(
        data=data,
        values=("ratio",),
        unit="CNY per CNY",
        draw=_draw_relative_income,
        price_basis="nominal",
        said={"trend a year": trend["per_year"]}
        | {f"without data: {year}": year for year in years},
        en=Text(
            headline=f"Poverty-area income went from {first} to {last} of all rural income",
            subtitle="Disposable income per person in poverty areas over that of all rural residents, China, nominal, 2013 to 2020",
            note=f"Log-linear trend on n = {n} points, {rate} a year; band: 95% prediction interval, HC3 errors. So few points describe; they test nothing, and say nothing of a cause.",
            alt=f"Dot plot with a trend line: income per person in poverty areas relative to all rural residents rises from {first} in 2013 to {last} in 2020, {rate} a year on {n} points, with a prediction band. {' and '.join(years)} are not published.",
        ),
        zh=Text(
            headline=f"贫困地区人均收入由全国农村平均水平的{first}升至{last}",
            subtitle="贫困地区农村居民人均可支配收入与全国农村居民之比，中国，名义值，2013—2020年",
            note=f"对数线性趋势，n={n}，每年{rate}；色带为95%预测区间，HC3标准误。点数很少，只作描述，不作检验，也不说明原因。",
            alt=f"散点图，附趋势线：贫困地区农村居民人均可支配收入与全国农村居民之比，由2013年的{first}升至2020年的{last}，每年上升{rate}，共{n}个点，并标出预测区间。{'年和'.join(years)}年的数据没有公布，保持空缺；点数很少，因此这里只作描述。",
        ),
        labels={"y": ("relative to all rural residents", "与全国农村居民之比")},
    )


def _draw_relative_income(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    years, ratio = data["year"], data["ratio"]
    axes.fill_between(years, data["low"], data["high"], color=CALCULATED, alpha=0.18, linewidth=0)
    axes.plot(years, data["fitted"], color=CALCULATED, linewidth=1.3)
    axes.plot(years, ratio, "o", color=REPORTED, markersize=5.5)
    for year, value in ((years.iloc[end], ratio.iloc[end]) for end in (0, -1)):
        label(axes, year, value, percent(rounded(value)), color=REPORTED, offset=(0, 8))
    axes.set_xlim(2012.5, 2020.7)
    curve_axes(axes, words, lang, x="whole", y="percent")


@chart("context-poverty-line", series=(context.LINE, context.PIP_CPI, context.PPP))
def poverty_line(records: Records) -> ChartSpec:
    """The national line, and the 2010 line in prices of the year."""
    data = context.line_in_dollars(records)
    end = data[data["year"] == context.EXIT_YEAR].iloc[0]
    said = {
        lang: (number(rounded(end["line_cny"]), lang), number(rounded(end["updated_cny"]), lang))
        for lang in ("en", "zh")
    }
    day = f"{rounded(data['ppp_per_day'].iloc[0]):g}", f"{rounded(end['ppp_per_day']):g}"
    return ChartSpec(
        data=data,
        values=("line_cny", "updated_cny"),
        unit="CNY/person/year",
        draw=_draw_line,
        price_basis="nominal",
        en=Text(
            headline=f"The {context.EXIT_YEAR} exit standard of {said['en'][0]} yuan exceeds the price-updated line of {said['en'][1]}",
            subtitle="Rural poverty line, China, yuan a year, 2010 to 2020: as published, and the 2010 line in prices of each year",
            note=f"Updated with the World Bank's rural deflator. In international dollars of 2017 a day: {day[0]} in 2010, {day[1]} for the exit standard of 2020, which is an administrative target. Lines of 2017 and 2018 not found.",
            alt=f"Line chart: the 2010 poverty line of {number(data['line_cny'].iloc[0])} yuan updated with rural prices reaches {said['en'][1]} yuan in 2020, while the exit standard is about {said['en'][0]} yuan. In 2017 international dollars a day that is {day[1]} against {day[0]} in 2010.",
        ),
        zh=Text(
            headline=f"{context.EXIT_YEAR}年脱贫标准约{said['zh'][0]}元，高于按价格更新的{said['zh'][1]}元",
            subtitle="全国农村贫困标准，元/人/年，2010—2020年：公布值，以及2010年标准按各年价格更新的值",
            note=f"按世界银行农村平减指数更新。折合2017年国际元每天：2010年为{day[0]}，2020年脱贫标准为{day[1]}；后者是工作目标。2017年和2018年标准未查到。",
            alt=f"折线图：2010年{number(data['line_cny'].iloc[0], 'zh')}元的贫困标准按农村价格更新，到2020年为{said['zh'][1]}元，而当年的脱贫标准约为{said['zh'][0]}元。折合2017年国际元每人每天，分别由2010年的{day[0]}变为{day[1]}。脱贫标准是工作目标，并不是旧标准按价格更新的结果，两者不可混用。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "line": ("as published", "公布值"),
            "updated": ("2010 line in prices of the year", "2010年标准按当年价格"),
            "exit": ("exit standard, 2020", "2020年脱贫标准"),
        },
    )


def _draw_line(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    axes.plot(data["year"], data["updated_cny"], color=CALCULATED, linewidth=1.5)
    at_exit = data["year"] == context.EXIT_YEAR
    regular, (year, line, updated) = (
        data[~at_exit],
        data.loc[at_exit, ["year", "line_cny", "updated_cny"]].iloc[0],
    )
    axes.plot(regular["year"], regular["line_cny"], "o", color=REPORTED, markersize=5)
    axes.plot(year, line, "s", color=REPORTED, markersize=6)
    label(axes, year, line, words["exit"], color=REPORTED, offset=(-9, 0))
    label(axes, year, updated, words["updated"], offset=(0, -20), ha="right")
    third = regular.iloc[3]
    label(axes, third["year"], third["line_cny"], words["line"], color=REPORTED, offset=(0, 8))
    axes.set(xlim=(2009.5, 2020.8), ylim=(2000, 4300))
    curve_axes(axes, words, lang, x="whole")


@chart(
    "context-six-hundred-million",
    claims=(context.LIFTED,),
    series=(*context.LINES, context.POPULATION),
)
def six_hundred_million(records: Records) -> ChartSpec:
    """Which poverty lines and years give a fall between 600 and 700 million."""
    data = context.lifted_grid(records)
    inside = data[data["inside"]]
    lines = inside["line"].nunique()
    count, total, searched = len(inside), len(data), len(context.LINES)
    claim = records.claim(context.LIFTED)
    ends = {
        lang: (number(claim.value_low, lang), number(context.MOST_LIFTED, lang))
        for lang in ("en", "zh")
    }
    return ChartSpec(
        data=inside.reset_index(drop=True),
        values=("fall",),
        unit="person",
        draw=_draw_lifted,
        said={
            "pairs searched": total,
            "lines searched": searched,
            "next digit of the claim": context.MOST_LIFTED,
        },
        en=Text(
            headline=f'{count} pairs of years fit "{stated(claim)}", on {lines} poverty lines',
            subtitle=f"First and last year of each fitting fall in the number of poor, {searched} World Bank lines, China, survey years 1981 to 2015",
            note=f"{count} of {total} pairs fall by {ends['en'][0]} to {ends['en'][1]}; marks are set apart sideways. The claim names neither line nor years, so it cannot be pinned to one of them.",
            alt=f"Scatter plot of first year against last year: of {total} pairs of survey years on {searched} World Bank poverty lines, {count} show a fall in the number of poor of {ends['en'][0]} to {ends['en'][1]}, on {lines} different lines. The claim does not say which is meant.",
        ),
        zh=Text(
            headline=f"与“{stated(claim, 'zh')}”相符的起止年份有{count}对，涉及{lines}条贫困线",
            subtitle=f"贫困人口降幅相符的起止年份，世界银行{searched}条贫困线，中国，1981—2015年调查年份",
            note=f"共{total}个组合，其中{count}个降幅在{ends['zh'][0]}至{ends['zh'][1]}之间；各标记左右错开。文件既未说明贫困线，也未说明年份，因此无法对应到其中某一个。",
            alt=f"散点图，横轴为起始年份，纵轴为终止年份。在世界银行{searched}条贫困线的{total}对调查年份中，有{count}对的贫困人口降幅在{ends['zh'][0]}至{ends['zh'][1]}之间，涉及{lines}条不同的贫困线。文件既没有说明采用哪一条贫困线，也没有说明起止年份，因此无法判断它指的是哪一对。",
        ),
        labels={"x": ("first year", "起始年份"), "y": ("last year", "终止年份")}
        | {
            name: (name, re.sub(r"\$([\d.]+) \((\d+) PPP\)", r"\1美元（\2年PPP）", name))
            for name in context.LINES.values()
        },
    )


def _draw_lifted(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for place, name in enumerate(dict.fromkeys(context.LINES.values())):
        rows = data[data["line"] == name]
        color, shift = LINE_COLOURS[place % 3], (place - 2.5) * 0.42
        look: Looks = {"markersize": 4, "alpha": 0.85, "fillstyle": "full" if place < 3 else "none"}
        look |= {"label": words[name], "linestyle": "none", "color": color}
        if len(rows):
            axes.plot(rows["start"] + shift, rows["end"], MARKERS[place], **look)
    axes.set_xticks(sorted(set(data["start"])))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    beside: Looks = {"loc": "center left", "bbox_to_anchor": (1.0, 0.5), "handletextpad": 0.3}
    axes.legend(frameon=False, fontsize=POINTS["axis"], **beside)
    curve_axes(axes, words, lang, y="")
