"""Chart on what costs leave of the stated income over pay at home."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.scenarios import assumption
from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.form import Form
from analysis.plotting.marks import bare_cells, open_end, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, MUTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.labor_export import pay as labor_pay
from analysis.themes.labor_export import uplift as labor_uplift
from analysis.words.wording import number, percent, rounded

MONTHS = 12  # of pay at home
HALF = 0.5
NAMES = {
    "none": ("No costs", "无费用"),
    "fees in Japan": ("Fees of interns in Japan, {}", "赴日实习生费用，{}"),
    "fee ceiling": ("Ceiling of the service fee, {}", "服务费上限，{}"),
    "break-even": ("{} of the income", "收入的{}"),
    "half": ("Half of the income", "收入的一半"),
    "all": ("All of the income", "全部收入"),
}
EVEN, EVEN_AT, OPEN = (
    "break-even",
    3,
    16,
)  # row where nothing is left, its place; points of an arrow
CITED = ("fees in Japan", "fee ceiling")


@chart(
    "labor-net-uplift",
    claims=(labor_uplift.INCOME,),
    series=(labor_uplift.OUTGOING_WAGE, labor_pay.TRAINEE_WAGE, labor_pay.TRAINEE_FEES),
)
def net_uplift(records: Records) -> ChartSpec:
    """What is left over pay at home in a year, by what costs take of the stated income."""
    found = {one.value_id.removeprefix("labor."): one for one in labor_uplift.findings(records)}
    even = found[f"break-even-cost-share-{MONTHS}"]
    data = _rows(records)
    share, left = (data.set_index("costs")[name] for name in ("cost_share", "value"))
    most = percent(rounded(even.low, "down"))
    fee, ceiling = (percent(rounded(share[name])) for name in CITED)
    en, zh = (
        {name: number(rounded(value, "down"), lang) for name, value in left.items()}
        for lang in ("en", "zh")
    )
    return ChartSpec(
        data=data,
        values=("value",),
        unit="CNY/person/year",
        form=Form("bars", "costs", color=_kind),
        draw=_draw_uplift,
        price_basis="nominal",
        said={
            "break-even cost share": rounded(even.low, "down"),
            "half": HALF,
            "months of pay at home": MONTHS,
        }
        | {
            name: rounded(value, "down")
            for name, value in left.items()
            if name
            not in ("all", EVEN, "fee ceiling")  # what the ceiling leaves is a mark, no result
        },
        en=Text(
            headline=f"Costs must reach at least {most} of income before nothing is left above home pay",
            subtitle="Stated yearly income abroad (2021) less costs and an outgoing migrant's pay in China (2020, twelve months), yuan, nominal",
            note=f"At least, as the income is stated as more than. What costs take is not stated: cited are a ceiling of the service fee ({ceiling} of contract wages, 2009) and fees of interns in Japan ({fee} of pay); living, travel and tax come on top. Averages of different people: no gain.",
            alt=f"Bar chart of what is left over an outgoing migrant worker's pay at home in a year: at least {en['none']} yuan without costs, {en['fees in Japan']} with fees as interns in Japan pay, {en['half']} if costs take half; a further bar is for the ceiling of the service fee alone. At {most} nothing is left.",
        ),
        zh=Text(
            headline=f"费用至少占所述收入的{most}，所余才会不高于国内务工收入",
            subtitle="所述在外年收入（2021年）减去费用和中国外出农民工12个月收入（2020年），元，当年价",
            note=f"均为“至少”，原因是收入表述为“超过”。费用占多少文件未说明：有出处的只有服务费上限（合同工资的{ceiling}，2009年）和赴日实习生的费用（工资的{fee}）；生活费、旅费和税另计。两个平均数所指的人不同，不是增收。",
            alt=f"条形图，列出所述收入减去费用后，一年超出国内外出农民工收入的部分：无费用时至少{zh['none']}元；按赴日实习生的费用至少{zh['fees in Japan']}元；费用占一半时至少{zh['half']}元；另有一条为只计服务费上限；费用占{most}时不再高出。费用占多少文件没有说明。",
        ),
        labels=paired(lambda lang: _labels(data, lang)),
    )


def _rows(records: Records) -> pd.DataFrame:
    """Rows of the chart: costs, their share of the income, and what is left, at least."""
    shares = {
        "none": 0.0,
        "fees in Japan": labor_pay.fee_share(records, labor_pay.WAGE_YEARS[0]).value,
        "fee ceiling": assumption(records, labor_uplift.FEE_CEILING).value,
        EVEN: labor_uplift.break_even_cost_share(records, MONTHS).low,
        "half": HALF,
        "all": 1.0,
    }
    rows = labor_uplift.by_cost_share(records, shares)
    rows = rows[rows["months_at_home"] == MONTHS]
    return pd.DataFrame(
        {
            "costs": rows["costs"],
            "cost_share": rows["cost_share"],
            "value": rows["left_cny"],
            "low": rows["left_cny"],
            "high": math.inf,
            "open_ended": "high",
        }
    ).reset_index(drop=True)


def _labels(data: pd.DataFrame, lang: str) -> dict[str, str]:
    least, nothing, place = {
        "en": ("at least {} yuan", "nothing left", 0),
        "zh": ("至少{}元", "不再高出", 1),
    }[lang]
    words = {}
    for row in data.itertuples():
        way = "down" if row.costs == EVEN else "nearest"
        words[row.costs] = NAMES[row.costs][place].format(percent(rounded(row.cost_share, way)))
        left = least.format(number(rounded(row.value, "down"), lang))
        words[f"value:{row.costs}"] = nothing if row.costs == EVEN else left
    return words


def _kind(row: Any) -> str:
    return CALCULATED if row.costs in CITED else SCENARIO


def _draw_uplift(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    for y, row in enumerate(spec.data.itertuples()):
        color, even = _kind(row), row.costs == EVEN
        with group(axes, row.costs):
            axes.plot([0, row.value], [y, y], color=color, linewidth=9, solid_capstyle="butt")
            axes.plot(0, y, "|", color=MUTED, markersize=11)
            if not even and row.value > 0:
                open_end(axes, (row.value, y), (OPEN, 0), color)
            place = Place((max(row.value, 0), y), (OPEN + 5, 0), "left", "center")
            look: Looks = {"color": color, "weight": "bold" if even else "normal"}
            put(axes, words[f"value:{row.costs}"], [place], **look)
    if not narrow(axes):
        axes.axvline(0, color=MUTED, linewidth=0.8, zorder=1)
    row_labels(axes, [words[name] for name in spec.data["costs"]], emphasised=EVEN_AT)
    axes.set_xlim(-60e3, 60e3)
    bare_cells(axes)
    axes.set_xticks([])
