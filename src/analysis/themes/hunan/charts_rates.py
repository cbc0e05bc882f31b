"""Chart of the months whose exchange rates fit the pairs of yuan and dollars that the Hunan text prints."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from analysis.bounds.intervals import Interval
from analysis.plotting.form import Form
from analysis.plotting.marks import bar, curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, DASHED, INK, MUTED, REPORTED, TINT, Looks
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.themes.hunan import rates
from analysis.words.wording import amount, plain, rounded

LONG, MONTHS = tuple(calendar.month_name), tuple(calendar.month_abbr)  # from 1 on
FROM, EVERY = 4, 6  # first month with a tick, and months between ticks
BOTTOM = 6.35  # of the axis
MILLION = 6  # power of ten


def _month(text: str, lang: str, names: Sequence[str] = LONG) -> str:
    """A month as a reader says it."""
    year, month = (int(part) for part in text.split("-"))
    return f"{names[month]} {year}" if lang == "en" else f"{year}年{month}月"


@chart("hunan-exchange-rate-strip", claims=tuple(rates.PAIRS), series=("usd-cny",))
def exchange_rate_strip(records: Records) -> ChartSpec:
    """Monthly rates of the dollar in 2016 and 2017, and the rates that the three printed pairs allow together."""
    page, common = records.source(rates.SOURCE).page_date[:7], _common_rate(records)
    data = (
        rates.strip(records)
        .drop(columns="says_nearly_a_year")
        .assign(common_low=common.low, common_high=common.high)
    )
    met = data.loc[data["days_meet"] & (data["month"] <= page), "month"]
    ends = rounded(common.low, "down", "CNY / USD"), rounded(common.high, "up", "CNY / USD")
    low, high = (plain(end) for end in ends)
    mean = rates.mean_rate(records).value
    year = plain(rounded(mean, unit="CNY / USD"))
    tenth = plain(rates.round_rates(records)["rate"].iloc[0])
    pairs = {lang: _pairs(records, lang) for lang in ("en", "zh")}
    others = rates.readings(records).iloc[1:]
    wider = {
        lang: (_month(others["first"].min(), lang), _month(others["last"].max(), lang))
        for lang in ("en", "zh")
    }
    span = {lang: (_month(met.min(), lang), _month(met.max(), lang)) for lang in ("en", "zh")}
    return ChartSpec(
        data=data.assign(mean_2016=mean),
        values=("mean", "low", "high"),
        unit="CNY/USD",
        form=Form("dots", "month", ("mean",), {"mean": ("low", "high")}, colors={"mean": MUTED}),
        draw=lambda axes, spec, lang: _draw(axes, spec, lang, page),
        price_basis="nominal",
        said=dict(zip(("lowest common rate", "highest common rate"), ends, strict=True)),
        en=Text(
            headline=f"The printed dollars fit rates of {low} to {high}: not before {span['en'][0]}",
            subtitle="Yuan per US dollar by month, nominal, 2016 and 2017; band: rates that three pairs in the Hunan report allow",
            note=f"Pairs: {pairs['en']}. Dollars read as rounded to their last printed digit; the last pair alone sets the band; read less strictly, from {wider['en'][0]}. A rate rounded to {tenth} gives them too, at any later time. Bars: lowest to highest day (reference rates of the European Central Bank); dots: means; hollow: days meet the band, the mean does not.",
            alt=f"Bar chart of the monthly range of the dollar in yuan, 2016 and 2017, with a band from {low} to {high} that three printed pairs of amounts allow. Days from {span['en'][0]} to {span['en'][1]} meet it; the mean of 2016, {year}, and {_month(page, 'en')}, the month of the page, do not.",
        ),
        zh=Text(
            headline=f"美元数对应的汇率为{low}至{high}，折算不早于{span['zh'][0]}",
            subtitle="1美元兑人民币元数，名义汇率，按月，2016年和2017年；色带：湖南报道中三对金额共同允许的汇率",
            note=f"三对金额：{pairs['zh']}。美元数按所载末位取整理解；色带由最后一对决定。若理解较宽，则自{wider['zh'][0]}起。若按取整为{tenth}的汇率折算，也相符，则此后任何时候都有可能。竖条：当月最低日至最高日（欧洲中央银行参考汇率）；圆点：月平均；空心：某日汇率在色带内，而月平均不在。",
            alt=f"竖条图，列出2016年和2017年各月美元兑人民币汇率的最低与最高值，色带为三对金额共同允许的汇率，{low}至{high}。{span['zh'][0]}至{span['zh'][1]}各月有某日汇率与之相符；2016年平均{year}和网页所属的{_month(page, 'zh')}均不相符。文件说的是2016年的事，折算却用了其后的汇率。",
        ),
        labels={
            "y": ("yuan per US dollar", "元/美元"),
            "band": (
                f"allowed by all three pairs: {low} to {high}",
                f"三对金额共同允许：{low}至{high}",
            ),
            "mean": (f"mean of 2016:\n{year}", f"2016年\n平均{year}"),
            "page": (
                f"blue: {_month(page, 'en')}, month of the page",
                f"蓝：{_month(page, 'zh')}，网页所属月份",
            ),
        }
        | paired(lambda lang: _ticks(data, lang)),
    )


def _common_rate(records: Records) -> Interval:
    """The rates that all pairs allow; raises QuantityError if there are none."""
    common = rates.common_rate(records)
    if common.interval is None:
        raise QuantityError(f"{common.low_from} and {common.high_from} share no exchange rate")
    return common.interval


def _pairs(records: Records, lang: str) -> str:
    """The three pairs as printed, with the zero that the third one shows."""
    found = []
    for claim_id in rates.PAIRS:
        value, unit = rates.dollars(records, claim_id)
        yuan = amount(records.claim(claim_id).value_low, "CNY", lang)
        printed = f"{value / 10**MILLION:.{MILLION - round(math.log10(unit))}f}"
        found.append(
            f"{yuan} and US${printed} million"
            if lang == "en"
            else f"{yuan}与{amount(value, 'USD', lang)}"
        )
    return ("; " if lang == "en" else "，").join(found)


def _ticks(data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Names of the months that have a tick."""
    return {
        f"tick:{place}": _month(data["month"].iloc[place], lang, MONTHS)
        for place in range(FROM, len(data), EVERY)
    }


