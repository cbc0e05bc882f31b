"""Data files for tools/hostile.py: tables, their description, tables of a causal design, own collections."""

from __future__ import annotations

import csv
import functools
import io
import math
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from hostile import DATA, FOLDER, KEPT, OWN, PANEL, TREE, Attempt, Case, replaced
from hostile_lines import Rows, command, parsed, written
from test_descriptor import NASTY as NASTY_JSON
from test_descriptor import PLACES, changed

from analysis.records.descriptor import descriptor
from analysis.records.errors import INVISIBLE, AnalysisError, Problem, grouped
from analysis.records.load import load, problems
from analysis.records.panels import read_panel
from analysis.records.schema import read_table
from test_fuzz import NASTY, check_lines


def check_shown(folder: Path, resource: dict[str, Any]) -> None:
    """Every loaded value is what the text of its cell shows."""
    header, *rows = [row for row in parsed((folder / resource["path"]).read_bytes()) if row]
    frame = read_table(folder, resource)[0]
    assert len(frame) == len(rows), "rows are lost"
    for field in resource["schema"]["fields"]:
        place = header.index(field["name"])
        for text, value in {(r[place], v) for r, v in zip(rows, frame[field["name"]], strict=True)}:
            where = f"{field['name']} {text!a:.80} is loaded as {value!a:.80}"
            if field["type"] == "string":
                assert value == text, where
                assert not {unicodedata.category(one) for one in text} & INVISIBLE, where
            else:
                check_number(text, float(value), where)


def check_number(text: str, value: float, where: str) -> None:
    """A finite number of ASCII digits, the nearest that a float holds; NaN for an empty cell."""
    if not text:
        assert math.isnan(value), where
        return
    assert re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,40})?", text), where
    assert abs(Fraction(value) - Fraction(text)) <= Fraction(math.ulp(value)) / 2, where


def contents(folder: Path) -> dict[str, list[str]]:
    """Rows of all tables, whatever their order and that of their columns."""
    return {
        one["path"]: sorted(
            map(repr, read_table(folder, one)[0].sort_index(axis=1).itertuples(index=False))
        )
        for one in descriptor(folder)["resources"]
    }


def with_file(path: Path, content: bytes | None, right: Callable[[], None]) -> Attempt:
    """Read the tables with one file changed, or taken away."""
    folder = DATA if path.is_relative_to(DATA) else OWN
    return replaced(
        path, content, lambda: reads(lambda: problems(folder), lambda: load(folder), right)
    )


def reads(ask: Callable[[], Any], take: Callable[[], Any], right: Callable[[], None]) -> str:
    """Refused in few lines, or taken and then as it should be."""
    try:
        if found := ask():
            check_lines(grouped(found, listed_by="analysis check --all"))
            return "refused"
    except AnalysisError as error:
        check_lines(str(error).split("\n"))
        return "refused"
    try:
        take()
    except AnalysisError as error:
        raise AssertionError("without problems, and not loaded") from error
    right()
    return "accepted"


def tables_of(chosen: random.Random, folder: Path, most: int) -> Iterator[Case]:
    """Cells of every column; rows, columns and bytes of every table."""
    for resource in descriptor(folder)["resources"]:
        path = folder / resource["path"]
        content = path.read_bytes()
        header, *rows = parsed(content)
        if not rows:
            continue
        shown = _shown(folder, resource)
        for field in resource["schema"]["fields"]:
            place = header.index(field["name"])
            for text in [*chosen.sample(NASTY, most), chosen.choice(rows)[place]]:
                new = [list(row) for row in rows]
                number = chosen.randrange(len(new))
                new[number][place] = text
                label = f"{path.name} row {number + 2} {field['name']} {text!a:.60}"
                made = written([header, *new])
                yield "changed cells", label, with_file(path, made, shown)
        for kind, made in shapes(chosen, header, rows, content):
            right = _same(folder) if kind.startswith("order") else shown
            row = "broken bytes" if kind.startswith("bytes") else "rows and columns"
            yield row, f"{path.name} {kind}", with_file(path, made, right)


def _shown(folder: Path, resource: dict[str, Any]) -> Callable[[], None]:
    return lambda: check_shown(folder, resource)


def _same(folder: Path) -> Callable[[], None]:
    def right() -> None:
        kept = KEPT / folder.relative_to(TREE)
        assert contents(folder) == kept_contents(kept), "other contents"

    return right


kept_contents = functools.cache(contents)


