"""Charts on policy measures: themes by document, instruments by document, and when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from matplotlib.axes import Axes

from analysis.plotting.canvas import grows, narrow, tall
from analysis.plotting.canvas import row as group
from analysis.plotting.fitting import room
from analysis.plotting.form import Form
from analysis.plotting.marks import (
    bar,
    cell,
    coloured_words,
    label,
    put,
    row_labels,
    shades,
    whole_years,
)
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.rows import stacked_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, INK, MUTED, POINTS, REPORTED, Looks
from analysis.records.load import Records
from analysis.themes.measures import findings as measures

CLAIMS = (
    *measures.LISTS,
    "hunan-2017.funds-commerce",
    "hunan-2017.training-sessions",
    "hunan-2017.village-stations",
)  # Hunan states no number of actions
THEMES = {
    "platforms_partnerships": ("matching and platforms", "平台与对接"),
    "governance": ("planning and supervision", "统筹与督导"),
    "market_entities": ("market entities", "市场主体"),
    "training": ("skills", "培训与人才"),
    "infrastructure": ("infrastructure", "基础设施"),
    "branding": ("brands", "品牌"),
    "finance": ("finance", "资金与信贷"),
    "labour_mobility": ("jobs away from home", "外出务工"),
    "rural_services": ("rural services", "农村服务"),
    "logistics": ("logistics", "物流"),
    "trade_fair": ("trade fairs", "展会"),
    "border_trade": ("border trade", "边境贸易"),
    "epidemic_response": ("epidemic", "疫情应对"),
    "publicity": ("publicity", "宣传"),
    "consumption": ("purchases to help", "消费扶贫"),
    "demonstration": ("demonstration counties", "示范县"),
}
DOCUMENTS = {
    "rural-ecommerce-opinions-2015": ("Report\nSept 2015", "报道\n2015年9月"),
    "state-council-2015": ("State Council\nOct 2015", "国务院会议\n2015年10月"),
    "hunan-2017": ("Hunan\n2016", "湖南\n2016年"),
    "covid-notice-2020": ("Notice\nMarch 2020", "疫情通知\n2020年3月"),
    "scio-2021": ("Briefing\nAug 2021", "发布会\n2021年8月"),
    "all": ("all five\n2015–2021", "五份合计\n2015—2021年"),
}
DATES = {
    "rural-ecommerce-opinions-2015": ("2015\nSep", "2015年\n9月"),
    "state-council-2015": ("2015\nOct", "2015年\n10月"),
    "hunan-2017": ("2016\n", "2016年\n"),
    "covid-notice-2020": ("2020\nMar", "2020年\n3月"),
    "scio-2021": ("2021\nAug", "2021年\n8月"),
    "all": ("all\nfive", "五份\n合计"),
}
INSTRUMENTS = {
    "fund": ("money line", "资金", CATEGORIES[2]),
    "regulation": ("rule or norm", "规范", INK),
    "tax_fee_exemption": ("fee waiver", "费用减免", CATEGORIES[1]),
    "programme": ("programme", "项目", CATEGORIES[0]),
    "event": ("event", "活动", CATEGORIES[3]),
    "guidance": ("guidance", "引导", MUTED),
}
TOTALS = "totals"
LANES = {  # who issued it
    "party": ("Communist Party", "党中央"),
    "state-council": ("State Council", "国务院"),
    "ministries": ("Ministries", "部委"),
    "hunan": ("Hunan", "湖南省"),
}
ISSUERS = {
    "rural-ecommerce-opinions-2015": "ministries",
    "state-council-2015": "state-council",
    "hunan-2017": "hunan",
    "covid-notice-2020": "ministries",
    "scio-2021": "ministries",
}
YEARS = (2013.9, 2022)
CELL_TALL, HEADS_TALL = (
    0.21,
    0.65,
)  # inches of a row of cells, and of what stands over and under all


@chart("measures-heat-map", claims=CLAIMS)
def heat_map(records: Records) -> ChartSpec:
    """Share of each document's measures that have each theme."""
    data = measures.themes_by_document(records)
    both = data[data["source_id"] == "all"].set_index("theme")
    n, most = int(both["n"].iloc[0]), both["measures"].idxmax()
    count, governance = int(both.loc[most, "measures"]), int(both.loc["governance", "measures"])
    notice = data[
        (data["source_id"] == "covid-notice-2020") & (data["theme"] == "governance")
    ].iloc[0]
    unnamed = len(measures.headlines(records, named=False)) - n
    return ChartSpec(
        data=data,
        values=("share",),
        unit="share of the document's named measures",
        draw=_draw_heat_map,
        said={"themes": len(THEMES)},
        en=Text(
            headline=f"{count} of {n} named measures, up to four themes each, concern {THEMES[most][0]}",
            subtitle="Measures of five documents, 2015 to 2021, with each theme: number (shade: share of the document's measures)",
            note=f"A measure has up to four themes. Five documents, no sample of policy. Left out: {unnamed} of ten measures announced in 2015 and not named in the report. Two coders, then adjudicated and amended (demonstration counties; a fourth action of Hunan).",
            alt=f"Heat map of {len(THEMES)} themes by five documents. {THEMES[most][0].capitalize()} is most frequent, with {count} of {n} named measures, then planning and supervision with {governance}. In the notice of 2020 planning and supervision has {notice['measures']} of {notice['n']}, in the briefing of 2021 none. A measure may have up to four themes, so that numbers do not add.",
        ),
        zh=Text(
            headline=f"{n}项列明的措施（每项至多四个主题）中，{count}项涉及{THEMES[most][1]}",
            subtitle="五份文件（2015—2021年）中涉及各主题的措施：项数及占该文件列明措施的比例",
            note=f"五份文件并非全部政策的样本。2015年宣布的十项措施中，报道未列明的{unnamed}项不计入。由两人分别编码后裁定，并有增补（示范县主题、湖南第四项行动）。",
            alt=f"热力图，列为五份文件，行为{len(THEMES)}个主题。{THEMES[most][1]}最常见，{n}项列明的措施中有{count}项；其次是统筹与督导，有{governance}项。2020年疫情通知的{notice['n']}项中，统筹与督导占{notice['measures']}项。每项措施最多可有四个主题，因此各主题的项数不能相加；格内为项数和比例，没有的留空。",
        ),
        labels=THEMES
        | DOCUMENTS
        | {"left": ("{} rarer themes not shown", "另有{}个较少的主题未列")}
        | {f"date:{name}": date for name, date in DATES.items()},
    )


