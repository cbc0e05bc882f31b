"""The fixed words of reports and slide decks, in English and Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis import RELEASED, __version__
from analysis.plotting.source_line import LICENCE
from analysis.plotting.style import CALCULATED, MUTED, REPORTED, SCENARIO
from analysis.words.catalogue import check_language


@dataclass(frozen=True)
class Phrases:
    """What a report or a deck says in one language; braces are filled in."""

    tag: str  # language tag
    title: str
    subject: str
    about: str
    how_title: str
    how: tuple[str, ...]
    colours_title: str
    colours: tuple[tuple[str, str], ...]  # colour, what it means
    grades_title: str
    grades: tuple[tuple[str, str], ...]
    copies: str
    figures_title: str
    figure: str  # name of the numbering
    caption: str  # between number and words
    before_number: str
    note: str
    cite: str
    evidence_head: tuple[str, str, str]
    quoted: str
    where: str
    same: str
    paragraph: str
    paragraphs: str
    span: str
    year: str
    whole_document: str
    sources_title: str
    documents_title: str
    statistics_title: str
    statistics_how: str
    document: str
    publication: str
    dated: str
    undated: str
    used_in: str
    used_in_many: str
    comma: str
    to: str
    colon: str
    semicolon: str
    stop: str
    alt: str
    addresses: str
    continued: str
    deck_statistics: str


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
GRADES_EN = (
    ("A", "independent statistics agree"),
    ("B", "administrative, internally consistent, denominator found"),
    ("C", "administrative, no denominator or period"),
    ("D", "single case, undated, or translation doubt"),
    ("X", "contradicted by another official figure: give both values, or neither"),
)
GRADES_ZH = (
    ("A", "独立统计一致"),
    ("B", "行政数据，自洽且有分母"),
    ("C", "行政数据，无分母或时期"),
    ("D", "个案、无日期或译文存疑"),
    ("X", "与其他官方数字矛盾：两个数字并列，或都不引用"),
)

EN = Phrases(
    tag="en-GB",
    title="Official figures on commerce and poverty in China",
    subject="Official claims on China's commerce-led poverty reduction, and what they can mean",
    about="{charts}, each with its note and sources. Version {version}, {date}. {licence}.",
    how_title="How to read these charts",
    how=(
        "Figures are shown as reported. What is worked out from them is arithmetic on reported figures; no document gives a comparison, so nothing here says what a policy brought about.",
        "A figure is a range. A dot is a value and a bar the range that its wording allows; an arrow is an open end. “More than” and “at least” leave the upper end open.",
        "“At least” is rounded down and “at most” up, so that the words stay true. Where both ends are open, the direction is unknown and no sentence can be made of it.",
        "A scenario range says what stated assumptions allow. It is not a confidence interval and says nothing of likelihood.",
        "Money is nominal unless the line under the headline names a price year. “Share” is said only where the part lies inside the whole.",
    ),
    colours_title="Colours",
    colours=(
        (REPORTED, "as reported"),
        (CALCULATED, "worked out here"),
        (SCENARIO, "rests on an assumption"),
        (MUTED, "for reference"),
    ),
    grades_title="Evidence grades",
    grades=GRADES_EN,
    copies="For a statistic, the grade says how good the copy is: A primary, B a named outlet, C the copy of an identifiable release.",
    figures_title="Figures",
    figure="Figure",
    caption=". ",
    before_number=" ",
    note="Note: ",
    cite="Cite as: ",
    evidence_head=("What the chart uses", "Source", "Grade"),
    quoted="“{words}”",
    where="{document}, {paragraphs}",
    same="the same",
    paragraph="paragraph {numbers}",
    paragraphs="paragraphs {numbers}",
    span=", {first} to {last}",
    year=", {first}",
    whole_document="all figures ({count}), {paragraphs}",
    sources_title="Sources",
    documents_title="Documents",
    statistics_title="Statistics",
    statistics_how="Publications of the statistics that the charts use; of each figure the best copy.",
    document="{title}. {speaker}. {publisher}. Said {said}; page dated {dated}. {paragraphs}. ",
    publication="{publisher}. {title}. ",
    dated="{date}. ",
    undated="",
    used_in=" Figure {numbers}.",
    used_in_many=" Figures {numbers}.",
    comma=", ",
    to="–",
    colon=": ",
    semicolon="; ",
    stop=".",
    alt="Picture: ",
    addresses="Addresses: ",
    continued="{title} (continued)",
    deck_statistics="Statistics: {names}. The notes of each slide give the addresses.",
)

ZH = Phrases(
    tag="zh-CN",
    title="中国商务扶贫官方数字图集",
    subject="中国商务扶贫的官方数字，以及它们能说明什么",
    about="共{charts}，各附注释与资料来源。版本{version}，{date}。{licence}。",
    how_title="如何读图",
    how=(
        "数字均按公布的表述列出；推算结果只是对所述数字的运算。各文件均未给出对照，因此图中内容不说明任何政策的效果。",
        "一个数字就是一个区间。圆点为数值，横条为其表述所允许的范围，箭头表示该端无界。“超过”和“至少”没有上限。",
        "“至少”向下取整，“至多”向上取整，使表述始终成立。两端均无界时方向不明，不能据此下结论。",
        "情景区间表示所列假设允许的范围，不是置信区间，也不表示可能性大小。",
        "除标题下一行注明价格年份外，金额均为当年价。只有部分包含在整体之内时，才称“占比”。",
    ),
    colours_title="颜色",
    colours=(
        (REPORTED, "按原文表述"),
        (CALCULATED, "本项目计算"),
        (SCENARIO, "依赖假设"),
        (MUTED, "参照"),
    ),
    grades_title="证据等级",
    grades=GRADES_ZH,
    copies="对统计序列，等级表示副本的可靠程度：A为原始来源，B为具名媒体，C为可辨认发布的转载。",
    figures_title="图目录",
    figure="图",
    caption="　",
    before_number="",
    note="注：",
    cite="引用格式：",
    evidence_head=("本图所用数字", "出处", "等级"),
    quoted="{said}（原文：“{words}”）",
    where="{document}，{paragraphs}",
    same="同上",
    paragraph="第{numbers}段",
    paragraphs="第{numbers}段",
    span="，{first}—{last}年",
    year="，{first}年",
    whole_document="全部官方数字（{count}个），{paragraphs}",
    sources_title="资料来源",
    documents_title="文件",
    statistics_title="统计序列",
    statistics_how="图中所用统计序列的出处；每个数字取最可靠的副本。出处标题为原文。",
    document="{short}。原题：{title}。发言者：{speaker}。发布者：{publisher}。发言日期：{said}；网页日期：{dated}。{paragraphs}。",
    publication="{publisher}：{title}",
    dated="，{date}。",
    undated="。",
    used_in="（图{numbers}）",
    used_in_many="（图{numbers}）",
    comma="、",
    to="—",
    colon="：",
    semicolon="；",
    stop="。",
    alt="图片说明：",
    addresses="网址：",
    continued="{title}（续）",
    deck_statistics="统计序列：{names}。各页备注列有网址。",
)


def phrases(lang: str) -> Phrases:
    """The words of one language; raises AnalysisError if it is none of the project's."""
    return {"en": EN, "zh": ZH}[check_language(lang)]


