"""What a researcher gets from the verbs: dates, gaps, yes and no as types; a plot that is right by itself."""

from __future__ import annotations

import csv
import math

import pandas as pd
import pytest

import analysis
from analysis.records.errors import AnalysisError
from analysis.records.paths import data_folder
from analysis.records.periods import period_words
from analysis.themes.register import charts_series, charts_values
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import Table


def cells(file: str) -> list[dict[str, str]]:
    with (data_folder() / file).open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def test_claims_and_documents_have_the_types_of_the_tidy_tables():
    pd.testing.assert_frame_equal(analysis.claims(), analysis.tables("claims"))
    pd.testing.assert_frame_equal(analysis.sources(), analysis.tables("sources"))
    claims, written = analysis.claims(), cells("claims.csv")
    assert claims["said_on"].isna().tolist() == [row["said_on"] == "" for row in written]
    assert claims["said_on"].max() == pd.Timestamp(2021, 8, 23)
    assert claims["note"].isna().sum() == sum(row["note"] == "" for row in written)
    assert analysis.claims(source="hunan-2017")["paragraph"].dtype == "Int64"
    with pytest.raises(AnalysisError, match="no source_id 'hunan'"):
        analysis.claims(source="hunan")


def test_rows_of_a_series_have_types_too():
    rows = analysis.series("cn-rural-inc")
    assert rows["recheck"].dtype == "boolean"
    written = [row for row in cells("series/incomes.csv") if row["series_id"] == "cn-rural-inc"]
    assert len(rows) == len(written)
    assert rows["period_end"].max().year == max(int(row["period_end"][:4]) for row in written)
    disposable = "cn-rural-inc-disposable"
    chosen = analysis.series("cn-rural-inc", definition=disposable, preferred=True)
    years = {row["period_end"][:4] for row in written if row["definition"] == disposable}
    assert sorted(chosen["period_end"].dt.year.astype(str)) == sorted(years)
    assert chosen["alternatives"].sum() == sum(
        row["definition"] == disposable for row in written
    ) - len(years)
    assert set(analysis.series()["series_id"]) == set(analysis.tables("series_index")["series_id"])


def test_a_table_writes_dates_as_precisely_as_they_are_stated():
    frame = pd.DataFrame(
        {
            "on": pd.to_datetime(["2016-01-01", "2020-03-01", "2021-08-23", None]),
            "on_precision": ["year", "month", "day", None],
            "count": pd.array([1, None, 3, 4], dtype="Int64"),
        }
    )
    lines = [line.split() for line in repr(Table(frame)).split("\n")]
    assert lines == [
        *(["on", "count"], ["----------", "-----"], ["2016", "1"]),
        *(["2020-03"], ["2021-08-23", "3"], ["4"]),
    ]
    assert '<td style="text-align:left">2020-03</td>' in Table(frame)._repr_html_()
    assert "precision" not in Table(frame)._repr_html_()


def test_the_plot_of_a_series_is_one_value_for_each_time_and_definition():
    chart = analysis.series("cn-rural-inc").plot()
    data = chart.spec.data
    assert not data.duplicated(["place", "definition", "when"]).any()
    assert chart.sources["en"].startswith("Source: National Bureau of Statistics")
    lines = {len(line.get_xdata()) for line in chart.figure().axes[0].lines}
    assert max(lines) < len(data), "no line crosses from net to disposable income"
    only = analysis.series("cn-rural-inc", definition="cn-rural-inc-disposable").plot(lang="zh")
    assert set(only.spec.data["definition"]) == {"cn-rural-inc-disposable"}
    assert analysis.series("cn-pop-wdi").plot(x="period_end", y="value").lines  # as in pandas


def test_every_series_and_unit_can_be_drawn_in_both_languages(records):
    made = charts_series.series_charts(records) | charts_values.values_charts(records)
    for name, own in made.items():
        spec = own.make(records)
        assert all(map(math.isfinite, spec.data["value"])), name
        for lang in LANGUAGES:
            text = spec.text(lang)
            assert 8 <= len(text.headline) <= 90, (name, lang, text.headline)
            assert 80 <= len(text.alt) <= 450, (name, lang, text.alt)


def test_periods_are_called_as_they_are_used():
    words = period_words
    assert words("2013-04-01", "2014-03-31") == "2013-14"
    assert words("1999-07", "2000-06") == "1999-00"
    assert words("2013", "2013") == "2013"
    assert words("2013-01", "2013-12") == "2013"
    assert words("2013-01-01", "2014-12-31") == "2013-01-01 to 2014-12-31"
