"""The words of every chart: nothing causal, every number from the data, place, time and prices named, no longer than allowed."""

import dataclasses
import doctest
import importlib
import re

import pandas as pd
import pytest
from chart_support import Support, support_of
from chart_word_rules import CAUSAL, PARTS, causal, missing, problems, too_long, unsupported
from hypothesis import given
from hypothesis import strategies as st
from numbers_in_text import DATE, numbers_said

from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.errors import AnalysisError
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import number, percent

CHARTS = [(chart_id, lang) for chart_id in definitions() for lang in LANGUAGES]


@pytest.fixture(scope="module")
def specs(records):
    """Every chart's spec and what its words may rest on, made when first asked for."""
    made = {}

    def spec_of(chart_id):
        if chart_id not in made:
            own = definitions()[chart_id]
            spec = own.make(records)
            made[chart_id] = spec, support_of(spec, own, records)
        return made[chart_id]

    return spec_of


# every chart


@pytest.mark.parametrize(("chart_id", "lang"), CHARTS)
def test_every_chart_keeps_the_rules(specs, chart_id, lang):
    spec, known = specs(chart_id)
    assert problems(spec.text(lang), known, lang) == []
    assert missing(spec, lang) == []
    assert spec.text(lang).note


@pytest.mark.parametrize("chart_id", definitions())
def test_what_a_chart_declares_is_said(specs, chart_id):
    spec, known = specs(chart_id)
    said = [
        one
        for lang in LANGUAGES
        for part in PARTS
        for one in numbers_said(getattr(spec.text(lang), part), lang)
    ]
    for name, value in spec.said.items():
        alone = (
            _known(dates=frozenset({value}))
            if isinstance(value, str)
            else _known(value, digits=known.digits)
        )
        assert any(alone.covers(one) for one in said), f"{name} is declared, and no words use it"


