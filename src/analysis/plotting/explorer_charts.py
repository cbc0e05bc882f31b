"""How the charts of explorers are drawn: rows of values, a curve with the chosen point, two lines over years."""

from __future__ import annotations

import math

from matplotlib.axes import Axes

from analysis.plotting.fitting import room
from analysis.plotting.layout import text_width
from analysis.plotting.marks import label, light_grid, log_ticks, numbers_on
from analysis.plotting.rows import interval_rows
from analysis.plotting.spec import ChartSpec
from analysis.plotting.style import CALCULATED, DASHED, MUTED, POINTS, REPORTED, SCENARIO, TINT

LEFT = 0.015  # of the axis, left of 0, so that a mark there is whole
FEW_POWERS = 3  # of ten, each of which is a tick
LOG_FROM = 50  # largest over smallest value, from which the small ones would not be seen
COLOURS = {"reported": REPORTED, "calculated": CALCULATED, "scenario": SCENARIO, "muted": MUTED}


def draw_rows(axes: Axes, spec: ChartSpec, lang: str, top: float) -> None:
    """A row for each value, on an axis from 0 to ``top``, which does not move with the state.

    ``spec.data`` has ``item``, ``value``, ``low``, ``high``, ``open_ended``, ``kind``.
    """
    _rows(axes, spec, lang)
    axes.set_xlim(-LEFT * top, top)
    numbers_on(axes.xaxis, lang)


def _rows(axes: Axes, spec: ChartSpec, lang: str) -> None:
    interval_rows(axes, spec, lang, "item", color=lambda row: COLOURS[row.kind])


def draw_stated(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """A row for each figure, on a log scale where they are very unlike; data as for ``draw_rows``, an open end not finite."""
    _rows(axes, spec, lang)
    smallest, largest = spec.data["value"].abs().min(), spec.data["value"].abs().max()
    if spec.data["value"].min() > 0 and largest / smallest > LOG_FROM:
        axes.set_xscale("log")
        axes.set_xlim(10 ** math.floor(math.log10(smallest)), largest * 30)
        _powers(axes, lang, axes.get_xlim())
    else:
        numbers_on(axes.xaxis, lang, as_percent=spec.unit == "share")


def _powers(axes: Axes, lang: str, ends: tuple[float, float]) -> None:
    """Powers of ten as ticks, few enough to be read."""
    first, last = math.ceil(math.log10(ends[0])), math.floor(math.log10(ends[1]))
    step = 2 if last - first > FEW_POWERS else 1
    log_ticks(axes.xaxis, [10.0**power for power in range(first, last + 1, step)], lang)


def draw_sizes(axes: Axes, spec: ChartSpec, lang: str, ends: tuple[float, float]) -> None:
    """A row for each size on a log scale between two ends; data as for ``draw_rows``."""
    axes.set_xscale("log")
    _rows(axes, spec, lang)
    axes.set_xlim(*ends)
    _powers(axes, lang, ends)


def draw_curve(axes: Axes, spec: ChartSpec, lang: str, at: float, top: float) -> None:
    """A curve with its band over shares from 0 to 1, and the chosen point; ``spec.data`` has ``x``, ``value``, ``low``, ``high``."""
    words, data = spec.text(lang).labels, spec.data
    axes.fill_between(
        data["x"], data["low"], data["high"], color=CALCULATED, alpha=TINT, linewidth=0
    )
    axes.plot(data["x"], data["value"], color=CALCULATED)
    one = data.iloc[(data["x"] - at).abs().argmin()]
    axes.plot([one["x"]], [one["value"]], "D", color=SCENARIO, markersize=7, zorder=5)
    left = at > 0.5  # so that the words stay inside
    label(
        axes,
        one["x"],
        one["value"],
        words["point"],
        color=SCENARIO,
        offset=(0, 9),
        ha="right" if left else "left",
    )
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(0, top)
    numbers_on(axes.xaxis, lang, as_percent=True)
    numbers_on(axes.yaxis, lang)
    light_grid(axes)
    axes.set_xlabel(words["x"])
    axes.set_ylabel(words["y"])


def draw_years(axes: Axes, spec: ChartSpec, lang: str) -> None:
    """Two lines over years, nominal and real; ``spec.data`` has ``year``, ``nominal``, ``real``."""
    words, data = spec.text(lang).labels, spec.data
    looks = {"nominal": (REPORTED, "-", "o"), "real": (CALCULATED, DASHED, "s")}
    for name, (color, style, marker) in looks.items():
        axes.plot(
            data["year"], data[name], color=color, linestyle=style, marker=marker, markersize=3.6
        )
    last, first = data.iloc[-1], data.iloc[0]
    for place, name in enumerate(sorted(looks, key=lambda name: last[name])):
        label(
            axes,
            last["year"],
            last[name],
            words[name],
            color=looks[name][0],
            offset=(8, 3 if place else -3),
        )
    axes.set_ylim(0, 1.2 * float(data[["nominal", "real"]].max().max()))
    span, wide = last["year"] - first["year"] + 0.4, room(axes)[0]
    words_wide = (
        max(text_width(words[name], POINTS["label"]) for name in looks) + 0.3
    )  # inches, right of the lines
    axes.set_xlim(first["year"] - 0.4, last["year"] + span * words_wide / (wide - words_wide))
    every = max(1, math.ceil(len(data) / 9))
    years = [int(year) for year in data["year"]][::-1][::every][::-1]
    axes.set_xticks(years, [str(year) for year in years])
    numbers_on(axes.yaxis, lang)
    light_grid(axes)
    axes.set_ylabel(words["y"])
