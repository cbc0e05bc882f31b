"""Chart of the power of a simulated design."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.form import Form
from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import SIMULATION, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import DASHED, DOTTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.causal_design import estimators as causal_estimators
from analysis.themes.causal_design import findings as causal
from analysis.words.wording import percent, rounded

FEW = 100  # counties
SERIES = (causal.BATCH, causal.POOR_COUNTIES)


@chart("causal-power", series=SERIES, basis=SIMULATION)
def power(records: Records) -> ChartSpec:
    """Smallest difference that the simulated design finds, by number of counties with outcomes."""
    data = causal_estimators.power(records)[["noise", "counties", "share"]].rename(
        columns={"share": "smallest"}
    )
    at = data.set_index(["noise", "counties"])["smallest"]
    few, all_of_them = FEW, int(data["counties"].max())
    most = data["noise"].max()
    said = {
        name: percent(rounded(at[name]))
        for name in ((1, few), (1, all_of_them), (most, few), (most, all_of_them))
    }
    return ChartSpec(
        data=data,
        values=("smallest",),
        unit="share of income",
        form=Form("lines", "counties", split="noise"),
        draw=_draw_power,
        en=Text(
            headline=f"Simulated: smallest effect found is {said[1, few]} with {few} counties, {said[1, all_of_them]} with {all_of_them}",
            subtitle="Smallest difference of income found with a power of 80%, by counties, simulated, China, 2014 to 2019",
            note="Simulated data, group-time average to 2018, errors clustered by county, tests at 5%. Noise of a county as assumed, twice or three times as large; what it really is, nobody has published, so that the lower line is the best case.",
            alt=f"Simulated power, line chart: the smallest difference found falls from {said[1, few]} with {few} counties to {said[1, all_of_them]} with {all_of_them}; with three times the noise from {said[most, few]} to {said[most, all_of_them]}.",
        ),
        zh=Text(
            headline=f"模拟：{few}个县可检出的最小差异为{said[1, few]}，{all_of_them}个县为{said[1, all_of_them]}",
            subtitle="功效为80%时可检出的最小平均收入差异，按有结果数据的县数，模拟数据，中国，2014—2019年各批",
            note="模拟数据，分批分年平均，至2018年，标准误按县聚类，显著性水平5%。单县波动按假设值，或为其两倍、三倍；实际大小没有公布，因此下方的线是最有利的情形。",
            alt=f"模拟的功效折线图：可检出的最小差异由{few}个县时的{said[1, few]}降至{all_of_them}个县时的{said[1, all_of_them]}；若单县波动为假设值的三倍，则由{said[most, few]}降至{said[most, all_of_them]}。全部为模拟数据，实际波动的大小没有公布。",
        ),
        said={"power": 0.8},
        labels={
            "x": ("poverty counties with outcomes", "有结果数据的贫困县数"),
            "y": ("smallest difference found", "可检出的最小差异"),
            "1": ("noise × 1", "波动×1"),
            "2": ("noise × 2", "波动×2"),
            "3": ("noise × 3", "波动×3"),
            "colon": (": ", "："),
        }
        | {f"{noise:.0f}:{counties}": text for (noise, counties), text in said.items()},
    )


def _draw_power(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words = spec.text(lang).labels
    look: Looks = {"color": SCENARIO, "marker": "D", "markersize": 4.5, "linewidth": 1.4}
    for noise, style in ((1, "-"), (2, DOTTED), (3, DASHED)):
        own = spec.data[spec.data["noise"] == noise].set_index("counties")["smallest"]
        axes.plot(own.index, own, linestyle=style, **look)
        bold: Looks = {"weight": "bold", "size": "value"} if noise == 1 else {}
        text = words.get(f"{noise}:{FEW}", "")
        offset = (0, -7) if noise == 1 else (0, 7)
        label(axes, FEW, float(own[FEW]), text, color=SCENARIO, offset=offset, **bold)
        last, said = own.index[-1], words.get(f"{noise}:{own.index[-1]}", "")
        end = words[str(noise)] + (words["colon"] + said if said else "")
        label(axes, last, float(own.iloc[-1]), end, color=SCENARIO, offset=(8, 0))
    axes.set(xscale="log", xlim=(45, 950), ylim=(0, 0.0235))
    sizes = sorted(set(spec.data["counties"]))
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.set_xticks([], minor=True)
    curve_axes(axes, words, lang, y="percent")
