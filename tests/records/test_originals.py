"""Claims in the Chinese of their speakers: the table, its rules, and the figure that is read."""

from __future__ import annotations

import csv
import dataclasses

import pytest

from analysis.audit.texts import original_problems
from analysis.bounds.claims import claim_bounds, in_languages, read_from, read_otherwise
from analysis.reading import numbers, quotation_too_long
from analysis.records import rules
from analysis.records.errors import AnalysisError
from analysis.records.load import Claim, Original
from analysis.records.paths import PROJECT
from analysis.words.wording import stated

INCOME, TOP = "scio-2021.ecommerce-income", "scio-2021.labor-income-top"
PURCHASES = "scio-2021.contracted-purchases"


def in_chinese(claim: Claim, value: float, bound: str = "about", figure: str = "") -> Claim:
    """A claim whose original states this value."""
    assert claim.original
    one = dataclasses.replace(
        claim.original, value_low=value, value_high=value, bound=bound, figure=figure
    )
    return dataclasses.replace(claim, original=one)


def test_every_original_is_chinese_short_and_holds_its_figure():
    with (PROJECT / "data/originals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert not quotation_too_long(row["stated_zh"]), row["claim_id"]
        assert row["figure"] in row["stated_zh"], row["claim_id"]
        if said := numbers(row["figure"]):
            assert said[0].says(float(row["value_low"])), row["claim_id"]


@pytest.mark.parametrize(
    ("claim_id", "said"),
    [
        # what the ministry said, and no 约 that it did not say
        ("scio-2021.ecommerce-jobs", "771万人"),
        (INCOME, "618.8万人"),
        ("scio-2021.labor-people", "14.6万人"),
        ("scio-2021.canton-fees", "8669万元"),
        ("scio-2021.border-people", "50万人"),
        ("scio-2021.housekeeping-jobs", "超过85万人"),
        ("scio-2021.housekeeping-centers", "31个基地"),
        ("scio-2021.labor-income", "每年超过10万元"),
        (TOP, "每年三四十万元"),
        ("scio-2021.canton-deals", "超过17亿美元"),
        ("scio-2021.contracted-purchases", "420亿元"),
        ("scio-2021.ecommerce-county-coverage", "全覆盖"),
        ("scio-2021.canton-sessions", "7届"),  # 第122-128届 holds no number that could be said
    ],
)
def test_chinese_says_the_figure_of_the_original(records, claim_id, said):
    assert stated(records.claim(claim_id), "zh") == said


def test_the_more_precise_text_is_read(records):
    """618.8万: a tenth of ten thousand is the last digit; 6.19 million: ten thousand."""
    claim = records.claim(INCOME)
    ends = {name: claim_bounds(one) for name, one in in_languages(claim).items()}
    assert (ends["English"].low, ends["English"].high) == (6_185_000, 6_195_000)
    assert (ends["Chinese"].low, ends["Chinese"].high) == (6_187_500, 6_188_500)
    assert (claim_bounds(claim).low, claim_bounds(claim).high) == (6_187_500, 6_188_500)
    other = read_otherwise(claim)
    assert other is not None
    assert (other.value_low, other.counted) == (6_190_000, claim.counted)


def test_as_many_digits_or_fewer_leave_the_coded_figure(records):
    claim = records.claim(INCOME)
    for value in (6_190_000, 6_200_000, 6_000_000):
        assert read_from(in_chinese(claim, value, "more_than")).bound == "rounded"
    read = read_from(in_chinese(claim, 6_187_650, "more_than"))
    assert (read.value_low, read.bound, read.original) == (6_187_650, "more_than", None)


def test_two_originals_change_what_is_read(records):
    """618.8万 against 6.19 million, and 420亿 (last digit 100 million) against 42 billion."""
    changed = [
        name
        for name in records.originals["claim_id"]
        if read_from(records.claim(name)) is not records.claim(name)
    ]
    assert changed == [INCOME, PURCHASES]
    bounds = claim_bounds(records.claim(PURCHASES))
    assert (bounds.low, bounds.high) == (41.95e9, 42.05e9)
    assert read_otherwise(records.claim("scio-2021.next-aspects")) is None


COPY = """来源:新闻网
实现了国家级贫困县全覆盖。
累计带动了７７１万农民 就地创业就业,带动了618.8万贫困人口增收。
"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_words_are_verified_against_a_chinese_text(records, tmp_path, encoding):
    """Two words of three are in the text, one is not, and widths, spaces and encoding do not matter."""
    names = [f"scio-2021.ecommerce-{one}" for one in ("county-coverage", "jobs", "income")]
    own = records.originals[records.originals["claim_id"].isin(names)].reset_index(drop=True)
    some = dataclasses.replace(
        records, originals=own, sources=records.sources.query("source_id == 'scio-2021'")
    )
    (tmp_path / "a.txt").write_bytes(COPY.encode(encoding))
    assert original_problems(some, tmp_path / "a.txt") == []
    (tmp_path / "b.txt").write_bytes(COPY.replace("618.8", "61.88").encode(encoding))
    (found,) = original_problems(some, tmp_path / "b.txt")
    assert (found.key, found.row, found.column) == (INCOME, 4, "stated_zh")
    other = dataclasses.replace(some, sources=records.sources.query("source_id == 'hunan-2017'"))
    with pytest.raises(AnalysisError, match="no claim of hunan-2017 has a row"):
        original_problems(other, tmp_path / "a.txt")
    with pytest.raises(AnalysisError, match="is no file"):
        original_problems(some, tmp_path / "c.txt")


def row(**changed: object) -> Original:
    """A row without fault, with some cells changed."""
    whole = dict.fromkeys((one.name for one in dataclasses.fields(Original)), "")
    good = {"claim_id": "s.n", "stated_zh": "带动5万人", "figure": "5万", "bound": "about"}
    good |= {"value_low": 5e4, "value_high": 5e4, "seen_at": "https://a.example/b"}
    return Original(**whole | good | changed)


@pytest.mark.parametrize(
    ("changed", "column", "said"),
    [
        ({}, "", ""),
        ({"figure": "6万"}, "figure", "'6万' does not stand in stated_zh"),
        ({"value_low": 6e4}, "value_low", "60000 is above value_high 50000"),
        ({"differs": "people"}, "differs", "all filled in, or none is"),
        ({"difference_zh": "漏译"}, "differs", "all filled in, or none is"),
        ({"seen_at": ""}, "seen_at", "says where the words were read"),
        ({"paragraph": "3"}, "paragraph_of", "says which text paragraph counts"),
    ],
)
def test_a_row_that_contradicts_itself_is_named(records, changed, column, said):
    frame = records.originals.iloc[:0].copy()
    frame.loc[2] = dataclasses.asdict(row(**changed))
    found = rules.original_problems(frame)
    assert [one.column for one in found] == ([column] if column else [])
    assert all(said in one.message for one in found)
