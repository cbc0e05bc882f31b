"""Chart of purchases signed, products sold, and what they are set beside."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import grows
from analysis.plotting.form import Form
from analysis.plotting.marks import coloured_words, log_ticks
from analysis.plotting.registry import chart
from analysis.plotting.rows import interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import MUTED, REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.channels import purchases as channels_purchases
from analysis.words.wording import amount, number, percent, rounded, stated

SERIES = channels_purchases.SERIES
NAMES = {
    "commerce-ministry": ("Commerce ministry, to 2021", "商务部，至2021年"),
    "agriculture-2013-2018": ("Agriculture, 2013–6/2018", "农业部门，2013—2018年6月"),
    "agriculture-2018": ("The same, 7 events of 2018", "农业部门，2018年7场"),
    "agriculture-2018-first": ("The first of these", "其中首场"),
    "agriculture-sold-2020": ("With its help, 1–8/2020", "经农业部门，2020年1—8月"),
    "certified-sold-2020": ("Certified, 1–9/2020", "认定产品，2020年1—9月"),
    "online-poor-2020": ("Online, poor counties, 2020", "贫困县农产品网售，2020年"),
    "online-2019": ("Online, China, 2019", "全国农产品网售，2019年"),
    "farm-2020": ("Farming value added, 2020", "农林牧渔业增加值，2020年"),
}
COLOURS = {"signed": REPORTED, "sold": REPORTED_LIGHT, "scale": MUTED}
KINDS = {
    "signed": ("Signed", "签约"),
    "sold": ("Sold", "售出"),
    "scale": ("Farm sales and output, for scale", "农产品销售与产出（比较规模）"),
}
SIGNED = "commerce-ministry"
RATIO = "channels.contracted-over-farm-value-added"


@chart("channels-contracted-purchases", claims=(channels_purchases.SIGNED,), series=SERIES)
def contracted_purchases(records: Records) -> ChartSpec:
    """The amount signed beside other amounts signed, amounts sold, and farm output."""
    data = channels_purchases.amounts(records)
    at = data.set_index("what")["cny"]
    found = {one.value_id: one for one in channels_purchases.findings(records)}
    ratio = percent(rounded(found[RATIO].value))
    signed = records.claim(channels_purchases.SIGNED)
    money = {
        lang: {name: amount(rounded(at[name]), "CNY", lang) for name in at.index}
        for lang in ("en", "zh")
    }
    return ChartSpec(
        data=data,
        values=("cny",),
        unit="CNY",
        form=Form("dots", "what", ranges={"cny": ("low", "high")}, log=True, color=_kind),
        draw=_draw,
        said={"size relative to farm value added": found[RATIO].value},
        price_basis="nominal",
        en=Text(
            headline=f"{amount(signed.value_low, 'CNY')} contracted over the years at the ministry's events, delivery not stated",
            subtitle="Purchases signed, products sold, farm sales and value added, China, 2013 to 2021, yuan, nominal, log scale",
            note="Arrow: stated as more than. Periods differ, and how far the amounts hold each other is not stated: none is added to or taken off another. Value added (less than output) is worked out from a published ratio; online sales stand beside, as no part of either is known.",
            alt=f"Dot plot on a log scale. Signed: {money['en']['commerce-ministry']} at events of the commerce ministry, {money['en']['agriculture-2013-2018']} at those of the agriculture ministry since 2013. Sold through the latter in January to August 2020: {money['en']['agriculture-sold-2020']}. Farm value added of 2020, worked out from a ratio: {money['en']['farm-2020']}; in size, the ministry's purchases of several years are {ratio} of it.",
        ),
        zh=Text(
            headline=f"商务部活动历年签约{amount(signed.value_low, 'CNY', 'zh')}，交付未说明",
            subtitle="面向贫困地区的签约采购额、售出额，以及全国农产品网络零售额和增加值，2013—2021年，元，当年价，对数坐标",
            note="箭头：表述为“超过”。各项时期不同，相互重叠多少未说明：既不相加，也不相减。增加值小于产值，由公布的比值推算；网络零售额仅并列，与签约额的关系不详。",
            alt=f"点图，对数坐标。签约采购：商务部活动{stated(signed, 'zh').removeprefix('约')}，农业部门2013年以来的活动{money['zh']['agriculture-2013-2018']}。2020年1至8月经农业部门对接售出{money['zh']['agriculture-sold-2020']}。2020年农林牧渔业增加值{money['zh']['farm-2020']}，由公布的比值推算，商务部活动多年签约额的规模相当于其{ratio}。签约不等于交付，各项之间的重叠没有说明。",
        ),
        labels=KINDS
        | NAMES
        | paired(lambda lang: _labels(data, ratio, lang))
        | {"x": ("yuan", "元")},
    )


def _labels(data: pd.DataFrame, ratio: str, lang: str) -> dict[str, str]:
    over = {"en": "more than {}", "zh": "超过{}"}[lang]
    words = {
        f"value:{row.what}": (over if math.isinf(row.high) else "{}").format(
            number(rounded(row.cny), lang)
        )
        for row in data.itertuples()
    }
    beside = {"en": "{}, in size {} of the last row", "zh": "{}，规模相当于末行的{}"}[lang]
    words[f"value:{SIGNED}"] = beside.format(words[f"value:{SIGNED}"], ratio)
    return words


def _kind(row: Any) -> str:
    return str(COLOURS[row.kind])


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    axes.set_xscale("log")
    interval_rows(
        axes, spec, lang, "what", values=("cny", "low", "high"), color=_kind, emphasised=SIGNED
    )
    axes.set(xlim=(1e9, 1.2e14), xlabel=words["x"] if grows(axes) else "")
    coloured_words(axes, [(words[kind], color) for kind, color in COLOURS.items()])
    log_ticks(axes.xaxis, [1e9, 1e10, 1e11, 1e12, 1e13], lang)
