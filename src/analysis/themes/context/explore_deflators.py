"""Explorer of prices: an income or a line in the money of its own year, and in the prices of one year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.bounds.observed import observed
from analysis.bounds.price_index import Index
from analysis.exploring.controls import Choice, Control, Limits, Slider, State, StateError
from analysis.exploring.definition import Explorer, Row, Shown, row
from analysis.plotting.explorer_charts import draw_years
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.records.periods import of_years, period_words
from analysis.records.series import best
from analysis.records.units import is_currency
from analysis.themes.context import findings as context
from analysis.words.catalogue import LANGUAGES
from analysis.words.units import unit_label
from analysis.words.wording import brief, say, short

NEEDS = ()  # any collection with amounts of money and a price index has it
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
LEFT_OUT = (
    " (net income before 2013, counties out of poverty from 2021, the exit standard)",
    "（2013年前的纯收入、2021年起的脱贫县、脱贫标准）",
)
A_YEAR = ("yuan a year", "元/年")
BASE_YEAR = ("base_year", "in prices of the year", "价格年份")
DEFLATORS_ZH = {
    "national CPI": "全国居民消费价格",
    "rural CPI": "农村居民消费价格",
    "PIP rural": "世界银行农村平减指数",
}


@dataclass(frozen=True)
class Deflator:
    """A price index that amounts can be set in, with its words in English and Chinese and the series it is made of."""

    words: tuple[str, str]
    index: Index
    series_id: str
    warning: tuple[str, str] = ("", "")


def _deflators(records: Records) -> dict[str, Deflator]:
    """The indexes of the package's own collection; of another one each series of levels, its unit ``index``."""
    if _own(records):
        return {
            name: Deflator((name, DEFLATORS_ZH[name]), index, PRICES[name], WARNINGS[name])
            for name, index in context.deflators(records).items()
        }
    found = {}
    for series_id, rows in _by_year(records, lambda unit: unit == "index"):
        levels = {_period(row): float(row.value) for row in rows.itertuples() if row.value > 0}
        index = Index.from_levels(series_id, levels, vintage=series_id)  # each is its own
        found[series_id] = Deflator(_titles(records, series_id), index, series_id)
    return found


def _amounts_shown(records: Records) -> dict[str, tuple[str, str]]:
    """Amounts of money by year, and what they are called."""
    if _own(records):
        return SHOWN
    reached = [set(_reached(one)) for one in _deflators(records).values()]
    return {
        series_id: _titles(records, series_id)
        for series_id, rows in _by_year(records, _is_money)
        if any(len(one & set(map(_period, rows.itertuples()))) > 1 for one in reached)
    }


def _own(records: Records) -> bool:
    return {*SHOWN, *PRICES.values()} <= set(records.series_index["series_id"])


def _is_money(unit: str) -> bool:
    top, *per = unit.split("/")
    return is_currency(top) and not any(map(is_currency, per))


def _titles(records: Records, series_id: str) -> tuple[str, str]:
    return records.series_titles("en")[series_id], records.series_titles("zh")[series_id]


