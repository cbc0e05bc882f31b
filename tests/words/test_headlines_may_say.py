"""What a notebook says nobody may say, or only under a condition, stands in the words of no chart."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.provenance.may_say import VERDICTS
from analysis.provenance.places import OUTPUT, named
from analysis.records.load import Records
from analysis.records.paths import notebook_paths
from analysis.themes import one_finding, theme_of
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import say

Row = tuple[str, str, str]
CONDITION = re.compile(r"^(?:only )?with (?P<said>.+)")
IN_CHINESE = {
    "no standard error seen": "未见标准误",
    "up to four themes each": "每项至多四个主题",
    "rural consumer prices": "农村居民消费价格",
}
SPOKEN = ("headline", "subtitle", "alt")
BESIDE = {  # what may not be said alone -> words of the subtitle or note beside it
    "labor.raw-gap-12": ("no gain", "不是增收"),
    "labor.gap-after-fee-ceiling-12": ("come on top", "另计"),
    "ecommerce.jobs-per-shop": ("is not excluded", "不能排除"),
    "ecommerce.poor-counties-relative-to-rural-2018-press": ("Three values", "三个数值"),
    "hunan.fund-per-county-rise-document": (
        "The ministry named the amount",
        "商务部2015年7月自行公布",
    ),
    "hunan.funds-per-county": ("is inferred", "推断"),
    "hunan.office-funds-per-station": (
        "Stores opened",
        "开设数",
    ),  # the number of stores is like it
    "local.longnan-gain-relative-to-income": ("without comparison", "没有对照"),
}


def text_of(node: ast.expr) -> str:
    """The text of a literal; of one with values in it what is written."""
    if isinstance(node, ast.JoinedStr):
        parts = (one.value for one in node.values if isinstance(one, ast.Constant))
        return "".join(map(str, parts))
    return str(ast.literal_eval(node))


def rows(path: Path, lang: str = "en") -> Iterator[Row]:
    """Sentence, verdict and reason of every row of a notebook in one language."""
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or "may_say(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "may_say":
                given = [*node.args[1:], *(one.value for one in node.keywords)]
                if [ast.literal_eval(one) for one in given] == ([] if lang == "en" else [lang]):
                    for row in node.args[0].elts:
                        sentence, verdict, why = map(text_of, row.elts)
                        yield sentence, verdict, why


ROWS = [row for path in notebook_paths() for row in rows(path)]


def findings_in(sentence: str, records: Records) -> set[str]:
    """Findings whose value a sentence says; a claim is what was stated, and a scenario's output is no finding."""
    claims = set(records.claims["claim_id"])
    silent = set(re.findall(r"\{([^{}|]+)\|grade\}", sentence))
    return {one for one in named(sentence) if one not in claims | silent and OUTPUT not in one}


def judged(records: Records) -> dict[str, set[str]]:
    """Findings by verdict; "" for those that may be said under a condition."""
    found = defaultdict(set)
    for sentence, verdict, why in ROWS:
        kind = "" if verdict == "may" and CONDITION.match(why) else verdict
        found[kind] |= findings_in(sentence, records)
    return found


@pytest.fixture(scope="module")
def forbidden(records) -> dict[str, set[str]]:
    """Findings that no sentence may say alone, each with those that the reason sets against it."""
    by = judged(records)
    allowed = by["may"] | by[""] | by["only with both"]
    return {
        name: findings_in(why, records)
        for sentence, verdict, why in ROWS
        if verdict == "may not"
        for name in findings_in(sentence, records) - allowed
    }


@pytest.fixture(scope="module")
def conditional(records) -> dict[str, str]:
    """Findings that may be said under a condition only, with the condition."""
    by = judged(records)
    return {
        name: CONDITION.match(why)["said"]
        for sentence, verdict, why in ROWS
        if verdict == "may" and CONDITION.match(why)
        for name in findings_in(sentence, records) - by["may"]
        if not findings_in(sentence, records) & by["may"]
    }


def said(records: Records, names: set[str], chart_id: str, text: str, lang: str) -> list[str]:
    """Which findings of the chart's theme have their value in a text, as findings are worded."""
    found = []
    for name in sorted(names):
        if theme_of(name) == theme_of(chart_id):
            finding = one_finding(records, name)
            if finding.counted:
                there = counted_in(text, *finding.counted, lang)
            else:
                value = say(finding, lang, value_only=True)
                number = re.search(r"[\d,.]*\d\S*", value)[0]
                there = len(re.sub(r"\D", "", number)) > 1 and re.search(
                    rf"(?<![\d.,]){re.escape(number)}(?![\d])", text
                )
            if there:
                found.append(name)
    return found


