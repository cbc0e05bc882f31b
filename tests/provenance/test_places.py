"""What stands in the place of an identifier: forms, languages, and nothing said twice."""

from __future__ import annotations

import pytest

import analysis
from analysis.provenance.places import filled
from analysis.provenance.way_back import MOST, way_back
from analysis.records.errors import AnalysisError, UnknownIdError

PEOPLE, DEALS = "scio-2021.labor-people", "scio-2021.canton-deals"
SESSION, YUAN = "canton-fair.deals-per-session", "canton-fair.deals-per-yuan-waived"


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        (f"{{{PEOPLE}}}", "en", "about 146,000 people"),
        (f"about {{{PEOPLE}|value}}", "en", "about 146,000 people"),
        (f"{{{DEALS}}}，即{{{DEALS}|value}}", "zh", "超过17亿美元，即17亿美元"),
        # 1.7 billion over 7 sessions is 242.86 million: rounded down where it is a lower bound
        (f"{{{SESSION}}}", "en", "at least US$242 million per session"),
        (f"Each session had {{{SESSION}|each}}", "en", "Each session had at least US$242 million"),
        ("{canton-fair.share-of-exhibitors-to-125|short}", "en", "about 2.78%"),
        (
            "{ecommerce.distinct-people-fewest|number} to {scio-2021.housekeeping-jobs|number}",
            "en",
            "7.71 million to 850,000",
        ),
        ("至少占{canton-fair.share-of-turnover-to-125|bound}", "zh", "至少占0.79%"),
        ("at most {canton-fair.break-even-share|bound}", "en", "at most 0.813%"),
        (
            "{canton-poverty-fee-exempted-cum@2017-10/2019-05}",  # printed as "over 670 million"
            "en",
            "more than 670 million yuan",
        ),
        ("{canton-fair.fees-per-session|short,each}", "zh", "约1240万元"),
        (f"{{{SESSION}|value,each}} a session", "en", "US$243 million a session"),
        (f"每届{{{SESSION}|each}}", "zh", "每届至少2.42亿美元"),
        (f"{{{SESSION}|noun}}", "en", "reported deals per session, seven sessions"),
        (f"grade {{{PEOPLE}|letter}}{{{SESSION}|grade}}", "en", "grade C"),
        ("{cn-rural-inc@2019}", "en", "16,021 yuan a year"),  # as the series prints it
    ],
)
def test_each_form_says_what_it_should(records, text, lang, said):
    assert filled(records, text, lang) == said


@pytest.mark.parametrize(
    ("text", "lang", "message"),
    [
        (f"roughly {{{PEOPLE}}} went", "en", "'roughly', and the figure says 'about' itself"),
        (f"at least {{{YUAN}}} yuan", "en", "'at least', and the figure says 'at least' itself"),
        (f"派出约{{{DEALS}}}", "zh", "'约', and the figure says '超过' itself"),
        (f"{{{PEOPLE}}} people went", "en", "says its unit, 'people'"),
        (f"{{{PEOPLE}}} different people", "en", "says its unit, 'people'"),
        (f"派出{{{PEOPLE}}}人", "zh", "says its unit, '人'"),
        (f"Each session had {{{SESSION}}}", "en", r"write \{canton-fair.deals-per-session\|each\}"),
        (f"{{{SESSION}}} per session", "en", "the sentence says 'per session'"),
        # 0.837% at the stated figures is not what it is at least, 0.79%
        ("at least {canton-fair.share-of-turnover-to-125|value}", "en", r"\|bound"),
        ("至少占成交额的{canton-fair.share-of-turnover-to-125|value}", "zh", r"\|bound"),
        ("{canton-fair.fees-per-session|bound}", "en", "no lower or upper bound"),
        (f"{{{PEOPLE}|vlaue}}", "en", "unknown form; allowed are value, short, bound, number"),
        (
            "{canton-fair.deals-per-yuan-waived-next-digit|noun}",
            "en",
            "no noun phrase: its label is 'the same, if",
        ),
    ],
)
def test_a_sentence_that_says_a_thing_twice_is_refused(records, text, lang, message):
    with pytest.raises(AnalysisError, match=message):
        filled(records, text, lang)


def test_what_is_said_once_passes(records):
    texts = (
        f"At a session {{{SESSION}}} were signed; each yuan stands for {{{YUAN}}}.",
        f"Not about the money: {{{PEOPLE}}} went.",
        f"{{{SESSION}}} and {{canton-fair.fees-per-session}}",
        f"{{{SESSION}}} are {{canton-fair.deals-cny}} of all sales per session.",
    )
    assert all(filled(records, text) for text in texts)


def test_an_unknown_series_or_output_is_named(records):
    with pytest.raises(UnknownIdError, match="cn-rural-incc"):
        filled(records, "{cn-rural-incc@2019}")
    with pytest.raises(UnknownIdError, match=r"output of labor\.net-uplift"):
        filled(records, "{labor.net-uplift#luck}")


def test_the_way_back_has_words_paragraph_formula_grade_and_link(records):
    said = way_back(records, [SESSION, DEALS, SESSION])
    assert said.count("\n") == 0
    assert "$" not in said  # between two of them Jupyter would see a formula
    assert said.startswith('<details class="way-back tex2jax_ignore" lang="en"><summary>')
    assert said.count(f'href="01_claims_register.ipynb#findings/{SESSION}"') == 1
    assert said.count(f'href="01_claims_register.ipynb#claims/{DEALS}"') == 1  # told once
    assert f"<code>{DEALS} ÷ scio-2021.canton-sessions</code>" in said
    assert "inked deals worth more than &#36;1.7 billion" in said
    assert "paragraph 14, grade B" in said


def test_the_way_back_in_chinese_quotes_the_chinese_original(records):
    said = way_back(records, [DEALS], "zh")
    assert "“带动成交金额超过17亿美元”" in said
    assert "证据等级B" in said


def test_what_rests_on_much_names_the_first_and_leads_to_the_rest(records):
    said = way_back(records, [YUAN])
    assert said.count("<li>") == 1 + MOST + 1
    assert f"analysis trace {YUAN}" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("labor.net-uplift#net uplift of a worker-year", "assumption: "),
        ("cn-rural-inc@2019", "16,021 yuan a year: <a "),
        ("evidence.demonstration-hanspub-127031", "Hans"),
    ],
)
def test_every_kind_of_figure_has_a_way_back(records, name, said):
    assert said in way_back(records, [name])


def test_a_sentence_without_figures_is_only_text():
    one = analysis.sentence("Nothing was counted.")
    assert one._repr_markdown_() == repr(one) == "Nothing was counted."
    with_figure = analysis.sentence(f"{{{PEOPLE}}} went.")
    assert repr(with_figure) == "about 146,000 people went."
    assert with_figure._repr_markdown_().startswith(f"{with_figure!r}\n\n<details ")


def test_a_table_of_what_may_be_said_is_chinese_in_chinese():
    table = analysis.may_say([(f"派出{{{PEOPLE}}}", "may", "累计数")], "zh")
    assert repr(table).splitlines()[0].split() == ["说法", "可否", "理由", "等级"]
    assert table.frame["可否"].tolist() == ["可以"]
    assert table._repr_html_().count("<details") == 1
