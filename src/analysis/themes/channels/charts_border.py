"""Chart of how small an effect a comparison of border counties could show."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.form import Form
from analysis.plotting.marks import coloured_words, curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import DOTTED, MUTED, SCENARIO
from analysis.records.load import Records
from analysis.themes.channels import border as channels_border
from analysis.words.wording import percent, rounded, size, stated

# power at which each curve is named, and on which side
AT = {0.0: (0.5, 7), 0.5: (0.72, -7), 0.9: (0.3, 6), 0.95: (0.6, -6)}
SHARE = "channels.border-people-over-counties-2021"


@chart(
    "channels-border",
    claims=(channels_border.PAIRED, channels_border.PEOPLE),
    series=(channels_border.COUNTIES, channels_border.RESIDENTS),
)
def border(records: Records) -> ChartSpec:
    """Chance to see an effect, by its size and by what a baseline explains."""
    data = channels_border.power_curves(records)
    zones, others = channels_border.groups(records)["zones"]
    least = {
        rho: channels_border.smallest_effect((zones, others), rho) for rho in channels_border.DRAWN
    }
    words = {rho: f"{size(effect):g}" for rho, effect in least.items()}
    none, most = channels_border.DRAWN[0], channels_border.DRAWN[-1]
    found = {one.value_id: one for one in channels_border.findings(records)}
    share = percent(rounded(found[SHARE].value))
    people, usual = records.claim(channels_border.PEOPLE), percent(channels_border.WANTED_POWER)
    level = percent(channels_border.TEST_SIZE)
    return ChartSpec(
        data=data,
        values=("power",),
        unit="share",
        form=Form("lines", "effect_sd", split="rho"),
        draw=_draw,
        said={"power usually asked for": channels_border.WANTED_POWER}
        | {f"smallest effect, {rho:g}": least[rho] for rho in (none, most)},
        en=Text(
            headline=f"With {zones} zones the smallest detectable effect is {words[most]} SD with a baseline, {words[none]} without",
            subtitle="Chance (power) of seeing an effect, by its size and by the correlation r with a baseline, border counties of China, 2021",
            note=f"Random choice, independent counties, one zone to a county, normal test at {level}; none is known to hold here. A baseline takes r squared out of the variance (McKenzie 2012); r is not published. The {stated(people).removeprefix('about ')} counted are in size {share} of the population of border counties: an effect on them alone shrinks to that part in county means.",
            alt=f"Line chart of power by effect size for {zones} counties with assisted zones against {others} others. Power reaches {usual} at {words[none]} standard deviations without a baseline, and at {words[most]} with one whose correlation is {most:g}. Whether the conditions hold is not known.",
        ),
        zh=Text(
            headline=f"{zones}个合作区：有基线数据可检出{words[most]}个标准差的效应，没有时为{words[none]}",
            subtitle="检出某一大小效应的概率（检验功效），按与基线的相关系数r，中国边境县，2021年；效应以各县之间的标准差计",
            note=f"假定随机选县、各县独立、每县一个合作区、按{level}水平作正态检验，是否成立均不得而知。有基线时，方差减去r的平方所占部分（麦肯齐，2012年）；r未见公布。所计的{stated(people, 'zh').removeprefix('约')}，规模相当于边境县人口的{share}：若只有这些人受影响，全县均值中的效应就只剩这一比例。",
            alt=f"折线图，列出{zones}个有受助合作区的县与其余{others}个县相比时，不同大小效应的检验功效。没有基线时，效应达到{words[none]}个标准差时功效为{usual}；有相关系数为{most:g}的基线时，{words[most]}个标准差即可。这些条件是否成立不得而知。",
        ),
        labels={
            "x": ("effect in standard deviations between counties", "效应（边境县之间的标准差）"),
            "y": ("power", "检验功效"),
            "groups": (
                f"{zones} counties with zones, {others} without",
                f"{zones}个有合作区的县，{others}个没有",
            ),
            "usual": (f"usually asked\nfor: {usual}", f"通常要求：{usual}"),
        }
        | {str(rho): (f"r = {rho:g}: {word}", f"r={rho:g}：{word}") for rho, word in words.items()},
    )


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, usual = spec.text(lang).labels, channels_border.WANTED_POWER
    for rho, rows in spec.data.groupby("rho"):
        if narrow(axes) and rho not in (min(AT), max(AT)):
            continue  # room for the two of the headline
        axes.plot(rows["effect_sd"], rows["power"], color=SCENARIO)
        seen = np.interp(usual, rows["power"], rows["effect_sd"])
        axes.plot(seen, usual, "o", color=SCENARIO, markersize=5.5, zorder=4)
        at, away = AT[rho]
        one = rows.iloc[(rows["power"] - at).abs().argmin()]
        place = (one["effect_sd"], one["power"])
        label(axes, *place, words[str(rho)], color=SCENARIO, offset=(away, 0), va="center")
    axes.axhline(usual, color=MUTED, linewidth=1, linestyle=DOTTED)
    label(axes, 1.2, usual, words["usual"], color=MUTED, offset=(0, -4), ha="right")
    axes.set(xlim=(0, 1.2), ylim=(0, 1.02))
    curve_axes(axes, words, lang, y="percent")
    axes.set_ylabel("")
    coloured_words(axes, [(words["groups"], SCENARIO), (words["y"], MUTED)])
