"""Explorers: every state says what its table says, bad values are refused, and sliders show what the plain function shows."""

import base64
import dataclasses
import math
import re
from html import escape, unescape

import pandas as pd
import pytest
from chart_support import Support, in_text, support_of
from chart_word_rules import causal, missing, problems
from hypothesis import given, settings
from hypothesis import strategies as st
from numbers_in_text import DATE, numbers_said

import analysis
from analysis.exploring.controls import Choice, Slider, StateError
from analysis.exploring.definition import explored, fitted
from analysis.exploring.widgets import VIEW, View
from analysis.plotting.keys import key_kind, sentences
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.themes.canton_fair import findings as canton
from analysis.themes.context import explore_denominators as denominators
from analysis.themes.explorers import explorers
from analysis.verbs.explore import explore, explorer
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import say

EXPLORERS = explorers()
WANTED = {
    "canton-fair-ratio",
    "labor-earnings",
    "ecommerce-overlap",
    "ecommerce-pass-through",
    "denominators",
    "deflators",
}
MOVED = {
    "canton-fair-ratio": {"sessions": 2, "rate": "2019-10", "reading": "next digit"},
    "labor-earnings": {
        "months": 10.5,
        "cost_share": 0.35,
        "household": 5,
        "stock_share": 0.2,
        "top_share": 0.03,
    },
    "ecommerce-overlap": {"overlap": 0.15},
    "ecommerce-pass-through": {"part": 0.07, "poor_share": 0.29},
    "denominators": {
        "claim": "scio-2021.housekeeping-jobs",
        "statistic": "cn-migrant-n",
        "year": 2015,
    },
    "deflators": {"series": "cn-povline-cur", "deflator": "PIP rural", "base_year": 2011},
}
each = pytest.mark.parametrize("name", EXPLORERS)
ONE = 1.0  # yuan of fees, in 每减免1元
FULL_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|['\"]")


def values_of(control):
    """Values that a control can have, its limits most often."""
    if isinstance(control, Choice):
        return st.sampled_from(list(control.options))
    steps = round((control.high - control.low) / control.step)
    places = st.sampled_from([0, 1, steps // 2, steps]) | st.integers(0, steps)
    return places.map(lambda place: min(control.low + place * control.step, control.high)).map(
        int if control.whole else float
    )


def states(records, name):
    return st.fixed_dictionaries(
        {one.name: values_of(one) for one in EXPLORERS[name].controls(records)}
    )


def known(one, records):
    """Everything that a sentence may say: rows, their ends, the state, and the reason of the register."""
    rows = one.frame
    state = {float(value) for value in one.state.values() if not isinstance(value, str)}
    reasons = (
        set().union(*(in_text(reason)[0] for reason in records.denominators["reason"]))
        if "statistic" in one.state
        else set()
    )
    values = set(rows["value"]) | state | reasons | {ONE}
    finite = {
        end: {value for value in rows[end] if abs(value) != float("inf")} for end in ("low", "high")
    }
    none = frozenset()
    return Support(
        frozenset(values),
        frozenset(finite["low"] | values),
        frozenset(finite["high"] | values),
        none,
        none,
        none,
        none,
    )


def values_said(one, lang: str) -> list[float]:
    said = numbers_said(one.sentences[lang], lang)
    return [number.value for number in said if number.kind not in (DATE, "word")]


def unmatched(said: list[float], elsewhere: list[float]) -> list[float]:
    """Numbers of one language that the other does not say; 6.188 and 6.19 million are one number."""
    return [
        one
        for one in said
        if not any(math.isclose(one, other, rel_tol=0.01) for other in elsewhere)
    ]


def test_there_is_an_explorer_for_every_question():
    assert set(EXPLORERS) == WANTED
    assert {one.explorer_id for one in EXPLORERS.values()} == WANTED


# every state


@each
def test_a_state_is_shown_or_refused_with_a_sentence(records, name):
    @settings(max_examples=15)
    @given(states(records, name))
    def law(state):
        try:
            one = explored(records, EXPLORERS[name], state)
        except StateError as error:
            refused = error
        else:
            shown_truly(one, state)
            return
        assert str(refused).split(" ")[0] in state
        assert refused.zh

    def shown_truly(one, state):
        assert one.state == {
            key: value if isinstance(value, str) else pytest.approx(value)
            for key, value in state.items()
        }
        assert (one.frame["low"] <= one.frame["value"]).all()
        assert (one.frame["value"] <= one.frame["high"]).all()
        known_to_chart = support_of(one.chart.spec, one.chart.definition, records)
        english, chinese = (values_said(one, lang) for lang in LANGUAGES)
        assert unmatched(english, chinese) == [], one.sentences
        assert set(unmatched(chinese, english)) <= {ONE}, one.sentences
        for lang in LANGUAGES:
            said = [
                number
                for number in numbers_said(one.sentences[lang], lang)
                if number.kind not in (DATE, "word")
            ]
            assert [
                number.text for number in said if not known(one, records).covers(number)
            ] == [], one.sentences[lang]
            assert causal(one.sentences[lang], lang) == []
            assert (
                problems(one.chart.spec.text(lang), known_to_chart, lang)
                + missing(one.chart.spec, lang)
                == []
            )
            assert one.chart.spec.text(lang).note

    law()


@each
def test_a_number_changed_in_a_sentence_is_found(records, name):
    one = explored(records, EXPLORERS[name], {})
    number = next(
        said
        for said in numbers_said(one.sentences["en"], "en")
        if said.kind == "plain" and abs(said.value) >= 1
    )
    wrong = (
        one.sentences["en"].replace(
            number.text, number.text[:-1] + ("7" if number.text[-1] != "7" else "3"), 1
        )
        if number.text[-1].isdigit()
        else one.sentences["en"].replace(number.text, f"9{number.text}", 1)
    )
    assert any(
        not known(one, records).covers(said)
        for said in numbers_said(wrong, "en")
        if said.kind not in (DATE, "word")
    )


@each
def test_the_words_are_those_of_a_chart(records, name):
    for lang in LANGUAGES:
        one = explored(records, EXPLORERS[name], {}, lang=lang)
        picture = one.png()
        assert picture[:4] == b"\x89PNG"
        assert len(picture) > 10_000
        assert one.chart.sources[lang].endswith(f"explore-{name}")
        if lang == "zh":
            text = one.chart.spec.zh
            assert not any(
                FULL_WIDTH.search(words)
                for words in (
                    text.headline,
                    text.subtitle,
                    text.alt,
                    re.sub(r"data/\S+", "", one.sentence.text),
                )
            )


@each
def test_every_control_moves_the_result(records, name):
    start = explored(records, EXPLORERS[name], {})
    for control in EXPLORERS[name].controls(records):
        other = [
            value
            for value in (
                control.options
                if isinstance(control, Choice)
                else (control.low, control.high, control.low + control.step)
            )
            if value != control.default
        ]
        found = set()
        for value in other:
            try:
                found.add(explored(records, EXPLORERS[name], {control.name: value}).digest)
            except StateError:
                continue
        assert found - {start.digest}, f"{control.name} moves nothing"


@each
def test_limits_and_defaults_come_from_the_records(records, name):
    for control in EXPLORERS[name].controls(records):
        assert control.source
        assert control.checked(control.default) == control.default
        if control.source.startswith("assumption "):
            row = records.assumptions.set_index("assumption_id").loc[
                control.source.removeprefix("assumption ")
            ]
            assert (control.high, control.default) == (row["high"], row["central"])
            assert control.low in (row["low"], row["low"] + control.step)


def test_an_assumption_that_changes_moves_its_slider(data_copy, edit):
    from analysis.records.load import load

    edit(data_copy / "assumptions.csv", "ecommerce-overlap", "central", "0.25")
    edit(data_copy / "assumptions.csv", "ecommerce-overlap", "high", "0.75")
    (control,) = EXPLORERS["ecommerce-overlap"].controls(load(data_copy))
    assert (control.low, control.default, control.high) == (0, 0.25, 0.75)


# known answers


def test_the_ratio_of_all_sessions_is_the_finding():
    row = explore("canton-fair-ratio").frame.set_index("item").loc["your-assumptions"]
    found = analysis.finding("canton-fair.deals-per-yuan-waived")
    assert (row["value"], row["low"], row["open_ended"]) == (found.value, found.low, "high")


def test_the_ratio_of_some_sessions_is_in_proportion_and_has_no_direction():
    five, seven = (
        explore("canton-fair-ratio", sessions=n, rate="2018-04").frame.iloc[0] for n in (5, 7)
    )
    assert five["value"] == pytest.approx(seven["value"] * 5 / 7)
    assert (five["open_ended"], five["low"]) == ("both", 0)


def test_the_rate_of_a_month_is_that_of_the_table(records):
    by_month = canton.ratio_by_month(records).set_index("month")["deals_per_yuan_low"]
    for month, least in by_month.items():
        assert explore("canton-fair-ratio", rate=month).frame["low"].iloc[0] == pytest.approx(least)


def test_what_is_left_is_income_less_costs():
    rows = explore(
        "labor-earnings", months=12, cost_share=0.25, household=4, top_share=0.01
    ).frame.set_index("item")["value"]
    assert rows["after-costs"] == pytest.approx(rows["stated-income"] * 0.75)
    assert rows["per-head"] == pytest.approx(rows["after-costs"] / 4)
    assert rows["median"] == pytest.approx(
        86_740, abs=1
    )  # the chart labor-typical-earnings says so too


def test_the_overlap_runs_from_the_sum_to_the_larger_count():
    none, all_ = (
        explore("ecommerce-overlap", overlap=share).frame.set_index("item")["value"]
        for share in (0, 1)
    )
    assert none["different-people"] == none["most"] == pytest.approx(13.898e6)
    assert all_["different-people"] == all_["fewest"] == pytest.approx(7.71e6)


def test_the_gain_is_sales_times_shares_over_people():
    rows = explore("ecommerce-pass-through", part=0.2, poor_share=0.5).frame.set_index("item")[
        "value"
    ]
    assert rows["your-assumptions"] == pytest.approx(rows["all-sales"] / 10)
    assert rows["all-sales"] == pytest.approx(
        analysis.finding("ecommerce.farm-sales-per-person").value
    )


def test_a_figure_is_checked_at_its_own_year_only():
    pair = {"claim": "rural-ecommerce-opinions-2015.poor-people", "statistic": "cn-rpov-n-2010std"}
    said = explore("denominators", **pair, year=2014).sentence.text
    assert "checks a figure by its source and is no share" in said
    assert "is a size, not a share" in explore("denominators", **pair, year=2012).sentence.text


def test_a_forbidden_ratio_is_not_formed():
    one = explore(
        "denominators", claim="scio-2021.ecommerce-jobs", statistic="poor-labour-migrants"
    )
    assert "must not be formed" in one.sentence.text
    assert "exclude each other" in one.sentence.text
    assert one.frame["item"].tolist() == ["count", "statistic"]


def test_a_ratio_that_may_be_formed_is_said_in_both_languages():
    pair = {"claim": "scio-2021.ecommerce-income", "statistic": "cn-rpov-n-2010std", "year": 2012}
    assert "is a size, not a share: about 6.25%" in explore("denominators", **pair).sentence.text
    assert (
        "占比：约6.25%" in explore("denominators", **pair, lang="zh").sentence.text
    )  # 6.188 of 98.99 million
    default = explore("denominators", lang="zh").sentence.text  # jobs of 2021, the poor of 2019
    assert default.endswith("年份不同，地域相同。")
    other = {"claim": "scio-2021.ecommerce-jobs", "statistic": "poor-labour-migrants", "lang": "zh"}
    assert "：" not in explore("denominators", **other).sentence.text


def test_the_chart_of_two_sizes_names_both_and_their_ratio_in_both_languages():
    pair = {"claim": "scio-2021.ecommerce-income", "statistic": "cn-rpov-n-2010std", "year": 2012}
    words = explore("denominators", **pair).chart.spec
    assert words.zh.headline == "618.8万人与农村贫困人口之比：6.25%"
    assert words.en.headline.startswith("6.19 million people ")
    assert words.en.headline.endswith(" rural poor: 6.25%")
    assert (
        "人数，618.8万人；统计数，农村贫困人口。二者之比只是规模对比，不是占比：6.25%。"
        in words.zh.alt
    )
    assert "the statistic, rural poor. Their ratio is a size, not a share: 6.25%." in words.en.alt
    assert "(31 December 2012); people, " in words.en.subtitle
    assert "（2012年12月31日），人，" in words.zh.subtitle
    other = {"claim": "scio-2021.ecommerce-jobs", "statistic": "poor-labour-migrants"}
    refused = explore("denominators", **other).chart.spec
    assert refused.zh.headline == "771万人与贫困劳动力外出之比：不应计算"
    assert refused.en.alt.endswith("poor migrant workers. Their ratio must not be formed.")


def test_a_pair_that_nobody_judged_is_not_formed():
    one = explore("denominators", claim="scio-2021.ecommerce-jobs", statistic="cn-border-pop")
    assert "is not in the register" in one.sentence.text
    assert len(one.frame) == 2


def test_the_price_year_moves_levels_and_not_growth():
    early, late = (
        explore("deflators", base_year=year).frame.set_index("item")["value"]
        for year in (2013, 2020)
    )
    assert early["real-multiple"] == pytest.approx(late["real-multiple"])
    assert early["first-real"] == pytest.approx(early["first-nominal"])
    assert late["first-real"] > early["first-real"]


# another collection


def test_a_figure_without_a_period_ends_when_it_was_said_or_published(records):
    state = {"claim": "rural-ecommerce-opinions-2015.poor-people", "statistic": "cn-rpov-n-2010std"}
    undated = records.claims.assign(period_end="", said_on="")
    said = dataclasses.replace(records, claims=undated)  # in September 2015
    published = dataclasses.replace(said, sources=records.sources.assign(event_date=""))  # in 2024
    ends = [denominators.limits(one, state)["year"][1] for one in (records, said, published)]
    assert ends == [2015, 2015, 2024]


def test_a_figure_is_called_by_what_it_counts_or_by_its_identifier(records):
    name = "scio-2021.border-people"
    judged = records.denominators[records.denominators["claim_id"] == name]
    other = dataclasses.replace(records, denominators=judged)
    nameless = dataclasses.replace(other, claims=records.claims.assign(counted=""))
    counted = "people of the border regions whose poverty was reduced"
    for one, called in ((other, counted), (nameless, name)):
        assert denominators.controls(one)[0].options == {
            name: (
                f"{called} (State Council Information Office briefing, 23 August 2021)",
                f"{called}（国务院新闻办公室新闻发布会，2021年8月23日）",
            )
        }


def test_prices_of_another_collection_deflate_each_of_its_amounts(records):
    of = {
        "prices": ("index", {2018: 100, 2019: 110, 2020: 121}),
        "fees": ("CNY", {2019: 50, 2020: 60}),
        "pay": ("CNY/person/year", {2018: 1000, 2019: 1210, 2020: 1331}),
        "rent": ("CNY", {2015: 7, 2020: 9}),  # of which the prices reach one year
    }
    rows, empty = [], dict.fromkeys(records.series.columns, "") | {"grade": "B"}
    for name, (unit, values) in of.items():
        same = empty | {"series_id": name, "unit": unit, "definition": name, "geography": "Here"}
        for year, value in values.items():
            days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
            rows.append(same | days | {"value": float(value), "last_digit": "1"})
    index = pd.DataFrame([(name, name, name, unit, "flow", "") for name, (unit, _) in of.items()])
    other = dataclasses.replace(
        records,
        series=pd.DataFrame(rows),
        series_index=index.set_axis(records.series_index.columns, axis=1),
    )
    amount, deflator, year = EXPLORERS["deflators"].controls(other)
    assert ([*amount.options], [*deflator.options]) == (["fees", "pay"], ["prices"])
    assert (year.low, year.high, year.default) == (2018, 2020, 2020)
    for name, real in (("fees", 60 / 50 * 110 / 121), ("pay", 1331 / 1000 * 100 / 121)):
        one = explored(other, EXPLORERS["deflators"], {"series": name})
        values = one.frame.set_index("item")["value"]
        assert values["real-multiple"] == pytest.approx(real)
        assert values["last-real"] == values["last-nominal"] == of[name][1][2020]


# the plain function


def test_the_text_of_a_state_repeats():
    assert repr(explore("labor-earnings", months=10.5)) == repr(
        explore("labor-earnings", months=10.5)
    )
    assert (
        explore("labor-earnings", months=10.5).png() == explore("labor-earnings", months=10.5).png()
    )
    assert repr(explore("labor-earnings", months=10.5)) != repr(
        explore("labor-earnings", months=11)
    )


@each
def test_the_code_shows_the_same_again(records, name):
    @settings(max_examples=5)
    @given(states(records, name), st.sampled_from(LANGUAGES))
    def law(state, lang):
        try:
            one = explore(name, lang=lang, **state)
        except StateError:
            return
        assert repr(eval(one.code, {"analysis": analysis})) == repr(one)

    law()


def test_a_notebook_gets_text_picture_and_alt():
    one = explore("ecommerce-overlap", overlap=0.2)
    data, metadata = one._repr_mimebundle_()
    assert set(data) == {"text/plain", "image/png"}
    assert metadata["image/png"]["alt"] == one.chart.spec.en.alt
    assert data["text/plain"].startswith("explored ecommerce-overlap (en)\nstate overlap=0.2\n")


def test_the_table_is_escaped(records, monkeypatch):
    from analysis.themes.ecommerce import explore as ecommerce

    monkeypatch.setitem(ecommerce.PLACES_ZH, "Longnan, 2015", "<script>alert(1)</script>")
    one = explored(records, EXPLORERS["ecommerce-pass-through"], {}, lang="zh")
    assert "<script>" not in one.table._repr_html_()
    assert "&lt;script&gt;" in one.table._repr_html_()


@pytest.mark.parametrize(
    ("name", "state", "said"),
    [
        (
            "canton-fair-ratio",
            {"sessions": 8},
            "sessions cannot be 8; allowed are whole numbers from 1 to 7",
        ),
        (
            "canton-fair-ratio",
            {"sessions": 2.5},
            "sessions cannot be 2.5; allowed are whole numbers from 1 to 7",
        ),
        (
            "canton-fair-ratio",
            {"sessions": "7"},
            "sessions cannot be '7'; allowed are whole numbers from 1 to 7",
        ),
        (
            "canton-fair-ratio",
            {"sessions": True},
            "sessions cannot be True; allowed are whole numbers from 1 to 7",
        ),
        (
            "canton-fair-ratio",
            {"reading": "loosely"},
            "reading cannot be 'loosely'; allowed are 'as stated', 'next digit'",
        ),
        (
            "canton-fair-ratio",
            {"session": 7},
            "canton-fair-ratio has no control 'session'; its controls are sessions, rate, reading",
        ),
        (
            "ecommerce-overlap",
            {"overlap": float("nan")},
            "overlap cannot be nan; allowed are numbers from 0 to 1",
        ),
        (
            "ecommerce-overlap",
            {"overlap": None},
            "overlap cannot be None; allowed are numbers from 0 to 1",
        ),
        (
            "deflators",
            {"deflator": "rural CPI", "base_year": 2024},
            "base_year cannot be 2024 with rural CPI: it reaches 2010 to 2022",
        ),
    ],
)
def test_a_bad_value_is_refused_with_name_value_and_what_is_allowed(name, state, said):
    with pytest.raises(StateError) as refused:
        explore(name, **state)
    assert str(refused.value) == said
    assert re.search(r"[\u4e00-\u9fff]", refused.value.zh)


def test_an_unknown_explorer_and_language_are_refused():
    with pytest.raises(UnknownIdError, match="did you mean canton-fair-ratio"):
        explore("canton-fair-ratios")
    with pytest.raises(AnalysisError, match="unknown language 'fr'"):
        explore("deflators", lang="fr")


# sliders show what the plain function shows


def shown(view):
    """What a reader sees: sentence, table, code, and the bytes of the picture."""
    text = [unescape(re.sub(r"<[^>]+>", "", part.value)) for part in (view.sentence, view.code)]
    (data,) = re.findall(r"base64,([^\"]+)", view.picture.value)
    return *text, view.table.value, base64.b64decode(data)


@each
def test_sliders_show_what_the_plain_function_shows(records, name):
    view = View(records, EXPLORERS[name])
    for control, value in MOVED[name].items():
        view.inputs[control].value = value
    one = explore(name, **view.state)
    sentence, code, table, png = shown(view)
    assert (sentence, png) == (one.sentence.text, one.png("plain"))
    text = one.chart.spec.en
    source = one.chart.sources["en"].removesuffix(f". explore-{name}")
    plain = [words for words in sentences(text.note, "en") if not key_kind(words, "en")]
    beside = view.picture.value.replace("\xa0", " ")
    for words in (text.headline, text.subtitle, *plain, source):
        assert escape(words.replace("\xa0", " ")) in beside, (
            "what is not in the picture stands beside it"
        )
    assert f"explore-{name}" not in view.picture.value, "no identifier is read"
    for row in one.rows:
        assert f">{escape(row.en)}<" in table
        assert f">{escape(say(row.found, 'en'))}<" in table
    assert code.endswith(one.code)
    view.language.value = "zh"
    other = explore(name, lang="zh", **view.state)
    assert shown(view)[0] == other.sentence.text
    assert shown(view)[3] == other.png("plain") != one.png("plain")
    assert 'alt="' + other.chart.spec.zh.alt[:20] in view.picture.value
    view.reset.click()
    assert view.state == explore(name).state


def test_a_refused_state_leaves_nothing_stale(records):
    view = View(records, dataclasses.replace(EXPLORERS["deflators"], limits=lambda _, __: {}))
    assert view.picture.value
    assert view.shown
    view.inputs["deflator"].value = "rural CPI"
    view.inputs["base_year"].value = 2024
    assert "base_year cannot be 2024 with rural CPI: it reaches 2010 to 2022" in view.sentence.value
    assert not (view.picture.value)
    assert not (view.table.value)
    assert not (view.code.value)
    assert not (view.shown)
    view.language.value = "zh"
    assert "价格年份不能为2024" in view.sentence.value
    view.inputs["base_year"].value = 2018
    assert view.picture.value
    assert 'role="status"' in view.sentence.value


def test_what_cannot_go_together_cannot_be_chosen(records):
    """Every pair that can be chosen is shown and judged; the words of every other one say that it cannot."""
    view = View(records, EXPLORERS["denominators"])
    judged = records.denominators
    judged = set(zip(judged["claim_id"], judged["series_id"], strict=True))
    for _, claim in view.inputs["claim"].options:
        view.inputs["claim"].value = claim
        assert (claim, view.inputs["statistic"].value) in judged
        for label, statistic in view.inputs["statistic"].options:
            closed = label.endswith("(not with this choice)")
            assert closed == ((claim, statistic) not in judged), (claim, statistic)
            if closed:
                continue
            for year in fitted(records, view.explorer, view.controls, view.state)[1]["year"]:
                state = {"claim": claim, "statistic": statistic, "year": year}
                possible, _ = fitted(records, view.explorer, view.controls, state)
                assert explored(records, view.explorer, possible).rows


def test_a_control_that_does_not_go_with_the_one_before_moves_and_says_so(records):
    view = View(records, EXPLORERS["denominators"])
    view.set({"claim": "scio-2021.labor-people", "statistic": "labour-stock-abroad", "year": 2021})
    assert ">“" not in view.told.value
    view.inputs["claim"].value = "scio-2021.border-people"
    assert view.state["statistic"] == "cn-rpov-n-2010std"
    assert "“divided by” now stands at “rural poor”: what stood there" in view.told.value
    view.inputs["year"].value = 2018
    assert ">“" not in view.told.value
    prices = View(records, EXPLORERS["deflators"], "zh")
    prices.inputs["base_year"].value = 2024
    prices.inputs["deflator"].value = "rural CPI"
    assert (prices.state["base_year"], prices.inputs["base_year"].max) == (2022, 2022)
    assert "“价格年份”已改为“2022年”" in prices.told.value
    prices.inputs["deflator"].value = "national CPI"
    assert prices.state["base_year"] == 2024, "what stood at the end stands at the end"


def test_reset_and_language_draw_once(records, monkeypatch):
    view, drawn = View(records, EXPLORERS["labor-earnings"]), []
    monkeypatch.setattr(view, "redraw", lambda: drawn.append(view.state))
    view.inputs["household"].value = 5
    view.inputs["months"].value = 10.0
    assert len(drawn) == 2
    view.reset.click()
    assert len(drawn) == 3
    view.language.value = "zh"
    assert len(drawn) == 4


def test_a_widget_in_a_notebook_has_a_text_that_repeats():
    view = explorer("canton-fair-ratio")
    bundle = view._repr_mimebundle_()
    assert set(bundle) == {"text/plain", VIEW}
    assert (
        bundle["text/plain"]
        == explorer("canton-fair-ratio")._repr_mimebundle_()["text/plain"]
        != repr(explorer("deflators"))
    )
    assert bundle[VIEW]["model_id"] == view.box.model_id
    assert view.box.model_id not in bundle["text/plain"]


def test_what_is_stored_of_a_notebook_names_no_widget():
    import nbformat

    from analysis.publish.execute import canonical

    output = nbformat.v4.new_output(
        "execute_result", {"text/plain": "explorer x", VIEW: {"model_id": "abc"}}, execution_count=1
    )
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("explorer('x')", outputs=[output], execution_count=1)]
    )
    assert VIEW not in canonical(book)
    assert "explorer x" in canonical(book)


def test_only_explorers_import_the_widgets():
    from pathlib import Path

    package = Path(analysis.__file__).parent
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import|from) ipywidgets", path.read_text("utf-8"), re.M)
    }
    app = {"publish/app/parts.py", "publish/app/taking.py"}
    assert using == {"exploring/review_view.py", "exploring/widgets.py", *app}


def test_sliders_have_the_limits_of_their_controls(records):
    for name, one in EXPLORERS.items():
        view = View(records, one)
        for control in one.controls(records):
            widget = view.inputs[control.name]
            if isinstance(control, Slider):
                state = {each.name: each.default for each in one.controls(records)}
                low, high = one.limits(records, state).get(
                    control.name, (control.low, control.high)
                )
                assert (widget.min, widget.max) == (low, high), name
                assert (widget.step, widget.value) == (control.step, control.default), name
                assert widget.continuous_update
            else:
                assert [value for _, value in widget.options] == list(control.options)
