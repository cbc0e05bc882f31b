"""How numbers and ranges are said: known answers in two languages, and words that stay true."""

from __future__ import annotations

import dataclasses
import math
import re
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import Finding
from analysis.records.errors import AnalysisError
from analysis.records.load import Claim
from analysis.themes import all_findings
from analysis.words.catalogue import check_language
from analysis.words.wording import (
    amount,
    brief,
    number,
    percent,
    plain,
    rounded,
    say,
    short,
    significant,
    size,
    stated,
    unit_parts,
)

INF = math.inf
FINITE = st.tuples(st.integers(-(10**9), 10**9), st.integers(-6, 6)).map(
    lambda parts: float(f"{parts[0]}e{parts[1]}")
)


def found(**given_: object) -> Finding:
    """A finding of which only what is said matters."""
    empty = {field.name: "" for field in dataclasses.fields(Finding)} | {"inputs": ()}
    return Finding(**empty | {"low": given_["value"], "high": given_["value"]} | given_)


@pytest.fixture(scope="module")
def every_finding(records) -> tuple[Finding, ...]:
    return all_findings(records)


# -- numbers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (7_710_000, "7.71 million", "771万"),
        (6_190_000, "6.19 million", "619万"),
        (850_000, "850,000", "85万"),
        (146_000, "146,000", "14.6万"),
        (42_000_000_000, "42 billion", "420亿"),
        (1_700_000_000, "1.7 billion", "17亿"),
        (86_690_000, "86.69 million", "8669万"),
        (1_000_000, "1 million", "100万"),
        (8.141e12, "8.141 trillion", "8.141万亿"),
        (999_999, "999,999", "99.9999万"),
        (10_000, "10,000", "1万"),
        (9_999, "9,999", "9999"),
        (6_000, "6,000", "6000"),
        (31, "31", "31"),
        (0.025, "0.025", "0.025"),
        (0, "0", "0"),
        (-2_500_000, "−2.5 million", "−250万"),
        (0.1 + 0.2, "0.3", "0.3"),
        (INF, "∞", "∞"),
        (-INF, "−∞", "−∞"),
    ],
)
def test_a_number_as_each_language_counts(value, english, chinese):
    assert number(value) == number(value, "en") == english
    assert number(value, "zh") == chinese


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (850_000.0, "850,000", "850000"),
        (6000.0, "6,000", "6000"),
        (1e12, "1,000,000,000,000", "1000000000000"),
        (0.025, "0.025", "0.025"),
        (-5.5, "−5.5", "−5.5"),
        (1e-7, "0.0000001", "0.0000001"),
        (np.float64(3), "3", "3"),
    ],
)
def test_a_plain_number_keeps_its_digits(value, english, chinese):
    assert (plain(value), plain(value, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.025, "2.5%"),
        (1, "100%"),
        (0, "0%"),
        (0.0884285714286, "8.84285714286%"),
        (1.25, "125%"),
        (-0.5, "−50%"),
        (0.07, "7%"),
    ],
)
def test_a_part_of_one_as_percentage(value, text):
    assert percent(value) == percent(value, "zh") == text


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (1.7e9, "USD", "US$1.7 billion", "17亿美元"),
        (86_690_000, "CNY", "86.69 million yuan", "8669万元"),
        (7_710_000, "person", "7.71 million people", "771万人"),
        (100_000, "CNY / person / year", "100,000 yuan a year", "每年10万元"),
        (15_000, "USD / person / year", "US$15,000 a year", "每年1.5万美元"),
        (240, "CNY / person", "240 yuan per person", "人均240元"),
        (2.4e8, "USD / session", "US$240 million per session", "每届2.4亿美元"),
        (157, "village / county", "157 villages per county", "每县157个村"),
        (6.7, "CNY / USD", "6.7 yuan per US dollar", "1美元兑6.7元"),
        (200, "county", "200 counties", "200个县"),
        (300, "training_session", "300 training sessions", "300场培训"),
        (7, "session", "7 fair sessions", "7届"),
        (31, "center", "31 centers", "31个基地"),
        (1, "rank", "no. 1", "第1"),
        (133, "", "133", "133"),
    ],
)
def test_an_amount_with_its_unit(value, unit, english, chinese):
    assert (amount(value, unit), amount(value, unit, "zh")) == (english, chinese)


