"""Charts on Canton Fair deals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding
from analysis.plotting.form import Form
from analysis.plotting.marks import thickness
from analysis.plotting.registry import chart
from analysis.plotting.rows import bar_rows, finding_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, MUTED, SCENARIO, Looks
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
EACH = "break-even-each-of-three"
OTHERS = {"half": 0.5, "whole": 1.0}  # what the two other shares are


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
        form=Form("dots", "value_id", ranges={"value": ("low", "high")}),
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
            subtitle="贫困县企业成交额与减免展位费之比，元/元，当年价，广交会第122届至第128届（2017—2020年）",
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
            "en": f"{rounded(found.value):g}, higher or lower",
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
    """The ratio of deals to fees if all deals are converted at the month of one session."""
    data = canton.ratio_by_month(records)
    data["session"] = data["session"].astype(int)
    ratios = data["deals_per_yuan_low"]
    low, high = (number(rounded(edge, "down")) for edge in (ratios.min(), ratios.max()))
    count, ends = (
        len(data),
        [str(data["session"][place]) for place in (ratios.idxmin(), ratios.idxmax())],
    )
    return ChartSpec(
        data=data,
        values=("deals_per_yuan_low",),
        unit="CNY per CNY",
        form=Form("bars", "session"),
        draw=lambda axes, spec, lang: bar_rows(
            axes,
            spec,
            lang,
            "session",
            value="deals_per_yuan_low",
            emphasised=ends,
            open_ended=lambda row: True,
        ),
        price_basis="nominal",
        en=Text(
            headline=f"By month of conversion, deals are at least {low} to {high} yuan per yuan waived",
            subtitle="Deals of all seven sessions over booth fees waived, yuan per yuan, nominal, by the session's month whose exchange rate is used; Canton Fair, 2017 to 2020",
            note="Arrow: stated as more than. Deals are stated in dollars for seven sessions together; how they spread over the sessions is not stated. The month's lowest daily rate is used; month of the opening day.",
            alt=f"Bar chart of {count} Canton Fair sessions, 2017 to 2020. Converted at a single session's month, the deals stated for all sessions are at least {low} to {high} yuan per yuan of fees waived.",
        ),
        zh=Text(
            headline=f"成交额与减免展位费之比：依折算月份，由至少{low}到至少{high}不等",
            subtitle="七届合计成交额与减免展位费之比，当年价，按各届所在月份的汇率折算；广交会，2017—2020年",
            note="箭头：表述为“超过”。只公布七届合计的美元成交额，各届分布未说明。按当月最低日汇率计算，月份取开幕日所在月。",
            alt=f"条形图，2017—2020年广交会{count}届。若将七届合计成交额按某一届所在月份的汇率折算，每减免1元展位费对应的成交额，依月份由至少{low}元到至少{high}元不等。成交额在各届之间如何分布，文件没有说明，因此只能给出这一范围。",
        ),
        labels=paired(lambda lang: _sessions(data, lang)),
    )


def _sessions(data: pd.DataFrame, lang: str) -> dict[str, str]:
    name = {"en": "Session {}, {}/{}", "zh": "第{0}届，{2}年{1}月"}[lang]
    said = {"en": "at least {}", "zh": "至少{}"}[lang]
    words = {}
    for row in data.itertuples():
        year, month = row.month.split("-")
        words[str(row.session)] = name.format(row.session, int(month), year)
        words[f"value:{row.session}"] = said.format(number(rounded(row.deals_per_yuan_low, "down")))
    return words


@chart("canton-fair-break-even", claims=(DEALS, FEES), series=("usd-cny", CALENDAR))
def break_even(records: Records) -> ChartSpec:
    """The additional share at which extra local income equals the fees waived, by the two other shares."""
    found = _found(records)
    product, each = (found[f"canton-fair.{name}"] for name in ("break-even-share", EACH))
    data = pd.DataFrame(
        [
            ("alike", each.high, each.high, each.high),
            *(
                (name, other, other, canton.break_even_additional(records, other, other))
                for name, other in OTHERS.items()
            ),
        ],
        columns=["case", "realised_share", "local_income_share", "additional_share"],
    )
    about = percent(rounded(each.high))
    most, half, whole = (percent(rounded(share, "up")) for share in data["additional_share"])
    return ChartSpec(
        data=data,
        values=("additional_share",),
        unit="share",
        form=Form("bars", "case"),
        draw=_draw_break_even,
        said={
            "shares": float(len(canton.SHARES)),
            "other shares": float(len(canton.SHARES) - 1),
            "each share": each.high,
            "break-even share": product.high,
            "one half": OTHERS["half"],
        },
        en=Text(
            headline=f"Three shares of about {about} each would equal the booth fees waived",
            subtitle="Share of deals' local income that must be additional for it to equal the fees, by the two other shares, percent; Canton Fair, 2017 to 2020",
            note="A threshold, not a result: no document states any of the three shares (shipped and paid; left as local income; additional). Every bar is an upper bound, as deals are stated as more than. Not a benefit-cost ratio: freight, travel, stands, staff and other use of the booths are missing.",
            alt=f"Bar chart from nothing to all. The share that must be additional for extra local income to equal the fees waived: about {about} if the shares shipped and paid and left as local income are the same, at most {half} if those two are one half, at most {whole} if they are whole.",
        ),
        zh=Text(
            headline=f"三项比例各约{about}时，新增收入即与减免的展位费相当",
            subtitle="使当地新增收入等于减免费用所需的新增比例（%），视另两项比例而定；广交会第122届至第128届（2017—2020年）",
            note="这是门槛，不是结果：三项比例（发货并收款、留作当地收入、属于新增）文件均未说明。各条均为“至多”，原因是成交额表述为“超过”。不是效益成本比：运费、差旅、布展、人工以及展位本可取得的收入均未计入。",
            alt=f"条形图，从零到全部。使当地新增收入等于减免费用所需的新增比例：若发货并收款的比例和留作当地收入的比例与之相同，约{about}；若这两项各为一半，至多{half}；若这两项均为全部，至多{whole}。三项比例文件都没有说明。",
        ),
        labels={
            "alike": ("If all three shares are alike", "三项比例相同"),
            "half": ("If the other two are one half each", "另两项各为一半"),
            "whole": ("If the other two are whole", "另两项均为全部"),
            "value:alike": (f"about {about}, at most {most}", f"约{about}，至多{most}"),
            "value:half": (f"at most {half}", f"至多{half}"),
            "value:whole": (f"at most {whole}", f"至多{whole}"),
        },
    )


def _draw_break_even(axes: Axes, spec: ChartSpec, lang: str) -> None:
    color = {"alike": CALCULATED}
    whole: Looks = {"color": MUTED, "alpha": 0.12, "linewidth": 0, "height": thickness(axes)}
    axes.barh(range(len(spec.data)), 1, **whole)
    bar_rows(
        axes,
        spec,
        lang,
        "case",
        value="additional_share",
        color=lambda row: color.get(row.case, SCENARIO),
        emphasised=["alike"],
    )
    axes.set_xlim(0, 1)
