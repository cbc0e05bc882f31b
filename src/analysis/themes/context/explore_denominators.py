"""Explorer of denominators: what a count of people may be divided by, and what the ratio may be called."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Iterable

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.denominators import RATIO_WORDS, Denominator
from analysis.bounds.observed import observed, registry
from analysis.exploring.controls import Choice, Control, Limits, Slider, State, StateError
from analysis.exploring.definition import Explorer, Row, Shown, row, row_words, rows_data
from analysis.plotting.explorer_charts import draw_sizes
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.records.periods import last_day
from analysis.records.series import best
from analysis.records.units import is_currency
from analysis.themes.context import findings as context
from analysis.themes.context.charts_denominators import CLAIM_NAMES, SERIES_LABELS
from analysis.words.catalogue import LANGUAGES
from analysis.words.dates import day as date_words
from analysis.words.units import unit_label
from analysis.words.wording import say, stated

NEEDS = ()  # any collection has denominators
ENDS = (1e4, 3e10)  # persons: the axis, up to the people of China, with room for words
NOT_REGISTERED = "not registered"
VERDICTS = {
    "allowed": ("may be called a share", "可以称为占比"),
    context.CHECK: (
        "checks a figure by its source and is no share",
        "用来按来源核对数字，不是占比",
    ),
    "size only": ("is a size, not a share", "只是规模对比，不是占比"),
    "per": ("is an average, not a share", "是平均数，不是占比"),
    "forbidden": ("must not be formed", "不应计算"),
    NOT_REGISTERED: ("is not in the register", "未登记"),
}
REFUSED = {"forbidden": "not to be divided", NOT_REGISTERED: "not in the register"}  # in a headline
INSIDE_ZH = {
    "yes": "所计的人在分母之中",
    "no": "所计的人不在分母之中",
    "unknown": "所计的人是否在分母之中，没有说明",
    "": "二者不是同一种计数",
}


def _counts(records: Records) -> dict[str, tuple[str, str]]:
    """Figures that a statistic is registered under, and what they are called: of the package's own collection, counts of people."""
    registered = {one.claim_id for one in registry(records).rows if one.series_id}
    if set(context.COUNTS_OF_PEOPLE) <= registered:
        named = {name: CLAIM_NAMES[name] for name in context.COUNTS_OF_PEOPLE}
        return {
            name: (en.replace("\n", " "), zh.replace("\n", "")) for name, (en, zh) in named.items()
        }
    claims = [records.claim(name) for name in records.claims["claim_id"] if name in registered]
    sources = {one.claim_id: records.source(one.source_id) for one in claims}
    return {
        one.claim_id: (
            f"{one.counted or one.claim_id} ({sources[one.claim_id].short_en})",
            f"{one.counted or one.claim_id}（{sources[one.claim_id].short_zh}）",
        )
        for one in claims
        if one.value_low > 0
    }


def _statistics(records: Records) -> dict[str, tuple[str, str]]:
    """Statistics that are registered under such figures, and what they are called."""
    counts = _counts(records)
    used = {one.series_id for one in registry(records).rows if one.claim_id in counts}
    if named := {name: words for name, words in SERIES_LABELS.items() if name in used}:
        return named
    titles = [records.series_titles(lang) for lang in LANGUAGES]
    return {name: (titles[0][name], titles[1][name]) for name in titles[0] if name in used}


def _until(records: Records, claim_id: str) -> str:
    """When a figure ends: as it says, or when it was said."""
    claim = records.claim(claim_id)
    source = records.source(claim.source_id)
    return claim.period_end or claim.said_on or source.event_date or source.page_date


def controls(records: Records) -> tuple[Control, ...]:
    """A figure, and a statistic."""
    claims, series = _counts(records), _statistics(records)
    years = {
        _year(end) for name in series for end in best(records, name, across=True)["period_end"]
    }
    stated_in = max(_year(_until(records, name)) for name in claims)
    people = _units(records, claims) == {"person"}
    words = ("count of people", "人数") if people else ("figure", "数字")
    return (
        Choice("claim", *words, claims, next(iter(claims)), "data/claims.csv"),
        Choice(
            "statistic", "divided by", "分母", series, next(iter(series)), "data/denominators.csv"
        ),
        Slider(
            "year",
            "the last value up to the year",
            "取值截至年份",
            float(min(*years, stated_in)),
            float(stated_in),
            1.0,
            float(stated_in),
            "years of the statistics, to the year of the briefing",
            unit=("", "", "年"),
        ),
    )


def _units(records: Records, claims: Iterable[str]) -> set[str]:
    return {records.claim(name).unit for name in claims}


def judged(records: Records, claim_id: str, series_id: str) -> Denominator | None:
    """The judgement of the register on a pair, or None where there is none."""
    return next(
        (
            one
            for one in registry(records).rows
            if (one.claim_id, one.series_id) == (claim_id, series_id)
        ),
        None,
    )


