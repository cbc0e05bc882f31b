"""Writing files whole or not at all, the one way in which the project writes, and reading them."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis.records.errors import AnalysisError, ExportError
from analysis.records.paths import IN_CLONE, PACKAGE


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file under a temporary name and move it: an interruption leaves no half file.

    Parameters
    ----------
    path : Path
        Its folder is made if it does not exist.
    content : bytes

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ExportError
        If it cannot be written, or belongs to an installed package; an older file of that name is left as it was.
    """
    _check_ours(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, path.stat().st_mode & 0o777 if path.is_file() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise ExportError(f"cannot write {path}: {error.strerror}") from None
        raise
    return path


def for_spreadsheet(text: str) -> bytes:
    r"""A CSV that a person opens in a spreadsheet: with a byte-order mark where it holds more than ASCII.

    Without the mark Excel takes Chinese for another encoding. Whatever reads CSV here takes it with and without.

    Examples
    --------
    >>> for_spreadsheet("a"), for_spreadsheet("万")[:3]
    (b'a', b'\xef\xbb\xbf')
    """
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _umask() -> int:
    """The rights that the user takes from new files; there is no way to ask without setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _check_ours(path: Path) -> None:
    """Refuse to change a file of an installed package."""
    if not IN_CLONE and path.resolve().is_relative_to(PACKAGE):
        raise ExportError(
            f"{path.resolve().relative_to(PACKAGE).as_posix()} belongs to the installed package and is not changed; "
            "work in a clone of the project, or begin a collection of your own with 'analysis init'"
        )


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path to write to, and move it to ``path`` at the end, or take it away.

    For files that are too large to hold in memory; ``write_whole`` does for the others.

    Raises
    ------
    ExportError
        If it cannot be written; an older file of that name is left as it was.
    """
    _check_ours(path)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        os.replace(part, path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def write_together(files: Mapping[Path, str | bytes | None]) -> list[Path]:
    """Write files, all of them or none: what was there comes back if one cannot be written.

    Parameters
    ----------
    files : mapping
        Path to its whole new text or bytes; None takes the file away.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ExportError
        If one cannot be written.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in files}
    contents = {
        path: text.encode() if isinstance(text, str) else text for path, text in files.items()
    }
    try:
        for path, content in contents.items():
            _put(path, content)
    except BaseException:
        for path, content in before.items():
            with contextlib.suppress(AnalysisError, OSError):
                _put(path, content)
        raise
    return [path for path, content in contents.items() if content is not None]


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        _check_ours(path)
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def check_folder(folder: Path) -> None:
    """Make a folder if it does not exist, and see that it can be written to, before long work begins.

    Raises
    ------
    ExportError
        If it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ExportError(
            f"cannot write to {folder}: {error.strerror}; choose another folder with --out"
        ) from None


def check_file(path: Path) -> None:
    """The same of the folder of a file, and see that the file can have its name.

    Raises
    ------
    ExportError
        If it cannot.
    """
    check_folder(path.parent)
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    except OSError as error:  # of a folder, and of a name that is too long
        raise ExportError(f"cannot write {path}: {error.strerror}") from None


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


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels, from its header."""
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a CSV as text, the header first; of a row with blanks too."""
    try:
        return _csv(text_of(path))
    except csv.Error as error:
        raise AnalysisError(f"cannot read {path} as CSV: {error}") from None


def _csv(text: str) -> list[list[str]]:
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return [row for row in csv.reader(lines) if row]


def with_rows(text: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The text of a CSV with more rows at its end; the rows that are there stay as they are.

    Parameters
    ----------
    text : str
        It has a header.
    rows : iterable of mapping
        Column to its text; a column that is not named stays empty.
    """
    header, end = _csv(text)[0], "\r\n" if "\r\n" in text else "\n"
    added = io.StringIO()
    writer = csv.writer(added, lineterminator=end)
    writer.writerows([cells.get(name, "") for name in header] for cells in rows)
    return text + ("" if text.endswith("\n") else end) + added.getvalue()
