"""What a chart's folder tells its user: what each file is for, what may be said of the chart and what may not."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.plotting.style import SIZES, VARIANTS
from analysis.publish.chart_basis import ClaimUsed, claims_used, grade_words
from analysis.publish.exhibit import Bundle
from analysis.records.errors import ExportError
from analysis.words.wording import stated

PIXELS = 100  # of a web page, for an inch of a picture
CONTRADICTED, DOUBTFUL = "X", "D"  # grades that a writer must not use like others
MOST_STATEMENTS = 12  # listed one by one; a chart of the whole register rests on more
WORDS = {
    "en": {
        "note": "Note: ",
        "data": "Data ({rows} rows)",
        "data_and_note": "Data and note ({rows} rows)",
        "table": "Data of the chart",
        "unit": "Values: {unit}.",
        "cite": "Cite as: ",
        "first": "The first {shown} of {rows} rows; all are in {file}.",
        "files": "What is in this folder",
        "file": "file",
        "use": "use it for",
        "alt": "Alt text",
        "may": "You may say",
        "may_not": "You may not say",
        "how_cite": "How to cite",
        "licence": "Licence: ",
        "sources": "Sources",
    },
    "zh": {
        "note": "注：",
        "data": "数据（{rows}行）",
        "data_and_note": "数据和注释（{rows}行）",
        "table": "图中数据",
        "unit": "数值单位：{unit}。",
        "cite": "引用格式：",
        "first": "此处为前{shown}行，共{rows}行；全部数据见{file}。",
        "files": "文件夹内容",
        "file": "文件",
        "use": "用途",
        "alt": "替代文本",
        "may": "可以这样说",
        "may_not": "使用限制",
        "how_cite": "引用格式",
        "licence": "许可协议：",
        "sources": "资料来源",
    },
}
_SIZES = {
    "column": ("one column of a two-column report", "双栏报告的一栏"),
    "page": ("the width of a report's page", "报告版心宽度"),
    "full": ("a whole page", "整页"),
    "web": ("web pages", "网页"),
    "card": ("previews in social media", "社交媒体分享图"),
    "slide": ("slides, 16:9", "16:9幻灯片"),
    "notebook": ("notebooks", "笔记本"),
}
_FORMATS = {
    "png": ("PNG, opens everywhere", "PNG，通用格式"),
    "svg": (
        "SVG, sharp at any size, for web pages and drawing programs",
        "SVG，任意缩放都清晰，适合网页和绘图软件",
    ),
    "pdf": ("PDF, for print and typesetting", "PDF，适合印刷和排版"),
}
_FILES = {
    "csv": (
        "the data plotted, for scripts and statistical software (UTF-8; for Excel take the workbook)",
        "图中数据，供程序和统计软件使用（UTF-8编码；用Excel请打开.xlsx文件）",
    ),
    "xlsx": (
        "the data with columns explained, notes and sources, for Excel",
        "数据及各列说明、注释和来源，供Excel使用",
    ),
    "json": (
        "metadata for catalogues and scripts: words, columns, claims, sources, checksums",
        "元数据，供目录系统和程序使用：文字、各列、官方数字、来源、校验值",
    ),
    "html": (
        "a figure to paste into a web page, with its data as a table",
        "可粘贴到网页的图，附数据表",
    ),
    "md": (
        "the chart with its words and table, for Markdown editors",
        "图及其文字和数据表，供Markdown编辑器使用",
    ),
    "alt.txt": ("the alt text alone, for a field that asks for it", "替代文本，用于填写图片说明"),
    "citation.txt": (
        "citations as text, of the chart and its documents",
        "图和来源文件的引用格式（文本）",
    ),
    "bib": ("citations for LaTeX and BibTeX", "引用格式，供LaTeX和BibTeX使用"),
    "csl.json": (
        "citations for Zotero, Word and pandoc (CSL-JSON)",
        "引用格式，供Zotero、Word和pandoc使用（CSL-JSON）",
    ),
}
_VARIANT = ("{size}; {format}", "{size}；{format}")
_PLAIN = (
    "{use}; marks only: put headline, note and source beside it",
    "{use}；图内无文字，标题、注和来源须另行排在图旁",
)
_LANGUAGE = {"en": ("English: {use}", "英文：{use}"), "zh": ("Chinese: {use}", "中文：{use}")}
_SAY = {
    "en": {
        "headline": "The headline as it stands, with its subtitle, note and source line beside it.",
        "stated": "That it was stated: “{quoted}” ({said}; {speaker}, {date}; grade {grade}, {why}).",
        "register": "What each of the {count} figures of the register says, with its grade; the workbook and the JSON file list them.",
        "cause": "That a policy brought the figures about: no document compares them with what would have been otherwise.",
        "calculated": "The values as official figures: they are our calculation from the figures under Sources.",
        "published": "The values as measured or confirmed here: they are shown as published.",
        "bound": "An official figure without the words it was stated with, such as “more than” or “about”.",
        "X": "A figure of grade X alone ({names}): another official figure contradicts it. Give both, or neither.",
        "D": "A figure of grade D as if it were firm ({names}): single case, undated, or translation doubt.",
        "nominal": "A change over the years as a change in real terms, where amounts are nominal.",
    },
    "zh": {
        "headline": "照原样使用标题，并在旁边列出副标题、注和资料来源。",
        "stated": "官方曾作此表述：{said}（原文：“{quoted}”；{document}；证据等级{grade}，{why}）。",
        "register": "登记的{count}个官方数字各自的表述及其证据等级，见.xlsx和.json文件。",
        "cause": "不可说某项政策带来了这些数字：各文件都没有与“若无此政策”的情形比较。",
        "calculated": "不可把图中数值称为官方数字：它们是本项目根据所列来源计算的。",
        "published": "不可说图中数值经本项目测量或证实：它们按公布的表述列出。",
        "bound": "不可略去“超过”“约”等原有限定词。",
        "X": "不可单独使用证据等级为X的数字（{names}）：另一官方数字与之矛盾。两者并列，或都不引用。",
        "D": "不可把证据等级为D的数字（{names}）当作确数：个案、无日期或译文存疑。",
        "nominal": "金额为名义值时，不可把历年变动称为实际变动。",
    },
}


def picture_name(chart_id: str, name: str) -> tuple[str, str, bool, str]:
    """Language, size, whether it is plain, and format of a picture by the name of its file.

    Raises
    ------
    ExportError
        If the name is none of a picture of this chart.

    Examples
    --------
    >>> picture_name("a-b", "a-b.zh.web.plain.svg")
    ('zh', 'web', True, 'svg')
    """
    match name.removeprefix(f"{chart_id}.").split("."):
        case [lang, size, form] if lang in _LANGUAGE and size in SIZES and form in _FORMATS:
            return lang, size, False, form
        case [lang, size, variant, form] if (
            lang in _LANGUAGE and size in SIZES and variant == VARIANTS[1] and form in _FORMATS
        ):
            return lang, size, True, form
    raise ExportError(
        f"{name!r} is no picture of {chart_id}; such names are {chart_id}.LANGUAGE.SIZE.FORMAT, with .{VARIANTS[1]} before .FORMAT where the words are left out"
    )


def use(chart_id: str, name: str, lang: str) -> str:
    """What a file of a chart's folder is for, in a language; its own name where nobody said."""
    zh = lang == "zh"
    rest = name.removeprefix(f"{chart_id}.")
    if rest in _FILES:
        return _FILES[rest][zh]
    language, _, kind = rest.partition(".")
    if language in _LANGUAGE and kind in _FILES:
        return _LANGUAGE[language][zh].format(use=_FILES[kind][zh])
    try:
        language, size, plain, form = picture_name(chart_id, name)
    except ExportError:
        return name
    said = _VARIANT[zh].format(size=_SIZES[size][zh], format=_FORMATS[form][zh])
    return _LANGUAGE[language][zh].format(use=_PLAIN[zh].format(use=said) if plain else said)


