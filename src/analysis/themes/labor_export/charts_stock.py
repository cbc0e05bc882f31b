"""Chart on the stock of workers abroad against flows and lengths of stay."""

from __future__ import annotations

from matplotlib.axes import Axes

from analysis.plotting.canvas import narrow
from analysis.plotting.marks import curve_axes, label
from analysis.plotting.registry import chart
from analysis.plotting.spec import ChartSpec, Text
from analysis.plotting.style import CALCULATED, DASHED, REPORTED, SCENARIO, Looks
from analysis.records.load import Records
from analysis.themes.labor_export import stock as labor_stock
from analysis.words.wording import number, percent, plain, rounded

STAYS = (1.5, 2.5)
DATES = {  # in the table of the data; the last but one has no tick, which would touch the last
    "2018-12": ("Dec 2018", "2018年末"),
    "2019-12": ("Dec 2019", "2019年末"),
    "2020-07": ("Jul 2020", "2020年7月"),
    "2020-10": ("Oct 2020", "2020年10月"),
}


@chart("labor-stock-model", series=(labor_stock.DISPATCHED, labor_stock.ABROAD))
def stock_model(records: Records) -> ChartSpec:
    """Workers abroad as published, and as flows and assumed lengths of stay give them."""
    fitted = labor_stock.mean_stay(records, "2019").value
    data = labor_stock.modelled_stock(records, (*STAYS, fitted)).drop(columns="ratio")
    found = {one.value_id.removeprefix("labor."): one for one in labor_stock.findings(records)}
    named = {
        "expected": found["stock-expected-october-2020"].value,
        "missing": found["missing-october-2020"].value,
        "returned": found["returned-2019"].value,
        "returned 2020": found["returned-2020-to-october"].value,
    }
    en, zh = (
        {name: number(rounded(value), lang) for name, value in named.items()}
        for lang in ("en", "zh")
    )
    published = data.loc[data["month"] == labor_stock.LAST, "published"].iloc[0]
    last = {lang: number(published, lang) for lang in ("en", "zh")}
    lost = 1 - found["stock-october-2020-over-2019"].value
    fall = percent(rounded(lost))
    stay = f"{fitted:.2f}"
    return ChartSpec(
        data=data,
        values=("modelled", "published"),
        unit="person",
        draw=_draw_stock,
        said={"missing in October 2020": named["missing"], "fall of the stock": lost},
        en=Text(
            headline=f"October 2020: some {en['missing']} fewer workers abroad than {stay}-year stays would imply",
            subtitle="Workers abroad at a month's end, China, 2018 to 2020: published, and from published flows by assumed stay",
            note=f"Everybody is taken to stay equally long and to be sent evenly within a year: a description, no contracts. Band: stays of {plain(STAYS[0])} to {plain(STAYS[-1])} years. Came back: {en['returned']} in 2019, {en['returned 2020']} in ten months of 2020.",
            alt=f"Line chart from the end of 2018 to October 2020: the published stock of workers abroad fell by {fall} to {last['en']}. Flows and a stay of {stay} years, the mean at the end of 2019, would give {en['expected']}. A band shows stays of {plain(STAYS[0])} to {plain(STAYS[-1])} years.",
        ),
        zh=Text(
            headline=f"2020年10月在外劳务人员比按停留{stay}年推算的少约{zh['missing']}人",
            subtitle="各月末在外劳务人员，全国，人，2018年末至2020年10月：公布值，以及由派出人数按假定停留年数推算的值",
            note=f"假定每人停留同样长的时间，年内均匀派出：只作描述，并非合同期限。色带：停留{plain(STAYS[0])}年至{plain(STAYS[-1])}年。回国人数：2019年{zh['returned']}，2020年前10个月{zh['returned 2020']}。",
            alt=f"折线图，自2018年末至2020年10月末：公布的在外劳务人员减少{fall}，降至{last['zh']}人。按公布的派出人数和2019年末的平均停留{stay}年推算，应为{zh['expected']}人。色带表示停留{plain(STAYS[0])}年至{plain(STAYS[-1])}年的结果。这只是根据公布的派出人数和在外人数作出的描述，并非合同期限。",
        ),
        labels={
            "published": (f"published: {last['en']}", f"公布值：{last['zh']}"),
            "fitted": (
                f"stay of {stay} years:\n{en['expected']}",
                f"停留{stay}年：\n{zh['expected']}",
            ),
            "gap": (f"{en['missing']} fewer", f"少{zh['missing']}"),
            "y": ("workers abroad", "在外人数"),
        }
        | {str(years): (f"{plain(years)} years", f"{plain(years)}年") for years in STAYS}
        | DATES,
    )


def _draw_stock(axes: Axes, spec: ChartSpec, lang: str) -> None:
    words, data = spec.text(lang).labels, spec.data
    by = {length: rows["modelled"].to_numpy() for length, rows in data.groupby("length")}
    x = sorted(set(data["month"].map(_year)))
    axes.fill_between(x, by[STAYS[0]], by[STAYS[-1]], color=SCENARIO, alpha=0.13, linewidth=0)
    for years, offset in zip(STAYS, ((4, -5), (4, 5)), strict=True):
        axes.plot(x, by[years], color=SCENARIO, linewidth=0.8)
        label(axes, x[0], by[years][0], words[str(years)], color=SCENARIO, offset=offset)
    fitted = by[next(length for length in by if length not in STAYS)]
    published = data[data["length"] == STAYS[0]]["published"].to_numpy()
    axes.plot(x, fitted, color=SCENARIO, linestyle=DASHED)
    axes.plot(x, published, "-o", color=REPORTED, markersize=5.5)
    axes.plot([x[-1], x[-1]], [published[-1], fitted[-1]], color=CALCULATED, linewidth=2.4)
    middle = (published[-1] + fitted[-1]) / 2
    size = "label" if narrow(axes) else "value"
    look: Looks = {"va": "center", "weight": "bold", "size": size}
    label(axes, x[-1], middle, words["gap"], offset=(7, 0), **look)
    label(axes, x[-1], fitted[-1], words["fitted"], color=SCENARIO, offset=(7, 5), va="center")
    end = (x[-1], published[-1])
    label(axes, *end, words["published"], color=REPORTED, offset=(7, -5), va="center")
    ticks = ("2018-12", "2019-12", "2020-10")
    axes.set_xticks([_year(month) for month in ticks], [words[month] for month in ticks])
    axes.set(xlim=(x[0] - 0.06, x[-1] + 0.06), ylim=(400e3, 1.35e6))
    curve_axes(axes, words, lang)


def _year(month: str) -> float:
    return int(month[:4]) + int(month[5:]) / 12
