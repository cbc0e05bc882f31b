"""Chart of the turnover of the Canton Fair since 2002, in dollars and in yuan, the online sessions left open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.form import Form
from analysis.plotting.marks import coloured_words, curve_axes, definition_break, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, MUTED, REPORTED, REPORTED_LIGHT, TINT
from analysis.records.load import Records
from analysis.themes.canton_fair import turnover as canton_turnover
from analysis.words.wording import amount, number, percent, rounded

BASE = 122  # session at whose own rate yuan are drawn on the scale of dollars
DERIVED = 125  # session whose dollars are worked out here
BILLION = 1e9
GAP = (2020.0, 2023.25)  # the online sessions, without published turnover


@chart("canton-fair-turnover", series=(canton_turnover.USD, canton_turnover.CNY, "usd-cny"))
def turnover(records: Records) -> ChartSpec:
    """Turnover by session in dollars and yuan, joined where sessions follow each other."""
    data = canton_turnover.turnover(records)
    base = data.set_index("session").loc[BASE]
    grown = canton_turnover.turnover_125(records)[0].value
    data = data.assign(
        cny_as_usd=data["cny"] * base["usd"] / base["cny"],
        usd_here=data["session"].map({DERIVED: grown}),
    )
    found = {one.value_id: one for one in canton_turnover.findings(records)}
    changes = [found[f"canton-fair.turnover-{name}"] for name in ("fall-usd", "rise-cny")]
    change = {lang: [percent(rounded(one.value), lang) for one in changes] for lang in ("en", "zh")}
    computed = int(data["computed"].sum())
    top = data["usd"].max()
    declared = {"highest turnover": top} | {one.label: one.value for one in changes}
    return ChartSpec(
        data=data,
        values=("usd", "cny_as_usd"),
        unit="USD",
        form=Form(
            "dots",
            "x",
            colors={"usd": REPORTED, "cny_as_usd": REPORTED_LIGHT},
            names={"y": ("US dollars", "美元")},
        ),
        draw=_draw,
        said=declared,
        en=Text(
            headline=f"The fair's turnover, sessions 122 to 126: down {change['en'][0]} in dollars, up {change['en'][1]} in yuan",
            subtitle="Export deals by session of the Canton Fair, billion US dollars, nominal, 2002 to 2025; yuan at the rate of session 122",
            note=f"Hollow: {computed} sessions computed from stated growth. Lines join the sessions found; none was for the gap. Orange square: session 125, printed in yuan only, computed here. From session 136 on: intended deals. The dip of 2003 is the session of the SARS epidemic.",
            alt=f"Dot plot by session, joined by lines. Turnover peaked at {amount(top, 'USD')} in spring 2008. From session 122 to 126 it fell {change['en'][0]} in dollars and rose {change['en'][1]} in yuan. For the online sessions nothing was published: the gap stays open.",
        ),
        zh=Text(
            headline=f"广交会第122届至第126届成交额：按美元降{change['zh'][0]}，按人民币升{change['zh'][1]}",
            subtitle="广交会各届出口成交额，亿美元，当年价，2002—2025年；人民币数按第122届汇率折算",
            note=f"空心点：{computed}届由公布的增速推算。折线连接已查到的各届，中断处未查到。橙色空心方块：第125届只公布人民币数，美元数由本项目推算。第136届起为意向成交。2003年的低点为疫情期间的一届。",
            alt=f"散点图，各届以线相连。成交额在2008年春季达到最高的{amount(top, 'USD', 'zh')}。从第122届到第126届，按美元下降{change['zh'][0]}，按人民币上升{change['zh'][1]}。线上各届没有公布成交额，图中保持空缺；第136届起为意向成交。",
        ),
        labels={
            "y": ("billion US dollars", "亿美元"),
            "unit above": ("billion US dollars", "亿美元"),
            "usd": ("in dollars", "按美元"),
            "cny": ("in yuan", "按人民币"),
            "gap": ("online:\nnot published", "线上：\n未公布"),
            "sars": ("spring 2003", "2003年春"),
            "fall": (
                f"Sessions 122 to 126: −{change['en'][0]} in dollars,",
                f"第122届至第126届：按美元−{change['zh'][0]}，",
            ),
            "rise": (f"+{change['en'][1]} in yuan", f"按人民币+{change['zh'][1]}"),
            "intended": ("intended deals", "意向成交"),
        },
    )


TOP = 46  # billion dollars: end of the axis, above the words


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    axes.axvspan(*GAP, color=MUTED, alpha=TINT / 2, linewidth=0)
    label(axes, sum(GAP) / 2, 4, words["gap"], color=MUTED, offset=(0, 0), va="bottom")
    held = data.dropna(subset=["usd"])
    for rows in (held[held["x"] < GAP[0]], held[held["x"] > GAP[1]]):
        axes.plot(rows["x"], rows["usd"] / BILLION, color=REPORTED, linewidth=1.1, zorder=3)
    computed = data["computed"]
    _marks(axes, data[~computed], "usd", "o", REPORTED, markersize=4.2, zorder=4, fillstyle="full")
    _marks(axes, data[computed], "usd", "o", REPORTED, markersize=4.2, zorder=4)
    _marks(axes, data, "usd_here", "s", CALCULATED, markersize=6, zorder=5)
    yuan = data.dropna(subset=["cny_as_usd"])
    _marks(axes, yuan, "cny_as_usd", "D", REPORTED_LIGHT, markersize=3.6, zorder=3)
    _names(axes, data, words)
    axes.set(xlim=(2001.6, 2026.3), ylim=(0, TOP))
    definition_break(axes, GAP[1], words["intended"], ha="left")
    ticks, in_unit = range(0, 41, 10), {"en": 1, "zh": 10}[lang]
    axes.set_yticks(ticks, [number(tick * in_unit, lang) for tick in ticks])
    axes.set_xticks(range(2002, 2027, 4))
    curve_axes(axes, words, lang, y="")
    coloured_words(axes, [(words["fall"], REPORTED), (words["rise"], REPORTED_LIGHT)])
    axes.set_ylabel("")


def _marks(
    axes: Axes, rows: pd.DataFrame, column: str, marker: str, color: str, **looks: Any
) -> None:
    """Marks of one column in billions, hollow unless said otherwise."""
    looks = {"fillstyle": "none", "linestyle": "none"} | looks
    axes.plot(rows["x"], rows[column] / BILLION, marker, color=color, **looks)


def _names(axes: Axes, data: pd.DataFrame, words: Mapping[str, str]) -> None:
    sessions = data.set_index("session")
    for session, column, key, color, offset in (
        (93, "usd", "sars", REPORTED, (7, 0)),
        (101, "usd", "usd", REPORTED, (-7, 2)),
        (118, "cny_as_usd", "cny", REPORTED_LIGHT, (0, -7)),
    ):
        one = sessions.loc[session]
        label(axes, one["x"], one[column] / BILLION, words[key], color=color, offset=offset)
