"""Chart of printed standard errors beside what the rest of the table allows."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from analysis.plotting.canvas import row as group
from analysis.plotting.form import Form
from analysis.plotting.marks import bar, coloured_words, log_ticks, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.registry import EVIDENCE, chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, INK, MUTED, REPORTED, Looks
from analysis.records.load import Records
from analysis.themes.evidence import errors
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import plain

LEAST, MOST = 0.004, 1.2  # log points on the axis
WORDS = {
    "stars": ("too large for ***", "与三星不符"),
    "no star": ("no star", "漏星"),
    "means": ("means give {}", "按两均值为{}"),
    "": ("", ""),
}


@chart("evidence-error-check", basis=EVIDENCE)
def error_check(records: Records) -> ChartSpec:
    """Printed standard errors beside those that the stars and the errors of the means allow."""
    every = errors.checked(records)
    data = every[every["se"].notna()].merge(
        records.evidence[["estimate_id", "citation"]], on="estimate_id"
    )
    wrong, total = int((data["checks"] != "").sum()), len(data)
    stars, missing, means = (
        int(data["checks"].str.split("; ").map(lambda found, name=name: name in found).sum())
        for name in ("stars", "no star", "means")
    )
    tenfold = int(data["tenfold"].sum())
    return ChartSpec(
        data=data,
        values=("se", "se_from_means", "se_allowed"),
        unit="log points",
        form=Form(
            "dots",
            "estimate_id",
            ("se", "se_from_means"),
            log=True,
            colors={"se": REPORTED, "se_from_means": INK},
        ),
        draw=_draw,
        said={
            "wrong": wrong,
            "estimates": total,
            "stars": stars,
            "no star": missing,
            "means": means,
            "tenfold": tenfold,
        },
        en=Text(
            headline=f"{wrong} of {total} estimates in one study contradict their own table",
            subtitle="Printed standard errors of rural income, demonstration counties of China, one study of 2024",
            note="A contradiction is one that no rounding mends (*** as p below 0.01). Which of the printed things is wrong is not said; all errors are of predicted means, not of a policy by county.",
            alt=f"Dot plot on a logarithmic axis of {total} printed standard errors: {wrong} contradict what stands beside them. {stars} are too large for their three stars, {missing} small ones have no star, {means} do not fit the errors of the two means, {tenfold} of these by one decimal place.",
        ),
        zh=Text(
            headline=f"一项研究的{total}个估计中，{wrong}个与同一表内的其他数字不符",
            subtitle="中国示范县农村收入估计所列的标准误（对数点），2024年的一项研究，对数坐标",
            note="不符指取整无法解释的差异（三星即p值低于0.01）。何处印错并不清楚；各标准误均属预测均值，而非政策效应。",
            alt=f"对数坐标点图，列出{total}个所列标准误，其中{wrong}个与同表其他数字不符：{stars}个过大而与三星不符，{missing}个很小却没有星号，{means}个与两个均值的标准误不符，其中{tenfold}个恰差一位小数。这些标准误都属于预测均值之差，没有按县聚类，对政策而言明显偏小。",
        ),
        labels={
            "x": ("standard error, log points", "标准误（对数点）"),
            "wrong": (
                f"{wrong} of {total} contradict their table",
                f"{total}个中{wrong}个与同表不符",
            ),
            "right": ("others", "其余"),
            "ring": ("ring: by the errors of two means", "圆圈：按两均值的误差推算"),
            "shade": ("shade: allowed by the stars", "色带：星号所允许"),
        }
        | {row.estimate_id: (row.label_en, row.label_zh) for row in data.itertuples()}
        | {
            f"said:{row.estimate_id}": (_said(row, "en"), _said(row, "zh"))
            for row in data.itertuples()
        },
    )


def _said(row: Any, lang: str) -> str:
    """What contradicts, in a few words."""
    place = LANGUAGES.index(lang)
    words = [WORDS[name][place].format(plain(row.se_from_means)) for name in row.checks.split("; ")]
    return {"en": ", ", "zh": "，"}[lang].join(words)


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    axes.set(xscale="log", xlim=(LEAST, MOST), xlabel=words["x"])
    for y, row in enumerate(data.itertuples()):
        ends = (LEAST, row.se_allowed) if row.stars != "none" else (row.se_allowed, MOST)
        with group(axes, row.estimate_id):
            bar(axes, ends, [y, y], MUTED, width=8, zorder=1)
            ring: Looks = {"color": INK, "markerfacecolor": "none", "markersize": 8}
            if not math.isnan(row.se_from_means):
                axes.plot(row.se_from_means, y, "o", zorder=3, **ring)
            marker, color, size = ("X", CALCULATED, 7) if row.checks else ("o", REPORTED, 5.5)
            axes.plot(row.se, y, marker, color=color, markersize=size, zorder=4)
            right = max(np.nanmax([row.se, row.se_from_means]), ends[1] if ends[1] < MOST else 0)
            said = words[f"said:{row.estimate_id}"]
            place = Place((right, y), (8, 0), "left", "center")
            put(axes, said, [place], color=CALCULATED)
    row_labels(axes, [words[name] for name in data["estimate_id"]])
    keys = (("wrong", CALCULATED), ("right", REPORTED), ("ring", INK), ("shade", MUTED))
    coloured_words(axes, [(words[name], color) for name, color in keys])
    log_ticks(axes.xaxis, [0.005, 0.01, 0.02, 0.05, 0.1, 0.2], lang)