def _year(period: str) -> int:
    return last_day(period).year


def statistic_at(
    records: Records, claim_id: str, series_id: str, year: int
) -> tuple[Bounds, str, bool]:
    """The last value of a statistic, above zero, up to a year and to the end of the claim: with the day it ends on, and whether it is the last before the claim.

    Raises
    ------
    StateError
        If there is none: with the first that there is.
    """
    rows, before = _values(records, claim_id, series_id)
    kept = before[before["period_end"].map(_year) <= year]
    if kept.empty:
        first, title = rows["period_end"].iloc[0], _statistics(records)[series_id][1]
        until = _until(records, claim_id)
        raise StateError(
            f"year cannot be {year}: {series_id} begins at {first}, and {claim_id} ends at {until}",
            f"取值截至年份不能为{year}：{title}自{first}起才有，而所述数字截至{until}",
        )
    one = kept.iloc[-1]
    below = observed(
        records, series_id, one["period_start"], last=one["period_end"], geography=one["geography"]
    )
    return below, str(one["period_end"]), len(kept) == len(before)


@functools.lru_cache(maxsize=256)  # every move asks for all of them
def _values(records: Records, claim_id: str, series_id: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values of a statistic above zero, of the place of the claim if there are such, in their order: all, and those up to the end of the claim."""
    rows = best(records, series_id, across=True).sort_values(
        ["period_end", "period_start"], kind="stable"
    )
    rows = rows[rows["value"] > 0]
    same = rows[rows["geography"] == records.claim(claim_id).geography]
    rows = rows if same.empty else same
    until = last_day(_until(records, claim_id))
    return rows, rows[rows["period_end"].map(last_day) <= until]


def limits(records: Records, state: State) -> dict[str, Limits]:
    """Statistics on which the register judges the count and that have a value before it ends, and the years of these values.

    A pair that must not be divided can be chosen: its reason is what there is to read.
    """
    claim_id, series_id = str(state["claim"]), str(state["statistic"])
    judged_ = {one.series_id for one in registry(records).rows if one.claim_id == claim_id}
    statistics = tuple(
        name
        for name in _statistics(records)
        if name in judged_ and not _values(records, claim_id, name)[1].empty
    )
    _, before = _values(records, claim_id, series_id)
    if before.empty:
        return {"statistic": statistics}
    first = _year(before["period_end"].iloc[0])
    return {"statistic": statistics, "year": (first, _year(_until(records, claim_id)))}


def show(records: Records, state: State) -> Shown:
    """A count over a statistic, if the register lets it be said; the reason, if not."""
    claim_id, series_id = str(state["claim"]), str(state["statistic"])
    below, day, is_last = statistic_at(records, claim_id, series_id, int(state["year"]))
    verdict = judged(records, claim_id, series_id)
    if (
        verdict and verdict.verdict == "allowed" and not is_last
    ):  # a share is judged at its own year only
        verdict = dataclasses.replace(
            verdict,
            verdict="size only",
            same_year=False,
            reason="the year is another than the one that was judged",
        )
    above = bounds_of(records, claim_id)
    rows = [
        row(records, above, "count", _counts(records)[claim_id]),
        row(records, below, "statistic", _statistics(records)[series_id], period=day),
    ]
    if verdict and verdict.verdict in RATIO_WORDS:
        rows.append(
            row(
                records,
                registry(records).ratio(above, claim_id, below, series_id),
                "ratio",
                (f"{_relation(verdict)} {_statistics(records)[series_id][0]}", "比值"),
            )
        )
    kept = tuple(rows)
    sentences = {
        lang: _sentence(records, kept, verdict, (claim_id, day), lang) for lang in LANGUAGES
    }
    return Shown(
        kept,
        _spec(records, kept, verdict, (claim_id, day)),
        sentences,
        claims=(claim_id,),
        series=(series_id,),
    )


def _relation(verdict: Denominator) -> str:
    """What stands between a count and a statistic in the name of their ratio."""
    return {**RATIO_WORDS, context.CHECK: "relative to"}[_code(verdict)]


def _code(verdict: Denominator | None) -> str:
    if verdict is None:
        return NOT_REGISTERED
    return context.CHECK if verdict.reason.endswith(context.SAME_FIGURE) else verdict.verdict


def _why(verdict: Denominator | None, lang: str) -> str:
    if verdict is None:
        return {
            "en": "Nobody has judged this pair: add it to data/denominators.csv with its reason.",
            "zh": "这一组合尚未判定：请在data/denominators.csv中登记并写明理由。",
        }[lang]
    if lang == "en":
        return f"{verdict.reason[:1].upper()}{verdict.reason[1:]}."
    same = [
        ("年份相同" if verdict.same_year else "年份不同"),
        ("地域相同" if verdict.same_geography else "地域不同"),
    ]
    return f"{INSIDE_ZH[verdict.inside]}；{'，'.join(same)}。"


def _sentence(
    records: Records,
    rows: tuple[Row, ...],
    verdict: Denominator | None,
    of: tuple[str, str],
    lang: str,
) -> str:
    claim, day = stated(records.claim(of[0]), lang), date_words(lang, of[1])
    below, said = say(rows[1].found, lang), VERDICTS[_code(verdict)][lang == "zh"]
    ratio = say(rows[2].found, lang) if len(rows) > 2 else ""
    what = ("count", "人数") if records.claim(of[0]).unit == "person" else ("figure", "所述数字")
    if lang == "en":
        return f"The {what[0]} ({claim}) divided by “{rows[1].en}” ({below}, {day}) {said}{f': {ratio}' if ratio else ''}. {_why(verdict, 'en')}"
    return f"{what[1]}（{claim}）与{rows[1].zh}（{below}，{day}）之比{said}{f'：{ratio}' if ratio else ''}。{_why(verdict, 'zh')}"


def _spec(
    records: Records, rows: tuple[Row, ...], verdict: Denominator | None, of: tuple[str, str]
) -> ChartSpec:
    claim_id, day = of
    one_scale = rows[0].found.unit == rows[1].found.unit
    plotted = rows[:2] if one_scale else rows[2:] or rows[:1]
    unit = plotted[0].found.unit.replace(" / ", "/")
    data = rows_data(plotted)
    if one_scale and not (verdict and verdict.verdict in RATIO_WORDS):
        data.loc[1, "kind"] = "muted"
    claim = records.claim(claim_id)
    ratio = rows[2].found if len(rows) > 2 else None
    said = {"last value": day} | (
        {"ratio": ratio.value, "ratio, low": ratio.low, "ratio, high": ratio.high} if ratio else {}
    )
    ends = {
        lang: (
            stated(claim, lang),
            VERDICTS[_code(verdict)][lang == "zh"],
            say(ratio, lang, value_only=True) if ratio else "",
        )
        for lang in LANGUAGES
    }
    en, zh = ends["en"], ends["zh"]
    people, units = unit == "person", [unit_label(unit, lang) for lang in LANGUAGES]
    return ChartSpec(
        data=data,
        values=("value",),
        unit=unit,
        draw=lambda axes, spec, lang: draw_sizes(
            axes, spec, lang, ENDS if unit == "person" else _ends(data)
        ),
        price_basis="nominal" if is_currency(unit) else "",
        said={
            name: value
            for name, value in said.items()
            if isinstance(value, str) or math.isfinite(value)
        },
        en=Text(
            headline=f"{en[0][:1].upper()}{en[0][1:]} divided by {rows[1].en}: {en[2] or REFUSED[_code(verdict)]}",
            subtitle=f"A {'count of people' if people else 'figure'} in a document and the last statistic before it ({date_words('en', day)}); {units[0]}, log scale",
            note=f"The ratio {en[1]}. {_why(verdict, 'en')}",
            alt=f"Dot plot on a log scale of two numbers{' of people' if people else f', in {units[0]}'}: the {'count' if people else 'figure'}, {en[0]}, and the statistic, {rows[1].en}. Their ratio {en[1]}{': ' + en[2] if en[2] else ''}.",
        ),
        zh=Text(
            headline=f"{zh[0]}与{rows[1].zh}之比：{zh[2] or zh[1]}",
            subtitle=f"文件中的{'人数' if people else '数字'}与此前最近一次的统计数（{date_words('zh', day)}），{units[1]}，对数刻度",
            note=f"二者之比{zh[1]}。{_why(verdict, 'zh')}",
            alt=f"对数刻度点图，列出两个{'人数' if people else '数字'}：文件中的{'人数' if people else '数字'}，{zh[0]}；统计数，{rows[1].zh}。二者之比{zh[1]}{'：' + zh[2] if zh[2] else ''}。能否相除、比值可以怎样称呼，由分母登记表逐对判定：只有所计的人确实在分母之中，年份和地域也相同，比值才可以称为占比。",
        ),
        labels=row_words(plotted) | {"x": (f"{units[0]} (log scale)", f"{units[1]}（对数刻度）")},
    )


def _ends(data: pd.DataFrame) -> tuple[float, float]:
    """Ends of a log scale around values above zero, with room for words."""
    values = data["value"]
    return 10.0 ** math.floor(math.log10(values.min()) - 1), 10.0 ** math.ceil(
        math.log10(values.max()) + 3
    )


EXPLORERS = (
    Explorer(
        "denominators",
        "Denominators: what a count may be divided by",
        "分母：人数可以除以什么",
        "02_context_and_benchmarks",
        context.COUNTS_OF_PEOPLE,
        tuple(name for name in SERIES_LABELS),
        controls,
        show,
        lambda records: bool(_statistics(records)),
        limits,
    ),
)
