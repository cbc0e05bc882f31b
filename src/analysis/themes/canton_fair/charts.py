"""Charts on Canton Fair deals."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.claims import last_digit_unit
from analysis.bounds.finding import Finding
from analysis.bounds.rates import monthly_rates
from analysis.methods.scenarios import assumption, draw
from analysis.plotting.marks import curve_axes, label, log_ticks
from analysis.plotting.registry import chart
from analysis.plotting.rows import finding_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, DASHED, DOTTED, MUTED, REPORTED, SCENARIO
from analysis.records.load import Records
from analysis.themes.canton_fair import findings as canton
from analysis.themes.canton_fair.sessions import (
    CALENDAR,
    DEALS,
    FEES,
    FREE_FOR_ALL,
    session_calendar,
)
from analysis.words.wording import amount, number, percent, rounded, say, stated

READINGS = (
    "canton-fair.deals-per-yuan-waived",
    "canton-fair.deals-per-yuan-waived-next-digit",
    "canton-fair.deals-per-yuan-waived-charged-sessions",
)
FIRST_MONTH, LAST_MONTH = "2017-07", "2020-12"
EXTRA_SHARES = tuple(step / 1000 for step in range(0, 31))


def _found(records: Records) -> dict[str, Finding]:
    return {one.value_id: one for one in canton.findings(records)}


@chart(
    "canton-fair-deals-per-yuan-waived",
    claims=(DEALS, FEES),
    series=("usd-cny", CALENDAR, FREE_FOR_ALL),
)
def deals_per_yuan_waived(records: Records) -> ChartSpec:
    """Reported deals per yuan of booth fees waived, under three readings."""
    rows = [_found(records)[name] for name in READINGS]
    least = {lang: number(rounded(rows[0].low, 2, "down"), lang) for lang in ("en", "zh")}
    deals, fees = (records.claim(name) for name in (DEALS, FEES))
    next_digit = deals.value_low + last_digit_unit(deals.value_low)[0]
    calendar = session_calendar(records)
    free = [str(session) for session in calendar.loc[calendar["free_for_all"], "session"]]
    return ChartSpec(
        data=finding_rows(rows),
        values=("value",),
        unit="CNY per CNY",
        draw=_draw_readings,
        price_basis="nominal",
        en=Text(
            headline=f"Reported deals are at least {least['en']} yuan per yuan of booth fees waived",
            subtitle="Deals of firms from poverty counties over booth fees waived, yuan per yuan, nominal, Canton Fair, 2017 to 2020",
            note=f"Not a return: deals are signed, not profit, and would partly have been signed without the waiver. Dot: mean rate of the session months; bar: their range and rounding. Sessions {' and '.join(free)} were free for every exhibitor; how deals spread over sessions is not stated.",
            alt=f"Dot plot of the ratio of deals ({stated(deals)}) to booth fees waived ({stated(fees)}) in three readings: {say(rows[0])} as stated, {say(rows[1])} if the deals were below the next digit, and {say(rows[2])} for sessions at which others paid. Not a return.",
        ),
        zh=Text(
            headline=f"每减免1元展位费，对应的所报成交额至少{least['zh']}元",
            subtitle="贫困县企业成交额与减免展位费之比，元/元，名义值，广交会第122届至第128届（2017—2020年）",
            note=f"不是回报率：成交额为签约额，不是利润，且部分成交在不减免时也会发生。圆点：各届所在月份的平均汇率；横条：汇率及取整范围。第{'、'.join(free)}届对所有参展商免费；成交额在各届之间的分布未说明。",
            alt=f"点图，以三种读法列出成交额（{stated(deals, 'zh')}）与减免展位费（{stated(fees, 'zh')}）之比：按原文{say(rows[0], 'zh')}；若成交额低于下一位数字，{say(rows[1], 'zh')}；只计其他企业付费的各届，{say(rows[2], 'zh')}。这一比值不是回报率，成交额只是签约额。",
        ),
        labels={
            READINGS[0]: ("As stated, seven sessions", "按原文，七届"),
            READINGS[1]: (
                f"If below {amount(next_digit, 'USD')}",
                f"若低于{amount(next_digit, 'USD', 'zh')}",
            ),
            READINGS[2]: ("Deals of five sessions, in proportion", "按比例只计五届的成交"),
            "x": (
                "yuan of reported deals per yuan of fees waived",
                "每减免1元展位费对应的所报成交额（元）",
            ),
        }
        | {f"value:{one.value_id}": (_short(one, "en"), _short(one, "zh")) for one in rows},
    )


def _short(found: Finding, lang: str) -> str:
    if found.open_ended == "both":
        return {
            "en": f"{rounded(found.value, 2):.0f}, direction unknown",
            "zh": f"{rounded(found.value, 2):.0f}，方向不明",
        }[lang]
    return say(found, lang)


def _draw_readings(axes: Axes, spec: ChartSpec, lang: str) -> None:
    assumed = READINGS[2]
    interval_rows(
        axes,
        spec,
        lang,
        "value_id",
        color=lambda row: SCENARIO if row.value_id == assumed else CALCULATED,
    )
    axes.set_xlim(0, 160)


@chart("canton-fair-session-rates", claims=(DEALS, FEES), series=("usd-cny", CALENDAR))
def session_rates(records: Records) -> ChartSpec:
    """The dollar in yuan, and the ratio of deals to fees at each session's month."""
    rates = monthly_rates(records)
    rates = rates[rates["month"].between(FIRST_MONTH, LAST_MONTH)]
    data = rates.merge(
        canton.ratio_by_month(records)[["session", "month", "deals_per_yuan_low"]],
        on="month",
        how="left",
    )
    ratios = data["deals_per_yuan_low"].dropna()
    low, high = (number(rounded(edge, 3, "down")) for edge in (ratios.min(), ratios.max()))
    count = len(ratios)
    return ChartSpec(
        data=data.reset_index(drop=True),
        values=("mean",),
        unit="CNY/USD",
        draw=_draw_rates,
        price_basis="nominal",
        en=Text(
            headline=f"By month of conversion, deals are at least {low} to {high} yuan per yuan waived",
            subtitle="Yuan per US dollar, nominal, 2017 to 2020; at Canton Fair sessions: number, and deals per yuan of fees waived",
            note="Deals are stated in dollars for seven sessions together; how they spread over the sessions is not stated. Line and band: monthly mean and daily rates. The ratio takes the month's lowest daily rate; month of the opening day.",
            alt=f"Line chart of the US dollar in yuan from July 2017 to December 2020 with {count} Canton Fair sessions marked. Converted at a single session's month, the deals stated for all sessions are at least {low} to {high} yuan per yuan of fees waived.",
        ),
        zh=Text(
            headline=f"按不同月份折算，每减免1元展位费对应的成交额至少为{low}元至{high}元",
            subtitle="1美元兑人民币元，名义值，2017—2020年；广交会各届标注届次及每减免1元展位费对应的成交额（元）",
            note="成交额以美元合并公布七届总数，各届分布未说明。折线和色带：月均值和每日汇率。比值按当月最低日汇率计算，月份取开幕日所在月。",
            alt=f"折线图，2017年7月至2020年12月美元兑人民币汇率，并标出广交会{count}届会期。若将七届合计成交额按某一届所在月份的汇率折算，每减免1元展位费对应的成交额至少为{low}元至{high}元。成交额在各届之间如何分布，原文没有说明，因此只能给出这一范围。",
        ),
        labels={"y": ("yuan per US dollar", "元/美元")},
    )


