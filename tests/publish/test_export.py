"""Exports are whole, repeatable to the byte, made again only where something changed, and refuse in one sentence."""

import csv
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from analysis.bounds.finding import COLUMNS
from analysis.plotting.pictures import pictures
from analysis.plotting.spec import ChartSpec, Text
from analysis.publish import contact_sheet, export, index_tables
from analysis.publish.order import Order
from analysis.records import files as writing
from analysis.records.errors import ExportError
from analysis.records.load import load
from analysis.records.paths import PROJECT
from analysis.themes.charts import definitions, make_chart

ONE, OTHER = "canton-fair-deals-per-yuan-waived", "canton-fair-break-even"
SMALL = Order(("en",), ("png", "csv"))


def run(chart_ids, out, order=SMALL, **options):
    return {one.chart_id: one for one in export.export_charts(chart_ids, out, order, **options)}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("exports")
    return out, run([ONE], out, Order())[ONE]


def test_every_file_named_is_there_and_no_other(exported):
    out, one = exported
    assert set(one.made) == set(one.files) == set(Order().names(ONE))
    assert set(contents(out)) == {f"{ONE}/{name}" for name in (*one.files, export.MADE)}


def test_the_folder_says_its_own_digests(exported):
    out, one = exported
    listed = json.loads((out / ONE / f"{ONE}.json").read_text("utf-8"))["files"]
    said = {entry["path"]: entry["hash"].removeprefix("sha256:") for entry in listed}
    assert set(said) == set(one.files) - {"README.md", "MANIFEST", f"{ONE}.json"}
    readme = (out / ONE / "README.md").read_text("utf-8")
    lines = (out / ONE / "MANIFEST").read_text().splitlines()
    sums = dict(reversed(line.split("  ")) for line in lines)
    assert set(sums) == set(one.files) - {"MANIFEST"}
    for name in sums:
        assert hashlib.sha256((out / ONE / name).read_bytes()).hexdigest() == sums[name], name
    for name, digest in said.items():
        content = (out / ONE / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
        assert name in readme


def test_nothing_changed_nothing_made(exported):
    out, one = exported
    before = {path: path.stat().st_mtime_ns for path in (out / ONE).iterdir()}
    again = run([ONE], out, Order())[ONE]
    assert again.made == ()
    assert again.files == one.files
    assert before == {path: path.stat().st_mtime_ns for path in (out / ONE).iterdir()}


def test_what_was_changed_is_made_again_only_on_demand(tmp_path):
    run([ONE], tmp_path)
    whole = contents(tmp_path)
    (tmp_path / ONE / f"{ONE}.en.page.png").write_bytes(b"half")
    (tmp_path / ONE / f"{ONE}.csv").unlink()
    before = contents(tmp_path)
    with pytest.raises(ExportError, match=r"en\.page\.png would be overwritten.*--force"):
        run([ONE], tmp_path)
    assert contents(tmp_path) == before, "nothing is made, not even what is missing"
    made = run([ONE], tmp_path, force=True)[ONE].made
    assert {f"{ONE}.en.page.png", f"{ONE}.csv"} <= set(made)
    assert contents(tmp_path) == whole


def test_a_wider_order_adds_and_keeps(tmp_path):
    run([ONE], tmp_path)
    png = tmp_path / ONE / f"{ONE}.en.page.png"
    moment = png.stat().st_mtime_ns
    made = run([ONE], tmp_path, Order(("en",), ("png", "csv"), ("page", "web")))[ONE].made
    assert f"{ONE}.en.web.png" in made
    assert f"{ONE}.en.page.png" not in made
    assert png.stat().st_mtime_ns == moment
    readme = (tmp_path / ONE / "README.md").read_text("utf-8")
    assert f"{ONE}.en.web.png" in readme
    assert f"{ONE}.en.page.png" in readme


def test_other_data_leave_no_stale_file_and_no_work_of_others(tmp_path, data_copy, edit):
    run([ONE], tmp_path, Order(("en",), ("png", "csv"), ("page", "web")))
    (tmp_path / ONE / "mine.txt").write_text("my notes")
    (tmp_path / ONE / f"{ONE}.en.page.png").write_bytes(b"retouched by hand")
    edit(data_copy / "claims.csv", "scio-2021.canton-fees", "note", "another note")
    made = run([ONE], tmp_path, Order(("en",), ("csv",)), data=str(data_copy))[ONE].made
    left = {path.name for path in (tmp_path / ONE).iterdir()}
    assert f"{ONE}.csv" in made
    assert "mine.txt" in left
    assert f"{ONE}.en.web.png" not in left, "made from other data, and not wanted now"
    assert f"{ONE}.en.page.png" in left, "somebody changed it: it is theirs"


@pytest.mark.parametrize("note", ["", "[]", '{"files": 3}', '{"files": {"../../x": "0"}}'])
def test_with_a_damaged_note_nothing_is_known_to_be_ours(tmp_path, note):
    order = Order(("en",), ("csv",))
    run([ONE], tmp_path, order)
    whole = contents(tmp_path)
    (tmp_path / ONE / export.MADE).write_text(note)
    with pytest.raises(ExportError, match="changed since made here"):
        run([ONE], tmp_path, order)
    run([ONE], tmp_path, order, force=True)
    assert contents(tmp_path) == whole


SCRIPT = """
import sys
from pathlib import Path
from analysis.publish.export import export_charts
from analysis.publish.order import Order
if __name__ == "__main__":
    list(export_charts(sys.argv[2:], Path(sys.argv[1]), Order(), processes=2))
"""


@pytest.mark.full
def test_several_processes_with_other_settings_write_what_one_writes(exported, tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    settings = {"TZ": "America/New_York", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2"}
    subprocess.run(
        [sys.executable, tmp_path / "script.py", tmp_path / "several", ONE, OTHER],
        env=os.environ | settings | {"MPLCONFIGDIR": str(tmp_path / "cache")},
        check=True,
    )
    out, _ = exported
    several, one = contents(tmp_path / "several" / ONE), contents(out / ONE)
    assert set(several) == set(one)
    for name, content in several.items():
        assert content == one[name], f"{name}: {_parting(content, one[name])}"


def _parting(one: bytes, other: bytes) -> str:
    """Where two files part, with what stands around it."""
    place = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return (
        f"from byte {place}: {one[place - 80 : place + 80]!r}, {other[place - 80 : place + 80]!r}"
    )


def test_charts_of_a_notebook_are_drawn_together_and_every_job_once(tmp_path):
    jobs = [export.Job(name, SMALL, tmp_path / name, "", None) for name in (*definitions(), "")]
    shares = export._shared(jobs, 2)
    assert [job.chart_id for job in shares[0]] == [""], "what takes longest and stands alone begins"
    assert sorted(job.chart_id for share in shares for job in share) == sorted([*definitions(), ""])
    notebooks = [{definitions()[job.chart_id].notebook for job in share} for share in shares[1:]]
    assert all(len(one) == 1 for one in notebooks)
    assert len(notebooks) == len({one.notebook for one in definitions().values()})
    assert [len(share) for share in shares[1:]] == sorted(
        (len(share) for share in shares[1:]), reverse=True
    )
    assert export._shared(jobs[:3], 2) == [[job] for job in jobs[:3]], (
        "few charts are shared out singly"
    )


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(ExportError, match=r"cannot write to .*taken"):
        run([ONE], tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "a file, not a folder"


def test_an_interrupted_write_leaves_the_old_file_and_no_half_one(tmp_path, monkeypatch):
    target = writing.write_whole(tmp_path / "x.csv", b"old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", fail)
    with pytest.raises(ExportError, match="No space left"):
        writing.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_an_export_that_breaks_off_is_finished_by_the_next(tmp_path, monkeypatch):
    real, calls = writing.write_whole, []

    def fail_at_third(path, content):
        calls.append(path)
        if len(calls) == 3:
            raise ExportError("No space left on device")
        return real(path, content)

    monkeypatch.setattr(export, "write_whole", fail_at_third)
    with pytest.raises(ExportError):
        run([ONE], tmp_path)
    noted = json.loads((tmp_path / ONE / export.MADE).read_text())
    assert noted["files"] == {}, "what was made is noted last"
    assert set(noted["writing"]) == set(SMALL.names(ONE))
    monkeypatch.setattr(export, "write_whole", real)
    assert set(run([ONE], tmp_path)[ONE].made) == set(SMALL.names(ONE))


def test_tables_hold_the_contract_and_every_exhibit(tmp_path, records):
    assert run([], tmp_path, tables=True)[""].made == export.TABLES
    assert run([], tmp_path, tables=True)[""] == export.Exported("", export.TABLES, ()), (
        "nothing changed"
    )
    books = Order(("zh",), ("csv", "xlsx"))
    assert run([], tmp_path, books, tables=True)[""].made == (*export.TABLES, "charts.zh.xlsx"), (
        "another order has other files"
    )
    contents, *sheets = openpyxl.load_workbook(tmp_path / "charts.zh.xlsx").worksheets
    assert len(sheets) == contents.max_row - 1 == len(definitions())
    for row, sheet in zip(contents.iter_rows(min_row=2), sheets, strict=True):
        assert row[0].hyperlink.location == f"'{sheet.title}'!A1"
        assert sheet.max_row == row[4].value + 3, "three header rows"
        assert sheet.freeze_panes == "B4"
    assert run([], tmp_path, tables=True)[""].made == export.TABLES
    findings, listed = (
        list(csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8"))))
        for name in export.TABLES
    )
    assert tuple(findings[0]) == COLUMNS
    ratio = next(row for row in findings if row["value_id"] == "canton-fair.deals-per-yuan-waived")
    assert float(ratio["value"]) == pytest.approx(132.999, abs=1e-3)
    assert ratio["high"] == "inf"
    assert ratio["open_ended"] == "high"
    assert {row["exhibit"] for row in listed if "/" in row["file"]} == set(definitions())
    assert {row["file"] for row in listed if row["exhibit"] == ONE} == {
        f"{ONE}/{name}" for name in SMALL.names(ONE)
    }
    assert all((PROJECT / "notebooks" / row["notebook"]).is_file() for row in listed)
    made = [index_tables.exhibits_csv(load(), order) for order in (Order(), SMALL)]
    assert made[0] != made[1]


def test_an_archive_holds_the_export(exported, tmp_path):
    out, one = exported
    names = [f"{ONE}/{name}" for name in sorted(one.files)]
    target = export.archive(out, names, tmp_path / "all.zip")
    with zipfile.ZipFile(target) as packed:
        assert packed.namelist() == names
        assert packed.testzip() is None
        assert packed.read(f"{ONE}/{ONE}.csv") == (out / ONE / f"{ONE}.csv").read_bytes()
    assert export.archive(out, names, tmp_path / "again.zip").read_bytes() == target.read_bytes()


def test_a_contact_sheet_shows_each_chart_once_in_its_order(tmp_path, records):
    order = Order(("zh",), ("png",), sizes=("phone",))
    (path,) = contact_sheet.write_sheets([ONE, OTHER], records, tmp_path, order)
    assert path.name == "sheet.zh.phone.png"
    whole, left = Image.open(path), contact_sheet.APART
    for chart_id in (ONE, OTHER):
        made = pictures(make_chart(chart_id, records, "zh"), ["png"], size="phone")["png"]
        one = Image.open(io.BytesIO(made)).convert("RGB")
        size = contact_sheet.WIDE, round(one.height * contact_sheet.WIDE / one.width)
        part = whole.crop(
            (left, contact_sheet.APART, left + size[0], contact_sheet.APART + size[1])
        )
        assert part.tobytes() == one.resize(size, Image.Resampling.LANCZOS).tobytes()
        left += contact_sheet.WIDE + contact_sheet.APART
    assert whole.width == left


def test_a_contact_sheet_begins_a_new_row_and_keeps_pictures_apart():
    tones = [(step, 0, 0) for step in range(contact_sheet.COLUMNS + 1)]
    wide, apart = contact_sheet.WIDE, contact_sheet.APART
    whole = contact_sheet.sheet([Image.new("RGB", (wide, wide), tone) for tone in tones])
    assert whole.size == (
        contact_sheet.COLUMNS * (wide + apart) + apart,
        2 * (wide + apart) + apart,
    )
    assert whole.getpixel((apart, wide + 2 * apart)) == tones[-1]
    assert whole.getpixel((apart, wide + apart)) == contact_sheet.GROUND


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "\tx"])
def test_a_spreadsheet_runs_nothing(text):
    import pandas as pd

    words = Text("a", "b", "c", "d")
    spec = ChartSpec(
        pd.DataFrame({"name": [text, "plain"], "value": [1.5, -2.0]}),
        ("value",),
        "x",
        lambda *_: None,
        words,
        words,
    )
    rows = list(csv.reader(io.StringIO(spec.csv())))
    assert rows[1:] == [[f"'{text}", "1.5"], ["plain", "-2"]]