def test_every_unit_of_a_claim_or_finding_has_words_in_both_languages(records, every_finding):
    units = set(
        records.claims["unit"].map(lambda unit: "" if unit == "share" else unit.replace("/", " / "))
    ) | {one.unit for one in every_finding}
    for unit in units:
        assert "_" not in "".join(unit_parts(unit))
        assert not re.search("[A-Za-z]", "".join(unit_parts(unit, "zh")))
    with pytest.raises(
        AnalysisError,
        match=r"the unit 'index' has no Chinese words yet; add them to \[units\.amount\]",
    ):
        unit_parts("index", "zh")


# -- rounding ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "digits", "way", "expected"),
    [
        (132.999, 2, "nearest", 130),
        (132.999, 3, "nearest", 133),
        (123.0777, 2, "down", 120),
        (0.0081249, 2, "up", 0.0082),
        (0.0081249, 2, "nearest", 0.0081),
        (125, 2, "nearest", 130),
        (10_670_220_000, 2, "down", 10_000_000_000),
        (999_500, 3, "nearest", 1_000_000),
        (-123, 2, "down", -130),
        (-123, 2, "up", -120),
        (1.7e9, 2, "down", 1.7e9),
        (1.7e9, 2, "up", 1.7e9),
        (0.1 + 0.2, 1, "up", 0.3),
        (0.7 + 0.1, 1, "down", 0.8),
        (5, 0, "nearest", 5),
        (0, 2, "up", 0),
        (INF, 2, "up", INF),
    ],
)
def test_rounding_to_significant_digits(value, digits, way, expected):
    assert significant(value, digits, way) == expected


@given(value=FINITE, digits=st.integers(1, 8))
def test_down_is_never_above_and_up_never_below_by_more_than_a_unit_of_the_last_digit(
    value, digits
):
    down, near, up = (
        Decimal(repr(significant(value, digits, way))) for way in ("down", "nearest", "up")
    )
    exact = Decimal(repr(value))
    unit = Decimal(1).scaleb(exact.adjusted() - digits + 1) if exact else Decimal(0)
    assert down <= near <= up
    assert down <= exact <= up
    assert max(exact - down, up - exact) <= unit
    assert abs(exact - near) <= unit / 2


@pytest.mark.parametrize(
    ("value", "way", "unit", "expected"),
    [
        (0.1102, "up", "", 0.111),  # was printed "at most 12 %"
        (2.401, "up", "", 2.41),  # was "at most 2.5"
        (1.256, "up", "", 1.26),  # was "at most 1.3"
        (123.0777, "down", "", 123),  # was "at least 120" beside 123
        (86_956.5, "down", "CNY", 86_900),
        (-1.3336, "down", "", -1.34),
        (-1.3336, "up", "", -1.33),
        (1000, "down", "", 1000),
        (999.5, "up", "", 1000),
        (99.96, "down", "", 99.9),
        (1e-3, "up", "", 1e-3),
        (6.88468, "down", "CNY / USD", 6.884),
        (6.908463, "up", "CNY / USD", 6.909),
        (0.0519254, "nearest", "CNY / JPY", 0.05193),
    ],
)
def test_a_result_has_three_digits_outward_at_its_ends(value, way, unit, expected):
    assert rounded(value, way, unit) == expected


