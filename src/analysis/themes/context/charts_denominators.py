"""Denominators: what a count of people may be divided by."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.form import Form
from analysis.plotting.registry import chart
from analysis.plotting.rows import stacked_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, MUTED
from analysis.records.load import Records
from analysis.themes.context import findings as context

CLAIM_NAMES = {
    "scio-2021.ecommerce-jobs": ("E-commerce: with work", "电商：创业就业"),
    "scio-2021.ecommerce-income": ("E-commerce: more income", "电商：增收"),
    "scio-2021.housekeeping-jobs": ("Housekeeping: in work", "家政：就业"),
    "scio-2021.labor-people": ("Labor export: sent abroad", "劳务：派出"),
    "scio-2021.border-people": ("Border regions", "边境地区"),
    "rural-ecommerce-opinions-2015.poor-people": ("Poor people, 2015", "2015年贫困人口"),
}
SERIES_LABELS = {
    "cn-rpov-n-2010std": ("rural poor", "农村贫困人口"),
    "cn-agrihukou-2010": ("agricultural hukou", "农业户口人口"),
    "cn-pop-rural-wdi": ("rural residents", "乡村人口"),
    "cn-migrant-n": ("migrant workers", "农民工"),
    "poor-labour-migrants": ("poor migrant workers", "贫困劳动力外出"),
    "cn-border-pop": ("border population", "边境县人口"),
    "labour-dispatched-total": ("all sent abroad", "全部派出"),
    "labour-stock-abroad": ("all abroad", "全部在外"),
    "housekeeping-employment": ("housekeeping workers", "家政从业人员"),
    "rural-ecom-jobs-claim": ("rural e-commerce jobs", "农村电商就业"),
}
VERDICT_WORDS = {
    "allowed": ("may be a share", "可称占比"),
    "check": ("checks the figure", "核对数字"),
    "size only": ("a size only", "只比规模"),
    "forbidden": ("misread", "不应相除"),
}
LOOKS = dict(zip(VERDICT_WORDS, (CATEGORIES[0], CATEGORIES[1], MUTED, CATEGORIES[2]), strict=True))


@chart("context-denominators", claims=context.COUNTS_OF_PEOPLE)
def denominators(records: Records) -> ChartSpec:
    """How many statistics are valid denominators of each count of people, and as what."""
    data = context.people_verdicts(records)
    data = data[data["series_id"].isin(SERIES_LABELS)].reset_index(drop=True).assign(pairs=1.0)
    counts = {verdict: int((data["verdict"] == verdict).sum()) for verdict in VERDICT_WORDS}
    total, checks = len(data), counts["check"]
    shares = {"en": counts["allowed"] or "None", "zh": counts["allowed"] or "没有一个"}
    return ChartSpec(
        data=data,
        values=("pairs",),
        unit="pairs",
        form=Form("bars", "claim_id", split="verdict", stacked=True, colors=LOOKS),
        draw=_draw_denominators,
        en=Text(
            headline=f"{shares['en']} of {total} ratios of count to statistic may be read as a share",
            subtitle="Counts of people in documents of 2015 and 2021, over published statistics: what the ratio may be called",
            note="Checks the figure: a statistic that the count repeats. A size only: the people counted are not part of it. Misread: the ratio would be taken for a share of people it does not count.",
            alt=f"Stacked bar chart of counts of people against published statistics: of {total} registered pairs {counts['allowed'] or 'none'} may be called a share, {checks} checks a figure by its source, {counts['size only']} are only a size relative to, and {counts['forbidden']} must not be formed.",
        ),
        zh=Text(
            headline=f"人数与统计数的{total}个组合中，{shares['zh']}可称为占比",
            subtitle="2015年和2021年文件中的人数与公布的统计数之比可以怎样称呼",
            note="核对数字：文件所引的统计数本身。只比规模：所计的人不属于该统计数。不应相除：比值会被误读为占比。",
            alt=f"堆积条形图，按文件中的人数列出其与公布的统计数之比。在登记的{total}个组合中，{shares['zh']}可以称为占比，{checks}个用来按来源核对数字，{counts['size only']}个只能作规模对比，{counts['forbidden']}个不应相除：所计的人并不包含在分母之中，相除得到的比值容易被误读为占比。",
        ),
        labels=CLAIM_NAMES
        | VERDICT_WORDS
        | {
            "lead": (
                f"{total} pairs, {counts['allowed'] or 'none'} a share:",
                f"{total}个组合，{shares['zh']}为占比：",
            )
        },
    )


def _draw_denominators(axes: Axes, spec: ChartSpec, lang: str) -> None:
    rows = [name for name in CLAIM_NAMES if name in set(spec.data["claim_id"])]
    columns = ("claim_id", "verdict")
    stacked_rows(
        axes, spec, lang, columns, rows=rows, colors=LOOKS, lead=spec.text(lang).labels["lead"]
    )