def about(lang: str, charts: int) -> str:
    """How many charts, version, date and licence.

    Examples
    --------
    >>> about("en", 1).split(",")[0]
    '1 chart'
    """
    counted = f"{charts} chart{'' if charts == 1 else 's'}" if lang == "en" else f"{charts}张图"
    return phrases(lang).about.format(
        charts=counted, version=__version__, date=day(lang, RELEASED), licence=LICENCE
    )


def day(lang: str, iso: str) -> str:
    """A date, a month or a year in words; what is no such date stays as it is.

    Examples
    --------
    >>> day("en", "2021-08-23"), day("zh", "2021-08"), day("en", "2016"), day("en", "undated")
    ('23 August 2021', '2021年8月', '2016', 'undated')
    """
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(0[1-9]|[12]\d|3[01]))?", iso)
    if not found:
        return iso
    year, month, number = (int(part) if part else 0 for part in found.groups())
    if lang == "zh":
        return f"{year}年" + (f"{month}月" if month else "") + (f"{number}日" if number else "")
    return " ".join(
        [*([str(number)] if number else []), *([MONTHS[month - 1]] if month else []), str(year)]
    )


def paragraphs(lang: str, numbers: tuple[int, ...]) -> str:
    """Numbers of paragraphs in words, three or more in a row as a range.

    Examples
    --------
    >>> paragraphs("en", (3,)), paragraphs("en", (3, 4, 8, 9, 10)), paragraphs("zh", (3, 4))
    ('paragraph 3', 'paragraphs 3, 4, 8–10', '第3、4段')
    """
    said, runs = phrases(lang), []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        part
        for run in runs
        for part in ([f"{run[0]}{said.to}{run[-1]}"] if len(run) > 2 else map(str, run))
    ]
    return (said.paragraph if len(numbers) == 1 else said.paragraphs).format(
        numbers=said.comma.join(parts)
    )


def span(lang: str, years: tuple[str, str]) -> str:
    """The years of a series behind its name."""
    said = phrases(lang)
    return (said.year if years[0] == years[1] else said.span).format(first=years[0], last=years[1])
