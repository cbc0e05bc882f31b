"""The folder of a study: tables, workbook, charts in both languages, method, README; nothing of it half written."""

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis import causal_study
from analysis.publish.causal_folder import save_study
from analysis.records import files
from analysis.records.errors import ExportError
from analysis.records.files import write_whole


@pytest.fixture(scope="module")
def found():
    draws = np.random.default_rng(3)
    first = {f"=c{n}": [0, 2014, 2015][n % 3] for n in range(60)}
    rows = [
        (county, year, 1000 + 50 * (0 < start <= year) + draws.normal())
        for county, start in first.items()
        for year in range(2011, 2018)
    ]
    frame = pd.DataFrame(rows, columns=["county", "year", "outcome"])
    frame["first_treated"] = frame["county"].map(first)
    return causal_study(frame, frame, replications=19)


def test_a_folder_holds_every_table_and_chart_in_both_languages(found, tmp_path):
    names = {path.name for path in save_study(found, tmp_path)}
    assert names == {path.name for path in tmp_path.iterdir()}
    assert {f"{name}.csv" for name in found.tables()} <= names
    for chart in ("event-study", "groups", "bacon-weights", "honest-bounds", "cells-used"):
        assert {
            f"{chart}.{lang}.{form}" for lang in ("en", "zh") for form in ("png", "svg")
        } <= names
    kept = pd.read_csv(tmp_path / "estimates.csv")
    assert kept["estimate"].to_numpy() == pytest.approx(found.estimates["estimate"])
    assert "share" not in kept  # nobody said that the outcome is a logarithm
    sheet = openpyxl.load_workbook(tmp_path / "tables.xlsx")["events"]
    assert sheet.cell(2, 2).value == pytest.approx(found.events["att"].iloc[0])
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert all(note in readme for note in found.notes)
    assert "Callaway" in (tmp_path / "method.md").read_text("utf-8")


def test_charts_are_labelled_your_data_and_claim_no_licence(found, tmp_path):
    save_study(found, tmp_path)
    for path in tmp_path.glob("*.svg"):
        text = path.read_text("utf-8")
        assert ("Your data" if ".en." in path.name else "您的数据") in text
        assert "CC\u00a0BY" not in text
    headline = found.charts()["event-study"].spec.en.headline
    assert "%" not in headline.partition(":")[2]
    assert "50" in headline or "49" in headline


def test_a_notebook_sees_tables_and_pictures_escaped(found):
    page = found._repr_html_()
    assert page.count("<img") == 5
    assert page.count("<table") >= 5
    assert "<li>Every figure is an intention to treat" in page


def test_a_folder_that_cannot_be_written_whole_stays_as_it_was(found, tmp_path, monkeypatch):
    (tmp_path / "README.md").write_text("of before", "utf-8")
    written = []

    def fails_at_last(path, content):
        written.append(path.name)
        if len(written) == 20:
            raise ExportError("the disk is full")
        return write_whole(path, content)

    monkeypatch.setattr(files, "write_whole", fails_at_last)
    with pytest.raises(ExportError, match="the disk is full"):
        save_study(found, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text("utf-8") == "of before"