@given(pair=st.tuples(FINITE, FINITE).map(sorted))
def test_rounding_outward_keeps_the_order_and_three_digits(pair):
    for way in ("down", "nearest", "up"):
        low, high = (rounded(value, way) for value in pair)
        assert low <= high
        for one in (low, high):
            assert len(Decimal(repr(one)).normalize().as_tuple().digits) <= 3
            assert rounded(one, "down") == rounded(one) == rounded(one, "up") == one


ENDS = st.tuples(FINITE, FINITE, FINITE).map(sorted).map(tuple)
UNITS = st.sampled_from(["", "person", "CNY", "USD", "CNY / person", "USD / session", "CNY / USD"])


@given(ends=ENDS, unit=UNITS, shape=st.sampled_from(["", "high", "low"]))
def test_what_is_printed_contains_what_is_true_in_both_languages(ends, unit, shape):
    """The printed bound always contains the true one, and Chinese prints the same number."""
    low, value, high = ends
    one = found(value=value, low=low, high=high, unit=unit, open_ended=shape)
    for text in (say, brief):
        english, chinese = (
            numbers_in(said.replace("US$", "").replace("1美元兑", ""))
            for said in (text(one, "en"), text(one, "zh"))
        )
        assert english == pytest.approx(chinese, rel=1e-11)
        slack = 1e-11 * max(map(abs, ends))
        if shape == "high":
            assert english[0] <= low + slack
        elif shape == "low":
            assert english[0] >= high - slack
        elif low < high:
            assert english[1] <= low + slack
            assert english[2] >= high - slack


@given(ends=ENDS, unit=UNITS, shape=st.sampled_from(["", "high", "low", "both"]))
def test_a_sentence_a_label_and_a_headline_print_one_number(ends, unit, shape):
    low, value, high = ends
    one = found(value=value, low=low, high=high, unit=unit, open_ended=shape)
    for lang in ("en", "zh"):
        first = [
            numbers_in(said.replace("1美元兑", "").replace("US$", ""))[0]
            for said in (say(one, lang), brief(one, lang), short(one, lang))
        ]
        assert len(set(first)) == 1


def test_what_is_only_a_size_has_two_digits():
    assert (size(0.6934), size(0.305), size(12_345)) == (0.69, 0.31, 12_000)


@given(value=FINITE)
def test_a_number_said_can_be_read_back(value):
    assert [read_back(number(value, lang)) for lang in ("en", "zh")] == pytest.approx(
        [value, value], rel=1e-11
    )


SCALES = {
    "trillion": 1e12,
    "万亿": 1e12,
    "million": 1e6,
    "billion": 1e9,
    "万": 1e4,
    "亿": 1e8,
    "%": 0.01,
    "": 1,
}
NUMBER = re.compile(r"(−?\d[\d,]*(?:\.\d+)?) ?(million|billion|trillion|万亿|万|亿|%|)")


def read_back(text: str) -> float:
    """The first number in a text."""
    return numbers_in(text)[0]


def numbers_in(text: str) -> list[float]:
    return [
        float(digits.replace(",", "").replace("−", "-")) * SCALES[scale]
        for digits, scale in NUMBER.findall(text)
    ]


