"""Explorer of labor-export earnings: months, costs, household, share abroad, and the tail of a log-normal."""

from __future__ import annotations

import dataclasses
import math

from analysis.bounds.claims import assume, bounds_of
from analysis.exploring.controls import Control, Slider, State, amount_of, share
from analysis.exploring.definition import Explorer, Row, Shown, rows_of, rows_spec
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.themes.labor_export import findings as labor
from analysis.themes.labor_export import uplift as labor_uplift
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import brief, percent, plain, say, short

ROOM = 1.45  # right of the stated income, for its words
TAIL = 0.001  # step of the share of top earners
TWELVE = 12  # months: the income is stated as an average of a year, and not shrunk
ONE_PERCENT = 0.01  # share of top earners with which the notebook begins; not stated anywhere


def controls(records: Records) -> tuple[Control, ...]:
    """Months, share abroad, costs, household size, share of top earners."""
    sizes = labor.HOUSEHOLD_SIZES
    most = math.floor(labor.largest_top_share(records) / TAIL) * TAIL
    return (
        dataclasses.replace(
            amount_of(records, "months", "labor-months-at-home", step=0.5),
            en="months paid abroad, if the average is twelve times a month's pay",
            zh="在外领薪月数（若平均收入按12个月工资计）",
            default=float(TWELVE),
            unit=(" month", " months", "个月"),
            source=f"claim {labor.INCOME}, an average of a year",
        ),
        share(records, "cost_share", "labor-cost-share"),
        Slider(
            "household",
            "people in the household",
            "家庭人数",
            float(min(sizes)),
            float(max(sizes)),
            1.0,
            float(min(sizes)),
            "household sizes of the notebook",
            unit=(" person", " people", "人"),
        ),
        share(records, "stock_share", "labor-stock-share", above_zero=True),
        Slider(
            "top_share",
            "share of workers above the stated top",
            "收入超过所述高位者的比例",
            TAIL,
            round(most, 6),
            TAIL,
            ONE_PERCENT,
            f"largest share that a log-normal with the mean of claim {labor.INCOME} allows",
            as_percent=True,
        ),
    )


def show(records: Records, state: State) -> Shown:
    """What a worker earns and keeps in a year in a state, and what all earn together."""
    months, costs = float(state["months"]), float(state["cost_share"])
    size = int(state["household"])
    income = bounds_of(records, labor.INCOME)
    kept = labor_uplift.kept_income(records, months=months, cost_share=costs)
    median = labor.median_income(records, float(state["top_share"]))[0] / income.value
    household = assume(f"household-of-{size}", size, low=size, high=size)
    abroad = labor.gross_earnings(records, stock_share=float(state["stock_share"]), months=months)
    rows = rows_of(
        records,
        (income, "stated-income", "Stated average income", "所述平均收入"),
        (
            labor_uplift.kept_income(records, months=months, cost_share=0.0),
            "income-of-the-months",
            f"Income of {plain(months)} months",
            f"{plain(months)}个月的收入",
        ),
        (kept, "after-costs", "Left after costs", "扣除费用后"),
        (kept / household, "per-head", f"The same per head of {size}", f"同上，{size}口之家人均"),
        (
            income * assume("median-over-mean", median, low=median, high=median),
            "median",
            "Median of a log-normal",
            "对数正态分布的中位数",
        ),
        (
            abroad,
            "all-abroad",
            "Gross earnings of all abroad in a year",
            "全部在外人员一年的毛收入",
        ),
    )
    return Shown(
        rows, _spec(rows, state), {lang: _sentence(rows, state, lang) for lang in LANGUAGES}
    )


def _sentence(rows: tuple[Row, ...], state: State, lang: str) -> str:
    kept, head, median, abroad = (say(one.found, lang) for one in rows[2:])
    costs, top, stock = (
        percent(float(state[name])) for name in ("cost_share", "top_share", "stock_share")
    )
    if lang == "en":
        return f"With {plain(float(state['months']))} months of pay and costs of {costs} of the income, {kept} is left to a worker, {head} per head in a household of {state['household']}. If {top} earn above the stated top, the median of a log-normal is {median}. With {stock} of all ever sent abroad at one time, all earn {abroad}. Costs, months and shares are not stated: assumptions."
    return f"若在外领薪{plain(float(state['months']))}个月、费用占收入的{costs}，一名劳动者所余：{kept}；{state['household']}口之家人均：{head}。若{top}的人超过所述高位，对数正态分布的中位数：{median}。若累计派出者中有{stock}同时在外，全部收入：{abroad}。费用、月数和比例文件均未说明，都是假设。"


def _spec(rows: tuple[Row, ...], state: State) -> ChartSpec:
    en, zh = (short(rows[2].found, lang) for lang in LANGUAGES)
    costs, top = percent(float(state["cost_share"])), percent(float(state["top_share"]))
    months = plain(float(state["months"]))
    said = {"months": "months", "costs": "cost_share", "household": "household"}
    return rows_spec(
        rows[:-1],
        ROOM * rows[0].found.value,
        unit="CNY/person/year",
        x=("yuan a year", "元/年"),
        said={
            name: float(state[control])
            for name, control in (said | {"top share": "top_share"}).items()
        },
        en=Text(
            headline=f"After costs of {costs}, {en} yuan a year is left per worker",
            subtitle=f"Yearly income of workers sent abroad, China, stated in 2021, {months} months of pay, yuan, nominal",
            note=f"Diamonds: assumptions, which no document states. Log-normal: {top} above the stated top. Arrow: the average is stated as more than, so there is no upper end. Gross of taxes not named.",
            alt=f"Dot plot of yearly incomes of a worker sent abroad. As stated: {brief(rows[0].found, 'en')} yuan; after costs of {costs}: {en}; per head in a household of {state['household']}: {brief(rows[3].found, 'en')}; median of a log-normal: {brief(rows[4].found, 'en')}.",
        ),
        zh=Text(
            headline=f"扣除占{costs}的费用后，每人每年所余{zh}元",
            subtitle=f"中国派出劳务人员年收入（2021年所述），领薪{months}个月，元，当年价",
            note=f"菱形：假设，文件均未说明。对数正态分布：{top}的人超过所述高位。箭头：平均收入表述为“超过”，没有上限。未列明的税费未扣除。",
            alt=f"点图，列出一名派出劳务人员的年收入（元）。按所述：{brief(rows[0].found, 'zh')}；扣除占{costs}的费用后：{zh}；{state['household']}口之家人均：{brief(rows[3].found, 'zh')}；对数正态分布的中位数：{brief(rows[4].found, 'zh')}。月数、费用、家庭人数和高收入者比例都是假设。",
        ),
    )


EXPLORERS = (
    Explorer(
        "labor-earnings",
        "Labor export: what a worker earns and keeps",
        "对外劳务：收入与所余",
        "04_labor_export_incomes",
        (labor.PEOPLE, labor.INCOME, labor.TOP),
        (),
        controls,
        show,
    ),
)
