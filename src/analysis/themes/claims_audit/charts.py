"""Charts of the audit: claims by checks, and where conflicts come from."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plotting.form import Form
from analysis.plotting.registry import chart
from analysis.plotting.rows import cross_counts, stacked_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CATEGORIES, MUTED, Looks
from analysis.records.load import Records
from analysis.themes.claims_audit import findings as audit
from analysis.words.wording import cardinal

KINDS = ("impact", "input")
OTHERS = "others"  # checks that every figure passes
OUTCOMES = dict(
    zip(
        ("conflict", "ambiguous", "warn", "pass"),
        (CATEGORIES[2], CATEGORIES[1], MUTED, CATEGORIES[0]),
        strict=True,
    )
)
OUTCOME_NAMES = {
    "conflict": ("conflict", "矛盾"),
    "ambiguous": ("undecided", "未定"),
    "warn": ("with an allowance", "放宽后通过"),
    "pass": ("passed", "通过"),
}
CHECK_NAMES = {
    "parse": ("Number", "数字"),
    "bound": ("Bound", "界限"),
    "unit": ("Unit", "单位"),
    "period": ("Start of the period", "起始时间"),
    "arithmetic": ("Sum", "加总"),
    "enumeration": ("List", "列举"),
    "exchange rate": ("Dollars", "汇率"),
    "source": ("Kind of source", "来源种类"),
    "page date": ("Date of the page", "网页日期"),
    "event date": ("Date of the event", "事件日期"),
    "translation": ("Wording in the other language", "另一语言的表述"),
    "between documents": ("Other text", "其他文本"),
    "outside figure": ("Other official figure", "其他官方数字"),
    "standing still": ("Figure since moved on", "后有更新"),
    "power of ten": ("Tenfold", "十倍之差"),
}
FOUND_NAMES = {
    "inside": ("Inside a document", "文件内部"),
    "page date": ("Page dated years later", "网页日期晚多年"),
    "translation": ("One number, two things", "一数两指"),
    "outside figure": ("Claim and other figure", "文件与其他数字"),
    "running total": ("Running total that falls", "累计数下降"),
    "two sources": ("Two sources, one year", "同期两个来源"),
    "growth chain": ("Growth and levels", "增速与水平"),
}
GROWTH = "growth chain"  # the check that the words of the second chart speak of
VERDICTS = {
    "contradiction": CATEGORIES[2],
    "misprint": CATEGORIES[1],
    "both": CATEGORIES[0],
    "date": MUTED,
}
VERDICT_NAMES = {
    "contradiction": ("contradiction", "矛盾"),
    "misprint": ("misprint", "误印"),
    "both": ("both can be true", "可并存"),
    "date": ("another date", "日期不同"),
}


def _outcomes(records: Records) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Outcomes of single checks, how many there are by check, and how many checks all figures pass."""
    tiles = audit.tiles(records)
    tiles = tiles[tiles["kind"].isin(KINDS) & tiles["check"].isin(CHECK_NAMES)]
    quiet = tiles.groupby("check")["status"].agg(lambda status: set(status) == {"pass"})
    rows = [name for name in CHECK_NAMES if name in quiet.index and not quiet[name]]
    named = tiles.assign(check=tiles["check"].where(~tiles["check"].map(quiet), OTHERS))
    _, data = cross_counts(named, {"check": [*rows, OTHERS], "status": OUTCOMES}, "outcomes")
    return tiles, data, int(quiet.sum())


