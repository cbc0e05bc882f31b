"""Explorer of the Canton Fair ratio: which sessions count, which exchange rate, which reading of "more than"."""

from __future__ import annotations

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import READINGS, bounds_of
from analysis.exploring.controls import Choice, Control, Slider, State
from analysis.exploring.definition import Explorer, Row, Shown, rows_of, rows_spec
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.load import Records
from analysis.themes.canton_fair import findings as canton
from analysis.themes.canton_fair.sessions import CALENDAR, DEALS, FEES, session_calendar
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import brief, say, short

ROOM = 1.5  # right of the largest value that a state can give, for its words
ALL = "all"
READING_WORDS = {
    "as stated": ("as stated (more than)", "按所述（超过）"),
    "next digit": ("below the next digit", "低于下一位数"),
}


def controls(records: Records) -> tuple[Control, ...]:
    """Sessions, month of the exchange rate, reading."""
    calendar = session_calendar(records)
    months = {ALL: ("months of the sessions counted", "所计各届所在月份")} | {
        one.month: (
            f"session {one.session}, {one.month}",
            f"第{one.session}届，{one.month[:4]}年{int(one.month[5:])}月",
        )
        for one in calendar.itertuples()
    }
    (stated,) = {
        bounds_of(records, canton.SESSIONS).value,
        float(len(calendar)),
    }  # the claim counts what the calendar lists
    return (
        Slider(
            "sessions",
            "sessions whose deals count, from the 122nd on",
            "自第122届起计入成交的届数",
            1.0,
            stated,
            1.0,
            stated,
            f"claim {canton.SESSIONS}",
            unit=(" session", " sessions", "届"),
        ),
        Choice(
            "rate", "exchange rate of", "汇率取自", months, ALL, f"series usd-cny and {CALENDAR}"
        ),
        Choice(
            "reading",
            "reading of the deals",
            "成交额的读法",
            {name: READING_WORDS[name] for name in READINGS},
            READINGS[0],
            f"bound of claim {DEALS}",
        ),
    )


def show(records: Records, state: State) -> Shown:
    """The ratio of deals to fees in a state, beside the ratio as stated."""
    month = "" if state["rate"] == ALL else str(state["rate"])
    ratio = canton.deals_per_yuan_of(
        records, int(state["sessions"]), month=month, reading=str(state["reading"])
    )
    stated, digit = (canton.deals_per_yuan(records, reading=reading) for reading in READINGS)
    rows = rows_of(
        records,
        (ratio, "your-assumptions", "Your assumptions", "所选假设"),
        (stated, "as-stated", "As stated, all sessions", "按所述，全部各届"),
        (digit, "next-digit", "Below the next digit, all sessions", "低于下一位数，全部各届"),
        (
            Bounds.exactly(1) / ratio,
            "break-even-share",
            "Share of deals that equals the fees",
            "与减免费用相等的成交额比例",
        ),
    )
    return Shown(
        rows,
        _spec(rows, state, digit.high),
        {lang: _sentence(rows, state, lang) for lang in LANGUAGES},
    )


def _sentence(rows: tuple[Row, ...], state: State, lang: str) -> str:
    ratio, share = rows[0].found, rows[-1].found
    if lang == "en":
        assumed = (
            f" The deals of {state['sessions']} sessions are an assumption: how deals spread over sessions is not stated."
            if _assumes(rows)
            else ""
        )
        return f"Yuan of reported deals per yuan of booth fees waived: {say(ratio)}. Fees waived over these deals: {say(share)}.{assumed} Not a return: deals are signed, not profit."
    assumed = (
        f"只计{state['sessions']}届的成交为假设：成交额在各届之间的分布，文件未说明。"
        if _assumes(rows)
        else ""
    )
    return f"每减免1元展位费对应的所报成交额（元）：{say(ratio, 'zh')}。减免的费用与成交额之比：{say(share, 'zh')}。{assumed}这不是回报率：成交额为签约额，不是利润。"


def _assumes(rows: tuple[Row, ...]) -> bool:
    return rows[0].kind == "scenario"


def _spec(rows: tuple[Row, ...], state: State, largest: float) -> ChartSpec:
    plotted = rows[:-1]
    en, zh = (short(rows[0].found, lang) for lang in LANGUAGES)
    return rows_spec(
        plotted,
        ROOM * largest,
        unit="CNY per CNY",
        x=(
            "yuan of reported deals per yuan of fees waived",
            "每减免1元展位费对应的所报成交额（元）",
        ),
        said={"sessions": float(state["sessions"])},
        en=Text(
            headline=f"Reported deals per yuan of booth fees waived: {en}",
            subtitle=f"Canton Fair, 2017 to 2020, {state['sessions']} sessions counted, yuan per yuan, nominal",
            note="Not a return: deals are signed, not profit. Diamond: fewer than all sessions, in proportion, which is an assumption. Arrow: no figure bounds that end. Bar: exchange rates and rounding.",
            alt=f"Dot plot of reported deals per yuan of booth fees waived at the Canton Fair. With your assumptions: {en}; as stated for all sessions: {brief(rows[1].found, 'en')}; below the next digit: {brief(rows[2].found, 'en')}.",
        ),
        zh=Text(
            headline=f"每减免1元展位费对应的所报成交额（元）：{zh}",
            subtitle=f"广交会，2017—2020年，计入{state['sessions']}届，元/元，当年价",
            note="不是回报率：成交额为签约额，不是利润。菱形：按比例只计部分届次，为假设。箭头：该端没有数字限定。横条：汇率及取整范围。",
            alt=f"点图，列出广交会每减免1元展位费对应的所报成交额（元）。按所选假设：{zh}；按所述计全部各届：{brief(rows[1].found, 'zh')}；若成交额低于下一位数：{brief(rows[2].found, 'zh')}。成交额只是签约额，这一比值不是回报率，也不说明减免展位费的作用。",
        ),
    )


EXPLORERS = (
    Explorer(
        "canton-fair-ratio",
        "Canton Fair: deals per yuan of booth fees waived",
        "广交会：每减免1元展位费对应的成交额",
        "05_canton_fair_deals",
        (DEALS, FEES),
        ("usd-cny", CALENDAR),
        controls,
        show,
    ),
)
