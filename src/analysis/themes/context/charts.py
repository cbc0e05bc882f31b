"""Charts on context and benchmarks."""

from __future__ import annotations

import re
from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.form import Form
from analysis.plotting.marks import (
    bar,
    coloured_words,
    curve_axes,
    definition_break,
    label,
    put,
    row_labels,
    whole_years,
)
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, DASHED, INK, MUTED, REPORTED, SCENARIO, TINT, Looks
from analysis.records.load import Records
from analysis.themes.context import findings as context
from analysis.words.wording import number, percent, rounded, stated

PRICES = ("rural CPI", "national CPI")  # the ends of the band


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
    since, until, *least_most = context.implied_range(records)
    between = {
        lang: to.join(number(rounded(end), lang) for end in least_most)
        for lang, to in (("en", " to "), ("zh", "至"))
    }
    return ChartSpec(
        data=data,
        values=("implied", "rural_residents"),
        unit="person",
        form=Form(
            "dots",
            "year",
            ("implied", "rural_residents", "hukou_2010"),
            {"implied": ("implied_low", "implied_high")},
            colors={"implied": CALCULATED, "rural_residents": MUTED, "hukou_2010": REPORTED},
        ),
        draw=_draw_denominator,
        said={"least implied": least_most[0], "most implied": least_most[1]},
        en=Text(
            headline=f"The poverty rate divides by roughly {between['en']} people, not rural residents",
            subtitle="People implied by rural poor over poverty rate (2010 standard), and population, China, year-end, 2011 to 2019",
            note=f"Bar: rounding of headcount and rate. Headline: {since} to {until}, where it is narrow. Of whom the rate is taken is inferred; the bureau's own definition was not found. Agricultural registration: 2010 census.",
            alt=f"Dot plot by year from {year}: the number of people implied by the official headcount over the official rate, {between['en']} where rounding is narrow, lies near the registered agricultural population of {hukou['en']}, far above the number of rural residents, {residents['en']}.",
        ),
        zh=Text(
            headline=f"官方贫困发生率的分母约为{between['zh']}人，并非乡村人口",
            subtitle="由农村贫困人口除以贫困发生率（2010年标准）推算的人数，以及人口数，中国，2011—2019年各年末",
            note=f"竖条：贫困人口和发生率的取整范围；标题取范围较窄的{since}—{until}年。分母口径系推断，未查到国家统计局的定义。农业户口人口为2010年人口普查数。",
            alt=f"点图，自{year}年起逐年列出由官方贫困人口除以官方贫困发生率推算的人数，在取整范围较窄的年份为{between['zh']}，接近2010年人口普查的农业户口人口{hukou['zh']}，远高于乡村人口的{residents['zh']}。可见官方贫困发生率与以农业户口人口为分母相符，与以乡村人口为分母不符。",
        ),
        labels={
            "hukou": (
                f"agricultural hukou, 2010: {hukou['en']}",
                f"2010年农业户口人口：{hukou['zh']}",
            ),
            "residents": ("rural residents", "乡村人口"),
            "implied": (
                f"implied by the official rate:\n{between['en']}",
                f"由官方发生率推算：\n{between['zh']}",
            ),
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
    label(axes, year, implied, words["implied"], offset=(0, 8), weight="bold")
    label(axes, years.iloc[0], hukou, words["hukou"], color=REPORTED, offset=(-8, -8), ha="left")
    label(axes, year, residents, words["residents"], color=MUTED, offset=(0, -7))
    axes.set(ylim=(0, 1.3e9), xlim=(years.min() - 0.6, years.max() + 0.6))
    curve_axes(axes, words, lang, x="whole")


@chart(
    "context-poverty-area-income",
    series=(context.AREA_INCOME, context.CPI, context.RURAL_CPI, context.PIP_CPI),
)
def poverty_area_income(records: Records) -> ChartSpec:
    """Poverty-area income, nominal and in 2016 prices under two indexes of consumer prices."""
    data = context.real_area_income(records)
    found = {
        one.value_id.removeprefix("context.area-income-"): one for one in context.findings(records)
    }
    rise = {
        "nominal": found["multiple"].value - 1,
        "national CPI": found["growth-national-prices"].value,
        "rural CPI": found["growth-rural-prices"].value,
    }
    growth = {name: percent(rounded(value)) for name, value in rise.items()}
    real = [growth["national CPI"], growth["rural CPI"]]
    nominal = percent(rounded(rise["nominal"]))
    return ChartSpec(
        data=data,
        values=("income_cny",),
        unit="CNY/person/year",
        form=Form(
            "dots",
            "year",
            split="deflator",
            colors={"nominal": REPORTED, PRICES[0]: CALCULATED, PRICES[1]: MUTED},
        ),
        draw=_draw_area_income,
        price_basis="nominal and 2016 prices",
        said={f"rise, {name}": value for name, value in rise.items()},
        en=Text(
            headline=f"Poverty-area income rose {nominal}; in rural consumer prices {real[1]}, in national ones {real[0]}",
            subtitle="Income per person in rural poverty areas, China, yuan a year, 2013 to 2020: nominal, and in 2016 prices",
            note="Band: between both indexes of prices, the line their middle. Income of 2014 and 2015 was not found and is left out. Rural prices: 2016 implied by growth in poverty areas, 2020 from the World Bank's deflator. Poverty areas, not the poor.",
            alt=f"Line chart of income per person in poverty areas from 2013 to 2020: nominal {nominal} higher, in 2016 prices {real[0]} with national and {real[1]} with rural consumer prices. Years without data are left out.",
        ),
        zh=Text(
            headline=f"贫困地区收入名义增{nominal}，按农村居民消费价格增{real[1]}，按全国价格{real[0]}",
            subtitle="贫困地区农村居民人均可支配收入，中国，2013—2020年，元/年；当年价，以及按各价格指数折算的2016年价",
            note="色带：两种价格指数之间，线为其中点。未查到2014年和2015年的收入，缺失年份未作估算。农村价格：2016年由贫困地区增速推算，2020年取世界银行平减指数。为贫困地区居民，并非贫困人口。",
            alt=f"折线图，列出2013年至2020年贫困地区农村居民人均可支配收入：名义增长{nominal}；按2016年价格，用全国居民消费价格折算增长{real[0]}，用农村居民消费价格折算增长{real[1]}。没有查到数据的年份保持空缺，没有作任何插补。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "nominal": (f"nominal:\n+{nominal}", f"当年价：\n+{nominal}"),
            "real": (
                f"in 2016 prices:\n+{real[1]} to +{real[0]}",
                f"2016年价：\n+{real[1]}至+{real[0]}",
            ),
        },
    )


def _draw_area_income(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    wide = spec.data.pivot_table(index="year", columns="deflator", values="income_cny")
    wide = wide.reindex(range(context.FIRST, context.LAST + 1))  # a gap stays a gap
    low, high = (wide[name] for name in PRICES)
    axes.fill_between(wide.index, low, high, color=CALCULATED, alpha=TINT, linewidth=0)
    ends: Looks = {"capsize": 0, "linestyle": "none", "color": CALCULATED, "elinewidth": 4}
    middle = (low + high) / 2
    axes.errorbar(wide.index, middle, yerr=(high - low).abs() / 2, **ends)
    axes.plot(wide.index, middle, "-o", color=CALCULATED, linewidth=2.4, markersize=4)
    axes.plot(wide.index, wide["nominal"], "-o", color=REPORTED, linewidth=2.4, markersize=5)
    for line, name, color, lift in (
        (wide["nominal"], "nominal", REPORTED, 9),
        (middle, "real", CALCULATED, -9),
    ):
        look: Looks = {"offset": (8, lift), "va": "center", "weight": "bold", "color": color}
        label(axes, context.LAST, line.iloc[-1], words[name], **look)
    axes.set(xlim=(context.FIRST - 0.3, context.LAST + 0.3), ylim=(5000, 13500))
    curve_axes(axes, words, lang, x="whole")


@chart("context-relative-income", series=(context.AREA_INCOME, context.RURAL_INCOME))
def relative_income(records: Records) -> ChartSpec:
    """Poverty-area income beside all rural income: the ratio, and the gap in yuan."""
    data, slope = context.relative_income(records), context.ratio_slope(records)
    first, last = data.iloc[0], data.iloc[-1]
    ratio = [percent(rounded(row["ratio"])) for row in (first, last)]
    gap = {
        lang: [number(rounded(row["gap_cny"]), lang) for row in (first, last)]
        for lang in ("en", "zh")
    }
    points = f"{rounded(100 * slope):g}"
    years = [
        str(year) for year in range(context.FIRST, context.LAST) if year not in set(data["year"])
    ]
    return ChartSpec(
        data=data,
        values=("area_cny", "rural_cny"),
        unit="CNY/person/year",
        form=Form("dots", "year", colors={"rural_cny": MUTED, "area_cny": REPORTED}),
        draw=_draw_relative_income,
        price_basis="nominal",
        said={"points a year": slope} | {f"without data: {year}": year for year in years},
        en=Text(
            headline=f"Poverty-area income reached {ratio[1]} of rural income, from {ratio[0]}; the gap grew to {gap['en'][1]} yuan",
            subtitle="Disposable income per person in poverty areas and of all rural residents, China, yuan a year, nominal, 2013 to 2020",
            note=f"Bracket: the gap, {gap['en'][0]} and {gap['en'][1]} yuan. The ratio rose by {points} percentage points a year, a description of few points. {' and '.join(years)} were not found for poverty areas.",
            alt=f"Line chart of incomes per person: in poverty areas {ratio[0]} of that of all rural residents in 2013 and {ratio[1]} in 2020, {points} percentage points more a year. The gap between them widened from {gap['en'][0]} to {gap['en'][1]} yuan. {' and '.join(years)} are left out.",
        ),
        zh=Text(
            headline=f"贫困地区人均收入由全国农村平均的{ratio[0]}升至{ratio[1]}，差距扩大到{gap['zh'][1]}元",
            subtitle="贫困地区农村居民与全国农村居民人均可支配收入，中国，元/年，当年价，2013—2020年",
            note=f"竖线：差距，由{gap['zh'][0]}元到{gap['zh'][1]}元。比值每年上升{points}个百分点，样本量小，仅作描述。未查到贫困地区{'年和'.join(years)}年的收入。",
            alt=f"折线图，列出贫困地区与全国农村居民的人均可支配收入：前者2013年为全国农村居民的{ratio[0]}，2020年为{ratio[1]}，每年上升{points}个百分点；差距由{gap['zh'][0]}元扩大到{gap['zh'][1]}元。{'年和'.join(years)}年没有查到，保持空缺；样本量小，这里仅作描述。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "rural_cny": ("all rural residents", "全国农村居民"),
            "area_cny": ("poverty areas", "贫困地区"),
            "gap:0": (ratio[0], ratio[0]),
            "gap:-1": (f"{ratio[1]},\n{gap['en'][1]} less", f"{ratio[1]}，\n少{gap['zh'][1]}元"),
        },
    )


def _draw_relative_income(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    years = data["year"]
    for name, color, marker in (("rural_cny", MUTED, "s"), ("area_cny", REPORTED, "o")):
        for start, end in pairwise(range(len(years))):
            if years[end] - years[start] == 1:  # a gap stays a gap
                axes.plot(
                    years[start : end + 1], data.loc[start:end, name], color=color, linewidth=1.3
                )
        axes.plot(years, data[name], marker, color=color, markersize=4.5)
        label(axes, years.iloc[-1], data[name].iloc[-1], words[name], color=color, offset=(9, 0))
    for place in (0, -1):
        row = data.iloc[place]
        ends: Looks = {"color": CALCULATED, "linewidth": 1.2}
        axes.plot([row["year"]] * 2, [row["area_cny"], row["rural_cny"]], zorder=1, **ends)
        middle = (row["area_cny"] + row["rural_cny"]) / 2
        look: Looks = {"weight": "bold", "va": "center"} if place else {"va": "center"}
        label(axes, row["year"], middle, words[f"gap:{place}"], offset=(9, 0), **look)
    axes.set(xlim=(years.min() - 0.4, years.max() + 0.4), ylim=(0, 19000), xticks=years)
    curve_axes(axes, words, lang)


@chart(
    "context-poverty-line", series=(context.LINE, context.PIP_CPI, context.RURAL_CPI, context.PPP)
)
def poverty_line(records: Records) -> ChartSpec:
    """The national line, and the 2010 line in prices of the year."""
    data = context.line_in_dollars(records).drop(columns="definition")
    end = data[data["year"] == context.EXIT_YEAR].iloc[0]
    columns = ("line_cny", "updated_cny", "rural_prices_cny")
    said = {
        lang: [number(rounded(end[column]), lang) for column in columns] for lang in ("en", "zh")
    }
    day = f"{rounded(data['ppp_per_day'].iloc[0]):g}", f"{rounded(end['ppp_per_day']):g}"
    return ChartSpec(
        data=data,
        values=("line_cny", "updated_cny", "rural_prices_cny"),
        unit="CNY/person/year",
        form=Form(
            "dots",
            "year",
            colors={"line_cny": REPORTED, "updated_cny": CALCULATED, "rural_prices_cny": SCENARIO},
        ),
        draw=_draw_line,
        price_basis="nominal",
        en=Text(
            headline=f"The {context.EXIT_YEAR} exit standard, {said['en'][0]} yuan, exceeds the price-updated 2010 line, {said['en'][2]} to {said['en'][1]}",
            subtitle="Rural poverty line, China, yuan a year, 2010 to 2020: as published, and the 2010 line in prices of each year",
            note=f"The World Bank's rural deflator is the official line itself until 2016. A day in international dollars of 2017: {day[0]} in 2010, {day[1]} for the exit standard of 2020, an administrative target. Lines of 2017 and 2018 not found; hollow: weak copies only.",
            alt=f"Line chart: the 2010 poverty line of {number(data['line_cny'].iloc[0])} yuan reaches {said['en'][1]} yuan in 2020 with the World Bank's rural deflator and {said['en'][2]} with rural consumer prices, while the exit standard is about {said['en'][0]} yuan, {day[1]} international dollars of 2017 a day against {day[0]} for the line of 2010. A dotted line marks the change from line to target.",
        ),
        zh=Text(
            headline=f"{context.EXIT_YEAR}年脱贫标准约{said['zh'][0]}元，2010年标准按价格更新为{said['zh'][2]}至{said['zh'][1]}元",
            subtitle="全国农村贫困标准，元/人/年，2010—2020年：公布值，以及2010年标准按各年价格更新的值",
            note=f"世界银行农村平减指数在2016年以前就是贫困标准本身。折合2017年国际元，每天：2010年为{day[0]}，2020年脱贫标准为{day[1]}；后者是工作目标。2017年和2018年标准未查到；空心：出处不可靠。",
            alt=f"折线图：2010年{number(data['line_cny'].iloc[0], 'zh')}元的贫困标准到2020年，按世界银行农村平减指数为{said['zh'][1]}元，按农村居民消费价格为{said['zh'][2]}元，而当年的脱贫标准约为{said['zh'][0]}元。折合2017年国际元每人每天，分别由2010年的{day[0]}变为{day[1]}。脱贫标准是工作目标，并不是旧标准按价格更新的结果，两者不可混用。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "line": ("as published", "公布值"),
            "updated": (
                f"by the World Bank's\ndeflator: {said['en'][1]}",
                f"按世界银行平减指数：\n{said['zh'][1]}",
            ),
            "rural": (
                f"by rural consumer\nprices: {said['en'][2]}",
                f"按农村居民消费价格：\n{said['zh'][2]}",
            ),
            "exit": (f"exit standard:\n{said['en'][0]}", f"脱贫标准：\n{said['zh'][0]}"),
            "break": ("another definition", "口径不同"),
        },
    )


def _draw_line(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    axes.plot(data["year"], data["updated_cny"], color=CALCULATED, linewidth=1.5)
    looks: Looks = {"color": SCENARIO, "linewidth": 1.3, "linestyle": DASHED}
    axes.plot(data["year"], data["rural_prices_cny"], **looks)
    at_exit = data["year"] == context.EXIT_YEAR
    regular, (year, line, updated) = (
        data[~at_exit],
        data.loc[at_exit, ["year", "line_cny", "updated_cny"]].iloc[0],
    )
    sure = regular["year"] != context.WEAK_COPIES
    for rows, fill in ((regular[sure], "full"), (regular[~sure], "none")):
        dots: Looks = {"color": REPORTED, "markersize": 5, "fillstyle": fill, "linestyle": "none"}
        axes.plot(rows["year"], rows["line_cny"], "o", **dots)
    axes.plot(year, line, "s", color=REPORTED, markersize=6)
    label(axes, year, line, words["exit"], color=REPORTED, offset=(9, 0), weight="bold")
    label(axes, year, updated, words["updated"], offset=(9, 4), va="center")
    rural = data.loc[at_exit, "rural_prices_cny"].iloc[0]
    label(axes, year, rural, words["rural"], color=SCENARIO, offset=(9, -5), va="center")
    third = regular.iloc[3]
    offset = (0, 16) if narrow(axes) else (-3, 8)
    label(axes, third["year"], third["line_cny"], words["line"], color=REPORTED, offset=offset)
    axes.set(
        xlim=(2009.5, 2020.5), ylim=(2000, 4300), xticks=range(2010, 2021, 5 if narrow(axes) else 2)
    )
    definition_break(axes, (regular["year"].iloc[-1] + year) / 2, words["break"])
    curve_axes(axes, words, lang)


@chart(
    "context-six-hundred-million",
    claims=(context.LIFTED,),
    series=(*context.LINES, context.POPULATION),
)
def six_hundred_million(records: Records) -> ChartSpec:
    """By line, the survey years from which and to which the number of poor fell by 600 to 700 million."""
    grid, poor = context.lifted_grid(records), context.number_of_poor(records)
    inside, by_line = grid[grid["inside"]], context.fitting_pairs(records).set_index("line")
    claim = records.claim(context.LIFTED)
    said = claim.period_end[:4]
    lines, count, total = inside["line"].nunique(), len(inside), len(grid)
    one, searched = int(inside["one_survey"].sum()), len(context.LINES)
    first, last = int(poor["year"].min()), int(poor["year"].max())
    ends = {
        lang: (number(claim.value_low, lang), number(context.MOST_LIFTED, lang))
        for lang in ("en", "zh")
    }
    return ChartSpec(
        data=_poor_and_pairs(poor, inside),
        values=("persons",),
        unit="person",
        draw=_draw_lifted,
        said={
            "pairs searched": total,
            "lines searched": searched,
            "pairs that fit": count,
            "lines that fit": lines,
            "within one kind of survey": one,
            "year of the claim": said,
            "next digit of the claim": context.MOST_LIFTED,
        },
        en=Text(
            headline=f'{count} pairs of years before {said} fit "{stated(claim)}", on {lines} lines',
            subtitle=f"Survey years between which the number of poor fell by {ends['en'][0]} to {ends['en'][1]}, on {searched} World Bank lines, China, {first} to {last}",
            note=f"Of {total} pairs of survey years {count} fit; not every first year goes with every last one. Hollow: only with a first year of another kind of survey; {one} pairs stay within one kind. The claim names neither line nor years.",
            alt=f"Dot plot of survey years by poverty line, China, {first} to {last}. Of {total} pairs of survey years that had passed in {said}, {count} show a fall of {ends['en'][0]} to {ends['en'][1]} in the number of poor, on {lines} of {searched} lines; {one} of them stay within one kind of survey. The claim does not say which is meant.",
        ),
        zh=Text(
            headline=f"{said}年以前，与“{stated(claim, 'zh')}”相符的起止年份有{count}对，涉及{lines}条贫困线",
            subtitle=f"贫困人口减少{ends['zh'][0]}至{ends['zh'][1]}人的起止调查年份，世界银行{searched}条贫困线，中国，{first}—{last}年",
            note=f"共{total}对，其中{count}对相符；并非每个起始年份都与每个截止年份相配。空心：只与另一种调查的起始年份相配；{one}对属同一种调查。文件未说明贫困线和年份。",
            alt=f"点图，按贫困线列出{first}年至{last}年的调查年份。在{said}年以前的{total}对调查年份中，有{count}对的贫困人口减少{ends['zh'][0]}至{ends['zh'][1]}人，涉及{searched}条线中的{lines}条，其中{one}对属同一种调查。文件既没有说明采用哪一条贫困线，也没有说明起止年份，因此无法判断它指的是哪一对。",
        ),
        labels={
            "unit above": ("", ""),
            "key": (
                f"{ends['en'][0]} to {ends['en'][1]} fewer: {count} pairs, {lines} lines",
                f"减少{ends['zh'][0]}至{ends['zh'][1]}：{count}对，{lines}条线",
            ),
            "start": ("| first year", "| 起始年份"),
            "end": ("● last year", "●截止年份"),
            "break": ("dotted: another survey", "点线：调查不同"),
        }
        | {
            name: (name, re.sub(r"\$([\d.]+) \((\d+) PPP\)", r"\1美元（\2年PPP）", name))
            for name in context.LINES.values()
        }
        | {f"value:{name}": _how_many(row) for name, row in by_line.iterrows()},
    )


def _how_many(row: pd.Series) -> tuple[str, str]:
    """How many pairs of a line fit; where none does, the largest fall."""
    fitting, most = int(row["fitting"]), rounded(row["largest_fall"])
    if fitting:
        return f"{fitting} pair{'s' if fitting > 1 else ''}", f"{fitting}对"
    return f"none: at most {number(most)} fewer", f"无：至多减少{number(most, 'zh')}"


def _poor_and_pairs(poor: pd.DataFrame, inside: pd.DataFrame) -> pd.DataFrame:
    """The number of poor by line and year, and the falls that fit, one row each."""
    levels = poor.rename(columns={"year": "start", "poor": "persons"}).assign(what="poor")
    levels = levels.assign(end=levels["start"], one_survey=True)
    falls = inside.rename(columns={"fall": "persons"}).assign(what="fall", survey="")
    columns = ["line", "what", "start", "end", "persons", "survey", "one_survey"]
    return pd.concat([levels[columns], falls[columns]], ignore_index=True)


def _draw_lifted(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, pairs = spec.text(lang).labels, spec.data[spec.data["what"] == "fall"]
    first, last = spec.data["start"].min(), spec.data["end"].max()
    names = list(context.LINES.values())
    for y, name in enumerate(names):
        own = pairs[pairs["line"] == name]
        with group(axes, name):
            axes.plot(own["start"], [y] * len(own), "|", color=MUTED, markersize=9)
            for end, rows in own.groupby("end"):
                face = CALCULATED if rows["one_survey"].any() else "white"
                look: Looks = {"color": CALCULATED, "markersize": 5, "markerfacecolor": face}
                axes.plot(end, y, "o", **look)
            if len(own):
                bar(axes, [own["start"].min(), own["end"].max()], [y, y], CALCULATED, width=1.5)
            place = Place((last if len(own) else first, y), (9, 0), "left", "center")
            put(axes, words[f"value:{name}"], [place], color=CALCULATED if len(own) else MUTED)
    row_labels(axes, [words[name] for name in names])
    key = [(words["key"], INK), (words["start"], MUTED), (words["end"], CALCULATED)]
    coloured_words(axes, key if narrow(axes) else [*key, (words["break"], MUTED)])
    axes.set_xlim(first - 1.5, last + 1)
    surveys = spec.data[spec.data["what"] == "poor"].drop_duplicates("start").sort_values("start")
    for (before, kind), (after, other) in pairwise(
        zip(surveys["start"], surveys["survey"], strict=True)
    ):
        if kind != other and not narrow(axes):  # no line through the names over the marks
            definition_break(axes, (before + after) / 2, "", (-0.5, len(names) - 0.5))
    whole_years(axes)