def _passed(data: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """What stands behind the bar of each check: how many of its outcomes are passes."""
    table = data.pivot(index="check", columns="status", values="outcomes").astype(int)
    return {
        f"value:{name}": (
            f"{row['pass']} of {row.sum()} pass",
            f"{row.sum()}个中{row['pass']}个通过",
        )
        for name, row in table.iterrows()
    }


@chart(
    "audit-tile-map", applies=lambda records: bool(set(KINDS) & set(audit.tiles(records)["kind"]))
)
def tile_map(records: Records) -> ChartSpec:
    """Checks of impact and input claims: how often each ends how, those that all pass in one row."""
    tiles, data, quiet = _outcomes(records)
    total, claims = len(tiles), tiles["claim_id"].nunique()
    count = tiles["status"].value_counts()
    struck, undecided, warned = (
        int(count.get(name, 0)) for name in ("conflict", "ambiguous", "warn")
    )
    found = {one.value_id.removeprefix("audit."): int(one.value) for one in audit.findings(records)}
    confirmed, contested = (
        found[f"impact-and-input-{name}"] for name in ("confirmed", "contested")
    )
    said = {
        "en": cardinal(confirmed).capitalize() if confirmed else "None",
        "zh": f"{confirmed}个" if confirmed else "没有一个",
    }
    held = tiles["check"].isin(["between documents", "outside figure"])
    years = records.sources["event_date"].str[:4]
    misprint = struck == 1 and "misprint" in set(audit.differences(records)["declared"])
    strike = ("are conflicts", "")
    if misprint:
        strike = ("is a conflict, with a misprint of somebody else", "，源于他方误印")
    alone = claims - tiles.loc[held, "claim_id"].nunique()
    return ChartSpec(
        data=data,
        values=("outcomes",),
        unit="outcomes",
        form=Form("bars", "check", split="status", stacked=True, colors=OUTCOMES),
        draw=_draw_outcomes,
        said={"contested": contested, "impact and input figures": claims}
        | {
            "outcomes": total,
            "warnings": warned,
            "checks": int(tiles["check"].nunique()),
            "without another": alone,
        },
        en=Text(
            headline=f"{said['en']} of {claims} impact and input figures is independently confirmed; {contested} are contested",
            subtitle=f"Machine checks of impact and input figures, documents of {years.min()} to {years.max()}: how each check of each figure ends",
            note=f"Undecided: both can be true, or it cannot be decided. A check is made only where there is something to hold a figure against; for {alone} of the figures there is no other figure or text. A pass says that nothing contradicts, not that a figure is true.",
            alt=f"Stacked bar chart of the outcomes of {tiles['check'].nunique()} machine checks of {claims} impact and input figures. Of {total} outcomes {struck} {strike[0]}, {undecided} are undecided and {warned} are warnings. {alone} figures have nothing to be held against.",
        ),
        zh=Text(
            headline=f"{claims}个成效和投入数字中{said['zh']}得到独立证实，{contested}个有争议",
            subtitle=f"{years.min()}—{years.max()}年文件中的成效和投入数字：各项机器检验的结果",
            note=f"未定：两者可并存或无法判定。有可对照者才作检验；{alone}个数字没有其他数字或文本可比。“通过”只表示未发现矛盾，不表示数字属实。",
            alt=f"堆积条形图，{claims}个成效和投入数字经{tiles['check'].nunique()}项机器检验的结果。{total}个结果中，{struck}个为矛盾{strike[1]}；{undecided}个无法判定；{warned}个放宽后通过。有{alone}个数字没有任何其他数字或文本可以对照，只能单独引用并加说明。",
        ),
        labels=CHECK_NAMES
        | OUTCOME_NAMES
        | _passed(data)
        | {
            OTHERS: (f"The {quiet} other checks", f"其余{quiet}项检验"),
            "lead": (
                f"{claims} figures, {confirmed} confirmed, {contested} contested.",
                f"{claims}个数字，{confirmed}个证实，{contested}个有争议。",
            ),
        },
    )


def _draw_outcomes(axes: Axes, spec: ChartSpec, lang: str) -> None:
    rows = list(dict.fromkeys(spec.data["check"]))
    lead = spec.text(lang).labels["lead"]
    columns = ("check", "status")
    look: Looks = {"rows": rows, "colors": OUTCOMES, "lead": lead, "unmarked": [OTHERS]}
    stacked_rows(axes, spec, lang, columns, **look)


@chart(
    "audit-conflicts-by-origin",
    applies=lambda records: GROWTH in set(audit.differences(records)["check"]),
)
def differences_by_origin(records: Records) -> ChartSpec:
    """Where differences come from, and which of them are contradictions."""
    found = audit.differences(records)
    verdict = found["status"].map({"conflict": "contradiction", "ambiguous": "both"}).fillna("date")
    verdict = verdict.where(found["declared"] != "misprint", "misprint")
    named = found.assign(
        check=found["check"].where(found["origin"] != "document", "inside"), verdict=verdict
    )
    _, data = cross_counts(named, {"check": FOUND_NAMES, "verdict": VERDICTS}, "differences")
    total, inside = len(found), int((found["origin"] == "document").sum())
    struck = int((found["status"] == "conflict").sum())
    misprints = int((verdict == "misprint").sum())
    both, outside = int((verdict == "both").sum()), int((found["origin"] == "outside").sum())
    return ChartSpec(
        data=data,
        values=("differences",),
        unit="differences",
        form=Form("bars", "check", split="verdict", stacked=True, colors=VERDICTS),
        draw=_draw_origins,
        said={
            "differences": total,
            "contradictions": struck,
            "misprint": misprints,
            "both can be true": both,
            "inside a document": inside,
            "outside the documents": outside,
        },
        en=Text(
            headline=f"Of {total} differences {struck} are contradictions, {misprints} of them from one misprint",
            subtitle="Differences found by machine checks of claims, documents of 2015 to 2021 and context series, and their verdict",
            note="A contradiction needs the same people, measure, place and time, each as the definitions say; where one differs or is not stated, both figures can be true. One error may be found by two checks.",
            alt=f"Stacked bar chart of {total} differences by the check that found them: {inside} inside a document, {outside} with or between other official figures, most of them growth that does not fit published levels. {struck} are contradictions, of which {misprints} come from a misprint; in {both} both figures can be true; the others are dates of reposts and a statement of another year.",
        ),
        zh=Text(
            headline=f"{total}处差异中{struck}处为矛盾，其中{misprints}处因误印；{both}处两者可并存",
            subtitle="机器检验发现的差异，涵盖2015—2021年文件、其中的数字和背景序列，并注明判定",
            note="人群、计法、地点和时间都相同才判为矛盾，以口径表为准；有一项不同或未说明，两者即可并存。同一处差错可能被两项检验发现。",
            alt=f"堆积条形图，按发现差异的检验列出{total}处差异：文件内部{inside}处，涉及其他官方数字的{outside}处，多为增速与公布水平不符。其中{struck}处构成矛盾，{misprints}处源于误印；{both}处两者可以并存；其余为转载日期和另一年份的表述。",
        ),
        labels=FOUND_NAMES
        | VERDICT_NAMES
        | {
            "lead": (
                f"{total} differences, {struck} contradict:",
                f"{total}处差异，{struck}处矛盾：",
            )
        },
    )


def _draw_origins(axes: Axes, spec: ChartSpec, lang: str) -> None:
    lead = spec.text(lang).labels["lead"]
    found = ("check", "verdict")
    stacked_rows(axes, spec, lang, found, rows=FOUND_NAMES, colors=VERDICTS, lead=lead)
