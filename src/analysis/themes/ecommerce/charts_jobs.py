"""Chart on people with work per online shop."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.form import INDEX, Form
from analysis.plotting.marks import numbers_on
from analysis.plotting.registry import chart
from analysis.plotting.rows import interval_rows
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.records.load import Records
from analysis.themes.ecommerce import jobs
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, rounded

PLACES = {"China": ("China", "全国"), "poor counties": ("Poor counties", "贫困县")}


@chart(
    "ecommerce-jobs-per-shop",
    claims=(jobs.JOBS,),
    series=(jobs.NATIONAL_JOBS, jobs.NATIONAL_SHOPS, jobs.POOR_JOBS, jobs.POOR_SHOPS),
)
def jobs_per_shop(records: Records) -> ChartSpec:
    """People with work per online shop at every date where officials gave both."""
    data = jobs.jobs_per_shop(records)
    ratio = {(row.place, row.date): row for row in data.itertuples()}
    national, last = ratio["China", "2017-12-31"], ratio["China", "2020-12-31"]
    least, most = (
        f"{rounded(value, way):g}" for value, way in ((national.low, "down"), (last.high, "up"))
    )
    march, end = ratio["poor counties", "2020-03-31"], ratio["poor counties", "2020-12-31"]
    poor = f"{rounded(end.ratio):g}", f"{rounded(march.low, 'down'):g}"
    return ChartSpec(
        data=data.replace(math.inf, math.nan),
        values=("ratio",),
        unit="person / shop",
        form=Form("dots", INDEX, ranges={"ratio": ("low", "high")}),
        draw=_draw,
        en=Text(
            headline=f"Stated jobs per shop: at least {least} in 2017, at most {most} in 2020",
            subtitle="People in work through e-commerce, as officials said, per online shop; China and poor counties, 2016 to 2020",
            note=f"Arrow: no bound that way, as people or shops are stated as more than. The last row sets the count of August 2021 ({number(end.jobs)}) over shops at the end of 2020. A multiple that changes from year to year is not excluded, nor is a count.",
            alt=f"Dot plot of people with work per online shop. China: at least {least} at the end of 2017, at most {most} at the end of 2020. Poor counties: at least {poor[1]} in March 2020, about {poor[0]} for the count of 2021 over shops at the end of 2020. No single multiple fits all dates.",
        ),
        zh=Text(
            headline=f"所述就业人数与网店数之比：2017年至少{least}，2020年至多{most}",
            subtitle="官方所述电商就业人数与网店数之比，全国和国家级贫困县，2016—2020年",
            note=f"箭头：人数或网店数表述为“超过”，该方向没有界限。末行为2021年8月公布的人数（{number(end.jobs, 'zh')}）与2020年末网店数之比。既不能排除按逐年变动的倍数推算，也不能排除实际统计。",
            alt=f"点图，列出每家网店对应的就业人数。全国：2017年末每店至少{least}人，2020年末每店至多{most}人。贫困县：2020年3月每店至少{poor[1]}人，2021年公布的人数与2020年末网店数之比约为{poor[0]}人。没有一个固定倍数能同时符合所有日期的数字，也不能据此断定人数是推算还是实际统计得来的。",
        ),
        labels={"x": ("people per online shop", "每家网店对应的人数")}
        | paired(lambda lang: _row_words(data, lang)),
    )


VALUE_WORDS = {
    "closed": ("{v}", "{v}"),
    "at least": ("at least {l}", "至少{l}"),
    "at most": ("at most {h}", "至多{h}"),
    "direction unknown": ("{v}, higher or lower", "{v}，方向不明"),
}


def _row_words(data: pd.DataFrame, lang: str) -> dict[str, str]:
    place, words = LANGUAGES.index(lang), {}
    for row in data.itertuples():
        year, month = row.date[:4], row.date[5:7]
        date = {"en": f", {year}-{month}", "zh": f"，{year}年{int(month)}月"}[lang]
        words[f"{row.Index}"] = PLACES[row.place][place] + date
        words[f"value:{row.Index}"] = VALUE_WORDS[row.direction][place].format(
            v=f"{rounded(row.ratio):g}",
            l=f"{rounded(row.low, 'down'):g}",
            h=f"{rounded(row.high, 'up'):g}",
        )
    return words


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    interval_rows(axes, spec, lang, "Index", values=("ratio", "low", "high"))
    axes.set(xlim=(1, 5), xticks=[1, 2, 3, 4, 5])
    numbers_on(axes.xaxis, lang)
