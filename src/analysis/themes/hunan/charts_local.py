"""Chart on Longnan: online stores as stated in 2015 and as counted later, with the gains ascribed to them."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.observed import observed
from analysis.plotting.marks import bar, curve_axes, label, open_end
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, MUTED, REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.hunan import local
from analysis.words.wording import number, percent, plain, rounded, stated

FIRST, LAST = 2015, 2021
STRIP = 4_200  # stores: below it stand the gains, on no scale
ARROW = 16  # points
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
        data=data.assign(
            year=[_year(day) for day in data["period"]],
            high=data["high"].replace(math.inf, math.nan),
        ),
        values=("value",),
        unit="shop",
        draw=_draw,
        published=True,
        said={"gain for 2019, by the city": later},
        en=Text(
            headline=f"Longnan: nearly {number(claim.value_low)} stores stated, {first['en']} in December {december['period'][:4]}",
            subtitle="Online stores of Longnan, Gansu: as stated in September 2015, and in later reports to June 2020",
            note=f"Arrow: more than the number at the dot. Bar: what nearly allows. Stores opened, not stores that sell. Diamonds, not on the scale: both gains are ascribed to e-commerce without comparison; whether the first is per year is not stated. If so, at least {size} of rural income per head there in 2014.",
            alt=f"Dot plot over time: {stated(claim)} stated in September 2015; {first['en']} in December 2015, {last['en']} in June 2020. Below, gains per poor person ascribed to e-commerce: {stated(gain)} in 2015, {plain(later)} yuan for 2019, said by the city. Nothing is compared with other places.",
        ),
        zh=Text(
            headline=f"陇南：文件称{stated(claim, 'zh')}，{december['period'][:4]}年12月报道{first['zh']}家",
            subtitle="甘肃陇南的网店数：2015年9月文件所述，以及此后至2020年6月的报道",
            note=f"箭头：表述为“超过”圆点所示数。横条：“近”所允许的范围。为开设数，不等于有销售的网店数。菱形不按刻度：两个增收数均归因于电商，没有对照；前者是否按年计未说明，若按年计，至少相当于当地2014年农民人均纯收入的{size}。",
            alt=f"按时间列出陇南网店数的点图：2015年9月文件称{stated(claim, 'zh')}，2015年12月报道{first['zh']}家，2020年6月为{last['zh']}家。下方为文件和市方归因于电商的贫困人口增收：2015年{stated(gain, 'zh')}，2019年{plain(later, 'zh')}元。以上均没有与其他地方或没有网店的人比较。",
        ),
        labels={
            "y": ("online stores", "网店数（家）"),
            "gain": (f"gain stated: {stated(gain)}", f"所述增收：{stated(gain, 'zh')}"),
            "later": (
                f"gain for 2019, by the city: {plain(later)} yuan per person",
                f"2019年增收（市方）：人均{plain(later, 'zh')}元",
            ),
        }
        | paired(lambda lang: {f"at:{day}": words for day, words in said[lang].items()}),
    )


def _year(day: str) -> float:
    """A day as a year with decimals."""
    at = date.fromisoformat(day)
    return at.year + (at.timetuple().tm_yday - 1) / 365


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    ends = (0, len(data) - 1)
    for place, row in enumerate(data.itertuples()):
        color = REPORTED if place == 0 else REPORTED_LIGHT
        if place and pd.isna(row.high):
            open_end(axes, (row.year, row.value), (0, ARROW), color)
        elif row.low < row.value:
            bar(axes, [row.year, row.year], [row.low, row.value], color, alpha=0.28)
        axes.plot(row.year, row.value, "o", color=color, markersize=5.5, zorder=4)
        offset, weight = (-9 if place in ends else 9, 0), "bold" if place < 2 else "normal"
        said = words[f"at:{row.period}"]
        label(axes, row.year, row.value, said, color=color, offset=offset, weight=weight)
    for year, height, key, offset in (
        (data["year"].iloc[0], 0.27 * STRIP, "gain", (8, 0)),
        (2019.5, 0.7 * STRIP, "later", (-8, 0)),
    ):
        axes.plot(year, height, "D", color=CALCULATED, markersize=5)
        label(axes, year, height, words[key], color=CALCULATED, offset=offset)
    axes.axhline(STRIP, color=MUTED, linewidth=0.5, alpha=0.5)
    axes.set(xlim=(FIRST - 1.5, LAST), ylim=(0, 16_000), yticks=[0, 5_000, 10_000, 15_000])
    years = range(FIRST - 1, LAST + 1)
    axes.set_xticks(years, [plain(year, "zh") for year in years])
    curve_axes(axes, words, lang)