# -- claims and findings -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim_id", "english", "chinese"),
    [
        ("scio-2021.ecommerce-jobs", "about 7.71 million people", "771万人"),
        ("scio-2021.housekeeping-jobs", "more than 850,000 people", "超过85万人"),
        ("scio-2021.labor-income", "more than 100,000 yuan a year", "每年超过10万元"),
        ("scio-2021.labor-income-top", "300,000 to 400,000 yuan a year", "每年三四十万元"),
        ("scio-2021.contracted-purchases", "42 billion yuan", "420亿元"),
        ("scio-2021.canton-deals", "more than US$1.7 billion", "超过17亿美元"),
        ("scio-2021.canton-fees", "86.69 million yuan", "8669万元"),
        ("scio-2021.canton-sessions", "7 fair sessions", "7届"),
        ("scio-2021.housekeeping-centers", "31 centers", "31个基地"),
        ("scio-2021.ecommerce-county-coverage", "100%", "全覆盖"),
        ("scio-2021.next-border-enterprises", "at least 100 enterprises", "至少100家企业"),
        ("rural-ecommerce-opinions-2015.farm-sales-share", "about 2.5%", "约2.5%"),
        ("rural-ecommerce-opinions-2015.poverty-halved", "at least 50%", "至少50%"),
        (
            "rural-ecommerce-opinions-2015.poor-people",
            "more than 70 million people",
            "超过7000万人",
        ),
        ("rural-ecommerce-opinions-2015.policy-period", "more than 1 year", "超过1年"),
        ("rural-ecommerce-opinions-2015.longnan-stores", "nearly 6,000 stores", "近6000家网店"),
        (
            "rural-ecommerce-opinions-2015.longnan-income-gain",
            "more than 240 yuan per person",
            "人均超过240元",
        ),
        ("rural-ecommerce-opinions-2015.demonstration-counties", "200 counties", "200个县"),
        ("rural-ecommerce-opinions-2015.fuping-first-store", "no. 1", "第1"),
        ("hunan-2017.practice-period", "nearly 1 year", "近1年"),
        ("hunan-2017.training-sessions", "more than 300 training sessions", "超过300场培训"),
        ("hunan-2017.brand-per-county", "1 brand per county", "每县1个品牌"),
    ],
)
def test_a_claim_in_its_own_wording(records, claim_id, english, chinese):
    claim = records.claim(claim_id)
    assert (stated(claim), stated(claim, "zh")) == (english, chinese)


def test_the_bounds_that_no_claim_has_yet_can_be_said(records):
    claim: Claim = dataclasses.replace(
        records.claim("scio-2021.ecommerce-jobs"), bound="fewer_than", original=None
    )
    assert (stated(claim), stated(claim, "zh")) == ("fewer than 7.71 million people", "不到771万人")
    claim = dataclasses.replace(claim, bound="at_most")
    assert (stated(claim), stated(claim, "zh")) == ("at most 7.71 million people", "不超过771万人")


def test_no_sentence_adds_about_to_a_figure_that_has_none(records):
    for claim_id, bound in records.claims[["claim_id", "bound"]].itertuples(index=False):
        claim = dataclasses.replace(records.claim(claim_id), original=None)
        assert stated(claim).startswith("about ") == ("约" in stated(claim, "zh"))
        assert stated(claim).startswith("about ") == (bound == "about")


@pytest.mark.parametrize(
    ("finding", "english", "chinese"),
    [
        (
            found(value=7_710_000, low=7_705_000, high=7_715_000, unit="person"),
            "about 7.71 million people (7.7 million to 7.72 million)",
            "约771万人（770万至772万）",
        ),
        (
            found(value=243e6, low=243e6, high=INF, open_ended="high", unit="USD / session"),
            "at least US$243 million per session",
            "每届至少2.43亿美元",
        ),
        (found(value=132.9, low=123.08, high=INF, open_ended="high"), "at least 123", "至少123"),
        (
            found(value=0.0075, low=0, high=0.0081249, open_ended="low"),
            "at most 0.813%",
            "至多0.813%",
        ),
        (found(value=3.5, low=0, high=4, open_ended="low"), "at most 4", "至多4"),
        (
            found(value=583.33, low=0, high=INF, open_ended="both", unit="person / village"),
            "583 people per village (could be higher or lower)",
            "每村583人（方向不明）",
        ),
        (found(value=31.0, unit="center"), "31 centers", "31个基地"),
        (found(value=0.5), "50%", "50%"),
        (
            found(value=0.25, low=0.2353, high=INF, open_ended="high", unit="station / village"),
            "at least 0.235 stations per village",
            "每村至少0.235个站点",
        ),
        (
            found(value=1e7, low=7.5e6, high=12.5e6, unit="CNY / county"),
            "about 10 million yuan per county (7.5 million to 12.5 million)",
            "每县约1000万元（750万至1250万）",
        ),
        (
            found(value=6.7, low=6.2766, high=7.1497, unit="CNY / USD"),
            "about 6.7 yuan per US dollar (6.276 to 7.15)",
            "1美元兑约6.7元（6.276至7.15）",
        ),
    ],
)
def test_a_finding_is_said_with_its_range_and_rounded_to_stay_true(finding, english, chinese):
    assert (say(finding), say(finding, "zh")) == (english, chinese)


