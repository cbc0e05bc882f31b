"""Numbers of a phrase, dates, quotations, encodings: what the checks of claims need."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading import (
    dates,
    decode,
    find_quotation,
    fits,
    numbers,
    quotation_length,
    quotation_too_long,
    read,
)


@pytest.mark.parametrize(
    ("words", "bound", "value"),
    [
        ("no less than 5 million", "at_least", 5e6),
        ("not exceeding 10,000", "at_most", 1e4),
        ("超过17亿美元", "more_than", 1.7e9),
        ("10.05 crore women", "exact", 1.005e8),
        ("up to 3,000", "at_most", 3000),
        ("不少于500万", "at_least", 5e6),
    ],
)
def test_bound_and_value_of_a_phrase(words: str, bound: str, value: float) -> None:
    (one,) = numbers(words)
    assert (one.bound, one.values) == (bound, (value,))


@pytest.mark.parametrize(
    ("words", "coded", "fit"),
    [
        ("no more than 5 million", "fewer_than", True),
        ("no less than 5 million", "fewer_than", False),
        ("超过17亿美元", "about", False),
        ("逾17亿美元", "at_least", True),
        ("a breakthrough of 5 million", "more_than", True),
        ("a breakthrough of 5 million", "exact", True),
        ("5 million", "exact", True),
        ("some 5 million", "more_than", False),
    ],
)
def test_whether_a_coded_bound_fits(words: str, coded: str, fit: bool) -> None:
    assert fits(numbers(words)[0], coded) is fit


def test_ordinals_are_numbers_of_a_phrase() -> None:
    assert [one.values for one in numbers("the 122nd to the 128th fair")] == [(122.0,), (128.0,)]
    assert [one.values for one in numbers("第122届至第128届")] == [(122.0,), (128.0,)]


def test_significant_digits() -> None:
    assert [one.digits for one in numbers("86.69 million and 850,000")] == [4, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 23 August 2021", ["2021-08-23"]),
        ("August 23", ["-08-23"]),
        ("2021-08-23 and 2020/05", ["2021-08-23", "2020-05"]),
        ("from January to July 2025", ["2025-01", "2025-07"]),
        ("2021年8月23日，9月", ["2021-08-23", "-09"]),
        ("2016—2020年", ["2016", "2020"]),
        ("2019 people at $2019 and 2019%", ["2019"]),
        ("2000万元或1850万元，2021年", ["2021"]),
        ("2017.5 yuan, 2017.05", ["2017-05"]),
        ("of 33 pairs 1 may be right; 1 May", ["-05-01"]),
        ("on 1 may 2020", ["2020-05-01"]),
    ],
)
def test_dates(text: str, expected: list[str]) -> None:
    assert [one.date for one in dates(text)] == expected


@pytest.mark.parametrize(
    ("quotation", "text", "place"),
    [
        ("some  3,000 people", "Only some 3,000\npeople came", (5, 22)),
        ('the "new road"', "It is the “new road”.", (6, 20)),
        ("5%—7%", "约5% - 7%的", (1, 8)),
        ("培训3.6万人，", "共培训３．６ 万\n人,后", (1, 11)),
        ("no such words", "some words", None),
        ("ten people", "often people", None),
    ],
)
def test_a_quotation_is_found_however_it_is_set(
    quotation: str, text: str, place: tuple[int, int] | None
) -> None:
    assert find_quotation(quotation, text) == place


@given(st.text(alphabet=st.sampled_from(list("ab 1。，“”中文万-%")), min_size=1, max_size=30))
@settings(deadline=None)
def test_any_text_holds_itself(text: str) -> None:
    found = find_quotation(text, f"前{text}後")
    assert found is not None or not text.strip()


def test_length_counts_words_in_english_and_characters_in_chinese() -> None:
    assert quotation_length("two well-known towns").words == 3
    assert quotation_length("带动贫困人口增收").characters == 8
    assert quotation_too_long("字" * 26) == "26 characters; at most 25 are allowed"
    assert quotation_too_long("字" * 25) == ""


@pytest.mark.parametrize("words", ["no less than 5 million people", "not exceeding 5 million yuan"])
def test_words_at_the_beginning_of_a_text_are_quoted_with_their_negation(words: str) -> None:
    (one,) = read(f"{words} were named")
    assert one.text.startswith(words)


SIMPLIFIED = "全省新增就业三十万人，比上年提高二点五个百分点，贫困人口收入不断增加。"
TRADITIONAL = "全省新增就業三十萬人，比上年提高二點五個百分點，貧困人口收入不斷增加。"


@pytest.mark.parametrize(
    ("text", "saved", "said"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (TRADITIONAL, "gb18030", "gb18030"),
        ("plain words", "utf-8", "utf-8"),
        ("plain words", "utf-16-le", "utf-16-le"),
        ("fifty per cent – “half” of £5 million, café, naïve résumé", "cp1252", "cp1252"),
    ],
)
def test_encodings_are_found_and_said(text: str, saved: str, said: str) -> None:
    found = decode(text.encode(saved))
    assert (found.text, found.encoding) == (text, said)
    assert bool(found.note) is (not said.startswith("utf-8"))


def test_bytes_that_cannot_be_read_are_counted() -> None:
    found = decode(SIMPLIFIED.encode("gb18030") + b"\xff\xff")
    assert found.replaced > 0
    assert "unreadable" in found.note
