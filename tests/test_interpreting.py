"""The guide for writers: every figure is filled in from the data, every verdict is held against them, both languages say the same."""

import dataclasses
import re
from collections import Counter
from dataclasses import dataclass

import pytest
from chart_word_rules import causal
from numbers_in_text import DATE, Said, numbers_said

from analysis.bounds.claims import interval_table
from analysis.bounds.finding import GRADES
from analysis.methods.scenarios.draw import SHARES
from analysis.plotting import style
from analysis.provenance.citation import LICENCE
from analysis.provenance.may_say import CONTRADICTED, WITH_BOTH, may_say
from analysis.provenance.places import filled, named
from analysis.publish.order import SIZE_NAMES
from analysis.publish.site.markdown import headings, markdown
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.paths import PROJECT
from analysis.themes import one_finding
from analysis.themes.claims_audit.findings import contested
from analysis.words.catalogue import LANGUAGES, words

TEXTS = {lang: (PROJECT / f"docs/interpreting.{lang}.md").read_text("utf-8") for lang in LANGUAGES}
PLACE = re.compile(r"\{[^{}]*\}")
LABELS = {  # what stands before a sentence, and the verdict that it claims
    "en": {
        "You may write": "may",
        "Only with both values": WITH_BOTH,
        "You may not write": "may not",
        "Why": "why",
    },
    "zh": {"可以写": "may", "须两者并列": WITH_BOTH, "不可写": "may not", "理由": "why"},
}
CAUSE, BOUND, SHARE, CONTESTED, DIRECTION = range(5)  # the pairs, in the order of the text
SIZE_WORDS = {
    "en": ("in size", "share"),
    "zh": ("规模相当于", "占比"),
}  # of a pair that may be compared in size only
WAN_EXAMPLE = "scio-2021.border-people"
FUNDS = "rural-ecommerce-opinions-2015.special-funds"  # the claim of the contested pair
PPP, POOR = "wb-pip-ppp2017", "cn-rpov-n-2010std"
FIGURES = 30  # at least so many figures are filled in

both = pytest.mark.parametrize("lang", LANGUAGES)


@dataclass(frozen=True)
class Pair:
    """A sentence that may be written, one that may not, and why."""

    verdict: str
    good: str
    bad: str
    why: str


