"""The files of a beginning: read as they are, written whole when all of them are made."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.records.errors import AnalysisError
from analysis.records.files import write_whole


@dataclass(frozen=True)
class Made:
    """What a beginning consists of.

    Parameters
    ----------
    files : mapping
        Path to its whole new text.
    fill : tuple of str
        What is to be filled in, one line each.
    then : tuple of str
        Commands and steps that follow.
    """

    files: Mapping[Path, str]
    fill: tuple[str, ...]
    then: tuple[str, ...]

    def write(self) -> list[Path]:
        """Write the files, each whole or not at all."""
        return [write_whole(path, text.encode("utf-8")) for path, text in self.files.items()]


def text_of(path: Path) -> str:
    """A text file as it is.

    Raises
    ------
    AnalysisError
        If it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AnalysisError(
            f"cannot read {path}: {error.strerror if isinstance(error, OSError) else 'it is not UTF-8'}"
        ) from None


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises AnalysisError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise AnalysisError(f"cannot read {path}: {error.strerror}") from None


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV as text, the header first; of a row with blanks too."""
    return [
        row
        for row in csv.reader(io.StringIO(text_of(path).removeprefix("\ufeff"), newline=""))
        if row
    ]


def with_row(path: Path, cells: Mapping[str, str]) -> str:
    """The text of a CSV with one more row at its end; the rows that are there stay as they are.

    Parameters
    ----------
    path : Path
    cells : mapping
        Column to its text; a column that is not named stays empty.
    """
    text, header = text_of(path), rows_of(path)[0]
    end = "\r\n" if "\r\n" in text else "\n"
    line = io.StringIO()
    csv.writer(line, lineterminator=end).writerow([cells.get(name, "") for name in header])
    return text + ("" if text.endswith("\n") else end) + line.getvalue()
