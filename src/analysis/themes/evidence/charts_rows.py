"""Rows of a dot plot of published estimates: marks where a number was seen, words where none was."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.methods.plausibility import in_percent
from analysis.plotting.fitting import room
from analysis.plotting.marks import bar, put, row_labels
from analysis.plotting.placement import Place
from analysis.plotting.spec import ChartSpec, paired
from analysis.plotting.style import INK, MUTED, POINTS, REPORTED, REPORTED_LIGHT, Looks
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
    "discontinuity": ("Discontinuity", "断点"),
    "instrumental_variables": ("Instruments", "工具变量"),
    "difference_in_differences": ("Diff-in-diff", "双重差分"),
    "panel": ("Panel", "面板"),
    "selection": ("Selection", "选择模型"),
    "cross_section": ("Cross-section", "截面"),
    "descriptive": ("No comparison", "无对照"),
    "review": ("Review", "综述"),
}
SAYS = {
    "positive": ("more; no number seen", "更高，未见数字"),
    "negative": ("less; no number seen", "更低，未见数字"),
    "null": ("no difference; no number seen", "无差异，未见数字"),
    "mixed": ("differs by group; no number seen", "各组不一，未见数字"),
    "no comparison": ("levels only, nothing compared", "只有水平，没有比较"),
}
OTHER = {
    "elasticity": ("elasticity {}", "弹性{}"),
    "percent": ("{}, in another unit", "{}，单位不同"),
    "percentage points": ("{} percentage points", "{}个百分点"),
}
ROW = 0.15  # inches: in lower rows, studies that say the same without a number share one
STUDIES = ("{} studies", "{}项研究")
QUOTED_WORD = {"en": "second-hand", "zh": "转引"}
CODES = DESIGN_NAMES | {
    "positive": ("more", "更高"),
    "negative": ("less", "更低"),
    "null": ("no difference", "无差异"),
    "mixed": ("differs by group", "各组不一"),
    "no comparison": ("no comparison", "没有比较"),
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


def dot_rows(records: Records, questions: Sequence[str], unit: str) -> pd.DataFrame:
    """Rows of a dot plot of some questions, in order of question and design; percentages as parts of 1.

    Parameters
    ----------
    records : Records
    questions : sequence of str
    unit : str
        Unit of the axis; a number in another unit is said in words.

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
    ends = [_interval(row) for row in rows.to_dict("records")]
    scale = [100 if one in ("percent", "percentage points") else 1 for one in rows["unit"]]
    rows = rows.assign(ci_low=[low for low, _ in ends], ci_high=[high for _, high in ends])
    rows = rows.assign(
        **{name: rows[name] / scale for name in ("low", "value", "high", "ci_low", "ci_high")}
    )
    names = [
        f"{row.study_id} parts" if row.part == "subgroup" else row.estimate_id
        for row in rows.itertuples()
    ]
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return rows.assign(place=[places[name] for name in names])[list(COLUMNS)].reset_index(drop=True)


def _interval(row: Mapping[str, Any]) -> tuple[float, float]:
    """A 95 % interval in the unit of the axis; not for parts of a sample, whose errors contradict each other."""
    if row["part"] == "subgroup" or math.isnan(row["se"]):
        return row["ci_low"], row["ci_high"]
    low, high = (in_percent(row["effect"] + way * NORMAL * row["se"]) for way in (-1, 1))
    return low, high


def merged(data: pd.DataFrame) -> pd.DataFrame:
    """Fewer rows: neighbours of one question and design that say the same without a number take one place."""
    firsts = data.drop_duplicates("place")
    keys = ["question", "design", "direction", "second_hand"]
    alike = (
        (firsts[keys] == firsts[keys].shift()).all(axis=1)
        & firsts["value"].isna()
        & firsts["value"].shift().isna()
    )
    places = dict(zip(firsts["place"], (~alike).cumsum() - 1, strict=True))
    return data.assign(place=data["place"].map(places))


