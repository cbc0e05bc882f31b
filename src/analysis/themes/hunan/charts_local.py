"""Chart on Longnan: online stores as stated in 2015 and as counted later, with the gains ascribed to them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.observed import observed
from analysis.plotting.form import Form
from analysis.plotting.registry import chart
from analysis.plotting.rows import bar_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.hunan import local
from analysis.words.dates import day
from analysis.words.wording import number, percent, plain, rounded, stated

OVER = {"en": "more than {}", "zh": "超过{}"}


@chart("local-longnan", claims=(local.STORES, local.GAIN), series=(local.SHOPS, local.GAINS))
def longnan(records: Records) -> ChartSpec:
    """Online stores of Longnan from the stated figure to 2020, and two gains per poor person."""
    data = local.stores_over_time(records)
    claim, gain = records.claim(local.STORES), records.claim(local.GAIN)
    found = {one.value_id: one for one in local.findings(records)}
    size = percent(rounded(found["local.longnan-gain-relative-to-income"].low, "down"))
    later = observed(records, local.GAINS, "2019").value
    december, latest = data.iloc[1], data.iloc[-1]
    said = {
        lang: {
            row.period: (OVER[lang] if math.isinf(row.high) else "{}").format(
                number(row.value, lang)
            )
            for row in data.iloc[1:].itertuples()
        }
        | {claim.period_end: stated(claim, lang)}
        for lang in ("en", "zh")
    }
    first, last = (
        {lang: said[lang][row.period] for lang in ("en", "zh")} for row in (december, latest)
    )
    return ChartSpec(
        data=data.assign(high=data["high"].replace(math.inf, math.nan)),
        values=("value",),
        unit="shop",
        form=Form("bars", "period", color=_whose),
        draw=_draw,
        published=True,
        said={"gain for 2019, by the city": later},
        en=Text(
            headline=f"Longnan: nearly {number(claim.value_low)} stores stated, {first['en']} in December {december['period'][:4]}",
            subtitle="Online stores of Longnan, Gansu: as stated in September 2015, and in later reports to June 2020",
            note=f"Arrow: stated as more than. Stores opened, not stores that sell. Gains ascribed to e-commerce, without comparison: {stated(gain)} by September 2015 (per year or not is not stated; if so, at least {size} of rural income per head in 2014) and {plain(later)} yuan for 2019, by the city.",
            alt=f"Bar chart: {stated(claim)} stated in September 2015; {first['en']} in December 2015, {last['en']} in June 2020. The city ascribes a gain of {plain(later)} yuan per poor person in 2019 to e-commerce. Nothing is compared with other places.",
        ),
        zh=Text(
            headline=f"陇南：文件称{stated(claim, 'zh')}，{december['period'][:4]}年12月报道{first['zh']}家",
            subtitle="甘肃陇南的网店数：2015年9月文件所述，以及此后至2020年6月的报道",
            note=f"箭头：表述为“超过”。为开设数，不等于有销售的网店数。归因于电商的增收（没有对照）：2015年9月{stated(gain, 'zh')}（是否按年计未说明，若按年计，至少相当于2014年农民人均纯收入的{size}）；2019年人均{plain(later, 'zh')}元（该市公布）。",
            alt=f"按时间列出陇南网店数的条形图：2015年9月文件称{stated(claim, 'zh')}，2015年12月报道{first['zh']}家，2020年6月为{last['zh']}家。以上均没有与其他地方或没有网店的人比较。开设的网店数不等于有销售的网店数，也不能说明当地贫困人口的收入因此增加了多少，更不能说明脱贫的原因。",
        ),
        labels=paired(
            lambda lang: (
                {one: day(lang, one[:7]) for one in data["period"]}
                | {f"value:{day}": text for day, text in said[lang].items()}
            )
        ),
    )


def _whose(row: Any) -> str:
    return REPORTED if row.whose == local.STORES else REPORTED_LIGHT


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    bar_rows(
        axes,
        spec,
        lang,
        "period",
        color=_whose,
        emphasised=spec.data["period"][:2],
        open_ended=lambda row: row.whose != local.STORES and pd.isna(row.high),
    )
