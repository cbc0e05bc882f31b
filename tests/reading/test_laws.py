"""Laws that hold for any number: offsets, folding, negation, scale, time."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading import read
from analysis.reading.fold import fold

WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
NUMBERS = st.integers(min_value=11, max_value=999_999)
TEXTS = st.text(
    alphabet=st.sampled_from(
        list(
            "0123456789.,-%$ \n()一二三十百千万亿几数约超过不近年月日个人元第之分成倍"
            "abcdefghijklmnopqrstuvwxyzNMS£～，。、“”"
        )
    ),
    max_size=80,
)
PAIRS_EN = [
    ("more than", "no more than", "more_than", "at_most"),
    ("less than", "no less than", "fewer_than", "at_least"),
    ("fewer than", "not fewer than", "fewer_than", "at_least"),
    ("exceeding", "not exceeding", "more_than", "at_most"),
    ("at least", "not at least", "at_least", "fewer_than"),
]
PAIRS_ZH = [
    ("超过", "不超过", "more_than", "at_most"),
    ("高于", "不得高于", "more_than", "at_most"),
    ("少于", "不少于", "fewer_than", "at_least"),
    ("低于", "不低于", "fewer_than", "at_least"),
    ("达到或超过", "未达到", "at_least", "fewer_than"),
]


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_offsets_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = read(text, everything=True)
    assert len(fold(text)) == len(text)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.score <= 1
        assert one.low is None or one.high is None or one.low <= one.high
        assert len(one.text.split()) <= 8 or len(one.text) <= 25
    figures = [one for one in found if one.is_figure]
    for first, second in itertools.pairwise(figures):
        assert first.end <= second.start


@given(NUMBERS)
@settings(deadline=None)
def test_full_width_digits_say_the_same(number: int) -> None:
    text = f"培训{number}名教师，占{number % 90 + 1}.5%"
    wide = text.translate(WIDE)
    assert [(one.low, one.unit) for one in read(text)] == [
        (one.low, one.unit) for one in read(wide)
    ]


@given(NUMBERS, st.sampled_from([" ", "\n", "  ", "\u00a0", "\u3000"]))
@settings(deadline=None)
def test_spaces_and_line_breaks_say_the_same(number: int, space: str) -> None:
    assert [(one.low, one.unit) for one in read(f"{number}.5{space}million{space}people")] == [
        (pytest.approx((number + 0.5) * 1e6), "persons")
    ]
    assert [(one.low, one.unit) for one in read(f"共{number}.5{space}万人")] == [
        (pytest.approx((number + 0.5) * 1e4), "persons")
    ]


@given(st.floats(min_value=0.1, max_value=999).map(lambda x: round(x, 2)))
@settings(deadline=None)
def test_scales_multiply(number: float) -> None:
    for scale, times in (("万", 1e4), ("亿", 1e8), ("万亿", 1e12)):
        (one,) = read(f"投资{number:.2f}{scale}元")
        assert one.low == pytest.approx(float(f"{number:.2f}") * times)
    for scale, times in (("thousand", 1e3), ("million", 1e6), ("crore", 1e7), ("bn", 1e9)):
        (one,) = read(f"about {number:.2f} {scale} dollars")
        assert one.low == pytest.approx(float(f"{number:.2f}") * times)


@given(NUMBERS)
@settings(deadline=None)
def test_thousands_separators_say_the_same(number: int) -> None:
    assert read(f"{number:,} people")[0].low == number


@pytest.mark.parametrize(("plain", "negated", "bound", "turned"), PAIRS_EN)
@given(number=NUMBERS)
@settings(deadline=None, max_examples=10)
def test_negation_turns_an_english_bound(
    plain: str, negated: str, bound: str, turned: str, number: int
) -> None:
    assert read(f"{plain} {number:,} people")[0].bound == bound
    assert read(f"{negated} {number:,} people")[0].bound == turned


@pytest.mark.parametrize(("plain", "negated", "bound", "turned"), PAIRS_ZH)
@given(number=NUMBERS)
@settings(deadline=None, max_examples=10)
def test_negation_turns_a_chinese_bound(
    plain: str, negated: str, bound: str, turned: str, number: int
) -> None:
    assert read(f"{plain}{number}人")[0].bound == bound
    assert read(f"{negated}{number}人")[0].bound == turned


HOSTILE = [
    "1",
    "1,11",
    "1,111",
    "1 111 ",
    "1.1",
    "5\n",
    "一",
    "三四十万",
    "万",
    "more than ",
    "not ",
    "twenty ",
    "one hundred and ",
    "5-",
    "a-",
    "in Aaa ",
    "$",
    "(",
    "2019-",
    "约占",
    "3、",
    "3 to ",
    "3, 4 and ",
    "1/2/",
    "+86 ",
    "人民",
    '"',
    "- ",
    "分之",
    "第",
    "不",
    "数",
    "半几",
    "no less than 5 ",
]


def _seconds(text: str) -> float:
    start = time.process_time()
    read(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_only(piece: str) -> None:
    """Ten times the text takes ten times as long; in the square it would be a hundred, each time it is tried."""
    short, long = (piece * (size // len(piece)) + "5 million" for size in (1_000, 10_000))
    read(short)
    assert any(_seconds(long) < 30 * _seconds(short) + 0.2 for _ in range(5))
