"""Charts of the audit: claims by checks, and where conflicts come from."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.plotting.fitting import room
from analysis.plotting.layout import text_width
from analysis.plotting.marks import row_labels, stack
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, INK, MUTED, POINTS, REPORTED, REPORTED_LIGHT
from analysis.records.load import Records
from analysis.themes.claims_audit import findings as audit
from analysis.words.catalogue import words

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
DECLARED = {
    "unresolved": CALCULATED,
    "misprint": MUTED,
    "revised": REPORTED_LIGHT,
    "explained": REPORTED,
    "undeclared": INK,
}
DECLARED_NAMES = {
    "unresolved": ("unresolved", "未解释"),
    "misprint": ("misprint", "误印"),
    "revised": ("basis revised", "口径修订"),
    "explained": ("explained", "已说明"),
    "undeclared": ("not declared", "未登记"),
}


@chart("audit-tile-map")
def tile_map(records: Records) -> ChartSpec:
    """Impact and input claims by checks: how each check ends."""
    data = audit.tiles(records)
    data = data[data["kind"].isin(KINDS) & data["check"].isin(CHECK_NAMES)].reset_index(drop=True)
    data = data.assign(code=data["status"].map(CODES))
    total, claims = len(data), data["claim_id"].nunique()
    marked = data[data["status"].isin(["conflict", "warn"])]
    struck = int((data["status"] == "conflict").sum())
    conflicting = data[data["status"] == "conflict"]
    in_conflict = conflicting["claim_id"].nunique()
    by_date = (
        in_conflict - conflicting.loc[conflicting["check"] != "page date", "claim_id"].nunique()
    )
    alone = (
        claims
        - data.loc[
            data["check"].isin(["between documents", "outside figure"]), "claim_id"
        ].nunique()
    )
    return ChartSpec(
        data=data,
        values=("code",),
        unit="outcome code",
        draw=_draw_tiles,
        en=Text(
            headline=f"{in_conflict} of {claims} impact and input figures are in conflict, {by_date} only by page date",
            subtitle="Impact and input figures of documents of 2015 to 2021 (rows) by machine check (columns)",
            note=f"× conflict, ! passes with an allowance, ? cannot be decided, · passes; empty: nothing to hold it against, as for another figure or text of {alone} claims. A pass says that nothing contradicts, not that a figure is true.",
            alt=f"Tile map of {claims} impact and input figures by {data['check'].nunique()} machine checks. Of {total} outcomes {struck} are conflicts and {len(marked) - struck} are warnings, most of them for a missing start of the period or a repost. Conflicts stand under page date, wording in the other language, and other official figures; {alone} figures have nothing to be held against.",
        ),
        zh=Text(
            headline=f"{claims}个成效和投入数字中，{in_conflict}个存在冲突，其中{by_date}个仅因网页日期",
            subtitle="2015—2021年文件中的成效和投入数字（行）与机器检验（列）",
            note=f"×：冲突；!：放宽后通过；?：无法判定；·：通过；空白：无可对照，其中{alone}个数字没有其他数字或文本可比。通过只表示没有矛盾，不表示数字属实。",
            alt=f"方块图，{claims}个成效和投入数字对{data['check'].nunique()}项机器检验。{total}个结果中，{struck}个为冲突，{len(marked) - struck}个为提示，多因未说明起始时间或来自转载。冲突出现在网页日期、另一语言的措辞和其他官方数字三处；有{alone}个数字没有任何其他数字或文本可以对照，只能单独引用并加说明。",
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
    names, points = (
        [words.get(name, name.partition(".")[2].replace("-", " ")) for name in claims],
        POINTS["small"] - 0.4,
    )
    wide, tall = room(axes)
    halves = 1 if tall > ROW * (len(claims) + 3) else 2
    rows, long = -(-len(claims) // halves), max(text_width(name, points) for name in names) + 0.08
    tile = (wide / halves - long) / len(checks)
    step = len(checks) + long / tile  # from one half to the next, in tiles
    for row in data.itertuples():
        half, y = divmod(claims.index(row.claim_id), rows)
        x, quiet = checks.index(row.check) + half * step, row.status == "pass"
        axes.add_patch(
            Rectangle(
                (x - 0.46, y - 0.43),
                0.92,
                0.86,
                facecolor=FILLS[row.status],
                alpha=0.3 if quiet else 1.0,
                linewidth=0,
            )
        )
        axes.text(
            x,
            y,
            SIGNS[row.status],
            color=INK if quiet else "white",
            ha="center",
            va="center_baseline",
            fontsize=POINTS["small"],
            weight="bold",
        )
    for place, name in enumerate(names[rows:]):
        axes.text(step - 0.6, place, name, ha="right", va="center", fontsize=points)
    turned = halves > 1 or tile < HEAD + max(
        text_width(line, points) for name in checks for line in words[name].split("\n")
    )
    columns = [half * step + place for half in range(halves) for place in range(len(checks))]
    heads = [upright(words[name], lang) if turned else words[name] for name in checks]
    axes.set_xticks(
        columns, heads * halves, fontsize=points, rotation=90 if turned and lang == "en" else 0
    )
    axes.set_yticks(range(rows), names[:rows], fontsize=points)
    axes.xaxis.tick_top()
    axes.set(xlim=(-0.5, (halves - 1) * step + len(checks) - 0.5), ylim=(rows - 0.5, -0.5))
    axes.tick_params(length=0, pad=2)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def upright(words: str, lang: str) -> str:
    """The head of a narrow column: English in one line, to be turned; Chinese from top to bottom."""
    return words.replace("\n", " ") if lang == "en" else "\n".join(words.replace("\n", ""))


@chart("audit-conflicts-by-origin")
def conflicts_by_origin(records: Records) -> ChartSpec:
    """Where conflicts come from, and what became of each."""
    found = audit.conflicts(records)
    named = found.assign(check=found["check"].where(found["origin"] != "document", "inside"))
    counts = (
        named.groupby(["check", "declared"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=list(FOUND_NAMES), columns=list(DECLARED), fill_value=0)
    )
    data = (
        counts.reset_index()
        .melt(id_vars="check", var_name="declared", value_name="conflicts")
        .astype({"conflicts": "float64"})
    )
    total, inside = len(found), int((found["origin"] == "document").sum())
    outside, metadata = (
        int((found["origin"] == "outside").sum()),
        int((found["origin"] == "metadata").sum()),
    )
    open_ = int((found["declared"] == "unresolved").sum())
    return ChartSpec(
        data=data,
        values=("conflicts",),
        unit="conflicts",
        draw=_draw_origins,
        said={
            "conflicts": total,
            "outside the documents": outside,
            "dates and wording": metadata,
            "inside a document": inside,
            "unresolved": open_,
        },
        en=Text(
            headline=f"Of {total} conflicts {outside} lie outside the documents, {metadata} in dates and wording, {inside} inside",
            subtitle="Conflicts found by machine checks of claims, documents of 2015 to 2021 and context series, and their explanation",
            note="Outside: another official figure contradicts the claim, or two official figures contradict each other. Dates and wording: the page's date, or the other language. One error may be found by two checks.",
            alt=f"Stacked bar chart of {total} conflicts by the check that found them: {inside} inside a document, {metadata} in page dates and translations, {outside} with or between other official figures, most of them growth rates that do not fit published levels. {open_} are unresolved: nothing says which figure holds.",
        ),
        zh=Text(
            headline=f"{total}处冲突中，{outside}处在文件之外，{metadata}处在日期和措辞，{inside}处在文件内部",
            subtitle="机器检验发现的冲突，涵盖2015—2021年文件、其中的数字和背景序列，并注明解释情况",
            note="文件之外：另一官方数字与之矛盾，或两个官方数字互相矛盾。日期和措辞：网页日期，或另一语言的说法。同一处差错可能被两项检验发现。",
            alt=f"堆积条形图，按发现冲突的检验列出{total}处冲突：文件内部{inside}处，网页日期和译文{metadata}处，与其他官方数字或其他官方数字之间{outside}处，多为增速与公布水平不符。其中{open_}处未能解释，没有资料说明哪个数字成立；其余各处或为口径修订，或为误印，或可加说明并存。",
        ),
        labels=(FOUND_NAMES | DECLARED_NAMES) | {"x": ("conflicts", "处")},
    )


def _draw_origins(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    for y, name in enumerate(FOUND_NAMES):
        counts = data[data["check"] == name].set_index("declared")["conflicts"]
        stack(
            axes,
            y,
            [(counts[declared], color, words[declared]) for declared, color in DECLARED.items()],
            lang,
        )
    row_labels(axes, [words[name] for name in FOUND_NAMES])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlim(left=0)
    axes.set_xlabel(words["x"])
