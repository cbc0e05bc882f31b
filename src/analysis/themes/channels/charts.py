"""Chart of the channels side by side: people reached against income per person, with the grade of each figure."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.fitting import room
from analysis.plotting.layout import text_width, wrap
from analysis.plotting.marks import label, log_ticks, open_end
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text, paired
from analysis.plotting.style import MUTED, POINTS, REPORTED, TINT, Looks
from analysis.records.load import Records
from analysis.themes.channels import findings as channels
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import amount, stated

SERIES = (
    channels.LABOR_PLAN,
    channels.LABOR_INCOME_PLAN,
    channels.HOUSEKEEPING_PLAN,
    channels.HOUSEKEEPING_INCOME_PLAN,
    channels.HOUSEKEEPING_INCOME_PART,
)
NAMES = {
    "ecommerce-jobs": ("E-commerce, work", "电商，创业就业"),
    "ecommerce-income": ("E-commerce, more income", "电商，增收"),
    "housekeeping": ("Housekeeping", "家政"),
    "labor-export": ("Labor export", "外派劳务"),
    "contracted-purchases": ("Contracted purchases", "签约采购"),
    "canton-fair": ("Canton Fair deals", "广交会成交"),
    "border-trade": ("Border trade", "边境贸易"),
}
PLAN_NAMES = {
    "labor-export-plan": ("labor export, plan", "外派劳务，计划"),
    "housekeeping-plan": ("housekeeping, plan", "家政，计划"),
    "housekeeping-part": ("housekeeping, ethnic areas", "家政，民族地区"),
}
WIDEST, TALLEST = 1.25e7, 2.4e5  # persons, yuan a year
NO_PEOPLE, NO_MONEY = (
    4.5e4,
    2.6e4,
)  # what lies left of and below these is off the scale: the other figure is not stated
ROWS = (
    "ecommerce-jobs",
    "ecommerce-income",
    "housekeeping",
    "border-trade",
)  # people, but no money per person
LINES = ("contracted-purchases", "canton-fair")  # money, but no people
AROUND, ONE_LINE = (
    (0.5, 0.5),
    0.2,
)  # inches: words around the axes; the title of one axis, where both are said in one line
LOW, LINE, BESIDE = (
    1.55,
    0.128,
    1.15,
)  # inches: axes that are low; a line of words; words beside counts
OPEN = 22  # points of an arrow


@chart("channels-scorecard", claims=channels.CLAIMS, series=SERIES)
def scorecard(records: Records) -> ChartSpec:
    """People against income per person; what lacks one of the two stands on the margin."""
    data = channels.reach_and_intensity(records)
    reported = data[data["kind"] == "reported"]
    both, total = len(reported.dropna(subset=["people", "income"])), len(reported)
    people, income = (
        records.claim(name)
        for name in (channels.CHANNELS[3].people, channels.CHANNELS[3].per_person)
    )
    moneyless = int(reported["income"].isna().sum() - reported["people"].isna().sum())
    grades = "、".join(sorted(set(reported["grade"])))
    return ChartSpec(
        data=data,
        values=("people", "income"),
        unit="person; CNY/person/year",
        draw=_draw,
        price_basis="nominal",
        en=Text(
            headline=f"Of {total} reported results, only {both} has both people and money per person",
            subtitle="People (to August 2021) and income per person, China, yuan a year, nominal, log scales; letter: evidence grade",
            note="Arrow: stated as more than. Hollow: plan of March 2018 (housekeeping: people a year). Square: workers of ethnic areas only, to 2020. Grey: off the scale, as no document states the other figure. The counts may overlap and are never added.",
            alt=f"Scatter plot of people against yearly income per person on log scales. Of {total} reported results only labor export has both: {stated(people)}, {stated(income)}. {moneyless} state people without money, {total - moneyless - both} money without people; they stand on the margins. Evidence grades: {grades.replace('、', ', ')}.",
        ),
        zh=Text(
            headline=f"{total}项所述成果中，仅{both}项同时说明人数和人均金额",
            subtitle="所述人数（累计至2021年8月）与人均年收入，中国，元，名义值，对数坐标；圆内字母为证据等级",
            note="箭头：表述为“超过”。空心：2018年3月的计划（家政为每年人数）。方块：仅为民族地区从业人员，截至2020年。灰底：另一数字文件未说明，不在坐标内。各项人数可能重叠，从不相加。",
            alt=f"散点图，横轴为人数，纵轴为人均年收入，均为对数坐标。{total}项所述成果中，只有外派劳务两者都有：{stated(people, 'zh')}，{stated(income, 'zh')}。另有{moneyless}项只有人数而没有人均金额，{total - moneyless - both}项只有金额而没有人数，列在图的边缘，没有作任何推算。证据等级为{grades}。",
        ),
        labels=paired(lambda lang: _words(records, data, lang))
        | {
            "x": ("people", "人数"),
            "y": ("yuan per person and year", "元/人/年"),
            "both": ("across: people; up: yuan per person and year", "横轴：人数；纵轴：元/人/年"),
            "no-money": ("people stated, money per person not stated", "有人数，未说明人均金额"),
            "no-people": ("money stated,\npeople not stated", "有金额，\n未说明人数"),
        },
    )


def _words(records: Records, data: pd.DataFrame, lang: str) -> dict[str, str]:
    """Direct labels: the name and the figure in its own wording."""
    place, stop = LANGUAGES.index(lang), {"en": ": ", "zh": "："}[lang]
    said = {}
    for one in channels.CHANNELS:
        claim = records.claim(one.people or one.money)
        figure = stated(claim, lang).replace({"en": " people", "zh": "人"}[lang], "")
        between = stop if one.people else f"{stop.strip()}\n"
        said[one.name] = NAMES[one.name][place] + between + figure
    income = data.set_index("what")["income"]
    return said | {
        name: names[place] + stop + amount(income[name], "CNY", lang)
        for name, names in PLAN_NAMES.items()
    }


def _draw(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, rows = dict(spec.text(lang).labels), spec.data.set_index("what")
    wide, tall = (inches - taken for inches, taken in zip(room(axes), AROUND, strict=True))
    tall += ONE_LINE if tall < LOW else 0
    low = tall < LOW + ONE_LINE
    # one line over the amounts, which stand in two; two lines beside the counts, which stand in one
    if low:
        words["no-people"] = words["no-people"].replace("\n", {"en": " ", "zh": ""}[lang])
        words["no-money"] = "\n".join(wrap(words["no-money"], BESIDE, POINTS["label"]))
    aside = max(
        text_width(line, POINTS["label"]) + (0.1 if name == "no-people" else 0.25)
        for name in (*LINES, "no-people")
        for line in words[name].split("\n")
    )
    over = 0.3 if low else 1.2  # lines of the words over the counts
    below = max((len(ROWS) + over) * LINE / tall, 0.34)
    left, bottom = _ends(axes, aside / wide, below)
    start, offset = (bottom, (4, 4)) if low else (NO_MONEY, (4, -4))
    label(axes, left, start, words["no-money"], color=MUTED, offset=offset)
    label(axes, left, TALLEST, words["no-people"], color=MUTED, offset=(4, -4))
    for place, name in enumerate(ROWS):
        height = NO_MONEY * (bottom / NO_MONEY) ** ((place + over + 0.35) / (len(ROWS) + over))
        at = (rows.loc[name, "people"], height)
        _point(axes, at, rows.loc[name, "grade"])
        if math.isinf(rows.loc[name, "people_high"]):
            open_end(axes, at, (OPEN, 0), REPORTED)
        label(axes, *at, words[name], color=REPORTED, offset=(-8, 0))
    for place, name in enumerate(LINES):
        under = ((2.3 + place * 2.2) if low else (3.6 + place * 3)) * LINE / (tall * (1 - below))
        at = (left * (NO_PEOPLE / left) ** (0.11 / aside), TALLEST * (NO_MONEY / TALLEST) ** under)
        _point(axes, at, rows.loc[name, "grade"])
        label(axes, *at, words[name], color=REPORTED, offset=(8, 0))
    _draw_pairs(axes, rows, words, 3 if low else -4)
    log_ticks(axes.xaxis, [1e5, 1e6, 1e7], lang)
    log_ticks(axes.yaxis, [4e4, 6e4, 1e5, 2e5], lang)
    axes.set_xlabel(words["both"] if low else words["x"])
    axes.set_ylabel("" if low else words["y"])


def _ends(axes: Axes, aside: float, below: float) -> tuple[float, float]:
    """Left and lower end of the axes, so that what is off the scale has these parts of their length."""
    left = NO_PEOPLE / (WIDEST / NO_PEOPLE) ** (aside / (1 - aside))
    bottom = NO_MONEY / (TALLEST / NO_MONEY) ** (below / (1 - below))
    axes.set(xscale="log", yscale="log", xlim=(left, WIDEST), ylim=(bottom, TALLEST))
    off: Looks = {"color": MUTED, "alpha": TINT / 2, "linewidth": 0}
    axes.axhspan(bottom, NO_MONEY, **off)
    axes.fill_betweenx([NO_MONEY, TALLEST], left, NO_PEOPLE, **off)
    return left, bottom


def _draw_pairs(axes: Axes, rows: pd.DataFrame, words: Mapping[str, str], lift: float) -> None:
    """What has people and income of the same people: the report, two plans and a part."""
    place = _pair(rows, "labor-export")
    plan = _pair(rows, "labor-export-plan")
    axes.plot(*zip(plan, place, strict=True), color=REPORTED, linewidth=1, alpha=0.4)
    open_end(axes, place, (0, OPEN), REPORTED)
    _point(axes, place, rows.loc["labor-export", "grade"])
    label(axes, *place, words["labor-export"], color=REPORTED, offset=(9, 0))
    for name, marker, fill, shift in (
        ("labor-export-plan", "o", "none", lift),
        ("housekeeping-plan", "o", "none", -6),
        ("housekeeping-part", "s", "full", 0),
    ):
        at = _pair(rows, name)
        axes.plot(*at, marker, color=REPORTED, markersize=6, fillstyle=fill)
        label(axes, *at, words[name], color=REPORTED, offset=(7, shift), va="center")


def _pair(rows: pd.DataFrame, name: str) -> tuple[float, float]:
    return rows.loc[name, "people"], rows.loc[name, "income"]


def _point(axes: Axes, at: tuple[float, float], grade: str) -> None:
    """A reported figure with the letter of its grade inside."""
    axes.plot(*at, "o", color=REPORTED, markersize=10, zorder=4)
    look: Looks = {
        "ha": "center",
        "va": "center_baseline",
        "fontsize": POINTS["small"],
        "weight": "bold",
    }
    axes.annotate(grade, at, color="white", zorder=6, **look)
