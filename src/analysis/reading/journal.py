"""What an archive run has read so far, kept on disk so that a kill loses nothing that was read.

Every file's candidates are appended to a journal, one JSON line each, closed by a line of the file
itself. A full journal becomes a Parquet part; at the end the parts become one table.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import __version__
from analysis.reading.documents import FIELDS
from analysis.records.errors import AnalysisError
from analysis.records.files import check_folder, replacing, text_of, write_whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PART_FILES, PART_BYTES = 512, 8_000_000  # a journal is full at either
MEMORY = "128MB"  # for sorting; beyond it DuckDB uses the disk
ROW_GROUP = 20_000
COLUMNS = {"file": "VARCHAR", **FIELDS}
ENDED = {"ended": "BOOLEAN", "problem": "VARCHAR"}  # of the line that closes a file


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one file gave.

    Attributes
    ----------
    file : str
        Its path in the archive.
    lines : str
        Its candidates as JSON lines.
    problem : str
        Why it could not be read, "" if it was.
    note : str
        What a person should know of how it was read.
    """

    file: str
    lines: str = ""
    problem: str = ""
    note: str = ""


class Journal:
    """The folder beside a table in the making: ``candidates.parquet.parts``.

    Parameters
    ----------
    out : Path
        The table to be made.
    run : dict of str
        What is read and how; a journal of another run is refused.

    Raises
    ------
    AnalysisError
        If the folder is of another run.
    ExportError
        If it cannot be written to.
    """

    def __init__(self, out: Path, run: dict[str, str]) -> None:
        self.out = out
        self.folder = out.with_name(f"{out.name}.parts")
        check_folder(self.folder)
        self._check({"version": __version__, **run})
        self._number = sum(1 for _ in self.folder.glob("*.parquet"))
        self._recover()
        self._file = self._path("jsonl").open("ab")
        self._files = 0

    def _check(self, run: dict[str, str]) -> None:
        path = self.folder / "run.json"
        if not path.is_file():
            write_whole(path, json.dumps(run, indent=2).encode())
        elif json.loads(text_of(path)) != run:
            raise AnalysisError(
                f"{self.folder} holds an unfinished run of another folder, option or version; remove it, or choose another --out"
            )

    def _path(self, ending: str) -> Path:
        return self.folder / f"{self._number:06}.{ending}"

    def _recover(self) -> None:
        """Make a part of the journal of a killed run, up to the last file that was read to its end."""
        for path in sorted(self.folder.glob("*.jsonl")):
            if path.with_suffix(".parquet").is_file():  # killed after the part was written
                path.unlink()
                continue
            whole = _whole(path.read_bytes())
            write_whole(path, whole)
            if whole:
                self._part()
            path.unlink(missing_ok=True)

    def add(self, outcome: Outcome) -> None:
        """Append what a file gave; from then on it is not read again."""
        end = {"file": outcome.file, "ended": True, "problem": outcome.problem}
        lines = f"{outcome.lines}{json.dumps(end, ensure_ascii=False)}\n"
        self._file.write(lines.encode("utf-8", "replace"))
        self._file.flush()
        self._files += 1
        if self._files >= PART_FILES or self._file.tell() >= PART_BYTES:
            self._turn()

    def _turn(self) -> None:
        self._file.close()
        self._part()
        self._file = self._path("jsonl").open("ab")
        self._files = 0

    def _part(self) -> None:
        """Make a Parquet part of the journal, and take the journal away."""
        journal, part = self._path("jsonl"), self._path("parquet")
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in (COLUMNS | ENDED).items())
        lines = f"read_json(?, format='newline_delimited', columns={{{columns}}})"
        with replacing(part) as path, _duckdb(self.folder) as connection:
            connection.execute(f"COPY (SELECT * FROM {lines}) TO {_parquet(path)}", [str(journal)])
        journal.unlink()
        self._number += 1

    def ended(self) -> Iterator[tuple[str, str]]:
        """Files read so far, in order, each with its problem or ""."""
        if not self._number:
            return
        with _duckdb(self.folder) as connection:
            found = connection.execute(
                "SELECT file, problem FROM read_parquet(?) WHERE ended ORDER BY file",
                [f"{self.folder}/*.parquet"],
            )
            while rows := found.fetchmany(1000):
                yield from rows

    def merge(self) -> int:
        """Write the table from all parts, sorted, remove the parts, and return how many rows it has."""
        self._file.close()
        if self._files:
            self._part()
        columns = ", ".join(f'"{name}"' for name in COLUMNS)
        rows = (
            f'SELECT {columns} FROM read_parquet(?) WHERE ended IS NULL ORDER BY file, start, "end"'
        )
        with replacing(self.out) as path, _duckdb(self.folder) as connection:
            connection.execute(f"COPY ({rows}) TO {_parquet(path)}", [f"{self.folder}/*.parquet"])
            count = connection.execute("SELECT count(*) FROM read_parquet(?)", [str(path)])
            found = count.fetchone()
        shutil.rmtree(self.folder)
        return int(found[0]) if found else 0

    def close(self) -> None:
        """Close the journal; a later run goes on from it."""
        self._file.close()


def _whole(content: bytes) -> bytes:
    """The lines up to the last one that closes a file: what follows was cut off by a kill."""
    size = at = 0
    for line in content.splitlines(keepends=True):
        at += len(line)
        if line.endswith(b"\n") and "ended" in json.loads(line):
            size = at
    return content[:size]


def _duckdb(folder: Path) -> DuckDBPyConnection:
    import duckdb

    return duckdb.connect(
        ":memory:",
        config={
            "threads": "1",
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "sorting"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )


def _parquet(path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"'{quoted}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