def shapes(
    chosen: random.Random, header: list[str], rows: Rows, content: bytes
) -> Iterator[tuple[str, bytes | None]]:
    """A table with rows and columns taken away, doubled, renamed or in another order, and broken."""
    number, place = chosen.randrange(len(rows)), chosen.randrange(len(header))
    table, columns = [header, *rows], list(range(len(header)))
    chosen.shuffle(columns)
    yield "row away", written([header, *rows[:number], *rows[number + 1 :]])
    yield "row twice", written([*table, rows[number]])
    yield "row longer", written([*table, [*rows[number], "x"]])
    yield "row shorter", written([*table, rows[number][:-1]])
    yield "column away", written([row[:place] + row[place + 1 :] for row in table])
    yield "column twice", written([[*row, row[place]] for row in table])
    for text in chosen.sample(NASTY, 2):
        yield "column renamed", written([[*header[:place], text, *header[place + 1 :]], *rows])
    yield "order of rows", written([header, *chosen.sample(rows, len(rows))])
    yield "order of columns", written([[row[one] for one in columns] for row in table])
    yield "order kept, Windows and mark", b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
    yield from (("empty", b""), ("header only", written([header])), ("no header", written(rows)))
    yield from (("lines only", b"\n" * 50), ("missing", None), ("a folder", FOLDER))
    for times in (1, 3, 20):
        broken = bytearray(content)
        for _ in range(times):
            broken[chosen.randrange(len(broken))] = chosen.randrange(256)
        yield "bytes changed", bytes(broken)
    yield "bytes cut", content[: chosen.randrange(len(content))]
    yield "bytes of UTF-16", content.decode("utf-8-sig").encode("utf-16")
    yield "bytes, a quotation mark", content[:-1] + b'"\n'
    yield "bytes, semicolons", content.replace(b",", b";")
    yield "bytes at random", chosen.randbytes(500)


def descriptors(chosen: random.Random) -> Iterator[Case]:
    """Parts of datapackage.json put in place of others or taken out, and files that are no JSON."""
    path = DATA / "datapackage.json"
    content, right = path.read_bytes(), _same(DATA)
    for _ in range(200):
        place, value = chosen.choice(PLACES), chosen.choice([..., *NASTY_JSON, *NASTY])
        made = changed(*place, to=value).encode()
        yield "descriptors", f"{place} {value!a:.60}", with_file(path, made, right)
    deep = [b"[" * 99_999, b'{"a":' * 99_999, b"", b"null", b"[]", b"NaN", b"9" * 5000, b"\xff\xfe"]
    for made in [
        *deep,
        content[:-20],
        content.replace(b"true", b"True"),
        b"\xef\xbb\xbf" + content,
    ]:
        yield "descriptors", repr(made[:40]), with_file(path, made, right)


def panels(chosen: random.Random) -> Iterator[Case]:
    """Rosters and outcomes of a causal design."""
    for path in PANEL:
        content = path.read_bytes()
        header, *rows = parsed(content)
        for number, text in enumerate([*NASTY, *chosen.sample(NASTY, 20)]):
            new = [list(row) for row in rows]
            new[number % len(new)][number % len(header)] = text
            made = written([header, *new])
            yield "causal tables", f"{path.name} {text!a:.60}", _panel(path, made)
        for kind, shape in shapes(chosen, header, rows, content):
            yield "causal tables", f"{path.name} {kind}", _panel(path, shape)


def _panel(path: Path, content: bytes | None) -> Attempt:
    def take() -> Any:
        return read_panel(*PANEL, unmatched="drop")

    def right() -> None:
        content = PANEL[1].read_bytes()
        text = content.decode("utf-16" if content[:2] == b"\xff\xfe" else "utf-8-sig")
        rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text[:20] else ",")
        shown = {  # of each county and year, as the file has them
            (row["county"].strip().removesuffix(".0"), row["year"].strip()[:4]): row["outcome"]
            for row in rows
        }
        for county, year, value in take().outcomes[["county", "year", "outcome"]].itertuples(False):
            text = shown[county, str(year)].strip()
            assert re.fullmatch(r"[+-]?[0-9.]+([eE][+-]?[0-9]+)?", text), text
            assert abs(Fraction(value) - Fraction(text)) <= Fraction(math.ulp(value)) / 2, text

    def ask() -> list[Problem]:
        take()
        return []

    return replaced(path, content, lambda: reads(ask, take, right))


def own_files(chosen: random.Random) -> Iterator[Case]:
    """Tables and other files of somebody's own collection, as the command line reads them."""
    yield from (("own collection", *case[1:]) for case in tables_of(chosen, OWN, 1))
    for path in sorted(one for one in OWN.rglob("*") if one.is_file() and one.suffix != ".csv"):
        content = path.read_bytes()
        broken = bytearray(content)
        for place in chosen.sample(range(len(broken)), 3):
            broken[place] = chosen.randrange(256)
        for made in (None, b"", bytes(broken), content[:20], chosen.randbytes(300), b"{}", b"[1"):
            for words in (("check",), ("list", "charts"), ("list", "notebooks")):
                attempt = command(("--data", str(OWN), *words))
                label = f"{path.relative_to(OWN)} {made!a:.30} {' '.join(words)}"
                yield "own collection", label, replaced(path, made, attempt)


def files(chosen: random.Random) -> Iterator[Case]:
    """Data files of every kind."""
    yield from tables_of(chosen, DATA, 3)
    for part in (descriptors, panels, own_files):
        yield from part(chosen)
