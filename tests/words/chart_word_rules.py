"""Whether the words of a chart keep the rules: nothing causal, every number from the data, no longer than they may be."""

from __future__ import annotations

import re

from chart_support import Support
from numbers_in_text import Said, numbers_said

from analysis.plotting.spec import ChartSpec, Text
from analysis.records.schema import BLANK
from analysis.words.catalogue import check_language

# Words that say that one thing made another happen, or that a result was achieved. No document here
# shows that.
CAUSAL = {
    "en": (
        "accelerat(?:e|es|ed|ing)",
        "achiev(?:e|es|ed|ing|ement|ements)",
        "as a result",
        "because",
        "benefit(?:s|ed|ing)? from",
        "boost(?:s|ed|ing)?",
        "bring(?:s|ing)? about",
        "brought about",
        "caus(?:e|es|ed|ing|al|ally|ation)",
        "consequences? of",
        "contribut(?:e|es|ed|ing|ion|ions) to",
        "creat(?:e|es|ed|ing|ion)",
        "driv(?:e|es|en|er|ers|ing)",
        "drove",
        "due to",
        "effects? (?:of|on)",
        "empower(?:s|ed|ing)?",
        "enabl(?:e|es|ed|ing)",
        "enhanc(?:e|es|ed|ing)",
        "foster(?:s|ed|ing)?",
        "fuel(?:s|led|ling)?",
        "generat(?:e|es|ed|ing|ion)",
        "help(?:s|ed|ing)?",
        "impact(?:s|ed|ing)? (?:of|on)",
        "impacted",
        "improv(?:e|es|ed|ing)",
        "lead(?:s|ing)? to",
        "led to",
        "leverag(?:e|es|ed|ing)",
        "lift(?:s|ed|ing)?",
        "ma(?:de|ke|kes|king) (?:it )?possible",
        "out of poverty",
        "owing to",
        "promot(?:e|es|ed|ing)",
        "prompt(?:s|ed|ing)?",
        "prov(?:e|es|ed|en|ing)",
        "rais(?:e|es|ed|ing)",
        "reduc(?:e|es|ed|ing|tion of) poverty",
        "result(?:s|ed|ing)? (?:in|from|of)",
        "spur(?:s|red|ring)?",
        "stimulat(?:e|es|ed|ing)",
        "success(?:es|ful|fully)?",
        "thanks to",
        "transform(?:s|ed|ing)?",
        "trigger(?:s|ed|ing)?",
        "unlock(?:s|ed|ing)?",
        "yield(?:s|ed|ing)?",
    ),
    "zh": (
        "带动",
        "带来",
        "拉动",
        "推动",
        "驱动",
        "促进",
        "促使",
        "促成",
        "促增收",
        "助力",
        "助推",
        "帮助",
        "帮扶",
        "赋能",
        "撬动",
        "激发",
        "激活",
        "刺激",
        "惠及",
        "造福",
        "导致",
        "造成",
        "引起",
        "引发",
        "引致",
        "催生",
        "使得",
        "致使",
        "得益",
        "受益于",
        "归功",
        "多亏",
        "由于",
        "因为",
        "的结果是",
        "创造了",
        "产生了",
        "实现了",
        "实现增收",
        "实现脱贫",
        "脱贫致富",
        "取得了",
        "改善了",
        "提升了",
        "提高了",
        "增进了",
        "消除了",
        "摆脱",
        "影响了",
        "证明",
        "成功",
        "功劳",
        "贡献",
    ),
}
TERMS = {
    "en": ("export promotion",),
    "zh": ("出口促进", "贸易促进"),
}  # names of a field, which say nothing of a result
QUOTED = re.compile(r'“[^“”]*”|"[^"]*"')  # what a document says, marked as such, may hold any word
LENGTHS = {  # shortest and longest in characters
    "en": {"headline": (20, 90), "subtitle": (30, 160), "alt": (80, 400)},
    "zh": {"headline": (8, 40), "subtitle": (10, 60), "alt": (80, 400)},
}
MOST_WORDS = 15  # of an English headline
PARTS = tuple(LENGTHS["en"])
PLACE = {
    "en": re.compile(r"China|Hunan|Gansu|Canton Fair|Japan|document"),
    "zh": re.compile("中国|全国|湖南|甘肃|广交会|在日|文件"),
}
TIME = {"en": re.compile(r"\b(?:19|20)\d\d\b|session"), "zh": re.compile(r"(?:19|20)\d\d|届")}
PRICES = {"en": re.compile("nominal|prices"), "zh": re.compile("名义|现价|价格|年价")}
PICTURE = {
    "en": re.compile(r"\b(?:chart|plot|map|matrix|timeline|tornado|table)\b", re.I),
    "zh": re.compile("图|时间线|表格"),
}
OPENING = {"en": 60, "zh": 20}  # characters of an alt text in which it says what picture it is


