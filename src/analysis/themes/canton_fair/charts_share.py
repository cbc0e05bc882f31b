"""Chart of the part of the Canton Fair that firms from poverty counties were."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

from analysis.plotting.form import Form
from analysis.plotting.marks import numbers_on
from analysis.plotting.registry import chart
from analysis.plotting.rows import finding_rows, interval_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, SCENARIO
from analysis.records.load import Records
from analysis.themes.canton_fair import share as canton_share
from analysis.themes.canton_fair.sessions import CALENDAR, DEALS
from analysis.words.wording import number, percent, rounded, say

ROWS = {  # finding: colour, name in English, name in Chinese
    "canton-fair.share-of-turnover-to-125": (CALCULATED, "Deals, 122-125", "成交额，122—125届"),
    "canton-fair.share-of-turnover-to-126": (SCENARIO, "Deals, 122-126", "成交额，122—126届"),
    "canton-fair.share-of-exhibitors-to-125": (
        CALCULATED,
        "Exhibitors, 122-125",
        "参展商，122—125届",
    ),
    "canton-fair.share-of-exhibitors-to-126": (
        SCENARIO,
        "Exhibitors, 122-126",
        "参展商，122—126届",
    ),
    "canton-fair.share-of-exhibitors-to-128": (
        CALCULATED,
        "Exhibitors, 122-128",
        "参展商，122—128届",
    ),
    "canton-fair.share-of-booths-to-128": (CALCULATED, "Booths, 122-128", "展位，122—128届"),
    "canton-fair.share-of-booths-if-on-site": (
        SCENARIO,
        "Booths, if all at 122-126",
        "展位，若全在122—126届",
    ),
}
SERIES = (
    canton_share.TURNOVER,
    canton_share.EXHIBITORS,
    canton_share.BOOTHS,
    canton_share.DEALS_CUM,
    canton_share.FIRMS_CUM,
    canton_share.BOOTHS_CUM,
    CALENDAR,
    "usd-cny",
)
RELATIVE = "canton-fair.deals-per-firm-relative"


@chart("canton-fair-shares", claims=(DEALS,), series=SERIES)
def shares(records: Records) -> ChartSpec:
    """Poverty-area firms as a part of the fair: deals, exhibitors, booths."""
    found = {one.value_id: one for one in canton_share.findings(records)}
    rows = [found[name] for name in ROWS]
    deals = percent(rounded(rows[0].low, "down"))
    firms = percent(rounded(rows[2].value))
    least, most = (
        percent(rounded(found[RELATIVE].low, "down")),
        percent(rounded(found[f"{RELATIVE}-next-digit"].high, "up")),
    )
    sizes = canton_share.printed_sizes(records).iloc[0]
    size = {
        lang: (number(sizes["exhibitors"], lang), number(sizes["booths"], lang))
        for lang in ("en", "zh")
    }
    return ChartSpec(
        data=finding_rows(rows),
        values=("value",),
        unit="share",
        form=Form("dots", "value_id", ranges={"value": ("low", "high")}, color=_kind),
        draw=_draw,
        en=Text(
            headline=f"Poverty-area firms: at least {deals} of deals, {firms} of exhibitors to session 125",
            subtitle="Firms from poverty counties as a share of the whole Canton Fair, percent, sessions 122 to 128, 2017 to 2020",
            note=f"Deals per such firm are at least {least} of the average exhibitor's, and at most {most} if the stated deals were below their next digit. About {size['en'][0]} exhibitors and {size['en'][1]} booths are printed for session 122 and taken where none are. Purple diamonds: deals, firms or booths to 126 are not stated.",
            alt=f"Dot plot of shares of the Canton Fair. Deals to session 125: {say(rows[0])}. Exhibitors: {say(rows[2])} to session 125 and {say(rows[4])} to session 128. Booths: {say(rows[5])}, or {say(rows[6])} if all were at the five sessions on site.",
        ),
        zh=Text(
            headline=f"至第125届，贫困县企业占成交额至少{deals}，占参展商约{firms}",
            subtitle="贫困县企业占广交会整体的比例，%，第122届至第128届（2017—2020年）",
            note=f"每家次成交额至少为全部参展商平均的{least}；若所述成交额低于下一位数字，则至多为{most}。第122届公布参展商约{size['zh'][0]}家、展位约{size['zh'][1]}个，未公布的届次按此计。紫色菱形：至第126届的数字未公布。",
            alt=f"点图，列出贫困县企业占广交会整体的比例。成交额：至第125届{say(rows[0], 'zh')}。参展商：至第125届{say(rows[2], 'zh')}，至第128届{say(rows[4], 'zh')}。展位：{say(rows[5], 'zh')}；若全部用于现场举办的五届，{say(rows[6], 'zh')}。成交额表述为“超过”，因此只有下限。",
        ),
        labels={"x": ("share of the whole fair", "占广交会整体的比例")}
        | {name: (words[1], words[2]) for name, words in ROWS.items()}
        | {f"value:{one.value_id}": (say(one), say(one, "zh")) for one in rows},
    )


def _kind(row: Any) -> str:
    return ROWS[row.value_id][0]


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    interval_rows(axes, spec, lang, "value_id", color=_kind)
    axes.set_xlim(0, 0.074)
    numbers_on(axes.xaxis, lang, as_percent=True)