def counted_in(text: str, part: int, whole: int, lang: str) -> bool:
    """Whether a text says so many of so many; either number alone may count something else."""
    if lang == "zh":
        form = rf"(?<!\d){whole}[^\d，。；]*中，?[^\d，。；]*{part}(?!\d)"
    else:
        form = rf"(?<![\d.,]){part} (?:[a-z ]+ )?of (?:the |all )?{whole}(?!\d)"
    return re.search(form, text) is not None


def beside(records: Records, name: str, text: str, lang: str) -> bool:
    """Whether a text has the number of a finding, with more or fewer digits; of one that is open at one end, its bound."""
    finding = one_finding(records, name)
    value = say(finding, lang, value_only=True)
    (wanted, *_), there = (
        [float(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", words)]
        for words in (value, text)
    )
    if finding.open_ended in ("low", "high"):
        wanted *= (finding.high if finding.open_ended == "low" else finding.low) / finding.value
    return any(abs(one - wanted) <= wanted / 100 for one in there)


def kept(condition: str, words: str, lang: str) -> bool:
    """Whether a text holds the words in quotation marks of a condition, in any order."""
    (quoted,) = re.findall(r"'([^']+)'", condition) or [condition]
    if lang == "zh":
        return IN_CHINESE.get(quoted, quoted) in words
    return all(one in words.lower() for one in re.findall(r"\b(?:[a-z]{4,}|no)\b", quoted.lower()))


def test_a_condition_is_kept_by_its_words():
    assert kept("with 'no error seen'; a copy", "3 % higher; no error seen", "en")
    assert not kept("with 'no error seen'", "3 % higher; error seen", "en")
    assert not kept("only with 'our reading'", "3 % higher", "en")
    assert kept("with 'no standard error seen'", "高3%，未见标准误", "zh")
    assert not kept("with 'no standard error seen'", "高3%", "zh")


def test_a_count_is_found_by_both_its_numbers():
    assert counted_in("12 of 37 named measures", 12, 37, "en")
    assert counted_in("12 named measures of the 37", 12, 37, "en")
    assert not counted_in("14 of 37 named measures date from 2015, 12 from 2020", 12, 37, "en")
    assert not counted_in("112 of 37", 12, 37, "en")
    assert counted_in("37项列明的措施（每项至多四个主题）中，12项涉及平台", 12, 37, "zh")
    assert counted_in("37项中的12项", 12, 37, "zh")
    assert not counted_in("37项列明的措施中，14项出自2015年，12项出自2020年", 12, 37, "zh")


def test_beside_an_open_end_stands_its_bound(records):
    upper = "ecommerce.jobs-per-shop-2020"  # at most 36.5 million over more than 15.2 million
    assert beside(records, upper, "at most 2.41 in 2020", "en")
    assert not beside(records, upper, "2.37 in 2020", "en")


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
def test_the_chinese_table_judges_the_same_figures_alike(path):
    english, chinese = (
        [
            (verdict, sorted(set(named(sentence + why))))
            for sentence, verdict, why in rows(path, lang)
        ]
        for lang in LANGUAGES
    )
    assert chinese in (english, [])  # where one stands is held by tests/test_notebooks.py


def test_rows_of_every_verdict_are_found():
    assert len(ROWS) > 60
    assert {verdict for _, verdict, _ in ROWS} == set(VERDICTS)


@pytest.mark.parametrize("chart_id", definitions())
def test_no_words_say_what_nobody_may_say(chart_id, records, forbidden):
    spec = definitions()[chart_id].make(records)
    for lang in LANGUAGES:
        for part in SPOKEN:
            words = getattr(spec.text(lang), part)
            for name in said(records, set(forbidden), chart_id, words, lang):
                against = forbidden[name]
                assert against, f"{chart_id}, {lang}, {part}: {name} may not be said: {words}"
                for other in against:
                    assert beside(records, other, words, lang), (lang, part, name, other, words)


@pytest.mark.parametrize("chart_id", definitions())
def test_labels_and_notes_say_it_only_beside_what_keeps_it_from_being_misread(
    chart_id, records, forbidden
):
    """A label is a value in a picture; the notes of a slide are the words of its chart."""
    spec = definitions()[chart_id].make(records)
    for place, lang in enumerate(LANGUAGES):
        text = spec.text(lang)
        for words in (text.note, *text.labels.values()):
            for name in said(records, set(forbidden), chart_id, words, lang):
                assert name in BESIDE, f"{chart_id}, {lang}: {name} may not be said: {words}"
                assert BESIDE[name][place] in text.subtitle + text.note, (lang, name)


@pytest.mark.parametrize("chart_id", definitions())
def test_no_headline_says_without_its_condition_what_has_one(chart_id, records, conditional):
    spec = definitions()[chart_id].make(records)
    for lang in LANGUAGES:
        words = spec.text(lang).headline
        for name in said(records, set(conditional), chart_id, words, lang):
            assert kept(conditional[name], words, lang), (lang, name, conditional[name], words)
