"""The matrix of denominators: what a count of people may be divided by."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.plotting.marks import bare_cells, cell
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, MUTED, POINTS, REPORTED
from analysis.records.load import Records
from analysis.themes.context import findings as context

CLAIM_NAMES = {
    "scio-2021.ecommerce-jobs": ("e-commerce:\nwith work", "电商：\n创业就业"),
    "scio-2021.ecommerce-income": ("e-commerce:\nmore income", "电商：\n增收"),
    "scio-2021.housekeeping-jobs": ("housekeeping:\nin work", "家政：\n就业"),
    "scio-2021.labor-people": ("labor export:\nsent abroad", "劳务：\n派出"),
    "scio-2021.border-people": ("border\nregions", "边境\n地区"),
    "rural-ecommerce-opinions-2015.poor-people": ("poor people,\n2015 report", "2015年\n贫困人口"),
}
SERIES_LABELS = {
    "cn-rpov-n-2010std": ("rural poor", "农村贫困人口"),
    "cn-agrihukou-2010": ("agricultural hukou", "农业户籍人口"),
    "cn-pop-rural-wdi": ("rural residents", "农村常住人口"),
    "cn-migrant-n": ("migrant workers", "农民工"),
    "poor-labour-migrants": ("poor migrant workers", "贫困劳动力外出"),
    "cn-border-pop": ("border population", "边境县人口"),
    "labour-dispatched-total": ("all sent abroad", "全部外派"),
    "labour-stock-abroad": ("all abroad", "全部在外"),
    "housekeeping-employment": ("housekeeping workers", "家政从业人员"),
    "rural-ecom-jobs-claim": ("rural e-commerce jobs", "农村电商就业"),
}
VERDICT_WORDS = {
    "allowed": ("share", "占比"),
    "check": ("check", "核对"),
    "size only": ("size", "规模"),
    "forbidden": ("no", "不可"),
}


@chart("context-denominators", claims=context.COUNTS_OF_PEOPLE)
def denominators(records: Records) -> ChartSpec:
    """Which statistic may stand under which count of people."""
    data = context.people_verdicts(records)
    data = data[data["series_id"].isin(SERIES_LABELS)].reset_index(drop=True)
    counts = {verdict: int((data["verdict"] == verdict).sum()) for verdict in VERDICT_WORDS}
    total, checks = len(data), counts["check"]
    shares = {"en": counts["allowed"] or "None", "zh": counts["allowed"] or "没有一个"}
    return ChartSpec(
        data=data,
        values=("code",),
        unit="verdict code",
        draw=_draw_denominators,
        en=Text(
            headline=f"{shares['en']} of {total} pairs of count and statistic may be read as a share",
            subtitle="Counts of people in documents of 2015 and 2021 (columns) over statistics (rows): what the ratio may be called",
            note="size: compare as a size only. check: a statistic that the count repeats, which tests the figure and is no share. no: the ratio would be misread. Empty: not in the register.",
            alt=f"Matrix of counts of people against published statistics: of {total} registered pairs {counts['allowed'] or 'none'} may be called a share, {checks} checks a figure by its source, {counts['size only']} are only a size relative to, and {counts['forbidden']} must not be formed.",
        ),
        zh=Text(
            headline=f"人数与统计数的{total}个组合中，{shares['zh']}可称为占比",
            subtitle="2015年和2021年文件中的人数（列）与公布的统计数（行）之比可以怎样称呼",
            note="规模：只能作规模对比。核对：文件所引的统计数本身，可核对数字，不是占比。不可：比值会被误读。空白：未登记。",
            alt=f"矩阵图，列为文件中的人数，行为公布的统计数。在登记的{total}个组合中，{shares['zh']}可以称为占比，{checks}个用来按来源核对数字，{counts['size only']}个只能作规模对比，{counts['forbidden']}个不应相除：所计的人并不包含在分母之中，相除得到的比值容易被误读为占比。",
        ),
        labels=(CLAIM_NAMES | SERIES_LABELS) | VERDICT_WORDS,
    )


def _draw_denominators(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    claims = [name for name in CLAIM_NAMES if name in set(data["claim_id"])]
    series = [name for name in SERIES_LABELS if name in set(data["series_id"])]
    colours = {"allowed": REPORTED, "check": REPORTED, "size only": MUTED, "forbidden": CALCULATED}
    for row in data.itertuples():
        x, y, color = (
            claims.index(row.claim_id),
            series.index(row.series_id),
            colours[row.verdict],
        )
        axes.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, color=color, linewidth=0))
        cell(axes, x, y, words[row.verdict], size="axis", weight="bold")
    axes.set_xticks(range(len(claims)), [words[name] for name in claims], fontsize=POINTS["small"])
    axes.set_yticks(range(len(series)), [words[name] for name in series])
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, len(claims) - 0.5), ylim=(len(series) - 0.5, -0.5))
    bare_cells(axes)