def _lane(row: Any) -> str:
    """Who issued a measure or a step: the party, the State Council, ministries, or Hunan."""
    if row.what == "measures":
        return ISSUERS[row.name]
    kinds = {
        "Hunan": "hunan",
        "CPC": "party",
        "State Council": "state-council",
        "Premier": "state-council",
    }
    return next((lane for part, lane in kinds.items() if part in row.actor), "ministries")


def _draw_heat_map(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    themes, documents = list(THEMES), list(DOCUMENTS)
    if not grows(axes):  # a card and a slide show the most frequent ones
        themes = themes[: max(4, int((room(axes)[1] - HEADS_TALL) / CELL_TALL))]
    shares = data.pivot(index="theme", columns="source_id", values="share")
    shades(axes, shares.reindex(index=themes, columns=documents).to_numpy(), 1)
    for row in data[(data["measures"] > 0) & data["theme"].isin(themes)].itertuples():
        x, y = documents.index(row.source_id), themes.index(row.theme)
        said = str(row.measures)
        cell(axes, x, y, said, color="white" if row.share > 0.5 else INK, size="small")
    axes.axvline(len(DOCUMENTS) - 1.5, color=MUTED, linewidth=1)
    sizes = data.groupby("source_id")["n"].first()
    heads = [f"{words[name]}\nn={sizes[name]}" for name in documents]
    if narrow(axes):  # the dates, which the source line names with the documents
        heads = [f"{words[f'date:{name}']}\nn={sizes[name]}" for name in documents]
    axes.set_xticks(range(len(heads)), heads, fontsize=POINTS["small"])
    names: Looks = {"fontsize": POINTS["small" if narrow(axes) else "label"]}
    axes.set_yticks(range(len(themes)), [words[name] for name in themes], **names)
    if left := len(THEMES) - len(themes):
        axes.set_xlabel(words["left"].format(left))
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", pad=1)
    tall(axes, CELL_TALL * len(themes))


@chart("measures-instruments", claims=CLAIMS)
def instruments(records: Records) -> ChartSpec:
    """Measures of each document by their strongest act."""
    data = measures.instruments_by_document(records)
    data = data[data["instrument"].isin(INSTRUMENTS)].reset_index(drop=True)
    total, n = data.groupby("instrument")["measures"].sum(), int(data["measures"].sum())
    money = measures.headlines(records)
    differ = int((measures.disagreements(records)["column"] == "instrument").sum())
    named, own = (
        int((money["names_money"] == "yes").sum()),
        int((money["money_of"] == "measure").sum()),
    )
    return ChartSpec(
        data=data.astype({"measures": "float64"}),
        values=("measures",),
        unit="measures",
        form=Form(
            "bars",
            "source_id",
            split="instrument",
            stacked=True,
            colors={name: color for name, (_, _, color) in INSTRUMENTS.items()},
        ),
        draw=_draw_instruments,
        said={"named measures": n}
        | {f"strongest act: {name}": int(total[name]) for name in INSTRUMENTS},
        en=Text(
            headline=f"{total['guidance']} of {n} named measures go no further than guidance; {total['fund']} reach funding",
            subtitle="Named measures of five documents by their strongest act, 2015 to 2021; number of measures",
            note=f"{named} measures state an amount of money, {own} of them money of the measure itself. Aims of an opinion count as guidance and works as programme, a thin line: the coders differed on {differ} of the {n}.",
            alt=f"Stacked bar chart of {n} named measures in five documents by strongest act: {total['programme']} programmes, {total['guidance']} guidance, {total['fund']} with a money line, {total['regulation']} rule, {total['tax_fee_exemption']} fee waiver and {total['event']} event. The notice of 2020 and the report of September 2015 hold most of the guidance.",
        ),
        zh=Text(
            headline=f"{n}项列明的措施中，{total['guidance']}项至多为引导，{total['fund']}项有资金安排",
            subtitle="五份文件中列明的措施，按最强手段分，2015—2021年，项数",
            note=f"{named}项措施写有金额，其中{own}项是措施本身的资金。意见中的目标计为引导，工程计为项目，二者界线不明显：两名编码者有{differ}项不同。",
            alt=f"堆积条形图，五份文件中列明的{n}项措施按最强手段分：项目{total['programme']}项，引导{total['guidance']}项，资金{total['fund']}项，规范{total['regulation']}项，费用减免{total['tax_fee_exemption']}项，活动{total['event']}项。引导类多见于2020年疫情通知和2015年9月的报道；写有资金安排的，只见于国务院会议和湖南。",
        ),
        labels={name: (en, zh) for name, (en, zh, _) in INSTRUMENTS.items()} | DOCUMENTS,
    )


def _draw_instruments(axes: Axes, spec: ChartSpec, lang: str) -> None:
    order = [name for name in DOCUMENTS if name != "all"]
    colors = {name: color for name, (_, _, color) in INSTRUMENTS.items()}
    stacked_rows(axes, spec, lang, ("source_id", "instrument"), rows=order, colors=colors)


def _year(day: str) -> float:
    date = dt.date.fromisoformat(day)
    return round(date.year + (date.timetuple().tm_yday - 1) / 365.25, 3)


@chart("measures-timeline", claims=CLAIMS)
def timeline(records: Records) -> ChartSpec:
    """Announced measures and dated steps by the date of the event, each as precise as it is known."""
    data = measures.timeline(records)
    data = data.assign(start=data["first"].map(_year), end=data["last"].map(_year))
    data["lane"] = [_lane(row) for row in data.itertuples()]
    announced = data[data["what"] == "measures"]
    n, by_year = (
        int(announced["named"].sum()),
        announced.groupby(announced["date"].str[:4])["named"].sum(),
    )
    items = announced.set_index(["name", "precision"])["items"]
    tasks, ten, six, twelve, eight, three = (
        int(items[name])
        for name in (
            ("rural-ecommerce-opinions-2015", "month"),
            ("rural-ecommerce-opinions-2015", "day"),
            ("state-council-2015", "day"),
            ("covid-notice-2020", "month"),
            ("scio-2021", "day"),
            ("hunan-2017", "year"),
        )
    )
    steps, vague = int((data["what"] == "step").sum()), int((data["precision"] != "day").sum())
    return ChartSpec(
        data=data,
        values=("start", "end"),
        unit="calendar year",
        draw=_draw_timeline,
        said={
            "named measures": n,
            "of 2015": int(by_year["2015"]),
            "of 2020": int(by_year["2020"]),
            "other steps": steps,
            "dates known to the month or year": vague,
        },
        en=Text(
            headline=f"{by_year['2015']} of {n} named measures date from 2015, {by_year['2020']} from 2020",
            subtitle="Measures that five documents name, and other dated steps, by who issued them and the date of the event, 2014 to 2021",
            note=f"Dot: day known. Bar: only the month or the year is known ({vague} of {len(data)} dates). The other steps are listed with their sources in data/events.csv. No date is that of a web page.",
            alt=f"Timeline 2014 to 2021, a row for each kind of issuer. Measures coded: {tasks} tasks and {ten} measures in September 2015, {six} on 14 October 2015, {three} Hunan actions of 2016, {twelve} in March 2020, {eight} items on 23 August 2021. {steps} other dated steps are grey; {vague} of {len(data)} dates are known to the month or year only.",
        ),
        zh=Text(
            headline=f"{n}项列明的措施中，{by_year['2015']}项出自2015年，{by_year['2020']}项出自2020年",
            subtitle="五份文件列明的措施及其他有日期的步骤，按发布者和事件日期，2014—2021年",
            note=f"圆点：日期确切。横条：只知月份或年份（{len(data)}个日期中有{vague}个）。其他步骤的出处随数据逐条列出。均非网页日期。",
            alt=f"时间线，2014年至2021年，每类发布者一行。已编码的措施：2015年9月有{tasks}项任务和{ten}项措施，10月14日有{six}项，2016年湖南有{three}项，2020年3月有{twelve}项，2021年8月23日有{eight}项。另有{steps}个步骤以灰色标出。{len(data)}个日期中，{vague}个只知月份或年份。时间均按事件日期排列，不用网页日期。",
        ),
        labels=LANES
        | {
            "unit above": ("", ""),
            TOTALS: (f"Measures named, {n} in all", f"列明的措施，共{n}项"),
            "coded": ("measures named", "列明的措施"),
            "steps": (f"{steps} other steps", f"其他{steps}个步骤"),
        },
    )


def _draw_timeline(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    lanes = [TOTALS, *LANES]
    totals = data.groupby(data["start"].astype(int))["named"].sum()
    for year, named in totals[totals > 0].items():
        strong = named in totals.nlargest(2).to_numpy()
        look: Looks = {"weight": "bold", "size": "value"} if strong else {}
        drop = -6 if narrow(axes) else 0  # under the name of the row
        place = Place((float(year) + 0.5, 0), (0, drop), "center", "baseline")
        put(axes, str(named), [place], color=REPORTED, **look)
    for row in data.itertuples():
        y, coded = lanes.index(row.lane), row.what == "measures"
        color, middle = REPORTED if coded else MUTED, (row.start + row.end) / 2
        with group(axes, f"{row.name}/{row.precision}"):
            if row.precision == "day":
                axes.plot(row.start, y, "o", color=color, markersize=5, zorder=4)
            else:
                alpha = 0.8 if coded else 0.45
                bar(axes, [row.start, row.end], [y, y], color, width=5, alpha=alpha, zorder=3)
            if coded and row.named:
                label(axes, middle, y, str(row.named), color=color, offset=(0, 4))
    row_labels(axes, [words[name] for name in lanes])
    axes.set_xlim(*YEARS)
    axes.grid(axis="x", color=MUTED, alpha=0.25, linewidth=0.5)
    whole_years(axes)
    coloured_words(axes, [(words["coded"], REPORTED), (words["steps"], MUTED)])