def _by_year(records: Records, wanted: Callable[[str], bool]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Series of wanted units with values of two years or more: the best rows of the place and definition with most."""
    units = zip(records.series_index["series_id"], records.series_index["unit"], strict=True)
    for series_id in (name for name, unit in units if wanted(unit)):
        rows = best(records, series_id, across=True)
        of = rows.groupby(["geography", "definition"], sort=False)["value"].transform("size")
        rows = rows[of == of.max()]
        first = rows.iloc[0]
        same = (rows["geography"] == first["geography"]) & (
            rows["definition"] == first["definition"]
        )
        rows = rows[same]
        if len(rows) > 1 and of_years(zip(rows["period_start"], rows["period_end"], strict=True)):
            yield series_id, rows


def _fitting(records: Records, series_id: str, indexes: Mapping[str, Deflator]) -> list[str]:
    """The indexes that reach two years of an amount or more."""
    (rows,) = (rows for name, rows in _by_year(records, _is_money) if name == series_id)
    periods = set(map(_period, rows.itertuples()))
    return [name for name, one in indexes.items() if len(periods & set(_reached(one))) > 1]


def _period(row: Any) -> str:
    """The year or the fiscal year of a row; of one day or month of a year, the year."""
    said = period_words(row.period_start, row.period_end)
    return said if row.period_start[:4] != row.period_end[:4] else said[:4]


def _reached(deflator: Deflator) -> list[str]:
    return [str(period) for period, _ in deflator.index.values]


def controls(records: Records) -> tuple[Control, ...]:
    """Series, deflator, and the year whose prices are taken."""
    indexes, shown = _deflators(records), _amounts_shown(records)
    first_shown = next(iter(shown))
    fitting = list(indexes) if _own(records) else _fitting(records, first_shown, indexes)
    base_year = str(context.REAL_PRICES) if _own(records) else _reached(indexes[fitting[0]])[-1]
    periods = sorted({one for index in indexes.values() for one in _reached(index)})
    deflators = {name: one.words for name, one in indexes.items()}
    source = "years that the indexes reach"
    base: Control
    if all(len(one) == 4 for one in periods):
        first, last = float(periods[0]), float(periods[-1])
        at = float(base_year)
        year = ("", "", "年")
        base = Slider(*BASE_YEAR, first, last, 1.0, at, source, unit=year)
    else:
        named = {one: (one, one) for one in periods}
        base = Choice(*BASE_YEAR, named, base_year, source)
    return (
        Choice("series", "amount", "金额", shown, first_shown, "data/series.csv"),
        Choice(
            "deflator",
            "deflator",
            "价格指数",
            deflators,
            fitting[0],
            "price indexes of the notebook",
        ),
        base,
    )


def limits(records: Records, state: State) -> dict[str, Limits]:
    """The indexes that reach two years of the amount, and the years that the index reaches."""
    indexes = _deflators(records)
    fitting = list(indexes)
    if not _own(records):
        fitting = _fitting(records, str(state["series"]), indexes)
    reached = _reached(indexes[str(state["deflator"])])
    years = tuple(reached) if isinstance(state["base_year"], str) else _ends(reached)
    return {"deflator": tuple(fitting), "base_year": years}


def _ends(reached: list[str]) -> Limits:
    return int(reached[0]), int(reached[-1])


def show(records: Records, state: State) -> Shown:
    """An amount by year, nominal and in the prices of one year.

    Raises
    ------
    StateError
        If the deflator does not reach the year, or fewer than two years of the amount.
    """
    series_id, year = str(state["series"]), str(state["base_year"])
    deflator = _deflators(records)[str(state["deflator"])]
    amounts = _amounts(records, series_id, deflator, year)
    first, last = min(amounts), max(amounts)
    rows = _rows(records, amounts, year)
    data = pd.DataFrame(
        [(int(one[:4]), nominal.value, real.value) for one, (nominal, real) in amounts.items()],
        columns=["year", "nominal", "real"],
    )
    unit = str(records.series_index.set_index("series_id").loc[series_id, "unit"])
    chosen = Chosen(_amounts_shown(records)[series_id], deflator, (first, last, year), unit)
    return Shown(
        rows,
        _spec(rows, data.round(6), chosen, own=_own(records)),
        {lang: _sentence(rows, chosen, lang) for lang in LANGUAGES},
        series=(series_id, deflator.series_id),
    )


def _amounts(
    records: Records, series_id: str, deflator: Deflator, year: str
) -> dict[str, tuple[Bounds, Bounds]]:
    """The amount of each year, nominal and in the prices of one; raises StateError as ``show`` does."""
    reached = _reached(deflator)
    name, name_zh = deflator.words
    if year not in reached:
        raise StateError(
            f"base_year cannot be {year} with {name}: it reaches {reached[0]} to {reached[-1]}",
            f"价格年份不能为{year}：{name_zh}只有{reached[0]}年至{reached[-1]}年",
        )
    if _own(records):
        made = context.in_prices_of(records, series_id, deflator=name, year=int(year))
        amounts = {str(one): both for one, both in made.items()}
    else:
        amounts = _in_prices_of(records, series_id, deflator, year)
    if len(amounts) < 2:
        raise StateError(
            f"{name} reaches {len(amounts)} years of {series_id}; at least two are needed",
            f"{name_zh}只覆盖{_titles(records, series_id)[1]}的{len(amounts)}年，至少需要两年",
        )
    return amounts


def _in_prices_of(
    records: Records, series_id: str, deflator: Deflator, year: str
) -> dict[str, tuple[Bounds, Bounds]]:
    """An amount of each year or fiscal year that the index has, in the prices of one."""
    levels = {str(period): level for period, level in deflator.index.values}
    found = {}
    (rows,) = (rows for name, rows in _by_year(records, _is_money) if name == series_id)
    for one in rows.itertuples():
        if (period := _period(one)) in levels:
            amount = observed(
                records,
                series_id,
                one.period_start,
                last=one.period_end,
                geography=one.geography,
                definition=one.definition or None,
            )
            found[period] = (amount, amount * (levels[year] / levels[period]))
    return found


@dataclass(frozen=True)
class Chosen:
    """What is shown: the amount's words, its deflator, first, last and price year, and its unit."""

    label: tuple[str, str]
    deflator: Deflator
    years: tuple[str, str, str]
    unit: str


def _rows(
    records: Records, amounts: dict[str, tuple[Bounds, Bounds]], year: str
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
    for place, en, zh in ((0, "nominal", "当年价"), (1, "real", "不变价")):
        multiple = amounts[last][place] / amounts[first][place]
        words = (f"{last} over {first}, {en}", f"{last}年与{first}年之比，{zh}")
        rows.append(row(records, multiple, f"{en}-multiple", words))
    return tuple(rows)


def _sentence(rows: tuple[Row, ...], chosen: Chosen, lang: str) -> str:
    nominal, real = (say(one.found, lang, value_only=True) for one in rows[4:])
    before, after = (say(one.found, lang, value_only=True) for one in rows[1:4:2])
    first, last, year = chosen.years
    label, deflator = (pair[lang == "zh"] for pair in (chosen.label, chosen.deflator.words))
    money = unit_label(chosen.unit.split("/")[0], lang)
    if lang == "en":
        return f"{label[:1].upper()}{label[1:]}: {before} in {first} and {after} in {last}, both in prices of {year} by the {deflator}. From {first} to {last} it is {real} times in real terms, {nominal} times in nominal {money}; the multiple does not depend on the base year."
    return f"{label}：按{year}年价格（{deflator}）计，{first}年{before}，{last}年{after}。由{first}年到{last}年，按不变价为{real}倍，按当年价为{nominal}倍；这一倍数与价格年份无关。"


def _spec(rows: tuple[Row, ...], data: pd.DataFrame, chosen: Chosen, *, own: bool) -> ChartSpec:
    first, last, year = chosen.years
    multiple, nominal = rows[5].found, rows[4].found
    deflator, zh_deflator = chosen.deflator.words
    warning, zh_warning = chosen.deflator.warning
    label, label_zh = chosen.label
    place, place_zh = (", China", "中国，") if own else ("", "")
    left_out, left_out_zh = LEFT_OUT if own else ("", "")
    unit, unit_zh = A_YEAR if own else (unit_label(chosen.unit, lang) for lang in LANGUAGES)
    money = unit_label(chosen.unit.split("/")[0], "en")
    return ChartSpec(
        data=data,
        values=("nominal", "real"),
        unit=chosen.unit,
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
            subtitle=f"{label[:1].upper()}{label[1:]}{place}, {first} to {last}, {unit}, nominal and in prices of {year}",
            note=f"Deflator: {deflator}{warning}. Left out: years without data, and of another definition{left_out}. In parentheses: rounding.",
            alt=f"Line chart, {first} to {last}: {label} as published, and in prices of {year} by the {deflator}. The last year is {brief(multiple, 'en')} times the first in real terms, {brief(nominal, 'en')} times in nominal {money}.",
        ),
        zh=Text(
            headline=f"按{year}年价格，{last}年为{first}年的{short(multiple, 'zh')}倍",
            subtitle=f"{label_zh}，{place_zh}{first}—{last}年，{unit_zh}，当年价及{year}年价格",
            note=f"价格指数：{zh_deflator}{zh_warning}。指数或序列没有的年份略去，不作填补；口径不同的年份{left_out_zh}不列。括号内为取整范围。",
            alt=f"折线图，{first}年至{last}年：{label_zh}的公布值，以及按{zh_deflator}折算的{year}年价格。末年与首年之比，按不变价为{brief(multiple, 'zh')}，按当年价为{brief(nominal, 'zh')}。换一个价格年份，水平随之变动，而倍数不变；换一个价格指数，比值才会不同。",
        ),
        labels={
            "y": (unit, unit_zh),
            "nominal": ("nominal", "当年价"),
            "real": (f"prices of {year}", f"{year}年价格"),
        },
    )


EXPLORERS = (
    Explorer(
        "deflators",
        "Prices: nominal and real",
        "价格：当年价与不变价",
        "02_context_and_benchmarks",
        (),
        (*SHOWN, *PRICES.values()),
        controls,
        show,
        lambda records: bool(_deflators(records) and _amounts_shown(records)),
        limits,
    ),
)
