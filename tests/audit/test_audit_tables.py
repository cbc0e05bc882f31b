"""The checks over a claims table that is not this project's: another subject, the same columns."""

import pandas as pd
import pytest

from analysis.audit.claims_table import claim_outcomes, source_outcomes
from analysis.audit.series_table import agree, numbered_series, printed_figure, series_outcomes
from analysis.records.errors import QuantityError

RATES = pd.DataFrame({"month": ["2010-05"], "mean": [6.83], "low": [6.82], "high": [6.84]})
SOURCES = pd.DataFrame(
    [
        {
            "source_id": "dam-2010",
            "publisher": "Ministry of Water (repost)",
            "event_date": "2010-06-01",
            "page_date": "2013-01-05",
            "retrieval": "page seen again",
            "note": "",
        }
    ]
)
CLAIM = {
    "source_id": "dam-2010",
    "paragraph": 3,
    "bound": "about",
    "last_digit": "",
    "unit": "CNY",
    "period_start": "2010",
    "period_end": "2010-06-01",
    "stated_usd": "",
    "kind": "input",
}
CLAIMS = pd.DataFrame(
    [
        CLAIM
        | {
            "claim_id": "dam-2010.cost",
            "as_stated": "some 68.3 million yuan",
            "value_low": 68.3e6,
            "value_high": 68.3e6,
            "stated_usd": "10 million",
            "period_start": "2010",
        },
        CLAIM
        | {
            "claim_id": "dam-2010.villages",
            "as_stated": "more than 40 villages",
            "value_low": 4.0,
            "value_high": 4.0,
            "unit": "village",
            "bound": "more_than",
            "period_start": "",
        },
    ]
)


def statuses(found) -> dict[tuple[str, str], str]:
    return {(one.subject.split(".")[-1], one.check): one.status for one in found}


def test_claims_of_another_table_are_checked_alike():
    found = statuses(claim_outcomes(CLAIMS, SOURCES, RATES))
    assert found["villages", "parse"] == "conflict"  # the words say 40
    assert found["villages", "period"] == "warn"
    assert found["villages", "source"] == "warn"
    # 68.25 to 68.35 million over 9.5 to 10.5: 6.50 to 7.19 holds 6.83
    assert found["cost", "exchange rate"] == "pass"
    assert found["cost", "unit"] == "pass"
    assert all(
        str(one.rows[0]).startswith("claims.csv row ")
        for one in claim_outcomes(CLAIMS, SOURCES, RATES)
    )


def test_documents_of_another_table_are_checked_alike():
    found = {one.check: one for one in source_outcomes(CLAIMS, SOURCES, RATES)}
    assert {name: one.status for name, one in found.items()} == {
        "page date": "warn",  # its note says that it is a repost
        "event date": "pass",
    }
    assert str(found["page date"].rows[0]) == "sources.csv row 2"


def test_a_table_without_its_columns_is_refused():
    with pytest.raises(QuantityError, match="as_stated is missing"):
        claim_outcomes(CLAIMS.drop(columns="as_stated"), SOURCES, RATES)


def row(series_id: str, start: str, end: str, value: float, **more: str) -> dict:
    return {
        "series_id": series_id,
        "period_start": start,
        "period_end": end,
        "value": value,
        "printed": "",
        "last_digit": "",
        "qualifier": "",
        "geography": "X",
        "source_title": "a",
    } | more


def test_series_of_another_table_are_checked_alike():
    table = pd.DataFrame(
        [
            row("rain", "2010-01-01", "2010-06-30", 40.0),
            row("rain", "2010-07-01", "2010-12-31", 50.0),
            row("rain", "2010-01-01", "2010-12-31", 70.0),  # 40 + 50, each +- 5, is 80 to 100
            row(
                "rain", "2010-01-01", "2010-12-31", 91.0, source_title="b"
            ),  # another source: 70 is not 91
            row("wells", "2010-05", "2010-05", 31.0, printed="31"),
            row("wells", "2011-05", "2011-05", 29.0, printed="290"),  # falls, and is misprinted
        ]
    )
    found = {
        (one.check, one.subject): one.status
        for one in series_outcomes(
            numbered_series(table, {"rain": "sky", "wells": "ground"}),
            {"rain": "flow", "wells": "cumulative"},
        )
    }
    assert found["two sources", "rain@2010-01-01/2010-12-31"] == "conflict"
    assert (
        found["arithmetic", "rain@2010-01-01/2010-12-31"] == "pass"
    )  # the whole may be either source's
    assert found["running total", "wells"] == "conflict"
    assert found["printed figure", "wells@2011-05/2011-05 = 29"] == "conflict"
    assert found["running total", "rain@2010-01-01"] == "pass"
    places = [str(place) for place, _ in numbered_series(table, {"rain": "sky", "wells": "ground"})]
    assert places[-2:] == ["series/ground.csv row 2", "series/ground.csv row 3"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ((895, 894.5), "pass"),
        ((5, 6), "pass"),  # both can be 5.5
        ((100.1, 100.9), "warn"),
        ((69.79, 86.76), "conflict"),
    ],  # the second 0.8 % apart, the third 24.3 %
)
def test_two_sources_of_one_figure(values, status):
    assert agree([{"value": value, "qualifier": ""} for value in values]).status == status


def test_a_printed_figure_is_held_against_the_value():
    assert printed_figure("", 5) is None
    assert printed_figure("195 million", 195e6).status == "pass"
    assert printed_figure("1685亿", 168.5e9).status == "pass"
    assert printed_figure("16.85 billion", 1.685e9).status == "conflict"