def _draw_rates(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    x = range(len(data))
    axes.fill_between(x, data["low"], data["high"], color=REPORTED, alpha=0.22, linewidth=0)
    axes.plot(x, data["mean"], color=REPORTED, linewidth=1.3)
    for place, row in data.dropna(subset=["session"]).iterrows():
        axes.plot(place, row["mean"], "o", color=CALCULATED, markersize=5.5, zorder=4)
        below = row["mean"] < data["mean"].iloc[max(place - 2, 0) : place + 3].mean()
        text = f"{row['session']:.0f}\n≥{rounded(row['deals_per_yuan_low'], 3, 'down'):.0f}"
        edge, offset = (row["low"], (0, -5)) if below else (row["high"], (0, 4))
        label(axes, place, edge, text, offset=offset, weight="bold")
    years = [place for place in x if data["month"].iloc[place].endswith("-01")]
    axes.set_xticks(years, [data["month"].iloc[place][:4] for place in years])
    axes.set(xlim=(-0.5, len(data) - 0.5), ylim=(5.85, 7.5))
    curve_axes(axes, words, lang, y="")


@chart("canton-fair-break-even", claims=(DEALS, FEES), series=("usd-cny", CALENDAR))
def break_even(records: Records) -> ChartSpec:
    """Extra net income per yuan of fees waived, against the share of deals that would be extra income."""
    ratio = canton.deals_per_yuan(records)
    found = _found(records)["canton-fair.break-even-share"]
    data = pd.DataFrame({"extra_income_share": EXTRA_SHARES})
    data["extra_income_per_yuan"] = data["extra_income_share"] * ratio.value
    data["extra_income_per_yuan_low"] = data["extra_income_share"] * ratio.low
    most = percent(rounded(found.high, 2, "up"))
    return ChartSpec(
        data=data,
        values=("extra_income_per_yuan",),
        unit="CNY per CNY",
        draw=lambda axes, spec, lang: _draw_break_even(axes, spec, lang, found.high),
        price_basis="nominal",
        said={"break-even share": found.high},
        en=Text(
            headline=f"Extra net income of at most {most} of deal value would equal the fees waived",
            subtitle="Extra net income, yuan per yuan of fees waived, nominal, by assumed share of deals; Canton Fair, 2017 to 2020",
            note="A threshold, not a result (dashed: lowest exchange rate): neither the extra deals nor the income in them are stated. Not a benefit-cost ratio: freight, travel, stand building, staff time and what the booths would have earned are missing.",
            alt=f"Line chart: extra net income per yuan of booth fees waived grows with the assumed share of deal value that is extra net income. It reaches one yuan per yuan at a share of at most {most}. The share itself is not stated; other costs are missing.",
        ),
        zh=Text(
            headline=f"若成交额的至多{most}为新增净收入，即与减免费用相等",
            subtitle="每减免1元展位费对应的新增净收入，元，名义值，按假定的占成交额比例；广交会第122届至第128届",
            note="这是门槛，不是结果（虚线：最低汇率）：原文既未说明新增成交，也未说明其中的收入。不是效益成本比：运费、差旅、布展、人工以及展位本可取得的收入均未计入。",
            alt=f"折线图：每减免1元展位费对应的新增净收入，随假定的新增净收入占成交额的比例上升而增加；比例至多为{most}时即达到1元，与减免的费用相等。这一比例原文没有说明，运费、差旅、人工等其他成本也没有计入，因此它只是一个门槛，而不是实际结果。",
        ),
        labels={
            "x": (
                "assumed share of deal value that is extra net income",
                "假定的新增净收入占成交额的比例",
            ),
            "y": ("yuan per yuan of fees waived", "元/减免1元"),
            "even": ("equals the fees waived", "与减免费用相等"),
            "share": (f"at most {most}", f"至多{most}"),
        },
    )


@chart("canton-fair-published-return", claims=(DEALS, FEES), series=("usd-cny", CALENDAR))
def published_return(records: Records) -> ChartSpec:
    """The published return of export promotion beside the ratio here, and scenarios between the two."""
    data = _returns(records)
    found = _found(records)[READINGS[0]]
    share = _found(records)["canton-fair.additional-share-at-published-return"]
    least = {lang: number(rounded(found.low, 2, "down"), lang) for lang in ("en", "zh")}
    central, low, high = (number(data[name].iloc[0]) for name in ("value", "low", "high"))
    most = percent(rounded(share.high, 2, "up"))
    study = records.assumptions.set_index("assumption_id").loc[canton.PROMOTION]
    return ChartSpec(
        data=data,
        values=("value",),
        unit="CNY per CNY",
        draw=_draw_returns,
        price_basis="nominal",
        en=Text(
            headline=f"Deals per yuan waived (at least {least['en']}) cannot be compared with a published {central}",
            subtitle="Yuan per yuan of booth fees waived, Canton Fair, 2017 to 2020; US dollars per dollar of budgets; nominal, log scale",
            note=f"Above: {study['publisher']} ({study['published'][:4]}), interval as printed. Orange: signed deals over list prices; at most {most} of them would have to be additional to equal it. Not a return. Purple diamonds: scenario range, 5 to 95%, of cited or assumed shares; its shape is assumed too.",
            alt=f"Dot plot on a log scale. Published estimate: {central} US dollars of additional exports per dollar of promotion ({low} to {high}). Here: {say(found)} yuan of all deals per yuan of fees waived. Below it scenario ranges of additional deals and of local income. They cannot be compared.",
        ),
        zh=Text(
            headline=f"每减免1元对应至少{least['zh']}元成交，不可与已发表的{central}比较",
            subtitle="每减免1元展位费对应的元数（广交会，2017—2020年），以及出口促进每1美元预算对应的美元数；名义值，对数刻度",
            note=f"最上：一篇{study['published'][:4]}年的工作论文，区间按原文，指各国新增出口。橙色：全部签约额与减免标价之比，不是回报率；其中至多{most}为新增时即与之相等。紫色菱形：情景范围（5%至95%），比例取自他处研究或为假定，分布形状也是假定。",
            alt=f"对数刻度点图。已发表的估计：每1美元出口促进支出对应{central}美元新增出口（{low}至{high}）。本项目：每减免1元展位费对应的全部签约额{say(found, 'zh')}元。其下各行为新增成交和当地收入的情景范围。口径不同，彼此不能直接比较。",
        ),
        labels={"x": ("per unit spent or waived", "每支出或减免1个货币单位")}
        | RETURN_NAMES
        | paired(lambda lang: _return_values(data, lang)),
    )


def _returns(records: Records) -> pd.DataFrame:
    """Rows of the chart: what, value, low, high, whether open upwards."""
    published, ratio = assumption(records, canton.PROMOTION), canton.deals_per_yuan(records)
    rows = [
        ("published", published.value, published.low, published.high, False),
        ("ratio", ratio.value, ratio.low, math.inf, True),
    ]
    limits, elsewhere = (
        draw(records, one).table().set_index("output") for one in canton.scenarios(records)
    )
    for name, points in (
        ("additional", elsewhere.loc[canton.DELIVERED]),
        ("income", elsewhere.loc[canton.INCOME]),
        ("limits", limits.loc[canton.INCOME]),
    ):
        middle, low, high = (float(points[column]) for column in ("p50", "p5", "p95"))
        rows.append((name, middle, low, high, False))
    return pd.DataFrame(rows, columns=["row", "value", "low", "high", "open"])


RETURN_NAMES = {
    "published": ("Published: additional exports", "已发表：新增出口"),
    "ratio": ("Here: all deals signed", "本项目：全部签约额"),
    "additional": (
        "Scenario: additional deals\n(shares cited elsewhere)",
        "情景：新增成交\n（比例取自他处）",
    ),
    "income": (
        "Scenario: extra local income\n(two shares cited)",
        "情景：当地新增收入\n（两项比例取自他处）",
    ),
    "limits": (
        "Scenario: extra local income\n(no share known)",
        "情景：当地新增收入\n（各项比例未知）",
    ),
}


def _return_values(data: pd.DataFrame, lang: str) -> dict[str, str]:
    at_least, to = {"en": ("at least {}", "{} to {}"), "zh": ("至少{}", "{}至{}")}[lang]
    return {
        f"value:{row.row}": at_least.format(number(rounded(row.low, 2, "down"), lang))
        if row.open
        else to.format(*(number(rounded(end, 2), lang) for end in (row.low, row.high)))
        for row in data.itertuples()
    }


def _draw_returns(axes: Axes, spec: ChartSpec, lang: str) -> None:
    axes.set(xscale="log", xlim=(0.08, 900))
    colors = {"published": REPORTED, "ratio": CALCULATED}
    interval_rows(axes, spec, lang, "row", color=lambda row: colors.get(row.row, SCENARIO))
    log_ticks(axes.xaxis, [0.1, 1, 10, 100], lang)


def _draw_break_even(axes: Axes, spec: ChartSpec, lang: str, share: float) -> None:
    words, data = spec.text(lang).labels, spec.data
    x, end = data["extra_income_share"], data["extra_income_share"].iloc[-1]
    axes.plot(x, data["extra_income_per_yuan"], color=SCENARIO)
    lowest = data["extra_income_per_yuan_low"]
    axes.plot(x, lowest, color=SCENARIO, linestyle=DASHED, linewidth=1.1)
    axes.axhline(1, color=MUTED, linewidth=1.1, linestyle=DOTTED)
    axes.plot(share, 1, "o", color=CALCULATED, markersize=5.5)
    label(axes, share, 1, words["share"], offset=(7, -4))
    label(axes, end, 1, words["even"], color=MUTED, offset=(0, 3), ha="right")
    axes.set(xlim=(0, end), ylim=(0, 4.2))
    curve_axes(axes, words, lang, x="percent", y="")
