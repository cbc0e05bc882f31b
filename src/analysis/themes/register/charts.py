"""Charts of the register: how figures are stated, graded and dated, and five counts of people."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds.finding import GRADES
from analysis.plotting.canvas import narrow, tall
from analysis.plotting.canvas import row as group
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
from analysis.plotting.rows import bar_rows, claim_rows, cross_counts, stacked_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CATEGORIES, INK, MUTED, REPORTED, Looks
from analysis.records.load import Records
from analysis.records.periods import first_day, last_day
from analysis.themes.register.charts_documents import document_names, documents
from analysis.words.catalogue import LANGUAGES, word
from analysis.words.wording import number, plain, rounded, stated

WAYS = dict(zip(("exact", "rounded", "hedged", "one end"), (*CATEGORIES[:3], MUTED), strict=True))
EVENT, PAGE = CATEGORIES[0], CATEGORIES[2]
REPOST = "hunan-2017"  # the note speaks of reposts such as this one
LATE_YEARS = 2  # a page dated so much after the event is late
STATED_AS = {
    "exact": "exact",
    "rounded": "rounded",
    "about": "hedged",
    "nearly": "hedged",
    "range": "hedged",
    "more_than": "one end",
    "at_least": "one end",
    "fewer_than": "one end",
    "at_most": "one end",
}
PEOPLE = {
    "scio-2021.ecommerce-jobs": ("E-commerce: farmers with work", "电商：创业就业的农民"),
    "scio-2021.ecommerce-income": ("E-commerce: people with more income", "电商：收入增加的人"),
    "scio-2021.housekeeping-jobs": ("Housekeeping: people in work", "家政：就业的人"),
    "scio-2021.border-people": ("Border trade: people with less poverty", "边贸：减贫的边境居民"),
    "scio-2021.labor-people": ("Labor export: people sent abroad", "对外劳务：派出的人"),
}
KINDS = {
    "impact": ("impact", "成效"),
    "input": ("input", "投入"),
    "coverage": ("coverage", "覆盖"),
    "target": ("target", "目标"),
    "context": ("context", "背景"),
    "count_of_measures": ("count of measures", "措施数"),
    "rank": ("rank", "名次"),
}


@chart("register-how-figures-are-stated")
def how_figures_are_stated(records: Records) -> ChartSpec:
    """Claims of each document by how they are stated: exact, rounded, hedged, or with one end only."""
    these = documents(records)
    named = records.claims.assign(stated_as=records.claims["bound"].map(STATED_AS))
    rows = {"source_id": records.sources["source_id"], "stated_as": WAYS}
    counts, data = cross_counts(named, rows, "claims")
    total, of = int(counts.to_numpy().sum()), {name: int(counts[name].sum()) for name in WAYS}
    exact, one_end = of["exact"], of["one end"]
    most = {lang: _most(records, lang) for lang in LANGUAGES}
    return ChartSpec(
        data=data,
        values=("claims",),
        unit="claims",
        form=Form("bars", "source_id", split="stated_as", stacked=True, colors=WAYS),
        draw=_draw_stated,
        said=of,
        en=Text(
            headline=f"{exact} of {total} official figures are exact; {one_end} give only one end",
            subtitle=f"Number of quantitative statements in {these.en} documents of {these.first} to {these.last}, by how they are stated",
            note="Exact: counts and ordinals, most of them numbers of measures, counties or zones. Rounded: an amount without a word of doubt. Hedged: about, some, nearly, or between two figures. One end: more than, at least.",
            alt=f"Stacked bar chart of {total} quantitative statements in {these.en} documents: {exact} are exact counts, {of['rounded']} are rounded, {of['hedged']} are hedged, and {one_end} give only one end, such as more than. Most stand in: {most['en']}.",
        ),
        zh=Text(
            headline=f"{total}个官方数字中，{exact}个为确数，{one_end}个只给出上限或下限",
            subtitle=f"{these.zh}份文件（{these.first}—{these.last}年）中的官方数字个数，按表述方式分",
            note="确数：计数和序数，多为措施、县或园区的数目。取整：未加“约”字的金额等。约数：约、近或两数之间。一端：超过、至少。",
            alt=f"堆积条形图，{these.zh}份文件共{total}个官方数字：{exact}个为确数，{of['rounded']}个为取整数，{of['hedged']}个为约数，{one_end}个只给出上限或下限，例如“超过”。个数最多的是：{most['zh']}。所有数字均按所述登记，未作换算或修正。",
        ),
        labels={
            "exact": ("exact", "确数"),
            "rounded": ("rounded", "取整"),
            "hedged": ("hedged", "约数"),
            "one end": ("one end only", "只给一端"),
            "x": ("statements", "个"),
        }
        | paired(lambda lang: document_names(records, lang)),
    )


def _most(records: Records, lang: str) -> str:
    """The two documents with most claims, as they are called."""
    names = document_names(records, lang)
    mark = word("language", "items", lang)
    return mark.join(names[one] for one in records.claims["source_id"].value_counts().index[:2])


def _draw_stated(axes: Axes, spec: ChartSpec, lang: str) -> None:
    order = dict.fromkeys(spec.data["source_id"])
    stacked_rows(axes, spec, lang, ("source_id", "stated_as"), rows=order, colors=WAYS)


@chart("register-evidence-grades", applies=lambda records: "impact" in set(records.claims["kind"]))
def evidence_grades(records: Records) -> ChartSpec:
    """Claims by kind of statement and evidence grade."""
    these = documents(records)
    rows = {"kind": KINDS, "grade": GRADES}
    counts, data = cross_counts(records.claims, rows, "claims")
    impact = counts.loc["impact"]
    weak, impacts, fair = (
        int(impact[["C", "D", "X"]].sum()),
        int(impact.sum()),
        int(counts["B"].sum()),
    )
    return ChartSpec(
        data=data,
        values=("claims",),
        unit="claims",
        draw=_draw_grades,
        said={"impact figures": impacts, "graded C or lower": weak, "statements graded B": fair},
        en=Text(
            headline=f"{weak} of {impacts} impact figures are graded C or lower, {int(impact.A) or 'none'} A",
            subtitle=f"Number of statements in {these.en} documents of {these.first} to {these.last}, by kind and evidence grade",
            note="A independent statistics agree; B administrative, consistent, denominator found; C administrative, no denominator or period; D single case, undated or translation doubt; X contradicted by another official figure. Coded from the documents, A and X by the audit.",
            alt=f"Heat map of statements by kind and evidence grade. Of {impacts} impact figures, {weak} are graded C, D or X: no denominator or period, a single case, a translation doubt, or another official figure against it. {fair} of all {int(counts.to_numpy().sum())} statements are graded B.",
        ),
        zh=Text(
            headline=f"{impacts}个成效数字中，{weak}个评为C级及以下，{f'{int(impact.A)}个' if impact.A else '无一'}为A级",
            subtitle=f"{these.zh}份文件（{these.first}—{these.last}年）中的官方数字个数，按类别和证据等级分",
            note="A：独立统计一致；B：行政数据，自洽且有分母；C：行政数据，无分母或时期；D：个案、无日期或译文存疑；X：与其他官方数字矛盾。A和X由审核评定，其余依据各文件。",
            alt=f"热力图，按类别和证据等级列出官方数字个数。{impacts}个成效数字中，{weak}个评为C、D或X，即没有分母或时期，仅为个案或译文存疑，或有矛盾；全部{int(counts.to_numpy().sum())}个数字中，{fair}个评为B，评为A或X的有{int(counts[['A', 'X']].to_numpy().sum())}个，这两级由审核对照外部数据评定。",
        ),
        labels={
            "x": ("evidence grade", "证据等级"),
            "counted": (f"{weak} of {impacts}", f"{impacts}个中{weak}个"),
        }
        | KINDS,
    )


def _draw_grades(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    table = (
        spec.data.pivot(index="kind", columns="grade", values="claims")
        .reindex(index=list(KINDS), columns=list(GRADES))
        .to_numpy()
    )
    shades(axes, table, table.max())
    for y, x in np.ndindex(table.shape):
        color = "white" if table[y, x] > table.max() / 2 else INK
        cell(axes, x, y, f"{table[y, x]:.0f}", color=color)
    axes.set_xticks(range(len(GRADES)), list(GRADES))
    axes.set_yticks(range(len(KINDS)), [words[kind] for kind in KINDS])
    axes.set_xlabel(words["x"])
    first = list(GRADES).index("C") - 0.5  # what the headline counts
    box: Looks = {"facecolor": "none", "edgecolor": INK, "linewidth": 1.6, "zorder": 3}
    axes.add_patch(Rectangle((first, -0.5), len(GRADES) - 0.5 - first, 1, **box))
    place = Place((len(GRADES) - 0.5, 0), (6, 0), "left", "center")
    put(axes, words["counted"], [place], color=INK, weight="bold", size="value")
    tall(axes, 0.3 * len(KINDS))


@chart("register-people-counts", notebook="00_start_here", claims=tuple(PEOPLE))
def people_counts(records: Records) -> ChartSpec:
    """Five counts of people in one briefing, as bars from zero."""
    data = claim_rows(records, PEOPLE).sort_values("value", ascending=False, ignore_index=True)
    open_ended = [
        records.claim(name) for name in PEOPLE if records.claim(name).bound == "more_than"
    ]
    low, high = data["value"].min(), data["value"].max()
    return ChartSpec(
        data=data,
        values=("value",),
        unit="person",
        form=Form("bars", "claim_id", color=lambda row: REPORTED),
        draw=_draw_people,
        published=True,
        en=Text(
            headline=f"Five reported counts of people run from {number(low)} to {number(high)}",
            subtitle="People attributed to each channel by the Ministry of Commerce, China, cumulative to August 2021",
            note="Arrow: stated as more than, no upper end. No count has a stated start; one person may be counted in several. They are not shares of the poor and must not be added.",
            alt=f"Bar chart of five counts of people reported in August 2021, from {number(low)} sent abroad to {number(high)} farmers with work through e-commerce. Stated without an upper end: {', '.join(stated(claim) for claim in open_ended)}. The counts must not be added.",
        ),
        zh=Text(
            headline=f"商务部公布的五项人数从{number(low, 'zh')}到{number(high, 'zh')}不等",
            subtitle="商务部所述各渠道人数，中国，累计至2021年8月",
            note="箭头：表述为“超过”，无上限。各数均无起始时间，同一人可能多次计入；不是占贫困人口的比例，不可相加。",
            alt=f"条形图，列出2021年8月公布的五项人数，从对外劳务的{number(low, 'zh')}人到通过电商创业就业的{number(high, 'zh')}名农民。没有上限的是：{'、'.join(stated(claim, 'zh') for claim in open_ended)}。各数均为累计数，起始时间未说明，同一个人可能在几个渠道中重复计入，因此这些数字不可相加。",
        ),
        labels=PEOPLE
        | {f"value:{one.claim_id}": (one.stated_en, one.stated_zh) for one in data.itertuples()},
    )


def _draw_people(axes: Axes, spec: ChartSpec, lang: str) -> None:
    ends = (spec.data["claim_id"].iloc[0], spec.data["claim_id"].iloc[-1])
    bar_rows(
        axes,
        spec,
        lang,
        "claim_id",
        color=lambda row: REPORTED,
        emphasised=ends,
        open_ended=lambda row: math.isinf(row.high),
    )


@chart(
    "register-event-and-page-dates",
    applies=lambda records: REPOST in set(records.sources["source_id"]),
)
def event_and_page_dates(records: Records) -> ChartSpec:
    """How long after the event the page that was coded is dated."""
    data = records.sources[["source_id", "event_date", "page_date"]].copy()
    for what in ("event", "page"):
        data[f"{what}_first"] = [_year(first_day(date)) for date in data[f"{what}_date"]]
        data[f"{what}_last"] = [_year(last_day(date)) for date in data[f"{what}_date"]]
    data["lag_years"] = (
        data["page_first"] + data["page_last"] - data["event_first"] - data["event_last"]
    ) / 2
    late, these, last_page = (
        data[data["lag_years"] >= LATE_YEARS],
        documents(records),
        data["page_date"].str[:4].max(),
    )
    whole, others = (
        int(late["lag_years"].round().min()),
        plain(rounded(data.loc[data["lag_years"] < LATE_YEARS, "lag_years"].max(), "up")),
    )
    return ChartSpec(
        data=data,
        values=("event_first", "page_last"),
        unit="calendar year",
        draw=_draw_dates,
        published=True,
        said={"late pages": len(late), "years late": whole},
        en=Text(
            headline=f"{len(late)} of {len(data)} pages carry a date about {whole} years after the event",
            subtitle=f"Date of the event and date on the page, {these.en} source documents, {these.first} to {last_page}; a year where no month is known",
            note="Bar: only the year or the month is known. The late pages are machine-translated reposts: a timeline must use event dates.",
            alt=f"Dumbbell chart of event date and page date for {len(data)} documents. {len(late)} pages, reposts of 2015 reports, carry dates of 2024, about {whole} years after the event; the others are dated at most {others} years after it.",
        ),
        zh=Text(
            headline=f"{len(data)}个网页中有{len(late)}个，所标日期比事件晚约{whole}年",
            subtitle=f"{these.zh}份来源文件的事件日期和网页日期，{these.first}—{last_page}年；月日不详的按年份标示",
            note="横条：只知年份或月份。晚出的网页是机器翻译的转载。时间线应使用事件日期，而不是网页日期。",
            alt=f"哑铃图，列出{len(data)}份文件的事件日期和网页日期。其中{len(late)}个网页转载2015年的报道，网页日期却是2024年，比事件晚约{whole}年；其余各份的网页日期至多晚{others}年。编写时间线时应当采用事件日期，而不应采用网页上显示的日期。",
        ),
        labels={
            "unit above": ("", ""),
            "event": ("● event", "●事件"),
            "page": ("■ page", "■网页"),
            "late": (f"{whole} years", f"{whole}年"),
            "count": (f"{len(late)} of {len(data)} late:", f"{len(data)}个中{len(late)}个晚出："),
        }
        | paired(lambda lang: document_names(records, lang)),
    )


def _year(day: dt.date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 365.25, 3)


def _draw_dates(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for y, row in enumerate(data.itertuples()):
        event, page = (row.event_first, row.event_last), (row.page_first, row.page_last)
        middles = sum(event) / 2, sum(page) / 2
        with group(axes, row.source_id):
            axes.plot(middles, [y, y], color=MUTED, linewidth=1.2, zorder=1)
            bar(axes, event, [y, y], EVENT)
            bar(axes, page, [y, y], PAGE)
            axes.plot(middles[0], y, "o", color=EVENT, markersize=6, zorder=3)
            axes.plot(middles[1], y, "s", color=PAGE, markersize=5, zorder=4)
            if row.lag_years >= LATE_YEARS:
                lift = 0 if narrow(axes) else 3
                look: Looks = {"color": INK, "weight": "bold", "offset": (0, lift)}
                label(axes, sum(middles) / 2, y, words["late"], **look)
    names = {
        row.source_id: f"{words[row.source_id]}\n{row.event_date} → {row.page_date}"
        for row in data.itertuples()
    }
    row_labels(axes, list(names.values()))
    whole_years(axes)
    axes.set_xlim(np.floor(data["event_first"].min()) - 1, np.ceil(data["page_last"].max()) + 1)
    key = [(words["count"], INK), (words["event"], EVENT), (words["page"], PAGE)]
    coloured_words(axes, key)