@pytest.mark.parametrize("chart_id", definitions())
def test_chinese_has_full_width_punctuation(specs, chart_id):
    text = specs(chart_id)[0].zh
    for part in PARTS:
        assert not re.search(
            r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|['\"]", getattr(text, part)
        ), part


@pytest.mark.parametrize("chart_id", definitions())
def test_no_chart_calls_a_translation_the_original(specs, chart_id):
    text = specs(chart_id)[0].zh
    assert "原文" not in " ".join(
        [*(getattr(text, part) for part in PARTS), *map(str, text.labels.values())]
    )


@pytest.mark.parametrize("chart_id", definitions())
def test_colours_are_called_by_the_names_of_the_palette(specs, chart_id):
    """Blue is reported, orange calculated, purple assumed, grey unknown; nothing is green or red."""
    for lang in LANGUAGES:
        text = specs(chart_id)[0].text(lang)
        for words in (text.headline, text.subtitle, text.note, text.alt, *text.labels.values()):
            assert not re.search(
                r"\b(green|red|yellow|brown|pink)\b|[绿红黄棕粉]色", words, re.I
            ), words


def test_a_digit_changed_in_a_headline_is_found(specs):
    """The last digit that counts is made one more, the hardest to see; whole numbers up to 30 and dates have neighbours in the data."""
    tried = found = 0
    for chart_id, lang in CHARTS:
        spec, known = specs(chart_id)
        headline = spec.text(lang).headline
        for said in numbers_said(headline, lang):
            if (
                said.kind == DATE
                or not any(char in "123456789" for char in said.text)
                or (
                    said.kind == "plain"
                    and abs(said.value) <= 30
                    and float(said.value).is_integer()
                )
            ):
                continue
            tried += 1
            found += bool(
                unsupported(headline.replace(said.text, _one_more(said.text), 1), known, lang)
            )
    assert tried > 120
    assert found / tried > 0.85


def test_declarations_are_no_part_of_the_digest(specs):
    spec, _ = specs("register-evidence-grades")
    assert spec.said
    assert dataclasses.replace(spec, said={}).digest() == spec.digest()


# planted breaches


DATA = pd.DataFrame(
    {
        "place": ["Longnan", "Longnan", "Sichuan"],
        "year": [2015, 2019, 2020],
        "people": [7_710_000.0, 850_000.0, 146_000.0],
        "share": [0.128, 0.254, 0.5],
        "low": [0.1234, 0.25, 0.45],
        "high": [0.1301, 0.26, float("inf")],
    }
)
GOOD = Text(
    headline="Three places report at least 45% of 7.71 million people",
    subtitle="People reported by place, China, 2015 to 2020, yuan, nominal",
    note="A note.",
    alt="Dot plot of people reported by place and year, China: 7.71 million in 2015, at most 26% in 2019, about 12.8% (12.3% to 13.1%) in Longnan.",
)
SPEC = ChartSpec(
    data=DATA,
    values=("people",),
    unit="person",
    draw=lambda axes, spec, lang: None,
    en=GOOD,
    zh=GOOD,
    price_basis="nominal",
    said={"a third of all": 1 / 3},
)


@pytest.fixture(scope="module")
def planted(records):
    definition = ChartDefinition(
        "x-chart", "00", ("scio-2021.labor-income",), (), lambda records: SPEC
    )
    return support_of(SPEC, definition, records)


def test_what_keeps_the_rules_is_left_alone(planted):
    assert problems(GOOD, planted, "en") == []
    assert missing(SPEC, "en") == []


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (
            "headline",
            "report",
            "gained, thanks to e-commerce,",
            ["headline: 'thanks to' is causal"],
        ),
        ("headline", "7.71", "7.72", ["headline: '7.72 million' is not in the data"]),
        (
            "headline",
            "7.71 million",
            "7.71 billion",
            ["headline: '7.71 billion' is not in the data"],
        ),
        ("headline", "at least 45%", "at least 46%", ["headline: '46%' is not in the data"]),
        ("headline", "at least 45%", "at most 45%", ["headline: '45%' is not in the data"]),
        ("headline", "Three", "Four", ["headline: 'Four' is not in the data"]),
        (
            "headline",
            "Three places",
            "Three places, and so on for many more words than a reader has time for,",
            ["headline has 23 words, at most 15 are allowed"],
        ),
        (
            "headline",
            "Three places",
            "Three " + "unreasonably-" * 4 + "named-places",
            ["headline has 113 characters, 20 to 90 are allowed"],
        ),
        ("subtitle", "2015 to 2020", "2015 to 2019", ["subtitle: '2019' is not in the data"]),
        ("subtitle", "2015 to 2020", "2016 to 2020", ["subtitle: '2016' is not in the data"]),
        ("subtitle", "2015 to 2020", "2019 to 2020", ["subtitle: '2019' is not in the data"]),
        (
            "subtitle",
            "People",
            "People lifted out of poverty",
            ["subtitle: 'lifted' is causal", "subtitle: 'out of poverty' is causal"],
        ),
        ("alt", "26%", "27%", ["alt: '27%' is not in the data"]),
        ("alt", "12.3% to", "12.4% to", ["alt: '12.4%' is not in the data"]),
        ("alt", "12.8%", "13%", ["alt: '13%' is not in the data"]),
        ("alt", "in 2015", "in August 2015", ["alt: 'August 2015' is not in the data"]),
        ("alt", "reported", "created", ["alt: 'created' is causal"]),
        ("alt", "Dot plot", "Dot plot " + "and so on " * 40, ["alt has"]),
    ],
)
def test_a_planted_breach_is_found(planted, part, old, new, said):
    assert old in getattr(GOOD, part)
    broken = dataclasses.replace(GOOD, **{part: getattr(GOOD, part).replace(old, new, 1)})
    found = problems(broken, planted, "en")
    assert all(any(one.startswith(expected) for one in found) for expected in said), found


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (
            "headline",
            "Three places report at least 45% of 7.71 million",
            "Some",
            "headline: has no number",
        ),
        ("subtitle", "China, ", "", "subtitle: names no place or documents"),
        ("subtitle", "2015 to 2020, ", "", "subtitle: names no time"),
        ("subtitle", ", nominal", "", "subtitle: does not say in which prices"),
        ("alt", "Dot plot of people", "People", "alt: does not begin with the kind of picture"),
    ],
)
def test_what_should_be_said_and_is_not_is_found(part, old, new, said):
    assert old in getattr(GOOD, part)
    broken = dataclasses.replace(
        SPEC, en=dataclasses.replace(GOOD, **{part: getattr(GOOD, part).replace(old, new, 1)})
    )
    assert missing(broken, "en") == [said]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("2 places", "en"),
        ("3 rows", "en"),
        ("a claim of 100,000 yuan", "en"),
        ("a third of all", "en"),
        ("23 August 2021", "en"),
        ("12.8% and half", "en"),
        ("at least 0.123, 0.25 or 0.45", "en"),
        ("12.8%至50%", "zh"),
        ("两个地方，10万元", "zh"),
        ("2021年8月，771万人，至少为45%", "zh"),
    ],
)
def test_cells_counts_claims_and_declarations_support_what_is_said(planted, text, lang):
    assert unsupported(text, planted, lang) == []


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("15.4 million", "en", "15.4 million"),
        ("至少为46%", "zh", "46%"),
        ("四个地方", "zh", "四"),
        ("在2014年", "zh", "2014年"),
        ("一半是772万人", "zh", "772万"),
        ("about 13%", "en", "13%"),  # 12.8 %: one number is printed in one way
        ("at most 14%", "en", "14%"),
        ("at least 0.12", "en", "0.12"),
    ],
)
def test_what_the_data_do_not_hold_is_not_supported(planted, text, lang, said):
    assert [one.text for one in unsupported(text, planted, lang)] == [said]