def causal(text: str, lang: str) -> list[str]:
    """Causal words and phrases of a text, outside quotation marks.

    Examples
    --------
    >>> causal("Sales rose thanks to e-commerce, which helped the poor", "en")
    ['thanks to', 'helped']
    >>> causal("电商“带动”就业771万人，帮助贫困户增收", "zh")
    ['帮助']
    """
    words = "|".join(CAUSAL[check_language(lang)])
    pattern = rf"\b(?:{words})\b" if lang == "en" else words
    bare = re.sub("|".join(TERMS[lang]), "", QUOTED.sub("", text), flags=re.I)
    return [match.group() for match in re.finditer(pattern, bare, re.I)]


def unsupported(text: str, known: Support, lang: str) -> list[Said]:
    """Numbers and dates of a text that do not follow from the data by rounding, counting or quoting."""
    return [said for said in numbers_said(text, lang) if not known.covers(said)]


def too_long(text: str, part: str, lang: str) -> str:
    """What is wrong with the length of a headline, a subtitle or an alt text; "" if nothing is."""
    low, high = LENGTHS[check_language(lang)][part]
    if lang == "en" and part == "headline" and len(text.split()) > MOST_WORDS:
        return f"has {len(text.split())} words, at most {MOST_WORDS} are allowed"
    return (
        ""
        if low <= len(text) <= high
        else f"has {len(text)} characters, {low} to {high} are allowed"
    )


def problems(text: Text, known: Support, lang: str) -> list[str]:
    """Every breach of the rules in the headline, the subtitle and the alt text, and every blank, one sentence each."""
    everything = {part: getattr(text, part) for part in (*PARTS, "note")} | {
        f"label {name}": words for name, words in text.labels.items()
    }
    found = [f"{part}: still holds {BLANK}" for part, words in everything.items() if BLANK in words]
    for part in PARTS:
        words = getattr(text, part)
        found += [f"{part}: {word!r} is causal" for word in causal(words, lang)]
        found += [
            f"{part}: {said.text!r} is not in the data" for said in unsupported(words, known, lang)
        ]
        found += [f"{part} {length}" for length in [too_long(words, part, lang)] if length]
    return found


def missing(spec: ChartSpec, lang: str) -> list[str]:
    """What the words of a chart should say and do not: number, place, time, price basis, kind of picture."""
    text = spec.text(lang)
    wanted = {
        "headline: has no number": re.search(r"\d", text.headline),
        "subtitle: names no place or documents": PLACE[check_language(lang)].search(text.subtitle),
        "subtitle: names no time": TIME[lang].search(text.subtitle),
        "subtitle: does not say in which prices": not spec.price_basis
        or PRICES[lang].search(text.subtitle),
        "alt: does not begin with the kind of picture": PICTURE[lang].search(
            text.alt[: OPENING[lang]]
        ),
    }
    return [said for said, is_there in wanted.items() if not is_there]
