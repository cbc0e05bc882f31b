"""Charts of the audit: claims by checks, and where conflicts come from."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.plotting.fitting import room
from analysis.plotting.layout import text_width
from analysis.plotting.marks import bare_cells, cell
from analysis.plotting.registry import chart
from analysis.plotting.rows import cross_counts, stacked_rows
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, INK, MUTED, POINTS, REPORTED, REPORTED_LIGHT, Looks
from analysis.records.load import Records
from analysis.themes.claims_audit import findings as audit
from analysis.words.catalogue import words
from analysis.words.wording import cardinal

KINDS = ("impact", "input")
CODES = {"pass": 0.0, "ambiguous": 1.0, "warn": 2.0, "conflict": 3.0}
ROW, HEAD = (
    0.085,
    0.05,
)  # inches: a lower row is too low for its words; room between heads of columns
SIGNS = {"pass": "·", "ambiguous": "?", "warn": "!", "conflict": "×"}
FILLS = {"pass": REPORTED_LIGHT, "ambiguous": MUTED, "warn": MUTED, "conflict": CALCULATED}
CHECK_NAMES = {
    "parse": ("number", "数字"),
    "bound": ("bound", "界限"),
    "unit": ("unit", "单位"),
    "period": ("period", "期间"),
    "arithmetic": ("sum", "加总"),
    "enumeration": ("list", "列举"),
    "exchange rate": ("dollars", "汇率"),
    "source": ("source", "来源"),
    "page date": ("page\ndate", "网页\n日期"),
    "event date": ("event\ndate", "事件\n日期"),
    "translation": ("other\nwords", "译文"),
    "between documents": ("other\ntext", "他文"),
    "outside figure": ("other\nfigure", "他数"),
    "standing still": ("moved\non", "更新"),
    "power of ten": ("tenfold", "十倍"),
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
    "contradiction": CALCULATED,
    "misprint": MUTED,
    "both": REPORTED_LIGHT,
    "date": REPORTED,
}
VERDICT_NAMES = {
    "contradiction": ("contradiction", "矛盾"),
    "misprint": ("misprint", "误印"),
    "both": ("both can be true", "可并存"),
    "date": ("another date", "日期不同"),
}


@chart(
    "audit-tile-map", applies=lambda records: bool(set(KINDS) & set(audit.tiles(records)["kind"]))
)
def tile_map(records: Records) -> ChartSpec:
    """Impact and input claims by checks: how each check ends."""
    data = audit.tiles(records)
    data = data[data["kind"].isin(KINDS) & data["check"].isin(CHECK_NAMES)].reset_index(drop=True)
    data = data.assign(code=data["status"].map(CODES))
    total, claims = len(data), data["claim_id"].nunique()
    count = data["status"].value_counts()
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
    held = data["check"].isin(["between documents", "outside figure"])
    years = records.sources["event_date"].str[:4]
    misprint = struck == 1 and "misprint" in set(audit.differences(records)["declared"])
    strike = (
        ("is a conflict, with a misprint of somebody else", "，源于他方误印")
        if misprint
        else ("are conflicts", "")
    )
    alone = claims - data.loc[held, "claim_id"].nunique()
    return ChartSpec(
        data=data,
        values=("code",),
        unit="outcome code",
        draw=_draw_tiles,
        said={"contested": contested},
        en=Text(
            headline=f"{said['en']} of {claims} impact and input figures is independently confirmed; {contested} are contested",
            subtitle=f"Impact and input figures of documents of {years.min()} to {years.max()} (rows) by machine check (columns)",
            note=f"× conflict, ! passes with an allowance, ? both can be true or it cannot be decided, · passes; empty: nothing to hold it against, as for another figure or text of {alone} claims. A pass says that nothing contradicts, not that a figure is true.",
            alt=f"Tile map of {claims} impact and input figures by {data['check'].nunique()} machine checks. Of {total} outcomes {struck} {strike[0]}, {undecided} are undecided and {warned} are warnings. {alone} figures have nothing to be held against.",
        ),
        zh=Text(
            headline=f"{claims}个成效和投入数字中{said['zh']}得到独立证实，{contested}个有争议",
            subtitle=f"{years.min()}—{years.max()}年文件中的成效和投入数字（行）与机器检验（列）",
            note=f"×：矛盾；!：放宽后通过；?：两者可并存或无法判定；·：通过；空白：无可对照，其中{alone}个数字没有其他数字或文本可比。通过只表示没有矛盾，不表示数字属实。",
            alt=f"方块图，{claims}个成效和投入数字对{data['check'].nunique()}项机器检验。{total}个结果中，{struck}个为矛盾{strike[1]}；{undecided}个无法判定；{warned}个为提示。有{alone}个数字没有任何其他数字或文本可以对照，只能单独引用并加说明。",
        ),
        labels={
            name: (said, words("claims", "zh")[name])
            for name, said in words("claims", "en").items()
        }
        | CHECK_NAMES,
    )


def _draw_tiles(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    claims = list(dict.fromkeys(data["claim_id"]))
    checks = [name for name in CHECK_NAMES if name in set(data["check"])]
    slugs = [name.partition(".")[2] for name in claims]
    names = [
        words.get(name, name if slugs.count(slug) > 1 else slug.replace("-", " "))
        for name, slug in zip(claims, slugs, strict=True)
    ]
    points = POINTS["small"] - 0.4
    wide, tall = room(axes)
    halves = 1 if tall > ROW * (len(claims) + 3) else 2
    rows, long = -(-len(claims) // halves), max(text_width(name, points) for name in names) + 0.08
    tile = (wide / halves - long) / len(checks)
    step = len(checks) + long / tile  # from one half to the next, in tiles
    for row in data.itertuples():
        half, y = divmod(claims.index(row.claim_id), rows)
        _tile(axes, checks.index(row.check) + half * step, y, row.status)
    for place, name in enumerate(names[rows:]):
        axes.text(step - 0.6, place, name, ha="right", va="center", fontsize=points)
    lines = [line for name in checks for line in words[name].split("\n")]
    turned = halves > 1 or tile < HEAD + max(text_width(line, points) for line in lines)
    columns = [half * step + place for half in range(halves) for place in range(len(checks))]
    heads = [upright(words[name], lang) if turned else words[name] for name in checks]
    turn = 90 if turned and lang == "en" else 0
    axes.set_xticks(columns, heads * halves, fontsize=points, rotation=turn)
    axes.set_yticks(range(rows), names[:rows], fontsize=points)
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, (halves - 1) * step + len(checks) - 0.5), ylim=(rows - 0.5, -0.5))
    bare_cells(axes)
    axes.tick_params(pad=2)


def _tile(axes: Axes, x: float, y: float, status: str) -> None:
    """The outcome of one check of one claim: a passed one is pale."""
    alpha, color = (0.3, INK) if status == "pass" else (1.0, "white")
    look: Looks = {"facecolor": FILLS[status], "alpha": alpha, "linewidth": 0}
    axes.add_patch(Rectangle((x - 0.46, y - 0.43), 0.92, 0.86, **look))
    cell(axes, x, y, SIGNS[status], color=color, size="small", weight="bold", va="center_baseline")


def upright(words: str, lang: str) -> str:
    """The head of a narrow column: English in one line, to be turned; Chinese from top to bottom."""
    return words.replace("\n", " ") if lang == "en" else "\n".join(words.replace("\n", ""))


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
            headline=f"Of {total} differences {struck} contradict, {misprints} by a misprint; in {both} both can be true",
            subtitle="Differences found by machine checks of claims, documents of 2015 to 2021 and context series, and their verdict",
            note="A contradiction needs the same people, measure, place and time, each as the definitions say; where one differs or is not stated, both figures can be true. One error may be found by two checks.",
            alt=f"Stacked bar chart of {total} differences by the check that found them: {inside} inside a document, {outside} with or between other official figures, most of them growth that does not fit published levels. {struck} are contradictions, of which {misprints} come from a misprint; in {both} both figures can be true; the others are dates of reposts and a statement of another year.",
        ),
        zh=Text(
            headline=f"{total}处差异中{struck}处为矛盾，其中{misprints}处因误印；{both}处两者可并存",
            subtitle="机器检验发现的差异，涵盖2015—2021年文件、其中的数字和背景序列，并注明判定",
            note="判为矛盾须人群、存量或流量、地点和时间都相同，均以口径表为准；有一项不同或未说明，两者即可并存。同一处差错可能被两项检验发现。",
            alt=f"堆积条形图，按发现差异的检验列出{total}处差异：文件内部{inside}处，与其他官方数字或其他官方数字之间{outside}处，多为增速与公布水平不符。其中{struck}处构成矛盾，{misprints}处源于误印；{both}处两者可以并存；其余为转载日期和另一年份的表述。",
        ),
        labels=(FOUND_NAMES | VERDICT_NAMES) | {"x": ("differences", "处")},
    )


def _draw_origins(axes: Axes, spec: ChartSpec, lang: str) -> None:
    stacked_rows(axes, spec, lang, ("check", "verdict"), rows=FOUND_NAMES, colors=VERDICTS)