def rows(lang: str) -> list[list[str]]:
    """Cells of every row of every table."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXTS[lang].splitlines()
        if line.startswith("|")
    ]


def row_of(lang: str, first: str) -> list[str]:
    """The one row that begins with a word."""
    (found,) = [row for row in rows(lang) if row[0] == first]
    return found


def pairs(lang: str) -> list[Pair]:
    """The pairs of sentences, in order."""
    said = [
        (LABELS[lang][label], said.strip())
        for label, said in re.findall(r"^- \*\*([^*：:]+)[：:]\*\* (.+)$", TEXTS[lang], re.M)
    ]
    assert len(said) % 3 == 0
    threes = [said[place : place + 3] for place in range(0, len(said), 3)]
    assert all([verdict for verdict, _ in three[1:]] == ["may not", "why"] for three in threes)
    return [Pair(first[0], first[1], bad, why) for first, (_, bad), (_, why) in threes]


def contradicted(records: Records, claim_id: str) -> Records:
    """The records, had the audit graded one claim X."""
    chosen = records.claims["claim_id"] == claim_id
    grades = records.claims["grade"].mask(chosen, CONTRADICTED)
    return dataclasses.replace(records, claims=records.claims.assign(grade=grades))


def typed(lang: str) -> list[Said]:
    """Numbers and dates that stand in the text itself: not in an identifier, a code, the number of a list or the row of a size."""
    rest = "\n".join(
        line
        for line in TEXTS[lang].splitlines()
        if line.strip("| ").split(" ")[0] not in SIZE_NAMES
    )
    return numbers_said(
        re.sub(r"^\d+\. ", "", PLACE.sub(" ", re.sub(r"`[^`]*`", " ", rest)), flags=re.M), lang
    )


@both
def test_every_figure_is_filled_in(records, lang):
    text = filled(records, TEXTS[lang], lang)
    assert len(PLACE.findall(TEXTS[lang])) >= FIGURES
    assert not set("{}") & set(text)
    assert all(line.count("$") < 2 for line in text.splitlines()), (
        "what stands between two dollars is read as a formula"
    )


def test_both_languages_have_the_same_parts_and_the_same_figures():
    levels, lines = (
        [re.findall(pattern, TEXTS[lang], re.M) for lang in LANGUAGES]
        for pattern in (r"^(#+) ", r"^\||^- |^\d\. |^\*\*|^$")
    )
    figures = [Counter(PLACE.findall(TEXTS[lang])) for lang in LANGUAGES]
    assert levels[0] == levels[1]
    assert lines[0] == lines[1]
    assert figures[0] == figures[1]
    assert len(headings(TEXTS["en"])) == len(headings(TEXTS["zh"])) == levels[0].count("##")


@both
def test_no_result_is_typed(records, lang):
    stated = records.claim(WAN_EXAMPLE).value_low
    rule, points, licence = (
        (stated, stated / 1e4, 1e4, 1e5),
        (SHARES[0], SHARES[-1]),
        (float(LICENCE.split()[-1]),),
    )
    allowed = {*rule, *points, *(100 * point for point in points), *licence}
    few = [
        one for one in typed(lang) if one.kind in ("word", "fraction") and one.value <= 10
    ]  # two documents, half a unit
    assert [
        one.text
        for one in typed(lang)
        if one.kind != DATE and one not in few and one.value not in allowed
    ] == []


@both
def test_every_date_is_one_of_the_records(records, lang):
    dates = " ".join(
        [*records.sources["event_date"], *records.sources["page_date"], *named(TEXTS[lang]), PPP]
    )
    assert [one.text for one in typed(lang) if one.kind == DATE and one.date not in dates] == []
    reposts = records.sources[records.sources["page_date"].str.startswith("2024")]
    assert len(reposts) == 2
    assert reposts["event_date"].str.startswith("2015").all()


def test_the_example_of_the_rule_of_wan_is_read_by_that_rule(records):
    row = interval_table(records, [WAN_EXAMPLE]).iloc[0]
    assert (row["rule"], row["rounding_unit"], records.claim(WAN_EXAMPLE).value_low) == (
        "as printed",
        10_000,
        500_000,
    )
    assert "500,000 is 50 wan" in TEXTS["en"]
    assert "50万，末位是一万" in TEXTS["zh"]


@both
def test_each_sentence_that_may_be_written_gets_its_verdict(records, lang):
    assert [pair.verdict for pair in pairs(lang)] == ["may", "may", "may", WITH_BOTH, "may"]
    for pair in pairs(lang):
        table = may_say(
            records, [(pair.good, pair.verdict, pair.why), (pair.bad, "may not", pair.why)]
        )
        assert table["verdict"].tolist() == [pair.verdict, "may not"]
        assert causal(filled(records, pair.good, lang), lang) == []


@both
def test_each_sentence_that_may_not_be_written_breaks_the_rule_that_its_pair_is_about(
    records, lang
):
    found = pairs(lang)
    for number in (CAUSE, BOUND):
        assert causal(filled(records, found[number].bad, lang), lang)
    assert "|value}" in found[BOUND].bad
    assert "|value}" not in found[BOUND].good
    in_size, share = SIZE_WORDS[lang]
    assert in_size in found[SHARE].good
    assert share in found[SHARE].bad.lower()
    assert share not in found[SHARE].good
    pair = records.denominators[
        (records.denominators["claim_id"] == "scio-2021.ecommerce-income")
        & (records.denominators["series_id"] == POOR)
    ]
    assert pair["verdict"].tolist() == ["size only"]
    assert set(named(found[CONTESTED].bad)) < set(named(found[CONTESTED].good))  # one value of two
    with pytest.raises(AnalysisError, match="has no direction"):
        may_say(records, [(found[DIRECTION].bad, "may", "")])


@both
def test_the_contested_figure_stands_beside_the_other_one(records, lang):
    good = pairs(lang)[CONTESTED].good
    one, other = (set(one_finding(records, name).inputs) for name in named(good))
    assert one & set(contested(records)) == {FUNDS}
    assert FUNDS not in other
    # C as coded: both can be true, so that the audit leaves the grade
    assert may_say(records, [(good, WITH_BOTH, "")])["grade"].tolist() == ["C"]


@both
def test_were_the_figure_contradicted_neither_sentence_could_be_said_alone(records, lang):
    pair, struck = pairs(lang)[CONTESTED], contradicted(records, FUNDS)
    for sentence in (pair.good, pair.bad):
        with pytest.raises(AnalysisError, match="contradicted by another official figure"):
            may_say(struck, [(sentence, "may", "")])
    assert may_say(struck, [(pair.good, WITH_BOTH, "")])["grade"].tolist() == [CONTRADICTED]


@both
def test_every_grade_is_explained(lang):
    meanings = words("publish.grade", lang)
    assert set(meanings) == set(GRADES)
    for grade in GRADES:
        _, means, write = row_of(lang, grade)
        assert means
        assert write
    assert [row[0] for row in rows(lang) if row[0] in set(GRADES)] == list(GRADES)
    assert {"en": "both values, or neither", "zh": "两个数字并列，或都不引用"}[lang] in row_of(
        lang, CONTRADICTED
    )[2]


@both
@pytest.mark.parametrize("name", SIZE_NAMES)
def test_every_size_has_its_measures(lang, name):
    size = style.SIZES[name]
    measures = row_of(lang, name)[2]
    if "px" in measures or "像素" in measures:
        assert measures.startswith("{} × {}".format(*size.pixels))
    else:
        assert measures.startswith(f"{size.width:g} × {size.height:g}")
        assert f"{size.dpi} dpi" in measures


@both
def test_every_variant_format_and_colour_is_explained(lang):
    assert all(f"*{variant}*" in TEXTS[lang] for variant in style.VARIANTS)
    assert all(name.upper() in TEXTS[lang] for name in style.PICTURES)
    codes = [row[1].strip("`") for row in rows(lang) if row[1].startswith("`#")]
    assert codes == [
        style.REPORTED,
        style.REPORTED_LIGHT,
        style.CALCULATED,
        style.SCENARIO,
        style.MUTED,
    ]


@both
def test_the_site_shows_the_marks_as_marks(records, lang):
    shown = markdown(filled(records, TEXTS[lang], lang))
    assert "**" not in shown
    assert shown.count("<table>") == 4
    assert shown.count("<h3") == len(pairs(lang))