@pytest.mark.parametrize(
    ("finding", "english", "chinese"),
    [
        (
            found(value=7_710_000, low=7_705_000, high=7_715_000, unit="person"),
            "7.71 million people",
            "771万人",
        ),
        (found(value=132.9, low=123.08, high=INF, open_ended="high"), "133", "133"),
        (found(value=3.5, low=0, high=4, open_ended="low"), "3.5", "3.5"),
        (
            found(value=583.33, low=0, high=INF, open_ended="both", unit="person / village"),
            "583 people per village",
            "每村583人",
        ),
    ],
)
def test_the_value_alone_leaves_range_and_openness_to_the_sentence(finding, english, chinese):
    assert (say(finding, value_only=True), say(finding, "zh", value_only=True)) == (
        english,
        chinese,
    )


def test_every_finding_said_is_true_of_its_ends(every_finding):
    for one in every_finding:
        for text in (say(one), say(one, "zh")):
            said = numbers_in(text.replace("1美元兑", ""))
            slack = 1e-9 * abs(one.value)
            if one.counted and "%" not in text:
                assert sorted(said) == sorted(one.counted)
                assert min(said) / max(said) == pytest.approx(one.value)
                continue
            match one.open_ended:
                case "high":
                    assert 0.9 * one.low <= said[0] <= one.low + slack
                case "low":
                    assert one.high - slack <= said[0] <= 1.1 * one.high
                case "both":
                    assert said[0] == pytest.approx(one.value, rel=0.05)
                case _ if one.low != one.high:
                    assert said[1] <= one.low + slack
                    assert said[2] >= one.high - slack
                    assert said[0] == pytest.approx(one.value, rel=0.05)
                case _:  # a ratio of exact counts is said with the digits that it has
                    assert said[0] == pytest.approx(one.value, rel=0.005)


def test_every_claim_and_finding_can_be_said_in_both_languages(records, every_finding):
    claims = [
        dataclasses.replace(records.claim(claim_id), original=None)
        for claim_id in records.claims["claim_id"]
    ]
    pairs = [(stated(one), stated(one, "zh")) for one in claims] + [
        (say(one), say(one, "zh")) for one in every_finding
    ]
    for english, chinese in pairs:
        assert not re.search(r"[\u4e00-\u9fff]|nan|inf|∞|  |[{}_]", english)
        assert not re.search(r"[A-Za-z{}_∞ ]", chinese)
        # of a count the whole comes first in Chinese
        assert sorted(numbers_in(english.replace("US$", ""))) == pytest.approx(
            sorted(numbers_in(chinese.replace("1美元兑", "")))
        )
    for claim, (english, _) in zip(claims, pairs, strict=False):
        assert read_back(english) == pytest.approx(claim.value_low)
        assert english.startswith("more than") == (claim.bound == "more_than")
        assert bounds_of(records, claim.claim_id).low <= read_back(english)


@pytest.mark.parametrize(
    "call",
    [
        lambda: number(5, "fr"),
        lambda: plain(5, "cn"),
        lambda: percent(0.5, "EN"),
        lambda: say(found(value=1.0), "de"),
        lambda: check_language(""),
    ],
)
def test_another_language_is_refused(call):
    with pytest.raises(AnalysisError, match=r"unknown language .*; allowed are en, zh"):
        call()
