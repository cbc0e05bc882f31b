"""The record of the data as they are meant: a digest of each cell, so that no change stays unnoticed."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import itertools
import json
import os
import re
import shlex
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from analysis.records import coding
from analysis.records.descriptor import descriptor
from analysis.records.errors import Problem
from analysis.records.files import bytes_of, rows_of, text_of
from analysis.records.paths import is_own

LOCK = "lock.csv"
HEADER = ["file", "row", "digests"]
COLUMNS = "(columns)"  # stands for a row: the names of the columns, in the order of the digests
LENGTH = 3  # characters of a digest: one change in 262,144 has the digest of what it replaces
DIGEST = re.compile("-|" + "[^-]" * LENGTH)
CODINGS = "docs/coding/"


class Line(NamedTuple):
    """A row of a table: its number in the file, what names it, and a digest for each column."""

    number: int | None
    label: str
    digests: tuple[str, ...]


class Lines(NamedTuple):
    """The rows of a file, and the columns that they have."""

    columns: tuple[str, ...]
    rows: list[Line]


def lock_text(folder: Path, codings: Path | None = None) -> str:
    """What records the data of a folder as they are now.

    Parameters
    ----------
    folder : Path
        The data folder.
    codings : Path, optional
        Folder of the codings; by default ``docs/coding``, for the project's own data only.
    """
    return _written(_present(folder, codings))


def changes(folder: Path, codings: Path | None = None) -> list[Problem]:
    """Each cell and row of the data that is not as recorded; all of them where nothing is recorded."""
    return _changes(_recorded(folder / LOCK), _present(folder, codings))


def lock_problems(folder: Path) -> list[Problem]:
    """Changes of the data that are not recorded, each with the command that records it.

    Collections of other people are exempt until they have a record: a file ``lock.csv`` in their folder.
    """
    own, chosen = is_own(folder), os.environ.get("ANALYSIS_DATA")
    command = f"`analysis{f' --data {shlex.quote(str(chosen))}' if chosen else ''} accept`"
    file = f"data/{LOCK}" if own else LOCK
    if not (folder / LOCK).is_file():
        return [Problem(LOCK, f"is missing; {command} writes it")] if own else []
    present = _present(folder, None)
    tail = f", and {file} does not record it; if it is meant, run {command} and commit {file} too"
    found = [
        Problem(one.file, one.message + tail, one.row, one.column, one.key, one.message + tail)
        for one in _changes(_recorded(folder / LOCK), present)
    ]
    if not found and text_of(folder / LOCK) != _written(present):
        return [Problem(LOCK, f"is not as it was written; run {command} and commit {file}")]
    return found


def _written(present: dict[str, Lines]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(HEADER)
    for file, lines in present.items():
        writer.writerow([file, COLUMNS, " ".join(lines.columns)])
        writer.writerows([file, row.label, "".join(row.digests)] for row in lines.rows)
    return made.getvalue()


def _changes(recorded: dict[str, Lines], present: dict[str, Lines]) -> list[Problem]:
    return [
        change
        for file in dict.fromkeys([*present, *recorded])
        for change in _of_file(file, recorded.get(file), present.get(file))
    ]


def _present(folder: Path, codings: Path | None) -> dict[str, Lines]:
    """The rows of every table, description, text and coding as they are."""
    described = descriptor(folder)
    keys = {one["path"]: one["schema"]["primaryKey"][:2] for one in described["resources"]}
    found = {"datapackage.json": _described(described)}
    found |= {
        path: _table(folder / path, key) for path, key in keys.items() if (folder / path).is_file()
    }
    for path in sorted(folder.glob("*/*.txt")):
        texts = enumerate(text_of(path).splitlines(), 1)
        rows = [Line(number, "", (_digest(text),)) for number, text in texts]
        found[path.relative_to(folder).as_posix()] = Lines(("text",), rows)
    coded = codings or (coding.FOLDER if is_own(folder) else None)
    for path in sorted(coded.glob("*.csv")) if coded else []:
        found[f"{CODINGS}{path.name}"] = _table(path, ("claim_id", "measure_id", "column"))
    return found


def _table(path: Path, key: Iterable[str]) -> Lines:
    header, *body = rows_of(path)
    places = [header.index(name) for name in key if name in header]
    rows = [
        Line(number, " ".join(cells[place] for place in places), tuple(map(_digest, cells)))
        for number, cells in enumerate(body, 2)
        if len(cells) == len(header)
    ]
    return Lines(tuple(header), rows)


def _described(package: dict[str, Any]) -> Lines:
    """The description of the package, of each table and of each column as a row of its own."""
    found: dict[str, dict[str, Any]] = {"package": package | {"resources": None}}
    for table in package["resources"]:
        schema = table["schema"] | {"fields": None}
        found[table["name"]] = table | schema | {"schema": None}
        found |= {f"{table['name']}.{field['name']}": field for field in table["schema"]["fields"]}
    columns = tuple(sorted({name for cells in found.values() for name in cells}))
    rows = [
        Line(None, label, tuple(_digest(_as_text(cells.get(name))) for name in columns))
        for label, cells in found.items()
    ]
    return Lines(columns, rows)


def _as_text(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=2**16)
def _digest(text: str) -> str:
    """Three letters or digits that another text has only by rare chance; a hyphen of an empty one."""
    if not text:
        return "-"
    found = hashlib.blake2b(text.encode(), digest_size=LENGTH).digest()
    return base64.b64encode(found, b"._").decode()[:LENGTH]


def _recorded(path: Path) -> dict[str, Lines]:
    """The record by file; what is no line of it, such as the marks of a conflict, is passed over."""
    found: dict[str, Lines] = {}
    if not path.is_file():
        return found
    for cells in csv.reader(io.StringIO(bytes_of(path).decode("utf-8", "replace"), newline="")):
        if len(cells) != len(HEADER) or cells == HEADER:
            continue
        file, label, held = cells
        if label == COLUMNS:
            found[file] = Lines(tuple(held.split()), [])
        elif file in found:
            found[file].rows.append(Line(None, label, tuple(DIGEST.findall(held))))
    return found


def _of_file(file: str, before: Lines | None, now: Lines | None) -> Iterator[Problem]:
    """What differs in one file."""
    if before is None or now is None:
        yield Problem(file, "was removed" if now is None else "was added")
        return
    for one, other, said in ((now, before, "was added"), (before, now, "was removed")):
        yield from (
            Problem(file, said, 1, name) for name in one.columns if name not in other.columns
        )
    common = [name for name in now.columns if name in before.columns]
    if common != [name for name in before.columns if name in now.columns]:
        yield Problem(file, "has its columns in another order", 1)
    old, new = (_of_columns(lines, common) for lines in (before, now))
    pairs = _pairs(old, new)
    for place, row in enumerate(new):
        if place not in pairs:
            yield Problem(file, "was added", row.number, key=row.label)
            continue
        yield from (
            Problem(file, "was changed", row.number, name, row.label)
            for name, was, is_now in zip(
                common, old[pairs[place]].digests, row.digests, strict=True
            )
            if was != is_now
        )
    kept = set(pairs.values())
    gone = (row for place, row in enumerate(old) if place not in kept)
    yield from (Problem(file, "was removed", key=row.label) for row in gone)
    order = sorted(pairs)
    moved = [two for one, two in itertools.pairwise(order) if pairs[two] < pairs[one]]
    for place in moved[:1]:
        yield Problem(file, "stands in another order", new[place].number, key=new[place].label)


def _of_columns(lines: Lines, names: list[str]) -> list[Line]:
    """The rows with the digests of some columns only."""
    places = [lines.columns.index(name) for name in names]
    return [
        Line(row.number, row.label, tuple(row.digests[place] for place in places))
        for row in lines.rows
        if len(row.digests) == len(lines.columns)
    ]


def _pairs(old: list[Line], new: list[Line]) -> dict[int, int]:
    """Which recorded row each row is: the same one, else one of its name, else one with most cells alike."""
    found: dict[int, int] = {}
    names: tuple[Callable[[Line], Any], ...] = (lambda row: row[1:], lambda row: row.label)
    for alike in names:
        free: dict[Any, list[int]] = defaultdict(list)
        for place in sorted(set(range(len(old))) - set(found.values()), reverse=True):
            free[alike(old[place])].append(place)
        for place, row in enumerate(new):
            if place not in found and free[alike(row)]:
                found[place] = free[alike(row)].pop()
    left = set(range(len(old))) - set(found.values())
    for place in [number for number in range(len(new)) if number not in found]:
        like = {one: _alike(old[one], new[place]) for one in sorted(left)}
        best = max(like, key=lambda one: like[one], default=None)
        if best is not None and 2 * like[best] >= len(new[place].digests):
            found[place] = best
            left.remove(best)
    return found


def _alike(one: Line, other: Line) -> int:
    """In how many columns two rows have the same digest."""
    return sum(first == second for first, second in zip(one.digests, other.digests, strict=True))
