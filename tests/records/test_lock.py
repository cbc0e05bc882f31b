"""No cell of the data changes, and no row comes, goes or moves, without being named."""

from __future__ import annotations

import csv
import json
import random
import shutil
import time
from pathlib import Path

import pytest

from analysis.records.errors import grouped
from analysis.records.lock import LOCK, changes, lock_problems, lock_text
from analysis.records.paths import PROJECT

CODING = "docs/coding"
TABLES = sorted(
    path.relative_to(PROJECT).as_posix()
    for folder in ("data", CODING)
    for path in (PROJECT / folder).rglob("*.csv")
    if path.name != LOCK and "drafts" not in path.parts
    if len(path.read_text("utf-8").splitlines()) > 1  # grades that the audit changes may be none
)
SEED, MOST = 20261129, 60


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of data and codings, recorded as the project's are."""
    for folder in ("data", CODING):
        shutil.copytree(PROJECT / folder, tmp_path / folder)
    return tmp_path


def found(copy: Path) -> list[tuple[str, int | None, str | None, str]]:
    return [
        (one.file, one.row, one.column, one.message)
        for one in changes(copy / "data", copy / CODING)
    ]


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def other(text: str, chance: random.Random) -> str:
    """A text that differs little: a sign more, one less, one digit, an end more precise, or all of it gone."""
    digits = [place for place, one in enumerate(text) if one.isdigit()]
    kinds = [text + "x", text + " ", text + "0"]
    if text:
        kinds += [text[:-1], "", text.swapcase() if text.swapcase() != text else text + "."]
    if digits:
        place = chance.choice(digits)
        kinds.append(f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}")
    return chance.choice(kinds)


def test_the_data_are_as_recorded():
    assert lock_problems(PROJECT / "data") == []


def test_each_of_60_changes_of_single_cells_is_named_with_file_row_and_column(copy):
    chance = random.Random(SEED)
    due = []
    for name in [*TABLES, *chance.sample(TABLES, MOST - len(TABLES))]:
        header, *rows = read(copy / name)
        row, column = chance.randrange(len(rows)), chance.randrange(len(header))
        rows[row][column] = other(rows[row][column], chance)
        write(copy / name, [header, *rows])
        due.append((name.removeprefix("data/"), row + 2, header[column], "was changed"))
    assert len(set(due)) == MOST
    assert sorted(found(copy)) == sorted(due)


def test_rows_that_go_come_or_move_are_named(copy):
    chance = random.Random(SEED)
    due: list[tuple[str, int | None, None, str]] = []
    for number, name in enumerate(TABLES):
        file = name.removeprefix("data/")
        header, *rows = read(copy / name)
        place = chance.randrange(len(rows) - 1)
        assert rows[place] != rows[place + 1]
        new = [f"another {cell}" for cell in rows[place]]
        body, row, said = [
            ([*rows[:place], *rows[place + 1 :]], None, "was removed"),
            ([*rows, rows[place]], len(rows) + 2, "was added"),
            ([*rows[:place], new, *rows[place:]], place + 2, "was added"),
            (
                [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]],
                place + 3,
                "stands in another order",
            ),
        ][number % 4]
        write(copy / name, [header, *body])
        due.append((file, row, None, said))
    assert sorted(found(copy), key=str) == sorted(due, key=str)


def test_a_column_that_comes_goes_or_moves_is_named_once(copy):
    path = copy / "data/events.csv"
    header, *rows = read(path)
    write(path, [[*header, "place"], *([*row, "China"] for row in rows)])
    assert found(copy) == [("events.csv", 1, "place", "was added")]
    write(path, [row[:-1] for row in [header, *rows]])
    assert found(copy) == [("events.csv", 1, header[-1], "was removed")]
    write(path, [[row[1], row[0], *row[2:]] for row in [header, *rows]])
    assert found(copy) == [("events.csv", 1, None, "has its columns in another order")]


def test_several_cells_of_a_row_its_name_among_them_are_named_each(copy):
    path = copy / "data/series/poverty.csv"
    header, *rows = read(path)
    rows[4][header.index("period_start")] = "1901"
    rows[4][header.index("value")] = "1"
    rows[9][header.index("grade")] = "?"
    write(path, [header, *rows])
    assert sorted(one[1:3] for one in found(copy)) == [
        (6, "period_start"),
        (6, "value"),
        (11, "grade"),
    ]


def test_descriptions_and_practice_texts_are_recorded_too(copy):
    described = copy / "data/datapackage.json"
    package = json.loads(described.read_text("utf-8"))
    table = next(one for one in package["resources"] if one["name"] == "claims")
    field = next(one for one in table["schema"]["fields"] if one["name"] == "bound")
    field["constraints"]["enum"].append("at_will")
    table["title"] += "!"
    described.write_text(json.dumps(package), "utf-8")
    text = copy / "data/practice/briefing_en.txt"
    text.write_text(text.read_text("utf-8").replace("12,400", "12,401"), "utf-8")
    assert [(one.file, one.key, one.column) for one in changes(copy / "data", copy / CODING)] == [
        ("datapackage.json", "claims", "title"),
        ("datapackage.json", "claims.bound", "constraints"),
        ("practice/briefing_en.txt", "", "text"),
    ]


def test_line_ends_and_a_byte_order_mark_are_no_change(copy):
    path = copy / "data/claims.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert found(copy) == []


def test_data_of_somebody_else_are_exempt_until_they_are_recorded(data_copy, edit):
    assert lock_problems(data_copy) == []
    (data_copy / LOCK).write_text(lock_text(data_copy), "utf-8")
    assert lock_problems(data_copy) == []
    edit(data_copy / "claims.csv", "hunan-2017.funds-central", "value_low", "105000001")
    (one,) = lock_problems(data_copy)
    assert str(one) == (
        "claims.csv, row 46 (hunan-2017.funds-central), column value_low: was changed, and lock.csv does not "
        "record it; if it is meant, run `analysis accept` and commit lock.csv too"
    )


def test_many_changes_of_a_kind_are_one_line(data_copy):
    (data_copy / LOCK).write_text(lock_text(data_copy), "utf-8")
    path = data_copy / "series/world_bank.csv"
    header, *rows = read(path)
    place = header.index("note")
    write(path, [header, *([*row[:place], "new", *row[place + 1 :]] for row in rows)])
    (line,) = grouped(lock_problems(data_copy))
    assert line.startswith(f"series/world_bank.csv: {len(rows)} rows: note was changed, and ")


def test_both_sides_of_a_merge_are_written_anew(data_copy):
    lock = data_copy / LOCK
    whole = lock_text(data_copy)
    lock.write_text(f"{whole}<<<<<<< one\n", "utf-8")
    assert "is not as it was written; run `analysis accept`" in str(*lock_problems(data_copy))
    first, second = whole.splitlines(keepends=True)[-2:]
    lock.write_text(f"{whole}{first}{second}", "utf-8")
    assert [one.message for one in changes(data_copy)] == ["was removed"] * 2


def test_the_project_without_a_record_is_told_so(copy, monkeypatch):
    monkeypatch.setattr("analysis.records.paths.PROJECT", copy)
    (copy / "data" / LOCK).unlink()
    assert [str(one) for one in lock_problems(copy / "data")] == [
        "lock.csv: is missing; `analysis accept` writes it"
    ]


def _seconds() -> float:
    begun = time.process_time()
    lock_problems(PROJECT / "data")
    return time.process_time() - begun


def test_the_check_takes_a_fraction_of_a_second():
    assert any(_seconds() < 1 for _ in range(5))  # a busy machine can be slow now and then
