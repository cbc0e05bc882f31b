"""Chart of the fees waived to sessions 125 and 128: which power of ten lets the two totals stand together."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.marks import label, log_ticks, row_labels
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, MUTED, REPORTED, Looks
from analysis.records.load import Records
from analysis.themes.canton_fair import window as canton_window
from analysis.themes.canton_fair.sessions import FEES, session_calendar
from analysis.words.wording import number, rounded

LEFT = 1.6e5  # yuan: where the axis and the words begin
FITS = -1  # power that the checks leave


@chart(
    "canton-fair-fee-window",
    claims=(FEES,),
    series=(canton_window.FEES_CUM, canton_window.FIRMS_CUM),
)
def fee_window(records: Records) -> ChartSpec:
    """Fees waived to session 125 under four powers of ten, beside the total to session 128."""
    data = canton_window.powers(records)
    data = data.assign(total=data["to_125"] + data["after"])
    printed, fitting = data.iloc[0], data[data["power"] == FITS].iloc[0]
    too_small = data[data["power"] == FITS - 1].iloc[0]
    said = {
        lang: [
            number(value, lang)
            for value in (
                printed["to_125"],
                printed["total"],
                fitting["to_125"],
                too_small["to_125"],
            )
        ]
        for lang in ("en", "zh")
    }
    worth, wrong = (
        number(rounded(data.loc[data["power"] == power, "sessions_worth"].iloc[0]))
        for power in (FITS, FITS - 1)
    )
    first, last = session_calendar(records)["session"].agg(["min", "max"])
    return ChartSpec(
        data=data,
        values=("to_125", "total"),
        unit="CNY",
        draw=_draw,
        price_basis="nominal",
        said={"first session": int(first), "last session": int(last)},
        en=Text(
            headline=f"Printed {said['en'][0]} yuan of fees exceed the later total of {said['en'][1]}",
            subtitle=f"Booth fees waived for poverty counties, Canton Fair, sessions {first} to 125 and to {last}, yuan, nominal, log scale",
            note=f"A running total cannot fall, which excludes the figure as printed. A tenth leaves {worth} sessions' worth of fees for the three sessions after 125, of which the two online ones were free for everybody. A hundredth would leave {wrong}. Read as {said['en'][2]}: our reading, not a correction by the source.",
            alt=f"Arrow chart from the fees to session 125, in four readings, to the total of {said['en'][1]} yuan at session {last}. As printed, {said['en'][0]} yuan, the total would fall. Read as {said['en'][2]}, it leaves {worth} sessions' worth for the sessions after 125; read as {said['en'][3]}, {wrong}.",
        ),
        zh=Text(
            headline=f"所印{said['zh'][0]}元展位费，超过后来的累计总额{said['zh'][1]}元",
            subtitle=f"广交会第{first}届以来为贫困县企业减免的展位费，至第125届和至第{last}届，元，名义值，对数刻度",
            note=f"累计数不会下降，因此所印数字不成立。取十分之一，第125届以后三届只剩相当于{worth}届的费用，其中两届线上展对所有企业免费；取百分之一则剩{wrong}届。按{said['zh'][2]}元理解，是本项目的读法，不是原网页所作的更正。",
            alt=f"箭头图，从至第125届减免费用的四种读法指向至第{last}届的总额{said['zh'][1]}元。按所印的{said['zh'][0]}元，累计数会下降；读作{said['zh'][2]}元，其后各届剩下相当于{worth}届的费用；读作{said['zh'][3]}元，则剩下相当于{wrong}届的费用，而其后线上举办的各届对所有企业免费。",
        ),
        labels={
            "x": ("yuan since session 122", "第122届以来累计（元）"),
            "total": ("to session 128: {}", "至第128届：{}"),
        }
        | paired(lambda lang: _rows(data, lang)),
    )


def _rows(data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Name and reading of each row."""
    names = {
        "en": ("as printed", "a tenth", "a hundredth", "a thousandth"),
        "zh": ("按所印", "十分之一", "百分之一", "千分之一"),
    }[lang]
    found: dict[str, str] = {}
    for name, row in zip(names, data.itertuples(), strict=True):
        before, after, worth = (
            number(rounded(value), lang)
            for value in (row.per_exhibitor_to_125, row.per_exhibitor_after, row.sessions_worth)
        )
        if row.falls:
            words = {"en": "the running total would fall", "zh": "累计数将会下降"}[lang]
        else:
            words = {
                "en": f"each exhibitor {before} yuan, then {after}; rest: {worth} sessions",
                "zh": f"此前每家次{before}元，此后{after}元；余额：{worth}届",
            }[lang]
        found |= {f"name:{row.power}": name, f"words:{row.power}": words}
    return found


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    total = data["total"].iloc[0]
    axes.axvline(total, color=REPORTED, linewidth=1.2)
    style: Looks = {
        "arrowstyle": "-|>",
        "linewidth": 1.4,
        "shrinkA": 4,
        "shrinkB": 0,
        "mutation_scale": 9,
    }
    for y, row in enumerate(data.itertuples()):
        color = CALCULATED if row.power == FITS else MUTED
        own = REPORTED if row.power == 0 else color
        axes.annotate("", (row.total, y), (row.to_125, y), arrowprops=style | {"color": color})
        axes.plot(row.to_125, y, "o", color=own, markersize=6, zorder=4)
        offset = (7, 0) if row.to_125 > row.total else (-7, 0)
        said = number(row.to_125, lang)
        label(axes, row.to_125, y, said, color=own, offset=offset, weight="bold")
        reading = words[f"words:{row.power}"]
        label(axes, LEFT * 1.15, y, reading, color=color, offset=(0, 6), ha="left")
    row_labels(axes, [words[f"name:{power}"] for power in data["power"]])
    said = words["total"].format(number(total, lang))
    label(axes, total, -0.62, said, color=REPORTED, offset=(5, 0), weight="bold")
    axes.set(xscale="log", xlim=(LEFT, 2e9), ylim=(len(data) - 0.45, -0.85), xlabel=words["x"])
    log_ticks(axes.xaxis, [1e6, 1e7, 1e8, 1e9], lang)