def _draw(axes: Axes, spec: ChartSpec, lang: str, page: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    low, high, mean = (data[name].iloc[0] for name in ("common_low", "common_high", "mean_2016"))
    axes.axhspan(low, high, color=CALCULATED, alpha=TINT, linewidth=0)
    for x, row in enumerate(data.itertuples()):
        color = CALCULATED if row.days_meet else REPORTED if row.month == page else MUTED
        bar(axes, [x, x], [row.low, row.high], color, width=5, alpha=0.45)
        fill = color if row.mean_inside or not row.days_meet else "white"
        axes.plot(x, row.mean, "o", color=color, markersize=4.5, markerfacecolor=fill, zorder=4)
    line: Looks = {"color": INK, "linewidth": 1.0, "linestyle": DASHED, "zorder": 1}
    axes.plot([-0.5, 11.5], [mean, mean], **line)
    label(axes, 11.5, mean, words["mean"], color=INK, offset=(5, 0))
    label(axes, -0.5, high, words["band"], color=CALCULATED, offset=(2, 3), weight="bold")
    right = len(data) - 0.4
    label(axes, right, BOTTOM, words["page"], color=REPORTED, offset=(0, 3), ha="right")
    places = range(FROM, len(data), EVERY)
    axes.set_xticks(places, [words[f"tick:{place}"] for place in places])
    axes.set(xlim=(-0.7, len(data) - 0.3), ylim=(BOTTOM, 7.02))
    curve_axes(axes, words, lang, y="")
