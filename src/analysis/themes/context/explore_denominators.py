"""Explorer of denominators: what a count of people may be divided by, and what the ratio may be called."""

from __future__ import annotations

import calendar
import dataclasses
import math

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.denominators import RATIO_WORDS, Denominator
from analysis.bounds.observed import observed, registry
from analysis.exploring.controls import Choice, Control, Slider, State, StateError
from analysis.exploring.definition import Explorer, Row, Shown, row, row_words, rows_data
from analysis.plotting.explorer_charts import draw_sizes
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.records.periods import last_day
from analysis.records.series import best
from analysis.themes.context import findings as context
from analysis.themes.context.charts_denominators import CLAIM_NAMES, SERIES_LABELS
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import say, stated

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
    "forbidden": ("must not be formed", "不可相除"),
    NOT_REGISTERED: ("is not in the register", "未登记"),
}
REFUSED = {"forbidden": "not to be divided", NOT_REGISTERED: "not in the register"}  # in a headline
INSIDE_ZH = {
    "yes": "所计的人在分母之中",
    "no": "所计的人不在分母之中",
    "unknown": "所计的人是否在分母之中，没有说明",
    "": "二者不是同一种计数",
}


def controls(records: Records) -> tuple[Control, ...]:
    """A count of people, and a statistic."""
    used = set(context.people_verdicts(records)["series_id"])
    claims = {
        name: (en.replace("\n", " "), zh.replace("\n", ""))
        for name, (en, zh) in CLAIM_NAMES.items()
        if name in context.COUNTS_OF_PEOPLE
    }
    series = {name: words for name, words in SERIES_LABELS.items() if name in used}
    years = {
        _year(end) for name in series for end in best(records, name, across=True)["period_end"]
    }
    stated_in = max(_year(records.claim(name).period_end) for name in claims)
    return (
        Choice("claim", "count of people", "人数", claims, next(iter(claims)), "data/claims.csv"),
        Choice(
            "statistic",
            "statistic below the line",
            "分母",
            series,
            next(iter(series)),
            "data/denominators.csv",
        ),
        Slider(
            "year",
            "last value up to",
            "取值截至年份",
            float(min(years)),
            float(stated_in),
            1.0,
            float(stated_in),
            "years of the statistics, to the year of the briefing",
        ),
    )


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
    rows = best(records, series_id, across=True).sort_values(
        ["period_end", "period_start"], kind="stable"
    )
    rows = rows[rows["value"] > 0]
    before = rows[rows["period_end"].map(last_day) <= last_day(records.claim(claim_id).period_end)]
    kept = before[before["period_end"].map(_year) <= year]
    if kept.empty:
        first, end = rows["period_end"].iloc[0], records.claim(claim_id).period_end
        raise StateError(
            f"year cannot be {year}: {series_id} begins at {first}, and {claim_id} ends at {end}",
            f"取值截至年份不能为{year}：{SERIES_LABELS[series_id][1]}自{first}起才有，而所述人数截至{end}",
        )
    one = kept.iloc[-1]
    below = observed(
        records, series_id, one["period_start"], last=one["period_end"], geography=one["geography"]
    )
    return below, str(one["period_end"]), len(kept) == len(before)


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
    names = [words.replace("\n", " ") for words in CLAIM_NAMES[claim_id]]
    rows = [
        row(records, above, "count", (names[0], names[1].replace(" ", ""))),
        row(records, below, "statistic", SERIES_LABELS[series_id], period=day),
    ]
    if verdict and verdict.verdict in RATIO_WORDS:
        rows.append(
            row(
                records,
                registry(records).ratio(above, claim_id, below, series_id),
                "ratio",
                ({**RATIO_WORDS, context.CHECK: "relative to"}[_code(verdict)], "比值"),
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


def dated(period: str, lang: str) -> str:
    """A year, month or day as a reader writes it.

    Examples
    --------
    >>> dated("2019-12-31", "en"), dated("2010-12", "zh"), dated("2011", "en")
    ('31 December 2019', '2010年12月', '2011')
    """
    year, month, day = (*map(int, period.split("-")), 0, 0)[:3]
    if lang == "zh":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
    return " ".join(
        [*([str(day)] if day else []), *([calendar.month_name[month]] if month else []), str(year)]
    )


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
    claim, day = stated(records.claim(of[0]), lang), dated(of[1], lang)
    below, said = say(rows[1].found, lang), VERDICTS[_code(verdict)][lang == "zh"]
    ratio = say(rows[2].found, lang) if len(rows) > 2 else ""
    if lang == "en":
        return f"The count ({claim}) over {rows[1].en} ({below}, {day}) {said}{f': {ratio}' if ratio else ''}. {_why(verdict, 'en')}"
    return f"人数（{claim}）与{rows[1].zh}（{below}，{day}）之比{said}{f'：{ratio}' if ratio else ''}。{_why(verdict, 'zh')}"


def _spec(
    records: Records, rows: tuple[Row, ...], verdict: Denominator | None, of: tuple[str, str]
) -> ChartSpec:
    plotted, (claim_id, day) = rows[:2], of
    data = rows_data(plotted)
    if not (verdict and verdict.verdict in RATIO_WORDS):
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
    return ChartSpec(
        data=data,
        values=("value",),
        unit="person",
        draw=lambda axes, spec, lang: draw_sizes(axes, spec, lang, ENDS),
        said={
            name: value
            for name, value in said.items()
            if isinstance(value, str) or math.isfinite(value)
        },
        en=Text(
            headline=f"{en[0][:1].upper()}{en[0][1:]} over {rows[1].en}: {en[2] or REFUSED[_code(verdict)]}",
            subtitle=f"A count of people in a document and the last statistic before it ({dated(day, 'en')}); people, log scale",
            note=f"The ratio {en[1]}. {_why(verdict, 'en')}",
            alt=f"Dot plot on a log scale of two numbers of people: the count, {en[0]}, and the statistic, {rows[1].en}. Their ratio {en[1]}{': ' + en[2] if en[2] else ''}.",
        ),
        zh=Text(
            headline=f"{zh[0]}与{rows[1].zh}之比：{zh[2] or zh[1]}",
            subtitle=f"文件中的人数与此前最近一次的统计数（{dated(day, 'zh')}），人，对数刻度",
            note=f"二者之比{zh[1]}。{_why(verdict, 'zh')}",
            alt=f"对数刻度点图，列出两个人数：文件中的人数，{zh[0]}；统计数，{rows[1].zh}。二者之比{zh[1]}{'：' + zh[2] if zh[2] else ''}。能否相除、比值可以怎样称呼，由分母登记表逐对判定：只有所计的人确实在分母之中，年份和地域也相同，比值才可以称为占比。",
        ),
        labels=row_words(plotted) | {"x": ("people (log scale)", "人（对数刻度）")},
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
    ),
)
