"""Charts on Canton Fair deals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding
from analysis.bounds.rates import monthly_rates
from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.rows import finding_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, REPORTED, SCENARIO
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
EACH = "break-even-each-of-three"
LEVELS = (0.01, 0.02, 0.05, 0.1, 0.2, 1.0)  # additional shares that get a line
STEPS = 40  # of each line


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
    least = {lang: number(rounded(rows[0].low, "down"), lang) for lang in ("en", "zh")}
    deals, fees = (records.claim(name) for name in (DEALS, FEES))
    next_digit = bounds_of(records, DEALS, reading="next digit").high
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
            alt=f"点图，以三种读法列出成交额（{stated(deals, 'zh')}）与减免展位费（{stated(fees, 'zh')}）之比：按所述{say(rows[0], 'zh')}；若成交额低于下一位数字，{say(rows[1], 'zh')}；只计其他企业付费的各届，{say(rows[2], 'zh')}。这一比值不是回报率，成交额只是签约额。",
        ),
        labels={
            READINGS[0]: ("As stated, seven sessions", "按所述，七届"),
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
            "en": f"{rounded(found.value):g}, direction unknown",
            "zh": f"{rounded(found.value):g}，方向不明",
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
    low, high = (number(rounded(edge, "down")) for edge in (ratios.min(), ratios.max()))
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
            alt=f"折线图，2017年7月至2020年12月美元兑人民币汇率，并标出广交会{count}届会期。若将七届合计成交额按某一届所在月份的汇率折算，每减免1元展位费对应的成交额至少为{low}元至{high}元。成交额在各届之间如何分布，文件没有说明，因此只能给出这一范围。",
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
        text = f"{row['session']:.0f}\n≥{rounded(row['deals_per_yuan_low'], 'down'):g}"
        edge, offset = (row["low"], (0, -5)) if below else (row["high"], (0, 4))
        label(axes, place, edge, text, offset=offset, weight="bold")
    years = [place for place in x if data["month"].iloc[place].endswith("-01")]
    axes.set_xticks(years, [data["month"].iloc[place][:4] for place in years])
    axes.set(xlim=(-0.5, len(data) - 0.5), ylim=(5.85, 7.5))
    curve_axes(axes, words, lang, y="")


@chart("canton-fair-break-even", claims=(DEALS, FEES), series=("usd-cny", CALENDAR))
def break_even(records: Records) -> ChartSpec:
    """Shares realised, left as local income and additional whose product equals the fees waived: contours of the third."""
    found = _found(records)
    product, each = (found[f"canton-fair.{name}"] for name in ("break-even-share", EACH))
    edges = {level: product.high / level for level in LEVELS}  # the other two shares, multiplied
    data = pd.DataFrame(
        [
            (level, edge ** (1 - step / STEPS), edge ** (step / STEPS))
            for level, edge in edges.items()
            for step in range(STEPS + 1)
        ],
        columns=["additional_share", "realised_share", "local_income_share"],
    )
    about, most = percent(rounded(each.high)), percent(rounded(each.high, "up"))
    whole = percent(rounded(product.high, "up"))
    half = percent(rounded(canton.break_even_additional(records, 0.5, 0.5), "up"))
    return ChartSpec(
        data=data,
        values=("local_income_share",),
        unit="share",
        draw=lambda axes, spec, lang: _draw_break_even(axes, spec, lang, each.high),
        said={
            "shares": float(len(canton.SHARES)),
            "shares across and up": float(len(canton.SHARES) - 1),
            "each share": each.high,
            "break-even share": product.high,
            "additional at one half each": canton.break_even_additional(records, 0.5, 0.5),
            "one half": 0.5,
        },
        en=Text(
            headline=f"Three shares of about {about} each would equal the booth fees waived",
            subtitle="Additional share of deals at which extra local income equals the fees (lines), by the two other shares; Canton Fair, 2017 to 2020",
            note=f"A threshold, not a result: no document states any of the shares. Every line is an upper bound, as deals are stated as more than. Dot: all three alike, at most {most}. Not a benefit-cost ratio: freight, travel, stands, staff and other use of the booths are missing.",
            alt=f"Contour chart. Across: share of signed deals shipped and paid; up: share of it that is local income. Lines: the share that must be additional for the extra income to equal the fees. All three equal at {about}; if the other two are one half, {half}; their product is at most {whole} of deals.",
        ),
        zh=Text(
            headline=f"三项比例各约{about}时，新增收入即与减免的展位费相当",
            subtitle="使当地新增收入等于减免费用的新增比例（等值线），按另两项比例；广交会第122届至第128届（2017—2020年）",
            note=f"这是门槛，不是结果：三项比例文件均未说明。各线均为“至多”，因为成交额表述为“超过”。圆点：三项相等，至多{most}。不是效益成本比：运费、差旅、布展、人工以及展位本可取得的收入均未计入。",
            alt=f"等值线图。横轴为签约额中实际发货并收款的比例，纵轴为其中留作当地收入的比例；等值线为使新增收入等于减免费用所需的新增比例。三项相等时各约{about}；另两项各为一半时，新增比例至多{half}；三项之积至多为成交额的{whole}。三项比例文件都没有说明。",
        ),
        labels={
            "x": ("share of signed deals shipped and paid", "签约额中实际发货并收款的比例"),
            "y": ("share of it that is local income", "其中留作当地收入的比例"),
            "additional": ("{} additional", "新增{}"),
            "each": (f"all three {about}", f"三项均为{about}"),
        },
    )


def _draw_break_even(axes: Axes, spec: ChartSpec, lang: str, each: float) -> None:
    words = spec.text(lang).labels
    for level, rows in spec.data.groupby("additional_share"):
        axes.plot(rows["realised_share"], rows["local_income_share"], color=SCENARIO, linewidth=1.2)
        middle = rows.iloc[(rows["realised_share"] - rows["local_income_share"]).abs().argmin()]
        said = words["additional"].format(percent(level)) if level == LEVELS[0] else percent(level)
        place = (middle["realised_share"], middle["local_income_share"])
        label(axes, *place, said, color=SCENARIO, offset=(4, 2))
    axes.plot(each, each, "o", color=CALCULATED, markersize=5.5, zorder=4)
    label(axes, each, each, words["each"], offset=(2, -12), weight="bold")
    axes.set(xlim=(0, 1), ylim=(0, 1))
    curve_axes(axes, words, lang, x="percent", y="percent")