def test_a_curve_supports_no_number(records):
    curve = dataclasses.replace(
        SPEC, data=pd.DataFrame({"share": [step / 100 for step in range(50)]}), said={}
    )
    known = support_of(
        curve,
        ChartDefinition("x-curve", "00", ("scio-2021.labor-income",), (), lambda records: curve),
        records,
    )
    assert [one.text for one in unsupported("23% of 50 points", known, "en")] == ["23%"]


# causal words


@pytest.mark.parametrize(
    ("text", "lang", "said"),
    [
        ("E-commerce lifted 6.19 million out of poverty", "en", ["lifted", "out of poverty"]),
        (
            "Sales led to jobs and boosted incomes because of roads",
            "en",
            ["led to", "boosted", "because"],
        ),
        (
            "Due to training, the fair created and generated jobs",
            "en",
            ["Due to", "created", "generated"],
        ),
        ("Incomes as a result of roads; the impact of shops", "en", ["as a result", "impact of"]),
        (
            "It drove, enabled, helped, caused, contributed to growth",
            "en",
            ["drove", "enabled", "helped", "caused", "contributed to"],
        ),
        ("电商带动就业，促进增收，助力脱贫", "zh", ["带动", "促进", "助力"]),
        ("由于培训，推动了就业，使得收入上升", "zh", ["由于", "推动", "使得"]),
        ("成效得益于政策，归功于市场", "zh", ["得益", "归功"]),
    ],
)
def test_causal_words_are_found(text, lang, said):
    assert causal(text, lang) == said


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Reported deals are at least 120 yuan per yuan of booth fees waived", "en"),
        ("12 impact figures; export promotion; casual work; a liftoff", "en"),
        ("The report says “helped 850,000 people”; sales rose 20%", "en"),
        ('The report says "helped 850,000 people"; sales rose 20%', "en"),
        ("省扶贫办的资金；电商扶贫；出口促进机构", "zh"),
        ("原文称“带动”就业771万人", "zh"),
    ],
)
def test_names_quotations_and_plain_words_are_left_alone(text, lang):
    assert causal(text, lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_names_nothing_twice(lang):
    assert len(set(CAUSAL[lang])) == len(CAUSAL[lang])


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_short_and_long_are_both_refused(part, lang):
    assert too_long("x", part, lang).startswith("has 1 characters")
    assert too_long("x" * 401, part, lang)


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(AnalysisError, match="unknown language 'fr'"):
        causal("parce que", "fr")


@pytest.mark.parametrize("name", ["chart_word_rules", "chart_support", "numbers_in_text"])
def test_the_examples_run(name):
    done = doctest.testmod(importlib.import_module(name))
    assert done.attempted
    assert not done.failed


# numbers and dates read back


@given(
    st.floats(min_value=-9e12, max_value=9e12, allow_nan=False)
    .map(lambda value: float(f"{value:.6g}"))
    .filter(lambda value: value == 0 or abs(value) >= 1e-3),
    st.sampled_from(LANGUAGES),
)
def test_a_number_is_read_back_as_it_is_written(value, lang):
    (said,) = numbers_said(
        {"en": f"In all {number(value, lang)} people", "zh": f"合计{number(value, lang)}人"}[lang],
        lang,
    )
    assert said.value == pytest.approx(value, rel=1e-9)
    assert said.kind == "plain"


@given(
    st.integers(min_value=-99_999, max_value=99_999).map(lambda step: step / 1e5),
    st.sampled_from(LANGUAGES),
)
def test_a_percentage_is_read_back_as_it_is_written(value, lang):
    (said,) = numbers_said(
        {"en": f"a rise of {percent(value, lang)}.", "zh": f"上升{percent(value, lang)}。"}[lang],
        lang,
    )
    assert said.value == pytest.approx(value, rel=1e-9)
    assert said.kind == "percent"


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        (
            "1,231 counties, 7.71 million people, US$38.23 billion, 8.14 trillion yuan",
            "en",
            [1231, 7.71e6, 38.23e9, 8.14e12],
        ),
        ("500万、2.3亿、1.37万亿、1.4372万家、3250元", "zh", [5e6, 2.3e8, 1.37e12, 14372, 3250]),
        ("2.18% to 4.97%, 75 to 80%, 5 to 7 million", "en", [0.0218, 0.0497, 0.75, 0.8, 5e6, 7e6]),
        ("3.7至12个百分点，30万至40万元，5至7万", "zh", [0.037, 0.12, 3e5, 4e5, 5e4, 7e4]),
        ("from 146,000 to 7.71 million", "en", [146_000, 7.71e6]),
        ("−2.6 billion and −0.24%; sessions 122-125", "en", [-2.6e9, -0.0024, 122, 125]),
        ("−33亿元至50亿元，第122届", "zh", [-3.3e9, 5e9, 122]),
        (
            "two thirds, a tenth, half, 1/4, twice, twelve, one of five",
            "en",
            [2 / 3, 0.1, 0.5, 0.25, 2, 12, 5],
        ),
        (
            "三分之二，十分之一，一半，九成，十五个，三十二项，两倍，百分之二十",
            "zh",
            [2 / 3, 0.1, 0.5, 0.9, 15, 32, 2, 0.2],
        ),
        ("HC3 errors, COVID-19, PM2.5, n = 6", "en", [6]),
        ("四川三农，第三，十分重要，一个", "zh", []),
        ("3.7 to 12 percentage points, 5 percent", "en", [0.037, 0.12, 0.05]),
        ("five million", "en", [5e6]),
    ],
)
def test_numbers_of_a_text(text, lang, values):
    assert [said.value for said in numbers_said(text, lang)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "lang", "dates"),
    [
        (
            "On 23 August 2021, in September 2015, mid-2017 and 2020's 8/2021",
            "en",
            ["2021-08-23", "2015-09", "2017", "2020", "2021-08"],
        ),
        (
            "January to August 2020, 2017–2020, 2017-2020",
            "en",
            ["2020-01", "2020-08", "2017", "2020", "2017", "2020"],
        ),
        (
            "2021年8月23日，2020年1至8月，2013—2020年，10月14日，2015年",
            "zh",
            ["2021-08-23", "2020-01", "-08", "2013", "2020", "-10-14", "2015"],
        ),
        ("2,017 people and 2017.5 yuan", "en", []),
    ],
)
def test_dates_of_a_text(text, lang, dates):
    assert [said.date for said in numbers_said(text, lang) if said.kind == DATE] == dates


@pytest.mark.parametrize(
    ("text", "lang", "ways"),
    [
        ("at least 5 and 6, or 7; at most US$8", "en", ["down", "down", "down", "up"]),
        ("more than 5, about 6 (4 to 7)", "en", ["down", "nearest", "down", "up"]),
        ("nearly 5; up to 6; 7", "en", ["up", "up", "nearest"]),
        (
            "至少分别为3.3万元、2.5万元和2万元；不超过5，近6，7",
            "zh",
            ["down", "down", "down", "up", "up", "nearest"],
        ),
    ],
)
def test_bounds_say_how_a_number_may_be_rounded(text, lang, ways):
    assert [said.ways[0] for said in numbers_said(text, lang)] == ways


def _known(*values, dates=frozenset(), digits=frozenset({3})):
    """Support that hold these numbers only."""
    pool, years = frozenset(values), frozenset(date[:4] for date in dates)
    return Support(pool, pool, pool, frozenset(), frozenset(dates), years, years, digits)


def _one_more(text):
    """The number with its last digit that is no zero made one more."""
    place = max(place for place, char in enumerate(text) if char in "123456789")
    return f"{text[:place]}{int(text[place]) % 9 + 1}{text[place + 1 :]}"
