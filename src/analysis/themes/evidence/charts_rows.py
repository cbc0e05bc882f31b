"""Rows of a dot plot of published estimates: marks where a number was seen, words where none was."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.plausibility import in_percent
from analysis.plotting.canvas import grows, narrow
from analysis.plotting.canvas import row as group
from analysis.plotting.layout import wrap
from analysis.plotting.marks import bar, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.spec import ChartSpec, paired
from analysis.plotting.style import MUTED, POINTS, REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.evidence import findings as evidence
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import percent, plain, rounded

NORMAL = 1.96  # errors to each side of a 95 % interval
DOT, QUOTED = "o", "s"  # as seen; quoted second-hand
COLUMNS = (
    "estimate_id",
    "citation",
    "year",
    "label_en",
    "label_zh",
    "question",
    "outcome",
    "design",
    "part",
    "direction",
    "low",
    "value",
    "high",
    "ci_low",
    "ci_high",
    "unit",
    "second_hand",
    "place",
)
DESIGN_NAMES = {
    "randomised": ("Experiment", "随机试验"),
    "discontinuity": ("Discontinuity", "断点回归"),
    "instrumental_variables": ("Instruments", "工具变量"),
    "difference_in_differences": ("Diff-in-diff", "双重差分"),
    "panel": ("Panel", "面板数据"),
    "selection": ("Selection", "选择模型"),
    "cross_section": ("Cross-section", "截面数据"),
    "descriptive": ("No comparison", "无对照"),
    "review": ("Review", "综述"),
}
MOST_TALL = 8  # rows with two lines that a card or slide has room for
WIDE = 3.2  # inches of words in place of marks
COUNTED = ("{} {}", "{1}{0}项")
NOTHING = ("{} without comparison", "没有比较：{}项")
ALONE = ("{} studies: direction only", "{}项研究：只有方向")
QUOTED_WORD = {"en": "as cited elsewhere", "zh": "转引"}
CODES = DESIGN_NAMES | {
    "positive": ("more", "更高"),
    "negative": ("less", "更低"),
    "null": ("no difference", "无差异"),
    "mixed": ("differs by group", "各组不一"),
    "no comparison": ("nothing compared", "没有比较"),
    "main": ("main result", "主要结果"),
    "robustness": ("check", "稳健性检验"),
    "subgroup": ("part of the sample", "子样本"),
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "percent": ("percent", "百分比"),
    "elasticity": ("elasticity", "弹性"),
    "percentage points": ("percentage points", "百分点"),
    "per unit spent": ("per unit of money spent", "每单位经费"),
    "demonstration_income": ("demonstration counties", "示范县"),
    "ecommerce_income": ("other e-commerce", "其他农村电商"),
    "work_abroad": ("work abroad", "出国务工"),
    "export_promotion": ("export promotion", "出口促进"),
    "rural_income": ("rural income", "农村收入"),
    "income": ("income", "收入"),
    "spending": ("spending", "支出"),
    "savings": ("savings", "储蓄"),
    "wage": ("wage", "工资"),
    "exports": ("exports", "出口"),
    "exporting": ("exporting at all", "是否出口"),
    "value_added": ("value added", "增加值"),
    "profit": ("profit", "利润"),
}
SUBGROUPS = ("HSSC 2024, parts of the sample", "转换回归（各子样本）")


def dot_rows(
    records: Records, questions: Sequence[str], unit: str, *, outcomes: Sequence[str] = ()
) -> pd.DataFrame:
    """Rows of a dot plot of some questions, in order of question and design; percentages as parts of 1.

    Parameters
    ----------
    records : Records
    questions : sequence of str
    unit : str
        Unit of the axis; studies without a number in it share the last row of their question.
    outcomes : sequence of str
        Only these, if any.

    Returns
    -------
    DataFrame
        ``COLUMNS``: ``place`` is the row in the chart, which the parts of a sample share; the ends of an interval are as
        printed, or 1.96 errors to each side.
    """
    rows = evidence.estimates(records)
    rows = rows[rows["question"].isin(questions)].assign(
        year=lambda data: data["citation"].map(evidence.year_published)
    )
    rows = rows[rows["outcome"].isin(outcomes)] if outcomes else rows
    ends = [_interval(row) for row in rows.to_dict("records")]
    scale = [100 if one in ("percent", "percentage points") else 1 for one in rows["unit"]]
    rows = rows.assign(ci_low=[low for low, _ in ends], ci_high=[high for _, high in ends])
    rows = rows.assign(
        **{name: rows[name] / scale for name in ("low", "value", "high", "ci_low", "ci_high")}
    )
    names = {
        row.estimate_id: f"{row.question} alone"
        if not shown(row, unit)
        else f"{row.study_id} parts"
        if row.part == "subgroup"
        else row.estimate_id
        for row in rows.itertuples()
    }
    order = [
        name
        for question in questions
        for alone in (False, True)
        for row in rows[rows["question"] == question].itertuples()
        if (name := names[row.estimate_id]).endswith(" alone") is alone
    ]
    places = {name: place for place, name in enumerate(dict.fromkeys(order))}
    rows = rows.assign(place=[places[names[one]] for one in rows["estimate_id"]])
    return rows.sort_values("place", kind="stable")[list(COLUMNS)].reset_index(drop=True)


def _interval(row: Mapping[str, Any]) -> tuple[float, float]:
    """A 95 % interval in the unit of the axis; not for parts of a sample, whose errors contradict each other."""
    if row["part"] == "subgroup" or math.isnan(row["se"]):
        return row["ci_low"], row["ci_high"]
    low, high = (in_percent(row["effect"] + way * NORMAL * row["se"]) for way in (-1, 1))
    return low, high


def shown(row: Any, unit: str) -> bool:
    """Whether a number in the unit of the axis is known."""
    return bool(row.unit == unit and row.value == row.value)


def row_names(data: pd.DataFrame, lang: str, unit: str) -> list[str]:
    """Names of the rows: the study, or how many; and the design before the first row of each."""
    place, colon = LANGUAGES.index(lang), {"en": ": ", "zh": "："}[lang]
    counts, several = data["place"].value_counts(), data["question"].nunique() > 1
    names, before = [], ("", "")
    for row in data.drop_duplicates("place").itertuples():
        name, kind = (row.label_en, row.label_zh)[place], (row.question, row.design)
        if not shown(row, unit):
            name = ALONE[place].format(counts[row.place])
            name = (
                CODES[row.question][place] + {"en": ", ", "zh": "，"}[lang] + name
                if several
                else name
            )
            names.append(name[:1].upper() + name[1:])
            continue
        if row.part == "subgroup":
            name = SUBGROUPS[place]
        names.append(name if kind == before else DESIGN_NAMES[row.design][place] + colon + name)
        before = kind
    return names


def draw_rows(axes: Axes, spec: ChartSpec, lang: str, unit: str) -> None:
    """Dots, ranges and intervals of the numbers in the unit of the axis; words for everything else."""
    data, words = spec.data, spec.text(lang).labels
    flat = data["place"].nunique() > MOST_TALL and not grows(axes)
    left = axes.get_xlim()[0] if axes.get_xscale() == "log" else 0.0
    for place, rows in data.groupby("place"):
        first = next(rows.itertuples())
        with group(axes, first.estimate_id):
            for row in rows.itertuples():
                _mark(axes, row, unit)
            known = shown(first, unit)
            places = (
                _places(data, first) if known else [Place((left, place), (6, 0), "left", "center")]
            )
            lines = wrap(
                words[f"{'short' if flat else 'said'}:{place}"],
                WIDE,
                POINTS["label"],
                balanced=True,
            )
            text = words[f"said:{place}"] if narrow(axes) else "\n".join(lines)
            put(axes, text, places, color=REPORTED if known else MUTED)
    names = [words[f"row:{place}"] for place in sorted(data["place"].unique())]
    if flat:  # no room for the designs
        names = [re.sub(r"^[^\d:：,，]+[:：] ?", "", name) for name in names]
    row_labels(axes, names)
    axes.set_xlabel(words["x"])


def _mark(axes: Axes, row: Any, unit: str) -> None:
    """A dot; a bar between two for a printed range; a thin line for an interval; nothing where no number was seen."""
    y, part = row.place, row.part == "subgroup"
    if not shown(row, unit):
        return
    if row.ci_low == row.ci_low:
        axes.plot([row.ci_low, row.ci_high], [y, y], color=REPORTED, linewidth=1.2, zorder=3)
    if row.low < row.high:
        bar(axes, [row.low, row.high], [y, y], REPORTED, alpha=0.35)
    ends, marker = list(dict.fromkeys((row.low, row.high))), DOT
    if row.second_hand == "yes":
        marker = QUOTED
    color, size = (REPORTED_LIGHT, 4) if part else (REPORTED, 5.5)
    axes.plot(ends, [y] * len(ends), marker, color=color, markersize=size, zorder=4, linestyle="")


def _words(rows: pd.DataFrame, lang: str, unit: str, with_designs: bool = True) -> str:
    """What stands behind the marks of a row, or in their place: which designs say what."""
    place, comma = LANGUAGES.index(lang), {"en": ", ", "zh": "、"}[lang]
    row = next(rows.itertuples())
    if row.part == "subgroup":
        return ""
    if shown(row, unit):
        quoted = {"en": ", ", "zh": "，"}[lang] + QUOTED_WORD[lang]
        return _number(row, lang) + (quoted if row.second_hand == "yes" else "")
    said = []
    for direction, alike in rows.groupby("direction", sort=False):
        if direction == "no comparison":
            said.append(NOTHING[place].format(len(alike)))
            continue
        if not with_designs:
            said.append(COUNTED[place].format(len(alike), CODES[str(direction)][place]))
            continue
        designs = [DESIGN_NAMES[one][place] for one in alike["design"]]
        counted = [
            f"{designs.count(one)} {one.lower()}"
            if lang == "en"
            else f"{one}{designs.count(one)}项"
            for one in dict.fromkeys(designs)
        ]
        said.append(
            CODES[str(direction)][place] + {"en": ": ", "zh": "："}[lang] + comma.join(counted)
        )
    return {"en": "; ", "zh": "；"}[lang].join(said)


def _number(row: Any, lang: str) -> str:
    word = percent if row.unit == "percent" else plain
    scale = 100 if row.unit == "percentage points" else 1
    ends = [word(rounded(scale * one), lang) for one in dict.fromkeys((row.low, row.high))]
    said = (" to " if lang == "en" else "至").join(ends)
    if row.unit != "per unit spent" or math.isnan(row.ci_low):
        return said
    low, high = word(row.ci_low, lang), word(row.ci_high, lang)
    return f"{said} ({low} to {high})" if lang == "en" else f"{said}（{low}至{high}）"


def _places(data: pd.DataFrame, row: Any) -> list[Place]:
    """Right of everything on the row, or left of it."""
    right = data.loc[data["place"] == row.place, ["high", "ci_high"]].max().max()
    right = max(right, 0.0)  # beyond the line at zero
    return [
        Place((right, row.place), (7, 0), "left", "center"),
        Place((row.low, row.place), (-7, 0), "right", "center"),
    ]


def label_words(data: pd.DataFrame, unit: str) -> dict[str, tuple[str, str]]:
    """Every word on the rows, so that letters and languages are checked."""

    def words(lang: str) -> dict[str, str]:
        names = {f"row:{place}": name for place, name in enumerate(row_names(data, lang, unit))}
        rows = dict(list(data.groupby("place")))
        said = {f"said:{place}": _words(one, lang, unit) for place, one in rows.items()}
        short = {f"short:{place}": _words(one, lang, unit, False) for place, one in rows.items()}
        return names | said | short

    return paired(words) | CODES