def may_say(bundle: Bundle, lang: str) -> Iterator[str]:
    """What a writer may say of a chart: its headline, and what was stated; never a contradicted figure alone."""
    words, claims = (
        _SAY[lang],
        [one for one in claims_used(bundle) if one.claim.grade != CONTRADICTED],
    )
    yield words["headline"]
    if len(claims) > MOST_STATEMENTS:
        yield words["register"].format(count=len(claims_used(bundle)))
        return
    for one in claims:
        claim, source = one.claim, one.source
        known = {
            "quoted": claim.as_stated,
            "said": stated(claim, lang),
            "speaker": source.speaker,
            "date": source.event_date,
            "document": source.short_zh,
        }
        yield words["stated"].format(**known, grade=claim.grade, why=grade_words(claim.grade, lang))


def may_not_say(bundle: Bundle, lang: str) -> Iterator[str]:
    """What a writer may not say of a chart; each line follows from what the chart rests on."""
    words, spec, claims = _SAY[lang], bundle.charts[lang].spec, claims_used(bundle)
    yield words["cause"]
    yield words["published" if spec.published else "calculated"]
    if any(one.claim.bound != "exact" for one in claims):
        yield words["bound"]
    for grade in (CONTRADICTED, DOUBTFUL):
        if names := _graded(claims, grade):
            yield words[grade].format(names=("、" if lang == "zh" else ", ").join(names))
    if "nominal" in spec.price_basis:
        yield words["nominal"]


def _graded(claims: tuple[ClaimUsed, ...], grade: str) -> list[str]:
    return [one.claim.claim_id for one in claims if one.claim.grade == grade]