def row_names(data: pd.DataFrame, lang: str) -> list[str]:
    """Names of the rows: the study, or how many; and the design before the first row of each."""
    place, colon = LANGUAGES.index(lang), {"en": ": ", "zh": "："}[lang]
    counts = data["place"].value_counts()
    names, before = [], ("", "")
    for row in data.drop_duplicates("place").itertuples():
        if row.part == "subgroup":
            name = SUBGROUPS[place]
        elif counts[row.place] == 1:
            name = (row.label_en, row.label_zh)[place]
        else:
            name = STUDIES[place].format(counts[row.place])
        kind = (row.question, row.design)
        names.append(name if kind == before else DESIGN_NAMES[row.design][place] + colon + name)
        before = kind
    return names


def draw_rows(axes: Axes, spec: ChartSpec, lang: str, unit: str) -> None:
    """Dots, ranges and intervals of the numbers in the unit of the axis; words for everything else."""
    data, words = spec.data, spec.text(lang).labels
    if room(axes)[1] < ROW * data["place"].nunique():
        data = merged(data)
    firsts = list(data.drop_duplicates("place").itertuples())
    for row in data.itertuples():
        _mark(axes, row, unit)
    row_labels(axes, row_names(data, lang))
    axes.tick_params(axis="y", labelsize=POINTS["small"])
    left = axes.get_xlim()[0] if axes.get_xscale() == "log" else 0.0
    look: Looks = {"va": "center", "color": MUTED, "fontsize": POINTS["small"]}
    for row in firsts:
        text = _words(row, lang, unit)
        if _shown(row, unit):
            put(axes, text, _places(data, row), color=REPORTED)
        else:
            axes.annotate(text, (left, row.place), (3, 0), textcoords="offset points", **look)
    for one, two in pairwise(firsts):
        if one.question != two.question:
            axes.axhline(two.place - 0.5, color=INK, linewidth=0.8)
        elif one.design != two.design:
            axes.axhline(two.place - 0.5, color=MUTED, linewidth=0.4, alpha=0.5)
    axes.set_xlabel(words["x"])


def _shown(row: Any, unit: str) -> bool:
    return bool(row.unit == unit and row.value == row.value)


def _mark(axes: Axes, row: Any, unit: str) -> None:
    """A dot; a bar between two for a printed range; a thin line for an interval; nothing where no number was seen."""
    y, part = row.place, row.part == "subgroup"
    if not _shown(row, unit):
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


def _words(row: Any, lang: str, unit: str) -> str:
    """What stands behind the mark, or in its place."""
    place, comma = LANGUAGES.index(lang), {"en": ", ", "zh": "，"}[lang]
    if row.part == "subgroup":
        return ""
    if row.value != row.value:
        said = SAYS[row.direction][place]
    else:
        said = _number(row, lang)
        said = said if row.unit == unit else OTHER[row.unit][place].format(said)
    return said + (comma + QUOTED_WORD[lang] if row.second_hand == "yes" else "")


def _number(row: Any, lang: str) -> str:
    word = percent if row.unit == "percent" else plain
    scale = 100 if row.unit == "percentage points" else 1
    ends = [word(rounded(scale * one), lang) for one in dict.fromkeys((row.low, row.high))]
    return (" to " if lang == "en" else "至").join(ends)


def _places(data: pd.DataFrame, row: Any) -> list[Place]:
    """Right of everything on the row, or left of it."""
    right = data.loc[data["place"] == row.place, ["high", "ci_high"]].max().max()
    return [
        Place((right, row.place), (7, 0), "left", "center"),
        Place((row.low, row.place), (-7, 0), "right", "center"),
    ]


def label_words(data: pd.DataFrame, unit: str) -> dict[str, tuple[str, str]]:
    """Every word on the rows, so that letters and languages are checked."""

    def words(lang: str) -> dict[str, str]:
        firsts = data.drop_duplicates("place")
        names = {f"row:{place}": name for place, name in enumerate(row_names(data, lang))}
        return names | {f"said:{row.place}": _words(row, lang, unit) for row in firsts.itertuples()}

    return paired(words) | {"studies": (STUDIES[0].format(0), STUDIES[1].format(0))} | CODES
