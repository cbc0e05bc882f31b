"""What a figure of a text fills in a draft of a claim, and that the audit agrees with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.audit import stated
from analysis.audit.proposed import accepted_cells, plain, proposal
from analysis.reading import quotation_too_long, read
from analysis.records.units import Units

UNITS = Units()


def cells_of(sentence: str) -> dict[str, str]:
    (one,) = read(sentence)
    return proposal(one.as_dict(), UNITS)


@pytest.mark.parametrize(
    ("sentence", "low", "high", "bound", "unit", "currency"),
    [
        ("some 7.71 million farmers found work", "7710000", "7710000", "about", "person", None),
        ("带动了618.8万贫困人口增收", "6188000", "6188000", "rounded", "person", None),
        ("成交额超过17亿美元", "1700000000", "1700000000", "more_than", "USD", "USD"),
        ("no less than 5 million yuan", "5000000", "5000000", "at_least", "CNY", "CNY"),
        ("no more than 450 shops", "450", "450", "at_most", "shop", None),
        ("earning 300,000 to 400,000 yuan", "300000", "400000", "range", "CNY", "CNY"),
        (
            "an average annual income of 100,000 yuan per person",
            *("100000", "100000", "rounded", "CNY/person/year", "CNY"),
        ),
        ("only about 2.5% of sales", "0.025", "0.025", "about", "share", None),
        ("七成贫困户", "0.7", "0.7", "rounded", "share", None),
        ("培训3.6万人次", "36000", "36000", "rounded", "attendance", None),
        ("the rate fell by 3.5 percentage points", "3.5", "3.5", "rounded", None, None),
        ("下降3.5个百分点", "3.5", "3.5", "rounded", None, None),
        ("cut by 25 basis points", "25", "25", "exact", None, None),
        ("introduce hundreds of enterprises", "100", "100", "at_least", "enterprise", None),
        ("46 firms signed", "46", "46", "exact", "enterprise", None),
        ("10.05 crore women", "100500000", "100500000", "rounded", "person", None),
        ("Rs 5.20 lakh crore of loans", "5200000000000", "5200000000000", "rounded", "INR", "INR"),
        ("3,000 hectares of land", "3000", "3000", "rounded", "hectare", None),
        ("42 billion yuan a year", "42000000000", "42000000000", "rounded", "CNY/year", "CNY"),
    ],
)
def test_what_a_figure_fills(sentence, low, high, bound, unit, currency):
    cells = cells_of(sentence)
    assert (cells["value_low"], cells["value_high"], cells["bound"]) == (low, high, bound)
    assert (cells.get("unit"), cells.get("currency")) == (unit, currency)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("in 2020", "2020", "2020"),
        ("by 2020", None, "2020"),
        ("截至2020年底", None, "2020"),
        ("from January to July 2025", "2025-01", "2025-07"),
        ("last year", None, None),
        ("August 23", None, None),
        ("", None, None),
    ],
)
def test_a_period_is_entered_where_it_names_a_year(period, start, end):
    row = read("46 firms signed")[0].as_dict() | {"paragraph": "2", "period": period}
    cells = accepted_cells(row, UNITS)
    assert (cells.get("period_start"), cells.get("period_end")) == (start, end)


HEDGES = st.sampled_from(
    [
        *("", "some ", "more than ", "at least ", "no less than ", "no more than ", "nearly "),
        *("up to ", "fewer than ", "not exceeding "),
    ]
)
NOUNS = st.sampled_from([" people", " yuan", " counties", " villages", "%", " stores"])
HEDGES_ZH = st.sampled_from(["", "约", "超过", "至少", "不少于", "不超过", "近", "不足"])
NOUNS_ZH = st.sampled_from(["万人", "亿元", "个县", "户", "%", "万美元"])
NUMBERS = st.integers(21, 99_999).map(lambda value: value / 10)


@given(
    st.one_of(
        st.builds("{}{}{} were counted".format, HEDGES, NUMBERS, NOUNS),
        st.builds("共有{}{}{}".format, HEDGES_ZH, NUMBERS, NOUNS_ZH),
    )
)
def test_the_audit_agrees_with_what_is_proposed(sentence):
    """A proposal is read from the same words: no check of them may find a conflict or a doubt."""
    cells = cells_of(sentence)
    values = float(cells["value_low"]), float(cells["value_high"])
    assert quotation_too_long(cells["as_stated"]) == ""
    assert stated.parse(cells["as_stated"], *values).status == "pass"
    assert stated.bound(cells["as_stated"], cells["bound"], *values).status == "pass"
    assert stated.unit(cells["as_stated"], cells["unit"], *values).status == "pass"


@given(st.integers(1, 10**15), st.integers(0, 6))
def test_a_number_is_written_plainly_and_read_back(digits, places):
    value = float(f"{digits % 10**6}e-{places}")
    assert float(plain(value)) == pytest.approx(value, rel=1e-5)
    assert "e" not in plain(float(digits))
    assert float(plain(float(digits))) == float(digits)
