"""Chart of the fees waived to sessions 125 and 128: which power of ten lets the two totals stand together."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.marks import bare_cells, coloured_words, put, row_labels, thickness
from analysis.plotting.placement import Place
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import CALCULATED, INK, MUTED, REPORTED
from analysis.records.load import Records
from analysis.themes.canton_fair import window as canton_window
from analysis.themes.canton_fair.sessions import FEES, session_calendar
from analysis.words.wording import number, rounded

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
            subtitle=f"Booth fees waived for poverty counties, Canton Fair, sessions {first} to 125 and to {last}, yuan, nominal",
            note=f"A running total cannot fall, which excludes the figure as printed. A tenth leaves {worth} sessions' worth of fees for the three sessions after 125, of which the two online ones were free for everybody. A hundredth would leave {wrong}. Read as {said['en'][2]}: our reading, not a correction by the source.",
            alt=f"Bar chart of the fees to session 125, in four readings, against the total of {said['en'][1]} yuan at session {last}. As printed, {said['en'][0]} yuan, the total would fall. Read as {said['en'][2]}, it leaves {worth} sessions' worth for the sessions after 125; read as {said['en'][3]}, {wrong}.",
        ),
        zh=Text(
            headline=f"网页所载展位费{said['zh'][0]}元，高于后来的累计总额{said['zh'][1]}元",
            subtitle=f"广交会第{first}届以来为贫困县企业减免的展位费，至第125届和至第{last}届，元，当年价",
            note=f"累计数不会下降，因此所载数字不成立。若取其十分之一，以后三届只剩相当于{worth}届的费用，其中两届线上展对所有企业免费；取百分之一则剩{wrong}届。按{said['zh'][2]}元理解，是本项目的读法，不是原网页所作的更正。",
            alt=f"条形图，列出至第125届减免费用的四种读法，与至第{last}届的总额比较，总额为{said['zh'][1]}元。按所载的{said['zh'][0]}元，累计数会下降；读作{said['zh'][2]}元，其后各届剩下相当于{worth}届的费用；读作{said['zh'][3]}元，则剩下相当于{wrong}届的费用，而其后线上举办的各届对所有企业免费。",
        ),
        labels={
            "total": (
                "line: later total, to session 128, {}",
                "竖线：后来的累计总额，至第128届，{}元",
            )
        }
        | paired(lambda lang: _rows(data, lang)),
    )


def _rows(data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Name of each row, and what its reading would mean."""
    names = {
        "en": ("as printed", "a tenth", "a hundredth", "a thousandth"),
        "zh": ("按所载", "十分之一", "百分之一", "千分之一"),
    }[lang]
    pattern = {
        "en": ("{0}: a running total cannot fall", "{0}: {1} sessions' worth of fees left"),
        "zh": ("{0}：累计数不会下降", "{0}：其后只剩相当于{1}届的费用"),
    }[lang]
    found: dict[str, str] = {}
    for name, row in zip(names, data.itertuples(), strict=True):
        said, worth = number(row.to_125, lang), number(rounded(row.sessions_worth), lang)
        words = pattern[0 if row.falls else 1].format(said, worth)
        found |= {f"name:{row.power}": name, f"words:{row.power}": words}
    return found


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """A bar for each reading, against the line of the later total."""
    words, data = spec.text(lang).labels, spec.data
    total = data["total"].iloc[0]
    for y, row in enumerate(data.itertuples()):
        color = {0: REPORTED, FITS: CALCULATED}.get(row.power, MUTED)
        strong = row.power in (0, FITS)
        with group(axes, str(row.power)):
            axes.barh(y, row.to_125, color=color, height=thickness(axes))
            place = Place((max(row.to_125, total), y), (7, 0), "left", "center")
            weight = "bold" if strong else "normal"
            put(axes, words[f"words:{row.power}"], [place], color=INK, weight=weight)
    half = 0.17 if narrow(axes) else 0.5  # no line through the names that stand over the bars
    for y in range(len(data)):
        axes.plot([total, total], [y - half, y + half], color=INK, linewidth=1.4, zorder=3)
    row_labels(axes, [words[f"name:{power}"] for power in data["power"]])
    coloured_words(axes, [(words["total"].format(number(total, lang)), INK)])
    axes.set_xlim(0, data["to_125"].max() * 1.02)
    bare_cells(axes)
    axes.set_xticks([])
