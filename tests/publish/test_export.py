"""Exports are whole, repeatable to the byte, and refuse what cannot be done with one sentence."""

import csv
import dataclasses
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from analysis.charts import export
from analysis.charts.registry import definitions
from analysis.charts.spec import ChartSpec, Text
from analysis.charts.style import SIZES
from analysis.charts.view import make_chart
from analysis.quantities.finding import COLUMNS
from analysis.records.errors import AnalysisError, ExportError

ONE = "canton-fair-deals-per-yuan-waived"


def files(chart_ids, out, langs=("en",), formats=export.FORMATS):
    return [path for made in export.export_charts(chart_ids, out, langs=langs, formats=formats) for path in made]


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("exports")
    return out, files([ONE], out, ("en", "zh"))


def test_every_language_and_format_is_there(exported):
    out, made = exported
    names = {path.relative_to(out).as_posix() for path in made}
    pictures = {f"{ONE}/{ONE}.{lang}.{name}" for lang in ("en", "zh") for name in export.PICTURES}
    assert names == pictures | {f"{ONE}/{ONE}.csv"}
    assert {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} == names, "nothing else is left behind"


def test_a_picture_has_the_named_size_and_carries_its_words(exported, records):
    out, _ = exported
    size = SIZES["page"]
    for lang in ("en", "zh"):
        text = make_chart(ONE, records, lang).spec.text(lang)
        with Image.open(out / ONE / f"{ONE}.{lang}.png") as picture:
            assert picture.size == (size.width * size.dpi, size.height * size.dpi)
            assert picture.info["Title"] == text.headline and picture.info["Description"] == text.alt
            assert picture.info["Copyright"].startswith("CC") and "Software" not in picture.info
        svg = (out / ONE / f"{ONE}.{lang}.svg").read_text("utf-8")
        assert f"<title>{text.headline}</title>" in svg and "<dc:date>" not in svg
        pdf = (out / ONE / f"{ONE}.{lang}.pdf").read_bytes()
        assert pdf.startswith(b"%PDF") and b"CreationDate" not in pdf and b"/Subject" in pdf


def test_csv_is_what_is_plotted(exported, records):
    out, _ = exported
    spec = make_chart(ONE, records).spec
    rows = rows_of(out / ONE / f"{ONE}.csv")
    assert [row["value_id"] for row in rows] == spec.data["value_id"].tolist()
    assert [float(row["value"]) for row in rows] == pytest.approx(spec.data["value"].tolist(), rel=1e-11)


SCRIPT = """
import hashlib, sys
from analysis.charts.export import picture, PICTURES
from analysis.charts.view import make_chart
from analysis.records.load import load
for lang in ("en", "zh"):
    for name in PICTURES:
        print(lang, name, hashlib.sha256(picture(make_chart(sys.argv[1], load(), lang), name)).hexdigest())
"""


def test_two_processes_with_other_settings_draw_the_same_bytes(tmp_path):
    def digests(**settings: str) -> str:
        environment = os.environ | {"MPLCONFIGDIR": str(tmp_path / settings["PYTHONHASHSEED"])} | settings
        return subprocess.run([sys.executable, "-c", SCRIPT, ONE], env=environment, capture_output=True, text=True, check=True).stdout

    first = digests(PYTHONHASHSEED="1", TZ="Asia/Shanghai", LC_ALL="C.UTF-8")
    assert len(first.splitlines()) == 6
    assert first == digests(PYTHONHASHSEED="2", TZ="America/New_York", LC_ALL="C")


def test_export_by_processes_writes_what_one_process_writes(exported, tmp_path):
    out, _ = exported
    files([ONE, "canton-fair-break-even"], tmp_path, ("en", "zh"))  # more than FEW orders: processes
    for path in (out / ONE).iterdir():
        assert (tmp_path / ONE / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("langs", "formats", "message"),
    [
        (("en",), ("gif",), "'gif' is no format; allowed are svg, pdf, png, csv"),
        (("fr",), ("png",), "'fr' is no language of this project; allowed are en, zh"),
    ],
)
def test_what_cannot_be_exported_is_refused_before_anything_is_written(tmp_path, langs, formats, message):
    with pytest.raises(AnalysisError, match=message):
        files([ONE], tmp_path, langs, formats)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(ExportError, match=r"cannot write to .*taken"):
        files([ONE], tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


def test_an_interrupted_write_leaves_the_old_file_and_no_half_one(tmp_path, monkeypatch):
    target = export.write_whole(tmp_path / "x.csv", b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export.os, "replace", fail)
    with pytest.raises(ExportError, match="No space left"):
        export.write_whole(target, b"new")
    assert target.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_a_missing_glyph_stops_the_export(records):
    chart = make_chart(ONE, records, "zh")
    for field, value in {"headline": "\u9f98", "labels": {**chart.spec.zh.labels, "x": "\u9f98"}}.items():
        words = dataclasses.replace(chart.spec.zh, **{field: value})
        broken = dataclasses.replace(chart, spec=dataclasses.replace(chart.spec, zh=words))
        with pytest.raises(ExportError, match="no glyph for .* \\(U\\+9F98\\)"):
            export.picture(broken, "png")


def test_tables_hold_the_contract_and_every_exhibit(records, tmp_path):
    export.export_tables(records, tmp_path)
    findings = rows_of(tmp_path / "findings.csv")
    assert tuple(findings[0]) == COLUMNS
    ratio = next(row for row in findings if row["value_id"] == "canton-fair.deals-per-yuan-waived")
    assert float(ratio["value"]) == pytest.approx(132.999, abs=1e-3) and ratio["high"] == "inf" and ratio["open_ended"] == "high"
    exhibits = rows_of(tmp_path / "exhibits.csv")
    assert {row["exhibit"] for row in exhibits if row["file"].endswith(".csv") and "/" in row["file"]} == set(definitions())
    assert all(Path("notebooks", row["notebook"]).suffix == ".ipynb" for row in exhibits)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_a_spreadsheet_runs_nothing(text):
    import pandas as pd

    words = Text("a", "b", "c", "d")
    spec = ChartSpec(pd.DataFrame({"name": [text, "plain"], "value": [1.5, -2.0]}), ("value",), "x", lambda *_: None, words, words)
    rows = list(csv.reader(io.StringIO(spec.csv())))
    assert rows[1:] == [[f"'{text}", "1.5"], ["plain", "-2"]]
