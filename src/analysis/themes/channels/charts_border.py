"""Chart of what a comparison of border counties could show at best."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import DASHED, DOTTED, MUTED, SCENARIO, TINT
from analysis.records.load import Records
from analysis.themes.channels import border as channels_border
from analysis.words.wording import percent, rounded, stated

SHARE = "channels.border-people-over-counties-2021"


@chart(
    "channels-border",
    claims=(channels_border.PAIRED, channels_border.PEOPLE),
    series=(channels_border.COUNTIES, channels_border.RESIDENTS),
)
def border(records: Records) -> ChartSpec:
    """Highest chance to see an effect, by its size, for two comparisons of border counties."""
    data = channels_border.power_curves(records)
    sizes = channels_border.groups(records)
    least = {
        name: f"{rounded(channels_border.smallest_effect(groups), 2):g}"
        for name, groups in sizes.items()
    }
    found = {one.value_id: one for one in channels_border.findings(records)}
    share = percent(rounded(found[SHARE].value, 2))
    (zones, others), (half, rest) = sizes["zones"], sizes["best split"]
    people, usual = records.claim(channels_border.PEOPLE), percent(channels_border.WANTED_POWER)
    size = percent(channels_border.TEST_SIZE)
    return ChartSpec(
        data=data,
        values=("power",),
        unit="share",
        draw=_draw,
        said={"power usually asked for": channels_border.WANTED_POWER}
        | {
            f"smallest effect, {name}": channels_border.smallest_effect(groups)
            for name, groups in sizes.items()
        },
        en=Text(
            headline=f"At best, a comparison of {zones} zones sees effects from {least['zones']} standard deviations",
            subtitle="Highest chance (power) of seeing an effect, by its size in standard deviations, border counties of China, 2021",
            note=f"Upper bounds: random choice, independent counties, everybody reached, one zone to a county, normal test at {size}. None is known to hold here. The {stated(people).removeprefix('about ')} counted are in size {share} of the population of border counties: an effect on them alone shrinks to that part in county means.",
            alt=f"Line chart of the highest power by effect size. With {zones} counties with assisted zones against {others} others, power reaches {usual} at {least['zones']} standard deviations; with the best split of all border counties, {half} against {rest}, at {least['best split']}. Real power is lower.",
        ),
        zh=Text(
            headline=f"即使条件最好，{zones}个合作区的比较也只能识别{least['zones']}个标准差以上的效应",
            subtitle="识别某一大小效应的最高概率（检验功效），中国边境县，2021年；效应以各县之间的标准差计",
            note=f"均为上限：假定随机选县、各县独立、人人受惠、每县一个合作区、按{size}水平作正态检验，是否成立均不得而知。所计的{stated(people, 'zh').removeprefix('约')}，规模相当于边境县人口的{share}：若只有这些人受影响，全县均值中的效应就只剩这一比例。",
            alt=f"折线图，列出不同大小效应的最高检验功效。{zones}个有受助合作区的县与其余{others}个县相比，效应达到{least['zones']}个标准差时功效为{usual}；若把全部边境县平分为{half}个和{rest}个，则为{least['best split']}个标准差。以上均为上限，实际功效更低。",
        ),
        labels={
            "x": ("effect in standard deviations between counties", "效应（边境县之间的标准差）"),
            "y": ("highest power", "最高功效"),
            "zones": (
                f"{zones} counties with zones\nagainst {others} others",
                f"{zones}个有合作区的县\n与其余{others}个县",
            ),
            "best split": (f"best split,\n{half} against {rest}", f"平分：\n{half}个与{rest}个"),
            "usual": (f"usually asked for: {usual}", f"通常要求：{usual}"),
            "cannot": ("cannot be reached", "不可能达到"),
        },
    )


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, usual = spec.text(lang).labels, channels_border.WANTED_POWER
    best = spec.data[spec.data["comparison"] == "best split"]
    axes.fill_between(best["effect_sd"], best["power"], 1, color=MUTED, alpha=TINT / 2, linewidth=0)
    label(axes, 0.06, 0.93, words["cannot"], color=MUTED, offset=(0, 0), ha="left")
    for name, style, at, offset in (
        ("zones", "-", 0.5, (10, -4)),
        ("best split", DASHED, 0.36, (-10, 0)),
    ):
        rows = spec.data[spec.data["comparison"] == name]
        axes.plot(rows["effect_sd"], rows["power"], color=SCENARIO, linestyle=style)
        one = rows.iloc[(rows["effect_sd"] - at).abs().argmin()]
        place = (one["effect_sd"], one["power"])
        label(axes, *place, words[name], color=SCENARIO, offset=offset, va="center")
    axes.axhline(usual, color=MUTED, linewidth=1, linestyle=DOTTED)
    label(axes, 1.5, usual, words["usual"], color=MUTED, offset=(0, -4), ha="right")
    axes.set(xlim=(0, 1.5), ylim=(0, 1.02))
    curve_axes(axes, words, lang, y="percent")
