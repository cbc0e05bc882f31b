"""Explorer of prices: an income or a line in the money of its own year, and in the prices of one year."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.exploring.controls import Choice, Control, Slider, State, StateError
from analysis.exploring.definition import Explorer, Row, Shown, row
from analysis.plotting.explorer_charts import draw_years
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.themes.context import findings as context
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import brief, say, short

SHOWN = {  # series -> its label and its place
    context.AREA_INCOME: ("income per person, poverty areas", "贫困地区人均收入"),
    context.RURAL_INCOME: ("rural income per person", "农村居民人均收入"),
    context.LINE: ("official poverty line", "国家贫困标准"),
}
PRICES = {
    "national CPI": context.CPI,
    "rural CPI": context.RURAL_CPI,
    "PIP rural": context.PIP_CPI,
}  # deflator -> its series
WARNINGS = {  # of a deflator, behind its name
    "national CPI": ("", ""),
    "rural CPI": (
        " (2016 implied by growth in poverty areas, 2020 by the World Bank's deflator)",
        "（2016年由贫困地区增速推算，2020年取世界银行平减指数）",
    ),
    "PIP rural": (
        " (until 2016 the poverty line itself, no price index)",
        "（2016年以前即贫困标准本身，并非价格指数）",
    ),
}
DEFLATORS_ZH = {
    "national CPI": "全国居民消费价格",
    "rural CPI": "农村居民消费价格",
    "PIP rural": "世界银行农村平减指数",
}


def controls(records: Records) -> tuple[Control, ...]:
    """Series, deflator, and the year whose prices are taken."""
    indexes = context.deflators(records)
    years = sorted({float(year) for index in indexes.values() for year, _ in index.values})
    deflators = {name: (name, DEFLATORS_ZH[name]) for name in indexes}
    return (
        Choice("series", "amount", "金额", SHOWN, next(iter(SHOWN)), "data/series.csv"),
        Choice(
            "deflator",
            "deflator",
            "价格指数",
            deflators,
            next(iter(deflators)),
            "price indexes of the notebook",
        ),
        Slider(
            "base_year",
            "in prices of",
            "价格年份",
            years[0],
            years[-1],
            1.0,
            float(context.REAL_PRICES),
            "years that the indexes reach",
        ),
    )


def show(records: Records, state: State) -> Shown:
    """An amount by year, nominal and in the prices of one year.

    Raises
    ------
    StateError
        If the deflator does not reach the year, or fewer than two years of the amount.
    """
    series_id, deflator = str(state["series"]), str(state["deflator"])
    year = int(state["base_year"])
    amounts = _amounts(records, series_id, deflator, year)
    first, last = min(amounts), max(amounts)
    rows = _rows(records, amounts, year)
    data = pd.DataFrame(
        [(one, nominal.value, real.value) for one, (nominal, real) in amounts.items()],
        columns=["year", "nominal", "real"],
    )
    names, years = (series_id, deflator), (first, last, year)
    return Shown(
        rows,
        _spec(rows, data.round(6), (series_id, deflator, year)),
        {lang: _sentence(rows, names, years, lang) for lang in LANGUAGES},
        series=(series_id, PRICES[deflator]),
    )


def _amounts(
    records: Records, series_id: str, deflator: str, year: int
) -> dict[int, tuple[Bounds, Bounds]]:
    """The amount of each year, nominal and in the prices of one; raises StateError as ``show`` does."""
    reached = [one for one, _ in context.deflators(records)[deflator].values]
    if year not in reached:
        raise StateError(
            f"base_year cannot be {year} with {deflator}: it reaches {reached[0]} to {reached[-1]}",
            f"价格年份不能为{year}：{DEFLATORS_ZH[deflator]}只有{reached[0]}年至{reached[-1]}年",
        )
    amounts = context.in_prices_of(records, series_id, deflator=deflator, year=year)
    if len(amounts) < 2:
        raise StateError(
            f"{deflator} reaches {len(amounts)} years of {series_id}; at least two are needed",
            f"{DEFLATORS_ZH[deflator]}只覆盖{SHOWN[series_id][1]}的{len(amounts)}年，至少需要两年",
        )
    return amounts


def _rows(
    records: Records, amounts: dict[int, tuple[Bounds, Bounds]], year: int
) -> tuple[Row, ...]:
    """The first and the last year, nominal and real, and the multiple between them."""
    first, last = min(amounts), max(amounts)
    rows = []
    for name, one in (("first", first), ("last", last)):
        nominal, real = amounts[one]
        words = (f"{one}, as published", f"{one}年，公布值")
        rows.append(row(records, nominal, f"{name}-nominal", words))
        words = (f"{one}, in prices of {year}", f"{one}年，按{year}年价格")
        rows.append(row(records, real, f"{name}-real", words))
    for place, en, zh in ((0, "nominal", "名义值"), (1, "real", "实际值")):
        multiple = amounts[last][place] / amounts[first][place]
        words = (f"{last} over {first}, {en}", f"{last}年与{first}年之比，{zh}")
        rows.append(row(records, multiple, f"{en}-multiple", words))
    return tuple(rows)


def _sentence(
    rows: tuple[Row, ...], names: tuple[str, str], years: tuple[int, int, int], lang: str
) -> str:
    nominal, real = (say(one.found, lang, value_only=True) for one in rows[4:])
    before, after = (say(one.found, lang, value_only=True) for one in rows[1:4:2])
    (series_id, deflator), (first, last, year) = names, years
    label = SHOWN[series_id][lang == "zh"]
    if lang == "en":
        return f"{label[:1].upper()}{label[1:]}: {before} in {first} and {after} in {last}, both in prices of {year} by the {deflator}. From {first} to {last} it is {real} times in real terms, {nominal} times in nominal yuan; the multiple does not depend on the base year."
    return f"{label}：按{year}年价格（{DEFLATORS_ZH[deflator]}）计，{first}年{before}，{last}年{after}。由{first}年到{last}年，实际值为{real}倍，名义值为{nominal}倍；这一倍数与价格年份无关。"


def _spec(rows: tuple[Row, ...], data: pd.DataFrame, chosen: tuple[str, str, int]) -> ChartSpec:
    (series_id, deflator, year), (first, last) = (
        chosen,
        (int(data["year"].iloc[0]), int(data["year"].iloc[-1])),
    )
    multiple, nominal = rows[5].found, rows[4].found
    zh_deflator, (label, label_zh) = DEFLATORS_ZH[deflator], SHOWN[series_id]
    return ChartSpec(
        data=data,
        values=("nominal", "real"),
        unit="CNY/person/year",
        draw=draw_years,
        price_basis=f"{year} prices",
        said={
            "prices of": str(year),
            **{
                f"{name}, {what}": getattr(one, what)
                for name, one in (("real multiple", multiple), ("nominal multiple", nominal))
                for what in ("value", "low", "high")
            },
        },
        en=Text(
            headline=f"In prices of {year}, {last} is {short(multiple, 'en')} times {first}",
            subtitle=f"{label[:1].upper()}{label[1:]}, China, {first} to {last}, yuan a year, nominal and in prices of {year}",
            note=f"Deflator: {deflator}{WARNINGS[deflator][0]}. Left out: years without data, and of another definition (net income before 2013, counties out of poverty from 2021, the exit standard). In parentheses: rounding.",
            alt=f"Line chart, {first} to {last}: {label} as published, and in prices of {year} by the {deflator}. The last year is {brief(multiple, 'en')} times the first in real terms, {brief(nominal, 'en')} times in nominal yuan.",
        ),
        zh=Text(
            headline=f"按{year}年价格，{last}年为{first}年的{short(multiple, 'zh')}倍",
            subtitle=f"{label_zh}，中国，{first}—{last}年，元/年，名义值及{year}年价格",
            note=f"价格指数：{zh_deflator}{WARNINGS[deflator][1]}。指数或序列没有的年份略去，不作填补；口径不同的年份（2013年前的纯收入、2021年起的脱贫县、脱贫标准）不列。括号内为取整范围。",
            alt=f"折线图，{first}年至{last}年：{label_zh}的公布值，以及按{zh_deflator}折算的{year}年价格。末年与首年之比，按实际值为{brief(multiple, 'zh')}，按名义值为{brief(nominal, 'zh')}。换一个价格年份，水平随之变动，而倍数不变；换一个价格指数，比值才会不同。",
        ),
        labels={
            "y": ("yuan a year", "元/年"),
            "nominal": ("nominal", "名义值"),
            "real": (f"prices of {year}", f"{year}年价格"),
        },
    )


EXPLORERS = (
    Explorer(
        "deflators",
        "Prices: nominal and real",
        "价格：名义值与实际值",
        "02_context_and_benchmarks",
        (),
        (*SHOWN, *PRICES.values()),
        controls,
        show,
    ),
)
